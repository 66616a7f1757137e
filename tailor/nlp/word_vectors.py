"""Which words are near in meaning, learnt from which words stand together (`models/`).

*Kubernetes* and *Terraform* share no letter and stand in the same lines of postings and
résumés; their vectors point the same way. A text's vector is the sum of its words'.

All sums are over whole numbers: the same on every processor, in any order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tailor.nlp.embedding import learnt_frequencies
from tailor.nlp.language import Word, words
from tailor.values.resources import model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS_FILE = "word_vectors.npy"
FORMS_FILE = "word_vectors.txt"

# Whole numbers in place of fractions: of a word's weight, and of a text's vector of length 1.
_WEIGHT_UNIT = 1 << 12
LENGTH_UNIT = 1 << 14
_MOST_WEIGHTED = 2_000  # texts, of some 15 kB


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A vector for each known form: row ``rows[form]`` of `matrix`, int8, each about 127 long."""

    rows: dict[str, int]
    matrix: NDArray[np.int8]
    # The lines of a CV are compared again with every posting.
    weighted: dict[str, _WeightedWords] = field(default_factory=dict, repr=False, compare=False)

    def words(self, text: str) -> list[Word]:
        """Return the words of `text` that have a vector.

        Of a known term that has one its single words are left out, so that "ML" and "machine
        learning" are the same.
        """
        found = []
        term_ends = 0
        rows = self.rows
        for word in words(text):
            form, start, end = word
            if start >= term_ends and form in rows:
                found.append(word)
                term_ends = end
        return found

    def text_vector(self, text: str) -> NDArray[np.int64]:
        """Return the vector of a text, shape ``(dimensions,)``.

        A form weighs ``(1 + ln(tf)) · (idf - 1)``: what stands everywhere weighs nothing. The
        vector is `LENGTH_UNIT` long, or 0 where no form is known.
        """
        import numpy as np  # noqa: PLC0415 - wanted only when text is compared

        idf = learnt_frequencies().idf
        counts: dict[str, int] = {}
        for form, _, _ in self.words(text):
            counts[form] = counts.get(form, 0) + 1
        if not counts:
            return np.zeros(self.matrix.shape[1], dtype=np.int64)
        weights = [
            round((1 + math.log(count)) * (idf(form) - 1) * _WEIGHT_UNIT)
            for form, count in counts.items()
        ]
        known = self.matrix[[self.rows[form] for form in counts]]
        total = np.array(weights, dtype=np.int64) @ known.astype(np.int64)
        length = math.sqrt(int(total @ total)) or 1.0
        vector: NDArray[np.int64] = np.rint(total * (LENGTH_UNIT / length)).astype(np.int64)
        return vector


def similarities(ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the cosine of each of `ones` with each of `others`, -1 to 1, as a matrix."""
    cosines: NDArray[np.float64] = (ones @ others.T) / float(LENGTH_UNIT * LENGTH_UNIT)
    return cosines


def nearest_words(
    text: str, other: str, vectors: WordVectors | None = None, most: int = 4
) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs of a word of `text` and one of `other` that bring the two together.

    Words as they are written; the figure is the pair's share of the cosine of the two texts,
    above 0, largest first; at most `most` pairs.
    """
    import numpy as np  # noqa: PLC0415

    vectors = vectors or learnt_vectors()
    ones, others = _weighted_words(text, vectors), _weighted_words(other, vectors)
    # Whole numbers far below 2^53, so the sums are exact though they are floats.
    products = ones.rows @ others.rows.T
    shares = (ones.weights[:, None] * others.weights * products).ravel()
    total = math.fsum(shares.tolist())
    if total <= 0:
        return ()
    best = np.argsort(-shares, kind="stable")[:most].tolist()
    width = len(others.words)
    return tuple(
        (ones.words[place // width], others.words[place % width], float(shares[place]) / total)
        for place in best
        if shares[place] > 0
    )


class _WeightedWords(NamedTuple):
    """Each known form of a text once: as the text writes it first, its weight and its vector."""

    words: tuple[str, ...]
    weights: NDArray[np.float64]
    rows: NDArray[np.float64]


def _weighted_words(text: str, vectors: WordVectors) -> _WeightedWords:
    known = vectors.weighted.get(text)
    if known is None:
        if len(vectors.weighted) >= _MOST_WEIGHTED:
            vectors.weighted.clear()
        known = vectors.weighted[text] = _weigh_words(text, vectors)
    return known


def _weigh_words(text: str, vectors: WordVectors) -> _WeightedWords:
    import numpy as np  # noqa: PLC0415

    written: dict[str, str] = {}
    counts: dict[str, int] = {}
    for form, start, end in vectors.words(text):
        written.setdefault(form, text[start:end])
        counts[form] = counts.get(form, 0) + 1
    idf = learnt_frequencies().idf
    return _WeightedWords(
        tuple(written.values()),
        np.array([(1 + math.log(count)) * (idf(form) - 1) for form, count in counts.items()]),
        vectors.matrix[[vectors.rows[form] for form in counts]].astype(np.float64),
    )


@cache
def learnt_vectors() -> WordVectors:
    """Return the vectors that ship in `models/`."""
    return parse_vectors(model_bytes(VECTORS_FILE), model_bytes(FORMS_FILE).decode())


def parse_vectors(matrix: bytes, forms: str) -> WordVectors:
    """Parse the bytes of a NumPy file, and the list of its rows' forms, one a line."""
    from io import BytesIO  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    rows = {form: row for row, form in enumerate(forms.splitlines())}
    return WordVectors(rows, np.load(BytesIO(matrix), allow_pickle=False))
