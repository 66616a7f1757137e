"""Postings in a zip file: its members as places, within bounds; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from tailor.batch.places import Place, is_known
from tailor.batch.records import failed
from tailor.batch.values import PostingItem
from tailor.values import limits

_IS_ENCRYPTED = 0x1
_NO_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError)


def find_members(stream: IO[bytes], name: str) -> Iterator[Place | PostingItem]:
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
            if member.is_dir() or not is_known(member.filename):
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
    return Place(inside, lambda: archive.open(member))
