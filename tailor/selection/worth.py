"""What each statement is worth on the page to the reader of this posting.

It is what such a reader is expected to gain by it: the mean of 2^grade - 1 of lines like it that
were graded by hand, 0 to 7. Four things tell it: its score; how near it is to what it is nearest
to; whether the lines around it speak to the posting too; and what it shows best of what is asked.
A fifth is the posting's own: what its requirements would score as lines, since where they score
high, a high score says less. A line has the gain that a logistic curve over their sum tells, less
that of one without the first four. `training/worth.py` learns it; `docs/page.md` has the figures.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.match import Match
from tailor.matching.rank import compare, learnt_ranker
from tailor.values.cv import SectionKind
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNALS = ("score", "nearest", "around", "shown", "scale")
WORTH_FILE = "ranking/worth.json"
_MOST_GAIN = 7.0  # of a line graded 3
_REQUIREMENTS, _MOST_WEIGHT = 3, 1.5
# What the highest requirements of a posting score themselves: most of those learnt from.
_LEAST_SCALE, _MOST_SCALE = 0.95, 2.1
_PLACES = 2  # of a neighbour
# What it adds to *shown* to be the best line for something that is asked for; half as much for the
# second and so on.
_SHOWS = {Importance.REQUIRED: 0.05, Importance.PREFERRED: 0.03, Importance.MENTIONED: 0.02}
_LINES_OF_AN_ASK = 3
# The line that shows one of these is direct evidence, whatever its words: by the rubric of the
# grades a 3 where it is required, and a 2 else.
_PAPERS = frozenset({AskKind.LICENCE, AskKind.DEGREE, AskKind.LANGUAGE})
_DIGITS = 6
# A line is printed where a reader is expected to gain so much by it: a little less than by one
# graded 1, the least that speaks for a person at all. A line of little gain by its words alone
# was graded half a point higher where it shows a duty asked for. By these 98 of 100 lines graded
# highest are printed (`python -m training.worth --folds 5`).
_ENOUGH, _ENOUGH_FOR_A_DUTY = 0.9, 0.5
# So many times as much where a second page is needed: it costs the reader a little too.
_ON_MORE_PAGES = 1.22


@dataclass(frozen=True, slots=True)
class Worth:
    """What statements are worth, 0 to 7, and the requirements they show; both by their ids.

    `skills` are those that are asked for and that the CV has, in the posting's words; `duties` are
    the ids of the statements that show a duty asked for.
    """

    of: Mapping[str, float]
    answers: Mapping[str, tuple[str, ...]]
    skills: frozenset[str]
    duties: frozenset[str] = frozenset()

    def is_worth_printing(self, name: str, *, one_page: bool = True) -> bool:
        """Return whether a statement is printed where there is room for it."""
        enough = _ENOUGH_FOR_A_DUTY if name in self.duties else _ENOUGH
        return self.of[name] >= enough * (1 if one_page else _ON_MORE_PAGES)


@dataclass(frozen=True)
class Gains:
    """The curve from the signals of a line to what a reader gains by it, as it was learnt."""

    coef: tuple[float, ...]
    intercept: float

    def of(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the gain by each line, at least 0; `signals` has a row for each."""
        coef = np.array(self.coef)
        nothing = 1 / (1 + np.exp(-(signals[:, -1] * coef[-1] + self.intercept)))
        share = 1 / (1 + np.exp(-(signals @ coef + self.intercept)))
        gains: NDArray[np.float64] = _MOST_GAIN * (share - nothing)
        return gains


@cache
def learnt_gains() -> Gains:
    """Return the curve that ships in `models/`."""
    table = json.loads((MODELS / WORTH_FILE).read_text(encoding="utf-8"))
    return Gains(tuple(table[name] for name in SIGNALS), table["intercept"])


def find_worth(match: Match) -> Worth:
    """Return what each statement of the CV is worth, rounded, so that all machines order alike."""
    signals, answers = signals_of(match)
    gains = dict(zip(match.texts, learnt_gains().of(signals).round(_DIGITS).tolist(), strict=True))
    for name, grade in _papers(match).items():
        gains[name] = max(gains[name], 2.0**grade - 1)
    skills = frozenset(
        ask.text for ask in match.asks if ask.kind is AskKind.SKILL and ask.status.is_had
    )
    return Worth(gains, answers, skills, _showing_duties(match))


def _showing_duties(match: Match) -> frozenset[str]:
    """Return the lines that show one of the duties asked for."""
    best = _best_statements(match)
    return frozenset(
        line
        for ask in match.asks
        if ask.kind is AskKind.DUTY and ask.status.is_had
        for name in ask.line_ids
        if (line := best.get(name, name)) in match.texts
    )


def _papers(match: Match) -> dict[str, int]:
    """Return the grade of each line that shows a licence, degree or language asked for.

    A certificate in a skill that is asked for is a clear sign of it.
    """
    best = _best_statements(match)
    certificates = {
        s.id
        for section in match.cv.sections
        if section.kind is SectionKind.CERTIFICATES
        for bullet in section.bullets
        for s in bullet.statements
    }
    grades: dict[str, int] = {}
    for ask in match.asks:
        lines = [best.get(name, name) for name in ask.line_ids] if ask.status.is_had else []
        if ask.kind in _PAPERS:
            grade = 3 if ask.importance is Importance.REQUIRED else 2
            shown = [line for line in lines[:1] if line in match.texts]
        else:
            grade = 2
            is_named = ask.kind is AskKind.SKILL and ask.is_sure
            shown = [line for line in lines if is_named and line in certificates]
        for line in shown:
            grades[line] = max(grade, grades.get(line, 0))
    return grades


def _best_statements(match: Match) -> dict[str, str]:
    """Return for each bullet the one of its statements that scores highest."""
    return {
        bullet.id: max((s.id for s in bullet.statements), key=lambda s: match.scores[s].total)
        for bullet in match.cv.bullets()
    }


def signals_of(match: Match) -> tuple[NDArray[np.float64], dict[str, tuple[str, ...]]]:
    """Return the signals of each statement, in order, and the requirements shown by their ids."""
    scores = {name: match.scores[name].total for name in match.texts}
    around = _around(match, scores)
    shown, answers = _shown(match, [ask for ask in match.asks if ask.status.is_had], scores)
    signals = np.column_stack(
        [
            list(scores.values()),
            _nearest(match)[: len(scores)],
            # A line that stands alone is among its like.
            [around.get(name, score) for name, score in scores.items()],
            [shown.get(name, 0.0) for name in scores],
            np.full(len(scores), _scale(match)),
        ]
    )
    return signals, answers


def _scale(match: Match) -> float:
    """Return the logarithm of what the posting's own words would score as lines of a CV.

    It is the mean of the requirements that score highest.
    """
    own = learnt_ranker().parts(compare(match.asked.texts, match.asked)).sum(axis=1)[1:]
    highest = float(np.sort(own)[-_REQUIREMENTS:].mean())
    return math.log(min(max(highest, _LEAST_SCALE), _MOST_SCALE))


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
    # Of a line that shows something, it is its best statement.
    best = _best_statements(match)
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
