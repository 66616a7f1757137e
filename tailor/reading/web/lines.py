"""The elements of a page to lines: what a browser would put on lines of their own.

The walk is a loop, not a recursion, so pages may nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lxml import etree

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, Look, main_size, starts_with_glyph
from tailor.reading.posting.columns import is_head
from tailor.reading.rows import Cell, pair_lines, row_lines
from tailor.reading.web.page import (
    Element,
    check_text,
    css_of,
    is_unseen_or_menu,
    line_of,
    parse_page,
)
from tailor.values.cv import RichText, Run

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Blocks with space above and below, and those without.
_SPACED = frozenset(
    """
    p ul ol dl menu blockquote figure pre hr table section article fieldset details main center
    """.split()
)
_PLAIN = frozenset(
    """
    address aside body caption dd dir div dt figcaption footer form header hgroup html li legend
    nav search summary tbody td tfoot th thead tr
    """.split()
)
_BLOCKS = _SPACED | _PLAIN | HEADINGS.keys()
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_ROW_OF = {"td": "tr", "th": "tr", "dt": "dl", "dd": "dl"}
# Elements that stand beside each other by their style alone, without a space between them.
_BESIDE = frozenset({"span", "a", "button", "label", "time", "small"})
_BLOCK_DISPLAYS = ("block", "flex", "grid", "list-item", "table")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\S[ \t\r]*\n[ \t\r]*\n\s*\S")
_SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:)", re.IGNORECASE)
_WRAPPED = 60  # characters of a typed line that its margin may have ended

_STYLES: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "pre": {"preserved": True},
}
_BOLD_CLASS = re.compile(
    r"(?:^|\s)(?:(?:font|fw)[-_])?(?:semi-?)?(?:bold|strong)(?:\s|$)", re.IGNORECASE
)
# Browsers' sizes of headings over that of the text around them, and indents of lists in points.
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "big": 1.2}
_INDENTS = dict.fromkeys((*_LISTS, "blockquote", "dd"), 30.0)
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*(pt|px|em|rem|%|in|cm|mm)")
_POINTS = {"pt": 1.0, "px": 0.75, "rem": 12.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_BODY = 12.0  # points, the usual size


def read_html(content: Content) -> tuple[Line, ...]:
    """Return the lines of a CV's page: all but menus (`nav`), scripts and what is hidden.

    Raises CvError if the page has no text without scripts or frames, or is too large or
    too deep to be read.
    """
    root = parse_page(content)
    lines = page_lines(root, content, is_unseen_or_menu)
    check_text(lines, root, content)
    return tuple(lines)


def page_lines(root: Element, content: Content, skip: Callable[[Element], bool]) -> list[Line]:
    """Return the lines of the element `root` of the page `content`.

    `skip` returns whether an element is left out. In postings underlined text counts as
    bold, and short labels in tables get a colon. Raises CvError or PostingError if there
    are too many lines or too much text.
    """
    walk = _Walk(content)
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: Element | None = None
    for event, element in walker:
        if event == "start" and skip(element):
            skipped = element
            walker.skip_subtree()
        elif event == "start":
            walk.start(element)
        else:
            if element is not skipped:
                walk.end(element)
            if element is not root and element.tail:
                walk.text(element.tail, element)
    walk.end_line()
    lines = walk.lines
    body = main_size(((line.look.size, len(line.plain)) for line in lines), _BODY)
    return [replace(line, look=replace(line.look, size=line.look.size / body)) for line in lines]


@dataclass(frozen=True, slots=True)
class _Style:
    """How text looks, with size and indent in points, and whether its line ends are kept."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    preserved: bool = False
    caps: bool = False
    size: float = _BODY
    indent: float = 0.0


def _style_of(element: Element, around: _Style, *, is_posting: bool) -> _Style:
    """Return the style inside `element`, given the one `around` it."""
    tag = element.tag
    changes = dict(_STYLES.get(tag, {}))
    if tag in _SIZES:
        changes["size"] = around.size * _SIZES[tag]
    if tag in _INDENTS:
        changes["indent"] = around.indent + _INDENTS[tag]
    if (tag == "u" and is_posting) or _BOLD_CLASS.search(element.get("class") or ""):
        changes["bold"] = True
    if tag == "a" and element.get("href"):
        changes["link"] = element.get("href", "").strip()
    if element.get("style"):
        changes.update(_style_of_css(css_of(element), around))
    return replace(around, **changes) if changes else around


def _style_of_css(css: Mapping[str, str], around: _Style) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    weight = css.get("font-weight", "").strip()
    if weight:
        changes["bold"] = int(weight) >= 600 if weight.isdecimal() else weight.startswith("bold")
    if "font-style" in css:
        changes["italic"] = css["font-style"].startswith(("italic", "oblique"))
    if css.get("white-space", "").startswith(("pre", "break-spaces")):
        changes["preserved"] = True
    if css.get("text-transform", "").startswith("uppercase"):
        changes["caps"] = True
    size = _points(css.get("font-size", ""), around.size)
    if 1 < size < 200:
        changes["size"] = size
    indents = (_points(css.get(f"{kind}-left", ""), around.size) for kind in ("margin", "padding"))
    if indent := sum(indents):
        changes["indent"] = around.indent + indent
    return changes


