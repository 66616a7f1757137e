"""A set of statements on a sheet, and how it grows: never changed, adding lines returns another.

Which lines are worth most together, of all that have room, is the 0/1 knapsack problem. `solve` is
exact, by dynamic programming over quarters of a point (Kellerer, Pferschy, Pisinger 2004,
"Knapsack problems", section 2.3). On a page the room of a line depends a little on what stands
beside it; the page has the last word, and lines are exchanged one for one as long as that makes it
worth more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from tailor.layout.font_metrics import line_height
from tailor.layout.page import PageFit
from tailor.layout.typography import Design, Style
from tailor.selection.candidate import Candidate
from tailor.selection.sheet import Sheet
from tailor.selection.tailored_cv import ChosenSection

# Exchanges of one line for another, and in each so many lines left out tried for so many there.
_MOST_EXCHANGES = 6
_MOST_TRIED = 8
# A statement among others may take this many lines less than it would alone.
_LINES_SHARED = 2
_SLACK = 1e-6  # sums of floats
_GRID = 4  # steps in a point


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

    @cached_property
    def fit(self) -> PageFit:
        """Where the paragraphs come to stand."""
        return self.sheet.fit(self.kept)

    @property
    def worth(self) -> float:
        """What all its statements are worth together."""
        return math.fsum(self.sheet.worth.of[name] for name in self.kept)

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
        most = pages * self.fit.page_height - self.line
        room = most - self.used
        worths, rooms = [item.worth for item in items], [item.room for item in items]

        def best(room: float) -> Filling:
            return self.with_lines(items[number].id for number in solve(worths, rooms, room))

        filling = best(room)
        while room > 0 and not filling.fits(pages):
            # Lines that run on take a little more than their share, and pages end early.
            room -= max(filling.used - most, self.line / 2)
            filling = best(room)
        filling = filling.with_what_still_fits(items, pages)
        return filling.exchanged(items, pages, self.kept)

    def with_what_still_fits(self, items: Sequence[Candidate], pages: int) -> Filling:
        """Return it with every further statement that fits, the one worth most first.

        After that, "no room" is true of each statement that is left out.
        """
        filling = self
        for item in sorted(items, key=lambda item: -item.worth):
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
        there.sort(key=lambda item: (item.worth, item.id))
        left = [item for item in items if item.id not in self.kept]
        left.sort(key=lambda item: (-item.worth, item.id))
        for new in left[:_MOST_TRIED]:
            for old in there[:_MOST_TRIED]:
                if old.worth >= new.worth:
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

    def at(self, design: Design) -> Filling:
        """Return the same statements in another design."""
        return Filling(self.sheet.at(design), self.kept)


def solve(worths: Sequence[float], rooms: Sequence[float], room: float) -> tuple[int, ...]:
    """Return the numbers of the items whose rooms fit into `room` and whose worth is the most.

    Rooms are in points and rounded up to quarters. All values are at least 0; of equals the first
    count.
    """
    sizes = [math.ceil(size * _GRID - 1e-9) for size in rooms]
    capacity = math.floor(room * _GRID + 1e-9)
    if capacity <= 0:
        return ()
    if sum(sizes) <= capacity:
        return tuple(range(len(sizes)))
    best = np.zeros(capacity + 1)
    taken = np.zeros((len(sizes), capacity + 1), dtype=bool)
    # Backwards, so that the way back finds the first of equals.
    for number in reversed(range(len(sizes))):
        size = sizes[number]
        if size > capacity:
            continue
        with_it = best[: capacity + 1 - size] + worths[number]
        better = with_it >= best[size:]
        taken[number, size:] = better
        best[size:] = np.where(better, with_it, best[size:])
    chosen = []
    left = capacity
    for number, size in enumerate(sizes):
        if taken[number, left]:
            chosen.append(number)
            left -= size
    return tuple(chosen)
