"""A DOCX of the user's own -> the design of the page.

Its styles, numbering, theme and page are taken; its text, headers, footers, pictures, macros and
settings are not. The result is packed like the shipped templates, with the project's ids for the
styles, so the writer knows no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lxml import etree

from tailor.font_metrics import font_names, line_height
from tailor.reading.files import Content, read_content
from tailor.reading.word.package import Package, Part, W
from tailor.typography import (
    STYLES,
    TWIPS_PER_POINT,
    Design,
    Look,
    PageSetup,
    ParagraphStyle,
    Style,
)
from tailor.writing.archive import pack, unpack
from tailor.writing.template import build_template

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REQUIRED = tuple(figures.name for figures in STYLES.values())
"""The names of the styles that a template must have; capitals do not count."""

_PARTS = {"styles": "word/styles.xml", "numbering": "word/numbering.xml", "theme": "word/theme.xml"}
_REFERENCES = ("basedOn", "next", "link", "pStyle", "styleLink", "numStyleLink")
_LINK = "Hyperlink"  # the style of links, by its id
_OLE = b"\xd0\xcf\x11\xe0"
_LONGEST_CHAIN = 20  # styles based on one another
_WIDEST = "Arial"
_TOO_NARROW = 1440 * 2  # twips between the margins
_SAVE = 'save it in Word as "Word Document (*.docx)" and give that'


def read_template(path: str | Path) -> Design:
    """Return the design of the DOCX at `path`. Raises TemplateError.

    A font whose letters' widths are not known is reckoned with those of Arial, which are wide:
    the look's `font` says which figures count.
    """
    content = read_content(path, "template")
    if content.data.startswith(_OLE):
        raise content.error(f"is protected by a password, or an old Word file; {_SAVE}")
    if not content.data.startswith(b"PK"):
        raise content.error(f"is no Word file; {_SAVE}")
    package = Package(content)
    document = package.document()
    if b"macroEnabled" in content.data or package.related(document, "vbaProject"):
        raise content.error(f"holds macros; {_SAVE}")
    _refuse_protected(content, package.related(document, "settings"))
    found = {kind: package.related(document, kind) for kind in _PARTS}
    styles = found["styles"]
    ids = _ids_of(styles.root) if styles else {}
    missing = [name for name in REQUIRED if name.casefold() not in ids]
    if styles is None or missing:
        raise content.error(
            f"has no style of the name {', '.join(repr(name) for name in missing)}; add "
            f"{'them' if len(missing) > 1 else 'it'} in Word (Styles, New Style), and see "
            "docs/page.md"
        )
    figures = {
        style: _Resolved(styles.root, ids[own.name.casefold()]).figures(own.name)
        for style, own in STYLES.items()
    }
    figures[Style.BULLET] = _indented(content, figures[Style.BULLET], styles, found["numbering"])
    setup = _setup(content, document.root)
    fonts = _Resolved(styles.root, ids[STYLES[Style.BODY].name.casefold()], _theme(found)).font()
    font = fonts if fonts in font_names() else _WIDEST
    body = figures[Style.BODY].size
    look = Look("own", font, figures[Style.SECTION].color, body, tuple(figures.items()))
    _rename(styles.root, found["numbering"], ids)
    return Design(setup, look, body, _packed(setup, look, found))


def _refuse_protected(content: Content, settings: Part | None) -> None:
    protection = None if settings is None else settings.root.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement", "0") not in {"0", "false"}:
        raise content.error("is protected against changes; lift that in Word (Review, Restrict)")


def _indented(
    content: Content, bullet: ParagraphStyle, styles: Part, numbering: Part | None
) -> ParagraphStyle:
    """Return the figures of the bullets with the indent of their numbering, if they have no own."""
    if numbering is None or not bullet.is_list:
        name = STYLES[Style.BULLET].name
        raise content.error(f"gives its style {name!r} no bullet; choose one for it in Word")
    if bullet.left or bullet.hanging:
        return bullet
    ids = _ids_of(styles.root)
    number = _Resolved(styles.root, ids[bullet.name.casefold()]).value(
        "pPr", "numPr/{w}numId", "val"
    )
    kind = _first(numbering.root, "num", "numId", number)
    abstract = None if kind is None else kind.find(f"{W}abstractNumId")
    level = None
    if abstract is not None:
        listed = _first(numbering.root, "abstractNum", "abstractNumId", abstract.get(f"{W}val"))
        level = None if listed is None else listed.find(f"{W}lvl/{W}pPr/{W}ind")
    if level is None:
        return bullet
    left = _number(level.get(f"{W}left") or level.get(f"{W}start"), 0)
    return replace(bullet, left=round(left), hanging=round(_number(level.get(f"{W}hanging"), 0)))


def _first(root: Element, tag: str, attribute: str, value: str | None) -> Element | None:
    found = (e for e in root.iter(f"{W}{tag}") if e.get(f"{W}{attribute}") == value)
    return next(found, None)


def _theme(found: Mapping[str, Part | None]) -> Element | None:
    theme = found["theme"]
    return theme.root if theme else None


def _ids_of(styles: Element) -> dict[str, str]:
    """Return the ids of the paragraph styles by their names, in lower case."""
    ids: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and name is not None:
            ids.setdefault(name.get(f"{W}val", "").casefold(), style.get(f"{W}styleId", ""))
    return ids


class _Resolved:
    """A style with all it is based on."""

    def __init__(self, styles: Element, style_id: str, theme: Element | None = None) -> None:
        by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._theme = theme
        self._chain: list[Element] = []
        following: str | None = style_id
        while following in by_id and len(self._chain) < _LONGEST_CHAIN:
            self._chain.append(by_id[following])
            based_on = by_id[following].find(f"{W}basedOn")
            following = None if based_on is None else based_on.get(f"{W}val")
        defaults = styles.find(f"{W}docDefaults")
        self._defaults = defaults

    def figures(self, name: str) -> ParagraphStyle:
        """Return the style's figures; spaces and sizes in points."""
        size = _number(self.value("rPr", "sz", "val"), 20) / 2
        own = line_height(size)
        line = _number(self.value("pPr", "spacing", "line"), 240)
        rule = self.value("pPr", "spacing", "lineRule") or "auto"
        spacing = line / 240 if rule == "auto" else line / TWIPS_PER_POINT / own
        edge = self._find("pPr", "pBdr/{w}bottom")
        level = self.value("pPr", "outlineLvl", "val")
        hanging = _number(self.value("pPr", "ind", "hanging"), 0)
        return ParagraphStyle(
            name,
            size,
            bold=self._on("rPr", "b"),
            italic=self._on("rPr", "i"),
            color=_color(self.value("rPr", "color", "val")),
            before=_number(self.value("pPr", "spacing", "before"), 0) / TWIPS_PER_POINT,
            after=_number(self.value("pPr", "spacing", "after"), 0) / TWIPS_PER_POINT,
            left=round(
                _number(self.value("pPr", "ind", "left"), 0)
                or _number(self.value("pPr", "ind", "start"), 0)
            ),
            hanging=round(hanging),
            keep_next=self._on("pPr", "keepNext"),
            keep_lines=self._on("pPr", "keepLines"),
            right_tab=self.value("pPr", "tabs/{w}tab", "val") in {"right", "end"},
            rule_below=0 if edge is None else _number(edge.get(f"{W}sz"), 4) / 8,
            outline_level=int(level) if level and level.isdigit() else None,
            is_list=self._find("pPr", "numPr") is not None,
            spacing=max(spacing, 0.7),
        )

    def font(self) -> str:
        """Return the name of the style's font, "" where none is named."""
        fonts = self._find("rPr", "rFonts")
        if fonts is None:
            return ""
        themed = fonts.get(f"{W}asciiTheme")
        if themed and self._theme is not None:
            kind = "majorFont" if themed.startswith("major") else "minorFont"
            latin = self._theme.find(f".//{{*}}{kind}/{{*}}latin")
            return "" if latin is None else latin.get("typeface", "")
        return fonts.get(f"{W}ascii", "")

    def _find(self, group: str, path: str) -> Element | None:
        for style in self._chain:
            found = style.find(f"{W}{group}/{W}{path.format(w=W)}")
            if found is not None:
                return found
        if self._defaults is None:
            return None
        return self._defaults.find(f"{W}{group}Default/{W}{group}/{W}{path.format(w=W)}")

    def value(self, group: str, path: str, attribute: str) -> str | None:
        """Return the first value that the chain gives: attributes are inherited one by one."""
        levels = [style.find(f"{W}{group}/{W}{path.format(w=W)}") for style in self._chain]
        if self._defaults is not None:
            default = f"{W}{group}Default/{W}{group}/{W}{path.format(w=W)}"
            levels.append(self._defaults.find(default))
        values = (level.get(f"{W}{attribute}") for level in levels if level is not None)
        return next((value for value in values if value is not None), None)

    def _on(self, group: str, path: str) -> bool:
        found = self._find(group, path)
        return found is not None and found.get(f"{W}val", "1") not in {"0", "false", "off"}


