"""The line of the master CV that a changed line was, and the words in which they differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from tailor.checking.findings import Word
from tailor.checking.printable import Divisible, Printable, Printed, Role

# From this share of common words, or letters of a short line, on a line is a changed one.
CHANGED_FROM = 0.5
_SHORT = 4  # words; in shorter lines letters are compared
_TRIED = 8
_WORD = re.compile(r"\w+")


class Nearest:
    """Finds the nearest of many lines: by the words that both have, then in their order."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        self._lines = lines
        self._words = [line.text.split() for line in lines]
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for word in set(_WORD.findall(line.text.casefold())):
                self._with[word].append(number)

    def find(
        self, text: str, may_be: Callable[[Printed], bool], fits: Callable[[Printed], bool]
    ) -> tuple[Printed, float] | None:
        """Return the nearest line and how near it is, 0 to 1; None where there is none.

        Only of lines that it `may_be`; of two that are as near, one that `fits` the place.
        """
        own = text.split()
        shared: Counter[int] = Counter()
        for word in set(_WORD.findall(text.casefold())):
            for number in self._with.get(word, ()):
                shared[number] += 1
        sizes = {n: 2 * many / (len(own) + len(self._words[n])) for n, many in shared.items()}
        tried = sorted(sizes, key=lambda n: (-sizes[n], n))[:_TRIED]
        if len(own) < _SHORT:  # a word changed in two leaves nothing that is the same
            near = [n for n, words in enumerate(self._words) if abs(len(words) - len(own)) < 2]
            tried = list(dict.fromkeys([*tried, *near]))
        scored = [
            (self._nearness(text, own, number), fits(self._lines[number]), -number)
            for number in tried
            if may_be(self._lines[number])
        ]
        if not scored:
            return None
        best, _, number = max(scored)
        return self._lines[-number], best

    def _nearness(self, text: str, own: Sequence[str], number: int) -> float:
        words = self._words[number]
        near = SequenceMatcher(None, words, own, autojunk=False).ratio()
        if min(len(own), len(words)) < _SHORT:
            letters = SequenceMatcher(None, self._lines[number].text, text, autojunk=False)
            if letters.quick_ratio() > near:
                near = max(near, letters.ratio())
        return near


def single_statements(can_print: Printable) -> Iterator[Printed]:
    """Yield the statements of lines that may be cut, each as a line of its own."""
    for line in can_print.divisible:
        for words, _ in line.statements:
            yield Printed(words, Role.LINE, line.spot, line.source)


def nearest_cut(text: str, near: Printed, lines: Sequence[Divisible]) -> str:
    """Return `near`, or as much of the line it is from as `text` seems to have been."""
    own = set(text.split())
    best, nearness = near.text, SequenceMatcher(None, near.text.split(), text.split()).ratio()
    for line in lines:
        if line.spot != near.spot or line.source != near.source:
            continue
        kept = [
            (words, led)
            for words, led in line.statements
            if 2 * len(own & set(words.split())) >= len(words.split())
        ]
        lead = [line.lead] if kept and kept[0][1] else []
        cut = " ".join(part for part in (line.date, *lead, *(w for w, _ in kept)) if part)
        near_cut = SequenceMatcher(None, cut.split(), text.split()).ratio()
        if near_cut > nearness:
            best, nearness = cut, near_cut
    return best


def difference(before: str, after: str) -> tuple[Word, ...]:
    """Return the words of both lines in order, with those that went and those that came marked."""
    old, new = before.split(), after.split()
    found: list[Word] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Word(word) for word in old[i:j]]
        else:
            found += [Word(word, "-") for word in old[i:j]]
            found += [Word(word, "+") for word in new[k:m]]
    return tuple(found)
