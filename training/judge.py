"""Fit the judge of (ask, line) pairs and the belief in asks, for `models/judge.json`.

    python -m training.judge --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --master ../shared/cvs/master_cv.md

Learns as well in which order lines that prove the same are shown, from the same answers. Reads two
things that are graded one by one: `judged_lines.txt`, invented lines, and `answers.json`,
what a recruiter would sign of 356 real pairs of a posting and a CV, and by which lines: ids,
checksums and figures only. Prints how often both are right on pairs that were set apart: those
whose number is odd.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from tailor.matching import order
from tailor.matching.ask import AskKind
from tailor.matching.belief import SIGNS, signs
from tailor.matching.book import Book
from tailor.matching.judge import FEATURES, MODEL_FILE, features, likely, said_by
from tailor.matching.match import asks_of, match
from tailor.matching.order import ORDER
from tailor.matching.other_words import JUDGED_LINES, said_of
from tailor.matching.skill_proof import prove_skill
from tailor.reading.posting.text import parse_posting
from tailor.reading.reader import read_cv
from tailor.values.errors import PostingError
from tailor.values.resources import MODELS
from training.records import read_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.matching.ask import Ask
    from tailor.matching.match import Match

    Floats = NDArray[np.float32]

HERE = Path(__file__).parent
_C, _C_OF_ORDER = 1.0, 0.3  # of scikit-learn
_TODAY = date(2026, 11, 27)
_EASY, _OWN_WORDS, _OTHERS = 4, 2, 20
_HAD = frozenset("sa")
_UNTOLD = 0.2  # what a line weighs that was not named among those that show what is had
_MOST_TOLD = 4


class Choice(NamedTuple):
    """The lines that prove asks of one line of a posting: a row of `ORDER` for each.

    `is_shown` are those that a recruiter would show for one of its asks, `is_first` the one that
    stands first now.
    """

    pair: int
    rows: Floats  # lines × ORDER
    is_shown: NDArray[np.bool_]
    is_first: NDArray[np.bool_]


class Asked(NamedTuple):
    """An ask of a pair: the features of each line, and what was judged of it."""

    pair: int
    kind: AskKind
    figures: Floats  # features × lines
    shows: NDArray[np.bool_]
    near: NDArray[np.bool_]
    is_had: bool
    is_proved: bool  # by its name
    is_told: bool  # whether all such lines were told, and not the first four
    signs: list[float]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.judge", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--master", type=Path, required=True, help="the CV called master")
    parser.add_argument("--half", action="store_true", help="learn from even pairs alone")
    options = parser.parse_args()
    invented = list(read_judged(HERE / "judged_lines.txt"))
    read = list(read_answers(options.postings, options.resumes, options.master))
    real = [one for asked, _ in read for one in asked]
    choices = [one for _, own in read for one in own if 0 < one.is_shown.sum() < len(one.rows)]
    print("the first line shows it:", json.dumps(first_shown(choices)))  # noqa: T201
    even = [one for one in real if one.pair % 2 == 0]
    odd = [one for one in real if one.pair % 2]
    told = learn(invented, even)
    for kind in (AskKind.SKILL, AskKind.DUTY):
        own = [one for one in odd if one.kind is kind and not one.is_proved]
        had = np.array([one.is_had for one in own])
        shown = [chances(one, told["shows"]) for one in own]
        print(kind, "by a line", found_by(np.array([s.max() for s in shown]), had))  # noqa: T201
        if kind is AskKind.SKILL:
            rows = _chances(signs_of(own, told["invented"]), told["signs"], SIGNS)
            print(kind, "by all lines", found_by(rows, had))  # noqa: T201
        lines = [one.shows[s.argmax()] for one, s in zip(own, shown, strict=True) if one.is_had]
        print(kind, "the likeliest line shows it", round(float(np.mean(lines)), 3))  # noqa: T201
    learnt = told if options.half else learn(invented, real)
    learnt["order"] = learn_order([one for one in choices if not (options.half and one.pair % 2)])
    (options.out / MODEL_FILE).write_text(json.dumps(learnt, indent=1) + "\n", "utf-8")


def learn(invented: Sequence[Asked], real: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """Return the weights of both regressions, learnt from these pairs."""
    learnt = {name: fit_lines([*invented, *real], name) for name in ("shows", "near")}
    learnt["invented"] = fit_lines(invented, "shows")
    open_ones = [one for one in real if is_open(one)]
    rows = signs_of(open_ones, learnt["invented"])
    had = np.array([one.is_had for one in open_ones])
    learnt["signs"] = _fitted(rows, had, np.ones(len(had)), SIGNS)
    return learnt


def signs_of(asked: Sequence[Asked], weights: dict[str, float]) -> NDArray[Any]:
    """Return the signs of asks, the first of them by these weights and not by those that ship."""
    rows = np.array([one.signs for one in asked])
    rows[:, SIGNS.index("invented")] = [chances(one, weights).max() for one in asked]
    return rows


def is_open(one: Asked) -> bool:
    """Return whether a skill is not proved by its name."""
    return one.kind is AskKind.SKILL and not one.is_proved


def fit_lines(asked: Sequence[Asked], wanted: str) -> dict[str, float]:
    """Return the weights by which a line is said to show an ask, or to be near it."""
    rows = np.vstack([one.figures.T for one in asked])
    grades = np.concatenate([getattr(one, wanted) for one in asked])
    weights = np.concatenate([
        np.where(one.shows | one.near | (not one.is_had) | one.is_told, 1.0, _UNTOLD)
        for one in asked
    ])  # fmt: skip
    return _fitted(rows, grades, weights, FEATURES)


def _fitted(
    rows: NDArray[Any], wanted: NDArray[np.bool_], weights: NDArray[Any], names: Sequence[str]
) -> dict[str, float]:
    scale = rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=_C, max_iter=3000).fit(rows / scale, wanted, weights)
    values = [*(model.coef_[0] / scale).tolist(), float(model.intercept_[0])]
    return {name: round(value, 4) for name, value in zip((*names, "bias"), values, strict=True)}


def chances(one: Asked, weights: dict[str, float]) -> NDArray[Any]:
    """Return how likely each line is to show an ask."""
    return _chances(one.figures.T, weights, FEATURES)


def _chances(rows: NDArray[Any], weights: dict[str, float], names: Sequence[str]) -> NDArray[Any]:
    sums = rows @ np.array([weights[name] for name in names]) + weights["bias"]
    found: NDArray[Any] = 1.0 / (1.0 + np.exp(-sums))
    return found


def read_judged(path: Path) -> Iterator[Asked]:
    """Yield the invented asks and lines.

    Beside the graded lines, which are hard, each ask gets easy ones: lines that say it in its own
    words, lines of other asks, and its verb with another's object, which is none of it.
    """
    blocks = [
        [line for line in block.splitlines() if line.strip()]
        for block in path.read_text("utf-8").split("\n@ ")[1:]
    ]
    chosen = np.random.default_rng(0)
    for number, (ask, *lines) in enumerate(blocks):
        graded = [(int(line[0]), line[2:]) for line in lines]
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
        texts = [text for _, text in graded]
        grades = np.array([grade for grade, _ in graded])
        figures = features([ask], said_by(texts))[:, 0]
        yield Asked(
            -1, AskKind.DUTY, figures, grades == 2, grades >= 1,
            is_had=True, is_proved=True, is_told=True, signs=[],
        )  # fmt: skip


def _past(ask: str) -> str:
    verb, _, rest = ask.partition(" ")
    return f"{verb.removesuffix('e')}ed {rest}"


def learn_order(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights that put the lines first that are shown (pairwise logistic loss)."""
    rows, weights = [], []
    for one in choices:
        apart = one.rows[one.is_shown][:, None] - one.rows[~one.is_shown][None]
        rows.append(apart.reshape(-1, len(ORDER)))
        weights.append(np.full(len(rows[-1]), 1 / len(rows[-1])))
    told, counts = np.vstack(rows), np.concatenate(weights)
    scale = told.std(axis=0) + 1e-6
    model = LogisticRegression(C=_C_OF_ORDER, fit_intercept=False, max_iter=3000)
    better = np.repeat([True, False], len(told))
    model.fit(np.vstack([told, -told]) / scale, better, np.tile(counts, 2))
    values = (model.coef_[0] / scale).tolist()
    return {name: round(value, 4) for name, value in zip(ORDER, values, strict=True)}


