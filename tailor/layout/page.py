"""How many lines a text takes and how many pages, without laying it out.

Lines break and pages fill as Word and LibreOffice do it; where the two differ,
the one that needs more room counts, so a page that fits here fits in both.
Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tailor.layout.font_metrics import (
    count_foreign,
    foreign_line_height,
    letter_widths,
    line_height,
)
from tailor.layout.line_breaking import fill_lines
from tailor.layout.paragraph import Paragraph
from tailor.layout.typography import FONT, PageSetup, ParagraphStyle, Style
from tailor.values.cv import RichText

_RULE_PADDING = 1  # between a heading and the rule below it
_SLACK = 1e-6  # sums of floats
_MARGIN = 0.01  # so much nearer to the foot of a page each box is looked at
_KEPT_LINES = 2  # widow and orphan control: at least so many on either page


@dataclass(frozen=True, slots=True)
class PageFit:
    """Where paragraphs come to stand.

    `used` is the height of each page that is filled, in points, from its top to the
    foot of its last line; `starts` is for each page the index of the paragraph it
    begins with or goes on with. There is at least one page.
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


def count_lines(
    paragraph: Paragraph,
    setup: PageSetup,
    styles: Mapping[Style, ParagraphStyle],
    *,
    font: str = FONT,
) -> int:
    """Return how many lines the paragraph takes, at least 1."""
    return _box(paragraph.text, styles[paragraph.style], setup.text_width, font).lines


def height(
    paragraph: Paragraph,
    setup: PageSetup,
    styles: Mapping[Style, ParagraphStyle],
    *,
    font: str = FONT,
) -> float:
    """Return the height of the paragraph's lines and rule in points, without `gap`s around it."""
    return _box(paragraph.text, styles[paragraph.style], setup.text_width, font).height


def gap(above: ParagraphStyle, below: ParagraphStyle) -> float:
    """Return the space between two paragraphs in points.

    The larger of the space after and the space before counts, not their sum
    (ECMA-376 part 1, 17.3.1.33, unless a document asks for the older manner).
    Between two of one tight style there is none (17.3.1.9).
    """
    if above.is_tight and above == below:
        return 0
    return max(above.after, below.before)


def paginate(
    paragraphs: Sequence[Paragraph],
    setup: PageSetup,
    styles: Mapping[Style, ParagraphStyle],
    *,
    font: str = FONT,
) -> PageFit:
    """Fill pages with the paragraphs, in order."""
    return fill_pages([stacked(measure(paragraphs, setup, styles, font=font))], setup)


def measure(
    paragraphs: Iterable[Paragraph],
    setup: PageSetup,
    styles: Mapping[Style, ParagraphStyle],
    *,
    font: str = FONT,
) -> tuple[Box, ...]:
    """Return the paragraphs as boxes."""
    width = setup.text_width
    found = [(paragraph.text, styles[paragraph.style]) for paragraph in paragraphs]
    return tuple([_box(text, style, width, style.font or font) for text, style in found])


def fill_pages(stacks: Iterable[Stack], setup: PageSetup) -> PageFit:
    """Fill pages with the stacks, in order; how boxes are cut into stacks changes nothing."""
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
    """A paragraph as its measures: the number of its lines, the height of one and of all.

    `height` is with the rule; `least` is of what must stand together at its beginning.
    """

    style: ParagraphStyle
    lines: int
    line: float
    height: float
    least: float
    keep_next: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """Boxes one below the other, which as a rule come to stand on one page: then sums tell all.

    `steps` are what the height grows by, one after the other, from the top of the first box to
    the foot of the last; `enough` is more room than they need together.
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


# Selection asks for the same paragraphs again and again.
@lru_cache(maxsize=1 << 14)
def _box(text: RichText, style: ParagraphStyle, width: float, font: str) -> Box:
    lines = fill_lines(text, style, width, font)
    own = line_height(style.size, font) * style.spacing
    # At most one line for each character that comes from another, higher font.
    higher = min(sum(count_foreign(run.text, font) for run in text.runs), lines)
    text_height = lines * own + higher * (foreign_line_height(style.size) * style.spacing - own)
    line = text_height / lines
    height = text_height + (style.rule_below + _RULE_PADDING if style.rule_below else 0.0)
    is_whole = style.keep_lines or lines < 2 * _KEPT_LINES
    least = height if is_whole else _KEPT_LINES * line
    return Box(style, lines, line, height, least, style.keep_next)


class _Pages:
    """Pages that get filled one after the other."""

    def __init__(self, page_height: float) -> None:
        self.used = [0.0]
        self.starts = [0]
        self._page_height = page_height
        self._room = page_height + _SLACK
        self._above: ParagraphStyle | None = None
        self._placed = 0

    def place_whole(self, stack: Stack) -> bool:
        """Place a stack if it has room on this page for sure, and tell whether it had.

        The same sums as box by box, in the same order.
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
        """Place boxes, the last of which ends what is kept together."""
        chain: list[Box] = []  # what is kept with the next one
        for box in boxes:
            chain.append(box)
            if not box.keep_next:
                self.place(chain)
                chain = []
        if chain:
            self.place(chain)

    def place(self, chain: Sequence[Box]) -> None:
        """Place boxes of which each is kept with the next one."""
        needed = self._gap(chain[0]) + chain[-1].least
        for box, following in pairwise(chain):
            needed += box.height + gap(box.style, following.style)
        if len(chain) > 1 and len(self.used) > 1:
            # LibreOffice 7.4 once in a while does not take such a chain back from the
            # next page where it fits by less than about the space before it.
            needed += chain[0].style.before
        if self.used[-1] + needed > self._room:
            self._turn()
        for box in chain:
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
        """The space above; both programs drop it at the top of all pages but the first."""
        if self._above is None:
            return box.style.before
        return gap(self._above, box.style) if self.used[-1] else 0.0

    def _turn(self) -> None:
        """Begin a page, unless this one is empty: then there is no better place."""
        if self.used[-1]:
            self.used.append(0.0)
            self.starts.append(self._placed)
