"""Figures that are asked for, and whether a line reaches them: "a budget of $1M" by "$1.3M"."""

from __future__ import annotations

import re
from functools import lru_cache

from tailor.matching.kind import NUMBER_WORDS
from tailor.matching.words import TEXTS_KEPT, form

_FIGURE = re.compile(
    r"(?<![\w.])([$€£]?)\s?(\d[\d,]{0,12}(?:\.\d{1,2})?)\s?"
    r"(k|m|bn|million|thousand|billion|per cent|percent|%)?"
    r"(?![\w:/]|[.,]\d)(?!\+?\s?(?:years?|yrs?)\b)",
    re.IGNORECASE,
)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
# "Level 3", of a paper or a language.
NUMBERED_LEVEL = re.compile(r"\blevel\s?(\d)\b", re.IGNORECASE)
_SEVERAL = {**NUMBER_WORDS, "eleven": 11, "twelve": 12}
_WORDS = {word: number for word, number in _SEVERAL.items() if number > 1}
_COUNTED = re.compile(
    # Not "ISO 9001 audits".
    rf"(?<![\w.,£$€])(?<!(?-i:[A-Z])\s)(\d[\d,]{{0,9}}|{'|'.join(_WORDS)}) (?:[a-z]{{3,20}} )?"
    r"([a-z]{3,20}s|people|staff|children|men|women)\b",
    re.IGNORECASE,
)
# Figures that may not be passed: "food cost below 28 per cent".
_AT_MOST = re.compile(
    r"\b(?:below|under|less than|lower than|(?:no|not) more than|at most) +(?=[$€£\d])",
    re.IGNORECASE,
)
# How many are led, looked after, or the like: "a team of eight".
_OF_SOME = re.compile(
    r"\b(?:teams?|crews?|groups?|staff|caseload|shift|squad) of "
    rf"(?:(?:at least|over|about|around|up to|more than) )?({'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_SHARE = frozenset({"per cent", "percent", "%"})


@lru_cache(maxsize=TEXTS_KEPT)
def largest(text: str) -> dict[str, float]:
    """Return the largest figure of each sort in a text: of money, of shares, and of all else."""
    found: dict[str, float] = {}
    for sign, number, unit in _FIGURE.findall(text):
        low = unit.casefold()
        sort = "money" if sign else "share" if low in _SHARE else "number"
        value = float(number.replace(",", "")) * _TIMES.get(low, 1.0)
        found[sort] = max(found.get(sort, 0.0), value)
    for word in _OF_SOME.findall(text):
        found["number"] = max(found.get("number", 0.0), _WORDS[word.casefold()])
    return found


@lru_cache(maxsize=TEXTS_KEPT)
def _counts(text: str) -> dict[str, float]:
    """Return how many of what a text counts, by the form of its name: "nine volunteers"."""
    found: dict[str, float] = {}
    for number, thing in _COUNTED.findall(text):
        low = number.casefold()
        value = _WORDS[low] if low in _WORDS else float(number.replace(",", ""))
        found[form(thing)] = max(found.get(form(thing), 0.0), value)
    return found


def reaches(asked: str, text: str) -> bool:
    """Return whether a text has a figure as large as each that is asked for, of the same sort.

    Or as small as one that may not be passed.

    Where both count the same things, as volunteers, those are compared and no other figure.
    """
    if not reaches_level(asked, text):
        return False
    wanted = largest(asked)
    counted, said = _counts(asked), _counts(text)
    if same := counted.keys() & said.keys():
        return all(said[thing] >= counted[thing] for thing in same)
    if not wanted:
        return True
    if limit := _AT_MOST.search(asked):
        return _stays_below(asked[limit.end() :], text)
    had = largest(text)
    had = {**had, "number": max([had.get("number", 0.0), *said.values()])}  # "six cooks"
    return all(had.get(sort, 0.0) >= value for sort, value in wanted.items())


def _stays_below(limit: str, text: str) -> bool:
    """Return whether the last figure of a text is below a limit: "from 6.1 to 4.4 per cent"."""
    most, figures = largest(limit), [largest(found[0]) for found in _FIGURE.finditer(text)]
    own = [figure[sort] for figure in figures for sort in most if sort in figure]
    return bool(own) and min(own) < max(most.values())


def reaches_level(asked: str, held: str) -> bool:
    """Return whether a text names no lower level than the one asked for: "Level 3"."""
    wanted, found = NUMBERED_LEVEL.search(asked), NUMBERED_LEVEL.search(held)
    return not wanted or not found or int(found[1]) >= int(wanted[1])
