"""What of a CV may have been read wrongly: each doubt with its line, so that a person can look."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tailor.reading.cv.aside import is_grade
from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.entry_head import EntryHead
from tailor.reading.cv.headings import is_detail_label
from tailor.reading.cv.names import has_word
from tailor.values.cv import Cv, Doubt, Entry, Period, SectionKind
from tailor.values.resources import MODELS

CHECK_BELOW = 0.8  # a head that is less sure than this is to be looked at
SIGNS = ("bias", "margin", "title", "employer", "label", "alone", "pattern")
_DATED_KINDS = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION})
_SHORT = 12  # words; a longer line with dates is a sentence


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as it came out, with how sure the labels and the cut of its head were."""

    kind: SectionKind
    entry: Entry
    head: EntryHead
    label_confidence: float
    alone: bool  # the only entry of its section: no other shows the pattern


def find_doubts(
    cv: Cv, entries: Sequence[ReadEntry], others: Iterable[Doubt] = ()
) -> tuple[Doubt, ...]:
    """Return what is to be looked at in a CV that was just read, the least sure first.

    `others` are doubts of other things than entries.
    """
    found = [] if cv.positions else [Doubt(1, "positions", "no position was found", 0.0)]
    found += others
    found += _of_order(entries)
    degrees = [read.entry for read in entries if read.kind is SectionKind.EDUCATION]
    dated = 2 * sum(entry.period != Period() for entry in degrees) > len(degrees)
    at_schools = 2 * sum(bool(entry.organisation) for entry in degrees) > len(degrees)
    for read in entries:
        # A list of licences and courses among the degrees names no school or dates.
        job, degree = read.kind is not SectionKind.EDUCATION, _is_degree(read.entry)
        found += _of_entry(
            read, dated=job or (dated and degree), placed=job or (at_schools and degree)
        )
    return tuple(sorted(found, key=lambda doubt: (doubt.confidence, doubt.line, doubt.field)))


def signs(read: ReadEntry) -> list[float]:
    """Return the figures that tell how sure a head is, in the order of `SIGNS`."""
    margin, title, employer, pattern = read.head.signs
    return [
        1.0,
        min(margin, 8.0),
        max(title, -5.0),
        max(employer, -5.0),
        math.log(max(read.label_confidence, 1e-3)),
        float(read.alone),
        pattern,
    ]


def confidence(read: ReadEntry) -> float:
    """Return how likely title and employer of an entry are right, from 0 to 1."""
    total = sum(w * x for w, x in zip(_weights(), signs(read), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


@cache
def _weights() -> tuple[float, ...]:
    table = json.loads((MODELS / "cv" / "doubts.json").read_text(encoding="utf-8"))
    return tuple(float(table[name]) for name in SIGNS)


def _of_order(entries: Sequence[ReadEntry]) -> Iterator[Doubt]:
    """Doubt a period whose end stands first, unless that is how this CV writes its periods."""
    closed = [read for read in entries if read.entry.period.start and read.entry.period.end]
    swapped = [read for read in closed if read.head.swapped]
    if len(swapped) > 1 and 2 * len(swapped) > len(closed):
        return
    for read in swapped:
        name = read.entry.title or read.entry.organisation
        message = f"the dates of '{name}' end before they begin"
        yield Doubt(read.entry.line, "dates", message, 0.3)


def _is_degree(entry: Entry) -> bool:
    """Return whether an entry of education names a degree, not a licence or a registration."""
    return has_word(entry.title, "degree") and "licence" not in entry.title.casefold()


def _of_entry(read: ReadEntry, *, dated: bool, placed: bool) -> Iterator[Doubt]:
    """Doubt an entry that lacks what it is expected to have, dates and an employer or a school."""
    entry, name = read.entry, read.entry.title or read.entry.organisation
    what = "degree" if read.kind is SectionKind.EDUCATION else "position"
    if read.kind in _DATED_KINDS:
        if dated and entry.period == Period():
            yield Doubt(entry.line, "dates", f"no dates found for '{name}'", 0.2)
        yield from _of_fields(read, placed=placed)
    for bullet in entry.bullets:
        text = bullet.text.plain
        more = is_grade(text) or is_detail_label(text.partition(":")[0])
        short = len(text.split()) <= _SHORT and not more
        period = locate_period(text) if short else None
        # "since 2022" at the end of a sentence is a part of it
        if period and period.is_range and (period.period.end or period.own_cell):
            message = f"this line below '{name}' has dates: is it another {what}?"
            yield Doubt(bullet.line, "bullet", message, 0.3)


def _of_fields(read: ReadEntry, *, placed: bool) -> Iterator[Doubt]:
    entry, title, employer = read.entry, read.entry.title, read.entry.organisation
    other = "school" if read.kind is SectionKind.EDUCATION else "employer"
    sure = confidence(read)
    if not title:
        yield Doubt(entry.line, "title", f"no title found for '{employer}'", 0.2)
    elif not employer and placed:
        yield Doubt(entry.line, "employer", f"no {other} found for '{title}'", 0.3)
    elif employer and sure < CHECK_BELOW:
        message = f"is '{employer}' the {other} and '{title}' the title?"
        yield Doubt(entry.line, "employer", message, round(sure, 2))
