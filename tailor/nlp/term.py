"""Known terms and abbreviations -> spans of one form; the component "terms".

"ML" and "machine learning" are one term, "k8s" and "Kubernetes" one word. The terms are those of
`data/skill_aliases.tsv`. spaCy's PhraseMatcher takes 0.3 s to be told 12,000 phrases, which one
application cannot wait for. Here a phrase is one number made of the hashes that spaCy has of its
words, and a table of phrases is a sorted array that a file holds as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import LOWER, NORM
from spacy.language import Language
from spacy.tokens import Span
from spacy.util import minibatch

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


TERMS = "terms"  # the key of `doc.spans`
JOINT = "_"  # between the forms of the words of a term


class Finder:
    """A component that sets spans of many `Doc`s at once, which takes much less time."""

    def __call__(self, doc: Doc) -> Doc:
        """Set what this component assigns."""
        self._find([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1000) -> Iterator[Doc]:
        """Do the same with many `Doc`s."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self._find(docs)
            yield from docs

    def _find(self, docs: Sequence[Doc]) -> None:
        raise NotImplementedError


@Language.factory("terms", assigns=["doc.spans", "token.norm"], requires=["token.norm"])
class TermFinder(Finder):
    """Sets ``doc.spans["terms"]``: wherever a known term of several words begins, the longest.

    The label is the form that all names of the term share: the forms of its words with "_"
    between. One term may lie in another. Where a term is a single word, as "ML" is, its form
    becomes the word's norm.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 - spaCy gives both
        self._forms: list[str] = []
        self._table = PhraseTable.of({})

    def learn(self, terms: Iterable[tuple[Doc, str]]) -> None:
        """Take the terms to look for, each as a `Doc` and with the form it has."""
        rows: dict[tuple[int, ...], int] = {}
        forms: dict[str, int] = {}
        for doc, form in terms:
            (words,) = words_of([doc], LOWER).values
            if len(words) and not holds_number(doc):
                rows[tuple(words.tolist())] = forms.setdefault(form, len(forms))
        self._forms = list(forms)
        self._table = PhraseTable.of(rows)

    def _find(self, docs: Sequence[Doc]) -> None:
        words = words_of(docs, LOWER)
        rows, lengths = self._table.find(words.values[0], ends_of(words.docs))
        found: defaultdict[int, list[Span]] = defaultdict(list)
        places = (rows >= 0).nonzero()[0]
        lasts = places + lengths[places] - 1
        for number, first, last, row in zip(
            words.docs[places].tolist(),
            words.tokens[places].tolist(),
            words.tokens[lasts].tolist(),
            rows[places].tolist(),
            strict=True,
        ):
            doc, form = docs[number], self._forms[row]
            if first == last:
                doc[first].norm_ = form
            else:
                found[number].append(Span(doc, first, last + 1, label=form))
        for number, doc in enumerate(docs):
            doc.spans[TERMS] = found[number]

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write the terms to the folder `path`."""
        path.mkdir(exist_ok=True)
        self._table.save(path / "terms.npy")
        (path / "forms.txt").write_text("\n".join(self._forms), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> TermFinder:  # noqa: ARG002
        """Read what `to_disk` wrote."""
        self._table = PhraseTable.load(path / "terms.npy")
        self._forms = (path / "forms.txt").read_text(encoding="utf-8").split("\n")
        return self
