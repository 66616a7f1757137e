"""A user's own Word file as the template: the design of the page that it gives.

The shipped template gets the page, the list and the eight styles of the user's file. A style
there may be based on others; everything it inherits from them and from the document's defaults
(ECMA-376 part 1, 17.7.2) is written into the one style. Text, headers, pictures, settings and all
other styles stay behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Twips

from tailor.document.document import parts_of
from tailor.document.package import pack
from tailor.document.style_look import Element, StyleLook, WordStyle, figures_of, known_font
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
from tailor.reading.word.file import open_document, part_names
from tailor.reading.word.flatten import W
from tailor.reading.word.looks import OFF, Numbering, value_in
from tailor.values.resources import data_bytes

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
_LINK = "Hyperlink"  # the id of the style of links
_BULLET = "\N{BULLET}"
_GLYPHS = frozenset("•◦▪■●○‣·-–—")  # what readers know as the mark of a list


def read_template(path: str | Path) -> Design:
    """Return the design of the DOCX at `path`. Raises TemplateError if it cannot be used.

    Letters of a font whose widths are not known count as wide as those of Arial, and its lines as
    high as the highest known; the look names such fonts in `unknown_fonts`.
    """
    content = read_content(path, "template")
    own = _opened(content)
    setup = _setup(content, own)
    looks = {style: StyleLook(own, found) for style, found in _required(content, own).items()}
    _refuse_invisible(content, looks)
    level = _bullet_level(content, own, looks[Style.BULLET])
    made = docx.Document(BytesIO(data_bytes(template_name(CLASSIC, A4))))
    _set_page(made, setup)
    (own_level,) = made.part.numbering_part.element.iter(f"{W}lvl")
    own_level.getparent().replace(own_level, level)
    styles: dict[str, WordStyle] = {style.style_id: style for style in made.styles}
    for style, look in looks.items():
        look.replace_in(styles[style], in_list=style is Style.BULLET)
    StyleLook(own, own.styles.element.get_by_id(_LINK)).replace_in(styles[_LINK])
    tabs = styles[Style.ENTRY].paragraph_format.tab_stops
    if not tabs:  # the dates go to the edge of the text
        tabs.add_tab_stop(Twips(setup.width - 2 * setup.side), WD_TAB_ALIGNMENT.RIGHT)
    figures = {style: figures_of(STYLES[style].name, styles[style], level) for style in STYLES}
    for each in figures.values():
        _refuse_extremes(content, each, setup)
    fonts = {styles[style].font.name or CLASSIC.font for style in STYLES}
    body = figures[Style.BODY]
    page_look = Look(
        "own",
        body.font,
        figures[Style.SECTION].color,
        body.size,
        tuple(figures.items()),
        tuple(sorted(font for font in fonts if not known_font(font))),
    )
    return Design(setup, page_look, body.size, pack(parts_of(made)))


def _opened(content: Content) -> Document:
    """Return the user's file; raise TemplateError if it is no DOCX that may be copied."""
    if content.data.startswith(_OLE):
        raise content.error(f"is protected by a password, or an old Word file; {_SAVE}")
    if not content.data.startswith(b"PK"):
        raise content.error(f"is no Word file; {_SAVE}")
    if any("vbaproject" in name for name in part_names(content)):
        raise content.error(f"holds macros; {_SAVE}")
    own = open_document(content)
    protection = own.settings.element.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement", "0") not in OFF:
        raise content.error("is protected against changes; lift that in Word (Review, Restrict)")
    return own


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


def _bullet_level(content: Content, own: Document, bullet: StyleLook) -> Element:
    """Return the level of the bullets' list, plain: its mark a real character in any font."""
    reference = bullet.paragraph.get("numPr")
    level: Element = None
    if reference is not None:
        levels = Numbering(own).levels(int(value_in(reference, "numId") or 0))
        level = levels.get(int(value_in(reference, "ilvl") or 0))
    mark = None if level is None else level.find(f"{W}lvlText")
    if mark is None or value_in(level, "numFmt") != "bullet":
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


def _refuse_invisible(content: Content, looks: Mapping[Style, StyleLook]) -> None:
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
