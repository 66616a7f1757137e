"""What the name of a font says of its letters: family, weight, italics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # of a font's descriptor (ISO 32000-1, table 123)
# Words in the names of fonts, by the weight that CSS gives them. "medi" is the bold face of the
# Nimbus fonts.
_NAMES: Final = {
    100: "thin",
    200: "extralight ultralight",
    300: "light",
    400: "regular regu roman book",
    500: "medium",
    600: "semibold semibd demibold demi",
    700: "bold medi",
    800: "extrabold ultrabold",
    900: "black heavy",
}
_WEIGHTS: Final = {word: weight for weight, words in _NAMES.items() for word in words.split()}
_REGULAR, BOLD = 400, 700
_HEAVY = 600
_NEARLY_ALL = 0.9  # of the letters
_WORDS: Final = re.compile("|".join(sorted(_WEIGHTS, key=len, reverse=True)))
_ITALIC: Final = re.compile("italic|oblique|slanted|(?<=[-,])it(?![a-z])|^cmti|^sfti|^lmromanslant")
_TEX_BOLD: Final = re.compile("^(?:cmbx|cmssbx|sfbx|ecbx|ptmb|phvb|pplb)")
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_SYMBOLS: Final = ("wingdings", "webdings", "dingbats")


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family of fonts; `weight` is 100 to 900, 400 being regular.

    A single glyph of a font of `symbols` is the mark of a list item.
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
