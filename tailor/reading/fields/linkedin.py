"""A LinkedIn data export (a zip of CSV files) to a `Cv`.

Read are the tables about the person and their career. Connections, messages,
advertisements and the rest are no text of a CV and are not opened, nor are the notes that
LinkedIn puts above a header. What a table has and a CV has no room for is kept in
`Cv.unplaced`. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tailor.reading.fields.draft import Draft, linked, packed, section, with_level
from tailor.reading.fields.field import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
    typed_lines,
)
from tailor.reading.files import Content, decode
from tailor.reading.lines import clean_text
from tailor.reading.zips import Unpacking
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Entry, RichText, Section, SectionKind

# The tables that are read: their names' letters, and the columns that have text of the CV.
# A header is known by its first column, or by two of the others.
COLUMNS = {
    name: tuple(columns.split(","))
    for name, columns in {
        "profile": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
        "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers,Profile URL",
        "profilesummary": "Profile Summary",
        "emailaddresses": "Email Address,Confirmed,Primary,Updated On",
        "phonenumbers": "Number,Extension,Type",
        "positions": "Company Name,Title,Description,Location,Started On,Finished On",
        "education": "School Name,Degree Name,Field Of Study,Start Date,End Date,Notes,Activities",
        "projects": "Title,Description,Url,Started On,Finished On",
        "skills": "Name",
        "certifications": "Name,Url,Authority,Started On,Finished On,License Number",
        "publications": "Name,Published On,Description,Publisher,Url",
        "patents": "Title,Description,Url,Patent Number,Application Number,Issued On,Filed On",
        "honors": "Title,Description,Issued On",
        "courses": "Name,Number",
        "testscores": "Name,Score,Tested On,Description",
        "volunteering": "Company Name,Role,Cause,Started On,Finished On,Description",
        "organizations": "Name,Position,Description,Started On,Finished On",
        "languages": "Name,Proficiency",
    }.items()
}
_OTHER_NAMES = {"honorsandawards": "honors"}

# LinkedIn's kinds of sites, which say nothing about them.
_SITE_KINDS = frozenset("company personal blog rss portfolio other".split())
_LABELLED = re.compile(r"(?P<label>[A-Za-z][A-Za-z _-]{0,30}):(?!//)\s*(?P<rest>.+)")
# A bracketed list: "[PORTFOLIO:https://example.org,BLOG:https://example.com]". Addresses have
# commas in them, too.
_NEXT_SITE = re.compile(
    r",(?=\s*(?:[A-Za-z_ -]{1,30}:|https?:|www\.|(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,}(?:[/,]|$)))"
)
_NEXT_NAME = re.compile(",")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, whose cells are taken out as they are read.

    `file` and `number`, counted from the top of the file, name it.
    """

    file: str
    number: int
    cells: dict[str, str]

    def where(self, column: str) -> str:
        """Return what messages call a cell."""
        return f"{self.file} row {self.number}, {clean_text(column)}"

    def take(self, column: str) -> str:
        """Return a cell in one line; "" where there is none."""
        return clean_text(self.cells.pop(column, ""))

    def take_lines(self, column: str) -> list[str]:
        """Return the typed lines of a cell."""
        return typed_lines(self.cells.pop(column, ""))

    def dated(self, column: str) -> tuple[str, str]:
        """Return where a date stands, and its text."""
        return self.where(column), self.take(column)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of one file; `known` is false if no row of it is the header of such a table."""

    rows: tuple[Row, ...]
    known: bool


def read_linkedin(content: Content) -> Cv:
    """Return the CV that the tables of an export say.

    Raises CvError for a damaged zip, one beyond the limits, and an export without the
    person's name, or without any position, degree or project.
    """
    draft = Draft(content, markdown=False)
    tables = _read_tables(content)

    def rows(name: str) -> Iterator[Row]:
        """Yield the rows of a table, and keep aside what was not taken of each."""
        for table in tables.get(name, ()):
            for row in table.rows:
                if table.known:
                    yield row
                else:
                    draft.warn(row.file, "has no header that is known; its rows are kept aside")
                _unplace_rest(row, draft)

    name = headline = ""
    contacts: list[Contact] = []
    summary: list[str] = []
    for row in rows("profile"):
        name = name or " ".join(filter(None, (row.take("First Name"), row.take("Last Name"))))
        headline = headline or row.take("Headline")
        contacts += _profile_contacts(row)
        summary += row.take_lines("Summary")
    for row in rows("profilesummary"):
        summary += [line for line in row.take_lines("Profile Summary") if line not in summary]
    contacts = [
        *_emails(rows("emailaddresses"), draft),
        *_phones(rows("phonenumbers")),
        *contacts,
    ]
    sections = [section(SectionKind.SUMMARY, (), draft.bullets(summary))]
    sections += (read(rows(table), draft) for table, read in _SECTIONS.items())
    return draft.cv(
        name,
        headline,
        contacts,
        sections=sections,
        where_name='"First Name" and "Last Name" in Profile.csv',
        where_entries="Positions.csv, Education.csv or Projects.csv",
    )


def _unplace_rest(row: Row, draft: Draft) -> None:
    for column, cell in row.cells.items():
        draft.unplace(row.where(column), cell)


# The files

_LONGEST_CELL = 100_000  # characters


def _read_tables(content: Content) -> dict[str, list[_Table]]:
    """Return the tables of an export by their names in `COLUMNS`; one may come in several files.

    Raises CvError or PostingError for a damaged or encrypted zip, and for one that
    unpacks to more than the limits.
    """
    archive = Unpacking(content, "export")
    tables: dict[str, list[_Table]] = {}
    seen: set[tuple[str, bytes]] = set()
    for member in archive.members:
        file = re.split(r"[/\\]", member.filename)[-1]
        name = _table_name(file)
        if not name:
            continue
        data = archive.read(member, "text")
        if data.strip() and (name, data) not in seen:
            seen.add((name, data))  # the same table in two folders counts once
            text = decode(data, f"{content.source}: {file}", content.what)
            tables.setdefault(name, []).append(_table(text, file, COLUMNS[name], content))
    return tables


def _table_name(file: str) -> str:
    stem, _, ending = file.rpartition(".")
    if ending.lower() != "csv" or stem.startswith("."):  # "._Skills.csv" is no table
        return ""
    letters = re.sub(r"[^a-z]", "", stem.lower())
    if letters.startswith("volunteer"):
        return "volunteering"
    letters = _OTHER_NAMES.get(letters, letters)
    return letters if letters in COLUMNS else ""


def _cell(text: str) -> str:
    """Return the text of a cell; raise csv.Error for one that swallowed the rest of its file."""
    if len(text) > _LONGEST_CELL:
        raise csv.Error(f"a cell has more than {_LONGEST_CELL:,} characters")
    return text.strip()


def _table(text: str, file: str, columns: tuple[str, ...], content: Content) -> _Table:
    reader = csv.reader(io.StringIO(text, newline=""), strict=False)
    try:
        rows = [[_cell(cell) for cell in row] for row in reader]
    except csv.Error as reason:
        raise content.error(
            f"{file} in it is no sound table (line {reader.line_num}: {reason}); download the "
            "export again"
        ) from None
    header = next((i for i, row in enumerate(rows) if _is_header(row, columns)), None)
    if header is None:
        # Without a header nobody can tell what the cells are; they are kept aside.
        found = (
            Row(file, number, {f"column {n}": cell for n, cell in enumerate(row, 1)})
            for number, row in enumerate(rows, 1)
        )
        return _Table(tuple(found), known=False)
    names = list(_names(rows[header], columns))
    below = enumerate(rows[header + 1 :], header + 2)
    return _Table(tuple(Row(file, number, _cells(names, row)) for number, row in below), known=True)


def _is_header(row: list[str], columns: tuple[str, ...]) -> bool:
    cells = {cell.casefold() for cell in row}
    matches = sum(column.casefold() in cells for column in columns)
    return matches >= min(2, len(columns)) or (len(row) == 1 and row == [columns[0]])


def _names(header: list[str], columns: tuple[str, ...]) -> Iterator[str]:
    """Yield the columns' names as this program knows them; the second of a name gets a number."""
    usual = {column.casefold(): column for column in columns}
    counts: dict[str, int] = {}
    for number, cell in enumerate(header, 1):
        name = usual.get(cell.casefold(), cell) or f"column {number}"
        counts[name] = counts.get(name, 0) + 1
        yield name if counts[name] == 1 else f"{name} ({counts[name]})"


