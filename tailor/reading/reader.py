"""Files -> a `Cv` or a `Posting`: the reader of each format is found, and imported when called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tailor.reading.cv.structure import build_cv
from tailor.reading.files import Content, read_content
from tailor.reading.formats import Format, recognise
from tailor.reading.lines import Line
from tailor.reading.posting.text import parse_posting, posting_of_lines
from tailor.values.cv import Cv
from tailor.values.posting import Posting


def read_cv(path: str | Path) -> Cv:
    """Return the CV in the file at `path`.

    Raises CvError if the file cannot be read, is of a format that is not read, or has no name or
    no entry (a position, degree or project).
    """
    return cv_of(read_content(path, "CV"))


def cv_of(content: Content, form: Format | None = None) -> Cv:
    """Return the CV that `content` holds; raise CvError if it holds none.

    Without `form` its format is recognised.
    """
    with content.read_in_time():
        return _cv(content, form or recognise(content))


def read_lines(content: Content, form: Format) -> Sequence[Line] | None:
    """Return the lines of a file of free layout; None for one whose fields have names.

    Raises CvError if the file is damaged or has too much in it.
    """
    with content.read_in_time():
        lines = _lines(content, form)
        content.check_lines(lines or ())
    return lines


def cv_of_lines(content: Content, lines: Sequence[Line]) -> Cv:
    """Return the CV that the lines of a file make; raise CvError if they make none."""
    with content.read_in_time():
        return build_cv(lines, content.source)


def _cv(content: Content, form: Format) -> Cv:
    if form in {Format.JSON, Format.YAML}:
        from tailor.reading.fields import read_structured  # noqa: PLC0415

        return read_structured(content)
    if form is Format.EUROPASS:
        from tailor.reading.fields.europass import read_europass  # noqa: PLC0415

        return read_europass(content)
    if form is Format.MASTER:
        from tailor.reading.master.form import read_master_form  # noqa: PLC0415

        return read_master_form(content.text(), content.source)
    if form is Format.LINKEDIN:
        from tailor.reading.fields.linkedin import read_linkedin  # noqa: PLC0415

        return read_linkedin(content)
    if form is Format.PDF:
        from tailor.reading.pdf.lines import lines_of_pages  # noqa: PLC0415
        from tailor.reading.pdf.linkedin import is_linkedin, read_linkedin_pdf  # noqa: PLC0415
        from tailor.reading.pdf.rows import read_pages  # noqa: PLC0415

        pages = read_pages(content)
        if is_linkedin(pages):
            return read_linkedin_pdf(pages, content.source)
        lines: Sequence[Line] = lines_of_pages(pages)
    else:
        lines = _lines(content, form) or ()
    content.check_lines(lines)
    return build_cv(lines, content.source)


def _lines(content: Content, form: Format) -> Sequence[Line] | None:
    """Return the lines of a file of free layout, else None."""
    if form is Format.TEXT:
        from tailor.reading.markdown import read_markdown  # noqa: PLC0415

        text = content.text()
        content.check_text(text)
        return read_markdown(text)
    if form is Format.HTML:
        from tailor.reading.web.lines import read_html  # noqa: PLC0415

        return read_html(content)
    if form is Format.DOCX:
        from tailor.reading import sandbox  # noqa: PLC0415

        return sandbox.read_lines("tailor.reading.word.lines:read_docx", content)
    if form is Format.PDF:
        from tailor.reading.pdf.lines import read_pdf  # noqa: PLC0415

        return read_pdf(content)
    return None


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
