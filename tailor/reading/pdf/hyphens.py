"""Words that a page's margin cut in two."""

from __future__ import annotations

from functools import cache

from tailor.values.resources import model_bytes

_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT)
_LONGEST_ENDING = 5  # letters that a stemmer cuts
_SHORTEST_STEM = 4
_ENDINGS = frozenset(
    "able al ation ations ed er ers es ing ings ion ions ity ive ly ment ments ness s".split()
)
_AROUND = ".,;:()[]\"'"


def joined(before: str, after: str) -> str:
    """Return two rows as one text: a word cut at the row's end is made whole.

    A hyphen is dropped where the halves make a word that postings and résumés know; where
    they do not, it may be the word's own ("data-driven") and stays.
    """
    if not before.endswith(_HYPHENS) or not after[:1].isalpha() or before[-2:-1].isspace():
        return f"{before} {after}"
    if before.endswith(_SOFT):
        return before[:-1] + after
    first = before[:-1].rsplit(maxsplit=1)[-1].strip(_AROUND).casefold()
    second = after.split(maxsplit=1)[0].strip(_AROUND).casefold()
    if after[0].islower() and before[-2].islower() and _is_word(first, second):
        return before[:-1] + after
    return before + after


def _is_word(first: str, second: str) -> bool:
    """Tell two halves of one word: its stem, or the first half before an ending, is known."""
    word = first + second
    if not word.isalpha():
        return False
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING, len(first) + 1)
    known = any(word[:length] in _forms() for length in range(len(word), shortest - 1, -1))
    return known or (second in _ENDINGS and first in _forms())


@cache
def _forms() -> frozenset[str]:
    return frozenset(model_bytes("word_vectors.txt").decode().splitlines())
