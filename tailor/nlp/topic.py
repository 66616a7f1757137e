"""Which topics of work a text speaks of, by a thesaurus of their terms; the component "topics".

*nvshmem* and *Triton* are terms of GPU programming, *payroll* is one of human resources: a
line can answer a requirement without sharing a word with it. The thesaurus is written by hand
(`data/thesaurus_*.txt`); what a topic is worth is learnt from how often it is spoken of.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import LEMMA
from spacy.language import Language
from spacy.tokens import Span

from tailor.nlp.term import (
    JOINT,
    TERMS,
    Finder,
    PhraseTable,
    apart,
    ends_of,
    holds_number,
    phrase_key,
    words_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from tailor.nlp.term import Hashes, Ints, Words

TOPICS = "topics"  # the key of `doc.spans`
# What a broader topic has of a narrower one's weight, for each step up.
_BROADER = 0.5
_STEPS = 3
_MOST_TOKENS = 1 << 32  # of one text


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, what it is worth (rarer is more), and the broader topics above it."""

    name: str
    weight: float
    broader: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Units:
    """The forms of words and of the words of terms, by text, and the tokens they stand for.

    A known term is one unit, and has the forms of the words that its label names. `keys` stands
    for the unit as it is written but for plural and past tense.
    """

    docs: Ints
    firsts: Ints
    lasts: Ints
    forms: Hashes
    keys: Hashes