def _number(text: str | None, default: float) -> float:
    try:
        return max(float(text), 0.0) if text else default
    except ValueError:
        return default


def _color(text: str | None) -> str:
    is_one = text is not None and len(text) == 6
    return text.upper() if text is not None and is_one else "000000"


def _setup(content: Content, document: Element) -> PageSetup:
    sections = list(document.iter(f"{W}sectPr"))
    if not sections:
        raise content.error("has no page size; save it again in Word")
    last = sections[-1]
    columns = last.find(f"{W}cols")
    if columns is not None and _number(columns.get(f"{W}num"), 1) > 1:
        raise content.error("has several columns, which résumé parsers mix up; set one column")
    size, margins = last.find(f"{W}pgSz"), last.find(f"{W}pgMar")
    if size is None or margins is None:
        raise content.error("has no page size; save it again in Word")
    width, height = (round(_number(size.get(f"{W}{side}"), 0)) for side in ("w", "h"))
    left, right, top, bottom = (
        round(_number(margins.get(f"{W}{side}"), 0)) for side in ("left", "right", "top", "bottom")
    )
    if width - left - right < _TOO_NARROW or height - top - bottom < _TOO_NARROW:
        raise content.error("leaves less than two inches between its margins; widen them")
    # The estimate knows one margin for both sides; the mean gives the same width of a line.
    return PageSetup("own", width, height, side=(left + right) // 2, top=top, bottom=bottom)


def _rename(styles: Element, numbering: Part | None, ids: Mapping[str, str]) -> None:
    """Give the required styles the project's ids, wherever they are referred to."""
    new = {ids[own.name.casefold()]: style.value for style, own in STYLES.items()}
    taken = set(new.values()) - set(new)
    if not any(style.get(f"{W}styleId") == _LINK for style in styles.iter(f"{W}style")):
        link = etree.SubElement(styles, f"{W}style")
        link.set(f"{W}type", "character")
        link.set(f"{W}styleId", _LINK)
        etree.SubElement(link, f"{W}name").set(f"{W}val", _LINK)
    for root in (styles, *([numbering.root] if numbering else [])):
        for element in root.iter():
            if element.tag == f"{W}style":
                _swap(element, f"{W}styleId", new, taken)
            elif element.tag in {f"{W}{name}" for name in _REFERENCES}:
                _swap(element, f"{W}val", new, taken)


def _swap(element: Element, attribute: str, new: Mapping[str, str], taken: set[str]) -> None:
    value = element.get(attribute, "")
    if value in new:
        element.set(attribute, new[value])
    elif value in taken:
        element.set(attribute, f"{value}Own")


def _packed(setup: PageSetup, look: Look, found: Mapping[str, Part | None]) -> bytes:
    """Return a template with the shipped parts, but for those that were found."""
    parts = unpack(build_template(setup, look, "en-GB"))
    for kind, name in _PARTS.items():
        part = found[kind]
        if part is not None:
            for picture in list(_pictures(part.root)):
                cast("Element", picture.getparent()).remove(picture)
            parts[name] = etree.tostring(part.root, xml_declaration=True, encoding="UTF-8")
    return pack(parts)


def _pictures(root: Element) -> Iterator[Element]:
    """Yield what refers to pictures: bullets made of them, which have no letter to read."""
    for name in ("numPicBullet", "lvlPicBulletId"):
        yield from root.iter(f"{W}{name}")
