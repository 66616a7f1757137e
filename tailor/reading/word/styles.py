"""What the paragraphs and runs of a Word file look like, once their styles are reckoned with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tailor.layout.typography import STYLES, Style
from tailor.reading.word.old_numbering import Numbering, Place
from tailor.reading.word.package import W
from tailor.reading.word.properties import (
    ParagraphProperties,
    RunProperties,
    over,
    paragraph_properties,
    run_properties,
)

if TYPE_CHECKING:
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
_LONGEST_CHAIN = 20  # styles based on one another
_TOGGLES = ("bold", "italic", "caps", "small_caps", "hidden")
_SIZE = 10.0  # points, where nothing says how large the text is
_PLACEHOLDER = "placeholder text"


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph as its style and its own properties make it; lengths in points.

    `heading` is 1 to 6, or 0 where no style says so; `title` tells the style of a
    document's title. `depth` is that of a list item, from 1, or 0.
    """

    style: str
    run: RunProperties
    heading: int = 0
    title: bool = False
    depth: int = 0
    before: float = 0
    after: float = 0
    left: float = 0
    ruled: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    paragraph: ParagraphProperties
    run: RunProperties


class StyleSheet:
    """The styles and numberings of one file."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._numbering = Numbering(numbering)
        self._default = ""
        self._below = RunProperties()
        self._spacing = ParagraphProperties()
        if styles is not None:
            self._read(styles)
        self._chain = cache(self._find_chain)
        self._of_style = cache(self._resolve)
        self._character = cache(self._find_character)

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """Return the look of a paragraph with this ``w:pPr``, which may be None."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = named.get(f"{W}val", "") if named is not None else self._default
        base, inherited = self._of_style(style)
        own = paragraph_properties(properties)
        found = over(own, inherited)
        heading = base.heading
        if own.outline is not None and not base.title:
            heading = min(own.outline, 6)
        place = self._place(found, style, explicit=own.number is not None)
        left = place.left if found.left is None else found.left
        return replace(
            base,
            heading=heading,
            depth=place.depth,
            before=found.before or 0,
            after=found.after or 0,
            left=left or 0,
            ruled=bool(found.ruled),
            joined=bool(found.joined),
        )

    def run(self, look: ParagraphLook, properties: Element | None) -> RunProperties:
        """Return the look of a run with this ``w:rPr`` in a paragraph of this look."""
        if properties is None:
            return look.run
        below = look.run
        named = properties.find(f"{W}rStyle")
        if named is not None:
            below = _toggled(self._character(named.get(f"{W}val", "")), below)
        return over(run_properties(properties), below)

    def is_placeholder(self, properties: Element | None) -> bool:
        """Tell the grey text that asks to click and fill in something."""
        named = properties.find(f"{W}rStyle") if properties is not None else None
        chain = self._chain(named.get(f"{W}val", "")) if named is not None else ()
        return any(style.name.casefold() == _PLACEHOLDER for style in chain)

    def _read(self, root: Element) -> None:
        self._below = run_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._spacing = paragraph_properties(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for element in root.iterchildren(f"{W}style"):
            identity = element.get(f"{W}styleId", "")
            name, parent = element.find(f"{W}name"), element.find(f"{W}basedOn")
            self._styles[identity] = _Style(
                name.get(f"{W}val", "") if name is not None else identity,
                parent.get(f"{W}val", "") if parent is not None else "",
                paragraph_properties(element.find(f"{W}pPr")),
                run_properties(element.find(f"{W}rPr")),
            )
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {
                "1",
                "true",
                "on",
            }:
                self._default = identity

    def _find_chain(self, identity: str) -> tuple[_Style, ...]:
        """Return the style and those it is based on, nearest first."""
        chain: list[_Style] = []
        while (style := self._styles.get(identity)) and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            identity = style.based_on
        return tuple(chain)

    def _resolve(self, identity: str) -> tuple[ParagraphLook, ParagraphProperties]:
        paragraph, run = ParagraphProperties(), RunProperties()
        for style in self._chain(identity):
            paragraph, run = over(paragraph, style.paragraph), over(run, style.run)
        heading, title = self._heading(identity)
        look = ParagraphLook(identity, over(run, self._below), heading, title)
        return look, over(paragraph, self._spacing)

    def _heading(self, identity: str) -> tuple[int, bool]:
        for style in self._chain(identity):
            named = _HEADING.match(style.name.strip())
            name = style.name.casefold().strip()
            if named:
                return min(int(named[1]), 6), False
            if name in _TITLES:
                return 1, True
            if name in _SECTIONS:
                return _SECTION_LEVEL, False
            if style.paragraph.outline is not None:
                return min(style.paragraph.outline, 6), False
        return 0, False

    def _place(self, found: ParagraphProperties, style: str, *, explicit: bool) -> Place:
        """Return where a paragraph stands in a list, by its numbering or its style's name."""
        if found.number == "0":
            return Place()
        place = self._numbering.place(found.number or "", found.depth, style)
        if explicit and not place.depth:
            return Place()
        names = (_LIST.fullmatch(each.name.strip()) for each in self._chain(style))
        named = next((int(name[1] or 1) for name in names if name), 0)
        return Place(max(place.depth, named), place.left)

    def _find_character(self, identity: str) -> RunProperties:
        run = RunProperties()
        for style in self._chain(identity):
            run = over(run, style.run)
        return run


def size_of(run: RunProperties) -> float:
    """Return the size of a run in points, whoever says it."""
    return run.size or _SIZE


def _toggled(character: RunProperties, paragraph: RunProperties) -> RunProperties:
    """Put a character style on a paragraph's: bold in bold is not bold, and so on."""
    found = over(character, paragraph)
    switched = {
        name: getattr(character, name) != getattr(paragraph, name)
        for name in _TOGGLES
        if getattr(character, name) is not None and getattr(paragraph, name) is not None
    }
    return replace(found, **switched)
