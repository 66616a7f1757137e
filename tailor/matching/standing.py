"""Whether a line is about work, or about something beside it: an award, a stay, a talk.

Graded by hand, lines that name an award are worth a third of others, and those that name a stay
almost nothing, however many words they share with the posting: unless it asks for such things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.nlp.phrases import PhraseSet, words_of
from tailor.values.memory import TEXTS_KEPT
from tailor.values.resources import data_toml

# What the score of a line that is beside the work is multiplied by. Chosen on lines graded by
# hand, where 0.4 to 0.8 rank alike (docs/ranking.md).
BESIDE = 0.6


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    phrases: PhraseSet
    asked: PhraseSet


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(name, PhraseSet(table["phrases"]), PhraseSet(table["asked"]))
        for name, table in data_toml("standing.toml").items()
    )


@lru_cache(maxsize=TEXTS_KEPT)
def beside(text: str) -> str:
    """Return what a line is about that is beside the work ("award"), "" for a line of work."""
    words = words_of(text)
    return next((kind.name for kind in _kinds() if kind.phrases.find(words)), "")


def asked_for(requirements: Iterable[str]) -> frozenset[str]:
    """Return the kinds of such lines that the texts of `requirements` ask for."""
    found = [words_of(text) for text in requirements]
    return frozenset(
        kind.name for kind in _kinds() if any(kind.asked.find(words) for words in found)
    )
