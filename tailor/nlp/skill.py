"""`Doc`s -> the phrases that name a skill or a field of knowledge.

"Experience with Docker, Kubernetes and Terraform" asks for three things. There are two kinds of
phrases: what a person does or is (`Kind.SKILL`: "plan audits", "team player"), and what a person
knows (`Kind.KNOWLEDGE`: "Docker", "financial accounting").

A conditional random field (Lafferty, McCallum and Pereira 2001), by python-crfsuite, labels the
words of a line for both kinds at once. It is trained on SkillSpan (`training/skill.py`). A
gazetteer of the names in `data/` says which words stand in a name that somebody listed, and the
model has learnt how far to believe each list.

Which labels are best is decided by sums of doubles, added in the same order everywhere. Another
processor can only decide otherwise where two sums are equal to some fifteen digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise, starmap
from typing import TYPE_CHECKING

from tailor.nlp.ngram import PhraseTable
from tailor.values.resources import MODELS, model_bytes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    Words = list[Token]
    Names = dict[int, tuple[str, ...]]

SPANS = "skills"  # the key of `doc.spans`
MODEL_FILE = "skills.crfsuite"
NAMES_FILE = "skills.npy"
# The label of a word has one of these for each kind: "BO" begins what one does, "OI" goes on with
# what one knows.
OUTSIDE, BEGIN, INSIDE = "O", "B", "I"

# The corpus has lost its commas and quotation marks, so the models have never seen any.
_NEVER_SEEN = frozenset(',"“”„')
_DIGIT = re.compile(r"\d")
_REACH = 2  # words on each side speak for a word's label
_STEPS = range(-_REACH, _REACH + 1)
_WORDS_KEPT = 50_000


class Kind(StrEnum):
    """What a phrase names: something a person does or is, or something a person knows."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"


# Signs at which a phrase ends. A comma may stand within what one does, not within what one knows.
_ENDS = {Kind.SKILL: frozenset("|•·"), Kind.KNOWLEDGE: frozenset(",|•·")}


@dataclass(frozen=True, slots=True)
class SkillPhrase:
    """A phrase of a text, ``text[start:end]``, and what it names."""

    start: int
    end: int
    kind: Kind


def find_skill_phrases(docs: Sequence[Doc]) -> list[tuple[SkillPhrase, ...]]:
    """Return the phrases of each text that name skills and knowledge, in order of their start.

    No phrase goes past the end of a line. Those of one kind share no character; a phrase of
    knowledge may lie in one of skill: "manage projects in *SAP*". Looked for once in each `Doc`,
    which keeps them as ``doc.spans["skills"]``.
    """
    learnt_tagger().tag([doc for doc in docs if SPANS not in doc.spans])
    return [
        tuple(
            SkillPhrase(span.start_char, span.end_char, Kind(span.label_))
            for span in doc.spans[SPANS]
        )
        for doc in docs
    ]


@cache
def learnt_tagger() -> SkillTagger:
    """Return the tagger that ships in `models/`."""
    return SkillTagger(model_bytes(MODEL_FILE), learnt_gazetteer())


class SkillTagger:
    """A trained model, and the gazetteer that it was trained with."""

    def __init__(self, model: bytes, gazetteer: PhraseTable) -> None:
        """Take the content of a model file of crfsuite."""
        import pycrfsuite  # noqa: PLC0415 - only where skills are shown

        self._model = model  # crfsuite reads in these bytes and does not hold them itself
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)
        self._gazetteer = gazetteer

    def tag(self, docs: Sequence[Doc]) -> None:
        """Set ``doc.spans["skills"]`` of each `Doc`: phrases in order, labelled with their kind."""
        from spacy.tokens import Span  # noqa: PLC0415 - half a second

        for doc, listed in zip(docs, find_names(self._gazetteer, docs), strict=True):
            found = []
            for words in lines_of(doc):
                labels = self._tagger.tag(features(words, listed))
                for kind, of_kind in zip(Kind, zip(*labels, strict=True), strict=True):
                    for first, last in phrases_of(words, of_kind, kind):
                        found.append((first.i, last.i + 1, kind.value))
            doc.spans[SPANS] = [Span(doc, *phrase) for phrase in sorted(found)]


@cache
def learnt_gazetteer() -> PhraseTable:
    """Return the names of skills that ship in `models/`, by the number of their list."""
    return PhraseTable.load(MODELS / NAMES_FILE)


