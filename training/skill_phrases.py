"""Learn from SkillSpan which phrases name skills and knowledge, for `models/`.

    python -m training.skill_phrases --skillspan ../shared/bench/skillspan --out models

Reads `train.json` of SkillSpan (Zhang et al. 2022, MIT) and never its other files; lists of skills
and products (`training.lexicons`); and the frequencies and vectors of `models/`. What is
written holds checksums of words and pairs of words that stand in several lines, and weights.
The same input gives the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from tailor.nlp.embedding import learnt_frequencies
from tailor.nlp.skill_phrases import (
    BOUNDARY,
    FIGURES_FILE,
    KEYS_FILE,
    KINDS,
    NARROW_FILE,
    STEM_CLASS,
    WIDE_FILE,
    WINDOW,
    WORD_CLASS,
    Label,
    Token,
    letter_keys,
    opening_key,
    pair_keys,
    plain,
    read_lines,
    word_features,
)
from tailor.nlp.word_vectors import learnt_vectors
from training.lexicons import read_names
from training.random_field import RandomField, learn_random_field
from training.skillspan import AnnotatedLine, labels_of, read_skillspan

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T", str, int)
PLACES = 2 * WINDOW + 1
_LABELS = len(Label)
_FEWEST_NAMES = 2  # in which a word must stand first, last or between
_CLUSTERS = (512, 128, 32)  # kinds of stems by their vectors, each cut into fewer


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen by cross-validation on the training set."""

    fewest: int = 2  # times a feature must be seen
    prior: float = 3.0
    iterations: int = 100
    # What is taken from the weight of OUTSIDE for each kind: else too few phrases are found.
    eagerness: tuple[float, float] = (0.15, 0.15)
    unit: int = 32  # whole numbers for a weight of 1
    least: int = 2  # a row without any whole weight so large is left out


