"""How a date is written: the forms of years, months and days in numbers, and the words of dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from tailor.values.resources import data_toml

# The parts of a date.
END = r"(?![^\W\d_])"  # of a word
YEAR = r"(?:19|20)\d\d(?!\d)"
MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NO_DAY = rf"(?!\d)(?![-/.] (?!{YEAR})\d)"
_ORDINAL = rf"(?:(?:st|nd|rd|th|er|º|ª){END}|°)"
NAME = rf"(?P<name>[^\W\d_]{{3,14}}){END}(?!['’][^\W\d_])"
_SHORT_NAME = NAME.replace("{3,14}", "{2,14}")  # "WS 2012"
_OF = rf"(?: (?:of|del?|di){END})?+"
# The year behind a name: "2020", "'20", "-20".
_SOME_YEAR = rf"(?: (?P<year>{YEAR})| ['’‘`´] (?P<two>\d\d)(?!\d)|[-‐‑/](?P<doubtful>\d\d)(?!\d))"
DASH = "(?:[-–=]{0,2}>{1,2}|[-–—−‐‑‒―\u00ad~→➔➜➝⟶»›～〜])"


def spaced(pattern: str) -> str:
    """Return a pattern that has any spaces, or none, where the given one has a space."""
    return pattern.replace(" ", r"\s{0,9}")


# How a date is written, the first form that fits counts. `weak` is a month that makes a date only
# beside another one, as in "01/20" or "2020.3".
FORMS_OF_NUMBERS = tuple(
    re.compile(spaced(form), re.IGNORECASE)
    for form in (
        rf"(?P<year>{YEAR}) 年(?: (?P<month>{MONTH})(?: 月)?)?",
        rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>{MONTH})(?P=mark) {_DAY}",
        # Of "2022/10-2024/07" what follows the dash is the other end, no day.
        rf"(?P<year>{YEAR})(?:[-/.‐‑](?P<month>0[1-9]|1[0-2])|[./](?P<weak>[1-9])){_NO_DAY}",
        rf"(?P<year>{YEAR})\s {NAME}(?!(?: [.,])? {YEAR})(?: \.(?!\.))?",  # "2019 March"
        rf"(?P<year>{YEAR}) q(?P<quarter>[1-4])(?!\d)",
        rf"(?P<year>{YEAR})",
        # "8th August 2017", "3 de enero de 2020", but not "Nurse Manager 2 <tab> Nov 2021"
        rf"{_DAY}(?!.?\t)(?: (?:{_ORDINAL}|\.))?+(?:{_OF}| -) {NAME}(?: [-.,])?+{_OF}{_SOME_YEAR}",
        rf"(?P<month>{MONTH})(?: [-/.‐‑]|–) (?P<year>{YEAR})",
        rf"(?P<a>{_DAY})(?P<mark>[-/.‐‑–])(?P<b>{_DAY}) (?P=mark) (?P<year>{YEAR})",
        rf"(?P<a>{_DAY})(?P<mark>[-/.])(?P<b>{_DAY})(?P=mark)(?P<faint>\d\d)(?!\d)",  # "1.3.14"
        rf"(?P<weak>{MONTH})[-/.](?P<two>\d\d)(?!\d)",
    )
)
FORMS_OF_WORDS = tuple(
    re.compile(spaced(form), re.IGNORECASE)
    for form in (
        rf"{NAME}(?: \.)?+ {_DAY}{_ORDINAL}?+(?: ,)?+ (?P<year>{YEAR})",
        rf"{NAME}(?: \.)?+(?: [-,/–—‐‑](?= {YEAR}))?+{_OF}{_SOME_YEAR}",
        rf"q(?P<quarter>[1-4])(?!\d)(?: [-/,])?+ (?P<year>{YEAR})",
        rf"h[12] (?P<year>{YEAR})",  # the first half of a year
        rf"[ivx]{{1,4}}/(?P<year>{YEAR})",  # "IV/2014": a quarter, elsewhere a month
        r"['’‘`´](?P<two>\d\d)(?!%)(?!\w)",
        # "Feb 22", which may be a day as well
        rf"{NAME}\.?\s?(?P<faint>\d\d)(?![\d%])(?![:.,/]\d)(?!\w)",
    )
)
# "Winter 2019/20" is one season, as are "Ski season 2019/20" and "Terms 1-3 2019".
_SEASON_NAME = (
    rf"{_SHORT_NAME}(?: (?P<second>[^\W\d_]{{3,14}}){END})?+(?: [1-4](?!\d)(?:[-–&][1-4](?!\d))?)?+"
)
SEASON = re.compile(
    spaced(
        rf"{_SEASON_NAME}(?: [.,-])?+{_OF}{_SOME_YEAR}(?: / \d\d(?:\d\d)?(?!\d)(?! {DASH} \d))?"
    ),
    re.IGNORECASE,
)
# "2010/11 – 2012/13": both ends are a winter or a school's year.
WINTERS = re.compile(
    spaced(
        rf"(?:{_SEASON_NAME} )?+(?P<from>{YEAR}) / (?P<a>\d\d)(?!\d) {DASH}"
        rf" (?P<to>{YEAR}) / (?P<b>\d\d)(?!\d)"
    ),
    re.IGNORECASE,
)
# "2012 (Jan – Aug)" and "1-7/2013": the months of one year.
_FIRST, _LAST = (rf"(?P<{name}>[^\W\d_]{{3,14}})" for name in ("first", "last"))
_TO = rf"(?:{DASH}|&|to|and|bis|und|et|y|e)"
MONTHS_OF = tuple(
    re.compile(spaced(form), re.IGNORECASE)
    for form in (
        rf"(?P<year>{YEAR}) [(:,] {_FIRST}\.? {DASH} {_LAST}{END}(?:\.? \))?(?! \d)",
        rf"(?P<first>{MONTH}) [-–] (?P<last>{MONTH})[/.](?P<year>{YEAR})(?! {DASH} \d)",
        # "May to October, 2012 – 2016": the same months of several years
        rf"{_FIRST}\.? (?:{DASH}|to) {_LAST}{END}\.? ,? (?P<year>{YEAR}) {_TO} (?P<to>{YEAR})(?!/)",
    )
)
# What stands between two columns of dates, and behind the second.
GAP, CELL_END = re.compile(r"\s{0,9}\t\s{0,9}|\s{2,9}"), re.compile(r"\s{0,9}(?:$|\t|\|)|\s\s")
SHORT_COLUMNS = re.compile(r"(?:0[1-9]|1[0-2])/\d\d\s{1,9}(?:0[1-9]|1[0-2])/\d\d")
# "until it closed in 2008": words between.
WORD_BETWEEN = re.compile(r"\s(?:[a-zà-ÿ'’]{1,14}|I)(?=\s)")
NUMBERED = re.compile(r"\d{1,2}\.\s(?:19|20)\d\d\s?[-–—]\s?(?:(?:19|20)\d\d(?![\d/.])|[^\W\d_])")
QUOTES, NAMED = "'’‘`´", re.compile(r"\s{0,3}[^\W_]")
# A list of years alone that ends a sentence: "2015, '16 and '17."
ENDS_SENTENCE = re.compile(r"\s?(?:19|20)\d\d,(?:\s?(?:['’]\d\d|and|,)){1,9}\.?\s?")
LAST_MONTH = re.compile(
    rf"\s{{1,3}}(?:left )?{NAME}(?=\.?\s{{0,3}}(?:$|[,;)\t|]|\s\s))", re.IGNORECASE
)
UNTIL = re.compile(r"\s{1,3}(?:until|till|til|bis)(?=\s)", re.IGNORECASE)
# Between dates of one list: "2017, 2018 and 2020"; and a year of two figures there.
AND = re.compile(r"\s?(?:,\s?(?:and|und|et|y|e|och|og)\s|[,&+/;]|\s(?:and|und|et|y|e|och|og)\s)\s?")
ALSO = re.compile(r"['’]?(\d\d)(?=\s?(?:$|[.,;)&+/\t|]|\s(?:and|und|et|y|e|och|og)\s))")
ONE_FIGURE = re.compile(r"[-–](\d)(?=\s?(?:$|[.,;)\t|]|\s\s))")  # "2003-9"


Kind = Literal["present", "till_present", "to", "from", "since", "expected", "open"]


@cache
def names_of_months() -> tuple[dict[str, int], dict[str, None]]:
    """Return the months by name, and the seasons, which are none."""
    table = data_toml("months.toml")
    months = {name: n for n, names in enumerate(table["months"], 1) for name in names}
    return months, dict.fromkeys(table["seasons"])


def is_season(match: re.Match[str]) -> bool:
    """Return whether a form found a season's name: one word, or "ski" and the like before it."""
    name, second = match["name"].casefold(), (match["second"] or "").casefold()
    seasons = names_of_months()[1]
    return (
        second in seasons and name in data_toml("months.toml")["seasons_of"]
        if second
        else name in seasons
    )


