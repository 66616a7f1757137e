"""Through a part of a Word file in reading order: paragraphs, tables, text boxes, controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tailor.reading.amounts import check_amount
from tailor.reading.word.drafts import Draft, apart, draft
from tailor.reading.word.inline import ALTERNATIVES, UNREAD, Inline, InlineReader, Piece, chosen
from tailor.reading.word.package import W
from tailor.reading.word.tables import row_drafts
from tailor.values.cv import RichText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from tailor.reading.files import Content
    from tailor.reading.word.package import Part
    from tailor.reading.word.styles import ParagraphLook, StyleSheet

_DELETED_ROW = f"{W}trPr/{W}del"
_DELETED_CELL = f"{W}tcPr/{W}cellDel"
_WRAPPED = 40  # characters; a line this long may be broken by hand in mid-sentence


class Walker:
    """Makes drafts of the elements of one part; `notes` are the footnotes met, in order."""

    def __init__(self, part: Part, styles: StyleSheet, content: Content) -> None:
        self._styles = styles
        self._content = content
        self._inline = InlineReader(part, styles)
        self._lines_read = 0
        self._characters_read = 0

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Kind ("footnote" or "endnote") and id of the notes referred to."""
        return self._inline.notes

    def drafts(self, parent: Element) -> list[Draft]:
        """Return the lines inside `parent`, with empty paragraphs as drafts without text.

        Raises CvError or PostingError where there are far too many.
        """
        found: list[Draft] = []
        for child in parent:
            if child.tag == f"{W}p":
                found += self._paragraph(child)
            elif child.tag == f"{W}tbl":
                found += self._table(child)
            elif child.tag == ALTERNATIVES:
                found += self.drafts(chosen(child))
            elif child.tag not in UNREAD:
                found += self.drafts(child)  # content controls, insertions and the like
        return found

    def _paragraph(self, element: Element) -> list[Draft]:
        look = self._styles.paragraph(element.find(f"{W}pPr"))
        inline = self._inline.read(element, look)
        self._check(inline)
        boxed = inline.boxes_before or inline.boxes_after
        lines = self._lines(inline, look)
        if not lines and not boxed:
            lines = [Draft(RichText(), before=look.before, after=look.after)]
        before = [line for box in inline.boxes_before for line in self._box(box)]
        after = [line for box in inline.boxes_after for line in self._box(box)]
        return [*before, *(apart(lines) if before else lines), *after]

    def _check(self, inline: Inline) -> None:
        self._lines_read += len(inline.lines)
        self._characters_read += sum(len(piece.text) for line in inline.lines for piece in line)
        check_amount(self._content, self._lines_read, self._characters_read)

    def _lines(self, inline: Inline, look: ParagraphLook) -> list[Draft]:
        lines = [line for line in _unwrapped(inline.lines) if any(p.text.strip() for p in line)]
        last = len(lines) - 1
        return [
            draft(line, look, first=index == 0, last=index == last)
            for index, line in enumerate(lines)
        ]

    def _box(self, box: Element | str) -> list[Draft]:
        if isinstance(box, str):
            text = RichText.of(box.strip())
            return apart([Draft(text)]) if text else []
        return apart(self.drafts(box))

    def _table(self, table: Element) -> list[Draft]:
        found: list[Draft] = []
        for row in _inside(table, f"{W}tr"):
            if row.find(_DELETED_ROW) is None:
                cells = [self._cell(cell) for cell in _inside(row, f"{W}tc")]
                found += row_drafts(cells)
        return found

    def _cell(self, cell: Element) -> list[Draft]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        hidden = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        if hidden or cell.find(_DELETED_CELL) is not None:
            return []
        return self.drafts(cell)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows or cells of `parent`, also those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _inside(chosen(child), tag)
        elif child.tag not in UNREAD:
            yield from _inside(child, tag)


def _unwrapped(lines: list[list[Piece]]) -> Iterator[list[Piece]]:
    """Join lines that somebody broke by hand in the middle of a sentence."""
    current: list[Piece] = []
    last = ""
    for line in lines:
        text = "".join(piece.text for piece in line).strip()
        if current and len(last) >= _WRAPPED and _goes_on(last, text):
            current += [Piece(" ", current[-1].look), *line]
        else:
            if current:
                yield current
            current = [*line]
        last = text
    if current:
        yield current


def _goes_on(before: str, after: str) -> bool:
    return before[-1] not in ".!?:;|" and after[:1].islower() and "@" not in after
