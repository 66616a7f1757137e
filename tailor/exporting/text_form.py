"""The chosen page as plain text, for the fields of web forms that take no Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tailor.layout.typography import Paragraph, Style
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean

_MARKS = {Style.BULLET: "- "}
_AFTER_A_BLANK = frozenset({Style.SECTION, Style.ENTRY})


def page_text(resume: TailoredCv) -> str:
    """Return the words of the page: a line for each paragraph, a blank one before each entry."""
    return "\n".join(_lines(compose(resume.cv, resume.sections, resume.design))) + "\n"


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    before = Style.SECTION
    for paragraph in paragraphs:
        style = paragraph.style
        if style in _AFTER_A_BLANK and before is not Style.SECTION:
            yield ""
        words = clean(paragraph.text).plain.replace(" \t", " | ").replace("\t", " | ")
        yield _MARKS.get(style, "") + words
        before = style
