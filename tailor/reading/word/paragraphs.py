"""Paragraphs and tables of a story of a Word file (its body, a header, a note) to draft lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docx.blkcntnr import BlockItemContainer
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.drafts import Draft, DraftLook, row_drafts
from tailor.reading.word.fields import LINK, PAGE
from tailor.reading.word.flatten import APART
from tailor.reading.word.looks import Looks, ParagraphLook, RunLook
from tailor.reading.word.symbols import shown
from tailor.values.cv import RichText, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.run import Run as WordRun

    from tailor.reading.files import Content

_WRAPPED = 40  # characters; a line this long may be broken by hand in mid-sentence
_WIDEST = 63  # columns that a table of Word can have


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of one look; `page`: they are a page number."""

    text: str
    look: RunLook
    link: str | None = None
    page: bool = False


class StoryReader:
    """Makes drafts of one flattened story after the other, within the bounds of one file."""

    def __init__(self, looks: Looks, content: Content) -> None:
        self._looks = looks
        self._content = content
        self._lines_read = 0
        self._characters_read = 0
        self._tables_read = 0

    def drafts(self, story: Document | BlockItemContainer) -> list[Draft]:
        """Return the lines of a story, with empty paragraphs as drafts without text.

        Raises CvError or PostingError where there are far too many.
        """
        found: list[Draft] = []
        for block in story.iter_inner_content():
            if isinstance(block, Paragraph):
                found += self._paragraph(block)
            else:
                found += self._table(block)
        return found

    def _paragraph(self, paragraph: Paragraph) -> list[Draft]:
        look = self._looks.paragraph(paragraph)
        broken = self._broken_lines(paragraph, look)
        self._lines_read += len(broken)
        self._characters_read += sum(len(piece.text) for line in broken for piece in line)
        self._content.check_amount(self._lines_read, self._characters_read)
        lines = [*_unwrapped(line for line in broken if _plain(line).strip())]
        last = len(lines) - 1
        drafts = [
            _draft(line, look, is_first=index == 0, is_last=index == last)
            for index, line in enumerate(lines)
        ] or [Draft(RichText(), before=look.before, after=look.after)]
        is_apart = paragraph.paragraph_format.element.get(APART) is not None
        return [replace(drafts[0], apart=is_apart), *drafts[1:]]

    def _broken_lines(self, paragraph: Paragraph, look: ParagraphLook) -> list[list[_Piece]]:
        """Return the pieces of a paragraph, cut at its line breaks."""
        lines: list[list[_Piece]] = [[]]
        for run, address in _runs(paragraph):
            letters = self._looks.run(run, look)
            if letters.hidden:
                continue
            element = run.font.element
            link, page = element.get(LINK) or address or None, element.get(PAGE) is not None
            first, *others = shown(run.text, letters.font).split("\n")
            lines[-1].append(_Piece(first, letters, link, page))
            lines += [[_Piece(text, letters, link, page)] for text in others]
        return lines

    def _table(self, table: Table) -> list[Draft]:
        number = self._tables_read
        self._tables_read += 1
        found: list[Draft] = []
        for row, element in enumerate(table._tbl.tr_lst):  # noqa: SLF001  (cells as they are)
            cells: list[list[Draft]] = []
            column = 0
            for cell in element.tc_lst:
                # Word leaves old paragraphs in cells that are merged with the one above.
                is_merged = cell.vMerge == "continue"
                drafts = [] if is_merged else self.drafts(BlockItemContainer(cell, table))
                place = (number, row, column)
                cells.append([replace(draft, cell=draft.cell or place) for draft in drafts])
                column += min(max(cell.grid_span, 1), _WIDEST)
            found += row_drafts(cells)
        return found


def _runs(paragraph: Paragraph) -> Iterator[tuple[WordRun, str]]:
    """Yield the runs, each with the address that its hyperlink leads to."""
    for item in paragraph.iter_inner_content():
        if isinstance(item, Hyperlink):
            yield from ((run, item.address) for run in item.runs)
        else:
            yield item, ""


def _unwrapped(lines: Iterable[list[_Piece]]) -> Iterator[list[_Piece]]:
    """Join lines that somebody broke by hand in the middle of a sentence."""
    current: list[_Piece] = []
    last = ""
    for line in lines:
        text = _plain(line).strip()
        if current and len(last) >= _WRAPPED and _goes_on(last, text):
            current += [_Piece(" ", current[-1].look), *line]
        else:
            if current:
                yield current
            current = line
        last = text
    if current:
        yield current


def _goes_on(before: str, after: str) -> bool:
    return before[-1] not in ".!?:;|" and after[:1].islower() and "@" not in after


def _plain(pieces: Iterable[_Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _draft(pieces: list[_Piece], look: ParagraphLook, *, is_first: bool, is_last: bool) -> Draft:
    """Make the draft of one line of a paragraph.

    Only its first line can be a heading; the space around the paragraph goes to its first and
    last line.
    """
    text = RichText.of(
        Run(piece.text, piece.look.bold, piece.look.italic, piece.link) for piece in pieces
    ).strip()
    return Draft(
        text,
        _look(pieces, ruled=look.ruled),
        heading=look.heading if is_first else 0,
        title=look.title and is_first,
        depth=look.depth or int(starts_with_glyph(text.plain) > 0),
        before=look.before if is_first else 0,
        after=look.after if is_last else 0,
        left=look.left,
        first=look.first if is_first else look.left,
        style=look.style,
        joined=look.joined,
        pages=any(piece.page and piece.text for piece in pieces),
    )


def _look(pieces: Iterable[_Piece], *, ruled: bool) -> DraftLook:
    """Return the look of a line: what all its characters have, and the size of most."""
    seen = [piece for piece in pieces if piece.text.strip()]
    sizes: Counter[float] = Counter()
    for piece in seen:
        sizes[piece.look.size] += len(piece.text.strip())
    caps = _plain(seen).isupper() or all(piece.look.all_caps for piece in seen)
    colors = {piece.look.color for piece in seen}
    return DraftLook(
        max(sizes, key=lambda size: (sizes[size], size)),
        bold=all(piece.look.bold for piece in seen),
        italic=all(piece.look.italic for piece in seen),
        caps=caps,
        small_caps=not caps and all(piece.look.small_caps for piece in seen),
        underline=all(piece.look.underline for piece in seen),
        ruled=ruled,
        color=colors.pop() if len(colors) == 1 else "",
    )
