"""The dates of fields: ISO dates, and all that `cv/dates.py` reads in text."""

from __future__ import annotations

import re

from tailor.reading.cv.dates import locate_period
from tailor.values.cv import Date, Period

# The time of day that some programs add says nothing.
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d?)(?:-(\d\d?)(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?)?")

_LONGEST = 60  # characters


def read_date(text: str) -> Date | None:
    """Return the date that the whole of `text` is; days are left out, as CVs give months."""
    match = _ISO.fullmatch(text.strip())
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        return Date(year, month) if 1 <= month <= 12 and 1 <= day <= 31 else None
    period = read_period(text)
    return period.end if period and period.start is None else None


def read_period(text: str) -> Period | None:
    """Return the period, or the single date, that the whole of `text` is."""
    if len(text) > _LONGEST:
        return None
    match = _ISO.fullmatch(text.strip())
    if match and match[3]:
        date = read_date(text)
        return Period(end=date) if date else None
    found = locate_period(text)
    return found.period if found and found.start == found.end else None


def is_present(text: str) -> bool:
    """Tell a word such as "present" that ends a period without ending it."""
    period = read_period(f"2000 – {text}")
    return bool(period and period.present)


def between(start: str, end: str) -> Period | None:
    """Return the period from `start` to `end`; without an end it is not over.

    An empty text is no date. None if there is a text that is no date, or only a
    word for the present. The ends come in order, whatever the file says.
    """
    first, last = read_date(start) if start else None, read_date(end) if end else None
    present = is_present(end) if end and last is None else not end
    if start and first is None:
        return None if end else read_period(start)
    if end and last is None and not present:
        return None
    if first is None:
        return Period(end=last) if last or not end else None
    if last is None:
        return Period(first, present=True)
    if (last.year, last.month or 12) < (first.year, first.month or 1):
        first, last = last, first
    return Period(first, last)