@dataclass(frozen=True, slots=True)
class Tables:
    """What is written: see `tailor.nlp.skill_phrases.parse_tagger`."""

    keys: bytes
    wide: bytes
    narrow: bytes
    figures: str


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of each stem, and of each word in lower case with its digits as 0."""

    of_stems: Mapping[str, tuple[str, ...]]
    of_words: Mapping[str, tuple[str, ...]]

    def features(self, word: str) -> list[str]:
        """Return the wide features of `word`, its classes among them."""
        *own, stem, low = word_features(word)
        return [
            *own,
            *self.of_stems.get(stem.removeprefix(f"{STEM_CLASS} "), ()),
            *self.of_words.get(low.removeprefix(f"{WORD_CLASS} "), ()),
        ]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.skill_phrases")
    parser.add_argument("--skillspan", type=Path, required=True, help="folder with train.json")
    parser.add_argument("--lexicons", type=Path, help="folder of word lists; beside the bench")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    lexicons = options.lexicons or options.skillspan.resolve().parents[1] / "lexicons"
    lines = list(read_skillspan(options.skillspan / "train.json"))
    tables = learn_tables(lines, learn_classes(lexicons))
    (options.out / KEYS_FILE).write_bytes(tables.keys)
    (options.out / WIDE_FILE).write_bytes(tables.wide)
    (options.out / NARROW_FILE).write_bytes(tables.narrow)
    (options.out / FIGURES_FILE).write_text(tables.figures)
    print(tables.figures)  # noqa: T201 - the command's answer


def learn_tables(
    lines: Iterable[AnnotatedLine], classes: Classes, settings: Settings | None = None
) -> Tables:
    """Learn the tagger of both kinds from `lines`."""
    settings = settings or Settings()
    corpus = Corpus(lines, classes, settings.fewest)
    matrix = corpus.matrix()
    fields = [
        learn_random_field(
            matrix,
            corpus.labels(number),
            [len(tokens) for tokens in corpus.lines],
            count=_LABELS,
            prior=settings.prior,
            iterations=settings.iterations,
        )
        for number in range(len(KINDS))
    ]
    return whole_tables(corpus, fields, settings)


class Corpus:
    """The tokens of all lines, and the columns of their features."""

    def __init__(self, lines: Iterable[AnnotatedLine], classes: Classes, fewest: int) -> None:
        self.lines: list[list[Token]] = []
        self.spans = []
        self.classes = classes
        for line in lines:
            for tokens in read_lines(line.text):
                self.lines.append(tokens)
                self.spans.append(line.spans)
        self._features = lru_cache(maxsize=None)(classes.features)
        counts: Counter[str] = Counter()
        narrow: Counter[int] = Counter()
        for tokens in self.lines:
            words = [token.text for token in tokens]
            counts.update(chain.from_iterable(map(self._features, words)))
            narrow.update(chain.from_iterable(_narrow([BOUNDARY, *words])))
            narrow[opening_key(tokens)] += 1
        boundary = dict.fromkeys(self._features(BOUNDARY), fewest)
        self.wide = _numbered((counts | Counter(boundary)), fewest)
        self.narrow = _numbered(narrow, fewest)

    def labels(self, number: int) -> list[int]:
        """Return the labels of all tokens for the kind of that number."""
        return [
            label
            for tokens, spans in zip(self.lines, self.spans, strict=True)
            for label in labels_of(tokens, spans[KINDS[number]])
        ]

    def matrix(self) -> sp.csr_matrix:
        """Return a row for each token, with 1 in the columns of its features."""
        columns: list[int] = []
        ends = [0]
        for tokens in self.lines:
            for row in self.line_columns(tokens):
                columns += sorted(set(row))
                ends.append(len(columns))
        width = len(self.wide) * PLACES + len(self.narrow) * 2
        return sp.csr_matrix(
            (np.ones(len(columns), np.float32), columns, ends), shape=(len(ends) - 1, width)
        )

    def line_columns(self, tokens: Sequence[Token]) -> Iterator[list[int]]:
        """Yield the columns of each token of a line."""
        words = [*[BOUNDARY] * WINDOW, *(token.text for token in tokens), *[BOUNDARY] * WINDOW]
        wide = [[self.wide[f] for f in self._features(w) if f in self.wide] for w in words]
        narrow = [[self.narrow[k] for k in keys if k in self.narrow] for keys in _narrow(words)]
        first = len(self.wide) * PLACES
        opening = self.narrow.get(opening_key(tokens))
        for place in range(WINDOW, WINDOW + len(tokens)):
            here = [
                row * PLACES + apart
                for apart in range(PLACES)
                for row in wide[place - WINDOW + apart]
            ]
            here += [first + 2 * row for row in narrow[place]]
            here += [first + 2 * row + 1 for row in narrow[place - 1]]
            if opening is not None:
                here.append(first + 2 * opening)
            yield here


def whole_tables(corpus: Corpus, fields: Sequence[RandomField], settings: Settings) -> Tables:
    """Return the tables of whole numbers; classes are summed up for each stem and word."""
    weights = np.hstack([field.weights for field in fields])
    wide, narrow = np.split(weights, [len(corpus.wide) * PLACES])
    wide = wide.reshape(-1, PLACES, weights.shape[1])
    pairs = _whole(narrow.reshape(-1, 2, weights.shape[1]), settings.unit)
    rows = [np.zeros(wide.shape[1:], np.int8)]
    keys: dict[int, int] = {}
    names_of_classes = set(
        chain(*corpus.classes.of_stems.values(), *corpus.classes.of_words.values())
    )
    for feature, number in corpus.wide.items():
        row = _whole(wide[number], settings.unit)
        if feature not in names_of_classes and np.abs(row).max() >= settings.least:
            keys[crc32(feature.encode())] = len(rows)
            rows.append(row)
    for prefix, table in (
        (STEM_CLASS, corpus.classes.of_stems),
        (WORD_CLASS, corpus.classes.of_words),
    ):
        shared: dict[tuple[int, ...], int] = {}
        for word, names in table.items():
            known = tuple(corpus.wide[name] for name in names if name in corpus.wide)
            if known not in shared:
                shared[known] = len(rows)
                rows.append(_whole(wide[list(known)].sum(axis=0), settings.unit))
            keys[crc32(f"{prefix} {word}".encode())] = shared[known]
    kept = np.abs(pairs).max(axis=(1, 2)) >= settings.least
    narrow_table = np.zeros(int(kept.sum()), [("key", "<u4"), ("weights", "i1", pairs.shape[1:])])
    narrow_table["key"] = np.array(list(corpus.narrow), np.uint32)[kept]
    narrow_table["weights"] = pairs[kept]
    key_table = np.array(sorted(keys.items()), [("key", "<u4"), ("row", "<u2")])
    figures = {
        "lines": len(corpus.lines),
        "keys": len(keys),
        "rows": len(rows),
        "narrow": len(narrow_table),
        "transitions": [
            _whole_transitions(field, eagerness, settings.unit)
            for field, eagerness in zip(fields, settings.eagerness, strict=True)
        ],
    }
    return Tables(
        _npy(key_table), _npy(np.array(rows)), _npy(narrow_table), json.dumps(figures) + "\n"
    )


def _whole_transitions(field: RandomField, eagerness: float, unit: int) -> list[object]:
    bias = np.array([-eagerness] + [0.0] * (_LABELS - 1))
    starts = np.rint((field.starts + bias) * unit).astype(int).tolist()
    return [starts, np.rint((field.transitions + bias) * unit).astype(int).tolist()]


def _whole(weights: NDArray[np.float64], unit: int) -> NDArray[np.int8]:
    return np.clip(np.rint(weights * unit), -127, 127).astype(np.int8)


def _npy(table: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, table, allow_pickle=False)
    return file.getvalue()


def _narrow(words: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the narrow features of each word; a boundary follows the last."""
    return [
        (*letter_keys(word), *pair_keys(word, after))
        for word, after in zip(words, [*words[1:], BOUNDARY], strict=True)
    ]


