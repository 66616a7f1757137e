"""A page that gets filled: which statements stand on it, and where it ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tailor.candidates import Candidate, Tier, shows_without_lines
from tailor.composition import compose
from tailor.coverage import Covered, Gain, choose
from tailor.cv import Bullet, Entry, SectionKind
from tailor.font_metrics import line_height
from tailor.matching import Match
from tailor.page import PageFit, paginate
from tailor.steering import NO_WISHES, Wishes
from tailor.tailored import ChosenEntry, ChosenLine, ChosenSection
from tailor.typography import Design, Style

# What a page may lose at its foot, in points, where a block goes to the next one whole.
_BREAK_LOSS = 90.0
# By so many lines a statement may need less than it would alone.
_LINES_SHARED = 2
_SLACK = 1e-6  # sums of floats


class Filling:
    """A set of kept statements in a design; `fit` tells where the last page ends with it."""

    def __init__(
        self,
        match: Match,
        design: Design,
        kept: frozenset[str],
        gains: tuple[Gain, ...] = (),
        wishes: Wishes = NO_WISHES,
    ) -> None:
        self.match = match
        self.design = design
        self.kept = kept
        self.gains = gains
        self.wishes = wishes

    @cached_property
    def sections(self) -> tuple[ChosenSection, ...]:
        """What is shown, in the order of the page."""
        return tuple(_sections(self.match, self.kept, self.wishes))

    @cached_property
    def fit(self) -> PageFit:
        """Where the paragraphs come to stand."""
        design = self.design
        paragraphs = compose(self.match.cv, self.sections, design)
        return paginate(paragraphs, design.setup, design.styles, font=design.font)

    def fits(self, pages: int) -> bool:
        """Tell whether it takes at most `pages` pages, the last with a line to spare.

        The line is for Word, which nobody could compare the estimate with.
        """
        fit = self.fit
        spare = fit.page_height - fit.used[-1]
        return fit.pages < pages or (fit.pages == pages and spare >= self.line)

    @property
    def line(self) -> float:
        """The height of a line of the body, in points: what room is told in."""
        return line_height(self.design.styles[Style.BODY].size, self.design.font)

    @property
    def used(self) -> float:
        """The height from the top of the first page to the foot of the last line, in points."""
        return (self.fit.pages - 1) * self.fit.page_height + self.fit.used[-1]

    @property
    def room_in_lines(self) -> int:
        """How many lines its pages have room for, as if all were lines of the body."""
        return math.floor((self.fit.pages * self.fit.page_height - self.line) / self.line)

    def lines_with(self, room: float) -> int:
        """Return the line on which it would end with so much more room taken, in points."""
        return math.ceil((self.used + room) / self.line - _SLACK)

    def has_clearly_no_room(self, room: float) -> bool:
        """Tell whether a statement needs more than is left, though it may take less than alone.

        Beside others of its bullet it begins no line of its own, and needs no heads.
        """
        return self.lines_with(room) > self.room_in_lines + _LINES_SHARED

    def filled(self, candidates: Sequence[Candidate], tier: Tier, pages: int) -> Filling:
        """Return it with the best choice of one tier that leaves no more than `pages` pages."""
        known = {candidate.item.id: candidate.item for candidate in candidates}
        items = [c.item for c in candidates if c.tier is tier and c.item.id not in self.kept]
        sure = pages * self.fit.page_height - self.line - (pages - 1) * _BREAK_LOSS
        tried: dict[frozenset[str], bool] = {}

        def has_room(ids: Sequence[str]) -> bool:
            # Far from the end a sum tells; laying the page out each time would take long.
            if self.used + math.fsum(known[item].room for item in ids) <= sure:
                return True
            kept = frozenset(ids)
            if kept not in tried:
                tried[kept] = self.with_lines(kept).fits(pages)
            return tried[kept]

        covered = Covered(item for item in known.values() if item.id in self.kept)
        gains = choose(items, covered, has_room)
        return self.with_lines((gain.id for gain in gains), gains)

    def with_what_still_fits(self, candidates: Sequence[Candidate], pages: int) -> Filling:
        """Return it with each statement that has room though the choice passed it over.

        So that of every one left out for want of room it is true.
        """
        filling = self
        covered = Covered(c.item for c in candidates if c.item.id in self.kept)
        for candidate in sorted(candidates, key=lambda c: (c.tier, -covered.gain(c.item))):
            item = candidate.item
            if item.id in filling.kept or filling.has_clearly_no_room(item.room):
                continue
            longer = filling.with_lines((item.id,))
            if longer.fits(pages):
                filling = filling.with_lines((item.id,), (covered.add(item),))
        return filling

    def with_lines(self, ids: Iterable[str], gains: tuple[Gain, ...] = ()) -> Filling:
        """Return it with more statements on it."""
        kept = self.kept.union(ids)
        return Filling(self.match, self.design, kept, (*self.gains, *gains), self.wishes)

    def at(self, body_size: float) -> Filling:
        """Return the same statements with the body in another size."""
        return Filling(self.match, self.design.at(body_size), self.kept, self.gains, self.wishes)


def _sections(match: Match, kept: frozenset[str], wishes: Wishes) -> Iterator[ChosenSection]:
    for section in match.cv.sections:
        chosen = (ChosenEntry(e, tuple(_ordered(e, match, kept))) for e in section.entries)
        entries = tuple(
            entry
            for entry in chosen
            if entry.lines or shows_without_lines(entry.entry, section, wishes)
        )
        lines = list(_lines(section.bullets, kept))
        if section.kind is SectionKind.SKILLS:  # the group that is asked for leads
            _sort(lines, match)
        if entries or lines:
            yield ChosenSection(section, entries, tuple(lines))


def _lines(bullets: Sequence[Bullet], kept: frozenset[str]) -> Iterator[ChosenLine]:
    for bullet in bullets:
        statements = tuple(s for s in bullet.statements if s.id in kept)
        if statements:
            yield ChosenLine(bullet, statements)


def _ordered(entry: Entry, match: Match, kept: frozenset[str]) -> list[ChosenLine]:
    """Return the entry's lines, strongest first.

    Bullets that begin with a stage of the role ("as Researcher, 2021: …") tell a
    story in time, so there the CV's order stays.
    """
    lines = list(_lines(entry.bullets, kept))
    if not any(bullet.lead_end for bullet in entry.bullets):
        _sort(lines, match)
    return lines


def _sort(lines: list[ChosenLine], match: Match) -> None:
    """Put the strongest first; of equals the CV's order stays."""
    lines.sort(key=lambda line: -max(match.scores[s.id].total for s in line.kept))
