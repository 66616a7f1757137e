"""Graded lines -> what each form adds to what a line suits, `models/ranking/suiting.npz`.

Two texts may be near in meaning and yet one may say nothing for the other: a salesman's line about
software and a programmer's posting. So each form has, beside its meaning, a vector of what it
suits; the sum over a line's forms, times the meaning of the posting, is added to the line's score.
It is learnt so that lines come into the order of their grades (pairwise logistic loss, each pair
counting by what its order is worth in nDCG@10), on top of what the other signals say of them. What
holds for all forms alike, a matrix on their meanings, is held small a little, what is a form's own
more (L2). `training/ranking.py` runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from tailor.matching.meaning import SUITING_FILE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

_L2_OF_ALL, _L2_OF_FORM = 4e-5, 1e-5
_MOST_ROUNDS = 50


@dataclass(frozen=True)
class Ordered:
    """Lines of one posting in the order of their grades.

    `forms` has the weight of each form in each line, over the length of the line's meaning;
    `wanted` is the meaning of the posting, `scores` what the other signals say of each line. Line
    ``better[i]`` belongs above line ``worse[i]``, which counts `worth[i]`.
    """

    forms: csr_matrix
    wanted: Floats
    scores: Floats
    better: Places
    worse: Places
    worth: Floats


def learn_suiting(postings: Sequence[Ordered], meanings: Floats) -> Floats:
    """Return what each form adds, a row for each row of `meanings`."""
    count, size = meanings.shape
    total = sum(float(one.worth.sum()) for one in postings)
    lines = [one.forms @ meanings for one in postings]

    def loss(flat: Floats) -> tuple[float, Floats]:
        of_all, of_form = np.split(flat, [size * size])
        of_all, of_form = of_all.reshape(size, size), of_form.reshape(count, size)
        lost = _L2_OF_ALL / 2 * float((of_all**2).sum())
        lost += _L2_OF_FORM / 2 * float((of_form**2).sum())
        slope_of_all, slope_of_form = _L2_OF_ALL * of_all, _L2_OF_FORM * of_form
        for one, vectors in zip(postings, lines, strict=True):
            suits = vectors @ (of_all @ one.wanted) + one.forms @ (of_form @ one.wanted)
            scores = one.scores + suits
            margins = scores[one.better] - scores[one.worse]
            worth = one.worth / total
            lost += float(worth @ np.logaddexp(0.0, -margins))
            pulls = worth / (1.0 + np.exp(margins))
            rows = len(scores)
            pull = np.bincount(one.worse, pulls, rows) - np.bincount(one.better, pulls, rows)
            slope_of_all += np.outer(pull @ vectors, one.wanted)
            moved = one.forms.T @ pull
            (some,) = np.nonzero(moved)
            slope_of_form[some] += np.outer(moved[some], one.wanted)
        return lost, np.concatenate([slope_of_all.ravel(), slope_of_form.ravel()])

    found = minimize(
        loss,
        np.zeros(size * size + count * size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _MOST_ROUNDS, "gtol": 1e-7},
    )
    of_all, of_form = np.split(found.x, [size * size])
    suits: Floats = meanings @ of_all.reshape(size, size) + of_form.reshape(count, size)
    return suits


def write_suiting(suits: Floats, out: Path) -> None:
    """Write what each form adds, in one byte for each figure."""
    scale = (float(np.abs(suits).max()) or 1.0) / np.iinfo(np.int8).max
    whole = np.round(suits / scale).astype(np.int8)
    np.savez_compressed(out / SUITING_FILE, suits=whole, scale=scale)
