"""Text with styles to Markdown with as few escapes as still show the same text.

Which characters Markdown takes for marks depends on what stands around them. So
the parser decides: a line is tried without escapes, and one sort of character
after the other is escaped only if the line would be read as something else.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from itertools import groupby

from tailor.reading.cv.numbering import tidy
from tailor.reading.master.lines import parser, runs_of
from tailor.values.cv import RichText, Run

Escapes = frozenset[str]
Render = Callable[[Escapes], str]
# A line of nothing but text, in which no character can be a mark.
PLAIN = re.compile(r"[^\W\d_][^\\`*_\[\]<>&|~]*")

# Sorts of characters that may have to be escaped, each with where they could be marks.
_SORTS = {
    "start": re.compile(r"^\S"),
    "number": re.compile(r"^\d{1,9}([.)])(?=\s|$)"),
    "end": re.compile(r"#$"),
    "bar": re.compile(r"\|"),
    "arrow": re.compile(r"»"),
    "entity": re.compile(r"&(?=#|\w+;)"),
    "backslash": re.compile(r"\\"),
    "tick": re.compile(r"`"),
    "star": re.compile(r"(?<!\s)\*|\*(?!\s)"),
    "underscore": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "closing": re.compile(r"\]"),
    "opening": re.compile(r"\["),
    "bang": re.compile(r"!$"),
    "autolink": re.compile(r"(?!)"),  # no character: whether "<address>" may be written
    "stars": re.compile(r"(?!)"),  # whether "**" may be written for "<b>"
}
# What the parser cannot tell: HTML, which no reader would show, and marks of GitHub's own.
_ALWAYS = re.compile(r"<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|^\[(?=[ xX]\]\s)")
_NONE: Escapes = frozenset()

_AUTOLINK = re.compile(r"(?:https?|mailto):[^\s<>\x00-\x1f]*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#|\w+;)")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\x00-\x1f]*(?:\([^\s()<>\x00-\x1f]*\)[^\s()<>\x00-\x1f]*)*")


def fewest_escapes(renders: Sequence[Render], reads_back: Callable[[str], bool]) -> str:
    """Return the first of the lines that `reads_back`, with as few escapes as it may have.

    `renders` make a line each, the nicest first.
    """
    for render in renders:
        line = render(_NONE)
        if reads_back(line):
            return line
        kept = frozenset(_SORTS)
        line = render(kept)
        if not reads_back(line):
            continue
        for sort in _SORTS:
            shorter = render(kept - {sort})
            if shorter == line or reads_back(shorter):
                kept, line = kept - {sort}, shorter
        return line
    raise AssertionError(f"a line that cannot be written: {renders[-1](_NONE)!r}")


def shown(line: str, *blocks: str) -> RichText | None:
    """Return what CommonMark shows of `line`, if it makes it just these `blocks`, else None."""
    environment: dict[str, object] = {}
    tokens = parser().parse(line, environment)
    opened = tuple(token.type.removesuffix("_open") for token in tokens if token.nesting == 1)
    inline = [token for token in tokens if token.type == "inline"]
    others = any(token.nesting == 0 and token.type != "inline" for token in tokens)
    if opened != blocks or len(inline) > 1 or others or environment.get("references"):
        return None
    return tidy(RichText.of(run for token in inline for run in runs_of(token.children or [])))


def escaped(text: str, escapes: Escapes) -> str:
    """Return `text` with these sorts of characters escaped."""
    at = {match.start() for match in _ALWAYS.finditer(text)}
    for sort in escapes:
        at |= {match.start(match.lastindex or 0) for match in _SORTS[sort].finditer(text)}
    if not at:
        return text
    return "".join(_escape(c) if index in at else c for index, c in enumerate(text))


def _escape(character: str) -> str:
    return f"\\{character}" if character in string.punctuation else f"&#{ord(character)};"


def markup(text: RichText, escapes: Escapes) -> str:
    """Return rich text as inline Markdown."""
    if len(text.runs) == 1 and text.runs[0] == Run(text.runs[0].text):
        return escaped(text.runs[0].text, escapes)
    written = [_Writer(text.runs, escapes).write(order) for order in (_STYLES, _STYLES[::-1])]
    return min(written, key=len)


_STYLES = (("bold", "**", "b"), ("italic", "*", "i"))


class _Writer:
    """Writes runs, one style inside the other; knows what stands around them."""

    def __init__(self, runs: Sequence[Run], escapes: Escapes) -> None:
        self._runs = runs
        self._escapes = escapes
        self._out = ""
        self._just_closed = False  # with stars, which would run into those of the next style

    def write(self, styles: Sequence[tuple[str, str, str]]) -> str:
        """Return the runs as Markdown, the first of `styles` being the outer one."""
        self._write(0, len(self._runs), styles)
        return self._out

    def _write(self, start: int, end: int, styles: Sequence[tuple[str, str, str]]) -> None:
        if not styles:
            for index in range(start, end):
                self._write_run(index)
            return
        (style, stars, tag), *inner = styles
        for styled, group in groupby(range(start, end), lambda i: getattr(self._runs[i], style)):
            indices = list(group)
            first, last = indices[0], indices[-1]
            if not styled:
                self._write(first, last + 1, inner)
                continue
            in_stars = self._fits_stars(first, last)
            self._out += stars if in_stars else f"<{tag}>"
            self._just_closed = False
            self._write(first, last + 1, inner)
            self._out += stars if in_stars else f"</{tag}>"
            self._just_closed = in_stars

    def _fits_stars(self, first: int, last: int) -> bool:
        """Tell whether stars around these runs will be read as marks."""
        if "stars" in self._escapes or self._just_closed:
            return False
        begin, end = self._runs[first].text[0], self._runs[last].text[-1]
        after = self._runs[last + 1] if last + 1 < len(self._runs) else Run("")
        behind = "[" if after.link is not None else after.text[:1]
        return bool(
            begin.strip()
            and end.strip()
            and _stands_apart(self._out[-1:], begin)
            and _stands_apart(behind, end)
        )

    def _write_run(self, index: int) -> None:
        run, escapes = self._runs[index], self._escapes
        if self._out:
            escapes = escapes - {"start", "number"}
        if index < len(self._runs) - 1:
            escapes = escapes - {"end"}
        self._just_closed = False
        if run.link is None:
            self._out += escaped(run.text, escapes)
        elif run.link == run.text and _AUTOLINK.fullmatch(run.link) and "autolink" not in escapes:
            self._out += f"<{run.link}>"
        else:
            self._out += f"[{escaped(run.text, escapes)}]({_destination(run.link, escapes)})"


def _stands_apart(outside: str, inside: str) -> bool:
    """Tell whether a mark between these characters can only be the outer side of a style."""
    return not outside.strip() or inside.isalnum() or not outside.isalnum()


def _destination(link: str, escapes: Escapes) -> str:
    """Return an address as it stands in the brackets behind a link's text."""
    simple = _PLAIN_ADDRESS.fullmatch(link)
    marks = {match.start() for match in _ENTITY.finditer(link)}
    sorts = "\\" + ("" if simple else "<>") + ("|" if "bar" in escapes else "")
    marks |= {index for index, character in enumerate(link) if character in sorts}
    written = "".join(
        f"\\{c}" if index in marks else c if c.isprintable() else f"&#{ord(c)};"
        for index, c in enumerate(link)
    )
    return written if simple else f"<{written}>"
