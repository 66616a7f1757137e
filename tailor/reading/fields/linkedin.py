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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from tailor.reading.field import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
    typed_lines,
)
from tailor.reading.fields.data import Value
from tailor.reading.fields.draft import Draft
from tailor.reading.fields.items import Dated, Item, Labelled, section_of
from tailor.reading.fields.model import Line, fit
from tailor.reading.files import Content, Unpacking, decode
from tailor.reading.lines import clean_text
from tailor.values.cv import Contact, ContactKind, Cv, SectionKind

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
# The sections that tables become, in their order; with a heading where the usual one is not right.
_SECTIONS = {
    "positions": (SectionKind.EXPERIENCE, ""),
    "education": (SectionKind.EDUCATION, ""),
    "projects": (SectionKind.PROJECTS, ""),
    "skills": (SectionKind.SKILLS, ""),
    "certifications": (SectionKind.CERTIFICATES, ""),
    "publications": (SectionKind.PUBLICATIONS, ""),
    "patents": (SectionKind.PUBLICATIONS, "Patents"),
    "honors": (SectionKind.AWARDS, ""),
    "courses": (SectionKind.CERTIFICATES, "Courses"),
    "testscores": (SectionKind.OTHER, "Test Scores"),
    "volunteering": (SectionKind.VOLUNTEERING, ""),
    "organizations": (SectionKind.OTHER, "Organizations"),
    "languages": (SectionKind.LANGUAGES, ""),
}
# What the columns are to an item of a section.
_KEYS = {
    column: key
    for key, columns in {
        "title": "Title,Name,Role,Position,Degree Name",
        "number": "Number,Patent Number,Score,Field Of Study",
        "by": "Company Name,School Name,Authority,Publisher,Application Number",
        "description": "Description,Notes,License Number",
        "summary": "Activities",
        "courses": "Cause,Filed On",
        "level": "Proficiency",
        "location": "Location",
        "url": "Url",
        "date": "Issued On,Published On,Tested On",
        "start_date": "Started On,Start Date",
        "end_date": "Finished On,End Date",
    }.items()
    for column in columns.split(",")
}
_LABELLED_COLUMNS = frozenset({"License Number", "Cause", "Filed On"})  # with their names before
_LISTS = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES})
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

    `file` and `number`, counted from the top of the file, name it; `known` is false if no row of
    the file is the header of such a table.
    """

    file: str
    number: int
    cells: dict[str, str]
    known: bool = True

    def where(self, column: str) -> str:
        """Return what messages call a cell."""
        return f"{self.file} row {self.number}, {clean_text(column)}"

    def take(self, column: str) -> str:
        """Return a cell in one line; "" where there is none."""
        return clean_text(self.cells.pop(column, ""))

    def take_lines(self, column: str) -> list[str]:
        """Return the typed lines of a cell."""
        return typed_lines(self.cells.pop(column, ""))


def read_linkedin(content: Content) -> Cv:
    """Return the CV that the tables of an export say.

    Raises CvError for a damaged zip, one beyond the limits, and an export without the
    person's name, or without any position, degree or project.
    """
    draft = Draft(content, markdown=False)
    tables = _read_tables(content)

    def rows(name: str) -> Iterator[Row]:
        """Yield the rows of a table, and keep aside what was not taken of each."""
        for row in tables.get(name, ()):
            if row.known:
                yield row
            else:
                draft.warn(row.file, "has no header that is known; its rows are kept aside")
            for column, cell in row.cells.items():
                draft.unplace(row.where(column), cell)

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
    contacts = [*_emails(rows("emailaddresses"), draft), *_phones(rows("phonenumbers")), *contacts]
    sections = [section_of(SectionKind.SUMMARY, "", summary, draft)]
    for table, (kind, heading) in _SECTIONS.items():
        items = [_item(row, table, draft) for row in rows(table)]
        sections.append(section_of(kind, heading, items, draft))
    return draft.cv(
        name,
        headline,
        contacts,
        sections=sections,
        where_name='"First Name" and "Last Name" in Profile.csv',
        where_entries="Positions.csv, Education.csv or Projects.csv",
    )


# The files

_LONGEST_CELL = 100_000  # characters


def _read_tables(content: Content) -> dict[str, list[Row]]:
    """Return the rows of an export by their tables' names; a table may come in several files.

    Raises CvError or PostingError for a damaged or encrypted zip, and for one that
    unpacks to more than the limits.
    """
    archive = Unpacking(content, "export")
    tables: dict[str, list[Row]] = {}
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
            tables.setdefault(name, []).extend(_rows(text, file, COLUMNS[name], content))
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


def _rows(text: str, file: str, columns: tuple[str, ...], content: Content) -> list[Row]:
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
        return [
            Row(file, number, {f"column {n}": cell for n, cell in enumerate(row, 1)}, known=False)
            for number, row in enumerate(rows, 1)
        ]
    names = list(_names(rows[header], columns))
    below = enumerate(rows[header + 1 :], header + 2)
    return [Row(file, number, _cells(names, row)) for number, row in below]


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


# The career


class Listed(Dated):
    """A row about the career: something with a title, perhaps a number, and who gave it."""

    head: ClassVar[tuple[str, str, str]] = ("title", "number", "by")
    title: Line = ""
    number: Line = ""
    by: Line = ""


def _item(row: Row, table: str, draft: Draft) -> Item:
    """Return what a row says; messages call its fields by their columns."""
    is_listed = _SECTIONS[table][0] in _LISTS
    own = {"Name": "label"} if is_listed else {}
    if table == "organizations":  # whose members have a position
        own = {"Name": "by"}
    where = f"{row.file} row {row.number}"
    data: dict[str, Value] = {}
    columns: dict[str, str] = {}
    for column, cell in row.cells.items():
        key = (_KEYS | own).get(column, column)
        text = f"{column}: {cell}" if column in _LABELLED_COLUMNS else cell
        data[key] = [text] if key == "courses" else text
        columns[key] = column
        if key == "date":
            draft.date(f"{where}, {column}", cell)  # is told where it is none
    row.cells.clear()
    item = fit(Labelled if is_listed else Listed, data, draft.warn, where)
    return item.called(lambda key: f"{where}, {columns.get(key, key)}")
