"""Postings, one at a time: from files, folders, patterns, tables, archives, addresses and streams.

Inputs lead to places, each a file to open; a place holds one posting, or many.
"""

from __future__ import annotations

import gzip
import lzma
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from glob import has_magic, iglob
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from tailor.batch.record import failed, read_json_lines, read_parquet, read_table
from tailor.batch.store import file_system, is_address
from tailor.batch.values import PostingItem
from tailor.reading.files import STANDARD_INPUT, checked_bytes, read_bytes
from tailor.reading.kept import SUFFIX
from tailor.values import limits
from tailor.values.errors import PostingError

# What is taken from folders, patterns and archives; a file that is named is always taken.
DOCUMENTS: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")
COLLECTIONS: Final = (
    *(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    *(".csv", ".tsv", ".csv.gz", ".tsv.gz", ".parquet", ".zip"),
)
# Stands in the first bytes of each page that tailor wrote.
_OURS = b"<!-- urn:sha256:"
_HEAD = 200
_IS_ENCRYPTED = 0x1
_NO_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError)
_UNREADABLE = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
    NotImplementedError,  # a compression that zipfile does not know
)


def read_items(inputs: Sequence[str], *, text_column: str | None = None) -> Iterator[PostingItem]:
    """Yield the postings that `inputs` hold, in a fixed order, each as soon as it is read.

    An input is a file, a folder, a pattern, a table (CSV, Parquet, JSON lines), a zip file of
    these, an address such as ``s3://…``, or ``-`` for JSON lines on standard input. Whatever
    cannot be read is an item with an `error`, so that nothing is lost silently and the rest goes
    on; memory does not grow with the number of postings.

    Raises PostingError at once for an input that is not there, or for an address where fsspec
    is not installed.
    """
    if inputs.count(STANDARD_INPUT) > 1:
        raise PostingError("standard input can be read once; give - once")
    return _items(_find_places(inputs), text_column)


def _items(places: Places, text_column: str | None) -> Iterator[PostingItem]:
    for place in places:
        if isinstance(place, PostingItem):
            yield place
        else:
            yield from _read_place(place, text_column)


def _read_place(place: Place, text_column: str | None) -> Iterator[PostingItem]:
    """Yield the postings of one file; whatever ends its reading early becomes an item."""
    name = place.name.lower()
    if name.endswith(SUFFIX):
        return
    done = 0
    try:
        for item in _read(place, name, text_column):
            yield item
            done += 1
    except _UNREADABLE as error:
        yield _cut_off(place.name, error, done)


def _cut_off(name: str, error: Exception, done: int = 0) -> PostingItem:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    rest = f"the rest after {done} postings is not read" if done else "nothing of it is read"
    return failed(name, f"cannot be read ({said}); {rest}: save or download it again")


def _read(place: Place, name: str, text_column: str | None) -> Iterator[PostingItem]:
    plain = name.removesuffix(".gz")
    is_table = plain.endswith((".csv", ".tsv"))
    if is_table or plain.endswith((".jsonl", ".ndjson")) or place is _STANDARD_INPUT:
        read = read_table if is_table else read_json_lines
        # Unpacked without a buffer more, which would lose what came before a damage.
        with place.open() as file, gzip.GzipFile(fileobj=file) if name != plain else file as stream:
            yield from read(cast("IO[bytes]", stream), place.name, text_column)
    elif name.endswith(".parquet"):
        with place.open() as stream:
            yield from read_parquet(stream, place.name, text_column)
    elif name.endswith(".zip"):
        with place.open() as stream:
            yield from _items(_find_members(stream, place.name), text_column)
    else:
        yield _document(place)


def _document(place: Place) -> PostingItem:
    """Return a file that is one posting; its format is told later, by what is in it."""
    try:
        if place.path:
            return PostingItem(place.name, read_bytes(Path(place.path), "posting"))
        with place.open() as stream:
            content = stream.read(limits.in_force().file + 1)
        return PostingItem(place.name, checked_bytes(content, place.name, "posting"))
    except PostingError as error:
        return PostingItem(place.name, b"", error=str(error))


# Places


@dataclass(frozen=True, slots=True)
class Place:
    """One file: the name that messages give it, and how to open it.

    `path` is "" for what is not on this machine.
    """

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    path: str = ""


# What cannot be read is a posting already, which says why.
Places = Iterator[Place | PostingItem]


def _standard_input() -> AbstractContextManager[IO[bytes]]:
    if sys.stdin is None:  # closed by whoever started the process
        raise PostingError("standard input: is closed; name the file of postings instead")
    return nullcontext(sys.stdin.buffer)


_STANDARD_INPUT = Place("standard input", _standard_input)


def _find_places(inputs: Sequence[str]) -> Places:
    """Yield the files that `inputs` name, in their order; a folder's sorted, whole and deep.

    From folders and patterns only known formats are taken, and no hidden files nor what tailor
    wrote itself. A file that two inputs name comes once. Raises PostingError, before anything
    is opened, for an input that is not there.
    """
    places = chain.from_iterable([_one(given) for given in inputs])
    return _once(places) if len(inputs) > 1 else places


