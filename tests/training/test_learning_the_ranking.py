"""Learning the weights of the ranking: what tells is worth more, nothing is worth less than 0."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from tailor.matching.feature import read, topic_finder
from tailor.matching.rank import SIGNALS, asked_by, compare, learnt_ranker, parse_weights
from tailor.matching.requirements import find_requirements
from tailor.reading.posting.text import parse_posting
from training.ranking import (
    Query,
    fit,
    format_weights,
    learn_weights,
    make_query,
    read_grades,
)
from training.suiting import Ordered, learn_suiting

TOPICS = 400  # about as many as the thesaurus has


def queries(telling: int, misleading: int) -> list[Query]:
    """Make queries in which one topic tells the grade, and another the contrary."""
    chance = np.random.default_rng(1)
    found = []
    for _ in range(12):
        signals = chance.random((20, len(SIGNALS) + TOPICS)) * 0.1
        grades = chance.integers(0, 4, 20).astype(float)
        signals[:, len(SIGNALS) + telling] = grades / 10
        signals[:, len(SIGNALS) + misleading] = (3 - grades) / 10
        found.append(Query("cv", csr_matrix(signals), grades))
    return found


def test_what_tells_is_worth_more() -> None:
    """The topic that tells outweighs the rest, the one that misleads falls to nothing."""
    weights = learn_weights(queries(telling=1, misleading=2))[len(SIGNALS) :]
    assert weights.argmax() == 1
    assert weights[2] == 0
    assert weights.min() >= 0


def test_the_same_twice() -> None:
    """The same lines give the same weights."""
    first, second = (learn_weights(queries(0, 3)) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_nothing_to_learn_from() -> None:
    """Without grades the first guesses stand, the same for every topic."""
    weights = learn_weights([], topics=TOPICS)
    assert len(set(weights[len(SIGNALS) :])) == 1


def test_round_trip() -> None:
    """What is written is read, in the thesaurus's order; a topic that is not named weighs 0."""
    count = len(topic_finder().topics)
    weights = np.arange(len(SIGNALS) + count) / 10
    known = parse_weights(format_weights(weights))
    assert known.coef_ == pytest.approx(weights / 10, abs=1e-4)
    table = json.loads(format_weights(weights))
    del table["topics"][topic_finder().topics[5].name]
    assert parse_weights(json.dumps(table)).topics[5] == 0


def test_what_ships_can_be_read() -> None:
    """The shipped weights are of the shipped thesaurus; none is below 0."""
    weights = learnt_ranker()
    assert len(weights.coef_) == len(SIGNALS) + len(topic_finder().topics)
    assert weights.coef_.min() >= 0
    assert weights.topics.sum() > 0


POSTING = "Baker\n\nWhat you'll do\n- Bake rye bread in stone ovens\n- Heat the ovens\n"


def test_signals_are_those_of_the_ranking() -> None:
    """A query's row holds what is found in both: nothing where nothing is shared."""
    query = make_query("cv", POSTING, ["Baked rye bread", "Zzyzx"], [3, 0])
    assert query.signals.shape == (2, len(SIGNALS) + len(topic_finder().topics))
    assert query.signals[0].sum() > query.signals[1].sum() == 0


def test_the_ranking_is_that_of_scikit_learn() -> None:
    """But for what suits, its scores are the decision function of scikit-learn's estimator."""
    lines = ["Baked rye bread", "Heated ovens with CUDA", "Zzyzx"]
    ranker = learnt_ranker()
    count = len(ranker.coef_)
    estimator = fit(csr_matrix((0, count)), np.zeros(0), np.ones(count), np.ones(count))
    estimator.coef_ = ranker.coef_[None]
    posting = parse_posting(POSTING)
    common = compare(read(lines), asked_by(posting, find_requirements(posting)))
    common = replace(common, suiting=np.zeros(len(lines)))
    expected = estimator.decision_function(make_query("", POSTING, lines, [0, 0, 0]).signals)
    assert ranker.parts(common).sum(axis=1) == pytest.approx(expected, abs=1e-5)


def test_what_suits_is_learnt() -> None:
    """Lines with a form above those without, and only for the posting that wants it so."""
    chance = np.random.default_rng(2)
    forms = csr_matrix((chance.random((40, 9)) < 0.4).astype(float))
    told = forms.toarray()[:, 3]
    better, worse = np.nonzero(told[:, None] > told)
    meanings = chance.normal(size=(9, 6))
    one = Ordered(forms, np.eye(6)[1], np.zeros(40), better, worse, np.ones(len(better)))
    suits = learn_suiting([one], meanings)
    assert (forms @ suits[:, 1])[told > 0].min() > (forms @ suits[:, 1])[told == 0].max()
    assert abs(suits[:, 2]).max() < 1e-6


def test_what_is_guessed_stands_without_lines() -> None:
    """The estimator learns the first guesses from their own observations alone."""
    guess = np.array([2.0, 0.5, 7.0])
    learnt = fit(csr_matrix((0, 3)), np.zeros(0), guess, np.array([0.1, 0.2, 1.0]))
    assert learnt.coef_.ravel() == pytest.approx(guess, rel=1e-2)


def test_grades_are_figures() -> None:
    """The file of grades holds ids and grades from 0 to 3, and no text of anybody."""
    pairs = read_grades()
    assert all(0 <= grade <= 3 for pair in pairs for grade in pair.grades)
    assert all(name.isalnum() for pair in pairs for name in (pair.cv, pair.posting))
    assert sum(pair.is_apart for pair in pairs) > 200
