"""The words of a PDF, rows of them (what stands on one baseline, cut into cells), and their text.

PDFium reads the words in the sandbox (`pdfium.py`), since a file may crash it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import category

from tailor.reading import sandbox
from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.names import is_place
from tailor.reading.files import Content
from tailor.reading.lines import main_size, starts_with_glyph
from tailor.values.cv import RichText, Run
from tailor.values.resources import model_bytes

BULLET: Final = "•"
HOLLOW: Final = "o"
"""The second bullet of Word, a letter of Courier."""


class Rule(NamedTuple):
    """A straight line or a box on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page, or the part of it that has one style.

    Lengths are in points, from the page's lower left corner. A word is `spaced` if
    white space stands before it, and `drawn` if it is a small filled shape, as which some
    programs draw the bullets of lists.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    link: str | None = None
    spaced: bool = True
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, in the order of the file; its width and height in points.

    `rules` are the straight lines drawn on it, as those of tables are.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


def read_pages(content: Content) -> list[Page]:
    """Return the pages with their words.

    Raises CvError or PostingError if the file is damaged, needs a password, has no text,
    has more pages or characters than are read, or takes too much time or memory.
    """
    found = sandbox.run("tailor.reading.pdf.pdfium:read_words", content)
    pages = [
        Page(
            width,
            height,
            tuple(Word(*word) for word in words),
            tuple(Rule(*rule) for rule in rules),
        )
        for width, height, words, rules in found
    ]
    if all(word.drawn for page in pages for word in page.words):
        raise content.error(
            "holds pictures of text only, as from a scanner; run OCR over it, or give the text"
        )
    return pages


# Words of a page -> rows: what stands on one baseline, cut into cells at wide gaps.

_SAME_ROW = 0.35  # of the size: baselines nearer than that are one
_SMALL, _RAISED = 0.8, 0.6  # of the size: letters so small may stand so much higher
_LEVEL = 0.1  # of the size: less is no difference in height, and no space between two words
_GAP = 1.1  # of the size: a wider gap parts two cells
_LARGER = 1.5  # times the size: letters so much larger make a line of their own
_AFTER_HOLLOW = 0.5  # of the size: more than the space between two words
_FEW_WORDS = 4
LONGEST_HEADING: Final = 4  # words


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with nothing but single spaces between them."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """The left edge, in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The right edge, in points."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """The words with spaces between them, where there are any."""
        return "".join(" " * word.spaced + word.text for word in self.words).lstrip()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells on one baseline; `top` is its letters' distance from the page's upper edge, in points.

    `column` numbers the columns of the document in reading order; `right_edge` is where
    the text of its column ends, in points; `cell` is the table, row and column in which it stands.
    """

    cells: tuple[Cell, ...]
    baseline: float
    size: float
    page: int
    top: float = 0.0
    column: int = 0
    right_edge: float = 0.0
    cell: tuple[int, int, int] | None = None

    @property
    def words(self) -> list[Word]:
        """The words of all cells."""
        return [word for cell in self.cells for word in cell.words]

    @property
    def left(self) -> float:
        """The left edge, in points."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """The right edge, in points."""
        return self.cells[-1].right

    @property
    def text(self) -> str:
        """The cells, parted by tabs."""
        return "\t".join(cell.text for cell in self.cells)

    def is_below(self, above: Row) -> bool:
        """Return whether `above`, which is read just before, is in the same column and page."""
        return (above.page, above.column) == (self.page, self.column)


def rows_of(page: Page, number: int) -> list[Row]:
    """Return the rows of page `number` (from 0), top to bottom, as if it had but one column."""
    lines: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: (-word.baseline, word.left)):
        line = next((line for line in lines[-1:-4:-1] if _is_beside(_main(line), word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    lines.sort(key=lambda line: -_main(line).baseline)
    for above, below in pairwise(lines):
        raised = [word for word in above if _is_raised(word, below)]
        below.extend(raised)
        above[:] = [word for word in above if word not in raised]
    rows = []
    for line in filter(None, lines):
        placed = _without_gaps(sorted(line, key=lambda word: word.left))
        words = list(_without_drawn_dots(list(placed)))
        if words:
            baseline, size = _main(line).baseline, _size_of(words)
            top = page.height - baseline - size
            rows.append(Row(tuple(_cells(words)), baseline, size, number, top))
    return rows


def _main(line: Sequence[Word]) -> Word:
    """Return the largest word, on whose baseline the line stands; a bullet only if need be."""
    return max(line, key=lambda word: (word.text != BULLET) * word.size)


def _is_beside(main: Word, word: Word) -> bool:
    sizes = word.size, word.size if main.text == BULLET else main.size
    apart = min(abs(word.left - main.right), abs(main.left - word.right)) > _GAP * max(sizes)
    # Beside a large name the lines of an address stand, each by itself.
    letters = BULLET not in {word.text, main.text}
    name = letters and apart and max(sizes) > _LARGER * min(sizes)
    size = min(sizes) if name else max(sizes)
    return abs(main.baseline - word.baseline) <= _SAME_ROW * size


def _is_raised(word: Word, below: Sequence[Word]) -> bool:
    """Return whether a small word of the line above belongs to a word below, as in "1st"."""
    return any(
        word.size < _SMALL * other.size
        and word.baseline - other.baseline < _RAISED * other.size
        and min(abs(word.left - other.right), abs(other.left - word.right)) < _LEVEL * other.size
        for other in below
    )


def _without_gaps(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of a line; between a raised one and its neighbours no space is made up."""
    yield from words[:1]
    for before, word in pairwise(words):
        level = _LEVEL * max(before.size, word.size)
        is_raised = abs(word.baseline - before.baseline) > level
        touches = abs(word.left - before.right) < level
        yield replace(word, spaced=False) if is_raised and touches else word


