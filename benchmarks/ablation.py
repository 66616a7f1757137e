"""What each signal of the ranking is worth: nDCG@10 with each left out, and learnt anew each time.

The first table is without what lines suit (`training/suiting.py`), which has a row of its own.

    python benchmarks/ablation.py [--bench ../shared/bench] [--folds 5]

Also cross-validates the weights: those of a fold are learnt from the graded lines of the other
folds, parted by CV (the lines of one CV, by posting), and measured on the fold. Trades are by a
table that was learnt from none of the lines measured.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from ranking import SETS, SHARED, load, load_postings, ndcg
from scipy.sparse import csr_matrix

from tailor.matching.feature import topic_finder
from tailor.matching.meaning import learnt_table
from tailor.matching.rank import SIGNALS
from training.ranking import (
    MASTER_CV,
    WEAK_SET,
    Query,
    learn_weights,
    load_graded,
    load_weak,
    make_query,
    ordered,
    tables_apart,
)
from training.suiting import learn_suiting

if TYPE_CHECKING:
    from training.ranking import Floats

    Change = Callable[[Floats], Floats]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    postings = load_postings(SHARED / "postings/postings.jsonl.gz")
    tables = tables_apart(SHARED)
    sets = {
        name: [
            make_query("", query.posting, query.lines, query.grades, table=tables[0])
            for query in load(options.bench / name, postings)
        ]
        for name in SETS
    }
    graded, weak = load_graded(SHARED, tables), load_weak(SHARED, tables[0])
    sets["set apart"] = load_graded(SHARED, tables, of_apart=True)
    _print_ablation(sets, graded, weak)
    _print_folds(graded, weak, sets[WEAK_SET], options.folds)


def _print_ablation(
    sets: dict[str, list[Query]], graded: Sequence[Query], weak: Sequence[Query]
) -> None:
    print(f"learnt from {len(graded)} graded and {len(weak)} weakly labelled queries\n")
    print("| signals | " + " | ".join(name.partition(".")[0] for name in sets) + " |")
    print("|---|" + "---|" * len(sets))
    for label, change in _changes().items():
        own = [*(query.own() for query in graded), *weak]
        weights = learn_weights([_changed(query, change) for query in own])
        row = [
            _mean([_changed(query, change) for query in found], weights) for found in sets.values()
        ]
        print(f"| {label} | " + " | ".join(f"{value:.3f}" for value in row) + " |", flush=True)
        if label == "all":
            suits = _learnt_suiting([*graded, *weak], weights)
            row = [_mean(found, weights, suits) for found in sets.values()]
            print("| and what lines suit | " + " | ".join(f"{v:.3f}" for v in row) + " |")
    weights = learn_weights([query.own() for query in graded])
    row = [_mean(found, weights) for found in sets.values()]
    print("| all, no weak labels | " + " | ".join(f"{value:.3f}" for value in row) + " |")
    weights = learn_weights([], topics=len(topic_finder().topics))
    row = [_mean(found, weights) for found in sets.values()]
    print("| all, nothing learnt (first guesses) | " + " | ".join(f"{v:.3f}" for v in row) + " |")


def _changes() -> dict[str, Change]:
    first = len(SIGNALS)

    def without(*columns: int) -> Change:
        def change(table: Floats) -> Floats:
            changed = table.copy()
            changed[:, list(columns)] = 0
            return changed

        return change

    def topics_as_one(table: Floats) -> Floats:
        topics = table.shape[1] - first
        changed = table.copy()
        changed[:, first:] = table[:, first:].sum(axis=1, keepdims=True) / topics
        return changed

    def no_topics(table: Floats) -> Floats:
        changed = table.copy()
        changed[:, first:] = 0
        return changed

    changes: dict[str, Change] = {"all": lambda table: table}
    changes |= {f"without {name}": without(column) for column, name in enumerate(SIGNALS)}
    changes["without nearest and title"] = without(2, 3)
    changes["without meaning and trade"] = without(4, 5)
    changes["all topics weighing the same"] = topics_as_one
    changes["without topics"] = no_topics
    return changes


def _changed(query: Query, change: Change) -> Query:
    return replace(query, signals=csr_matrix(change(query.signals.toarray())))


def _print_folds(
    graded: Sequence[Query], weak: Sequence[Query], mixed: Sequence[Query], folds: int
) -> None:
    """Print the cross-validated means; a fold holds whole CVs, or postings of the master CV."""
    keys = [
        f"{query.cv} {number}" if query.cv == MASTER_CV else query.cv
        for number, query in enumerate(graded)
    ]
    fold_of = {key: number % folds for number, key in enumerate(sorted(set(keys)))}
    values: dict[str, list[float]] = {"master CV": [], "other CVs": [], "mixed CV": []}
    suited: dict[str, list[float]] = {name: [] for name in values}
    for fold in range(folds):
        kept = [query for query, key in zip(graded, keys, strict=True) if fold_of[key] != fold]
        some = [query for number, query in enumerate(weak) if number % folds != fold]
        weights = learn_weights([*(query.own() for query in kept), *some])
        suits = _learnt_suiting([*kept, *some], weights)
        left = [
            ("master CV" if query.cv == MASTER_CV else "other CVs", query.own())
            for query, key in zip(graded, keys, strict=True)
            if fold_of[key] == fold
        ]
        left += [("mixed CV", q) for number, q in enumerate(mixed) if number % folds == fold]
        for name, query in left:
            values[name].append(_mean([query], weights))
            suited[name].append(_mean([query], weights, suits))
    print(f"\ncross-validated, {folds} folds: nDCG@10 on what was not learnt from")
    for name, found in values.items():
        count = len(found)
        before, after = math.fsum(found) / count, math.fsum(suited[name]) / count
        print(f"- {name}: {before:.3f}, with what lines suit {after:.3f} ({count} queries)")


def _learnt_suiting(queries: Sequence[Query], weights: Floats) -> Floats:
    postings = [ordered(query, weights) for query in queries]
    return learn_suiting(postings, learnt_table().vectors)


def _mean(queries: Sequence[Query], weights: Floats, suits: Floats | None = None) -> float:
    found = []
    for query in queries:
        scores = query.signals @ weights
        if suits is not None:
            scores = scores + query.forms @ (suits @ query.wanted)
        found.append(ndcg(scores.tolist(), query.grades.tolist()))
    return float(np.mean(found))


if __name__ == "__main__":
    main()
