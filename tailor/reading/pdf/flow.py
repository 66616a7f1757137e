"""Rows in reading order -> lines: paragraphs and bullets whole again, headings by their look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.contacts import has_address, has_phone
from tailor.reading.cv.dates import read_whole
from tailor.reading.cv.headings import field_of_label, read_heading
from tailor.reading.cv.names import is_company_suffix, is_known_place, is_region, is_town
from tailor.reading.lines import OPEN_ENDS, Line, LineKind, Look, main_size, starts_with_glyph
from tailor.reading.pdf.rows import (
    BULLET,
    HOLLOW,
    Cell,
    Row,
    has_mark,
    is_heading,
    is_margin_text,
    text_of,
    words_text,
)
from tailor.values.cv import RichText

_LARGE = 1.12  # times the size of the body: a heading
_GAP = 1.3  # times the usual distance of rows: space above
_INDENT = 4.0  # points within which left edges are one
_LONGEST_HEADING = 60  # characters, where its words alone tell it
_LONGEST = 120  # characters, where its size does
_LONGEST_CAPITALS = 5  # words of a heading that bold capitals tell
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_NEAR_ROWS = 4.5  # rows below the head of an entry, in which the rest of its dates may stand
_FEWEST_STEPS = 3
_SPACED_OUT = 2.1  # sizes from line to line: no sentence goes on over so much space
_WIDER = 0.2  # of the size: what goes on under the mark of its item has no more space above it
_APART = 0.1  # of the size
_FEW_WORDS = 4  # of a place in a line of its own
_STOPS = ".!?:;"
_LEAST_MARKS = 4  # rows that one letter begins
_WORDS = frozenset("aAiIeEoOyY")  # that are words by themselves, and the hollow bullet
_DASHES = ("-", "–", "—")
_LISTED_WORDS = 13  # of a row of a list without marks


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """Return the lines that `rows` make, in their order."""
    return _Flow(_with_bullets(rows)).lines()


def _with_bullets(rows: Sequence[Row]) -> list[Row]:
    """Put a bullet for a letter that begins many rows: a sign of a font that names none."""
    letters = [_lone_letter(row) for row in rows]
    count = Counter(letters)
    found = []
    for row, letter in zip(rows, letters, strict=True):
        first, *others = row.cells
        if letter and count[letter] >= _LEAST_MARKS:
            first = Cell((replace(first.words[0], text=BULLET), *first.words[1:]))
        found.append(replace(row, cells=(first, *others)))
    return found


def _lone_letter(row: Row) -> str:
    """Return the letter, no word of a language, that stands alone before a capital, or ""."""
    first, *others = row.cells[0].words
    alone = others and len(first.text) == 1 and first.text.isalpha() and first.text not in _WORDS
    return first.text if alone and others[0].text[:1].isupper() else ""


@dataclass(slots=True)
class _Draft:
    """A line while its rows come in. `indent` is where its text begins, in points."""

    kind: LineKind
    level: int
    rows: list[Row]
    words: list[list[Cell]] = field(default_factory=list)
    indent: float = 0.0
    beside: list[Cell] = field(default_factory=list)
    gap: bool = False
    space: float = 0.0  # points above it, beyond the usual


class _Flow:
    """Puts rows together, one after the other."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._body = main_size(((_rounded(row.size), len(row.text)) for row in rows), 10.0)
        large = {_rounded(row.size) for row in rows if row.size > _LARGE * self._body}
        self._levels = {size: n for n, size in enumerate(sorted(large, reverse=True), start=1)}
        pairs = [(above, row) for above, row in pairwise(rows) if row.is_below(above)]
        self._below = {id(above): row for above, row in pairs}
        steps = [above.baseline - row.baseline for above, row in pairs]
        steps = [step for step in steps if 0 < step < 2.5 * self._body]
        self._step = median(steps) if steps else 1.2 * self._body
        self._wrap = _usual_step(pairs)
        self._lefts: dict[int, float] = {}  # of the columns
        for row in rows:
            self._lefts[row.column] = min(row.left, self._lefts.get(row.column, row.left))
        self._numbered = {id(row) for row in _numbered(rows)}
        self._listed = self._listed_rows()
        self._taken: set[int] = set()  # cells that were read with the row above them
        self._drafts: list[_Draft] = []
        self._indents: list[float] = []
        self._head: _Draft | None = None  # the newest line that is no list item

    def lines(self) -> list[Line]:
        """Return the lines."""
        for index, row in enumerate(self._rows):
            self._take(row, self._rows[index - 1] if index else None)
        return [self._line(number, draft) for number, draft in enumerate(self._drafts, start=1)]

    def _take(self, row: Row, above: Row | None) -> None:
        gap, space = self._space_above(row, above)
        if above and above.column != row.column:
            self._indents.clear()
        cells = self._without_margin(row)
        if cells and id(cells[0]) in self._taken:
            cells.pop(0)
        if not cells:
            return
        is_item = has_mark(cells[0]) or id(row) in self._numbered
        if not is_item:
            self._make_label_whole(row, cells)
        if not is_item and len(cells) > 1 and is_heading(cells[0].words):
            # a heading at the left of what it heads
            label = cells.pop(0)
            self._add(_Draft(LineKind.HEADING, 6, [row], [[label]], gap=gap, space=space))
            gap, space = False, 0.0
        draft = self._drafts[-1] if self._drafts else None
        in_list = draft is not None and draft.kind is LineKind.ITEM and len(draft.words[0]) == 1
        in_list = not self._heads(row, cells) if is_item else in_list
        beside = self._beside(row, cells) if in_list else []
        cells = cells[: len(cells) - len(beside)]
        if is_item:
            level, indent = self._level_of(cells[0].left), _text_left(cells[0])
            self._add(_Draft(LineKind.ITEM, level, [row], [cells], indent, gap=gap, space=space))
        elif draft and self._goes_on(draft, row, cells, gap=gap):
            draft.rows.append(row)
            draft.words.append(cells)
        elif self._head and not beside and self._stands_beside_head(row):
            self._head.beside += cells
        else:
            self._indents.clear()
            kind, level = self._look(row, gap=gap)
            left = cells[0].left
            self._add(_Draft(kind, level, [row], [[*cells, *beside]], left, gap=gap, space=space))
            return
        if self._head:
            self._head.beside += beside

    def _make_label_whole(self, row: Row, cells: list[Cell]) -> None:
        """Join the label of what stands at its right to its rest, where it has two rows."""
        below = self._below.get(id(row))
        if below is None or len(cells) < 2:
            return
        first, rest = cells[0], below.cells[0]
        if abs(rest.left - first.left) > 1 or rest.right >= cells[1].left:
            return
        whole = Cell((*first.words, *(replace(word, spaced=True) for word in rest.words)))
        alike = len({(word.size, word.bold) for word in whole.words}) == 1
        of_field = field_of_label(whole.text) and not field_of_label(first.text)
        if alike and (of_field or is_heading(whole.words)):
            self._taken.add(id(rest))
            cells[0] = whole

    def _without_margin(self, row: Row) -> list[Cell]:
        """Return the cells of a row without what a column of dates at its left goes on with.

        That is the end of a period whose start stands above it, or a place beside a bullet.
        """
        cells = list(row.cells)
        draft = self._drafts[-1] if self._drafts else None
        if draft is None or draft.rows[0].page != row.page:
            return cells
        start = draft.words[0][0]
        aligned = min(abs(start.left - row.left), abs(start.right - cells[0].right)) <= _INDENT
        beside = len(draft.words[0]) > 1 or len(cells) > 1
        if start.text.endswith(_DASHES) and aligned and beside:
            period = locate_period(f"{start.text} {cells[0].text}")
            own = locate_period(cells[0].text)
            rest = not cells[0].text.endswith(_DASHES) and not (own and own.is_range)
            if period and period.is_range and rest:
                draft.words[0][0] = Cell((*start.words, *cells.pop(0).words))
        elif (
            len(cells) > 1
            and self._head
            and self._is_near_head(row)
            and has_mark(cells[1])
            and is_margin_text(cells[0].text)
        ):
            self._head.beside.append(cells.pop(0))
        return cells

    def _add(self, draft: _Draft) -> None:
        self._drafts.append(draft)
        if draft.kind is not LineKind.ITEM:
            self._head = draft

    def _space_above(self, row: Row, above: Row | None) -> tuple[bool, float]:
        """Return whether there is a gap above a row, and its points beyond the usual distance."""
        if row.cell and above and above.cell and above.cell[:2] == row.cell[:2]:
            return False, 0.0
        if above is None or not row.is_below(above):
            return True, 0.0
        usual = max(self._step, 1.15 * row.size)
        space = above.baseline - row.baseline - usual
        return space > (_GAP - 1) * usual, space

    def _beside(self, row: Row, cells: Sequence[Cell]) -> list[Cell]:
        """Return the last cells of a row of a list, if they belong to the head above it."""
        others = list(cells[1:])
        belongs = others and self._is_near_head(row)
        return others if belongs and all(is_margin_text(c.text) for c in others) else []

    def _heads(self, row: Row, cells: Sequence[Cell]) -> bool:
        """Return whether a row with a mark is the first of an entry's head.

        "• Acme      Leeds, UK", and below it, without a mark, "  Engineer      2019 – 2021".
        """
        below = self._below.get(id(row))
        if below is None or len(cells) < 2 or len(below.cells) < 2 or has_mark(below.cells[0]):
            return False
        under_text = abs(below.left - _text_left(cells[0])) <= 2 * _INDENT
        dated = any(locate_period(cell.text) for cell in below.cells[1:])
        return under_text and dated and all(is_margin_text(cell.text) for cell in cells[1:])

    def _stands_beside_head(self, row: Row) -> bool:
        """Return whether a row is dates or a place that stand alone, right of an entry."""
        if row.left < 0.6 * row.right_edge or not self._is_near_head(row):
            return False
        # Right of a column of dates stands the text itself.
        dated = self._head and locate_period(self._head.words[0][0].text)
        return not dated and all(is_margin_text(cell.text) for cell in row.cells)

    def _is_near_head(self, row: Row) -> bool:
        """Return whether a row is little below the head of an entry with something beside it."""
        head = self._head
        if head is None or head.kind is not LineKind.PARAGRAPH or head.rows[0].page != row.page:
            return False
        near = 0 < head.rows[0].baseline - row.baseline < _NEAR_ROWS * self._step
        return near and (bool(head.beside) or len(head.words[0]) > 1)

    def _level_of(self, left: float) -> int:
        while self._indents and left < self._indents[-1] - _INDENT:
            self._indents.pop()
        if not self._indents or left > self._indents[-1] + _INDENT:
            self._indents.append(left)
        return len(self._indents)

    def _goes_on(self, draft: _Draft, row: Row, cells: Sequence[Cell], *, gap: bool) -> bool:
        """Return whether a row is the rest of the line above it, cut by the margin."""
        above = draft.rows[-1]
        new_page = not row.is_below(above)
        last = draft.words[-1][-1]
        before, after = last.words[-1], row.words[0]
        if (gap and not new_page) or len(cells) > 1 or abs(before.size - after.size) > 1:
            return False
        width = after.right - after.left + 0.2 * after.size
        full = last.right + width > above.right_edge - 2.0  # the next word would not have fitted
        if draft.kind is LineKind.ITEM:
            return self._item_goes_on(draft, row, full=full, new_page=new_page)
        if len(draft.words[-1]) > 1 or draft.beside:
            is_open = last.text.endswith(_DASHES) or (full and not read_whole(last.text))
            if is_open and set(_DASHES) & set(last.text) and read_whole(f"{last.text} {row.text}"):
                return (
                    True  # "May 2021 –" at the right edge, "Present" below; or a cut "May / 2021"
                )
            aligned = abs(row.left - last.left) <= _INDENT and before.bold == after.bold
            return aligned and last.text.endswith(",") and len(draft.words[-1]) > 1
        if is_heading(row.words) or row.left > above.left + _INDENT:
            return False
        if _is_whole(above, row) or (not new_page and self._stands_apart(above, row)):
            return False
        if draft.kind is LineKind.HEADING:
            looks = [(w.size, w.bold, r.text.isupper()) for w, r in ((before, above), (after, row))]
            return (full or above.text.endswith("-")) and looks[0] == looks[1]
        listed = id(row) in self._listed and row.text[0].isupper() and not _is_open(above.text)
        if listed and len(above.words) <= _LISTED_WORDS:
            return False
        return full and before.bold == after.bold

    def _item_goes_on(self, draft: _Draft, row: Row, *, full: bool, new_page: bool) -> bool:
        """Return whether a row is the rest of the item of a list above it."""
        above = draft.rows[-1]
        before = draft.words[-1][-1].words[-1]
        if all(word.bold for word in row.words) and not before.bold:
            return False  # the next entry begins, as far left as the text of the list
        below_mark, below_text = draft.rows[0].left, draft.indent
        under_mark = abs(row.left - below_mark) <= _INDENT
        nearer = under_mark and abs(row.left - below_mark) < abs(row.left - below_text)
        if abs(row.left - below_text) <= 2 * _INDENT and not nearer:
            return full or not new_page or row.text[0].islower()
        period = locate_period(row.text)
        if under_mark and period and period.is_range:
            return False  # the head of the next entry
        wider = not new_page and self._space_above(row, above)[1] > _WIDER * row.size
        ends = before.text[-1] in _STOPS and row.text[0].isupper()
        return under_mark and full and not wider and not ends

    def _listed_rows(self) -> set[int]:
        """Return the rows between two gaps of which none but the first goes on in lower case.

        Such rows are a list without marks: a sentence cut by the margin goes on so sooner or later.
        """
        blocks: list[list[Row]] = []
        for index, row in enumerate(self._rows):
            above = self._rows[index - 1] if index else None
            if not blocks or self._space_above(row, above)[0]:
                blocks.append([])
            blocks[-1].append(row)
        return {
            id(row)
            for block in blocks
            if len(block) > 2 and not any(row.text[0].islower() for row in block[1:])
            for row in block
        }

    def _stands_apart(self, above: Row, row: Row) -> bool:
        """Return whether more space is above a row than above those that go on a sentence."""
        step = (above.baseline - row.baseline) / row.size
        if not row.text[0].isupper():
            return False
        wider = self._wrap is not None and step > self._wrap + _APART
        return wider or (step > _SPACED_OUT and above.text[-1] in _STOPS)

    def _look(self, row: Row, *, gap: bool) -> tuple[LineKind, int]:
        """Return heading or paragraph, by size, weight and capitals, and its level."""
        text = row.text
        if len(text) > _LONGEST or not any(c.isalpha() for c in text):
            return LineKind.PARAGRAPH, 0
        size = _rounded(row.size)
        if size in self._levels:
            return LineKind.HEADING, min(self._levels[size], 6)
        bold, caps = all(word.bold for word in row.words), text.isupper()
        known = len(text) <= _LONGEST_HEADING and bool(read_heading(words_text(row.words)).name)
        set_apart = bold and caps and gap and len(text.split()) <= _LONGEST_CAPITALS
        if len(row.cells) == 1 and ((known and (bold or caps)) or set_apart):
            return LineKind.HEADING, min(len(self._levels) + 1, 6)
        return LineKind.PARAGRAPH, 0

    def _line(self, number: int, draft: _Draft) -> Line:
        kind, level, text = draft.kind, draft.level, text_of(draft.words, draft.beside)
        if kind is LineKind.ITEM:
            text = _without_mark(text)
        elif kind is LineKind.HEADING and (len(text.plain) > _LONGEST or "@" in text.plain):
            kind, level = LineKind.PARAGRAPH, 0  # merely set large
        look = self._look_of(draft, text.plain)
        return Line(kind, level, text, number, draft.gap, look)

    def _look_of(self, draft: _Draft, text: str) -> Look:
        row, left = draft.rows[0], draft.words[0][0].left
        return Look(
            size=round(row.size / self._body, 3),
            indent=round(left - self._lefts[row.column], 1),
            space_above=round(max(draft.space, 0.0) / self._body, 2),
            bullet=draft.kind is LineKind.ITEM,
            caps=text.isupper(),
            cell=row.cell,
            page=row.page + 1,
            left=round(left, 1),
            top=round(row.top, 1),
        )


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _usual_step(pairs: Sequence[tuple[Row, Row]]) -> float | None:
    """Return the distance, over the size, of rows of which the second goes on a sentence."""
    steps = [
        (above.baseline - row.baseline) / row.size
        for above, row in pairs
        if abs(above.size - row.size) < 0.5
        and row.text[0].islower()
        and above.right - above.left > 0.6 * (above.right_edge - above.left)
    ]
    steps = [step for step in steps if 0.8 < step < 2.5]
    return median(steps) if len(steps) >= _FEWEST_STEPS else None


