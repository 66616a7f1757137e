"""How much of a posting is answered: counted, bounded, and higher where more is answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import matches

from tailor.matching.answered import Met, answers_of_lines, count_answered, how_met, wanted_by
from tailor.matching.match import Match, match
from tailor.reading.master.form import read_master_form
from tailor.reading.posting.text import parse_posting

CV = """\
<!-- tailor: master CV, form 1 -->
# Ada Example

## Experience

### Engineer | Larkhollow Tickets
Mar 2021 – Present

- Ran Kubernetes clusters in three regions.
- Wrote restore drills in Python.
"""


@settings(max_examples=50)
@given(matches())
def test_counts_and_bounds(found: Match) -> None:
    """What is counted are the requirements that a CV can prove, each once; no share is above 1."""
    told = count_answered(found)
    met = [how_met(wanted) for wanted in wanted_by(found).values()]
    assert told.required + told.preferred + told.duties == met.count(Met.MET)
    assert told.required_of + told.preferred_of + told.duties_of == len(met) - met.count(
        Met.NOT_CHECKABLE
    )
    assert 0 <= told.required + told.partly <= told.required_of
    assert 0 <= told.preferred <= told.preferred_of
    assert 0 <= told.fit <= 1
    for answers in answers_of_lines(found).values():
        assert all(0 < answer.weight <= 1 for answer in answers)


def test_the_job_one_does_fits_better() -> None:
    """More answers fit better; no answer fits not at all."""
    cv = read_master_form(CV)
    fits = [
        count_answered(match(cv, parse_posting(f"Engineer wanted\n\nRequirements\n{text}"))).fit
        for text in (
            "- Kubernetes\n- Python\n- Restore drills",
            "- Kubernetes\n- Bread\n- Cakes",
            "- Dough\n- Bread\n- Cakes",
        )
    ]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] > fits[1] > fits[2] == 0


@pytest.mark.parametrize(
    ("line", "met"),
    [
        ("- Kubernetes and Python", Met.MET),
        ("- Kubernetes and bookkeeping", Met.PARTLY),
        ("- Go, Rust or Python", Met.MET),
        ("- Falconry or bookkeeping", Met.ABSENT),
        ("- A good sense of humour", Met.NOT_CHECKABLE),
    ],
)
def test_met_when_all_is_had_or_one_of_what_will_do(line: str, met: Met) -> None:
    """All of a list, one of alternatives; what no CV can prove is no gap."""
    found = match(read_master_form(CV), parse_posting(f"Engineer\n\nRequirements\n{line}"))
    *_, wanted = wanted_by(found).values()
    assert how_met(wanted) is met
    assert any(one.is_gap for one in wanted) == (met in {Met.PARTLY, Met.ABSENT})
