"""The elements of a page -> lines: what a browser would put on lines of their own.

The walk is a loop, not a recursion, so pages may nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lxml import etree

from tailor.reading.amounts import check_amount
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, starts_with_glyph
from tailor.reading.web.rows import Cell, pair_lines, row_lines
from tailor.reading.web.tree import Element, line_of, shown
from tailor.reading.web.visible import Style, is_unseen, style_of
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
    address aside body caption dd div dt figcaption footer form header hgroup html li legend nav
    search summary tbody td tfoot th thead tr
    """.split()
)
BLOCKS = _SPACED | _PLAIN | HEADINGS.keys()
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
# Elements that stand beside each other by their style alone, without a space between them.
_BESIDE = frozenset({"span", "a", "button", "label", "time", "small"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\S[ \t\r]*\n[ \t\r]*\n[\s]*\S")
_MORE_IN_ITEM = ("p", "div", "section")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_HEADING_END = re.compile(r"[.,;!]$")
_MOST_WORDS_OF_HEADING = 12
_BOLD_LEVEL = 6
_WRAPPED = 60


def page_lines(
    elements: Iterable[Element], content: Content, skip: Callable[[Element], bool] = is_unseen
) -> list[Line]:
    """Return the lines of `elements` of the page `content`, which stand one below the other.

    `skip` tells the elements to leave out. In postings buttons are left out too, a short
    line all in bold is a heading, and short labels in tables get a colon. Raises CvError
    or PostingError if there are too many lines or too much text.
    """
    walk = _Walk(content)
    for element in elements:
        _feed(walk, element, skip)
    return walk.lines


def _feed(walk: _Walk, root: Element, skip: Callable[[Element], bool]) -> None:
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: Element | None = None
    for event, element in walker:
        if event == "start":
            if skip(element) or walk.leaves_out(element):
                skipped = element
                walker.skip_subtree()
                continue
            walk.start(element)
        else:
            if element is skipped:
                skipped = None
            else:
                walk.end(element)
            if element is not root and element.tail:
                walk.text(element.tail, element)
    walk.end_line()


@dataclass(frozen=True, slots=True)
class _Block:
    """An open block and what the lines inside are."""

    tag: str
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0


class _Walk:
    """Takes the starts, texts and ends of elements, and makes lines of them."""

    def __init__(self, content: Content) -> None:
        self.lines: list[Line] = []
        self._content = content
        self._is_posting = content.what == "posting"
        self._count = 0
        self._characters = 0
        self._runs: list[Run] = []
        self._number = 0
        self._gap = False
        self._in_link = False  # the link that began last has text
        self._beside = False  # an element ended directly before, without a space
        self._blocks = [_Block("body")]
        self._styles = [Style()]
        self._depth = 0  # open lists, but for those whose items hold whole entries
        # Open cells put their lines aside; rows and definition lists gather cells.
        self._outer: list[list[Line]] = []
        self._rows: list[tuple[str, list[Cell]]] = []

    def leaves_out(self, element: Element) -> bool:
        """Tell a button that opens no part of the page; a posting's say "Apply now"."""
        if not self._is_posting:
            return False
        is_button = element.tag == "button" or element.get("role") == "button"
        opens = element.get("aria-expanded") is not None or element.get("aria-controls") is not None
        return is_button and not opens and self._blocks[-1].kind is not LineKind.HEADING

    def start(self, element: Element) -> None:
        """Begin an element, with the text before its first child."""
        tag = str(element.tag)
        self._styles.append(style_of(element, self._styles[-1], underline_counts=self._is_posting))
        if tag == "br":
            self._break(element)
        elif _is_block(element):
            self._open(element, tag)
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
        self._styles.pop()
        if _is_block(element):
            self._close(tag)
        else:
            self._beside = tag in _BESIDE or "-" in tag

    def text(self, text: str, near: Element) -> None:
        """Add characters; `near` is the element they stand in or after."""
        style = self._styles[-1]
        text = shown(text)
        if style.preserved or _EMPTY_LINE.search(text):
            self._add_typed(text, near, style)
        else:
            lead = text[: len(text) - len(text.lstrip())].count("\n") if "\n" in text else 0
            # An empty line of the source between two blocks was meant as one.
            self._gap = self._gap or (lead > 1 and not self._runs)
            self._add(_SPACE.sub(" ", text), line_of(near) + lead, style)

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
        block = self._blocks[-1]
        kind, level = block.kind, block.level
        if kind is LineKind.PARAGRAPH and starts_with_glyph(plain):
            kind, level = LineKind.ITEM, 1
        elif kind is LineKind.PARAGRAPH and self._is_posting and _is_bold_heading(text):
            kind, level = LineKind.HEADING, _BOLD_LEVEL
        self.lines.append(Line(kind, level, text, self._number, self._gap))
        self._gap = False
        self._count += 1
        self._characters += len(plain)
        check_amount(self._content, self._count, self._characters)

    def _add(self, text: str, number: int, style: Style) -> None:
        if not any(run.text.strip() for run in self._runs):
            text = text.lstrip(" ")
            self._runs.clear()
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

    def _add_typed(self, text: str, near: Element, style: Style) -> None:
        """Add text whose line ends count: all of `pre`, others unless the margin made them."""
        first = line_of(near)
        parts = text.expandtabs(8).split("\n")
        for index, part in enumerate(parts):
            if index and (style.preserved or not _goes_on(self._shown(), part.strip())):
                self.end_line()
            if not part.strip():
                self._gap = self._gap or 0 < index < len(parts) - 1
                continue
            typed = part if style.preserved else _SPACE.sub(" ", f" {part}" if index else part)
            self._add(typed, first + index, style)

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
        """Give the address of a link that a mere icon stands for, as for a CV's contacts."""
        link = self._styles[-1].link or ""
        address = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", link, flags=re.IGNORECASE)
        if address != link and address and element.find(".//img") is None:
            number = line_of(element)
            self._add(" ", number, Style())
            self._add(address.rstrip("/"), number, self._styles[-1])
            self._add(" ", number, Style())

    def _open(self, element: Element, tag: str) -> None:
        self.end_line()
        self._gap = self._gap or tag in HEADINGS or (tag in _SPACED and not self._in_item(tag))
        around = self._blocks[-1]
        block = _Block(tag, around.kind, around.level)
        if tag in HEADINGS:
            block = _Block(tag, LineKind.HEADING, HEADINGS[tag])
        elif tag == "li":
            entry = _holds_entry(element)
            block = _Block(tag) if entry else _Block(tag, LineKind.ITEM, max(self._depth, 1))
        elif tag in _LISTS:
            self._depth += around.kind is LineKind.ITEM or self._depth == 0
        self._blocks.append(block)
        if (tag in {"td", "th"} and self._gathers("tr")) or (
            tag in {"dt", "dd"} and self._gathers("dl")
        ):
            self._outer.append(self.lines)
            self.lines = []
        elif tag in {"tr", "dl"}:
            self._rows.append((tag, []))

    def _close(self, tag: str) -> None:
        self.end_line()
        self._blocks.pop()
        around = self._blocks[-1]
        if tag in _LISTS:
            self._depth -= around.kind is LineKind.ITEM or self._depth == 1
        elif (tag in {"td", "th"} and self._gathers("tr")) or (
            tag in {"dt", "dd"} and self._gathers("dl")
        ):
            self._rows[-1][1].append(Cell(tuple(self.lines), tag in {"th", "dt"}))
            self.lines = self._outer.pop()
        elif tag in {"tr", "dl"}:
            _, cells = self._rows.pop()
            make = row_lines if tag == "tr" else pair_lines
            self.lines += make(cells, is_posting=self._is_posting)
        self._gap = self._gap or tag in HEADINGS or (tag in _SPACED and not self._in_item(tag))

    def _gathers(self, tag: str) -> bool:
        return bool(self._rows) and self._rows[-1][0] == tag

    def _in_item(self, tag: str) -> bool:
        """Tell a list or paragraph within an item, which no space sets apart."""
        return self._blocks[-1].kind is LineKind.ITEM and tag != "hr"


def _is_block(element: Element) -> bool:
    if element.tag in BLOCKS or element.tag in _LISTS:
        return True
    style = element.get("style")
    return bool(style) and element.tag != "br" and bool(_BLOCK_STYLE.search(style or ""))


def _holds_entry(item: Element) -> bool:
    """Tell an item of a list that holds a whole entry: a heading, or blocks and a list."""
    blocks = 0
    lists = False
    for count, inside in enumerate(item.iterdescendants()):
        if count > 60:
            break
        if inside.tag in HEADINGS:
            return True
        lists = lists or inside.tag in _LISTS
        blocks += inside.tag in _MORE_IN_ITEM and inside.find("p") is None and not lists
    return lists and blocks > 1


def _is_bold_heading(text: RichText) -> bool:
    if not all(run.bold or not any(c.isalnum() for c in run.text) for run in text.runs):
        return False
    plain = text.plain
    return len(plain.split()) <= _MOST_WORDS_OF_HEADING and not _HEADING_END.search(plain)


def _would_glue(before: str, after: str) -> bool:
    """Tell whether two elements side by side, "Location" and "Berlin", would make one word."""
    left, right = before[-1], after[0]
    if left.isspace() or right.isspace():
        return False
    if right.isupper():
        return left.islower() or left.isdigit() or left in ")]%.:!?"
    return (right.isdigit() and (left.isalpha() or left in ":)")) or left == ":"


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a line end within running text was made by a margin."""
    if not before or not after:
        return False
    whole = before[-1] in ".:;!?" or len(before) < _WRAPPED
    return after[:1].islower() or not (whole or starts_with_glyph(after))


def with_lines_from(lines: Iterable[Line], first: int) -> list[Line]:
    """Return `lines` of a piece of the source whose first line is line `first` of it."""
    return [replace(line, number=line.number + first - 1) for line in lines]
