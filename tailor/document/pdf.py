"""A PDF that LibreOffice made, as the project gives it out: no date, no program, a fingerprint.

LibreOffice puts the time into each PDF, and random digits. What is changed here keeps its
length, so that the file's table of places stays true.
"""

from __future__ import annotations

import hashlib
import re

from tailor.document.fingerprint import PLACEHOLDER, seal

_STAMPS = re.compile(
    rb"/(?:CreationDate|ModDate)\(D:[^()]*\)"
    rb"|/(?:Creator|Producer)\s*(?:<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))"
    rb"|/DocChecksum\s*/[0-9A-Fa-f]{32}"
)
_XMP = re.compile(
    rb"<xmp:(CreateDate|ModifyDate|MetadataDate|CreatorTool)>([^<]*)</xmp:\1>"
    rb"|<pdf:(Producer)>([^<]*)</pdf:\3>"
)
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>\s*\])")


def settle(content: bytes) -> bytes:
    """Return the PDF without dates and programs' names, and with its fingerprint at the end.

    Two PDFs that differ in their time and random digits only become the same bytes.
    """
    content = _STAMPS.sub(lambda found: b" " * len(found[0]), content)
    content = _XMP.sub(_blank, content)
    content = _with_id(content, b"0" * 32)
    digits = hashlib.sha256(content).hexdigest()[:32].upper().encode()
    # Readers look for the end mark in the last thousand bytes; a comment may follow it.
    whole = _with_id(content, digits).rstrip() + f"\n%{PLACEHOLDER}\n".encode()
    return seal({"": whole}, "")[""]


def _blank(found: re.Match[bytes]) -> bytes:
    group = 2 if found[1] else 4
    start, end = (place - found.start() for place in found.span(group))
    return found[0][:start] + b" " * (end - start) + found[0][end:]


def _with_id(content: bytes, digits: bytes) -> bytes:
    return _ID.sub(lambda found: found[1] + digits + found[3] + digits + found[5], content)
