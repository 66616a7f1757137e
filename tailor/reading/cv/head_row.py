"""What the head row of a table says of the rows below it: entries in columns, or exams passed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.cells import BAR, pieces, spans
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import field_of_label, is_exam_label, read_heading
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import RichText

_LONGEST_HEAD = 400  # characters; no longer line is the head row of a table
_LONGEST_ROW = 4000
_BETWEEN = re.compile(r"\s{0,9}[\t|]\s{0,9}")


def columns_of(line: Line) -> tuple[str, ...]:
    """Return what the cells of a table's head row say of their columns."""
    told = [field_of_label(cell) for cell in _head_cells(line)]
    if len(told) < 2 or sum(map(bool, told)) <= len(told) / 2 or find_dates(line.plain):
        return ()
    return (*told[:-1], told[-1] or "tasks")


def without_tasks(line: Line, columns: Sequence[str]) -> tuple[Line, list[Line]]:
    """Part a row of a table from the cell in which, as the head row says, the tasks stand."""
    at = columns.index("tasks") if "tasks" in columns and len(line.plain) <= _LONGEST_ROW else 0
    begin = len(line.plain) - len(line.plain.lstrip(" |"))
    cells = [(begin + a, begin + b) for a, b in spans(line.plain[begin:].rstrip(" |"), BAR)]
    if not at or len(cells) <= at:
        return line, []
    start = cells[at][0]
    return replace(line, text=line.text.slice(0, start)), [
        replace(line, text=line.text.slice(start))
    ]


def set_rows(lines: Sequence[Line], labels: list[LineLabel]) -> list[Line]:
    """Set the labels of the rows of tables right, and return the lines.

    Each row below the head row of a table of entries begins one. Exams ("Paper | Subject | Body |
    Result") are no degrees: their rows are text below the qualification above them, with commas
    between the cells.
    """
    found = list(lines)
    for index, line in enumerate(lines):
        exams, columns = heads_exams(line), columns_of(line)
        if not exams and not columns:
            continue
        end = index + 1
        while end < len(lines) and _is_row(lines[end], line):
            end += 1
        if exams and end - index > 1:
            _under_qualification(lines, labels, index)
            labels[index] = labels[index].as_label("L:edu")
            for row in range(index + 1, end):
                labels[row] = labels[row].as_label("T:edu")
                found[row] = replace(lines[row], text=_with_commas(lines[row].text))
        elif not exams:
            for row in range(index + 1, end):
                if len(_cells(lines[row])) >= len(columns) - 1 and labels[row].part in "IT":
                    labels[row] = labels[row].as_part("B")
    return found


def _head_cells(line: Line) -> list[str]:
    cells = _cells(line) if len(line.plain) <= _LONGEST_HEAD else []
    return [clean(RichText.of(cell)).plain for cell in cells]


def _cells(line: Line) -> list[str]:
    return pieces(line.plain.strip(" |")[:_LONGEST_ROW], BAR)


def heads_exams(line: Line) -> bool:
    """Return whether a line is the head row of a table of exams, not of degrees or courses."""
    cells = _head_cells(line)
    named = any(field_of_label(cell) in {"title", "employer", "place"} for cell in cells)
    told = any(is_exam_label(cell, surely=True) for cell in cells)
    return len(cells) > 1 and told and not named and all(map(is_exam_label, cells))


def _is_row(line: Line, head: Line) -> bool:
    """Return whether a line is a row of the table with this head row."""
    if head.look.cell and line.look.cell:
        return head.look.cell[0] == line.look.cell[0]
    sign = "|" if "|" in head.plain else "\t"
    return line.kind is not LineKind.HEADING and sign in line.plain.strip()


def _under_qualification(lines: Sequence[Line], labels: list[LineLabel], index: int) -> None:
    """Take the section around exams for one of education where its heading says nothing else."""
    start = next((row for row in range(index, -1, -1) if labels[row].part == "H"), 0)
    if labels[start].part != "H" or read_heading(lines[start].text).name:
        return
    labels[start] = labels[start].as_label("H:education")
    for row in range(start + 1, index):
        if labels[row].part in "BITG":
            labels[row] = labels[row].as_label(f"{labels[row].part}:edu")


def _with_commas(text: RichText) -> RichText:
    begin = len(text.plain) - len(text.plain.lstrip(" |"))
    cells = spans(text.plain[begin:].rstrip(" |"), _BETWEEN)
    whole = RichText()
    for start, end in cells:
        cell = text.slice(begin + start, begin + end)
        whole = whole + RichText.of(", ") + cell if whole else cell
    return whole
