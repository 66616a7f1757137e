"""Cut a line: at its separators, never inside brackets, and its period from the rest.

What parts a period from the rest tells whether it is one: a range may stand after a space, a single
date needs a comma or more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from tailor.reading.cv.dates import DASHES, USUAL, DateSpan, find_dates, has_year, read_whole
from tailor.values.cv import Period, RichText

COMMA = re.compile(r"(?:(?<!\s)\s+)?,\s*")
# A colon or dash between spaces that went through a wrong encoding.
_GARBLED = "\\s+(?:ï¼[\u200b\u009a]?|â€[“”])\\s+"
# What parts the cells of a line: bars, double strokes, dots, tabs, wide gaps.
_STROKES = r"\s*[|·•∙⋅¦]\s*|\s+(?:/{2,3}|::|»|›)\s+|\s*\t\s*"
BAR = re.compile(rf"{_STROKES}|\s{{2,}}|{_GARBLED}")
# In the heading of an entry spaced dashes count too, and a gap must be wide.
BAR_OR_DASH = re.compile(rf"{_STROKES}|\s{{3,}}|\s+[–—―−-]\s+|{_GARBLED}")
# What parts the items of a list: also the full stop between two groups of it.
_ITEM_END = re.compile(
    r"\s*[,;|·•∙⋅¦◆▪●■♦◦‣]\s*|\s+(?:/{1,3}|::|»|›)\s+|\s*\t\s*|\s{3,}|\.(?:\s+|$)"
)
_LABEL = re.compile(r"(?P<label>[^:,;.()\d]{1,40}(?:\([^():]{1,30}\))?):\s+(?=\S)")

Span = tuple[int, int]


def spans(text: str, separator: re.Pattern[str]) -> list[Span]:
    """Return the ``(start, end)`` of the non-empty pieces of `text` between separators.

    A separator inside brackets does not separate, unless the brackets are unbalanced.
    """
    inside = in_brackets(text)
    found = []
    start = 0
    for match in separator.finditer(text):
        if not inside[match.start()]:
            found.append((start, match.start()))
            start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trimmed(text, *s) for s in found) if span[0] < span[1]]


def in_brackets(text: str) -> list[bool]:
    """Return which characters stand in brackets, and that the end does not.

    None does where the brackets are not balanced.
    """
    depths = [0]
    if "(" in text or "[" in text:
        depths = list(accumulate((c in "([") - (c in ")]") for c in text))
    balanced = depths[-1] == 0 and min(depths) == 0 < max(depths)
    return [depth > 0 for depth in (*depths, 0)] if balanced else [False] * (len(text) + 1)


def is_balanced(text: str) -> bool:
    """Return whether each bracket of a text has its other half in it, in order."""
    depths = list(accumulate(((c in "([") - (c in ")]") for c in text), initial=0))
    return depths[-1] == 0 == min(depths)


def pieces(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the pieces of `text` between separators outside brackets."""
    return [text[start:end] for start, end in spans(text, separator)]


def rich_pieces(text: RichText, separator: re.Pattern[str]) -> list[RichText]:
    """Return the pieces of `text` between separators outside brackets, with their styles."""
    return [text.slice(start, end) for start, end in spans(text.plain, separator)]


_WIDE = re.compile(r"\t|\s{2,}")


def split_label(text: str) -> tuple[str, str]:
    """Return the label of ``Label: rest`` and the rest; the label is "" where there is none."""
    match = _LABEL.match(text)
    return (match["label"].strip(), text[match.end() :]) if match else ("", text)


def leading_label(text: str) -> str:
    """Return what stands before a colon or a wide gap: "Languages: English", "Tools   Revit"."""
    return split_label(text)[0] or (_WIDE.split(text)[0] if _WIDE.search(text) else "")


def list_items(text: str) -> list[str]:
    """Return the items of a list in one line, without its label and a closing "and"."""
    _, rest = split_label(text)
    items = pieces(rest, _ITEM_END)
    if len(items) > 1:
        items[-1] = re.sub(r"^(?:and|&|und|et|y|e)\s+", "", items[-1])
    return [item.rstrip(".").strip() or item for item in items]


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


# The period at the beginning or end of a text, as it stands beside a title, and what is left.

# What sets a cell apart from the text beside it, besides tabs and wide gaps.
_BARS = "|·•∙¦"
_TRIM = " \t\u00a0|·•∙¦,;:-–—−‐‑‒"


