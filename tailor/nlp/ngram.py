"""Find any of thousands of phrases in many texts at once, by the hashes of their words.

spaCy's PhraseMatcher takes 0.3 s to be told 12,000 phrases, which one application cannot wait
for. Here a phrase is one number made of the hashes that spaCy has of its words, and a table of
phrases is a sorted array that a file holds as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import NORM

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]

# An odd number, so that the order of words counts and no bit is lost; 2^64 over the golden ratio.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class PhraseTable:
    """Phrases as sorted `keys`; for each its row in what it stands for, and its number of words."""

    keys: Hashes
    rows: Ints
    lengths: Ints
    firsts: Hashes  # the hash of each phrase's first word

    @classmethod
    def of(cls, phrases: Mapping[tuple[int, ...], int]) -> PhraseTable:
        """Return the table of phrases, each the hashes of its words, with their rows."""
        hashed = sorted((phrase_key(phrase), row, phrase) for phrase, row in phrases.items())
        return cls(
            np.array([key for key, _, _ in hashed], dtype=np.uint64),
            np.array([row for _, row, _ in hashed], dtype=np.int64),
            np.array([len(phrase) for _, _, phrase in hashed], dtype=np.int64),
            np.array([phrase[0] for _, _, phrase in hashed], dtype=np.uint64),
        )

    def save(self, path: Path) -> None:
        """Write the table as a file of NumPy's."""
        np.save(path, np.array([self.keys, self.rows, self.lengths, self.firsts], dtype=np.uint64))

    @classmethod
    def load(cls, path: Path) -> PhraseTable:
        """Read what `save` wrote."""
        keys, rows, lengths, firsts = np.load(path, allow_pickle=False)
        return cls(keys, rows.astype(np.int64), lengths.astype(np.int64), firsts)

    @cached_property
    def _longest(self) -> tuple[Hashes, Ints]:
        """The first words of all phrases, sorted, and the longest phrase that each begins."""
        firsts, places = np.unique(self.firsts, return_inverse=True)
        longest = np.zeros(len(firsts), dtype=np.int64)
        np.maximum.at(longest, places, self.lengths)
        return firsts, longest

    def find(self, words: Hashes, ends: Ints) -> tuple[Ints, Ints]:
        """Return for each place the row of the longest phrase that begins there, and its length.

        `words` are those of all texts one after the other, and `ends` says for each of them
        where its text ends, so that no phrase goes on in the next. Where no phrase begins the
        row is -1 and the length 0.
        """
        rows = np.full(len(words), -1, dtype=np.int64)
        found_lengths = np.zeros(len(words), dtype=np.int64)
        if not len(words) or not len(self.keys):
            return rows, found_lengths
        firsts, longest = self._longest
        at = np.minimum(np.searchsorted(firsts, words), len(firsts) - 1)
        reach = np.where(firsts[at] == words, longest[at], 0)
        reach = np.minimum(reach, ends - np.arange(len(words)))
        places = np.flatnonzero(reach)
        keys = words[places]
        for length in range(1, int(reach.max(initial=0)) + 1):
            if length > 1:
                goes_on = reach[places] >= length
                places = places[goes_on]
                keys = keys[goes_on] * _FACTOR + words[places + length - 1]
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            known = (self.keys[at] == keys) & (self.lengths[at] == length)
            rows[places[known]] = self.rows[at[known]]
            found_lengths[places[known]] = length
        return rows, found_lengths


def phrase_key(words: Sequence[int]) -> int:
    """Return the number that stands for a phrase, 64 bits, from the hashes of its words."""
    key = 0
    for word in words:
        key = (key * int(_FACTOR) + word) & 0xFFFF_FFFF_FFFF_FFFF
    return key


def apart(places: Iterable[int], lengths: Sequence[int]) -> list[int]:
    """Return those of `places`, in order, that do not lie in a phrase that begins before."""
    chosen, free = [], 0
    for place in places:
        if place >= free:
            chosen.append(place)
            free = place + lengths[place]
    return chosen


@dataclass(frozen=True)
class Words:
    """The words of several `Doc`s, one after the other; signs and numbers alone are none.

    `docs` and `tokens` say where each stands, `norms` has the hash of its form, and `values` a
    row for each further attribute that was asked for.
    """

    docs: Ints
    tokens: Ints
    norms: Hashes
    values: Hashes


def words_of(docs: Sequence[Doc], *attributes: int) -> Words:
    """Return the words of `docs` with these attributes of their tokens."""
    wanted = [NORM, *attributes]
    rows = [doc.to_array(wanted).reshape(-1, len(wanted)) for doc in docs]
    values = np.concatenate(rows) if rows else np.zeros((0, len(wanted)), dtype=np.uint64)
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    numbers = np.repeat(np.arange(len(rows)), sizes)
    tokens = np.arange(len(values)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    words = np.flatnonzero(values[:, 0])
    norms, *others = np.ascontiguousarray(values[words].T)
    return Words(numbers[words], tokens[words], norms, np.array(others))


def ends_of(docs: Ints) -> Ints:
    """Return for each word where the words of its `Doc` end, by the numbers of the `Doc`s."""
    return np.searchsorted(docs, docs, side="right")


def holds_number(doc: Doc) -> bool:
    """Return whether a phrase holds a number, which no phrase can be found by."""
    return any(not token.norm and token.text.strip(".").isdigit() for token in doc)
