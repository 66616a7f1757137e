"""How likely a recruiter would sign that a CV has a skill of which no line says the name.

The judge compares an ask with one line at a time. What a person believes rests on all lines: how
much of the name is said by any, and whether its words stand together in the line that says most of
it. A logistic regression, learnt by `training/judge.py` from real pairs of a posting and a CV that
were judged one by one, makes one probability of it.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from tailor.matching.judge import FEATURES, learnt_file, likely
from tailor.matching.words import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_OF_JUDGE = ("same", "said", "meaning", "worst", "last", "rarest", "alike", "alike words")
SIGNS = ("invented", *_OF_JUDGE, "together", "all words", "named", "words")
_ROWS = [FEATURES.index(name) for name in _OF_JUDGE]
_SAME = FEATURES.index("same")
_BESIDE, _NEAR = 2, 4  # words from one to the next of an ask that a line says together, or nearly


def signs(
    ask: str, lines: Sequence[str], figures: Floats, *, all_words: bool, named: bool
) -> list[float]:
    """Return what `SIGNS` says of an ask.

    `figures` are the judge's features of it with each of `lines`. `all_words` says that one line
    has all its words, `named` that it is surely a name.
    "Invented" is how likely a line shows it by what was learnt from invented lines alone, which
    are harder.
    """
    invented = float(likely(figures, "invented").max())
    most = figures[_ROWS].max(axis=1).tolist()
    together = words_together(ask, lines[int(figures[_SAME].argmax())])
    return [invented, *most, together, all_words, named, len(content(ask))]


def words_together(text: str, line: str) -> float:
    """Return the share of neighbouring words of a text that stand near each other in a line."""
    words = [word for word, _ in content(text)]
    places: dict[str, list[int]] = {}
    for word, place in content(line):
        places.setdefault(word, []).append(place)
    near = 0.0
    for one, other in pairwise(words):
        if one != other and one in places and other in places:
            apart = min(abs(a - b) for a in places[one] for b in places[other])
            near += 1.0 if apart <= _BESIDE else 0.5 if apart <= _NEAR else 0.0
    return near / max(len(words) - 1, 1)


def belief(own: list[float]) -> float:
    """Return how likely a recruiter would sign an ask, given its `signs`; 0 to 1."""
    total = sum(weight * sign for weight, sign in zip(_weights(), (*own, 1.0), strict=True))
    return 1.0 / (1.0 + exp(-total))


@cache
def _weights() -> list[float]:
    learnt = learnt_file()["signs"]
    return [learnt[name] for name in (*SIGNS, "bias")]
