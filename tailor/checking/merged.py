"""Lines of the master CV that were joined into one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tailor.checking.printable import Printable, Printed, Role, Spot

# From this share of a line's words on it is in the joined one, and so much of that one has to be
# made of such lines: a full stop may have become "and", a word or two may have been changed.
_THERE_FROM = 0.75
_SHORTEST = 3  # words; shorter lines stand in others by chance
_PARTS = frozenset({Role.TITLE, Role.ORGANISATION, Role.LINE})
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class _Part:
    """A line or a statement of it. Statements of one line are of one `whole`."""

    line: Printed
    whole: tuple[Spot, str]
    words: tuple[str, ...]


class Joined:
    """Finds the lines that a line was joined from."""

    def __init__(self, can_print: Printable) -> None:
        parts = [_part(one, one.text) for one in can_print.lines if one.role in _PARTS]
        parts += [
            _part(Printed(words, Role.LINE, line.spot, line.source), line.text)
            for line in can_print.divisible
            for words, _ in line.statements
        ]
        self._parts = [part for part in parts if len(part.words) >= _SHORTEST]
        self._with: defaultdict[str, set[int]] = defaultdict(set)
        for number, part in enumerate(self._parts):
            for word in part.words:
                self._with[word].add(number)

    def find(self, text: str) -> tuple[Printed, ...]:
        """Return the lines in their order in `text`; none where it was not joined from several."""
        own = _words(text)
        found = [
            (number, taken)
            for number in self._tried(own)
            if len(taken := _taken(self._parts[number].words, own))
            >= _THERE_FROM * len(self._parts[number].words)
        ]
        found.sort(key=lambda one: (-len(one[1]), one[0]))
        covered: set[int] = set()
        chosen: list[tuple[int, Printed]] = []
        wholes = set()
        for number, taken in found:
            part = self._parts[number]
            if len(taken - covered) >= _THERE_FROM * len(part.words):
                covered |= taken
                chosen.append((min(taken), part.line))
                wholes.add(part.whole)
        if len(wholes) < 2 or len(covered) < _THERE_FROM * len(own):
            return ()
        return tuple(line for _, line in sorted(chosen, key=lambda one: one[0]))

    def _tried(self, own: Sequence[str]) -> list[int]:
        """Return the parts of which most words are in the line, in whatever order."""
        shared: defaultdict[int, int] = defaultdict(int)
        for word in set(own):
            for number in self._with.get(word, ()):
                shared[number] += 1
        return [
            number
            for number, many in sorted(shared.items())
            if many >= _THERE_FROM * len(set(self._parts[number].words))
        ]


def _part(line: Printed, whole: str) -> _Part:
    return _Part(line, (line.spot, whole), _words(line.text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _taken(words: Sequence[str], own: Sequence[str]) -> set[int]:
    """Return the places in `own` of the words of a part, in their order."""
    blocks = SequenceMatcher(None, words, own, autojunk=False).get_matching_blocks()
    return {block.b + step for block in blocks for step in range(block.size)}
