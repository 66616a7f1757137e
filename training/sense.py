"""Learn when a name is meant as the tool, for `models/sense.npz`.

    python -m training.sense

Learnt from `sense.txt` beside this file: invented lines with names of tools and methods that other
things have too, most written by a large language model; and from what shows these names elsewhere,
in `data/asked_names.txt` and `named_by_trade.txt`. Prints how often the model is right on
names that it has not learnt from. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from tailor.matching.asked_row import NEAR, SHOWN_BY, parts_of, row_of
from tailor.matching.name import MEANT_LEAST, things_in
from tailor.matching.sense import SENSE_FILE, figures_of, save, topic_of
from tailor.matching.words import name_words
from tailor.values.resources import MODELS
from training.paraphrase import BY_TRADE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINES = Path(__file__).parent / "sense.txt"
_C = 0.5  # of scikit-learn
_AROUND, _SHARE = 2, 0.5  # words of a short line on each side of the name, and what one counts
# Short lines as people write them; {a} and {b} are other names.
_SHORT = (
    "Used {n}", "Used {n} daily", "Worked in {n}", "Knows {n}", "Trained 12 colleagues in {n}",
    "{n} and {a} for reports", "{a}, {n} and {b} used daily", "Used {a} and {n}",
    "Set up {n} for a team of nine", "Built the {n} report that four teams use",
    "Made {n} templates", "{n} administration", "Kept records in {n}", "Moved the team to {n}",
    "Tools: {a}, {n}", "Introduced {n}", "Good at {n}", "{a}, {n}, and {b} for three brands",
)  # fmt: skip
_OF_EACH = 4  # such lines for each name


class _Lines(NamedTuple):
    """Lines as figures, whether each means the tool, its name, and whether it was made short."""

    rows: Floats
    is_meant: NDArray[np.bool_]
    names: list[str]
    is_short: NDArray[np.bool_]
    topics: dict[str, Floats]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.sense", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    options = parser.parse_args()
    lines = read_lines()
    print(json.dumps(measured(lines)))  # noqa: T201 - the command's answer
    learnt = _fitted(lines, np.arange(len(lines.rows)))
    bias = float(learnt.intercept_[0])
    save(options.out / SENSE_FILE, lines.topics, learnt.coef_[0], bias)


def read_lines() -> _Lines:
    """Return the lines as figures; behind them, shorter ones made of them and of their names."""
    rows = [
        (name, label == "1", text)
        for name, label, text in (
            row.split("\t")
            for row in LINES.read_text("utf-8").splitlines()
            if not row.startswith("#")
        )
    ]
    short = list(_shortened(rows))
    every = [*rows, *short]
    topics = _topics({name for name, _, _ in rows})
    return _Lines(
        np.array([_figures(name, text, topics[name]) for name, _, text in every]),
        np.array([is_meant for _, is_meant, _ in every]),
        [name for name, _, _ in every],
        np.array([False] * len(rows) + [True] * len(short)),
        topics,
    )


def _topics(names: Collection[str]) -> dict[str, Floats]:
    """Return of each name the mean vector of what shows it; 0 where that is not known."""
    by_trade = {
        row.partition("|")[0].partition(";")[0].strip().casefold(): row
        for row in BY_TRADE.read_text("utf-8").splitlines()
        if row[:1] != "#"
    }
    rows = {name: row_of(name) or by_trade.get(name.casefold(), "") for name in names}
    return {
        name: topic_of(name, "; ".join([*parts_of(row, SHOWN_BY), *parts_of(row, NEAR)]))
        for name, row in rows.items()
    }


def _shortened(rows: Sequence[tuple[str, bool, str]]) -> Iterator[tuple[str, bool, str]]:
    """Yield the words around the name of each line, and short lines with each name."""
    for name, is_meant, text in rows:
        words = text.split()
        place = next(n for n, word in enumerate(words) if name.casefold() in word.casefold())
        around = words[max(0, place - _AROUND) : place + _AROUND + 1]
        short = " ".join(around).strip(",.;:(")
        low = name.casefold()
        is_in = any(word.text.casefold().startswith(low) for word in name_words(short))
        if is_in and len(around) < len(words):
            yield name, is_meant, short
    names = sorted({name for name, _, _ in rows})
    for number, name in enumerate(names):
        for nth in range(_OF_EACH):
            form = _SHORT[(number * _OF_EACH + nth) % len(_SHORT)]
            a, b = (names[(number + step * (nth + 2)) % len(names)] for step in (7, 31))
            yield name, True, form.format(n=name, a=a, b=b)


def _figures(name: str, text: str, topic: Floats) -> Floats:
    words = name_words(text)
    place = _place_of(name, [word.text.casefold() for word in words])
    return figures_of(words, place, name, things_in(words, listed=True), topic)


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
        model = _fitted(lines, train)
        chances[test] = model.predict_proba(lines.rows[test])[:, 1]
    told, meant, whole = chances >= MEANT_LEAST, lines.is_meant, ~lines.is_short
    return {
        "lines": int(whole.sum()),
        "names": len(set(lines.names)),
        "area under the curve": round(float(roc_auc_score(meant[whole], chances[whole])), 3),
        "meant and told so": round(float(told[meant & whole].mean()), 3),
        "not meant and told so": round(float((~told[~meant & whole]).mean()), 3),
        "of the short ones": round(float((told == meant)[lines.is_short].mean()), 3),
    }


def _fitted(lines: _Lines, chosen: NDArray[np.int64]) -> LogisticRegression:
    weights = np.where(lines.is_short[chosen], _SHARE, 1.0)
    model = LogisticRegression(C=_C, max_iter=3000)
    return model.fit(lines.rows[chosen], lines.is_meant[chosen], sample_weight=weights)


if __name__ == "__main__":
    main()