def first_shown(choices: Sequence[Choice]) -> dict[str, float]:
    """Return how often the first of several lines is shown: now, and by weights of other pairs."""
    right = []
    numbers = [one.pair for one in choices]
    for train, test in GroupKFold(10).split(numbers, groups=numbers):
        learnt = learn_order([choices[place] for place in train])
        weights = np.array([learnt[name] for name in ORDER])
        right += [
            one.is_shown[(one.rows @ weights).argmax()] for one in map(choices.__getitem__, test)
        ]
    now = [one.is_shown[one.is_first].any() for one in choices]
    return {
        "choices": len(choices),
        "now": round(float(np.mean(now)), 3),
        "cross-validated": round(float(np.mean(right)), 3),
    }


def read_answers(
    postings: Path, resumes: Path, master: Path
) -> Iterator[tuple[list[Asked], list[Choice]]]:
    """Yield the asks of each real pair, with what was judged of each, and the choices of lines."""
    pairs = json.loads((HERE / "answers.json").read_text("utf-8"))
    wanted = {pair["posting"] for pair in pairs}
    jobs = {job["id"]: job for job in read_records(postings) if job["id"] in wanted}
    wanted = {pair["cv"] for pair in pairs}
    people = {one["id"]: one for one in read_records(resumes) if one["id"] in wanted}
    with tempfile.TemporaryDirectory() as folder:
        for pair in pairs:
            path = master
            if pair["cv"] != "master":
                path = Path(folder) / "cv.md"
                path.write_text(_as_cv(people[pair["cv"]], pair["lines"]), "utf-8")
            job = jobs[pair["posting"]]
            try:
                text = f"{job['title']}\n\n{job['text']}"
                yield _answers(pair["number"], pair["asks"], path, text)
            except PostingError:
                continue


