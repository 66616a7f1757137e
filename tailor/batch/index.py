"""The index of a batch: the same rows as a table, as JSON lines and as a page."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final

from tailor.batch.sorted_rows import SortedRows
from tailor.batch.values import Row
from tailor.document.output import is_ours_unchanged, write_together
from tailor.document.package import PLACEHOLDER, seal_text
from tailor.values.cleaning import clean_text
from tailor.values.errors import OutputError

CSV_NAME: Final = "index.csv"
JSON_NAME: Final = "index.jsonl"
PAGE_NAME: Final = "index.html"
SHOWN: Final = 2_000  # rows of the page; the other two hold all

_COLUMNS = (
    *("rank", "fit", "status", "title", "company", "place"),
    *("required", "required_of", "preferred", "preferred_of"),
    *("pages", "folder", "files", "posting", "cv", "same_as", "error", "number"),
)
# A cell that begins so, or a part of it after what separates cells elsewhere, is a formula to some
# program; the wide forms are to some as well.
_FORMULA = re.compile(r'(^|[;|])([\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])')
_PLAIN = re.compile(r"[\w/#(][\w ./:#,()&-]*", re.ASCII)  # most cells: nothing to do
_DIGESTS = re.compile(rb'<meta name="tailor-index" content="([0-9a-f]{64}) ([0-9a-f]{64})">')
_LARGEST = 15_000_000  # bytes of the page; beyond 16 MB it would not be known as ours
_HEAD = 4_000  # bytes of the page within which they stand


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """Where the index lies."""

    table: Path
    records: Path
    page: Path


def write_index(
    folder: Path, rows: Iterable[Row], *, shown: int = SHOWN, force: bool = False
) -> IndexFiles:
    """Write ``index.csv``, ``index.jsonl`` and ``index.html`` into `folder`: all three or none.

    The best fit comes first, failed rows last; the page holds the `shown` first rows. The index
    of an earlier run is replaced, unless somebody edited it. `rows` may come in any order and is
    gone through once; a million rows take 40 bytes each. The same rows give the same bytes.

    Raises OutputError as `check_index` does, and where the folder cannot be written to.
    """
    from tailor.batch.index_page import render_page  # noqa: PLC0415 - Jinja comes with it

    check_index(folder, force=force)
    files = _files(folder)
    with (
        write_together([files.table, files.records, files.page]) as (table, records, page),
        closing(SortedRows(rows, folder)) as ordered,
    ):
        table_seal, records_seal = _Sealed(table), _Sealed(records)
        _write_rows(ordered, table_seal, records_seal)
        digests = f"{table_seal.digest} {records_seal.digest}"
        best = list(islice(ordered, shown))
        content = render_page(best, ordered.counts, ordered.cvs, PLACEHOLDER, digests)
        while len(content.encode()) > _LARGEST and best:  # of titles that are no titles
            best = best[: len(best) // 2]
            content = render_page(best, ordered.counts, ordered.cvs, PLACEHOLDER, digests)
        page.write(seal_text(content))
    return files


def check_index(folder: Path, *, force: bool = False) -> None:
    """Raise OutputError if `write_index` would overwrite what it did not write, or was edited.

    For the beginning of a long run.
    """
    if force:
        return
    files = _files(folder)
    ours: tuple[bytes, ...] = ()
    try:
        if files.page.exists():
            if not is_ours_unchanged(files.page):
                raise _not_ours(files.page)
            with files.page.open("rb") as stream:
                found = _DIGESTS.search(stream.read(_HEAD))
            ours = found.groups() if found else ()
        for path in (files.table, files.records):
            if path.exists() and _digest(path).encode() not in ours:
                raise _not_ours(path)
    except OSError as error:
        raise OutputError(
            f"{folder}: the index there cannot be read ({error.strerror}); choose another folder"
        ) from error


def _not_ours(path: Path) -> OutputError:
    return OutputError(
        f"{path}: was edited, or was not written by tailor; rename it, choose another folder, or"
        " overwrite it with --force"
    )


def _files(folder: Path) -> IndexFiles:
    return IndexFiles(folder / CSV_NAME, folder / JSON_NAME, folder / PAGE_NAME)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Sealed:
    """Counts the digest of what is written to a file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def write(self, text: str) -> None:
        content = text.encode()
        self._digest.update(content)
        self._stream.write(content)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def _write_rows(rows: SortedRows, table: _Sealed, records: _Sealed) -> None:
    # The mark at the start tells spreadsheets that this is UTF-8.
    table.write("\ufeff")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for rank, line in enumerate(rows.lines(), 1):
        records.write(line + "\n")
        record = json.loads(line)
        record["rank"] = rank
        record["files"] = " | ".join(record["files"])
        writer.writerow([_cell(record[column]) for column in _COLUMNS])


def _cell(value: object) -> object:
    """Return what a spreadsheet shows as it is: one line, and never a formula.

    An apostrophe goes before what would be one.
    """
    if not isinstance(value, str) or not value or _PLAIN.fullmatch(value):
        return value
    return _FORMULA.sub(r"\1\2'", " ".join(clean_text(value).split()))
