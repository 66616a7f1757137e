"""Marks that people type around headings and names: "=== Work ===", ">> where I have worked".

A page of plain text has no larger letters, so its author draws what stands out. The marks are no
words of the CV, and lines with the same marks are of one kind: its headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.contacts import has_contact
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import is_known_section
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText

_MARKS = "=~*#<>/\\:.+_•·|–—-[]{}★☆✦◆■─━═«» "
_MIRRORED = str.maketrans("<>/\\[]{}«»", "><\\/][}{»«")
_LONGEST = 120  # characters, most of them marks
_WORDS = 9
_HEADINGS = 2  # lines with the same marks before their text only
_RULE = 3  # marks on one side that are surely drawn
# "J A N E   D O E": letters set apart, and words set further apart.
_APART = re.compile(r"\s{0,9}(?:[^\W\d_]|[-–.'’&])(?:\s{1,9}(?:[^\W\d_]|[-–.'’&])){3,60}\s{0,9}")
_FEWEST = 3  # letters of the longest word of a name
_WIDE = re.compile(r"[ \t\u00a0]{2,}")


def without_ornaments(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without marks around them; several with the same marks are headings.

    The letters of a name or a heading that are typed apart are put together.
    """
    lines = [_closed_up(line) for line in lines]
    found = [_ornament(line) for line in lines]
    alone = [
        style if style and not (after and after[0] == style[0]) else None
        for style, after in zip(found, [*found[1:], None], strict=False)
    ]
    counts = Counter(style[0] for style in alone if style)
    marked = any(line.kind is LineKind.HEADING for line in lines)
    kept: list[Line] = []
    for line, style in zip(lines, alone, strict=True):
        if not style or (counts[style[0]] < _HEADINGS and not style[1]):
            kept.append(line)
            continue
        text = line.text.slice(style[2], style[3])
        kind, level = line.kind, line.level
        if counts[style[0]] >= _HEADINGS and kept and not marked:
            kind, level = LineKind.HEADING, 3 if find_dates(text.plain) else 2
        kept.append(replace(line, kind=kind, level=level, text=text, gap=True))
    return kept


def _ornament(line: Line) -> tuple[str, bool, int, int] | None:
    """Return the kinds of marks around a line, whether they are surely drawn, and its own text."""
    plain = line.plain
    text = plain.strip(_MARKS)
    if line.kind is LineKind.ITEM or line.look.cell or not text[:1].isalpha():
        return None
    if len(plain) > _LONGEST or len(text.split()) > _WORDS or has_contact(text) or "|" in text:
        return None
    start = plain.index(text)
    end = start + len(text)
    left, right = ("".join(side.split()) for side in (plain[:start], plain[end:]))
    mirrored = bool(right) and set(left.translate(_MIRRORED)) == set(right)
    ruled = not (left and right) and max(len(left), len(right)) >= _RULE and right[:1] != "."
    if not (mirrored or ruled or (len(left) > 1 and not right)):
        return None
    return f"{left[:1]} {right[:1]}", mirrored or ruled, start, end


def _closed_up(line: Line) -> Line:
    """Return a line of letters typed apart with these put together."""
    if len(line.plain) > _LONGEST or not _APART.fullmatch(line.plain):
        return line
    words = ["".join(word.split()) for word in _WIDE.split(line.plain.strip())]
    closed = replace(line, text=RichText.of(" ".join(words)))
    told = len(words) > 1 and max(map(len, words)) >= _FEWEST
    return closed if told or is_known_section(closed.text) else line