def _cells(names: list[str], row: list[str]) -> dict[str, str]:
    more = [f"column {number}" for number in range(len(names) + 1, len(row) + 1)]
    return {name: cell for name, cell in zip([*names, *more], row, strict=False) if cell}


# The person


def _profile_contacts(row: Row) -> Iterator[Contact]:
    place, page = row.take("Geo Location"), row.take("Profile URL")
    if place:
        yield Contact(ContactKind.PLACE, place)
    if page:
        yield site_contact(page)
    for text in _listed(row.take("Websites"), _NEXT_SITE):
        match = _LABELLED.fullmatch(text)
        kind = match["label"].casefold() if match else ""
        yield site_contact(match["rest"] if match and kind in _SITE_KINDS else text)
    for user in _listed(row.take("Twitter Handles"), _NEXT_NAME):
        yield from filter(None, [network_contact("Twitter", user)])
    for text in _listed(row.take("Instant Messengers"), _NEXT_NAME):
        match = _LABELLED.fullmatch(text)
        found = network_contact(*(match["label"], match["rest"]) if match else ("", text))
        yield from filter(None, [found])


def _listed(text: str, separator: re.Pattern[str]) -> list[str]:
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return [part.strip() for part in separator.split(inner) if part.strip()]


def _emails(rows: Iterable[Row], draft: Draft) -> list[Contact]:
    """Return the primary address, or the first; others are old ones, as a rule, and go aside."""
    found = []
    for row in rows:
        is_primary = row.take("Primary").casefold() == "yes"
        row.take("Confirmed")
        row.take("Updated On")
        found.append((not is_primary, row.where("Email Address"), row.take("Email Address")))
    contacts: list[Contact] = []
    for _, where, text in sorted(found, key=lambda item: item[0]):
        contact = email_contact(text) if not contacts else None
        if contact:
            contacts.append(contact)
        else:
            draft.unplace(where, text)
    return contacts


