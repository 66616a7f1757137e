"""Tables with a head row: which lines they are, and tables of papers as lists of one line each.

A table of certificates, courses or trainings ("Certificate | Provider | Issued | Valid until")
looks like one of jobs or degrees, whose rows have names and dates as well: its head row tells, and
where that may mean both, the heading above it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.head_row import heads_exams
from tailor.reading.cv.headings import (
    column_of_papers,
    field_of_label,
    read_heading,
    says_papers,
)
from tailor.reading.cv.names import has_word
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import RichText, SectionKind

_BARS, _TABS = re.compile(r"\|"), re.compile(r"\t")
_GAPS = re.compile(r"\t+\s*|\s{2,}")
_LONGEST = 400  # characters; no longer line is a row
_SAME_LEFT = 3.0  # points
_MOST_COLUMNS = 9
_HEAD_WORDS = 4  # of a cell of the head row
_CAPTION_WORDS = 9
_ONLY_PAPERS = frozenset({"paper", "provider", "until", "figure"})
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines `start` to `end`, and its cells, empty ones too."""

    start: int
    end: int
    cells: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a head row, and the head row's words."""

    head: Row
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[str]:
        """What stands above the columns."""
        return [clean(cell).plain for cell in self.head.cells]


def with_papers(
    lines: Sequence[Line],
) -> tuple[list[Line], dict[int, str], list[int], list[Line]]:
    """Return the lines with each row of a table of papers as one line of a list.

    Beside them: what these lines and the headings above the tables are, index to label; where the
    head rows of other tables are; and those of these, which are no lines of the CV any more.
    """
    found: list[Line] = []
    told: dict[int, str] = {}
    others: list[int] = []
    heads: list[Line] = []
    done = 0
    for table in tables_of(lines):
        start = table.head.start
        found += lines[done:start]
        done = start
        if not _is_of_papers(table, lines):
            others.append(len(found))
            continue
        if start and _is_caption(lines[start - 1]):
            told[len(found) - 1] = f"H:{SectionKind.CERTIFICATES}"
        heads.append(_whole(table.head, lines))
        for row in table.rows:
            told[len(found)] = f"S:{SectionKind.CERTIFICATES}"
            text = _paper(row, table.columns)
            found.append(replace(_whole(row, lines), kind=LineKind.PARAGRAPH, level=0, text=text))
        done = table.rows[-1].end
    return [*found, *lines[done:]], told, others, heads


def tables_of(lines: Sequence[Line]) -> Iterator[Table]:
    """Yield the tables that have a head row, with the rows below it."""
    rows = list(_rows(lines))
    index = 0
    while index < len(rows):
        head, index = rows[index], index + 1
        if not _is_head(head):
            continue
        below: list[Row] = []
        end = index
        while end < len(rows):
            if _is_below(rows[end], head, lines):
                below.append(rows[end])
            elif below and _goes_on(rows[end : end + 2], below[-1], head, lines):
                below[-1] = _with_rest(below[-1], rows[end])
            else:
                break
            end += 1
        if below:
            yield Table(head, tuple(below))
            index = end


def _goes_on(rows: Sequence[Row], above: Row, head: Row, lines: Sequence[Line]) -> bool:
    """Return whether a line on a page is the rest of the first cell of the row above it."""
    line, first = lines[rows[0].start], lines[above.start]
    beside = line.look.page and abs(line.look.left - first.look.left) < _SAME_LEFT
    if not beside or line.gap or line.kind is not first.kind or len(rows[0].cells) > 1:
        return False
    is_rest = line.plain.lstrip()[:1] == "(" or line.plain.lstrip()[:1].islower()
    return is_rest or any(_is_below(row, head, lines) for row in rows[1:])


def _with_rest(row: Row, rest: Row) -> Row:
    first, *others = row.cells
    return Row(row.start, rest.end, (first + RichText.of(" ") + rest.cells[0], *others))


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    """Yield all lines as rows; of a table's row that several lines make up, one row."""
    index = 0
    while index < len(lines):
        end, cell = index + 1, lines[index].look.cell
        while cell and end < len(lines) and (lines[end].look.cell or (-1, -1))[:2] == cell[:2]:
            end += 1
        yield Row(index, end, _cells(lines[index:end]))
        index = end


