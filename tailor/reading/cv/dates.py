"""Dates and date ranges in text: a small grammar over words and numbers, for ten languages.

A date is a year, perhaps with a month; days are read and left out, since CVs give months. A
season is not made a month. What is not surely a date stays text: "2019" is a date at the end
of a line or behind a separator, and part of a name in "Windows Server 2019".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from tailor.values.cv import Date, Period
from tailor.values.resources import data_toml

_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|['’`´]\s?\d\d|\d[/.-]\d\d(?!\d)|[^\W\d_]{3,9}[-/ ]\d\d(?!\d)"
)
DASHES = frozenset("-–—−‐‑‒―\u00ad~→➔➜➝⟶»›") | {
    f"{line}{head}" for line in ("", "-", "--", "–", "=", "==") for head in (">", ">>")
}
USUAL = 300  # characters; longer lines are none of an entry's head
_LONGEST = 80  # characters; no period is longer
_CENTURY = 2000
_NEWEST = 39  # "'39" is 2039, "'40" 1940

# The parts of a date.
_END = r"(?![^\W\d_])"  # of a word
_YEAR = r"(?:19|20)\d\d(?!\d)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NO_DAY = rf"(?!\d)(?![-/.] (?!{_YEAR})\d)"
_ORDINAL = rf"(?:(?:st|nd|rd|th|er|º|ª){_END}|°)"
_NAME = rf"(?P<name>[^\W\d_]{{3,14}}){_END}(?!['’][^\W\d_])"
_OF = rf"(?: (?:of|del?|di){_END})?+"
# The year behind a name: "2020", "'20", "-20".
_SOME_YEAR = rf"(?: (?P<year>{_YEAR})| ['’‘`´] (?P<two>\d\d)(?!\d)|[-‐‑/](?P<doubtful>\d\d)(?!\d))"
_DASH = "(?:[-–=]{0,2}>{1,2}|[-–—−‐‑‒―\u00ad~→➔➜➝⟶»›])"


def _spaced(pattern: str) -> str:
    """Return a pattern that has any spaces, or none, where the given one has a space."""
    return pattern.replace(" ", r"\s{0,9}")


# How a date is written, the first form that fits counts. `weak` is a month that makes a date only
# beside another one, as in "01/20" or "2020.3".
_FORMS_OF_NUMBERS = tuple(
    re.compile(_spaced(form), re.IGNORECASE)
    for form in (
        rf"(?P<year>{_YEAR}) 年(?: (?P<month>{_MONTH})(?: 月)?)?",
        rf"(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>{_MONTH})(?P=mark) {_DAY}",
        # Of "2022/10-2024/07" what follows the dash is the other end, no day.
        rf"(?P<year>{_YEAR})(?:[-/.‐‑](?P<month>0[1-9]|1[0-2])|\.(?P<weak>[1-9])){_NO_DAY}",
        rf"(?P<year>{_YEAR})\s {_NAME}(?!(?: [.,])? {_YEAR})(?: \.(?!\.))?",  # "2019 March"
        rf"(?P<year>{_YEAR}) q(?P<quarter>[1-4])(?!\d)",
        rf"(?P<year>{_YEAR})",
        # "8th August 2017", "3 de enero de 2020", but not "Nurse Manager 2 <tab> Nov 2021"
        rf"{_DAY}(?!.?\t)(?: (?:{_ORDINAL}|\.))?+(?:{_OF}| -) {_NAME}(?: [-.,])?+{_OF}{_SOME_YEAR}",
        rf"(?P<month>{_MONTH})(?: [-/.‐‑]|–) (?P<year>{_YEAR})",
        rf"(?P<a>{_DAY})(?P<mark>[-/.‐‑–])(?P<b>{_DAY}) (?P=mark) (?P<year>{_YEAR})",
        rf"(?P<weak>{_MONTH})[-/.](?P<two>\d\d)(?!\d)",
    )
)
_FORMS_OF_WORDS = tuple(
    re.compile(_spaced(form), re.IGNORECASE)
    for form in (
        rf"{_NAME}(?: \.)?+ {_DAY}{_ORDINAL}?+(?: ,)?+ (?P<year>{_YEAR})",
        rf"{_NAME}(?: \.)?+(?: [-,/–—‐‑](?= {_YEAR}))?+{_OF}{_SOME_YEAR}",
        rf"q(?P<quarter>[1-4])(?!\d)(?: [-/,])?+ (?P<year>{_YEAR})",
    )
)
# "Winter 2019/20" is one season, as are "Ski season 2019/20" and "Terms 1-3 2019".
_SEASON_NAME = (
    rf"{_NAME}(?: (?P<second>[^\W\d_]{{3,14}}){_END})?+(?: [1-4](?!\d)(?:[-–&][1-4](?!\d))?)?+"
)
_SEASON = re.compile(
    _spaced(
        rf"{_SEASON_NAME}(?: [.,])?+{_OF}{_SOME_YEAR}(?: / \d\d(?:\d\d)?(?!\d)(?! {_DASH} \d))?"
    ),
    re.IGNORECASE,
)
# "2010/11 – 2012/13": both ends are a winter or a school's year.
_WINTERS = re.compile(
    _spaced(
        rf"(?:{_SEASON_NAME} )?+(?P<from>{_YEAR}) / (?P<a>\d\d)(?!\d) {_DASH}"
        rf" (?P<to>{_YEAR}) / (?P<b>\d\d)(?!\d)"
    ),
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(r"([^\W\d_]{3,14}\.?)\s{0,9}[/|(–-]\s{0,9}([^\W\d_]{3,14})")
_BARE_MONTH = re.compile(_spaced(rf"{_NAME}(?: \.)?"), re.IGNORECASE)
# Where a date may begin: not within a number, a name or an address.
_BEGIN = re.compile(
    r"(?<![^\W年月日])(?<![/.@#$£€])(?<!\d[-.,:])"
    r"(?:\d+|(?<![^\W\d_]['’])[^\W\d_]+(?:['’][^\W\d_]+)*)"
)
# What may not follow a date: "2020" is none in "2020x" and "2019.5".
_GOES_ON = re.compile(r"(?<![年月])[^\W\u2e81-\U0010ffff]|[%@]|[/.:'’-](?=\d)|[/.@-](?=[^\W\d_])")
# Dashes and dots between two dates; dots leave none open: "in 2018 ..." goes on.
_DASHES_OR_DOTS = re.compile(rf"(?:\s{{0,9}}(?:{_DASH}|\.{{2,3}}|…)){{0,3}}")
# A dash with nothing behind it in its cell: "2024-".
_OPEN_DASH = re.compile(rf"\s{{0,9}}{_DASH}(?=\s?\Z|[\t|]|\s?[)\]]|\s\s)")
_SLASH = re.compile(r"\s{0,9}/")
_IN = re.compile(rf"(?:\s{{0,9}}(?::|in{_END}))?", re.IGNORECASE)
_TWO_FIGURES = re.compile(r"\s{0,9}(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A period in a text, ``text[start:end]``.

    `is_range` is false for a single date; `swapped` is true where the text gives the later end
    first, which the period does not.
    """

    period: Period
    start: int
    end: int
    is_range: bool
    swapped: bool = False


