"""How many lines and pages paragraphs take, without laying them out in an office program.

Paragraphs become boxes (`measure`), boxes that stand together become stacks (`stacked`), and
stacks fill pages (`fill_pages`); `paginate` does all three. Pages fill as in Word and LibreOffice.
Where the two differ, the one that needs more room counts, so what fits here fits in both. Lengths
are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tailor.layout.font_metrics import count_foreign, foreign_line_height, line_height
from tailor.layout.line_breaking import fill_lines
from tailor.layout.typography import Design, PageSetup, Paragraph, ParagraphStyle
from tailor.values.cv import RichText

_RULE_PADDING = 1  # between a heading and the rule below it
_SLACK = 1e-6  # for rounding errors in sums
_MARGIN = 0.01  # stacks that fit by less are placed box by box
_KEPT_LINES = 2  # widow and orphan control: the fewest lines left on either page


@dataclass(frozen=True, slots=True)
class PageFit:
    """How paragraphs fill pages; there is at least one page.

    `used` is the filled height of each page in points, from the upper margin to the bottom of the
    last line. `starts` has for each page the index of the paragraph it begins with or continues.
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
    found = []
    for one in paragraphs:
        style = styles[one.style]
        box = _box(one.text, style, width - one.narrower, style.font or design.font)
        found.append(replace(box, keep_next=False) if one.ends else box)
    return tuple(found)


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
    used, starts = tuple(pages.used), tuple(pages.starts)
    return PageFit(len(used), lines, used, starts, setup.text_height)


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
    higher = min(count_foreign(text.plain, font), lines)
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
        for number, box in enumerate(boxes, 1):
            kept.append(box)
            if not box.keep_next or number == len(boxes):
                self._place(kept)
                kept = []

    def _place(self, kept: Sequence[Box]) -> None:
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
