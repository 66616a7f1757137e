"""PDF -> words, by PDFium. Runs in the sandbox alone: a small file may crash the library.

A word ends at a space that the file draws, or where letters stand further apart than those of
their line usually do. PDFium takes part in that: it says where it thinks a space is missing. It
drops the spaces that are drawn by themselves, so these are looked up among what the page draws.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as c_api

from tailor.reading.files import Content
from tailor.reading.pdf.drawn import (
    BOLD,
    Annotations,
    Box,
    Face,
    Shape,
    annotations_of,
    bold_faces,
    face_of,
    rules_of,
    shapes_of,
)
from tailor.reading.pdf.rows import BULLET, Page, Rule, Word
from tailor.values import limits

_Handle: TypeAlias = Any  # an object of the library, which has no types

_ERRORS: Final = {
    "password": "this PDF needs a password; save it without one and give that",
    "damaged": "this PDF is damaged; save it again, or save it as text and give that",
}
_PART = "give a part of it"
_STROKED = 2  # the mode of text that is filled and outlined, to look bold
_FEWEST_GAPS = 4  # from which the usual gap between letters is told
# Of the size: how much wider than between letters a gap between words is; where PDFium takes a
# space to be, less will do.
_SPACE: Final = {False: 0.13, True: 0.05}
_UNKNOWN = "\ufffd"  # a glyph of which the file does not say what it means
# What is read for a character: PDFium's marks of hyphens at the end of a line; ligatures; small
# capitals and old-style figures as older fonts of Adobe number them, in the private area.
_READ_AS: Final = {
    "\x02": "-",
    "\ufffe": "-",
    **{sign: unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"},
    **{
        chr(0xF700 + code): chr(code)
        for code in (*range(0x30, 0x3A), *range(0x61, 0x7B), *range(0xE0, 0xFF))
    },
}
# A soft hyphen that is drawn is a hyphen; some programs write it between two others.
_SOFT: Final = re.compile("[-\u2010]?\xad[-\u2010]?")
_NO_FACE: Final = face_of("")
_USUAL_SIZE = 10.0
_NO_LETTERS = "\ufeff\uffff"


def read_words(content: Content) -> list[Page]:
    """Return the pages of a PDF with their words.

    Raises CvError or PostingError if the file is damaged, needs a password, or has more pages or
    characters than are read.
    """
    try:
        document = pdfium.PdfDocument(content.data)
        document.init_forms()  # gives the fields of forms their looks
        most = limits.in_force().pdf_pages
        if len(document) > most:
            raise content.beyond("pdf_pages", f"has more than {most:,} pages", _PART)
        return _with_bold(list(_pages(content, document)))
    except pdfium.PdfiumError as error:
        kind = "password" if "password" in str(error).lower() else "damaged"
        raise content.error(_ERRORS[kind]) from None


def _pages(content: Content, document: _Handle) -> Iterator[_FacedPage]:
    left = limits.in_force().text
    for number in range(len(document)):
        page = document[number]
        lying = annotations_of(page)
        if lying.have_looks:
            # Fields and text boxes get drawn on the page, as a person sees them.
            c_api.FPDFPage_Flatten(page.raw, c_api.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            said = f"has more than {limits.in_force().text:,} characters"
            raise content.beyond("text", said, _PART)
        place = _Place(page.get_rotation(), page.get_width(), page.get_height())
        letters = _letters(page.raw, text.raw, place, lying)
        written = [*_words(letters), *_undrawn_words(lying, place)]
        shapes = list(shapes_of(page.raw, place.box))
        yield place, [*written, *_drawn_bullets(shapes)], rules_of(shapes)
        text.close()
        page.close()


def _with_bold(pages: Sequence[_FacedPage]) -> list[Page]:
    """Return the pages with bold words told, now that all faces of the document are known."""
    letters: Counter[Face] = Counter()
    for _, words, _ in pages:
        for word, face in words:
            letters[face] += len(word.text)
    bold = bold_faces(letters)
    return [
        Page(
            place.width,
            place.height,
            tuple(replace(word, bold=True) if face in bold else word for word, face in words),
            rules,
        )
        for place, words, rules in pages
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a point of the page is seen once the page is turned by `rotation` degrees."""

    rotation: int
    width: float
    height: float

    def box(self, box: Rule | Box) -> Rule:
        (x0, y0), (x1, y1) = self.point(box.left, box.bottom), self.point(box.right, box.top)
        return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y, self.height - x
        if self.rotation == 180:
            return self.width - x, self.height - y
        if self.rotation == 270:
            return self.width - y, x
        return x, y


