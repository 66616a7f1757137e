"""Trains the conditional random field that labels the lines of a CV."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite

from tailor.reading.cv.line_labels import describe
from training.cv.layouts import Labelled

_DROPPED = 0.25  # of the documents are learnt from without what headings.toml knows


def train(documents: Sequence[Sequence[Labelled]], out: Path, *, seed: int = 7) -> None:
    """Train on documents whose lines have labels, and write the model to `out`."""
    r = random.Random(seed)  # noqa: S311
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        features = describe([line for line, _ in document])
        if r.random() < _DROPPED:
            features = [
                [f for f in row if "known=" not in f and not f.startswith("k=")] for row in features
            ]
        trainer.append(features, [label for _, label in document])
    trainer.set_params(
        {
            "c1": 1.0,
            "c2": 2.0,
            "max_iterations": 120,
            "feature.minfreq": 2,
            "feature.possible_transitions": False,
        }
    )
    trainer.train(str(out))


def accuracy(
    documents: Sequence[Sequence[Labelled]], model: Path
) -> tuple[float, dict[tuple[str, str], int]]:
    """Return the share of lines labelled rightly, and the confusions (true, found)."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    right = total = 0
    confused: dict[tuple[str, str], int] = {}
    for document in documents:
        found = tagger.tag(describe([line for line, _ in document]))
        for (_, label), guess in zip(document, found, strict=True):
            right += label == guess
            total += 1
            if label != guess:
                confused[label, guess] = confused.get((label, guess), 0) + 1
    return right / total, confused
