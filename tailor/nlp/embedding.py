"""TF-IDF over word forms, with document frequencies learnt beforehand (`models/`).

What a word is worth is learnt from thousands of postings and résumés, not from
the one posting at hand: "experience" is worth little, "nvshmem" much.
"""

from __future__ import annotations

import gzip
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tailor.nlp.language import words
from tailor.values.resources import columns, model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FREQUENCIES_FILE = "document_frequencies.tsv.gz"


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """In how many documents of each corpus a form stands; and how many documents there are."""

    sizes: tuple[int, ...]
    counts: dict[str, tuple[int, ...]]
    # Asked for again and again.
    known_idf: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def idf(self, form: str) -> float:
        """Return the inverse document frequency of `form`: above 1, higher is rarer.

        The mean over the corpora of ``ln((1 + N) / (1 + df)) + 1``, the smoothed
        formula of scikit-learn's TfidfTransformer. A form that was never seen is
        worth most.
        """
        value = self.known_idf.get(form)
        if value is not None:
            return value
        counts = self.counts.get(form)
        known = form if counts else ""
        if known not in self.known_idf:
            logs = [
                math.log((1 + size) / (1 + count))
                for size, count in zip(self.sizes, counts or (0,) * len(self.sizes), strict=True)
            ]
            self.known_idf[known] = sum(logs) / len(logs) + 1
        return self.known_idf[known]


@cache
def learnt_frequencies() -> DocumentFrequencies:
    """Return the frequencies that ship in `models/`."""
    return parse_frequencies(gzip.decompress(model_bytes(FREQUENCIES_FILE)).decode())


def parse_frequencies(table: str) -> DocumentFrequencies:
    """Parse the text of a frequency table: a line of sizes, then ``form<TAB>df<TAB>df…``."""
    first, _, rows = table.partition("\n")
    sizes = tuple(int(cell) for cell in first.split("\t")[1:])
    forms, *counts = columns(rows, 1 + len(sizes))
    numbers = (map(int, column) for column in counts)
    return DocumentFrequencies(sizes, dict(zip(forms, zip(*numbers, strict=True), strict=True)))


def count_forms(text: str) -> Counter[str]:
    """Count the word forms of `text`."""
    return Counter(word.form for word in words(text))


def tfidf_matrix(
    counted: Sequence[Counter[str]],
    vocabulary: dict[str, int],
    frequencies: DocumentFrequencies | None = None,
) -> NDArray[np.float64]:
    """Return TF-IDF vectors as rows: shape ``(len(counted), len(vocabulary))``.

    Sublinear term frequency ``1 + ln(tf)`` times idf, each text scaled to length
    1 over all its forms; only the columns of `vocabulary` (form -> column) are
    returned, so a row is at most 1 long. Equal to scikit-learn's TfidfVectorizer
    with ``sublinear_tf=True`` and the same idf.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second, wanted only when text is compared

    frequencies = frequencies or learnt_frequencies()
    matrix = np.zeros((len(counted), len(vocabulary)))
    for row, counts in enumerate(counted):
        weights = {f: (1 + math.log(n)) * frequencies.idf(f) for f, n in counts.items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        for form, weight in weights.items():
            if form in vocabulary:
                matrix[row, vocabulary[form]] = weight / length
    return matrix
