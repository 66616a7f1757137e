"""Styles and lists of a user's template, made plain: those in use, and what readers follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from lxml import etree

from tailor.document.inherited import InheritedStyle
from tailor.layout.typography import PageSetup, Style
from tailor.reading.word.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINK = "Hyperlink"  # the style of links, by its id
_BULLET = "\N{BULLET}"
_GLYPHS = frozenset("•◦▪■●○‣·-–—")  # what readers know as the mark of a list
_REFERENCES = ("basedOn", "next", "link")
# Frames are text boxes; a page break of a style, letter-spacing and spaces in lines or left to
# Word would make the estimate wrong, and parsers tear spaced letters apart.
_PARAGRAPH_REMOVED = ("framePr", "pageBreakBefore", "textDirection", "sectPr", "suppressOverlap")
_LETTERS_REMOVED = ("spacing", "w", "position", "fitText", "effect", "lang")
_BEFORE_TABS = frozenset(
    f"{W}{name}"
    for name in (
        "keepNext",
        "keepLines",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
        "pBdr",
        "shd",
    )
)
_SPACES_REMOVED = ("beforeAutospacing", "afterAutospacing", "beforeLines", "afterLines")


def plain_styles(styles: Element, ids: Mapping[Style, str], setup: PageSetup) -> None:
    """Keep of the part `styles` what the styles of `ids` need, and give these the project's ids.

    The dates of an entry get a right tab at the text's edge where the style sets no tab.
    """
    _keep_used(styles, ids)
    for properties in [*styles.iter(f"{W}pPr"), *styles.iter(f"{W}rPr")]:
        is_paragraph = properties.tag == f"{W}pPr"
        for name in _PARAGRAPH_REMOVED if is_paragraph else _LETTERS_REMOVED:
            _remove(properties.findall(f"{W}{name}"))
    for spacing in styles.iter(f"{W}spacing"):
        for name in _SPACES_REMOVED:
            if f"{W}{name}" in spacing.attrib:
                del spacing.attrib[f"{W}{name}"]
    _set_language(styles)
    entry = InheritedStyle(styles, ids[Style.ENTRY])
    if entry.find("pPr", "tabs/{w}tab") is None:
        _add_right_tab(_style(styles, ids[Style.ENTRY]), setup.width - 2 * setup.side)
    _rename(styles, ids)
    if not any(style.get(f"{W}styleId") == _LINK for style in styles.iter(f"{W}style")):
        link = etree.SubElement(styles, f"{W}style")
        link.set(f"{W}type", "character")
        link.set(f"{W}styleId", _LINK)
        etree.SubElement(link, f"{W}name").set(f"{W}val", _LINK)


def plain_list(styles: Element, numbering: Element, bullet: InheritedStyle) -> Element | None:
    """Keep only the list of `bullet`, its mark a real character; return the level it uses.

    Call it before `plain_styles`. None if there is no such list, or if it counts.
    """
    number = bullet.value("pPr", "numPr/{w}numId", "val")
    depth = bullet.value("pPr", "numPr/{w}ilvl", "val") or "0"
    kind = _first(numbering, "num", "numId", number) if number else None
    abstract = None if kind is None else kind.find(f"{W}abstractNumId")
    listed = (
        None
        if abstract is None
        else _first(numbering, "abstractNum", "abstractNumId", abstract.get(f"{W}val"))
    )
    level = None if listed is None else _first(listed, "lvl", "ilvl", depth)
    if kind is None or listed is None or level is None:
        return None
    form, glyph = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
    if form is None or form.get(f"{W}val") != "bullet" or glyph is None:
        return None
    _remove([each for each in numbering if each is not kind and each is not listed])
    _remove([each for each in listed.findall(f"{W}lvl") if each is not level])
    _remove([*listed.findall(f"{W}styleLink"), *kind.findall(f"{W}lvlOverride")])
    _remove(level.findall(f"{W}lvlPicBulletId"))
    level.set(f"{W}ilvl", "0")
    for name in level.findall(f"{W}pStyle"):
        name.set(f"{W}val", Style.BULLET.value)
    for depth_used in list(styles.iter(f"{W}numPr")):
        _remove(depth_used.findall(f"{W}ilvl"))
        numbered = depth_used.find(f"{W}numId")
        if numbered is None or numbered.get(f"{W}val") != number:
            _remove([depth_used])
    if glyph.get(f"{W}val") not in _GLYPHS:
        # Of a symbol font's sign readers get a private-use character.
        glyph.set(f"{W}val", _BULLET)
    for letters in level.findall(f"{W}rPr"):
        _remove(letters.findall(f"{W}rFonts"))
    return level


def _keep_used(styles: Element, ids: Mapping[Style, str]) -> None:
    """Remove all styles but the defaults, the given ones, those of links, and what they need."""
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    waiting = [*ids.values(), _LINK]
    waiting += [i or "" for i, style in by_id.items() if style.get(f"{W}default") in {"1", "true"}]
    used: set[str] = set()
    while waiting:
        style_id = waiting.pop()
        if style_id in used or style_id not in by_id:
            continue
        used.add(style_id)
        based_on = by_id[style_id].find(f"{W}basedOn")
        if based_on is not None:
            waiting.append(based_on.get(f"{W}val", ""))
    _remove([style for style_id, style in by_id.items() if style_id not in used])
    _remove([style for style in styles.findall(f"{W}style") if style not in by_id.values()])
    _remove(styles.findall(f"{W}latentStyles"))
    for style in styles.iter(f"{W}style"):
        for name in _REFERENCES:
            found = style.findall(f"{W}{name}")
            _remove([each for each in found if each.get(f"{W}val") not in used])


def _rename(styles: Element, ids: Mapping[Style, str]) -> None:
    """Give the required styles the project's ids, wherever they are referred to."""
    new = {style_id: style.value for style, style_id in ids.items()}
    taken = set(new.values()) - set(new)
    for style in styles.iter(f"{W}style"):
        _swap(style, f"{W}styleId", new, taken)
        for name in _REFERENCES:
            for reference in style.findall(f"{W}{name}"):
                _swap(reference, f"{W}val", new, taken)


