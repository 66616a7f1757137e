"""Where lines end: texts filled into lines as Word and LibreOffice fill them.

Where the two differ, the one that needs more lines counts. Widths are in em
within this module: times the size in points they are points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from tailor.layout.font_metrics import letter_widths
from tailor.layout.typography import FONT, TWIPS_PER_POINT, ParagraphStyle
from tailor.values.cv import RichText

# LibreOffice rounds the widths of letters to its own grid: at 9.5 points lines get
# up to 0.035 % longer than the fonts' figures say.
_GRID = 1.0004
_TAB_STOP = 36  # points; where the style sets no stop there is one every half inch
_SPACE = 0.3  # em; the writer puts a space before a tab that has none

_IDEOGRAPHS = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
# Where both programs may end a line: after spaces, but LibreOffice not before
# closing punctuation; after a hyphen inside a word, but newer line-breaking tables
# not before a digit; after a dash; between ideographs. Neither breaks at a slash,
# and only LibreOffice after a vertical bar or a question mark.
_LINE_END = re.compile(
    r"[ \u3000]+(?![ \u3000!),./:;?\]}])"
    r"|-(?<=\w-)(?=[^\W\d_])"
    r"|[–—](?<=\w[–—])(?=\w)"
    rf"|[{_IDEOGRAPHS}](?=[{_IDEOGRAPHS}])(?![{_SMALL_KANA}])"
    r"|[\t\n]"
)
_SPACES = " \u3000"


def fill_lines(text: RichText, style: ParagraphStyle, line: float, font: str = FONT) -> int:
    """Return how many lines of `line` points the text takes in this style, at least 1.

    Every line takes as many words as it holds. A word longer than a line gets a
    line of its own and is torn between letters.
    """
    em = style.size * _GRID
    left = style.left / TWIPS_PER_POINT / em
    # The hanging indent of a list holds its bullet: the text begins where it goes on.
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
    return filling.lines


def _positions(text: RichText, style: ParagraphStyle, font: str) -> list[float]:
    """Return where each character would begin on an endless line, and where the last one ends."""
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
    """Return the text in capitals, letter for letter: one that becomes two stays as it is."""
    return "".join(capital if len(capital := letter.upper()) == 1 else letter for letter in text)


def _pieces(plain: str) -> list[tuple[int, int, int]]:
    """Cut a text at all places where a line may end, and before and after tabs.

    Return of each piece its start, the end of its letters, and its end: spaces
    after the letters may hang over the line's end.
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
    """The line being filled: how much of its room is used, and how many lines there are."""

    positions: list[float]
    room: float
    used: float
    lines: int = 1
    is_empty: bool = True
    has_right_tab: bool = False

    def add(self, start: int, letters_end: int, end: int) -> None:
        """Add a piece, on the next line if this one has no room for its letters."""
        positions = self.positions
        width = positions[letters_end] - positions[start]
        if self.used + width > self.room and not self.is_empty:
            self.end_line()
        if self.used + width > self.room:
            self._tear(start, letters_end)
        else:
            self.used += width
        self.used += positions[end] - positions[letters_end]
        self.is_empty = False

    def add_right_tab(self, space: float) -> None:
        """Move what follows to the right edge: it fits if it would without the tab.

        A second tab finds no stop on that line, and none on the next one if the
        first tab had to move there.
        """
        if self.has_right_tab:
            self.end_line()
        self.used += space
        self.has_right_tab = True
        self.is_empty = False

    def add_tab(self, distance: float, left: float) -> None:
        """Go to the next of the stops that stand at `distance` from each other."""
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

    def _tear(self, start: int, end: int) -> None:
        for before, after in pairwise(self.positions[start : end + 1]):
            if self.used + after - before > self.room and not self.is_empty:
                self.end_line()
            self.used += after - before
            self.is_empty = False
