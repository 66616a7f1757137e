"""The vectors of words that ship with the pipeline, each of length 1."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from tailor.nlp.pipeline import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_WORDS_KEPT = 20_000


def vectors_of(forms: Sequence[str]) -> Floats:
    """Return the vector of each form, a row each, of length 1, or 0 where it has none."""
    rows = np.array([_row(one) for one in forms], dtype=np.int64)
    data = load().vocab.vectors.data
    return normalised(np.where(rows[:, None] >= 0, data[rows], 0).astype(np.float32, copy=False))


@lru_cache(maxsize=_WORDS_KEPT)
def _row(form: str) -> int:
    """Return in which row of the vectors a form stands, -1 for none."""
    return int(load().vocab.vectors.find(key=get_string_id(form)))


def normalised(rows: Floats) -> Floats:
    """Return rows scaled to length 1; those of length 0 stay."""
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True, dtype=np.float32))
    scaled = rows / np.where(lengths > 0, lengths, 1.0)
    return scaled.astype(np.float32)
