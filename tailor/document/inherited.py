"""What a paragraph style of a Word file looks like, with all that it inherits.

A style takes what it does not say itself from the style it is based on, and so on, and at
last from the document's defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tailor.layout.font_metrics import font_names, line_height
from tailor.layout.typography import TWIPS_PER_POINT, ParagraphStyle
from tailor.reading.word.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST_CHAIN = 20  # styles based on one another
_MOST = 1e6  # no figure of a page comes near it
_WIDEST = "Arial"
# Fonts with the letters' widths of another, made to stand in for it.
_TWINS = {
    "Carlito": "Calibri",
    "Helvetica": "Arial",
    "Liberation Sans": "Arial",
    "Liberation Serif": "Times New Roman",
}


class InheritedStyle:
    """A style with all it is based on."""

    def __init__(self, styles: Element, style_id: str, theme: Element | None = None) -> None:
        """Follow the style `style_id` of the part `styles`; `theme` names fonts."""
        by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._theme = theme
        self._chain: list[Element] = []
        following: str | None = style_id
        while following in by_id and len(self._chain) < _LONGEST_CHAIN:
            self._chain.append(by_id[following])
            based_on = by_id[following].find(f"{W}basedOn")
            following = None if based_on is None else based_on.get(f"{W}val")
        self._defaults = styles.find(f"{W}docDefaults")

    def figures(self, name: str) -> ParagraphStyle:
        """Return the style's figures, at least what it needs of room.

        A font of unknown widths is reckoned with the widest letters and highest lines known.
        """
        size = number(self.value("rPr", "sz", "val"), 20) / 2
        own = self.font()
        font = known_font(own)
        level = self.value("pPr", "outlineLvl", "val")
        return ParagraphStyle(
            name,
            size,
            bold=self.is_on("rPr", "b"),
            italic=self.is_on("rPr", "i"),
            color=_color(self.value("rPr", "color", "val")),
            before=self._points("spacing", "before"),
            after=self._points("spacing", "after"),
            left=round(sum(self._indents())),
            hanging=round(number(self.value("pPr", "ind", "hanging"), 0)),
            keep_next=self.is_on("pPr", "keepNext"),
            keep_lines=self.is_on("pPr", "keepLines"),
            right_tab=self.value("pPr", "tabs/{w}tab", "val") in {"right", "end"},
            rule_below=self._rules(),
            outline_level=int(level) if level and level.isdecimal() and len(level) == 1 else None,
            is_list=self.find("pPr", "numPr") is not None,
            spacing=self._spacing(size, font or _WIDEST, is_known=bool(font)),
            font=font or _WIDEST,
            is_tight=self.is_on("pPr", "contextualSpacing"),
            caps=self.is_on("rPr", "caps") or self.is_on("rPr", "smallCaps"),
        )

    def font(self) -> str:
        """Return the name of the style's font, "" where none is named."""
        fonts = self.find("rPr", "rFonts")
        if fonts is None:
            return ""
        themed = fonts.get(f"{W}asciiTheme")
        if themed and self._theme is not None:
            kind = "majorFont" if themed.startswith("major") else "minorFont"
            latin = self._theme.find(f".//{{*}}{kind}/{{*}}latin")
            return "" if latin is None else latin.get("typeface", "")
        return fonts.get(f"{W}ascii", "")

    def find(self, group: str, path: str) -> Element | None:
        """Return the nearest element at `path` below `group`, which is pPr or rPr."""
        return next(self._levels(group, path), None)

    def value(self, group: str, path: str, attribute: str) -> str | None:
        """Return the first value that the chain gives: attributes are inherited one by one."""
        values = (level.get(f"{W}{attribute}") for level in self._levels(group, path))
        return next((value for value in values if value is not None), None)

    def is_on(self, group: str, path: str) -> bool:
        """Say whether a property such as bold is there and not switched off."""
        return _is_on(self.find(group, path))

    def _levels(self, group: str, path: str) -> Iterator[Element]:
        inner = f"{W}{group}/{W}{path.format(w=W)}"
        for style in self._chain:
            if (found := style.find(inner)) is not None:
                yield found
        if self._defaults is not None:
            found = self._defaults.find(f"{W}{group}Default/{inner}")
            if found is not None:
                yield found

    def _points(self, element: str, attribute: str) -> float:
        return number(self.value("pPr", element, attribute), 0) / TWIPS_PER_POINT

    def _indents(self) -> Iterator[float]:
        """What the lines are shorter by, on both sides; the first line's indent for all of them."""
        for names in (("left", "start"), ("right", "end"), ("firstLine",)):
            found = (self.value("pPr", "ind", name) for name in names)
            yield number(next((value for value in found if value), None), 0)

    def _rules(self) -> float:
        """The thickness of the rules above and below with the space to them, less one point."""
        edges = (self.find("pPr", f"pBdr/{{w}}{side}") for side in ("top", "bottom"))
        drawn = [e for e in edges if e is not None and e.get(f"{W}val") not in {"nil", "none"}]
        heights = (
            number(edge.get(f"{W}sz"), 4) / 8 + number(edge.get(f"{W}space"), 1) for edge in drawn
        )
        return max(sum(heights) - 1, 0.125) if drawn else 0

    def _spacing(self, size: float, font: str, *, is_known: bool) -> float:
        """How many lines of its font a line takes."""
        line = number(self.value("pPr", "spacing", "line"), 240)
        rule = self.value("pPr", "spacing", "lineRule") or "auto"
        own = line_height(max(size, 1), font)
        highest = own if is_known else max(line_height(max(size, 1), f) for f in font_names())
        if rule == "auto":
            return line / 240 * highest / own
        points = line / TWIPS_PER_POINT
        return (points if rule == "exact" else max(points, highest)) / own


def known_font(name: str) -> str:
    """Return the font whose figures are those of the font `name`, "" if none is known."""
    name = _TWINS.get(name, name)
    return name if name in font_names() else ""


def number(text: str | None, default: float) -> float:
    """Return a figure that is not below zero, `default` for what is none."""
    try:
        found = float(text) if text else default
    except ValueError:
        return default
    # "nan" is not at most anything.
    return max(found, 0.0) if found <= _MOST else _MOST if found > 0 else default


def _is_on(found: Element | None) -> bool:
    return found is not None and found.get(f"{W}val", "1") not in {"0", "false", "off"}


def _color(text: str | None) -> str:
    is_one = text is not None and len(text) == 6 and set(text.upper()) <= set("0123456789ABCDEF")
    return text.upper() if text is not None and is_one else "000000"
