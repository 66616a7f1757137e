"""Cut the master CV's Markdown form into its blocks: headings, list items and other text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*))?$")
# What people type, or an editor makes of what they paste; a year is no number of an item.
_ITEM = re.compile(r"(?:[-*+•▪●○◦‣➤]|\d{1,2}[.)])(?:[ \t]+(?P<text>.*)|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_COMMENT_START = re.compile(r"^[ \t]*<!--", re.MULTILINE)
_COMMENT_END = "-->"


class BlockKind(StrEnum):
    """What the first characters of a line say of it."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item or a paragraph, raw and without its mark.

    `level` is 1 to 6 for headings, else 0. Lines that belong together stand in
    `text` with their line breaks; `line` is the number of the first, from 1.
    """

    kind: BlockKind
    level: int
    text: str
    line: int


def read_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of `text`, in order. Rules and comments on lines of their own are dropped.

    A line without a mark goes on with the item or paragraph right above it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    current: Block | None = None
    lines: list[str] = []
    for number, source in enumerate(_without_comments(text).split("\n"), 1):
        line = source.strip()
        begun = begin_block(line, number)
        if current and begun and begun.kind is BlockKind.TEXT:
            lines.append(line)
            continue
        if current:
            yield _joined(current, lines)
            current = None
        if begun and begun.kind is BlockKind.HEADING:
            yield begun
        elif begun:
            current, lines = begun, [begun.text]
    if current:
        yield _joined(current, lines)


def begin_block(line: str, number: int = 0) -> Block | None:
    """Return the block that a line, stripped of white space, begins; None for an empty one."""
    if not line or _RULE.match(line):
        return None
    heading = _HEADING.match(line)
    if heading:
        text = _without_marks(heading["text"] or "")
        return Block(BlockKind.HEADING, len(heading["marks"]), text, number)
    item = _ITEM.match(line)
    if item:
        return Block(BlockKind.ITEM, 0, item["text"] or "", number)
    return Block(BlockKind.TEXT, 0, line, number)


def _without_marks(heading: str) -> str:
    """Leave out the number signs that may end a heading."""
    before = heading.rstrip("#")
    return before.rstrip(" \t") if before.endswith((" ", "\t")) else heading


def _joined(block: Block, lines: list[str]) -> Block:
    return Block(block.kind, block.level, "\n".join(lines), block.line)


def _without_comments(text: str) -> str:
    """Blank out comments that begin a line; one that never ends is text."""
    pieces: list[str] = []
    done = 0
    while match := _COMMENT_START.search(text, done):
        end = text.find(_COMMENT_END, match.end())
        if end < 0:
            break
        end += len(_COMMENT_END)
        pieces += [text[done : match.start()], "\n" * text.count("\n", match.start(), end)]
        done = end
    return "".join(pieces) + text[done:]
