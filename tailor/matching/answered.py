"""How much of what a posting asks for a CV answers, counted."""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import nlargest

from tailor.matching.evidence import Evidence
from tailor.matching.match import Match, Score
from tailor.matching.requirements import Kind
from tailor.values.posting import Answered

# Evidence as strong as this answers a requirement in full.
_FULL_ANSWER = 0.3
# From this score on a line speaks for the person even if it answers no single requirement.
# Of the graded pairs' lines 88 % of grade 3 reach it, 64 % of grade 2 and 6 % of grade 0.
RELEVANT_FROM = 0.32
# As if so many requirements more were asked for and not answered, so that a posting which asks
# for one thing alone does not stand above those that ask for twelve and get eleven.
_PRIOR = 3.0
# The lines that a reader of one page sees first tell whose job it is: two postings may have as
# large a share answered, one by everyday words, the other by what the person does.
_BEST_LINES = 10


def in_words(found: Answered) -> str:
    """Return ``11 of 14 required, 3 of 6 preferred``; the second only where any is preferred."""
    words = f"{found.required} of {found.required_of} required"
    if found.preferred_of:
        words += f", {found.preferred} of {found.preferred_of} preferred"
    return words


def answer(evidence: Evidence, score: Score) -> float:
    """Return how surely a line of this score answers by this evidence, 0 to 1.

    A word shared by a line that else says little to the posting answers little. The head of an
    entry has no score: there the words alone tell.
    """
    full = min(1.0, evidence.strength / _FULL_ANSWER)
    return min(full, score.total / RELEVANT_FROM) if score.total else full


def count_answered(match: Match) -> Answered:
    """Return how much of what is asked for has evidence in the CV of `match`."""
    strongest: defaultdict[str, float] = defaultdict(float)
    for score in match.scores.values():
        for evidence in score.evidence:
            known = strongest[evidence.requirement]
            strongest[evidence.requirement] = max(known, answer(evidence, score))
    preferred = [r for r in match.requirements if r.kind is Kind.PREFERRED]
    required = [r for r in match.requirements if r.kind is not Kind.PREFERRED]
    worth = math.fsum(r.weight * strongest[r.id] for r in match.requirements if r.id in strongest)
    asked = math.fsum(r.weight for r in match.requirements)
    scores = (match.scores[text_id].total for text_id in match.texts)
    best = math.fsum(min(1.0, score) for score in nlargest(_BEST_LINES, scores)) / _BEST_LINES
    return Answered(
        sum(r.id in strongest for r in required),
        len(required),
        sum(r.id in strongest for r in preferred),
        len(preferred),
        worth / (asked + _PRIOR) * best,
    )
