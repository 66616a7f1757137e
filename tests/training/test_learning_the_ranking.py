"""Learning the weights of the ranking: what tells is worth more, nothing is worth less than 0."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tailor.matching.weights import learnt_weights, parse_weights
from tailor.nlp.thesaurus import learnt_thesaurus
from training.ranking import (
    GRADES_FILE,
    SIGNALS,
    Query,
    format_weights,
    learn_weights,
    make_query,
)

TOPICS = 4


def queries(telling: int, misleading: int) -> list[Query]:
    """Make queries in which one topic tells the grade, and another the contrary."""
    chance = np.random.default_rng(1)
    found = []
    for _ in range(12):
        signals = chance.random((20, len(SIGNALS) + TOPICS)) * 0.1
        grades = chance.integers(0, 4, 20).astype(float)
        signals[:, len(SIGNALS) + telling] = grades / 10
        signals[:, len(SIGNALS) + misleading] = (3 - grades) / 10
        found.append(Query("cv", signals, grades))
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
    count = len(learnt_thesaurus().topics)
    weights = np.arange(len(SIGNALS) + count) / 10
    read = parse_weights(format_weights(weights))
    assert read.topics == pytest.approx(tuple(weights[len(SIGNALS) :] / 10), abs=1e-4)
    assert read.title == pytest.approx(0.03)
    table = json.loads(format_weights(weights))
    del table["topics"][learnt_thesaurus().topics[5].name]
    assert parse_weights(json.dumps(table)).topics[5] == 0


def test_what_ships_can_be_read() -> None:
    """The shipped weights are of the shipped thesaurus; none is below 0."""
    weights = learnt_weights()
    assert len(weights.topics) == len(learnt_thesaurus().topics)
    signals = (weights.requirements, weights.posting, weights.nearest, weights.title)
    assert min(*signals, *weights.topics) >= 0
    assert sum(weights.topics) > 0


def test_signals_are_those_of_the_ranking() -> None:
    """A query's row holds what `Asked.signals` finds: nothing where nothing is shared."""
    posting = "Baker\n\nWhat you'll do\n- Bake rye bread in stone ovens\n- Heat the ovens\n"
    query = make_query("cv", posting, ["Baked rye bread", "Zzyzx"], [3, 0])
    assert query.signals.shape == (2, len(SIGNALS) + len(learnt_thesaurus().topics))
    assert query.signals[0].sum() > query.signals[1].sum() == 0


def test_grades_are_figures() -> None:
    """The file of grades holds ids and grades from 0 to 3, and no text of anybody."""
    for pair in json.loads(GRADES_FILE.read_text(encoding="utf-8")):
        assert set(pair) == {"cv", "posting", "grades"}
        assert all(0 <= grade <= 3 for grade in pair["grades"])
        assert all(len(pair[name].split()) == 1 for name in ("cv", "posting"))
