"""What the paragraphs and runs of a Word file look like, once their styles are reckoned with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.styles import CT_Style
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Length
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat
from docx.text.run import Run

from tailor.layout.typography import STYLES, Style
from tailor.reading.word.file import part_of
from tailor.reading.word.flatten import Element, W

# Word calls its own styles "heading 1" in any language; other programs translate the name.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|"
    r"nadpis|címsor|başlık|заголовок|見出し|标题|標題|제목)\s?([1-9])\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-5]))?", re.IGNORECASE)
_TITLES = frozenset("title titel titre título titolo tytuł otsikko rubrik name".split()) | {
    "your name",
    STYLES[Style.NAME].name.casefold(),
}
_SECTIONS = frozenset({"section title", "section heading", "resume section", "cv section"})
_SECTION_LEVEL = 2
_DEEPEST = 9  # the levels of lists that Word has
_PLACEHOLDER = "placeholder text"
_LOWEST_LEVEL = 6
_LONGEST_CHAIN = 20  # styles based on one another
_TOGGLES = ("bold", "italic", "all_caps", "small_caps", "hidden")
_SIZE = 10.0  # points, where nothing says how large the text is
OFF = frozenset({"0", "false", "off", "none", "nil"})
"""The values of a switch that is off."""


_Of = TypeVar("_Of")
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class RunLook:
    """The look of characters; `size` in points, `color` in hexadecimal or "", `font` its name."""

    bold: bool = False
    italic: bool = False
    all_caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    size: float = _SIZE
    color: str = ""
    font: str = ""

    @property
    def caps(self) -> bool:
        """Whether it is drawn in capitals, large or small."""
        return self.all_caps or self.small_caps


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph as its style and its own properties make it; lengths in points.

    `heading` is 1 to 6, or 0 where no style says so; `title`: the style is that of a document's
    title. `depth` is that of a list item, from 1, or 0. `first` is the indent of the first line,
    `left` that of the others. `joined`: no space to neighbours of the same style.
    """

    style: str
    run: RunLook
    heading: int
    title: bool
    depth: int
    before: float
    after: float
    left: float
    first: float
    joined: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stands: its depth, from 1, or 0 if it shows no mark; its indent in points."""

    depth: int = 0
    left: float | None = None


class Looks:
    """The styles and numberings of one document."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.style_id or "": style for style in document.styles}
        self._numbering = Numbering(document)
        default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._default = default.style_id or "" if default is not None else ""
        self._defaults = _document_defaults(document)
        self._chain = cache(self._find_chain)
        self._heading = cache(self._find_heading)
        self._base = cache(
            lambda style: _run_look([one.font for one in self._paragraph_styles(style)], RunLook())
        )
        self.placeholders = frozenset(
            identity
            for identity, style in self._styles.items()
            if (style.name or "").casefold() == _PLACEHOLDER
        ) | {"PlaceholderText"}  # Word knows it where the file does not define it
        """The ids of styles for text that asks to click and fill in something."""

    def paragraph(self, paragraph: Paragraph) -> ParagraphLook:
        """Return the look of a paragraph."""
        own = paragraph.paragraph_format
        named = own.element.style
        style = named if named in self._styles else self._default
        formats = [own, *(each.paragraph_format for each in self._paragraph_styles(style))]
        properties = [each.element.pPr for each in formats if each.element.pPr is not None]
        heading, title = self._heading(style)
        outline = outline_of(own.element.pPr)
        if outline is not None and not title:
            heading = min(outline, _LOWEST_LEVEL)
        place = self._place(style, properties, own.element.pPr)
        left = _points(formats, "left_indent")
        left = (place.left if left is None else left) or 0
        hanging = _points(formats, "first_line_indent") or 0
        return ParagraphLook(
            style,
            self._base(style),
            heading,
            title,
            place.depth,
            before=_points(formats, "space_before") or 0,
            after=_points(formats, "space_after") or 0,
            left=left,
            first=max(left + (0 if place.depth else hanging), 0),
            joined=bool(_first(properties, joins_neighbours)),
        )

    def run(self, run: Run, paragraph: ParagraphLook) -> RunLook:
        """Return the look of a run in a paragraph of this look."""
        properties = run.font.element.rPr
        if properties is None:
            return paragraph.run
        below = paragraph.run
        if properties.style:
            character = [style.font for style in self._chain(properties.style)]
            below = _run_look(character, below, toggles=True)
        return _run_look([run.font], below)

    def _find_chain(self, identity: str) -> list[CharacterStyle]:
        """Return the style and those it is based on, nearest first."""
        chain: list[CharacterStyle] = []
        style: BaseStyle | None = self._styles.get(identity)
        while isinstance(style, CharacterStyle) and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self._styles.get(style.element.basedOn_val or "")
        return chain

    def _paragraph_styles(self, identity: str) -> list[ParagraphStyle]:
        chain = [*self._chain(identity), self._defaults]
        return [style for style in chain if isinstance(style, ParagraphStyle)]

    def _names(self, identity: str) -> list[str]:
        return [(style.name or "").strip().casefold() for style in self._chain(identity)]

    def _find_heading(self, identity: str) -> tuple[int, bool]:
        """Return the level of a style for headings, else 0, and whether it is the title's."""
        for style, name in zip(self._chain(identity), self._names(identity), strict=True):
            if named := _HEADING.match(name):
                return min(int(named[1]), _LOWEST_LEVEL), False
            if name in _TITLES:
                return 1, True
            if name in _SECTIONS:
                return _SECTION_LEVEL, False
            outline = outline_of(style.element.pPr)
            if outline is not None:
                return min(outline, _LOWEST_LEVEL), False
        return 0, False

    def _place(self, style: str, properties: Sequence[CT_PPr], own: CT_PPr | None) -> _Place:
        """Return where a paragraph stands in a list, by its numbering or its style's name."""
        number = _first(properties, lambda each: _number(each, "numId"))
        if number == 0:
            return _Place()
        level = _first(properties, lambda each: _number(each, "ilvl"))
        place = self._numbering.place(number or 0, level, style)
        if not place.depth and own is not None and _number(own, "numId") is not None:
            return _Place()
        listed = filter(None, map(_LIST.fullmatch, self._names(style)))
        named = next((int(name[1] or 1) for name in listed), 0)
        return _Place(max(place.depth, named), place.left)