def _cells(lines: Sequence[Line]) -> tuple[RichText, ...]:
    first = lines[0]
    if len(lines) > 1:
        columns: dict[int, RichText] = {}
        for line in lines:
            column = line.look.cell[2] if line.look.cell else 0
            before = columns.get(column)
            columns[column] = before + RichText.of(" ") + line.text if before else line.text
        return tuple(columns.get(column, RichText()) for column in range(max(columns) + 1))
    plain = first.plain
    is_row = any(sign in plain for sign in ("|", "\t", "  "))
    if not is_row or len(plain) > _LONGEST or first.kind is LineKind.ITEM:
        return (first.text,)
    bars = "|" in plain
    separator = _BARS if bars else _TABS if first.look.cell else _GAPS
    begin = len(plain) - len(plain.lstrip(" |" if bars else " "))
    stop = len(plain.rstrip(" |"))
    cells, start = [], begin
    for match in separator.finditer(plain, begin, stop):
        cells.append(first.text.slice(start, match.start()).strip())
        start = match.end()
    return (*cells, first.text.slice(start, stop).strip())


def _is_head(row: Row) -> bool:
    """Return whether a row says what stands in the columns below it: most cells are known words."""
    if not 2 <= len(row.cells) <= _MOST_COLUMNS:
        return False
    texts = [clean(cell).plain for cell in row.cells]
    if not all(
        text and len(text.split()) <= _HEAD_WORDS and not any(map(str.isdigit, text))
        for text in texts
    ):
        return False
    known = [bool(column_of_papers(text) or field_of_label(text)) for text in texts]
    return sum(known) >= 2 and 2 * sum(known) >= len(texts)


def _is_below(row: Row, head: Row, lines: Sequence[Line]) -> bool:
    """Return whether a row stands in the table of a head row."""
    line, above = lines[row.start], lines[head.start]
    if above.look.cell or line.look.cell:
        return bool(above.look.cell and line.look.cell and above.look.cell[0] == line.look.cell[0])
    bars = "|" in above.plain
    alike = ("|" in line.plain) == bars and 2 <= len(row.cells) <= len(head.cells)
    return alike and line.kind is above.kind and (bars or not line.gap)


def _is_of_papers(table: Table, lines: Sequence[Line]) -> bool:
    """Return whether the rows are certificates, courses and the like, and no jobs or degrees."""
    columns = [column_of_papers(text) for text in table.columns]
    fields = [
        field_of_label(text)
        for text, column in zip(table.columns, columns, strict=True)
        if not column
    ]
    above = lines[table.head.start - 1] if table.head.start else None
    caption = above.plain if above and _is_caption(above) else ""
    degrees = sum(has_word(row.cells[0].plain, "degree") for row in table.rows)
    exams = heads_exams(lines[table.head.start])
    if exams or {"title", "tasks"} & set(fields) or 2 * degrees > len(table.rows):
        return False
    if "paper" in columns or (says_papers(caption) and any(columns)):
        return True
    only = set(columns) & _ONLY_PAPERS and {"course", "until"} & set(columns)
    return bool(only) and not _heads_degrees(above)


def _heads_degrees(line: Line | None) -> bool:
    return line is not None and read_heading(line.text).name == SectionKind.EDUCATION


def _is_caption(line: Line) -> bool:
    """Return whether a line right above a table may be its heading."""
    text = clean(line.text).plain
    short = len(text.split()) <= _CAPTION_WORDS and not text.endswith((".", ",", ";"))
    return short and line.kind is not LineKind.ITEM and not find_dates(text)


def _whole(row: Row, lines: Sequence[Line]) -> Line:
    """Return a row as one line."""
    texts = [cell for cell in row.cells if clean(cell)]
    return replace(lines[row.start], text=_joined(texts))


def _joined(texts: Sequence[RichText]) -> RichText:
    whole = RichText()
    for text in texts:
        whole = whole + RichText.of(_BETWEEN) + text if whole else text
    return whole


def _paper(row: Row, columns: Sequence[str]) -> RichText:
    """Return a row as one line: its cells, and before a bare figure what its column is called.

    So has the end of a validity, which is no date of the paper's own, and what is beside it.
    """
    known = [column_of_papers(column) for column in columns]
    cells = [clean(cell) for cell in row.cells]
    dates = [bool(find_dates(cell.plain)) for cell in cells]
    several = "until" in known and sum(dates) > 1
    # In a row with fewer cells it is not known which of them lacks.
    odd = any(
        date and column in {"provider", "figure"}
        for date, column in zip(dates, known, strict=False)
    )
    texts = []
    for number, (text, date) in enumerate(zip(cells, dates, strict=True)):
        if not any(map(str.isalnum, text.plain)):
            continue
        bare = not date and not re.search(r"[^\W\d_]{2}", text.plain)
        needed = bare or (date and (several or known[number : number + 1] == ["until"]))
        told = number and number < len(columns) and needed and not odd
        label = f"{columns[number].rstrip(':')}: " if told else ""
        texts.append(RichText.of(label) + text)
    return _joined(texts)
