"""What stays on the page whatever is asked, and what may be chosen, with its worth and its room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import chain

from tailor.layout.typography import Design
from tailor.matching.match import Match
from tailor.reading.cv.aside import is_grade
from tailor.selection.repetition import repeated_in
from tailor.selection.sheet import Rooms, measured
from tailor.selection.wishes import (
    HISTORY,
    KEPT_WHOLE,
    LEFT_OUT,
    NO_WISHES,
    OPTIONAL_ENTRIES,
    Wishes,
    shows_without_lines,
)
from tailor.selection.worth import Worth
from tailor.values.cv import Bullet, Entry, Section, SectionKind, Statement
from tailor.values.resources import data_toml

# A position that ended longer ago, in years, keeps no line that is not worth printing: its title
# speaks for itself. So does a degree after a few years of work.
_OLD_POSITION, _OLD_DEGREE = 10, 3
# Nor does one of another trade, whose best line is worth less than this. On graded lines the room
# it takes is worth more with another line.
_LITTLE = 0.5


class Tier(IntEnum):
    """The order in which lines are taken."""

    ANSWERS = 0
    FILLS = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be chosen.

    `worth` is at least 0; `room` is the height it takes, in points, above 0; `answers` are the
    ids of the requirements that it shows best or nearly so; `tier` tells whether it is worth
    printing, or may only fill a page.
    """

    id: str
    worth: float
    room: float
    answers: tuple[str, ...] = ()
    tier: Tier = Tier.ANSWERS


def must_keep(
    match: Match, worth: Worth, wishes: Wishes = NO_WISHES, *, titles: bool = False
) -> frozenset[str]:
    """Return the ids of the statements that stay, whatever is asked.

    They are what is pinned, short facts, loose lines of the history, registrations to practise,
    how well degrees were passed, and the best statement of each entry that would say too little
    without. What the person wants left out is not among them. With `titles` no entry needs a
    statement that is neither pinned nor a grade.
    """
    kept: set[str] = set()
    today = match.today or date.today()  # noqa: DTZ011 - the person's own day
    repeated = repeated_in(match.cv)
    for section in match.cv.sections:
        # A loose line in a history may be a position or degree that was not recognised.
        whole = section.kind in KEPT_WHOLE or section.kind in HISTORY
        for statement in (s for bullet in section.bullets for s in bullet.statements):
            stays = section.kind is SectionKind.CERTIFICATES and _may_practise(match, statement)
            if whole or stays or statement.id in wishes.pinned:
                kept.add(statement.id)
        for entry in section.entries:
            grades = _grades(entry) if section.kind is SectionKind.EDUCATION else frozenset()
            kept |= grades
            ids = [s.id for bullet in entry.bullets for s in bullet.statements]
            kept.update(wishes.pinned.intersection(ids))
            ids = [name for name in ids if name not in grades]
            ids = [name for name in ids if name not in wishes.dropped]
            # What is said on the page already is not said again.
            ids = [name for name in ids if not repeated.get(name, frozenset()) & kept] or ids
            if titles or not ids or kept.intersection(ids):
                continue
            best = max(ids, key=worth.of.__getitem__)  # of equals the first: the CV's own order
            stays = section.kind not in OPTIONAL_ENTRIES
            if entry.id in wishes.pinned or (
                stays and not _speaks_for_itself(entry, section, today, worth.of[best])
            ):
                kept.add(best)
    return frozenset(kept - wishes.dropped)


def _may_practise(match: Match, statement: Statement) -> bool:
    """Return whether a line says that the person is registered or admitted to a profession."""
    words = f" {' '.join(re.findall(r'[a-z]+', match.texts[statement.id].casefold()))} "
    return any(
        f" {phrase} " in words for phrase in data_toml("asks.toml")["licences"]["to_practise"]
    )


def _grades(entry: Entry) -> frozenset[str]:
    """Return the ids of the lines that say how well a degree was passed, and nothing else."""
    graded = (bullet for bullet in entry.bullets if is_grade(bullet.text.plain))
    return frozenset(statement.id for bullet in graded for statement in bullet.statements)


def _speaks_for_itself(entry: Entry, section: Section, today: date, best: float) -> bool:
    """Return whether the title of an entry is enough, whose best line is worth `best`.

    It is where that line answers next to nothing, but for the newest position, and where the entry
    is old.
    """
    if section.kind not in HISTORY or not entry.title:
        return False
    is_newest = entry.period.present or entry == section.entries[0]
    if best < _LITTLE and not is_newest:
        return True
    end = entry.period.end
    if end is None or entry.period.present:
        return False
    years = _OLD_DEGREE if section.kind is SectionKind.EDUCATION else _OLD_POSITION
    return today.year - end.year >= years


def candidates(
    match: Match,
    worth: Worth,
    kept: frozenset[str],
    design: Design,
    wishes: Wishes = NO_WISHES,
) -> tuple[Candidate, ...]:
    """Return every statement that may be added to those that are `kept`, in the CV's order.

    The best proof of what is wanted is worth printing in any case. References and what the person
    wants left out are not among them.
    """
    alone = measured(match.cv, design).rooms
    enough = worth.enough
    needed = frozenset(worth.needed(kept, required=False))
    return tuple(
        Candidate(
            statement.id,
            worth.of[statement.id],
            room,
            worth.answers.get(statement.id, ()),
            Tier.ANSWERS
            if worth.of[statement.id] >= enough or statement.id in needed
            else Tier.FILLS,
        )
        for section in match.cv.sections
        if section.kind not in LEFT_OUT
        for statement, room in _rooms(section, worth, kept, alone, wishes)
    )


def _rooms(
    section: Section,
    worth: Worth,
    kept: frozenset[str],
    alone: Mapping[str, Rooms],
    wishes: Wishes,
) -> Iterator[tuple[Statement, float]]:
    """Yield each statement that is not `kept` and the height in points that it adds to these.

    The heads of its entry and section count, if nothing prints them yet, for the best one below
    them, which is the first to be chosen.
    """

    def free(bullets: Iterable[Bullet]) -> list[Statement]:
        taken = wishes.dropped | kept
        return [s for bullet in bullets for s in bullet.statements if s.id not in taken]

    def stays(bullets: Iterable[Bullet]) -> bool:
        return any(s.id in kept for bullet in bullets for s in bullet.statements)

    def best(statements: Iterable[Statement]) -> str:
        return max((s.id for s in statements), key=worth.of.__getitem__, default="")

    below = [free(entry.bullets) for entry in section.entries]
    shown = [
        shows_without_lines(entry, section, wishes) or stays(entry.bullets)
        for entry in section.entries
    ]
    statements = [*free(section.bullets), *chain.from_iterable(below)]
    leads = {best(own) for own, is_shown in zip(below, shown, strict=True) if not is_shown}
    first = "" if any(shown) or stays(section.bullets) else best(statements)
    for statement in statements:
        rooms = alone[statement.id]
        if statement.id == first:
            yield statement, rooms.with_section
        else:
            yield statement, rooms.with_entry if statement.id in leads else rooms.line
