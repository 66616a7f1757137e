"""The dates of an entry's head: which of those on its lines are the entry's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tailor.reading.cv.aside import asides_of
from tailor.reading.cv.date_forms import phrases_of
from tailor.reading.cv.dates import DateSpan, find_dates, read_whole
from tailor.reading.cv.headings import LONGEST, label_and_rest
from tailor.reading.cv.names import names_places
from tailor.reading.lines import Line
from tailor.values.cv import Date, Period
from tailor.values.resources import data_toml

_NEAR = 2  # lines from one line of a head to the next, with an empty one between
Dated = tuple[int, DateSpan]  # with the number of its line

_WORD = re.compile(r"[^\W\d_]{3}")
_DATE_BEGINS = re.compile(r"[\t|,;:(\[·•–—/-]\s{0,9}$|\s{2}$|\.{2}\s?$|\b(?:in|en|im)\s$")
_DATE_ENDS = re.compile(r"\s*[\t|,;:)\]·•–—/-]|\s{2}|\.{2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = " \t\u00a0|·•∙⋅¦,;:–—―−-"


def dates_of(plain: str, *, education: bool) -> list[DateSpan]:
    """Return the dates of a line of a head that are no part of a name or of a grade."""
    if len(plain) > LONGEST:
        return []
    label, rest = label_and_rest(plain)
    offset = len(plain) - len(rest)
    ranges = [span for span in find_dates(plain) if span.is_range]
    for cell in re.finditer(r"[^\t|]+", plain[offset:]):  # "Aug 2019 Mar 2011": no dash is needed
        whole = read_whole(cell.group())
        if whole and (whole.is_range or not ranges):
            return [replace(whole, start=offset + cell.start(), end=offset + cell.end())]
    found = []
    grades = asides_of(plain, 0, education=True) if education else []
    for span in find_dates(plain):
        of_years = span.is_range and _YEAR.search(plain, span.start, span.end)
        if not of_years and any(grade.start <= span.start < grade.end for grade in grades):
            continue  # "GPA 3.72/4.00"
        before, after = plain[offset : span.start], plain[span.end :]
        apart = not before.strip() or not after.strip(" .") or _DATE_BEGINS.search(before)
        if span.is_range or apart or _DATE_ENDS.match(after) or label == "dates":
            found.append(span)
    return found


def dates_of_head(
    lines: Sequence[Line], *, education: bool
) -> tuple[list[list[DateSpan]], list[Dated]]:
    """Return the dates of each line of a head, and those that are the entry's own, one or none.

    An employer's line may give the whole time, the role's below it its own: of several lines with
    a range the last one counts, and there the first range; what follows that is a remark.
    """
    spans = [dates_of(line.plain, education=education) for line in lines]
    _join_labelled(lines, spans)
    found = [(i, span) for i, row in enumerate(spans) for span in row]
    ranges = [(i, span) for i, span in found if span.is_range]
    of_entry = [(i, span) for i, span in ranges if not tells_of_bracket(lines[i].plain, span)]
    if of_entry and len(of_entry) < len(ranges):
        spans = [[span for span in row if (i, span) in of_entry] for i, row in enumerate(spans)]
        ranges = of_entry
    own = [(i, span) for i, span in ranges if i == ranges[-1][0]][:1] or found[-1:]
    if ranges:
        above, whole = own[0]
        below = [
            (i, span)
            for i, span in found
            if lines[i].number - lines[above].number > _NEAR and _is_within(span, whole)
        ]
        own = below[-1:] or own
    elif not found:
        find = _in_the_midst if education else _dates_of_prose
        own = [(i, span) for i, line in enumerate(lines) for span in find(line.plain)][:1]
    return spans, own


def _join_labelled(lines: Sequence[Line], spans: list[list[DateSpan]]) -> None:
    """Make one period of "From: 09/2016" and "To: 10/2020" on the next line, in place."""
    for row in range(len(lines) - 1):
        plain, below = lines[row].plain, lines[row + 1].plain
        begins = _start_label().match(plain) and [span.is_range for span in spans[row]] == [False]
        to = _end_label().match(below) if begins else None
        if not to:
            continue
        start, dates = spans[row][0].period.end, find_dates(below)[:1]
        period = None
        if phrases_of()["present"].fullmatch(below[to.end() :].rstrip(" .")):
            period = Period(start, present=True)
        elif dates and not dates[0].is_range and _is_later(dates[0].period.end, start):
            period = Period(start, dates[0].period.end)
        if period:
            one, *others = [*spans[row], *dates]
            spans[row] = [replace(one, period=period, is_range=True)]
            spans[row + 1] = [replace(one, period=period, is_range=True) for one in others]


@cache
def _start_label() -> re.Pattern[str]:
    """Return the pattern of the label of the start of a period, "From" or "Start date:"."""
    return re.compile(_label("start"), re.IGNORECASE)


@cache
def _end_label() -> re.Pattern[str]:
    """Return the pattern of the label of the end of a period, "To" or "End date:"."""
    return re.compile(_label("end"), re.IGNORECASE)


def _label(end: str) -> str:
    names = sorted(data_toml("field_labels.toml")[end], key=len, reverse=True)
    names = [re.escape(name) for name in names]
    return rf"\W{{0,3}}(?:{'|'.join(names)})\b[\s.]{{0,40}}:?"


def _is_later(end: Date | None, start: Date | None) -> bool:
    return start is not None and end is not None and start.year <= end.year


def _is_within(span: DateSpan, whole: DateSpan) -> bool:
    """Return whether a single date lies within a range of years."""
    start, date = whole.period.start, span.period.end
    last = whole.period.end or Date(9999)
    if span.is_range or not start or not date:
        return False
    return start.year <= date.year <= last.year


def _dates_of_prose(plain: str) -> list[DateSpan]:
    """Return the dates in the first sentences of a job that is told in a whole paragraph."""
    return dates_of(plain[:LONGEST].rpartition(" ")[0], education=False)[:1]


def _in_the_midst(plain: str) -> list[DateSpan]:
    """Return the one date of a degree that stands between words: "Diploma 2010 Cork School"."""
    found = list(find_dates(plain)) if len(plain) <= LONGEST else []
    return found if len(found) == 1 else []


def tells_of_bracket(plain: str, span: DateSpan) -> bool:
    """Return whether dates belong to what a bracket says: "(deployed 11/2017 - 08/2018)".

    So do they behind a place that the person was at for a while.
    """
    start, end = plain.rfind("(", 0, span.start), plain.find(")", span.end)
    if start < 0 or end < 0 or ")" in plain[start : span.start]:
        return False
    behind = plain[span.end : end]
    words = plain[start + 1 : span.start] + " " + behind * (not behind.startswith((";", ",")))
    return bool(_WORD.search(words)) or names_places(plain[:start].strip(_AROUND))


def dates_within(bracket: re.Match[str], taken: Sequence[DateSpan]) -> bool:
    """Return whether a bracket has dates that are not the entry's."""
    own = any(bracket.start() < span.end and span.start < bracket.end() for span in taken)
    return not own and bool(find_dates(bracket.group()))
