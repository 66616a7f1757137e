"""Cut a line at its separators, never inside brackets."""

from __future__ import annotations

import re
from itertools import accumulate

from tailor.values.cv import RichText

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
    depths = _depths(text)
    found = []
    start = 0
    for match in separator.finditer(text):
        if not depths or depths[match.start()] == 0:
            found.append((start, match.start()))
            start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trimmed(text, *s) for s in found) if span[0] < span[1]]


def _depths(text: str) -> list[int]:
    """Return in how many brackets each character stands; none where none is balanced."""
    if "(" not in text and "[" not in text:
        return []
    depths = list(accumulate((c in "([") - (c in ")]") for c in text))
    return [] if depths[-1] != 0 or min(depths) < 0 else depths


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
