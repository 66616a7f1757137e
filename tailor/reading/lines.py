"""Lines: the result of every format's reader, and all that the reader of CVs gets to see.

Also the margin at which an editor or a mail program wrapped the lines of a plain text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from tailor.values.cv import RichText, Run

# Marks that people type in front of a line to make it look like a list item.
# The second set are marks only where white space follows: "-5 %" is a figure.
_GLYPHS = re.compile(
    "^(?:[➤➢➔►▶▸▹•▪▫■□◾◽●○◦‣⁃∙∘·◆◇❖✓✔✦★☆→»…\\uf0b7\\uf0a7\\uf0d8]\\s*|[-–—−*+]\\s+)+"
)
_SPACES = re.compile(r"\s+")
_LEFT_AS_IS = "\u200c\u200d"  # joiners, which some scripts spell with


class LineKind(StrEnum):
    """What kind of line the source marks; META is front matter and other text off the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks on its page, in figures that mean the same for every format.

    - `size`: letter size over the body's size (the one most letters have); 1.0 where the
      format has no sizes.
    - `indent`: points from the left edge of the text to that of the line; 0 if unknown.
    - `space_above`: white space above it, beyond the usual, over the body's size.
    - `bullet`: whether a mark of a list stands before it, typed or by numbering.
    - `caps`: whether it is drawn in capitals, whatever the letters in the file are.
    - `cell`: table, row and column it stands in, each from 0; None outside of tables.
    - `page`: from 1; 0 in formats without pages.
    - `left`, `top`: its place on that page, in points from the page's left and upper edge.

    Bold, italics, links and tabs are in the line's text.
    """

    size: float = 1.0
    indent: float = 0.0
    space_above: float = 0.0
    bullet: bool = False
    caps: bool = False
    cell: tuple[int, int, int] | None = None
    page: int = 0
    left: float = 0.0
    top: float = 0.0


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source.

    `level` is 1 to 6 for headings, the depth (from 1) for list items, else 0;
    `number` is the line of the source, from 1. `gap` tells that an empty line or
    more than the usual space stands above it. The text still has the white
    space and the typed list glyphs of the source, and links of any form.
    """

    kind: LineKind
    level: int
    text: RichText
    number: int
    gap: bool = False
    look: Look = field(default=PLAIN_LOOK, compare=False)

    @property
    def plain(self) -> str:
        """The characters without their styles."""
        return self.text.plain


def line_of(fields: Sequence[Any]) -> Line:
    """Return the line of its fields in lists, as it comes out of the sandbox."""
    kind, level, (runs,), number, gap, look = fields
    text = RichText(tuple(Run(*run) for run in runs))
    seen = Look(*look)
    if seen.cell:
        table, row, column = seen.cell
        seen = replace(seen, cell=(table, row, column))
    return Line(LineKind(kind), level, text, number, gap, seen)


def clean(text: RichText) -> RichText:
    """Return `text` after the typographic clean-up, the only change ever made to a line's words.

    - Typed list glyphs (➤ • ▪ – * - and the like) at the start are dropped.
    - White space of any kind and length (tabs, no-break spaces) becomes one space;
      at both ends it is dropped.
    - Characters that nobody sees are dropped: controls, zero-width spaces, soft
      hyphens, and private-use characters (the icons of icon fonts).
    - Links that lead to no http, https or mailto address lose the address, not the text.
    """
    folded: list[Run] = []
    after_space = True
    for run in text.runs:
        seen = run.text
        if not seen.isprintable():
            seen = "".join(c for c in seen if not _invisible(c))
        piece = _SPACES.sub(" ", seen)
        if after_space:
            piece = piece.removeprefix(" ")
        if piece:
            after_space = piece.endswith(" ")
            folded.append(Run(piece, run.bold, run.italic, web_address(run.link)))
    result = RichText.of(folded).strip()
    glyphs = starts_with_glyph(result.plain)
    return result.slice(glyphs) if glyphs else result


