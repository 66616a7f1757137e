r"""Learn which words tell a requirement from pay, benefits, law, procedure and company talk.

    python -m training.line_kinds \
        --postings ../shared/postings/postings.jsonl.gz --out models

Nobody labelled the lines. They are labelled by the headings that postings set above them, where
data/posting_cues.toml knows the heading; a line whose own words speak against its heading is left
out. A logistic regression over the features of `tailor.matching.line_kinds` learns from them, and
its weights are rounded to whole numbers. A feature that stands in the postings of fewer than five
employers is left out, so that no name or sentence can be read out of the table.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from tailor.matching.line_kinds import KINDS_FILE, UNIT, LineKinds, features_of
from tailor.matching.posting_cues import (
    begins_with_work,
    cues,
    heading_kind,
    is_arrangement,
    speaks_of_itself,
)
from tailor.nlp.phrases import words_of
from tailor.reading.posting.language import reads_like_english
from tailor.reading.posting.text import parse_posting
from tailor.values.posting import Posting
from tailor.values.statements import split_statements
from training.records import read_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_EMPLOYERS = 5
MOST_FEATURES = 12_000
_STRENGTH = 0.1  # of the fit against the size of the weights: smaller is smoother
_FEWEST_WORDS = 2
_BEGINNING = 4  # words
_ASKS = frozenset({"duties", "required", "preferred"})
_ABOUT_THE_JOB = frozenset({"role", "description"})
_ASKS_NOTHING = frozenset({"benefits", "legal", "apply", "logistics", "company"})
_GIVES = frozenset({"benefits", "legal"})
_HELD_OUT = 5  # every fifth employer, for the figures that the command prints


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line or sentence of a posting, whether it asks for something, and whose posting it is."""

    text: str
    asks: bool
    employer: str


def labelled_lines(posting: Posting, employer: str) -> Iterator[LabelledLine]:
    """Yield the lines and sentences of `posting` of which headings and words agree what they are.

    A list is taken line by line, running text sentence by sentence, as requirements are.
    """
    about = ""
    for line in posting.lines:
        if line.is_heading:
            about = heading_kind(line.text)
            continue
        spans = [(0, len(line.text))] if line.is_item else split_statements(line.text)
        for start, end in spans:
            text = line.text[start:end]
            label = _label(words_of(text), about, is_item=line.is_item)
            if label is not None:
                yield LabelledLine(text, label, employer)


def _label(words: list[str], about: str, *, is_item: bool) -> bool | None:
    """Return whether a line asks; None where its words and its heading do not agree."""
    if len(words) < _FEWEST_WORDS:
        return None
    is_wish = begins_with_work(words) or bool(cues().wishes.find(words[:_BEGINNING]))
    if is_arrangement(words):
        return None if begins_with_work(words) else False
    if cues().drop.find(words):
        return None if is_wish else False
    talks = bool(cues().drop_prose.find(words)) or speaks_of_itself(words)
    drops = bool(cues().drop_unlisted.find(words))
    if about in _ASKS:
        # Lists of benefits stand below headings of wishes where theirs was not recognised, and
        # running text after a list is often about the company again.
        return True if is_wish or (is_item and not drops and not talks) else None
    if about in _ABOUT_THE_JOB:
        # So that the company's name and trade do not count against what it asks for.
        return True if cues().of_the_job.find(words) and not drops else None
    if about not in _ASKS_NOTHING or is_wish:
        return None
    # A company's own story often speaks of the job as well.
    speaks_of_job = about not in _GIVES and bool(cues().asks_person.find(words))
    return None if speaks_of_job and not talks else False


def distinct_lines(lines: Iterable[LabelledLine]) -> list[LabelledLine]:
    """Return each line once, by its words; those that are labelled both ways are left out."""
    once: dict[str, LabelledLine] = {}
    both: set[str] = set()
    for line in lines:
        key = " ".join(words_of(line.text))
        if once.setdefault(key, line).asks != line.asks:
            both.add(key)
    return [line for key, line in once.items() if key not in both]


