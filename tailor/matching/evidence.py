"""What answers what: that a line answers a requirement, and by which of its words.

A line answers by words that it shares with the requirement, or by terms of a topic that both
speak of ("CUDA" where GPU programming is asked for).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.degrees import (
    answering_words,
    asked_degree,
    asks_for_a_degree_alone,
    held_degree,
)
from tailor.matching.feature import Texts, reach, scaled_columns, topic_finder, unit_rows
from tailor.matching.rank import DIGITS, SHARE_DIGITS, Asked, Common, learnt_ranker
from tailor.matching.requirements import Requirement
from tailor.nlp.topic import TOPICS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float64]

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


def find_evidence(
    lines: Mapping[str, str],
    figures: Texts,
    asked: Asked,
    requirements: Sequence[Requirement],
    common: Common,
) -> list[tuple[Evidence, ...]]:
    """Return for each line the evidence that it answers `requirements`, strongest first.

    `lines` are texts by id, `figures` the same as figures, `common` what they have in common with
    what is asked.
    """
    cosines = common.cosines[:, 1:].round(DIGITS)
    topical = _topic_cosines(figures, asked.texts)[:, 1:].round(DIGITS)
    answers = (cosines >= ANSWERS_FROM) | (topical >= TOPICS_ANSWER_FROM)
    for number, requirement in enumerate(requirements):
        if asks_for_a_degree_alone(requirement.text):
            answers[:, number] &= [held_degree(line) is not None for line in lines.values()]
    products = _Products(figures, common)
    # What each topic of a term (column) says of the topics that a requirement (row) speaks of.
    worth = (scaled_columns(asked.texts.worth, learnt_ranker().topics) @ reach().T).toarray()[1:]
    found: list[list[Evidence]] = [[] for _ in lines]
    ids = list(lines)
    for row, number in np.argwhere(answers).tolist():
        asked_by, cosine = requirements[number].id, float(cosines[row, number])
        if cosine >= ANSWERS_FROM:
            shares = products.shares(row, number + 1)
            found[row].append(Evidence(asked_by, ids[row], cosine, shares))
        elif by_topic := _by_topic(figures.docs[row], worth[number]):
            strength = float(topical[row, number]) * _TOPICS_SCALE
            found[row].append(Evidence(asked_by, ids[row], strength, *by_topic))
    return [tuple(sorted(evidence, key=lambda one: -one.strength)) for evidence in found]


def with_degree(
    text_id: str, title: str, requirements: Sequence[Requirement], found: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Return the evidence of an entry's title: where a degree is asked for, only a degree answers.

    Level and field alone decide whether it does. `title` is "" for what is no degree.
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


def _topic_cosines(lines: Texts, requirements: Texts) -> Floats:
    """Return how alike the topics of each line and each requirement are, 0 to 1, as weighed."""
    weights = np.sqrt(learnt_ranker().topics)
    ours, theirs = (
        unit_rows(scaled_columns(texts.worth, weights)) for texts in (lines, requirements)
    )
    cosines: Floats = (ours @ theirs.T).toarray()
    return cosines


class _Products:
    """By which words lines and requirements are alike."""

    def __init__(self, lines: Texts, common: Common) -> None:
        self._lines = lines
        self._columns = {form: column for column, form in enumerate(common.forms.tolist())}
        self._ours, self._theirs = common.ours.toarray(), common.theirs.toarray()

    def shares(self, row: int, number: int) -> tuple[tuple[str, float], ...]:
        """Return the words of a line, as written there, with their shares of a cosine."""
        products = self._ours[row] * self._theirs[number]
        parts = (products / products.sum()).round(SHARE_DIGITS).tolist()
        shares: dict[str, float] = {}
        for form, written in self._lines.written(row).items():
            column = self._columns.get(form)
            if column is not None and parts[column]:
                shares[written] = shares.get(written, 0.0) + parts[column]
        return tuple(sorted(shares.items(), key=lambda item: -item[1]))


def _by_topic(doc: Doc, worth: Floats) -> tuple[tuple[tuple[str, float], ...], str] | None:
    """Return the terms of a line that name what a requirement speaks of, and the topic.

    `worth` has what each topic is worth for the requirement. None where no topic that both speak
    of tells enough.
    """
    finder = topic_finder()
    named: defaultdict[str, float] = defaultdict(float)
    by_topic: defaultdict[int, float] = defaultdict(float)
    for term in doc.spans[TOPICS]:
        topic = finder.numbers[term.label]
        if worth[topic] > 0:
            named[term.text] += float(worth[topic])
            by_topic[topic] += float(worth[topic])
    telling = [topic for topic in by_topic if finder.topics[topic].weight >= _LEAST_WORTH]
    if not telling:
        return None
    total = sum(named.values())
    shares = sorted(
        ((word, round(value / total, SHARE_DIGITS)) for word, value in named.items()),
        key=lambda share: -share[1],
    )
    return tuple(shares), finder.topics[max(telling, key=by_topic.__getitem__)].name
