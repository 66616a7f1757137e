"""Cv × requirements -> Match: what is asked for and had, and what each line is worth to it.

A statement's score is the sum of five named parts (`rank.py`), a bullet's that of its best
statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.ask import Ask
from tailor.matching.asks import find_asks
from tailor.matching.feature import Texts, WeightedWords, read, read_kept, topic_finder
from tailor.matching.proof import prove
from tailor.matching.rank import (
    DIGITS,
    SHARE_DIGITS,
    SIGNALS,
    UNRELATED,
    Asked,
    Common,
    asked_by,
    compare,
    learnt_ranker,
)
from tailor.matching.requirements import Requirement, find_requirements, why_nothing
from tailor.matching.sign import listed_as
from tailor.matching.standing import BESIDE, asked_for, beside
from tailor.values.cv import Cv
from tailor.values.errors import PostingError
from tailor.values.posting import Posting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TITLE = "title"
_TOPICS_NAMED = 3
_PAIRS_NAMED = 4


@dataclass(frozen=True, slots=True)
class Relation:
    """That a line is near a requirement in meaning: `similarity` is their cosine, 0 to 1.

    `requirement` is an id, or `TITLE` for the title of the job. Which words bring them
    together, `Match.pairs` says.
    """

    requirement: str
    similarity: float


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic that a line and the posting speak of, and its share of the part *topics*.

    `words` are the terms of the line that belong to it or to a narrower topic.
    """

    name: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A line's score: the sum of its five parts; at least 0.

    `relations` are the requirement that the part *related* was taken from, and the title.
    `beside` names what the line is about where that is beside the work and nobody asked
    ("award"): the sum then counts less.
    """

    requirements: float
    posting: float
    related: float = 0.0
    topics: float = 0.0
    trade: float = 0.0
    beside: str = ""
    relations: tuple[Relation, ...] = ()

    @property
    def total(self) -> float:
        """The score by which lines are ranked."""
        total = self.requirements + self.posting + self.related + self.topics + self.trade
        return total * BESIDE if self.beside else total


@dataclass(frozen=True)
class Match:
    """What is known of a CV against a posting.

    `scores` holds every statement and bullet by id; `texts` holds the words of every statement;
    `lines` and `asked` are these and the posting as figures. The last three follow from the rest
    and are not compared.
    """

    cv: Cv
    posting: Posting
    requirements: tuple[Requirement, ...]
    scores: dict[str, Score]
    texts: dict[str, str] = field(repr=False, compare=False)
    lines: Texts = field(repr=False, compare=False)
    asked: Asked = field(repr=False, compare=False)
    today: date | None = None

    def pairs(self, text_id: str, relation: Relation) -> tuple[tuple[str, str, float], ...]:
        """Return the pairs of words that bring a line near what `relation` names.

        Each is a word of the line, a word of the requirement or title, and the pair's share of
        their similarity, above 0; the largest shares first.
        """
        return _pairs(
            self.lines.weighted_words(self._rows[text_id]),
            self.asked.texts.weighted_words(self._columns[relation.requirement]),
        )

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """Every single thing the posting asks for, with what the CV has of it and the lines."""
        worth = {text_id: score.total for text_id, score in self.scores.items()}
        texts = {requirement.id: requirement.text for requirement in self.requirements}
        asks = _asks(self.posting, self.asked, self.requirements)
        return prove(asks, self.cv, worth, self.today, texts)

    def topics(self, text_id: str) -> tuple[SharedTopic, ...]:
        """Return the topics that count most for a statement, largest share first."""
        row = self._rows[text_id]
        begin, end = self.lines.worth.indptr[row : row + 2]
        topics = self.lines.worth.indices[begin:end]
        counted = self.lines.worth.data[begin:end] * self._weights[topics]
        total = float(counted.sum())
        if total <= 0:
            return ()
        # A handful for each line, for which lists are quicker than arrays.
        rounded, numbers = counted.round(SHARE_DIGITS).tolist(), topics.tolist()
        order = sorted(range(len(numbers)), key=lambda place: (-rounded[place], numbers[place]))
        names = topic_finder().topics
        return tuple(
            SharedTopic(
                names[numbers[place]].name,
                round(float(counted[place]) / total, SHARE_DIGITS),
                self.lines.words_of_topic(row, numbers[place]),
            )
            for place in order[:_TOPICS_NAMED]
            if counted[place] > 0
        )

    @cached_property
    def _weights(self) -> Floats:
        """What each topic of a line is multiplied by."""
        return self.asked.topics * learnt_ranker().topics

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {text_id: row for row, text_id in enumerate(self.texts)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        names = [TITLE, *(requirement.id for requirement in self.requirements)]
        return {name: column for column, name in enumerate(names)}


def _asks(posting: Posting, asked: Asked, requirements: Sequence[Requirement]) -> tuple[Ask, ...]:
    """Return the single things that `requirements` ask for; what a CV has of them is open."""
    # "Cypress" is a town, and what "Storybook, Cypress" asks for.
    place = "" if listed_as(posting.place) else posting.place
    named = (posting.title, posting.company, place)
    return find_asks(requirements, asked.texts.docs[1:], apart=named)  # without the title


def asks_of(posting: Posting) -> tuple[Ask, ...]:
    """Return every single thing a posting asks for, without a CV to answer it.

    Raises PostingError where the posting asks for nothing.
    """
    requirements = _requirements(posting)
    return _asks(posting, asked_by(posting, requirements), requirements)


def _requirements(posting: Posting) -> tuple[Requirement, ...]:
    requirements = find_requirements(posting)
    if not requirements:
        raise PostingError(f"{posting.source}: {why_nothing(posting)}")
    return requirements


def match(cv: Cv, posting: Posting, today: date | None = None) -> Match:
    """Match every bullet and statement of `cv` with what `posting` asks for.

    A bullet's score is that of its best statement. Positions that last until the present end on
    `today`, by default the machine's date. Raises PostingError where the posting asks for nothing.
    """
    requirements = _requirements(posting)
    asked = asked_by(posting, requirements)
    texts = {s.id: b.statement_text(s) for b in cv.bullets() for s in b.statements}
    lines = read_kept(tuple(texts.values()))
    common = compare(lines, asked)
    relations = _relations(common, requirements)
    scores = dict(zip(texts, _scores(texts.values(), common, requirements, relations), strict=True))
    for bullet in cv.bullets():
        own = [scores[statement.id] for statement in bullet.statements]
        scores[bullet.id] = own[0] if len(own) == 1 else max(own, key=lambda score: score.total)
    return Match(cv, posting, requirements, scores, texts, lines, asked, today)


def score_texts(posting: Posting, texts: Sequence[str]) -> Floats:
    """Return the score of each text against `posting`, shape ``(len(texts),)``; higher is better.

    Takes any posting: where no requirement is found its whole text is the one requirement.
    """
    requirements = find_requirements(posting)
    common = compare(read(texts), asked_by(posting, requirements))
    scores = _scores(texts, common, requirements, repeat(()))
    return np.array([score.total for score in scores], dtype=np.float64)


def _scores(
    texts: Iterable[str],
    common: Common,
    requirements: Sequence[Requirement],
    relations: Iterable[tuple[Relation, ...]],
) -> list[Score]:
    """Return the scores of `texts`, the first lines of `common`, with their `relations`."""
    wanted = asked_for(requirement.text for requirement in requirements)
    scores = []
    for text, parts, near in zip(
        texts, learnt_ranker().parts(common).tolist(), relations, strict=False
    ):
        about = beside(text)
        about = "" if about in wanted else about
        requirement, posting, related, topics, trade = parts
        scores.append(Score(requirement, posting, related, topics, trade, about, near))
    return scores


def _relations(common: Common, requirements: Sequence[Requirement]) -> list[tuple[Relation, ...]]:
    """Return for each line what its part *related* comes from."""
    similarities = common.similarities.round(DIGITS)
    to_title, to_requirements = similarities[:, 0], similarities[:, 1:]
    nearest = to_requirements.argmax(axis=1)
    to_nearest = to_requirements[np.arange(len(nearest)), nearest]
    meanings = common.signals[:, SIGNALS.index("meaning")].round(DIGITS)
    is_near = (to_nearest > UNRELATED) | ((to_nearest > 0) & (meanings > 0))
    found = []
    for title, number, near, counts in zip(
        to_title.tolist(), nearest.tolist(), to_nearest.tolist(), is_near.tolist(), strict=True
    ):
        relations = []
        if counts:
            relations.append(Relation(requirements[number].id, near))
        if title > 0:
            relations.append(Relation(TITLE, title))
        found.append(tuple(relations))
    return found


def _pairs(ours: WeightedWords, theirs: WeightedWords) -> tuple[tuple[str, str, float], ...]:
    shares = (ours.weights[:, None] * theirs.weights * (ours.vectors @ theirs.vectors.T)).ravel()
    total = shares.sum()
    if total <= 0:
        return ()
    shares = (shares / total).round(SHARE_DIGITS)
    width = len(theirs.words)
    return tuple(
        (ours.words[place // width], theirs.words[place % width], float(shares[place]))
        for place in np.argsort(-shares, kind="stable")[:_PAIRS_NAMED].tolist()
        if shares[place] > 0
    )
