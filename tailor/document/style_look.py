"""What a style of a user's Word file looks like, with everything it inherits, and its figures.

A style takes what it does not say itself from the style it is based on, and so on, and in the
end from the document's defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Length

from tailor.layout.font_metrics import font_names, line_height
from tailor.layout.typography import CLASSIC, ParagraphStyle
from tailor.reading.word.file import part_of
from tailor.reading.word.flatten import W
from tailor.reading.word.looks import OFF, is_white, joins_neighbours, outline_of

# The element classes of python-docx have methods that are made at run time.
Element = Any
WordStyle = Any

_LONGEST_CHAIN = 20  # styles based on one another
_WHITE = 0xE8  # each of red, green and blue from here on

# The looks that are taken, in the order that the format wants. Kerned, spaced or raised letters,
# frames and page breaks would make the estimate wrong, and readers tear spaced letters apart.
_PARAGRAPH = (
    "keepNext keepLines widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc "
    "outlineLvl"
).split()
_LETTERS = (
    "rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint color sz szCs "
    "highlight u bdr shd"
).split()
# Of these, values in lines or characters, or left to Word, are not taken.
_ATTRIBUTES = {
    "spacing": {"before", "after", "line", "lineRule"},
    "ind": {"left", "right", "hanging", "firstLine"},
}
_FIRST_LINE = (f"{W}firstLine", f"{W}hanging")
_HIDING = ("vanish", "webHidden", "specVanish")

_WIDEST = "Arial"
# Fonts with the letter widths of another, made to stand in for it.
_TWINS = {
    "Carlito": "Calibri",
    "Helvetica": "Arial",
    "Liberation Sans": "Arial",
    "Liberation Serif": "Times New Roman",
}


class StyleLook:
    """What a style looks like, with everything it inherits.

    `paragraph` and `letters` are the elements inside of ``w:pPr`` and ``w:rPr``, by their names
    without the prefix; without a style there are none.
    """

    def __init__(self, own: Document, style: Element | None) -> None:
        self.paragraph: dict[str, Element] = {}
        self.letters: dict[str, Element] = {}
        theme = _theme_fonts(own) if style is not None else {}
        for source in _sources(own, style):
            for group, found in (("pPr", self.paragraph), ("rPr", self.letters)):
                for element in source.iterfind(f"{W}{group}/*"):
                    name = element.tag.removeprefix(W)
                    plain = _plain(element, theme)
                    found[name] = _over(found[name], plain) if name in found else plain

    def hides(self) -> bool:
        """Return whether the letters are there for programs only."""
        switches = (self.letters.get(name) for name in _HIDING)
        return any(each is not None and _value_of(each, "val") not in OFF for each in switches)

    def is_white_on_white(self) -> bool:
        """Return whether the letters are white, on a ground that is white or has no color."""
        grounds = (_value_of(group.get("shd"), "fill") for group in (self.paragraph, self.letters))
        ground = next((each for each in grounds if each), "auto")
        white = is_white(_value_of(self.letters.get("color"), "val"), _WHITE)
        return white and (ground == "auto" or is_white(ground, _WHITE))

    def replace_in(self, style: WordStyle, *, in_list: bool = False) -> None:
        """Give this look to `style`, a style of the shipped template, in place of its own."""
        own_list = style.element.find(f"{W}pPr/{W}numPr")
        paragraph = {**self.paragraph, "numPr": own_list if in_list else None}
        for group, found, names in (
            ("pPr", paragraph, _PARAGRAPH),
            ("rPr", self.letters, _LETTERS),
        ):
            properties = style.element.find(f"{W}{group}")
            if properties is not None:
                taken = [found.get(name) for name in names]
                properties[:] = [deepcopy(each) for each in taken if each is not None]


def _sources(own: Document, style: Element | None) -> Iterator[Element]:
    """Yield a style, those it is based on, and the document's defaults, nearest first."""
    following = style
    for _ in range(_LONGEST_CHAIN):
        if following is None:
            break
        yield following
        following = following.base_style
    if style is not None and style.get(f"{W}type") == "paragraph":
        yield from own.styles.element.iterfind(f"{W}docDefaults/*")


def _theme_fonts(own: Document) -> dict[str, str]:
    """Return the fonts of the theme: those for headings as "major", for text as "minor"."""
    part = part_of(own, RELATIONSHIP_TYPE.THEME)
    found = {}
    for kind in ("major", "minor"):
        latin = None if part is None else part.element.find(f".//{{*}}{kind}Font/{{*}}latin")
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found