def _numbered(counts: Counter[T], fewest: int) -> dict[T, int]:
    """Return what was seen often enough, in order, each with its number."""
    kept = sorted(item for item, count in counts.items() if count >= fewest)
    return {item: number for number, item in enumerate(kept)}


def learn_classes(lexicons: Path) -> Classes:
    """Return the classes of stems by vectors and frequencies, and of words by lists."""
    return Classes(_stem_classes(), _word_classes(lexicons))


def _stem_classes() -> dict[str, tuple[str, ...]]:
    """Return for each stem: its clusters, how rare it is, and where it is more at home."""
    vectors, frequencies = learnt_vectors(), learnt_frequencies()
    clusters = _clusters(vectors.matrix.astype(np.float64))
    classes = {}
    for stem, row in sorted(vectors.rows.items()):
        names = [f"cluster of {n}: {c[row]}" for n, c in zip(_CLUSTERS, clusters, strict=True)]
        if stem in frequencies.counts:
            one, other = frequencies.counts[stem]
            ratio = (one + 1) / frequencies.sizes[0] / ((other + 1) / frequencies.sizes[1])
            at_home = max(-4, min(4, round(math.log2(ratio))))
            names += [f"rarity {int(frequencies.idf(stem))}", f"in postings {at_home}"]
        classes[stem] = tuple(names)
    return classes


def _clusters(vectors: NDArray[np.float64]) -> list[NDArray[np.int32]]:
    """Return the number of each vector's cluster, for each number of clusters."""
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to import

    found = []
    with threadpool_limits(1):  # sums in another order end in other clusters
        centres, members = vectors, np.arange(len(vectors))
        for count in _CLUSTERS:
            means = KMeans(min(count, len(centres)), n_init=1, max_iter=40, random_state=0)
            members = means.fit(centres).labels_[members]
            centres = means.cluster_centers_
            found.append(members)
    return found


def _word_classes(lexicons: Path) -> dict[str, tuple[str, ...]]:
    """Return for each word: the lists that name it, and where in names of skills it stands."""
    classes: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, names in _names(lexicons).items():
        for name in names:
            words = [token.text for tokens in read_lines(name) for token in tokens]
            words = [plain(word) for word in words]
            if len(words) == 1:
                classes[words[0]] |= {f"name in {source}", "name"}
            elif words and source in {"esco", "esco knowledge", "onet"}:
                places[words[0]][f"{source} first"] += 1
                places[words[-1]][f"{source} last"] += 1
                for word in words[1:-1]:
                    places[word][f"{source} inside"] += 1
    for word, counts in places.items():
        for place, count in counts.items():
            if count < _FEWEST_NAMES:
                continue
            classes[word].add(f"{place} {min(count.bit_length(), 5)}")
    return {word: tuple(sorted(names)) for word, names in sorted(classes.items())}


def _names(lexicons: Path) -> dict[str, set[str]]:
    """Return the names of skills and products by list, without remarks in brackets."""
    lists = dict(read_names(lexicons))
    del lists["simple-icons"]  # most are firms that no posting asks knowledge of
    labels = lexicons / "esco_v110_skill_labels_en.txt"
    lists["esco"] = set(labels.read_text(encoding="utf-8").splitlines())
    lists["esco knowledge"] = set()
    for record in json.loads((lexicons / "esco_ict_skills.json").read_text(encoding="utf-8")):
        source = "esco knowledge" if record["skillType"] == "knowledge" else "esco"
        lists[source] |= {record["label"], *record["altLabel"]}
    return {
        source: {re.sub(r"\s*\([^)]*\)", "", name) for name in names}
        for source, names in lists.items()
    }


if __name__ == "__main__":
    main()
