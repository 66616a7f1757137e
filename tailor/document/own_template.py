"""A DOCX of the user's own -> the design of the page.

The styles it must have are taken with all they are based on, their list, the theme and the page;
its text, headers, footers, pictures and settings are not, and what would hide text from a reader
or from the estimate is removed (`tailor.document.plain_styles`). The result is packed like the
shipped templates, with the project's ids for the styles, so the writer knows no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tailor.document.archive import pack, unpack
from tailor.document.inherited import InheritedStyle, known_font, number
from tailor.document.plain_styles import plain_list, plain_styles
from tailor.document.template import build_template
from tailor.layout.typography import CLASSIC, STYLES, Design, Look, PageSetup, ParagraphStyle, Style
from tailor.reading.files import Content, read_content
from tailor.reading.word.package import Package, Part, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REQUIRED = tuple(figures.name for figures in STYLES.values())
"""The names of the styles that a template must have; capitals do not count."""

_PARTS = {"styles": "word/styles.xml", "numbering": "word/numbering.xml", "theme": "word/theme.xml"}
_OLE = b"\xd0\xcf\x11\xe0"
_TOO_NARROW = 1440 * 2  # twips between the margins
_LARGEST_PAGE = 1440 * 22  # twips, Word's own bound
_SIZES = (6, 72)  # points
_MOST_SPACE = 144  # points, around a paragraph
_MOST_INDENT = 1440 * 2  # twips
_LEAST_SPACING, _MOST_SPACING = 0.7, 4  # lines
_SAVE = 'save it in Word as "Word Document (*.docx)" and give that'


def read_template(path: str | Path) -> Design:
    """Return the design of the DOCX at `path`. Raises TemplateError.

    Letters of a font whose widths are not known are reckoned as wide as those of Arial, its
    lines as high as the highest known; the look names such fonts in `unknown_fonts`.
    """
    content = read_content(path, "template")
    if content.data.startswith(_OLE):
        raise content.error(f"is protected by a password, or an old Word file; {_SAVE}")
    if not content.data.startswith(b"PK"):
        raise content.error(f"is no Word file; {_SAVE}")
    package = Package(content)
    document = package.document()
    if any("vbaProject" in link.kind for link in document.relationships.values()):
        raise content.error(f"holds macros; {_SAVE}")
    _refuse_protected(content, package.related(document, "settings"))
    found = {kind: package.related(document, kind) for kind in _PARTS}
    setup = _setup(content, document.root)
    styles = found["styles"]
    ids = _ids_of(styles.root) if styles else {}
    missing = [own.name for style, own in STYLES.items() if style not in ids]
    if styles is None or missing:
        raise content.error(
            f"has no style of the name {', '.join(repr(name) for name in missing)}; add "
            f"{'them' if len(missing) > 1 else 'it'} in Word (Styles, New Style), and see "
            "docs/page.md"
        )
    theme = found["theme"].root if found["theme"] else None
    inherited = {style: InheritedStyle(styles.root, ids[style], theme) for style in STYLES}
    _refuse_invisible(content, inherited)
    listed = _listed(content, styles, found["numbering"], inherited[Style.BULLET])
    plain_styles(styles.root, ids, setup)
    figures = {style: inherited[style].figures(own.name) for style, own in STYLES.items()}
    figures[Style.BULLET] = _indented(figures[Style.BULLET], listed)
    for style in figures.values():
        _refuse_extremes(content, style, setup)
    fonts = sorted({own for each in inherited.values() if not known_font(own := each.font())})
    body = figures[Style.BODY]
    look = Look(
        "own",
        body.font,
        figures[Style.SECTION].color,
        body.size,
        tuple(figures.items()),
        tuple(font or "of no name" for font in fonts),
    )
    return Design(setup, look, body.size, _packed(setup, found))


def _refuse_protected(content: Content, settings: Part | None) -> None:
    protection = None if settings is None else settings.root.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement", "0") not in {"0", "false"}:
        raise content.error("is protected against changes; lift that in Word (Review, Restrict)")


def _refuse_invisible(content: Content, inherited: Mapping[Style, InheritedStyle]) -> None:
    """Raise TemplateError for text that programs read and people do not see."""
    for style, each in inherited.items():
        name = repr(STYLES[style].name)
        if any(each.is_on("rPr", hidden) for hidden in ("vanish", "webHidden", "specVanish")):
            raise content.error(f"hides the text of its style {name}; switch that off in Word")
        fill = each.value("pPr", "shd", "fill") or each.value("rPr", "shd", "fill") or "auto"
        if _is_white(each.value("rPr", "color", "val")) and (fill == "auto" or _is_white(fill)):
            raise content.error(
                f"has white letters on white in its style {name}; give them a darker color"
            )


def _is_white(color: str | None) -> bool:
    """Say whether all of red, green and blue are nearly full."""
    try:
        shades = bytes.fromhex(color or "")
    except ValueError:
        return False
    return len(shades) == 3 and min(shades) >= 0xE8


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


def _listed(
    content: Content, styles: Part, numbering: Part | None, bullet: InheritedStyle
) -> Element:
    """Return the level of the bullets' list; of all lists only that one stays."""
    level = None if numbering is None else plain_list(styles.root, numbering.root, bullet)
    if level is None:
        name = STYLES[Style.BULLET].name
        raise content.error(f"gives its style {name!r} no bullet; choose one for it in Word")
    return level


