"""Rows of pages -> the order in which they are read, column after column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.names import is_place
from tailor.reading.lines import starts_with_glyph
from tailor.reading.pdf.rows import Cell, Row, is_margin_text, row_of
from tailor.values.cv import RichText

_EDGE = 4.0  # points; left edges nearer than that are one
_GUTTER = 0.7  # of the size: the least space between two columns
_FEWEST_ROWS = 3  # of a column beside another
_MOST_EDGES = 12  # places tried for a gutter, the likeliest first
_MOST_ROWS, _MOST_WORDS = 400, 10_000  # of a page; one with more is read as it comes
_DEEPEST = 3  # columns inside columns
_SIDEBAR = 0.75  # times the other column's width; wider ones are columns of a newspaper
_RAGGED = 3.5  # times the size: how far from the edge the longest of full rows may end
_NEAR_EDGE = 0.1  # of the width: rows that end so near show where the edge is
_LONG = 50  # characters; shorter rows show nothing
_LONGEST_LABEL = 4  # words
_LONGEST_PREAMBLE = 12  # rows


@dataclass(slots=True)
class _Band:
    """Rows across the page where `gutter` is None, else two columns, left and right of it."""

    gutter: float | None
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)

    @property
    def is_sidebar(self) -> bool:
        widths = sorted(_width(side) for side in (self.left, self.right))
        return self.gutter is not None and widths[0] < _SIDEBAR * widths[1]


@dataclass(frozen=True, slots=True)
class _Split:
    """The rows from `start` to `end`, which have nothing across `gutter`.

    `beside` tells that what stands on one side belongs to the rows of the other.
    """

    start: int
    end: int
    gutter: float
    rows: int
    beside: bool


def in_reading_order(pages: Sequence[Sequence[Row]], widths: Sequence[float]) -> list[Row]:
    """Return the rows of all pages, which are so wide, in the order they are read.

    The column that has the largest words, the name, comes first, and what stands above
    the first heading of the other comes next. A narrow column beside a wide one goes on
    in that of the next page; columns of one width are those of a newspaper, read page by
    page. Columns of dates, places or labels are none: they belong to the rows beside them.
    """
    bands: list[_Band] = []
    for rows, width in zip(pages, widths, strict=True):
        limit = width - min((row.left for row in rows), default=0.0)
        few = len(rows) <= _MOST_ROWS and sum(len(row.words) for row in rows) <= _MOST_WORDS
        for band in _bands(rows, 0 if few else _DEEPEST, limit):
            if not bands or not _goes_on(bands[-1], band):
                bands.append(band)
    ordered: list[Row] = []
    streams = [stream for band in bands for stream in _streams(band, first=band is bands[0])]
    for number, stream in enumerate(streams):
        ordered += [replace(row, column=number) for row in stream]
    return ordered


def _goes_on(above: _Band, band: _Band) -> bool:
    """Put the band of a new page into the columns of the page before, if it continues them."""
    if above.gutter is None or not above.is_sidebar or not band.left:
        return False
    if above.left[-1].page == band.left[0].page:
        return False
    if band.gutter is not None:
        if abs(band.gutter - above.gutter) > 3 * _EDGE:
            return False
        above.left += band.left
        above.right += band.right
        return True
    if all(row.left > above.gutter - 2 * _EDGE for row in band.left):
        above.right += band.left
        return True
    if all(row.right < above.gutter for row in band.left):
        above.left += band.left
        return True
    return False


def _streams(band: _Band, *, first: bool) -> list[list[Row]]:
    if band.gutter is None:
        return [band.left]
    one, two = band.left, band.right
    if max(row.size for row in two) > 1.2 * max(row.size for row in one):
        one, two = two, one
    if not first:
        return [one, two]
    lead, other = _preamble(one), _preamble(two)
    parts = [one[:lead], two[:other], one[lead:], two[other:]]
    return [part for part in parts if part] if other else [one, two]


def _preamble(rows: Sequence[Row]) -> int:
    """Return how many rows stand above the first heading of a column that has one."""
    for number, row in enumerate(rows[: _LONGEST_PREAMBLE + 1]):
        if _is_known_heading(row):
            return number
    return 0


def _bands(rows: Sequence[Row], depth: int, limit: float) -> Iterator[_Band]:
    """Cut rows into what is read across and what is read in columns, from top to bottom.

    They may reach up to `limit`, in points from the left.
    """
    waiting = [rows]
    while waiting:
        part = waiting.pop()
        split = _best_split(part) if depth < _DEEPEST else None
        if split is None:
            if part:
                yield _Band(None, _with_edge(part, limit))
        elif split.start > 0:
            waiting += [part[split.start :], part[: split.start]]
        else:
            left = [side for row in part[: split.end] if (side := _side(row, split, left=True))]
            right = [side for row in part[: split.end] if (side := _side(row, split, left=False))]
            before = split.gutter - left[0].size
            yield _Band(split.gutter, _flat(left, depth, before), _flat(right, depth, limit))
            waiting.append(part[split.end :])


def _flat(rows: Sequence[Row], depth: int, limit: float) -> list[Row]:
    bands = _bands(rows, depth + 1, limit)
    return [row for band in bands for part in _streams(band, first=False) for row in part]


def _with_edge(rows: Sequence[Row], limit: float) -> list[Row]:
    """Tell rows where their text ends: at what stands beside them, or where the longest does.

    If that is far from where it may end, none of them fills the width.
    """
    longest = max(rows, key=lambda row: row.right)
    near = longest.right - _NEAR_EDGE * (longest.right - longest.left)
    is_edge = longest.right > limit - _RAGGED * longest.size or (
        len(longest.text) > _LONG and sum(row.right > near for row in rows) >= _FEWEST_ROWS
    )
    ends = [longest.right if is_edge else limit] * len(rows)
    beside = [split for split in _splits(rows) if split.beside] if len(rows) < _MOST_ROWS else []
    for split in sorted(beside, key=lambda split: split.rows):
        inside = rows[split.start : split.end]
        main = [c.right for row in inside for c in row.cells if c.right < split.gutter]
        other = [c.right for row in inside for c in row.cells if c.left > split.gutter - _EDGE]
        left = inside[0].left
        if main and other and sum(main) / len(main) - left > 0.5 * (max(other) - left):
            ends[split.start : split.end] = [max(main)] * len(inside)
    return [replace(row, right_edge=end) for row, end in zip(rows, ends, strict=True)]


def _best_split(rows: Sequence[Row]) -> _Split | None:
    found = [split for split in _splits(rows) if not split.beside]
    return max(found, key=lambda split: (split.rows, split.end - split.start), default=None)


def _splits(rows: Sequence[Row]) -> list[_Split]:
    """Return the stretches of rows that a gutter parts in two."""
    found = []
    for edge in _edges(rows):
        for start, end in _free_runs(rows, edge):
            inside = [_sides(row, edge) for row in rows[start:end]]
            count = min(sum(bool(left) for left, _ in inside), sum(bool(r) for _, r in inside))
            if count >= _FEWEST_ROWS:
                found.append(_Split(start, end, edge, count, _is_beside(inside)))
    return found


def _edges(rows: Sequence[Row]) -> list[float]:
    """Return the left edges that several texts share which are not at the left of all."""
    first = min((row.left for row in rows), default=0.0)
    counts: dict[float, int] = {}
    for row in rows:
        starts = [row.left]
        words = row.words
        for before, after in pairwise(words):
            if after.left - before.right > _GUTTER * max(before.size, after.size):
                starts.append(after.left)
        for left in starts:
            if left > first + 10 * _EDGE:
                edge = round(left / _EDGE) * _EDGE
                counts[edge] = counts.get(edge, 0) + 1
    merged = {e: n + counts.get(e - _EDGE, 0) + counts.get(e + _EDGE, 0) for e, n in counts.items()}
    shared = [edge for edge, count in merged.items() if count >= _FEWEST_ROWS]
    # The left edge of a column has the most rows; of neighbours the leftmost has them all.
    best = sorted(shared, key=lambda edge: (-merged[edge], edge))[:_MOST_EDGES]
    # Right-aligned cells have their left edges all over: the space before them counts too.
    return [*best, *_right_aligned(rows, first)]


def _right_aligned(rows: Sequence[Row], first: float) -> list[float]:
    """Return where the cells begin that end at the right edge of the page, if several do."""
    edge = max((row.right for row in rows), default=0.0)
    cells = [
        row.cells[-1]
        for row in rows
        if abs(row.right - edge) < 2 * _EDGE and row.cells[-1].left > first + (edge - first) / 2
    ]
    return [min(cell.left for cell in cells)] if len(cells) >= _FEWEST_ROWS else []


def _free_runs(rows: Sequence[Row], edge: float) -> Iterator[tuple[int, int]]:
    """Yield the stretches of rows of which none has words across `edge`."""
    start = 0
    for index, row in enumerate(rows):
        if _crosses(row, edge):
            yield from _trimmed(rows, start, index, edge, before_crossing=True)
            start = index + 1
    yield from _trimmed(rows, start, len(rows), edge, before_crossing=False)


def _trimmed(
    rows: Sequence[Row], start: int, end: int, edge: float, *, before_crossing: bool
) -> Iterator[tuple[int, int]]:
    """Leave out what stands left alone above and below the columns, and is no part of them.

    That is what begins further left than they do, and what stands above a row across the
    page: a heading of that row, most likely.
    """
    right = [index for index in range(start, end) if rows[index].right >= edge]
    if not right:
        return
    first, last = right[0], right[-1] + 1
    left = min(row.left for row in rows[first:last]) - _EDGE
    while first > start and rows[first - 1].left > left:
        first -= 1
    while not before_crossing and last < end and rows[last].left > left:
        last += 1
    yield first, last


def _crosses(row: Row, edge: float) -> bool:
    words = row.words
    last = None
    for word in words:
        if word.left >= edge - _EDGE:
            if last is None:
                return False
            return word.left - last.right < _GUTTER * max(word.size, last.size)
        if word.right > edge - 1:
            return True
        last = word
    return False


def _sides(row: Row, edge: float) -> tuple[list[Cell], list[Cell]]:
    return _cells_beside(row, edge, left=True), _cells_beside(row, edge, left=False)


def _side(row: Row, split: _Split, *, left: bool) -> Row | None:
    """Return the part of a row on one side of the gutter, None if there is none."""
    cells = _cells_beside(row, split.gutter, left=left)
    return row_of(cells, row) if cells else None


def _cells_beside(row: Row, edge: float, *, left: bool) -> list[Cell]:
    cells = []
    for cell in row.cells:
        words = tuple(word for word in cell.words if (word.left < edge - _EDGE) == left)
        if words:
            cells.append(Cell(words))
    return cells


def _is_beside(rows: Sequence[tuple[list[Cell], list[Cell]]]) -> bool:
    """Tell text with dates, places or labels beside it from two columns of text."""
    left = [(cells, bool(other)) for cells, other in rows if cells]
    right = [(cells, bool(other)) for other, cells in rows if cells]
    # A heading above entries stands at their left edge, where their dates may be.
    left = [(c, partner) for c, partner in left if partner or not _is_heading(c[0].text)]
    return _are_labels(left) or _is_margin(left) or _is_margin(right) or _is_grid(right)


def _is_margin(side: Sequence[tuple[list[Cell], bool]]) -> bool:
    """Tell cells of which most are dates or places, and stand beside something."""
    cells = [cell for cells, _ in side for cell in cells]
    if not cells or any(_is_listed(cell) or _is_heading(cell.text) for cell in cells):
        return False
    dated = sum(bool(locate_period(cell.text)) or is_place(cell.text) for cell in cells)
    short = sum(is_margin_text(cell.text) or len(cell.words) <= 6 for cell in cells)
    beside = sum(partner for _, partner in side)
    return dated >= 0.3 * len(cells) and short >= 0.8 * len(cells) and beside >= 0.6 * len(side)


def _are_labels(side: Sequence[tuple[list[Cell], bool]]) -> bool:
    """Tell short texts at the left, of one look, which all have something at their right."""
    if not all(len(cells) == 1 and len(cells[0].words) <= _LONGEST_LABEL for cells, _ in side):
        return False
    if any(_is_listed(cells[0]) for cells, _ in side):
        return False
    looks = {(cells[0].words[0].size, cells[0].words[0].bold) for cells, _ in side}
    headings = sum(_is_heading(cells[0].text) for cells, _ in side)
    if 0 < headings < len(side) and len(looks) > 1:
        return False
    return sum(partner for _, partner in side) >= 0.9 * len(side)


def _is_grid(side: Sequence[tuple[list[Cell], bool]]) -> bool:
    """Tell the cells of a table, each of which stands in a row with others."""
    cells = [cell for cells, _ in side for cell in cells]
    if any(_is_listed(cell) or _is_heading(cell.text) for cell in cells):
        return False
    return all(other for _, other in side) and all(len(c.words) <= _LONGEST_LABEL for c in cells)


def _is_listed(cell: Cell) -> bool:
    return len(cell.words) > 1 and starts_with_glyph(f"{cell.words[0].text} ") > 0


def _is_known_heading(row: Row) -> bool:
    return len(row.cells) == 1 and _is_heading(row.text)


def _is_heading(text: str) -> bool:
    return len(text.split()) <= _LONGEST_LABEL and bool(read_heading(RichText.of(text)).name)


def _width(rows: Sequence[Row]) -> float:
    return max(row.right for row in rows) - min(row.left for row in rows) if rows else 0.0