class Numbering:
    """The numbering definitions; without the part no paragraph is a list item by number.

    `levels` gives those of a numbering, by their depths from 0.
    """

    def __init__(self, document: Document) -> None:
        part = part_of(document, RT.NUMBERING)
        self._root: Element = OxmlElement("w:numbering") if part is None else part.element
        self.levels = cache(self._find_levels)

    def place(self, number: int, level: int | None, style: str) -> _Place:
        """Return where an item of this numbering stands.

        Where no `level` is given, that of the paragraph `style` counts.
        """
        levels = self.levels(number)
        if level is None:
            of_style = (
                i for i, each in levels.items() if style and value_in(each, "pStyle") == style
            )
            level = next(of_style, 0)
        found = levels.get(level)
        if found is None or not _is_shown(found):
            return _Place()
        properties = cast("CT_PPr | None", found.find(f"{W}pPr"))
        left = properties.ind_left if properties is not None else None
        return _Place(min(level, _DEEPEST - 1) + 1, None if left is None else left.pt)

    def _find_levels(self, number: int) -> dict[int, Element]:
        found = self._child("num", "numId", str(number))
        if found is None:
            return {}
        levels = [*found.iterfind(f"{W}lvlOverride/{W}lvl")]
        definition = self._child("abstractNum", "abstractNumId", value_in(found, "abstractNumId"))
        if definition is not None and (link := value_in(definition, "numStyleLink")):
            others = self._root.iterchildren(f"{W}abstractNum")
            linked = (other for other in others if value_in(other, "styleLink") == link)
            definition = next(linked, definition)
        if definition is not None:
            levels = [*definition.iterchildren(f"{W}lvl"), *levels]
        depths = ((level.get(f"{W}ilvl", "0")[:2], level) for level in levels)
        return {int(depth): level for depth, level in depths if depth.isdecimal()}

    def _child(self, tag: str, name: str, value: str) -> Element | None:
        children = self._root.iterchildren(f"{W}{tag}")
        return next((each for each in children if each.get(f"{W}{name}") == value), None)


