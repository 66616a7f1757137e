"""How likely people list something in a CV: "stock control" is listed, "our patients" are not.

Only of what people list a person is told that it is missing. A logistic regression learnt by
`training/listed.py`: how the name is written, and what its last word and the others add to it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import exp

import numpy as np
from spacy.strings import get_string_id

from tailor.matching.ask import Ask, Importance
from tailor.matching.asked_row import KINDS
from tailor.matching.kind import tables
from tailor.matching.name import members, siblings, thing
from tailor.matching.sign import listed_as
from tailor.matching.words import TEXTS_KEPT, name_words
from tailor.nlp.word_form import is_stop_word
from tailor.values.resources import MODELS

LISTED_FILE = "listed.npz"
FLAGS = (
    "mentioned", "preferred", "of a group", "one word", "two words", "many words", "capitals",
    "capitals within", "a capital", "one plain word", "figures", "other names", "a class",
    "of a class", "begins with a verb", "begins with a grade", "broad", "clause",
    "known as listed", "known as general", "known as no name",
)  # fmt: skip
_MANY = 4
_PARTS = 100
# What stands behind one of these says more of the word before.
_BEHIND = frozenset(
    "of for in to with into on by from over through across within via at as".split()
)


def chance(ask: Ask) -> float:
    """Return how likely people list what an ask names, 0 to 1."""
    _, weights, bias = _model()
    score = bias + _of_words(ask.text)
    score += sum(weight for weight, flag in zip(weights, flags_of(ask), strict=True) if flag)
    return 1 / (1 + exp(-score))


def flags_of(ask: Ask) -> tuple[bool, ...]:
    """Return what `FLAGS` says of an ask."""
    is_mentioned = ask.importance is Importance.MENTIONED
    is_preferred = ask.importance is Importance.PREFERRED
    return (is_mentioned, is_preferred, bool(ask.group), *_flags_of_text(ask.text))


@lru_cache(maxsize=TEXTS_KEPT)
def _flags_of_text(text: str) -> tuple[bool, ...]:
    words = [word.text.casefold() for word in name_words(text)] or [""]
    known, rest = tables(), text[1:]
    is_plain = rest.islower() or not rest
    return (
        len(words) == 1,
        len(words) == 2,
        len(words) >= _MANY,
        text.isupper(),
        not text.isupper() and any(sign.isupper() for sign in rest),
        text[:1].isupper() and is_plain,
        len(words) == 1 and text.islower(),
        any(sign.isdigit() for sign in text),
        thing(text) >= 0,
        bool(members(text)),
        bool(siblings(text)),
        words[0] in known.verbs,
        words[0] in known.grades or words[0].endswith("ly"),
        heads_and_others(text)[0].casefold() in known.broad,
        not _BEHIND.isdisjoint(words),
        *(listed_as(text) == kind for kind in KINDS),
    )


def heads_and_others(text: str) -> tuple[str, list[str]]:
    """Return the word that a name is about, and the others that say something."""
    words = [word.text for word in name_words(text)]
    end = next(
        (place for place, word in enumerate(words) if place and word.casefold() in _BEHIND),
        len(words),
    )
    head = words[end - 1] if words else ""
    others = [
        word for place, word in enumerate(words) if place != end - 1 and not is_stop_word(word)
    ]
    return head, others


@lru_cache(maxsize=TEXTS_KEPT)
def _of_words(text: str) -> float:
    """Return what the words of a name add."""
    head, others = heads_and_others(text)
    table, _, _ = _model()
    score = table.get(get_string_id(head.lower()), (0.0, 0.0))[0]
    if others:
        added = [table.get(get_string_id(word.lower()), (0.0, 0.0))[1] for word in others]
        score += sum(added) / len(added)
    return score


@cache
def _model() -> tuple[dict[int, tuple[float, float]], tuple[float, ...], float]:
    """Return what words, by spaCy's hash, and what each of `FLAGS` adds, and what all names have.

    A word adds one number as the last one of a name, and another as one of the others.
    """
    with np.load(MODELS / LISTED_FILE, allow_pickle=False) as file:
        heads, others = (file["heads"] / _PARTS).tolist(), (file["others"] / _PARTS).tolist()
        table = dict(zip(file["words"].tolist(), zip(heads, others, strict=True), strict=True))
        *flags, bias = (file["flags"] / _PARTS).tolist()
        return table, tuple(flags), bias
