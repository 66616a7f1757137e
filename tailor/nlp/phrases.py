"""Find any of many phrases in a text as whole words, in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+(?:'\w+)?")


def words_of(text: str) -> list[str]:
    """Return the lower-case words of `text`; "don't" is one word, "e-mail" two."""
    return _WORD.findall(text.lower().replace("’", "'"))


class PhraseSet:
    """A set of phrases, each counted as whole words.

    ``^`` before a phrase ties it to the beginning of a text, ``$`` after it to the end.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._anywhere: set[str] = set()
        self._first: set[str] = set()
        self._last: set[str] = set()
        for phrase in phrases:
            chosen = self._anywhere
            if phrase.startswith("^"):
                chosen = self._first
            elif phrase.endswith("$"):
                chosen = self._last
            chosen.add(" ".join(words_of(phrase)))
        # Most words begin no phrase, so most places of a text are done with one look-up.
        lengths: dict[str, set[int]] = {}
        for phrase in self._anywhere | self._first | self._last:
            lengths.setdefault(phrase.partition(" ")[0], set()).add(phrase.count(" ") + 1)
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}

    def find(self, words: list[str]) -> str:
        """Return the first phrase that stands in `words`, "" where there is none."""
        if self._lengths.keys().isdisjoint(words):
            return ""
        count = len(words)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                end = start + length
                if end > count:
                    break
                phrase = " ".join(words[start:end])
                if (
                    phrase in self._anywhere
                    or (start == 0 and phrase in self._first)
                    or (end == count and phrase in self._last)
                ):
                    return phrase
        return ""

    def has(self, words: list[str]) -> bool:
        """Tell whether `words` are, as a whole, one of the phrases that may stand anywhere."""
        return " ".join(words) in self._anywhere
