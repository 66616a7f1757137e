"""Tables whose columns are what is required and what is preferred, read column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tailor.reading.posting.cue import heading_kind

if TYPE_CHECKING:
    from tailor.reading.posting.lines import RawLine

_LONGEST_HEAD = 4  # words
_MOST_COLUMNS = 6
_BOTH = frozenset({"required", "preferred"})


def cells_of_text(text: str) -> tuple[tuple[int, str], ...]:
    """Return the cells of a line of text that bars part, each with its column; () without bars."""
    if "|" not in text:
        return ()
    parts = [part.strip() for part in text.removeprefix("|").split("|")]
    if len(parts) > _MOST_COLUMNS + 1 or len(parts) < 2:
        return ()
    return tuple((column, part) for column, part in enumerate(parts) if part)


def is_head(cells: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row names columns: "Essential" and "Desirable", perhaps with others."""
    kinds = {heading_kind(text) for _, text in cells if len(text.split()) <= _LONGEST_HEAD}
    return len(cells) > 1 and kinds >= _BOTH


def by_columns(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines; of a table with such columns, each column's head with its cells below."""
    found: list[RawLine] = []
    index = 0
    while index < len(lines):
        head, start = _head_at(lines, index)
        if not head:
            found.append(lines[index])
            index += 1
            continue
        end = start
        while end < len(lines) and lines[end].cells:
            end += 1
        found += _columns(head, lines[index], lines[start:end])
        index = end
    return found


def _head_at(lines: Sequence[RawLine], index: int) -> tuple[dict[int, str], int]:
    """Return the heads of the columns of a table that begins here, and where its rows begin."""
    cells: list[tuple[int, str]] = []
    while index < len(lines) and lines[index].cells:
        here = lines[index].cells
        if cells and here[0][0] <= cells[-1][0]:
            break
        cells += here
        index += 1
    return (dict(cells), index) if is_head(cells) else ({}, index)


def _columns(head: dict[int, str], top: RawLine, rows: Sequence[RawLine]) -> Iterator[RawLine]:
    """Yield the lines of the columns that ask; names of rows and how it is tested are left out."""
    for column, name in head.items():
        if heading_kind(name) not in _BOTH:
            continue
        yield replace(top, text=name, glyph=False, marked=True, after_blank=True, cells=())
        for row in rows:
            text = dict(row.cells).get(column, "")
            if text:
                yield replace(row, text=text, glyph=True, marked=False, after_blank=False, cells=())
