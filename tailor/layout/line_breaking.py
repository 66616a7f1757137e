"""Where lines break, as in Word and LibreOffice, without any font installed.

Where the two differ, the longer result counts. Widths of text are in points, but within the
breaking of lines in em: multiplied by the size in points they are points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from tailor.layout.font_metrics import letter_widths
from tailor.layout.typography import FONT, TWIPS_PER_POINT, Design, Paragraph, ParagraphStyle, Style
from tailor.values.cv import RichText

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
    """Return the number of lines of `width` points, and the width of the last one in points."""
    em = style.size * _GRID
    left = style.left / TWIPS_PER_POINT / em
    # In a list the hanging indent holds the bullet, so the first line is no longer.
    hanging = 0.0 if style.is_list else style.hanging / TWIPS_PER_POINT / em
    filling = _Filling(_positions(text, style, font), room=width / em - left, used=-hanging)
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
    return filling.lines, filling.used * style.size


def fill_lines(text: RichText, style: ParagraphStyle, line: float, font: str = FONT) -> int:
    """Return how many lines of `line` points the text takes in this style, at least 1.

    A word longer than a line begins a new line and is broken between letters.
    """
    return _measured_lines(text, style, line, font)[0]


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
