"""A CV that was read and counted is kept in the user's cache folder for the next posting.

What is kept goes with all that it depends on: the content and name of the file, the bounds of
the readers, and this program with what it reads files with. If any of it changes, the CV is read
anew. A file that is damaged, or not the user's, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from tailor import cv as values
from tailor import limits, profiles
from tailor.cv import Cv
from tailor.profiles import Profile, profile
from tailor.reading.files import read_content

# CVs that are kept; the one that was read longest ago goes first.
_KEPT = 20
_ENDING = ".kept"
_LARGEST = 50 * limits.MEGABYTE
# What CVs are read with beside Python: another version may read them in another way.
_READ_WITH = ("markdown_it", "lxml", "pypdfium2", "yaml", "charset_normalizer", "numpy")
_DIGEST = 32  # bytes of SHA-256


def cache_folder() -> Path:
    """Return the folder where CVs are kept, which need not be there."""
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("tailor", appauthor=False)


def read_kept_cv(path: str | Path) -> Cv:
    """Return the CV at `path`: as it was kept, else read, and kept from now on.

    Raises CvError as `read_cv` does. That it cannot be kept is no error.
    """
    content = read_content(path, "CV")
    kept = cache_folder() / (_key(str(path), content.data) + _ENDING)
    found = _load(kept)
    if found is None:
        from tailor.reading.cv_reader import cv_of  # noqa: PLC0415 - much that a kept CV spares

        cv = cv_of(content)
        found = (cv, {text: profile(text) for text in _texts(cv)})
        with contextlib.suppress(OSError):
            _save(kept, found)
    cv, counted = found
    profiles.keep(counted)
    return cv


def _texts(cv: Cv) -> Iterator[str]:
    """Yield the texts of a CV that are compared with what a posting asks for."""
    for bullet in cv.bullets():
        yield from map(bullet.statement_text, bullet.statements)
    for entry in cv.entries:
        yield ", ".join(entry.titles)


def _key(source: str, content: bytes) -> str:
    digest = hashlib.sha256(content)
    digest.update(repr((source, limits.in_force(), _program())).encode())
    return digest.hexdigest()


@cache
def _program() -> tuple[object, ...]:
    """Return what tells this program from another; files by size and time, to read none."""
    root = Path(__file__).parent
    folders = [root, *_folders_of("tailor.data"), *_folders_of("tailor.models")]
    files = {path for folder in folders for path in _files(folder)}
    others = [find_spec(name) for name in _READ_WITH]
    files.update(Path(spec.origin) for spec in others if spec and spec.origin)
    stamps = [(str(path), path.stat()) for path in sorted(files)]
    return (sys.version, *((name, stamp.st_size, stamp.st_mtime_ns) for name, stamp in stamps))


def _folders_of(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(found) for found in (spec and spec.submodule_search_locations) or ()]


def _files(folder: Path) -> Iterator[Path]:
    for found in folder.iterdir():
        if found.is_dir() and found.name != "__pycache__":
            yield from _files(found)
        elif found.is_file():
            yield found


class _Reader(pickle.Unpickler):
    """Makes the values of a CV and nothing else, whatever a file asks for."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class of `tailor.cv`; raise UnpicklingError for all else."""
        found = getattr(values, name, None)
        if module != values.__name__ or not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a CV")
        return found


def _load(path: Path) -> tuple[Cv, dict[str, Profile]] | None:
    """Return what is kept at `path`; None where that is nothing, or cannot be trusted."""
    import numpy as np  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
                return None
            data = file.read(_LARGEST)
    except OSError:
        return None
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        return None
    try:
        cv, counted = _Reader(BytesIO(data[_DIGEST:])).load()
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return cv, {
        text: Profile(counts, length, weights, np.frombuffer(vector, np.int64), *topics)
        for text, (counts, length, weights, vector, *topics) in counted.items()
    }


def _save(path: Path, found: tuple[Cv, dict[str, Profile]]) -> None:
    """Write `found` to `path`, whole or not at all, for the user's eyes only."""
    cv, counted = found
    plain = {
        text: (p.counts, p.length, p.weights, p.vector.tobytes(), p.topics, p.topics_length)
        for text, p in counted.items()
    }
    data = pickle.dumps((cv, plain), protocol=pickle.HIGHEST_PROTOCOL)
    if len(data) + _DIGEST > _LARGEST:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    kept = sorted(path.parent.glob("*" + _ENDING), key=lambda file: -file.stat().st_mtime)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
