"""Where postings lie: files, folders, patterns and URLs -> named places that can be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from tailor.batch.addresses import file_system, is_address
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


@dataclass(frozen=True, slots=True)
class Place:
    """One file: the name that messages give it, and how to open it.

    `path` is "" for what is not on this machine.
    """

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    path: str = ""


def find_places(inputs: Sequence[str]) -> Iterator[Place]:
    """Yield the files that `inputs` name, in their order; a folder's sorted, whole and deep.

    From folders and patterns only known formats are taken, and no hidden files nor what tailor
    wrote itself. A file that two inputs name comes once. Raises PostingError, before anything
    is opened, for an input that is not there.
    """
    found = [_one(given) for given in inputs]
    return _once(found) if len(found) > 1 else iter(found[0] if found else ())


def is_known(name: str) -> bool:
    """Tell whether the file `name` of a folder or archive may be a posting, or hold some."""
    path = PurePosixPath(name)
    if any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in path.parts):
        return False
    return path.name.lower().endswith(DOCUMENTS + COLLECTIONS)


def _once(found: Sequence[Iterator[Place]]) -> Iterator[Place]:
    seen = set()
    for places in found:
        for place in places:
            # A number in place of a path, since there may be a million.
            key = hash(str(Path(place.path).resolve()) if place.path else place.name)
            if key not in seen:
                seen.add(key)
                yield place


def _one(given: str) -> Iterator[Place]:
    if is_address(given):
        return _at_url(given)
    path = Path(given)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        return iter([_file(path)])
    if has_magic(given):
        matches = (Path(match) for match in sorted(iglob(given, recursive=True)))  # noqa: PTH207 - Path.glob takes no whole paths
        files = [path for path in matches if path.is_file() and is_known(path.name)]
        if files:
            return (_file(path) for path in files if not is_own_file(path))
        raise PostingError(f"{given}: no posting matches; check the pattern")
    raise PostingError(f"{given}: no such file or folder; check the path of the postings")


def _file(path: Path) -> Place:
    return Place(path.as_posix(), lambda: path.open("rb"), str(path))


def _unreadable(folder: Path, error: OSError) -> Place:
    """Return a place whose opening says what is wrong, so that the rest goes on."""

    def fail() -> AbstractContextManager[IO[bytes]]:
        raise error

    return Place(folder.as_posix(), fail)


def _in_folder(folder: Path) -> Iterator[Place]:
    """Yield the files below `folder`, one folder held at a time; links to folders stay unread."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(folder, error)
        return
    if is_own_file(folder / "index.html"):
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _in_folder(path)
        elif is_known(path.name) and path.is_file() and not is_own_file(path):
            yield _file(path)


def is_own_file(path: Path) -> bool:
    """Tell whether tailor wrote `path`: a page that says so, or a document nobody changed since."""
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
            paths = [match for match in sorted(system.glob(path)) if is_known(_last(match))]
        elif system.isdir(path):
            paths = [below for below in sorted(system.find(path)) if is_known(below[len(path) :])]
        else:
            paths = [path] if system.exists(path) else []
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise PostingError(
            f"{given}: cannot be read ({error}); check the address and what it needs installed"
        ) from error
    if not paths:
        raise PostingError(f"{given}: nothing there; check the address")
    return (_remote(system, path) for path in paths)


def _remote(system: Any, path: str) -> Place:  # noqa: ANN401 - fsspec has no types
    return Place(system.unstrip_protocol(path), lambda: system.open(path, "rb"))


def _last(path: str) -> str:
    return path.rpartition("/")[2]
