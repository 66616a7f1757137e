"""Which words are near in meaning, learnt from which words stand together (`models/`).

*Kubernetes* and *Terraform* share no letter and stand in the same lines of postings and
résumés; their vectors point the same way. A text's vector is the sum of its words'.

All sums are over whole numbers: the same on every processor, in any order.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tailor.embedding import learnt_frequencies
from tailor.language import Word, words
from tailor.resources import model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS_FILE = "word_vectors.npy"
FORMS_FILE = "word_vectors.txt"

# Whole numbers in place of fractions: of a word's weight, and of a text's vector of length 1.
_WEIGHT_UNIT = 1 << 12
LENGTH_UNIT = 1 << 14


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A vector for each known form: row ``rows[form]`` of `matrix`, int8, each about 127 long."""

    rows: dict[str, int]
    matrix: NDArray[np.int8]

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
    vectors = vectors or learnt_vectors()
    ones, others = _weighted_words(text, vectors), _weighted_words(other, vectors)
    rows, columns = ([row for _, row, _ in found] for found in (ones, others))
    products = (vectors.matrix[rows].astype(int) @ vectors.matrix[columns].astype(int).T).tolist()
    pairs = [
        (word, near, weight * factor * product)
        for (word, _, weight), line in zip(ones, products, strict=True)
        for (near, _, factor), product in zip(others, line, strict=True)
    ]
    total = math.fsum(share for _, _, share in pairs)
    if total <= 0:
        return ()
    best = sorted((pair for pair in pairs if pair[2] > 0), key=lambda pair: -pair[2])
    return tuple((word, near, share / total) for word, near, share in best[:most])


def _weighted_words(text: str, vectors: WordVectors) -> list[tuple[str, int, float]]:
    """Return each known form once: as the text writes it first, its row and its weight."""
    written: dict[str, str] = {}
    found = vectors.words(text)
    for word in found:
        written.setdefault(word.form, text[word.start : word.end])
    idf = learnt_frequencies().idf
    return [
        (written[form], vectors.rows[form], (1 + math.log(count)) * (idf(form) - 1))
        for form, count in Counter(word.form for word in found).items()
    ]


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