_FacedWord: TypeAlias = tuple[Word, Face]
_FacedPage: TypeAlias = tuple[_Place, list[_FacedWord], tuple[Rule, ...]]


# Letters


@dataclass(frozen=True, slots=True)
class _Style:
    """What the letters of one drawn text share. `blanks` counts blank texts drawn before it."""

    size: float
    face: Face
    upright: bool
    blanks: int


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    baseline: float
    style: _Style
    apart: bool  # PDFium takes a space to stand before it
    link: str | None


def _letters(
    page: _Handle, text: _Handle, place: _Place, lying: Annotations
) -> Iterator[_Letter | None]:
    """Yield the letters in the order of the file, None for white space that the file draws."""
    blanks = _blanks_before(page, text)
    styles: dict[int, _Style] = {}
    seen, apart = 0, False
    x, y, box = ctypes.c_double(), ctypes.c_double(), c_api.FS_RECTF()
    for index in range(c_api.FPDFText_CountChars(text)):
        code = c_api.FPDFText_GetUnicode(text, index)
        if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            code = ord(_UNKNOWN)
        letter = _READ_AS.get(chr(code), chr(code))
        if letter.isspace():
            if c_api.FPDFText_IsGenerated(text, index):
                apart = True
            else:
                yield None
            continue
        if letter < " " or letter in _NO_LETTERS:
            continue
        drawn = _address(c_api.FPDFText_GetTextObject(text, index))
        style = styles.get(drawn)
        if style is None or not drawn:
            style = _style(text, index, place, blanks.get(drawn, seen))
            styles[drawn] = style
        if style.blanks != seen:
            seen = style.blanks
            yield None
        c_api.FPDFText_GetLooseCharBox(text, index, box)
        c_api.FPDFText_GetCharOrigin(text, index, x, y)
        left, _, right, _ = place.box(box)
        baseline = place.point(x.value, y.value)[1]
        link = lying.link_at((box.left + box.right) / 2, (box.bottom + box.top) / 2)
        yield _Letter(letter, left, right, baseline, style, apart, link)
        apart = False


def _style(text: _Handle, index: int, place: _Place, blanks: int) -> _Style:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = c_api.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    font = name.raw[: max(0, min(length, len(name)) - 1)].decode("latin-1")
    matrix = c_api.FS_MATRIX()
    scale, upright = 1.0, True
    if c_api.FPDFText_GetMatrix(text, index, matrix):
        scale = (matrix.b**2 + matrix.d**2) ** 0.5 or 1.0
        (x1, y1), (x0, y0) = place.point(matrix.a, matrix.b), place.point(0, 0)
        upright = x1 > x0 and abs(y1 - y0) < 0.3 * (x1 - x0)
    size = c_api.FPDFText_GetFontSize(text, index) * scale
    if not 1 < size < 300:  # a font whose letters have sizes of their own
        box = c_api.FS_RECTF()
        c_api.FPDFText_GetLooseCharBox(text, index, box)
        size = max(box.top - box.bottom, 1.0)
    mode = c_api.FPDFTextObj_GetTextRenderMode(c_api.FPDFText_GetTextObject(text, index))
    face = face_of(font, flags.value)
    if mode == _STROKED:
        face = replace(face, weight=max(face.weight, BOLD))
    return _Style(round(size, 2), face, upright, blanks)


def _blanks_before(page: _Handle, text: _Handle) -> dict[int, int]:
    """Return for each drawn text (by its address) how many blank ones were drawn before it.

    Some programs draw each letter by itself. The library drops their spaces, which leave no
    more trace than a text without letters.
    """
    shown = {
        _address(c_api.FPDFText_GetTextObject(text, index))
        for index in range(c_api.FPDFText_CountChars(text))
    }
    blanks, found = 0, {}
    for index in range(c_api.FPDFPage_CountObjects(page)):
        drawn = c_api.FPDFPage_GetObject(page, index)
        if c_api.FPDFPageObj_GetType(drawn) == c_api.FPDF_PAGEOBJ_TEXT:
            address = _address(drawn)
            blanks += address not in shown
            found[address] = blanks
    return found