def has_year(text: str) -> bool:
    """Return whether there is anything in `text` that may be a year: most texts have nothing."""
    return bool(_HAS_YEAR.search(text))


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Return all periods and single dates in `text`, from left to right."""
    if not has_year(text):
        return ()
    return _find_again(text) if len(text) <= USUAL else tuple(_scan(text))


def read_whole(text: str) -> DateSpan | None:
    """Read a text that is nothing but a period: here no dash is needed, nor a second end."""
    bare = text.strip().strip("()[]{}*_").strip(" \t\u00a0,;:.")
    if len(bare) > _LONGEST or not has_year(bare):
        return None
    return _Reader(bare).whole()


def _scan(text: str) -> Iterator[DateSpan]:
    """Yield the periods of a text; each begins where the one before it ended, or later."""
    reader = _Reader(text)
    begin = _BEGIN.search(text)
    while begin:
        found = reader.period(begin.start())
        if found:
            yield found
        begin = _BEGIN.search(text, found.end if found else begin.end())


_find_again = lru_cache(maxsize=1024)(lambda text: tuple(_scan(text)))


@dataclass(frozen=True, slots=True)
class _Point:
    """A date as it is written: two numbers before the year may be day and month or the reverse."""

    year: int  # 0 where it stands behind the other end of the range
    month: int | None
    end: int
    pair: tuple[int, int] | None = None
    weak: bool = False
    quarter: bool = False

    def date(self, *, month_first: bool | None = None) -> Date:
        """Return the date; `month_first` settles the order where the text leaves it open."""
        if not self.pair:
            return Date(self.year, self.month)
        first, second = self.pair
        month = first if (second > 12 if month_first is None else month_first) else second
        return Date(self.year, month if month <= 12 else None)


class _Reader:
    """Reads one text from any place in it; places are behind what was read last."""

    def __init__(self, text: str) -> None:
        self.text = text

    def whole(self) -> DateSpan | None:
        """Read all of the text as one period."""
        found = self.period(0)
        if found and found.end == len(self.text):
            return found
        first = self._point(0)
        after = first.end if first else self._behind("present", 0)
        second = self._point(after) if after else None
        end = second.end if second else self._behind("present", after)
        known = first or second
        if not after or end != len(self.text) or not known:
            return None
        if first and second:
            return _span(0, first, second)
        return DateSpan(Period(known.date(), present=True), 0, end, is_range=True)

    def period(self, begin: int) -> DateSpan | None:
        """Read the period that begins at a place: a range, an open one, or a single date."""
        since, expected = self._behind("since", begin), self._behind("expected", begin)
        lead = max(since, expected, self._behind("from", begin))
        at = self._behind_form(_IN, lead) if lead else begin
        winters = self._winters(begin, at)
        if winters:
            return winters
        first = self._bare_month(at) or self._point(at)
        if first is None:
            return self._from_present(begin, at)
        found = self._range(begin, first)
        if found or first.year == 0:
            return found
        end = first.end if since else self._behind("open", first.end)
        end = end or self._behind_form(_OPEN_DASH, first.end)
        if end:
            return DateSpan(Period(first.date(), present=True), begin, end, is_range=True)
        if first.weak or _GOES_ON.match(self.text, first.end):
            return None
        start = begin if lead == expected else self._skip(at)  # "from 2020" alone is "2020"
        return DateSpan(Period(end=first.date()), start, first.end, is_range=False)

    def _winters(self, begin: int, at: int) -> DateSpan | None:
        """Read "Winters 2010/11 – 2012/13"; without a name no end may be a month, as in 2010/11."""
        match = _WINTERS.match(self.text, self._skip(at))
        if not match or (match["name"] and not _is_season(match)):
            return None
        first, last = int(match["from"]), int(match["to"])
        ends = int(match["a"]), int(match["b"])
        follow = ends == ((first + 1) % 100, (last + 1) % 100) and first < last
        if not follow or not (match["name"] or max(ends) > 12):
            return None
        return DateSpan(Period(Date(first), Date(last + 1)), begin, match.end(), is_range=True)

    def _from_present(self, begin: int, at: int) -> DateSpan | None:
        """Read "Present – Jan 2020": the end stands first."""
        after = self._behind("present", at)
        to = self._to(after) if after else 0
        second = self._point(to) if to else None
        if second is None or _GOES_ON.match(self.text, second.end):
            return None
        return DateSpan(Period(second.date(), present=True), begin, second.end, is_range=True)

    def _range(self, begin: int, first: _Point) -> DateSpan | None:
        end = self._behind("till_present", first.end)
        to = self._to(first.end)
        if to and not end:
            end = self._behind("present", to)
        if end and first.year:
            return DateSpan(Period(first.date(), present=True), begin, end, is_range=True)
        second = (self._point(to) or self._short_end(first, to)) if to else None
        if second is None or _GOES_ON.match(self.text, second.end):
            return None
        parted = self.text[first.end : self._skip(to)]
        one_month = bool(first.month or first.pair) and not (second.month or second.pair)
        if parted.strip() == "/" and one_month:
            return None
        if first.weak != second.weak and (first.weak or parted == parted.strip()):
            return None
        return _span(begin, first, second)

    def _to(self, place: int) -> int:
        """Return the place behind what parts the two ends of a range here; 0 if nothing does."""
        end = self._behind_form(_DASHES_OR_DOTS, place)
        word = self._behind("to", end)
        if word and self._behind("present", end) <= word:
            return word
        return end if end > place else self._behind_form(_SLASH, place)

    def _short_end(self, first: _Point, place: int) -> _Point | None:
        """Read the "20" of "2019-20" and "2019/20", where it cannot be a month of that year."""
        match = _TWO_FIGURES.match(self.text, place)
        if not match or first.month or first.pair or first.weak:
            return None
        year = first.year // 100 * 100 + int(match[1])
        year += 100 if year < first.year and first.year % 100 == 99 else 0
        return _Point(year, None, match.end()) if year > first.year else None

    def _bare_month(self, place: int) -> _Point | None:
        """Read the "Jun" of "Jun – Aug 2019": the year stands after the second month only."""
        match = _BARE_MONTH.match(self.text, self._skip(place))
        month = names_of_months()[0].get(match["name"].casefold()) if match else None
        if not match or not month or self._point(place):
            return None
        to = self._to(match.end())
        second = self._point(to) if to else None
        return (
            _Point(0, month, match.end()) if second and second.month and not second.weak else None
        )

    def _point(self, place: int) -> _Point | None:
        """Read one date."""
        start, months = self._behind_month_said_again(self._skip(place)), names_of_months()[0]
        is_number = self.text[start : start + 1].isdecimal()
        for form in _FORMS_OF_NUMBERS if is_number else _FORMS_OF_WORDS:
            match = form.match(self.text, start)
            if match and (point := _point_of(match, months)):
                return point
        match = _SEASON.match(self.text, start)
        if match and _is_season(match):
            return _point_of(match, {match["name"].casefold(): None})
        return None

    def _behind_month_said_again(self, start: int) -> int:
        """Return the place behind the "enero /" of "enero / January 2020", else the same place."""
        match = _TWO_NAMES.match(self.text, start)
        names = [match[n].casefold().rstrip(".") for n in (1, 2)] if match else []
        months = names_of_months()[0]
        alike = match and names[0] in months and months[names[0]] == months.get(names[1])
        return match.start(2) if match and alike else start

    def _skip(self, place: int) -> int:
        return len(self.text) - len(self.text[place:].lstrip())

    def _behind_form(self, form: re.Pattern[str], place: int) -> int:
        match = form.match(self.text, place)
        return match.end() if match else 0

    def _behind(self, kind: _Kind, place: int) -> int:
        """Return the place behind the longest phrase of a kind that stands here; 0 for none."""
        return self._behind_form(_phrases()[kind], place)


def _is_season(match: re.Match[str]) -> bool:
    """Return whether a form found a season's name: one word, or "ski" and the like before it."""
    name, second = match["name"].casefold(), (match["second"] or "").casefold()
    seasons = names_of_months()[1]
    return (
        second in seasons and name in data_toml("months.toml")["seasons_of"]
        if second
        else name in seasons
    )


