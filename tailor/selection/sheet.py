"""The page of one match in one design: for any set of kept statements what it shows, where it ends.

Each part of the page is made once for each set of statements kept of it: from one try to the next
only one entry changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from tailor.layout.page import Box, PageFit, Stack, fill_pages, stacked
from tailor.layout.typography import Design, Style
from tailor.matching.match import Match
from tailor.selection.candidates import shows_without_lines
from tailor.selection.measured import Boxes, MeasuredEntry, MeasuredSection, measured
from tailor.selection.steering import Wishes
from tailor.selection.tailored import ChosenEntry, ChosenLine, ChosenSection
from tailor.values.cv import Bullet, SectionKind


class _Row(NamedTuple):
    """A line on the page: the score of its best statement, and its box."""

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
    """See the module. Statements are known by their ids."""

    def __init__(
        self,
        match: Match,
        design: Design,
        wishes: Wishes,
        sizes: dict[Design, Sheet] | None = None,
    ) -> None:
        self.match = match
        self.design = design
        self.wishes = wishes
        self._sizes = {} if sizes is None else sizes
        self._sizes[design] = self
        self._totals: Mapping[str, float] = {
            text_id: score.total for text_id, score in match.scores.items()
        }
        self._measured = measured(match.cv, design)
        self._sections: dict[tuple[int, bool, frozenset[str]], _ShownSection | None] = {}
        self._entries: dict[tuple[str, frozenset[str]], _ShownEntry | None] = {}
        self._rows: dict[tuple[str, ...], _Row] = {}
        self._fits: dict[frozenset[str], PageFit] = {}

    def at(self, body_size: float) -> Sheet:
        """Return the page with the body in another size."""
        design = self.design.at(body_size)
        return self._sizes.get(design) or Sheet(self.match, design, self.wishes, self._sizes)

    def sections(self, kept: frozenset[str]) -> tuple[ChosenSection, ...]:
        """Return what is shown, in the order of the page."""
        return tuple(shown.chosen for shown in self._shown(kept))

    def fit(self, kept: frozenset[str]) -> PageFit:
        """Return where the paragraphs come to stand."""
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
        strength = max(self._totals[text_id] for text_id in key)
        row = self._rows[key] = _Row(strength, line, self._measured.line(key, line, style))
        return row


_strength = attrgetter("strength")
