"""The names of fonts -> their faces: the family, how heavy, upright or italic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # of a font's descriptor (ISO 32000-1, table 123)
# Weights as CSS counts them, by the words in fonts' names; longer words come first. "medi" is
# the bold face of the Nimbus fonts, "bx" that of TeX's.
_WEIGHTS: Final = {
    "extralight": 200,
    "ultralight": 200,
    "extrabold": 800,
    "ultrabold": 800,
    "semibold": 600,
    "demibold": 600,
    "semibd": 600,
    "regular": 400,
    "medium": 500,
    "black": 900,
    "heavy": 900,
    "light": 300,
    "roman": 400,
    "bold": 700,
    "book": 400,
    "demi": 600,
    "medi": 700,
    "regu": 400,
    "thin": 100,
}
_REGULAR, BOLD = 400, 700
_HEAVY = 600
_NEARLY_ALL = 0.9  # of the letters
_WORDS: Final = re.compile("|".join(_WEIGHTS))
_ITALIC: Final = re.compile("italic|oblique|slanted|(?<=[-,])it(?![a-z])|^cmti|^sfti|^lmromanslant")
_TEX_BOLD: Final = re.compile("^(?:cmbx|cmssbx|sfbx|ecbx|ptmb|phvb|pplb)")
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_SYMBOLS: Final = ("wingdings", "webdings", "dingbats")


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family; `weight` is 100 to 900, 400 being regular.

    In a font of `symbols` a lone glyph is the mark of a list item.
    """

    family: str
    weight: int
    italic: bool
    symbols: bool


@cache
def face_of(font: str, flags: int = 0) -> Face:
    """Return the face of a font by its name and the flags of its descriptor."""
    name = _SUBSET.sub("", font).lower()
    plain = name.replace("-", "").replace(" ", "").replace("_", "")
    found = _WORDS.findall(plain)
    weight = max((_WEIGHTS[word] for word in found), default=_REGULAR)
    if flags & _FORCE_BOLD_FLAG or _TEX_BOLD.match(name):
        weight = max(weight, BOLD)
    italic = bool(flags & _ITALIC_FLAG) or bool(_ITALIC.search(name))
    family = re.split(r"[-,_]", _ITALIC.sub("", _WORDS.sub("", name)))[0]
    return Face(family, weight, italic, any(word in name for word in _SYMBOLS))


def bold_faces(letters: Mapping[Face, int]) -> frozenset[Face]:
    """Return the faces that are bold in a document, given how many letters each has.

    A face is bold if it is heavy, or heavier than both regular and the main face of its family:
    medium letters are bold beside light ones. Where nearly all text has one face, that is not
    bold, however heavy.
    """
    main: dict[str, Face] = {}
    for face in sorted(letters, key=lambda face: (-letters[face], face.weight)):
        main.setdefault(face.family, face)
    most = _NEARLY_ALL * sum(letters.values())
    return frozenset(
        face
        for face in letters
        if (face.weight >= _HEAVY or face.weight > max(_REGULAR, main[face.family].weight))
        and letters[face] <= most
    )
