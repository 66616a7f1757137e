"""One match on a sheet of paper: which lines stand on it, and where its last page ends.

Two layers; what is chosen for a sheet is a `Filling`:

- `MeasuredCv`: every paragraph that the CV can print, composed and measured once per design,
  whatever the posting. Later postings of a batch find it ready.
- `Sheet`: one match in one design. For any set of kept statements it gives the sections as they
  are printed and the place where the last page ends. Choosing tries about eighty sets, and from
  one to the next only one entry changes, so the parts of a page are kept by the statements in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakValueDictionary

from tailor.layout.line_breaking import fitted
from tailor.layout.page import Box, PageFit, Stack, fill_pages, measure, stacked
from tailor.layout.typography import Design, Paragraph, Style
from tailor.matching.match import Match
from tailor.selection.composition import (
    entry_head,
    header_paragraphs,
    heading_paragraphs,
    line_paragraph,
    loose_style,
    note_paragraphs,
)
from tailor.selection.order import (
    asked_first,
    consent_last,
    is_note,
    names_one_of,
    section_order,
)
from tailor.selection.tailored_cv import ChosenEntry, ChosenLine, ChosenSection
from tailor.selection.wishes import Wishes, shows_without_lines
from tailor.selection.worth import Worth
from tailor.values.cv import Bullet, Cv, Entry, Section, SectionKind

Boxes = tuple[Box, ...]
# A bullet of n statements makes up to 2^n lines, so the cache needs a bound.
_MOST_LINES = 50_000


@dataclass(frozen=True, slots=True)
class MeasuredEntry:
    """An entry, its head above lines and `alone`, and the ids of its statements."""

    entry: Entry
    head: Boxes
    alone: Boxes
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeasuredSection:
    """A section: its heading, its entries, the note below, and the ids of all its statements.

    `again` is the heading where a section of the same kind stands above.
    """

    section: Section
    heading: Boxes
    again: Boxes
    entries: tuple[MeasuredEntry, ...]
    note: Boxes
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rooms:
    """The height of a statement in points: alone, with its entry's head, and with all headings."""

    line: float
    with_entry: float
    with_section: float


class MeasuredCv:
    """Everything one CV can print, as measured boxes; lines are measured when first used."""

    def __init__(self, cv: Cv, design: Design) -> None:
        self._design = design
        self._lines: dict[tuple[str, ...], Box] = {}
        self.header = stacked(self._boxes(header_paragraphs(cv, design)))
        self.sections = tuple(self._section(section) for section in cv.sections)

    def line(self, key: tuple[str, ...], line: ChosenLine, style: Style) -> Box:
        """Return the box of a line; `key` are the ids of its statements."""
        if line.reordered is not None:
            key = (*key, line.reordered.plain)
        box = self._lines.get(key)
        if box is None:
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            (box,) = self._boxes([line_paragraph(line, style)])
            self._lines[key] = box
        return box

    @cached_property
    def rooms(self) -> Mapping[str, Rooms]:
        """The heights of each statement by its id.

        One of several takes its share of the whole bullet, since they run on in one paragraph.
        """
        rooms = {}
        for section in self.sections:
            heading, style = _height(section.heading), loose_style(section.section)
            found = [(bullet, style, 0.0) for bullet in section.section.bullets]
            for one in section.entries:
                head = _height(one.head)
                found += [(bullet, Style.BULLET, head) for bullet in one.entry.bullets]
            for bullet, style, head in found:
                key = tuple([s.id for s in bullet.statements])
                line = ChosenLine(bullet, bullet.statements)
                height = _height([self.line(key, line, style)])
                letters = sum(s.end - s.start for s in bullet.statements)
                for s in bullet.statements:
                    own = height * (s.end - s.start) / letters
                    rooms[s.id] = Rooms(own, own + head, own + head + heading)
        return rooms

    def _section(self, section: Section) -> MeasuredSection:
        entries = tuple(self._entry(entry, section) for entry in section.entries)
        heading, again = (
            self._boxes(heading_paragraphs(section, self._design, follows_its_like=follows))
            for follows in (False, True)
        )
        ids = _ids(section.bullets).union(*(entry.ids for entry in entries))
        note = self._boxes(note_paragraphs(section))
        return MeasuredSection(section, heading, again, entries, note, ids)

    def _entry(self, entry: Entry, section: Section) -> MeasuredEntry:
        head, alone = (
            self._boxes(entry_head(entry, section, self._design, alone=is_alone))
            for is_alone in (False, True)
        )
        return MeasuredEntry(entry, head, alone, _ids(entry.bullets))

    def _boxes(self, paragraphs: Iterable[Paragraph]) -> Boxes:
        return measure([fitted(one, self._design) for one in paragraphs], self._design)


@lru_cache(maxsize=16)
def measured(cv: Cv, design: Design) -> MeasuredCv:
    """Return the parts of the page of `cv` in `design`."""
    return MeasuredCv(cv, design)


def _ids(bullets: Iterable[Bullet]) -> frozenset[str]:
    return frozenset(statement.id for bullet in bullets for statement in bullet.statements)


def _height(boxes: Iterable[Box]) -> float:
    return sum(box.height + box.style.before + box.style.after for box in boxes)


_strength = attrgetter("strength")


class _Row(NamedTuple):
    """A line on the page: the worth of its best statement, and its box."""

    strength: float
    line: ChosenLine
    box: Box


class _ShownEntry(NamedTuple):
    """An entry on the page."""

    chosen: ChosenEntry
    stack: Stack


