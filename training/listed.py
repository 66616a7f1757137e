"""Learn which words of a posting people list in CVs, for `models/listed.npz`.

    python -m training.listed --postings ../shared/postings/postings.jsonl.gz \
        --wordnet /usr/share/wordnet --lexicons ../shared/lexicons

Learnt from `listed.json` beside this file: names in real postings, judged singly, kept as numbers
that their letters make: would a recruiter say "this is not in your CV" of them? A logistic
regression sees how a name is written, and of its last word and the others the sense (WordNet 3.0),
the vector, the ending, and how often skills of ESCO end so. What ships is what each word of many
documents adds as the last word and as another. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.strings import get_string_id

from tailor.matching.ask import AskKind
from tailor.matching.listed import FLAGS, LISTED_FILE, flags_of, heads_and_others
from tailor.matching.match import asks_of
from tailor.matching.words import form, plain_word
from tailor.nlp.vectors import vectors_of
from tailor.reading.posting.text import parse_posting
from tailor.values.resources import MODELS
from training.records import read_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.matching.ask import Ask

    Floats = NDArray[np.float64]

HERE = Path(__file__).parent
_C, _VECTOR, _OTHER = 0.3, 2.0, 1.4  # of scikit-learn; what a digit of a vector counts
_SENSES = (1.0, 0.4, 0.2)  # what the first senses of a noun count
_FIRST, _LAST = 3, 28  # the numbers of WordNet's files of nouns
_FEWEST = 3  # documents in which a word stands
_ENDS = tuple(
    re.compile(end)
    for end in ("ing$", "(?:er|or|ist|ian|ant)s?$", "[^s]s$", "(?:tion|ment|sis)$", "ity$")
)
_PARTS = 100  # of one


class Judged(NamedTuple):
    """Asks, whether people list such things, and the number of the posting of each."""

    asks: list[Ask]
    grades: NDArray[np.int64]
    postings: NDArray[np.int64]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.listed", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder with `data.noun`")
    parser.add_argument("--lexicons", type=Path, required=True, help="folder of the word lists")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    options = parser.parse_args()
    judged = read_judged(options.postings)
    seen = Words(options.wordnet, options.lexicons)
    rows = np.array([features(ask, seen) for ask in judged.asks])
    print(json.dumps(measured(rows, judged)))  # noqa: T201 - the command's answer
    learnt = fitted(rows, judged.grades)
    weights, bias = learnt.coef_[0], float(learnt.intercept_[0])
    words = usual_words(options.postings)
    count = len(FLAGS)
    size = seen.size
    heads = np.array([seen.of(word) @ weights[count : count + size] for word in words])
    others = np.array([seen.vector(word) @ weights[count + size :] for word in words])
    hashes = np.array([get_string_id(word) for word in words], dtype=np.uint64)
    order = np.argsort(hashes)
    np.savez_compressed(
        options.out / LISTED_FILE,
        words=hashes[order],
        heads=np.clip(np.rint(heads[order] * _PARTS), -500, 500).astype(np.int16),
        others=np.clip(np.rint(others[order] * _PARTS), -500, 500).astype(np.int16),
        flags=np.rint(np.append(weights[:count], bias) * _PARTS).astype(np.int16),
    )


def read_judged(postings: Path) -> Judged:
    """Return the asks that were judged by hand."""
    grades = json.loads((HERE / "listed.json").read_text("utf-8"))
    asks, found, numbers = [], [], []
    for number, record in enumerate(read_records(postings)):
        own = grades.get(record["id"])
        if own is None:
            continue
        posting = parse_posting(f"{record['title']}\n\n{record['text']}")
        for ask in asks_of(posting):
            key = str(zlib.crc32(ask.text.encode()))
            if ask.kind is AskKind.SKILL and key in own:
                asks.append(ask)
                found.append(own[key])
                numbers.append(number)
    return Judged(asks, np.array(found), np.array(numbers))


def usual_words(postings: Path) -> list[str]:
    """Return the words that stand in many postings, in lower case."""
    used: Counter[str] = Counter()
    for record in read_records(postings):
        used.update(set(re.findall(r"[a-z][a-z+#']+", record["text"].lower())))
    return sorted(word for word, count in used.items() if count >= _FEWEST)


# What is seen of words


class Words:
    """What is known of words: the senses of nouns, and how often skills end with them."""

    def __init__(self, wordnet: Path, lexicons: Path) -> None:
        """Read WordNet's nouns and ESCO's skills."""
        self._senses = _read_senses(wordnet)
        self._ends: Counter[str] = Counter()
        for line in (lexicons / "esco_v110_skill_labels_en.txt").read_text("utf-8").splitlines():
            words = re.findall(r"[a-z]+", line.lower())
            if len(words) > 1:
                self._ends[plain_word(words[-1])] += 1
        self.size = len(self.of("word"))

    def vector(self, word: str) -> Floats:
        """Return the vector of a word."""
        vector: Floats = vectors_of([form(word)])[0].astype(np.float64) * _OTHER
        return vector

    def of(self, word: str) -> Floats:
        """Return what is seen of a word that stands last in a name."""
        low = word.lower()
        senses = np.zeros(_LAST - _FIRST + 1)
        own = next((self._senses[one] for one in _singulars(low) if one in self._senses), ())
        for number, share in zip(own, _SENSES, strict=False):
            senses[number - _FIRST] = max(senses[number - _FIRST], share)
        vector = vectors_of([form(word)])[0].astype(np.float64)
        ends = [bool(end.search(low)) for end in _ENDS]
        skills = min(np.log1p(self._ends[plain_word(low)]), 5) / 5
        return np.concatenate([senses, ends, [bool(own), vector.any(), skills], vector * _VECTOR])


def _read_senses(folder: Path) -> dict[str, list[int]]:
    """Return for each noun the files in which its first senses stand, such as that of people."""
    files: dict[str, int] = {}
    for line in (folder / "data.noun").read_text("latin-1").splitlines():
        if line[:1].isdigit():
            place, number, _ = line.split(" ", 2)
            files[place] = int(number)
    found = {}
    for line in (folder / "index.noun").read_text("latin-1").splitlines():
        if line[:1] != " ":
            parts = line.split()
            places = parts[6 + int(parts[3]) :]
            found[parts[0]] = [files[place] for place in places[: len(_SENSES)]]
    return found


def _singulars(word: str) -> list[str]:
    ends = (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""))
    return [word, *(word.removesuffix(a) + b for a, b in ends if word.endswith(a))]


def features(ask: Ask, seen: Words) -> Floats:
    """Return what is seen of an ask."""
    head, others = heads_and_others(ask.text)
    vectors = [seen.vector(word) for word in others] or [np.zeros_like(seen.vector("word"))]
    return np.concatenate(
        [np.array(flags_of(ask), dtype=float), seen.of(head), np.mean(vectors, axis=0)]
    )


def fitted(rows: Floats, grades: NDArray[np.int64]) -> LogisticRegression:
    """Return the regression fitted on what was judged."""
    return LogisticRegression(C=_C, max_iter=3000).fit(rows, grades)


def measured(rows: Floats, judged: Judged) -> dict[str, float]:
    """Return how good it is on postings that it has not learnt from."""
    chances = np.zeros(len(rows))
    for train, test in GroupKFold(10).split(rows, judged.grades, judged.postings):
        model = fitted(rows[train], judged.grades[train])
        chances[test] = model.predict_proba(rows[test])[:, 1]
    told = chances >= 0.5
    right = judged.grades == 1
    return {
        "judged": len(rows),
        "listed": round(float(right.mean()), 3),
        "precision": round(float(right[told].mean()), 3),
        "recall": round(float(told[right].mean()), 3),
    }


if __name__ == "__main__":
    main()
