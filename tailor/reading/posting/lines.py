"""Text of a posting -> its lines without markup: what is a heading, an item, set in, set apart.

Postings come as Markdown, as pasted text, or half one and half the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from tailor.reading.lines import Line, LineKind
from tailor.reading.posting.glued import part_line

_GLYPH = re.compile(r"^(?:(?:[-*+•·▪●‣◦➤►○■–—✔✓§o]|\d{1,2}[.)])\s+|[•●▪‣➤►■✔✓](?=\w))(?=\S)")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD_LINE = re.compile(r"^\*\*([^*]+)\*\*\s*:?$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_RULE = re.compile(r"^[\s#*_=~-]+$")
_FRAMED = re.compile(
    r"^(={2,}|\*{3,}|-{3,}|~{2,})\s?([^=*~-].*?)\s?"
    r"(?:(?<!=)={2,}|(?<!\*)\*{3,}|(?<!-)-{3,}|(?<!~)~{2,})$"
)
_EMPHASIS = re.compile(
    r"\*\*|__|`|(?<![\w*])\*(?=\w)|(?<=[\w.,;:!?)])\*(?![\w*])"
    r"|(?<!\w)_(?=\w)|(?<=[\w.,;:!?)])_(?!\w)"
)
_LINK = re.compile(r"!?\[([^\]\[]*)\](?:\([^()\n]*\)|\[[^\]\[]*\])")
_LINK_TARGET = re.compile(r"^\[[^\]\[]+\]:\s+\S+$")
_UNSEEN = re.compile(r"<(style|script)\b[^<]*</\1>|<!--[^<>]*-->", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|sup|sub|small|code)\b[^<>]{0,300}>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|center|hr|img|h[1-6]|ul|ol|li|table|tr|td|th|tbody|section|figure|iframe|video|"
    r"details|summary|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_HEADING_TAG = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
# A line this long may have been cut by an editor's margin and go on in the next one.
_WRAPPED = 55
# The first of a paragraph may be shorter: a label stood before it once.
_WRAPPED_FIRST = 40
_HAS_WORD = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"https?:|www\.")
# No line ends with one of these but by an editor's margin.
_OPEN_ENDS = frozenset(
    "a an the of to in for with and or by on at from as is are that which their our your its "
    "this these than into will must can".split()
)
_LONGEST_HEADING_WORDS = 20


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of a posting by its shape alone.

    `number` is the line of the source, from 1; `indent` counts characters; `glyph` tells
    that a list mark stood before it, `marked` that its markup makes it a heading.
    """

    text: str
    number: int
    indent: int = 0
    glyph: bool = False
    marked: bool = False
    after_blank: bool = False


def lines_of_text(text: str, first_number: int = 1) -> list[RawLine]:
    """Return the lines of `text`; the first one is line `first_number` of the source."""
    lines: list[RawLine] = []
    blank = True
    shown = _UNSEEN.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, raw in enumerate(shown.splitlines(), start=first_number):
        visible = unescape(raw).replace("\xa0", " ").expandtabs(4)
        if not visible.isprintable():
            visible = _INVISIBLE.sub("", visible)
        stripped = visible.strip()
        if lines and not blank and _UNDERLINE.match(stripped) and _may_head(lines[-1]):
            lines[-1] = replace(lines[-1], marked=True)
        if not stripped or _RULE.match(stripped) or _LINK_TARGET.match(stripped):
            blank = True
            continue
        line = _read_line(visible, number, after_blank=blank)
        if line:
            if lines and _continues(lines[-1], line):
                lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {line.text}")
            else:
                lines.append(line)
            blank = False
    return list(_parted(lines))


def lines_of_document(lines: Sequence[Line]) -> list[RawLine]:
    """Return the lines of a document; a short paragraph all in bold is a heading."""
    raw: list[RawLine] = []
    for line in lines:
        shown = " ".join(_INVISIBLE.sub("", line.plain).split())
        if not shown or line.kind is LineKind.META:
            continue
        is_bold = all(run.bold or not _HAS_WORD.search(run.text) for run in line.text.runs)
        marked = line.kind is LineKind.HEADING or (
            line.kind is LineKind.PARAGRAPH
            and is_bold
            and len(shown.split()) <= _LONGEST_HEADING_WORDS
            and shown[-1] not in ".!;,"
        )
        glyph = _GLYPH.match(shown) if not marked else None
        text = shown[glyph.end() :] if glyph else shown
        item = line.kind is LineKind.ITEM or bool(glyph)
        raw.append(RawLine(text, line.number, 0, item, marked, line.gap))
    return list(_parted(raw))


def _read_line(visible: str, number: int, *, after_blank: bool) -> RawLine | None:
    """Read a line that is not empty; None if nothing but markup is in it."""
    stripped = visible.strip()
    is_tagged = False
    # Most lines have no markup, and to ask for its first character is quicker than to search.
    if "<" in visible:
        is_tagged = bool(_HEADING_TAG.search(visible))
        stripped = _BLOCK_TAG.sub(" ", _INLINE_TAG.sub("", visible)).strip()
    framed = _FRAMED.match(stripped)
    stripped = framed[2] if framed else stripped
    if "[" in stripped:
        stripped = _LINK.sub(r"\1", stripped)
    has_sign = bool(_MARKDOWN_HEADING.match(stripped))
    stripped = _MARKDOWN_HEADING.sub("", stripped)
    bold = _BOLD_LINE.match(stripped)
    marked = bool(bold or framed or has_sign or is_tagged)
    content = bold[1] if bold else stripped
    glyph = _GLYPH.match(content) if not marked else None
    content = content[glyph.end() :] if glyph else content
    if "*" in content or "_" in content or "`" in content:
        content = _EMPHASIS.sub("", content)
    content = " ".join(content.split())
    if not content:
        return None
    indent = len(visible) - len(visible.lstrip())
    return RawLine(content, number, indent, bool(glyph), marked, after_blank)


def _may_head(line: RawLine) -> bool:
    return not line.glyph and len(line.text.split()) <= _LONGEST_HEADING_WORDS // 2


def _continues(before: RawLine, line: RawLine) -> bool:
    """Tell whether `line` is the rest of the sentence that the line before began."""
    if line.after_blank or line.glyph or line.marked or before.marked:
        return False
    if before.text[-1] in ".!?:;" or not line.text[0].islower() or _ADDRESS.match(line.text):
        return False
    is_first = before.text[0].isupper() and len(line.text) >= _WRAPPED
    return (
        len(before.text) >= (_WRAPPED_FIRST if is_first else _WRAPPED)
        or before.text.split()[-1].lower() in _OPEN_ENDS
    )


def _parted(lines: Iterable[RawLine]) -> Iterator[RawLine]:
    """Yield the lines, those in which several were glued together as several of one number."""
    for line in lines:
        pieces = part_line(line.text) if not line.marked else ()
        if len(pieces) < 2:
            yield line
            continue
        for index, piece in enumerate(pieces):
            is_item = piece.kind == "item" or (line.glyph and piece.kind == "text")
            yield RawLine(
                piece.text,
                line.number,
                line.indent,
                is_item,
                piece.kind == "heading",
                line.after_blank and index == 0,
            )
