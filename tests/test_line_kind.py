"""The learnt evidence that a line asks for something. All lines are invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from tailor.matching.line_kind import (
    UNIT,
    LineClassifier,
    evidence_beside,
    features_of,
    learnt_classifier,
    make_vectorizer,
    parse_classifier,
)

OTHER_TALK = [
    "Company-paid long-term disability cover",
    "16 weeks of paid leave for new parents",
    "Referral bonuses",
    "Unlimited holidays",
    "In working out your pay, we'll consider where you live",
    "Orrin is on a mission to bring bread to everyone on earth",
    "This is a fully remote position and we accept candidates from Wales only",
    "We care about your well-being and your growth",
]
# Work that uses the words of pay, benefits, law and places.
WORK = [
    "Experience with remote sensing and satellite images",
    "Knowledge of benefits administration and payroll",
    "Assess insurance claims within two days",
    "Find race conditions in concurrent code",
    "Run the pension scheme of 900 employees",
    "Handle visa and immigration cases for new starters",
    "Experience in hybrid cloud environments",
    "Design compensation models for the sales teams",
    "Build search for a remote-first product",
    "SQL",
    "Fluent German",
]


@pytest.mark.parametrize("line", OTHER_TALK)
def test_other_talk_has_evidence_against_it(line: str) -> None:
    """Benefits, pay, law, procedure, arrangements and company talk are far below 0."""
    assert learnt_classifier().evidence([line])[0] < -UNIT


@pytest.mark.parametrize("line", WORK)
def test_work_with_such_words_is_work(line: str) -> None:
    """A word alone tells nothing: what stands around it decides."""
    assert learnt_classifier().evidence([line])[0] > -2 * UNIT


def test_features() -> None:
    """Words and pairs with the ends; figures are one word; signs and length count."""
    assert set(features_of("Bake 40 loaves!")) == {
        *("bake", "#", "loaves", "^ bake", "bake #", "# loaves", "loaves $"),
        *("<exclamation>", "<length 2>"),
    }
    assert "401 k" in features_of("A 401(k) plan")
    assert {"<money>", "<percent>"} <= set(features_of("£ 5 or 3%"))
    assert features_of("") == ["^ $", "<length 0>"]


def test_neighbours_count_half() -> None:
    """A line of a list is worth itself and half the mean of its neighbours."""
    assert evidence_beside(-100, [40, -100]) == -115
    assert evidence_beside(40, [-100, -100]) == -10
    assert evidence_beside(7, []) == 7


@given(st.integers(-2000, 2000), st.lists(st.integers(-2000, 2000), max_size=6))
def test_neighbours_never_turn_what_all_agree_on(own: int, near: list[int]) -> None:
    """Where a line and all its neighbours are below 0, it stays so; above 0 likewise."""
    if all(value < 0 for value in [own, *near]):
        assert evidence_beside(own, near) < 0
    if all(value >= 0 for value in [own, *near]):
        assert evidence_beside(own, near) >= own


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_lines(lines: list[str]) -> None:
    """A whole number for whatever stands in a line, whatever stands in the others."""
    classifier = learnt_classifier()
    found = classifier.evidence(lines)
    assert all(isinstance(value, int) for value in found)
    assert found == [value for line in lines for value in classifier.evidence([line])]


def test_a_model() -> None:
    """The intercept is what a line without known words is worth, then a weight for each feature."""
    classifier = parse_classifier(
        '{"intercept": -3, "coefficients": {"bread": 20, "rye bread": 5}}'
    )
    assert classifier == LineClassifier(-3, {"bread": 20, "rye bread": 5})
    assert classifier.evidence(["Rye bread, bread", ""]) == [22, -3]


def test_equal_to_scikit_learn() -> None:
    """The evidence is the decision function of an estimator with these coefficients."""
    classifier = learnt_classifier()
    model = LogisticRegression()
    model.classes_ = np.array([False, True])
    model.coef_ = np.array([list(classifier.coefficients.values())])
    model.intercept_ = np.array([classifier.intercept])
    lines = [*OTHER_TALK, *WORK]
    matrix = make_vectorizer(list(classifier.coefficients)).transform(lines)
    assert classifier.evidence(lines) == model.decision_function(matrix).tolist()


def test_what_ships() -> None:
    """A few thousand features, none without weight."""
    assert 5000 < len(learnt_classifier().coefficients) <= 12_000
    assert all(learnt_classifier().coefficients.values())