def learn_kinds(
    lines: Sequence[LabelledLine],
    fewest_employers: int = FEWEST_EMPLOYERS,
    most_features: int = MOST_FEATURES,
) -> LineKinds:
    """Return the weights that tell the lines that ask from the others.

    Fitted twice: over all features, then over the `most_features` that tell most, by the size of
    their weight and the number of lines they stand in. Raises ValueError where the lines are all
    of one kind.
    """
    found = [sorted(features_of(line.text)) for line in lines]
    employers: defaultdict[str, set[str]] = defaultdict(set)
    for line, features in zip(lines, found, strict=True):
        for feature in features:
            employers[feature].add(line.employer)
    names = sorted(name for name, of in employers.items() if len(of) >= fewest_employers)
    matrix = _matrix(found, {name: column for column, name in enumerate(names)})
    asks = np.array([line.asks for line in lines])
    _, weights = _fit(matrix, asks)
    stands_in = np.asarray(matrix.sum(axis=0)).ravel()
    best = np.argsort(-np.abs(weights) * np.sqrt(stands_in), kind="stable")
    columns = np.sort(best[:most_features])
    base, weights = _fit(matrix[:, columns], asks)
    rounded = {names[column]: round(w * UNIT) for column, w in zip(columns, weights, strict=True)}
    return LineKinds(round(base * UNIT), {name: w for name, w in rounded.items() if w})


def _matrix(found: Sequence[Sequence[str]], columns: dict[str, int]) -> sp.csr_matrix:
    cells = [
        (row, columns[f]) for row, features in enumerate(found) for f in features if f in columns
    ]
    rows, places = np.array(cells).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(cells)), (rows, places)), shape=(len(found), len(columns)))


def _fit(matrix: sp.csr_matrix, asks: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - slow to import

    model = LogisticRegression(C=_STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(matrix, asks)
    return float(model.intercept_[0]), model.coef_[0]


def format_kinds(kinds: LineKinds) -> str:
    """Return the table that `tailor.matching.line_kinds.parse_kinds` reads, sorted by feature."""
    rows = [f"\t{kinds.base}", *(f"{f}\t{kinds.weights[f]}" for f in sorted(kinds.weights))]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_kinds", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    lines = distinct_lines(_read_lines(options.postings))
    kinds = learn_kinds(lines)
    (options.out / KINDS_FILE).write_text(format_kinds(kinds), encoding="utf-8")
    figures = {
        "lines": len(lines),
        "asks": sum(line.asks for line in lines),
        "features": len(kinds.weights),
        **_held_out(lines),
    }
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def _read_lines(path: Path) -> Iterator[LabelledLine]:
    for number, record in enumerate(read_records(path)):
        posting = parse_posting(str(record["text"]))
        if reads_like_english(posting.text):
            company = str(record.get("company") or "None")
            yield from labelled_lines(posting, company if company != "None" else f"#{number}")


def _held_out(lines: Sequence[LabelledLine]) -> dict[str, float]:
    """Return how weights learnt without every fifth employer do on the lines of those."""
    known: list[LabelledLine] = []
    unseen: list[LabelledLine] = []
    for line in lines:
        # A checksum in place of hash(), which differs from run to run.
        chosen = unseen if zlib.crc32(line.employer.encode()) % _HELD_OUT == 0 else known
        chosen.append(line)
    if len({line.asks for line in known}) < 2 or len({line.asks for line in unseen}) < 2:
        return {}
    kinds = learn_kinds(known)
    below = {
        asks: [kinds.evidence(line.text) < -2 * UNIT for line in unseen if line.asks == asks]
        for asks in (True, False)
    }
    return {
        "unseen_lines": len(unseen),
        "asking_lines_lost": round(sum(below[True]) / len(below[True]), 4),
        "other_lines_told": round(sum(below[False]) / len(below[False]), 4),
    }


if __name__ == "__main__":
    main()
