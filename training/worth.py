"""Graded lines -> what a reader is expected to gain by a line (`tailor.selection.worth`).

    python -m training.worth --shared ../shared --out models

Learnt from the lines of `grades.json`, each judged among the others of its CV: scikit-learn's
logistic regression, to which a line that a reader gains 2 of 7 by is two sevenths of a good line
and five of a bad one. Every pair of a CV and a posting counts the same. Résumés that stand in sets
kept apart are not learnt from.

`--folds` tells what the curve learnt from the other CVs does with those of a fold: what share of
the lines graded 2.5 or more it would print, and what share of those beyond the best of each job is
graded under .75.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from tailor.matching.match import match
from tailor.matching.requirements import find_requirements
from tailor.pipeline import read_cv
from tailor.reading.posting.text import parse_posting
from tailor.selection.worth import OF_LINES, SIGNALS, WORTH_FILE, Gains, enough, signals_of
from tailor.values.cv import Cv
from training.meaning import load_apart
from training.ranking import MASTER_CV, MOST_LINES, read_grades
from training.records import read_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STRONG, WEAK = 2.5, 0.75
_LINES_OF_A_JOB = 6


@dataclass(frozen=True)
class Pair:
    """A CV against a posting: `grades` has the grade of each statement by its id."""

    name: str
    cv_id: str
    cv: Cv
    posting: str
    grades: Mapping[str, float]


@dataclass(frozen=True)
class Graded:
    """The graded statements of a pair: a row of signals, the grade and the job of each."""

    key: str
    signals: Floats
    grades: Floats
    jobs: tuple[str, ...]


def make_pair(
    name: str, cv_id: str, cv: Cv | None, posting: str, lines: Sequence[str], marks: Sequence[float]
) -> Pair:
    """Return a pair of graded lines: of a CV, or, of people who give lines alone, of a made one."""
    read = cv or _made(lines)
    grades: dict[str, float] = {}
    waiting = list(zip((" ".join(line.split()) for line in lines), marks, strict=True))
    for bullet in read.bullets():
        for statement in bullet.statements:
            words = bullet.statement_text(statement)
            # A line that was graded whole may be several statements.
            found = next((mark for line, mark in waiting if words in line), None)
            if found is not None:
                grades[statement.id] = found
    return Pair(name, cv_id, read, posting, grades)


def _made(lines: Sequence[str]) -> Cv:
    """Return a CV of these lines: made-up jobs, newest first."""
    text = ["# Robin Example", "", "robin@example.org | Leeds, UK", "", "## Experience"]
    for start in range(0, len(lines), _LINES_OF_A_JOB):
        year = 2024 - start // 2
        text += ["", f"### Employee, Employer {start // _LINES_OF_A_JOB + 1} Ltd, Leeds"]
        text += [f"Jan {year - 2} – Dec {year}"]
        text += [f"- {' '.join(line.split())}" for line in lines[start : start + _LINES_OF_A_JOB]]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cv.md"
        source.write_text("\n".join(text) + "\n", encoding="utf-8")
        return read_cv(source)


def benchmark_pairs(shared: Path) -> Iterator[Pair]:
    """Yield the graded pairs of the benchmark."""
    master = read_cv(shared / "cvs/master_cv.md")
    for query in json.loads((shared / "bench/graded.json").read_text(encoding="utf-8")):
        lines = [candidate["text"] for candidate in query["candidates"]]
        marks = [query["grades"][candidate["id"]] for candidate in query["candidates"]]
        cv = master if query["cv"] == "seed" else None
        yield make_pair(query["query"], query["cv"], cv, query["posting"], lines, marks)


def training_pairs(shared: Path) -> Iterator[Pair]:
    """Yield the graded pairs that are learnt from: those of which the ranking knows nothing.

    Lines that it was learnt from it puts into a better order than any it will see.
    """
    apart = load_apart(shared)
    texts = {p["id"]: p["text"] for p in read_records(shared / "postings/postings.jsonl.gz")}
    lines = {r["id"]: r["bullets"] for r in read_records(shared / "resumes/resumes.jsonl.gz")}
    master = read_cv(shared / "cvs/master_cv.md")
    benchmark = json.loads((shared / "bench/graded.json").read_text(encoding="utf-8"))
    lines[MASTER_CV] = next(
        [candidate["text"] for candidate in query["candidates"]]
        for query in benchmark
        if query["cv"] == "seed"
    )
    for number, pair in enumerate(read_grades()):
        if not pair.is_apart or pair.cv in apart:
            continue
        posting = texts[pair.posting]
        if find_requirements(parse_posting(posting)):  # else it is refused
            cv = master if pair.cv == MASTER_CV else None
            own = lines[pair.cv][:MOST_LINES]
            yield make_pair(f"t{number:04}", pair.cv, cv, posting, own, pair.grades)


def graded(pair: Pair) -> Graded:
    """Return the graded statements of a pair; the master CV's are a fold by posting."""
    found = match(pair.cv, parse_posting(pair.posting))
    signals = signals_of(found)
    job = {
        statement.id: entry.id if entry else section.heading
        for section in pair.cv.sections
        for entry, bullets in [(None, section.bullets), *((e, e.bullets) for e in section.entries)]
        for bullet in bullets
        for statement in bullet.statements
    }
    rows = [row for row, name in enumerate(found.texts) if name in pair.grades]
    names = [name for name in found.texts if name in pair.grades]
    key = f"{pair.cv_id} {pair.name}" if pair.cv_id == MASTER_CV else pair.cv_id
    grades = np.array([pair.grades[name] for name in names])
    return Graded(key, signals[rows], grades, tuple(job[name] for name in names))


