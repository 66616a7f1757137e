"""Whether a name in a sentence is meant as the tool or method, or as something written alike.

"Coached Maya and two interns" names no program, and "an agile little boat" no way of working. A
logistic regression, fitted by `training/sense.py`: the words right beside the name, how it is
written, in which sort of sentence it stands, by the vectors of the other words, and how alike these
are to what shows the name elsewhere: streams and topics beside Kafka, and no Camus.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from spacy.strings import get_string_id

from tailor.matching.words import NameWord, form, name_words, word_set
from tailor.nlp.vectors import vectors_of
from tailor.nlp.word_form import is_stop_word
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SENSE_FILE = "sense.npz"
FLAGS = (
    "small", "capitals", "first", "no capitals", "as asked", "same word", "tied",
    "behind a way", "behind in", "behind with", "behind to", "behind of", "behind at", "behind a",
    "behind the", "behind and", "behind -ing", "behind a capital", "behind a figure",
    "behind the first", "at the end", "before and", "before a small word", "before a capital",
    "before a figure", "before a part", "before -ing", "before a plural", "other names",
    "beside a name", "before a name", "other capitals", "length", "place",
    "known", "alike", "alike²",
)  # fmt: skip
_WAYS = frozenset("in with using via on to into from through".split())
_WITH, _TO = frozenset("using with via".split()), frozenset("to from into".split())
_AT = frozenset("at by for".split())
_OWN, _AND = frozenset("the our their my his her its".split()), frozenset({"and", "or"})
_VECTOR = 3.0  # what a digit of a mean vector counts beside a flag
_ALIKE = 5.0
_BYTE = 127
_MOST = 4  # capitals and names that count
_LENGTH = 20
_PARTS = 100  # of one


def is_learnt(name: str) -> bool:
    """Return whether the model knows a name, in any case, as one that other things have too."""
    return get_string_id(name.casefold()) in _model().places


def chance(words: Sequence[NameWord], place: int, name: str, others: Collection[int]) -> float:
    """Return how likely the word at a place is meant as the `name` asked for, 0 to 1.

    `others` are the places at which other known names begin.
    """
    known = _model()
    topic = known.topics[known.places[get_string_id(name.casefold())]]
    score = known.bias + float(known.weights @ figures_of(words, place, name, others, topic))
    return float(1 / (1 + np.exp(-score)))


def figures_of(
    words: Sequence[NameWord], place: int, name: str, others: Collection[int], topic: Floats
) -> Floats:
    """Return what the model is told of the word at a place; `topic` is that of the name.

    What `FLAGS` says of it, and the mean vector of the words beside it, times a fixed figure.
    """
    mean = _mean(word for other, word in enumerate(words) if other != place)
    flags = [*_flags(words, place, name, others), *_likeness(mean, topic)]
    return np.concatenate([np.array(flags, dtype=np.float64), _VECTOR * mean])


def _flags(
    words: Sequence[NameWord], place: int, name: str, others: Collection[int]
) -> list[float]:
    """Return what `FLAGS` says of the word at a place, but for how alike the others are."""
    word, size = words[place], len(words)
    before = words[place - 1] if place else NameWord("", False, False)
    behind = words[place + 1].text if place + 1 < size else ""
    front, back = before.text.casefold(), behind.casefold()
    apart = {other for other in others if other != place}
    capitals = sum(
        one.text[:1].isupper() and not one.first and other != place
        for other, one in enumerate(words)
    )
    return [
        word.text.islower(),
        word.text.isupper() and len(word.text) > 1,
        word.first,
        name.isupper() and not word.text.isupper(),
        word.text == name,
        word.text.casefold() == name.casefold(),
        word.tied,
        front in _WAYS,
        front == "in",
        front in _WITH,
        front in _TO,
        front == "of",
        front in _AT,
        front in {"a", "an"},
        front in _OWN,
        front in _AND,
        front.endswith("ing"),
        before.text[:1].isupper() and not before.first,
        front[:1].isdigit(),
        before.first,
        not behind,
        back in _AND,
        bool(behind) and is_stop_word(back),
        behind[:1].isupper(),
        back[:1].isdigit(),
        back in word_set("behind_a_tool"),
        back.endswith("ing"),
        back.endswith("s") and behind.islower(),
        min(len(apart), _MOST) / _MOST,
        place - 1 in apart or (front in _AND and place - 2 in apart),
        place + 1 in apart or (back in _AND and place + 2 in apart),
        min(capitals, _MOST) / _MOST,
        size / _LENGTH,
        place / size,
    ]


def _likeness(mean: Floats, topic: Floats) -> tuple[bool, float, float]:
    """Return whether it is known what shows a name, and how alike the words beside it are to it."""
    lengths = float(np.linalg.norm(topic) * np.linalg.norm(mean))
    alike = _ALIKE * float(topic @ mean) / lengths if lengths else 0.0
    return bool(topic.any()), alike, alike**2 / _ALIKE


def topic_of(name: str, told: str) -> Floats:
    """Return the mean vector of what shows a name or is near to it, without the name itself.

    In bytes, as it is kept.
    """
    mean = _mean(word for word in name_words(told) if form(word.text) != form(name))
    return np.rint(_BYTE * mean / (np.abs(mean).max() or 1.0))


def _mean(words: Iterable[NameWord]) -> Floats:
    said = [word.text for word in words if word.text.isalpha() and not is_stop_word(word.text)]
    # A form without a vector stands in for no words.
    mean: Floats = vectors_of([form(word) for word in said] or [""]).mean(axis=0, dtype=np.float64)
    return mean


def save(file: Path, topics: Mapping[str, Floats], weights: Floats, bias: float) -> None:
    """Write a model: the names it knows by hash, their topics, and its weights in hundredths."""
    by_hash = {get_string_id(name.casefold()): topic for name, topic in topics.items()}
    np.savez_compressed(
        file,
        names=np.array(sorted(by_hash), dtype=np.uint64),
        topics=np.array([by_hash[name] for name in sorted(by_hash)], dtype=np.int8),
        weights=np.rint(np.append(weights, bias) * _PARTS).astype(np.int16),
    )


class _Model(NamedTuple):
    """Where each name it knows stands among the topics, and what each figure of it weighs."""

    places: dict[int, int]
    topics: Floats
    weights: Floats
    bias: float


@cache
def _model() -> _Model:
    with np.load(MODELS / SENSE_FILE, allow_pickle=False) as file:
        places = {name: place for place, name in enumerate(file["names"].tolist())}
        *weights, bias = (file["weights"] / _PARTS).tolist()
        return _Model(
            places,
            file["topics"].astype(np.float64),
            np.array(weights),
            bias,
        )
