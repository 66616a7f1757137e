"""How much of a posting is answered: counted, bounded, and higher where more is answered."""

from __future__ import annotations

from hypothesis import given, settings
from strategies import matches

from tailor.matching.answered import answer, count_answered
from tailor.matching.match import Match, match
from tailor.matching.requirements import Kind
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
    """Every requirement counts once, as required or preferred; no share is above 1."""
    told = count_answered(found)
    preferred = sum(r.kind is Kind.PREFERRED for r in found.requirements)
    assert told.preferred_of == preferred
    assert told.required_of == len(found.requirements) - preferred
    assert 0 <= told.required <= told.required_of
    assert 0 <= told.preferred <= told.preferred_of
    assert 0 <= told.fit <= 1
    proved = {e.requirement for score in found.scores.values() for e in score.evidence}
    assert told.required + told.preferred == len(proved)
    for score in found.scores.values():
        assert all(0 < answer(evidence, score) <= 1 for evidence in score.evidence)


def test_the_job_one_does_fits_better() -> None:
    """More answers, by lines that say more, fit better; no answer fits not at all."""
    cv = read_master_form(CV)
    fits = [
        count_answered(match(cv, parse_posting(f"Engineer wanted\n\nWhat you'll do\n{text}"))).fit
        for text in (
            "- Run Kubernetes clusters\n- Write tools in Python\n- Drill restores",
            "- Run Kubernetes clusters\n- Bake bread\n- Sell cakes to schools",
            "- Knead dough\n- Bake bread\n- Sell cakes to schools",
        )
    ]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] > fits[1] > fits[2] == 0
