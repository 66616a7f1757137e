"""The master CV as a value. No input or output here, and nothing that can change.

Text is kept as runs, so that italics, bold and links of the CV reach the page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering

from tailor.values.statements import find_lead, split_statements


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `link` is an http(s) or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """Text in runs; neighbours of one style are joined, so equal texts are equal values."""

    runs: tuple[Run, ...] = ()

    @classmethod
    def of(cls, runs: str | Iterable[Run]) -> RichText:
        """Build from plain text, or from runs in any cut."""
        if isinstance(runs, str):
            return cls((Run(runs),) if runs else ())
        joined: list[Run] = []
        for run in runs:
            if joined and _style(joined[-1]) == _style(run):
                joined[-1] = Run(joined[-1].text + run.text, run.bold, run.italic, run.link)
            elif run.text:
                joined.append(run)
        return cls(tuple(joined))

    @property
    def plain(self) -> str:
        """The characters without their styles."""
        return "".join(run.text for run in self.runs)

    def slice(self, start: int, end: int | None = None) -> RichText:
        """Characters `start` up to `end`, with their styles; both at least 0."""
        end = len(self.plain) if end is None else end
        pieces = []
        offset = 0
        for run in self.runs:
            piece = run.text[max(start - offset, 0) : max(end - offset, 0)]
            pieces.append(Run(piece, run.bold, run.italic, run.link))
            offset += len(run.text)
        return RichText.of(pieces)

    def strip(self) -> RichText:
        """Without white space at both ends."""
        plain = self.plain
        start = len(plain) - len(plain.lstrip())
        return self.slice(start, max(len(plain.rstrip()), start))

    def __add__(self, other: RichText) -> RichText:
        return RichText.of((*self.runs, *other.runs))

    def __bool__(self) -> bool:
        return bool(self.runs)


def _style(run: Run) -> tuple[bool, bool, str | None]:
    return run.bold, run.italic, run.link


@total_ordering
@dataclass(frozen=True, slots=True)
class Date:
    """A month (1 to 12) of a year, or a whole year where `month` is None."""

    year: int
    month: int | None = None

    def __lt__(self, other: Date) -> bool:
        return (self.year, self.month or 0) < (other.year, other.month or 0)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, or to today where `present`. A single date is an `end` alone.

    What has a `start` has an `end` or is `present`.
    """

    start: Date | None = None
    end: Date | None = None
    present: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a bullet that may stand without the others: ``bullet.text[start:end]``."""

    id: str
    start: int
    end: int


class Mark(StrEnum):
    """A wish set at the end of a line of the CV: ``[pin]`` or ``[drop]``."""

    PIN = "pin"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Bullet:
    """One line of the CV that may be kept or left out.

    Its `id` is made from its words, so it stays the same when other lines are edited. `lead_end` is
    the length of the words that introduce all its statements (0 without). `date` is set for dated
    lines, such as publications. `line` is the line of the source, from 1, or 0 where it has none;
    it is no part of what the bullet says, so bullets compare without it. `mark` is the person's
    wish, which is no part of the text.
    """

    id: str
    text: RichText
    statements: tuple[Statement, ...]
    lead_end: int = 0
    date: Date | None = None
    line: int = field(default=0, compare=False)
    mark: Mark | None = None

    @classmethod
    def bare(cls, text: RichText | str, line: int = 0, date: Date | None = None) -> Bullet:
        """Return a line as a reader finds it, whose id and statements are still to come."""
        rich = text if isinstance(text, RichText) else RichText.of(text)
        return cls("", rich, (), date=date, line=line)

    @property
    def lead(self) -> RichText:
        """The introducing words, without the space after them."""
        return self.text.slice(0, self.lead_end).strip()

    def statement_text(self, statement: Statement) -> str:
        """The characters of one of this bullet's statements."""
        return self.text.plain[statement.start : statement.end]


@dataclass(frozen=True, slots=True)
class Entry:
    """A position, a degree, a project: something with a title that bullets belong to.

    `titles` are in the CV's order; several where one employer gave several in
    turn, the last one being the newest. `link` is the http(s) address of the
    organisation or the project, where the CV gives one.
    """

    id: str
    titles: tuple[str, ...]
    organisation: str = ""
    place: str = ""
    period: Period = Period()
    bullets: tuple[Bullet, ...] = ()
    line: int = field(default=0, compare=False)
    link: str | None = None

    @property
    def title(self) -> str:
        """The newest title."""
        return self.titles[-1] if self.titles else ""


