"""The version of an application that lies where the new one goes."""

from __future__ import annotations

from pathlib import Path

from tailor.reading.files import Content, read_content
from tailor.reading.word.lines import read_docx
from tailor.selection.application import Changes, find_changes
from tailor.values.errors import TailorError


def changes_since(path: Path, document: bytes) -> Changes:
    """Compare the DOCX `document` with the one at `path`, by their lines as Word shows them.

    A file that is no readable DOCX is taken as none.
    """
    new = _lines(Content(str(path), document, "CV"))
    if not path.is_file():
        return Changes("", tuple(new))
    try:
        old = _lines(read_content(path, "CV"))
    except TailorError:
        return Changes("", tuple(new))
    return find_changes(str(path), old, new)


def _lines(content: Content) -> list[str]:
    return [" ".join(line.text.plain.split()) for line in read_docx(content) if line.text]
