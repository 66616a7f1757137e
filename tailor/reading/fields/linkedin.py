"""A LinkedIn data export (a zip of CSV files) to a `Cv`.

Read are the tables about the person and their career. Connections, messages,
advertisements and the rest are no text of a CV, nor are the notes that LinkedIn puts
above a header. What a table has and a CV has no room for is kept in `Cv.unplaced`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tailor.reading.cv.headings import standard_heading
from tailor.reading.fields.assembly import Assembly, joined, linked, packed, section, sentences
from tailor.reading.fields.linkedin_tables import Table, read_tables
from tailor.reading.fields.networks import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
)
from tailor.reading.fields.record import Record
from tailor.reading.files import Content
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Entry, RichText, Section, SectionKind

# LinkedIn's kinds of sites, which say nothing about them.
_SITE_KINDS = frozenset("company personal blog rss portfolio other".split())
_LABELLED = re.compile(r"(?P<label>[A-Za-z][A-Za-z _-]{0,30}):(?!//)\s*(?P<rest>.+)")
# A bracketed list: "[PORTFOLIO:https://example.org,BLOG:https://example.com]". Addresses have
# commas in them, too.
_NEXT_SITE = re.compile(
    r",(?=\s*(?:[A-Za-z_ -]{1,30}:|https?:|www\.|(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,}(?:[/,]|$)))"
)
_NEXT_NAME = re.compile(",")


def read_linkedin(content: Content) -> Cv:
    """Return the CV that the tables of an export say.

    Raises CvError for a damaged zip, one beyond the limits, and an export without the
    person's name, or without any position, degree or project.
    """
    assembly = Assembly(content, markdown=False)
    tables = read_tables(content)
    name = headline = ""
    contacts: list[Contact] = []
    summary: list[str] = []
    for record in _records(tables, "profile", assembly):
        name = name or " ".join(filter(None, (record.text("First Name"), record.text("Last Name"))))
        headline = headline or record.text("Headline")
        contacts += _profile_contacts(record)
        summary += record.texts("Summary")
        record.close()
    for record in _records(tables, "profilesummary", assembly):
        summary += [line for line in record.texts("Profile Summary") if line not in summary]
        record.close()
    contacts = [*_emails(tables, assembly), *_phones(tables, assembly), *contacts]
    sections = [_section(SectionKind.SUMMARY, (), assembly.bullets(summary))]
    for table, read in _SECTIONS.items():
        sections.append(read(list(_records(tables, table, assembly)), assembly))
    return assembly.cv(
        name,
        headline,
        contacts,
        sections=sections,
        where_name='"First Name" and "Last Name" in Profile.csv',
        where_entries="Positions.csv, Education.csv or Projects.csv",
    )


def _records(tables: dict[str, list[Table]], name: str, assembly: Assembly) -> Iterator[Record]:
    """Yield the rows of a table; those of one without a header are kept aside."""
    for table in tables.get(name, ()):
        for row in table.rows:
            record = Record(row.cells, f"{row.file} row {row.number}", assembly, joint=", ")
            if table.known:
                yield record
                continue
            assembly.warn(row.file, "has no header that is known; its rows are kept aside")
            record.close()


# The person


def _profile_contacts(record: Record) -> Iterator[Contact]:
    place = record.text("Geo Location")
    if place:
        yield Contact(ContactKind.PLACE, place)
    for url in record.words("Profile URL"):
        yield site_contact(url)
    for text in _listed(record.text("Websites"), _NEXT_SITE):
        match = _LABELLED.fullmatch(text)
        kind = match["label"].casefold() if match else ""
        yield site_contact(match["rest"] if match and kind in _SITE_KINDS else text)
    for user in _listed(record.text("Twitter Handles"), _NEXT_NAME):
        yield from filter(None, [network_contact("Twitter", user)])
    for text in _listed(record.text("Instant Messengers"), _NEXT_NAME):
        match = _LABELLED.fullmatch(text)
        found = network_contact(*(match["label"], match["rest"]) if match else ("", text))
        yield from filter(None, [found])


def _listed(text: str, separator: re.Pattern[str]) -> list[str]:
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return [part.strip() for part in separator.split(inner) if part.strip()]


def _emails(tables: dict[str, list[Table]], assembly: Assembly) -> list[Contact]:
    """Return the primary address, or the first; others are old ones, as a rule, and go aside."""
    found: list[tuple[bool, str, Record]] = []
    for record in _records(tables, "emailaddresses", assembly):
        is_primary = record.text("Primary").casefold() == "yes"
        record.drop("Confirmed", "Updated On")
        found.append((is_primary, record.text("Email Address"), record))
    found.sort(key=lambda item: not item[0])
    contacts: list[Contact] = []
    for _, text, record in found:
        contact = email_contact(text) if not contacts else None
        if contact:
            contacts.append(contact)
        else:
            assembly.unplace(record.where("Email Address"), text)
        record.close()
    return contacts


def _phones(tables: dict[str, list[Table]], assembly: Assembly) -> Iterator[Contact]:
    for record in _records(tables, "phonenumbers", assembly):
        number = record.text("Number")
        if number:
            yield phone_contact(number)
        record.drop("Type")
        record.close()


# The sections


def _section(
    kind: SectionKind,
    entries: Iterable[Entry],
    bullets: Iterable[Bullet] = (),
    heading: str = "",
) -> Section:
    return section(kind, heading or standard_heading(kind), tuple(entries), tuple(bullets))


def _entries(
    read: Callable[[Record], Entry | None],
    kind: SectionKind,
    records: list[Record],
    _: Assembly,
    *,
    heading: str = "",
) -> Section:
    found = [read(record) for record in records]
    return _section(kind, [entry for entry in found if entry], heading=heading)


def _entry(
    record: Record,
    titles: list[str],
    organisation: str,
    dates: tuple[str, str] = ("Started On", "Finished On"),
    texts: tuple[str, ...] = ("Description",),
) -> Entry | None:
    """Read what all entries have; a row without title and organisation is left aside."""
    if not organisation and not any(titles):
        record.close()
        return None
    period, unread = record.period(*dates)
    place, link = record.text("Location"), record.link("Url")
    said = [unread] if unread else []
    for key in texts:
        said += record.texts(key)
    if record.has("Cause"):
        said.append(f"Cause: {record.text('Cause')}")
    record.close()
    return record.assembly.entry(titles, organisation, place, period, said, link)


def _position(record: Record) -> Entry | None:
    return _entry(record, [record.text("Title")], record.text("Company Name"))


def _degree(record: Record) -> Entry | None:
    study, area = record.text("Degree Name"), record.text("Field Of Study")
    title = ", ".join(part for part in (study, area) if part)
    dates, texts = ("Start Date", "End Date"), ("Notes", "Activities")
    return _entry(record, [title], record.text("School Name"), dates, texts)


def _project(record: Record) -> Entry | None:
    return _entry(record, [record.text("Title")], "")


def _volunteering(record: Record) -> Entry | None:
    return _entry(record, [record.text("Role")], record.text("Company Name"))


def _membership(record: Record) -> Entry | None:
    return _entry(record, [record.text("Position")], record.text("Name"))


def _dated(
    kind: SectionKind,
    keys: tuple[str, ...],
    date_key: str,
    records: list[Record],
    assembly: Assembly,
    *,
    heading: str = "",
) -> Section:
    """Read lines such as "Title, Publisher. Description" with their dates."""
    bullets = []
    for record in records:
        first, *others = [record.rich(key) for key in keys]
        date, written = record.date(date_key)
        undated = RichText.of(written if date is None else "")
        line = joined([linked(first, record.link("Url")), *others, undated], ", ")
        line = sentences([line, *map(assembly.rich, record.texts("Description"))])
        if line:
            bullets.append(assembly.dated_line(kind, line, date))
        elif written:
            assembly.unplace(record.where(date_key), written)
        record.close()
    return _section(kind, (), bullets, heading)


def _certificates(records: list[Record], assembly: Assembly) -> Section:
    """Read certificates; one that ends has its dates in the text, since a line has one date."""
    bullets = []
    for record in records:
        date, begun = record.date("Started On")
        ended, number = record.text("Finished On"), record.text("License Number")
        dates = " – ".join(filter(None, (begun, ended))) if ended or date is None else ""
        line = joined(
            [
                linked(record.rich("Name"), record.link("Url")),
                record.rich("Authority"),
                RichText.of(f"License Number {number}" if number else ""),
                RichText.of(dates),
            ],
            ", ",
        )
        if line:
            date = None if dates else date
            bullets.append(assembly.dated_line(SectionKind.CERTIFICATES, line, date))
        elif begun:
            assembly.unplace(record.where("Started On"), begun)
        record.close()
    return _section(SectionKind.CERTIFICATES, (), bullets)


def _skills(records: list[Record], assembly: Assembly) -> Section:
    names = [name for record in records for name in record.words("Name")]
    for record in records:
        record.close()
    return _section(SectionKind.SKILLS, (), assembly.bullets(packed(names)))


def _languages(records: list[Record], assembly: Assembly) -> Section:
    texts = []
    for record in records:
        name, level = record.text("Name"), record.text("Proficiency")
        texts.append(f"{name} ({level})" if name and level else name or level)
        record.close()
    return _section(SectionKind.LANGUAGES, (), assembly.bullets(texts))


_SECTIONS: dict[str, Callable[[list[Record], Assembly], Section]] = {
    "positions": partial(_entries, _position, SectionKind.EXPERIENCE),
    "education": partial(_entries, _degree, SectionKind.EDUCATION),
    "projects": partial(_entries, _project, SectionKind.PROJECTS),
    "skills": _skills,
    "certifications": _certificates,
    "publications": partial(
        _dated, SectionKind.PUBLICATIONS, ("Name", "Publisher"), "Published On"
    ),
    "patents": partial(
        _dated,
        SectionKind.PUBLICATIONS,
        ("Title", "Patent Number", "Application Number"),
        "Issued On",
        heading="Patents",
    ),
    "honors": partial(_dated, SectionKind.AWARDS, ("Title",), "Issued On"),
    "courses": partial(
        _dated, SectionKind.CERTIFICATES, ("Name", "Number"), "Completed On", heading="Courses"
    ),
    "testscores": partial(
        _dated, SectionKind.OTHER, ("Name", "Score"), "Tested On", heading="Test Scores"
    ),
    "volunteering": partial(_entries, _volunteering, SectionKind.VOLUNTEERING),
    "organizations": partial(_entries, _membership, SectionKind.OTHER, heading="Organizations"),
    "languages": _languages,
}
