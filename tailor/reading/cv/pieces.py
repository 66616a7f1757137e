"""What a piece of a line looks like: a job's title, an employer, a place, a sentence.

A multinomial logistic regression over hashed words, parts of words and shapes, trained by
`training/cv` and applied here as arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tailor.reading.cv.names import is_employment_type, is_known_place, is_place, word_kinds
from tailor.values.resources import MODELS

KINDS = tuple("title employer place degree school skill sentence name heading other mixed".split())
BUCKETS = 1 << 15
_WORD = re.compile(r"[^\W_]+(?:[.'’&+#][^\W_]+)*[+#.]*|[^\w\s]")
_TEXTS_KEPT, _WORDS_KEPT = 4_096, 8_192  # most words come back with the next text
_LONGEST = 120  # characters of a text that are looked at


def features(text: str) -> Iterator[int]:
    """Yield the buckets of the features of a text, from 0 to `BUCKETS` - 1, some perhaps twice."""
    text = text[:_LONGEST]
    tokens = _WORD.findall(text)
    for feature in _features(text, tokens):
        yield _bucket(feature)
    folded = [token.casefold() for token in tokens]
    for word in folded:
        yield from _of_word(word)
    for word, following in pairwise(folded):
        yield _bucket(f"b={word} {following}")


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) & (BUCKETS - 1)


def _features(text: str, tokens: Sequence[str]) -> Iterator[str]:
    yield f"n{min(len(tokens), 14) // 2}"
    if text.isupper():
        yield "caps"
    if any(c.isdigit() for c in text):
        yield "digit"
    for kind in word_kinds(text):
        yield f"k={kind}"
    if is_place(text):
        yield "place"
    if is_known_place(text):
        yield "known place"
    if is_employment_type(text):
        yield "employment"
    if tokens:
        yield from _of_ends(text, tokens)
        yield from _of_towns(text, tokens)


def _of_ends(text: str, tokens: Sequence[str]) -> Iterator[str]:
    first, end = tokens[0][0], text.rstrip()[-1]
    yield f"first={tokens[0].casefold()}"
    yield f"last={tokens[-1].casefold()}"
    yield f"end={end if not end.isalnum() else 'w'}"
    yield f"up{4 * sum(token[0].isupper() for token in tokens) // len(tokens)}"
    yield f"start={'A' if first.isupper() else '0' if first.isdigit() else 'a'}"


def _of_towns(text: str, tokens: Sequence[str]) -> Iterator[str]:
    parts = [is_town(part.strip(" ().")) for part in text.split(",")[:3]]
    if any(parts):
        yield f"towns={sum(parts)}"
        yield f"town at {0 if parts[0] else 1}"
    elif is_town(tokens[-1]):
        yield "town last"


@lru_cache(maxsize=_WORDS_KEPT)
def _of_word(word: str) -> tuple[int, ...]:
    """Return the buckets of a word in small letters and of the letters that follow each other."""
    found = {_bucket(f"w={word}")}
    if word[0].isalpha():
        padded = f"<{word[:16]}>"
        for size in (3, 4, 5):
            found.update(_bucket(padded[at : at + size]) for at in range(len(padded) - size + 1))
    return tuple(found)


def score(text: str, kind: str) -> float:
    """Return the logarithm of the probability that `text` is of this kind."""
    return float(_one(text)[KINDS.index(kind)])


def among(text: str, kinds: Sequence[str]) -> float:
    """Return the logarithm of the probability that a text is of one of some kinds."""
    row = _one(text)
    return float(np.log(sum(np.exp(row[KINDS.index(kind)]) for kind in kinds) + 1e-9))


def best_kind(text: str) -> tuple[str, float]:
    """Return the likeliest kind of a text and its probability."""
    row = _one(text)
    best = int(row.argmax())
    return KINDS[best], float(np.exp(row[best]))


def probabilities(text: str) -> NDArray[np.float32]:
    """Return how likely it is that `text` is of each of `KINDS`."""
    row: NDArray[np.float32] = np.exp(_one(text))
    return row


def _one(text: str) -> NDArray[np.float32]:
    known = _judged()
    if text not in known:
        judge([text])
    return known[text]


def judge(texts: Iterable[str]) -> None:
    """Judge texts that will be asked about, all at once, which takes less time."""
    known = _judged()
    if len(known) > _TEXTS_KEPT:
        known.clear()
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if not new:
        return
    weights, bias = _model()
    found = [sorted(set(features(text))) for text in new]
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64)
    starts = np.cumsum([0, *map(len, found[:-1])])
    rows = np.add.reduceat(weights[flat], starts, axis=0, dtype=np.float32) + bias
    rows -= rows.max(axis=1, keepdims=True)
    rows -= np.log(np.exp(rows).sum(axis=1, keepdims=True))
    known.update(zip(new, rows, strict=True))


@cache
def _judged() -> dict[str, NDArray[np.float32]]:
    """Return for the texts judged so far the logarithm of how likely each is of each kind."""
    return {}


def is_town(text: str) -> bool:
    """Return whether `text` is the name of one of the larger towns of the world."""
    return crc32(text.casefold().encode()) in _towns()


@cache
def _towns() -> frozenset[int]:
    with np.load(MODELS / "cv" / "towns.npz", allow_pickle=False) as data:
        return frozenset(data["hashes"].tolist())


@cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    with np.load(MODELS / "cv" / "pieces.npz", allow_pickle=False) as data:
        return data["weights"].astype(np.float32), data["bias"]
