"""Which line of the master CV a changed line was, which lines a joined one was, and what differs.

Lines are compared word by word with the Indel distance of rapidfuzz: the likeness of two lines is
twice the number of words they share in the same order, over the number of words of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq

from tailor.checking.findings import Word
from tailor.checking.printable import Divisible, Printable, Printed, Spot
from tailor.layout.typography import Style

CHANGED_FROM = 0.5
"""The likeness from which on a line is a changed one of the master CV, and not a new one."""

_SHORT = 4  # words; in shorter lines letters are compared
# The share of a line's words that must stand in a joined line, and the share of that one that
# must be made of such lines: a full stop may have become "and", or a word been changed.
_THERE_FROM = 0.75
_SHORTEST_PART = 3  # words; shorter lines stand in others by chance
_PARTS = frozenset({Style.ENTRY, Style.ORGANISATION, Style.BULLET})
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class _Part:
    """A line or a statement that may stand in a joined line; `whole` tells the lines apart."""

    line: Printed
    whole: tuple[Spot, str]
    words: tuple[str, ...]


class Nearest:
    """The lines that can be printed of a master CV, to be found again after an edit."""

    def __init__(self, can_print: Printable) -> None:
        self._divisible = can_print.divisible
        statements = [
            (Printed(words, Style.BULLET, line.spot, line.source), line.text)
            for line in can_print.divisible
            for words, _ in line.statements
        ]
        self._lines = [*can_print.lines, *(statement for statement, _ in statements)]
        self._words = [line.text.split() for line in self._lines]
        wholes = [(line, line.text) for line in can_print.lines if line.style in _PARTS]
        parts = (
            _Part(line, (line.spot, whole), _words(line.text))
            for line, whole in (*wholes, *statements)
        )
        self._parts = [part for part in parts if len(part.words) >= _SHORTEST_PART]

    def find(
        self, text: str, may_be: Callable[[Printed], bool], fits: Callable[[Printed], bool]
    ) -> tuple[Printed, float] | None:
        """Return the nearest line and its likeness, 0 to 1; None where there is none.

        Only lines that it `may_be` count; of two that are as near, one that `fits` the place.
        """
        own = text.split()
        scored = (
            (self._likeness(text, own, number, likeness), fits(line), -number)
            for _, likeness, number in process.extract(
                own, self._words, scorer=Indel.normalized_similarity, limit=None
            )
            if may_be(line := self._lines[number])
        )
        likeness, _, number = max(scored, default=(0.0, False, 0))
        return (self._lines[-number], likeness) if likeness else None

    def _likeness(self, text: str, own: Sequence[str], number: int, likeness: float) -> float:
        many = len(self._words[number])
        if min(len(own), many) >= _SHORT or (not likeness and abs(len(own) - many) > 1):
            return likeness
        # A word changed in a line of two leaves nothing that is the same.
        letters = Indel.normalized_similarity(self._lines[number].text, text)
        return max(likeness, letters)

    def kept(self, text: str, near: Printed) -> str:
        """Return `near`, or as much of the line it is from as `text` seems to have been."""
        own = text.split()
        cuts = [
            _cut(line, set(own))
            for line in self._divisible
            if (line.spot, line.source) == (near.spot, near.source)
        ]
        return max(
            [near.text, *cuts], key=lambda cut: Indel.normalized_similarity(cut.split(), own)
        )

    def joined(self, text: str) -> tuple[Printed, ...]:
        """Return the lines that `text` was joined from, in its order; none if it was not."""
        own = _words(text)
        found = [
            (part, taken)
            for part in self._parts
            if len(taken := _taken(part.words, own)) >= _THERE_FROM * len(part.words)
        ]
        found.sort(key=lambda one: -len(one[1]))
        covered: set[int] = set()
        chosen: list[tuple[int, Printed]] = []
        wholes = set()
        for part, taken in found:
            if len(taken - covered) >= _THERE_FROM * len(part.words):
                covered |= taken
                chosen.append((min(taken), part.line))
                wholes.add(part.whole)
        if len(wholes) < 2 or len(covered) < _THERE_FROM * len(own):
            return ()
        return tuple(line for _, line in sorted(chosen, key=lambda one: one[0]))


def difference(before: str, after: str) -> tuple[Word, ...]:
    """Return the words of both lines in order, with those that went and those that came marked."""
    old, new = before.split(), after.split()
    found: list[Word] = []
    came: list[Word] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "insert":
            came += [Word(word, "+") for word in new[step.dest_start : step.dest_end]]
        elif step.tag == "delete":
            found += [Word(word, "-") for word in old[step.src_start : step.src_end]]
        else:
            found += [*came, *(Word(word) for word in old[step.src_start : step.src_end])]
            came = []
    return (*found, *came)


def _cut(line: Divisible, own: set[str]) -> str:
    """Return the statements of which most words are among `own`, with their date and lead."""
    kept = [
        (words, led)
        for words, led in line.statements
        if 2 * len(own & set(words.split())) >= len(words.split())
    ]
    lead = [line.lead] if kept and kept[0][1] else []
    return " ".join(part for part in (line.date, *lead, *(words for words, _ in kept)) if part)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _taken(words: Sequence[str], own: Sequence[str]) -> set[int]:
    """Return the places in `own` of the words of a part, in their order."""
    blocks = LCSseq.opcodes(words, own).as_matching_blocks()
    return {block.b + step for block in blocks for step in range(block.size)}
