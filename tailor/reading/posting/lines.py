"""The text of a posting to its lines without markup: headings, items, indented or set apart.

Postings come as Markdown, as pasted text, or half one and half the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from html import unescape
from typing import NamedTuple

from tailor.reading.lines import OPEN_ENDS, Line, LineKind, is_cut, margin_of
from tailor.reading.posting.columns import by_columns, cells_of_text
from tailor.values.resources import data_toml

# What stands before an item: a bullet, a number or letter ("1)", "1.1", "(a)", "ii."), a pictograph
# or an arrow. Some pictographs tell what a fact beside them is, and are no marks.
_BULLET = r"(?:[-*+•·▪●‣◦➤►○■□◆◇–—✔✓§o»~†>→➢❖★☆▶▸☐☑∙⁃]\s+|[•●▪‣➤►■✔✓](?=\w))"
_NUMBERED = (
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?:\\?[.)](?:\s+|(?=[A-Z]))|(?<=\.\d)\s+(?=[A-Z])|(?<=\.\d\d)\s+(?=[A-Z]))"
    r"|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+|(?:[a-z]|[ivx]{1,4})[.)]\s+)"
)
_PICTURE = (
    r"(?P<picture>(?:(?![💰🌎🌍🌏📍⏰💼])[\u2190-\u21ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\U0001f1e6-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*){1,3}\s*)"
)
_GLYPH = re.compile(rf"^(?:{_BULLET}|{_NUMBERED}|{_PICTURE})(?=\S)")
_BARE_MARK = re.compile(r"^(?:[-*+•·▪●‣◦➤►○■o]|\(?(?:\d{1,2}|[a-z])\\?[.)])$")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD_LINE = re.compile(r"^\*\*([^*]+)\*\*\s*:?$")
# Answers to answers of a thread, and who wrote one: "> > u/harbour_lights · 2 days ago".
_QUOTED = re.compile(r"^\s{0,8}>\s?(?:>\s?){1,9}")
_AUTHOR = re.compile(r">?\s?u/[\w-]{3,40}(?=\s|$)(?:\s*[·•|-].{0,60})?$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_RULE = re.compile(r"^[\s#*_=~|:-]+$")
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
_NO_LINES = (_RULE, _LINK_TARGET, _AUTHOR)
_UNSEEN = re.compile(
    r"<(style|script)\b[^<]*</\1>|<!--[^<>]*-->|(?s:```mermaid\b.*?```)", re.IGNORECASE
)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|sup|sub|small|code)\b[^<>]{0,300}>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|center|hr|img|h[1-6]|ul|ol|li|table|tr|td|th|tbody|section|figure|iframe|video|"
    r"details|summary|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_ITEM_TAG = re.compile(r"<li\b", re.IGNORECASE)
_HEADING_TAG = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
# A line of this many characters may have been cut by an editor's margin and go on in the next;
# the first of a paragraph may be shorter, since a label may have stood before it.
_WRAPPED = 55
_WRAPPED_FIRST = 40
_HAS_WORD = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"https?:|www\.")
_LONGEST_HEADING_WORDS = 20
_LABEL_WORDS = 3

# Marks of lists in lines that were glued together, and how many of each make a list: a single
# dash or dot separates words as often. A pattern that begins with its mark is found faster, so
# what has to stand before the mark is tested behind it.
_MARKS = (
    (re.compile(r"[•●▪◦‣■➢❖✓]\s*(?=[^\s•●▪◦‣■➢❖✓])"), 2),
    (re.compile(r"[o§·*](?<!\S.)\s+(?=[A-Z])"), 2),
    (re.compile(r"\*(?<=[a-z.:;!)\]]\*)\s*(?=[A-Z])"), 3),
    (re.compile(r"[-–](?<![^\s.:;!)\]a-z].)\s+(?=[A-Z0-9(])"), 3),
)
_NUMBER = re.compile(r"(?<![^\s.:;])(\d{1,2})[.)]\s+(?=[A-Z])")
# "skills.Requirements"; not "Node.Js" or "ASP.Net".
_GLUED_SENTENCE = re.compile(
    r"(?<=[a-z)][.!?:;])(?=[A-Z](?!(?:s|et|o|om)\b)[a-z]|(?!NET\b|JS\b)[A-Z]{2,8}\b,? [A-Za-z])"
)
_GLUED_LABEL = re.compile(
    r"(?<![\w/&'’+-])[A-Z][\w/&'’+-]*"
    r"(?:\s+(?:[A-Z][\w/&'’+-]*|and|of|&|for|to)){0,6}\s?:(?!/)"
)
_LEAST_LENGTH = 250  # characters of a line with headings or sentences that were glued to it
_LEAST_ITEM = 20  # characters, on average: "Leeds • Full-time • Permanent" is no list


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of a posting by its shape alone.

    `number` is the line of the source, from 1; `indent` counts characters; `glyph` is true
    if a list mark stood before it, `marked` if its markup makes it a heading. `depth` is how many
    figures a number before it has ("1.1": 2), `picture` whether its mark was a pictograph. `cells`
    are those of a table's row, each with its column.
    """

    text: str
    number: int
    indent: int = 0
    glyph: bool = False
    marked: bool = False
    after_blank: bool = False
    depth: int = 0
    picture: bool = False
    cells: tuple[tuple[int, str], ...] = ()


