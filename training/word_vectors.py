"""Texts -> a vector for each word form, by which forms stand near each other.

The table of how often two forms stand in the same stretch of text, as positive pointwise
mutual information with smoothed contexts, cut to its strongest dimensions by a singular value
decomposition (Levy, Goldberg and Dagan 2015).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 128
FEWEST_STRETCHES = 10  # so that no name of a person or a small firm can be read out of the list
_STRETCH = 40  # words: lines of a document are taken together until there are so many
_SMOOTHING = 0.75  # power of the contexts' counts, so that rare words do not rule
_LONGEST = 127  # of a row, in int8


def stretches(lines: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Yield the forms of neighbouring lines of one document, about 40 at a time."""
    current: list[str] = []
    for line in lines:
        current += line
        if len(current) >= _STRETCH:
            yield current
            current = []
    if current:
        yield current


def learn_vectors(
    texts: Sequence[Sequence[str]], dimensions: int = DIMENSIONS
) -> tuple[list[str], NDArray[np.int8]]:
    """Return the forms that stand in enough of `texts`, sorted, and a row for each.

    `texts` are stretches of forms. Rows are int8 and about 127 long; their number of columns is
    `dimensions`, or less where there are fewer forms.
    """
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 - slow to import

    counts = Counter(form for text in texts for form in set(text))
    forms = sorted(form for form, n in counts.items() if n >= FEWEST_STRETCHES)
    if not forms:
        return [], np.zeros((0, dimensions), dtype=np.int8)
    information = _information(texts, {form: column for column, form in enumerate(forms)})
    dimensions = min(dimensions, max(len(forms) - 1, 1))
    left, strengths, _ = randomized_svd(information, dimensions, random_state=0, n_iter=4)
    vectors = left * np.sqrt(strengths)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return forms, np.rint(vectors * _LONGEST).astype(np.int8)


def _information(texts: Sequence[Sequence[str]], columns: dict[str, int]) -> sp.csr_matrix:
    """Return the positive pointwise mutual information of each two forms."""
    cells = [(row, columns[f]) for row, text in enumerate(texts) for f in set(text) if f in columns]
    rows, found = np.array(cells).T
    stands = sp.csr_matrix(
        (np.ones(len(cells), np.float32), (rows, found)), shape=(len(texts), len(columns))
    )
    together = (stands.T @ stands).tocoo()
    total = together.data.sum()
    share = np.bincount(together.row, together.data, len(columns)) / total
    context = np.asarray(stands.sum(axis=0)).ravel() ** _SMOOTHING
    context /= context.sum()
    apart = together.row != together.col
    row, column, value = together.row[apart], together.col[apart], together.data[apart]
    information = np.log(value / total / (share[row] * context[column]))
    positive = information > 0
    return sp.csr_matrix(
        (information[positive], (row[positive], column[positive])), shape=together.shape
    )
