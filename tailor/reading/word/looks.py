"""What the paragraphs and runs of a Word file look like, once their styles are reckoned with."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.styles.style import CharacterStyle, ParagraphStyle

from tailor.layout.typography import STYLES, Style
from tailor.reading.word.flatten import W
from tailor.reading.word.numbering import Numbering, Place

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.styles import CT_Style
    from docx.shared import Length
    from docx.styles.style import BaseStyle
    from docx.text.font import Font
    from docx.text.paragraph import Paragraph
    from docx.text.parfmt import ParagraphFormat
    from docx.text.run import Run
    from lxml.etree import _Element as Element

# Word calls its own styles "heading 1" in any language; other programs translate the name.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|"
    r"nadpis|címsor|başlık|заголовок|見出し|标题|標題|제목)\s?([1-9])\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-5]))?", re.IGNORECASE)
_TITLES = frozenset(
    {
        STYLES[Style.NAME].name.casefold(),
        *"title titel titre título titolo tytuł otsikko rubrik name".split(),
        "your name",
    }
)
_SECTIONS = frozenset({"section title", "section heading", "resume section", "cv section"})
_SECTION_LEVEL = 2
_LOWEST_LEVEL = 6
_LONGEST_CHAIN = 20  # styles based on one another
_TOGGLES = ("bold", "italic", "caps", "small_caps", "hidden")
_SIZE = 10.0  # points, where nothing says how large the text is
_PLACEHOLDER = "placeholder text"
_OFF = frozenset({"0", "false", "off", "none", "nil"})


@dataclass(frozen=True, slots=True)
class RunLook:
    """The look of characters, None where nothing says it; `size` in points."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    small_caps: bool | None = None
    hidden: bool | None = None
    underline: bool | None = None
    size: float | None = None
    color: str | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph as its style and its own properties make it; lengths in points.

    `heading` is 1 to 6, or 0 where no style says so; `title` tells the style of a document's
    title. `depth` is that of a list item, from 1, or 0. `first` is the place of the first line
    from the left edge of the text, `left` that of the others. `joined`: no space to neighbours of
    the same style.
    """

    style: str
    run: RunLook
    heading: int = 0
    title: bool = False
    depth: int = 0
    before: float = 0
    after: float = 0
    left: float = 0
    first: float = 0
    ruled: bool = False
    joined: bool = False


class Looks:
    """The styles and numberings of one document."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.style_id or "": style for style in document.styles}
        self._numbering = Numbering(document)
        default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._default = default.style_id or "" if default is not None else ""
        self._defaults = _document_defaults(document)
        self._of_style = cache(self._resolve)
        self._character = cache(self._letters)
        self.placeholders = frozenset(
            identity
            for identity in self._styles
            if any((style.name or "").casefold() == _PLACEHOLDER for style in self._chain(identity))
        )
        """The ids of styles for text that asks to click and fill in something."""

    def paragraph(self, paragraph: Paragraph) -> ParagraphLook:
        """Return the look of a paragraph."""
        named = paragraph.paragraph_format.element.style
        style = named if named in self._styles else self._default
        base, inherited = self._of_style(style)
        own = _format(paragraph.paragraph_format)
        found = _over(own, inherited)
        heading = base.heading
        if own.outline is not None and not base.title:
            heading = min(own.outline, _LOWEST_LEVEL)
        place = self._place(found, style, explicit=own.number is not None)
        left = (place.left if found.left is None else found.left) or 0
        return replace(
            base,
            heading=heading,
            depth=place.depth,
            before=found.before or 0,
            after=found.after or 0,
            left=left,
            first=max(left + (0 if place.depth else found.first or 0), 0),
            ruled=bool(found.ruled),
            joined=bool(found.joined),
        )

    def run(self, run: Run, paragraph: ParagraphLook) -> RunLook:
        """Return the look of a run in a paragraph of this look."""
        properties = run.font.element.rPr
        if properties is None:
            return paragraph.run
        below = paragraph.run
        if properties.style in self._styles:
            below = _toggled(self._character(properties.style), below)
        return _over(_run_look(run.font), below)

    def _chain(self, identity: str) -> list[CharacterStyle]:
        """Return the style and those it is based on, nearest first."""
        chain: list[CharacterStyle] = []
        style: BaseStyle | None = self._styles.get(identity)
        while isinstance(style, CharacterStyle) and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = style.base_style
        return chain

    def _letters(self, identity: str) -> RunLook:
        look = RunLook()
        for style in self._chain(identity):
            look = _over(look, _run_look(style.font))
        return look

    def _resolve(self, identity: str) -> tuple[ParagraphLook, _Format]:
        found = _Format()
        for style in [*self._chain(identity), self._defaults]:
            if isinstance(style, ParagraphStyle):
                found = _over(found, _format(style.paragraph_format))
        heading, title = self._heading(identity)
        run = _over(self._letters(identity), _run_look(self._defaults.font))
        return ParagraphLook(identity, run, heading, title), found

    def _heading(self, identity: str) -> tuple[int, bool]:
        for style in self._chain(identity):
            name = (style.name or style.style_id or "").strip()
            named = _HEADING.match(name)
            if named:
                return min(int(named[1]), _LOWEST_LEVEL), False
            if name.casefold() in _TITLES:
                return 1, True
            if name.casefold() in _SECTIONS:
                return _SECTION_LEVEL, False
            outline = _outline(style.element.pPr)
            if outline is not None:
                return min(outline, _LOWEST_LEVEL), False
        return 0, False

    def _place(self, found: _Format, style: str, *, explicit: bool) -> Place:
        """Return where a paragraph stands in a list, by its numbering or its style's name."""
        if found.number == 0:
            return Place()
        place = self._numbering.place(found.number or 0, found.level, style)
        if explicit and not place.depth:
            return Place()
        names = (_LIST.fullmatch((each.name or "").strip()) for each in self._chain(style))
        named = next((int(name[1] or 1) for name in names if name), 0)
        return Place(max(place.depth, named), place.left)


