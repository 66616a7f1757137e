"""What of a CV may have been read wrongly: each doubt with its line, so that a person can look.

Some doubts are probabilities, of the cut of a head into title and employer; their weights were
fitted on invented CVs by `training/cv`. The others are facts: no dates, a bullet with a period.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.entry_head import EntryHead
from tailor.reading.cv.names import has_word, is_known_place
from tailor.reading.cv.period import locate_period
from tailor.values.cv import Contact, ContactKind, Cv, Doubt, Entry, Period, SectionKind
from tailor.values.resources import MODELS

CHECK_BELOW = 0.8  # a head that is less sure than this is to be looked at
SIGNS = ("bias", "margin", "title", "employer", "label", "alone", "pattern")
_DATED_KINDS = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION})
_SHORT = 12  # words; a longer line with dates is a sentence


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as it came out, with how sure its lines and the cut of its head were."""

    kind: SectionKind
    entry: Entry
    head: EntryHead
    label_confidence: float
    body_confidence: float
    alone: bool  # the only entry of its section: no other shows the pattern


def find_doubts(cv: Cv, entries: Sequence[ReadEntry]) -> tuple[Doubt, ...]:
    """Return what is to be looked at in a CV that was just read, the least sure first."""
    found = [*_of_cv(cv), *_of_order(entries)]
    usual = _Usual(entries)
    found += [doubt for read in entries for doubt in _of_entry(read, usual)]
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


def _of_cv(cv: Cv) -> Iterator[Doubt]:
    if not cv.positions:
        yield Doubt(1, "positions", "no position was found", 0.0)
    for contact in cv.contacts:
        if contact.kind is ContactKind.PHONE and _may_be_date(contact):
            yield Doubt(1, "phone", f"is '{contact.text}' a telephone number or a date?", 0.3)


def _may_be_date(contact: Contact) -> bool:
    digits = sum(c.isdigit() for c in contact.text)
    return digits <= 8 and bool(find_dates(contact.text))


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


class _Usual:
    """What most degrees of a CV have: a list of licences and courses names no school or dates."""

    def __init__(self, entries: Sequence[ReadEntry]) -> None:
        degrees = [read.entry for read in entries if read.kind is SectionKind.EDUCATION]
        self._dated = _most(entry.period != Period() for entry in degrees)
        self._schools = _most(bool(entry.organisation) for entry in degrees)

    def dates(self, read: ReadEntry) -> bool:
        """Return whether this entry is expected to have dates."""
        if read.kind is not SectionKind.EDUCATION:
            return True
        return self._dated and _is_degree(read.entry)

    def organisation(self, read: ReadEntry) -> bool:
        """Return whether this entry is expected to have an employer or a school."""
        if read.kind is not SectionKind.EDUCATION:
            return True
        return self._schools and _is_degree(read.entry)


def _is_degree(entry: Entry) -> bool:
    """Return whether an entry of education names a degree, not a licence or a registration."""
    return has_word(entry.title, "degree") and "licence" not in entry.title.casefold()


def _most(held: Iterable[bool]) -> bool:
    every = list(held)
    return 2 * sum(every) > len(every)


def _of_entry(read: ReadEntry, usual: _Usual) -> Iterator[Doubt]:
    entry, title = read.entry, read.entry.title
    what = "degree" if read.kind is SectionKind.EDUCATION else "position"
    name = title or entry.organisation
    if read.kind in _DATED_KINDS and entry.period == Period() and usual.dates(read):
        yield Doubt(entry.line, "dates", f"no dates found for '{name}'", 0.2)
    if read.kind in _DATED_KINDS:
        yield from _of_fields(read, what, usual)
    for bullet in entry.bullets:
        text = bullet.text.plain
        period = locate_period(text) if len(text.split()) <= _SHORT else None
        # "since 2022" at the end of a sentence is a part of it
        if period and period.is_range and (period.period.end or period.own_cell):
            message = f"this line below '{name}' has dates: is it another {what}?"
            yield Doubt(bullet.line, "bullet", message, 0.3)


def _of_fields(read: ReadEntry, what: str, usual: _Usual) -> Iterator[Doubt]:
    entry, title = read.entry, read.entry.title
    other = "school" if what == "degree" else "employer"
    if not title:
        yield Doubt(entry.line, "title", f"no title found for '{entry.organisation}'", 0.2)
    elif not entry.organisation:
        if usual.organisation(read):
            yield Doubt(entry.line, "employer", f"no {other} found for '{title}'", 0.3)
    elif is_known_place(entry.organisation):
        message = f"is '{entry.organisation}' the {other} or the place?"
        yield Doubt(entry.line, "employer", message, 0.3)
    else:
        sure = confidence(read)
        if sure < CHECK_BELOW:
            message = f"is '{entry.organisation}' the {other} and '{title}' the title?"
            yield Doubt(entry.line, "employer", message, round(sure, 2))