def _indented(bullet: ParagraphStyle, listed: Element) -> ParagraphStyle:
    """Return the figures of the bullets with the indent of their list, if they have no own."""
    if bullet.left or bullet.hanging:
        return bullet
    indent = listed.find(f"{W}pPr/{W}ind")
    if indent is None:
        return bullet
    left = number(indent.get(f"{W}left") or indent.get(f"{W}start"), 0)
    return replace(bullet, left=round(left), hanging=round(number(indent.get(f"{W}hanging"), 0)))


def _ids_of(styles: Element) -> dict[Style, str]:
    """Return the ids of the required styles, found by their names, else by their ids."""
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name, style_id = style.find(f"{W}name"), style.get(f"{W}styleId", "")
        if style.get(f"{W}type") == "paragraph" and style_id:
            ids.setdefault(style_id.casefold(), style_id)
            if name is not None:
                names.setdefault(name.get(f"{W}val", "").casefold(), style_id)
    found = {
        style: names.get(own.name.casefold()) or ids.get(style.value.casefold())
        for style, own in STYLES.items()
    }
    return {style: style_id for style, style_id in found.items() if style_id}


def _setup(content: Content, document: Element) -> PageSetup:
    sections = list(document.iter(f"{W}sectPr"))
    if not sections:
        raise content.error("has no page size; save it again in Word")
    last = sections[-1]
    columns = last.find(f"{W}cols")
    if columns is not None and max(number(columns.get(f"{W}num"), 1), len(columns)) > 1:
        raise content.error("has several columns, which résumé parsers mix up; set one column")
    size, margins = last.find(f"{W}pgSz"), last.find(f"{W}pgMar")
    if size is None or margins is None:
        raise content.error("has no page size; save it again in Word")
    width, height = (round(number(size.get(f"{W}{side}"), 0)) for side in ("w", "h"))
    if max(width, height) > _LARGEST_PAGE:
        raise content.error("has a page of more than 22 inches; choose A4 or Letter")
    left, right, top, bottom, gutter = (
        # Below zero they count the same: text then runs into the header, which is empty.
        round(number((margins.get(f"{W}{side}") or "").lstrip("-"), 0))
        for side in ("left", "right", "top", "bottom", "gutter")
    )
    side = (left + right + gutter) // 2
    if width - 2 * side < _TOO_NARROW or height - top - bottom < _TOO_NARROW:
        raise content.error("leaves less than two inches between its margins; widen them")
    # The estimate knows one margin for both sides; the mean gives the same width of a line.
    return PageSetup("own", width, height, side=side, top=top, bottom=bottom)


def _packed(setup: PageSetup, found: Mapping[str, Part | None]) -> bytes:
    """Return a template with the shipped parts, but for those that were found."""
    parts = unpack(build_template(setup, CLASSIC, "en-GB"))
    for kind, name in _PARTS.items():
        part = found[kind]
        # What has relationships refers to pictures, which do not come along.
        if part is not None and not part.relationships:
            parts[name] = etree.tostring(part.root, xml_declaration=True, encoding="UTF-8")
    return pack(parts)