class _ShownSection(NamedTuple):
    """A section on the page."""

    chosen: ChosenSection
    stacks: tuple[Stack, ...]


class Sheet:
    """The page of one match in one design. Statements are named by their ids."""

    def __init__(
        self,
        match: Match,
        worth: Worth,
        design: Design,
        wishes: Wishes,
        sizes: WeakValueDictionary[Design, Sheet] | None = None,
    ) -> None:
        self.match = match
        self.design = design
        self.wishes = wishes
        # Not held, so that no sheet waits for Python to look for cycles.
        self._sizes = WeakValueDictionary() if sizes is None else sizes
        self._sizes[design] = self
        self.worth = worth
        self._is_asked = names_one_of(worth.skills)
        self._skills = frozenset(
            bullet.id
            for section in match.cv.sections
            if section.kind is SectionKind.SKILLS and not wishes.keep_order
            for bullet in section.bullets
        )
        self._measured = measured(match.cv, design)
        sections = match.cv.sections
        in_order = (
            consent_last(sections) if wishes.keep_order else section_order(sections, match.asks)
        )
        self._order = tuple([(place, self._measured.sections[place]) for place in in_order])
        self._sections: dict[tuple[int, bool, frozenset[str]], _ShownSection | None] = {}
        self._entries: dict[tuple[str, frozenset[str]], _ShownEntry | None] = {}
        self._rows: dict[tuple[str, ...], _Row] = {}

    def at(self, design: Design) -> Sheet:
        """Return the sheet in another design."""
        return self._sizes.get(design) or Sheet(
            self.match, self.worth, design, self.wishes, self._sizes
        )

    def sections(self, kept: frozenset[str]) -> tuple[ChosenSection, ...]:
        """Return what is printed, in order."""
        return tuple(shown.chosen for shown in self._shown(kept))

    def fit(self, kept: frozenset[str]) -> PageFit:
        """Return how the paragraphs fill the pages."""
        stacks = [self._measured.header]
        for shown in self._shown(kept):
            stacks += shown.stacks
        return fill_pages(stacks, self.design.setup)

    def _shown(self, kept: frozenset[str]) -> Iterator[_ShownSection]:
        printed: set[SectionKind] = set()
        for place, section in self._order:
            kind = section.section.kind
            key = place, kind in printed, kept & section.ids
            if key not in self._sections:
                heading = section.again if kind in printed else section.heading
                self._sections[key] = self._section(section, heading, kept)
            if shown := self._sections[key]:
                yield shown
                printed.add(kind)

    def _section(
        self, part: MeasuredSection, heading: Boxes, kept: frozenset[str]
    ) -> _ShownSection | None:
        section = part.section
        entries = []
        for entry in part.entries:
            key = entry.entry.id, kept & entry.ids
            if key not in self._entries:
                self._entries[key] = self._entry(entry, part, kept)
            if shown := self._entries[key]:
                entries.append(shown)
        # In a section of skills the group that is asked for leads.
        is_sorted = section.kind is SectionKind.SKILLS
        is_sorted = is_sorted and not self.wishes.keep_order
        rows = self._rows_of(section.bullets, kept, loose_style(section), is_sorted=is_sorted)
        lines = tuple([row.line for row in rows])
        if not entries and not lines:
            return None
        chosen = ChosenSection(section, tuple([entry.chosen for entry in entries]), lines)
        loose = [row.box for row in rows]
        stacks = [entry.stack for entry in entries]
        if part.note:
            stacks.append(stacked(part.note))
        # The heading is kept with what is below it.
        first = () if loose else stacks.pop(0).boxes
        return _ShownSection(chosen, (stacked((*heading, *loose, *first)), *stacks))

    def _entry(
        self, part: MeasuredEntry, section: MeasuredSection, kept: frozenset[str]
    ) -> _ShownEntry | None:
        # Strongest first. Bullets that begin with a stage of the role ("as Researcher, 2021: …")
        # tell a story in time, so there the CV's order stays.
        bullets = part.entry.bullets
        is_story = any(bullet.lead_end for bullet in bullets)
        rows = self._rows_of(bullets, kept, Style.BULLET, is_sorted=not is_story)
        if not is_story:  # what was used, or whom one reported to, is no line to begin with
            rows.sort(key=lambda row: is_note(row.line.text.plain))
        if not rows and not shows_without_lines(part.entry, section.section, self.wishes):
            return None
        chosen = ChosenEntry(part.entry, tuple([row.line for row in rows]))
        head = part.head if rows else part.alone
        return _ShownEntry(chosen, stacked((*head, *[row.box for row in rows])))

    def _rows_of(
        self, bullets: Sequence[Bullet], kept: frozenset[str], style: Style, *, is_sorted: bool
    ) -> list[_Row]:
        """Return the lines; sorted with the strongest first, of equals in the CV's order."""
        rows = []
        for bullet in bullets:
            key = tuple([s.id for s in bullet.statements if s.id in kept])
            if key:
                rows.append(self._rows.get(key) or self._row(key, bullet, style))
        if is_sorted:
            rows.sort(key=_strength, reverse=True)
        return rows

    def _row(self, key: tuple[str, ...], bullet: Bullet, style: Style) -> _Row:
        line = ChosenLine(bullet, tuple(s for s in bullet.statements if s.id in key))
        if bullet.id in self._skills:
            text = asked_first(line.text, self._is_asked)
            line = line if text == line.text else replace(line, reordered=text)
        strength = max(self.worth.of[text_id] for text_id in key)
        row = self._rows[key] = _Row(strength, line, self._measured.line(key, line, style))
        return row
