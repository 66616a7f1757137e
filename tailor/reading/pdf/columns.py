"""Rows of pages -> the order in which they are read, column after column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.names import is_place
from tailor.reading.pdf.rows import (
    LONGEST_HEADING,
    Row,
    has_mark,
    is_heading,
    is_margin_text,
    part_of,
    row_of,
)
from tailor.reading.pdf.table import Block

_EDGE = 4.0  # points; left edges nearer than that are one
_GUTTER = 0.7  # of the size: the least space between two columns
_FEWEST_ROWS = 3  # of a column beside another
_MOST_EDGES = 12  # places tried for a gutter, the likeliest first
_MOST_ROWS, _MOST_WORDS = 400, 10_000  # of a page; one with more is read as it comes
_SIDEBAR = 0.75  # times the other column's width; wider ones are columns of a newspaper
_RAGGED = 3.5  # times the size: how far from the edge the longest of full rows may end
_NEAR_EDGE = 0.1  # of the width: rows that end so near show where the edge is
_LONG = 50  # characters; shorter rows show nothing
_LABEL_STEP = 1.6  # times the size: how near the two rows of one label stand
_LABEL_HIGHER = 0.9  # times the size: how much higher than a label its first row may stand
_LONGEST_PREAMBLE = 12  # rows


@dataclass(slots=True)
class _Band:
    """Two columns, left and right of `gutter`; rows across the page where there is no `right`."""

    left: list[Row]
    right: list[Row] = field(default_factory=list)
    gutter: float = 0.0

    @property
    def has_sidebar(self) -> bool:
        if not self.right:
            return False
        narrow, wide = sorted(
            max(row.right for row in side) - min(row.left for row in side)
            for side in (self.left, self.right)
        )
        return narrow < _SIDEBAR * wide


@dataclass(frozen=True, slots=True)
class _Split:
    """The rows from `start` to `end`, which have nothing across `gutter`, in two."""

    start: int
    end: int
    gutter: float
    left: list[Row]
    right: list[Row]

    @property
    def rows(self) -> int:
        """How many rows the shorter side has."""
        return min(len(self.left), len(self.right))


def in_reading_order(pages: Sequence[Sequence[Block]], widths: Sequence[float]) -> list[Row]:
    """Return the rows of all pages in the order they are read; `widths` are those of the pages.

    The column that has the largest words, the name, comes first, and what stands above the first
    heading of the other comes next. A narrow column beside a wide one goes on in that of the next
    page; columns of one width are those of a newspaper, read page by page. Columns of dates,
    places or labels are none: they belong to the rows beside them.
    """
    bands: list[_Band] = []
    for blocks, width in zip(pages, widths, strict=True):
        limit = width - min((row.left for block in blocks for row in block.rows), default=0.0)
        for block in blocks:
            if block.of_table:
                bands.append(_Band(list(block.rows)))
                continue
            for band in _bands(block.rows, limit):
                if not bands or not _goes_on(bands[-1], band):
                    bands.append(band)
    streams = [stream for band in bands for stream in _streams(band, first=band is bands[0])]
    return [replace(row, column=n) for n, stream in enumerate(streams) for row in stream]


def _goes_on(above: _Band, band: _Band) -> bool:
    """Put the band of a new page into the columns of the page before, if it continues them."""
    if not above.has_sidebar or above.left[-1].page == band.left[0].page:
        return False
    if band.right:
        if abs(band.gutter - above.gutter) > 3 * _EDGE:
            return False
        above.left += band.left
        above.right += band.right
    elif all(row.left > above.gutter - 2 * _EDGE for row in band.left):
        above.right += band.left
    elif all(row.right < above.gutter for row in band.left):
        above.left += band.left
    else:
        return False
    return True


def _streams(band: _Band, *, first: bool) -> list[list[Row]]:
    """Return what is read one after the other."""
    if not band.right:
        return [band.left]
    one, two = band.left, band.right
    if labels := _labels(one):
        return list(_below_labels(labels, two))
    if max(row.size for row in two) > 1.2 * max(row.size for row in one):
        one, two = two, one
    above_one, above_two = _preamble(one), _preamble(two)
    if not first or not above_two:
        return [one, two]
    parts = [one[:above_one], two[:above_two], one[above_one:], two[above_two:]]
    return [part for part in parts if part]


def _labels(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of each label, where a column is headings at the left of what they head."""
    looks = {(row.words[0].size, row.words[0].bold) for row in rows}
    short = all(len(row.cells) == 1 and len(row.words) <= LONGEST_HEADING for row in rows)
    if len(looks) != 1 or not short:
        return []
    labels = [[rows[0]]]
    for above, row in pairwise(rows):
        if _is_next_row(above, row):
            labels[-1].append(row)
        else:
            labels.append([row])
    known = sum(is_heading([word for row in label for word in row.words]) for label in labels)
    return labels if len(labels) > 1 and known > len(labels) / 2 else []


