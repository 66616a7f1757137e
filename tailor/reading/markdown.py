"""Markdown with HTML inside, to lines. Plain text is Markdown without marks.

markdown-it-py finds the Markdown, html.parser the HTML; both speak to one
builder, so that ``**x**`` and ``<b>x</b>`` come out the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tailor.reading.lines import Line, LineKind, Look, is_cut, margin_of, starts_with_glyph
from tailor.values.cv import RichText, Run

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?=[\w-]+[ \t]*:)(?:(?!---|\.\.\.).*\n)*(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
# Marks of direction and of byte order that stand before the marks of Markdown.
_UNSEEN_START = re.compile("^[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+", re.MULTILINE)
_HOLLOW = re.compile(r"\s*o\s+(?=\S)")
_COLUMNS = re.compile(r"\S {4,}\S")  # a gap between two columns
_TITLE_BLOCK = re.compile(r"\A(?:%[ \t].*\n){1,3}")  # of pandoc: title, author, date
_FENCE = re.compile(r"(?m)^[ ]{0,3}(?:`{3,9}|~{3,9})[ \t]{0,8}(?:[\w+-]{1,20}[ \t]{0,8})?$")
_TASK = re.compile(r"(?m)^(\s{0,12}[-*+][ \t]+)\[[ xX]\][ \t]+")  # "- [x] done"
# Pandoc's mark of a definition, below or above an empty line: ":   what the term means".
_DEFINITION = re.compile(r"(?m)^([ ]{0,3}):[ \t]{1,8}(?=\S)")
# A short line with the marks of a quotation within one, of which it is no part: ">> Jobs".
_QUOTED_TWICE = re.compile(r" {0,3}>{2,4}[ \t]{0,4}([^\W\d_][^>]{0,60})")
# A long line of a list that goes on with "+ addressing plans" was cut by an editor's margin.
_WRAPPED_AT_PLUS = re.compile(
    r"(?m)^([ ]{0,12}[-*•] .{45,200}\n[ ]{1,12})\+(?= [a-z])(?!.{0,200}\n[ ]{0,12}\+ )"
)
_LOOSE_MARK = re.compile(r"<(?!/?[A-Za-z][^<>]*>)")
_MOST_LOOSE_MARKS = 500
_YEAR = re.compile(r"(?:19|20)\d\d")
# A paragraph's line this long without a full stop was cut by an editor's margin.
_WRAPPED = 60

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form "
    "header hr html main nav ol p pre section summary table tbody tfoot thead title tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SIZES = {1: 2.0, 2: 1.5, 3: 1.17}  # of headings, as browsers have them; smaller ones are bold text
_COLUMN = 6.0  # points that a letter of plain text takes
_LINE = 1.2  # the height of an empty line, over the size of letters
_HIDDEN = frozenset({"script", "style", "head"})
_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_OTHERS = frozenset(
    "a abbr big br cite code col colgroup del dfn figcaption font img input ins kbd label li link "
    "mark meta picture q s samp small source span strike sub sup svg td th time tt u wbr".split()
)
# Other tags are text that looks like a tag.
_KNOWN_TAGS = _BLOCKS | _OTHERS | _HIDDEN | _HEADINGS.keys() | _STYLES.keys()
_SHORTEST_WRAPPED = 50  # characters
# Lines of a table, and rules, drawn with characters.
_RULE = re.compile(r"[-=_*|:+~\s]+")
_DRAWN = re.compile(r"\s*[-=_*~]{3}[-=_*~\s]*")  # a rule above a line parts it from what is above


def read_markdown(text: str) -> tuple[Line, ...]:
    """Return the lines of `text`, in order; nothing that is seen on a page is left out.

    A soft line break wraps a list item, and ends a line elsewhere. Front matter
    is of kind META. Comments, scripts and style sheets are dropped.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = _without_loose_marks(_UNSEEN_START.sub("", text))
    text = _TITLE_BLOCK.sub(lambda block: re.sub(r"(?m)^%[ \t]*", "", block.group()), text, count=1)
    text = _with_drawn_headings(_WRAPPED_AT_PLUS.sub(r"\1\\+", text))
    text = _DEFINITION.sub(r"\1", _TASK.sub(r"\1", _FENCE.sub("", text)))
    builder = _LineBuilder(text.split("\n"))
    match = _FRONT_MATTER.match(text)
    if match:
        builder.add_meta(match.group().splitlines(), 1)
        # The lines stay, empty, so that the numbers of those below stay right.
        text = "\n" * match.group().count("\n") + text[match.end() :]
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    links = _render(tokens, builder)
    for reference in environment.get("references", {}).values():
        if reference["href"] not in links:
            builder.add_meta([reference["href"]], reference["map"][0] + 1)
    lines = sorted(builder.finish(), key=lambda line: line.number)
    source = text.split("\n")
    return tuple(replace(line, look=_look(line, source)) for line in _join_wrapped(lines, source))


