"""Learn what each line of a posting is about, and measure it.

    python -m training.posting --postings ../shared/postings/postings.jsonl.gz --out models

Two models learn from each other. What the words of a line say is learnt at first from the headings
that postings set above their lines; with it, a conditional random field learns the parts of whole
postings from those labelled by hand and from invented ones. It labels all postings, and where it
is sure, the words are learnt anew from its labels, then the parts with them. Labelled postings are
never among those that the words are learnt from. The figures are of models that were learnt
without the postings set apart; what ships is learnt from those, too.

Which words name the job, the employer and the place is learnt beside (`names.py`).

Of the words, only those that stand in postings of five employers or more are kept.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pycrfsuite
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from tailor.nlp.cue import words_of
from tailor.reading.posting.cue import MODEL_FILE as WORDS_FILE
from tailor.reading.posting.cue import (
    UNIT,
    LineKinds,
    features_of,
    find_cues,
    heading_kind,
    is_usual_heading,
    read_kinds,
)
from tailor.reading.posting.name_tags import MODEL_FILE as NAMES_FILE
from tailor.reading.posting.part import MODEL_FILE as PARTS_FILE
from tailor.reading.posting.part import describe
from tailor.reading.posting.sentence import ASKING, HEADING, Part, Unit, units_of
from tailor.reading.posting.text import parse_posting
from training.posting.labels import Labelled, read_invented, read_labelled
from training.posting.language import reads_like_english
from training.posting.names import learn_names
from training.records import read_records

FEWEST_EMPLOYERS = 5
MOST_FEATURES = 25_000
INVENTED = 900
_SURE = 0.85
_KINDS = {
    "duties": Part.DUTY,
    "required": Part.REQUIRED,
    "preferred": Part.PREFERRED,
    "benefits": Part.BENEFIT,
    "legal": Part.LEGAL,
    "apply": Part.APPLY,
    "logistics": Part.FACT,
    "company": Part.COMPANY,
}
_MOST_BELOW = 25  # lines below a heading that are taken for what it heads
_LONGEST = 400  # lines
_HEADING_KIND = "heading"
_SAMPLED = "remotewlb"  # three of four postings are of this source: every second one is enough


@dataclass(frozen=True, slots=True)
class Line:
    """A line to learn the words of, what it is, and whose posting it stands in."""

    text: str
    kind: str
    employer: str


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.posting", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    labelled = read_labelled(options.postings)
    invented = list(read_invented(options.postings.parents[1], INVENTED))
    (options.out / PARTS_FILE).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        figures = learn_apart(options.postings, Path(folder))
        kinds = read_kinds((Path(folder) / WORDS_FILE).read_bytes())
        shutil.copy(Path(folder) / WORDS_FILE, options.out / WORDS_FILE)
    learn_parts([*labelled, *invented], kinds, options.out / PARTS_FILE)
    figures["names"] = learn_names(options.postings.parents[1], options.out / NAMES_FILE)
    print(json.dumps(figures, indent=1))  # noqa: T201 - the command's answer


def learn_apart(postings: Path, out: Path) -> dict[str, object]:
    """Learn words and parts without the postings set apart, write them to `out`, and measure."""
    labelled = read_labelled(postings)
    learnt_from = [posting for posting in labelled if not posting.apart]
    learnt_from += read_invented(postings.parents[1], INVENTED)
    corpus = _read_corpus(postings, {posting.id for posting in labelled})
    model = out / PARTS_FILE
    model.parent.mkdir(parents=True, exist_ok=True)
    kinds = learn_words(_lines_by_headings(corpus))
    learn_parts(learnt_from, kinds, model)
    kinds = learn_words(_lines_by_parts(corpus, kinds, model))
    learn_parts(learnt_from, kinds, model)
    np.savez_compressed(
        out / WORDS_FILE,
        kinds=np.array(kinds.kinds),
        keys=kinds.keys,
        weights=kinds.weights,
        intercepts=kinds.intercepts,
    )
    return measure([posting for posting in labelled if posting.apart], kinds, model)


def _read_corpus(path: Path, without: set[str]) -> list[tuple[str, list[Unit]]]:
    """Return the employer and the units of each English posting that is not labelled."""
    corpus = []
    for number, record in enumerate(read_records(path)):
        sampled = record.get("source") == _SAMPLED and crc32(str(record["id"]).encode()) % 2
        if str(record["id"]) in without or sampled:
            continue
        posting = parse_posting(str(record["text"]))
        if reads_like_english(posting.text) and len(posting.lines) <= _LONGEST:
            company = str(record.get("company") or "None")
            units = units_of(posting.lines)
            if units:
                corpus.append((company if company != "None" else f"#{number}", units))
    return corpus


def _lines_by_headings(corpus: Iterable[tuple[str, Sequence[Unit]]]) -> Iterator[Line]:
    for employer, units in corpus:
        kind, since = "", 0
        for unit in units:
            is_usual = not unit.line.is_item and is_usual_heading(find_cues(unit.text))
            if unit.line.is_heading or (is_usual and not unit.nth):
                kind, since = heading_kind(unit.text), 0
                continue
            since += 1
            if kind in _KINDS and since <= _MOST_BELOW:
                yield Line(unit.text, _KINDS[kind], employer)


def _lines_by_parts(
    corpus: Iterable[tuple[str, Sequence[Unit]]], kinds: LineKinds, model: Path
) -> Iterator[Line]:
    """Yield the lines of which the model is sure what they are."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    for employer, units in corpus:
        tagger.set(describe(units, kinds))
        for place, (unit, label) in enumerate(zip(units, tagger.tag(), strict=True)):
            if tagger.marginal(label, place) > _SURE:
                kind = _HEADING_KIND if label.startswith(HEADING) else label
                yield Line(unit.text, kind, employer)


