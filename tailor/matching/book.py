"""The lines of a CV as proofs: what each is, which words it holds, and which line shows best.

What is found of one ask is a verdict: a status, and the lines that show it, best first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from tailor.matching.ask import Status
from tailor.matching.name import (
    LISTED_LEAST,
    LISTED_LIKELY,
    MEANT_LEAST,
    keys,
    likely_at,
    thing,
    things_in,
)
from tailor.matching.short_name import explained, shorts_in
from tailor.matching.words import WORDS_KEPT, NameWord, forms, name_words
from tailor.values.cv import Cv, Entry, SectionKind

if TYPE_CHECKING:
    from tailor.matching.judge import Said

_Found = TypeVar("_Found")
_NO_ENTRY = 99  # the place of lines that stand outside of entries: behind all that do


class LineKind(IntEnum):
    """What sort of line it is, in the order in which lines show best that something was done."""

    BULLET = 0
    CERTIFICATE = 1
    DEGREE = 2
    SKILLS = 3
    TITLE = 4
    LANGUAGE = 5
    SUMMARY = 6


_KINDS = {
    SectionKind.SKILLS: LineKind.SKILLS,
    SectionKind.CERTIFICATES: LineKind.CERTIFICATE,
    SectionKind.LANGUAGES: LineKind.LANGUAGE,
    SectionKind.SUMMARY: LineKind.SUMMARY,
}
LISTS = frozenset(LineKind) - {LineKind.BULLET}


@dataclass(frozen=True, slots=True, eq=False)
class CvLine:
    """A line of the CV: its words, the place of its entry among all, from 0, and its own.

    `is_paper` says that it is the title of something published: what its words say together, it
    tells of, and does not do.
    """

    id: str
    text: str
    kind: LineKind
    entry: int
    number: int
    is_paper: bool = False

    @property
    def stands_alone(self) -> bool:
        """Whether it is an item of no position, as those of "Registration" or "Training" are."""
        return self.kind is LineKind.BULLET and self.entry == _NO_ENTRY


class _Shelf:
    """The lines of a CV with their words, ready to be looked up by any posting."""

    def __init__(self, cv: Cv) -> None:
        self.positions: tuple[Entry, ...] = cv.positions
        self.degrees: tuple[Entry, ...] = cv.degrees
        self.lines = tuple(_lines_of(cv))
        papers = {LineKind.DEGREE, LineKind.CERTIFICATE}
        self.papers = tuple([line for line in self.lines if line.kind in papers])
        self.words = [name_words(line.text) for line in self.lines]
        self.forms = [frozenset(forms(line.text)) for line in self.lines]
        # Where each word stands, by the keys under which a name may begin with it.
        self.places: dict[str, list[tuple[int, int]]] = {}
        # In heads of entries, at which word the name of the organisation begins.
        self.heads = _heads_of(cv, self.lines)
        # In which lines the words stand that say something, and the things that have other names.
        self.saying: dict[str, list[int]] = {}
        self.things: dict[int, list[int]] = {}
        # What was looked up already: members of classes are, for each posting, and most skills
        # come back with other postings.
        self.held: dict[str, list[CvLine]] = {}
        self.found: dict[Hashable, Any] = {}
        for line, words in zip(self.lines, self.words, strict=True):
            for place, word in enumerate(words):
                for key in keys(word.text):
                    self.places.setdefault(key, []).append((line.number, place))
            for form in self.forms[line.number]:
                self.saying.setdefault(form, []).append(line.number)
            found = things_in(words, listed=line.kind in LISTS)
            for number in {number for _, number in found.values()}:
                self.things.setdefault(number, []).append(line.number)

    @cached_property
    def shorts(self) -> dict[str, list[CvLine]]:
        """The lines in which each short name stands."""
        found: dict[str, list[CvLine]] = {}
        for line in self.lines:
            for short in shorts_in(line.text):
                found.setdefault(short, []).append(line)
        return found

    @cached_property
    def explained(self) -> dict[str, str]:
        """The short names that the lines explain."""
        return explained([line.text for line in self.lines])

    @cached_property
    def said(self) -> Said:
        """What the lines say, for the judge."""
        from tailor.matching.judge import said_by  # noqa: PLC0415 - only where it is asked

        return said_by([line.text for line in self.lines])


@lru_cache(maxsize=8)
def _shelf(cv: Cv) -> _Shelf:
    return _Shelf(cv)


class Book:
    """The lines of a CV, what each is worth to a posting, and which day is today."""

    def __init__(
        self,
        cv: Cv,
        worth: Mapping[str, float],
        today: date,
        asked: Iterable[str] = (),
    ) -> None:
        """Open the lines of `cv` for a posting whose lines are `asked`."""
        shelf = _shelf(cv)
        own = explained(asked)
        self.explained = {**shelf.explained, **own}
        self._shelf = shelf
        # Where the posting explains short names of its own, what others found does not hold.
        self._found_before = {} if own else shelf.found
        self.worth = [worth.get(line.id, 0.0) for line in shelf.lines]
        self.today = today
        self.lines = shelf.lines
        self.positions = shelf.positions
        self.degrees = shelf.degrees
        self.papers = shelf.papers

    @property
    def said(self) -> Said:
        """What the lines say, for the judge."""
        return self._shelf.said

    def kept(self, key: Hashable, find: Callable[[], _Found]) -> _Found:
        """Return what `find` gives, kept for other postings; it may not depend on `worth`."""
        known = self._found_before
        if key not in known:
            if len(known) >= WORDS_KEPT:
                known.clear()
            known[key] = find()
        found: _Found = known[key]
        return found

    def words(self, line: CvLine) -> Sequence[NameWord]:
        """Return the words of a line as they are written."""
        return self._shelf.words[line.number]

    def forms(self, line: CvLine) -> frozenset[str]:
        """Return the forms of the words of a line that say something."""
        return self._shelf.forms[line.number]

    def employer(self, line: CvLine) -> frozenset[str]:
        """Return the words of the organisation in the head of an entry, in lower case."""
        first = self._shelf.heads.get(line.number)
        words = self._shelf.words[line.number][first:] if first is not None else ()
        return frozenset(word.text.casefold() for word in words)

    def of(self, *kinds: LineKind) -> list[CvLine]:
        """Return the lines of some kinds, in the CV's order."""
        return [line for line in self.lines if line.kind in kinds]

    def holding(self, name: str) -> list[CvLine]:
        """Return the lines in which `name` stands as a name, each once."""
        held = self._shelf.held
        if name not in held:
            if len(held) >= WORDS_KEPT:
                held.clear()
            held[name] = self._lines_with(name)
        return held[name]

    def _lines_with(self, name: str) -> list[CvLine]:
        wanted = name_words(name)
        if not wanted:
            return []
        is_common = name.islower()
        likely: dict[int, float] = {}
        for number, place in self._shelf.places.get(keys(wanted[0].text)[-1], ()):
            if is_common and place >= self._shelf.heads.get(number, place + 1):
                continue  # a bank where one worked is no banking
            listed = self.lines[number].kind in LISTS
            chance = likely_at(self._shelf.words[number], place, wanted, listed=listed)
            likely[number] = max(chance, likely.get(number, 0.0))
        least = MEANT_LEAST
        if any(chance >= least and self.lines[one].kind in LISTS for one, chance in likely.items()):
            # Who lists a name means it in a sentence too; but the likelier sentences come first.
            told = [chance for one, chance in likely.items() if self.lines[one].kind not in LISTS]
            is_likely = max(told, default=0.0) >= LISTED_LIKELY
            least = LISTED_LIKELY if is_likely else LISTED_LEAST
        return [self.lines[number] for number in sorted(likely) if likely[number] >= least]

    def holding_other(self, name: str) -> list[CvLine]:
        """Return the lines that hold another name of what `name` names."""
        return self.with_thing(thing(name))

    def with_thing(self, number: int) -> list[CvLine]:
        """Return the lines that hold any name of the thing of this number."""
        return [self.lines[line] for line in self._shelf.things.get(number, ())]

    def with_short(self, short: str) -> list[CvLine]:
        """Return the lines in which a short name stands, given in capitals."""
        return self._shelf.shorts.get(short, [])

    def saying(self, wanted: Iterable[str], share: float = 1.0) -> list[CvLine]:
        """Return the lines that hold at least `share` of the forms `wanted`."""
        all_wanted = set(wanted)
        if share == 1.0:  # most names have a word that no line says
            rows = [self._shelf.saying.get(form, ()) for form in all_wanted]
            common = set(rows[0]).intersection(*rows[1:]) if rows and all(rows) else ()
            return [self.lines[number] for number in sorted(common)]
        enough = share * len(all_wanted) - 1e-9
        counts = Counter(
            number for form in all_wanted for number in self._shelf.saying.get(form, ())
        )
        return [self.lines[number] for number in sorted(counts) if counts[number] >= enough]

    def ranked(self, lines: Iterable[CvLine]) -> tuple[CvLine, ...]:
        """Return lines best first: a bullet before a list, the newest, the most telling."""
        return tuple(
            sorted(
                dict.fromkeys(lines),
                key=lambda line: (line.kind, line.entry, -self.worth[line.number], line.number),
            )
        )


