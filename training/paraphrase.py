"""Learn vectors of words in which texts are near that say the same, for `models/paraphrase.npz`.

    python -m training.paraphrase

Learnt from rows of what shows a name in a CV and what is near to it and is not it, in
`data/asked_names.txt` and `named_by_trade.txt`. A text is the sum of its words' vectors; the vector
of a name is drawn to that of what shows it, among the other rows of a batch and what is near to it
(InfoNCE: van den Oord et al. 2018, arXiv:1807.03748), by Adam (Kingma and Ba 2015,
arXiv:1412.6980). Words that the pipeline has vectors of begin with these. Prints how often the
model prefers what shows a name to what is near to it, and to what shows other names, on rows that
it has not learnt from. The same input gives the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from tailor.matching.asked_row import KINDS, LISTED, NAMES, NEAR, SHOWN_BY, parts_of
from tailor.matching.judge import weight
from tailor.matching.paraphrase import PARAPHRASE_FILE, save
from tailor.matching.words import content
from tailor.nlp.vectors import vectors_of
from tailor.values.resources import MODELS, data_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

BY_TRADE = Path(__file__).parent / "named_by_trade.txt"
DIMENSIONS = 64
_STEPS, _BATCH = 5_000, 256
_RATE, _WARMTH = 3e-3, 0.07  # of Adam, and of the softmax
_BY_SIGN = 0.8  # how often a name is drawn to what shows it, and not to another of its names
_STRANGERS, _THEIRS = 3, 4  # pieces of other rows behind a text, as in a line of a CV; their words
_SMALL, _KNOWN = 0.05, 0.1  # how long vectors are to begin with
_TENTH = 10


class Row(NamedTuple):
    """What is said of one name, each text as the places of its words."""

    names: list[list[int]]
    signs: list[list[int]]
    near: list[list[int]]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.paraphrase", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    parser.add_argument("--steps", type=int, default=_STEPS)
    options = parser.parse_args()
    rows, words = read_rows()
    weights = np.array([weight(word) for word in words], dtype=np.float32)
    kept = [row for place, row in enumerate(rows) if place % _TENTH]
    apart = [row for place, row in enumerate(rows) if not place % _TENTH]
    print(json.dumps(measured(apart, learn(kept, words, weights, options.steps), weights)))  # noqa: T201
    save(options.out / PARAPHRASE_FILE, words, learn(rows, words, weights, options.steps))


def read_rows() -> tuple[list[Row], list[str]]:
    """Return the rows of what people list in a CV, and the words in them."""
    texts = [data_text("asked_names.txt"), BY_TRADE.read_text("utf-8")]
    told = [
        row
        for text in texts
        for row in text.splitlines()
        if row[:1] not in {"", "#"} and parts_of(row, LISTED) == [KINDS[0]]
    ]
    places: dict[str, int] = {}

    def read(row: str, column: int) -> list[list[int]]:
        forms = [[word for word, _ in content(text)] for text in parts_of(row, column)]
        return [[places.setdefault(word, len(places)) for word in one] for one in forms if one]

    rows = [Row(read(row, NAMES), read(row, SHOWN_BY), read(row, NEAR)) for row in told]
    return [row for row in rows if row.names and row.signs], list(places)


def learn(rows: Sequence[Row], words: Sequence[str], weights: Floats, steps: int) -> Floats:
    """Return the vectors of words, words × `DIMENSIONS`, times what each word weighs."""
    chosen = np.random.default_rng(0)
    vectors = _beginnings(words, chosen)
    mean, square = np.zeros_like(vectors), np.zeros_like(vectors)
    for step in range(1, steps + 1):
        own, shown, near = _batch(rows, chosen)
        bags = [_bag(texts, weights) for texts in (own, shown, near)]
        slope = _slope(bags, vectors)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        rate = _RATE * min(1.0, 1.2 * (steps - step) / steps + 0.02)
        root = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        vectors -= rate * (mean / (1 - 0.9**step)) / root
    return vectors * weights[:, None]


def _beginnings(words: Sequence[str], chosen: np.random.Generator) -> Floats:
    """Return vectors to begin with: of known words the main directions of those they have."""
    vectors = chosen.normal(0, _SMALL, (len(words), DIMENSIONS)).astype(np.float32)
    known = vectors_of(words)
    places = np.abs(known).sum(axis=1) > 0
    left, sizes, _ = np.linalg.svd(known[places], full_matrices=False)
    main = (left * sizes)[:, :DIMENSIONS]
    vectors[places] = _KNOWN * main / main.std()
    return vectors


def _batch(
    rows: Sequence[Row], chosen: np.random.Generator
) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """Return names, texts that show them among words of other rows, and texts near to them."""

    def one(texts: Sequence[list[int]]) -> list[int]:
        return texts[int(chosen.integers(len(texts)))]

    own, shown, near = [], [], []
    for place in chosen.integers(len(rows), size=_BATCH).tolist():
        row = rows[place]
        own.append(one(row.names))
        is_sign = len(row.names) < 2 or chosen.random() < _BY_SIGN
        text = list(one(row.signs if is_sign else row.names))
        for _ in range(chosen.integers(_STRANGERS)):
            other = rows[int(chosen.integers(len(rows)))]
            text += one(other.signs)[: chosen.integers(1, _THEIRS)]
        shown.append(text)
        near.append(one(row.near or rows[int(chosen.integers(len(rows)))].signs))
    return own, shown, near


def _bag(texts: Sequence[Sequence[int]], weights: Floats) -> csr_matrix:
    """Return texts × words: what each word in a text weighs."""
    pairs = [(row, word) for row, text in enumerate(texts) for word in dict.fromkeys(text)]
    of, words = np.array(pairs, dtype=np.int64).T
    return csr_matrix((weights[words], (of, words)), shape=(len(texts), len(weights)))


def _slope(bags: Sequence[csr_matrix], vectors: Floats) -> Floats:
    """Return the slope of the loss of a batch by the vectors of words."""
    sums = [bag @ vectors for bag in bags]
    lengths = [np.linalg.norm(one, axis=1, keepdims=True) + 1e-6 for one in sums]
    own, shown, near = (one / length for one, length in zip(sums, lengths, strict=True))
    size = len(own)
    right = np.arange(size)
    by_own = _softmax(np.hstack([own @ shown.T, (own * near).sum(axis=1, keepdims=True)]))
    by_shown = _softmax(shown @ own.T)
    by_own[right, right] -= 1
    by_shown[right, right] -= 1
    by_own, by_shown = (one / (size * _WARMTH) for one in (by_own, by_shown))
    slopes = (
        by_own[:, :size] @ shown + by_own[:, size:] * near + by_shown.T @ shown,
        by_own[:, :size].T @ own + by_shown @ own,
        by_own[:, size:] * own,
    )
    found = np.zeros_like(vectors)
    for bag, unit, length, slope in zip(bags, (own, shown, near), lengths, slopes, strict=True):
        found += bag.T @ ((slope - unit * (unit * slope).sum(axis=1, keepdims=True)) / length)
    return found


def _softmax(cosines: Floats) -> Floats:
    powers = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / _WARMTH)
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def measured(rows: Sequence[Row], vectors: Floats, weights: Floats) -> dict[str, float]:
    """Return how good the vectors are on rows that they were not learnt from."""
    ones = np.ones_like(weights)  # the vectors have the weights in them

    def of(texts: Sequence[list[int]]) -> Floats:
        sums = _bag(texts, ones) @ vectors
        units: Floats = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6)
        return units

    rows = [row for row in rows if row.near]
    own, signs, near = (of([row[column][0] for row in rows]) for column in range(3))
    shown = (own * signs).sum(axis=1)
    others = own @ signs.T
    return {
        "rows apart": len(rows),
        "preferred to what is near": round(float((shown > (own * near).sum(axis=1)).mean()), 3),
        "preferred to all others": round(
            float((others.argmax(axis=1) == np.arange(len(rows))).mean()), 3
        ),
    }


if __name__ == "__main__":
    main()