def _point_of(match: re.Match[str], months: Mapping[str, int | None]) -> _Point | None:
    """Return the date that a form found, None where its name is none of `months`."""
    found = match.groupdict()
    name = (found.get("name") or "").casefold()
    if name and name not in months:
        return None
    two = found.get("two") or found.get("doubtful")
    year = int(found.get("year") or 0) or _full_year(two or "")
    weak = bool(found.get("weak")) or 0 < int(found.get("doubtful") or 0) <= 31
    if found.get("a"):
        pair = int(found["a"]), int(found["b"])
        return _Point(year, None, match.end(), pair) if min(pair) <= 12 else None
    if found.get("quarter"):
        return _Point(year, 3 * int(found["quarter"]) - 2, match.end(), quarter=True)
    month = months[name] if name else int(found.get("month") or found.get("weak") or 0) or None
    return _Point(year, month, match.end(), weak=weak)


def _span(begin: int, first: _Point, second: _Point) -> DateSpan:
    """Return the range from one date to another, in order."""
    if first.year == 0:  # "Jun – Aug 2019"
        first = replace(first, year=second.year)
    pairs = [point.pair for point in (first, second) if point.pair]
    month_first = True if any(b > 12 for _, b in pairs) else None
    month_first = False if any(a > 12 for a, _ in pairs) else month_first
    start, last = first.date(month_first=month_first), second.date(month_first=month_first)
    if second.quarter and last.month:
        last = Date(last.year, last.month + 2)
    swapped = (last.year, last.month or 12) < (start.year, start.month or 1)
    period = Period(last, start) if swapped else Period(start, last)
    return DateSpan(period, begin, second.end, is_range=True, swapped=swapped)


