"""Which academic degree a requirement asks for, and whether one that the CV names answers it.

Degrees are told by few words that half of all postings have, so weights of words do not find
them: the level and the field of study do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.nlp.language import word_form, words
from tailor.nlp.phrases import PhraseSet, words_of
from tailor.values.memory import TEXTS_KEPT
from tailor.values.resources import data_toml

_IN_EDUCATION = re.compile(r"(?:\b(?:in|of)\s+(?:\w+\s+)?|[,;]\s*)education\b", re.IGNORECASE)
# What asks for a degree and no more; longer ones ask for work beside it.
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class _Tables:
    any: PhraseSet
    levels: tuple[PhraseSet, ...]
    level_words: frozenset[str]
    asks: PhraseSet
    asks_not: PhraseSet
    no_field: frozenset[str]


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree asked for or held: `level` from 1, bachelor, to 3, doctor; `field` as word forms."""

    level: int
    field: frozenset[str]


@lru_cache(maxsize=TEXTS_KEPT)
def asked_degree(text: str) -> Degree | None:
    """Return the degree that a requirement asks for, the lowest where it names several."""
    tables, said = _tables(), words_of(text)
    if not tables.asks.find(said) or tables.asks_not.find(said):
        return None
    # "A degree in" names no level; "a master's degree" does.
    return Degree(min(_levels(said), default=1), _field(text))


@lru_cache(maxsize=TEXTS_KEPT)
def held_degree(title: str) -> Degree | None:
    """Return the degree that the title of an entry names, None where it names no level."""
    said = words_of(title)
    levels = [] if _tables().asks_not.find(said) else _levels(said)
    return Degree(max(levels), _field(title)) if levels else None


@lru_cache(maxsize=TEXTS_KEPT)
def asks_for_a_degree_alone(text: str) -> bool:
    """Tell a requirement that a line of work cannot answer: it asks for a degree, no more."""
    said = words_of(text)
    return (
        asked_degree(text) is not None
        and len(said) <= _MOST_WORDS
        and not {"years", "experience", "experienced"} & set(said)
    )


def answering_words(asked: Degree, title: str) -> tuple[str, ...]:
    """Return the words of a degree's title that answer what is asked; none where it does not.

    It must be of the level or above, and share a field, unless none is named.
    """
    held = held_degree(title)
    if held is None or held.level < asked.level:
        return ()
    shared = held.field & asked.field
    if asked.field and not shared:
        return ()
    chosen = shared or _tables().level_words
    spelt = (title[word.start : word.end] for word in words(title) if word.form in chosen)
    # A level such as "BA" may be no word that counts elsewhere.
    return tuple(dict.fromkeys(spelt)) or (title.split(maxsplit=1)[0],)


def _levels(said: list[str]) -> list[int]:
    tables = _tables()
    levels = [n for n, phrases in enumerate(tables.levels, start=1) if phrases.find(said)]
    return levels or [1] * bool(tables.any.find(said))


def _field(text: str) -> frozenset[str]:
    tables = _tables()
    forms = frozenset(word.form for word in words(text))
    fields = forms - tables.no_field - tables.level_words
    # "A degree in education" names a field, "education: a degree" does not.
    return fields | (forms & {word_form("education")}) if _IN_EDUCATION.search(text) else fields


@cache
def _tables() -> _Tables:
    table = data_toml("degrees.toml")
    levels = [list(names) for names in table["levels"]]
    single = [
        word for names in (*levels, table["any"]) for name in names for word in words_of(name)
    ]
    return _Tables(
        PhraseSet(table["any"]),
        tuple(PhraseSet(names) for names in levels),
        frozenset(word_form(word) for word in single) | frozenset(single),
        PhraseSet(table["asks"]),
        PhraseSet(table["asks_not"]),
        frozenset(word_form(word) for word in table["no_field"]),
    )
