"""How likely it is that a line of a CV says what is asked for in other words.

For each (ask, line) it is counted which words of the ask the line says, says by a word of the same
meaning (`data/same_words.txt`), or by one that stands near to it in the vectors, how near both are
in meaning as a whole, and how alike what they say (`paraphrase.py`); a logistic regression, fitted
by `training/judge.py` on lines graded by hand, makes a probability of it. All pairs are compared at
once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from tailor.matching.feature import idf
from tailor.matching.meaning import learnt_table
from tailor.matching.name import things_named
from tailor.matching.paraphrase import paraphrase_vectors, sums_of
from tailor.matching.words import (
    TEXTS_KEPT,
    WORDS_KEPT,
    content,
    form,
    name_words,
    plain_word,
    plain_works,
)
from tailor.nlp.vectors import normalised, vectors_of
from tailor.nlp.word_form import is_stop_word
from tailor.values.resources import data_text, model_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    _Words = tuple[tuple[str, int], ...]  # each with a number of a thing, or -1

MODEL_FILE = "judge.json"
FEATURES = (
    "same", "near", "near²", "rarest", "last", "worst", "whole", "words", "near·last",
    "same·rarest", "near·worst", "one word", "two words", "said", "meaning", "alike", "alike words",
)  # fmt: skip
_NEAREST = 0.38  # a cosine below says nothing
_SAME = 0.85  # what a word of the same meaning is worth, where the word itself is worth 1
_LEAST_WEIGHT = 0.3
_KEPT = 2_000_000  # words of asks times lines of a CV, 12 bytes each
_PLAIN = 0.3
_WAYS = 5  # in which a line says a word, see `_met`


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What lines say, ready to be compared: their words, where they stand, and their vectors."""

    columns: dict[str, int]
    vectors: Floats
    flat: NDArray[np.int64]
    starts: NDArray[np.int64]
    whole: Floats
    whole_meanings: Floats
    alike: Floats  # words × dimensions of `paraphrase.py`
    whole_alike: Floats  # lines × those
    meanings: dict[int, list[int]]
    met: Floats  # words × what a line says of each × lines; a row for each of `rows`
    rows: dict[tuple[str, int], int] = field(default_factory=dict)


