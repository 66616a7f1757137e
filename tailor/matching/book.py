"""The lines of a CV as proofs: what each is, which words it holds, and which line shows best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from tailor.matching.name import NameWord, forms, holds_at, keys, name_words
from tailor.values.cv import Cv, Entry, SectionKind

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


@dataclass(frozen=True, slots=True)
class CvLine:
    """A line of the CV: its words, and the place of its entry among all, from 0."""

    id: str
    text: str
    kind: LineKind
    entry: int = _NO_ENTRY


class _Shelf:
    """The lines of a CV with their words, ready to be looked up by any posting."""

    def __init__(self, cv: Cv) -> None:
        self.positions: tuple[Entry, ...] = cv.positions
        self.degrees: tuple[Entry, ...] = cv.degrees
        self.lines = tuple(_lines_of(cv))
        self.words = {line.id: name_words(line.text) for line in self.lines}
        self.forms = {line.id: frozenset(forms(line.text)) for line in self.lines}
        # Where each word stands, by the keys under which a name may begin with it.
        self.places: dict[str, list[tuple[CvLine, int]]] = {}
        for line in self.lines:
            for place, word in enumerate(self.words[line.id]):
                for key in keys(word.text):
                    self.places.setdefault(key, []).append((line, place))


@lru_cache(maxsize=8)
def _shelf(cv: Cv) -> _Shelf:
    return _Shelf(cv)


class Book:
    """The lines of a CV, what each is worth to a posting, and which day is today."""

    def __init__(self, cv: Cv, worth: Mapping[str, float], today: date) -> None:
        shelf = _shelf(cv)
        self._shelf = shelf
        self._worth = worth
        self.today = today
        self.lines = shelf.lines
        self.positions = shelf.positions
        self.degrees = shelf.degrees

    def words(self, line: CvLine) -> Sequence[NameWord]:
        """Return the words of a line as they are written."""
        return self._shelf.words[line.id]

    def forms(self, line: CvLine) -> frozenset[str]:
        """Return the forms of the words of a line that say something."""
        return self._shelf.forms[line.id]

    def of(self, *kinds: LineKind) -> list[CvLine]:
        """Return the lines of some kinds, in the CV's order."""
        return [line for line in self.lines if line.kind in kinds]

    def holding(self, name: str) -> list[CvLine]:
        """Return the lines in which `name` stands as a name, each once."""
        wanted = name_words(name)
        found: dict[str, CvLine] = {}
        for line, place in self._shelf.places.get(keys(wanted[0].text)[-1], ()) if wanted else ():
            listed = line.kind is not LineKind.BULLET
            if line.id not in found and holds_at(self.words(line), place, wanted, listed=listed):
                found[line.id] = line
        return list(found.values())

    def saying(self, wanted: Iterable[str], share: float = 1.0) -> list[CvLine]:
        """Return the lines that hold at least `share` of the forms `wanted`."""
        all_wanted = frozenset(wanted)
        enough = share * len(all_wanted) - 1e-9
        return [
            line
            for line in self.lines
            if all_wanted and len(all_wanted & self.forms(line)) >= enough
        ]

    def ranked(self, lines: Iterable[CvLine]) -> tuple[CvLine, ...]:
        """Return lines best first: a bullet before a list, the newest, the most telling."""
        return tuple(
            sorted(
                set(lines),
                key=lambda line: (line.kind, line.entry, -self._worth.get(line.id, 0.0), line.id),
            )
        )


def _lines_of(cv: Cv) -> Iterator[CvLine]:
    if cv.headline:
        yield CvLine("headline", cv.headline, LineKind.SUMMARY)
    number = 0
    for section in cv.sections:
        for bullet in section.bullets:
            kind = _KINDS.get(section.kind, LineKind.BULLET)
            yield CvLine(bullet.id, bullet.text.plain, kind)
        heads = {
            SectionKind.EDUCATION: LineKind.DEGREE,
            SectionKind.CERTIFICATES: LineKind.CERTIFICATE,
        }
        for entry in section.entries:
            title = ", ".join(part for part in (*entry.titles, entry.organisation) if part)
            yield CvLine(entry.id, title, heads.get(section.kind, LineKind.TITLE), number)
            for bullet in entry.bullets:
                for statement in bullet.statements:
                    text = bullet.statement_text(statement)
                    yield CvLine(statement.id, text, LineKind.BULLET, number)
            number += 1
