"""Which numberings of a Word file show a bullet or number, and how deep each one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tailor.reading.word.package import W
from tailor.reading.word.properties import paragraph_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DEEPEST = 9  # the levels that Word has


@dataclass(frozen=True, slots=True)
class _Level:
    shown: bool
    style: str | None
    left: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: its depth, from 1, or 0 if it shows no mark; its indent in points."""

    depth: int = 0
    left: float | None = None


class Numbering:
    """The numbering definitions; without the part no paragraph is a list item by number."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        if root is not None:
            self._read(root)

    def place(self, number: str, level: int | None, style: str) -> Place:
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
        abstract: dict[str, Element] = {}
        by_style: dict[str, str] = {}
        for element in root.iterchildren(f"{W}abstractNum"):
            identity = element.get(f"{W}abstractNumId", "")
            abstract[identity] = element
            link = element.find(f"{W}styleLink")
            if link is not None:
                by_style[link.get(f"{W}val", "")] = identity
        for element in root.iterchildren(f"{W}num"):
            reference = element.find(f"{W}abstractNumId")
            definition = abstract.get(reference.get(f"{W}val", "") if reference is not None else "")
            link = definition.find(f"{W}numStyleLink") if definition is not None else None
            if link is not None:
                definition = abstract.get(by_style.get(link.get(f"{W}val", ""), ""), definition)
            levels = dict(_levels(definition)) if definition is not None else {}
            for override in element.iterchildren(f"{W}lvlOverride"):
                levels.update(_levels(override))
            self._levels[element.get(f"{W}numId", "")] = levels


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.iterchildren(f"{W}lvl"):
        depth = element.get(f"{W}ilvl", "0")
        style = element.find(f"{W}pStyle")
        if depth.isdecimal():
            name = style.get(f"{W}val") if style is not None else None
            left = paragraph_properties(element.find(f"{W}pPr")).left
            yield int(depth[:2]), _Level(_is_shown(element), name, left)


def _is_shown(level: Element) -> bool:
    """Tell a level with a mark from one that only indents."""
    if level.find(f"{W}lvlPicBulletId") is not None:
        return True
    form, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
    if form is not None and form.get(f"{W}val") == "none":
        return False
    return text is None or bool(text.get(f"{W}val", "").strip("\u200b "))