def find_names(gazetteer: PhraseTable, docs: Sequence[Doc]) -> list[Names]:
    """Return for each token in a name, by its index, its place in the name and the list.

    At each place the longest name counts, and none that begins inside another.
    """
    import numpy as np  # noqa: PLC0415 - only where skills are shown
    from spacy.attrs import LOWER  # noqa: PLC0415 - half a second

    sizes = [len(doc) for doc in docs]
    words = [doc.to_array([LOWER]).reshape(-1).astype(np.uint64) for doc in docs]
    rows, lengths = gazetteer.find(
        np.concatenate([*words, np.zeros(0, np.uint64)]), np.repeat(np.cumsum(sizes), sizes)
    )
    found: list[Names] = [{} for _ in docs]
    places = [(number, token) for number, size in enumerate(sizes) for token in range(size)]
    free = 0
    for place in np.flatnonzero(lengths).tolist():
        if place >= free:
            free = place + int(lengths[place])
            for later in range(place, free):
                number, token = places[later]
                label = BEGIN if later == place else INSIDE
                found[number][token] = (f"name {label}", f"list {rows[place]} {label}")
    return found


def lines_of(doc: Doc) -> list[Words]:
    """Return the words of each line of `doc` that has any, without commas and quotation marks."""
    lines: list[Words] = [[]]
    for token in doc:
        if token.text.isspace():
            if "\n" in token.text or "\r" in token.text:
                lines.append([])
        elif token.text not in _NEVER_SEEN:
            lines[-1].append(token)
    return [line for line in lines if line]


def phrases_of(words: Words, labels: Sequence[str], kind: Kind) -> list[tuple[Token, Token]]:
    """Return the first and the last word of each phrase of a line, given the label of each word."""
    phrases: list[tuple[Token, Token]] = []
    before: Token | None = None  # the word before, where a phrase may go on after it
    for word, label in zip(words, labels, strict=True):
        if label == INSIDE and before and not _ends_between(before, word, kind):
            phrases[-1] = (phrases[-1][0], word)
        elif label != OUTSIDE:
            phrases.append((word, word))
        before = word if label != OUTSIDE else None
    return phrases


def _ends_between(before: Token, word: Token, kind: Kind) -> bool:
    return any(token.text in _ENDS[kind] for token in before.doc[before.i : word.i])


def features(words: Words, listed: Names) -> list[list[str]]:
    """Return for each word of a line what speaks for its label.

    These are the word, its form, its shape, its beginning and endings, the pairs it makes with
    its neighbours, its place in names of the gazetteer, the like of the words around it, and
    the first word of the line.
    """
    edge = [_word_features("", "", ())] * _REACH
    known = [_word_features(word.text, word.norm_, listed.get(word.i, ())) for word in words]
    around = [*edge, *known, *edge]
    texts = ["", *(word.text for word in words), ""]
    pairs = list(starmap(_pair_features, pairwise(texts)))
    opening = "opening " + next((word.lower_ for word in words if word.text[0].isalpha()), "")
    rows = []
    for place in range(len(words)):
        row = [opening, *pairs[place][1], *pairs[place + 1][0]]
        for step in _STEPS:
            row += around[place + _REACH + step][step]
        rows.append(row)
    return rows


@lru_cache(maxsize=_WORDS_KEPT)
def _word_features(word: str, form: str, names: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Return the features of a word for its own label (0) and for those of words around it.

    The key is where the word stands as seen from the word whose label it speaks for.
    """
    own = (f"word {_plain(word)}", f"form {form}", f"shape {_shape(word)}", *names)
    found = {step: tuple(f"{step} {feature}" for feature in own) for step in _STEPS}
    low = _plain(word)
    found[0] += (f"begins {low[:3]}", *(f"ends {low[-length:]}" for length in (2, 3, 4)))
    return found


@lru_cache(maxsize=_WORDS_KEPT)
def _pair_features(word: str, following: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features of two words for the label of the first, and of the second."""
    pair = (f"{_plain(word)} {_plain(following)}", f"{_shape(word)} {_shape(following)}")
    return (f"before {pair[0]}", f"before {pair[1]}"), (f"after {pair[0]}", f"after {pair[1]}")


def _plain(word: str) -> str:
    """Return `word` in lower case, its digits as 0."""
    return _DIGIT.sub("0", word.lower())


@lru_cache(maxsize=_WORDS_KEPT)
def _shape(word: str) -> str:
    """Return which letters are capitals: "Xx" for Docker, "Xd" for S3."""
    from spacy.lang.lex_attrs import word_shape  # noqa: PLC0415 - see above

    return re.sub(r"(.)\1+", r"\1", word_shape(word))
