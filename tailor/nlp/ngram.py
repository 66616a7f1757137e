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

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
