"""Lines × requirements -> signals, and what each is worth: the score by which lines are ranked.

The parts of a score, each at least 0:

- *requirements*: the line's cosine with each requirement, averaged by the requirements'
  weights (TF-IDF);
- *posting*: how much of the line the posting asks for (BM25 against all requirements as one
  text, Robertson and Zaragoza 2009, with learnt document frequencies);
- *related*: how near its words are in meaning to those of the requirement it is nearest to,
  and to the title (word vectors), shared words or not, how near it is as a whole to the three
  requirements it is nearest to, and how well it suits the posting, as learnt from graded lines;
- *topics*: how much the line speaks of the topics that the requirements speak of, shared words
  or not;
- *trade*: how much likelier the line is in the trade of the posting than in any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.feature import (
    Texts,
    moved_columns,
    read,
    scaled_columns,
    topic_finder,
    worth_of_topics,
)
from tailor.matching.meaning import Meanings, of_one_trade, wanted_of
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from tailor.matching.requirements import Requirement
    from tailor.values.posting import Posting

    Floats = NDArray[np.float64]

WEIGHTS_FILE = "ranking/weights.json"
# What a line and a posting have in common, but for the topics.
SIGNALS = ("requirements", "posting", "nearest", "title", "meaning", "trade")
# Similarity counts so far as it is above what any two texts of work have in common.
UNRELATED = 0.3
# A line is compared as a whole with so many requirements, those it is nearest to; and what the
# title counts beside them for the trade of the posting.
_NEAREST = 3
_TITLE_WEIGHT = 2.0
# All figures of a score are rounded, so that every machine puts lines in the same order; shares
# less, since they add up to 1.
DIGITS = 6
SHARE_DIGITS = 12


@dataclass(frozen=True)
class Asked:
    """A posting's title, in row 0 of `texts`, and its requirements; `weights` has 0 for the title.

    Of a posting without requirements its whole text is the one requirement.
    """

    texts: Texts
    weights: Floats

    @property
    def with_title(self) -> Floats:
        """The weights, with one for the title too."""
        return np.concatenate([[_TITLE_WEIGHT], self.weights[1:]])

    @cached_property
    def topics(self) -> Floats:
        """How much the requirements speak of each topic, by what it is worth; of length 1."""
        topics: Floats = self.texts.sum_of_topics(self.weights) * np.sqrt(worth_of_topics())
        return topics / (np.linalg.norm(topics) or 1.0)


def asked_by(posting: Posting, requirements: Sequence[Requirement]) -> Asked:
    """Return what `posting` asks for as figures."""
    texts = [requirement.text for requirement in requirements] or [posting.text]
    weights = [requirement.weight for requirement in requirements] or [1.0]
    return Asked(read([posting.title, *texts]), np.array([0.0, *weights]))


@dataclass(frozen=True)
class Common:
    """What lines (rows) have in common with the title and the requirements (columns); see above.

    `cosines` is of the weights of all forms, `similarities` of the vectors. `signals` has a column
    for each of `SIGNALS`, `topics` one for each topic: the product of how much both speak of it,
    over the root of the length of the line's topics. `suiting` tells how well each line suits
    all requirements as one text, about 0 for most.
    """

    cosines: Floats
    similarities: Floats
    signals: Floats
    topics: csr_matrix
    suiting: Floats


def compare(lines: Texts, asked: Asked) -> Common:
    """Compare all lines with all requirements at once."""
    # What is asked for by the columns of the lines, whose matrices a batch makes only once.
    columns = np.searchsorted(lines.forms, asked.texts.forms)
    known = np.searchsorted(lines.forms, asked.texts.forms, side="right") > columns
    theirs = moved_columns(asked.texts.tfidf, columns, known, len(lines.forms))
    cosines = (lines.tfidf @ theirs.T).toarray()
    similarities = lines.vectors @ asked.texts.vectors.T
    # How much is asked for each form: ln(1 + weighted count) · (idf - 1).
    wanted = np.log1p(asked.texts.counts.T @ asked.weights) * (asked.texts.idf - 1)
    wanted_here = np.zeros(len(lines.forms))
    wanted_here[columns[known]] = wanted[known]
    signals = np.column_stack(
        [
            cosines @ asked.weights / asked.weights.sum(),
            lines.saturated @ wanted_here,
            np.maximum(similarities[:, 1:].max(axis=1) - UNRELATED, 0.0),
            np.maximum(similarities[:, 0], 0.0),
            _meaning(lines.meanings, asked.texts.meanings),
            of_one_trade(lines.meanings, asked.texts.meanings, asked.with_title),
        ]
    )
    topics = scaled_columns(lines.topics_over_root, asked.topics)
    suits = lines.meanings.suits @ wanted_of(asked.texts.meanings, asked.weights)
    return Common(cosines, similarities, signals, topics, suits)


def _meaning(lines: Meanings, asked: Meanings) -> Floats:
    """Return how near each line is to the requirements it is nearest to: the mean, at least 0."""
    likeness = lines.vectors @ asked.vectors[1:].T  # row 0 is the title
    nearest = np.sort(likeness, axis=1)[:, -_NEAREST:].mean(axis=1)
    meaning: Floats = np.maximum(nearest, 0.0)
    return meaning


@dataclass(frozen=True)
class Ranker:
    """What each signal of a score is multiplied by: learnt (`docs/ranking.md`), all at least 0.

    It applies what scikit-learn's estimator of `training/ranking.py` learnt; to import that would
    take half a second.
    """

    coef_: Floats

    @property
    def topics(self) -> Floats:
        """The weight of each topic."""
        return self.coef_[len(SIGNALS) :]

    def parts(self, common: Common) -> Floats:
        """Return the five parts of the score of each line, rounded; their sum is the score."""
        signals = (common.signals * self.coef_[: len(SIGNALS)]).T
        requirements, posting, nearest, title, meaning, trade = signals
        topics = common.topics @ self.topics
        near = nearest + title + meaning  # what is near nothing suits nothing
        related = np.where(near > 0, np.maximum(near + common.suiting, 0.0), 0.0)
        parts = [requirements, posting, related, topics, trade]
        return np.column_stack(parts).round(DIGITS)


@cache
def learnt_ranker() -> Ranker:
    """Return the ranker whose weights ship in `models/`."""
    return parse_weights((MODELS / WEIGHTS_FILE).read_text(encoding="utf-8"))


def parse_weights(text: str) -> Ranker:
    """Parse the JSON of `WEIGHTS_FILE`: a topic that is not named there weighs 0."""
    table = json.loads(text)
    topics = [table["topics"].get(topic.name, 0.0) for topic in topic_finder().topics]
    return Ranker(np.array([*(table[name] for name in SIGNALS), *topics]))
