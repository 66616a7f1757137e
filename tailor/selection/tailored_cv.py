"""The tailored CV as a value: what is printed, in order, and what was left out and why.

An `Application` is one with its files, and what was checked or has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Pages:
    """A number of pages and of text lines, and how full the last page is, 0 to 1."""

    pages: int
    lines: int
    fill: float


@dataclass(frozen=True, slots=True)
class Verified:
    """The pages of a document by the estimate and by LibreOffice.

    `page_lines` has the number of lines on each of LibreOffice's pages, `fonts` the fonts it
    used. `font` is the font the document asks for if LibreOffice had neither it nor a font of the
    same widths, else "".
    """

    estimated: Pages
    found: Pages
    page_lines: tuple[int, ...]
    fonts: tuple[str, ...]
    font: str = ""

    @property
    def agrees(self) -> bool:
        """Whether LibreOffice needs as many pages as estimated."""
        return self.estimated.pages == self.found.pages


@dataclass(frozen=True, slots=True)
class Changes:
    """The lines that were added and removed since the last version, each in page order.

    Lines that only moved are counted in `moved`. `before` is the name of the older file, "" if
    there was none.
    """

    before: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: int = 0


def find_changes(before: str, old: Sequence[str], new: Sequence[str]) -> Changes:
    """Compare the lines of two pages; `before` names the old one's file."""
    both = set(old).intersection(new)
    kept_old = [line for line in old if line in both]
    kept_new = [line for line in new if line in both]
    same = SequenceMatcher(None, kept_old, kept_new, autojunk=False).get_matching_blocks()
    moved = len(kept_new) - sum(block.size for block in same)
    added = tuple(line for line in new if line not in both)
    removed = tuple(line for line in old if line not in both)
    return Changes(before, added, removed, moved)


@dataclass(frozen=True, slots=True)
class Application:
    """A tailored CV and the files it was written to.

    `pdf` and `report` are the PDF and the HTML page beside the Word file, `verified` the check
    of the pages with LibreOffice, `changes` the difference from the file that was there before;
    each is None if it was not asked for. `same_text` is an application in the same folder whose
    Word file has the same text, None where there is none.
    """

    resume: TailoredCv
    path: Path
    pdf: Path | None = None
    verified: Verified | None = None
    changes: Changes | None = None
    report: Path | None = None
    same_text: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that were written, the Word file first."""
        return tuple(path for path in (self.path, self.pdf, self.report) if path)
