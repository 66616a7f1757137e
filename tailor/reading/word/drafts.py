"""Lines of a Word file before it is known which of them are headings, and how to join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.headings import read_heading
from tailor.values.cv import RichText

LONGEST_STYLED: Final = 200
"""Characters; longer text in a heading style is text all the same."""

_SHORT = 90  # characters of a cell that may share its line with others
_LONGEST_DATES = 40
_HEAD_LINES = 3  # lines of dates and places beside the head of an entry


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


def is_known_section(draft: Draft) -> bool:
    """Tell a line with words that are known to head a section of a CV, or contact details."""
    short = len(draft.plain) <= LONGEST_STYLED
    return short and read_heading(draft.text).name not in {"", "document"}


def row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
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
    return [line for cell in filled for line in apart(cell)]


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
        return [line for each in lines for line in apart([each])]
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
        return apart(found) + entry[len(lines) :]
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
