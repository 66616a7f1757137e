"""The learnt evidence that a line asks for something. All lines are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.matching.line_kinds import (
    UNIT,
    LineKinds,
    evidence_beside,
    features_of,
    learnt_kinds,
    parse_kinds,
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
    assert learnt_kinds().evidence(line) < -UNIT


@pytest.mark.parametrize("line", WORK)
def test_work_with_such_words_is_work(line: str) -> None:
    """A word alone tells nothing: what stands around it decides."""
    assert learnt_kinds().evidence(line) > -2 * UNIT


def test_features() -> None:
    """Words and pairs with the ends; figures are one word; signs and length count."""
    assert features_of("Bake 40 loaves!") == {
        *("bake", "#", "loaves", "^ bake", "bake #", "# loaves", "loaves $"),
        *("<exclamation>", "<length 2>"),
    }
    assert "401 k" in features_of("A 401(k) plan")
    assert {"<money>", "<percent>"} <= features_of("£ 5 or 3%")
    assert features_of("") == {"^ $", "<length 0>"}


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


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """A whole number for whatever stands in a line, the same each time, in any capitals."""
    kinds = learnt_kinds()
    assert isinstance(kinds.evidence(text), int)
    assert kinds.evidence(text) == kinds.evidence(text)


def test_a_table() -> None:
    """The first line is what a line without known words is worth, then a feature a line."""
    kinds = parse_kinds("\t-3\nbread\t20\nrye bread\t5\n")
    assert kinds == LineKinds(-3, {"bread": 20, "rye bread": 5})
    assert kinds.evidence("Rye bread, bread") == 22
    assert kinds.evidence("") == -3


def test_what_ships() -> None:
    """A few thousand features, none without weight, in a table of less than 300 KB."""
    from tailor.matching.line_kinds import KINDS_FILE
    from tailor.values.resources import model_bytes

    assert 5000 < len(learnt_kinds().weights) <= 12_000
    assert all(learnt_kinds().weights.values())
    assert len(model_bytes(KINDS_FILE)) < 300_000
