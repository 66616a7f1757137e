"""Dates and date ranges in text, in five languages. What is not surely a date stays text.

A season is its first month: spring March, summer June, autumn September, winter December.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.values.cv import Date, Period
from tailor.values.resources import data_toml

_YEAR = r"(?:19|20)\d\d"
_HAS_YEAR = re.compile(_YEAR)  # without one there is no period
_DASH = r"[-–—−‐‑‒]"
# What sets a cell apart from the text beside it, besides tabs and wide gaps.
_BARS = "|·•∙¦"
_DASHES = "-–—−"
_COMMA_END = re.compile(r"(?<!\d),\s*$")  # not "May 5, 2020", whose day would be left over
_TRIM = " \t\u00a0|·•∙¦,;:-–—−"
_USUAL = 300  # characters; longer lines are none of an entry's head
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
    if not _HAS_YEAR.search(text):
        return None
    return _locate_again(text) if len(text) <= _USUAL else _locate(text)


def _locate(text: str) -> Found | None:
    whole = _whole(text)
    if whole:
        return Found(whole, len(text), len(text), _is_range(whole), own_cell=True)
    return _at_start(text) or _at_end(text)


# A line is asked for its dates several times while the lines around it are read.
_locate_again = lru_cache(maxsize=256)(_locate)


@dataclass(frozen=True, slots=True)
class Within:
    """A period inside a text; ``text[start:end]`` is the period."""

    period: Period
    start: int
    end: int


def locate_within(text: str, *, single: bool = False) -> Within | None:
    """Return the first range in `text`, or with `single` also a single date, wherever it stands.

    Spaces, commas or brackets have to part it from what stands on both sides.
    """
    if not _HAS_YEAR.search(text):
        return None
    for match in _patterns().period.finditer(text):
        period = _read(match)
        if period is None or not (single or _is_range(period)):
            continue
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        if (not before or before in " \t\u00a0,(|") and (not after or after in " \t\u00a0,)|"):
            return Within(period, match.start(), match.end())
    return None


def _at_start(text: str) -> Found | None:
    lead = len(text) - len(text.lstrip(_TRIM + "(["))
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
    start = end + len(text[end:]) - len(text[end:].lstrip(_TRIM + ")]"))
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
    if not rest or rest[0] in _BARS + ":)]" or "\t" in gap or len(gap) > 1:
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
    months |= {name: 3 * n for n, names in enumerate(table["seasons"], 1) for name in names}
    month = _any(months) + r"\.?"
    date = (
        rf"(?:{month}(?:\s?[/.-]\s?|,?\s+(?:del?\s+)?){_YEAR}"
        rf"|(?:0?[1-9]|1[0-2])\s?[/.]\s?{_YEAR}"
        rf"|{_YEAR}[-/.](?:0[1-9]|1[0-2])(?!\d)"
        rf"|Q[1-4][\s/,-]{{1,2}}{_YEAR}|{_YEAR}[\s/-]?Q[1-4]"
        rf"|{_YEAR})(?!\w|[/.]\d|-\d\d(?!\d))"
    )
    # The days of a range are left out: "01.09.2018 – 31.12.2020", "5 May 2018 to 6 June 2020".
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    full = (
        rf"(?:{day}(?:\.|st|nd|rd|th)?\s{{1,2}}(?:de\s)?{month}\s{{1,2}}(?:del?\s)?{_YEAR}"
        rf"|{month}\s{{1,2}}{day}(?:st|nd|rd|th)?,?\s{{1,2}}{_YEAR}"
        rf"|{day}[./]{day}[./]{_YEAR}|{_YEAR}-(?:0[1-9]|1[0-2])-{day})(?![\w/])"
    )
    present = rf"(?:{_any(table['present'])})(?!\w)"
    # "2019-20" is two years, but "2019-12" a month; "2009–10" is always two years.
    short = rf"{_YEAR}(?=\s?[–—−]\s?\d\d(?!\d)|\s?-\s?(?:1[3-9]|[2-9]\d)(?!\d)|/{_YEAR}(?![\d/]))"
    # "2019/2020" is an academic year.
    to = rf"(?:\s*{_DASH}{{1,3}}\s*|\s+{_any(table['to'])}\s+|(?<=\d{{4}})/(?={_YEAR}(?!\d)))"
    since = rf"(?P<since>{_any(table['since'])}\s+(?={date}(?!{to})))|{_any(table['from'])}\s+"
    # "Jun – Aug 2019": the year stands after the second month only.
    bare = rf"{month}(?={to}{month}[\s/.,-]{{1,3}}{_YEAR}(?!\d))"
    ends = rf"(?P<second>{full}|{date}|{present}|\d\d(?![\w/.]))"
    two = rf"(?P<first>{full}|{date}|{present}|{bare}|{short}){to}{ends}"
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
    if month := _month_of_day(text):
        return Date(year or 0, month)
    number = re.search(r"\d+", rest)
    if number:
        return Date(year or 0, int(number.group()))
    return Date(year or 0, _named_month(rest))


def _month_of_day(text: str) -> int | None:
    """Return the month of a date with its day; 3/4/2020 is in April, 3/14/2020 in March."""
    named = _named_month(text)
    if named and re.search(r"\d{1,2}(?!\d)", re.sub(_YEAR, " ", text, count=1)):
        return named
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    if len(figures) != 3:
        return None
    if figures[0] > 31:
        return figures[1]
    first, second, _ = figures
    return second if second <= 12 else min(first, 12)


def _named_month(text: str) -> int | None:
    months = _patterns().months
    words = (word.lower() for word in re.findall(r"[^\W\d_]+", text))
    return next((months[word] for word in words if word in months), None)