def size_of(run: RunLook) -> float:
    """Return the size of a run in points, whoever says it."""
    return run.size or _SIZE


@dataclass(frozen=True, slots=True)
class _Format:
    """What a paragraph or style itself says; None where it is silent.

    `outline` is 1 to 9 for headings and 0 for text, `number` the id of a numbering (0 for none)
    and `level` the level in it, from 0.
    """

    outline: int | None = None
    number: int | None = None
    level: int | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    first: float | None = None
    ruled: bool | None = None
    joined: bool | None = None


_Said = TypeVar("_Said", RunLook, _Format)


def _over(upper: _Said, lower: _Said) -> _Said:
    """Return what `upper` says, and what `lower` says where it is silent."""
    found: dict[str, Any] = {}
    for each in fields(upper):
        said = getattr(upper, each.name)
        found[each.name] = getattr(lower, each.name) if said is None else said
    return type(upper)(**found)


def _run_look(font: Font) -> RunLook:
    properties = font.element.rPr
    if properties is None:
        return RunLook()
    return RunLook(
        bold=font.bold,
        italic=font.italic,
        caps=font.all_caps,
        small_caps=font.small_caps,
        hidden=font.hidden,
        underline=_is_on(properties, "u"),
        size=font.size.pt if font.size else None,
        color=str(font.color.rgb) if font.color.rgb else None,
        font=font.name,
    )


def _format(format_: ParagraphFormat) -> _Format:
    properties = format_.element.pPr
    if properties is None:
        return _Format()
    number = properties.numPr
    borders = properties.find(f"{W}pBdr")
    return _Format(
        outline=_outline(properties),
        number=number.numId.val if number is not None and number.numId is not None else None,
        level=number.ilvl.val if number is not None and number.ilvl is not None else None,
        before=_points(format_.space_before),
        after=_points(format_.space_after),
        left=_points(format_.left_indent),
        first=_points(format_.first_line_indent),
        # A box around the text counts as a rule as well.
        ruled=None if borders is None else any(_is_on(borders, s) for s in ("top", "bottom")),
        joined=_is_on(properties, "contextualSpacing"),
    )


def _points(length: Length | None) -> float | None:
    return None if length is None else length.pt


def _outline(properties: Element | None) -> int | None:
    level = None if properties is None else properties.find(f"{W}outlineLvl")
    value = level.get(f"{W}val", "") if level is not None else ""
    return (int(value) + 1) % 10 if value in set("0123456789") else None


def _is_on(properties: Element, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "true") not in _OFF


def _document_defaults(document: Document) -> ParagraphStyle:
    """Return the document's defaults as a style, which all others are based on."""
    style = cast("CT_Style", OxmlElement("w:style"))
    for path in ("w:docDefaults/w:pPrDefault/w:pPr", "w:docDefaults/w:rPrDefault/w:rPr"):
        for properties in document.styles.element.xpath(path):
            style.append(deepcopy(properties))
    return ParagraphStyle(style)


def _toggled(character: RunLook, paragraph: RunLook) -> RunLook:
    """Put a character style on a paragraph's: bold in bold is not bold, and so on."""
    switched = {
        name: getattr(character, name) != getattr(paragraph, name)
        for name in _TOGGLES
        if getattr(character, name) is not None and getattr(paragraph, name) is not None
    }
    return replace(_over(character, paragraph), **switched)
