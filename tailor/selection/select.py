"""Match + wanted pages -> TailoredCv.

Every position and degree stays, with its dates and its best line; so does any other entry that
would leave a gap. The rest of the room goes to what answers most of what is asked (`coverage.py`):
first among the lines that speak for the person, then among those that have something to do with
the posting, then among all, until the last page is full. The size of the letters comes last.
Roles never move; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tailor.layout.typography import DEFAULT_DESIGN, Design
from tailor.matching.match import Match
from tailor.selection.candidates import Candidate, Tier, candidates, must_keep
from tailor.selection.coverage import Covered
from tailor.selection.filling import Filling
from tailor.selection.left_out import left_out
from tailor.selection.sheet import Sheet
from tailor.selection.steering import NO_WISHES, Wishes
from tailor.selection.tailored import TailoredCv
from tailor.values.errors import CvError, WishError
from tailor.values.settings import MOST_PAGES

# Without a wish, at most so many.
_USUAL_PAGES = 2
# A last page less full than this looks forgotten.
_LEAST_LAST_PAGE = 1 / 3
# A second page that is hardly begun is not worth less than this share of what is relevant.
_LITTLE = 0.25
# A page as full as this needs no larger letters.
_FULL = 0.95
_MOST_NAMED = 5


def select(
    match: Match,
    *,
    pages: int | None = None,
    design: Design = DEFAULT_DESIGN,
    wishes: Wishes = NO_WISHES,
) -> TailoredCv:
    """Choose what goes on `pages` pages (1 to 9) and fills them; without a wish on 1 or 2.

    Raises ValueError for another number of pages, CvError where the entries
    alone, each with one statement, do not fit, and WishError where they do not with what is
    pinned.
    """
    if pages is not None and not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages must be from 1 to {MOST_PAGES}, not {pages}")
    least = _least(match, pages or _USUAL_PAGES, design, wishes)
    choice = _Choice(least, candidates(match, least.kept, least.design, wishes))
    filling = choice.on(pages) if pages else choice.on_usual_pages()
    fit = filling.fit
    return TailoredCv(
        match,
        filling.sections,
        tuple(left_out(filling, choice.candidates)),
        fit.pages,
        fit.lines,
        fit.last_page_fill,
        filling.design,
        filling.gains,
        wishes,
        pages,
    )


def _least(match: Match, pages: int, design: Design, wishes: Wishes) -> Filling:
    """Return what must be kept, in smaller letters where it does not fit else."""
    kept = must_keep(match, wishes)
    for size in (design.body_size, design.sizes[0]):
        least = Filling(Sheet(match, design.at(size), wishes), kept)
        if least.fits(pages):
            return least
    if wishes.pinned:
        without = replace(wishes, pinned=frozenset())
        # Raises where the fault is not with the pins.
        _least(match, pages, design, without)
        raise WishError(_too_much_pinned(least, without, pages))
    cv = match.cv
    raise CvError(
        f"{cv.source}: its {len(cv.entries)} entries, with one statement each, do not fit on "
        f"{_pages(pages)}; allow more pages (up to {MOST_PAGES}), or shorten the CV"
    )


def _too_much_pinned(least: Filling, without: Wishes, pages: int) -> str:
    """Return what to do where the pinned lines do not fit."""
    design = least.design
    kept = must_keep(least.match, without)
    known = candidates(least.match, kept, design, without)
    rooms = {c.item.id: c.item.room for c in known if c.item.id in least.kept - kept}
    first = Filling(Sheet(least.match, design, without), kept).fit
    room = math.floor((pages * first.page_height - least.line) / least.line)
    costs = (
        f"{name} ({_lines(taken / least.line)})"
        for name, taken in sorted(rooms.items(), key=lambda item: -item[1])[:_MOST_NAMED]
    )
    return (
        f"what is pinned does not fit on {_pages(pages)}: it would end on line "
        f"{max(least.lines_with(0), room + 1)} of {room}; unpin one or more of "
        f"{', '.join(costs)}, or allow more pages (--pages, up to {MOST_PAGES})"
    )


def _lines(lines: float) -> str:
    return "1 line" if lines < 1.5 else f"{round(lines)} lines"


def _pages(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


@dataclass(frozen=True, slots=True)
class _Choice:
    """What must be kept, and what may be added to it."""

    least: Filling
    candidates: Sequence[Candidate]

    def on(self, pages: int) -> Filling:
        """Return so many pages, filled."""
        return self._filled_up(self._relevant(pages), pages)

    def on_usual_pages(self) -> Filling:
        """Return one page where all that is relevant fits there, or nearly all; else two."""
        two = self._relevant(_USUAL_PAGES)
        if self.least.fits(1):
            one = self._relevant(1)
            if two.fit.pages == 1 or self._is_nearly_all(one, two):
                return self._filled_up(one, 1)
        return self._filled_up(two, _USUAL_PAGES)

    def _relevant(self, pages: int) -> Filling:
        return self.least.filled(self.candidates, Tier.RELEVANT, pages)

    def _is_nearly_all(self, one: Filling, two: Filling) -> bool:
        """Tell whether little of what is relevant is lost on one page, and two hardly begun."""
        relevant = [c.item for c in self.candidates if c.tier is Tier.RELEVANT]
        value = Covered(item for item in relevant if item.id in one.kept).value
        left = 1 - value / (Covered(relevant).value or 1)
        return two.fit.last_page_fill < _LEAST_LAST_PAGE and left < _LITTLE

    def _filled_up(self, relevant: Filling, pages: int) -> Filling:
        """Return the pages with what is relevant, and then with what else there is."""
        filling = self._with_smaller_letters(relevant, pages)
        for tier in (Tier.RELATED, Tier.OTHER):
            filling = filling.filled(self.candidates, tier, pages)
        filling = filling.with_what_still_fits(self.candidates, pages)
        return filling if self._left(filling) else _sized(filling, pages)

    def _with_smaller_letters(self, filling: Filling, pages: int) -> Filling:
        """Return it with the smallest letters where these make room for all that is relevant."""
        left = [c for c in self._left(filling) if c.tier is Tier.RELEVANT]
        if left:
            smaller = filling.at(filling.design.sizes[0]).filled(
                self.candidates, Tier.RELEVANT, pages
            )
            if all(candidate.item.id in smaller.kept for candidate in left):
                return smaller
        return filling

    def _left(self, filling: Filling) -> list[Candidate]:
        return [c for c in self.candidates if c.item.id not in filling.kept]


def _sized(filling: Filling, pages: int) -> Filling:
    """Return it in the size in which the last page is fullest, where nothing is left to add."""
    own = filling.design.body_size
    if filling.fit.last_page_fill >= _FULL:
        return filling
    sizes = sorted(filling.design.sizes, key=lambda size: abs(size - own))
    fitting = [filling, *(filling.at(size) for size in sizes if size != own)]
    return max(
        (sized for sized in fitting if sized.fits(pages)),
        key=lambda sized: sized.fit.last_page_fill,
        default=filling,
    )
