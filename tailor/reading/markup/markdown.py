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

from tailor.reading.lines import Line, LineKind, starts_with_glyph
from tailor.reading.markup.line_builder import KNOWN_TAGS, LineBuilder, is_rule
from tailor.values.cv import RichText

_MARKDOWN_STYLES = {"strong_open": "b", "strong_close": "b", "em_open": "i", "em_close": "i"}

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?=[\w-]+[ \t]*:)(?:(?!---|\.\.\.).*\n)*(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
# Marks of direction and of byte order that stand before the marks of Markdown.
_UNSEEN_START = re.compile("^[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+", re.MULTILINE)
_LOOSE_MARK = re.compile(r"<(?!/?[A-Za-z][^<>]*>)")
_MOST_LOOSE_MARKS = 500
_YEAR = re.compile(r"(?:19|20)\d\d")
# A paragraph's line this long without a full stop was cut by an editor's margin.
_WRAPPED = 60


def read_markdown(text: str) -> tuple[Line, ...]:
    """Return the lines of `text`, in order; nothing that is seen on a page is left out.

    A soft line break wraps a list item, and ends a line elsewhere. Front matter
    is of kind META. Comments, scripts and style sheets are dropped.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = _without_loose_marks(_UNSEEN_START.sub("", text))
    builder = LineBuilder(text.split("\n"))
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
    return tuple(_join_wrapped(lines, text.split("\n")))


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
    parser = MarkdownIt("commonmark").disable(["code", "fence"])
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _render(tokens: Sequence[Token], builder: LineBuilder) -> set[str]:
    """Feed the blocks to the builder; return the addresses of all links met."""
    links: set[str] = set()
    for index, token in enumerate(tokens):
        number = (token.map or [0])[0] + 1
        if token.type == "inline":
            builder.number = number
            _render_inline(token.children or [], builder, links)
            builder.end_block()
        elif token.type == "html_block":
            _HtmlFeeder(builder, number).feed_all(token.content)
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
    """Tell what an underline makes a heading: not several lines, nor an item of a list."""
    lines = [line for line in content.split("\n") if not is_rule(line)]
    return len(lines) == 1 and not starts_with_glyph(lines[0])


def _render_inline(tokens: Sequence[Token], builder: LineBuilder, links: set[str]) -> None:
    for token in tokens:
        if token.type in {"text", "code_inline", "image"}:
            builder.text(token.content)
            links.add(str(token.attrs.get("src", "")))
        elif token.type == "softbreak":
            builder.soft_break()
        elif token.type == "hardbreak":
            builder.break_line()
            builder.number += 1
        elif token.type in _MARKDOWN_STYLES:
            change = builder.open if token.nesting == 1 else builder.close
            change(_MARKDOWN_STYLES[token.type])
        elif token.type == "link_open":
            links.add(str(token.attrs["href"]))
            builder.open("a", str(token.attrs["href"]))
        elif token.type == "link_close":
            builder.close("a")
        elif token.type == "html_inline":
            _HtmlFeeder(builder, builder.number).feed_all(token.content)
            builder.number += token.content.count("\n")


class _HtmlFeeder(HTMLParser):
    """Hands a piece of HTML to the builder. What looks like a tag and is none stays text."""

    def __init__(self, builder: LineBuilder, number: int) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self._first = number

    def feed_all(self, html: str) -> None:
        """Hand over the whole of `html`."""
        self.feed(html)
        self.close()

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Do nothing: the builder hides scripts, and some versions lose one that never ends."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; for a picture, give its description."""
        if tag not in KNOWN_TAGS:
            self.handle_data(self.get_starttag_text() or "")
            return
        values = dict(attrs)
        if tag == "img":
            self.handle_data(values.get("alt") or "")
        self._builder.open(tag, values.get("href"))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in KNOWN_TAGS:
            self._builder.close(tag)
        else:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Give text, with the numbers of the source lines it stands on."""
        self._builder.number = self._first + self.getpos()[0] - 1
        for index, part in enumerate(data.split("\n")):
            if index:
                self._builder.soft_break()
            self._builder.text(part)


def _join_wrapped(lines: Sequence[Line], source: Sequence[str]) -> Iterator[Line]:
    """Join what an editor's margin cut, in paragraphs and in items with typed glyphs."""
    current: Line | None = None
    for line in lines:
        plain = line.plain
        if line.kind is LineKind.PARAGRAPH and starts_with_glyph(plain):
            following = replace(line, kind=LineKind.ITEM, level=1)
        else:
            following = line
        if current and following.kind is LineKind.PARAGRAPH and not line.gap:
            indented = source[line.number - 1][:1].isspace()
            if _goes_on(current, plain, indented=indented):
                current = replace(current, text=current.text + RichText.of(" ") + line.text)
                continue
        if current:
            yield current
        current = following
    if current:
        yield current


def _goes_on(before: Line, plain: str, *, indented: bool) -> bool:
    """Tell whether the source line `plain` is the rest of the line before it."""
    if "\t" in plain:
        return False
    lower = plain[:1].islower()
    if before.kind is LineKind.ITEM:
        return bool(starts_with_glyph(before.plain)) and (indented or lower)
    whole = before.plain[-1] not in ".!?:;|" and "\t" not in before.plain
    return before.kind is LineKind.PARAGRAPH and lower and whole and len(before.plain) >= _WRAPPED