def _swap(element: Element, attribute: str, new: Mapping[str, str], taken: set[str]) -> None:
    value = element.get(attribute, "")
    if value in new:
        element.set(attribute, new[value])
    elif value in taken:
        element.set(attribute, f"{value}Own")


def _set_language(styles: Element) -> None:
    """Put the language where the writer looks for it: the document's defaults."""
    defaults = styles.find(f"{W}docDefaults")
    if defaults is None:
        defaults = etree.Element(f"{W}docDefaults")
        styles.insert(0, defaults)
    letters = defaults.find(f"{W}rPrDefault")
    if letters is None:
        letters = etree.Element(f"{W}rPrDefault")
        defaults.insert(0, letters)
    properties = letters.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(letters, f"{W}rPr")
    etree.SubElement(properties, f"{W}lang").set(f"{W}val", "en-GB")


def _add_right_tab(style: Element, edge: int) -> None:
    properties = style.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        letters = style.find(f"{W}rPr")
        style.insert(len(style) if letters is None else style.index(letters), properties)
    # The format wants an order of elements: the tabs come after these.
    place = sum(element.tag in _BEFORE_TABS for element in properties)
    tabs = etree.Element(f"{W}tabs")
    properties.insert(place, tabs)
    tab = etree.SubElement(tabs, f"{W}tab")
    tab.set(f"{W}val", "right")
    tab.set(f"{W}pos", str(edge))


def _style(styles: Element, style_id: str) -> Element:
    return next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == style_id)


def _first(root: Element, tag: str, attribute: str, value: str | None) -> Element | None:
    found = (e for e in root.iter(f"{W}{tag}") if e.get(f"{W}{attribute}") == value)
    return next(found, None)


def _remove(elements: list[Element]) -> None:
    for element in elements:
        cast("Element", element.getparent()).remove(element)
