"""Sections and entries while their lines come in, and what is set right once all are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tailor.reading.cv.cells import BAR, pieces
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.names import find_languages
from tailor.reading.cv.pieces import best_kind
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import (
    RichText,
    SectionKind,
)

# Sections that hold entries, and those that may: a job below another heading is a job's entry.
ENTRY_KINDS = frozenset(
    {
        SectionKind.EXPERIENCE,
        SectionKind.EDUCATION,
        SectionKind.PROJECTS,
        SectionKind.VOLUNTEERING,
    }
)
_MOSTLY = 0.7
_SHORT = 8  # words; no longer line is taken up into a head
_EMPLOYERS = frozenset({"employer", "school", "mixed"})
_OF_HEADS = frozenset({"title", "employer", "place", "degree", "school", "mixed"})


@dataclass(slots=True)
class Draft:
    """An entry while its lines come in; `shared` are the employer's lines it has with others."""

    head: list[Line]
    shared: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    confidence: float = 1.0
    body_confidence: float = 1.0


@dataclass(slots=True)
class Part:
    """A section while its lines come in. `columns` are what a table's head row says."""

    kind: SectionKind
    heading: str
    note: RichText
    line: int
    headed: bool
    drafts: list[Draft] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    level: int = 0

    def lines(self) -> list[Line]:
        """Return all lines below the heading, in order."""
        heads = [line for d in self.drafts for line in (*d.shared, *d.head, *d.body)]
        return sorted({id(line): line for line in (*self.loose, *heads)}.values(), key=_number)


def _number(line: Line) -> int:
    return line.number


def look_of(line: Line) -> tuple[object, ...]:
    """Return the look of a line: its kind and level, and whether its start is bold or italic."""
    runs = [run for run in line.text.runs if run.text.strip()]
    return line.kind, line.level, bool(runs and runs[0].bold), bool(runs and runs[0].italic)


def is_dated(draft: Draft) -> bool:
    """Return whether the head of an entry has dates."""
    return any(find_dates(line.plain) for line in draft.head)


def refine(parts: Sequence[Part]) -> None:
    """Read headings of two meanings by what stands below them, and by what stands elsewhere."""
    educations = sum(part.kind is SectionKind.EDUCATION for part in parts)
    for part in parts:
        words, lines = part.heading.casefold().strip(), part.lines()
        short = sum(len(line.plain.split()) <= _SHORT for line in lines)
        listed = len(lines) > 1 and short >= _MOSTLY * len(lines)
        if (words == "qualifications" and educations > 1) or (words == "highlights" and listed):
            part.kind, part.loose, part.drafts = SectionKind.SKILLS, lines, []
        named = part.kind is SectionKind.LANGUAGES and bool(lines)
        if named and not any(find_languages(line.plain) for line in lines):
            part.kind = SectionKind.SKILLS  # those of programmers


def regroup(part: Part) -> None:
    """Take a head without dates and text, above dated ones of another look, as their employer."""
    kept: list[Draft] = []
    group: Draft | None = None
    dated = sum(map(is_dated, part.drafts))
    for index, draft in enumerate(part.drafts):
        after = part.drafts[index + 1] if index + 1 < len(part.drafts) else None
        alone = not (draft.body or draft.shared or is_dated(draft))
        if alone and after and is_dated(after) and look_of(after.head[0]) != look_of(draft.head[0]):
            group = draft
            continue
        if alone and kept and len(draft.head) == 1 and dated > 1 and dated >= len(part.drafts) - 1:
            kept[-1].body += draft.head  # all others have dates, and text below them
            continue
        if group and look_of(draft.head[0]) == look_of(group.head[0]):
            group = None
        if group and (not draft.shared or look_of(draft.shared[0]) != look_of(group.head[0])):
            draft.shared = [*group.head, *draft.shared]
        kept.append(draft)
    part.drafts = kept


def _inherit(part: Part) -> None:
    """Give a role the employer's line of the entry above, below which it stands without its own."""
    for above, draft in pairwise(part.drafts):
        if len(draft.head) > 1 or draft.shared or not is_dated(draft):
            continue
        *employer, role = (*above.shared, *above.head)
        if not employer or len(employer) > 1 or find_dates(employer[0].plain):
            continue
        if any(best_kind(cell)[0] in _EMPLOYERS for cell in pieces(draft.head[0].plain, BAR)):
            continue  # it names its own
        alike = look_of(role) == look_of(draft.head[0]) and bool(find_dates(role.plain))
        # A second degree at one school needs no look of its own.
        told = (
            look_of(employer[0]) != look_of(role)
            or best_kind(pieces(role.plain, BAR)[0])[0] == "degree"
        )
        if alike and told and _is_employer(employer[0]):
            draft.shared = list(employer)


def _is_employer(line: Line) -> bool:
    return best_kind(clean(line.text).plain)[0] in _EMPLOYERS


def complete(part: Part) -> None:
    """Give a head the line it lacks beside all others, where the one below it looks like that."""
    _inherit(part)
    lengths = Counter(len(draft.head) for draft in part.drafts)
    usual = max(lengths, key=lambda n: (lengths[n], n), default=0)
    for draft in part.drafts:
        first = draft.body[0] if draft.body else None
        if first is None or len(draft.head) != usual - 1 or lengths[usual] < len(lengths):
            continue
        plain = clean(first.text).plain
        short = len(plain.split()) <= _SHORT and not plain.endswith((".", ":", ";"))
        alike = {
            (look_of(d.head[-1]), d.head[-1].look.indent) for d in part.drafts if d is not draft
        }
        told = best_kind(plain)[0] in _OF_HEADS or alike == {(look_of(first), first.look.indent)}
        if first.kind is LineKind.PARAGRAPH and short and told:
            draft.head.append(first)
            del draft.body[0]


def flatten(part: Part, *, dated: bool) -> None:
    """Make lines of a list of what looked like heads where no text stands below any of them.

    A single line in a section of its own is no position where the others are `dated`.
    """
    if part.kind not in ENTRY_KINDS and all(d.head[0].kind is LineKind.ITEM for d in part.drafts):
        part.loose, part.drafts = part.lines(), []
        return
    lone = dated and len(part.drafts) == 1 and len(part.drafts[0].head) == 1
    lone = lone and not is_dated(part.drafts[0]) and part.kind is SectionKind.EXPERIENCE
    if (part.kind in ENTRY_KINDS and not lone) or any(draft.body for draft in part.drafts):
        return
    heads = [line for draft in part.drafts for line in (*draft.shared, *draft.head)]
    if not any(line.kind is LineKind.HEADING for line in heads):
        part.loose += heads
        part.drafts = []
