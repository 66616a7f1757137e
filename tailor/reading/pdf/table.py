"""Tables with lines between their cells: the rows of a page inside of one, cell after cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby, pairwise

from tailor.reading.cv.dates import read_whole
from tailor.reading.pdf.rows import Cell, Page, Row, Rule, Word, has_mark, part_of, row_of

_NEAR = 3.0  # points: lines nearer than that are one, or meet
_COVERED = 0.7  # of a row's height or a table's width: what a line of its cells has at least
_MIDDLE = 0.3  # of the size: how far above the baseline the middle of letters is
_AROUND = 60  # rows among which a table's next one stands
_COLUMNS = 3  # of a table of data at least; two may be a label and the text beside it
_MOST_LINES = 3  # of a cell of such a table
_MOST_DATA = 12  # ... with a head row
_HEAD_WORDS = 4  # of a cell of a head row
_NEXT = 1.7  # times the size: how far below a row the next of a paragraph is
_PADDING = 12.0  # points at both sides of a cell that its text leaves free, at most
_ROOMY = 21.0  # ... with a head row


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a table stands: its rows from the top, each with the edges of its cells from the left.

    Places are in points from the page's lower left corner; `tops` has one more than `edges`.
    """

    tops: Sequence[float]
    edges: Sequence[Sequence[float]]

    def holds(self, row: Row) -> bool:
        """Return whether a row stands no further left or right than the table."""
        left = min(edges[0] for edges in self.edges)
        right = max(edges[-1] for edges in self.edges)
        return row.left >= left - _NEAR and row.right <= right + 2 * _NEAR


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a page that are read together; those `of_table` as they stand, without columns."""

    rows: Sequence[Row]
    of_table: bool = False


def blocks_of(rows: Sequence[Row], page: Page) -> Iterator[Block]:
    """Yield the rows of a page in blocks from top to bottom, the tables with lines cell by cell.

    A table beside which something else stands is none that is read across, and left as it is.
    """
    rest = list(rows)
    tables = [table for group in _groups(page.rules) if (table := _table(group))]
    for table in sorted(tables, key=lambda table: -table.tops[0]):
        inside = [row for row in rest if table.tops[-1] < _middle(row) < table.tops[0]]
        streams = list(_streams(inside, table)) if all(map(table.holds, inside)) else []
        if streams:
            start = rest.index(inside[0])
            if start:
                yield from _in_columns(rest[:start])
            yield from (Block(stream, of_table=True) for stream in streams)
            rest = rest[start + len(inside) :]
    if rest:
        yield from _in_columns(rest)


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines in groups of those that meet."""
    groups: list[list[Rule]] = []
    for rule in rules:
        joined, apart = [rule], []
        for group in groups:
            if any(_meet(rule, one) for one in group):
                joined += group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.bottom <= other.top + _NEAR
        and other.bottom <= one.top + _NEAR
    )


def _table(rules: Sequence[Rule]) -> _Table | None:
    """Return the table that lines make, None where they make fewer than two rows or columns."""
    left, right = min(rule.left for rule in rules), max(rule.right for rule in rules)
    level, upright = [], []
    for rule in rules:
        if rule.right - rule.left >= rule.top - rule.bottom:
            level.append((rule.bottom, rule.left, rule.right))
        else:
            upright.append((rule.left, rule.bottom, rule.top))
    tops = _places(level, left, right)[::-1]
    edges = [_places(upright, bottom, top) for top, bottom in pairwise(tops)]
    if sum(len(row) > 2 for row in edges) < 2:
        return None
    return _Table(tops, [row if len(row) > 1 else [left, right] for row in edges])


def _places(lines: Sequence[tuple[float, float, float]], start: float, end: float) -> list[float]:
    """Return where lines (place, from, to) cover most of the stretch from `start` to `end`."""
    found: list[float] = []
    last = None
    for place, _, _ in sorted(lines):
        if last is not None and place - last <= _NEAR:
            continue
        last = place
        spans = [(low, high) for other, low, high in lines if abs(other - place) <= _NEAR]
        if _covered(spans, start, end) >= _COVERED * (end - start):
            found.append(place)
    return found


