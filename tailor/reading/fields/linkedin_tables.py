"""The tables of a LinkedIn data export: CSV files in a zip, read within bounds.

Only tables about the person's career are opened. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tailor.reading.files import Content, decode
from tailor.reading.limits import TEXT_BYTES, UNPACKED_BYTES, ZIP_MEMBERS

_IS_ENCRYPTED = 0x1
_MEGABYTE = 1024 * 1024
_DAMAGED = "is a damaged zip file; download the export again"
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
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise content.error(_DAMAGED) from None
    with archive:
        members = archive.infolist()
        if len(members) > ZIP_MEMBERS:
            raise content.error(
                f"holds more than {ZIP_MEMBERS:,} files, so it is hardly an export; give another"
            )
        return _read(archive, members, content)


def _read(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], content: Content
) -> dict[str, list[Table]]:
    tables: dict[str, list[Table]] = {}
    seen: set[tuple[str, bytes]] = set()
    left = UNPACKED_BYTES
    for member in members:
        file = re.split(r"[/\\]", member.filename)[-1]
        name = _table_name(file)
        if not name:
            continue
        data = _unpack(archive, member, file, content)
        left -= len(data)
        if left < 0:
            raise content.error(
                f"holds over {UNPACKED_BYTES // _MEGABYTE} MB once unpacked, so it is hardly an "
                "export; give another file"
            )
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


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, content: Content
) -> bytes:
    if member.flag_bits & _IS_ENCRYPTED:
        raise content.error("is encrypted; save it without a password and give that")
    try:
        with archive.open(member) as stream:
            data = stream.read(TEXT_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise content.error(_DAMAGED) from None
    if len(data) > TEXT_BYTES:
        raise content.error(
            f"{file} in it is larger than {TEXT_BYTES // _MEGABYTE} MB; give another file"
        )
    return data


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
