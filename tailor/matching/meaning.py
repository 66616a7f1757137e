"""Texts -> what they mean as a whole, and in which trade one would say it; shared words or not.

Two things are read off the weights of a text's words by one table, `models/ranking/meaning.npz`:

- a *meaning*: a vector in which texts are near that a sentence encoder puts near. The encoder is
  needed for learning alone: its vectors were learnt as a sum over words (ridge regression);
- a *trade*: how likely each of 24 trades would put it so (logistic regression over the bullets of
  real résumés).

What is near in meaning is not all that suits: beside it each line has a vector of what it *suits*,
whose product with the meaning of a posting tells how well it does, `models/ranking/suiting.npz`.

`training/meaning.py` builds the first table, `training/ranking.py` the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float64]
    Hashes = NDArray[np.uint64]

MEANING_FILE = "ranking/meaning.npz"
SUITING_FILE = "ranking/suiting.npz"


@dataclass(frozen=True)
class Meanings:
    """What texts mean, a row for each text: `vectors` of length 1, or 0 where no word is known.

    `suits` has what each suits, in the same dimensions. `trades` has the logarithm of the odds of
    each trade, up to a constant, and `shares` how usual each is; `known` tells whether any word is.
    """

    vectors: Floats
    suits: Floats
    trades: Floats
    shares: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """For each form, sorted as spaCy's hashes: what it adds to a text.

    In `of_form` stand the dimensions of the vector, those of what it suits, and the trades.
    """

    forms: Hashes
    of_form: Floats
    dimensions: int
    intercept: Floats
    shares: Floats  # of the bullets that were learnt from, those of each trade

    @property
    def vectors(self) -> Floats:
        """What each form adds to the vector of a text."""
        return self.of_form[:, : self.dimensions]


def meanings_of(forms: Hashes, weights: csr_matrix, table: Table | None = None) -> Meanings:
    """Return what texts mean: `weights` has the weight of each of `forms` (columns) in each.

    By the table that ships, or by another one.
    """
    table = table or learnt_table()
    places = np.minimum(np.searchsorted(table.forms, forms), len(table.forms) - 1)
    known = table.forms[places] == forms
    ours = weights[:, known]
    sums: Floats = ours @ table.of_form[places[known]]
    vectors, suits, trades = np.split(sums, [table.dimensions, 2 * table.dimensions], axis=1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return Meanings(
        vectors / lengths,
        suits / lengths,
        trades + table.intercept,
        table.shares,
        np.diff(ours.indptr) > 0,
    )


def of_one_trade(lines: Meanings, asked: Meanings, weights: Floats) -> Floats:
    """Return how much likelier each line is in the trade of what is asked than in any: at least 0.

    The logarithm of ``sum over trades of P(line) P(asked) / P``; what is asked is one text, in
    which each row of `asked` has its weight.
    """
    wanted = _shares(weights @ asked.trades / weights.sum()) / asked.shares
    lift = np.log(_shares(lines.trades) @ wanted)
    return np.where(lines.known, np.maximum(lift, 0.0), 0.0)


def wanted_of(asked: Meanings, weights: Floats) -> Floats:
    """Return what is asked for as one vector of length 1: each row of `asked` has its weight."""
    wanted: Floats = weights @ asked.vectors
    return wanted / (np.linalg.norm(wanted) or 1.0)


def _shares(odds: Floats) -> Floats:
    """Return probabilities from the logarithms of odds."""
    powers = np.exp(odds - odds.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@cache
def learnt_table() -> Table:
    """Return the table that ships in `models/`."""
    with (
        np.load(MODELS / MEANING_FILE, allow_pickle=False) as file,
        np.load(MODELS / SUITING_FILE, allow_pickle=False) as suiting,
    ):
        vectors, trades = (
            file["vectors"] * file["vector_scale"],
            file["trades"] * file["trade_scale"],
        )
        suits = suiting["suits"] * suiting["scale"]
        return Table(
            file["forms"],
            np.hstack([vectors, suits, trades]),
            vectors.shape[1],
            file["intercept"],
            file["shares"],
        )
