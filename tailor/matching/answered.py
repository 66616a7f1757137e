"""What a CV answers of a posting: by requirement, by line of the CV, and counted.

Everything that is shown of it, in whatever form, is read off `Match.asks` here, so that no two
outputs can say different things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tailor.matching.ask import Ask, AskKind, Importance, Status
from tailor.matching.match import Match
from tailor.matching.requirements import Kind, Requirement
from tailor.values.posting import Answered

# What a line is worth to an ask that it shows, by its place among those that do, and to one that
# it is only near to.
_BY_PLACE = (1.0, 0.8, 0.6)
_ANY_PLACE = 0.4
_RELATED = 0.3
# How a person works, and where and when: no line of a CV is expected to prove it.
_NO_GAPS = frozenset({AskKind.TRAIT, AskKind.ARRANGEMENT})


class Met(StrEnum):
    """How far a CV meets a requirement."""

    MET = "met"  # it has all that is asked for; of alternatives, one
    PARTLY = "partly"  # it has some of it
    RELATED = "related"  # it has something near, and none of it
    ABSENT = "absent"
    NOT_CHECKABLE = "not_checkable"  # no line of a CV can prove it


@dataclass(frozen=True, slots=True)
class Wanted:
    """One ask, or alternatives of which one is enough: `best` is the one that is answered best."""

    asks: tuple[Ask, ...]

    @property
    def best(self) -> Ask:
        """The alternative with the best status; of equals the first."""
        first, *others = self.asks
        return min(self.asks, key=lambda ask: _PLACES[ask.status]) if others else first

    @property
    def status(self) -> Status:
        """What the CV says of it."""
        return self.best.status

    @property
    def importance(self) -> Importance:
        """How much the posting insists on it."""
        return self.asks[0].importance

    @property
    def text(self) -> str:
        """The posting's words: ``Java, Scala or Python``."""
        *first, last = dict.fromkeys(ask.text for ask in self.asks)
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def is_skill(self) -> bool:
        """Whether it is something that a CV could show, and no trait and no condition."""
        return self.best.kind not in _NO_GAPS

    @property
    def is_gap(self) -> bool:
        """Whether it is asked for and not in the CV, though a CV could show it."""
        return self.status is Status.ABSENT and self.is_skill


_ORDER = (Status.STATED, Status.ALIAS, Status.RELATED, Status.ABSENT, Status.NOT_CHECKABLE)
_PLACES = {status: place for place, status in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Answer:
    """That a line answers an ask of a requirement; `weight`, above 0 to 1, says how well."""

    requirement: str
    ask: Ask
    weight: float


def alternatives(asks: Iterable[Ask]) -> tuple[Wanted, ...]:
    """Return `asks` in their order, with those of one group together.

    Words that may name nothing are not told of, unless there is nothing else.
    """
    groups: defaultdict[object, list[Ask]] = defaultdict(list)
    told = tuple(asks)
    told = tuple(ask for ask in told if ask.is_sure) or told
    for number, ask in enumerate(told):
        groups[ask.group or number].append(ask)
    return tuple(Wanted(tuple(group)) for group in groups.values())


def wanted_by(match: Match) -> dict[str, tuple[Wanted, ...]]:
    """Return what each requirement asks for, by its id; () for the title and what recurs."""
    by_requirement: defaultdict[str, list[Ask]] = defaultdict(list)
    for ask in match.asks:
        by_requirement[ask.requirement].append(ask)
    return {r.id: alternatives(by_requirement[r.id]) for r in match.requirements}


def how_met(wanted: Sequence[Wanted]) -> Met:
    """Return how far the CV meets a requirement that asks for all of `wanted`."""
    told = [status for one in wanted if (status := one.status) is not Status.NOT_CHECKABLE]
    had = sum(status.is_had for status in told)
    if not told:
        return Met.NOT_CHECKABLE
    if had:
        return Met.MET if had == len(told) else Met.PARTLY
    return Met.RELATED if Status.RELATED in told else Met.ABSENT


def answers_of_lines(match: Match) -> dict[str, tuple[Answer, ...]]:
    """Return what each statement, bullet and head of an entry answers, by its id: best first."""
    statements = {b.id: [s.id for s in b.statements] for b in match.cv.bullets()}
    bullets = {s: bullet for bullet, own in statements.items() for s in own}
    found: defaultdict[str, dict[tuple[str, str], Answer]] = defaultdict(dict)
    for ask in match.asks:
        if not ask.is_sure or not (ask.status.is_had or ask.status is Status.RELATED):
            continue
        for place, line in enumerate(ask.line_ids):
            weight = _BY_PLACE[place] if place < len(_BY_PLACE) else _ANY_PLACE
            answer = Answer(ask.requirement, ask, weight if ask.status.is_had else _RELATED)
            for name in {line, bullets.get(line, line), *statements.get(line, ())}:
                found[name].setdefault((ask.requirement, ask.text), answer)
    return {
        name: tuple(sorted(own.values(), key=lambda answer: -answer.weight))
        for name, own in found.items()
    }


def count_answered(match: Match) -> Answered:
    """Return how many requirements the CV of `match` meets, of those that a CV can prove.

    Required is what the posting says one must have; where it says so of nothing, its duties are.
    """
    wanted = wanted_by(match)
    by_kind: dict[Importance, list[Met]] = {importance: [] for importance in Importance}
    for requirement in match.requirements:
        own = wanted[requirement.id]
        if (met := how_met(own)) is not Met.NOT_CHECKABLE:
            by_kind[importance_of(requirement, own)].append(met)
    required, preferred = by_kind[Importance.REQUIRED], by_kind[Importance.PREFERRED]
    duties = by_kind[Importance.MENTIONED]
    if not required:
        required, duties = duties, []
    return Answered(
        required.count(Met.MET),
        required.count(Met.PARTLY),
        len(required),
        preferred.count(Met.MET),
        len(preferred),
        duties.count(Met.MET),
        len(duties),
    )


def importance_of(requirement: Requirement, wanted: Sequence[Wanted]) -> Importance:
    """Return how much the posting insists on a requirement: as on what it insists on most."""
    told = [one.importance for one in wanted]
    if told:
        return min(told, key=list(Importance).index)
    return Importance.PREFERRED if requirement.kind is Kind.PREFERRED else Importance.REQUIRED


def in_words(found: Answered) -> str:
    """Return ``11 of 14 required (2 more in part), 3 of 6 preferred``."""
    words = f"{found.required} of {found.required_of} required"
    if found.partly:
        words += f" ({found.partly} more in part)"
    if found.preferred_of:
        words += f", {found.preferred} of {found.preferred_of} preferred"
    return words
