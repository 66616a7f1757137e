"""Part lines in which a whole posting, or a whole list, was glued together.

Job boards lose line ends: "…skills.Requirements:• SQL• Python". Here such a line is cut
where an item, a heading or a sentence begins. Nothing but list marks is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tailor.values.resources import data_toml

Kind = Literal["text", "item", "heading"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: running text, an item without its mark, or a heading."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where the piece before ends, and where one of `kind` starts."""

    end: int
    start: int
    kind: Kind


# Each mark, and how many of it make a list: a single dash or dot parts words as often. What has
# to stand before the mark is told after it: a pattern that begins with its mark is found faster.
_MARKS = (
    (re.compile(r"[•●▪◦‣■➢❖✓]\s*(?=[^\s•●▪◦‣■➢❖✓])"), 2),
    (re.compile(r"[o§·*](?<!\S.)\s+(?=[A-Z])"), 2),
    (re.compile(r"\*(?<=[a-z.:;!)\]]\*)\s*(?=[A-Z])"), 3),
    (re.compile(r"[-–](?<![^\s.:;!)\]a-z].)\s+(?=[A-Z0-9(])"), 3),
)
_NUMBER = re.compile(r"(?<![^\s.:;])(\d{1,2})[.)]\s+(?=[A-Z])")
# "skills.Requirements"; not "Node.Js" or "ASP.Net".
_GLUED_SENTENCE = re.compile(r"(?<=[a-z)][.!?:;])(?=[A-Z](?!(?:s|et|o|om)\b)[a-z])")
_LABEL = re.compile(
    r"(?<![\w/&'’+-])[A-Z][\w/&'’+-]*"
    r"(?:\s+(?:[A-Z][\w/&'’+-]*|and|of|&|for|to)){0,6}\s?:(?!/)"
)
_LEAST_LENGTH = 250
_LEAST_ITEM = 20  # characters, on average: "Leeds • Full-time • Permanent" is no list


def part_line(text: str) -> tuple[Piece, ...]:
    """Return the pieces of `text` in order: one, if nothing is glued in it."""
    cuts = [cut for pattern, least in _MARKS for cut in _item_cuts(text, pattern, least)]
    cuts += _number_cuts(text)
    if len(text) >= _LEAST_LENGTH:
        cuts += [_Cut(m.end(), m.end(), "text") for m in _glued_words().finditer(text)]
        cuts += [_Cut(m.end(), m.end(), "text") for m in _GLUED_SENTENCE.finditer(text)]
        cuts += _heading_cuts(text)
    return tuple(_pieces(text, cuts)) if cuts else (Piece(text, "text"),)


def _item_cuts(text: str, pattern: re.Pattern[str], least: int) -> list[_Cut]:
    cuts = [_Cut(match.start(), match.end(), "item") for match in pattern.finditer(text)]
    long_enough = len(cuts) >= least and len(text) - cuts[0].start >= _LEAST_ITEM * len(cuts)
    return cuts if long_enough else []


def _number_cuts(text: str) -> list[_Cut]:
    """Cut at "1. … 2. … 3. …", where the numbers go up by one; the 1 may be cut off already."""
    cuts: list[_Cut] = []
    last = 0
    for match in _NUMBER.finditer(text):
        if int(match[1]) == (last + 1 if cuts else 1) or (not cuts and match[1] == "2"):
            last = int(match[1])
            cuts.append(_Cut(match.start(), match.end(), "item"))
    return cuts if len(cuts) >= 2 else []


def _heading_cuts(text: str) -> Iterator[_Cut]:
    """Cut before and after the words of a heading ("Required Skills:"), before "Location:"."""
    for match in _LABEL.finditer(text):
        words = list(re.finditer(r"[\w'’]+", match[0]))
        if any(word[0].lower() in _words("headings") for word in words):
            known = _words("headings") | _words("openers")
            first = next(word.start() for word in words if word[0].lower() in known)
            yield _Cut(match.start() + first, match.start() + first, "heading")
            yield _Cut(match.end(), match.end(), "text")
            continue
        facts = [word.start() for word in words if word[0].lower() in _words("facts")]
        if facts:
            start = match.start() + facts[0]
            yield _Cut(start, start, "text")


def _pieces(text: str, cuts: list[_Cut]) -> Iterator[Piece]:
    kind: Kind = "text"
    start = 0
    # Of two cuts at one place the more telling one counts.
    rank = {"item": 0, "heading": 1, "text": 2}
    for cut in sorted(cuts, key=lambda cut: (cut.start, rank[cut.kind])):
        if cut.end < start or (cut.start == start and cut.kind == "text"):
            continue
        piece = text[start : cut.end].strip()
        if piece:
            yield Piece(piece, kind)
        kind, start = cut.kind, cut.start
    if text[start:].strip():
        yield Piece(text[start:].strip(), kind)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(data_toml("posting_cues.toml")["glued"][table])


@cache
def _glued_words() -> re.Pattern[str]:
    """A lower-case letter directly before the first word of a usual heading or item."""
    starts = data_toml("posting_cues.toml")["glued"]["starts"]
    return re.compile(r"(?<=[a-z)])(?=(?:" + "|".join(map(re.escape, starts)) + r")\b)")
