"""Files, folders, tables, archives, addresses and standard input -> postings, one at a time."""

from __future__ import annotations

import gzip
import lzma
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final, cast

from tailor.batch.place import Place, find_members, find_places
from tailor.batch.record import failed, read_json_lines, read_parquet, read_table
from tailor.batch.values import PostingItem
from tailor.reading.files import STANDARD_INPUT, read_bytes
from tailor.values import limits
from tailor.values.errors import PostingError

SIDECAR: Final = ".tailor.toml"  # choices for the posting beside it
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
    standard = inputs.count(STANDARD_INPUT)
    if standard > 1:
        raise PostingError("standard input can be read once; give - once")
    at = inputs.index(STANDARD_INPUT) if standard else len(inputs)
    before = find_places(inputs[:at])
    after = find_places(inputs[at + 1 :])
    return _items(before, bool(standard), after, text_column)


def _items(
    before: Iterator[Place], standard: bool, after: Iterator[Place], text_column: str | None
) -> Iterator[PostingItem]:
    for place in before:
        yield from read_place(place, text_column)
    if standard:
        if sys.stdin is None:  # closed by whoever started the process
            raise PostingError("standard input: is closed; name the file of postings instead")
        yield from read_json_lines(sys.stdin.buffer, "standard input", text_column)
    for place in after:
        yield from read_place(place, text_column)


def read_place(place: Place, text_column: str | None) -> Iterator[PostingItem]:
    """Yield the postings of one file; whatever ends its reading early becomes an item."""
    name = place.name.lower()
    if name.endswith(SIDECAR):
        return
    done = 0
    try:
        for item in _read(place, name, text_column):
            yield item
            done += 1
    except _UNREADABLE as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        rest = f"the rest after {done} postings is not read" if done else "nothing of it is read"
        yield failed(place.name, f"cannot be read ({said}); {rest}: save or download it again")


def _read(place: Place, name: str, text_column: str | None) -> Iterator[PostingItem]:
    plain = name.removesuffix(".gz")
    if plain.endswith((".jsonl", ".ndjson")):
        with place.open() as file, _unpacked(file, name) as stream:
            yield from read_json_lines(stream, place.name, text_column)
    elif plain.endswith((".csv", ".tsv")):
        with place.open() as file, _unpacked(file, name) as stream:
            yield from read_table(stream, place.name, text_column)
    elif name.endswith(".parquet"):
        with place.open() as stream:
            yield from read_parquet(stream, place.name, text_column)
    elif name.endswith(".zip"):
        with place.open() as stream:
            for found in find_members(stream, place.name):
                if isinstance(found, PostingItem):
                    yield found
                else:
                    yield from read_place(found, text_column)
    else:
        yield _document(place)


def _unpacked(file: IO[bytes], name: str) -> IO[bytes]:
    # Without a buffer more, which would lose what came before the damage of a damaged file.
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if name.endswith(".gz") else file


def _document(place: Place) -> PostingItem:
    """Return a file that is one posting; its format is told later, by what is in it."""
    if place.path:
        try:
            return PostingItem(place.name, read_bytes(Path(place.path), "posting"))
        except PostingError as error:
            return PostingItem(place.name, b"", error=str(error))
    with place.open() as stream:
        content = stream.read(limits.in_force().file + 1)
    if len(content) > limits.in_force().file:
        size, ways = limits.spelt("file"), limits.ways_out("file")
        told = f"larger than {size}, so hardly a posting; give another file, {ways}"
        return failed(place.name, told)
    if not content.strip():
        return failed(place.name, "the posting is empty; check that it was saved")
    return PostingItem(place.name, content)
