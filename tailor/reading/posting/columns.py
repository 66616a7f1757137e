"""Tables that say of each row whether it is required or preferred, read as two lists.

Either "Essential" and "Desirable" head columns, or a column says E or D of each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tailor.reading.posting.cue import heading_kind

if TYPE_CHECKING:
    from tailor.reading.posting.lines import RawLine

_LONGEST_HEAD = 4  # words
_MOST_COLUMNS = 6
_BOTH = frozenset({"required", "preferred"})
_GRADES = {
    "e": "Essential", "essential": "Essential", "d": "Desirable", "desirable": "Desirable",
}  # fmt: skip
_BOTH_GRADES = frozenset({"e/d", "essential/desirable", "e / d", "essential / desirable"})
# "Full driving licence (E)", "Full driving licence      E"
_AT_END = re.compile(
    r"(?P<text>\S.+?)(?:\s{0,9}[(\[](?P<in>E|D|[Ee]ssential|[Dd]esirable)[)\]]"
    r"|\s{3,30}(?P<by>E|D|Essential|Desirable))$"
)
_ENDS = ("E", "D", "E)", "D)", "E]", "D]", "ssential", "esirable", "ssential)", "esirable)")
_FEWEST_GRADED = 3  # rows
_LEAST_TEXT = 4  # characters of a row that says something


def cells_of_text(text: str) -> tuple[tuple[int, str], ...]:
    """Return the cells of a line of text that bars or tabs part, each with its column.

    A grade at its end is one, too.
    """
    at_end = _AT_END.match(text) if text.endswith(_ENDS) else None
    if at_end and not {"|", "\t"}.intersection(at_end["text"].strip()):
        return (0, at_end["text"].strip()), (1, at_end["in"] or at_end["by"])
    sign = "|" if "|" in text else "\t"
    if sign not in text:
        return ()
    parts = [part.strip() for part in text.removeprefix("|").split(sign)]
    if len(parts) > _MOST_COLUMNS + 1 or len(parts) < 2:
        return ()
    return tuple((column, part) for column, part in enumerate(parts) if part)


def is_head(cells: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row names columns: "Essential" and "Desirable", perhaps with others."""
    kinds = {heading_kind(text) for _, text in cells if len(text.split()) <= _LONGEST_HEAD}
    return len(cells) > 1 and kinds >= _BOTH


def by_columns(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines; of a table with such columns, each column's head with its cells below."""
    if sum(bool(_grade_of(line)[0]) for line in lines) >= _FEWEST_GRADED:
        return _by_grade(lines)
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


def _grade_of(line: RawLine) -> tuple[str, str]:
    """Return whether a row is "Essential" or "Desirable" by a cell of it, and what it asks."""
    grade = next((name for _, text in line.cells if (name := _GRADES.get(text.casefold()))), "")
    rest = [text for _, text in line.cells if text.casefold() not in _GRADES]
    text = max(rest, key=len, default="")
    return (grade, text) if grade and len(text) >= _LEAST_TEXT else ("", "")


def _by_grade(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines; rows that bear a grade stand below it, the essential ones first."""
    found: list[RawLine] = []
    rows: dict[str, list[RawLine]] = {"Essential": [], "Desirable": []}
    place = 0
    for line in lines:
        grade, text = _grade_of(line)
        if grade:
            place = place or len(found)
            item = replace(line, text=text, glyph=True, marked=False, after_blank=False, cells=())
            rows[grade].append(item)
        elif not is_head(line.cells) and not any(
            text.casefold() in _BOTH_GRADES for _, text in line.cells
        ):
            found.append(line)
    for grade in reversed(rows):
        if own := rows[grade]:
            head = replace(own[0], text=grade, glyph=False, marked=True, after_blank=True)
            found[place:place] = [head, *own]
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
    asking = [column for column, name in head.items() if heading_kind(name) in _BOTH]
    if len(asking) > len(_BOTH) and asking[0] == min(head):  # "Profile" heads the names of rows
        del asking[0]
    for column in asking:
        name = head[column]
        yield replace(top, text=name, glyph=False, marked=True, after_blank=True, cells=())
        for row in rows:
            text = dict(row.cells).get(column, "")
            if text:
                yield replace(row, text=text, glyph=True, marked=False, after_blank=False, cells=())
