"""Lines of a Word file's paragraphs and tables, before their place on the page is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, Look, main_size, starts_with_glyph
from tailor.reading.rows import Cell, row_lines
from tailor.reading.word.flatten import APART, LINK, PAGE, shown
from tailor.reading.word.looks import Looks, ParagraphLook, RunLook
from tailor.values.cv import RichText, Run

_LONGEST_STYLED = 200  # characters; longer text in a heading style is text all the same
_WRAPPED = 40  # characters; a line this long may be broken by hand in mid-sentence
_WIDEST = 63  # columns that a table of Word can have


@dataclass(frozen=True, slots=True)
class Draft(Line):
    """A line with what its final look is reckoned from, lengths in points.

    `gap` says that it begins a text box or a cell. `size` is that of most letters; `before` and
    `after` are the spaces around the line, `blanks` the empty paragraphs above it. Between
    neighbours of one `close` style there is no space. `pages`: there is a page number in it.
    """

    size: float = 0
    before: float = 0
    after: float = 0
    blanks: int = 0
    close: str = ""
    pages: bool = False


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
        self._tables = count()

    def drafts(self, story: Document | BlockItemContainer) -> list[Draft]:
        """Return the lines of a story; raise CvError or PostingError where there are too many."""
        found: list[Draft] = []
        blanks = 0
        for block in story.iter_inner_content():
            made = self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)
            if made:
                found += [replace(made[0], blanks=made[0].blanks + blanks), *made[1:]]
            blanks = 0 if made else blanks + 1
        return found

    def _paragraph(self, paragraph: Paragraph) -> list[Draft]:
        look = self._looks.paragraph(paragraph)
        broken = self._broken_lines(paragraph, look)
        self._lines_read += len(broken)
        self._characters_read += sum(len(piece.text) for line in broken for piece in line)
        self._content.check_amount(self._lines_read, self._characters_read)
        lines = [*_unwrapped(line for line in broken if _plain(line).strip())]
        drafts = [_draft(line, look, is_first=index == 0) for index, line in enumerate(lines)]
        if drafts:  # the space around the paragraph is its first and last line's
            is_apart = paragraph.paragraph_format.element.get(APART) is not None
            drafts[0] = replace(drafts[0], before=look.before, gap=is_apart)
            drafts[-1] = replace(drafts[-1], after=look.after)
        return drafts

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
        number = next(self._tables)
        found: list[Draft] = []
        for row, element in enumerate(table._tbl.tr_lst):  # noqa: SLF001  (cells as they are)
            cells: list[Cell[Draft]] = []
            column = 0
            for cell in element.tc_lst:
                # Word leaves old paragraphs in cells that are merged with the one above.
                is_merged = cell.vMerge == "continue"
                drafts = [] if is_merged else self.drafts(BlockItemContainer(cell, table))
                place = (number, row, column)
                cells.append(Cell(tuple(_in_cell(draft, place) for draft in drafts)))
                column += min(max(cell.grid_span, 1), _WIDEST)
            found += row_lines(cells, is_posting=False)
        return found


def _in_cell(draft: Draft, place: tuple[int, int, int]) -> Draft:
    return replace(draft, look=replace(draft.look, cell=draft.look.cell or place))


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


def _draft(pieces: list[_Piece], look: ParagraphLook, *, is_first: bool) -> Draft:
    """Make the draft of one line of a paragraph; only the first can be a heading."""
    text = RichText.of(
        Run(piece.text, piece.look.bold, piece.look.italic, piece.link) for piece in pieces
    ).strip()
    depth = look.depth or int(starts_with_glyph(text.plain) > 0)
    kind, level = LineKind.ITEM if depth else LineKind.PARAGRAPH, depth
    if look.heading and is_first and len(text.plain) <= _LONGEST_STYLED:
        kind, level = LineKind.HEADING, look.heading
    seen = [piece for piece in pieces if piece.text.strip()]
    caps = text.plain.isupper() or all(piece.look.caps for piece in seen)
    indent = round(look.first if is_first else look.left, 1)
    return Draft(
        kind,
        level,
        text,
        number=0,
        look=Look(indent=indent, bullet=depth > 0, caps=caps),
        size=main_size((piece.look.size, len(piece.text.strip())) for piece in seen),
        close=look.style if look.joined else "",
        pages=any(piece.page and piece.text for piece in pieces),
    )
