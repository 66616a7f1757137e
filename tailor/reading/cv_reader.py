"""Read a CV from a file: find the reader of its format, and make a `Cv` of what that says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tailor.cv import Cv
from tailor.reading.files import decode, read_bytes
from tailor.reading.markdown import read_markdown
from tailor.reading.structure import build_cv


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was found; `path` tells its ending, and is shown in messages."""

    path: Path
    data: bytes


class CvReader(Protocol):
    """Reads the CVs of one format."""

    def accepts(self, content: Content) -> bool:
        """Tell whether this reader knows the format."""

    def read(self, content: Content) -> Cv:
        """Return the CV; raise CvError if it is none."""


class MarkdownCvReader:
    """Reads Markdown, with HTML inside or not, and plain text. Takes whatever others left."""

    def accepts(self, content: Content) -> bool:  # noqa: ARG002
        """Accept everything: what is no text gets its error when it is decoded."""
        return True

    def read(self, content: Content) -> Cv:
        """Return the CV; raise CvError if the bytes are no text, or the text no CV."""
        text = decode(content.data, content.path, "CV")
        return build_cv(read_markdown(text), str(content.path))


# The first that accepts a file reads it.
READERS: tuple[CvReader, ...] = (MarkdownCvReader(),)


def read_cv(path: str | Path) -> Cv:
    """Return the CV in the file at `path`.

    Raises CvError if the file cannot be read, is of a format that is not read, or
    has no name or no entry (a position, degree or project).
    """
    content = Content(Path(path), read_bytes(path, "CV"))
    reader = next(reader for reader in READERS if reader.accepts(content))
    return reader.read(content)
