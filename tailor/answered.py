"""How much of what a posting asks for a CV answers, counted."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from tailor.matching import Match
from tailor.requirements import Kind

# Evidence as strong as this answers a requirement in full.
FULL_ANSWER = 0.3
# As if so many requirements more were asked for and not answered, so that a posting which asks
# for one thing alone does not stand above those that ask for twelve and get eleven.
_PRIOR = 3.0


@dataclass(frozen=True, slots=True)
class Answered:
    """How many requirements have evidence in the CV, of how many.

    `required` counts all but the preferred ones: duties and the title too. `fit`, 0 to 1, is
    the share of the weight that is answered, each answer by its strength: what applications are
    ordered by.
    """

    required: int
    required_of: int
    preferred: int
    preferred_of: int
    fit: float


def count_answered(match: Match) -> Answered:
    """Return how much of what is asked for has evidence in the CV of `match`."""
    strongest: defaultdict[str, float] = defaultdict(float)
    for score in match.scores.values():
        for evidence in score.evidence:
            known = strongest[evidence.requirement]
            strongest[evidence.requirement] = max(known, evidence.strength)
    preferred = [r for r in match.requirements if r.kind is Kind.PREFERRED]
    required = [r for r in match.requirements if r.kind is not Kind.PREFERRED]
    worth = math.fsum(
        r.weight * min(1.0, strongest[r.id] / FULL_ANSWER)
        for r in match.requirements
        if r.id in strongest
    )
    asked = math.fsum(r.weight for r in match.requirements)
    return Answered(
        sum(r.id in strongest for r in required),
        len(required),
        sum(r.id in strongest for r in preferred),
        len(preferred),
        worth / (asked + _PRIOR),
    )