def _points(length: str, size: float) -> float:
    """Return a length of CSS in points, where letters have the given size; 0.0 if it is none."""
    match = _LENGTH.match(length)
    if not match:
        return 0.0
    units = _POINTS | {"em": size, "%": size / 100}
    return float(match[1]) * units[match[2]]


@dataclass(slots=True)
class _Open:
    """An open element: its style, what lines inside are, and for rows and cells what they hold.

    `cells` are those of a row or a definition list so far; `before` are the lines that came
    before a cell, which puts its own aside; `place` is the cell's in `Look.cell`.
    """

    tag: str
    style: _Style
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    is_block: bool = True
    cells: list[Cell[Line]] = field(default_factory=list)
    before: list[Line] | None = None
    place: tuple[int, int, int] | None = None


class _Walk:
    """Takes the starts, texts and ends of elements, and makes lines of them."""

    def __init__(self, content: Content) -> None:
        self.lines: list[Line] = []
        self._content = content
        self._is_posting = content.what == "posting"
        self._count = 0
        self._characters = 0
        self._runs: list[Run] = []
        self._sizes: list[tuple[float, int]] = []  # of the line's letters, with their number
        self._number = 0
        self._gap = False
        self._in_link = False  # the link that began last has text
        self._beside = False  # an element ended directly before, without a space
        self._open = [_Open("body", _Style())]
        self._rows: list[_Open] = []
        self._tables: list[list[int]] = []  # number and count of rows of each open table
        self._table_count = 0
        self._parted: set[int] = set()  # tables of a posting whose columns are kinds of wishes

    def start(self, element: Element) -> None:
        """Begin an element, with the text before its first child."""
        tag = str(element.tag)
        around = self._open[-1]
        style = _style_of(element, around.style, is_posting=self._is_posting)
        is_block = _is_block(element)
        if is_block:
            self.end_line()
        self._open.append(
            _Open(tag, style, around.kind, around.level, is_block, place=around.place)
        )
        if tag == "br":
            self._break(element)
        elif is_block:
            self._start_block(element, self._open[-1], around)
        elif tag not in _BESIDE and "-" not in tag:
            self._beside = False
        if tag == "a":
            self._in_link = False
        if element.text:
            self.text(element.text, element)

    def end(self, element: Element) -> None:
        """End an element."""
        tag = str(element.tag)
        if tag == "a" and not (self._in_link or self._is_posting):
            self._bare_link(element)
        if self._open[-1].is_block:
            self.end_line()
            self._end_block(self._open.pop())
        else:
            self._open.pop()
            self._beside = tag in _BESIDE or "-" in tag

    def text(self, text: str, near: Element) -> None:
        """Add characters; `near` is the element they stand in or after."""
        if self._open[-1].style.preserved or _EMPTY_LINE.search(text):
            self._add_typed(text, near)
        else:
            lead = text[: len(text) - len(text.lstrip())].count("\n") if "\n" in text else 0
            # An empty line of the source between two blocks was meant as one.
            self._gap = self._gap or (lead > 1 and not self._runs)
            self._add(_SPACE.sub(" ", text), line_of(near) + lead, self._open[-1].style)

    def end_line(self) -> None:
        """End the current line, if anything stands on it."""
        self._beside = False
        if not self._runs:
            return
        text = RichText.of(self._runs).strip()
        self._runs.clear()
        plain = text.plain
        if not any(character.isalnum() for character in plain):
            self._gap = self._gap or len(plain) > 2  # a rule, drawn with characters
            return
        block = self._open[-1]
        kind, level = block.kind, block.level
        if kind is LineKind.PARAGRAPH and starts_with_glyph(plain):
            kind, level = LineKind.ITEM, 1
        style, is_item = block.style, kind is LineKind.ITEM
        size, space = main_size(self._sizes), float(self._gap)
        look = Look(size, style.indent, space, is_item, style.caps, block.place)
        self.lines.append(Line(kind, level, text, self._number, self._gap, look))
        self._gap = False
        self._count += 1
        self._characters += len(plain)
        self._content.check_amount(self._count, self._characters)

    def _add(self, text: str, number: int, style: _Style) -> None:
        if not any(run.text.strip() for run in self._runs):
            text = text.lstrip(" ")
            self._runs.clear()
            self._sizes.clear()
            self._number = number
        elif self._runs[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            return
        if self._beside and self._runs and _would_glue(self._runs[-1].text, text):
            self._runs.append(Run("\t"))
        self._beside = False
        self._in_link = True
        self._runs.append(Run(text, style.bold, style.italic, style.link))
        self._sizes.append((style.size, len(text)))

    def _add_typed(self, text: str, near: Element) -> None:
        """Add text whose line ends count: all of `pre`, others unless a margin made them."""
        style = self._open[-1].style
        parts = text.expandtabs(8).split("\n")
        for index, part in enumerate(parts):
            if index and (style.preserved or not _goes_on(self._shown(), part.strip())):
                self.end_line()
            if part.strip():
                typed = part if style.preserved else _SPACE.sub(" ", f" {part}" if index else part)
                self._add(typed, line_of(near) + index, style)
            else:
                self._gap = self._gap or 0 < index < len(parts) - 1

    def _shown(self) -> str:
        return "".join(run.text for run in self._runs).strip()

    def _break(self, element: Element) -> None:
        """End a line; a second break in a row leaves an empty one."""
        if self._runs and self._shown():
            self.end_line()
        else:
            before = element.getprevious()
            self._gap = self._gap or (before is not None and before.tag == "br")

    def _bare_link(self, element: Element) -> None:
        """Add the address of a link that shows only an icon: often a contact in a CV."""
        link = self._open[-1].style.link or ""
        address = _SCHEME.sub("", link)
        if address != link and address and element.find(".//img") is None:
            number, style = line_of(element), self._open[-1].style
            self._add(" ", number, _Style())
            self._add(address.rstrip("/"), number, style)
            self._add(" ", number, _Style())

    def _start_block(self, element: Element, block: _Open, around: _Open) -> None:
        self._gap = self._gap or _is_set_apart(block.tag, around)
        if block.tag in HEADINGS:
            block.kind, block.level = LineKind.HEADING, HEADINGS[block.tag]
        elif block.tag == "li" and _holds_entry(element):
            block.kind, block.level = LineKind.PARAGRAPH, 0
        elif block.tag == "li":
            depth = around.level if around.kind is LineKind.ITEM else 0
            block.kind, block.level = LineKind.ITEM, depth + 1
        elif block.tag == "table":
            self._tables.append([self._table_count, 0])
            self._table_count += 1
        elif block.tag in {"tr", "dl"}:
            self._rows.append(block)
        elif self._rows and _ROW_OF.get(block.tag) == self._rows[-1].tag:
            if block.tag in {"td", "th"} and self._tables:
                table, row = self._tables[-1]
                block.place = (table, row, len(self._rows[-1].cells))
            block.before, self.lines = self.lines, []

    def _end_block(self, block: _Open) -> None:
        if block.before is not None:
            self._rows[-1].cells.append(Cell(tuple(self.lines), block.tag in {"th", "dt"}))
            self.lines = block.before
        elif block.tag in {"tr", "dl"}:
            self._rows.pop()
            make = row_lines if block.tag == "tr" else pair_lines
            if block.tag == "tr" and self._tables:
                self._tables[-1][1] += 1
                if is_head([(0, line.plain) for cell in block.cells for line in cell.lines]):
                    self._parted.add(self._tables[-1][0])
            is_parted = bool(self._tables) and self._tables[-1][0] in self._parted
            self.lines += make(block.cells, is_posting=self._is_posting and not is_parted)
        elif block.tag == "table":
            self._tables.pop()
        self._gap = self._gap or _is_set_apart(block.tag, self._open[-1])


def _is_block(element: Element) -> bool:
    if element.tag in _BLOCKS:
        return True
    return element.tag != "br" and css_of(element).get("display", "").startswith(_BLOCK_DISPLAYS)


def _is_set_apart(tag: str, around: _Open) -> bool:
    """Return whether space stands above and below a block; none does within an item."""
    in_item = around.kind is LineKind.ITEM and tag != "hr"
    return tag in HEADINGS or (tag in _SPACED and not in_item)


def _holds_entry(item: Element) -> bool:
    """Return whether an item of a list holds a whole entry: a heading, or blocks and a list."""
    blocks = 0
    lists = False
    for inside in islice(item.iterdescendants(), 60):
        if inside.tag in HEADINGS:
            return True
        lists = lists or inside.tag in _LISTS
        is_block = inside.tag in {"p", "div", "section"} and inside.find("p") is None
        blocks += is_block and not lists
    return lists and blocks > 1


def _would_glue(before: str, after: str) -> bool:
    """Return whether two elements side by side, "Location" and "Berlin", would make one word."""
    left, right = before[-1], after[0]
    if left.isspace() or right.isspace():
        return False
    if right.isupper():
        return left.islower() or left.isdigit() or left in ")]%.:!?"
    return (right.isdigit() and (left.isalpha() or left in ":)")) or left == ":"


def _goes_on(before: str, after: str) -> bool:
    """Return whether a line end within running text was made by a margin."""
    if not before or not after:
        return False
    whole = before[-1] in ".:;!?" or len(before) < _WRAPPED
    return after[:1].islower() or not (whole or starts_with_glyph(after))