class SectionKind(StrEnum):
    """What a section holds, whatever its heading calls it.

    The entries of `ACHIEVEMENTS` are groups of lines under a theme, of no employer. `CONSENT` is
    that to the use of personal data, which stands last and without a heading.
    """

    SUMMARY = "summary"
    SKILLS = "skills"
    ACHIEVEMENTS = "achievements"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    VOLUNTEERING = "volunteering"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the CV under one heading.

    `heading` is the CV's own words; `note` is what else stands on the heading's
    line, a link for instance. `bullets` are lines outside any entry. `items`
    are the single skills or languages, for the sections that list them.
    """

    kind: SectionKind
    heading: str
    note: RichText = RichText()
    entries: tuple[Entry, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    items: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


class ContactKind(StrEnum):
    """What a contact item is; a bare user name of an unknown network is a handle."""

    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    HANDLE = "handle"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the person. `link` is the address behind the text, where there is one."""

    kind: ContactKind
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may have been read wrongly, for a person to look at.

    `line` is that of the source, from 1; `field` is what it is about, "dates" or "employer" for
    instance; `message` says it in words; `confidence` is how likely it is right nevertheless,
    from 0 to 1.
    """

    line: int
    field: str
    message: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cv:
    """A whole master CV.

    `unplaced` are the lines that could not be understood; `warnings` say, each with its place, what
    is wrong with the form of the file; `doubts` are what may have been read wrongly, the least sure
    first. Two CVs are equal if they say the same, whatever files they were read from.
    """

    name: str
    headline: str = ""
    contacts: tuple[Contact, ...] = ()
    nationality: str = ""
    sections: tuple[Section, ...] = ()
    unplaced: tuple[Bullet, ...] = ()
    source: str = field(default="cv", compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        # What is made of a CV is kept by it (`measured.py`); its name tells most CVs apart, and
        # to go through all its words would take longer than what is kept saves.
        return hash((self.name, len(self.sections)))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of all sections, in the CV's order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def positions(self) -> tuple[Entry, ...]:
        """The entries of the experience sections."""
        return self._entries_of(SectionKind.EXPERIENCE)

    @property
    def degrees(self) -> tuple[Entry, ...]:
        """The entries of the education sections."""
        return self._entries_of(SectionKind.EDUCATION)

    @property
    def skills(self) -> tuple[str, ...]:
        """The single skills."""
        return self._items_of(SectionKind.SKILLS)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the person speaks."""
        return self._items_of(SectionKind.LANGUAGES)

    @property
    def publications(self) -> tuple[Bullet, ...]:
        """The lines of the publications sections."""
        kind = SectionKind.PUBLICATIONS
        return tuple(b for s in self.sections if s.kind is kind for b in s.bullets)

    def bullets(self) -> Iterator[Bullet]:
        """All bullets, in the CV's order: of each section its own, then those of its entries."""
        for section in self.sections:
            yield from section.bullets
            for entry in section.entries:
                yield from entry.bullets

    def _entries_of(self, kind: SectionKind) -> tuple[Entry, ...]:
        return tuple(e for s in self.sections if s.kind is kind for e in s.entries)

    def _items_of(self, kind: SectionKind) -> tuple[str, ...]:
        return tuple(item for s in self.sections if s.kind is kind for item in s.items)


class BulletFactory:
    """Makes bullets whose ids are unique within one CV.

    An id is ``b`` and 25 bits of SHA-256 of the words in base 32; a second
    bullet of the same words gets ``-2``.
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def make(
        self,
        text: RichText | str,
        *,
        date: Date | None = None,
        line: int = 0,
        divisible: bool = True,
        mark: Mark | None = None,
    ) -> Bullet:
        """Make the bullet with its statements and lead found.

        One that is not `divisible`, such as a reference to a publication, is one statement.
        """
        rich = text if isinstance(text, RichText) else RichText.of(text)
        bullet_id = self.unique("b", rich.plain)
        spans = split_statements(rich.plain) if divisible else ((0, len(rich.plain)),)
        statements = tuple(
            Statement(f"{bullet_id}.{number}", start, end)
            for number, (start, end) in enumerate(spans, start=1)
        )
        return Bullet(bullet_id, rich, statements, find_lead(rich.plain), date, line, mark)

    def unique(self, prefix: str, words: str) -> str:
        """Return an id for `words` that was not given out before."""
        digest = hashlib.sha256(" ".join(words.split()).encode()).digest()
        stem = prefix + base64.b32encode(digest)[:5].decode().lower()
        self._seen[stem] = self._seen.get(stem, 0) + 1
        return stem if self._seen[stem] == 1 else f"{stem}-{self._seen[stem]}"
