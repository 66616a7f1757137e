"""The page of one match in one design: for any set of kept statements what it shows, where it ends.

Each part of the page is made once for each set of statements kept of it: from one try to the next
only one entry changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tailor.candidates import shows_without_lines
from tailor.cv import Bullet, Entry, SectionKind
from tailor.matching import Match
from tailor.measured import Boxes, MeasuredEntry, MeasuredSection, measured
from tailor.page import PageFit, fill_pages
from tailor.steering import Wishes
from tailor.tailored import ChosenEntry, ChosenLine, ChosenSection
from tailor.typography import Design, Style


class _ShownEntry(NamedTuple):
    chosen: ChosenEntry
    boxes: Boxes


class _ShownSection(NamedTuple):
    """A section on the page; `boxes` are without its heading."""

    chosen: ChosenSection
    measured: MeasuredSection
    boxes: Boxes


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
        self._sections: dict[tuple[int, frozenset[str]], _ShownSection | None] = {}
        self._entries: dict[tuple[str, frozenset[str]], _ShownEntry | None] = {}
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
            fit = self._fits[kept] = fill_pages(self._boxes(kept), self.design.setup)
        return fit

    def _boxes(self, kept: frozenset[str]) -> Boxes:
        """Return the boxes of the paragraphs that `compose` makes of the sections."""
        boxes = list(self._measured.header)
        before: SectionKind | None = None
        for shown in self._shown(kept):
            if shown.boxes:
                section = shown.measured
                kind = section.section.kind
                boxes += section.again if kind is before else section.heading
                boxes += shown.boxes
                before = kind
        return tuple(boxes)

    def _shown(self, kept: frozenset[str]) -> Iterator[_ShownSection]:
        for place, section in enumerate(self._measured.sections):
            key = place, kept & section.ids
            if key not in self._sections:
                self._sections[key] = self._section(section, kept)
            shown = self._sections[key]
            if shown:
                yield shown

    def _section(self, part: MeasuredSection, kept: frozenset[str]) -> _ShownSection | None:
        section = part.section
        entries = []
        for entry in part.entries:
            key = entry.entry.id, kept & entry.ids
            if key not in self._entries:
                self._entries[key] = self._entry(entry, part, kept)
            if shown := self._entries[key]:
                entries.append(shown)
        lines = list(_lines(section.bullets, kept))
        if section.kind is SectionKind.SKILLS:  # the group that is asked for leads
            self._sort(lines)
        if not entries and not lines:
            return None
        boxes = [self._measured.line(line, part.loose) for line in lines]
        for shown in entries:
            boxes += shown.boxes
        boxes += part.note
        chosen = ChosenSection(section, tuple(entry.chosen for entry in entries), tuple(lines))
        return _ShownSection(chosen, part, tuple(boxes))

    def _entry(
        self, part: MeasuredEntry, section: MeasuredSection, kept: frozenset[str]
    ) -> _ShownEntry | None:
        lines = tuple(self._ordered(part.entry, kept))
        if not lines and not shows_without_lines(part.entry, section.section, self.wishes):
            return None
        boxes = [self._measured.line(line, Style.BULLET) for line in lines]
        return _ShownEntry(ChosenEntry(part.entry, lines), (*part.head, *boxes))

    def _ordered(self, entry: Entry, kept: frozenset[str]) -> list[ChosenLine]:
        """Return the entry's lines, strongest first.

        Bullets that begin with a stage of the role ("as Researcher, 2021: …") tell a
        story in time, so there the CV's order stays.
        """
        lines = list(_lines(entry.bullets, kept))
        if not any(bullet.lead_end for bullet in entry.bullets):
            self._sort(lines)
        return lines

    def _sort(self, lines: list[ChosenLine]) -> None:
        """Put the strongest first; of equals the CV's order stays."""
        lines.sort(key=lambda line: -max(self._totals[s.id] for s in line.kept))


def _lines(bullets: Sequence[Bullet], kept: frozenset[str]) -> Iterator[ChosenLine]:
    for bullet in bullets:
        statements = tuple([s for s in bullet.statements if s.id in kept])
        if statements:
            yield ChosenLine(bullet, statements)
