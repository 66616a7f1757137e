"""Read a posting from a file, from standard input, or from a text at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from tailor.reading import sandbox
from tailor.reading.files import Content, read_content
from tailor.reading.formats import Format, recognise
from tailor.reading.lines import Line
from tailor.reading.posting.text import parse_posting, posting_of_lines
from tailor.values.posting import Posting


class PostingReader(Protocol):
    """Reads the postings of one format."""

    def __call__(self, content: Content) -> Posting:
        """Return the posting; raise PostingError if it is none."""


def read_posting(path: str | Path) -> Posting:
    """Read the posting at `path`; ``-`` is standard input.

    Raises PostingError if it cannot be read or holds no text.
    """
    return posting_of(read_content(path, "posting"))


def posting_of(content: Content) -> Posting:
    """Read the posting that `content` holds; raise PostingError if it holds none."""
    with content.read_in_time():
        found = recognise(content)
        if found not in READERS:
            raise content.error(f"this is {found}, which holds no posting; give the posting's text")
        posting = READERS[found](content)
    if not posting.lines:
        raise content.error("holds no text; paste the text of the posting into it")
    return posting


# Each one imports its library when it is called.


def _read_text(content: Content) -> Posting:
    text = content.text()
    content.check_text(text)
    return parse_posting(text, content.source)


def _read_html(content: Content) -> Posting:
    from tailor.reading.web.posting import read_html_posting  # noqa: PLC0415

    return read_html_posting(content)


def _read_docx(content: Content) -> Posting:
    lines = sandbox.read_lines("tailor.reading.word.lines:read_docx", content)
    return _of_lines(content, lines)


def _read_pdf(content: Content) -> Posting:
    from tailor.reading.pdf.lines import read_pdf  # noqa: PLC0415

    return _of_lines(content, read_pdf(content))


def _of_lines(content: Content, lines: Sequence[Line]) -> Posting:
    content.check_lines(lines)
    return posting_of_lines(lines, content.source)


READERS: Mapping[Format, PostingReader] = MappingProxyType(
    {
        Format.TEXT: _read_text,
        Format.HTML: _read_html,
        Format.DOCX: _read_docx,
        Format.PDF: _read_pdf,
    }
)
