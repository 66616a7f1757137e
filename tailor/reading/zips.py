"""Recognise zip files, and unpack them into memory within limits.

Bytes are counted while they are unpacked, whatever the zip file declares. Nothing goes to
the disk, so no name of a member leads anywhere.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Set as AbstractSet

from tailor.reading.files import Content
from tailor.values import limits
from tailor.values.errors import TailorError

_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_AGAIN = "save or download it again"
_WORD = "save it as a Word file (.docx) or as plain text and give that"
# The first word of a part's path tells what an Office file is.
_OFFICE = {"xl": "an Excel file", "ppt": "a PowerPoint file", "visio": "a Visio file"}
# What a file says of itself in its first part, which is stored as it is.
_DECLARED = (
    (b"mimetypeapplication/epub+zip", "an e-book (EPUB)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
)


class Unpacking:
    """A zip file that is open for reading; messages call it `name`.

    `members` are those of its directory, in its order.
    """

    def __init__(self, content: Content, name: str) -> None:
        """Raise CvError or PostingError if it is damaged, or has too many members."""
        self._content = content
        self._name = name
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content.data))
        except _DAMAGE:
            raise content.error(f"is a damaged zip or {name}; {_AGAIN}") from None
        self.members = self._archive.infolist()
        if len(self.members) > limits.in_force().members:
            raise content.beyond("members", f"holds more than {limits.spelt('members')} files")

    def read(self, member: zipfile.ZipInfo, limit: str = "unpacked") -> bytes:
        """Return what is in `member`; raise CvError or PostingError if that is too much.

        `limit` is the bound of a single member, the field of `Limits`.
        """
        content, most = self._content, limits.in_force()
        if member.flag_bits & _IS_ENCRYPTED:
            raise _encrypted(content)
        if member.compress_type not in _READABLE:
            raise content.error(
                f"is a damaged {self._name}: unusual compression; open it and save it again"
            )
        file = member.filename.replace("\\", "/").rpartition("/")[2] or member.filename
        # One byte more than is let through tells that there is more.
        left = min(most.unpacked - self._unpacked, getattr(most, limit))
        try:
            with self._archive.open(member) as stream:
                data = stream.read(left + 1)
        except _DAMAGE:
            raise content.error(f"is a damaged {self._name} ({file}); {_AGAIN}") from None
        self._unpacked += len(data)
        if self._unpacked > most.unpacked:
            said = f"holds far too much (over {limits.spelt('unpacked')} once unpacked)"
            raise content.beyond("unpacked", said)
        if len(data) > getattr(most, limit):
            raise content.beyond(limit, f"{file} in it is larger than {limits.spelt(limit)}")
        return data


def is_linkedin_export(content: Content) -> bool:
    """Return True for a LinkedIn export, False for a Word file.

    Raises CvError or PostingError for other zip files, and for those that are damaged, encrypted
    or empty, or hold too many files. Nothing is unpacked.
    """
    members = Unpacking(content, "Word file").members
    if not members:
        raise content.error("is an empty zip file; check that it was saved")
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise _encrypted(content)
    parts = {member.filename.replace("\\", "/").lower() for member in members}
    if any(part.startswith("word/") for part in parts):
        return False
    if {part.rpartition("/")[2] for part in parts} & {"positions.csv", "profile.csv"}:
        return True
    raise _not_read(content, parts)


def _encrypted(content: Content) -> TailorError:
    return content.error("is encrypted; save it without a password and give that")


def _not_read(content: Content, parts: AbstractSet[str]) -> TailorError:
    said = content.data[30:200]
    name = next((name for start, name in _DECLARED if said.startswith(start)), None)
    if "content.xml" in parts and not name:
        name = "an OpenDocument file"
    if any(part.endswith(".iwa") or part == "index.zip" for part in parts):
        name = "an Apple Pages file"
    if "[content_types].xml" in parts:
        folders = {part.partition("/")[0] for part in parts}
        name = next((_OFFICE[folder] for folder in sorted(folders & set(_OFFICE))), name)
    if name:
        return content.error(f"this is {name}, which is not read; {_WORD}")
    return content.error(
        "this is a zip file, but neither a Word file nor a LinkedIn export (no Positions.csv "
        "in it); unpack it and give the file inside"
    )
