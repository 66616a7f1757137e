"""Each line that is not on the page, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tailor.selection.candidate import LEFT_OUT, Candidate, Tier, shows_without_lines
from tailor.selection.filling import Filling
from tailor.selection.repetition import repeated_in
from tailor.selection.tailored_cv import Cause, Dropped
from tailor.values.cv import Bullet, Entry, Section, Statement

ANSWERS_NOTHING = "answers nothing asked for"
ANSWERS_LITTLE = "answers too little"
# From this score on a line has something to do with the posting.
_A_LITTLE = 0.1
NO_ROOM = "page full"
NOT_UNDERSTOOD = "its place in the CV was not understood"
NOT_ASKED_FOR = "references are given on request"
SAYS_THE_SAME = "another line says the same"
NOT_WANTED = "you dropped it"


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
        self._repeated = repeated_in(filling.match.cv)
        self._known = {candidate.id: candidate for candidate in known}

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
        return self.of(max(lines, key=self._filling.sheet.worth.of.__getitem__), section)

    def of(self, left: str, section: Section) -> tuple[str, Cause]:
        """Return the reason for the statement or entry `left`, as a sentence and as a cause."""
        if left in self._filling.wishes.dropped:
            return NOT_WANTED, Cause.WISHED
        if section.kind in LEFT_OUT:
            return NOT_ASKED_FOR, Cause.REFERENCE
        if self._repeated.get(left, frozenset()) & self._filling.kept:
            return SAYS_THE_SAME, Cause.SAME
        candidate = self._known.get(left)
        score = self._filling.match.scores[left].total if candidate else 0.0
        if candidate is None or (score < _A_LITTLE and not candidate.answers):
            return ANSWERS_NOTHING, Cause.NOTHING_ASKED
        if candidate.tier is Tier.FILLS:
            return ANSWERS_LITTLE, Cause.NOTHING_ASKED
        return NO_ROOM, Cause.NO_ROOM


def _statements_of(section: Section) -> Iterator[tuple[Bullet, Statement]]:
    bullets = chain(section.bullets, *(entry.bullets for entry in section.entries))
    yield from ((bullet, statement) for bullet in bullets for statement in bullet.statements)
