"""A DOCX as the zip file of its parts, and the fingerprint by which an edit by hand is noticed.

The same parts give the same bytes on any machine. The fingerprint is the SHA-256 of all content
with its own digits taken as zeros, and it stands inside the file. It does not stop a forger; it
keeps tailor from overwriting somebody's work.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

CORE = "docProps/core.xml"
"""The name of the part with the properties, which holds the fingerprint."""
PLACEHOLDER = "urn:sha256:" + 64 * "0"
"""What a file holds where its fingerprint will stand."""

# Word's own order. Programs that detect file types look at the first names only.
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READ_BY_ALL = 0o644 << 16
_FINGERPRINT = re.compile(rb"urn:sha256:[0-9a-f]{64}")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the zip file of `parts`, which maps names to contents.

    The parts are stored without compression: the result of compression depends on the version
    of zlib, and a CV is small enough without.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=_place):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _READ_BY_ALL
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file that `pack` made.

    Raises ValueError for any other file, even for another zip file of the same parts, so that no
    foreign file is ever decompressed.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(e.compress_type != zipfile.ZIP_STORED or e.flag_bits & 1 for e in entries):
                raise ValueError("compressed or encrypted")
            # Overlapping entries would take more memory than the file has bytes.
            if sum(entry.file_size for entry in entries) > len(content):
                raise ValueError("says more than it holds")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, OverflowError) as error:
        raise ValueError("not a zip file that can be read") from error
    if pack(parts) != content:
        raise ValueError("packed by another program")
    return parts


def text_of(content: bytes) -> bytes:
    """Return the part with the text of a DOCX, b"" for what is no file that `pack` made."""
    try:
        return unpack(content).get(_FIRST[-1], b"")
    except ValueError:
        return b""


def _place(name: str) -> tuple[int, str]:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST), name


def seal(parts: Mapping[str, bytes], stamped: str = CORE) -> dict[str, bytes]:
    """Return `parts` with the fingerprint in place of the first placeholder of `stamped`.

    Raises ValueError if that part has no placeholder.
    """
    fingerprint = f"urn:sha256:{_digest(parts)}".encode()
    content = parts[stamped]
    if PLACEHOLDER.encode() not in content:
        raise ValueError(f"no place for a fingerprint in {stamped or 'the text'}")
    return {**parts, stamped: content.replace(PLACEHOLDER.encode(), fingerprint, 1)}


def seal_text(content: str) -> bytes:
    """Return a text file (UTF-8) with the fingerprint in place of its first `PLACEHOLDER`.

    Reports have the placeholder in a comment or a field near the top. Raises ValueError if there
    is none.
    """
    return seal({"": content.encode()}, "")[""]


def is_sealed(content: bytes) -> bool:
    """Return whether `content`, a DOCX or another file of tailor's, is as tailor wrote it."""
    if not content.startswith(b"PK"):
        return _has_own_fingerprint({"": content}, "")
    try:
        return _has_own_fingerprint(unpack(content), CORE)
    except ValueError:
        return False


def _has_own_fingerprint(parts: Mapping[str, bytes], stamped: str) -> bool:
    content = parts.get(stamped, b"")
    found = _FINGERPRINT.search(content)
    if found is None:
        return False
    blank = content[: found.start()] + PLACEHOLDER.encode() + content[found.end() :]
    return found[0] == f"urn:sha256:{_digest({**parts, stamped: blank})}".encode()


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        # The lengths keep bytes from moving unnoticed from one part to the next.
        digest.update(f"{len(name)} {name} {len(parts[name])} ".encode())
        digest.update(parts[name])
    return digest.hexdigest()
