"""RenderCV (rendercv.com), in YAML or JSON, to a `Cv`.

Sections keep their titles, their order and all types of entries. What a file says
beyond the format is kept in `Cv.unplaced`. `design`, `locale` and `settings` are about
the look of the page, `photo` and the icons of connections are pictures: all no text of the CV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tailor.reading.cv.headings import read_heading
from tailor.reading.fields.assembly import Assembly, joined, linked, section, sentences
from tailor.reading.fields.data_dates import read_period
from tailor.reading.fields.data_files import Value
from tailor.reading.fields.networks import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
    web_link,
)
from tailor.reading.fields.record import Record
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
# The keys of an entry's head: the title, what is added to it, the organisation.
_HEADS = (
    ("position", "", "company"),
    ("degree", "area", "institution"),
    ("name", "", ""),
    ("title", "", ""),
)
_NESTED = re.compile(r"(?<!\s)\s+-\s+")


def read_rendercv(data: Mapping[str, Value], content: Content) -> Cv:
    """Return the CV that the data of a file say; its key `cv` holds a mapping.

    Raises CvError if there is no name, or no position, degree or project.
    """
    assembly = Assembly(content)
    root = Record(data, "", assembly)
    root.drop(*_IGNORED)
    name = headline = ""
    contacts: list[Contact] = []
    sections: list[Section] = []
    for record in root.records("cv", "name"):
        name = record.text("name")
        record.rename("label", "headline")
        headline = record.text("headline")
        contacts += _contacts(record)
        for part in record.records("sections", ""):
            sections += (_section(part, key) for key in part.left() if key)
            part.close()
        record.close()
    root.close()
    return assembly.cv(
        name,
        headline,
        contacts,
        sections=sections,
        where_name='"name" under "cv"',
        where_entries='"sections" under "cv", with a company, institution or name',
    )


def _contacts(record: Record) -> Iterator[Contact]:
    """Yield the ways to reach the person, in the order of the file."""
    record.drop("photo")
    for key in record.left():
        if key == "location":
            yield Contact(ContactKind.PLACE, record.text(key))
        elif key == "email":
            yield from _emails(record, key)
        elif key == "phone":
            yield from map(phone_contact, record.words(key))
        elif key == "website":
            yield from map(site_contact, record.words(key))
        elif key == "social_networks":
            yield from _networks(record, key)
        elif key == "custom_connections":
            yield from _connections(record, key)


def _emails(record: Record, key: str) -> Iterator[Contact]:
    for text in record.words(key):
        contact = email_contact(text)
        if contact:
            yield contact
        else:
            record.assembly.warn(record.where(key), "is no e-mail address; kept aside")
            record.assembly.unplace(record.where(key), text)


def _networks(record: Record, key: str) -> Iterator[Contact]:
    for network in record.records(key, "username"):
        name, user = network.text("network"), network.text("username")
        contact = network_contact(name, user)
        if contact:
            yield contact
        elif name:
            record.assembly.unplace(network.where("network"), name)
        network.close()


def _connections(record: Record, key: str) -> Iterator[Contact]:
    for connection in record.records(key, "placeholder"):
        connection.drop("fontawesome_icon")
        shown, url = connection.text("placeholder"), connection.text("url")
        link = f"mailto:{url[7:]}" if url.lower().startswith("mailto:") else web_link(url)
        text = shown or url
        if text:
            yield Contact(ContactKind.WEBSITE, text, link)
        if url and url not in {text, link}:
            record.assembly.unplace(connection.where("url"), url)
        connection.close()


# Sections


@dataclass(slots=True)
class _Parts:
    """A section while its entries are read."""

    kind: SectionKind
    assembly: Assembly
    entries: list[Entry] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)

    def add_lines(self, texts: list[str]) -> None:
        """Add texts outside entries."""
        self.bullets += self.assembly.lines(self.kind, texts)


def _section(part: Record, key: str) -> Section:
    heading = read_heading(RichText.of(_title(clean_text(key))))
    parts = _Parts(heading.kind, part.assembly)
    # A bare text has no other key than this one, and is a line.
    for record in part.records(key, "bullet"):
        _read_item(record, parts)
        record.close()
    return section(heading.kind, heading.heading, parts.entries, parts.bullets, heading.note)


def _title(key: str) -> str:
    """Return the title that a key stands for: "selected_honors" for "Selected Honors"."""
    if " " in key or key != key.lower():
        return key
    words = key.replace("_", " ").split()
    return " ".join(
        word if number and word in _SMALL else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


def _read_item(record: Record, parts: _Parts) -> None:
    for key in ("bullet", "number", "reversed_number"):
        parts.add_lines(record.texts(key))
    if record.has("label", "details"):
        label, details = record.text("label"), record.text("details")
        parts.add_lines([": ".join(text for text in (label, details) if text)])
    if record.has("title") and record.has("authors", "journal", "doi"):
        _read_publication(record, parts)
        return
    for title, added, organisation in _HEADS:
        if record.has(title, organisation):
            _read_entry(record, parts, (title, added, organisation))
            return


def _read_publication(record: Record, parts: _Parts) -> None:
    """Read a publication as one line: authors, title, journal, identifier, summary."""
    rich = record.assembly.rich
    authors = joined(map(rich, record.words("authors")), ", ")
    title, journal, doi = record.rich("title"), record.rich("journal"), record.text("doi")
    date, written = record.date("date")
    link = record.link("url")
    number = RichText.of(doi)
    if doi:
        number = linked(number, web_link(doi) if "://" in doi else f"https://doi.org/{doi}")
    undated = RichText.of(written if date is None else "")
    said = [authors, linked(title, link), journal, number, undated]
    line = sentences([*said, *map(rich, record.texts("summary"))])
    parts.bullets.append(record.assembly.dated_line(parts.kind, line, date))


def _read_entry(record: Record, parts: _Parts, keys: tuple[str, str, str]) -> None:
    """Read an experience, an education or a plain entry."""
    head = [record.rich(key) if key else RichText() for key in keys]
    dates = _dates(record)
    has_range = dates.period.start is not None or dates.period.present
    if parts.kind in _LISTS or (
        parts.kind in _SHORT_LISTS and not has_range and not record.has("highlights")
    ):
        _add_as_lines(record, parts, head, dates)
        return
    title, added, organisation = (text.plain for text in head)
    if added and added.casefold() not in title.casefold():
        title = f"{title}, {added}" if title else added
    link = record.link("url")
    behind = [run.link for text in head for run in text.runs if run.link]
    link, *others = dict.fromkeys([*([link] if link else []), *behind]) or [None]
    for other in others:
        record.assembly.unplace(record.where("url"), other)
    texts = [*dates.others, *record.texts("summary"), *record.texts("highlights", _unnested)]
    place = record.text("location")
    parts.entries.append(
        record.assembly.entry([title], organisation, place, dates.period, texts, link)
    )


def _add_as_lines(record: Record, parts: _Parts, head: list[RichText], dates: _Dates) -> None:
    """Read an entry of a section that is a list: its head is one line, its bullets are others."""
    assembly = record.assembly
    place = record.rich("location")
    single = dates.period.end if dates.period.start is None else None
    undated = [RichText.of(text) for text in (*dates.others, "" if single else dates.written)]
    line = joined([linked(joined(head, ", "), record.link("url")), place, *undated], ", ")
    line = sentences([line, *map(assembly.rich, record.texts("summary"))])
    parts.bullets.append(assembly.dated_line(parts.kind, line, single))
    parts.add_lines(record.texts("highlights", _unnested))


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates of an entry; `others` are texts that are no date, or say something else."""

    period: Period
    written: str
    others: tuple[str, ...]


def _dates(record: Record) -> _Dates:
    written = " – ".join(record.peek(key) for key in ("start_date", "end_date") if record.has(key))
    period, unread = record.period("start_date", "end_date")
    free = record.text("date")
    other = read_period(free) if free else None
    if other and period == Period() and not unread:
        return _Dates(other, free, ())
    others = (unread, "" if other == period else free)
    return _Dates(period, "" if unread else written, tuple(text for text in others if text))


def _unnested(text: str) -> str:
    """Begin a line at each nested bullet: a plain text of YAML has its lines joined to one."""
    if "\n" in text:
        return text
    first, *nested = _NESTED.split(text)
    return "\n".join([first, *(f"- {line}" for line in nested)])
