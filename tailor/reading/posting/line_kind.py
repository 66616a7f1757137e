"""What the words of a line of a posting say of it, apart from where it stands.

A logistic regression by scikit-learn over the words and pairs of words of a line, learnt from the
headings that postings set above their lines (`training/posting.py`). Its coefficients are whole
numbers, found by a checksum of the feature, so that all lines are judged by one sum each, and
alike on every processor.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tailor.reading.posting.cue import TEXTS_KEPT, find_cues
from tailor.values.resources import model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_FILE = "posting/words.npz"
UNIT = 100  # of evidence: the natural logarithm of the odds, times this
_MOST_WORDS = 60
_MONEY = re.compile(r"[$€£]\s?\d")
_YEARS = re.compile(r"\d\s?\+?\s?(?:years?|yrs?)\b", re.IGNORECASE)
_SIGNS = {"%": "<percent>", "!": "<exclamation>", "?": "<question>", "http": "<address>"}
_NAMED_BY_FIGURES = frozenset({"401", "403"})  # pension plans, and not how many of something


@dataclass(frozen=True)
class LineKinds:
    """A fitted classifier: for each feature's checksum, in order, its weight for each kind.

    `weights` has a row for each of `keys` and a column for each of `kinds`, in `UNIT`.
    """

    kinds: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.int16]
    intercepts: NDArray[np.int32]
    _judged: dict[str, NDArray[np.int64]] = field(default_factory=dict, repr=False, compare=False)

    def evidence(self, lines: Sequence[str]) -> NDArray[np.int64]:
        """Return a row for each line and a column for each kind: how much speaks for it.

        Each line of a posting is asked about several times, and judged once.
        """
        import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

        if len(self._judged) > TEXTS_KEPT:
            self._judged.clear()
        new = [line for line in dict.fromkeys(lines) if line not in self._judged]
        if new:
            self._judged.update(zip(new, self._sums(new), strict=True))
        return np.array([self._judged[line] for line in lines])

    def _sums(self, lines: Sequence[str]) -> NDArray[np.int64]:
        import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

        found = [_keys_of(line) for line in lines]
        flat = np.array(list(chain.from_iterable(found)), dtype=np.uint32)
        at = np.minimum(np.searchsorted(self.keys, flat), len(self.keys) - 1)
        weights = self.weights[at].astype(np.int64) * (self.keys[at] == flat)[:, None]
        # No line is without a feature: each has a length.
        begins = np.cumsum([0, *(len(row) for row in found[:-1])])
        sums: NDArray[np.int64] = np.add.reduceat(weights, begins, axis=0).astype(np.int64)
        return sums + self.intercepts.astype(np.int64)


def _keys_of(line: str) -> list[int]:
    """Return the checksums of what a line is judged by."""
    return [zlib.crc32(name.encode()) for name in features_of(line)]


def features_of(line: str) -> set[str]:
    """Return what a line is judged by: its words, pairs of neighbours, ends, signs and length.

    Figures are one word, ``#``; ``^`` and ``$`` stand for the line's beginning and end.
    """
    words = find_cues(line).words
    shown = ["#" if w.isdigit() and w not in _NAMED_BY_FIGURES else w for w in words[:_MOST_WORDS]]
    features = set(shown)
    features.update(map(" ".join, pairwise(["^", *shown, "$"])))
    features.update(name for sign, name in _SIGNS.items() if sign in line)
    if _MONEY.search(line):
        features.add("<money>")
    if _YEARS.search(line):
        features.add("<years>")
    features.add(f"<length {min(len(words).bit_length(), 6)}>")
    return features


@cache
def learnt_kinds() -> LineKinds:
    """Return the classifier that ships in `models/`."""
    return read_kinds(model_bytes(MODEL_FILE))


def read_kinds(content: bytes) -> LineKinds:
    """Return the classifier in the bytes of a file that `training/posting.py` wrote."""
    import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return LineKinds(
            tuple(arrays["kinds"].tolist()),
            arrays["keys"],
            arrays["weights"],
            arrays["intercepts"],
        )
