"""PDF -> words, by PDFium. Runs in the sandbox alone: a small file may crash the library."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as c_api

from tailor.reading.files import Content
from tailor.values import limits

_Handle: TypeAlias = Any  # an object of the library, which has no types

BULLET: Final = "•"
_ERRORS = {
    "password": "this PDF needs a password; save it without one and give that",
    "damaged": "this PDF is damaged; save it again, or save it as text and give that",
}
_MOST_OBJECTS = 20_000  # drawn shapes of a page that are looked at for bullets
_MOST_LINKS = 500  # of a page
_LONGEST_LINK = 2048
_BOLD_FROM = 600  # of a font's weight, 400 being regular
_BOLD = ("bold", "black", "heavy", "semibd", "demi", "cmbx")
_ITALIC = ("italic", "oblique", "slanted", "cmti")
_SYMBOLS = ("wingdings", "webdings", "dingbats")  # fonts of which a lone glyph is a bullet
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
_STROKED = 2  # the mode of text that is filled and outlined, to look bold
_FEWEST_GAPS = 4  # from which the usual gap between letters is told
_SPACE = 0.13  # of the size: how much wider than between letters a gap between words is
_LIGATURES = {character: unicodedata.normalize("NFKC", character) for character in "ﬀﬁﬂﬃﬄﬅﬆ"}
_UNKNOWN = "\ufffd"  # a glyph of which the file does not say what it means
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # PDFium's marks of hyphens at the end of a line


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    upright: bool
    symbol: bool
    index: int
    link: str | None


@dataclass(frozen=True, slots=True)
class _Link:
    left: float
    bottom: float
    right: float
    top: float
    address: str


def read_words(content: Content) -> list[dict[str, Any]]:
    """Return width, height and words of each page; a word has the fields of `words.Word`.

    Raises CvError or PostingError if the file is damaged, needs a password, or has more pages or
    characters than are read.
    """
    try:
        document = pdfium.PdfDocument(content.data)
        return list(_pages(content, document))
    except pdfium.PdfiumError as error:
        kind = "password" if "password" in str(error).lower() else "damaged"
        raise content.error(_ERRORS[kind]) from None


def _pages(content: Content, document: _Handle) -> Iterator[dict[str, Any]]:
    most, left = limits.in_force().pdf_pages, limits.in_force().text
    if len(document) > most:
        raise content.beyond(
            "pdf_pages", f"has more than {limits.spelt('pdf_pages')} pages", "give a part of it"
        )
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise content.beyond(
                "text", f"has more than {limits.in_force().text:,} characters", "give a part of it"
            )
        width, height = page.get_width(), page.get_height()
        place = _Place(page.get_rotation(), width, height)
        links = list(_links(page, place))
        words = list(_words(page.raw, text.raw, place, links))
        yield {"width": width, "height": height, "words": [*words, *_drawn_bullets(page, place)]}
        text.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a point of the page is seen once the page is turned by `rotation` degrees."""

    rotation: int
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y, self.height - x
        if self.rotation == 180:
            return self.width - x, self.height - y
        if self.rotation == 270:
            return self.width - y, x
        return x, y


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


def _characters(
    text: _Handle,
    place: _Place,
    blanks: dict[int, int],
    links: Sequence[_Link],
) -> Iterator[_Character | None]:
    """Yield the characters in the order of the file, None for white space."""
    seen = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = c_api.FS_RECTF(), c_api.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for index in range(c_api.FPDFText_CountChars(text)):
        code = c_api.FPDFText_GetUnicode(text, index)
        if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            code = ord(_UNKNOWN)
        letter = _HYPHENS.get(chr(code), chr(code))
        if letter.isspace():
            # The spaces that the library adds by its own measure are left to `_words`.
            if not c_api.FPDFText_IsGenerated(text, index):
                yield None
            continue
        if ord(letter) < 32 or letter in "\ufeff\uffff":
            continue
        before = blanks.get(_address(c_api.FPDFText_GetTextObject(text, index)), seen)
        if before != seen:
            seen = before
            yield None
        c_api.FPDFText_GetLooseCharBox(text, index, box)
        c_api.FPDFText_GetCharOrigin(text, index, x, y)
        length = c_api.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        font = name.raw[: max(0, min(length, len(name)) - 1)].decode("latin-1").lower()
        weight = c_api.FPDFText_GetFontWeight(text, index)
        scale, upright = 1.0, True
        if c_api.FPDFText_GetMatrix(text, index, matrix):
            scale = (matrix.b**2 + matrix.d**2) ** 0.5 or 1.0
            along = place.point(matrix.a, matrix.b), place.point(0, 0)
            dx, dy = along[0][0] - along[1][0], along[0][1] - along[1][1]
            upright = dx > 0 and abs(dy) < 0.3 * dx
        size = c_api.FPDFText_GetFontSize(text, index) * scale
        left, bottom, right, top = place.box(box.left, box.bottom, box.right, box.top)
        yield _Character(
            _LIGATURES.get(letter, letter),
            left,
            right,
            place.point(x.value, y.value)[1],
            size if 1 < size < 300 else max(top - bottom, 1.0),
            weight >= _BOLD_FROM
            or bool(flags.value & _FORCE_BOLD_FLAG)
            or any(word in font for word in _BOLD),
            bool(flags.value & _ITALIC_FLAG) or any(word in font for word in _ITALIC),
            upright,
            any(word in font for word in _SYMBOLS),
            index,
            _link_at(links, (left + right) / 2, (bottom + top) / 2),
        )