class _Kind(IntEnum):
    """What begins at a cut; of two cuts at one place the lower kind counts."""

    ITEM = 0
    HEADING = 1
    TEXT = 2


class _Cut(NamedTuple):
    """A cut of a line: a piece of `kind` begins at `start`, the piece before ends at `end`."""

    start: int
    kind: _Kind
    end: int


def lines_of_text(text: str, first_number: int = 1) -> list[RawLine]:
    """Return the lines of `text`; the first one is line `first_number` of the source."""
    lines: list[RawLine] = []
    blank = True
    mark = False  # stood alone on the line before
    rows = _UNSEEN.sub(lambda match: "\n" * match[0].count("\n"), text).splitlines()
    margin = margin_of(rows)
    for number, raw in enumerate(rows, start=first_number):
        cells = cells_of_text(raw.rstrip())
        visible = unescape(raw).replace("\xa0", " ").expandtabs(4)
        if not visible.isprintable():
            visible = _INVISIBLE.sub("", visible)
        visible = _QUOTED.sub("", visible)
        stripped = visible.strip()
        if lines and not blank and _UNDERLINE.match(stripped) and _may_head(lines[-1]):
            lines[-1] = replace(lines[-1], marked=True)
        if not stripped or any(form.match(stripped) for form in _NO_LINES):
            blank = True
            continue
        if _BARE_MARK.match(stripped):
            mark = True
            continue
        line = _read_line(visible, number, after_blank=blank)
        if line:
            if cells or (mark and not line.marked):
                glyph = line.glyph or (mark and not line.marked)
                line = replace(line, glyph=glyph, cells=cells)
            mark = False
            above = rows[number - first_number - 1] if lines else ""
            if lines and _continues(lines[-1], line, at_margin=is_cut(above, raw, margin)):
                lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {line.text}")
            else:
                lines.append(line)
            blank = False
    return [piece for line in _joined(by_columns(lines)) for piece in _pieces(line)]


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
        text, glyph, depth, picture = _without_mark(shown, marked=marked)
        item = line.kind is LineKind.ITEM or glyph
        cells = cells_of_text(line.plain.strip())
        if line.look.cell:
            column = line.look.cell[2]
            cells = tuple(enumerate(map(str.strip, line.plain.split("\t")), start=column))
        raw.append(RawLine(text, line.number, 0, item, marked, line.gap, depth, picture, cells))
    return [piece for line in by_columns(raw) for piece in _pieces(line)]


def _read_line(visible: str, number: int, *, after_blank: bool) -> RawLine | None:
    """Return a line that is not empty, None if it holds nothing but markup."""
    stripped = visible.strip()
    is_tagged = is_listed = False
    # Most lines have no markup; looking for its first character is quicker than a search.
    if "<" in visible:
        is_tagged = bool(_HEADING_TAG.search(visible))
        is_listed = bool(_ITEM_TAG.search(visible))
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
    content, glyph, depth, picture = _without_mark(content, marked=marked)
    if "*" in content or "_" in content or "`" in content:
        content = _EMPHASIS.sub("", content)
    content = " ".join(content.split())
    if not content:
        return None
    indent = len(visible) - len(visible.lstrip())
    glyph = glyph or (is_listed and not marked)
    return RawLine(content, number, indent, glyph, marked, after_blank, depth, picture)


def _without_mark(text: str, *, marked: bool) -> tuple[str, bool, int, bool]:
    """Return a line without its mark, whether it has one, of which depth, and if it is a picture.

    A heading by its markup keeps its number and loses a pictograph only.
    """
    found = _GLYPH.match(text)
    if not found or (marked and not found["picture"]):
        return text, False, 0, False
    depth = (found["number"] or "").count(".") + 1 if found["number"] else 0
    return text[found.end() :], not marked, depth, bool(found["picture"])


def _joined(lines: Sequence[RawLine]) -> list[RawLine]:
    """Join a single line that is set below an item, further in, with it: "Experience", "5+ years".

    Several such lines are a list of their own.
    """
    joined: list[RawLine] = []
    for index, line in enumerate(lines):
        if joined and index and _is_below(lines[index - 1], line):
            after = lines[index + 1] if index + 1 < len(lines) else None
            if after is None or not _is_below(line, after, same=True):
                before = joined[-1]
                is_label = before.text[-1].isalnum() and len(before.text.split()) <= _LABEL_WORDS
                joined[-1] = replace(
                    before, text=f"{before.text}{':' if is_label else ''} {line.text}"
                )
                continue
        joined.append(line)
    return joined


def _is_below(item: RawLine, line: RawLine, *, same: bool = False) -> bool:
    if line.glyph or line.marked or line.after_blank:
        return False
    return line.indent == item.indent if same else item.glyph and line.indent > item.indent


def _may_head(line: RawLine) -> bool:
    return not line.glyph and len(line.text.split()) <= _LONGEST_HEADING_WORDS // 2


