"""What each statement is worth on the page to the reader of this posting.

It is worth its score, which is learnt: on lines graded by hand the mean of 2^grade - 1 rises with
it in nearly a straight line. Three things beside, each weighed on the same graded lines
(`docs/page.md`), tell lines apart that score alike: how near a line is to what it is nearest to,
whether the lines around it speak to the posting too, and what it shows best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.match import Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What the likeness of a line to the three requirements it is nearest to counts beside its score,
# and what the mean score of its neighbours counts: as each divides the graded lines best.
_NEAREST, _NEIGHBOURS = 0.3, 0.15
_REQUIREMENTS, _MOST_WEIGHT = 3, 1.5
_PLACES = 2  # of a neighbour
# What it adds to be the best line for something that is asked for; half as much for the second
# and so on. Graded lines that show something required best are worth about as much more than
# others of their score.
_SHOWS = {Importance.REQUIRED: 0.05, Importance.PREFERRED: 0.03, Importance.MENTIONED: 0.02}
_LINES_OF_AN_ASK = 3
_DIGITS = 6
# What a statement must be worth to be printed: a share of the mean of the best five, since beside
# strong lines weak ones are not read, but no less than the first and no more than the second of
# these, or than the third if it shows something that is asked for. Chosen on graded lines so that
# of those graded highest all but two in a hundred are printed.
_SHARE, _BEST = 0.4, 5
_LEAST, _MOST, _ENOUGH_TO_SHOW = 0.26, 0.34, 0.3


@dataclass(frozen=True, slots=True)
class Worth:
    """What statements are worth, at least 0, and the requirements they show; both by their ids.

    `skills` are those that are asked for and that the CV has, in the posting's words. What is
    worth less than `enough` is not printed, however much room there is.
    """

    of: Mapping[str, float]
    answers: Mapping[str, tuple[str, ...]]
    skills: frozenset[str]
    enough: float

    def is_worth_printing(self, name: str) -> bool:
        """Return whether a statement is printed where there is room for it."""
        enough = min(self.enough, _ENOUGH_TO_SHOW) if name in self.answers else self.enough
        return self.of[name] >= enough


def find_worth(match: Match) -> Worth:
    """Return what each statement of the CV is worth, rounded, so that all machines order alike."""
    scores = {name: match.scores[name].total for name in match.texts}
    nearest = dict(zip(scores, _nearest(match).tolist(), strict=False))
    around = _around(match, scores)
    asks = [ask for ask in match.asks if ask.status.is_had]
    shown, answers = _shown(match, asks, scores)
    worth = {
        name: score
        + _NEAREST * nearest[name]
        + _NEIGHBOURS * around.get(name, 0.0)
        + shown.get(name, 0.0)
        for name, score in scores.items()
    }
    skills = frozenset(ask.text for ask in asks if ask.kind is AskKind.SKILL)
    worth = {name: round(each, _DIGITS) for name, each in worth.items()}
    # Of what was done: a list of skills stands there anyway.
    done = {s.id for entry in match.cv.entries for b in entry.bullets for s in b.statements}
    best = nlargest(_BEST, (worth[name] for name in done))
    enough = min(max(_LEAST, _SHARE * fmean(best)), _MOST) if best else _LEAST
    return Worth(worth, answers, skills, enough)


def _nearest(match: Match) -> NDArray[np.float64]:
    """Return for each line the sum of its likeness to the requirements it is nearest to.

    Likeness is the cosine of the weighted words, times the weight of the requirement.
    """
    likeness = match.likeness * np.minimum(match.asked.weights[1:], _MOST_WEIGHT)
    nearest: NDArray[np.float64] = np.sort(likeness, axis=1)[:, -_REQUIREMENTS:].sum(axis=1)
    return nearest


def _around(match: Match, scores: Mapping[str, float]) -> dict[str, float]:
    """Return the mean score of the lines beside each in its entry, none where it stands alone."""
    around = {}
    for entry in match.cv.entries:
        ids = [statement.id for bullet in entry.bullets for statement in bullet.statements]
        for place, name in enumerate(ids):
            beside = ids[max(place - _PLACES, 0) : place] + ids[place + 1 : place + 1 + _PLACES]
            if beside:
                around[name] = sum(scores[other] for other in beside) / len(beside)
    return around


def _shown(
    match: Match, asks: Sequence[Ask], scores: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """Return what it adds to show something that is asked for, and the requirements shown."""
    # Of a loose line that shows something, it is its best statement.
    best = {
        bullet.id: max((s.id for s in bullet.statements), key=scores.__getitem__)
        for section in match.cv.sections
        for bullet in section.bullets
    }
    adds: defaultdict[str, float] = defaultdict(float)
    answers: defaultdict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for ask in asks:
        key = ask.kind, ask.text.casefold()
        lines = [line for name in ask.line_ids if (line := best.get(name, name)) in scores]
        for line in lines[:_LINES_OF_AN_ASK]:
            answers[line].append(ask.requirement)
        if key in seen:  # asked for twice, it is shown by the same line
            continue
        seen.add(key)
        for place, line in enumerate(lines[:_LINES_OF_AN_ASK]):
            adds[line] += _SHOWS[ask.importance] / 2**place
    return adds, {line: tuple(dict.fromkeys(found)) for line, found in answers.items()}
