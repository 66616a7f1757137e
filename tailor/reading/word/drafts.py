"""Lines of a Word file before it is known which of them are headings: of paragraphs and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from docx.blkcntnr import BlockItemContainer
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.headings import read_heading
from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.flatten import APART, LINK, PAGE, shown
from tailor.reading.word.looks import Looks, ParagraphLook, RunLook
from tailor.values.cv import RichText, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.run import Run as WordRun

    from tailor.reading.files import Content

_LONGEST_STYLED = 200  # characters; longer text in a heading style is text all the same
_WRAPPED = 40  # characters; a line this long may be broken by hand in mid-sentence
_WIDEST = 63  # columns that a table of Word can have
_SHORT = 90  # characters of a cell that may share its line with others
_LONGEST_DATES = 40
_HEAD_LINES = 3  # lines of dates and places beside the head of an entry


@dataclass(frozen=True, slots=True)
class DraftLook:
    """How a line looks as a whole; `size` in points is that of most of its characters."""

    size: float = 0
    bold: bool = False
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


def is_known_section(draft: Draft) -> bool:
    """Return whether its words are known to head a section of a CV, or contact details."""
    short = len(draft.plain) <= _LONGEST_STYLED
    return short and read_heading(draft.text).name not in {"", "document"}


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
            found += _row_drafts(cells)
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
    is_styled = is_first and len(text.plain) <= _LONGEST_STYLED
    return Draft(
        text,
        _look(pieces, ruled=look.ruled),
        heading=look.heading if is_styled else 0,
        title=look.title and is_styled,
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
        caps=caps,
        small_caps=not caps and all(piece.look.small_caps for piece in seen),
        underline=all(piece.look.underline for piece in seen),
        ruled=ruled,
        color=colors.pop() if len(colors) == 1 else "",
    )


# Tables, most of which are there for the layout


def _row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
    """Return the lines of a row, given those of its cells.

    Cells of one short line each make one line with tabs between. Dates in a
    narrow column join the first lines of the entry beside them. Any other cell
    is read from top to bottom before the next one.
    """
    filled = [found for cell in cells if (found := _trimmed(cell))]
    if len(filled) < 2:
        # Space inside the only cell is the page's own.
        return list(next((cell for cell in cells if _trimmed(cell)), cells[0] if cells else []))
    if all(len(cell) == 1 for cell in filled):
        return _one_line([cell[0] for cell in filled])
    if len(filled) == 2:
        joined = _dates_beside(filled[0], filled[1])
        if joined:
            return joined
    return [line for cell in filled for line in _apart(cell)]


def _trimmed(cell: list[Draft]) -> list[Draft]:
    """Without empty paragraphs at both ends."""
    texts = [index for index, line in enumerate(cell) if line.text]
    return cell[texts[0] : texts[-1] + 1] if texts else []


def _one_line(lines: list[Draft]) -> list[Draft]:
    dated = any(_is_dates(line) for line in lines)
    too_long = any(len(line.plain) > _SHORT for line in lines)
    listed = all(line.depth for line in lines)
    headed = not dated and (lines[0].heading or is_known_section(lines[0]))
    if (too_long and not dated) or listed or headed:
        return [line for each in lines for line in _apart([each])]
    return [_joined(lines)]


def _dates_beside(left: list[Draft], right: list[Draft]) -> list[Draft]:
    """Return the lines of an entry with its dates in the other column, [] if it is none."""
    for column, entry in ((left, right), (right, left)):
        lines = [line for line in column if line.text]
        short = len(lines) <= _HEAD_LINES and all(len(line.plain) <= _SHORT for line in lines)
        lines = _one_period(lines)
        if not (short and _is_dates(lines[0])) or any(line.depth for line in lines):
            continue
        found: list[Draft] = []
        for dates, line in zip_longest(lines, entry[: len(lines)]):
            if line is None or not line.text or line.depth:
                found += [each for each in (dates, line) if each]
            else:
                found.append(_joined((dates, line) if column is left else (line, dates)))
        return _apart(found) + entry[len(lines) :]
    return []


def _one_period(lines: list[Draft]) -> list[Draft]:
    """Join "Jan 2019 –" and "Mar 2021" on two lines of a narrow column."""
    if len(lines) == 2:
        together = lines[0].text + RichText.of(" ") + lines[1].text
        found = locate_period(together.plain)
        if found and found.start == found.end and found.is_range:
            return [replace(lines[0], text=together)]
    return lines


def _joined(lines: Sequence[Draft]) -> Draft:
    head = next((line for line in lines if line.heading), lines[0])
    text = lines[0].text
    for line in lines[1:]:
        text = text + RichText.of("\t") + line.text
    looks = next((line.look for line in lines if not _is_dates(line)), head.look)
    pages = any(line.pages for line in lines)
    before, after = max(line.before for line in lines), max(line.after for line in lines)
    return replace(
        head, text=text, look=looks, depth=lines[0].depth, pages=pages, before=before, after=after
    )


def _is_dates(line: Draft) -> bool:
    if len(line.plain) > _LONGEST_DATES:
        return False
    found = locate_period(line.plain)
    return found is not None and found.start == found.end


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a text box or cell, the first marked as standing apart."""
    return [replace(drafts[0], apart=True), *drafts[1:]] if drafts else []