def learn_words(lines: Iterable[Line]) -> LineKinds:
    """Return a classifier of lines by their words, learnt from each distinct line once."""
    once: dict[str, Line] = {}
    for line in lines:
        once.setdefault(" ".join(words_of(line.text)), line)
    columns: dict[str, int] = {}
    employers: list[set[str]] = []
    places: list[int] = []
    ends = [0]
    for line in once.values():
        for feature in sorted(features_of(line.text)):
            column = columns.setdefault(feature, len(columns))
            if column == len(employers):
                employers.append(set())
            if len(employers[column]) < FEWEST_EMPLOYERS:
                employers[column].add(line.employer)
            places.append(column)
        ends.append(len(places))
    matrix = sp.csr_matrix((np.ones(len(places)), places, ends), shape=(len(once), len(columns)))
    common = np.array([len(known) >= FEWEST_EMPLOYERS for known in employers])
    matrix, names = matrix[:, common], np.array(list(columns))[common]
    kinds = sorted({line.kind for line in once.values()})
    model = LogisticRegression(C=0.1, max_iter=100, tol=1e-3)
    model.fit(matrix, [kinds.index(line.kind) for line in once.values()])
    weights = np.rint(model.coef_.T * UNIT).astype(np.int16)
    told = np.abs(model.coef_).max(axis=0) * np.sqrt(np.asarray(matrix.sum(axis=0)).ravel())
    chosen = np.argsort(-told, kind="stable")[:MOST_FEATURES]
    keys = np.array([crc32(name.encode()) for name in names[chosen]], dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    return LineKinds(
        tuple(kinds),
        keys[order],
        weights[chosen][order],
        np.rint(model.intercept_ * UNIT).astype(np.int32),
    )


def learn_parts(postings: Sequence[Labelled], kinds: LineKinds, out: Path) -> None:
    """Train the conditional random field on labelled postings, and write it to `out`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for posting in postings:
        trainer.append(describe(posting.units, kinds), posting.labels)
    trainer.set_params(
        {
            "c1": 0.3,
            "c2": 0.3,
            "max_iterations": 80,
            "feature.minfreq": 2,
            "feature.possible_transitions": False,
        }
    )
    trainer.train(str(out))


def measure(postings: Sequence[Labelled], kinds: LineKinds, model: Path) -> dict[str, object]:
    """Return how well a model does on `postings`: lines that ask, all lines, and confusions.

    Sentences that say who is sought count as lines that ask where they are taken for one, and
    are not missed where they are not.
    """
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    confused: Counter[tuple[str, str]] = Counter()
    for posting in postings:
        found = tagger.tag(describe(posting.units, kinds))
        confused.update(
            (_part(true), _part(guess)) for true, guess in zip(posting.labels, found, strict=True)
        )
    counted = {pair: n for pair, n in confused.items() if pair[0] != Part.ROLE}
    both = sum(n for (true, guess), n in counted.items() if true in ASKING and guess in ASKING)
    taken = sum(n for (_, guess), n in counted.items() if guess in ASKING)
    asked = sum(n for (true, _), n in counted.items() if true in ASKING)
    right = sum(n for (true, guess), n in confused.items() if true == guess)
    return {
        "postings": len(postings),
        "lines": confused.total(),
        "asking_precision": round(both / taken, 4),
        "asking_recall": round(both / asked, 4),
        "accuracy": round(right / confused.total(), 4),
        "confusion": {
            true: {guess: n for (t, guess), n in sorted(confused.items()) if t == true}
            for true in sorted({true for true, _ in confused})
        },
    }


def _part(label: str) -> str:
    return _HEADING_KIND if label.startswith(HEADING) else label


if __name__ == "__main__":
    main()