def _continues(before: RawLine, line: RawLine, *, at_margin: bool) -> bool:
    """Return whether `line` is the rest of a sentence that the line before began."""
    if line.after_blank or line.glyph or line.marked or before.marked:
        return False
    if at_margin:
        return True
    if before.text[-1] in ".!?:;" or not line.text[0].islower() or _ADDRESS.match(line.text):
        return False
    is_first = before.text[0].isupper() and len(line.text) >= _WRAPPED
    return (
        len(before.text) >= (_WRAPPED_FIRST if is_first else _WRAPPED)
        or before.text.split()[-1].lower() in OPEN_ENDS
    )


def _pieces(line: RawLine) -> Iterator[RawLine]:
    """Yield the lines that were glued together in `line`: one, if nothing was.

    Job boards lose line ends: "…skills.Requirements:• SQL• Python". Such a line is cut where
    an item, a heading or a sentence begins.
    """
    cuts = [] if line.marked else sorted(_cuts(line.text, is_item=line.glyph))
    start, kind = 0, _Kind.TEXT
    pieces: list[tuple[str, _Kind]] = []
    for cut in [*cuts, _Cut(len(line.text), _Kind.ITEM, len(line.text))]:
        if cut.end < start or (cut.start == start and cut.kind is _Kind.TEXT):
            continue
        if text := line.text[start : cut.end].strip():
            pieces.append((text, kind))
        start, kind = cut.start, cut.kind
    if len(pieces) < 2:
        yield line
        return
    for index, (text, kind) in enumerate(pieces):
        is_item = kind is _Kind.ITEM or (line.glyph and kind is _Kind.TEXT)
        after_blank = line.after_blank and index == 0
        is_heading = kind is _Kind.HEADING
        yield RawLine(text, line.number, line.indent, is_item, is_heading, after_blank)


def _cuts(text: str, *, is_item: bool) -> Iterator[_Cut]:
    if not is_item:
        yield from _label_cuts(text)
    for pattern, least in _MARKS:
        cuts = [_Cut(match.end(), _Kind.ITEM, match.start()) for match in pattern.finditer(text)]
        if len(cuts) >= least and len(text) - cuts[0].end >= _LEAST_ITEM * len(cuts):
            yield from cuts
    yield from _number_cuts(text)
    if len(text) >= _LEAST_LENGTH:
        for pattern in (_glued_words(), _GLUED_SENTENCE):
            yield from (_Cut(m.end(), _Kind.TEXT, m.end()) for m in pattern.finditer(text))
        yield from _heading_cuts(text)


def _label_cuts(text: str) -> Iterator[_Cut]:
    """Cut at "Requirements: Go and SQL. Nice to have: R", whose labels are headings."""
    if ":" not in text[:-1]:
        return
    for match in _labels().finditer(text):
        if text[match.end() :].strip():
            yield _Cut(match.start("label"), _Kind.HEADING, match.start("label"))
            yield _Cut(match.end(), _Kind.TEXT, match.end())


def _number_cuts(text: str) -> list[_Cut]:
    """Cut at "1. … 2. … 3. …", where the numbers go up by one; the 1 may be cut off already."""
    cuts: list[_Cut] = []
    last = 0
    for match in _NUMBER.finditer(text):
        if int(match[1]) == (last + 1 if cuts else 1) or (not cuts and match[1] == "2"):
            last = int(match[1])
            cuts.append(_Cut(match.end(), _Kind.ITEM, match.start()))
    return cuts if len(cuts) >= 2 else []


def _heading_cuts(text: str) -> Iterator[_Cut]:
    """Cut before and after the words of a heading ("Required Skills:"), before "Location:"."""
    for match in _GLUED_LABEL.finditer(text):
        words = [
            (word[0].lower(), match.start() + word.start())
            for word in re.finditer(r"[\w'’]+", match[0])
        ]
        headings = _words("headings")
        if any(word in headings for word, _ in words):
            start = next(at for word, at in words if word in headings | _words("openers"))
            yield _Cut(start, _Kind.HEADING, start)
            yield _Cut(match.end(), _Kind.TEXT, match.end())
        else:
            facts = [at for word, at in words if word in _words("facts")]
            yield from (_Cut(at, _Kind.TEXT, at) for at in facts[:1])


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(data_toml("posting_cues.toml")["glued"][table])


@cache
def _labels() -> re.Pattern[str]:
    """Return a pattern for a label at the beginning of a sentence that is a heading on one line."""
    names = "|".join(map(re.escape, sorted(_words("labels"), key=len, reverse=True)))
    return re.compile(rf"(?:^|(?<=[.;!?)]\s))(?P<label>(?:{names})\s?:)\s+(?=\S)", re.IGNORECASE)


@cache
def _glued_words() -> re.Pattern[str]:
    """Return a pattern for the end of a lower-case word that a usual heading or item follows."""
    starts = data_toml("posting_cues.toml")["glued"]["starts"]
    return re.compile(r"(?<=[a-z)])(?=(?:" + "|".join(map(re.escape, starts)) + r")\b)")
