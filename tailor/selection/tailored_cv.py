"""The tailored CV as a value: what is printed, in order, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tailor.layout.typography import DEFAULT_DESIGN, Design
from tailor.matching.match import Match
from tailor.selection.wishes import NO_WISHES, Wishes
from tailor.values.cv import Bullet, Cv, Entry, RichText, Run, Section, Statement


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A bullet of the CV with the statements that were kept of it, at least one, in its order.

    `reordered` are the words of a line of skills whose items stand in another order.
    """

    bullet: Bullet
    kept: tuple[Statement, ...]
    reordered: RichText | None = None

    @property
    def text(self) -> RichText:
        """The words that go on the page: the bullet whole, or its lead and the kept statements."""
        bullet = self.bullet
        if self.reordered is not None:
            return self.reordered
        if len(self.kept) == len(bullet.statements):
            return bullet.text
        pieces = [bullet.text.slice(s.start, s.end) for s in self.kept]
        if self.kept[0].start >= bullet.lead_end > 0:
            pieces.insert(0, bullet.lead)
        text = pieces[0]
        for piece in pieces[1:]:
            text = text + RichText((Run(" "),)) + piece
        return text


@dataclass(frozen=True, slots=True)
class ChosenEntry:
    """An entry with its chosen lines, in the order of the page."""

    entry: Entry
    lines: tuple[ChosenLine, ...]


@dataclass(frozen=True, slots=True)
class ChosenSection:
    """A section with its entries that are shown, in its order, and its chosen lines."""

    section: Section
    entries: tuple[ChosenEntry, ...] = ()
    lines: tuple[ChosenLine, ...] = ()


def whole(cv: Cv) -> tuple[ChosenSection, ...]:
    """Choose all that the CV's sections hold, in the CV's order."""
    return tuple(
        ChosenSection(
            section,
            tuple(ChosenEntry(entry, _lines(entry.bullets)) for entry in section.entries),
            _lines(section.bullets),
        )
        for section in cv.sections
    )


def _lines(bullets: Iterable[Bullet]) -> tuple[ChosenLine, ...]:
    return tuple(ChosenLine(bullet, bullet.statements) for bullet in bullets)


class Cause(StrEnum):
    """Why a line was left out."""

    NO_ROOM = "no room"
    NOTHING_ASKED = "nothing asked"
    SAME = "said already"
    WISHED = "wished"
    REFERENCE = "reference"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement or entry that was left out: its id, its words, and the reason."""

    id: str
    text: str
    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Gain:
    """What a chosen line is worth, the requirements it answers first, whether it only fills."""

    id: str
    value: float
    answered: tuple[str, ...]
    fills: bool = False


@dataclass(frozen=True, slots=True)
class TailoredCv:
    """What is printed, and why.

    `pages` and `lines` are counted by the page estimate, `fill` is how full the last page is, 0
    to 1. `gains` has, for each statement that was chosen, in the order of choice, what it added;
    statements that stay whatever is asked are not listed. `wishes` and `wanted_pages` are the
    person's own; None for no wish.
    """

    match: Match
    sections: tuple[ChosenSection, ...]
    dropped: tuple[Dropped, ...]
    pages: int
    lines: int
    fill: float
    design: Design = DEFAULT_DESIGN
    gains: tuple[Gain, ...] = ()
    wishes: Wishes = NO_WISHES
    wanted_pages: int | None = None

    @property
    def cv(self) -> Cv:
        """The master CV that this was chosen from."""
        return self.match.cv

    def chosen_lines(self) -> Iterator[ChosenLine]:
        """All lines on the page, in its order."""
        for section in self.sections:
            yield from section.lines
            for entry in section.entries:
                yield from entry.lines