@Language.factory(
    "topics", assigns=["doc.spans"], requires=["token.norm", "token.lemma", "doc.spans"]
)
class TopicFinder(Finder):
    """Sets ``doc.spans["topics"]``: the terms of the thesaurus, each the longest at its place.

    A span is labelled with a topic's name; a term of several topics is several spans of one
    `span.id`. No term lies in another. A term of several words is looked up by their norms, one
    of a single word by its lemma.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 - spaCy gives both
        self._strings: StringStore = nlp.vocab.strings
        self._parts = _Parts(self._strings)
        self.topics: tuple[Topic, ...] = ()
        self._meanings: list[tuple[int, ...]] = []  # the topics of a row of the tables
        self._several = self._single = PhraseTable.of({})

    @property
    def terms(self) -> int:
        """How many terms are known."""
        return len(self._several.keys) + len(self._single.keys)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each topic by spaCy's hash of its name."""
        return {self._strings.add(topic.name): n for n, topic in enumerate(self.topics)}

    @cached_property
    def reach(self) -> NDArray[np.float64]:
        """What is said of a topic (row) says of each topic (column): itself and those above it."""
        table = np.zeros((len(self.topics), len(self.topics)))
        for number in range(len(self.topics)):
            newest, part = [number], 1.0
            table[number, number] = part
            for _ in range(_STEPS):
                part *= _BROADER
                above = [topic for below in newest for topic in self.topics[below].broader]
                newest = [topic for topic in dict.fromkeys(above) if not table[number, topic]]
                table[number, newest] = part
        return table

    def learn(
        self,
        topics: Iterable[Topic],
        terms: Iterable[tuple[Doc, int]],
        same: Iterable[tuple[Doc, Doc]] = (),
    ) -> None:
        """Take the topics, and the terms of each: `Doc`s with a topic's number.

        `same` are pairs of a name and what else the same thing is called.
        """
        self.topics = tuple(topics)
        several: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        single: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        for doc, number in terms:
            forms = tuple(self._units([doc]).forms.tolist())
            if not forms or holds_number(doc):
                continue
            if len(forms) > 1:
                several[forms].add(number)
            else:
                single[_lemmas(doc)].add(number)
        for name, alias in same:
            if holds_number(name) or holds_number(alias):
                continue
            if (meant := single.get(_lemmas(name))) and _lemmas(alias) not in single:
                single[_lemmas(alias)] = set(meant)
        rows: dict[tuple[int, ...], int] = {}
        self._several, self._single = (
            PhraseTable.of(
                {
                    words: rows.setdefault(tuple(sorted(numbers)), len(rows))
                    for words, numbers in table.items()
                }
            )
            for table in (several, {(phrase_key(words),): ns for words, ns in single.items()})
        )
        self._meanings = list(rows)

    def _find(self, docs: Sequence[Doc]) -> None:
        units = self._units(docs)
        rows, lengths = self._several.find(units.forms, ends_of(units.docs))
        alone, _ = self._single.find(units.keys, np.arange(1, len(units.keys) + 1))
        is_alone = (rows < 0) & (alone >= 0)
        rows[is_alone], lengths[is_alone] = alone[is_alone], 1
        found: defaultdict[int, list[Span]] = defaultdict(list)
        for place in apart(np.flatnonzero(lengths).tolist(), lengths.tolist()):
            number = int(units.docs[place])
            doc, end = docs[number], int(units.lasts[place + lengths[place] - 1]) + 1
            for topic in self._meanings[rows[place]]:
                start, name = int(units.firsts[place]), self.topics[topic].name
                found[number].append(Span(doc, start, end, label=name, span_id=place))
        for number, doc in enumerate(docs):
            doc.spans[TOPICS] = found[number]

    def _units(self, docs: Sequence[Doc]) -> _Units:
        words = words_of(docs, LEMMA)
        lasts, keys = words.tokens.copy(), words.values[0].copy()
        counts = np.ones(len(words.norms), dtype=np.int64)
        named = {row: form for row, form in enumerate(words.norms.tolist()) if self._parts[form]}
        for first, last, form in _term_rows(docs, words):
            named[first] = form
            counts[first + 1 : last + 1] = 0
            lasts[first] = words.tokens[last]
            keys[first] = phrase_key(words.values[0, first : last + 1].tolist())
        for row, form in named.items():
            counts[row] *= len(self._parts[form]) or 1
        rows = np.repeat(np.arange(len(counts)), counts)
        forms = words.norms[rows]
        begins = np.cumsum(counts) - counts
        for row, form in named.items():
            if counts[row]:  # 0 within a term
                forms[begins[row] : begins[row] + counts[row]] = self._parts[form] or form
        return _Units(words.docs[rows], words.tokens[rows], lasts[rows], forms, keys[rows])

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write topics and terms to the folder `path`."""
        path.mkdir(exist_ok=True)
        self._several.save(path / "several.npy")
        self._single.save(path / "single.npy")
        table = {"topics": [asdict(topic) for topic in self.topics], "meanings": self._meanings}
        (path / "topics.json").write_text(json.dumps(table, indent=0), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> TopicFinder:  # noqa: ARG002
        """Read what `to_disk` wrote."""
        self._several = PhraseTable.load(path / "several.npy")
        self._single = PhraseTable.load(path / "single.npy")
        table = json.loads((path / "topics.json").read_text(encoding="utf-8"))
        self.topics = tuple(
            Topic(topic["name"], topic["weight"], tuple(topic["broader"]))
            for topic in table["topics"]
        )
        self._meanings = [tuple(numbers) for numbers in table["meanings"]]
        return self


class _Parts(dict[int, tuple[int, ...]]):
    """The forms of the words that a form with "_" is made of, all as spaCy's hashes; else none."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, form: int) -> tuple[int, ...]:
        parts = self._strings[form].split(JOINT)
        self[form] = tuple(map(self._strings.add, parts)) if len(parts) > 1 else ()
        return self[form]


def _term_rows(docs: Sequence[Doc], words: Words) -> list[tuple[int, int, int]]:
    """Return the first and the last word of each term of several words, and its form.

    Of terms that share a word the first counts.
    """
    places, forms = [], []
    for number, doc in enumerate(docs):
        free = 0
        for span in doc.spans[TERMS]:
            if span.start >= free:
                free = span.end
                places.append((number * _MOST_TOKENS + span.start, number * _MOST_TOKENS + free))
                forms.append(span.label)
    if not places:
        return []
    rows = np.searchsorted(words.docs * _MOST_TOKENS + words.tokens, np.array(places))
    return [(first, end - 1, form) for (first, end), form in zip(rows.tolist(), forms, strict=True)]


def _lemmas(doc: Doc) -> tuple[int, ...]:
    return tuple(words_of([doc], LEMMA).values[0].tolist())
