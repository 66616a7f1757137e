"""What sections of files with fields hold, and the entries and lines that it becomes.

The keys are RenderCV's. Other formats say the same by other names: their models are made of these,
or their data get these keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from tailor.reading.cv.headings import standard_heading
from tailor.reading.field import read_period, web_link
from tailor.reading.fields.data import Value, path_of
from tailor.reading.fields.draft import Draft, joined, linked, packed, sentences
from tailor.reading.fields.model import Line, Part, Text, fit
from tailor.values.cv import Bullet, Entry, Period, RichText, Section, SectionKind

# What formats call the sections.
KINDS = {kind.value: kind for kind in SectionKind if kind is not SectionKind.OTHER} | {
    "work": SectionKind.EXPERIENCE,
    "volunteer": SectionKind.VOLUNTEERING,
    "certifications": SectionKind.CERTIFICATES,
}
# Sections that are lists of lines; what has fields becomes lines there, too.
_LISTS = frozenset(
    {
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.PUBLICATIONS,
        SectionKind.LANGUAGES,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
_SHORT_LISTS = frozenset({SectionKind.AWARDS, SectionKind.CERTIFICATES})


class Item(Part):
    """One item of a section. Which of the types below it is follows from its keys."""


class Bulleted(Item):
    """A line, which is also what a bare text is."""

    bullet: Text = ""
    number: Text = ""
    reversed_number: Text = ""


class Labelled(Item):
    """A line with a label: "Web (good): HTML, CSS"."""

    label: Line = ""
    level: Line = ""
    details: Text = ""
    keywords: tuple[Line, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it is a single skill, several of which share a line."""
        return not self.details and not any(self.keywords)

    @property
    def said(self) -> str:
        """The line."""
        name = f"{self.label} ({self.level})" if self.label and self.level else ""
        rest = ", ".join(filter(None, (self.details, *self.keywords)))
        return ": ".join(filter(None, (name or self.label or self.level, rest)))


class Publication(Item):
    """A publication."""

    title: Line = ""
    authors: tuple[Line, ...] = ()
    journal: Line = ""
    doi: Line = ""
    url: Line = ""
    date: Line = ""
    summary: Text = ""


class Dated(Item):
    """What the types of entries have in common.

    `head` are the keys of the title, of what is added to it, and of the organisation.
    """

    head: ClassVar[tuple[str, str, str]]
    description: Text = ""
    summary: Text = ""
    highlights: tuple[Text, ...] = ()
    start_date: Line = ""
    end_date: Line = ""
    date: Line = ""
    location: Line = ""
    url: Line = ""
    score: Line = ""
    courses: tuple[Text, ...] = ()
    roles: tuple[Line, ...] = ()
    type: Line = ""
    keywords: tuple[Line, ...] = ()

    @property
    def details(self) -> Iterator[str]:
        """What is said below the description and the summary."""
        yield from self.highlights
        yield from _labelled("Score", self.score)
        yield from self.courses
        yield from _labelled("Roles", *self.roles)
        yield from _labelled("Type", self.type)
        yield from _labelled("Keywords", *self.keywords)


class Role(Dated):
    """One of several positions with one employer."""

    main: ClassVar[str] = "position"
    old_names: ClassVar[Mapping[str, str]] = {"title": "position"}
    head: ClassVar[tuple[str, str, str]] = ("position", "", "company")
    position: Line = ""
    company: Line = ""


class Experience(Dated):
    """A position, or several with one employer."""

    head: ClassVar[tuple[str, str, str]] = ("position", "", "company")
    company: Line = ""
    position: Line = ""
    positions: tuple[Role | None, ...] = ()


class Education(Dated):
    """A degree."""

    head: ClassVar[tuple[str, str, str]] = ("degree", "area", "institution")
    institution: Line = ""
    degree: Line = ""
    area: Line = ""


class Normal(Dated):
    """A project, or any other entry."""

    head: ClassVar[tuple[str, str, str]] = ("name", "", "")
    name: Line = ""


