"""Tables with lines between their cells: the rows of a page inside of one, cell after cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tailor.reading.pdf.rows import Cell, Page, Row, Rule, row_of

_NEAR = 3.0  # points: lines nearer than that are one, or meet
_COVERED = 0.7  # of a row's height or a table's width: what a line of its cells has at least
_MIDDLE = 0.3  # of the size: how far above the baseline the middle of letters is
_MOST_RULES = 1_500  # of a page; one with more is a drawing


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands: its rows from the top, each with the edges of its cells from the left.

    Places are in points from the page's lower left corner; `tops` has one more than `edges`.
    """

    tops: tuple[float, ...]
    edges: tuple[tuple[float, ...], ...]

    @property
    def left(self) -> float:
        """The left edge of the leftmost cell."""
        return min(row[0] for row in self.edges if row)

    @property
    def right(self) -> float:
        """The right edge of the rightmost cell."""
        return max(row[-1] for row in self.edges if row)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a page that are read together; of a table as streams, one after the other."""

    rows: tuple[Row, ...]
    streams: tuple[tuple[Row, ...], ...] = ()


def blocks_of(rows: Sequence[Row], page: Page) -> Iterator[Block]:
    """Yield the rows of a page in blocks from top to bottom, the tables with lines cell by cell.

    A table beside which something else stands is none that is read across, and left as it is.
    """
    rest = list(rows)
    for table in tables_of(page):
        inside = [row for row in rest if table.tops[-1] < _middle(row) < table.tops[0]]
        if not inside or not _fits(inside, table):
            continue
        start = rest.index(inside[0])
        streams = tuple(_streams(inside, table))
        if streams:
            if rest[:start]:
                yield Block(tuple(rest[:start]))
            yield Block(tuple(inside), streams)
            rest = rest[start + len(inside) :]
    if rest:
        yield Block(tuple(rest))


def tables_of(page: Page) -> list[Table]:
    """Return the tables of a page from the top: what level and upright lines that meet enclose."""
    if not 4 <= len(page.rules) <= _MOST_RULES:
        return []
    level = [rule for rule in page.rules if rule[2] - rule[0] >= rule[3] - rule[1]]
    upright = [rule for rule in page.rules if rule[2] - rule[0] < rule[3] - rule[1]]
    found = (_table(group) for group in _groups([*level, *upright]))
    return sorted((table for table in found if table), key=lambda table: -table.tops[0])


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines in groups of those that meet."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: (-rule[3], rule[0])):
        box, members = rule, [rule]
        apart = []
        for other, others in groups:
            if _meet(box, other) and any(_meet(rule, one) for one in others):
                box = _around(box, other)
                members += others
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
    return [members for _, members in groups]


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _around(one: Rule, other: Rule) -> Rule:
    low = min(one[0], other[0]), min(one[1], other[1])
    return *low, max(one[2], other[2]), max(one[3], other[3])


def _table(rules: Sequence[Rule]) -> Table | None:
    """Return the table that lines make, None where they make fewer than two rows or columns."""
    left, right = min(rule[0] for rule in rules), max(rule[2] for rule in rules)
    level = [rule for rule in rules if rule[2] - rule[0] >= rule[3] - rule[1]]
    upright = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
    tops = []
    for place in _places([rule[1] for rule in level]):
        spans = [(rule[0], rule[2]) for rule in level if abs(rule[1] - place) <= _NEAR]
        if _covered(spans, left, right) >= _COVERED * (right - left):
            tops.append(place)
    tops.sort(reverse=True)
    edges = []
    for top, bottom in pairwise(tops):
        row = []
        for place in _places([rule[0] for rule in upright]):
            spans = [(rule[1], rule[3]) for rule in upright if abs(rule[0] - place) <= _NEAR]
            if _covered(spans, bottom, top) >= _COVERED * (top - bottom):
                row.append(place)
        edges.append(tuple(row))
    if sum(len(row) > 2 for row in edges) < 2:
        return None
    return Table(tuple(tops), tuple(row if len(row) > 1 else (left, right) for row in edges))


def _places(values: Sequence[float]) -> list[float]:
    """Return the values without those that are near the one before them."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _covered(spans: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """Return how much of a stretch the spans cover."""
    total, reached = 0.0, start
    for left, right in sorted(spans):
        left, right = max(left - _NEAR, reached), min(right + _NEAR, end)  # noqa: PLW2901
        if right > left:
            total += right - left
            reached = right
    return total


def _middle(row: Row) -> float:
    return row.baseline + _MIDDLE * row.size


def _fits(rows: Sequence[Row], table: Table) -> bool:
    return all(
        row.left >= table.left - _NEAR and row.right <= table.right + 2 * _NEAR for row in rows
    )


def _streams(rows: Sequence[Row], table: Table) -> Iterator[tuple[Row, ...]]:
    """Yield what is read one after the other: rows of single lines across, else cell by cell."""
    grid = [list(_cells_of_row(rows, table, number)) for number in range(len(table.edges))]
    wrapped = any(sum(len(cell) > 1 for cell in cells) > 1 for cells in grid)
    across: list[Row] = []
    for cells in grid:
        if not wrapped or all(len(cell) == 1 for cell in cells):
            across += _across(cells)
            continue
        if across:
            yield tuple(across)
            across = []
        yield from (tuple(cell) for cell in cells)
    if across:
        yield tuple(across)


def _cells_of_row(rows: Sequence[Row], table: Table, number: int) -> Iterator[list[Row]]:
    """Yield the rows of each filled cell of a table's row, with its place and right edge."""
    top, bottom = table.tops[number : number + 2]
    inside = [row for row in rows if bottom < _middle(row) < top]
    for column, (left, right) in enumerate(pairwise(table.edges[number])):
        found = []
        for row in inside:
            parts = []
            for cell in row.cells:
                words = tuple(w for w in cell.words if left <= (w.left + w.right) / 2 < right)
                if words:
                    parts.append(Cell(words))
            if parts:
                place = round(table.tops[0]), number, column
                found.append(replace(row_of(parts, row), right_edge=right, cell=place))
        if found:
            yield found


def _across(cells: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """Yield a table's row of which at most one cell has several lines as it stands."""
    if all(len(cell) == 1 for cell in cells) and cells:
        parts = [part for cell in cells for part in cell[0].cells]
        edge = cells[-1][0].right_edge
        yield replace(row_of(parts, cells[0][0]), right_edge=edge, cell=None)
        return
    by_line: dict[float, list[Row]] = {}
    for cell in cells:
        for row in cell:
            by_line.setdefault(row.baseline, []).append(row)
    for baseline in sorted(by_line, reverse=True):
        beside = by_line[baseline]
        across = [part for row in beside for part in row.cells]
        edge = beside[-1].right_edge
        yield replace(row_of(across, beside[0]), right_edge=edge, cell=None)