def _is_next_row(above: Row, row: Row) -> bool:
    """Return whether a row of a label stands right below one."""
    return 0 < above.baseline - row.baseline < _LABEL_STEP * row.size


def _below_labels(labels: Sequence[list[Row]], rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield each label and then what stands at its right and below, down to the next one."""
    rest = list(rows)
    for label, following in zip_longest(labels, labels[1:]):
        yield label
        own = rest
        if following:
            end = -following[0].baseline - _LABEL_HIGHER * label[-1].size
            own = [row for row in rest if (row.page, -row.baseline) < (following[0].page, end)]
        if own:
            yield own
        rest = rest[len(own) :]


def _preamble(rows: Sequence[Row]) -> int:
    """Return how many rows stand above the first heading of a column that has one."""
    for number, row in enumerate(rows[: _LONGEST_PREAMBLE + 1]):
        if len(row.cells) == 1 and is_heading(row.words):
            return number
    return 0


def _bands(rows: Sequence[Row], limit: float) -> Iterator[_Band]:
    """Cut rows into what is read across and what is read in columns, from top to bottom.

    They may reach up to `limit`, in points from the left.
    """
    splits = list(_splits(rows))
    beside = [split for split in splits if _is_beside(split)]
    columns = [split for split in splits if split not in beside]
    best = max(columns, key=lambda split: (split.rows, split.end - split.start), default=None)
    if best is not None:
        yield from _bands(rows[: best.start], limit)
        left = _inside(best.left, best.gutter - best.left[0].size)
        yield _Band(left, _inside(best.right, limit), best.gutter)
        yield from _bands(rows[best.end :], limit)
    elif rows:
        yield _Band(_with_edge(_with_labels_cut(rows, beside), beside, limit))


def _inside(rows: Sequence[Row], limit: float) -> list[Row]:
    """Return the rows of a column in the order they are read."""
    streams = (_streams(band, first=False) for band in _bands(rows, limit))
    return [row for parts in streams for part in parts for row in part]


def _with_labels_cut(rows: Sequence[Row], beside: Sequence[_Split]) -> list[Row]:
    """Return rows whose labels are cells of their own, however near what they name is."""
    found = list(rows)
    for split in filter(_are_labels, beside):
        for index in range(split.start, split.end):
            left, right = _sides(found[index], split.gutter)
            if left and right and len(found[index].cells) == 1:
                found[index] = row_of((*left.cells, *right.cells), found[index])
    return found


def _with_edge(rows: Sequence[Row], beside: Sequence[_Split], limit: float) -> list[Row]:
    """Return rows with the place where their text ends: by what is beside or the longest.

    If the longest ends far from where it may, none of them fills the width.
    """
    longest = max(rows, key=lambda row: row.right)
    near = longest.right - _NEAR_EDGE * (longest.right - longest.left)
    is_edge = longest.right > limit - _RAGGED * longest.size or (
        len(longest.text) > _LONG and sum(row.right > near for row in rows) >= _FEWEST_ROWS
    )
    ends = [longest.right if is_edge else limit] * len(rows)
    for split in sorted(beside, key=lambda split: split.rows):
        main = [row.right for row in split.left]
        left, right = rows[split.start].left, max(row.right for row in split.right)
        if sum(main) / len(main) - left > 0.5 * (right - left):
            ends[split.start : split.end] = [max(main)] * (split.end - split.start)
    return [replace(row, right_edge=end) for row, end in zip(rows, ends, strict=True)]


def _splits(rows: Sequence[Row]) -> Iterator[_Split]:
    """Yield the stretches of rows that a gutter parts in two."""
    if len(rows) > _MOST_ROWS or sum(len(row.words) for row in rows) > _MOST_WORDS:
        return
    for edge in _edges(rows):
        for start, end in _free_runs(rows, edge):
            sides = [_sides(row, edge) for row in rows[start:end]]
            left = [side for side, _ in sides if side]
            right = [side for _, side in sides if side]
            split = _Split(start, end, edge, left, right)
            if split.rows >= _FEWEST_ROWS:
                yield split


def _edges(rows: Sequence[Row]) -> list[float]:
    """Return where gutters may be: left edges that several texts share, within the rows."""
    first = min((row.left for row in rows), default=0.0)
    counts: Counter[float] = Counter()
    for row in rows:
        starts = [row.left]
        for before, after in pairwise(row.words):
            if after.left - before.right > _GUTTER * max(before.size, after.size):
                starts.append(after.left)
        counts.update(round(x / _EDGE) * _EDGE for x in starts if x > first + 10 * _EDGE)
    merged = {edge: sum(counts[edge + x] for x in (-_EDGE, 0, _EDGE)) for edge in list(counts)}
    shared = [edge for edge, count in merged.items() if count >= _FEWEST_ROWS]
    # The left edge of a column has the most rows; of neighbours the leftmost has them all.
    best = sorted(shared, key=lambda edge: (-merged[edge], edge))[:_MOST_EDGES]
    # Right-aligned cells have their left edges all over: the space before the longest counts too.
    last = max((row.right for row in rows), default=0.0)
    aligned = [row.cells[-1].left for row in rows if row.right > last - 2 * _EDGE]
    aligned = [left for left in aligned if left > (first + last) / 2]
    return [*best, min(aligned)] if len(aligned) >= _FEWEST_ROWS else best


def _free_runs(rows: Sequence[Row], edge: float) -> Iterator[tuple[int, int]]:
    """Yield start and end of the stretches of rows of which none has words across `edge`.

    What stands left alone above and below the columns is no part of them: what begins further
    left than they do, and what stands above a row across the page, most likely its heading.
    """
    crossing = [index for index, row in enumerate(rows) if _crosses(row, edge)]
    for above, below in pairwise([-1, *crossing, len(rows)]):
        right = [index for index in range(above + 1, below) if rows[index].right >= edge]
        if not right:
            continue
        first, last = right[0], right[-1] + 1
        left = min(row.left for row in rows[first:last]) - _EDGE
        while first > above + 1 and rows[first - 1].left > left:
            first -= 1
        while below == len(rows) and last < below and rows[last].left > left:
            last += 1
        yield first, last


def _crosses(row: Row, edge: float) -> bool:
    """Return whether a row has words across an edge, or no gutter there."""
    left = [word for word in row.words if word.left < edge - _EDGE]
    right = row.words[len(left) :]
    if left and right:
        space = right[0].left - left[-1].right
        if space < _GUTTER * max(left[-1].size, right[0].size):
            return True
    return any(word.right > edge - 1 for word in left)


def _sides(row: Row, edge: float) -> tuple[Row | None, Row | None]:
    """Return the parts of a row left and right of an edge, None where there is none."""
    return (
        part_of(row, lambda word: word.left < edge - _EDGE),
        part_of(row, lambda word: word.left >= edge - _EDGE),
    )


def _is_beside(split: _Split) -> bool:
    """Return whether one side is dates, places, labels or cells that belong to the other's rows."""
    has_left = {row.baseline for row in split.left}
    has_right = {row.baseline for row in split.right}
    return (
        _are_labels(split)
        or _are_dates_beside(split.left, has_right)
        or _is_margin(_left_beside(split), has_right)
        or _is_margin(split.right, has_left)
        or _is_grid(split.right, has_left)
    )


def _left_beside(split: _Split) -> list[Row]:
    """Return the left side without headings above entries, which stand where dates may be."""
    has_right = {row.baseline for row in split.right}
    return [
        row for row in split.left if row.baseline in has_right or not is_heading(row.cells[0].words)
    ]


def _is_margin(rows: Sequence[Row], beside: set[float]) -> bool:
    """Return whether most cells are dates or places that stand beside something."""
    cells = [cell for row in rows for cell in row.cells]
    if not cells or any(has_mark(cell) or is_heading(cell.words) for cell in cells):
        return False
    dated = sum(bool(locate_period(cell.text)) or is_place(cell.text) for cell in cells)
    short = sum(is_margin_text(cell.text) or len(cell.words) <= 6 for cell in cells)
    partners = sum(row.baseline in beside for row in rows)
    return dated >= 0.3 * len(cells) and short >= 0.8 * len(cells) and partners >= 0.6 * len(rows)


def _are_labels(split: _Split) -> bool:
    """Return whether the left side is short texts of one look that have something at their right.

    A label of two rows has the second beside nothing.
    """
    rows = _left_beside(split)
    for row in rows:
        cell = row.cells[0]
        if len(row.cells) > 1 or len(cell.words) > LONGEST_HEADING or has_mark(cell):
            return False
    looks = {(row.words[0].size, row.words[0].bold) for row in rows}
    headings = sum(is_heading(row.cells[0].words) for row in rows)
    if 0 < headings < len(rows) and len(looks) > 1:
        return False
    beside = {row.baseline for row in split.right}
    partners = sum(
        row.baseline in beside or (above is not None and _is_next_row(above, row))
        for above, row in zip([None, *rows], rows, strict=False)
    )
    return bool(rows) and partners >= 0.9 * len(rows)


def _are_dates_beside(rows: Sequence[Row], beside: set[float]) -> bool:
    """Return whether these are periods that all have a partner, and headings between them.

    What stands below the last partner belongs to no column.
    """
    dated = [row for row in rows if locate_period(row.text) and is_margin_text(row.text)]
    if len(dated) < _FEWEST_ROWS or any(row.baseline not in beside for row in dated):
        return False
    return all(
        row in dated or is_margin_text(row.text) or row.size > 1.1 * dated[0].size
        for row in rows
        if row.baseline > min(beside)
    )


def _is_grid(rows: Sequence[Row], beside: set[float]) -> bool:
    """Return whether these are the cells of a table, each in a row with others."""
    return all(row.baseline in beside for row in rows) and not any(
        has_mark(cell) or is_heading(cell.words) or not is_margin_text(cell.text)
        for row in rows
        for cell in row.cells
    )