@dataclass(frozen=True, slots=True)
class Found:
    """A period found at one end of a text; ``text[start:end]`` is the rest.

    `is_range` is false for a single date; `own_cell` is true where a bar, tab,
    bracket or the like, and not just a comma or a space, parts it from the rest.
    """

    period: Period
    start: int
    end: int
    is_range: bool
    own_cell: bool


def find_period(text: str) -> tuple[Period, str] | None:
    """Return the period at the beginning or end of `text`, and the rest of the text.

    Separators between the two are trimmed. A single date counts only where a
    comma or a stronger separator parts it from the rest; a range may also stand
    after a space. None where there is no such period.
    """
    found = locate_period(text)
    return (found.period, text[found.start : found.end]) if found else None


def locate_period(text: str) -> Found | None:
    """Return where the period of `find_period` stands, and how it is set apart."""
    if not has_year(text):
        return None
    return _locate_again(text) if len(text) <= USUAL else _locate(text)


def locate_within(text: str, *, single: bool = False) -> DateSpan | None:
    """Return the first range in `text`, or with `single` also a single date, wherever it stands.

    Spaces, commas or brackets have to part it from what stands on both sides.
    """
    for span in find_dates(text):
        before, after = text[: span.start][-1:], text[span.end : span.end + 1]
        parted = (not before or before in " \t\u00a0,(|[") and (
            not after or after in " \t\u00a0,)|]"
        )
        if parted and (single or span.is_range):
            return span
    return None


def _locate(text: str) -> Found | None:
    whole = read_whole(text)
    if whole:
        return Found(whole.period, len(text), len(text), whole.is_range, own_cell=True)
    return _at_start(text) or _at_end(text)


# A line is asked for its dates several times while the lines around it are read.
_locate_again = lru_cache(maxsize=512)(_locate)


def _at_start(text: str) -> Found | None:
    lead = len(text) - len(text.lstrip(_TRIM + "(["))
    # "END START<tab>text": two dates without a dash need a separator after them.
    cell = re.match(r"[^\t|]{1,60}(?=[\t|])|[^\t|:]{1,60}(?=\s{2})", text[lead:])
    whole = read_whole(cell.group()) if cell else None
    if cell and whole:
        return _rest_after(text, lead + cell.end(), whole, own_cell=True)
    first = next((span for span in find_dates(text) if span.start == lead), None)
    if first is None:
        return None
    own_cell = _is_set_apart(text[first.end :], ":)]")
    after = text[first.end : first.end + 1]
    if own_cell or (first.is_range and (after.isspace() or after == ",")):
        return _rest_after(text, first.end, first, own_cell=own_cell)
    return None


def _rest_after(text: str, end: int, span: DateSpan, *, own_cell: bool) -> Found | None:
    start = end + len(text[end:]) - len(text[end:].lstrip(_TRIM + ")]"))
    return Found(span.period, start, len(text.rstrip()), span.is_range, own_cell)


def _at_end(text: str) -> Found | None:
    stripped = text.rstrip(" \t\u00a0.")
    closed = stripped.endswith((")", "]"))
    end = len(stripped) - 1 if closed else len(stripped)
    last = next((span for span in reversed(find_dates(text[:end])) if span.end == end), None)
    if last is None:
        return None
    before = text[: last.start]
    if closed:
        before = before.rstrip()
        if not before.endswith(("(", "[")):
            return None
        before = before[:-1]
    own_cell = closed or _is_set_apart(before[::-1], ":([")
    apart = own_cell or bool(re.search(r",\s*$", before))
    if apart or (last.is_range and before[-1:].isspace()):
        rest = before.rstrip(_TRIM)
        start = len(rest) - len(rest.lstrip(_TRIM))
        return Found(last.period, start, len(rest), last.is_range, own_cell)
    return None


def _is_set_apart(beside: str, ends: str) -> bool:
    """Return whether the cell of a period ends where `beside`, read away from it, begins.

    `ends` are the brackets and colons that end it there.
    """
    rest = beside.lstrip()
    gap = beside[: len(beside) - len(rest)]
    if not rest or rest[0] in _BARS + ends or "\t" in gap or len(gap) > 1:
        return True
    return bool(gap) and rest[0] in DASHES and rest[1:2].isspace()
