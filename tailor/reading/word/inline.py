"""The alternatives of a Word file, for the checker until it reads flattened files."""

from __future__ import annotations

from typing import Final

from tailor.reading.word.flatten import chosen

ALTERNATIVES: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
)

__all__ = ["ALTERNATIVES", "chosen"]
