"""Plain text of a posting, as people paste it -> `Posting`.

Nothing here knows what a posting asks for; it finds lines, list items and
headings by their shape, and the title, company and place by how postings
usually name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from tailor.posting import Posting, PostingLine
from tailor.reading.posting_names import find_company, find_place, find_title

_GLYPH = re.compile(r"^(?:[-*•·▪●‣◦➤►○■–—✔✓o]|\d{1,2}[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD_LINE = re.compile(r"^\*\*([^*]+)\*\*:?$")
_EMPHASIS = re.compile(r"\*\*|__")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_LONGEST_HEADING = 10
_ITEM_INDENT = 3


@dataclass(frozen=True, slots=True)
class _RawLine:
    text: str
    number: int
    indent: int
    glyph: bool
    marked: bool  # a heading by its markup
    after_blank: bool


def parse_posting(
    text: str, source: str = "posting", title: str = "", company: str = ""
) -> Posting:
    """Parse the text of a posting.

    `title` and `company` are taken as given where they are known from elsewhere,
    otherwise looked for in the text; "" where it does not say.
    """
    raw = _raw_lines(text)
    lines: list[PostingLine] = []
    heading = ""
    for index, line in enumerate(raw):
        is_heading = _is_heading(raw, index)
        is_item = not is_heading and _is_item(raw, index)
        if is_heading:
            heading = line.text.rstrip(" :")
        lines.append(PostingLine(line.text, line.number, heading, is_heading, is_item))
    found = tuple(lines)
    name = company or find_company(found)
    return Posting(found, title or find_title(found), name, find_place(found, name), source)


def _raw_lines(text: str) -> list[_RawLine]:
    lines: list[_RawLine] = []
    blank = True
    for number, raw in enumerate(text.splitlines(), start=1):
        shown = _INVISIBLE.sub("", unescape(raw).replace("\xa0", " ").expandtabs(4))
        shown = _LINK.sub(r"\1", shown)
        stripped = shown.strip()
        if not stripped:
            blank = True
            continue
        bold = _BOLD_LINE.match(stripped)
        marked = bool(bold or _MARKDOWN_HEADING.match(stripped))
        content = bold.group(1) if bold else _MARKDOWN_HEADING.sub("", stripped)
        glyph = _GLYPH.match(content) if not marked else None
        content = _EMPHASIS.sub("", content[glyph.end() :] if glyph else content)
        content = " ".join(content.split())
        if content:
            indent = len(shown) - len(shown.lstrip())
            lines.append(_RawLine(content, number, indent, bool(glyph), marked, blank))
            blank = False
    return lines


def _is_item(raw: list[_RawLine], index: int) -> bool:
    """Tell a list item: by its glyph, or as one of several indented lines in a row."""
    line = raw[index]
    if line.glyph:
        return True
    if line.indent < _ITEM_INDENT:
        return False
    near = raw[max(index - 1, 0) : index] + raw[index + 1 : index + 2]
    return any(other.indent >= _ITEM_INDENT for other in near)


def _is_heading(raw: list[_RawLine], index: int) -> bool:
    """Tell a heading by its shape: short, no sentence, and something below it."""
    line = raw[index]
    if index + 1 >= len(raw) or line.glyph:
        return False
    words = line.text.split()
    if line.marked and len(words) <= 2 * _LONGEST_HEADING:
        return True
    if len(words) > _LONGEST_HEADING or line.text[-1] in ".,;!":
        return False
    after = raw[index + 1]
    list_follows = after.glyph or after.indent >= line.indent + 2
    if line.text.endswith((":", "?", "…", "...")):
        return line.after_blank or list_follows
    if line.indent >= _ITEM_INDENT and not list_follows:
        return False
    if list_follows and not _same_run(raw, index):
        return True
    return line.after_blank and after.after_blank and _titled(words)


def _same_run(raw: list[_RawLine], index: int) -> bool:
    """Tell whether the line before stands as deep, directly above: then it is one of a list."""
    if index == 0 or raw[index].after_blank:
        return False
    before = raw[index - 1]
    return before.indent == raw[index].indent and not before.glyph


def _titled(words: list[str]) -> bool:
    if words[0][:1].islower():
        return False
    capital = sum(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return capital * 2 >= len(words) or len(words) <= 6