def _phones(rows: Iterable[Row]) -> Iterator[Contact]:
    for row in rows:
        number, _ = row.take("Number"), row.take("Type")
        if number:
            yield phone_contact(number)


# The sections


@dataclass(frozen=True, slots=True)
class _Entries:
    """A table whose rows are entries: which columns are title, organisation, dates and texts."""

    kind: SectionKind
    title: tuple[str, ...]
    organisation: str = ""
    dates: tuple[str, str] = ("Started On", "Finished On")
    texts: tuple[str, ...] = ("Description",)
    heading: str = ""

    def __call__(self, rows: Iterable[Row], draft: Draft) -> Section:
        """Read the table; a row without title and organisation is kept aside."""
        entries = [entry for row in rows for entry in self._read(row, draft)]
        return section(self.kind, entries, heading=self.heading)

    def _read(self, row: Row, draft: Draft) -> Iterator[Entry]:
        title = ", ".join(filter(None, map(row.take, self.title)))
        organisation = row.take(self.organisation)
        if not title and not organisation:
            return
        start, end = map(row.dated, self.dates)
        period, unread = draft.period(start, end)
        place, link = row.take("Location"), draft.link(*row.dated("Url"))
        texts = [unread, *(line for column in self.texts for line in row.take_lines(column))]
        cause = row.take("Cause")
        texts += [f"Cause: {cause}"] if cause else []
        yield draft.entry(title, organisation, place, period, texts, link)


@dataclass(frozen=True, slots=True)
class _Lines:
    """A table whose rows are lines such as "Title, Publisher. Description" with a date."""

    kind: SectionKind
    columns: tuple[str, ...]
    date: str
    heading: str = ""

    def __call__(self, rows: Iterable[Row], draft: Draft) -> Section:
        """Read the table."""
        lines = [line for row in rows for line in self._read(row, draft)]
        return section(self.kind, (), lines, self.heading)

    def _read(self, row: Row, draft: Draft) -> Iterator[Bullet]:
        first, *others = (draft.rich(row.take(column)) for column in self.columns)
        head = [linked(first, draft.link(*row.dated("Url"))), *others]
        texts = row.take_lines("Description")
        yield from draft.dated_field(self.kind, head, row.dated(self.date), texts)


def _certificates(rows: Iterable[Row], draft: Draft) -> Section:
    """Read certificates; one that ends has its dates in the text, since a line has one date."""
    kind = SectionKind.CERTIFICATES
    lines: list[Bullet] = []
    for row in rows:
        where, begun = row.dated("Started On")
        ended, number = row.take("Finished On"), row.take("License Number")
        head = [
            linked(draft.rich(row.take("Name")), draft.link(*row.dated("Url"))),
            draft.rich(row.take("Authority")),
            RichText.of(f"License Number {number}" if number else ""),
        ]
        if ended:
            head.append(RichText.of(" – ".join(filter(None, (begun, ended)))))
            begun = ""
        lines += draft.dated_field(kind, head, (where, begun))
    return section(kind, (), lines)


def _skills(rows: Iterable[Row], draft: Draft) -> Section:
    names = filter(None, (row.take("Name") for row in rows))
    return section(SectionKind.SKILLS, (), draft.bullets(packed(names)))


def _languages(rows: Iterable[Row], draft: Draft) -> Section:
    texts = [with_level(row.take("Name"), row.take("Proficiency")) for row in rows]
    return section(SectionKind.LANGUAGES, (), draft.bullets(texts))


_SECTIONS: dict[str, Callable[[Iterable[Row], Draft], Section]] = {
    "positions": _Entries(SectionKind.EXPERIENCE, ("Title",), "Company Name"),
    "education": _Entries(
        SectionKind.EDUCATION,
        ("Degree Name", "Field Of Study"),
        "School Name",
        ("Start Date", "End Date"),
        ("Notes", "Activities"),
    ),
    "projects": _Entries(SectionKind.PROJECTS, ("Title",)),
    "skills": _skills,
    "certifications": _certificates,
    "publications": _Lines(SectionKind.PUBLICATIONS, ("Name", "Publisher"), "Published On"),
    "patents": _Lines(
        SectionKind.PUBLICATIONS,
        ("Title", "Patent Number", "Application Number"),
        "Issued On",
        "Patents",
    ),
    "honors": _Lines(SectionKind.AWARDS, ("Title",), "Issued On"),
    "courses": _Lines(SectionKind.CERTIFICATES, ("Name", "Number"), "Completed On", "Courses"),
    "testscores": _Lines(SectionKind.OTHER, ("Name", "Score"), "Tested On", "Test Scores"),
    "volunteering": _Entries(SectionKind.VOLUNTEERING, ("Role",), "Company Name"),
    "organizations": _Entries(SectionKind.OTHER, ("Position",), "Name", heading="Organizations"),
    "languages": _languages,
}
