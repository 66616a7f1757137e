r"""Learn which words tell a requirement from pay, benefits, law, procedure and company talk.

    python -m training.line_kind \
        --postings ../shared/postings/postings.jsonl.gz --out models

Nobody labelled the lines. They are labelled by the headings that postings set above them, where
data/posting_cues.toml knows the heading; a line whose own words speak against its heading is left
out. A logistic regression over the features of `tailor.matching.line_kind` learns from them, and
its weights are rounded to whole numbers. A feature that stands in the postings of fewer than five
employers is left out, so that no name or sentence can be read out of the table.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from tailor.matching.line_kind import MODEL_FILE, UNIT, LineClassifier, make_vectorizer
from tailor.matching.posting_cue import (
    begins_with_work,
    find_cues,
    heading_kind,
    is_arrangement,
    speaks_of_itself,
)
from tailor.nlp.cue import words_of
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
            label = _label(text, about, is_item=line.is_item)
            if label is not None:
                yield LabelledLine(text, label, employer)


def _label(text: str, about: str, *, is_item: bool) -> bool | None:
    """Return whether a line asks; None where its words and its heading do not agree."""
    cues = find_cues(text)
    if len(cues.words) < _FEWEST_WORDS:
        return None
    is_work = begins_with_work(cues)
    if is_arrangement(cues):
        return None if is_work else False
    is_wish = is_work or find_cues(" ".join(cues.words[:_BEGINNING])).has("wishes")
    if cues.has("drop"):
        return None if is_wish else False
    talks = cues.has("drop_prose") or speaks_of_itself(cues)
    drops = cues.has("drop_unlisted")
    if about in _ASKS:
        # Lists of benefits stand below headings of wishes where theirs was not recognised, and
        # running text after a list is often about the company again.
        return True if is_wish or (is_item and not drops and not talks) else None
    if about in _ABOUT_THE_JOB:
        # So that the company's name and trade do not count against what it asks for.
        return True if cues.has("of_the_job") and not drops else None
    if about not in _ASKS_NOTHING or is_wish:
        return None
    # A company's own story often speaks of the job as well.
    speaks_of_job = about not in _GIVES and cues.has("asks_person")
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


def train(
    lines: Sequence[LabelledLine],
    fewest_employers: int = FEWEST_EMPLOYERS,
    most_features: int = MOST_FEATURES,
) -> LineClassifier:
    """Return the classifier that tells the lines that ask from the others.

    Fitted twice: over all features, then over the `most_features` that tell most, by the size of
    their coefficient and the number of lines they stand in. Raises ValueError where the lines are
    all of one kind.
    """
    vectorizer = make_vectorizer()
    matrix = vectorizer.fit_transform([line.text for line in lines])
    names = vectorizer.get_feature_names_out()
    common = _in_lines_of(matrix, [line.employer for line in lines]) >= fewest_employers
    matrix, names = matrix[:, common], names[common]
    asks = [line.asks for line in lines]
    told = np.abs(_fit(matrix, asks).coef_[0]) * np.sqrt(matrix.sum(axis=0).A1)
    chosen = np.sort(np.argsort(-told, kind="stable")[:most_features])
    model = _fit(matrix[:, chosen], asks)
    rounded = zip(names[chosen], np.rint(model.coef_[0] * UNIT).astype(int).tolist(), strict=True)
    return LineClassifier(
        round(model.intercept_[0] * UNIT), {name: weight for name, weight in rounded if weight}
    )


def _in_lines_of(matrix: sp.csr_matrix, employers: Sequence[str]) -> NDArray[np.int64]:
    """Return in the lines of how many employers each feature stands."""
    _, rows = np.unique(employers, return_inverse=True)
    count = len(employers)
    of_employer = sp.csr_matrix((np.ones(count), (rows, np.arange(count))))
    return (of_employer @ matrix).getnnz(axis=0)  # type: ignore[no-any-return]


def _fit(matrix: sp.csr_matrix, asks: Sequence[bool]) -> LogisticRegression:
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    return model.fit(matrix, asks)


def format_classifier(classifier: LineClassifier) -> str:
    """Return the JSON that `tailor.matching.line_kind.parse_classifier` reads."""
    return json.dumps(asdict(classifier), ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_kind", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    lines = distinct_lines(_read_lines(options.postings))
    classifier = train(lines)
    (options.out / MODEL_FILE).write_text(format_classifier(classifier), encoding="utf-8")
    figures = {
        "lines": len(lines),
        "asks": sum(line.asks for line in lines),
        "features": len(classifier.coefficients),
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
    evidence = train(known).evidence([line.text for line in unseen])
    below = {
        asks: [
            value < -2 * UNIT
            for line, value in zip(unseen, evidence, strict=True)
            if line.asks == asks
        ]
        for asks in (True, False)
    }
    return {
        "unseen_lines": len(unseen),
        "asking_lines_lost": round(sum(below[True]) / len(below[True]), 4),
        "other_lines_told": round(sum(below[False]) / len(below[False]), 4),
    }


if __name__ == "__main__":
    main()