def _heads_of(cv: Cv, lines: Sequence[CvLine]) -> dict[int, int]:
    titles = {entry.id: ", ".join(entry.titles) for entry in cv.entries}
    return {line.number: len(name_words(titles[line.id])) for line in lines if line.id in titles}


def _lines_of(cv: Cv) -> Iterator[CvLine]:
    """Yield the lines of a CV with their numbers."""
    papers = {
        line_id
        for section in cv.sections
        if section.kind is SectionKind.PUBLICATIONS
        for line_id in (
            *(bullet.id for bullet in section.bullets),
            *(entry.id for entry in section.entries),
            *(s.id for entry in section.entries for b in entry.bullets for s in b.statements),
        )
    }
    for number, (line_id, text, kind, entry) in enumerate(_parts_of(cv)):
        yield CvLine(line_id, text, kind, entry, number, line_id in papers)


def _parts_of(cv: Cv) -> Iterator[tuple[str, str, LineKind, int]]:
    if cv.headline:
        yield "headline", cv.headline, LineKind.SUMMARY, _NO_ENTRY
    number = 0
    for section in cv.sections:
        if section.kind in {SectionKind.CONSENT, SectionKind.REFERENCES}:
            continue  # says nothing of what the person can do, and who others are proves none
        for bullet in section.bullets:
            kind = _KINDS.get(section.kind, LineKind.BULLET)
            yield bullet.id, bullet.text.plain, kind, _NO_ENTRY
        heads = {
            SectionKind.EDUCATION: LineKind.DEGREE,
            SectionKind.CERTIFICATES: LineKind.CERTIFICATE,
            SectionKind.ACHIEVEMENTS: LineKind.SUMMARY,  # a theme is no position
        }
        for entry in section.entries:
            title = ", ".join(part for part in (*entry.titles, entry.organisation) if part)
            yield entry.id, title, heads.get(section.kind, LineKind.TITLE), number
            for bullet in entry.bullets:
                for statement in bullet.statements:
                    text = bullet.statement_text(statement)
                    yield statement.id, text, LineKind.BULLET, number
            number += 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the lines of the CV that show it.

    `is_loose` says that no name was found, only words that may have another sense together.
    """

    status: Status
    lines: tuple[CvLine, ...] = ()
    is_loose: bool = False

    def as_near(self) -> Verdict:
        """Return this with its lines as merely near to what is asked for."""
        return Verdict(Status.RELATED, self.lines)


ABSENT = Verdict(Status.ABSENT)


def verdict(status: Status, book: Book, lines: Iterable[CvLine]) -> Verdict:
    """Return `status` with the lines that show it, best first, or ABSENT if there are none."""
    found = list(lines)
    return Verdict(status, book.ranked(found)) if found else ABSENT


def surer(one: Verdict, other: Verdict) -> Verdict:
    """Return the verdict that says more; the first where they say the same."""
    if other.status.is_had and not one.status.is_had:
        return other
    return one if one.lines else (other if other.lines else one)