class Titled(Dated):
    """An entry of older versions."""

    head: ClassVar[tuple[str, str, str]] = ("title", "", "")
    title: Line = ""


def read_section(
    kind: SectionKind,
    heading: str,
    items: Value,
    path: str,
    draft: Draft,
    note: RichText | None = None,
) -> Section:
    """Return the section of the items at `path`, each a text or an object with these keys."""
    listed = items if isinstance(items, list) else [items]
    made: list[Item | str] = []
    for number, item in enumerate(listed):
        where = path_of((number,), path) if listed is items else path
        if isinstance(item, str):
            made.append(item)
        elif isinstance(item, dict):
            made.append(fit(_type_of(item), item, draft.warn, where))
        else:
            draft.unplace(where, item)
    return section_of(kind, heading, made, draft, note)


def section_of(
    kind: SectionKind,
    heading: str,
    items: Sequence[Item | str],
    draft: Draft,
    note: RichText | None = None,
) -> Section:
    """Return the section of these items, under the usual heading if it has none of its own.

    Single skills are put together on lines.
    """
    parts = _Parts(kind, draft)
    for is_single, group in groupby(items, lambda item: _is_single_skill(item, kind)):
        if is_single:
            skills = [item for item in group if isinstance(item, Labelled)]
            for line in packed(filter(None, (skill.said for skill in skills))):
                parts.add_lines(line)
            for skill in skills:
                draft.unplace_rest(skill)
        else:
            for item in group:
                parts.add(item)
    heading = heading or standard_heading(kind)
    return Section(kind, heading, note or RichText(), tuple(parts.entries), tuple(parts.bullets))


def _is_single_skill(item: Item | str, kind: SectionKind) -> bool:
    return kind is SectionKind.SKILLS and isinstance(item, Labelled) and item.is_single


def _type_of(item: Mapping[str, Value]) -> type[Item]:
    """Return the type of an item, which RenderCV tells by its keys as well."""
    if item.keys() & {"bullet", "number", "reversed_number"}:
        return Bulleted
    if item.keys() & {"label", "details"}:
        return Labelled
    if "title" in item and item.keys() & {"authors", "journal", "doi"}:
        return Publication
    for kind in (Experience, Education, Normal, Titled):
        title, _, organisation = kind.head
        if item.keys() & {title, organisation}:
            return kind
    return Item


