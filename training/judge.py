"""Fit the judge of (ask, line) pairs on lines graded by hand, for `models/judge.json`.

    python -m training.judge --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --apart ../shared/bench/not_for_training.json

Reads `judged_lines.txt` beside this file, which is graded by hand, and adds what needs no grade:
lines of real postings against the nearest lines of résumés of another field, which do not show
them, and against themselves with words left out. Prints how often the judge, and for comparison the
rule that a line must say two thirds of the ask's words, are right on asks that were set apart.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from tailor.matching.ask import AskKind
from tailor.matching.asks import find_asks
from tailor.matching.judge import FEATURES, MODEL_FILE, features, said_by
from tailor.matching.name import content
from tailor.matching.requirements import Kind, find_requirements
from tailor.reading.posting.text import parse_posting
from tailor.values.resources import MODELS
from training.records import read_records

HERE = Path(__file__).parent
_C = 1.0
_REAL, _LINES, _NEAREST, _PARTS = 1500, 40, 2, 2
_FIRST_REAL = 10_000
_HALF = 0.45
_FIELDS_OF_IT = frozenset({"INFORMATION-TECHNOLOGY", "ENGINEERING", "DIGITAL-MEDIA"})
_EASY, _OWN_WORDS, _OTHERS = 4, 2, 20
_RULE = 0.67
_BY_HAND = 2.0  # what a line graded by hand weighs, where an easy one weighs 1


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.judge", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--apart", type=Path, required=True, help="ids of résumés not to use")
    options = parser.parse_args()
    judged = read_judged(HERE / "judged_lines.txt")
    real = read_real(options.postings, options.resumes, options.apart)
    rows, grades, asks, by_hand = (
        np.concatenate(parts) for parts in zip(judged, real, strict=True)
    )
    learnt = {}
    share = np.where(by_hand, _BY_HAND, 1.0)
    for name, least in (("shows", 2), ("near", 1)):
        wanted = (grades >= least).astype(int)
        apart = np.zeros(len(grades))
        for train, test in GroupKFold(10).split(rows, wanted, asks):
            apart[test] = fitted(rows[train], wanted[train], share[train]).predict_proba(
                rows[test]
            )[:, 1]
        for what, some in (("all", by_hand | True), ("graded by hand", by_hand)):
            print(name, what, figures(apart[some], wanted[some], rows[some]))  # noqa: T201
        model = fitted(rows, wanted, share)
        weights = [*model.coef_[0].tolist(), float(model.intercept_[0])]
        learnt[name] = {
            one: round(value, 4) for one, value in zip((*FEATURES, "bias"), weights, strict=True)
        }
    (options.out / MODEL_FILE).write_text(json.dumps(learnt, indent=1) + "\n", "utf-8")


def read_judged(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the features of each pair, its grade, the number of its ask, and if it was graded.

    Beside the graded lines, which are hard, each ask gets easy ones: lines that say it in its own
    words, lines of other asks, and its verb with another's object, which is none of it.
    """
    blocks = [
        [line for line in block.splitlines() if line.strip()]
        for block in path.read_text("utf-8").split("\n@ ")[1:]
    ]
    chosen = np.random.default_rng(0)
    rows, grades, asks, by_hand = [], [], [], []
    for number, (ask, *lines) in enumerate(blocks):
        graded = [(int(line[0]), line[2:]) for line in lines]
        count = len(graded)
        others = [blocks[place] for place in chosen.permutation(len(blocks)) if place != number]
        tails = [block[1][2:] for block in others[:_EASY]]
        graded += [(2, f"{ask} {tail}") for tail in tails[:_OWN_WORDS]]
        graded += [(2, f"{tail}; {_past(ask)}") for tail in tails[:_OWN_WORDS]]
        graded += [
            (0, block[1 + place % (len(block) - 1)][2:])
            for place, block in enumerate(others[:_OTHERS])
        ]
        verb = ask.split()[0]
        graded += [
            (0, f"{verb} {block[0].partition(' ')[2]} {tail}")
            for block, tail in zip(others, tails, strict=False)
        ]
        rows.append(features([ask], said_by([text for _, text in graded]))[0])
        grades += [grade for grade, _ in graded]
        asks += [number] * len(graded)
        by_hand += [place < count for place in range(len(graded))]
    return np.concatenate(rows), np.array(grades), np.array(asks), np.array(by_hand)


