"""The language that a text reads like, by words of data/posting_languages.toml."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tailor.nlp.cue import kept_words, words_of
from tailor.reading.posting.cue import TEXTS_KEPT
from tailor.reading.posting.settle import doubts_of
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

_OTHER_THAN_ENGLISH = 1.5  # times the share of English words that another language needs
_ENOUGH_WORDS = 40
_LEAST_SHARE = 0.1
_FEWEST_WORDS = 4  # of a line that votes
_FEWEST_LITTLE = 2  # words; "e. g." has one that is Italian
_LOOKED_AT = 5_000  # words; more of them change nothing
_LONG_WORD = 7  # letters
_MOST_VOTES = 12  # of a line
_FEWEST_TELLING = 4  # words that only one language has
_LEAST_TELLING = 0.08  # of all words


def prose_language(text: str) -> str:
    """Return the English name of the language that `text` reads like, or "".

    It is "" for text in another script, and for tables, lists of skills and very short
    texts, which have too few little words.
    """
    words = words_of(text)[:_LOOKED_AT]
    if len(words) < _ENOUGH_WORDS:
        return ""
    shares = _shares(words)
    best = max(shares, key=lambda name: shares[name])
    if shares["English"] * _OTHER_THAN_ENGLISH >= shares[best]:
        best = "English"
    return best if shares[best] >= _LEAST_SHARE else ""


def body_language(lines: Sequence[PostingLine]) -> str:
    """Return the English name of the language that a posting is in, "" where nothing tells.

    Each line votes for the language of which it has most telling words; for English only a line
    that asks for something does, since notes on the firm, on equal opportunity or on how to apply
    are often English where the rest is not. Short lines of names and codes vote for none, so
    another language needs words of its own.
    """
    votes: Counter[str] = Counter()
    telling: defaultdict[str, set[str]] = defaultdict(set)
    english: dict[str, int] = {}
    count = 0
    for line in lines:
        told = _telling(line.text)
        best = max(told, key=lambda name: len(told[name]), default="")
        if best == "English":
            english[line.text] = min(len(kept_words(line.text)), _MOST_VOTES)
            continue
        count += len(kept_words(line.text))
        for name, words in told.items():
            telling[name] |= words
            votes[name] += min(len(words), _MOST_VOTES) if name != "English" else 0
    best = max(votes, key=lambda name: votes[name], default="")
    enough = max(_FEWEST_TELLING, _LEAST_TELLING * count)
    if len(telling[best]) < _FEWEST_TELLING or votes[best] < enough:
        return "English" if english else ""
    doubts = doubts_of(list(english), of_all=True)
    said = sum(english[text] for text, doubt in zip(english, doubts, strict=True) if doubt < 0)
    return "English" if said >= votes[best] else best


def _telling(text: str) -> dict[str, set[str]]:
    """Return by language the words of a line that tell it: little, usual, by ending or letter."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    words = kept_words(text)
    telling = _telling_words()
    for word in words:
        for name in telling.get(word, ()):
            told[name].add(word)
    if not text.isascii():
        small = {word for word in text.split() if word[0].islower() and not word.isascii()}
        for word in small:
            for name, letters in _tables("letters").items():
                if letters.issuperset(sign for sign in word if not sign.isascii()):
                    told[name].add(word.strip(".,;:()").casefold())
    for word in words:
        if len(word) >= _LONG_WORD and (name := _by_shape(word)):
            told[name].add(word)
    return told


@cache
def _tables(key: str) -> Mapping[str, frozenset[str]]:
    """Return a part of the table by language: words, or letters."""
    tables = data_toml("posting_languages.toml")
    return {
        name: frozenset(table.get(key, "") if key == "letters" else table.get(key, "").split())
        for name, table in tables.items()
    }


@cache
def _shapes() -> re.Pattern[str]:
    """Return how long words of each language end, and what stands inside of its compounds."""
    return re.compile(
        "|".join(
            f"(?P<{name}>(?:{'|'.join(sorted(endings))})$"
            + "".join(f"|{part}" for part in sorted(_tables("inside")[name]))
            + ")"
            for name, endings in _tables("endings").items()
            if endings
        )
    )


@lru_cache(maxsize=TEXTS_KEPT)
def _by_shape(word: str) -> str:
    found = _shapes().search(word)
    return (found.lastgroup or "") if found else ""


@cache
def _telling_words() -> Mapping[str, tuple[str, ...]]:
    """Return of which languages each little or usual word is."""
    words = _tables("words")
    return _by_word({name: little | words[name] for name, little in _tables("little").items()})


@cache
def _little_words() -> Mapping[str, tuple[str, ...]]:
    """Return of which languages each little word is."""
    return _by_word(_tables("little"))


def _by_word(tables: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in tables.items():
        for word in words:
            found[word] = (*found.get(word, ()), name)
    return found


def line_language(text: str) -> str:
    """Return the language that the little words of a line or a sentence are of, or ""."""
    words = list(dict.fromkeys(kept_words(text)))  # "Pro Tools, Logic Pro" is no Czech
    shares = _shares(words) if len(words) >= _FEWEST_WORDS else {}
    best = max(shares, key=lambda name: shares[name], default="")
    if not best or shares[best] < max(_LEAST_SHARE, _FEWEST_LITTLE / len(words)):
        return ""
    return "English" if shares["English"] * _OTHER_THAN_ENGLISH >= shares[best] else best


def reads_like_english(text: str) -> bool:
    """Return whether `text` is English, or has too little prose to be in another language."""
    return prose_language(text) in {"English", ""}


def _shares(words: Sequence[str]) -> dict[str, float]:
    """Return which share of some words is little words of each language."""
    counts = dict.fromkeys(_tables("little"), 0)
    languages = _little_words()
    for word in words:
        for name in languages.get(word, ()):
            counts[name] += 1
    return {name: count / len(words) for name, count in counts.items()}
