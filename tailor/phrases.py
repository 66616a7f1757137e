"""Find any of many phrases in a text as whole words, in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+(?:'\w+)?")


def words_of(text: str) -> list[str]:
    """Return the lower-case words of `text`; "don't" is one word, "e-mail" two."""
    return _WORD.findall(text.lower().replace("’", "'"))


class PhraseSet:
    """A set of phrases. One that begins with ``^`` counts at the beginning of a text only."""

    def __init__(self, phrases: Iterable[str]) -> None:
        anywhere: set[str] = set()
        at_start: set[str] = set()
        for phrase in phrases:
            (at_start if phrase.startswith("^") else anywhere).add(" ".join(words_of(phrase)))
        self._anywhere = frozenset(anywhere)
        self._at_start = frozenset(at_start)
        self._longest = max((p.count(" ") + 1 for p in anywhere | at_start), default=0)

    def find(self, words: list[str]) -> str:
        """Return the first phrase that stands in `words`, "" where there is none."""
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                phrase = " ".join(words[start:end])
                if phrase in self._anywhere or (start == 0 and phrase in self._at_start):
                    return phrase
        return ""
