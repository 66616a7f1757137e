"""The tables of a LinkedIn data export: CSV files in a zip, read within bounds.

Only tables about the person's career are opened. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tailor.reading.files import Content, decode
from tailor.reading.unpacking import Unpacking

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


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `file` and `number`, counted from the top of the file, name it."""

    file: str
    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file; `known` is false if no row of it is the header of such a table."""

    rows: tuple[Row, ...]
    known: bool


def read_tables(content: Content) -> dict[str, list[Table]]:
    """Return the tables of an export by their names in `COLUMNS`; one may come in several files.

    Raises CvError or PostingError for a damaged or encrypted zip, and for one that
    unpacks to more than the limits.
    """
    archive = Unpacking(content, "export")
    tables: dict[str, list[Table]] = {}
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


def _table(text: str, file: str, columns: tuple[str, ...], content: Content) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), strict=False)
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
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
        return Table(tuple(found), known=False)
    names = list(_names(rows[header], columns))
    below = enumerate(rows[header + 1 :], header + 2)
    return Table(tuple(Row(file, number, _cells(names, row)) for number, row in below), known=True)


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