def _with_drawn_headings(text: str) -> str:
    """Return the text with lone lines such as ">> Jobs" as headings, where there are several."""
    rows = text.split("\n")
    quoted = [row.lstrip(" ")[:1] == ">" for row in rows]
    found = {
        n: match[1]
        for n, row in enumerate(rows)
        if quoted[n] and sum(quoted[max(n - 1, 0) : n + 2]) == 1
        if (match := _QUOTED_TWICE.fullmatch(row))
    }
    if len(found) > 1:
        rows = [f"## {found[n]}" if n in found else row for n, row in enumerate(rows)]
    return "\n".join(rows)


def _look(line: Line, source: Sequence[str]) -> Look:
    """Return how a browser would show a line, and how far its source is set in and apart."""
    raw = source[line.number - 1].expandtabs(4) if line.number <= len(source) else ""
    above = line.number - 1
    while above and not source[above - 1].strip():
        above -= 1
    words = raw.lstrip()
    return Look(
        size=_SIZES.get(line.level, 1.0) if line.kind is LineKind.HEADING else 1.0,
        indent=0.0 if words.startswith("<") else _COLUMN * (len(raw) - len(words)),
        space_above=round(_LINE * (line.number - 1 - above), 2),
        bullet=line.kind is LineKind.ITEM,
        caps=line.plain.isupper(),
    )


def _without_loose_marks(text: str) -> str:
    """Write "<" that begins no whole tag as text, where there are more than any CV has.

    Such a mark begins a piece of HTML that goes on to the end of the file; reading each of
    thousands to the end takes hours.
    """
    if len(_LOOSE_MARK.findall(text)) <= _MOST_LOOSE_MARKS:
        return text
    return _LOOSE_MARK.sub("&lt;", text)


@cache
def _parser() -> MarkdownIt:
    """Return a parser without code blocks, which a CV's indented lines would become."""
    parser = MarkdownIt("commonmark").disable(["code", "fence"]).enable("strikethrough")
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _render(tokens: Sequence[Token], builder: _LineBuilder) -> set[str]:
    """Feed the blocks to the builder; return the addresses of all links met."""
    links: set[str] = set()
    for index, token in enumerate(tokens):
        number = (token.map or [0])[0] + 1
        if token.type == "inline":
            builder.number = number
            _render_inline(token.children or [], builder, links)
            builder.end_block()
        elif token.type == "html_block":
            builder.html(token.content, number)
            builder.end_block()
        elif token.type == "heading_open":
            underlined = token.markup in {"-", "="}
            content = tokens[index + 1].content
            builder.open_markdown("div" if underlined and not _is_title(content) else token.tag)
        elif token.type == "list_item_open":
            builder.number = number
            builder.open_markdown("li")
            if _YEAR.fullmatch(token.info):
                builder.text(f"{token.info}{token.markup} ")  # a year, not the number of an item
        elif token.type in {"list_item_close", "heading_close"}:
            builder.close_markdown()
    return links


def _is_title(content: str) -> bool:
    """Return whether an underline makes this a heading: not several lines, nor an item."""
    lines = [line for line in content.split("\n") if not _is_rule(line)]
    return len(lines) == 1 and not starts_with_glyph(lines[0])


def _render_inline(tokens: Sequence[Token], builder: _LineBuilder, links: set[str]) -> None:
    before = ""
    for index, token in enumerate(tokens):
        after = tokens[index + 1].type if index + 1 < len(tokens) else ""
        chips = before == after == "code_inline" and token.type == "text"
        before = token.type
        if chips and not token.content.strip():
            builder.text("\t")  # `Go` `Python`: each stands by itself
            continue
        if token.type in {"text", "code_inline", "image"}:
            builder.text(token.content)
            links.add(str(token.attrs.get("src", "")))
        elif token.type == "softbreak":
            builder.soft_break()
        elif token.type == "hardbreak":
            builder.break_line()
            builder.number += 1
        elif token.tag in _STYLES or token.tag == "a":
            address = str(token.attrs.get("href", ""))
            links.add(address)
            if token.nesting == 1:
                builder.begin(token.tag, address)
            else:
                builder.end(token.tag)
        elif token.type == "html_inline":
            builder.html(token.content, builder.number)
            builder.number += token.content.count("\n")