def _covered(spans: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """Return how much of a stretch the spans cover."""
    total, reached = 0.0, start
    for low, high in sorted(spans):
        begins, ends = max(low - _NEAR, reached), min(high + _NEAR, end)
        if ends > begins:
            total += ends - begins
            reached = ends
    return total


def _middle(row: Row) -> float:
    return row.baseline + _MIDDLE * row.size


def _streams(rows: Sequence[Row], table: _Table) -> Iterator[list[Row]]:
    """Yield what is read one after the other: rows of single lines across, else cell by cell."""
    numbers = range(len(table.edges))
    of_data = bool(numbers) and _is_head([cell for cell, _ in _cells_of_row(rows, table, 0)])
    grid = [_whole_cells(_cells_of_row(rows, table, number), of_data=of_data) for number in numbers]
    wrapped = any(sum(len(cell) > 1 for cell in cells) > 1 for cells in grid)
    for is_across, group in groupby(
        grid, lambda cells: not wrapped or all(len(cell) == 1 for cell in cells)
    ):
        if is_across:
            across = [row for cells in group for row in _across(cells)]
            if across:
                yield across
        else:
            yield from chain.from_iterable(group)


def _cells_of_row(rows: Sequence[Row], table: _Table, number: int) -> list[tuple[list[Row], float]]:
    """Return the rows of each filled cell of a table's row, with place and edge, and its width."""
    top, bottom = table.tops[number : number + 2]
    inside = [row for row in rows if bottom < _middle(row) < top]
    found = []
    for column, edges in enumerate(pairwise(table.edges[number])):
        place = round(table.tops[0]), number, column
        parts = [part_of(row, partial(_is_between, edges)) for row in inside]
        cell = [replace(part, right_edge=edges[1], cell=place) for part in parts if part]
        if cell:
            found.append((cell, edges[1] - edges[0]))
    return found


def _is_head(cells: Sequence[Sequence[Row]]) -> bool:
    """Return whether a table's first row says what stands below it: a few words in each cell."""
    texts = [" ".join(row.text for row in cell) for cell in cells]
    few = all(
        len(text.split()) <= _HEAD_WORDS and not any(map(str.isdigit, text)) for text in texts
    )
    return len(cells) >= _COLUMNS and few


def _whole_cells(cells: Sequence[tuple[list[Row], float]], *, of_data: bool) -> list[list[Row]]:
    """Return the cells of a table's row, each as one row where they are cells `of_data`.

    So are those of a table without a head row where the edges cut all of them.
    """
    whole = [_unwrapped(cell, width, of_data=of_data) for cell, width in cells]
    is_data = len(cells) >= _COLUMNS and all(len(cell) == 1 for cell in whole)
    return whole if is_data else [cell for cell, _ in cells]


def _unwrapped(rows: Sequence[Row], width: float, *, of_data: bool) -> list[Row]:
    """Return the rows of a cell as one where its edge cut them: the next word had no room.

    Cells of a table with a head row may be longer, and have wider margins, than those of another.
    """
    whole = rows[0]
    for above, row in pairwise(rows):
        padding = _ROOMY if of_data else _PADDING
        fits = _has_room(above, row.words[0], width - padding)
        most = _MOST_DATA if of_data else _MOST_LINES
        if fits or has_mark(row.cells[0]) or len(rows) > most:
            return list(rows)
        whole = _with(whole, row)
    return [whole]


def _has_room(above: Row, word: Word, width: float) -> bool:
    """Return whether a word would have stood at the end of a cell's row above it."""
    room = width - (above.right - above.left) - (word.right - word.left)
    return room > _MIDDLE * above.size


def _with(whole: Row, row: Row) -> Row:
    """Return the text of a cell with the row that goes on with it."""
    *before, last = whole.cells
    return replace(whole, cells=(*before, _joined(last, row.cells[0]), *row.cells[1:]))


def _joined(above: Cell, cell: Cell) -> Cell:
    """Return a cell with the words of the one that goes on with it."""
    return Cell((*above.words, replace(cell.words[0], spaced=True), *cell.words[1:]))


def _in_columns(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield rows in blocks, with those as one that wrapped cells of a table without lines make."""
    edge = max((row.right for row in rows), default=0.0)
    columns = [_dated_columns(row) for row in rows]
    plain: list[Row] = []
    start = 0
    while start < len(rows):
        is_one = columns[start] and _is_of_table(columns, start)
        whole, end = _whole_row(rows, start, edge) if is_one else (rows[start], start + 1)
        if end == start + 1:
            plain.append(whole)
        else:
            if plain:
                yield Block(plain)
            plain = []
            yield Block([whole], of_table=True)
        start = end
    if plain:
        yield Block(plain)


def _is_of_table(columns: Sequence[Sequence[float]], place: int) -> bool:
    """Return whether one of the rows around a row has the same columns."""
    around = range(max(0, place - _AROUND), min(len(columns), place + _AROUND + 1))
    return any(_are_alike(columns[place], columns[other]) for other in around if other != place)


def _dated_columns(row: Row) -> list[float]:
    """Return where the columns of a table's row begin, one of which is a date, and that one."""
    dates = [cell.left for cell in row.cells if read_whole(cell.text) is not None]
    lefts = [cell.left for cell in row.cells]
    return [*dates, *lefts] if len(dates) == 1 and len(lefts) >= _COLUMNS else []


def _are_alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Return whether two rows have the same columns."""
    near = (abs(a - b) < _NEAR for a, b in zip(one, other, strict=False))
    return bool(one) and len(one) == len(other) and all(near)


def _whole_row(rows: Sequence[Row], start: int, edge: float) -> tuple[Row, int]:
    """Return a row with those below it that go on with its cells, and where these end.

    In each column the next word had no room; a single column that goes on is text below an entry.
    """
    columns = [cell.left for cell in rows[start].cells]
    limits = [*columns[1:], edge + _PADDING]
    last = dict(enumerate(rows[start].cells))
    whole, end = rows[start], start + 1
    while end < len(rows):
        cells = rows[end].cells
        places = _columns_of(rows[end], columns, rows[end - 1])
        beside = zip(places, cells, strict=False)
        if not places or any(_has_room_before(last[n], c.words[0], limits[n]) for n, c in beside):
            break
        last.update(zip(places, cells, strict=True))
        whole = _with_columns(whole, places, rows[end])
        end += 1
    several = any(len(row.cells) > 1 for row in rows[start + 1 : end])
    return (whole, end) if several else (rows[start], start + 1)


def _columns_of(row: Row, columns: Sequence[float], above: Row) -> list[int]:
    """Return the columns in which the cells of a row stand, none if it begins something new."""
    near = 0 < above.baseline - row.baseline < _NEXT * row.size
    if not near or has_mark(row.cells[0]) or any(map(read_whole, (c.text for c in row.cells))):
        return []
    found = [
        next((n for n, left in enumerate(columns) if abs(cell.left - left) < _NEAR), -1)
        for cell in row.cells
    ]
    return [] if -1 in found else found


def _has_room_before(above: Cell, word: Word, limit: float) -> bool:
    room = limit - above.right - (word.right - word.left)
    return room > _PADDING + 2 * _MIDDLE * word.size


def _with_columns(whole: Row, places: Sequence[int], row: Row) -> Row:
    """Return a table's row with the next words of some of its columns."""
    cells = list(whole.cells)
    for place, cell in zip(places, row.cells, strict=True):
        cells[place] = _joined(cells[place], cell)
    return replace(whole, cells=tuple(cells))


def _is_between(edges: tuple[float, float], word: Word) -> bool:
    return edges[0] <= (word.left + word.right) / 2 < edges[1]


def _across(cells: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """Yield a table's row of which at most one cell has several lines as it stands."""
    by_line: dict[float, list[Row]] = {}
    single = all(len(cell) == 1 for cell in cells)
    for row in chain.from_iterable(cells):
        by_line.setdefault(0.0 if single else row.baseline, []).append(row)
    for _, beside in sorted(by_line.items(), reverse=True):
        parts = [part for row in beside for part in row.cells]
        whole = row_of(parts, beside[0])
        yield replace(whole, right_edge=beside[-1].right_edge, cell=None)