def row_of(cells: Sequence[Cell], whole: Row) -> Row:
    """Return the row that some of the cells of a `whole` one make."""
    size = _size_of(word for cell in cells for word in cell.words)
    return replace(whole, cells=tuple(cells), size=size)


def part_of(row: Row, has: Callable[[Word], bool]) -> Row | None:
    """Return the part of a row that `has` its words, None where it has none."""
    parts = (tuple(word for word in cell.words if has(word)) for cell in row.cells)
    cells = [Cell(words) for words in parts if words]
    return row_of(cells, row) if cells else None


def _size_of(words: Iterable[Word]) -> float:
    return main_size((word.size, len(word.text) * (word.text != BULLET)) for word in words)


def is_margin_text(text: str) -> bool:
    """Return whether a text is what stands beside entries: a period, a place, a few words."""
    return bool(locate_period(text)) or is_place(text) or len(text.split()) <= _FEW_WORDS


def _without_drawn_dots(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words without shapes that no text follows: dots of a scale, corners, icons."""
    for number, word in enumerate(words):
        if word.drawn:
            before = words[number - 1] if number else None
            after = words[number + 1] if number + 1 < len(words) else None
            if after is None or after.drawn or after.left - word.right > 4 * after.size:
                continue
            if before and word.left - before.right < 0.5 * before.size:
                continue
        yield word


def _cells(words: Sequence[Word]) -> Iterator[Cell]:
    current: list[Word] = []
    for word in words:
        if current and _parts(current, word):
            yield Cell(tuple(current))
            current = []
        current.append(word)
    yield Cell(tuple(current))


def _parts(current: Sequence[Word], word: Word) -> bool:
    """Return whether a new cell begins; the mark of a list item stays with its text."""
    before = current[-1]
    if all(category(letter) == "Co" for letter in word.text):
        return True  # of an icon font, as stand in front of contact details
    if len(current) == 1 and is_mark(before.text):
        return False
    full = _ends_full(before, word)
    return full or word.left - before.right > _GAP * max(before.size, word.size)


def _ends_full(before: Word, word: Word) -> bool:
    """Return whether a number of another weight touches a word: a tab with no room left between.

    Raised and small figures belong to their word.
    """
    letters = before.text[-1:].isalpha() and word.text[:1].isdigit() and not word.spaced
    level = before.baseline == word.baseline and before.size == word.size
    return letters and level and before.bold != word.bold


def is_mark(text: str) -> bool:
    """Return whether a text is a bullet or another single sign, or the number of a list item."""
    return (len(text) == 1 and (text == "o" or not text.isalnum())) or (
        len(text) <= 3 and text[:-1].isdigit() and text[-1] in ".)"
    )


def has_mark(cell: Cell) -> bool:
    """Return whether a cell begins with the mark of a list item."""
    first = cell.words[0]
    if len(cell.words) == 1:
        return starts_with_glyph(first.text) > 0 and first.text[1:2].isalpha()
    if first.text == HOLLOW:
        return cell.words[1].left - first.right > _AFTER_HOLLOW * first.size
    return starts_with_glyph(f"{first.text} x") > len(first.text)


def is_heading(words: Sequence[Word]) -> bool:
    """Return whether words are a known heading of CVs."""
    return len(words) <= LONGEST_HEADING and bool(read_heading(words_text(words)).name)


# Words of rows -> text in runs, with words that the margin cut made whole.

_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT)
_LONGEST_ENDING = 5  # letters that a stemmer cuts
_SHORTEST_STEM = 4
_ENDINGS = frozenset(
    "able al ation ations ed er ers es ing ings ion ions ity ive ly ment ments ness s".split()
)
_SPACED = re.compile(r"(?:\S ){3,}\S")
_AROUND = ".,;:()[]\"'"
_TAB = RichText.of("\t")


def text_of(rows: Sequence[Sequence[Cell]], beside: Sequence[Cell] = ()) -> RichText:
    """Return the text of rows that are one line; cells are parted by tabs, `beside` comes last."""
    text = RichText()
    for first, *others in rows:
        row = words_text(first.words)
        whole = joined(text.plain, row.plain) if text else row.plain
        kept = len(whole) - len(row.plain)
        if kept > len(text.plain):
            text += RichText.of([replace(text.runs[-1], text=" ")])
        text = text.slice(0, kept) + row
        for cell in others:
            text += _TAB + words_text(cell.words)
    for cell in beside:
        text += _TAB + words_text(cell.words)
    return text


def words_text(words: Sequence[Word]) -> RichText:
    """Return words with spaces between them; a space has the style that both its sides have.

    Letters that stand apart for looks, as in "S K I L L S", are joined.
    """
    text = Cell(tuple(words)).text
    if _SPACED.fullmatch(text) and text.replace(" ", "").isalpha():
        return RichText.of([Run(text.replace(" ", ""), words[0].bold)])
    runs = [_run(words[0])]
    for before, word in pairwise(words):
        if word.spaced:
            link = word.link if word.link == before.link else None
            runs.append(Run(" ", word.bold and before.bold, word.italic and before.italic, link))
        runs.append(_run(word))
    return RichText.of(runs)


def _run(word: Word) -> Run:
    return Run(word.text, word.bold, word.italic, word.link)


def joined(before: str, after: str) -> str:
    """Return two rows as one text: a word cut at the row's end is made whole.

    A hyphen is dropped where the halves make a word that postings and résumés know; where
    they do not, it may be the word's own ("data-driven") and stays.
    """
    is_of_word = before.endswith(_HYPHENS) and before[-2:-1].strip()
    if not is_of_word or not after[:1].isalpha():
        return f"{before} {after}"
    if before.endswith(_SOFT):
        return before[:-1] + after
    first = before[:-1].rsplit(maxsplit=1)[-1].strip(_AROUND).casefold()
    second = after.split(maxsplit=1)[0].strip(_AROUND).casefold()
    if after[0].islower() and before[-2].islower() and _is_word(first, second):
        return before[:-1] + after
    return before + after


def _is_word(first: str, second: str) -> bool:
    """Return whether two halves are one word: its stem, or the first half, is a known word."""
    word = first + second
    if not word.isalpha():
        return False
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING, len(first) + 1)
    known = any(word[:length] in _forms() for length in range(len(word), shortest - 1, -1))
    return known or (second in _ENDINGS and first in _forms())


@cache
def _forms() -> frozenset[str]:
    return frozenset(json.loads(model_bytes("en_tailor/vocab/strings.json")))
