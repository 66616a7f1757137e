"""Lines of a Word file before it is known which of them are headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.inline import rich_text
from tailor.reading.word.styles import size_of
from tailor.values.cv import RichText

if TYPE_CHECKING:
    from tailor.reading.word.inline import Piece
    from tailor.reading.word.styles import ParagraphLook


@dataclass(frozen=True, slots=True)
class Look:
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

    `heading` is 1 to 6 where a style says so, else 0; `title` tells the style of
    the document's title; `depth` is that of a list item, from 1, or 0. `before`
    and `after` are the spaces around it, in points; `apart` tells that it begins a
    text box or the cell of a table. `pages` tells a line with a page number.
    """

    text: RichText
    look: Look = Look()
    heading: int = 0
    title: bool = False
    depth: int = 0
    before: float = 0
    after: float = 0
    left: float = 0
    style: str = ""
    joined: bool = False
    apart: bool = False
    pages: bool = False

    @property
    def plain(self) -> str:
        """The characters without their styles."""
        return self.text.plain


def draft(pieces: list[Piece], paragraph: ParagraphLook, *, first: bool, last: bool) -> Draft:
    """Make the draft of one line of a paragraph.

    Only its `first` line can be a heading; the space around the paragraph goes
    to its first and `last` line.
    """
    text = rich_text(pieces)
    depth = paragraph.depth
    if not depth and starts_with_glyph(text.plain):
        depth = 1
    return Draft(
        text,
        _look(pieces, paragraph),
        paragraph.heading if first else 0,
        title=paragraph.title and first,
        depth=depth,
        before=paragraph.before if first else 0,
        after=paragraph.after if last else 0,
        left=paragraph.left,
        style=paragraph.style,
        joined=paragraph.joined,
        pages=any(piece.page for piece in pieces),
    )


def apart(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts of a text box or cell, the first marked as standing apart."""
    return [replace(drafts[0], apart=True), *drafts[1:]] if drafts else []


def _look(pieces: list[Piece], paragraph: ParagraphLook) -> Look:
    seen = [piece for piece in pieces if piece.text.strip()]
    if not seen:
        return Look(size_of(paragraph.run), ruled=paragraph.ruled)
    sizes: Counter[float] = Counter()
    for piece in seen:
        sizes[size_of(piece.look)] += len(piece.text.strip())
    text = "".join(piece.text for piece in seen)
    caps = text.isupper() or all(piece.look.caps for piece in seen)
    return Look(
        max(sizes, key=lambda size: (sizes[size], size)),
        bold=all(piece.look.bold for piece in seen),
        italic=all(piece.look.italic for piece in seen),
        caps=caps,
        small_caps=not caps and all(piece.look.small_caps for piece in seen),
        underline=all(piece.look.underline for piece in seen),
        ruled=paragraph.ruled,
        color=_one(piece.look.color or "" for piece in seen),
    )


def _one(values: Iterable[str]) -> str:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else ""
