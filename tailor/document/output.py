"""Write files whole or not at all, and never over someone's work."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tailor.document.package import is_sealed
from tailor.values.errors import OutputError

_MAX_SIZE = 16_000_000  # bytes; nothing of ours is longer
_WAYS_OUT = {
    errno.EACCES: "no permission; is it open in another program, or its folder write-protected?",
    errno.EPERM: "no permission; is it open in another program, or its folder write-protected?",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.ENOSPC: "the disk is full; make room or choose another folder",
    errno.EDQUOT: "your share of the disk is used up; make room or choose another folder",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.ENOTDIR: "part of the path is a file, not a folder; choose another folder",
    errno.EEXIST: "part of the path is a file, not a folder; choose another folder",
}


def write_file(path: Path, content: bytes, force: bool = False) -> None:
    """Write `content` to `path`, and make missing folders.

    A file that tailor wrote and nobody has changed since is replaced. Any other is overwritten
    only with `force`, a write-protected one never. A file that holds `content` already is left as
    it is. Raises OutputError; then nothing has changed on disk, except that folders were made.
    """
    write_files({path: content}, force)


def write_files(contents: Mapping[Path, bytes], force: bool = False) -> None:
    """Write several files as `write_file` does: all of them, or none."""
    wanted = [path for path in contents if _must_be_written(path, contents[path], force)]
    with write_together(wanted) as files:
        for path, file in zip(wanted, files, strict=True):
            with _told(path):
                file.write(contents[path])


@contextmanager
def write_together(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Yield a file to fill for each of `paths`, for contents too large for the memory.

    At the end of the block they take their places; if it raises, none does. The caller has to know
    whether what is there may be replaced. Raises OutputError, also for an OSError of the block.
    """
    partials: list[_Partial] = []
    try:
        for path in paths:
            with _told(path):
                partials.append(_Partial(path.resolve()))
        try:
            yield [partial.file for partial in partials]
        except OSError as error:
            raise OutputError(f"{paths[0].parent}: cannot be written: {_way_out(error)}") from error
        for path, partial in zip(paths, partials, strict=True):
            with _told(path):
                partial.finish()
        for path, partial in zip(paths, partials, strict=True):
            with _told(path):
                partial.take_place()
    finally:
        for partial in partials:
            partial.drop()


def is_ours_unchanged(path: Path) -> bool:
    """Return whether tailor wrote the file at `path` and nobody has changed it since.

    Raises OSError if the file cannot be read.
    """
    if path.stat().st_size > _MAX_SIZE:
        return False
    return is_sealed(path.read_bytes())


def _must_be_written(path: Path, content: bytes, force: bool) -> bool:
    """Return whether `path` does not hold `content` yet; raise OutputError if it must not be."""
    with _told(path):
        # A link stays a link, and the file that it leads to is written.
        target = path.resolve()
        existing = _status(target)
        if existing is None:
            return True
        _check_replaceable(path, target, existing)
        if existing.st_size == len(content) and target.read_bytes() == content:
            return False
        if not force and not is_ours_unchanged(target):
            raise OutputError(
                f"{path}: exists and was edited, or was not written by tailor;"
                " choose another name, or overwrite it with --force"
            )
        return True


def _status(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _check_replaceable(path: Path, target: Path, existing: os.stat_result) -> None:
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    if not stat.S_ISREG(existing.st_mode):
        raise OutputError(f"{path}: is not a regular file; choose another name")
    # The mode says so also to an administrator, who may write to anything.
    if not existing.st_mode & 0o222:
        raise OutputError(f"{path}: is write-protected; choose another name or lift the protection")


class _Partial:
    """A file that is filled beside `target` and takes its place in one step."""

    def __init__(self, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self._target = target
        self._path = target.with_name(f".tailor-{secrets.token_hex(8)}.part")
        existing = _status(target)
        self.file: BinaryIO = self._path.open("xb")
        try:
            # A new file has the usual rights of the user, which cannot be asked of the process
            # safely. While it is filled only the owner may read it.
            self._rights = stat.S_IMODE((existing or self._path.stat()).st_mode)
            self._path.chmod(0o600)
        except BaseException:
            self.drop()
            raise

    def finish(self) -> None:
        """Close the file once everything is on the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self._path.chmod(self._rights)

    def take_place(self) -> None:
        """Become the target."""
        self._path.replace(self._target)

    def drop(self) -> None:
        """Leave nothing behind, unless the file took its place."""
        # A full disk was reported when it was written to.
        with suppress(OSError):
            self.file.close()
        self._path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn errors of the system about `path` into words for people."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise OutputError(f"{path}: cannot be written: {_way_out(error)}") from error


def _way_out(error: OSError | RuntimeError) -> str:
    if isinstance(error, OSError) and error.errno in _WAYS_OUT:
        return _WAYS_OUT[error.errno]
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{reason or error}; choose another path"
