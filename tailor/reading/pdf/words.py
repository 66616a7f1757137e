"""The words of a PDF, with their places and styles.

PDFium reads them in the sandbox (`pdfium.py`), since a file may crash it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tailor.reading import sandbox
from tailor.reading.files import Content

BULLET: Final = "•"
Rule: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page, or the part of it that has one style.

    Lengths are in points, from the page's lower left corner. A word is `spaced` if
    white space stands before it, and `drawn` if it is a small filled shape, as which some
    programs draw the bullets of lists.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    link: str | None = None
    spaced: bool = True
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, in the order of the file; its width and height in points.

    `rules` are the straight lines drawn on it, each as left, bottom, right and top.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


def read_pages(content: Content) -> list[Page]:
    """Return the pages with their words.

    Raises CvError or PostingError if the file is damaged, needs a password, has no text,
    has more pages or characters than are read, or takes too much time or memory.
    """
    found = sandbox.run("tailor.reading.pdf.pdfium:read_words", content)
    pages = [
        Page(width, height, tuple(Word(*word) for word in words), tuple(map(_rule, rules)))
        for width, height, words, rules in found
    ]
    if all(word.drawn for page in pages for word in page.words):
        raise content.error(
            "holds pictures of text only, as from a scanner; run OCR over it, or give the text"
        )
    return pages


def _rule(ends: Sequence[float]) -> Rule:
    left, bottom, right, top = ends
    return left, bottom, right, top
