"""Whether a line is about work, or about something beside it: an award, a stay, a talk.

Graded by hand, lines that name an award are worth a third of others, and those that name a stay
almost nothing, however many words they share with the posting: unless it asks for such things.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from tailor.nlp.cue import CueFinder
from tailor.values.resources import data_toml

# What the score of a line that is beside the work is multiplied by. Chosen on lines graded by
# hand, where 0.4 to 0.8 rank alike (docs/ranking.md).
BESIDE = 0.6
_TEXTS_KEPT = 4_000  # the lines of a CV come back with each posting


_ASKED = "asked: "


@cache
def _finder() -> CueFinder:
    tables = data_toml("standing.toml")
    phrases = {name: table["phrases"] for name, table in tables.items()}
    return CueFinder(phrases | {_ASKED + name: table["asked"] for name, table in tables.items()})


@lru_cache(maxsize=_TEXTS_KEPT)
def beside(text: str) -> str:
    """Return what a line is about that is beside the work ("award"), "" for a line of work."""
    cues = _finder().find(text)
    return next((name for name in data_toml("standing.toml") if cues.has(name)), "")


def asked_for(requirements: Iterable[str]) -> frozenset[str]:
    """Return the kinds of such lines that the texts of `requirements` ask for."""
    labels = {label for text in requirements for label in _finder().find(text).labels}
    return frozenset(name for name in data_toml("standing.toml") if _ASKED + name in labels)
