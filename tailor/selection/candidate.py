"""What stays on the page whatever is asked, and what may be chosen, with its worth and its room.

A statement is worth its score. If it answers what is asked for, a part of the score is spread over
what it answers, and that part counts once however many lines answer the same. Answering counts in
addition, by the requirement's weight, how much of it is answered, and how well the line shows it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from tailor.layout.page import measure
from tailor.layout.typography import Design, Paragraph
from tailor.matching.answered import RELEVANT_FROM, Answer, answers_of_lines
from tailor.matching.match import Match, Score
from tailor.selection.composition import section_paragraphs
from tailor.selection.coverage import Item
from tailor.selection.tailored_cv import ChosenEntry, ChosenLine, ChosenSection
from tailor.selection.wishes import HISTORY, NO_WISHES, Wishes
from tailor.values.cv import Bullet, Cv, Entry, Section, SectionKind, Statement

# Short facts about the person: always printed whole.
_KEPT_WHOLE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY})
LEFT_OUT = frozenset({SectionKind.REFERENCES})
# Sections whose entries may be left out without leaving a gap in the person's history.
OPTIONAL_ENTRIES = frozenset(
    {
        SectionKind.PROJECTS,
        SectionKind.PUBLICATIONS,
        SectionKind.AWARDS,
        SectionKind.CERTIFICATES,
        SectionKind.VOLUNTEERING,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
# From this score on, a line has something to do with the posting.
_RELATED_FROM = 0.2
# The worth of answering a requirement that nothing answers yet; a strong line scores about 1.
_ANSWER = 0.5
# The part of a line's score that counts only once among lines that say the same.
_SHARED = 0.2


class Tier(IntEnum):
    """The order in which lines are taken."""

    RELEVANT = 0
    RELATED = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be chosen, and what it is worth."""

    item: Item
    tier: Tier


def tier_of(score: Score, answers: Sequence[Answer]) -> Tier:
    """Return the tier of a line with this score that answers so much of what is asked for."""
    is_related = score.total >= _RELATED_FROM
    if score.total >= RELEVANT_FROM or (is_related and answers):
        return Tier.RELEVANT
    return Tier.RELATED if is_related or answers else Tier.OTHER


def must_keep(match: Match, wishes: Wishes = NO_WISHES) -> frozenset[str]:
    """Return the ids of the statements that stay: the best of each entry, and what is pinned.

    What the person wants left out is not among them.
    """
    kept: set[str] = set()
    for section in match.cv.sections:
        # A loose line in a history may be a position or degree that was not recognised.
        stays = section.kind in _KEPT_WHOLE or section.kind in HISTORY
        for statement in (s for bullet in section.bullets for s in bullet.statements):
            if stays or statement.id in wishes.pinned:
                kept.add(statement.id)
        for entry in section.entries:
            ids = [s.id for bullet in entry.bullets for s in bullet.statements]
            kept.update(wishes.pinned.intersection(ids))
            ids = [text_id for text_id in ids if text_id not in wishes.dropped]
            if ids and (section.kind not in OPTIONAL_ENTRIES or entry.id in wishes.pinned):
                # max() takes the first of equals: the CV's own order.
                kept.add(max(ids, key=lambda text_id: match.scores[text_id].total))
    return frozenset(kept - wishes.dropped)


def candidates(
    match: Match, kept: frozenset[str], design: Design, wishes: Wishes = NO_WISHES
) -> tuple[Candidate, ...]:
    """Return every statement that may be printed, in the CV's order.

    References and what the person wants left out are not among them. The `kept` ones are, since
    what they cover need not be covered again.
    """
    counts = Counter(ask.requirement for ask in match.asks)
    weights = {r.id: r.weight / max(counts[r.id], 1) for r in match.requirements}
    answers = answers_of_lines(match)
    alone = _rooms_alone(match.cv, design)
    return tuple(
        Candidate(_item(statement.id, score, own, weights, room), tier_of(score, own))
        for section in match.cv.sections
        if section.kind not in LEFT_OUT
        for statement, room in _rooms(section, kept, alone, wishes)
        for score, own in ((match.scores[statement.id], answers.get(statement.id, ())),)
    )


def _item(
    statement: str,
    score: Score,
    answers: Sequence[Answer],
    weights: Mapping[str, float],
    room: float,
) -> Item:
    """Return a statement as what may be chosen; `weights` has one for an ask of a requirement."""
    total = score.total
    together = math.fsum(answer.weight for answer in answers)
    covers = {
        (answer.requirement, answer.ask.text): answer.weight
        * (_ANSWER * weights[answer.requirement] + _SHARED * total / together)
        for answer in answers
    }
    own = total * (1 - _SHARED) if covers else total
    return Item(statement, room, own, covers)


@dataclass(frozen=True, slots=True)
class _Rooms:
    """The height of a statement in points: alone, with its entry's head, and with all headings."""

    line: float
    with_entry: float
    with_section: float


@lru_cache(maxsize=16)
def _rooms_alone(cv: Cv, design: Design) -> Mapping[str, _Rooms]:
    """Return the height of each statement by its id; it is the same for every posting."""
    rooms = {}
    for section in cv.sections:
        for entry, bullet in _bullets(section):
            for statement in bullet.statements:
                line = (ChosenLine(bullet, (statement,)),)
                entries = (ChosenEntry(entry, line),) if entry else ()
                chosen = ChosenSection(section, entries, () if entry else line)
                alone = [_room(one, design) for one in section_paragraphs(chosen, design)]
                rooms[statement.id] = _Rooms(sum(alone[-1:]), sum(alone[1:]), sum(alone))
    return rooms


def _rooms(
    section: Section, kept: frozenset[str], alone: Mapping[str, _Rooms], wishes: Wishes
) -> Iterator[tuple[Statement, float]]:
    """Yield each statement and the height in points that it adds to those that are `kept`.

    The heads of its entry and section count if nothing prints them yet.
    """
    section_shows = any(_stays(bullet, kept) for _, bullet in _bullets(section)) or any(
        shows_without_lines(entry, section, wishes) for entry in section.entries
    )
    for entry, bullet in _bullets(section):
        entry_shows = entry is None or (
            shows_without_lines(entry, section, wishes)
            or any(_stays(b, kept) for b in entry.bullets)
        )
        for statement in bullet.statements:
            if statement.id in wishes.dropped:
                continue
            rooms = alone[statement.id]
            if entry_shows and section_shows:
                yield statement, rooms.line
            else:
                yield statement, rooms.with_entry if section_shows else rooms.with_section


def _room(paragraph: Paragraph, design: Design) -> float:
    style = design.styles[paragraph.style]
    (box,) = measure([paragraph], design)
    return box.height + style.before + style.after


def _bullets(section: Section) -> Iterator[tuple[Entry | None, Bullet]]:
    yield from ((None, bullet) for bullet in section.bullets)
    yield from ((entry, bullet) for entry in section.entries for bullet in entry.bullets)


def _stays(bullet: Bullet, kept: frozenset[str]) -> bool:
    return any(statement.id in kept for statement in bullet.statements)


def shows_without_lines(entry: Entry, section: Section, wishes: Wishes = NO_WISHES) -> bool:
    """Return whether an entry is printed even if none of its statements is kept."""
    if section.kind in LEFT_OUT or entry.id in wishes.dropped:
        return False
    return not entry.bullets or section.kind not in OPTIONAL_ENTRIES
