"""A folder of postings, watched: each is tailored as soon as it is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Event

from tailor import pipeline
from tailor.batch.source import DOCUMENTS, is_own_file
from tailor.reading.kept import settings_path
from tailor.selection.tailored_cv import Application
from tailor.values.cv import Cv
from tailor.values.errors import PostingError, TailorError, not_installed

# Editors write a file in several steps: what changes within so many milliseconds is one change.
_SETTLES = 100
_STEP = 25
# After so many milliseconds without news the folder is looked through all the same.
_LOOKS_AGAIN = 1_000

Make = Callable[[Cv, Path, Path], Application]
# When files were changed last, and how large they are; None for one that is not there.
_Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a file that was saved: an application, or the error that stood against it.

    `seconds` is the time from its being seen to the last file written.
    """

    path: Path
    seconds: float
    application: Application | None = None
    error: TailorError | None = None


def watch(
    folder: Path, cv_path: Path, out: Path, make: Make, stop: Event | None = None
) -> Iterator[Seen]:
    """Yield what becomes of each posting in `folder`: of those there, then of each that is saved.

    `make` takes the CV, the posting and the folder of its application, which is named like the
    posting and stands in `out`. Subfolders are not looked into. When the CV is saved, all are made
    anew; when a posting's settings are, that posting. A CV or posting that cannot be used is
    told, and the next is waited for. Ends when `stop` is set, or by KeyboardInterrupt.

    Raises CvError if the CV cannot be read at first, PostingError if there is no such folder.
    """
    wakes = _wakes(folder, cv_path, stop)
    cv, cv_stamp = pipeline.read_cv(cv_path), _stamp(cv_path)
    made: dict[Path, _Stamp] = {}
    for _ in chain([None], wakes):
        # News only wake: what is to be done follows from how the files are now, so none is missed.
        if (stamp := _stamp(cv_path)) != cv_stamp:
            cv_stamp, begun = stamp, time.perf_counter()
            try:
                cv = pipeline.read_cv(cv_path)
                made.clear()
            except TailorError as error:
                yield Seen(cv_path, time.perf_counter() - begun, error=error)
        found = {path: _stamp(path, settings_path(path)) for path in _documents(folder)}
        saved = [path for path, stamp in found.items() if made.get(path) != stamp]
        made = found
        for posting in saved:
            if is_own_file(posting):
                continue
            begun = time.perf_counter()
            try:
                application = make(cv, posting, out / folder_name(posting))
            except TailorError as error:
                yield Seen(posting, time.perf_counter() - begun, error=error)
            else:
                yield Seen(posting, time.perf_counter() - begun, application)


def folder_name(posting: Path) -> str:
    """Return ``acme`` for ``acme.txt``, and ``acme.txt`` if there is an ``acme.html`` before it."""
    alike = [path.name for path in _documents(posting.parent) if path.stem == posting.stem]
    is_first = alike[:1] in ([], [posting.name])
    # Windows has no folder whose name ends in a dot or a space.
    name = posting.stem if is_first and posting.stem[-1] not in ". " else posting.name
    # A path that ends so would be a file.
    return f"{name}_" if name.lower().endswith(".docx") else name


def _documents(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _may_be_posting(path))
    except OSError as error:
        raise PostingError(
            f"{folder}: cannot be watched ({error.strerror}); name the folder of the postings"
        ) from error


def _may_be_posting(path: Path) -> bool:
    # Word keeps such a file beside one that is open.
    hidden = path.name.startswith((".", "~$"))
    return path.name.lower().endswith(DOCUMENTS) and not hidden and path.is_file()


def _stamp(*paths: Path) -> _Stamp:
    return tuple(map(_stamp_of, paths))


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _wakes(folder: Path, cv_path: Path, stop: Event | None) -> Iterator[object]:
    """Return what yields when something may have changed."""
    try:
        from watchfiles import watch as news  # noqa: PLC0415 - an extra
    except ImportError:
        said = not_installed(f"{folder}: watching needs watchfiles", "watch")
        raise PostingError(said) from None
    _documents(folder)  # whether it can be listed
    # The CV's folder, since an editor that writes aside and renames puts another file there.
    return news(
        *{folder.resolve(), cv_path.resolve().parent},
        watch_filter=None,
        debounce=_SETTLES,
        step=_STEP,
        stop_event=stop,
        rust_timeout=_LOOKS_AGAIN,
        yield_on_timeout=True,
        recursive=False,
    )
