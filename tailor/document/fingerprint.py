"""A file's own fingerprint inside the file, by which an edit by hand shows.

The fingerprint is the SHA-256 of all content, with the fingerprint's own digits
taken as zeros. It proves nothing against someone who means to forge it; it is
there so that nobody's work gets overwritten.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

PLACEHOLDER = "urn:sha256:" + 64 * "0"
"""What a file holds where its fingerprint will stand."""

_FINGERPRINT = re.compile(rb"urn:sha256:[0-9a-f]{64}")


def seal(parts: Mapping[str, bytes], stamped: str) -> dict[str, bytes]:
    """Return `parts` with the first placeholder of the part `stamped` filled in.

    Raises ValueError if that part has no placeholder.
    """
    fingerprint = f"urn:sha256:{_digest(parts)}".encode()
    content = parts[stamped]
    if PLACEHOLDER.encode() not in content:
        raise ValueError(f"no place for a fingerprint in {stamped or 'the text'}")
    return {**parts, stamped: content.replace(PLACEHOLDER.encode(), fingerprint, 1)}


def is_sealed(parts: Mapping[str, bytes], stamped: str) -> bool:
    """Tell whether the first fingerprint of the part `stamped` is that of `parts`."""
    content = parts.get(stamped, b"")
    found = _FINGERPRINT.search(content)
    if found is None:
        return False
    blank = content[: found.start()] + PLACEHOLDER.encode() + content[found.end() :]
    return found[0] == f"urn:sha256:{_digest({**parts, stamped: blank})}".encode()


def seal_text(content: str) -> bytes:
    """Return a text file's bytes (UTF-8) with its first `PLACEHOLDER` filled in.

    For reports: put the placeholder into a comment or a field near the top.
    Raises ValueError without a placeholder.
    """
    return seal({"": content.encode()}, "")[""]


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        # The lengths keep the border between two parts from moving unseen.
        digest.update(f"{len(name)} {name} {len(parts[name])} ".encode())
        digest.update(parts[name])
    return digest.hexdigest()
