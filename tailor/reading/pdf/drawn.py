"""What a PDF says beside its letters: faces of fonts, links, fields, text boxes, lines of tables.

Runs in the sandbox alone.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeAlias

import pypdfium2.raw as c_api

from tailor.reading.pdf.rows import Rule

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


# What a page of a PDF has besides letters: links, fields, text boxes, shapes, lines of tables.

_Handle: TypeAlias = Any  # an object of the library, which has no types
Box: TypeAlias = Any  # a rectangle of the library: left, bottom, right, top, in points

_MOST_ANNOTATIONS = 500  # of a page
_LONGEST_LINK = 2048
_LOOKS = frozenset({c_api.FPDF_ANNOT_WIDGET, c_api.FPDF_ANNOT_FREETEXT})
_Point: TypeAlias = tuple[float, float]
_MOST_OBJECTS = 20_000  # of a page that are looked at
_MOST_POINTS = 400  # of one shape
_MOST_RULES = 1_500  # of a page; one with more is a drawing
_THIN = 2.5  # points: no thicker shape is a line
_SHORTEST = 6.0  # points: no shorter line is one of a table
_MOVE_TO = 2


# Links, fields of forms and text boxes


@dataclass(slots=True)
class Annotations:
    """What lies on a page.

    `links` are boxes with their addresses, `texts` text boxes without a look of their own. Some
    `have_looks`: fields of forms, and text boxes as they are usually saved.
    """

    links: list[tuple[Box, str]] = field(default_factory=list)
    texts: list[tuple[Box, str]] = field(default_factory=list)
    have_looks: bool = False

    def link_at(self, x: float, y: float) -> str | None:
        """Return the address of the link at a point, if there is one."""
        for box, address in self.links:
            if box.left <= x <= box.right and box.bottom - 2 <= y <= box.top + 2:
                return address
        return None


def annotations_of(page: _Handle) -> Annotations:
    """Return what lies on the page. No link is ever opened."""
    found = Annotations()
    for index in range(min(c_api.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        note, box = c_api.FPDFPage_GetAnnot(page.raw, index), c_api.FS_RECTF()
        kind = c_api.FPDFAnnot_GetSubtype(note)
        if c_api.FPDFAnnot_GetRect(note, box):
            if kind == c_api.FPDF_ANNOT_LINK:
                found.links += [(box, address) for address in _address_of(page, note)]
            elif kind == c_api.FPDF_ANNOT_FREETEXT and not c_api.FPDFAnnot_HasKey(note, b"AP"):
                found.texts.append((box, _contents(note)))
            elif kind in _LOOKS:
                found.have_looks = True
        c_api.FPDFPage_CloseAnnot(note)
    return found


def _address_of(page: _Handle, note: _Handle) -> Iterator[str]:
    action = c_api.FPDFLink_GetAction(c_api.FPDFAnnot_GetLink(note))
    if action and c_api.FPDFAction_GetType(action) == c_api.PDFACTION_URI:
        address = ctypes.create_string_buffer(_LONGEST_LINK)
        length = c_api.FPDFAction_GetURIPath(page.pdf.raw, action, address, _LONGEST_LINK)
        if 1 < length <= _LONGEST_LINK:
            yield address.raw[: length - 1].decode("utf-8", "replace")


def _contents(note: _Handle) -> str:
    length = c_api.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    letters = ctypes.create_string_buffer(length)
    c_api.FPDFAnnot_GetStringValue(
        note, b"Contents", ctypes.cast(letters, ctypes.POINTER(c_api.FPDF_WCHAR)), length
    )
    return letters.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


# Shapes and the lines of tables


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn shape: the box it fills on the page, and the straight lines it is made of."""

    box: Rule
    filled: bool
    lines: tuple[Rule, ...]


def shapes_of(page: _Handle, place: Callable[[Rule], Rule]) -> Iterator[Shape]:
    """Yield what a page draws with paths; `place` gives a box as it is seen on the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    for index in range(min(c_api.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        path = c_api.FPDFPage_GetObject(page, index)
        if c_api.FPDFPageObj_GetType(path) != c_api.FPDF_PAGEOBJ_PATH:
            continue
        is_drawn = c_api.FPDFPath_GetDrawMode(path, mode, stroked) and (mode.value or stroked.value)
        if not is_drawn or not c_api.FPDFPageObj_GetBounds(path, left, bottom, right, top):
            continue
        box = place(Rule(left.value, bottom.value, right.value, top.value))
        lines = tuple(map(place, _lines_of(path, stroked=bool(stroked.value))))
        yield Shape(box, bool(mode.value), lines)


def rules_of(shapes: Sequence[Shape]) -> tuple[Rule, ...]:
    """Return the level and upright lines among shapes, those long enough for a table's."""
    rules: list[Rule] = []
    for line in (line for shape in shapes for line in shape.lines):
        thin, long = sorted((line.right - line.left, line.top - line.bottom))
        if thin <= _THIN and long >= _SHORTEST:
            rules.append(Rule(*(round(end, 1) for end in line)))
    return tuple(rules) if len(rules) <= _MOST_RULES else ()


def _lines_of(path: _Handle, *, stroked: bool) -> Iterator[Rule]:
    """Yield the sides of a stroked path, and the thin parts of a filled one as they are."""
    count = c_api.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_POINTS:
        return
    matrix = c_api.FS_MATRIX()
    c_api.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[_Point]] = []
    for index in range(count):
        segment = c_api.FPDFPath_GetPathSegment(path, index)
        if not c_api.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if c_api.FPDFPathSegment_GetType(segment) == _MOVE_TO or not parts:
            parts.append([])
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        upward = matrix.b * x.value + matrix.d * y.value + matrix.f
        parts[-1].append((across, upward))
        if c_api.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    for part in parts:
        whole = _box(part)
        if min(whole.right - whole.left, whole.top - whole.bottom) <= _THIN:
            yield whole
        elif stroked:
            yield from (_box(ends) for ends in pairwise(part))


def _box(points: Sequence[_Point]) -> Rule:
    across, upward = zip(*points, strict=True)
    return Rule(min(across), min(upward), max(across), max(upward))
