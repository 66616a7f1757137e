"""What answers what: that a line answers a requirement, and by which of its words.

A line answers by words that it shares with the requirement, or by terms of a topic that both
speak of ("CUDA" where GPU programming is asked for).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tailor.matching.asked import Asked
from tailor.matching.degrees import (
    answering_words,
    asked_degree,
    asks_for_a_degree_alone,
    held_degree,
)
from tailor.matching.profiles import Profile, norm, profile
from tailor.matching.requirements import Requirement
from tailor.matching.weights import learnt_weights
from tailor.nlp.language import words
from tailor.nlp.thesaurus import learnt_thesaurus, terms_of
from tailor.nlp.word_vectors import LENGTH_UNIT, similarities
from tailor.values.memory import TEXTS_KEPT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# From this cosine on a line counts as an answer to a requirement; below, what two texts
# share is one everyday word. Read off real pairs.
ANSWERS_FROM = 0.12
# The same of topics. Read off real pairs too: general abilities are in half of all lines.
TOPICS_ANSWER_FROM = 0.6
# Brings the cosine of topics to the scale of that of words, which is smaller.
_TOPICS_SCALE = 0.3
# What stands for a topic where a degree answers the wish for one.
DEGREE = "degree"
# A topic that is worth less than this (teamwork, communication) answers nothing alone.
_LEAST_WORTH = 1.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a line answers a requirement: by which words of the line, each with its share.

    `strength`, 0 to 1, is the cosine, of topics scaled; the shares add up to 1, largest first.
    `answer` is the id of the statement, or of the bullet if it has only one. `topic` is the
    name of the topic that both speak of, "" where they share the words themselves.
    """

    requirement: str
    answer: str
    strength: float
    words: tuple[tuple[str, float], ...]
    topic: str = ""


def topic_similarities(
    texts: Sequence[str], requirements: Sequence[Requirement]
) -> list[list[float]]:
    """Return for each text how alike its topics are to those of each requirement, 0 to 1."""
    import numpy as np  # noqa: PLC0415

    if not texts or not requirements:
        return [[] for _ in texts]
    found: list[list[float]] = similarities(
        np.array([_topics_as_learnt(text) for text in texts]),
        np.array([_topics_as_learnt(requirement.text) for requirement in requirements]),
    ).tolist()
    return found


@lru_cache(maxsize=TEXTS_KEPT)
def _topics_as_learnt(text: str) -> NDArray[np.int64]:
    """Return the topics of `text`, each weighed by what was learnt of it; in whole numbers."""
    import numpy as np  # noqa: PLC0415

    weights = learnt_weights().topics
    found = {n: value * math.sqrt(weights[n]) for n, value in profile(text).topics.items()}
    length = norm(found.values())
    vector = np.zeros(len(weights), dtype=np.int64)
    for topic, value in found.items():
        vector[topic] = round(value / length * LENGTH_UNIT)
    return vector


def find_evidence(
    text_id: str,
    text: str,
    asked: Asked,
    requirements: Sequence[Requirement],
    topical: Sequence[float],
) -> tuple[Evidence, ...]:
    """Return that `text` answers some of `requirements`, strongest first.

    `topical` is its row of `topic_similarities`.
    """
    line = profile(text)
    products: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for form, weight in line.weights.items():
        for number, other in asked.by_form.get(form, ()):
            products[number][form] = weight * other
    found = []
    for number, requirement in enumerate(requirements):
        if asks_for_a_degree_alone(requirement.text) and not held_degree(text):
            continue
        cosine = math.fsum(products[number].values()) if number in products else 0.0
        if cosine >= ANSWERS_FROM:
            shares = _shares(text, products[number], cosine)
            found.append(Evidence(requirement.id, text_id, cosine, shares))
        elif topical[number] >= TOPICS_ANSWER_FROM:
            found += _by_topic(
                text_id, text, asked.profiles[number], requirement, topical[number] * _TOPICS_SCALE
            )
    found.sort(key=lambda evidence: -evidence.strength)
    return tuple(found)


def with_degree(
    text_id: str, title: str, requirements: Sequence[Requirement], found: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Return the evidence of an entry's title: where a degree is asked for, only a degree answers.

    Level and field alone tell whether it does. `title` is "" for what is no degree.
    """
    evidence = {one.requirement: one for one in found}
    for requirement in requirements:
        asked = asked_degree(requirement.text)
        if asked is None:
            continue
        evidence.pop(requirement.id, None)
        if title and (words := answering_words(asked, title)):
            shares = tuple((word, 1 / len(words)) for word in words)
            evidence[requirement.id] = Evidence(requirement.id, text_id, 1.0, shares, DEGREE)
    return tuple(sorted(evidence.values(), key=lambda one: -one.strength))


def _shares(text: str, products: dict[str, float], cosine: float) -> tuple[tuple[str, float], ...]:
    """Return the words of `text`, as written there, with their shares of a cosine."""
    shares: dict[str, float] = {}
    seen: set[str] = set()
    for word in words(text):
        if word.form in products and word.form not in seen:
            seen.add(word.form)
            shown = text[word.start : word.end]
            shares[shown] = shares.get(shown, 0.0) + products[word.form] / cosine
    return tuple(sorted(shares.items(), key=lambda item: -item[1]))


def _by_topic(
    text_id: str, text: str, asked: Profile, requirement: Requirement, strength: float
) -> list[Evidence]:
    """Return the evidence of the topics that a line and a requirement speak of, if it is any."""
    thesaurus, weights = learnt_thesaurus(), learnt_weights().topics
    named: defaultdict[str, float] = defaultdict(float)
    worth: defaultdict[int, float] = defaultdict(float)
    for term in terms_of(text):
        for topic in term.topics:
            value = math.fsum(
                part * weights[reached] * asked.topics[reached]
                for reached, part in thesaurus.reach[topic]
                if reached in asked.topics
            )
            if value > 0:
                named[text[term.start : term.end]] += value
                worth[topic] += value
    telling = [topic for topic in worth if thesaurus.topics[topic].weight >= _LEAST_WORTH]
    if not telling:
        return []
    total = math.fsum(named.values())
    shares = sorted(((word, value / total) for word, value in named.items()), key=lambda w: -w[1])
    name = thesaurus.topics[max(telling, key=worth.__getitem__)].name
    return [Evidence(requirement.id, text_id, strength, tuple(shares), name)]
