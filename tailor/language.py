"""Text -> the words that count, each in one form, by spaCy's tokeniser and Snowball's stemmer.

"Modelling", "modeling" and "models" are one form; so are "k8s" and "Kubernetes".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tailor.resources import data_table

if TYPE_CHECKING:
    from spacy.language import Language

_HAS_WORD = re.compile(r"\w")
# Written with capitals these are names, in small letters they are function words.
_NAMES_LIKE_STOP_WORDS = frozenset({"IT", "GO"})
_GO_NEIGHBOUR = re.compile(r"[,/(]")
# British -> American endings; both sides of a comparison go through the same rule, so a
# word that it bends without need ("exercize") does no harm.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(ations?|ed?|es|ers?|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})ys(ed?|es|ers?|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{3})our(s|ed|ing|al|able|ite|ites)?$"), r"or\1"),
    (re.compile(r"(?<=[aeiouy][^aeiouy][ea])ll(ing|ed|ers?)$"), r"l\1"),
    (re.compile(r"^(cent|met|lit|fib|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
    (re.compile(r"^(catal|dial|anal)ogue(s?)$"), r"\1og\2"),
    (re.compile(r"(?<=\w{3})ence$"), "ense"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts: its `form`, and where it stands: ``text[start:end]``.

    An abbreviation stands for several forms; each is a `Word` at the same place.
    """

    form: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` that count, in order; function words and numbers alone do not."""
    tokens = [
        (token.text, token.idx)
        for token in _tokeniser()(text)
        if _HAS_WORD.search(token.text) and not token.text.replace(".", "").isdigit()
    ]
    found: list[Word] = []
    position = 0
    while position < len(tokens):
        alias, length = _alias_at(tokens, position)
        start = tokens[position][1]
        last, last_start = tokens[position + length - 1]
        end = last_start + len(last)
        if alias:
            found.extend(Word(form, start, end) for form in alias)
        elif _counts(tokens[position][0], text, start):
            found.append(Word(word_form(tokens[position][0]), start, end))
        position += length
    return tuple(found)


@lru_cache(maxsize=200_000)
def word_form(word: str) -> str:
    """Return the form that all spellings and inflections of `word` share."""
    low = word.lower()
    for pattern, replacement in _SPELLINGS:
        low, changed = pattern.subn(replacement, low)
        if changed:
            break
    return str(_stemmer().stemWord(low))


def _counts(word: str, text: str, start: int) -> bool:
    """Tell a content word: no stop word, unless capitals make a name of it ("Go", "IT")."""
    if word.lower() not in _stop_words():
        return True
    if word == "IT":
        return not text.isupper()
    return word == "Go" and bool(_GO_NEIGHBOUR.search(text[max(start - 2, 0) : start + 3]))


def _alias_at(tokens: list[tuple[str, int]], position: int) -> tuple[tuple[str, ...], int]:
    """Return the forms an alias at `position` stands for and its length in tokens."""
    aliases, longest = _aliases()
    for length in range(min(longest, len(tokens) - position), 0, -1):
        phrase = " ".join(word.lower() for word, _ in tokens[position : position + length])
        if phrase in aliases:
            return aliases[phrase], length
    return (), 1


@cache
def _aliases() -> tuple[dict[str, tuple[str, ...]], int]:
    """Return alias (its tokens, joined by blanks) -> forms of the full term; longest, in tokens."""
    tokeniser = _tokeniser()
    table: dict[str, tuple[str, ...]] = {}
    for row in data_table("skill_aliases.tsv"):
        alias = " ".join(t.text for t in tokeniser(row["alias"]) if _HAS_WORD.search(t.text))
        forms = [
            word_form(token.text)
            for token in tokeniser(row["term"])
            if _HAS_WORD.search(token.text) and token.lower_ not in _stop_words()
        ]
        if forms:
            table[alias] = tuple(forms)
    return table, max((alias.count(" ") + 1 for alias in table), default=0)


@cache
def _nlp() -> Language:
    import spacy  # noqa: PLC0415 - half a second, wanted only when text is read

    return spacy.blank("en")


@cache
def _tokeniser():  # type: ignore[no-untyped-def] # noqa: ANN202 - spaCy's class is not typed
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    nlp = _nlp()
    tokeniser = nlp.tokenizer
    for name in ("C#", "c#", "F#", "f#"):
        tokeniser.add_special_case(name, [{"ORTH": name}])
    infixes = [*nlp.Defaults.infixes, r"(?<=[A-Za-z])\+(?=[A-Za-z])"]
    tokeniser.infix_finditer = compile_infix_regex(infixes).finditer
    return tokeniser


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_nlp().Defaults.stop_words)


@cache
def _stemmer():  # type: ignore[no-untyped-def] # noqa: ANN202 - Snowball's class is not typed
    # The pure Python class by name: the package's factory prefers a C one where it
    # happens to be installed, of perhaps another version and so with other stems.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415

    return EnglishStemmer()
