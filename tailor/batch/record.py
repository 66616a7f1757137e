"""Records -> postings: JSON lines, tables (CSV) and Parquet files, one posting a record.

One record is held at a time. What is wrong with a record is its posting's error, so that the rest
goes on.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import IO, Any, Final
from zipfile import ZipExtFile

from tailor.batch.values import PostingItem
from tailor.reading.encodings import decode_text
from tailor.values import limits
from tailor.values.cleaning import clean_text
from tailor.values.errors import PostingError, not_installed

TEXT_FIELDS: Final = ("text", "description", "job_description", "posting")
_TITLE: Final = ("title", "job_title")
_COMPANY: Final = ("company", "employer", "company_name")
_PLACE: Final = ("place", "location")
_ID: Final = ("id",)
# What programs write for an empty cell.
_NOTHING: Final = frozenset({"none", "null", "nan", "n/a", "<na>"})
_LONGEST = 200  # characters of a title, company, place or id that are kept
_LISTED = 12  # fields that a message lists
_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_SEPARATORS = ",;\t|"
_SAID_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's way
_ROWS_AT_ONCE = 256
_NO_TEXT = "holds bytes that are no text; save the file with its texts as UTF-8"


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a source hold what, by their names there; "" for what it does not hold."""

    text: str
    title: str
    company: str
    place: str
    id: str

    @classmethod
    def among(cls, names: Sequence[str], text_column: str | None) -> Fields:
        """Find the fields among `names`; large letters, blanks and hyphens do not matter.

        Raises PostingError, with the names, if there is no field with a text.
        """
        plain = {_plain(name): name for name in reversed(names)}
        if text_column is None:
            text = _first(TEXT_FIELDS, plain)
        else:
            text = text_column if text_column in names else plain.get(_plain(text_column), "")
        if not text:
            wanted = f'"{text_column}"' if text_column else f"any of {', '.join(TEXT_FIELDS)}"
            raise PostingError(
                f"no column for the posting's text: {wanted} is not among {_listed(names)};"
                " name the column with --text-column"
            )
        rest = (_first(known, plain) for known in (_TITLE, _COMPANY, _PLACE, _ID))
        return cls(text, *rest)

    def item(self, name: str, record: Mapping[str, object]) -> PostingItem:
        """Return the posting that `record` holds, or an item that says what is wrong with it.

        The record's id is appended to `name`.
        """
        title, company, place = (
            _said(record.get(field)) for field in (self.title, self.company, self.place)
        )
        identity = _said(record.get(self.id))
        name = f"{name}:{identity}" if identity else name
        text = record.get(self.text)
        content = _whole_characters(text).encode() if isinstance(text, str) else text
        if content is None or (isinstance(content, bytes) and not content.strip()):
            error = f'"{self.text}" is empty; give the posting\'s text'
        elif not isinstance(content, bytes):
            error = f'"{self.text}" is no text but {type(text).__name__}; give the posting\'s text'
        elif len(content) > limits.in_force().text:
            error = (
                f"longer than {limits.spelt('text')}, so hardly a posting; give its text, "
                f"{limits.ways_out('text')}"
            )
        else:
            return PostingItem(name, content, title, company, place, identity)
        return failed(name, error, title, company, place, identity)


def failed(
    name: str, reason: str, title: str = "", company: str = "", place: str = "", identity: str = ""
) -> PostingItem:
    """Return the item of a posting that cannot be read; `reason` without the name."""
    return PostingItem(name, b"", title, company, place, identity, f"{name}: {reason}")


def _first(known: Sequence[str], plain: Mapping[str, str]) -> str:
    return next((plain[name] for name in known if name in plain), "")


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(clean_text(_whole_characters(name))[:40] for name in names[:_LISTED])
    more = len(names) - _LISTED
    return (shown or "none at all") + (f" and {more} more" if more > 0 else "")


def _said(value: object) -> str:
    """Return a title, company, place or id in one line, whatever type it has."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or value != value:  # noqa: PLR0124 - no number
        return ""
    # A whole number may be larger than any that has a point.
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    said = " ".join(clean_text(_whole_characters(text[: 2 * _LONGEST])).split())[:_LONGEST]
    return "" if said.casefold() in _NOTHING else said


def _whole_characters(text: str) -> str:
    """Return `text` without halves of characters, which JSON can hold and files cannot."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# JSON lines: one object a line