def _full_year(figures: str) -> int:
    number = int(figures)
    return _CENTURY + number if number <= _NEWEST else _CENTURY - 100 + number


_Kind = Literal["present", "till_present", "to", "from", "since", "expected", "open"]


@cache
def names_of_months() -> tuple[dict[str, int], dict[str, None]]:
    """Return the months by name, and the seasons, which are none."""
    table = data_toml("months.toml")
    months = {name: n for n, names in enumerate(table["months"], 1) for name in names}
    return months, dict.fromkeys(table["seasons"])


@cache
def _phrases() -> dict[_Kind, re.Pattern[str]]:
    table = data_toml("months.toml")
    till_present = [phrase for phrase in table["present"] if len(_parts(phrase)) > 1]
    kinds: dict[_Kind, list[str]] = {
        "present": table["present"],
        "till_present": till_present,
        "to": table["to"],
        "from": table["from"],
        "since": table["since"],
        "expected": table["expected"],
        "open": ["onward", "onwards", "on", "and later", "ongoing", "bis heute"],
    }
    end = rf"{_END}(?!['’][^\W\d_])"
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
        spaced = parts[0]
        for before, part in pairwise(parts):
            spaces = r"\s{1,9}" if before.isalpha() and part.isalpha() else r"\s{0,9}"
            spaced += spaces + re.escape(part)
        patterns.append(spaced.replace("'", "['’]"))
    return "|".join(patterns)