def _is_whole(above: Row, row: Row) -> bool:
    """Return whether a line is no rest of the one above: behind "Ltd", or a place by itself."""
    few = len(row.words) <= _FEW_WORDS
    if few and (has_address(row.text) or has_phone(row.text)):
        return True
    if above.text.endswith((",", *_DASHES)):
        return False  # a period, or a name, of which the rest stands below
    if row.text[0].isalnum() and locate_period(above.text) and locate_period(row.text):
        return True  # a head of one line each, however wide
    place = is_known_place(row.text) or _is_town_of(row.text)
    return few and row.text[0].isupper() and (place or is_company_suffix(above.words[-1].text))


def _is_town_of(text: str) -> bool:
    """Return whether a text is a town with its region or country: "Plymouth, UK"."""
    town, comma, region = text.partition(",")
    return bool(comma) and is_town(town.strip()) and is_region(region.strip(" ."))


def _is_open(text: str) -> bool:
    """Return whether a row ends in a word or sign that something follows, or in a sentence."""
    last = text.rsplit(maxsplit=1)[-1].casefold()
    return last[-1] in ",-–—/&(:.!?" or last in OPEN_ENDS


def _text_left(cell: Cell) -> float:
    """Return where the text of a list item begins."""
    return cell.words[1].left if len(cell.words) > 1 else cell.left


def _numbered(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows that begin with the numbers of a list, up or down."""
    found = [(row, int(m[1])) for row in rows if (m := _NUMBER.match(row.text))]
    for (above, one), (row, other) in pairwise(found):
        if abs(one - other) == 1 and abs(above.left - row.left) <= _INDENT:
            yield above
            yield row


def _without_mark(text: RichText) -> RichText:
    number = _NUMBER.match(text.plain)
    hollow = 2 * text.plain.startswith(f"{HOLLOW} ")
    return text.slice(number.end() if number else hollow or starts_with_glyph(text.plain))