def _is_shown(level: Element) -> bool:
    """Return whether a level has a mark, and does not only indent."""
    if level.find(f"{W}lvlPicBulletId") is not None:
        return True
    if value_in(level, "numFmt") == "none":
        return False
    text = level.find(f"{W}lvlText")
    return text is None or bool(text.get(f"{W}val", "").strip("\u200b "))


def value_in(element: Element, name: str) -> str:
    """Return the value of the first child of this name, "" without one."""
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _document_defaults(document: Document) -> ParagraphStyle:
    """Return the document's defaults as a style, which all others are based on."""
    style = cast("CT_Style", OxmlElement("w:style"))
    for path in ("w:docDefaults/w:pPrDefault/w:pPr", "w:docDefaults/w:rPrDefault/w:rPr"):
        style.extend(deepcopy(document.styles.element.xpath(path)))
    return ParagraphStyle(style)


def _first(sources: Iterable[_Of], what: Callable[[_Of], _Said | None]) -> _Said | None:
    """Return what the nearest of the sources says that says anything."""
    said = (what(source) for source in sources)
    return next((value for value in said if value is not None), None)


def _run_look(fonts: Sequence[Font], below: RunLook, *, toggles: bool = False) -> RunLook:
    """Return what fonts say, the nearest first, on what lies below them.

    A character style `toggles`: bold in bold is not bold, and so on.
    """
    found: dict[str, Any] = {
        "size": _first(fonts, lambda font: font.size.pt if font.size else None),
        "color": _first(fonts, lambda font: font.color.rgb and str(font.color.rgb)),
        "font": _first(fonts, lambda font: font.name),
    }
    for name in _TOGGLES:
        said = _first(fonts, attrgetter(name))
        found[name] = said != getattr(below, name) if toggles and said is not None else said
    return replace(below, **{name: said for name, said in found.items() if said is not None})


def _points(formats: Iterable[ParagraphFormat], name: str) -> float | None:
    length: Length | None = _first(formats, attrgetter(name))
    return None if length is None else length.pt


def _number(properties: CT_PPr, name: str) -> int | None:
    """Return what the paragraph says of its numbering: "numId" (0 for none) or "ilvl"."""
    numbering = properties.numPr
    found = getattr(numbering, name) if numbering is not None else None
    return None if found is None else int(found.val)


def is_white(color: str | None, least: int) -> bool:
    """Return whether red, green and blue of a color in hexadecimal are all at `least` so much."""
    is_color = color is not None and re.fullmatch("[0-9A-Fa-f]{6}", color)
    return bool(is_color) and min(bytes.fromhex(color or "")) >= least


def outline_of(properties: CT_PPr | None) -> int | None:
    """Return 1 to 9 for a level of headings, 0 for text, None where nothing is said."""
    found = properties.find(f"{W}outlineLvl") if properties is not None else None
    value = found.get(f"{W}val", "") if found is not None else ""
    return (int(value) + 1) % 10 if value in set("0123456789") else None


def joins_neighbours(properties: CT_PPr) -> bool | None:
    """Return whether no space stands between neighbours of one style, None if nothing is said."""
    found = properties.find(f"{W}contextualSpacing")
    return None if found is None else found.get(f"{W}val", "true") not in OFF