def _as_cv(person: dict[str, Any], lines: int) -> str:
    bullets = "\n".join("- " + " ".join(line.split()) for line in person["bullets"][:lines])
    head = f"### {person['title'].title()}, Example Ltd, Leeds\nJan 2010 – Present"
    return (
        f"# Robin Example\n\nrobin@example.org | Leeds, UK\n\n## Experience\n\n{head}\n{bullets}\n"
    )


def _answers(
    number: int, graded: dict[str, Any], cv: Path, posting: str
) -> tuple[list[Asked], list[Choice]]:
    read = parse_posting(posting)
    found = match(read_cv(cv), read, _TODAY)
    worth = {text_id: score.total for text_id, score in found.scores.items()}
    book = Book(found.cv, worth, _TODAY, [one.text for one in found.requirements])
    return list(_asked(number, graded, asks_of(read), book)), list(
        _chosen(number, graded, found, book)
    )


def _asked(number: int, graded: dict[str, Any], asks: Sequence[Ask], book: Book) -> Iterator[Asked]:
    asks = [
        ask
        for ask in asks
        if ask.kind in {AskKind.SKILL, AskKind.DUTY} and str(_sum(ask.text)) in graded
    ]
    if not asks:
        return
    kept = [line for line in book.lines if line.kind in JUDGED_LINES]
    places = [line.number for line in kept]
    works = [ask.kind is AskKind.DUTY for ask in asks]
    figures = features([said_of(ask) for ask in asks], book.said, works)[:, :, places]
    sums = [_sum(line.text) for line in kept]
    for place, ask in enumerate(asks):
        grade, *shown = graded[str(_sum(ask.text))]
        is_in = np.isin(sums, shown)
        proved = prove_skill(ask, book) if ask.kind is AskKind.SKILL else None
        is_had = proved is not None and proved.status.is_had
        is_loose = proved is not None and proved.is_loose
        yield Asked(
            number, ask.kind, figures[:, place], is_in & (grade in _HAD), is_in,
            is_had=grade in _HAD,
            is_proved=is_had and not is_loose,
            is_told=len(shown) < _MOST_TOLD,
            signs=signs(
                said_of(ask), [line.text for line in kept], figures[:, place],
                all_words=is_had and is_loose, named=ask.is_sure,
            ),
        )  # fmt: skip


def _chosen(number: int, graded: dict[str, Any], found: Match, book: Book) -> Iterator[Choice]:
    """Yield for each line of the posting with asks that the CV has, the lines that prove them."""
    lines = {line.id: line for line in book.lines}
    for requirement in found.requirements:
        own = [ask for ask in found.asks if ask.requirement == requirement.id]
        had = [ask for ask in own if ask.status.is_had and ask.lines]
        grades = [graded.get(str(_sum(ask.text)), ["-"]) for ask in own]
        shown = {one for grade, *told in grades if grade in _HAD for one in told}
        if not had:
            continue
        figures = features([requirement.text, *(ask.text for ask in had)], book.said)
        shows = likely(figures, "shows")
        ids = list(dict.fromkeys(one for ask in had for one in ask.line_ids))
        proving = [[row for row, ask in enumerate(had, 1) if one in ask.line_ids] for one in ids]
        rows = [
            order.signs(
                lines[one], figures[:, 0, lines[one].number],
                np.array([shows[0, lines[one].number], shows[asked, lines[one].number].max()]),
                len(asked), book,
            )
            for one, asked in zip(ids, proving, strict=True)
        ]  # fmt: skip
        yield Choice(
            number,
            np.array(rows, dtype=np.float32),
            np.array([_sum(lines[one].text) in shown for one in ids]),
            np.array([one == had[0].line_ids[0] for one in ids]),
        )


def _sum(text: str) -> int:
    return zlib.crc32(text.encode())


def found_by(chance: NDArray[Any], had: NDArray[np.bool_]) -> dict[str, float]:
    """Return how well chances part what is had from what is not."""
    order = np.argsort(-chance)
    precise = np.cumsum(had[order]) / np.arange(1, len(order) + 1)
    result = {
        "asks": len(had),
        "had": int(had.sum()),
        "area": round(float(roc_auc_score(had, chance)), 3),
        "average precision": round(float(average_precision_score(had, chance)), 3),
    }
    for least in (0.6, 0.7, 0.8):
        places = np.flatnonzero(precise >= least)
        last = places[-1] if len(places) else 0
        result[f"found at {least}"] = int(had[order][: last + 1].sum())
        result[f"threshold at {least}"] = round(float(chance[order][last]), 3)
    return result


if __name__ == "__main__":
    main()