def read_json_lines(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each line of `stream` that is not blank, named ``name:line``.

    A line that is no posting is an item with an error. One line is held at a time.
    """
    number = 0
    longest = longest_line()
    while line := stream.readline(longest + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > longest:
            skip_line(stream, line)
            size, ways = limits.spelt("text", longest), limits.ways_out("text")
            yield failed(place, f"the line is longer than {size}; give the posting's text, {ways}")
            continue
        if number == 1:
            line = line.removeprefix(_MARK)
        if line.strip():
            yield _record(line, place, text_column)


def _record(line: bytes, place: str, text_column: str | None) -> PostingItem:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return failed(place, f"not UTF-8 at byte {error.start + 1} of the line; save it as UTF-8")
    except RecursionError:
        return failed(place, "nested too deeply; give an object with a text")
    except ValueError as error:  # no JSON, or a number of thousands of digits
        said = getattr(error, "msg", "a number is too long")
        column = getattr(error, "colno", 1)
        return failed(place, f"no JSON ({said}, column {column}); mend the line")
    if not isinstance(record, dict):
        return failed(place, 'no JSON object; write {"text": "…"}')
    try:
        fields = Fields.among(list(record), text_column)
    except PostingError as error:
        return failed(place, str(error))
    return fields.item(place, record)


def longest_line() -> int:
    """Return the bytes of the longest text, each letter escaped, and of the fields around it."""
    return 8 * limits.in_force().text


def skip_line(stream: IO[bytes], start: bytes) -> None:
    """Read on to the end of a line that began with `start`."""
    while start and not start.endswith(b"\n"):
        start = stream.readline(longest_line())


# Tables: a CSV file with a header


def read_table(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each row of `stream`, named ``name:row`` as a spreadsheet counts.

    The header is row 1. The separator is the one that stands most often in the header: comma,
    semicolon, tab or bar. A row that is no posting is an item with an error; so is a file
    without a column of texts. One row is held at a time.
    """
    try:
        rows = Rows(stream)
        header = next(iter(rows), None) or []
        fields = Fields.among(header, text_column)
    except PostingError as error:
        yield failed(name, str(error))
        return
    for cells in rows:
        place = f"{name}:{rows.number}"
        if cells is None:
            yield failed(place, rows.reason)
        elif cells:
            yield _row(place, header, cells, fields)


def _row(place: str, header: list[str], cells: list[str], fields: Fields) -> PostingItem:
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        return failed(
            place,
            f"has {len(cells)} cells where the header has {len(header)};"
            " put texts that hold the separator or line breaks into quotes",
        )
    return fields.item(place, dict(zip(header, cells, strict=True)))


def _longest_cell() -> int:
    """Return more than any posting has, so that a cell which is too long fails alone."""
    return 2 * limits.in_force().text


class Rows:
    """The rows of a CSV file one by one; None for one that cannot be read, with its `reason`."""

    def __init__(self, stream: IO[bytes]) -> None:
        # The limit is the process's; it is only ever raised.
        csv.field_size_limit(max(_longest_cell(), csv.field_size_limit()))
        self.number = 0
        self.reason = ""
        self._stream = stream
        self._at_end = False
        lines = self._lines()
        first = next(lines, "")
        said = _SAID_SEPARATOR.fullmatch(first)
        if said:
            self.number = 1
            first, separator = next(lines, ""), said[1]
        else:
            separator = max(_SEPARATORS, key=first.count)
        self._reader = csv.reader(chain([first], lines), delimiter=separator)

    def __iter__(self) -> Iterator[list[str] | None]:
        while True:
            self.number += 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                size = limits.spelt("text", _longest_cell())
                self.reason = f"is no row of a CSV file ({error}); no cell may exceed {size}"
                yield None
                continue
            # The parser asks for another line only inside quotes.
            if self._at_end and cells:
                self.reason = "a quotation mark is not closed, up to the file's end; close it"
                yield None
            elif any(_NOT_UTF8.search(cell) for cell in cells):
                yield self._decoded(cells)
            else:
                yield cells

    def _decoded(self, cells: list[str]) -> list[str] | None:
        """Return the cells of a row that is not UTF-8, None if they are no text."""
        decoded = [decode_text(cell.encode("utf-8", "surrogateescape")) for cell in cells]
        found = [cell for cell in decoded if cell is not None]
        self.reason = "holds bytes that are no text; save the file as CSV UTF-8"
        return found if len(found) == len(decoded) else None

    def _lines(self) -> Iterator[str]:
        longest = longest_line()
        start = self._stream.readline(longest)
        if start.startswith(_WIDE_MARKS):
            raise PostingError("saved as UTF-16; save it as CSV UTF-8")
        line = start.removeprefix(_MARK)
        while line:
            yield line.decode("utf-8", "surrogateescape")
            if len(line) == longest:
                skip_line(self._stream, line)
            line = self._stream.readline(longest)
        self._at_end = True


# Parquet files


def read_parquet(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each row of `stream`, named ``name:row`` from 1.

    A file that is damaged or has no column of texts is one item with an error. A few hundred
    rows of the columns that count are held at a time. Without pyarrow, that is the error.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        yield failed(name, not_installed("Parquet files need pyarrow", "parquet"))
        return
    row = 0
    try:
        if isinstance(stream, ZipExtFile):  # which goes back to its start for each step back
            stream = BytesIO(stream.read(limits.in_force().unpacked))
        # Without these, all columns of the file are held.
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=limits.MEGABYTE)
        fields = Fields.among(file.schema_arrow.names, text_column)
        wanted = [fields.text, fields.title, fields.company, fields.place, fields.id]
        columns = [column for column in wanted if column]
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for record in _parquet_rows(batch):
                row += 1
                place = f"{name}:{row}"
                yield fields.item(place, record) if record else failed(place, _NO_TEXT)
    except PostingError as error:
        yield failed(name, str(error))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        place = f"{name}:{row + 1}" if row else name
        yield failed(place, f"no whole Parquet file ({said}); the rest is not read, save it again")


def _parquet_rows(batch: Any) -> Iterator[dict[str, object] | None]:  # noqa: ANN401 - pyarrow has no types
    """Yield the rows; None for one whose text is none."""
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        for number in range(batch.num_rows):
            try:
                yield from batch.slice(number, 1).to_pylist()
            except UnicodeDecodeError:
                yield None
    else:
        yield from rows
