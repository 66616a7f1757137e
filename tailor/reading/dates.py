"""Dates and date ranges in text, in five languages. What is not surely a date stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tailor.cv import Date, Period
from tailor.resources import data_toml

_YEAR = r"(?:19|20)\d\d"
_DASH = r"[-–—−‐‑‒]"
# What sets a cell apart from the text beside it, besides tabs and wide gaps.
_BARS = "|·•∙¦"
_DASHES = "-–—−"
_COMMA_END = re.compile(r"(?<!\d),\s*$")  # not "May 5, 2020", whose day would be left over
_TRIM = " \t\u00a0|·•∙¦,;:-–—−"
_LONGEST = 80  # characters; no period is longer


@dataclass(frozen=True, slots=True)
class Found:
    """A period found at one end of a text; ``text[start:end]`` is the rest.

    `is_range` is false for a single date; `own_cell` is true where a bar, tab,
    bracket or the like, and not just a comma or a space, parts it from the rest.
    """

    period: Period
    start: int
    end: int
    is_range: bool
    own_cell: bool


def find_period(text: str) -> tuple[Period, str] | None:
    """Return the period at the beginning or end of `text`, and the rest of the text.

    Separators between the two are trimmed. A single date counts only where a
    comma or a stronger separator parts it from the rest; a range may also stand
    after a space. None where there is no such period.
    """
    found = locate_period(text)
    return (found.period, text[found.start : found.end]) if found else None


def locate_period(text: str) -> Found | None:
    """Return where the period of `find_period` stands, and how it is set apart."""
    whole = _whole(text)
    if whole:
        return Found(whole, len(text), len(text), _is_range(whole), own_cell=True)
    return _at_start(text) or _at_end(text)


def _at_start(text: str) -> Found | None:
    lead = len(text) - len(text.lstrip(_TRIM + "("))
    # "END START<tab>text": two dates without a dash need a separator after them.
    cell = re.match(r"[^\t|]{1,60}(?=[\t|])", text[lead:])
    period = _whole(cell.group()) if cell else None
    if cell and period:
        end = lead + cell.end()
        return _rest_after(text, end, period, own_cell=True)
    match = _patterns().period.match(text, lead)
    if match is None:
        return None
    period = _read(match)
    if period is None:
        return None
    own_cell = _cell_ends(text[match.end() :])
    after = text[match.end() : match.end() + 1]
    if own_cell or (_is_range(period) and (after.isspace() or after == ",")):
        return _rest_after(text, match.end(), period, own_cell=own_cell)
    return None


def _rest_after(text: str, end: int, period: Period, *, own_cell: bool) -> Found | None:
    start = end + len(text[end:]) - len(text[end:].lstrip(_TRIM + ")"))
    return Found(period, start, len(text.rstrip()), _is_range(period), own_cell)


def _at_end(text: str) -> Found | None:
    stripped = text.rstrip(" \t\u00a0.")
    closed = stripped.endswith((")", "]"))
    end = len(stripped) - 1 if closed else len(stripped)
    for match in _patterns().period.finditer(text, max(0, end - _LONGEST), end):
        period = _read(match)
        if match.end() != end or period is None:
            continue
        before = text[: match.start()]
        if closed:
            before = before.rstrip()
            if not before.endswith(("(", "[")):
                continue
            before = before[:-1]
        own_cell = closed or _cell_begins(before)
        apart = own_cell or bool(_COMMA_END.search(before))
        if apart or (_is_range(period) and before[-1:].isspace()):
            rest = before.rstrip(_TRIM)
            start = len(rest) - len(rest.lstrip(_TRIM))
            return Found(period, start, len(rest), _is_range(period), own_cell)
    return None


def _cell_ends(after: str) -> bool:
    """Tell whether `after`, the text behind a period, begins with the end of a cell."""
    rest = after.lstrip()
    gap = after[: len(after) - len(rest)]
    if not rest or rest[0] in _BARS + ":)" or "\t" in gap or len(gap) > 1:
        return True
    return bool(gap) and rest[0] in _DASHES and rest[1:2].isspace()


def _cell_begins(before: str) -> bool:
    """Tell whether `before`, the text in front of a period, ends with the start of a cell."""
    rest = before.rstrip()
    gap = before[len(rest) :]
    if not rest or rest[-1] in _BARS + "(" or "\t" in gap or len(gap) > 1:
        return True
    return bool(gap) and rest[-1] in _DASHES and rest[-2:-1].isspace()


def _whole(text: str) -> Period | None:
    """Read a text that is nothing but a period: here no dash is needed, nor a second end."""
    bare = text.strip().strip("()[]*_").strip(" \t\u00a0,;:.")
    if not bare or len(bare) > _LONGEST:
        return None
    patterns = _patterns()
    match = patterns.period.fullmatch(bare)
    if match:
        return _read(match)
    match = patterns.pair.fullmatch(bare)
    if match:
        return _make(match["first"], match["second"])
    match = patterns.open_end.fullmatch(bare)
    if match:
        return Period(start=_date(match["first"]), present=True)
    return None


def _is_range(period: Period) -> bool:
    return period.start is not None or period.present


@dataclass(frozen=True, slots=True)
class _Patterns:
    period: re.Pattern[str]
    pair: re.Pattern[str]
    open_end: re.Pattern[str]
    months: dict[str, int]
    present: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = data_toml("months.toml")
    months = {name: n for n, names in enumerate(table["months"], 1) for name in names}
    month = _any(months) + r"\.?"
    date = (
        rf"(?:{month}(?:\s?[/.-]\s?|,?\s+(?:del?\s+)?){_YEAR}"
        rf"|(?:0?[1-9]|1[0-2])\s?[/.]\s?{_YEAR}"
        rf"|{_YEAR}[-/.](?:0[1-9]|1[0-2])(?!\d)"
        rf"|Q[1-4][\s/,-]{{1,2}}{_YEAR}|{_YEAR}[\s/-]?Q[1-4]"
        rf"|{_YEAR})(?!\w|[/.]\d|-\d\d(?!\d))"
    )
    present = rf"(?:{_any(table['present'])})(?!\w)"
    # "2019-20" is two years, but "2019-12" a month; "2009–10" is always two years.
    short = rf"{_YEAR}(?=\s?[–—−]\s?\d\d(?!\d)|\s?-\s?(?:1[3-9]|[2-9]\d)(?!\d))"
    to = rf"(?:\s*{_DASH}{{1,3}}\s*|\s+{_any(table['to'])}\s+)"
    since = rf"(?P<since>{_any(table['since'])}\s+(?={date}(?!{to})))|{_any(table['from'])}\s+"
    # "Jun – Aug 2019": the year stands after the second month only.
    bare = rf"{month}(?={to}{month}[\s/.,-]{{1,3}}{_YEAR}(?!\d))"
    two = rf"(?P<first>{date}|{present}|{bare}|{short}){to}(?P<second>{date}|{present}|\d\d(?!\w))"
    period = re.compile(rf"(?<![\w/.])(?:{since})?(?:{two}|(?P<only>{date}))(?!\w)", re.IGNORECASE)
    pair = re.compile(rf"(?P<first>{date}|{present})\s+(?P<second>{date}|{present})", re.IGNORECASE)
    open_end = re.compile(rf"(?P<first>{date})\s*{_DASH}{{1,3}}", re.IGNORECASE)
    return _Patterns(
        period,
        pair,
        open_end,
        months,
        re.compile(present, re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"


def _read(match: re.Match[str]) -> Period | None:
    if match["only"]:
        if match["since"]:
            return Period(start=_date(match["only"]), present=True)
        return Period(end=_date(match["only"]))
    return _make(match["first"], match["second"])


def _make(first: str, second: str) -> Period | None:
    """Make a period of two ends in either order; None of two that make no sense together."""
    is_present = _patterns().present.fullmatch
    if is_present(first) and is_present(second):
        return None
    if is_present(first) or is_present(second):
        return Period(start=_date(second if is_present(first) else first), present=True)
    year = _year(second)
    if year is None:  # "2019-20"
        year = _year(first)
        if year is None:
            return None
        year = year // 100 * 100 + int(second)
        begin, end = _date(first), Date(year)
    else:
        begin, end = _date(first, year=year), _date(second, last=True)
    # Some CVs put the end first.
    if (end.year, end.month or 12) < (begin.year, begin.month or 1):
        if _year(second) is None:
            return None
        begin, end = _date(second), _date(first, last=True)
    return Period(begin, end)


def _year(text: str) -> int | None:
    match = re.search(_YEAR, text)
    return int(match.group()) if match else None


def _date(text: str, *, year: int | None = None, last: bool = False) -> Date:
    """Read one date; a quarter is its first month, or its last where it ends a period."""
    own = _year(text)
    year = own if own is not None else year
    rest = re.sub(_YEAR, " ", text, count=1)
    quarter = re.search(r"q\s?([1-4])", rest, re.IGNORECASE)
    if quarter:
        first = 3 * int(quarter[1]) - 2
        return Date(year or 0, first + 2 if last else first)
    number = re.search(r"\d+", rest)
    if number:
        return Date(year or 0, int(number.group()))
    name = re.search(r"[^\W\d_]+", rest)
    return Date(year or 0, _patterns().months[name.group().lower()] if name else None)
