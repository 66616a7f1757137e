"""A user's own Word file as the template: the design of the page that it gives.

The shipped template gets the page, the list and the eight styles of the user's file. A style
there may be based on others; everything it inherits from them and from the document's defaults
(ECMA-376 part 1, 17.7.2) is written into the one style. Text, headers, pictures, settings and all
other styles stay behind. So do looks that the page estimate does not know: only what `_PARAGRAPH`
and `_LETTERS` name is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Length, Twips

from tailor.document.document import parts_of
from tailor.document.package import pack
from tailor.layout.font_metrics import font_names, line_height
from tailor.layout.typography import (
    A4,
    CLASSIC,
    STYLES,
    Design,
    Look,
    PageSetup,
    ParagraphStyle,
    Style,
    template_name,
)
from tailor.reading.files import Content, read_content
from tailor.reading.word.file import open_document, part_names, part_of
from tailor.reading.word.flatten import W
from tailor.values.resources import data_bytes

if TYPE_CHECKING:
    from docx.document import Document

# The element classes of python-docx have methods that are made at run time.
Element = Any
WordStyle = Any

REQUIRED = tuple(figures.name for figures in STYLES.values())
"""The names of the styles that a template must have, in upper or lower case."""

_OLE = b"\xd0\xcf\x11\xe0"
_SAVE = 'save it in Word as "Word Document (*.docx)" and give that'
_TOO_NARROW = 1440 * 2  # twips between the margins
_LARGEST_PAGE = 1440 * 22  # twips, the limit of Word
_SIZES = (6, 72)  # points
_MOST_SPACE = 144  # points, around a paragraph
_MOST_INDENT = 1440 * 2  # twips
_LEAST_SPACING, _MOST_SPACING = 0.7, 4  # lines
_LONGEST_CHAIN = 20  # styles based on one another
_LINK = "Hyperlink"  # the id of the style of links
_BULLET = "\N{BULLET}"
_GLYPHS = frozenset("•◦▪■●○‣·-–—")  # what readers know as the mark of a list
_FALSE = frozenset({"0", "false", "off"})

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


def read_template(path: str | Path) -> Design:
    """Return the design of the DOCX at `path`. Raises TemplateError if it cannot be used.

    Letters of a font whose widths are not known count as wide as those of Arial, and its lines as
    high as the highest known; the look names such fonts in `unknown_fonts`.
    """
    content = read_content(path, "template")
    if content.data.startswith(_OLE):
        raise content.error(f"is protected by a password, or an old Word file; {_SAVE}")
    if not content.data.startswith(b"PK"):
        raise content.error(f"is no Word file; {_SAVE}")
    if any("vbaproject" in name for name in part_names(content)):
        raise content.error(f"holds macros; {_SAVE}")
    own = open_document(content)
    protection = own.settings.element.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement", "0") not in _FALSE:
        raise content.error("is protected against changes; lift that in Word (Review, Restrict)")
    setup = _setup(content, own)
    looks = {style: _Inherited(own, found) for style, found in _required(content, own).items()}
    _refuse_invisible(content, looks)
    level = _bullet_level(content, own, looks[Style.BULLET])

    made = docx.Document(BytesIO(data_bytes(template_name(CLASSIC, A4))))
    _set_page(made, setup)
    _set_list(made, level)
    styles: dict[str, WordStyle] = {style.style_id: style for style in made.styles}
    for style, look in looks.items():
        look.replace_in(styles[style], in_list=style is Style.BULLET)
    link = _first(own.styles.element, "style", "styleId", _LINK)
    _Inherited(own, link).replace_in(styles[_LINK])
    tabs = styles[Style.ENTRY].paragraph_format.tab_stops
    if not tabs:  # the dates go to the edge of the text
        tabs.add_tab_stop(Twips(setup.width - 2 * setup.side), WD_TAB_ALIGNMENT.RIGHT)

    figures = {style: _figures(STYLES[style].name, styles[style], level) for style in STYLES}
    for each in figures.values():
        _refuse_extremes(content, each, setup)
    fonts = {styles[style].font.name or CLASSIC.font for style in STYLES}
    look_of_page = Look(
        "own",
        figures[Style.BODY].font,
        figures[Style.SECTION].color,
        figures[Style.BODY].size,
        tuple(figures.items()),
        tuple(sorted(font for font in fonts if not _known_font(font))),
    )
    return Design(setup, look_of_page, look_of_page.body_size, pack(parts_of(made)))


def _setup(content: Content, own: Document) -> PageSetup:
    section: Any = own.sections[-1] if own.sections else None
    if section is None or not section.page_width or not section.page_height:
        raise content.error("has no page size; save it again in Word")
    columns = own.element.findall(f".//{W}cols")[-1:]
    if any(len(each) > 1 or each.get(f"{W}num", "1") not in {"0", "1"} for each in columns):
        raise content.error("has several columns, which résumé parsers mix up; set one column")
    width, height = section.page_width.twips, section.page_height.twips
    if max(width, height) > _LARGEST_PAGE:
        raise content.error("has a page of more than 22 inches; choose A4 or Letter")
    lengths = (section.left_margin, section.right_margin, section.gutter)
    # A margin below zero counts the same: text then runs into the header, which is empty.
    left, right, gutter, top, bottom = (
        abs(length.twips) if length is not None else 0
        for length in (*lengths, section.top_margin, section.bottom_margin)
    )
    side = (left + right + gutter) // 2
    if width - 2 * side < _TOO_NARROW or height - top - bottom < _TOO_NARROW:
        raise content.error("leaves less than two inches between its margins; widen them")
    # The estimate has one margin for both sides; the mean of both gives the same width of a line.
    return PageSetup("own", width, height, side=side, top=top, bottom=bottom)


def _set_page(made: Document, setup: PageSetup) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Twips(setup.width), Twips(setup.height)
    section.left_margin = section.right_margin = Twips(setup.side)
    section.top_margin, section.bottom_margin = Twips(setup.top), Twips(setup.bottom)


def _required(content: Content, own: Document) -> dict[Style, Element]:
    """Return the required styles, found by their names or else by their ids."""
    names: dict[str, Element] = {}
    ids: dict[str, Element] = {}
    for element in own.styles.element.iterchildren(f"{W}style"):
        if element.get(f"{W}type") == "paragraph" and element.styleId:
            ids.setdefault(element.styleId.casefold(), element)
            names.setdefault((element.name_val or "").casefold(), element)
    found = {
        style: names.get(figures.name.casefold(), ids.get(style.casefold()))
        for style, figures in STYLES.items()
    }
    missing = [STYLES[style].name for style, element in found.items() if element is None]
    if missing:
        raise content.error(
            f"has no style of the name {', '.join(map(repr, missing))}; add "
            f"{'them' if len(missing) > 1 else 'it'} in Word (Styles, New Style), and see "
            "docs/page.md"
        )
    return found


class _Inherited:
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
        return any(each is not None and _value(each, "val") not in _FALSE for each in switches)

    def is_white_on_white(self) -> bool:
        """Return whether the letters are white, on a ground that is white or has no color."""
        grounds = (_value(group.get("shd"), "fill") for group in (self.paragraph, self.letters))
        ground = next((each for each in grounds if each), "auto")
        white = _is_white(_value(self.letters.get("color"), "val"))
        return white and (ground == "auto" or _is_white(ground))

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


def _bullet_level(content: Content, own: Document, bullet: _Inherited) -> Element:
    """Return the level of the bullets' list, plain: its mark a real character in any font."""
    level = _level(own, bullet.paragraph.get("numPr"))
    kind = None if level is None else _value(level.find(f"{W}numFmt"), "val")
    mark = None if level is None else level.find(f"{W}lvlText")
    if level is None or kind != "bullet" or mark is None:
        name = STYLES[Style.BULLET].name
        raise content.error(f"gives its style {name!r} no bullet; choose one for it in Word")
    level = deepcopy(level)
    level.attrib.clear()
    level.set(f"{W}ilvl", "0")
    for name in ("lvlRestart", "pStyle", "lvlPicBulletId", "legacy", f"rPr/{W}rFonts"):
        for each in level.findall(f"{W}{name}"):
            each.getparent().remove(each)
    linked = parse_xml(f'<w:pStyle xmlns:w="{W[1:-1]}" w:val="{Style.BULLET}"/>')
    level.find(f"{W}numFmt").addnext(linked)
    mark = level.find(f"{W}lvlText")
    if mark.get(f"{W}val") not in _GLYPHS:
        # Readers get a private-use character for the sign of a symbol font.
        mark.set(f"{W}val", _BULLET)
    return level