@dataclass(slots=True)
class _Parts:
    """A section while its items are read."""

    kind: SectionKind
    draft: Draft
    entries: list[Entry] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)

    def add(self, item: Item | str) -> None:
        """Add what an item says; what its form does not know is kept aside."""
        match item:
            case str():
                self.add_lines(item)
                return
            case Bulleted():
                for text in (item.bullet, item.number, item.reversed_number):
                    self.add_lines(text)
            case Labelled():
                self.add_lines(item.said)
            case Publication():
                self._add_publication(item)
            case Dated():
                self._add_dated(item)
        self.draft.unplace_rest(item)

    def add_lines(self, text: str) -> None:
        """Add the lines of a text outside entries."""
        self.bullets += self.draft.lines(self.kind, self.draft.typed(text))

    def _add_publication(self, item: Publication) -> None:
        """Add a publication as one line: authors, title, journal, identifier, summary."""
        draft, doi = self.draft, item.doi
        authors = joined(map(draft.rich, item.authors), ", ")
        title = linked(draft.rich(item.title), draft.link(item.where("url"), item.url))
        number = RichText.of(doi)
        if doi:
            number = linked(number, web_link(doi) if "://" in doi else f"https://doi.org/{doi}")
        date = draft.date(item.where("date"), item.date)
        undated = RichText.of("" if date else item.date)
        said = [authors, title, draft.rich(item.journal), number, undated]
        line = sentences([*said, *map(draft.rich, draft.typed(item.summary))])
        self.bullets.append(draft.dated_line(line, date))

    def _add_dated(self, item: Dated) -> None:
        """Add an entry; in a section that is a list, as lines."""
        if isinstance(item, Experience) and any(item.positions):
            for position in _positions(item):
                self._add_dated(position)
            for role in filter(None, item.positions):
                self.draft.unplace_rest(role)
            return
        dates = _dates(item, self.draft)
        is_short = self.kind in _SHORT_LISTS and not any(item.details)
        head = [self.draft.rich(getattr(item, key) if key else "") for key in item.head]
        if self.kind in _LISTS or is_short:
            self._add_as_lines(item, head, dates)
        elif any(head):
            self._add_entry(item, head, dates)
        else:
            self.draft.unplace_fields(item)

    def _add_entry(self, item: Dated, head: list[RichText], dates: _Dates) -> None:
        draft = self.draft
        title, added, organisation = (text.plain for text in head)
        if added and added.casefold() not in title.casefold():
            title = f"{title}, {added}" if title else added
        first = draft.link(item.where("url"), item.url)
        behind = [run.link for text in head for run in text.runs]
        links = list(dict.fromkeys(filter(None, (first, *behind))))
        for other in links[1:]:
            draft.unplace(item.where("url"), other)
        texts = (*dates.others, item.description, item.summary, *item.details)
        lines = [line for text in texts for line in draft.typed(text)]
        fields = (title,) if title else (), organisation, item.location, dates.period
        link = links[0] if links else None
        self.entries.append(Entry("", *fields, draft.bullets(lines), link=link))

    def _add_as_lines(self, item: Dated, head: list[RichText], dates: _Dates) -> None:
        """Add one line such as "Title, Organisation. Summary", and below it what else is said."""
        draft = self.draft
        single = dates.period.end if dates.period.start is None else None
        if self.kind in _SHORT_LISTS and item.start_date and not item.end_date:
            single = dates.period.start  # of a certificate that does not end
        undated = [RichText.of(text) for text in (*dates.others, "" if single else dates.written)]
        title, *others = filter(None, head) if any(head) else [RichText()]
        title = linked(title, draft.link(item.where("url"), item.url))
        line = joined([title, *others, draft.rich(item.location), *undated], ", ")
        texts = [*draft.typed(item.description), *draft.typed(item.summary)]
        line = sentences([line, *map(draft.rich, texts)])
        if line:
            self.bullets.append(draft.dated_line(line, single))
        else:
            for key in ("date", "start_date", "end_date"):
                draft.unplace(item.where(key), getattr(item, key))
        for text in item.details:
            self.add_lines(text)


def _labelled(label: str, *words: str) -> Iterator[str]:
    if any(words):
        yield f"{label}: {', '.join(filter(None, words))}"


def _positions(item: Experience) -> Iterator[Dated]:
    """Yield the positions with one employer that an item holds.

    What is said of the employer stands with the first of them, or with a position of its own.
    """
    said = [item.description, item.summary, *item.details]
    if item.position or item.start_date or item.end_date or item.date:
        yield item.model_copy(update={"positions": ()})
        said = []
    for role in filter(None, item.positions):
        around = {
            "description": "\n\n".join(filter(None, (*said, role.description))),
            "location": role.location or item.location,
            "url": role.url or item.url,
            "company": item.company,
        }
        yield role.model_copy(update=around)
        said = []


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates of an entry; `others` are texts that are no date, or say something else."""

    period: Period
    written: str
    others: tuple[str, ...]


def _dates(item: Dated, draft: Draft) -> _Dates:
    start, end, free = item.start_date, item.end_date, item.date
    period, unread = draft.period((item.where("start_date"), start), (item.where("end_date"), end))
    other = read_period(free) if free else None
    if other and period == Period() and not unread:
        return _Dates(other, free, ())
    others = (unread, "" if other == period else free)
    written = "" if unread else " – ".join(filter(None, (start, end)))
    return _Dates(period, written, tuple(filter(None, others)))