def _join_wrapped(lines: Sequence[Line], source: Sequence[str]) -> Iterator[Line]:
    """Join what an editor's margin cut, in paragraphs and in items with typed glyphs."""
    current: Line | None = None
    hollow = sum(bool(_HOLLOW.match(text)) for text in source) > 1  # the letter o for a bullet
    margin = margin_of(source)
    for line in lines:
        plain = line.plain
        typed = starts_with_glyph(plain) or (hollow and _HOLLOW.match(plain))
        if line.kind is LineKind.PARAGRAPH and typed:
            following = replace(line, kind=LineKind.ITEM, level=1)
        else:
            following = line
        if current and following.kind is LineKind.PARAGRAPH and not line.gap:
            row = source[line.number - 1]
            at_margin = line.number > 1 and is_cut(source[line.number - 2], row, margin)
            hanging = line.number > 1 and _indent(row) > _indent(source[line.number - 2])
            hanging = hanging and current.plain.endswith(",") and not _COLUMNS.search(plain)
            if hanging or _goes_on(current, plain, at_margin=at_margin or row[:1].isspace()):
                current = replace(current, text=current.text + RichText.of(" ") + line.text)
                continue
        if current:
            yield current
        current = following
    if current:
        yield current


def _goes_on(before: Line, plain: str, *, at_margin: bool) -> bool:
    """Return whether the source line `plain` is the rest of the line before it.

    `at_margin` tells that the line before was cut at the text's margin, or `plain` is set in.
    """
    if "\t" in plain or _COLUMNS.search(plain):
        return False
    lower = plain[:1].islower()
    if before.kind is LineKind.ITEM:
        typed = starts_with_glyph(before.plain) or _HOLLOW.match(before.plain)
        return bool(typed) and (at_margin or lower)
    whole = before.plain[-1] not in ".!?:;|" and "\t" not in before.plain
    return before.kind is LineKind.PARAGRAPH and lower and whole and len(before.plain) >= _WRAPPED


class _LineBuilder(HTMLParser):
    """Takes text, styles and blocks as they come, and makes lines of them.

    What looks like a tag of HTML and is none stays text.
    """

    def __init__(self, source: Sequence[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.number = 1
        self._first = 1  # line of the piece of HTML that is read
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

    def html(self, html: str, number: int) -> None:
        """Take a piece of HTML that begins on line `number` of the source."""
        self.reset()
        self._first = number
        self.feed(html)
        self.close()

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Do nothing: scripts are hidden below, and some versions lose one that never ends."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; for a picture, give its description."""
        if tag not in _KNOWN_TAGS:
            self.handle_data(self.get_starttag_text() or "")
            return
        values = dict(attrs)
        if tag == "img":
            self.handle_data(values.get("alt") or "")
        self.begin(tag, values.get("href"))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _KNOWN_TAGS:
            self.end(tag)
        else:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Give text, with the numbers of the source lines it stands on."""
        self.number = self._first + self.getpos()[0] - 1
        for index, part in enumerate(data.split("\n")):
            if index:
                self.soft_break()
            self.text(part)

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
        """Return whether the next source line is no wrap of the item, but the next entry.

        Markdown joins any line to the item above it; people who leave out the empty
        line between a list and what follows do not mean that.
        """
        following = self._source[self.number] if self.number < len(self._source) else ""
        if len(self._blocks) > self._markdown_blocks:
            return False
        indent = _indent(following)
        mark = _indent(self._source[self._start - 1])
        if indent > mark:
            return False  # set in as far as the text of the item
        following = following.lstrip()
        if indent < mark and following[:1].isupper():
            return True
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
        """Return whether an empty line or a rule stands above line `number` of the source."""
        above = self._source[number - 2] if 2 <= number <= len(self._source) + 1 else "x"
        return not above.strip() or bool(_DRAWN.fullmatch(above))

    def begin(self, tag: str, link: str | None = None) -> None:
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

    def end(self, tag: str) -> None:
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


def _indent(text: str) -> int:
    text = text.expandtabs(4)
    return len(text) - len(text.lstrip())


def _is_rule(text: str) -> bool:
    """Return whether a line is drawn with characters."""
    return bool(_RULE.fullmatch(text))


def _without_row_marks(text: RichText) -> RichText:
    """Drop rules, and the outer bars of a table's row."""
    plain = text.plain
    if _is_rule(plain):
        return RichText()
    if len(plain) > 2 and plain[0] == plain[-1] == "|":
        return text.slice(1, len(plain) - 1).strip()
    return text