def _level(own: Document, reference: Element | None) -> Element | None:
    """Return the level of a list that a ``w:numPr`` refers to, None if there is none."""
    lists = part_of(own, RELATIONSHIP_TYPE.NUMBERING)
    if lists is None or reference is None:
        return None
    number = _first(lists.element, "num", "numId", _value(reference.find(f"{W}numId"), "val"))
    kind = None if number is None else _value(number.find(f"{W}abstractNumId"), "val")
    abstract = _first(lists.element, "abstractNum", "abstractNumId", kind)
    return _first(abstract, "lvl", "ilvl", _value(reference.find(f"{W}ilvl"), "val") or "0")


def _set_list(made: Document, level: Element) -> None:
    (own,) = made.part.numbering_part.element.iter(f"{W}lvl")
    own.getparent().replace(own, level)


def _figures(name: str, style: WordStyle, level: Element) -> ParagraphStyle:
    """Return the figures of a style of the template, never less than the room that it takes.

    A font of unknown widths counts as one with the widest letters and the highest lines.
    """
    look, font = style.paragraph_format, style.font
    size = 10 if font.size is None else font.size.pt
    known = _known_font(font.name or CLASSIC.font)
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
    outline = _value(style.element.find(f"{W}pPr/{W}outlineLvl"), "val")
    tight = style.element.find(f"{W}pPr/{W}contextualSpacing")
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
        outline_level=int(outline) if outline in set("012345678") else None,
        is_list=in_list,
        spacing=_spacing(look, size, known),
        font=known or _WIDEST,
        is_tight=tight is not None and _value(tight, "val") not in _FALSE,
        caps=bool(font.all_caps or font.small_caps),
    )


