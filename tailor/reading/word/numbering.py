"""Which numberings of a Word file show a bullet or number, and how deep each one is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from tailor.reading.word.flatten import W

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import XmlPart
    from docx.oxml.text.parfmt import CT_PPr
    from lxml.etree import _Element as Element

_DEEPEST = 9  # the levels that Word has


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: its depth, from 1, or 0 if it shows no mark; its indent in points."""

    depth: int = 0
    left: float | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    shown: bool
    style: str | None
    left: float | None


class Numbering:
    """The numbering definitions; without the part no paragraph is a list item by number."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[int, dict[int, _Level]] = {}
        try:
            part = cast("XmlPart", document.part.part_related_by(RT.NUMBERING))
        except KeyError:
            return
        self._read(part.element)

    def place(self, number: int, level: int | None, style: str) -> Place:
        """Return where an item of this numbering stands.

        Where no `level` is given, that of the paragraph `style` counts.
        """
        levels = self._levels.get(number, {})
        if level is None:
            level = next((i for i, found in levels.items() if style and found.style == style), 0)
        found = levels.get(level)
        if found is None or not found.shown:
            return Place()
        return Place(min(level, _DEEPEST - 1) + 1, found.left)

    def _read(self, root: Element) -> None:
        abstract = {
            _id(each, "abstractNumId"): each for each in root.iterchildren(f"{W}abstractNum")
        }
        by_style = {_value(each, "styleLink"): each for each in abstract.values()}
        for number in root.iterchildren(f"{W}num"):
            definition = abstract.get(_value(number, "abstractNumId"))
            if definition is not None and (link := _value(definition, "numStyleLink")):
                definition = by_style.get(link, definition)
            levels = dict(_levels(definition)) if definition is not None else {}
            for override in number.iterchildren(f"{W}lvlOverride"):
                levels.update(_levels(override))
            identity = _id(number, "numId")
            if identity.isdecimal():
                self._levels[int(identity[:9])] = levels


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.iterchildren(f"{W}lvl"):
        depth = _id(element, "ilvl") or "0"
        properties = cast("CT_PPr | None", element.find(f"{W}pPr"))
        left = properties.ind_left if properties is not None else None
        if depth.isdecimal():
            style = _value(element, "pStyle") or None
            yield int(depth[:2]), _Level(_is_shown(element), style, left.pt if left else None)


def _is_shown(level: Element) -> bool:
    """Return whether a level has a mark, and does not only indent."""
    if level.find(f"{W}lvlPicBulletId") is not None:
        return True
    if _value(level, "numFmt") == "none":
        return False
    text = level.find(f"{W}lvlText")
    return text is None or bool(text.get(f"{W}val", "").strip("\u200b "))


def _id(element: Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""
