"""How many lines and pages paragraphs take, without laying them out in an office program.

Paragraphs become boxes (`measure`), boxes that stand together become stacks (`stacked`), and
stacks fill pages (`fill_pages`); `paginate` does all three. Lines break and pages fill as in Word
and LibreOffice. Where the two differ, the one that needs more room counts, so what fits here fits
in both. Lengths are in points, but within the breaking of lines widths are in em: multiplied by
the size in points they are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from tailor.layout.font_metrics import (
    count_foreign,
    foreign_line_height,
    letter_widths,
    line_height,
)
from tailor.layout.typography import (
    FONT,
    TWIPS_PER_POINT,
    Design,
    PageSetup,
    Paragraph,
    ParagraphStyle,
    Style,
)
from tailor.values.cv import RichText

_RULE_PADDING = 1  # between a heading and the rule below it
_SLACK = 1e-6  # for rounding errors in sums
_MARGIN = 0.01  # stacks that fit by less are placed box by box
_KEPT_LINES = 2  # widow and orphan control: the fewest lines left on either page

# LibreOffice rounds letter widths to its own grid: at 9.5 points its lines are up to 0.035 %
# longer than the widths of the font add up to.
_GRID = 1.0004
_TAB_STOP = 36  # points; the default tab stops are half an inch apart
_SPACE = 0.3  # em; the writer puts a space before a tab that has none

_IDEOGRAPHS = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
# Where both programs may end a line: after spaces (LibreOffice not before closing punctuation),
# after a hyphen inside a word (newer line-breaking tables not before a digit), after a dash, and
# between ideographs. Neither breaks at a slash; only LibreOffice breaks after a vertical bar or a
# question mark.
_LINE_END = re.compile(
    r"[ \u3000]+(?![ \u3000!),./:;?\]}])"
    r"|-(?<=\w-)(?=[^\W\d_])"
    r"|[–—](?<=\w[–—])(?=\w)"
    rf"|[{_IDEOGRAPHS}](?=[{_IDEOGRAPHS}])(?![{_SMALL_KANA}])"
    r"|[\t\n]"
)
_SPACES = " \u3000"
# Paragraphs whose lines may be a little longer or shorter, by so many points, for a last line that
# is shorter than this share of the page.
_MAY_CHANGE = frozenset({Style.BULLET, Style.BODY})
_WIDER = 6.0
_NARROWER = (8.0, 16.0, 24.0, 32.0, 40.0)
_SHORT_LINE = 0.15


@dataclass(frozen=True, slots=True)
class PageFit:
    """How paragraphs fill pages; there is at least one page.

    `used` is the filled height of each page in points, from the upper margin to the bottom of
    the last line. `starts` has for each page the index of the paragraph it begins with or
    continues.
    """

    pages: int
    lines: int
    used: tuple[float, ...]
    starts: tuple[int, ...]
    page_height: float

    @property
    def last_page_fill(self) -> float:
        """How full the last page is, 0 to 1."""
        return min(self.used[-1] / self.page_height, 1.0)


def text_width(
    text: RichText, size: float, *, bold: bool = False, italic: bool = False, font: str = FONT
) -> float:
    """Return the width of `text` on one line, in points; `size` is in points.

    `bold` and `italic` are the paragraph style's; a run may add its own.
    """
    return size * sum(
        sum(letter_widths(run.text, bold or run.bold, italic or run.italic, font))
        for run in text.runs
    )


def gap(above: ParagraphStyle, below: ParagraphStyle) -> float:
    """Return the space between two paragraphs in points.

    It is the larger of the space after and the space before, not their sum (ECMA-376 part 1,
    17.3.1.33), and none between two paragraphs of a tight style (17.3.1.9).
    """
    if above.is_tight and above == below:
        return 0
    return max(above.after, below.before)


def paginate(paragraphs: Iterable[Paragraph], design: Design) -> PageFit:
    """Return how the paragraphs fill pages, in their order."""
    return fill_pages([stacked(measure(paragraphs, design))], design.setup)


def measure(paragraphs: Iterable[Paragraph], design: Design) -> tuple[Box, ...]:
    """Return the box of each paragraph."""
    width, styles = design.setup.text_width, design.styles
    found = [(p.text, styles[p.style], width - p.narrower) for p in paragraphs]
    return tuple(
        [_box(text, style, room, style.font or design.font) for text, style, room in found]
    )


def fitted(paragraph: Paragraph, design: Design) -> Paragraph:
    """Return a bullet or other line so that its last line is not one short word.

    Its lines may reach a little into the margin where that saves the last one; else they are made
    a little shorter, which takes a second word down. The right edge is ragged, so neither is seen.
    A template of one's own keeps its margins.
    """
    style = design.styles[paragraph.style]
    if paragraph.style not in _MAY_CHANGE or design.template:
        return paragraph
    font, width = style.font or design.font, design.setup.text_width
    lines, last = _measured_lines(paragraph.text, style, width, font)
    plain = paragraph.text.plain
    if lines == 1 or last > _SHORT_LINE * width:
        return paragraph
    # It has to be so by a point, for programs that round otherwise.
    if _measured_lines(paragraph.text, style, width + _WIDER - 1, font)[0] < lines:
        return replace(paragraph, narrower=-_WIDER)
    word = plain.rpartition(" ")[2]
    own = text_width(RichText.of(word), style.size, bold=style.bold, font=font)
    if last > own * 1.2:  # another word stands beside it
        return paragraph
    for narrower in _NARROWER:
        same, _ = _measured_lines(paragraph.text, style, width - narrower, font)
        _, longer = _measured_lines(paragraph.text, style, width - narrower + 1, font)
        if same == lines and longer > last * 1.2:
            return replace(paragraph, narrower=narrower)
    return paragraph


@lru_cache(maxsize=1 << 14)
def _measured_lines(
    text: RichText, style: ParagraphStyle, width: float, font: str
) -> tuple[int, float]:
    """Return the number of lines, and the width of the last one in points."""
    filling = _filled(text, style, width, font)
    return filling.lines, filling.used * style.size


def fill_pages(stacks: Iterable[Stack], setup: PageSetup) -> PageFit:
    """Return how the stacks fill pages, in their order.

    The result is the same however the boxes are cut into stacks.
    """
    pages = _Pages(setup.text_height)
    lines = 0
    open_end: tuple[Box, ...] = ()
    for stack in stacks:
        lines += stack.lines
        boxes = open_end + stack.boxes
        open_end = ()
        if boxes and boxes[-1].keep_next:  # it goes on in the next stack
            open_end = boxes
        elif len(boxes) > len(stack.boxes) or not pages.place_whole(stack):
            pages.place_all(boxes)
    pages.place_all(open_end)
    return PageFit(
        pages=len(pages.used),
        lines=lines,
        used=tuple(pages.used),
        starts=tuple(pages.starts),
        page_height=setup.text_height,
    )


@dataclass(frozen=True, slots=True)
class Box:
    """The measures of a paragraph: its number of lines, and heights in points.

    `line` is the height of one line, `height` that of all lines and the rule, `least` that of
    the first lines which must stay on one page.
    """

    style: ParagraphStyle
    lines: int
    line: float
    height: float
    least: float
    keep_next: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """Boxes one below the other. Most stacks fit on a page whole, so their sums are kept.

    `steps` are the heights and gaps from the top of the first box to the bottom of the last;
    `enough` is a little more room than the stack needs.
    """

    boxes: tuple[Box, ...]
    steps: tuple[float, ...]
    lines: int
    enough: float


def stacked(boxes: Iterable[Box]) -> Stack:
    """Return the stack of `boxes`."""
    boxes = tuple(boxes)
    steps = [box.height for box in boxes[:1]]
    for above, below in pairwise(boxes):
        steps += (gap(above.style, below.style), below.height)
    before = boxes[0].style.before if boxes else 0.0
    return Stack(boxes, tuple(steps), sum([b.lines for b in boxes]), sum(steps) + before + _MARGIN)


# Selection measures the same paragraphs many times.
@lru_cache(maxsize=1 << 14)
def _box(text: RichText, style: ParagraphStyle, width: float, font: str) -> Box:
    lines = fill_lines(text, style, width, font)
    own = line_height(style.size, font) * style.spacing
    # A character of another font makes one line higher, at most.
    higher = min(sum(count_foreign(run.text, font) for run in text.runs), lines)
    text_height = lines * own + higher * (foreign_line_height(style.size) * style.spacing - own)
    line = text_height / lines
    height = text_height + (style.rule_below + _RULE_PADDING if style.rule_below else 0.0)
    is_whole = style.keep_lines or lines < 2 * _KEPT_LINES
    least = height if is_whole else _KEPT_LINES * line
    return Box(style, lines, line, height, least, style.keep_next)


class _Pages:
    """Pages that are filled one after the other."""

    def __init__(self, page_height: float) -> None:
        self.used = [0.0]
        self.starts = [0]
        self._page_height = page_height
        self._room = page_height + _SLACK
        self._above: ParagraphStyle | None = None
        self._placed = 0

    def place_whole(self, stack: Stack) -> bool:
        """Place a stack if it certainly fits on this page, and return whether it did.

        The heights are added in the same order as box by box, so that the sums are equal.
        """
        if not stack.boxes:
            return True
        space = self._gap(stack.boxes[0])
        used = self.used[-1] + space
        if used + stack.enough > self._room:
            return False
        for step in stack.steps:
            used += step
        self.used[-1] = used
        self._above = stack.boxes[-1].style
        self._placed += len(stack.boxes)
        return True

    def place_all(self, boxes: Sequence[Box]) -> None:
        """Place boxes; nothing after the last one is kept with them."""
        kept: list[Box] = []  # with the next box
        for box in boxes:
            kept.append(box)
            if not box.keep_next:
                self.place(kept)
                kept = []
        if kept:
            self.place(kept)

    def place(self, kept: Sequence[Box]) -> None:
        """Place boxes that are each kept with the next one."""
        needed = self._gap(kept[0]) + kept[-1].least
        for box, following in pairwise(kept):
            needed += box.height + gap(box.style, following.style)
        if len(kept) > 1 and len(self.used) > 1:
            # LibreOffice 7.4 sometimes leaves such boxes on the next page if they would fit
            # here by less than about the space before them.
            needed += kept[0].style.before
        if self.used[-1] + needed > self._room:
            self._turn()
        for box in kept:
            self._place_one(box)

    def _place_one(self, box: Box) -> None:
        space = self._gap(box)
        used = self.used[-1]
        if used + (space + box.least) > self._room:
            self._turn()
            space = self._gap(box)
            used = self.used[-1]
        used += space
        lines, height = box.lines, box.height
        while used + height > self._room and lines > 1:
            fitting = int((self._page_height - used + _SLACK) / box.line)
            fitting = max(min(fitting, lines - _KEPT_LINES), 1)
            lines -= fitting
            height -= fitting * box.line
            self.used[-1] = used + fitting * box.line
            self._turn()
            used = self.used[-1]
        self.used[-1] = used + height
        self._above = box.style
        self._placed += 1

    def _gap(self, box: Box) -> float:
        """Return the space above; both programs drop it at the top of all pages but the first."""
        if self._above is None:
            return box.style.before
        return gap(self._above, box.style) if self.used[-1] else 0.0

    def _turn(self) -> None:
        """Begin a page, unless this one is empty."""
        if self.used[-1]:
            self.used.append(0.0)
            self.starts.append(self._placed)


def fill_lines(text: RichText, style: ParagraphStyle, line: float, font: str = FONT) -> int:
    """Return how many lines of `line` points the text takes in this style, at least 1.

    A word longer than a line begins a new line and is broken between letters.
    """
    return _filled(text, style, line, font).lines


def _filled(text: RichText, style: ParagraphStyle, line: float, font: str) -> _Filling:
    em = style.size * _GRID
    left = style.left / TWIPS_PER_POINT / em
    # In a list the hanging indent holds the bullet, so the first line is no longer.
    hanging = 0.0 if style.is_list else style.hanging / TWIPS_PER_POINT / em
    filling = _Filling(_positions(text, style, font), room=line / em - left, used=-hanging)
    plain = text.plain
    for start, letters_end, end in _pieces(plain):
        if plain[start] == "\n":
            filling.end_line()
        elif plain[start] != "\t":
            filling.add(start, letters_end, end)
        elif style.right_tab:
            is_bare = start > 0 and plain[start - 1] not in _SPACES
            filling.add_right_tab(_SPACE if is_bare else 0.0)
        else:
            filling.add_tab(_TAB_STOP / em, left)
    return filling


def _positions(text: RichText, style: ParagraphStyle, font: str) -> list[float]:
    """Return where each character begins on an endless line, and where the last one ends."""
    widths = [
        letter_widths(
            _capitals(run.text) if style.caps else run.text,
            style.bold or run.bold,
            style.italic or run.italic,
            font,
        )
        for run in text.runs
    ]
    return list(accumulate(chain.from_iterable(widths), initial=0.0))


def _capitals(text: str) -> str:
    """Return the text in capitals; a letter whose capital is two letters stays as it is."""
    return "".join(capital if len(capital := letter.upper()) == 1 else letter for letter in text)


def _pieces(plain: str) -> list[tuple[int, int, int]]:
    """Cut a text wherever a line may end, and before and after tabs.

    Return the start of each piece, the end of its letters, and the end of the spaces after
    them, which may hang over the end of the line.
    """
    pieces = []
    start = 0
    for match in _LINE_END.finditer(plain):
        found, end = match.span()
        sign = plain[found]
        if sign in "\t\n" and start < found:
            pieces.append((start, found, found))
            start = found
        pieces.append((start, found if sign in _SPACES else end, end))
        start = end
    if start < len(plain):
        pieces.append((start, len(plain), len(plain)))
    return pieces


@dataclass(slots=True)
class _Filling:
    """The line that is being filled, and the number of lines so far; widths in em."""

    positions: list[float]
    room: float
    used: float
    lines: int = 1
    is_empty: bool = True
    has_right_tab: bool = False

    def add(self, start: int, letters_end: int, end: int) -> None:
        """Add a piece, on the next line if its letters do not fit on this one."""
        positions = self.positions
        width = positions[letters_end] - positions[start]
        if self.used + width > self.room and not self.is_empty:
            self.end_line()
        if self.used + width > self.room:
            self._break_word(start, letters_end)
        else:
            self.used += width
        self.used += positions[end] - positions[letters_end]
        self.is_empty = False

    def add_right_tab(self, space: float) -> None:
        """Move what follows to the right edge; it fits if it would fit without the tab.

        A second tab finds no stop, so what follows it takes a line of its own.
        """
        if self.has_right_tab:
            self.end_line()
        self.used += space
        self.has_right_tab = True
        self.is_empty = False

    def add_tab(self, distance: float, left: float) -> None:
        """Go to the next tab stop; they are `distance` apart."""
        position = self.used + left
        self.used = (position // distance + 1) * distance - left
        self.is_empty = False
        if self.used > self.room:
            self.end_line()

    def end_line(self) -> None:
        """Begin the next line."""
        self.lines += 1
        self.used = 0.0
        self.is_empty = True

    def _break_word(self, start: int, end: int) -> None:
        for before, after in pairwise(self.positions[start : end + 1]):
            if self.used + after - before > self.room and not self.is_empty:
                self.end_line()
            self.used += after - before
            self.is_empty = False