def _plain(element: Element, theme: Mapping[str, str]) -> Element:
    """Return a copy with the attributes that are taken, and fonts of the theme by their names."""
    name = element.tag.removeprefix(W)
    copy = deepcopy(element)
    if name == "rFonts":
        for script in ("ascii", "hAnsi"):
            kind = element.get(f"{W}{script}Theme", "")[:5]
            if theme.get(kind):
                copy.set(f"{W}{script}", theme[kind])
    for each in copy.iter():
        for attribute, value in each.attrib.items():
            del each.attrib[attribute]
            own = attribute.removeprefix(W)
            # Word keeps the values of a theme's colors beside their names.
            if own.isalpha() and "heme" not in own and own in _ATTRIBUTES.get(name, {own}):
                each.set(f"{W}{own}", value)
    return copy


def _over(nearer: Element, farther: Element) -> Element:
    """Return `nearer` with what only `farther` says: values, tabs, sides of a border."""
    is_indented = any(name in nearer.attrib for name in _FIRST_LINE)
    for name, value in farther.attrib.items():
        if name not in nearer.attrib and not (is_indented and name in _FIRST_LINE):
            nearer.set(name, value)
    known = {(child.tag, child.get(f"{W}pos")) for child in nearer}
    nearer.extend([each for each in farther if (each.tag, each.get(f"{W}pos")) not in known])
    return nearer


def figures_of(name: str, style: WordStyle, level: Element) -> ParagraphStyle:
    """Return the figures of a style of the template, never less than the room that it takes.

    A font of unknown widths counts as one with the widest letters and the highest lines.
    """
    look, font = style.paragraph_format, style.font
    size = 10 if font.size is None else font.size.pt
    known = known_font(font.name or CLASSIC.font)
    in_list = style.element.find(f"{W}pPr/{W}numPr") is not None
    # A list may have the indents of its style, or bring its own.
    indents = style.element.pPr
    if in_list and indents.find(f"{W}ind") is None:
        indents = level.find(f"{W}pPr")
    left, right, first = (
        0 if length is None else length.twips
        for length in (indents.ind_left, indents.ind_right, indents.first_line_indent)
    )
    color = font.color.rgb
    outline = outline_of(style.element.pPr)
    tabs = look.tab_stops
    return ParagraphStyle(
        name,
        size,
        bold=bool(font.bold),
        italic=bool(font.italic),
        color="000000" if color is None else str(color),
        before=_points(look.space_before),
        after=_points(look.space_after),
        left=max(left, 0) + max(right, 0) + max(first, 0),
        hanging=max(-first, 0),
        keep_next=bool(look.keep_with_next),
        keep_lines=bool(look.keep_together),
        right_tab=bool(tabs) and tabs[0].alignment == WD_TAB_ALIGNMENT.RIGHT,
        rule_below=_rules(style.element),
        outline_level=outline - 1 if outline else None,
        is_list=in_list,
        spacing=_spacing(look, size, known),
        font=known or _WIDEST,
        is_tight=bool(joins_neighbours(style.element.pPr)),
        caps=bool(font.all_caps or font.small_caps),
    )


def _rules(style: Element) -> float:
    """Return the height of the rules above and below with the space to them, less one point."""
    sides = (style.find(f"{W}pPr/{W}pBdr/{W}{side}") for side in ("top", "bottom"))
    drawn = [side for side in sides if _value_of(side, "val") not in {None, "nil", "none"}]
    heights = [
        _figure(side.get(f"{W}sz"), 4) / 8 + _figure(side.get(f"{W}space"), 1) for side in drawn
    ]
    return max(sum(heights) - 1, 0.125) if drawn else 0


def _spacing(look: Any, size: float, font: str) -> float:  # noqa: ANN401 - a ParagraphFormat
    """Return the height of a line as a multiple of the height that the figures' font has."""
    own = line_height(max(size, 1), font or _WIDEST)
    highest = own if font else max(line_height(max(size, 1), each) for each in font_names())
    spacing = 1.0 if look.line_spacing is None else look.line_spacing
    if not isinstance(spacing, Length):
        return float(spacing) * highest / own
    is_exact = look.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    points: float = spacing.pt
    return (points if is_exact else max(points, highest)) / own


def _value_of(element: Element | None, attribute: str) -> str | None:
    """Return the value of an attribute, None without one or without the element."""
    return None if element is None else element.get(f"{W}{attribute}")


def _points(length: Length | None) -> float:
    return 0 if length is None else max(length.pt, 0)


def _figure(text: str | None, default: float) -> float:
    return float(text) if text is not None and text.isdecimal() else default


def known_font(name: str) -> str:
    """Return the font whose figures are those of the font `name`, "" if none is known."""
    name = _TWINS.get(name, name)
    return name if name in font_names() else ""
