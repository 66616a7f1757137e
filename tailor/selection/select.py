"""Choose what goes on the page: `Match` and a limit of pages in, `TailoredCv` out.

Every position and degree stays with its dates, and most positions with their best line. Of the
other statements those that are worth printing are chosen (`candidate.py`), as many as there is
room for and together worth most (`filling.py`); what answers too little stays out however much
room is left. Roles keep their order; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from tailor.layout.typography import DEFAULT_DESIGN, Design
from tailor.matching.match import Match
from tailor.selection.candidate import Candidate, Tier, candidates, must_keep
from tailor.selection.filling import Filling
from tailor.selection.repetition import alike_in
from tailor.selection.sheet import Sheet
from tailor.selection.tailored_cv import Cause, Dropped, Gain, TailoredCv
from tailor.selection.wishes import HISTORY, LEFT_OUT, NO_WISHES, Wishes, shows_without_lines
from tailor.selection.worth import Worth, find_worth
from tailor.values.cv import Section
from tailor.values.errors import CvError, WishError
from tailor.values.settings import MOST_PAGES

# The most pages used if the person asks for no number.
_USUAL_PAGES = 2
# A last page of fewer lines looks like a mistake. Headings and the space around them count, so it
# is told by the height of a few more.
_LEAST_LINES, _HEADS_LINES = 5, 2
# Where a last page would be less full than this, all is set one step smaller if that saves it.
_LITTLE_USED = 0.25
# A page at least this full is not filled further by larger letters.
_FULL = 0.95
_LONGEST_NAME = 200  # characters; nobody is called so, and such a head fills pages
_MOST_NAMED = 5
# Of two lines that say the same, one is as good that is worth so much of the other.
_NEARLY = 0.8

# From this score on a line has something to do with the posting.
_A_LITTLE = 0.1


def select(
    match: Match,
    *,
    pages: int | None = None,
    fill: bool = False,
    design: Design = DEFAULT_DESIGN,
    wishes: Wishes = NO_WISHES,
) -> TailoredCv:
    """Choose what goes on at most `pages` pages (1 to 9); with None, on at most 2.

    With `fill` the pages are filled with what is next best: all `pages`, or with None those that
    are used anyway. Raises ValueError for any other number of pages, CvError if even what must
    stay does not fit, and WishError if it does but the pinned lines do not.
    """
    if pages is not None and not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages must be from 1 to {MOST_PAGES}, not {pages}")
    most = pages or _USUAL_PAGES
    worth = find_worth(match)
    least = _least(match, worth, most, design, wishes)
    tighter = _tighter(least.design, limited=pages is not None)
    known = candidates(match, worth, least.kept, least.design, wishes)
    choice = _Choice(least, known, tighter)
    chosen = choice.on(most)
    filling = choice.filled_up(chosen, pages or chosen.fit.pages) if fill else chosen
    fit = filling.fit
    return TailoredCv(
        match,
        filling.sections,
        tuple(_left_out(filling, choice.candidates)),
        fit.pages,
        fit.lines,
        fit.last_page_fill,
        filling.design,
        tuple(_gains(filling, choice.candidates)),
        wishes,
        pages,
    )


def _gains(filling: Filling, known: Sequence[Candidate]) -> Iterator[Gain]:
    """Yield what each chosen statement is worth, the best first, and what it answers first."""
    answered: set[str] = set()
    chosen = [candidate for candidate in known if candidate.id in filling.kept]
    for candidate in sorted(chosen, key=lambda candidate: -candidate.worth):
        new = tuple(name for name in candidate.answers if name not in answered)
        answered.update(new)
        yield Gain(candidate.id, candidate.worth, new, fills=candidate.tier is Tier.FILLS)


def _least(match: Match, worth: Worth, pages: int, design: Design, wishes: Wishes) -> Filling:
    """Return what must be kept, set tighter if it does not fit otherwise.

    If even that is too much, positions are printed without the best line of each.
    """
    for kept in (must_keep(match, worth, wishes), must_keep(match, worth, wishes, titles=True)):
        for tried in (design, *_tighter(design, limited=True)):
            least = Filling(Sheet(match, worth, tried, wishes), kept)
            if least.fits(pages):
                return least
    if wishes.pinned:
        without = replace(wishes, pinned=frozenset())
        # Raises CvError if the page is too small even without the pins.
        _least(match, worth, pages, design, without)
        raise WishError(_too_much_pinned(least, without, pages))
    cv, several = match.cv, len(match.cv.entries) > 1
    if len(cv.name) > _LONGEST_NAME:
        what = f"its name of {len(cv.name):,} characters does"
    elif several:
        what = f"its {len(cv.entries)} entries do"
    else:
        what = "its one entry and what stands above it do"
    raise CvError(
        f"{cv.source}: {what} not fit on {_pages(pages)}; allow more pages (up to "
        f"{MOST_PAGES}), or shorten the CV"
    )


def _too_much_pinned(least: Filling, without: Wishes, pages: int) -> str:
    """Return the message for pinned lines that do not fit: how far over, and which take most."""
    design = least.design
    worth = least.sheet.worth
    kept = must_keep(least.match, worth, without)
    known = candidates(least.match, worth, kept, design, without)
    rooms = {c.id: c.room for c in known if c.id in least.kept - kept}
    first = Filling(Sheet(least.match, worth, design, without), kept).fit
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


class _Choice:
    """What must be kept, and what may be added."""

    def __init__(
        self, least: Filling, known: Sequence[Candidate], tighter: Sequence[Design]
    ) -> None:
        self._least = least
        self.candidates = known
        self._tighter = tighter
        wanted = [item for item in known if item.tier is Tier.ANSWERS]
        self._wanted = _without_repetitions(wanted, least)

    def on(self, pages: int) -> Filling:
        """Return the best choice on at most `pages` pages, without a last page of a few lines."""
        filling = self._best_on(pages, self._tighter)
        used = filling.fit.pages
        if used == 1 or filling.fit.last_page_fill >= _LITTLE_USED:
            return filling
        # A page that nobody asked to save is not worth the smallest letters.
        tighter = _tighter(self._least.design, limited=False)
        for design in tighter:
            if filling.at(design).fits(used - 1):
                return filling.at(design)
        least = (_LEAST_LINES + _HEADS_LINES) * filling.line
        if filling.fit.used[-1] < least and self._least.fits(used - 1):
            return self._best_on(used - 1, tighter)
        return filling

    def _best_on(self, pages: int, tighter: Sequence[Design]) -> Filling:
        """Return the best choice, set tighter where that makes room for more.

        It is the first design in which all that is worth printing has room, else the tightest.
        """
        for design in (self._least.design, *tighter):
            least = self._least.at(design)
            wanted = least.with_lines(item.id for item in self._wanted)
            if wanted.fits(pages):
                return wanted
        for lead in self._leads():
            first = least.with_lines((lead.id,))
            if first.fits(pages):
                least = first
        ids = {item.id for item in self._wanted}
        # Each takes other room in another design, and less where a line beside it is there.
        known = candidates(least.match, least.sheet.worth, least.kept, least.design, least.wishes)
        return least.filled([item for item in known if item.id in ids], pages)

    def _leads(self) -> list[Candidate]:
        """Return what goes first: the best proof of each thing that is required.

        And the best line of each section that would else be lost whole.
        """
        known = {item.id: item for item in self._wanted}
        needed = self._least.sheet.worth.needed(self._least.kept)
        leads = [known[name] for name in needed if name in known]
        for section in self._least.match.cv.sections:
            ids = [s.id for b in section.bullets for s in b.statements]
            ids += [s.id for e in section.entries for b in e.bullets for s in b.statements]
            if section.kind in HISTORY | LEFT_OUT or self._least.kept.intersection(ids):
                continue
            below = [known[name] for name in ids if name in known and known[name].answers]
            if below:
                leads.append(max(below, key=lambda item: item.worth))
        return sorted(leads, key=lambda item: -item.worth)

    def filled_up(self, filling: Filling, pages: int) -> Filling:
        """Return it with what is next best added while there is room, and the letters to fit."""
        left = [item for item in self.candidates if item.id not in filling.kept]
        items = _without_repetitions(left, filling)
        filling = filling.with_what_still_fits(items, pages)
        full = any(item.id not in filling.kept for item in items)
        return filling if full else _sized(filling, pages)


def _without_repetitions(items: Sequence[Candidate], there: Filling) -> list[Candidate]:
    """Return the items without those that say what another of them says, or what is there.

    Of two that are worth nearly the same the one stays that takes less room: that of a position,
    whose head is printed anyway, and not that of a project.
    """
    alike = alike_in(there.match.cv)
    known = {item.id: item for item in items}
    said, found = set(there.kept), set()
    for item in sorted(items, key=lambda item: -item.worth):
        if item.id in found or alike.get(item.id, frozenset()) & said:
            continue
        others = [known[name] for name in sorted(alike.get(item.id, ())) if name in known]
        as_good = [
            other
            for other in others
            if other.worth >= _NEARLY * item.worth and not alike[other.id] & said
        ]
        chosen = min([item, *as_good], key=lambda one: one.room)
        said.add(chosen.id)
        found.add(chosen.id)
    return [item for item in items if item.id in found]


def _tighter(design: Design, *, limited: bool) -> list[Design]:
    """Return the designs that set more on a page, the least tight first.

    Letters become a little smaller. If the person set a limit, they become as small as can be, and
    less space stands between paragraphs.
    """
    found = [design.at(size) for size in reversed(design.sizes) if size < design.body_size]
    if not limited:
        return found[:1]
    if not design.template:
        found.append(replace((found or [design])[-1], dense=True))
    return found


def _sized(filling: Filling, pages: int) -> Filling:
    """Return `filling` in the letter size that fills the last page best; nothing is left to add."""
    own = filling.design.body_size
    if filling.fit.last_page_fill >= _FULL:
        return filling
    sizes = sorted(filling.design.sizes, key=lambda size: abs(size - own))
    fitting = [filling, *(filling.at(filling.design.at(size)) for size in sizes if size != own)]
    return max(
        (sized for sized in fitting if sized.fits(pages)),
        key=lambda sized: sized.fit.last_page_fill,
        default=filling,
    )


def _left_out(filling: Filling, known: Sequence[Candidate]) -> Iterator[Dropped]:
    """Yield each statement and entry that is not on the page; `known` holds all candidates."""
    by_id = {candidate.id: candidate for candidate in known}
    for section in filling.match.cv.sections:
        for entry in section.entries:
            ids = [statement.id for bullet in entry.bullets for statement in bullet.statements]
            if shows_without_lines(entry, section, filling.wishes) or filling.kept & set(ids):
                continue
            # The reason is the entry's own, or that of its best line.
            of_line = ids and entry.id not in filling.wishes.dropped
            left = max(ids, key=filling.sheet.worth.of.__getitem__) if of_line else entry.id
            words = entry.title or entry.organisation
            yield Dropped(entry.id, words, *_reason(left, section, filling, by_id))
        for bullet in chain(section.bullets, *(entry.bullets for entry in section.entries)):
            for statement in bullet.statements:
                if statement.id not in filling.kept:
                    words = bullet.statement_text(statement)
                    why = _reason(statement.id, section, filling, by_id)
                    yield Dropped(statement.id, words, *why)
    for bullet in filling.match.cv.unplaced:
        reason = "its place in the CV was not understood"
        yield Dropped(bullet.id, bullet.text.plain, reason, Cause.NOT_UNDERSTOOD)


def _reason(
    left: str, section: Section, filling: Filling, known: Mapping[str, Candidate]
) -> tuple[str, Cause]:
    """Return why the statement or entry `left` is not on the page, in words and as a cause."""
    if left in filling.wishes.dropped:
        return "you dropped it", Cause.WISHED
    if section.kind in LEFT_OUT:
        return "references are given on request", Cause.REFERENCE
    if alike_in(filling.match.cv).get(left, frozenset()) & filling.kept:
        return "another line says the same", Cause.SAME
    candidate = known.get(left)
    score = filling.match.scores[left].total if candidate else 0.0
    if candidate is None or (score < _A_LITTLE and not candidate.answers):
        return "answers nothing asked for", Cause.NOTHING_ASKED
    if candidate.tier is Tier.FILLS:
        return "answers too little", Cause.NOTHING_ASKED
    return "page full", Cause.NO_ROOM
