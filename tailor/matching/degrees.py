"""Which academic degree a requirement asks for, and which one the title of an entry names.

Degrees are told by few words that half of all postings have, so weights of words do not find
them: the level and the field of study do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.matching.feature import counted_words
from tailor.nlp.cue import CueFinder, Cues, words_of
from tailor.nlp.pipeline import read_texts
from tailor.nlp.word_form import word_form
from tailor.values.resources import data_toml

_IN_EDUCATION = re.compile(
    r"(?:\b(?:in|of)\s+(?:\w+\s+)?|[,;]\s*|\b(?:MA|BA|M\.A\.|B\.A\.|PhD|MPhil)\s+)education\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z]+")
# "J.D.", "B.Sc.", "Ph.D."
_DOTTED = re.compile(r"\b[A-Z][a-z]?(?:\.[A-Z][a-z]{0,6}){1,3}\b\.?")
# Letters that no table has: "B.A.A.S.", "M.P.S."
_OTHER_DOTTED = re.compile(r"[BM]\.(?:[A-Z][a-z]{0,4}\.){1,4}")
# Of the British levels, 6 is a bachelor.
_NUMBERED_BELOW = re.compile(r"\blevel [1-5]\b", re.IGNORECASE)
_KINDS_OF_FIELDS = frozenset(map(word_form, ("numerate", "quantitative")))
_TEXTS_KEPT = 4_000  # the lines of a CV come back with each posting


@dataclass(frozen=True, slots=True)
class _Tables:
    phrases: CueFinder  # "any", "asks", "asks_not", and the levels: "0" to "3"
    level_words: frozenset[str]
    no_field: frozenset[str]


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree asked for or held.

    `level` is from 0, below a bachelor, to 3, doctor; `field` are forms of words.
    """

    level: int
    field: frozenset[str]


@lru_cache(maxsize=_TEXTS_KEPT)
def asked_degree(text: str) -> Degree | None:
    """Return the degree that a requirement asks for, the lowest where it names several."""
    text = _undotted(text)
    cues = _tables().phrases.find(text)
    if not cues.has("asks") or cues.has("asks_not"):
        return None
    own = _by_letters(text)
    field = _field(text).union(*(each.field for each in own))
    # "A degree in" names no level; "a master's degree" does, and so does "an MEd degree".
    levels = [*_levels(cues, is_any=not own), *(each.level for each in own)]
    return Degree(min(levels, default=1), field)


@lru_cache(maxsize=_TEXTS_KEPT)
def held_degree(title: str) -> Degree | None:
    """Return the degree that the title of an entry names, None where it names no level."""
    dotted = _OTHER_DOTTED.match(title)
    title = _undotted(title)
    cues = _tables().phrases.find(title)
    levels = [] if cues.has("asks_not") else _levels(cues)
    if _NUMBERED_BELOW.search(title):
        levels = [0]
    own = _by_letters(title)
    levels += [each.level for each in own]
    if not levels and dotted:
        levels = [1 if dotted[0][0] == "B" else 2]
    field = _field(title).union(*(each.field for each in own))
    return Degree(max(levels), field) if levels else None


def _undotted(text: str) -> str:
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text)


def _by_letters(text: str) -> list[Degree]:
    """Return the degrees that a text names by their letters."""
    words = _LETTERS.findall(text.replace(".", ""))
    return [_letters()[word] for word in words if word in _letters()]


def shares_field(asked: Degree, held: Degree, *, loosely: bool) -> bool:
    """Return whether a degree is in the field asked for, under any name; `loosely`: near to it."""
    if not asked.field or asked.field & held.field:
        return True
    tables = [_fields_alike("same_fields")]
    if loosely or asked.field & _KINDS_OF_FIELDS:
        tables.append(_fields_alike("near_fields"))
    return any(asked.field & names and held.field & names for table in tables for names in table)


def is_near_field(asked: Degree, held: Degree) -> bool:
    """Return whether all that a degree is in is near to what is asked for: economics to finance."""
    return any(
        asked.field & names and held.field and held.field <= names
        for names in _fields_alike("near_fields")
    )


@cache
def _fields_alike(name: str) -> tuple[frozenset[str], ...]:
    rows = data_toml("degrees.toml")[name]
    return tuple(frozenset(map(word_form, names.split())) for names in rows)


@cache
def _letters() -> dict[str, Degree]:
    """Return the degrees whose letters name their field: "MChem"."""
    rows = data_toml("degrees.toml")["letters"]
    return {name: Degree(level, _field(f"in {field}")) for name, level, field in rows}


@cache
def _letters_of_fields() -> dict[str, frozenset[str]]:
    """Return the forms of the words that the letters of a field stand for: "CS"."""
    rows = data_toml("degrees.toml")["fields"]
    return {name: frozenset(map(word_form, field.split())) for name, field in rows}


def _levels(cues: Cues, *, is_any: bool = True) -> list[int]:
    levels = sorted(int(label) for label in cues.labels if label.isdigit())
    return levels or [1] * (is_any and cues.has("any"))


def _field(text: str) -> frozenset[str]:
    tables = _tables()
    (doc,) = read_texts([text], without=("topics",))
    forms = frozenset(doc.vocab.strings[form] for form, _, _ in counted_words(doc))
    for word in set(_LETTERS.findall(text)) & _letters_of_fields().keys():
        forms = forms - {word_form(word)} | _letters_of_fields()[word]
    # "BSc" names a level in one word: two of them are of no one field for that.
    titles = {form for form in forms if "_" in form and form.split("_")[0] in tables.level_words}
    fields = forms - tables.no_field - tables.level_words - titles
    # "A degree in education" names a field, "education: a degree" does not.
    return fields | (forms & {word_form("education")}) if _IN_EDUCATION.search(text) else fields


@cache
def _tables() -> _Tables:
    table = data_toml("degrees.toml")
    levels = [list(names) for names in table["levels"]]
    single = [
        word
        for names in (table["below"], *levels, table["any"])
        for name in names
        for word in words_of(name)
    ]
    return _Tables(
        CueFinder(
            {key: table[key] for key in ("any", "asks", "asks_not")}
            | {str(level): names for level, names in enumerate([table["below"], *levels])}
        ),
        frozenset(word_form(word) for word in single) | frozenset(single),
        frozenset(word_form(word) for word in table["no_field"]),
    )
