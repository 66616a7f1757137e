"""The text of a field: its typed lines, and the Markdown inside a line."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from tailor.reading.lines import starts_with_glyph, web_address
from tailor.values.cv import RichText, Run

_MARKS = re.compile(r"[*_`\[<]")
# A text with more is taken as it is: some would take the parser long.
_LONGEST = 5_000  # characters
_MOST_MARKS = 100
_MOST_BRACKETS = 20
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# "• Built A • Ran B" in one line, as some sites make of a list.
_DOT = re.compile(r"(?<!\s)\s+(?=[•●▪◦‣]\s)")
_WRAPPED = 60  # characters; a line this long without a full stop may go on in the next one
_SENTENCE_END = (".", "!", "?", ":", ";")
# A star between two letters or digits is no mark, as in 2*3*4.
_STAR_INSIDE = re.compile(r"(?<=\w)\*(?=\w)|(?<=\d)\*\*(?=\d)")
_STAR = "\ufdd0"  # no character of any text; stands for such a star while Markdown is read


def typed_lines(text: str) -> list[str]:
    """Return the lines of `text` that say something of their own, without empty ones.

    A typed list glyph or an empty line begins a new one; what an editor's margin cut
    is joined. Glyphs stay, for `lines.clean` to drop.
    """
    found: list[str] = []
    after_gap = True
    for line in _LINE_END.split(text):
        for number, part in enumerate(_dotted(line.strip())):
            if not part:
                after_gap = True
                continue
            if not number and not after_gap and _goes_on(found[-1], part):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
            after_gap = False
    return found


def _dotted(line: str) -> list[str]:
    return _DOT.split(line) if starts_with_glyph(line) else [line]


def _goes_on(before: str, line: str) -> bool:
    if starts_with_glyph(line) or before.endswith(_SENTENCE_END):
        return False
    return line[:1].islower() or (len(before) >= _WRAPPED and not starts_with_glyph(before))


def inline_markdown(text: str) -> RichText:
    """Read bold, italics and links to web and mail addresses in one line of Markdown.

    Products (2*3*4), snake_case, and links of other kinds stay as they are.
    """
    if len(text) > _LONGEST or not 0 < len(_MARKS.findall(text)) <= _MOST_MARKS:
        return RichText.of(text)
    if text.count("[") > _MOST_BRACKETS or _STAR in text:
        return RichText.of(text)
    marked = _STAR_INSIDE.sub(lambda match: _STAR * len(match.group()), text)
    runs: list[Run] = []
    bold = italic = 0
    link: str | None = None
    title = ""
    for token in _parser().parseInline(marked)[0].children or []:
        if token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type == "link_open":
            link, title = str(token.attrs["href"]), str(token.attrs.get("title") or "")
        elif token.type == "link_close":
            if title:
                runs.append(Run(f" ({title})".replace(_STAR, "*")))
            link, title = None, ""
        else:
            seen = token.content.replace(_STAR, "*")
            address = link.replace(_STAR, "*") if link else None
            runs.append(Run(seen, bold > 0, italic > 0, address))
    return RichText.of(runs)


@cache
def _parser() -> MarkdownIt:
    """Return a parser of bold, italics, code and links, which leaves addresses as they are."""
    rules = ["emphasis", "link", "autolink", "backticks", "escape"]
    parser = MarkdownIt("zero").enable(rules)
    parser.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser
