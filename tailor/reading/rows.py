"""Rows of tables and pairs of definition lists: which of their cells make one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Generic, TypeVar

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.headings import column_of_papers, is_known_section
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText

_SHORT = 90  # characters of a cell that may share its line with others
_LONGEST_DATES = 40
_MOST_WORDS_OF_LABEL = 6
_HEAD_LINES = 3  # lines of dates and places beside the head of an entry
_LABEL_LEVEL = 6

_Line = TypeVar("_Line", bound=Line)


@dataclass(frozen=True, slots=True)
class Cell(Generic[_Line]):
    """The lines of a cell; `names` is true of one that names others (`th`, `dt`)."""

    lines: tuple[_Line, ...]
    names: bool = False


def row_lines(cells: Sequence[Cell[_Line]], *, is_posting: bool) -> list[_Line]:
    """Return the lines of a row of a table, most of which are there for the layout.

    In a posting a short label and its value become "Label: value". Otherwise cells of one
    short line each make one line with tabs between them, and dates in a narrow column join
    the first lines of the entry beside them. Any other cell is read from top to bottom
    before the next one.
    """
    filled = [cell for cell in cells if cell.lines]
    if len(filled) < 2:
        return [line for cell in filled for line in cell.lines]
    if is_posting and len(filled) == 2 and _is_label(filled[0]):
        return _labelled(*filled)
    if all(len(cell.lines) == 1 for cell in filled):
        lines = [cell.lines[0] for cell in filled]
        if _share_a_line(lines):
            return [_with_tabs(cells)]
    elif len(filled) == 2:
        beside = _dates_beside(filled[0].lines, filled[1].lines)
        if beside:
            return beside
    return [line for cell in filled for line in _apart(cell.lines)]


def _with_tabs(cells: Sequence[Cell[_Line]]) -> _Line:
    """Return the cells of a row as one line; a tab more stands for an empty one between others."""
    places = [place for place, cell in enumerate(cells) if cell.lines]
    whole = cells[places[0]].lines[0]
    for before, place in pairwise(places):
        whole = _joined([whole, cells[place].lines[0]], "\t" * (place - before))
    return whole


def _share_a_line(lines: Sequence[Line]) -> bool:
    """Return whether cells of one line each make one line: short ones, or any beside dates.

    So do the words above the columns of a table, though one may be a heading's: "Training".
    """
    if all(line.kind is LineKind.ITEM for line in lines):
        return False
    if any(_is_dates(line) for line in lines):
        return True
    if len(lines) > 1 and all(column_of_papers(line.plain) for line in lines):
        return True
    headed = lines[0].kind is LineKind.HEADING or is_known_section(lines[0].text)
    return not headed and all(len(line.plain) <= _SHORT for line in lines)


def pair_lines(cells: Sequence[Cell[_Line]], *, is_posting: bool) -> list[_Line]:
    """Return the lines of a definition list, given its terms and their descriptions."""
    lines: list[_Line] = []
    rest = list(cells)
    while rest:
        cell = rest.pop(0)
        described = cell.names and bool(rest) and not rest[0].names and bool(rest[0].lines)
        once = len(rest) == 1 or (len(rest) > 1 and rest[1].names)
        if not (described and once and _is_label(cell)):
            lines += cell.lines
        elif is_posting or not any(locate_period(c.lines[0].plain) for c in (cell, rest[0])):
            lines += _labelled(cell, rest.pop(0))
        else:
            lines += row_lines([cell, rest.pop(0)], is_posting=False)
    return lines


def _is_label(cell: Cell[_Line]) -> bool:
    if len(cell.lines) != 1 or cell.lines[0].kind is LineKind.ITEM:
        return False
    text = cell.lines[0].plain
    return len(text.split()) <= _MOST_WORDS_OF_LABEL and text[-1] not in ".!?,;"


def _labelled(label: Cell[_Line], value: Cell[_Line]) -> list[_Line]:
    name, first = label.lines[0], value.lines[0]
    if len(value.lines) == 1 and first.kind is LineKind.PARAGRAPH:
        colon = " " if name.plain.endswith(":") else ": "
        return [replace(_joined([name, first], colon), kind=LineKind.PARAGRAPH, level=0)]
    if label.names and name.kind is LineKind.PARAGRAPH:
        name = replace(name, kind=LineKind.HEADING, level=_LABEL_LEVEL)
    return [replace(name, gap=True), *value.lines]


def _dates_beside(left: Sequence[_Line], right: Sequence[_Line]) -> list[_Line]:
    """Return the lines of an entry with its dates in the other column, [] if it is none."""
    for column, entry, is_left in ((left, right, True), (right, left, False)):
        short = len(column) <= _HEAD_LINES and all(len(line.plain) <= _SHORT for line in column)
        listed = any(line.kind is LineKind.ITEM for line in column)
        said = _one_period(column) if short else column
        if not short or listed or not _is_dates(said[0]):
            continue
        found: list[_Line] = []
        for dates, line in zip_longest(said, entry[: len(said)]):
            if line is None or line.kind is LineKind.ITEM:
                found += [each for each in (dates, line) if each]
            else:
                found.append(_joined([dates, line] if is_left else [line, dates], "\t"))
        return [*_apart(found), *entry[len(said) :]]
    return []


def _one_period(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Join "Jan 2019 –" and "Mar 2021" on two lines of a narrow column."""
    if len(lines) == 2:
        together = lines[0].text + RichText.of(" ") + lines[1].text
        found = locate_period(together.plain)
        if found and found.start == found.end and found.is_range:
            return [replace(lines[0], text=together)]
    return lines


def _joined(lines: Sequence[_Line], between: str) -> _Line:
    """Return the lines as one: a heading if one is, with the look of the first that is no dates."""
    first = next((line for line in lines if line.kind is LineKind.HEADING), lines[0])
    seen = next((line for line in lines if not _is_dates(line)), first)
    text = lines[0].text
    for line in lines[1:]:
        text = text + RichText.of(between) + line.text
    return replace(
        seen,
        kind=first.kind,
        level=first.level,
        text=text,
        number=lines[0].number,
        gap=any(line.gap for line in lines),
    )


def _apart(lines: Sequence[_Line]) -> list[_Line]:
    return [replace(lines[0], gap=True), *lines[1:]] if lines else []


def _is_dates(line: Line) -> bool:
    """Return whether `line` is a period and nothing else."""
    if len(line.plain) > _LONGEST_DATES:
        return False
    found = locate_period(line.plain)
    return found is not None and found.start == found.end
