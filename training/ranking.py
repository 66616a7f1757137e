"""Graded lines -> what each signal of a score, and each topic, is multiplied by.

    python -m training.ranking --shared ../shared --out models

Learnt from `grades.json` beside this file: lines of CVs graded 0 to 3 one by one against real
postings, held as figures (ids and grades). The graded pairs of the benchmark are not learnt
from, nor any résumé that stands in a set kept apart. Weak labels, whose grade is only that a
bullet comes from a résumé of the posting's field, count little beside.

Pairwise logistic regression, by scikit-learn, on the differences of two lines' signals: linear,
each pair counting by what its order is worth in nDCG@10 (Burges 2010). What is believed of a
weight before any line is seen is a pair of its own, so that topics which few lines speak of keep
their first guess. No weight is below 0.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.linear_model import LogisticRegression

from tailor.matching.feature import Texts, moved_columns, read, topic_finder
from tailor.matching.meaning import Table, learnt_table, meanings_of, of_one_trade, wanted_of
from tailor.matching.rank import SIGNALS, WEIGHTS_FILE, asked_by, compare
from tailor.matching.requirements import find_requirements
from tailor.reading.posting.text import parse_posting
from training.meaning import load_apart, with_trades
from training.records import read_records
from training.suiting import Ordered, learn_suiting, write_suiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

WEAK_SET = "mixed_cv.json.gz"
GRADES_FILE = Path(__file__).with_name("grades.json")
MASTER_CV = "master"
_LEAST_BEST_GRADE = 2
MOST_LINES = 40
_CUT = 10
# First guesses, and how many pairs they count as: for each signal, and for all topics together.
_GUESS = (7.0, 0.075, 4.0, 0.7, 2.0, 0.7)
_TOPIC_GUESS = 3.5
_DRAWN = 0.2
_TOPICS_DRAWN = 12.0
_ROUNDS = 3
# How much a query counts.
GRADED_WEIGHT = 3.0
WEAK_WEIGHT = 0.1
_PARTS = 4  # of the graded CVs
_STRANGERS = 10  # lines of other people beside those of a graded CV
# Brings the scores to a size that reads well: most lines that answer are between 0.1 and 1.
_SCALE = 0.1


@dataclass(frozen=True)
class Query:
    """A posting's lines: a row of signals for each (`SIGNALS`, then the topics), and its grades.

    `forms` has the weights of the forms of each line, `wanted` the meaning of the posting; the last
    `strangers` are lines of other people.
    """

    cv: str
    signals: csr_matrix
    grades: Floats
    weight: float = 1.0
    forms: csr_matrix = field(default_factory=lambda: csr_matrix((0, 0)))
    wanted: Floats = field(default_factory=lambda: np.zeros(0))
    strangers: int = 0

    def own(self) -> Query:
        """Return the query without lines of other people."""
        count = len(self.grades) - self.strangers
        return replace(
            self,
            signals=self.signals[:count],
            grades=self.grades[:count],
            forms=self.forms[:count],
            strangers=0,
        )


def make_query(
    cv: str,
    posting: str,
    lines: Sequence[str],
    grades: Sequence[float],
    weight: float = 1.0,
    table: Table | None = None,
) -> Query:
    """Return the signals of `lines` against the text of a posting; trades by a table of one's own.

    By the one that ships, lines of résumés that it was learnt from look too clearly of their trade.
    """
    parsed = parse_posting(posting)
    texts, asked = read(lines), asked_by(parsed, find_requirements(parsed))
    common = compare(texts, asked)
    if table:
        ours, theirs = (meanings_of(one.forms, one.tfidf, table) for one in (texts, asked.texts))
        common.signals[:, SIGNALS.index("trade")] = of_one_trade(ours, theirs, asked.with_title)
    signals = hstack([common.signals, common.topics], format="csr")
    marks = np.array(grades, dtype=float)
    wanted = wanted_of(asked.texts.meanings, asked.weights)
    return Query(cv, signals, marks, weight, _forms_of(texts), wanted)


def _forms_of(texts: Texts) -> csr_matrix:
    """Return the weight of each form of the table in each text, over the length of its meaning."""
    table = learnt_table()
    columns = np.minimum(np.searchsorted(table.forms, texts.forms), len(table.forms) - 1)
    known = table.forms[columns] == texts.forms
    weights = moved_columns(texts.tfidf, columns, known, len(table.forms))
    lengths = np.linalg.norm(weights @ table.vectors, axis=1)
    return csr_matrix(diags(1 / np.where(lengths > 0, lengths, 1.0)) @ weights)


def tables_apart(shared: Path) -> list[Table]:
    """Return tables of meanings, the trades of each learnt from none of the lines it is to rank.

    No line of a *mixed* CV is learnt from, and of the graded CVs a part (`_part_of`) by each.
    """
    resumes = list(read_records(shared / "resumes/resumes.jsonl.gz"))
    lines = {candidate["text"] for query in _weak(shared) for candidate in query["candidates"]}
    mixed = {r["id"] for r in resumes if lines.intersection(r["bullets"])}
    graded = {pair.cv for pair in read_grades()}
    known = learnt_table()
    return [
        with_trades(
            known,
            resumes,
            load_apart(shared) | mixed | {cv for cv in graded if _part_of(cv) == part},
        )
        for part in range(_PARTS)
    ]


def _part_of(cv: str) -> int:
    return crc32(cv.encode()) % _PARTS


def learn_weights(queries: Sequence[Query], topics: int = 0) -> Floats:
    """Return the weights of the signals and of the topics that rank `queries` best.

    Without any, the first guesses for so many `topics`.
    """
    if queries:
        topics = queries[0].signals.shape[1] - len(SIGNALS)
    guess = np.array([*_GUESS, *[_TOPIC_GUESS] * topics])
    if not queries:
        return guess
    drawn = np.array([*[_DRAWN] * len(SIGNALS), *[_TOPICS_DRAWN / topics] * topics])
    weights = guess
    for _ in range(_ROUNDS):
        # What the order of a pair is worth depends on the ranks: those of the weights so far.
        found = [_differences(query, query.signals @ weights) for query in queries]
        rows = vstack([rows for rows, _ in found], format="csr")
        worth = np.concatenate([worth for _, worth in found]) / len(queries)
        weights = fit(rows, worth, guess, drawn).coef_.ravel().clip(min=0.0)
    return weights


def fit(rows: csr_matrix, worth: Floats, guess: Floats, drawn: Floats) -> LogisticRegression:
    """Return the regression of pairs: `rows` are what the better line of each has more.

    For each weight there are two observations beside: that a line which has more of this signal
    alone is the better one, and, less often, that it is the worse. By themselves they make the
    weight what was guessed.
    """
    odds = 1 / (1 + np.exp(-1))  # of a pair whose scores differ by 1, as these do by the guess
    guessed = diags(1 / guess, format="csr")
    observed = vstack([rows, guessed, guessed], format="csr")
    is_better = np.repeat([True, True, False], [rows.shape[0], len(guess), len(guess)])
    counts = np.concatenate([worth, drawn * odds, drawn * (1 - odds)])
    model = LogisticRegression(C=np.inf, fit_intercept=False, max_iter=500)
    return model.fit(observed, is_better, sample_weight=counts)


def ordered(query: Query, weights: Floats) -> Ordered:
    """Return the lines of a query in their order, with their scores by these weights."""
    scores = query.signals @ weights
    better, worse, worth = _pairs(query, scores)
    return Ordered(query.forms, query.wanted, scores, better, worse, worth)


def _differences(query: Query, scores: Floats) -> tuple[csr_matrix, Floats]:
    """Return the difference in signals of each two lines of unlike grade, and its worth."""
    better, worse, worth = _pairs(query, scores)
    return query.signals[better] - query.signals[worse], worth


def _pairs(query: Query, scores: Floats) -> tuple[Places, Places, Floats]:
    """Return each two lines of unlike grade, the better first, and what their order is worth."""
    gains = 2**query.grades - 1
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    discounts = 1 / np.log2(ranks + 2)
    discounts[ranks >= _CUT] *= 0.3
    ideal = float(
        (np.sort(gains)[::-1][:_CUT] / np.log2(np.arange(min(_CUT, len(gains))) + 2)).sum()
    )
    better, worse = np.nonzero(query.grades[:, None] > query.grades[None, :])
    worth = (gains[better] - gains[worse]) * (np.abs(discounts[better] - discounts[worse]) + 0.03)
    return better, worse, query.weight * worth / ideal


def format_weights(weights: Floats) -> str:
    """Return the JSON that `tailor.matching.rank.parse_weights` reads, rounded to 4 digits."""
    scaled = [round(float(weight) * _SCALE, 4) for weight in weights]
    table: dict[str, Any] = dict(zip(SIGNALS, scaled, strict=False))
    names = [topic.name for topic in topic_finder().topics]
    table["topics"] = dict(zip(names, scaled[len(SIGNALS) :], strict=True))
    return json.dumps(table, indent=1) + "\n"


@dataclass(frozen=True)
class GradedPair:
    """Ids of a CV and a posting, and the grades of the CV's lines, from 0 to 3.

    Of what is set apart (`is_apart`) nothing of the ranking is learnt.
    """

    cv: str
    posting: str
    grades: list[float]
    is_apart: bool

    @property
    def is_answered(self) -> bool:
        """Whether some line answers clearly: a pair of a foreign field tells nothing of order."""
        return max(self.grades) >= _LEAST_BEST_GRADE


def read_grades() -> list[GradedPair]:
    """Return what `grades.json` holds: there a figure of a line is twice its grade."""
    pairs = json.loads(GRADES_FILE.read_text(encoding="utf-8"))
    return [
        GradedPair(cv, posting, [int(half) / 2 for half in halves], bool(apart))
        for cv, posting, halves, apart in pairs
    ]


def load_graded(
    shared: Path, tables: Sequence[Table] = (), *, of_apart: bool = False
) -> list[Query]:
    """Return the graded lines, from the texts in `shared`: those set apart, or the rest.

    Beside the lines of each CV that is learnt from stand some of people of other fields, with a
    grade of 0: its own lines alone do not tell what belongs to another trade.
    """
    apart = load_apart(shared)
    postings = {p["id"]: p["text"] for p in read_records(shared / "postings/postings.jsonl.gz")}
    people = {r["id"]: r for r in read_records(shared / "resumes/resumes.jsonl.gz")}
    lines = {cv: person["bullets"][:MOST_LINES] for cv, person in people.items()}
    fields = {cv: person["field"] for cv, person in people.items()}
    benchmark = json.loads((shared / "bench/graded.json").read_text(encoding="utf-8"))
    lines[MASTER_CV] = next(
        [candidate["text"] for candidate in query["candidates"]]
        for query in benchmark
        if query["cv"] == "seed"
    )
    pairs = [pair for pair in read_grades() if pair.cv not in apart]
    known = sorted({pair.cv for pair in pairs} - {MASTER_CV})
    chosen = np.random.default_rng(0)
    found = []
    for pair in pairs:
        if pair.is_apart is not of_apart or not pair.is_answered:
            continue
        own, grades, part = lines[pair.cv], pair.grades, _part_of(pair.cv)
        if not of_apart:
            # Of the same part, so that the trades are learnt from none of them either.
            others = [
                cv for cv in known if _part_of(cv) == part and fields[cv] != fields.get(pair.cv)
            ]
            drawn = chosen.choice(others, _STRANGERS, replace=False)
            own = [*own, *(lines[cv][int(chosen.integers(len(lines[cv])))] for cv in drawn)]
            grades = [*grades, *[0.0] * _STRANGERS]
        table = tables[part] if tables else None
        query = make_query(pair.cv, postings[pair.posting], own, grades, GRADED_WEIGHT, table)
        found.append(replace(query, strangers=len(own) - len(pair.grades)))
    return found


def load_weak(shared: Path, table: Table | None = None) -> list[Query]:
    """Return the bullets of several fields, labelled by whether theirs is the posting's.

    Without those of résumés that stand in sets kept apart.
    """
    postings = {p["id"]: p["text"] for p in read_records(shared / "postings/postings.jsonl.gz")}
    apart = load_apart(shared)
    not_ours = {
        bullet
        for resume in read_records(shared / "resumes/resumes.jsonl.gz")
        if resume["id"] in apart
        for bullet in resume["bullets"]
    }
    found = []
    for query in _weak(shared):
        ours = [one for one in query["candidates"] if one["text"] not in not_ours]
        grades = [query["grades"][one["id"]] for one in ours]
        if any(grades):
            posting = query.get("posting") or postings[query["posting_id"]]
            lines = [one["text"] for one in ours]
            found.append(make_query("mixed", posting, lines, grades, WEAK_WEIGHT, table))
    return found


def _weak(shared: Path) -> list[dict[str, Any]]:
    with gzip.open(shared / "bench" / WEAK_SET, "rt", encoding="utf-8") as file:
        queries: list[dict[str, Any]] = json.load(file)
    return queries


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.ranking", description="Learn the weights of the ranking."
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder with the texts")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    tables = tables_apart(options.shared)
    graded, weak = load_graded(options.shared, tables), load_weak(options.shared, tables[0])
    weights = learn_weights([*(query.own() for query in graded), *weak])
    (options.out / WEIGHTS_FILE).write_text(format_weights(weights), encoding="utf-8")
    postings = [ordered(query, weights) for query in [*graded, *weak]]
    suits = learn_suiting(postings, learnt_table().vectors)
    write_suiting(_SCALE * suits, options.out)
    print(f"{len(graded)} graded and {len(weak)} weakly labelled queries")  # noqa: T201


if __name__ == "__main__":
    main()
