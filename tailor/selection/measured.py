"""The paragraphs of a CV, composed and measured once in a design, whatever the posting.

A page is laid out some eighty times while it is filled, and the next posting's page is made of
the same lines: what changes is only which of them stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tailor.layout.page import Box, measure, stacked
from tailor.layout.paragraph import Paragraph
from tailor.layout.typography import Design, Style
from tailor.selection.composition import (
    entry_head,
    header_paragraphs,
    heading_paragraph,
    line_paragraph,
    loose_style,
    note_paragraphs,
)
from tailor.selection.tailored import ChosenLine
from tailor.values.cv import Bullet, Cv, Entry, Section

Boxes = tuple[Box, ...]
# A bullet of n statements makes up to 2^n lines, so there must be an end to what is kept.
_MOST_LINES = 50_000


@dataclass(frozen=True, slots=True)
class MeasuredEntry:
    """An entry, its head, and the ids of its statements."""

    entry: Entry
    head: Boxes
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeasuredSection:
    """A section: its heading, its entries, and the note below; `loose` is the style of its lines.

    `again` is the heading where a section of the same kind stands right above. `ids` are those
    of all its statements, `loose_ids` of those outside of entries.
    """

    section: Section
    heading: Boxes
    again: Boxes
    loose: Style
    entries: tuple[MeasuredEntry, ...]
    note: Boxes
    ids: frozenset[str]
    loose_ids: frozenset[str]


class Measured:
    """All that may stand on the page of one CV, as boxes; lines when they are first asked for."""

    def __init__(self, cv: Cv, design: Design) -> None:
        self._design = design
        self._lines: dict[tuple[str, ...], Box] = {}
        self.header = stacked(self._boxes(header_paragraphs(cv, design)))
        self.sections = tuple(self._section(section) for section in cv.sections)

    def line(self, key: tuple[str, ...], line: ChosenLine, style: Style) -> Box:
        """Return the box of a line; `key` are the ids of its statements."""
        box = self._lines.get(key)
        if box is None:
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            (box,) = self._boxes([line_paragraph(line, style)])
            self._lines[key] = box
        return box

    def _section(self, section: Section) -> MeasuredSection:
        entries = tuple(
            MeasuredEntry(
                entry, self._boxes(entry_head(entry, section, self._design)), _ids(entry.bullets)
            )
            for entry in section.entries
        )
        heading, again = (
            self._boxes([heading_paragraph(section, self._design, follows_its_like=follows)])
            for follows in (False, True)
        )
        loose_ids = _ids(section.bullets)
        return MeasuredSection(
            section,
            heading,
            again,
            loose_style(section),
            entries,
            self._boxes(note_paragraphs(section)),
            loose_ids.union(*(entry.ids for entry in entries)),
            loose_ids,
        )

    def _boxes(self, paragraphs: Iterable[Paragraph]) -> Boxes:
        design = self._design
        return measure(paragraphs, design.setup, design.styles, font=design.font)


@lru_cache(maxsize=16)
def measured(cv: Cv, design: Design) -> Measured:
    """Return the parts of the page of `cv` in `design`."""
    return Measured(cv, design)


def _ids(bullets: Iterable[Bullet]) -> frozenset[str]:
    return frozenset(statement.id for bullet in bullets for statement in bullet.statements)
