"""Read a posting from a file, from standard input, or from a text at hand.

Each format's reader is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tailor.reading.files import Content, read_content
from tailor.reading.formats import Format, recognise
from tailor.reading.lines import Line
from tailor.reading.posting.text import parse_posting, posting_of_lines
from tailor.values.posting import Posting


def read_posting(path: str | Path) -> Posting:
    """Read the posting at `path`; ``-`` is standard input.

    Raises PostingError if it cannot be read or holds no text.
    """
    return posting_of(read_content(path, "posting"))


def posting_of(content: Content) -> Posting:
    """Read the posting that `content` holds; raise PostingError if it holds none."""
    with content.read_in_time():
        posting = _posting(content, recognise(content))
    if not posting.lines:
        raise content.error("holds no text; paste the text of the posting into it")
    return posting


def _posting(content: Content, form: Format) -> Posting:
    lines: Sequence[Line]
    if form is Format.TEXT:
        text = content.text()
        content.check_text(text)
        return parse_posting(text, content.source)
    if form is Format.HTML:
        from tailor.reading.web.posting import read_html_posting  # noqa: PLC0415

        return read_html_posting(content)
    if form is Format.DOCX:
        from tailor.reading import sandbox  # noqa: PLC0415

        lines = sandbox.read_lines("tailor.reading.word.lines:read_docx", content)
    elif form is Format.PDF:
        from tailor.reading.pdf.lines import read_pdf  # noqa: PLC0415

        lines = read_pdf(content)
    else:
        raise content.error(f"this is {form}, which holds no posting; give the posting's text")
    content.check_lines(lines)
    return posting_of_lines(lines, content.source)
