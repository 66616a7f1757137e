"""The dates of an entry's head: which of those on its lines are the entry's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.aside import asides_of
from tailor.reading.cv.dates import DateSpan, find_dates, read_whole
from tailor.reading.cv.headings import LONGEST, label_and_rest
from tailor.reading.cv.names import names_places

_WORD = re.compile(r"[^\W\d_]{3}")
_DATE_BEGINS = re.compile(r"[\t|,;:(\[·•–—/-]\s{0,9}$|\s{2}$")
_DATE_ENDS = re.compile(r"\s*[\t|,;:)\]·•–—/-]|\s{2}")
_AROUND = " \t\u00a0|·•∙⋅¦,;:–—―−-"


def dates_of(plain: str, *, education: bool) -> list[DateSpan]:
    """Return the dates of a line of a head that are no part of a name or of a grade."""
    if len(plain) > LONGEST:
        return []
    label, rest = label_and_rest(plain)
    offset = len(plain) - len(rest)
    for cell in re.finditer(r"[^\t|]+", plain[offset:]):  # "Aug 2019 Mar 2011": no dash is needed
        whole = read_whole(cell.group())
        if whole:
            return [replace(whole, start=offset + cell.start(), end=offset + cell.end())]
    found = []
    grades = asides_of(plain, 0, education=True) if education else []
    for span in find_dates(plain):
        if any(grade.start <= span.start < grade.end for grade in grades):
            continue  # "GPA 3.72/4.00"
        before, after = plain[offset : span.start], plain[span.end :]
        apart = not before.strip() or not after.strip(" .") or _DATE_BEGINS.search(before)
        if span.is_range or apart or _DATE_ENDS.match(after) or label == "dates":
            found.append(span)
    return found


def tells_of_bracket(plain: str, span: DateSpan) -> bool:
    """Return whether dates belong to what a bracket says: "(deployed 11/2017 - 08/2018)".

    So do they behind a place that the person was at for a while.
    """
    start, end = plain.rfind("(", 0, span.start), plain.find(")", span.end)
    if start < 0 or end < 0 or ")" in plain[start : span.start]:
        return False
    words = f"{plain[start + 1 : span.start]} {plain[span.end : end]}"
    return bool(_WORD.search(words)) or names_places(plain[:start].strip(_AROUND))


def dates_within(bracket: re.Match[str], taken: Sequence[DateSpan]) -> bool:
    """Return whether a bracket has dates that are not the entry's."""
    own = any(bracket.start() < span.end and span.start < bracket.end() for span in taken)
    return not own and bool(find_dates(bracket.group()))
