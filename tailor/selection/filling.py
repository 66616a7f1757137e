"""A page that gets filled: which statements stand on it, and where it ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tailor.layout.font_metrics import line_height
from tailor.layout.page import PageFit
from tailor.layout.typography import Style
from tailor.selection.candidates import Candidate, Tier
from tailor.selection.coverage import Covered, Gain, choose
from tailor.selection.sheet import Sheet
from tailor.selection.tailored import ChosenSection

# What a page may lose at its foot, in points, where a block goes to the next one whole.
_BREAK_LOSS = 90.0
# By so many lines a statement may need less than it would alone.
_LINES_SHARED = 2
_SLACK = 1e-6  # sums of floats


class Filling:
    """A set of kept statements on a sheet; `fit` tells where the last page ends with it."""

    def __init__(self, sheet: Sheet, kept: frozenset[str], gains: tuple[Gain, ...] = ()) -> None:
        self.sheet = sheet
        self.match = sheet.match
        self.design = sheet.design
        self.wishes = sheet.wishes
        self.kept = kept
        self.gains = gains

    @property
    def sections(self) -> tuple[ChosenSection, ...]:
        """What is shown, in the order of the page."""
        return self.sheet.sections(self.kept)

    @property
    def fit(self) -> PageFit:
        """Where the paragraphs come to stand."""
        return self.sheet.fit(self.kept)

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

        def has_room(ids: Sequence[str]) -> bool:
            # Far from the end a sum tells; laying the page out each time would take long.
            if self.used + math.fsum(known[item].room for item in ids) <= sure:
                return True
            return self.with_lines(ids).fits(pages)

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
        return Filling(self.sheet, self.kept.union(ids), (*self.gains, *gains))

    def at(self, body_size: float) -> Filling:
        """Return the same statements with the body in another size."""
        return Filling(self.sheet.at(body_size), self.kept, self.gains)
