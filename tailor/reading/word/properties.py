"""What the elements of a Word file say of looks: of one paragraph, run or style, as far as it goes.

What is left out is None, and comes from the styles below.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tailor.reading.word.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OFF = frozenset({"0", "false", "off", "none"})
_POINTS: Final = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "pi": 12.0}
_AUTOMATIC_SPACE = 14.0  # points that Word gives where it is left to choose


@dataclass(frozen=True, slots=True)
class RunProperties:
    """The look of characters; `size` in points."""

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
class ParagraphProperties:
    """The look of a paragraph; lengths in points.

    `outline` is 1 to 9 for headings and 0 for text, `number` the id of a
    numbering ("0" for none) and `depth` its level from 0.
    """

    outline: int | None = None
    number: str | None = None
    depth: int | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    ruled: bool | None = None
    joined: bool | None = None  # no space to neighbours of the same style


_Properties = TypeVar("_Properties", RunProperties, ParagraphProperties)


def over(upper: _Properties, lower: _Properties) -> _Properties:
    """Return what `upper` says, and what `lower` says where it is silent."""
    found: dict[str, Any] = {}
    for each in fields(upper):
        said = getattr(upper, each.name)
        found[each.name] = getattr(lower, each.name) if said is None else said
    return type(upper)(**found)


def run_properties(element: Element | None) -> RunProperties:
    """Read a ``w:rPr``."""
    if element is None:
        return RunProperties()
    children = {child.tag: child for child in element}
    fonts = children.get(f"{W}rFonts")
    size = _value(children.get(f"{W}sz"))
    underline = children.get(f"{W}u")
    return RunProperties(
        bold=_switch(children.get(f"{W}b")),
        italic=_switch(children.get(f"{W}i")),
        caps=_switch(children.get(f"{W}caps")),
        small_caps=_switch(children.get(f"{W}smallCaps")),
        hidden=_switch(children.get(f"{W}vanish")),
        underline=_switch(underline),
        size=points(size, unit=0.5) if size else None,
        color=_value(children.get(f"{W}color")),
        font=fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None,
    )


def paragraph_properties(element: Element | None) -> ParagraphProperties:
    """Read a ``w:pPr``."""
    if element is None:
        return ParagraphProperties()
    outline = _value(element.find(f"{W}outlineLvl"))
    depth = _value(element.find(f"{W}numPr/{W}ilvl"))
    spacing = element.find(f"{W}spacing")
    indent = element.find(f"{W}ind")
    borders = element.find(f"{W}pBdr")
    left = None
    if indent is not None:
        left = points(indent.get(f"{W}left") or indent.get(f"{W}start"))
    return ParagraphProperties(
        outline=(int(outline) + 1) % 10 if outline in set("0123456789") else None,
        number=_value(element.find(f"{W}numPr/{W}numId")),
        depth=int(depth[:2]) if depth and depth.isdecimal() else None,
        before=_space(spacing, "before"),
        after=_space(spacing, "after"),
        left=left,
        ruled=_is_ruled(borders) if borders is not None else None,
        joined=_switch(element.find(f"{W}contextualSpacing")),
    )


def points(length: str | None, unit: float = 0.05) -> float | None:
    """Read a length: a number in units (of `unit` points), or one with a unit behind it."""
    if not length:
        return None
    factor = _POINTS.get(length[-2:])
    try:
        number = float(length[:-2]) * factor if factor else float(length) * unit
    except ValueError:
        return None
    return number if abs(number) < 10_000 else None  # neither NaN nor nonsense


def _space(spacing: Element | None, side: str) -> float | None:
    if spacing is None:
        return None
    automatic = spacing.get(f"{W}{side}Autospacing")
    if automatic and automatic not in _OFF:
        return _AUTOMATIC_SPACE
    return points(spacing.get(f"{W}{side}"))


def _is_ruled(borders: Element) -> bool:
    """Tell a rule above or below; a box around the text counts as well."""
    sides = (borders.find(f"{W}{side}") for side in ("top", "bottom"))
    return any(_switch(side) and side.get(f"{W}val") != "nil" for side in sides if side is not None)


def _value(element: Element | None) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _switch(element: Element | None) -> bool | None:
    return None if element is None else element.get(f"{W}val", "true") not in _OFF
