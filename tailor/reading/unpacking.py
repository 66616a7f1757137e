"""A zip file whose members are unpacked one by one into memory, within bounds.

Bytes are counted while they are unpacked, whatever the zip file says of itself. Nothing goes to
the disk, so no name of a member leads anywhere.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from tailor.reading.files import Content
from tailor.values import limits

_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_AGAIN = "save or download it again"


class Unpacking:
    """Opens the zip file that `content` is; `name` is what messages call it."""

    def __init__(self, content: Content, name: str) -> None:
        """Raise CvError or PostingError if it is damaged, or has too many members."""
        self._content = content
        self._name = name
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content.data))
        except _DAMAGE:
            raise content.error(f"is a damaged {name} or zip file; {_AGAIN}") from None
        self.members = self._archive.infolist()
        check_members(content, len(self.members))

    def read(self, member: zipfile.ZipInfo, limit: str = "unpacked") -> bytes:
        """Return what is in `member`; raise CvError or PostingError if that is too much.

        `limit` is the bound of a single member, the field of `Limits`.
        """
        content, most = self._content, limits.in_force()
        if member.flag_bits & _IS_ENCRYPTED:
            raise content.error("is encrypted; save it without a password and give that")
        if member.compress_type not in _READABLE:
            raise content.error(
                f"is a damaged {self._name}: unusual compression; open it and save it again"
            )
        # One byte more than is let through tells that there is more.
        left = most.unpacked - self._unpacked
        left = min(left, getattr(most, limit))
        try:
            with self._archive.open(member) as stream:
                data = stream.read(left + 1)
        except _DAMAGE:
            where = member.filename.rpartition("/")[2] or member.filename
            raise content.error(f"is a damaged {self._name} ({where}); {_AGAIN}") from None
        self._unpacked += len(data)
        if limit != "unpacked" and len(data) > getattr(most, limit):
            file = member.filename.replace("\\", "/").rpartition("/")[2]
            raise content.beyond(limit, f"{file} in it is larger than {limits.spelt(limit)}")
        if self._unpacked > most.unpacked:
            raise content.beyond(
                "unpacked",
                f"holds far too much (over {limits.spelt('unpacked')} once unpacked)",
            )
        return data


def check_members(content: Content, count: int) -> None:
    """Raise CvError or PostingError if a zip file has too many members."""
    if count > limits.in_force().members:
        raise content.beyond("members", f"holds more than {limits.spelt('members')} files")