@cache
def phrases_of() -> dict[Kind, re.Pattern[str]]:
    """Return the pattern of the phrases of each kind."""
    table = data_toml("months.toml")
    till_present = [phrase for phrase in table["present"] if len(_parts(phrase)) > 1]
    kinds: dict[Kind, list[str]] = {
        "present": table["present"],
        "till_present": till_present,
        "to": table["to"],
        "from": table["from"],
        "since": table["since"],
        "expected": table["expected"],
        "open": ["onward", "onwards", "on", "and later", "ongoing", "bis heute", "to-date"]
        + [f"({phrase})" for phrase in table["present"]],
    }
    end = rf"{END}(?!['’][^\W\d_])"
    return {
        kind: re.compile(rf"\s{{0,9}}(?:{_any_of(phrases)}){end}", re.IGNORECASE)
        for kind, phrases in kinds.items()
    }


def _parts(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S", phrase)


def _any_of(phrases: Sequence[str]) -> str:
    """Return a pattern of phrases, the longest first, with spaces between words and marks."""
    patterns = []
    for parts in sorted(map(_parts, phrases), key=lambda parts: -len(parts)):
        spaced = re.escape(parts[0])
        for before, part in pairwise(parts):
            spaces = r"\s{1,9}" if before.isalpha() and part.isalpha() else r"\s{0,9}"
            spaced += spaces + re.escape(part)
        patterns.append(spaced.replace("'", "['’]"))
    return "|".join(patterns)
