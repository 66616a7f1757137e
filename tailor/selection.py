"""Match + wanted pages -> TailoredCv.

Every position and degree stays, with its dates and its best line; so does any other entry that
would leave a gap. The rest of the room goes to what answers most of what is asked (`coverage.py`):
first among the lines that speak for the person, then among those that have something to do with
the posting, then among all, until the last page is full. The size of the letters comes last.
Roles never move; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from tailor.candidates import (
    LEFT_OUT,
    Candidate,
    Tier,
    candidates,
    must_keep,
    shows_without_lines,
    tier_of,
)
from tailor.coverage import Covered
from tailor.cv import Bullet, Section, Statement
from tailor.errors import CvError
from tailor.filling import Filling
from tailor.matching import Match, Score
from tailor.tailored import Dropped, TailoredCv
from tailor.typography import DEFAULT_DESIGN, Design

MOST_PAGES = 9
# Without a wish, at most so many.
_USUAL_PAGES = 2
# A last page less full than this looks forgotten.
_LEAST_LAST_PAGE = 1 / 3
# A second page that is hardly begun is not worth less than this share of what is relevant.
_LITTLE = 0.25
# A page as full as this needs no larger letters.
_FULL = 0.95

ANSWERS_NOTHING = "answers nothing asked"
NO_ROOM = "no room"
NOT_UNDERSTOOD = "its place in the CV was not understood"
NOT_ASKED_FOR = "references are given when asked for"
SAYS_THE_SAME = "says the same as {}"


def select(
    match: Match, *, pages: int | None = None, design: Design = DEFAULT_DESIGN
) -> TailoredCv:
    """Choose what goes on `pages` pages (1 to 9) and fills them; without a wish on 1 or 2.

    Raises ValueError for another number of pages, and CvError where the entries
    alone, each with one statement, do not fit.
    """
    if pages is not None and not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages must be from 1 to {MOST_PAGES}, not {pages}")
    least = _least(match, pages or _USUAL_PAGES, design)
    choice = _Choice(least, candidates(match, least.kept, least.design))
    filling = choice.on(pages) if pages else choice.on_usual_pages()
    fit = filling.fit
    return TailoredCv(
        match,
        filling.sections,
        tuple(_dropped(filling, choice.candidates)),
        fit.pages,
        fit.lines,
        fit.last_page_fill,
        filling.design,
        filling.gains,
    )


def _least(match: Match, pages: int, design: Design) -> Filling:
    """Return what must be kept, in smaller letters where it does not fit else."""
    kept = must_keep(match)
    for size in (design.body_size, design.sizes[0]):
        least = Filling(match, design.at(size), kept)
        if least.fits(pages):
            return least
    cv = match.cv
    raise CvError(
        f"{cv.source}: its {len(cv.entries)} entries, with one statement each, do not fit on "
        f"{pages} page{'s' * (pages > 1)}; allow more pages (up to {MOST_PAGES}), or shorten the CV"
    )


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


def _dropped(filling: Filling, known: Sequence[Candidate]) -> Iterator[Dropped]:
    match, kept = filling.match, filling.kept
    same = _said_already(filling, known)
    for section in match.cv.sections:
        for entry in section.entries:
            shown = any(s.id in kept for bullet in entry.bullets for s in bullet.statements)
            if not shown and not shows_without_lines(entry, section):
                reason = NOT_ASKED_FOR if section.kind in LEFT_OUT else ANSWERS_NOTHING
                yield Dropped(entry.id, entry.title or entry.organisation, reason)
        for bullet, statement in _statements_of(section):
            if statement.id not in kept:
                reason = NOT_ASKED_FOR if section.kind in LEFT_OUT else ""
                reason = reason or same.get(statement.id) or _reason(match.scores[statement.id])
                yield Dropped(statement.id, bullet.statement_text(statement), reason)
    for bullet in match.cv.unplaced:
        yield Dropped(bullet.id, bullet.text.plain, NOT_UNDERSTOOD)


def _reason(score: Score) -> str:
    return ANSWERS_NOTHING if tier_of(score) is Tier.OTHER else NO_ROOM


def _said_already(filling: Filling, known: Sequence[Candidate]) -> dict[str, str]:
    """Return the reason of statements left out where a kept one answers the same, in its words."""
    kept = [c.item for c in known if c.item.id in filling.kept and c.item.covers]
    same = {}
    for candidate in known:
        item = candidate.item
        if item.id not in filling.kept and item.covers:
            found = (other.id for other in kept if item.covers.keys() <= other.covers.keys())
            if other := next(found, ""):
                same[item.id] = SAYS_THE_SAME.format(other)
    return same


def _statements_of(section: Section) -> Iterator[tuple[Bullet, Statement]]:
    bullets = chain(section.bullets, *(entry.bullets for entry in section.entries))
    yield from ((bullet, statement) for bullet in bullets for statement in bullet.statements)