def clean_text(text: str) -> str:
    """Return `text` after the typographic clean-up of `clean`."""
    return clean(RichText.of(text)).plain


def starts_with_glyph(text: str) -> int:
    """Return the length of the typed list glyphs at the start of `text`, 0 without."""
    match = _GLYPHS.match(text)
    return match.end() if match else 0


def main_size(letters: Iterable[tuple[float, int]], otherwise: float = 1.0) -> float:
    """Return the size of most letters, given sizes and how many have each; of several the largest.

    Without letters it is `otherwise`.
    """
    counts: Counter[float] = Counter()
    for size, count in letters:
        counts[size] += count
    return max(counts, key=lambda size: (counts[size], size), default=otherwise)


def bold_start(text: RichText) -> int:
    """Return how many letters at the start of `text` are bold, 0 if all are."""
    offset = 0
    for run in text.runs:
        if run.text.strip() and not run.bold:
            return offset
        offset += len(run.text)
    return 0


def web_address(link: str | None) -> str | None:
    """Return `link` if it is an http, https or mailto address, else None."""
    if link and link.lower().startswith(("http://", "https://", "mailto:")):
        return link
    return None


def _invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Co"}
        and not character.isspace()
        and character not in _LEFT_AS_IS
    )


# The margin at which an editor or a mail program wrapped the lines of a plain text.

_NARROWEST, _WIDEST = 45, 100  # characters
_LEAST_WRAPS = 2
_LEAST_SHARE = 0.8  # of the lines that go on in small letters end at the margin
_MOST_BEYOND = 0.1  # of all lines are longer: an address, a row of a table
_ENDS = frozenset(".!?:;")
_HEADING_WORDS = 4
# Nobody ends a line with one of these; only a margin does.
OPEN_ENDS = frozenset(
    "a an the of to in for with and or by on at from as is are that which their our your its "
    "this these than into will must can der des die du de la le und".split()
)


def margin_of(rows: Sequence[str]) -> int:
    """Return the width in characters at which `rows` were wrapped, 0 if they were not.

    A line that ends with "of the", or goes on in small letters, was surely cut, and it was cut
    where its next word would not have fitted. The margin is the width that explains the most of
    these cuts.
    """
    rows = [row.rstrip() for row in rows]
    cuts = [
        (len(row), _length_with(row, after))
        for row, after in pairwise(rows)
        if len(row) >= _NARROWEST // 2 and after.strip() and _is_open(row, after)
    ]
    if len(cuts) < _LEAST_WRAPS:
        return 0
    explained = {
        width: sum(length <= width < longer for length, longer in cuts)
        for width in range(_NARROWEST, _WIDEST + 1)
    }
    widest = max(explained, key=lambda width: (explained[width], width))
    margin = max((len(row) for row in rows if len(row) <= widest), default=0)
    beyond = sum(len(row) > margin for row in rows)
    filled = sum(bool(row) for row in rows)
    is_wrapped = (
        explained[widest] >= max(_LEAST_WRAPS, _LEAST_SHARE * len(cuts))
        and beyond <= _MOST_BEYOND * filled
    )
    return margin if is_wrapped else 0


def is_cut(row: str, after: str, margin: int) -> bool:
    """Return whether `row` ends at the margin in the middle of a sentence that `after` goes on.

    The next word would not have fitted, whether it has a capital or not. A short label with a
    colon begins something new.
    """
    row = row.rstrip()
    if not margin or not row or row[-1] in _ENDS or not after.strip():
        return False
    is_label = after.rstrip().endswith(":") and len(after.split()) <= _HEADING_WORDS
    return len(row) <= margin < _length_with(row, after) and not is_label


def _is_open(row: str, after: str) -> bool:
    if row.rsplit(maxsplit=1)[-1].lower() in OPEN_ENDS:
        return True
    return after.lstrip()[:1].islower() and row[-1] not in _ENDS


def _length_with(row: str, after: str) -> int:
    """Return how long `row` would be with the first word of `after`."""
    return len(row) + 1 + len(after.split(maxsplit=1)[0])
