"""Graded lines -> the matrix by which a line suits a posting, `models/ranking/metric.npz`.

Two texts may be near in meaning and yet one may say nothing for the other: a salesman's line about
software and a programmer's posting. The score of a line has the product of its vector and the
posting's by a matrix added to it; the matrix is learnt so that lines come into the order of their
grades (pairwise logistic loss, each pair counting by what its order is worth in nDCG@10), on top of
what the other signals say of them, and is held small (L2). `training/ranking.py` runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from tailor.matching.rank import METRIC_FILE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

L2 = 4e-5
_MOST_ROUNDS = 60


@dataclass(frozen=True)
class Ordered:
    """Lines of one posting in the order of their grades.

    `lines` has the meaning of each, `wanted` that of the posting, `scores` what the other signals
    say; line ``better[i]`` belongs above line ``worse[i]``, which counts `worth[i]`.
    """

    lines: Floats
    wanted: Floats
    scores: Floats
    better: Places
    worse: Places
    worth: Floats


def learn_metric(postings: Sequence[Ordered]) -> Floats:
    """Return the matrix, a row for each dimension of a line, a column for each of a posting."""
    size = postings[0].lines.shape[1]
    total = sum(float(one.worth.sum()) for one in postings)

    def loss(flat: Floats) -> tuple[float, Floats]:
        metric = flat.reshape(size, size)
        lost, slope = 0.0, np.zeros((size, size))
        for one in postings:
            scores = one.scores + one.lines @ (metric @ one.wanted)
            margins = scores[one.better] - scores[one.worse]
            worth = one.worth / total
            lost += float(worth @ np.logaddexp(0.0, -margins))
            pulls = worth / (1.0 + np.exp(margins))
            count = len(scores)
            pull = np.bincount(one.worse, pulls, count) - np.bincount(one.better, pulls, count)
            slope += np.outer(pull @ one.lines, one.wanted)
        return lost + L2 / 2 * float(flat @ flat), (slope + L2 * metric).ravel()

    start = np.zeros(size * size)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_ROUNDS, "gtol": 1e-7}
    )
    metric: Floats = found.x.reshape(size, size)
    return metric


def write_metric(metric: Floats, out: Path) -> None:
    """Write the matrix in one byte for each figure."""
    scale = float(np.abs(metric).max()) / np.iinfo(np.int8).max
    whole = np.round(metric / scale).astype(np.int8)
    np.savez_compressed(out / METRIC_FILE, metric=whole, scale=scale)
