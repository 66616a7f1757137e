"""The widths of characters and the heights of lines, without any font installed.

`data/font_metrics.json` has the advance widths of Carlito (equal to those of Calibri),
Liberation Sans (Arial) and Liberation Serif (Times New Roman). There is no kerning and there are
no ligatures, as in Word by default. LibreOffice does not kern these files either, but sets
ligatures, which are up to 0.4 points narrower at 10 points.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tailor.layout.typography import FONT, TWIPS_PER_POINT
from tailor.values.resources import data_text

# Widths, in em, of characters that these fonts lack, as the widest usual substitute has them.
# Emoji are 1.37 em wide in Segoe UI Emoji, 1.28 in Noto Color Emoji.
_IDEOGRAPH = 1.0
_EMOJI = 1.4
_OTHER_SIGN = 1.25

# Line height of other fonts, as a factor of the size: Noto Sans CJK 1.45, Segoe UI Emoji 1.33.
_FOREIGN_LINE = 1.5

# LibreOffice 7.4 rounds the parts of a line's height separately. Of all sizes from 6 to 28 points
# in halves, measured with it, these are one twip higher than their rounded sum, and none is more.
# A full page has some fifty lines, so these twips can cost a line.
_MEASURED = frozenset(halves / 2 for halves in range(12, 57))
_ONE_TWIP_MORE = {
    "Arial": frozenset(
        (7.5, 8.5, 10.5, 11.5, 13, 13.5, 14.5, 16, 16.5, 17.5, 19, 19.5, 21.5, 22.5, 24.5, 25.5)
    ),
    "Calibri": frozenset((6, 15.5, 18, 20.5)),
    "Times New Roman": frozenset(
        (6.5, 9.5, 10, 10.5, 11.5, 12.5, 13.5, 17, 17.5, 18.5, 19.5, 20.5, 23.5, 24.5, 25.5, 26.5)
    ),
}

FREE_TWINS = {
    "Calibri": "Carlito",
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
}
"""The free font of the same widths for each font; these ship and are in a PDF."""
_DRAWN_AS_HYPHEN = "\xad\u2010\u2011"


class _Widths(dict[str, float]):
    """The widths of a face in em, by character; a missing one is added when it is asked for."""

    def __missing__(self, character: str) -> float:
        width = self[character] = _fallback_width(character, self["-"])
        return width


@dataclass(frozen=True, slots=True)
class _Family:
    """The figures of a font. The keys of `widths` are (bold, italic)."""

    line_height: float
    widths: dict[tuple[bool, bool], _Widths]
    characters: frozenset[str]


def font_names() -> tuple[str, ...]:
    """Return the names of the fonts whose figures are known."""
    return tuple(sorted(_figures()))


def letter_widths(
    text: str, bold: bool = False, italic: bool = False, font: str = FONT
) -> Iterator[float]:
    """Return the width of each character in em; multiply by the size in points to get points.

    A character that the font lacks has the width of the widest usual substitute. Raises
    ValueError for a font that is not one of `font_names()`.
    """
    return map(_family(font).widths[bold, italic].__getitem__, text)


def line_height(size: float, font: str = FONT) -> float:
    """Return the height of a single-spaced line in points, for a size in points.

    It is the exact height, or the one that LibreOffice rounds to whole twips if that is more.
    """
    exact = size * _family(font).line_height
    is_measured = size in _MEASURED and font in _ONE_TWIP_MORE
    more = 0 if is_measured and size not in _ONE_TWIP_MORE[font] else 1
    return max(exact, (round(exact * TWIPS_PER_POINT) + more) / TWIPS_PER_POINT)


def foreign_line_height(size: float) -> float:
    """Return the greatest height in points of a line with characters of another font."""
    return size * _FOREIGN_LINE


def foreign_characters(text: str, font: str = FONT) -> set[str]:
    """Return the characters of `text` that the font lacks and that take room."""
    if text.isascii():
        return set()
    return {each for each in set(text) - _family(font).characters if _fallback_width(each, 0) > 0}


def count_foreign(text: str, font: str = FONT) -> int:
    """Return how many characters of `text` the font lacks."""
    return sum(map(text.count, foreign_characters(text, font)))


def _fallback_width(character: str, hyphen: float) -> float:
    if character in _DRAWN_AS_HYPHEN:
        return hyphen
    # Marks stand over the letter before them; controls and joiners are invisible.
    if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf"}:
        return 0.0
    code = ord(character)
    if code >= 0x1F000 and not 0x20000 <= code < 0x40000:
        return _EMOJI
    if unicodedata.east_asian_width(character) in {"W", "F"} and code >= 0x2E80:
        return _IDEOGRAPH
    return _EMOJI if 0x2300 <= code < 0x2C00 else _OTHER_SIGN


@cache
def _figures() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(data_text("font_metrics.json"))
    return found


@cache
def _family(font: str) -> _Family:
    if font not in _figures():
        raise ValueError(f"no figures for the font {font!r}; known are {', '.join(font_names())}")
    figures = _figures()[font]
    widths = {
        ("bold" in face, "italic" in face): _unpack(stretches, figures["units_per_em"])
        for face, stretches in figures["widths"].items()
    }
    # A character must be in all faces, whichever the line uses.
    characters = frozenset.intersection(*[frozenset(face) for face in widths.values()])
    return _Family(figures["line_height"], widths, characters)


def _unpack(stretches: dict[str, str], units: int) -> _Widths:
    """Read ``{"0041": "1185 1114*2"}``: A is 1185 units wide, B and C are 1114."""
    widths = _Widths()
    for first, words in stretches.items():
        code = int(first, 16)
        for word in words.split():
            width, _, times = word.partition("*")
            for _ in range(int(times or 1)):
                widths[chr(code)] = int(width) / units
                code += 1
    return widths
