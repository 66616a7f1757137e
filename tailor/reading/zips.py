"""What a zip file is: a Word file, a LinkedIn export, or something that is not read."""

from __future__ import annotations

import io
import zipfile

from tailor.reading.files import Content
from tailor.reading.unpacking import check_members
from tailor.values.errors import TailorError

_IS_ENCRYPTED = 0x1
_WORD = "save it as a Word file (.docx) or as plain text and give that"
# The first word of a part's path tells what an Office file is.
_OFFICE = {"xl": "an Excel file", "ppt": "a PowerPoint file", "visio": "a Visio file"}
_DECLARED = (
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)


def is_linkedin_export(content: Content) -> bool:
    """Return True for a LinkedIn export, False for a Word file.

    Raises CvError or PostingError for other zip files, and for those that are
    damaged, encrypted or empty, or hold too many files. Nothing is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise content.error("is a damaged zip or Word file; save or download it again") from None
    _check(members, content)
    parts = {member.filename.replace("\\", "/").lower() for member in members}
    if any(part.startswith("word/") for part in parts):
        return False
    if {part.rpartition("/")[2] for part in parts} & {"positions.csv", "profile.csv"}:
        return True
    raise _not_read(content, parts)


def _declared_kind(data: bytes) -> str | None:
    """Return what the file says of itself in its first part, which is stored as it is."""
    said = data[30:200]
    if not said.startswith(b"mimetype"):
        return None
    return next((name for kind, name in _DECLARED if said.startswith(b"mimetype" + kind)), None)


def _check(members: list[zipfile.ZipInfo], content: Content) -> None:
    if not members:
        raise content.error("is an empty zip file; check that it was saved")
    check_members(content, len(members))
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise content.error("is encrypted; save it without a password and give that")


def _not_read(content: Content, parts: set[str]) -> TailorError:
    name = _declared_kind(content.data)
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
