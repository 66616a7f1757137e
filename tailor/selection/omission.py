"""Each line that is not on the page, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tailor.selection.candidate import LEFT_OUT, Candidate, Tier, shows_without_lines, tier_of
from tailor.selection.sheet import Filling
from tailor.selection.tailored_cv import Cause, Dropped
from tailor.values.cv import Bullet, Entry, Section, Statement

ANSWERS_NOTHING = "answers nothing asked"
NO_ROOM = "no room: would be line {} of {}"
NOT_UNDERSTOOD = "its place in the CV was not understood"
NOT_ASKED_FOR = "references are given when asked for"
SAYS_THE_SAME = "same as {}"
NOT_WANTED = "left out as you wish"


def left_out(filling: Filling, known: Sequence[Candidate]) -> Iterator[Dropped]:
    """Yield each statement and entry that is not on the page; `known` holds all candidates."""
    why = _Reasons(filling, known)
    for section in filling.match.cv.sections:
        for entry in section.entries:
            if not why.shows(entry, section):
                words = entry.title or entry.organisation
                yield Dropped(entry.id, words, *why.of_entry(entry, section))
        for bullet, statement in _statements_of(section):
            if statement.id not in filling.kept:
                words = bullet.statement_text(statement)
                yield Dropped(statement.id, words, *why.of(statement.id, section))
    for bullet in filling.match.cv.unplaced:
        yield Dropped(bullet.id, bullet.text.plain, NOT_UNDERSTOOD, Cause.NOT_UNDERSTOOD)


class _Reasons:
    """Why a statement or an entry is not on a page."""

    def __init__(self, filling: Filling, known: Sequence[Candidate]) -> None:
        self._filling = filling
        self._same = _said_already(filling, known)
        self._rooms = {candidate.item.id: candidate.item.room for candidate in known}

    def shows(self, entry: Entry, section: Section) -> bool:
        """Return whether the head of an entry is on the page."""
        kept = self._filling.kept
        return shows_without_lines(entry, section, self._filling.wishes) or any(
            statement.id in kept for bullet in entry.bullets for statement in bullet.statements
        )

    def of_entry(self, entry: Entry, section: Section) -> tuple[str, Cause]:
        """Return the reason for a whole entry: its own, or that of its best line."""
        lines = [statement.id for bullet in entry.bullets for statement in bullet.statements]
        if entry.id in self._filling.wishes.dropped or not lines:
            return self.of(entry.id, section)
        scores = self._filling.match.scores
        return self.of(max(lines, key=lambda line: scores[line].total), section)

    def of(self, left: str, section: Section) -> tuple[str, Cause]:
        """Return the reason for the statement or entry `left`, as a sentence and as a cause."""
        if left in self._filling.wishes.dropped:
            return NOT_WANTED, Cause.WISHED
        if section.kind in LEFT_OUT:
            return NOT_ASKED_FOR, Cause.REFERENCE
        if other := self._same.get(left):
            return SAYS_THE_SAME.format(other), Cause.SAME
        if tier_of(self._filling.match.scores[left]) is Tier.OTHER:
            return ANSWERS_NOTHING, Cause.NOTHING_ASKED
        would_be = _would_end_on(self._filling, left, self._rooms[left])
        return NO_ROOM.format(would_be, self._filling.room_in_lines), Cause.NO_ROOM


def _would_end_on(filling: Filling, statement: str, room: float) -> int:
    """Return the line on which the last page would end with this statement added.

    If it is clearly too long, adding up heights is exact enough; otherwise the page is laid out
    with it.
    """
    if filling.has_clearly_no_room(room):
        return filling.lines_with(room)
    return max(filling.with_lines((statement,)).lines_with(0), filling.room_in_lines + 1)


def _said_already(filling: Filling, known: Sequence[Candidate]) -> dict[str, str]:
    """Map each omitted statement to a kept one that gives the same answers in the same words."""
    kept = [c.item for c in known if c.item.id in filling.kept and c.item.covers]
    same = {}
    for candidate in known:
        item = candidate.item
        if item.id not in filling.kept and item.covers:
            found = (other.id for other in kept if item.covers.keys() <= other.covers.keys())
            if other := next(found, ""):
                same[item.id] = other
    return same


def _statements_of(section: Section) -> Iterator[tuple[Bullet, Statement]]:
    bullets = chain(section.bullets, *(entry.bullets for entry in section.entries))
    yield from ((bullet, statement) for bullet in bullets for statement in bullet.statements)
