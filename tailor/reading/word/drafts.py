"""Lines of a Word file before it is known which of them are headings, and how to join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tailor.values.cv import RichText


@dataclass(frozen=True, slots=True)
class DraftLook:
    """How a line looks as a whole; `size` in points is that of most of its characters."""

    size: float = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    small_caps: bool = False
    underline: bool = False
    ruled: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A line, or an empty paragraph where `text` is empty.

    `heading` is 1 to 6 where a style says so, else 0; `title` says that the style is that of the
    document's title; `depth` is that of a list item, from 1, or 0. `before` and `after` are the
    spaces around the line, `left` and `first` the indents of a typed list item and of its first
    line, all in points. `apart`: it begins a text box or the cell of a table. `pages`: there is a
    page number in it. `cell` is the table, row and column it stands in.
    """

    text: RichText
    look: DraftLook = DraftLook()
    heading: int = 0
    title: bool = False
    depth: int = 0
    before: float = 0
    after: float = 0
    left: float = 0
    first: float = 0
    style: str = ""
    joined: bool = False
    apart: bool = False
    pages: bool = False
    cell: tuple[int, int, int] | None = None

    @property
    def plain(self) -> str:
        """The characters without their styles."""
        return self.text.plain


def apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a text box or cell, the first marked as standing apart."""
    return [replace(drafts[0], apart=True), *drafts[1:]] if drafts else []
