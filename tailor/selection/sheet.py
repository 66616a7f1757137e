"""One match on a sheet of paper: which lines stand on it, and where its last page ends.

Three layers, from the one that knows least to the one that knows most:

- `MeasuredCv`: every paragraph that the CV can print, composed and measured once per design,
  whatever the posting. Later postings of a batch find it ready.
- `Sheet`: one match in one design. For any set of kept statements it gives the sections as they
  are printed and the place where the last page ends. Choosing tries about eighty sets, and from
  one to the next only one entry changes, so the parts of a page are kept by the statements in them.
- `Filling`: one set of kept statements on a sheet. It is never changed: adding lines returns
  another `Filling`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakValueDictionary

from tailor.layout.font_metrics import line_height
from tailor.layout.page import Box, PageFit, Stack, fill_pages, fitted, measure, stacked
from tailor.layout.typography import Design, Paragraph, Style
from tailor.matching.match import Match
from tailor.selection.candidate import Candidate, shows_without_lines
from tailor.selection.composition import (
    entry_head,
    header_paragraphs,
    heading_paragraph,
    line_paragraph,
    loose_style,
    note_paragraphs,
)
from tailor.selection.knapsack import solve
from tailor.selection.order import asked_first, names_one_of
from tailor.selection.tailored_cv import ChosenEntry, ChosenLine, ChosenSection
from tailor.selection.wishes import Wishes
from tailor.selection.worth import Worth
from tailor.values.cv import Bullet, Cv, Entry, Section, SectionKind

Boxes = tuple[Box, ...]
# A bullet of n statements makes up to 2^n lines, so the cache needs a bound.
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
        return measure([fitted(one, self._design) for one in paragraphs], self._design)


@lru_cache(maxsize=16)
def measured(cv: Cv, design: Design) -> MeasuredCv:
    """Return the parts of the page of `cv` in `design`."""
    return MeasuredCv(cv, design)


def _ids(bullets: Iterable[Bullet]) -> frozenset[str]:
    return frozenset(statement.id for bullet in bullets for statement in bullet.statements)


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
    """A section on the page; without stacks if there is nothing to print of it."""

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
        self._sections: dict[tuple[int, bool, frozenset[str]], _ShownSection | None] = {}
        self._entries: dict[tuple[str, frozenset[str]], _ShownEntry | None] = {}
        self._rows: dict[tuple[str, ...], _Row] = {}
        self._fits: dict[frozenset[str], PageFit] = {}

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
        fit = self._fits.get(kept)
        if fit is None:
            fit = self._fits[kept] = fill_pages(self._stacks(kept), self.design.setup)
        return fit

    def _stacks(self, kept: frozenset[str]) -> Iterator[Stack]:
        """Yield the paragraphs that `compose` makes of the sections, measured."""
        yield self._measured.header
        for shown in self._shown(kept):
            yield from shown.stacks

    def _shown(self, kept: frozenset[str]) -> Iterator[_ShownSection]:
        before: SectionKind | None = None
        for place, section in enumerate(self._measured.sections):
            kind = section.section.kind
            key = place, kind is before, kept & section.ids
            if key not in self._sections:
                heading = section.again if kind is before else section.heading
                self._sections[key] = self._section(section, heading, kept)
            shown = self._sections[key]
            if shown:
                yield shown
                before = kind if shown.stacks else before

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
        rows = self._rows_of(section.bullets, kept, part.loose, is_sorted=is_sorted)
        lines = tuple([row.line for row in rows])
        if not entries and not lines:
            return None
        chosen = ChosenSection(section, tuple([entry.chosen for entry in entries]), lines)
        loose = [row.box for row in rows]
        stacks = [entry.stack for entry in entries]
        if part.note:
            stacks.append(stacked(part.note))
        if not loose and not any(stack.boxes for stack in stacks):
            return _ShownSection(chosen, ())
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
        if not rows and not shows_without_lines(part.entry, section.section, self.wishes):
            return None
        chosen = ChosenEntry(part.entry, tuple([row.line for row in rows]))
        return _ShownEntry(chosen, stacked((*part.head, *[row.box for row in rows])))

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


# Exchanges of one line for another, and in each so many lines left out tried for so many there.
_MOST_EXCHANGES = 6
_MOST_TRIED = 8
# A statement among others may take this many lines less than it would alone.
_LINES_SHARED = 2
_SLACK = 1e-6  # sums of floats


class Filling:
    """A set of kept statements on a sheet; `fit` gives where the last page ends."""

    def __init__(self, sheet: Sheet, kept: frozenset[str]) -> None:
        self.sheet = sheet
        self.match = sheet.match
        self.design = sheet.design
        self.wishes = sheet.wishes
        self.kept = kept

    @property
    def sections(self) -> tuple[ChosenSection, ...]:
        """What is shown, in the order of the page."""
        return self.sheet.sections(self.kept)

    @property
    def fit(self) -> PageFit:
        """Where the paragraphs come to stand."""
        return self.sheet.fit(self.kept)

    def fits(self, pages: int) -> bool:
        """Return whether it takes at most `pages` pages, the last with a line to spare.

        The spare line allows for Word, which the estimate could not be compared with.
        """
        fit = self.fit
        spare = fit.page_height - fit.used[-1]
        return fit.pages < pages or (fit.pages == pages and spare >= self.line)

    @property
    def line(self) -> float:
        """The height of a line of body text in points, the unit in which room is reported."""
        return line_height(self.design.styles[Style.BODY].size, self.design.font)

    @property
    def used(self) -> float:
        """The height from the top of the first page to the foot of the last line, in points."""
        return (self.fit.pages - 1) * self.fit.page_height + self.fit.used[-1]

    @property
    def room_in_lines(self) -> int:
        """How many lines of body text its pages have room for."""
        return math.floor((self.fit.pages * self.fit.page_height - self.line) / self.line)

    def lines_with(self, room: float) -> int:
        """Return the line on which it would end if `room` more points were used."""
        return math.ceil((self.used + room) / self.line - _SLACK)

    def has_clearly_no_room(self, room: float) -> bool:
        """Return whether a statement of this height certainly does not fit.

        Beside others of its bullet it may take less than alone, since it starts no line of its own.
        """
        return self.lines_with(room) > self.room_in_lines + _LINES_SHARED

    def filled(self, items: Sequence[Candidate], pages: int) -> Filling:
        """Return it with the best choice of `items` added, within `pages` pages."""
        everything = self.with_lines(item.id for item in items)
        if everything.fits(pages):
            return everything
        most = pages * self.fit.page_height - self.line
        room = most - self.used
        worths, rooms = [item.value for item in items], [item.room for item in items]
        filling = self
        while room > 0:
            chosen = solve(worths, rooms, room)
            filling = self.with_lines(items[number].id for number in chosen)
            if filling.fits(pages):
                break
            # Lines that run on take a little more than their share, and pages end early.
            room -= max(filling.used - most, self.line / 2)
        else:
            filling = self
        filling = filling.with_what_still_fits(items, pages)
        return filling.exchanged(items, pages, self.kept)

    def with_what_still_fits(self, items: Sequence[Candidate], pages: int) -> Filling:
        """Return it with every further statement that fits, the one worth most first.

        After that, "no room" is true of each statement that is left out.
        """
        filling = self
        for item in sorted(items, key=lambda item: -item.value):
            if item.id in filling.kept or filling.has_clearly_no_room(item.room):
                continue
            longer = filling.with_lines((item.id,))
            if longer.fits(pages):
                filling = longer
        return filling

    def exchanged(self, items: Sequence[Candidate], pages: int, fixed: frozenset[str]) -> Filling:
        """Return it with lines exchanged one for one while that makes it worth more.

        What is `fixed` stays. The heights that `solve` adds up are not quite those of the page.
        """
        filling = self
        for _ in range(_MOST_EXCHANGES):
            better = filling._exchanged_once(items, pages, fixed)
            if better is None:
                break
            filling = better.with_what_still_fits(items, pages)
        return filling

    def _exchanged_once(
        self, items: Sequence[Candidate], pages: int, fixed: frozenset[str]
    ) -> Filling | None:
        known = {item.id: item for item in items}
        there = [known[name] for name in self.kept - fixed if name in known]
        there.sort(key=lambda item: (item.value, item.id))
        left = [item for item in items if item.id not in self.kept]
        left.sort(key=lambda item: (-item.value, item.id))
        for new in left[:_MOST_TRIED]:
            for old in there[:_MOST_TRIED]:
                if old.value >= new.value:
                    break
                if self.has_clearly_no_room(new.room - old.room):
                    continue
                tried = Filling(self.sheet, self.kept - {old.id} | {new.id})
                if tried.fits(pages):
                    return tried
        return None

    def with_lines(self, ids: Iterable[str]) -> Filling:
        """Return it with these statements added."""
        return Filling(self.sheet, self.kept.union(ids))

    def without(self, name: str) -> Filling:
        """Return it without this statement."""
        return Filling(self.sheet, self.kept - {name})

    def at(self, design: Design) -> Filling:
        """Return the same statements in another design."""
        return Filling(self.sheet.at(design), self.kept)