def learn_gains(pairs: Sequence[Graded]) -> Gains:
    """Return the curve that fits the gains by the lines of `pairs` best."""
    signals = np.concatenate([pair.signals for pair in pairs])
    shares = np.concatenate([(2**pair.grades - 1) / 7 for pair in pairs])
    counts = np.concatenate([np.full(len(p.grades), 1 / len(p.grades)) for p in pairs])
    counts *= len(counts) / counts.sum()
    scale = signals.std(axis=0)
    model = LogisticRegression(C=1.0, max_iter=500).fit(
        np.vstack([signals, signals]) / scale,
        np.repeat([True, False], len(shares)),
        sample_weight=np.concatenate([counts * shares, counts * (1 - shares)]),
    )
    coef = model.coef_.ravel() / scale
    coef[:OF_LINES] = coef[:OF_LINES].clip(min=0.0)  # what speaks for a line never is against it
    coef = coef.round(4)
    return Gains(tuple(coef.tolist()), round(float(model.intercept_[0]), 4))


def shares_printed(pairs: Sequence[Graded], gains: Gains, least: float) -> tuple[float, float]:
    """Return the share of strong lines that are printed and that of weak ones beyond a job's best.

    All lines worth printing are, where `least` is what any must gain, and the best of each job.
    """
    strong, weak = [], []
    for pair in pairs:
        worth = gains.of(pair.signals)
        jobs: defaultdict[str, list[int]] = defaultdict(list)
        for row, job in enumerate(pair.jobs):
            jobs[job].append(row)
        printed = worth >= enough(worth.tolist(), least)
        for rows in jobs.values():
            printed[max(rows, key=worth.__getitem__)] = True
        if (is_strong := pair.grades >= STRONG).any():
            strong.append(float(np.mean(printed[is_strong])))
        beyond = [
            mark
            for rows in jobs.values()
            for mark in sorted(pair.grades[row] for row in rows if printed[row])[:-1]
        ]
        if beyond:
            weak.append(float(np.mean(np.array(beyond) < WEAK)))
    return float(np.mean(strong)), float(np.mean(weak))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.worth", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the texts")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    parser.add_argument("--folds", type=int, default=0, help="measure, and write nothing")
    options = parser.parse_args()
    pairs = [graded(pair) for pair in training_pairs(options.shared)]
    if options.folds:
        _print_folds(pairs, options.folds)
        return
    gains = learn_gains(pairs)
    table = dict(zip(SIGNALS, gains.coef, strict=True)) | {"intercept": gains.intercept}
    text = json.dumps(table, indent=1) + "\n"
    (options.out / WORTH_FILE).write_text(text, encoding="utf-8")
    print(f"{len(pairs)} pairs: {table}")  # noqa: T201


def _print_folds(pairs: Sequence[Graded], folds: int) -> None:
    keys = sorted({pair.key for pair in pairs})
    fold = {key: number % folds for number, key in enumerate(keys)}
    print("| least gain | strong | weak |\n|---|---|---|")  # noqa: T201
    for least in (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.7):
        found = []
        for number in range(folds):
            gains = learn_gains([pair for pair in pairs if fold[pair.key] != number])
            apart = [pair for pair in pairs if fold[pair.key] == number]
            found.append(shares_printed(apart, gains, least))
        strong, weak = np.mean(found, axis=0)
        print(f"| {least} | {strong:.3f} | {weak:.3f} |")  # noqa: T201


if __name__ == "__main__":
    main()
