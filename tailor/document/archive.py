"""The zip file around the parts of a DOCX, the same bytes for the same parts on any machine."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# Word's own order. Programs that tell file types apart look at the first names only.
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READ_BY_ALL = 0o644 << 16


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the zip file of `parts` (name to content).

    The parts are stored, not compressed: what compression gives depends on the
    zlib at hand, and a CV is small enough without.
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

    Raises ValueError for any other file, even for a zip file of the same parts:
    so no foreign file is ever decompressed.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(e.compress_type != zipfile.ZIP_STORED or e.flag_bits & 1 for e in entries):
                raise ValueError("compressed or encrypted")
            # Entries that overlap would be more in memory than they are on the disk.
            if sum(entry.file_size for entry in entries) > len(content):
                raise ValueError("says more than it holds")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, OverflowError) as error:
        raise ValueError("not a zip file that can be read") from error
    if pack(parts) != content:
        raise ValueError("packed by another program")
    return parts


def _place(name: str) -> tuple[int, str]:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST), name
