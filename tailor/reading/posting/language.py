"""The language that a text reads like, by words of data/posting_languages.toml."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tailor.nlp.cue import kept_words
from tailor.reading.posting.cue import TEXTS_KEPT
from tailor.reading.posting.settle import doubts_of
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

OTHER_THAN_ENGLISH = 1.5  # times the share of English words that another language needs
LEAST_SHARE = 0.1
_FEWEST_WORDS = 4  # of a line that votes
_FEWEST_LITTLE = 2  # words; "e. g." has one that is Italian
_LONG_WORD = 7  # letters
_MOST_VOTES = 12  # of a line
_FEWEST_TELLING = 4  # words that only one language has
_LEAST_TELLING = 0.08  # of all words


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
    telling = _languages("little", "words")
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
def _languages(*parts: str) -> Mapping[str, Sequence[str]]:
    """Return of which languages each word in some parts of the table is."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, table in data_toml("posting_languages.toml").items():
        for word in {word for part in parts for word in table.get(part, "").split()}:
            found[word].append(name)
    return found


def line_language(text: str) -> str:
    """Return the language that the little words of a line or a sentence are of, or ""."""
    words = list(dict.fromkeys(kept_words(text)))  # "Pro Tools, Logic Pro" is no Czech
    shares = shares_of(words) if len(words) >= _FEWEST_WORDS else {}
    best = max(shares, key=lambda name: shares[name], default="")
    if not best or shares[best] < max(LEAST_SHARE, _FEWEST_LITTLE / len(words)):
        return ""
    return "English" if shares["English"] * OTHER_THAN_ENGLISH >= shares[best] else best


def shares_of(words: Sequence[str]) -> dict[str, float]:
    """Return which share of some words is little words of each language."""
    languages = _languages("little")
    counts = dict.fromkeys(data_toml("posting_languages.toml"), 0)
    for word in words:
        for name in languages.get(word, ()):
            counts[name] += 1
    return {name: count / len(words) for name, count in counts.items()}
