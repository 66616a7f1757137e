"""Read a CV from a file: find the reader of its format, and make a `Cv` of what that says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from tailor.reading import sandbox
from tailor.reading.cv.numbering import renumbered
from tailor.reading.cv.structure import build_cv
from tailor.reading.files import Content, read_content
from tailor.reading.formats import Format, recognise
from tailor.reading.lines import Line
from tailor.values.cv import Cv


class CvReader(Protocol):
    """Reads the CVs of one format."""

    def __call__(self, content: Content) -> Cv:
        """Return the CV; raise CvError if it is none."""


def read_cv(path: str | Path) -> Cv:
    """Return the CV in the file at `path`.

    Raises CvError if the file cannot be read, is of a format that is not read, or
    has no name or no entry (a position, degree or project).
    """
    return cv_of(read_content(path, "CV"))


def cv_of(content: Content, form: Format | None = None) -> Cv:
    """Return the CV that `content` holds; raise CvError if it holds none.

    Without `form` its format is recognised.
    """
    with content.read_in_time():
        return renumbered(READERS[form or recognise(content)](content))


# Each one imports its library when it is called: a CV in Markdown needs none for PDF.


def _text_lines(content: Content) -> Sequence[Line] | None:
    from tailor.reading.markdown import read_markdown  # noqa: PLC0415
    from tailor.reading.master.form import is_master_form  # noqa: PLC0415

    text = content.text()
    content.check_text(text)
    return None if is_master_form(text) else read_markdown(text)


def _html_lines(content: Content) -> Sequence[Line]:
    from tailor.reading.web.lines import read_html  # noqa: PLC0415

    return read_html(content)


def _docx_lines(content: Content) -> Sequence[Line]:
    return sandbox.read_lines("tailor.reading.word.lines:read_docx", content)


def _pdf_lines(content: Content) -> Sequence[Line]:
    from tailor.reading.pdf.lines import read_pdf  # noqa: PLC0415

    return read_pdf(content)


_LINES: Mapping[Format, Callable[[Content], Sequence[Line] | None]] = MappingProxyType(
    {
        Format.TEXT: _text_lines,
        Format.HTML: _html_lines,
        Format.DOCX: _docx_lines,
        Format.PDF: _pdf_lines,
    }
)


def read_lines(content: Content, form: Format) -> Sequence[Line] | None:
    """Return the lines of a file of free layout; None for one whose fields have names.

    Raises CvError if the file is damaged or has too much in it.
    """
    with content.read_in_time():
        lines = _LINES[form](content) if form in _LINES else None
        if lines is not None:
            content.check_lines(lines)
    return lines


def cv_of_lines(content: Content, lines: Sequence[Line]) -> Cv:
    """Return the CV that the lines of a file make; raise CvError if they make none."""
    with content.read_in_time():
        return renumbered(build_cv(lines, content.source))


def _read_text(content: Content) -> Cv:
    from tailor.reading.master.form import read_master_form  # noqa: PLC0415

    lines = _text_lines(content)
    if lines is None:
        return read_master_form(content.text(), content.source)
    return _of_lines(content, lines)


def _read_html(content: Content) -> Cv:
    return _of_lines(content, _html_lines(content))


def _read_docx(content: Content) -> Cv:
    return _of_lines(content, _docx_lines(content))


def _read_pdf(content: Content) -> Cv:
    from tailor.reading.pdf.lines import lines_of_pages  # noqa: PLC0415
    from tailor.reading.pdf.linkedin import is_linkedin, read_linkedin_pdf  # noqa: PLC0415
    from tailor.reading.pdf.words import read_pages  # noqa: PLC0415

    pages = read_pages(content)
    if is_linkedin(pages):
        return read_linkedin_pdf(pages, content.source)
    return _of_lines(content, lines_of_pages(pages))


def _read_data(content: Content) -> Cv:
    from tailor.reading.fields import read_structured  # noqa: PLC0415

    return read_structured(content)


def _read_linkedin(content: Content) -> Cv:
    from tailor.reading.fields.linkedin import read_linkedin  # noqa: PLC0415

    return read_linkedin(content)


def _of_lines(content: Content, lines: Sequence[Line]) -> Cv:
    content.check_lines(lines)
    return build_cv(lines, content.source)


READERS: Mapping[Format, CvReader] = MappingProxyType(
    {
        Format.TEXT: _read_text,
        Format.HTML: _read_html,
        Format.DOCX: _read_docx,
        Format.PDF: _read_pdf,
        Format.JSON: _read_data,
        Format.YAML: _read_data,
        Format.LINKEDIN: _read_linkedin,
    }
)
