"""Words as vectors in which texts are near that say the same in other words.

"Fitted bathrooms" lies near "bathroom installation", and far from "bathroom cleaning". A text is
the sum of the vectors of its words, of which those that tell more are longer. Learnt by
`training/paraphrase.py` from what shows each of some 10,000 names in a CV.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from tailor.nlp.vectors import normalised
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PARAPHRASE_FILE = "paraphrase.npz"
_MOST = 127  # of a digit of a vector as it is kept


def paraphrase_vectors(forms: Sequence[str]) -> Floats:
    """Return the vector of each form of a word, a row each; 0 where it has none."""
    known, vectors = _model()
    hashes = np.array([get_string_id(form) for form in forms], dtype=np.uint64)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    rows: Floats = vectors[places].astype(np.float32)
    rows[known[places] != hashes] = 0
    return rows


def sums_of(vectors: Floats, starts: NDArray[np.int64]) -> Floats:
    """Return texts as vectors of length 1: the sums of the rows from each of `starts` on."""
    sums: Floats = np.add.reduceat(vectors, starts)
    return normalised(sums)


def save(file: Path, forms: Sequence[str], vectors: Floats) -> None:
    """Write the vectors of words to a file, each digit in a byte."""
    hashes = np.array([get_string_id(form) for form in forms], dtype=np.uint64)
    order = np.argsort(hashes)
    kept = np.rint(vectors / np.abs(vectors).max() * _MOST).astype(np.int8)
    # Digits that are nearly random gain nothing by being compressed, and each start would wait.
    np.savez(file, forms=hashes[order], vectors=kept[order])


@cache
def _model() -> tuple[NDArray[np.uint64], NDArray[np.int8]]:
    with np.load(MODELS / PARAPHRASE_FILE, allow_pickle=False) as file:
        return file["forms"], file["vectors"]
