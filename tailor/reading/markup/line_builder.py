"""Text, styles and blocks, as Markdown and HTML give them one by one, to lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText, Run

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form "
    "header hr html main nav ol p pre section summary table tbody tfoot thead title tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = frozenset({"script", "style", "head"})
_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_OTHERS = frozenset(
    "a abbr big br cite code col colgroup del dfn figcaption font img input ins kbd label li link "
    "mark meta picture q s samp small source span strike sub sup svg td th time tt u wbr".split()
)
# Other tags are text that looks like a tag.
KNOWN_TAGS = _BLOCKS | _OTHERS | _HIDDEN | _HEADINGS.keys() | _STYLES.keys()
_SHORTEST_WRAPPED = 50  # characters
# Lines of a table, and rules, drawn with characters.
_RULE = re.compile(r"[-=_*|:+~\s]+")
_DRAWN = re.compile(r"\s*[-=_*~]{3}[-=_*~\s]*")  # a rule above a line parts it from what is above


class LineBuilder:
    """Takes text, styles and blocks as they come, and makes lines of them."""

    def __init__(self, source: Sequence[str]) -> None:
        self.number = 1
        self._source = source
        self._lines: list[Line] = []
        self._runs: list[Run] = []
        self._start = 1
        self._styles: list[str] = []
        self._links: list[str | None] = []
        # The open blocks: tag, kind and level of the lines inside. Those of Markdown
        # come first; HTML's are above them and end with their Markdown block.
        self._blocks: list[tuple[str, LineKind, int]] = [("body", LineKind.PARAGRAPH, 0)]
        self._markdown_blocks = 1
        self._hidden: tuple[str, list[str]] | None = None

    def text(self, text: str) -> None:
        """Add characters to the current line."""
        if self._hidden:
            self._hidden[1].append(text)
            return
        if not text:
            return
        if not any(run.text.strip() for run in self._runs):
            self._start = self.number
        link = self._links[-1] if self._links else None
        self._runs.append(Run(text, "bold" in self._styles, "italic" in self._styles, link))

    def soft_break(self) -> None:
        """End a line of the source: a wrap inside list items, headings and table rows."""
        tag, kind, _ = self._blocks[-1]
        if kind is LineKind.ITEM and self._list_ended():
            self.break_line()
            self._blocks.append(("div", LineKind.PARAGRAPH, 0))
        elif kind is LineKind.PARAGRAPH and tag not in {"tr", "td", "th"}:
            self.break_line()
        else:
            self.text(" ")
        self.number += 1

    def _list_ended(self) -> bool:
        """Tell whether the next source line is no wrap of the item, but the next entry.

        Markdown joins any line to the item above it; people who leave out the empty
        line between a list and what follows do not mean that.
        """
        following = self._source[self.number] if self.number < len(self._source) else ""
        if len(self._blocks) > self._markdown_blocks or following[:1].isspace():
            return False
        ended = RichText.of(self._runs).plain.rstrip()[-1:] in {".", "!", "?", ";", ")"}
        # An editor's margin cuts long lines only.
        ended = ended or len(self._source[self.number - 1].rstrip()) < _SHORTEST_WRAPPED
        begins = following[:1].isupper() or following[:1].isdigit()
        return following.startswith(("*", "_", "<")) or "\t" in following or (ended and begins)

    def break_line(self) -> None:
        """End the current line, if it has any text."""
        text = _without_row_marks(RichText.of(self._runs).strip())
        self._runs.clear()
        if text:
            _, kind, level = self._blocks[-1]
            self._lines.append(Line(kind, level, text, self._start, self._gap_above(self._start)))

    def _gap_above(self, number: int) -> bool:
        """Tell whether an empty line or a rule stands above line `number` of the source."""
        above = self._source[number - 2] if 2 <= number <= len(self._source) + 1 else "x"
        return not above.strip() or bool(_DRAWN.fullmatch(above))

    def open(self, tag: str, link: str | None = None) -> None:
        """Begin the element `tag`, of Markdown or HTML."""
        if self._hidden:
            return
        if tag in _HIDDEN:
            self._hidden = (tag, [])
        elif tag in _STYLES:
            self._styles.append(_STYLES[tag])
        elif tag == "a":
            self._links.append(link)
        elif tag in {"br", "hr"}:
            self.break_line()
        elif tag in {"td", "th"}:
            self._open_block(tag, breaks=False)
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            self._open_block(tag)

    def close(self, tag: str) -> None:
        """End the element `tag`; without effect if it is not open."""
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden = None
        elif tag in _STYLES and _STYLES[tag] in self._styles:
            self._styles.remove(_STYLES[tag])
        elif tag == "a" and self._links:
            self._links.pop()
        elif any(name == tag for name, _, _ in self._blocks[self._markdown_blocks :]):
            if tag in {"td", "th"}:
                self.text("\t")  # cells stand apart, on one line
            else:
                self.break_line()
            while self._blocks.pop()[0] != tag:
                pass

    def open_markdown(self, tag: str) -> None:
        """Begin a list item or heading of Markdown, which `close_markdown` ends."""
        self._open_block(tag)
        self._markdown_blocks += 1

    def close_markdown(self) -> None:
        """End the newest block of `open_markdown`."""
        self.end_block()
        self._blocks.pop()
        self._markdown_blocks -= 1

    def end_block(self) -> None:
        """End the line, and whatever HTML left open."""
        self.break_line()
        self._styles.clear()
        self._links.clear()
        del self._blocks[self._markdown_blocks :]

    def add_meta(self, lines: Sequence[str], number: int) -> None:
        """Add lines that are not part of the page."""
        for offset, line in enumerate(lines):
            if any(character.isalnum() for character in line):
                text = RichText.of(line.strip())
                self._lines.append(Line(LineKind.META, 0, text, number + offset))

    def finish(self) -> list[Line]:
        """Return all lines. A script or style sheet that never ended is kept as META."""
        self.break_line()
        if self._hidden:
            self.add_meta("".join(self._hidden[1]).splitlines(), self.number)
        return self._lines

    def _open_block(self, tag: str, *, breaks: bool = True) -> None:
        if breaks:
            self.break_line()
        in_html = len(self._blocks) > self._markdown_blocks
        if tag == "li" and in_html and self._blocks[-1][0] == "li":
            self._blocks.pop()  # the end tag of the item before was left out
        _, kind, level = self._blocks[-1]
        if tag in _HEADINGS:
            kind, level = LineKind.HEADING, _HEADINGS[tag]
        elif tag == "li":
            kind, level = LineKind.ITEM, 1 + sum(name == "li" for name, _, _ in self._blocks)
        self._blocks.append((tag, kind, level))


def is_rule(text: str) -> bool:
    """Tell a line drawn with characters."""
    return bool(_RULE.fullmatch(text))


def _without_row_marks(text: RichText) -> RichText:
    """Drop rules, and the outer bars of a table's row."""
    plain = text.plain
    if is_rule(plain):
        return RichText()
    if len(plain) > 2 and plain[0] == plain[-1] == "|":
        return text.slice(1, len(plain) - 1).strip()
    return text