def said_by(texts: Sequence[str]) -> Said:
    """Return what `texts` say."""
    units = [_units(text) or ("",) for text in texts]
    forms = list(dict.fromkeys(unit for row in units for unit in row))
    columns = {unit: number for number, unit in enumerate(forms)}
    flat = np.array([columns[unit] for row in units for unit in row], dtype=np.int64)
    sizes = np.array([len(row) for row in units])
    meanings: dict[int, list[int]] = {}
    for unit, number in columns.items():
        for meaning in _meanings().get(unit, ()):
            meanings.setdefault(meaning, []).append(number)
    vectors, alike = vectors_of(forms), paraphrase_vectors(forms)
    starts = np.cumsum(sizes) - sizes
    return Said(
        columns,
        vectors,
        flat,
        starts,
        _whole(vectors[flat], _weights([forms[column] for column in flat]), sizes),
        np.array([_meaning_of(text) for text in texts]),
        normalised(alike),
        sums_of(alike[flat], starts),
        meanings,
        np.empty((_KEPT // len(texts), _WAYS, len(texts)), dtype=np.float32),
    )


def likely(figures: Floats, what: str) -> Floats:
    """Return how likely each line is to do `what` to each ask, 0 to 1, given their `features`.

    To show it ("shows"), to be near it ("near"), and to show it by what was learnt from invented
    lines alone ("invented"). The shape is that of `figures` without the first dimension.
    """
    weights = _weights_learnt()[what]
    sums = weights[:-1] @ figures.reshape(len(FEATURES), -1) + weights[-1]
    found: Floats = 1.0 / (1.0 + np.exp(-sums))
    return found.reshape(figures.shape[1:])


@cache
def learnt_file() -> dict[str, dict[str, float]]:
    """Return what `training/judge.py` learnt: weights by the name of a feature or a sign."""
    learnt: dict[str, dict[str, float]] = json.loads(model_bytes(MODEL_FILE))
    return learnt


@cache
def _weights_learnt() -> dict[str, Floats]:
    learnt = learnt_file()
    return {
        what: np.array([learnt[what][name] for name in (*FEATURES, "bias")], dtype=np.float32)
        for what in ("shows", "near", "invented")
    }


def features(asked: Sequence[str], said: Said, works: Sequence[bool] = ()) -> Floats:
    """Return the features of each ask with each line, shape features × asks × lines.

    `works` tells for each ask whether it is work to be done, by default all are. What a trade says
    in other words counts for work; of a name, only the words that any trade has.
    """
    rows = [_asked_words(text) for text in asked]
    words = list(dict.fromkeys(word for row in rows for word in row))
    numbers = {word: number for number, word in enumerate(words)}
    exact, same, wide, near, alike = _met(words, said)
    flat = np.array([numbers[word] for row in rows for word in row], dtype=np.int64)
    sizes = np.array([len(row) for row in rows])
    starts = np.cumsum(sizes) - sizes
    weights = _weights([word for word, _ in words])[flat]
    shares = (weights / np.repeat(np.add.reduceat(weights, starts), sizes))[:, None]
    rows_of = np.repeat(np.arange(len(rows)), sizes)
    is_work = np.array(works or [True] * len(rows))[rows_of, None]
    same = np.where(is_work, wide[flat], same[flat])
    best = np.maximum(near[flat], same)
    heaviest = np.flatnonzero(weights == np.maximum.reduceat(weights, starts)[rows_of])
    rarest = heaviest[np.unique(rows_of[heaviest], return_index=True)[1]]
    found = np.empty((len(FEATURES), len(rows), exact.shape[1]), dtype=np.float32)
    same_share = np.add.reduceat(same * shares, starts)
    near_share = np.add.reduceat(best * shares, starts)
    last, worst = best[starts + sizes - 1], np.minimum.reduceat(best, starts)
    vectors = vectors_of([word for word, _ in words])[flat]
    count = sizes[:, None].astype(np.float32)
    others = paraphrase_vectors([word for word, _ in words])[flat]
    columns = (
        same_share, near_share, near_share**2, best[rarest], last, worst,
        _whole(vectors, weights, sizes) @ said.whole.T,
        np.log(count), near_share * last, same_share * best[rarest],
        near_share * worst, count == 1, count == 2,
        np.add.reduceat(exact[flat] * shares, starts),
        np.array([_meaning_of(text) for text in asked]) @ said.whole_meanings.T,
        sums_of(others, starts) @ said.whole_alike.T,
        np.add.reduceat(alike[flat] * shares, starts),
    )  # fmt: skip
    for number, column in enumerate(columns):
        found[number] = column
    return found


def _met(words: Sequence[tuple[str, int]], said: Said) -> tuple[Floats, ...]:
    """Return how well each line says each word: itself, by one of its meaning, by a near one.

    One of its meaning in any work, and in any or its own trade; last by one that says the like.

    What a CV has of a word is kept: most words of a posting stood in another one before.
    """
    rows = said.rows
    new = [word for word in words if word not in rows]
    if len(rows) + len(new) > len(said.met):
        rows.clear()
        new = list(words)
    met = (
        said.met
        if len(new) <= len(said.met)
        else np.empty((len(new), *said.met.shape[1:]), dtype=np.float32)
    )
    forms = [one for one, _ in new]
    others = normalised(paraphrase_vectors(forms))
    for word, vector, other in zip(new, vectors_of(forms), others, strict=True):
        met[len(rows)] = _met_by(word, vector, other, said)
        rows[word] = len(rows)
    found = tuple(met[[rows[word] for word in words]].swapaxes(0, 1))
    if met is not said.met:
        rows.clear()
    return found


def _met_by(word: tuple[str, int], vector: Floats, other: Floats, said: Said) -> Floats:
    """Return the five of one word for each line; alone, so that no other word moves a digit."""
    form, thing = word
    figures: Floats = np.zeros((_WAYS, len(said.columns)), dtype=np.float32)
    exact, same, wide, near, alike = figures
    for unit in (form, f"#{thing}"):
        if unit in said.columns:
            exact[said.columns[unit]] = 1.0
    for meaning in _meanings().get(form, ()):
        columns = said.meanings.get(meaning, [])
        wide[columns] = _SAME
        if meaning < _of_any_work():
            same[columns] = _SAME
    np.maximum(same, exact, out=same)
    np.maximum(wide, exact, out=wide)
    cosines = said.vectors @ vector
    near[:] = np.maximum(np.where(cosines > _NEAREST, cosines, 0.0) * 0.9, same)
    alike[:] = np.maximum(said.alike @ other, exact)
    found: Floats = np.maximum.reduceat(figures[:, said.flat], said.starts, axis=1)
    return found


@lru_cache(maxsize=TEXTS_KEPT)
def _asked_words(text: str) -> _Words:
    """Return the words of an ask, each with the thing in whose name it stands, or -1."""
    of: dict[int, int] = {}
    for place, (length, thing) in things_named(text).items():
        of.update(dict.fromkeys(range(place, place + length), thing))
    found = [(word, of.get(place, -1)) for word, place in content(text)]
    return tuple(dict.fromkeys(found)) or ((form(text), -1),)


@lru_cache(maxsize=TEXTS_KEPT)
def _units(text: str) -> tuple[str, ...]:
    """Return the forms of the words of a line, and the things whose names stand in it."""
    forms = [word for word, _ in content(text)]
    things = [f"#{thing}" for _, thing in things_named(text).values()]
    return tuple(dict.fromkeys([*forms, *things]))


def _weights(forms: Sequence[str]) -> Floats:
    """Return what each word weighs: the rarer the more, and a verb of any work little."""
    return np.array([weight(one) for one in forms], dtype=np.float32)


@lru_cache(maxsize=WORDS_KEPT)
def weight(form: str) -> float:
    """Return what a word weighs: the rarer the more, and a verb of any work little."""
    rare = idf(np.array([get_string_id(form)], dtype=np.uint64))[0] - 1
    return float(np.sqrt(max(rare, _LEAST_WEIGHT))) * (_PLAIN if form in plain_works() else 1.0)


def _whole(vectors: Floats, weights: Floats, sizes: NDArray[np.int64]) -> Floats:
    starts = np.cumsum(sizes) - sizes
    sums: Floats = np.add.reduceat(vectors * weights[:, None], starts)
    return normalised(sums)


@lru_cache(maxsize=TEXTS_KEPT)
def _meaning_of(text: str) -> Floats:
    """Return what a text means as a whole: a vector of length 1, or 0 where no word is known."""
    summed = np.zeros(learnt_table().dimensions, dtype=np.float32)
    for word in name_words(text):
        summed += _meaning_of_word(word.text)
    vector: Floats = normalised(summed[None, :])[0]
    return vector


@lru_cache(maxsize=WORDS_KEPT)
def _meaning_of_word(word: str) -> Floats:
    """Return what a word adds to the meaning of a text, by its weight."""
    table = learnt_table()
    form = np.array([get_string_id(plain_word(word))], dtype=np.uint64)
    place = min(int(np.searchsorted(table.forms, form)[0]), len(table.forms) - 1)
    known = not is_stop_word(word) and table.forms[place] == form[0]
    share = float(idf(form)[0]) if known else 0.0
    vector: Floats = (share * table.vectors[place]).astype(np.float32)
    return vector


@cache
def _of_any_work() -> int:
    """Return in which line of `data/same_words.txt` the words of trades begin."""
    lines = data_text("same_words.txt").splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("# ")]
    return next(number for number in heads if number > lines.index("# any work"))


@cache
def _meanings() -> dict[str, tuple[int, ...]]:
    """Return the sets of words of one meaning to which each form belongs."""
    found: dict[str, list[int]] = {}
    for number, words in enumerate(data_text("same_words.txt").splitlines()):
        for word in words.split() if words[:1] != "#" else ():
            found.setdefault(form(word), []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}
