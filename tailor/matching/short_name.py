"""Short names and what they are short for, where no table says it: ILS, intermediate life support.

The first letters of a name's words make its short name; a CV or posting may also say it itself, in
brackets behind the long name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tailor.matching.name import siblings, thing
from tailor.matching.words import TEXTS_KEPT, name_words, singular

_SMALL = frozenset("of and the in for to a an on with at by".split())
_EXPLAINED = re.compile(r"(?<![\w&'/-])((?:[A-Za-z][\w&'/-]*\s+){2,8})\(([A-Za-z&]{2,8})\)")
_TITLED = re.compile(
    r"(?:[A-Z][a-z]+(?:[-/ ](?:(?:of|and|the|in|for) )?(?=[A-Z])|\b)){2,6}"
)  # "Material Review Board"
# What a CV says of other things: marks, time zones, firms.
_TAKEN = frozenset("GPA CGPA USA GMT UTC EST PST CET BST LLC PLC LTD FTE PTO".split())
_LEAST, _MOST = 3, 6
_SURE = 4  # letters; with fewer, any words might begin so


def is_short(word: str) -> bool:
    """Return whether a word is written as a short name: BLS, GLMs, GPhC."""
    return sum(letter.isupper() for letter in word) > 1 and word.isalpha() and len(word) <= _MOST


@lru_cache(maxsize=TEXTS_KEPT)
def initials(name: str) -> frozenset[str]:
    """Return what a name of three words or more may be shortened to, in capitals."""
    if name.count(" ") < _LEAST - 1 and "-" not in name:
        return frozenset()
    words = [part for word in name_words(name) for part in word.text.split("-") if part]
    own = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    every = "".join(word[0] for word in words).upper()
    return frozenset(one for one in (own, every) if _LEAST <= len(one) <= _MOST and one.isalpha())


def _is_free(short: str) -> bool:
    """Return whether no table knows a short name as something."""
    return thing(short) < 0 and not siblings(short)


@lru_cache(maxsize=TEXTS_KEPT)
def shorts_in(text: str) -> frozenset[str]:
    """Return the short names in a text, in capitals."""
    return frozenset(
        short
        for word in name_words(text)
        if is_short(word.text) and (short := singular(word.text).upper()) not in _TAKEN
    )


@lru_cache(maxsize=TEXTS_KEPT)
def runs_in(text: str) -> frozenset[str]:
    """Return what the words that follow one another in a text may be shortened to."""
    words = [word.text for word in name_words(text)]
    return _runs([word for word in words if word.casefold() not in _SMALL])


@lru_cache(maxsize=TEXTS_KEPT)
def whole_runs_in(text: str) -> frozenset[str]:
    """Return what `runs_in` does, and what all words are short for: OTC, over the counter."""
    return runs_in(text) | _runs([word.text for word in name_words(text)])


def _runs(words: Sequence[str]) -> frozenset[str]:
    letters = "".join(word[0] for word in words).upper()
    return frozenset(
        letters[start : start + length]
        for length in range(_LEAST, _MOST + 1)
        for start in range(len(letters) - length + 1)
        if letters[start : start + length].isalpha()
    )


@lru_cache(maxsize=TEXTS_KEPT)
def titled_in(text: str) -> frozenset[str]:
    """Return what the names of three words or more that are written as such are short for."""
    names = [name[0] for name in _TITLED.finditer(text)]
    capitals = {"".join(letter for letter in name if letter.isupper()) for name in names}
    # "Software of Excellence" is SOE.
    return frozenset(
        capitals | {"".join(word[0] for word in name.split()).upper() for name in names}
    )


def is_run(short: str) -> bool:
    """Return whether words that begin with its letters may be taken for a short name."""
    return is_short(short) and len(singular(short)) >= _LEAST and _is_free(singular(short))


def is_sure(short: str) -> bool:
    """Return whether a short name is too long for words to begin so by chance."""
    return len(singular(short)) >= _SURE


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Return what texts explain: short name -> long name, and the other way, in lower case."""
    found: dict[str, str] = {}
    for text in texts:
        if "(" not in text:
            continue
        for before, short in _EXPLAINED.findall(text):
            words = before.split()
            wanted = singular(short).casefold()
            for count in range(2, len(words) + 1):
                tail = words[-count:]
                told = "".join(w[0] for w in tail if w.casefold() not in _SMALL).casefold()
                every = "".join(w[0] for w in tail).casefold()  # "localization and mapping": LAM
                if wanted in (told, every) and tail[0].casefold() not in _SMALL:
                    long = " ".join(tail)
                    found[wanted] = long
                    found[long.casefold()] = singular(short)
                    break
    return found