def _rules(style: Element) -> float:
    """Return the height of the rules above and below with the space to them, less one point."""
    sides = (style.find(f"{W}pPr/{W}pBdr/{W}{side}") for side in ("top", "bottom"))
    drawn = [side for side in sides if _value(side, "val") not in {None, "nil", "none"}]
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


def _refuse_invisible(content: Content, looks: Mapping[Style, _Inherited]) -> None:
    """Raise TemplateError for text that programs read and people do not see."""
    for style, look in looks.items():
        name = repr(STYLES[style].name)
        if look.hides():
            raise content.error(f"hides the text of its style {name}; switch that off in Word")
        if look.is_white_on_white():
            raise content.error(
                f"has white letters on white in its style {name}; give them a darker color"
            )


def _refuse_extremes(content: Content, style: ParagraphStyle, setup: PageSetup) -> None:
    """Raise TemplateError for figures with which no page can be filled."""
    name = repr(style.name)
    if not _SIZES[0] <= style.size <= _SIZES[1]:
        raise content.error(
            f"has letters of {style.size:g} points in its style {name}; "
            f"choose {_SIZES[0]} to {_SIZES[1]}"
        )
    indent = max(style.left, style.hanging)
    if indent > min(_MOST_INDENT, setup.width - 2 * setup.side - _TOO_NARROW // 2):
        raise content.error(f"indents its style {name} too far; choose at most two inches")
    if max(style.before, style.after) > _MOST_SPACE or style.rule_below > _MOST_SPACE:
        raise content.error(
            f"leaves too much space around its style {name}; choose at most {_MOST_SPACE} points"
        )
    if not _LEAST_SPACING <= style.spacing <= _MOST_SPACING:
        raise content.error(f"cuts or spreads the lines of its style {name}; choose single spacing")


def _known_font(name: str) -> str:
    """Return the font whose figures are those of the font `name`, "" if none is known."""
    name = _TWINS.get(name, name)
    return name if name in font_names() else ""


def _is_white(color: str | None) -> bool:
    """Return whether all of red, green and blue are nearly full."""
    try:
        shades = bytes.fromhex(color or "")
    except ValueError:
        return False
    return len(shades) == 3 and min(shades) >= 0xE8


def _value(element: Element | None, attribute: str) -> str | None:
    return None if element is None else element.get(f"{W}{attribute}")


def _first(parent: Element | None, tag: str, attribute: str, value: str | None) -> Element | None:
    found = () if parent is None or value is None else parent.iter(f"{W}{tag}")
    return next((each for each in found if each.get(f"{W}{attribute}") == value), None)


def _points(length: Length | None) -> float:
    return 0 if length is None else max(length.pt, 0)


def _figure(text: str | None, default: float) -> float:
    return float(text) if text is not None and text.isdecimal() else default
