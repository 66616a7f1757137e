"""How much the words of a line speak for a requirement, learnt from postings (`models/`).

A second opinion beside the cues, which cannot name every way to speak of pay, benefits, law,
procedure and the company itself. It is a logistic regression by scikit-learn over the words and
pairs of words of a line, trained on the headings that postings set above their lines
(`training/line_kind.py`). Here its coefficients are applied to all lines at once.

The coefficients are whole numbers, so the evidence is the same on every processor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from tailor.nlp.cue import words_of
from tailor.values.resources import model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sklearn.feature_extraction.text import CountVectorizer

MODEL_FILE = "line_kind.json"
UNIT = 100  # of evidence: the natural logarithm of the odds, times this

_MONEY = re.compile(r"[$€£]\s?\d")
_SIGNS = {"%": "<percent>", "!": "<exclamation>", "?": "<question>", "http": "<address>"}
_NAMED_BY_FIGURES = frozenset({"401", "403"})  # pension plans, and not how many of something


@dataclass(frozen=True)
class LineClassifier:
    """A fitted logistic regression: what a line without words is worth, and each feature more.

    `intercept` and `coefficients` are whole numbers in `UNIT`.
    """

    intercept: int
    coefficients: dict[str, int]

    def evidence(self, lines: Sequence[str]) -> list[int]:
        """Return for each line the evidence that it asks for something, in `UNIT`.

        Above 0 where it looks like a duty or a wish, below 0 where it looks like pay,
        benefits, law, procedure, logistics or company talk; `UNIT` is a factor of e in the odds.
        """
        if not lines:
            return []
        sums = self._vectorizer.transform(lines) @ self._weights
        evidence: list[int] = (sums + self.intercept).tolist()
        return evidence

    @cached_property
    def _weights(self) -> NDArray[np.int64]:
        import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

        return np.array(list(self.coefficients.values()), dtype=np.int64)

    @cached_property
    def _vectorizer(self) -> CountVectorizer:
        return make_vectorizer(list(self.coefficients))


def make_vectorizer(vocabulary: Sequence[str] | None = None) -> CountVectorizer:
    """Return what turns lines into rows of 0 and 1: a column for each feature of `vocabulary`."""
    from tailor.matching.feature import put_statistics_off  # noqa: PLC0415 - imports spaCy

    put_statistics_off()
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415 - 0.1 s

    return CountVectorizer(analyzer=features_of, vocabulary=vocabulary, binary=True)


def features_of(line: str) -> list[str]:
    """Return what a line is judged by: its words, pairs of neighbours, ends, signs and length.

    Figures are one word, ``#``; ``^`` and ``$`` stand for the line's beginning and end.
    """
    words = words_of(line)
    ends = ["^", *("#" if w.isdigit() and w not in _NAMED_BY_FIGURES else w for w in words), "$"]
    features = ends[1:-1]
    features += map(" ".join, pairwise(ends))
    features += (name for sign, name in _SIGNS.items() if sign in line)
    if _MONEY.search(line):
        features.append("<money>")
    features.append(f"<length {min(len(words).bit_length(), 6)}>")
    return features


def evidence_beside(own: int, near: Sequence[int]) -> int:
    """Return the evidence of an item of a list, given that of itself and of its neighbours.

    What stands beside an item says something of it: the mean of the neighbours counts half.
    """
    return own + (sum(near) // (2 * len(near)) if near else 0)


@cache
def learnt_classifier() -> LineClassifier:
    """Return the classifier that ships in `models/`."""
    return parse_classifier(model_bytes(MODEL_FILE).decode())


def parse_classifier(model: str) -> LineClassifier:
    """Parse the JSON of a model: the ``intercept`` and the ``coefficients`` by feature."""
    return LineClassifier(**json.loads(model))
