"""The index of a batch: the same rows as a table, as JSON lines and as HTML pages.

A page opens from disk and asks the network for nothing. Whatever postings and CVs say is shown
as text: cleaned, escaped wherever it is printed, and never part of a script. Links lead to files
below the page only. What the postings ask for and the CV lacks is a table of its own.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import TextIOWrapper
from itertools import islice
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, BinaryIO, Final, NamedTuple, cast
from urllib.parse import quote

from tailor.batch.own_status import (
    STATUS_NAME,
    USUAL,
    OwnStatuses,
    begin_statuses,
    name_of,
    read_statuses,
)
from tailor.batch.state import State
from tailor.batch.values import EVIDENCE, Row, Status
from tailor.document.output import is_ours_unchanged, write_together
from tailor.document.package import PLACEHOLDER, seal_text
from tailor.matching.ask import Importance
from tailor.matching.name import other_names
from tailor.values.cleaning import clean_text
from tailor.values.errors import OutputError

CSV_NAME: Final = "index.csv"
JSON_NAME: Final = "index.jsonl"
PAGE_NAME: Final = "index.html"
GAPS_NAME: Final = "gaps.csv"
SHOWN: Final = 5_000  # rows of a page
PAGES: Final = 20  # what they do not hold is in the other two, which hold all

_COLUMNS = (
    *("rank", "status", "title", "company", "place", "required", "partly", "required_of"),
    *("preferred", "preferred_of", "duties", "duties_of", "gaps"),
    *("pages", "folder", "files", "posting", "cv", "same_as", "error", "number", "your_status"),
)
# A cell that begins so, or a part of it after what separates cells elsewhere, is a formula to some
# program; the wide forms are to some as well.
_FORMULA = re.compile(r'(^|[;|])([\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])')
_PLAIN = re.compile(r"[\w/#(][\w ./:#,()&-]*", re.ASCII)  # most cells: nothing to do
_LATER_NAME = re.compile(r"index-[1-9]\d*\.html")
_DIGESTS = re.compile(rb'<meta name="tailor-index" content="((?:[0-9a-f]{64} ?){3})">')
_LARGEST = 15_000_000  # bytes of a page; beyond 16 MB it would not be known as ours
_HEAD = 4_000  # bytes of the page within which they stand

_GAPS_SHOWN = 12
_AT_ONCE = 200  # rows that the page shows before it is asked for more
_LONGEST = 400  # characters of a text on the page
_KINDS = {".docx": "Word", ".pdf": "PDF", ".html": "Report", ".md": "Markdown"}
_WORDS = {
    Status.WRITTEN: "written",
    Status.INDEXED: "counted only",
    Status.DUPLICATE: "posted twice",
    Status.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """Where the index lies; `later` are the second page and those after it.

    `unknown_statuses` are the lines of ``status.txt`` that could not be used.
    """

    table: Path
    records: Path
    gaps: Path
    page: Path
    later: tuple[Path, ...] = ()
    unknown_statuses: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """All of them, the first page last."""
        return self.table, self.records, self.gaps, *self.later, self.page


def write_index(
    folder: Path, state: State, *, shown: int = SHOWN, pages: int = PAGES, force: bool = False
) -> IndexFiles:
    """Write ``index.csv``, ``index.jsonl``, ``gaps.csv``, ``index.html`` into `folder`, or none.

    They hold the rows of this run in the order that `state` gives them. The page holds `shown` of
    them, the first of each kind, the others are on ``index-2.html`` and so on, up to so many
    `pages`. The index of an earlier run is replaced, unless somebody edited it. The same rows give
    the same bytes. What ``status.txt`` there says is shown, never changed.

    Raises OutputError as `check_index` does, and where the folder cannot be written to.
    """
    check_index(folder, force=force)
    own = read_statuses(folder)
    counts = state.counts()
    count = min(-(-counts.total() // shown), pages)
    files = replace(
        _files(folder), later=tuple(folder / _page_name(number) for number in range(2, count + 1))
    )
    with write_together(files.all) as (table, records, gaps, *later, page):
        lacking = Lacking()
        _write_rows(state, table, records, own, lacking)
        shortages = lacking.shortages()
        _write_table(gaps, _GAP_COLUMNS, shortages)
        for stream in (table, records, gaps):
            stream.flush()  # their digests are those of the files
        same: dict[str, object] = {
            "total": counts.total(),
            "counts": [(s, _WORDS[s], counts[s]) for s in Status if counts[s]],
            "has_cvs": state.cvs() > 1,
            "pages": [(number, f"./{_page_name(number)}") for number in range(1, count + 1)],
            "digests": " ".join(_digest(Path(one.name)) for one in (table, records, gaps)),
        }
        first = state.first_rows(shown)
        _print(page, first, own, same | {"number": 1, "shortages": _worth_showing(shortages)})
        others = state.other_rows(shown)
        for number, stream in enumerate(later, 2):
            rows = list(islice(others, shown))
            _print(stream, rows, own, same | {"number": number, "shortages": ()})
    for path in _later_pages(folder):
        if path not in files.later and is_ours_unchanged(path):
            path.unlink()
    begin_statuses(folder)
    return replace(files, unknown_statuses=own.unknown)


def _page_name(number: int) -> str:
    return PAGE_NAME if number == 1 else f"index-{number}.html"


def _later_pages(folder: Path) -> list[Path]:
    """Return the pages after the first that lie in `folder`."""
    if not folder.is_dir():
        return []
    return [path for path in folder.glob("index-*.html") if _LATER_NAME.fullmatch(path.name)]


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
            ours = tuple(found[1].split()) if found else ()
        for path in _later_pages(folder):
            if not is_ours_unchanged(path):
                raise _not_ours(path)
        for path in (files.table, files.records, files.gaps):
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
    return IndexFiles(folder / CSV_NAME, folder / JSON_NAME, folder / GAPS_NAME, folder / PAGE_NAME)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_rows(
    state: State, table: IO[bytes], records: IO[bytes], own: OwnStatuses, lacking: Lacking
) -> None:
    """Write all rows as a table and as records, and count what they lack: each is read once."""

    def rows() -> Iterator[list[object]]:
        for rank, line in enumerate(state.lines(), 1):
            records.write(f"{line}\n".encode())
            record = json.loads(line)
            row = Row.from_record(record)
            lacking.add(row)
            record |= {"rank": rank, "your_status": own.of(row)}
            record["files"] = " | ".join(record["files"])
            record["gaps"] = "; ".join(gap["text"] for gap in record["gaps"])
            yield [record[column] for column in _COLUMNS]

    _write_table(table, _COLUMNS, rows())


def _write_table(
    stream: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    # With the mark at the start, which tells spreadsheets that this is UTF-8.
    text = TextIOWrapper(cast("BinaryIO", stream), "utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    finally:
        text.detach()


def _cell(value: object) -> object:
    """Return what a spreadsheet shows as it is: one line, and never a formula.

    An apostrophe goes before what would be one.
    """
    if not isinstance(value, str) or not value or _PLAIN.fullmatch(value):
        return value
    return _FORMULA.sub(r"\1\2'", " ".join(clean_text(value).split()))


# The page


def _print(
    stream: IO[bytes], rows: Sequence[Row], own: OwnStatuses, values: Mapping[str, object]
) -> None:
    """Write a page of `rows` to `stream`, fewer of them where their texts are no titles."""
    from tailor.report.html import render  # noqa: PLC0415 - Jinja comes with it

    content = render(
        "index",
        rows=rows,
        view=_View(rows, own),
        usual_statuses=USUAL,
        status_file=STATUS_NAME,
        at_once=_AT_ONCE,
        has_pages=any(row.pages for row in rows),
        has_places=any(row.place for row in rows),
        has_files=any(row.files for row in rows),
        fingerprint=PLACEHOLDER,
        **values,
    )
    if rows and len(content.encode()) > _LARGEST:
        _print(stream, rows[: len(rows) // 2], own, values)
    else:
        stream.write(seal_text(content))


def _worth_showing(shortages: Sequence[Shortage]) -> Sequence[Shortage]:
    """Return the first gaps: those that several postings ask for, of one CV."""
    if len({gap.cv for gap in shortages}) != 1:
        return ()
    return [gap for gap in shortages if gap.asked_by > 1][:_GAPS_SHOWN]


class _View:
    """What the template asks for beside the rows."""

    def __init__(self, rows: Sequence[Row], own: OwnStatuses) -> None:
        self.own = own.of
        self.named = name_of
        self._first = {(row.posting, row.cv): row for row in rows if row.folder or row.files}
        self._named = Counter((row.title, row.company, row.cv) for row in rows)

    def brief(self, text: str) -> str:
        """Return a text that somebody else wrote, no longer than a page of many rows can bear."""
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def name(self, row: Row) -> str:
        """Return what to call a posting."""
        return self.brief(row.title or PurePosixPath(row.posting).name)

    def tells_source(self, row: Row) -> bool:
        """Return whether the file of a posting tells more than its title: what is not unique."""
        alike = self._named[row.title, row.company, row.cv] > 1
        return row.status is Status.FAILED or (alike and self.name(row) != row.posting)

    def reason(self, row: Row) -> str:
        """Return why a row failed, without the name, which stands above it."""
        reason = row.error.removeprefix(f"{row.posting}: ")
        return self.brief(reason[:1].upper() + reason[1:])

    def links(self, row: Row) -> list[tuple[str, str]]:
        """Return words and address of each document; a duplicate has those of the first."""
        if row.status is Status.DUPLICATE and not row.files:
            row = self._first.get((row.same_as, row.cv), row)
        paths = (PurePath(row.folder, file) for file in row.files if file != EVIDENCE)
        safe = [path for path in paths if not path.is_absolute() and ".." not in path.parts]
        kinds = [_KINDS.get(path.suffix.lower(), path.name) for path in safe]
        links = []
        for kind, path in zip(kinds, safe, strict=True):
            # With the dot no name can be taken for a protocol.
            address = "./" + quote(path.as_posix().encode("utf-8", "surrogateescape"))
            links.append((kind if kinds.count(kind) == 1 else path.name, address))
        return links


# What the postings ask for and the CV lacks

_GAP_COLUMNS = ("gap", "asked_by", "required_by", "of", "your_cv", "cv")


class Shortage(NamedTuple):
    """One thing that postings ask for and a CV lacks: the values of `_GAP_COLUMNS`.

    `asked_by` of the `of` postings ask for it, `required_by` of these insist on it. `said` is what
    the CV says: that it is not there, or what is near it.
    """

    name: str
    asked_by: int
    required_by: int
    of: int
    said: str
    cv: str


class Lacking:
    """What is lacking over all rows, as far as they were told; other names of one thing are one.

    Rows without figures, and what repeats another posting, do not count.
    """

    def __init__(self) -> None:
        self._of: Counter[str] = Counter()
        self._spelt: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._required: Counter[tuple[str, str]] = Counter()
        self._said: dict[tuple[str, str], str] = {}

    def add(self, row: Row) -> None:
        """Count what a row lacks."""
        if row.answered is None or row.status is Status.DUPLICATE:
            return
        self._of[row.cv] += 1
        seen = {(row.cv, same_thing(gap.text)): gap for gap in reversed(row.gaps)}
        for key, gap in seen.items():
            self._required[key] += gap.importance == Importance.REQUIRED
            self._spelt[key][gap.text] += 1
            self._said.setdefault(key, gap.said)

    def shortages(self) -> list[Shortage]:
        """Return what is lacking, what most postings ask for first."""
        found = [
            Shortage(
                max(spelt, key=lambda name: (spelt[name], name)),
                spelt.total(),
                self._required[cv, thing],
                self._of[cv],
                self._said[cv, thing],
                cv,
            )
            for (cv, thing), spelt in self._spelt.items()
        ]
        return sorted(found, key=lambda gap: (-gap.asked_by, -gap.required_by, gap.name, gap.cv))


@lru_cache(maxsize=20_000)
def same_thing(name: str) -> str:
    """Return what all names of one thing share."""
    low = name.casefold()
    return min({low, *other_names(low)})
