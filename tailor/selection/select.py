"""Choose what goes on the page: `Match` and a number of pages in, `TailoredCv` out.

Every position and degree stays, with its dates and its best line, and so does any other entry
whose absence would leave a gap. The remaining room goes to the lines that together answer the most
(`coverage.py`): first among the lines that are relevant to the posting, then among those that have
something to do with it, then among all, until the last page is full. The letter size is settled
last. Roles keep their order; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tailor.layout.typography import DEFAULT_DESIGN, Design
from tailor.matching.match import Match
from tailor.selection.candidate import Candidate, Tier, candidates, must_keep
from tailor.selection.coverage import Covered
from tailor.selection.omission import left_out
from tailor.selection.sheet import Filling, Sheet
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import NO_WISHES, Wishes
from tailor.values.errors import CvError, WishError
from tailor.values.settings import MOST_PAGES

# The most pages used if the person asks for no number.
_USUAL_PAGES = 2
# A last page less full than this looks unfinished.
_LEAST_LAST_PAGE = 1 / 3
# To avoid a barely used second page, at most this share of what is relevant may be lost.
_LITTLE = 0.25
# A page at least this full is not filled further by larger letters.
_FULL = 0.95
_LONGEST_NAME = 200  # characters; nobody is called so, and such a head fills pages
_MOST_NAMED = 5


def select(
    match: Match,
    *,
    pages: int | None = None,
    design: Design = DEFAULT_DESIGN,
    wishes: Wishes = NO_WISHES,
) -> TailoredCv:
    """Choose what goes on `pages` pages (1 to 9) and fills them; with None, on 1 or 2 pages.

    Raises ValueError for any other number of pages, CvError if even the entries with one
    statement each do not fit, and WishError if they do but the pinned lines do not.
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
    """Return what must be kept, in smaller letters if it does not fit otherwise."""
    kept = must_keep(match, wishes)
    for size in (design.body_size, design.sizes[0]):
        least = Filling(Sheet(match, design.at(size), wishes), kept)
        if least.fits(pages):
            return least
    if wishes.pinned:
        without = replace(wishes, pinned=frozenset())
        # Raises CvError if the page is too small even without the pins.
        _least(match, pages, design, without)
        raise WishError(_too_much_pinned(least, without, pages))
    cv, several = match.cv, len(match.cv.entries) > 1
    if len(cv.name) > _LONGEST_NAME:
        what = f"its name of {len(cv.name):,} characters does"
    elif several:
        what = f"its {len(cv.entries)} entries, with one statement each, do"
    else:
        what = "its one entry, with one statement, and what stands above it do"
    raise CvError(
        f"{cv.source}: {what} not fit on {_pages(pages)}; allow more pages (up to "
        f"{MOST_PAGES}), or shorten the CV"
    )


def _too_much_pinned(least: Filling, without: Wishes, pages: int) -> str:
    """Return the message for pinned lines that do not fit: how far over, and which take most."""
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
    """What must be kept, and what may be added."""

    least: Filling
    candidates: Sequence[Candidate]

    def on(self, pages: int) -> Filling:
        """Return exactly `pages` pages, filled."""
        return self._filled_up(self._relevant(pages), pages)

    def on_usual_pages(self) -> Filling:
        """Return one page if all, or nearly all, that is relevant fits on it, else two."""
        two = self._relevant(_USUAL_PAGES)
        if self.least.fits(1):
            one = self._relevant(1)
            if two.fit.pages == 1 or self._is_nearly_all(one, two):
                return self._filled_up(one, 1)
        return self._filled_up(two, _USUAL_PAGES)

    def _relevant(self, pages: int) -> Filling:
        return self.least.filled(self.candidates, Tier.RELEVANT, pages)

    def _is_nearly_all(self, one: Filling, two: Filling) -> bool:
        """Return whether one page loses little that is relevant and two would be nearly empty."""
        relevant = [c.item for c in self.candidates if c.tier is Tier.RELEVANT]
        value = Covered(item for item in relevant if item.id in one.kept).value
        left = 1 - value / (Covered(relevant).value or 1)
        return two.fit.last_page_fill < _LEAST_LAST_PAGE and left < _LITTLE

    def _filled_up(self, relevant: Filling, pages: int) -> Filling:
        """Return `relevant` with the less relevant lines added while there is room."""
        filling = self._with_smaller_letters(relevant, pages)
        for tier in (Tier.RELATED, Tier.OTHER):
            filling = filling.filled(self.candidates, tier, pages)
        filling = filling.with_what_still_fits(self.candidates, pages)
        return filling if self._left(filling) else _sized(filling, pages)

    def _with_smaller_letters(self, filling: Filling, pages: int) -> Filling:
        """Return `filling` in the smallest letters if that makes room for all that is relevant."""
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
    """Return `filling` in the letter size that fills the last page best; nothing is left to add."""
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
