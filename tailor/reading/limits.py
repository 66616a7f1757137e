"""How much of a file is read: what is beyond is no CV or posting, or means harm."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

TEXT_BYTES: Final = 2 * MEGABYTE  # text, Markdown, JSON, YAML
PAGE_BYTES: Final = 10 * MEGABYTE  # a saved web page, which may hold pictures as text
DOCUMENT_BYTES: Final = 20 * MEGABYTE  # Word, PDF and zip files
UNPACKED_BYTES: Final = 100 * MEGABYTE  # of all parts of a zip file that are read
ZIP_MEMBERS: Final = 5_000
PDF_PAGES: Final = 60
PDF_CHARACTERS: Final = 500_000
SETTINGS_BYTES: Final = 64 * 1024  # the file beside a posting
LINES: Final = 20_000  # of a CV or posting, whatever its format
NESTING: Final = 100  # levels of elements, lists or tables one in another


def megabytes(size: int) -> str:
    """Return a limit as messages name it: "2 MB"."""
    return f"{size // MEGABYTE} MB"
