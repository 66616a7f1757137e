"""The words of a text as they are written, and the form that all words of a family share.

"Surveyed" and "surveyor" have one form, by spaCy's stems, `data/word_families.txt` and the
irregular ones of `data/asks.toml`; the sets of words there are read here, too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tailor.nlp.word_form import is_stop_word, word_form
from tailor.values.resources import data_text, data_toml

_CHUNK = re.compile(r"[^\s,;()\[\]“”\"!?|•·…]+")
_INNER = re.compile(r"[/–—-]|(?<=[a-z])&(?=[a-z])|(?<=\d):(?=\d{4})")  # "ISO 9001:2015"
# Texts whose words are kept: the lines of a CV come back with each posting; 2 KB each.
TEXTS_KEPT = 6_000
WORDS_KEPT = 20_000
# Beginnings that one writes with a hyphen and another without: "co-ordinate", "e-mail".
JOINED = re.compile(r"\b(co|re|e|pre|on)-(?=[a-z]{3})", re.IGNORECASE)
SHORT = 3  # letters; the plural of a name this short could be another name
_ENDS = ".:'’*"


class NameWord(NamedTuple):
    """A word as it is written.

    `tied` says that a hyphen ties it to a neighbour, `first` that it begins a sentence.
    """

    text: str
    tied: bool
    first: bool


@lru_cache(maxsize=TEXTS_KEPT)
def name_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text; the parts of "C/C++" and "go-live" are words of their own."""
    found: list[NameWord] = []
    first = True
    if "-" in text:
        text = JOINED.sub(r"\1", text)
    text = text.replace(" & ", " and ")
    for chunk in _CHUNK.findall(text.replace("’", "'")):
        words = _words_of_chunk(chunk, first)
        found += words
        first = (first and not words) or chunk.endswith((".", "!", "?"))
    return tuple(found)


@lru_cache(maxsize=WORDS_KEPT)
def _words_of_chunk(chunk: str, first: bool) -> tuple[NameWord, ...]:
    """Return the words between two blanks; `first` says whether a sentence begins here."""
    whole = chunk.strip(":'’*").rstrip(".")
    if whole.startswith(".") and not whole[1:2].isalpha():
        whole = whole.lstrip(".")
    tied = "-" in whole or "–" in whole
    parts = [part.removesuffix("'s") for part in _INNER.split(whole) if part.strip(_ENDS)]
    return tuple(NameWord(part, tied, first and not place) for place, part in enumerate(parts))


def singular(short: str) -> str:
    """Return a short name without the ending of its plural."""
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


@lru_cache(maxsize=TEXTS_KEPT)
def says_done(verb: str, text: str) -> bool:
    """Return whether a text has a verb as work that was done, and not only as a thing.

    "Chaired", "chairing", or "chair" where a clause begins; not "thirty chairs".
    """
    low = verb.casefold()
    things = {low, f"{low}s", f"{low}es"}
    wanted = form(low)
    before = ""
    for word in name_words(text):
        said = word.text.casefold()
        if form(said) == wanted and (
            word.first or said not in things or before in word_set("before_work")
        ):
            return True
        before = said
    return False


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the sets of words in the table ``words`` of `data/asks.toml`."""
    words = data_toml("asks.toml")["words"][name]
    return frozenset(words.split() if isinstance(words, str) else words)


@cache
def _irregular() -> dict[str, str]:
    pairs = (pair.split() for pair in data_toml("asks.toml")["irregular"]["forms"].split(";"))
    return dict(pair for pair in pairs if len(pair) == 2)


@lru_cache(maxsize=WORDS_KEPT)
def form(word: str) -> str:
    """Return the form that all words of a family share: that of "survey" for "surveyor"."""
    plain = plain_word(word)
    return _families().get(plain, plain)


def plain_word(word: str) -> str:
    """Return the form that all inflections of a word share, irregular ones too."""
    low = word.casefold()
    low = low.removesuffix("s") if low.endswith("ences") else low
    return word_form(_irregular().get(low, low)) or low


@cache
def _families() -> dict[str, str]:
    rows = (line.split() for line in data_text("word_families.txt").splitlines())
    return {one: family for family, *own in rows if family != "#" for one in own}


@lru_cache(maxsize=TEXTS_KEPT)
def forms(text: str) -> tuple[str, ...]:
    """Return the forms of the words of a text that say something, each once, in order."""
    said = [_special_form(word.text) for word in name_words(text)]
    return tuple(dict.fromkeys(one for one in said if one is not None))


@lru_cache(maxsize=TEXTS_KEPT)
def telling_forms(text: str) -> tuple[str, ...]:
    """Return what `forms` does, and where that is one at most, what else tells a thing from others.

    "Software development" is not said by what says "develop".
    """
    found = forms(text)
    if len(found) > 1:
        return found
    words = [word.text for word in name_words(text)]
    half = word_set("half_generic")
    more = [form(word) for word in words if word.casefold() in half]
    return tuple(dict.fromkeys([*more, *found]))


@cache
def plain_works() -> frozenset[str]:
    """Return the forms of the verbs that any work has, such as "develop" and "manage"."""
    return frozenset(form(word) for word in data_toml("work_words.toml")["plain"].split())


@lru_cache(maxsize=TEXTS_KEPT)
def content(text: str) -> tuple[tuple[str, int], ...]:
    """Return the form of each word of a text that is no function word, and its place."""
    said = [_form_said(word.text) for word in name_words(text)]
    return tuple((one, place) for place, one in enumerate(said) if one is not None)


@lru_cache(maxsize=WORDS_KEPT)
def _form_said(word: str) -> str | None:
    """Return the form of a word, None for a function word and a number."""
    is_none = is_stop_word(word) or word.lstrip("$€£")[:1].isdigit()
    return None if is_none else form(word)


@lru_cache(maxsize=WORDS_KEPT)
def _special_form(word: str) -> str | None:
    """Return what `_form_said` does, None for words that say little of any one thing, too."""
    is_letter = len(word) == 1 and not word.isupper()
    return None if is_letter or word.casefold() in word_set("generic") else _form_said(word)
