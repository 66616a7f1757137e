"""Postings as a CSV file with a header: one posting a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from tailor.batch.json_lines import longest_line, skip_line
from tailor.batch.records import Fields, failed
from tailor.batch.values import PostingItem
from tailor.reading.encodings import decode_text
from tailor.values import limits
from tailor.values.errors import PostingError

_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_SEPARATORS = ",;\t|"
_SAID_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's way


def read_table(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each row of `stream`, named ``name:row`` as a spreadsheet counts.

    The header is row 1. The separator is the one that stands most often in the header: comma,
    semicolon, tab or bar. A row that is no posting is an item with an error; so is a file
    without a column of texts. One row is held at a time.
    """
    try:
        rows = _Rows(stream)
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
            yield _item(place, header, cells, fields)


def _item(place: str, header: list[str], cells: list[str], fields: Fields) -> PostingItem:
    if any(_NOT_UTF8.search(cell) for cell in cells):
        decoded = [decode_text(cell.encode("utf-8", "surrogateescape")) for cell in cells]
        cells = [cell for cell in decoded if cell is not None]
        if len(cells) < len(decoded):
            return failed(place, "holds bytes that are no text; save the file as CSV UTF-8")
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


class _Rows:
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
                continue
            yield cells

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
