"""Learn when a name is meant as the tool, for `models/sense.npz`.

    python -m training.sense

Learnt from `sense.txt` beside this file: invented lines with names of tools and methods that other
things have too, most written by a large language model. Prints how often the model is right on
names that it has not learnt from. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from tailor.matching.name import MEANT_LEAST, things_in
from tailor.matching.sense import SENSE_FILE, context, flags_of, save
from tailor.matching.words import name_words
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINES = Path(__file__).parent / "sense.txt"
_C = 0.5  # of scikit-learn


class _Lines(NamedTuple):
    rows: Floats
    is_meant: NDArray[np.bool_]
    names: list[str]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.sense", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    options = parser.parse_args()
    lines = read_lines()
    print(json.dumps(measured(lines)))  # noqa: T201 - the command's answer
    learnt = _fitted(lines.rows, lines.is_meant)
    bias = float(learnt.intercept_[0])
    save(options.out / SENSE_FILE, set(lines.names), learnt.coef_[0], bias)


def read_lines() -> _Lines:
    """Return the lines as figures, whether each means the tool, and its name."""
    rows, meant, names = [], [], []
    for row in LINES.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        name, label, text = row.split("\t")
        words = name_words(text)
        place = _place_of(name, [word.text.casefold() for word in words])
        others = things_in(words, listed=True)
        rows.append(np.concatenate([flags_of(words, place, name, others), context(words, place)]))
        meant.append(label == "1")
        names.append(name)
    return _Lines(np.array(rows), np.array(meant), names)


def _place_of(name: str, words: list[str]) -> int:
    """Return where a name stands in a line, perhaps with an ending."""
    low = name.casefold()
    if low in words:
        return words.index(low)
    return next(place for place, word in enumerate(words) if word.startswith(low))


def measured(lines: _Lines) -> dict[str, float]:
    """Return how good the model is on names that it has not learnt from."""
    groups = np.unique(lines.names, return_inverse=True)[1]
    chances = np.zeros(len(lines.rows))
    for train, test in GroupKFold(10).split(lines.rows, lines.is_meant, groups):
        model = _fitted(lines.rows[train], lines.is_meant[train])
        chances[test] = model.predict_proba(lines.rows[test])[:, 1]
    told = chances >= MEANT_LEAST
    return {
        "lines": len(lines.rows),
        "names": len(set(lines.names)),
        "area under the curve": round(float(roc_auc_score(lines.is_meant, chances)), 3),
        "meant and told so": round(float(told[lines.is_meant].mean()), 3),
        "not meant and told so": round(float((~told[~lines.is_meant]).mean()), 3),
    }


def _fitted(rows: Floats, is_meant: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=_C, max_iter=3000).fit(rows, is_meant)


if __name__ == "__main__":
    main()
