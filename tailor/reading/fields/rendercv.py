"""RenderCV (rendercv.com), in YAML or JSON: its models, and the `Cv` that a file says.

Sections keep their titles, their order and all types of entries. What a file says
beyond the format is kept in `Cv.unplaced`. `design`, `locale` and `settings` are about
the look of the page, `photo` and the icons of connections are pictures: all no text of the CV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import Field

from tailor.reading.cv.headings import read_heading
from tailor.reading.fields.data import Value, as_text, path_of
from tailor.reading.fields.draft import Draft, joined, linked, section, sentences
from tailor.reading.fields.field import (
    network_contact,
    phone_contact,
    read_period,
    site_contact,
    web_link,
)
from tailor.reading.fields.model import Line, Lines, Named, Part, Text, fit
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Entry,
    Period,
    RichText,
    Section,
    SectionKind,
)

_IGNORED = ("design", "locale", "locale_catalog", "settings", "rendercv_settings")
# Words that titles begin with a small letter, unless they stand first.
_SMALL = frozenset(
    "a an and as at but by for from in into nor of off on onto or over to with".split()
)
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


class Network(Part):
    """An account in a social network."""

    main: ClassVar[str] = "username"
    network: Line = ""
    username: Line = ""
    url: Line = ""  # not of the form, but of use


class Connection(Part):
    """Another way to reach the person."""

    main: ClassVar[str] = "placeholder"
    placeholder: Line = ""
    url: Line = ""
    fontawesome_icon: Any = None


class Person(Part):
    """What stands under `cv`."""

    old_names: ClassVar[Mapping[str, str]] = {"label": "headline"}
    name: Line = ""
    headline: Line = ""
    location: Line = ""
    email: Lines = ()
    phone: Lines = ()
    website: Lines = ()
    social_networks: tuple[Network | None, ...] = ()
    custom_connections: tuple[Connection | None, ...] = ()
    sections: Named = Field(default_factory=dict)
    photo: Any = None


class File(Part):
    """A whole file; all its other keys are about the look of the page."""

    cv: Person = Person()


class Item(Part):
    """One item of a section. Which of the types below it is follows from its keys."""


class Bulleted(Item):
    """A line, which is also what a bare text is."""

    bullet: Text = ""
    number: Text = ""
    reversed_number: Text = ""


class OneLine(Item):
    """A line with a label."""

    label: Line = ""
    details: Line = ""


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
    start_date: Line = ""
    end_date: Line = ""
    date: Line = ""
    location: Line = ""
    summary: Text = ""
    highlights: tuple[Text, ...] = ()
    url: Line = ""


class Experience(Dated):
    """A position."""

    head: ClassVar[tuple[str, str, str]] = ("position", "", "company")
    company: Line = ""
    position: Line = ""


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


def _type_of(item: Mapping[str, Value]) -> type[Item]:
    """Return the type of an item, which RenderCV tells by its keys as well."""
    if item.keys() & {"bullet", "number", "reversed_number"}:
        return Bulleted
    if item.keys() & {"label", "details"}:
        return OneLine
    if "title" in item and item.keys() & {"authors", "journal", "doi"}:
        return Publication
    for kind in (Experience, Education, Normal, Titled):
        title, _, organisation = kind.head
        if item.keys() & {title, organisation}:
            return kind
    return Item


# Reading


def read_rendercv(data: Mapping[str, Any], content: Content) -> Cv:
    """Return the CV that the data of a file say; under its key `cv` stands a mapping.

    Raises CvError if there is no name, or no position, degree or project.
    """
    draft = Draft(content)
    file = fit(File, {k: as_text(v) for k, v in data.items() if k not in _IGNORED}, draft.warn)
    person = file.cv
    contacts = contacts_of(person, data["cv"], draft)
    sections = list(_sections(person, draft))
    draft.unplace_rest(person)
    draft.unplace_rest(file)
    return draft.cv(
        person.name,
        person.headline,
        contacts,
        sections=sections,
        where_name='"name" under "cv"',
        where_entries='"sections" under "cv", with a company, institution or name',
    )


def contacts_of(person: Person, order: Iterable[str], draft: Draft) -> list[Contact]:
    """Return the ways to reach the person, in the order of these keys."""
    return [contact for key in order for contact in _contacts(person, key, draft)]


def _contacts(person: Person, key: str, draft: Draft) -> Iterator[Contact]:
    """Yield the ways to reach the person that stand under one key of the file."""
    where = person.where(key)
    if key == "location" and person.location:
        yield Contact(ContactKind.PLACE, person.location)
    elif key == "email":
        for text in person.email:
            yield from draft.email(where, text)
    elif key == "phone":
        yield from map(phone_contact, filter(None, person.phone))
    elif key == "website":
        yield from map(site_contact, filter(None, person.website))
    elif key == "social_networks":
        for network in filter(None, person.social_networks):
            yield from _network(network, draft)
    elif key == "custom_connections":
        for connection in filter(None, person.custom_connections):
            yield from _connection(connection, draft)


def _network(network: Network, draft: Draft) -> Iterator[Contact]:
    contact = network_contact(network.network, network.username, network.url)
    if contact:
        yield contact
        if network.url and contact.link != network.url:
            draft.unplace(network.where("url"), network.url)
    else:
        draft.unplace_fields(network)
    draft.unplace_rest(network)


def _connection(connection: Connection, draft: Draft) -> Iterator[Contact]:
    shown, url = connection.placeholder, connection.url
    link = f"mailto:{url[7:]}" if url.lower().startswith("mailto:") else web_link(url)
    text = shown or url
    if text:
        yield Contact(ContactKind.WEBSITE, text, link)
    if url not in {text, link}:
        draft.unplace(connection.where("url"), url)
    draft.unplace_rest(connection)


# Sections


@dataclass(slots=True)
class _Parts:
    """A section while its entries are read."""

    kind: SectionKind
    draft: Draft
    entries: list[Entry] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)

    def add_lines(self, text: str) -> None:
        """Add the lines of a text outside entries."""
        self.bullets += self.draft.lines(self.kind, self.draft.typed(text))


def _sections(person: Person, draft: Draft) -> Iterator[Section]:
    for key, value in person.sections.items():
        path = path_of(("sections", key), person.where())
        if not key:
            draft.unplace(path, value)
            continue
        heading = read_heading(RichText.of(_title(clean_text(key))))
        yield read_section(heading.kind, heading.heading, value, path, draft, heading.note)


def read_section(
    kind: SectionKind,
    heading: str,
    items: Value,
    path: str,
    draft: Draft,
    note: RichText | None = None,
) -> Section:
    """Return the section of the items at `path`, each a text or an object with keys of this form.

    Other formats are read by it as well, once their keys are called as they are here.
    """
    parts = _Parts(kind, draft)
    if isinstance(items, list):
        for number, item in enumerate(items):
            _add_item(item, path_of((number,), path), parts)
    else:
        _add_item(items, path, parts)
    return section(kind, parts.entries, parts.bullets, heading, note)


def _title(key: str) -> str:
    """Return the title that a key stands for: "selected_honors" for "Selected Honors"."""
    if " " in key or key != key.lower():
        return key
    words = key.replace("_", " ").split()
    return " ".join(
        word if number and word in _SMALL else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


def _add_item(data: Value, path: str, parts: _Parts) -> None:
    draft = parts.draft
    if isinstance(data, str):
        parts.add_lines(data)
        return
    if not isinstance(data, dict):
        draft.unplace(path, data)
        return
    item = fit(_type_of(data), data, draft.warn, path)
    match item:
        case Bulleted():
            for text in (item.bullet, item.number, item.reversed_number):
                parts.add_lines(text)
        case OneLine():
            parts.add_lines(": ".join(filter(None, (item.label, item.details))))
        case Publication():
            _add_publication(item, parts)
        case Dated():
            _add_entry(item, parts)
    draft.unplace_rest(item)


def _add_publication(item: Publication, parts: _Parts) -> None:
    """Add a publication as one line: authors, title, journal, identifier, summary."""
    draft = parts.draft
    authors = joined(map(draft.rich, item.authors), ", ")
    title = linked(draft.rich(item.title), draft.link(item.where("url"), item.url))
    doi = item.doi
    number = RichText.of(doi)
    if doi:
        number = linked(number, web_link(doi) if "://" in doi else f"https://doi.org/{doi}")
    date = draft.date(item.where("date"), item.date)
    undated = RichText.of("" if date else item.date)
    said = [authors, title, draft.rich(item.journal), number, undated]
    line = sentences([*said, *map(draft.rich, draft.typed(item.summary))])
    parts.bullets.append(draft.dated_line(parts.kind, line, date))


def _add_entry(item: Dated, parts: _Parts) -> None:
    """Add an experience, an education or another entry; in a section that is a list, as lines."""
    draft = parts.draft
    head = [draft.rich(getattr(item, key)) if key else RichText() for key in item.head]
    dates = _dates(item, draft)
    has_range = dates.period.start is not None or dates.period.present
    is_short = parts.kind in _SHORT_LISTS and not has_range and not item.highlights
    if parts.kind in _LISTS or is_short:
        _add_as_lines(item, parts, head, dates)
        return
    title, added, organisation = (text.plain for text in head)
    if added and added.casefold() not in title.casefold():
        title = f"{title}, {added}" if title else added
    first = draft.link(item.where("url"), item.url)
    behind = [run.link for text in head for run in text.runs]
    links = list(dict.fromkeys(filter(None, (first, *behind))))
    for other in links[1:]:
        draft.unplace(item.where("url"), other)
    texts = (*dates.others, item.summary, *item.highlights)
    lines = [line for text in texts for line in draft.typed(text)]
    link = links[0] if links else None
    parts.entries.append(draft.entry(title, organisation, item.location, dates.period, lines, link))


def _add_as_lines(item: Dated, parts: _Parts, head: list[RichText], dates: _Dates) -> None:
    """Add an entry of a section that is a list: its head is one line, its bullets are others."""
    draft = parts.draft
    single = dates.period.end if dates.period.start is None else None
    undated = [RichText.of(text) for text in (*dates.others, "" if single else dates.written)]
    link = draft.link(item.where("url"), item.url)
    line = joined([linked(joined(head, ", "), link), draft.rich(item.location), *undated], ", ")
    line = sentences([line, *map(draft.rich, draft.typed(item.summary))])
    parts.bullets.append(draft.dated_line(parts.kind, line, single))
    for text in item.highlights:
        parts.add_lines(text)


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
