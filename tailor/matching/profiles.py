"""Text -> its profile: all that is counted of it, once, however often it is compared.

A CV's lines are compared with many postings; each is cut into words and looked up only the
first time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tailor.nlp.embedding import learnt_frequencies
from tailor.nlp.language import words
from tailor.nlp.thesaurus import learnt_thesaurus, topics_of
from tailor.nlp.word_vectors import learnt_vectors
from tailor.values.memory import TEXTS_KEPT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Profile:
    """What is counted of a text.

    `weights` are its TF-IDF weights by form, scaled to length 1; `vector` is the sum of its
    words' vectors, scaled (`word_vectors.py`); `topics` is how much it speaks of each topic,
    weighted by what the topic is worth, and `topics_length` the length of that vector.
    """

    counts: dict[str, int]
    length: int
    weights: dict[str, float]
    vector: NDArray[np.int64]
    topics: dict[int, float]
    topics_length: float


# Profiles that were made by another process.
_kept: dict[str, Profile] = {}


def keep(profiles: Mapping[str, Profile]) -> None:
    """Take what another process counted of texts for what `profile` would return."""
    _kept.update(profiles)


@lru_cache(maxsize=TEXTS_KEPT)
def profile(text: str) -> Profile:
    """Return the profile of `text`."""
    if text in _kept:
        return _kept[text]
    counts: dict[str, int] = {}
    for form, _, _ in words(text):
        counts[form] = counts.get(form, 0) + 1
    idf = learnt_frequencies().idf
    weights = {
        form: idf(form) if count == 1 else (1 + math.log(count)) * idf(form)
        for form, count in counts.items()
    }
    length = norm(weights.values())
    roots = _roots_of_worth()
    topics = {topic: math.log1p(weight) * roots[topic] for topic, weight in topics_of(text).items()}
    return Profile(
        counts,
        sum(counts.values()),
        {form: weight / length for form, weight in weights.items()},
        learnt_vectors().text_vector(text),
        topics,
        norm(topics.values()),
    )


@cache
def _roots_of_worth() -> tuple[float, ...]:
    return tuple(math.sqrt(topic.weight) for topic in learnt_thesaurus().topics)


def norm(values: Iterable[float]) -> float:
    """Return the length of a vector, summed exactly; 1 for one of nothing."""
    return math.sqrt(math.fsum([value * value for value in values])) or 1.0
