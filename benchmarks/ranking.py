"""Rank the lines of CVs against postings: nDCG@10 of several rankers side by side.

    python benchmarks/ranking.py [--bench ../shared/bench] [--resamples 1000]

Reads `graded.json`, `mixed_cv.json.gz` and the two `onet_tasks` files. Prints the
mean nDCG@10 (gain 2^grade - 1, ties kept in input order, queries without any
relevant line left out) with a 95 % bootstrap interval over the queries.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
SETS = ("graded.json", "mixed_cv.json.gz", "onet_tasks_easy.json.gz", "onet_tasks_hard.json.gz")
CUT = 10

Ranker = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True)
class Query:
    """A posting, lines to rank, and the grade of each line (0 and up)."""

    id: str
    posting: str
    lines: tuple[str, ...]
    grades: tuple[float, ...]


def ndcg(scores: Sequence[float], grades: Sequence[float], cut: int = CUT) -> float:
    """Return nDCG at `cut`, 0 to 1 (Järvelin and Kekäläinen 2002; gain 2^grade - 1)."""
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    gained = _discounted([2 ** grades[index] - 1 for index in order[:cut]])
    ideal = _discounted(sorted((2**grade - 1 for grade in grades), reverse=True)[:cut])
    return gained / ideal


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def load(path: Path, postings: dict[str, str]) -> list[Query]:
    """Load the queries of one file that have a relevant line."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        records: list[dict[str, Any]] = json.load(file)
    queries = []
    for record in records:
        grades = tuple(float(record["grades"][c["id"]]) for c in record["candidates"])
        if any(grades):
            text = record.get("posting") or postings[record["posting_id"]]
            lines = tuple(candidate["text"] for candidate in record["candidates"])
            queries.append(Query(str(record["query"]), text, lines, grades))
    return queries


def load_postings(path: Path) -> dict[str, str]:
    """Load the texts of all postings by id."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {record["id"]: record["text"] for record in map(json.loads, file)}


def by_chance(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Rank at random: the floor."""
    chance = random.Random(len(posting))  # noqa: S311 - a floor to compare with, no secret
    return [chance.random() for _ in lines]


def by_input_order(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Leave the CV's own order alone."""
    del posting
    return [-float(index) for index in range(len(lines))]


def by_sklearn_tfidf(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Compare by TfidfVectorizer with its defaults, fitted on the posting and the lines."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer().fit_transform([posting, *lines])
    return [float(value) for value in (matrix[1:] @ matrix[0].T).toarray().ravel()]


def by_tailor(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Rank as `tailor` does."""
    import tailor

    return [float(score) for score in tailor.score_bullets(posting, lines)]


RANKERS: dict[str, Ranker] = {
    "random": by_chance,
    "input order": by_input_order,
    "scikit-learn TF-IDF": by_sklearn_tfidf,
    "tailor": by_tailor,
}


def interval(values: Sequence[float], resamples: int) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean."""
    chance = random.Random(0)  # noqa: S311 - resampling, no secret
    means = sorted(
        math.fsum(chance.choices(values, k=len(values))) / len(values) for _ in range(resamples)
    )
    return means[int(0.025 * resamples)], means[int(0.975 * resamples) - 1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--postings", type=Path, default=SHARED / "postings/postings.jsonl.gz")
    parser.add_argument("--resamples", type=int, default=1000)
    options = parser.parse_args()
    postings = load_postings(options.postings)
    print(f"{'nDCG@10':<24}{'ranker':<22}{'mean':>6}  95 % interval  queries")
    for name in SETS:
        queries = load(options.bench / name, postings)
        for label, ranker in RANKERS.items():
            values = [ndcg(ranker(q.posting, q.lines), q.grades) for q in queries]
            low, high = interval(values, options.resamples)
            mean = math.fsum(values) / len(values)
            print(f"{name:<24}{label:<22}{mean:>6.3f}  {low:.3f} – {high:.3f}  {len(values):>7}")


if __name__ == "__main__":
    main()
