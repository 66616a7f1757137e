"""What a posting asks for, as figures that lines are compared with; and the parts of a score.

Counted once for each posting. The parts, each at least 0:

- *requirements*: the line's cosine with each requirement, averaged by the requirements'
  weights (TF-IDF);
- *posting*: how much of the line the posting asks for (BM25 against all requirements as one
  text, Robertson and Zaragoza 2009, with learnt document frequencies);
- *related*: how near its words are in meaning to those of the requirement it is nearest to,
  and to the title (`word_vectors.py`), shared words or not;
- *topics*: how much the line speaks of the topics that the requirements speak of
  (`thesaurus.py`), shared words or not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tailor.matching.profiles import Profile, norm, profile
from tailor.matching.requirements import Requirement
from tailor.matching.weights import Weights
from tailor.nlp.embedding import learnt_frequencies
from tailor.nlp.thesaurus import learnt_thesaurus, topics_of
from tailor.nlp.word_vectors import similarities
from tailor.values.posting import Posting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# BM25: saturation of repeated words, and how far a long line is marked down against
# one of usual length (in counted words). Chosen on benchmarks/ranking.py, where the
# neighbours of these values score the same within 0.01.
_K1 = 1.2
_B = 0.5
_USUAL_LENGTH = 20
# Similarity counts so far as it is above what any two texts of work have in common.
UNRELATED = 0.3


@dataclass(frozen=True, slots=True)
class Signals:
    """What a line and a posting have in common, before it is weighed. See the module.

    `topics` has for each topic that both speak of the product of how much they do, over the
    length of the posting's topics and the root of the length of the line's.
    """

    requirements: float
    posting: float
    nearest: float
    title: float
    topics: dict[int, float]

    def parts(self, weights: Weights) -> Parts:
        """Return the parts of the score."""
        return Parts(
            weights.requirements * self.requirements,
            weights.posting * self.posting,
            weights.nearest * self.nearest + weights.title * self.title,
            math.fsum(weights.topics[topic] * value for topic, value in self.topics.items()),
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """The four parts of a score; each at least 0."""

    requirements: float
    posting: float
    related: float
    topics: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A posting's requirements as figures.

    `by_form` has, for each form, the requirements that it stands in and its weight there;
    `centroid` their weighted mean; `prominence` what BM25 needs of each form; `topics` how much
    they speak of each topic; `vectors` the title's vector and then that of each.
    """

    profiles: tuple[Profile, ...]
    by_form: dict[str, tuple[tuple[int, float], ...]]
    centroid: dict[str, float]
    prominence: dict[str, float]
    topics: dict[int, float]
    topics_length: float
    vectors: NDArray[np.int64]

    def similarities(self, lines: Sequence[Profile]) -> list[list[float]]:
        """Return for each line its similarity with the title and then with each requirement."""
        import numpy as np  # noqa: PLC0415

        if not lines:
            return []
        found: list[list[float]] = similarities(
            np.array([line.vector for line in lines]), self.vectors
        ).tolist()
        return found

    def signals(self, line: Profile, similar: Sequence[float]) -> Signals:
        """Return the signals of `line`; `similar` is its row of `similarities`."""
        to_title, *to_requirements = similar
        return Signals(
            math.fsum(
                weight * self.centroid[form]
                for form, weight in line.weights.items()
                if form in self.centroid
            ),
            self._bm25(line),
            max(0.0, max(to_requirements) - UNRELATED),
            max(0.0, to_title),
            self.shared_topics(line),
        )

    def shared_topics(self, line: Profile) -> dict[int, float]:
        """Return the topics that `line` speaks of too, as `Signals` has them."""
        scale = 1 / (self.topics_length * math.sqrt(line.topics_length))
        return {
            topic: weight * self.topics[topic] * scale
            for topic, weight in line.topics.items()
            if topic in self.topics
        }

    def _bm25(self, line: Profile) -> float:
        length = 1 - _B + _B * line.length / _USUAL_LENGTH
        return math.fsum(
            self.prominence[form] * number * (_K1 + 1) / (number + _K1 * length)
            for form, number in line.counts.items()
            if form in self.prominence
        )


def asked_by(posting: Posting, requirements: Sequence[Requirement]) -> Asked:
    """Return the figures of `requirements`; without any, the whole text is the one requirement."""
    import numpy as np  # noqa: PLC0415

    texts = [requirement.text for requirement in requirements] or [posting.text]
    weights = [requirement.weight for requirement in requirements] or [1.0]
    profiles = tuple(profile(text) for text in texts)
    total = math.fsum(weights)
    by_form: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    topic_shares: defaultdict[int, list[float]] = defaultdict(list)
    for number, (text, one, weight) in enumerate(zip(texts, profiles, weights, strict=True)):
        for form, value in one.weights.items():
            by_form[form].append((number, value))
        for topic, value in topics_of(text).items():
            topic_shares[topic].append(value * weight)
    known = learnt_thesaurus().topics
    topics = {
        topic: math.fsum(values) * math.sqrt(known[topic].weight)
        for topic, values in topic_shares.items()
    }
    return Asked(
        profiles,
        {form: tuple(found) for form, found in by_form.items()},
        {
            form: math.fsum(value * weights[number] / total for number, value in found)
            for form, found in by_form.items()
        },
        _prominence(profiles, weights),
        topics,
        norm(topics.values()),
        np.array([profile(posting.title).vector, *(one.vector for one in profiles)]),
    )


def _prominence(profiles: Sequence[Profile], weights: Sequence[float]) -> dict[str, float]:
    """Return how much is asked for each form: ``ln(1 + weighted count) · (idf - 1)``."""
    counts: defaultdict[str, float] = defaultdict(float)
    for one, weight in zip(profiles, weights, strict=True):
        for form, number in one.counts.items():
            counts[form] += number * weight
    idf = learnt_frequencies().idf
    return {form: math.log(1 + number) * (idf(form) - 1) for form, number in counts.items()}