def _is_known(name: str) -> bool:
    """Return whether the file `name` of a folder or archive may be a posting, or hold some."""
    path = PurePosixPath(name)
    if any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in path.parts):
        return False
    return path.name.lower().endswith(DOCUMENTS + COLLECTIONS)


def _once(places: Places) -> Places:
    seen = set()
    for place in places:
        path = place.path if isinstance(place, Place) else ""
        # A number in place of a path, since there may be a million.
        key = hash(str(Path(path).resolve()) if path else place.name)
        if key not in seen:
            seen.add(key)
            yield place


def _one(given: str) -> Places:
    if given == STANDARD_INPUT:
        return iter([_STANDARD_INPUT])
    if is_address(given):
        return _at_url(given)
    path = Path(given)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        return iter([_file(path)])
    if has_magic(given):
        matches = (Path(match) for match in sorted(iglob(given, recursive=True)))  # noqa: PTH207 - Path.glob takes no whole paths
        files = [path for path in matches if path.is_file() and _is_known(path.name)]
        if files:
            return (_file(path) for path in files if not is_own_file(path))
        raise PostingError(f"{given}: no posting matches; check the pattern")
    raise PostingError(f"{given}: no such file or folder; check the path of the postings")


def _file(path: Path) -> Place:
    return Place(path.as_posix(), lambda: path.open("rb"), str(path))


def _in_folder(folder: Path) -> Places:
    """Yield the files below `folder`, one folder held at a time; links to folders stay unread."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield _cut_off(folder.as_posix(), error)
        return
    if is_own_file(folder / "index.html"):
        return
    for path in inside:
        if path.name.startswith((".", "~$")):  # Word keeps such a file beside one that is open
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _in_folder(path)
        elif _is_known(path.name) and path.is_file() and not is_own_file(path):
            yield _file(path)


def is_own_file(path: Path) -> bool:
    """Return whether tailor wrote `path`: a page that says so, or an unchanged document."""
    from tailor.document.output import is_ours_unchanged  # noqa: PLC0415 - lxml comes with it

    suffix = path.suffix.lower()
    try:
        if suffix in {".html", ".htm"}:
            with path.open("rb") as file:
                return _OURS in file.read(_HEAD)
        return suffix in {".docx", ".pdf"} and is_ours_unchanged(path)
    except OSError:
        return False  # its reader will say what is wrong


def _at_url(given: str) -> Iterator[Place]:
    system, path = file_system(given, PostingError)
    try:
        if has_magic(path):
            paths = [
                match for match in sorted(system.glob(path)) if _is_known(match.rpartition("/")[2])
            ]
        elif system.isdir(path):
            paths = [below for below in sorted(system.find(path)) if _is_known(below[len(path) :])]
        else:
            paths = [path] if system.exists(path) else []
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise PostingError(
            f"{given}: cannot be read ({error}); check the address and what it needs installed"
        ) from error
    if not paths:
        raise PostingError(f"{given}: nothing there; check the address")
    return (
        Place(system.unstrip_protocol(path), partial(system.open, path, "rb")) for path in paths
    )


# In a zip file


def _find_members(stream: IO[bytes], name: str) -> Places:
    """Yield the postings in the zip file `stream`, sorted by name, as ``name/member``.

    Known formats only, as from folders. What may not be read is an item with an error: a member
    with a password, one whose name leads out of the archive, an archive in the archive, and all
    that lies beyond the bounds of `tailor.values.limits`.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _NO_ZIP:
        yield failed(name, "is a damaged zip file; save or download it again")
        return
    with archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        if len(members) > limits.in_force().members:
            most, ways = limits.spelt("members"), limits.ways_out("members")
            yield failed(name, f"holds more than {most} files; unpack it, give the folder, {ways}")
            return
        size = 0
        for member in members:
            if member.is_dir() or not _is_known(member.filename):
                continue
            size += member.file_size
            if size > limits.in_force().unpacked:
                limit = limits.spelt("unpacked")
                yield failed(
                    f"{name}/{member.filename}",
                    f"unpacks to more than {limit} with those before it; it and all after it are"
                    " not read: unpack the archive and give the folder, "
                    f"{limits.ways_out('unpacked')}",
                )
                return
            yield _member(archive, member, name)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Place | PostingItem:
    inside = f"{name}/{member.filename}"
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in path.parts[0]:
        return failed(inside, "its name leads out of the archive, so it is not read; rename it")
    if member.filename.lower().endswith(".zip"):
        return failed(inside, "an archive in an archive, which is not read; unpack it")
    if member.flag_bits & _IS_ENCRYPTED:
        return failed(inside, "is encrypted; save it without a password")
    # The stream ends at the size that the directory declares, whatever is packed.
    return Place(inside, partial(archive.open, member))