def _link_at(links: Sequence[_Link], x: float, y: float) -> str | None:
    for link in links:
        if link.left <= x <= link.right and link.bottom <= y <= link.top:
            return link.address
    return None


def _words(
    page: _Handle,
    text: _Handle,
    place: _Place,
    links: Sequence[_Link],
) -> Iterator[list[Any]]:
    """Yield the words; what is written upwards or askew comes last, below the page."""
    aside: list[list[Any]] = []
    for stretch in _stretches(_characters(text, place, _blanks_before(page, text), links)):
        words = [_word(text, letters, spaced=spaced) for spaced, letters in _cut(stretch)]
        first = next((character for character in stretch if character), None)
        if first is None or first.upright:
            yield from words
        else:
            shown = "".join(" " * word[-2] + word[0] for word in words).lstrip()
            aside.append([shown, *words[0][1:]])
    for number, (shown, _, _, _, size, *style) in enumerate(aside, start=1):
        yield [shown, 0.0, size * len(shown) / 2, -2 * size * number, size, *style]


def _stretches(characters: Iterator[_Character | None]) -> Iterator[list[_Character | None]]:
    """Yield what stands on one baseline, from left to right, in one size."""
    current: list[_Character | None] = []
    last: _Character | None = None
    for character in characters:
        if character and last and _parted(last, character):
            yield current
            current = []
        current.append(character)
        last = character or last
    yield current


def _parted(before: _Character, after: _Character) -> bool:
    if not after.upright:
        return before.upright
    size = max(before.size, after.size)
    return (
        not before.upright
        or abs(after.baseline - before.baseline) > 0.3 * size
        or after.left < before.left - 0.5 * size
        or after.left - before.right > 3 * size
    )


def _cut(stretch: Sequence[_Character | None]) -> Iterator[tuple[bool, list[_Character]]]:
    """Cut at spaces, at gaps wider than those between letters, and where the style changes.

    Yields the letters, and whether there is a space before them.
    """
    gaps = [
        (after.left - before.right) / after.size
        for before, after in pairwise(stretch)
        if before and after
    ]
    usual = max(median(gaps), 0.0) if len(gaps) >= _FEWEST_GAPS else 0.0
    current: list[_Character] = []
    spaced = True
    for character in stretch:
        last = current[-1] if current else None
        if character is None or (last and _wide(last, character, usual)):
            if current:
                yield spaced, current
            current, spaced = [], True
        elif last and _style(last) != _style(character):
            yield spaced, current
            current, spaced = [], False
        if character:
            current.append(character)
    if current:
        yield spaced, current


def _style(character: _Character) -> tuple[bool, bool, str | None]:
    return character.bold, character.italic, character.link


def _wide(before: _Character, after: _Character, usual: float) -> bool:
    return after.upright and after.left - before.right > (usual + _SPACE) * after.size


def _word(text: _Handle, letters: Sequence[_Character], *, spaced: bool) -> list[Any]:
    first, last = letters[0], letters[-1]
    drawn = c_api.FPDFText_GetTextObject(text, first.index)
    bold = first.bold or c_api.FPDFTextObj_GetTextRenderMode(drawn) == _STROKED
    size = round(max(letter.size for letter in letters), 2)
    shown = "".join(letter.text for letter in letters)
    if len(letters) == 1 and (first.symbol or shown == _UNKNOWN):
        shown = BULLET
    place = [round(point, 2) for point in (first.left, last.right, first.baseline)]
    return [shown, *place, size, bold, first.italic, first.link, spaced, False]


def _drawn_bullets(page: _Handle, place: _Place) -> Iterator[list[Any]]:
    """Yield small filled shapes, as which some programs draw the bullets of lists, as words."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    for index in range(min(c_api.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        shape = c_api.FPDFPage_GetObject(page.raw, index)
        if c_api.FPDFPageObj_GetType(shape) != c_api.FPDF_PAGEOBJ_PATH:
            continue
        if not c_api.FPDFPath_GetDrawMode(shape, mode, stroke) or not mode.value:
            continue
        if not c_api.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = place.box(left.value, bottom.value, right.value, top.value)
        if 1 < x1 - x0 < 6 and 1 < y1 - y0 < 6:
            yield [BULLET, x0, x1, y0 - 1, 2 * (y1 - y0), False, False, None, True, True]


def _links(page: _Handle, place: _Place) -> Iterator[_Link]:
    """Yield the places of the page's links to addresses. Nothing is ever opened."""
    position, link, box = ctypes.c_int(0), c_api.FPDF_LINK(), c_api.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not c_api.FPDFLink_Enumerate(page.raw, position, link):
            return
        action = c_api.FPDFLink_GetAction(link)
        if not action or c_api.FPDFAction_GetType(action) != c_api.PDFACTION_URI:
            continue
        address = ctypes.create_string_buffer(_LONGEST_LINK)
        length = c_api.FPDFAction_GetURIPath(page.pdf.raw, action, address, _LONGEST_LINK)
        if 1 < length <= _LONGEST_LINK and c_api.FPDFLink_GetAnnotRect(link, box):
            left, bottom, right, top = place.box(box.left, box.bottom, box.right, box.top)
            text = address.raw[: length - 1].decode("utf-8", "replace")
            yield _Link(left, bottom - 2, right, top + 2, text)
