"""A linear-chain conditional random field: features speak for labels, and labels for the next.

Lafferty, McCallum and Pereira (2001), with a Gaussian prior, by L-BFGS. Scikit-learn has no such
model; for rows of one label it is scikit-learn's multinomial logistic regression, and a test
holds the two equal. Logistic regression on each word alone found a third fewer phrases whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class RandomField:
    """`weights`: features × labels; `transitions`: label × next label; `starts`: first labels."""

    weights: Floats
    transitions: Floats
    starts: Floats

    def best_labels(self, features: sp.csr_matrix) -> list[int]:
        """Return the best row of labels for one line, a row of `features` for each word."""
        scores = features @ self.weights
        best = scores[0] + self.starts
        came_from = []
        for row in scores[1:]:
            ways = best[:, None] + self.transitions
            came_from.append(ways.argmax(axis=0))
            best = ways.max(axis=0) + row
        labels = [int(best.argmax())]
        for before in reversed(came_from):
            labels.append(int(before[labels[-1]]))
        return labels[::-1]


def learn_random_field(
    features: sp.csr_matrix,
    labels: Sequence[int],
    lengths: Sequence[int],
    *,
    count: int,
    prior: float,
    iterations: int,
) -> RandomField:
    """Return the weights that make the labels of all lines most likely.

    `features` has a row for each word, `labels` its label in ``range(count)``, `lengths` the
    number of words of each line. `prior` is the weight of half the squared weights.
    """
    problem = _Problem(features, np.asarray(labels), np.asarray(lengths), count, prior)
    size = (features.shape[1] + count + 1) * count
    with threadpool_limits(1):  # sums in another order end in other weights
        found = minimize(
            problem.loss,
            np.zeros(size),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": iterations, "maxcor": 6},
        )
    return RandomField(*problem.parts(found.x))


class _Problem:
    """The loss and its gradient; lines run side by side, longest first, word by word."""

    def __init__(
        self, features: sp.csr_matrix, labels: Integers, lengths: Integers, count: int, prior: float
    ) -> None:
        self.features = features.astype(np.float32)
        self.turned = self.features.T.tocsr()
        self.count, self.prior = count, prior
        starts = np.concatenate([[0], np.cumsum(lengths)])
        order = np.argsort(-lengths, kind="stable")
        self.steps = [
            starts[order[: int((lengths > step).sum())]] + step for step in range(lengths.max())
        ]
        self.given = np.eye(count)[labels]
        self.given_pairs = np.zeros((count, count))
        for before, here in zip(self.steps, self.steps[1:], strict=False):
            np.add.at(self.given_pairs, (labels[before[: len(here)]], labels[here]), 1)
        self.given_starts = self.given[self.steps[0]].sum(axis=0)

    def parts(self, vector: Floats) -> tuple[Floats, Floats, Floats]:
        """Cut one long vector into weights, transitions and starts."""
        count, columns = self.count, self.features.shape[1]
        ends = [columns * count, (columns + count) * count]
        weights, transitions, starts = np.split(vector, ends)
        return weights.reshape(columns, count), transitions.reshape(count, count), starts

    def loss(self, vector: Floats) -> tuple[float, Floats]:
        """Return the negative log likelihood with the prior, and its gradient."""
        weights, transitions, starts = self.parts(vector)
        scores = np.asarray(self.features @ weights.astype(np.float32), dtype=np.float64)
        log_total, shares, pairs = self._expected(scores, transitions, starts)
        likelihood = (
            (scores * self.given).sum()
            + (self.given_pairs * transitions).sum()
            + self.given_starts @ starts
            - log_total
        )
        gradient = np.concatenate(
            [
                (self.turned @ (self.given - shares).astype(np.float32)).ravel(),
                (self.given_pairs - pairs).ravel(),
                self.given_starts - shares[self.steps[0]].sum(axis=0),
            ]
        )
        loss = 0.5 * self.prior * float(vector @ vector) - float(likelihood)
        return loss, self.prior * vector - gradient

    def _expected(
        self, scores: Floats, transitions: Floats, starts: Floats
    ) -> tuple[float, Floats, Floats]:
        """Return the log of the sum over all rows of labels, and what is expected of labels.

        The forward-backward algorithm, each word's figures scaled to a sum of 1.
        """
        highest = scores.max(axis=1, keepdims=True)
        here = np.exp(scores - highest)
        after = np.exp(transitions)
        forward, scale = np.empty_like(here), np.empty((len(here), 1))
        backward = np.ones_like(here)
        for step, rows in enumerate(self.steps):
            before = self.steps[step - 1][: len(rows)]
            came = forward[before] @ after if step else np.exp(starts)
            values = came * here[rows]
            scale[rows] = values.sum(axis=1, keepdims=True)
            forward[rows] = values / scale[rows]
        pairs = np.zeros_like(after)
        for rows, before in zip(self.steps[:0:-1], self.steps[-2::-1], strict=True):
            coming = here[rows] * backward[rows] / scale[rows]
            backward[before[: len(rows)]] = coming @ after.T
            pairs += after * (forward[before[: len(rows)]].T @ coming)
        total = float(np.log(scale).sum() + highest.sum())
        return total, forward * backward, pairs
