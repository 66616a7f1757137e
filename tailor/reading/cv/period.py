"""The period at the beginning or end of a text, as it stands beside a title, and what is left.

What parts it from the rest tells whether it is one: a range may stand after a space, a single date
needs a comma or more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tailor.reading.cv.dates import DASHES, USUAL, DateSpan, find_dates, has_year, read_whole
from tailor.values.cv import Period

# What sets a cell apart from the text beside it, besides tabs and wide gaps.
_BARS = "|·•∙¦"
_TRIM = " \t\u00a0|·•∙¦,;:-–—−‐‑‒"


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
    if not has_year(text):
        return None
    return _locate_again(text) if len(text) <= USUAL else _locate(text)


def locate_within(text: str, *, single: bool = False) -> DateSpan | None:
    """Return the first range in `text`, or with `single` also a single date, wherever it stands.

    Spaces, commas or brackets have to part it from what stands on both sides.
    """
    for span in find_dates(text):
        before, after = text[: span.start][-1:], text[span.end : span.end + 1]
        parted = (not before or before in " \t\u00a0,(|[") and (
            not after or after in " \t\u00a0,)|]"
        )
        if parted and (single or span.is_range):
            return span
    return None


def _locate(text: str) -> Found | None:
    whole = read_whole(text)
    if whole:
        return Found(whole.period, len(text), len(text), whole.is_range, own_cell=True)
    return _at_start(text) or _at_end(text)


# A line is asked for its dates several times while the lines around it are read.
_locate_again = lru_cache(maxsize=512)(_locate)


def _at_start(text: str) -> Found | None:
    lead = len(text) - len(text.lstrip(_TRIM + "(["))
    # "END START<tab>text": two dates without a dash need a separator after them.
    cell = re.match(r"[^\t|]{1,60}(?=[\t|])|[^\t|:]{1,60}(?=\s{2})", text[lead:])
    whole = read_whole(cell.group()) if cell else None
    if cell and whole:
        return _rest_after(text, lead + cell.end(), whole, own_cell=True)
    first = next((span for span in find_dates(text) if span.start == lead), None)
    if first is None:
        return None
    own_cell = _cell_ends(text[first.end :])
    after = text[first.end : first.end + 1]
    if own_cell or (first.is_range and (after.isspace() or after == ",")):
        return _rest_after(text, first.end, first, own_cell=own_cell)
    return None


def _rest_after(text: str, end: int, span: DateSpan, *, own_cell: bool) -> Found | None:
    start = end + len(text[end:]) - len(text[end:].lstrip(_TRIM + ")]"))
    return Found(span.period, start, len(text.rstrip()), span.is_range, own_cell)


def _at_end(text: str) -> Found | None:
    stripped = text.rstrip(" \t\u00a0.")
    closed = stripped.endswith((")", "]"))
    end = len(stripped) - 1 if closed else len(stripped)
    last = next((span for span in reversed(find_dates(text[:end])) if span.end == end), None)
    if last is None:
        return None
    before = text[: last.start]
    if closed:
        before = before.rstrip()
        if not before.endswith(("(", "[")):
            return None
        before = before[:-1]
    own_cell = closed or _cell_begins(before)
    apart = own_cell or bool(re.search(r",\s*$", before))
    if apart or (last.is_range and before[-1:].isspace()):
        rest = before.rstrip(_TRIM)
        start = len(rest) - len(rest.lstrip(_TRIM))
        return Found(last.period, start, len(rest), last.is_range, own_cell)
    return None


def _cell_ends(after: str) -> bool:
    """Return whether `after`, the text behind a period, begins with the end of a cell."""
    rest = after.lstrip()
    gap = after[: len(after) - len(rest)]
    if not rest or rest[0] in _BARS + ":)]" or "\t" in gap or len(gap) > 1:
        return True
    return bool(gap) and rest[0] in DASHES and rest[1:2].isspace()


def _cell_begins(before: str) -> bool:
    """Return whether `before`, the text in front of a period, ends with the start of a cell."""
    rest = before.rstrip()
    gap = before[len(rest) :]
    if not rest or rest[-1] in _BARS + "([:" or "\t" in gap or len(gap) > 1:
        return True
    return bool(gap) and rest[-1] in DASHES and rest[-2:-1].isspace()