def read_real(
    postings: Path, resumes: Path, apart: Path
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the same of asks of real postings and lines of real résumés that do not show them."""
    chosen = np.random.default_rng(1)
    left_out = set(json.loads(apart.read_text("utf-8")))
    people = [one for one in read_records(resumes) if one["id"] not in left_out]
    jobs = list(read_records(postings))
    rows, grades, asks = [], [], []
    for number in range(_REAL):
        job = jobs[int(chosen.integers(len(jobs)))]
        posting = parse_posting(f"{job['title']}\n\n{job['text']}")
        requirements = [one for one in find_requirements(posting) if one.kind is not Kind.TITLE]
        asked = [a.text for a in find_asks(requirements) if a.kind in {AskKind.DUTY, AskKind.SKILL}]
        asked = [text for text in asked if len(content(text)) > 1]
        person = people[int(chosen.integers(len(people)))]
        if not asked or _FIELDS_OF_IT & {person["field"]} or not person["bullets"]:
            continue
        ask = asked[int(chosen.integers(len(asked)))]
        lines = [" ".join(line.split())[:300] for line in person["bullets"][:_LINES]]
        figures = features([ask], said_by(lines))[0]
        nearest = np.argsort(-figures[:, FEATURES.index("near")])[:_NEAREST]
        rows.append(figures[nearest])
        grades += [0] * len(nearest)
        words = ask.split()
        shares = chosen.uniform(0.15, 1.0, size=_PARTS)
        parts = [
            " ".join(word for word in words if chosen.random() < share) + " " + lines[0][:60]
            for share in shares
        ]
        told = features([ask], said_by(parts))[0]
        said = told[:, FEATURES.index("said")]
        rows.append(told)
        grades += [2 if one >= _RULE else 1 if one >= _HALF else 0 for one in said]
        asks += [_FIRST_REAL + number] * (len(nearest) + _PARTS)
    return np.concatenate(rows), np.array(grades), np.array(asks), np.zeros(len(grades), dtype=bool)


def _past(ask: str) -> str:
    verb, _, rest = ask.partition(" ")
    return f"{verb.removesuffix('e')}ed {rest}"


def fitted(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    """Return the regression fitted on these pairs."""
    return LogisticRegression(C=_C, max_iter=2000).fit(rows, wanted, weights)


def figures(chances: np.ndarray, wanted: np.ndarray, rows: np.ndarray) -> dict[str, float]:
    """Return the shares of right answers, and what is found at a precision of 95 %."""
    rule = rows[:, FEATURES.index("said")] >= _RULE
    found = {"right": (chances >= 0.5) == wanted, "rule alone": rule == wanted}
    result = {name: round(float(np.mean(right)), 3) for name, right in found.items()}
    result["rule precision"] = round(float(wanted[rule].mean()), 3)
    result["rule recall"] = round(float(rule[wanted == 1].mean()), 3)
    order = np.argsort(-chances)
    precise = np.cumsum(wanted[order]) / np.arange(1, len(order) + 1)
    for least in (0.9, 0.95):
        places = np.flatnonzero(precise >= least)
        last = places[-1] if len(places) else 0
        result[f"recall at {least}"] = round(
            float(wanted[order][: last + 1].sum() / wanted.sum()), 3
        )
        result[f"threshold at {least}"] = round(float(chances[order][last]), 3)
    return result


if __name__ == "__main__":
    main()
