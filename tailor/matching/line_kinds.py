"""How much the words of a line speak for a requirement, learnt from postings (`models/`).

A second opinion beside the phrases of `posting_cues`, which cannot name every way to speak of
pay, benefits, law, procedure and the company itself. The weight of each word and each pair of
neighbouring words is learnt from the headings under which it stands
(`training.line_kinds`); the evidence of a line is their sum.

All sums are over whole numbers: the same on every processor, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tailor.nlp.phrases import words_of
from tailor.values.resources import model_bytes

KINDS_FILE = "line_kinds.txt"
UNIT = 100  # of evidence: the natural logarithm of the odds, times this

_MONEY = re.compile(r"[$€£]\s?\d")
_SIGNS = {"%": "<percent>", "!": "<exclamation>", "?": "<question>", "http": "<address>"}
_NAMED_BY_FIGURES = frozenset({"401", "403"})  # plans of pension, and not how many of something


@dataclass(frozen=True, slots=True)
class LineKinds:
    """What a line without words is worth, and each known feature more."""

    base: int
    weights: dict[str, int]

    def evidence(self, text: str) -> int:
        """Return the evidence that the line `text` asks for something, in `UNIT`.

        Above 0 where it looks like a duty or a wish, below 0 where it looks like pay,
        benefits, law, procedure, logistics or company talk; `UNIT` is a factor of e in the odds.
        """
        weights = self.weights
        return self.base + sum(weights.get(feature, 0) for feature in features_of(text))


def features_of(text: str) -> set[str]:
    """Return what a line is judged by: its words, pairs of neighbours, ends, signs and length.

    Figures are one word, ``#``; ``^`` and ``$`` stand for the line's beginning and end.
    """
    words = words_of(text)
    ends = ["^", *("#" if w.isdigit() and w not in _NAMED_BY_FIGURES else w for w in words), "$"]
    features = set(ends[1:-1])
    features.update(map(" ".join, pairwise(ends)))
    features.update(name for sign, name in _SIGNS.items() if sign in text)
    if _MONEY.search(text):
        features.add("<money>")
    features.add(f"<length {min(len(words).bit_length(), 6)}>")
    return features


def evidence_beside(own: int, near: Sequence[int]) -> int:
    """Return the evidence of a line of a list, given that of itself and of its neighbours.

    What stands beside a line says something of it: the neighbours' mean counts half.
    """
    return own + (sum(near) // (2 * len(near)) if near else 0)


@cache
def learnt_kinds() -> LineKinds:
    """Return the weights that ship in `models/`."""
    return parse_kinds(model_bytes(KINDS_FILE).decode())


def parse_kinds(table: str) -> LineKinds:
    """Parse the text of a table: a line with the base, then ``feature<TAB>weight``."""
    first, *rows = table.splitlines()
    weights = {}
    for row in rows:
        feature, _, weight = row.partition("\t")
        weights[feature] = int(weight)
    return LineKinds(int(first.partition("\t")[2]), weights)