def _address(pointer: _Handle) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


# Words


def _words(letters: Iterable[_Letter | None]) -> Iterator[_FacedWord]:
    """Yield words, or the parts of them that have one face.

    What does not run from left to right follows below the page, a line for each stretch of it.
    """
    aside: list[_FacedWord] = []
    for stretch in _stretches(letters):
        words = [_word(part, spaced=spaced) for spaced, part in _parts(stretch)]
        if words and next(letter for letter in stretch if letter).style.upright:
            yield from words
        elif words:
            first, face = words[0]
            text = "".join(" " * word.spaced + word.text for word, _ in words).lstrip()
            aside.append((replace(first, text=text), face))
    for number, (word, face) in enumerate(aside, start=1):
        width = word.size * len(word.text) / 2
        yield replace(word, left=0.0, right=width, baseline=-2 * word.size * number), face


def _stretches(letters: Iterable[_Letter | None]) -> Iterator[list[_Letter | None]]:
    """Yield what stands on one baseline, from left to right, in one size."""
    current: list[_Letter | None] = []
    last: _Letter | None = None
    for letter in letters:
        if letter and last and _parted(last, letter):
            yield current
            current = []
        current.append(letter)
        last = letter or last
    yield current


def _parted(before: _Letter, after: _Letter) -> bool:
    if not (before.style.upright and after.style.upright):
        return before.style.upright or after.style.upright
    size = max(before.style.size, after.style.size)
    return (
        abs(after.baseline - before.baseline) > 0.3 * size
        or after.left < before.left - 0.5 * size
        or after.left - before.right > 3 * size
    )


def _parts(stretch: Sequence[_Letter | None]) -> Iterator[tuple[bool, list[_Letter]]]:
    """Yield the letters of each word or part of one, and whether white space is before it."""
    gaps = [_gap(before, after) for before, after in pairwise(stretch) if before and after]
    usual = max(median(gaps), 0.0) if len(gaps) >= _FEWEST_GAPS else 0.0
    current: list[_Letter] = []
    spaced = True
    for letter in stretch:
        last = current[-1] if current else None
        if letter is None or (last and _gap(last, letter) > usual + _SPACE[letter.apart]):
            if current:
                yield spaced, current
            current, spaced = [], True
        elif last and (letter.style.face, letter.link) != (last.style.face, last.link):
            yield spaced, current
            current, spaced = [], False
        if letter:
            current.append(letter)
    if current:
        yield spaced, current


def _gap(before: _Letter, after: _Letter) -> float:
    """Return the space between two letters over their size."""
    return (after.left - before.right) / after.style.size if after.style.upright else 0.0


def _word(letters: Sequence[_Letter], *, spaced: bool) -> _FacedWord:
    first, last = letters[0], letters[-1]
    face = first.style.face
    text = _SOFT.sub("-", "".join(letter.text for letter in letters))
    if len(letters) == 1 and (face.symbols or text == _UNKNOWN):
        text = BULLET
    left, right, baseline = (round(x, 2) for x in (first.left, last.right, first.baseline))
    size = max(letter.style.size for letter in letters)
    word = Word(text, left, right, baseline, size, link=first.link, spaced=spaced)
    return replace(word, italic=face.italic), face


def _drawn_bullets(shapes: Sequence[Shape]) -> Iterator[_FacedWord]:
    """Yield small filled shapes, as which some programs draw the bullets of lists, as words."""
    for shape in shapes:
        x0, y0, x1, y1 = shape.box
        if shape.filled and 1 < x1 - x0 < 6 and 1 < y1 - y0 < 6:
            yield Word(BULLET, x0, x1, y0 - 1, 2 * (y1 - y0), drawn=True), _NO_FACE


def _undrawn_words(lying: Annotations, place: _Place) -> Iterator[_FacedWord]:
    """Yield the words of text boxes whose look no program has drawn, about where they stand."""
    for box, text in lying.texts:
        seen = place.box(box)
        for number, line in enumerate(text.splitlines(), start=1):
            start = seen.left
            for word in line.split():
                end = start + _USUAL_SIZE / 2 * len(word)
                baseline = seen.top - 1.2 * _USUAL_SIZE * number
                yield Word(word, start, end, baseline, _USUAL_SIZE), _NO_FACE
                start = end + _USUAL_SIZE / 4
