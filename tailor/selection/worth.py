"""What each statement is worth on the page to the reader of this posting.

It is what such a reader is expected to gain by it: the mean of 2^grade - 1 of lines like it that
were graded by hand, 0 to 7. Three things of the line tell it: its score, whether the lines around
it speak to the posting too, and how many requirements it shows. Five tell what a score is worth
here: what the posting's own requirements would score as lines, since where they score high, a high
score says less; how near the CV is in meaning to the posting, as a whole and line by line; how much
the posting asks; and how much of it the CV has. A line has the gain that a logistic curve over
their sum tells, less that of one without a score. `training/worth.py` learns it; `docs/page.md` has
the figures.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.match import Match
from tailor.matching.meaning import wanted_of
from tailor.matching.rank import compare, learnt_ranker
from tailor.selection.wishes import KEPT_WHOLE, LEFT_OUT
from tailor.values.cv import SectionKind
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNALS = ("score", "around", "shown", "scale", "fit", "line fit", "asked", "had")
OF_LINES = 3  # the first of these; the others are the same for all lines of a CV
WORTH_FILE = "ranking/worth.json"
_MOST_GAIN = 7.0  # of a line graded 3
_MOST_SHOWN = 3  # requirements, that count
_PLACES = 2  # of a neighbour
_LINES_OF_AN_ASK = 3
# The line that shows one of these is direct evidence, whatever its words: by the rubric of the
# grades a 3 where it is required, and a 2 else.
_PAPERS = frozenset({AskKind.LICENCE, AskKind.DEGREE, AskKind.LANGUAGE})
# A word for one of these in a line proves little: of 22 such lines 18 were graded under .75.
_SHOWN_BY_NO_LINE = frozenset({AskKind.TRAIT, AskKind.ARRANGEMENT})
_DIGITS = 6
# A line is printed where a reader is expected to gain so much by it: less than by one graded 1, the
# least that speaks for a person at all. Where the best lines of the CV are strong, it takes so
# large a share of what they are worth on average: beside them the weakest only distract. In trades
# whose words the score knows less well, more of a share costs lines that are graded 2 and 3.
_ENOUGH, _SHARE_OF_BEST, _BEST = 0.65, 0.2, 5
# The first two take twice as much, the third two thirds more, the tenth a fifth: where few lines
# speak to a posting, a weak one is much of what is read.
_FEW = 2
# The best proof of something wanted is printed from here on, whatever else there is. Of 26 such
# lines below it 22 were graded under .75: there, one word is all that line and posting share.
_ENOUGH_OF_PROOF = 0.5


@dataclass(frozen=True, slots=True)
class Worth:
    """What statements are worth, 0 to 7, and the requirements they show; both by their ids.

    `skills` are those that are asked for and that the CV has, in the posting's words. `proofs` has,
    for each thing that is required and that statements alone show, their ids, the best one first;
    `preferred` has the same for what is preferred.
    `told` are those that tell of what the person did.
    """

    of: Mapping[str, float]
    answers: Mapping[str, tuple[str, ...]]
    skills: frozenset[str]
    proofs: tuple[tuple[str, ...], ...] = ()
    preferred: tuple[tuple[str, ...], ...] = ()
    told: frozenset[str] = frozenset()

    @property
    def enough(self) -> float:
        """What a statement is worth at least that is printed where there is room."""
        return enough([self.of[name] for name in sorted(self.told)])

    def needed(self, kept: AbstractSet[str], *, required: bool = True) -> list[str]:
        """Return the best proof of each thing that none of the `kept` lines shows.

        It is of what is `required`, or else of what is preferred too. Those that are worth most
        come first, and what one of them shows needs no other.
        """
        proofs = self.proofs if required else self.proofs + self.preferred
        best = {proof[0] for proof in proofs if self.of[proof[0]] >= _ENOUGH_OF_PROOF}
        shown, found = set(kept), []
        for name in sorted(best, key=lambda name: (-self.of[name], name)):
            if any(proof[0] == name and not shown.intersection(proof) for proof in proofs):
                found.append(name)
                shown.add(name)
        return found


def enough(gains: Sequence[float], least: float = _ENOUGH) -> float:
    """Return the least gain of a line worth printing, by those of all lines of its CV."""
    ranked = sorted(gains, reverse=True)
    best = ranked[:_BEST]
    least = max(least, _SHARE_OF_BEST * sum(best) / (len(best) or 1))
    levels = [least * (1 + _FEW / max(place, _FEW)) for place in range(1, len(ranked) + 1)]
    reached = [level for level, gain in zip(levels, ranked, strict=True) if gain >= level]
    return reached[-1] if reached else 2 * least


@dataclass(frozen=True)
class Gains:
    """The curve from the signals of a line to what a reader gains by it, as it was learnt."""

    coef: tuple[float, ...]
    intercept: float

    def of(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the gain by each line, at least 0; `signals` has a row for each."""
        coef = np.array(self.coef)
        without = signals[:, OF_LINES:] @ coef[OF_LINES:] + self.intercept
        nothing = 1 / (1 + np.exp(-without))
        share = 1 / (1 + np.exp(-(signals[:, :OF_LINES] @ coef[:OF_LINES] + without)))
        gains: NDArray[np.float64] = _MOST_GAIN * (share - nothing)
        return gains


@cache
def learnt_gains() -> Gains:
    """Return the curve that ships in `models/`."""
    table = json.loads((MODELS / WORTH_FILE).read_text(encoding="utf-8"))
    return Gains(tuple(table[name] for name in SIGNALS), table["intercept"])


def find_worth(match: Match) -> Worth:
    """Return what each statement of the CV is worth, rounded, so that all machines order alike."""
    signals = signals_of(match)
    gains = dict(zip(match.texts, learnt_gains().of(signals).round(_DIGITS).tolist(), strict=True))
    papers = _papers(match)
    for name, grade in papers.items():
        gains[name] = max(gains[name], 2.0**grade - 1)
    skills = frozenset(
        ask.text for ask in match.asks if ask.kind is AskKind.SKILL and ask.status.is_had
    )
    told = frozenset(_told(match)) - papers.keys()
    return Worth(
        gains,
        _answers(match),
        skills,
        _proofs(match, Importance.REQUIRED),
        _proofs(match, Importance.PREFERRED),
        told,
    )


def _told(match: Match) -> Iterator[str]:
    """Yield the statements that are no short facts.

    A list of skills says so much at once that beside it every line would be a weak one.
    """
    for section in match.cv.sections:
        if section.kind not in KEPT_WHOLE | LEFT_OUT:
            for bullets in (section.bullets, *(entry.bullets for entry in section.entries)):
                yield from (s.id for bullet in bullets for s in bullet.statements)


def _papers(match: Match) -> dict[str, int]:
    """Return the grade of each line that shows a licence, degree or language asked for.

    A certificate in a skill that is asked for is a clear sign of it.
    """
    certificates = {
        s.id
        for section in match.cv.sections
        if section.kind is SectionKind.CERTIFICATES
        for bullet in section.bullets
        for s in bullet.statements
    }
    grades: dict[str, int] = {}
    for ask, lines in _shown(match):
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


def _proofs(match: Match, importance: Importance) -> tuple[tuple[str, ...], ...]:
    """Return the statements that show each thing of this importance, the best first.

    Of alternatives they show any. What a title or degree shows is on the page anyway.
    """
    found: defaultdict[object, list[str]] = defaultdict(list)
    for number, (ask, lines) in enumerate(_shown(match)):
        is_wanted = ask.importance is importance and ask.is_sure
        if is_wanted and ask.kind not in _SHOWN_BY_NO_LINE:
            found[ask.group or number] += lines
    return tuple(
        tuple(dict.fromkeys(lines))
        for lines in found.values()
        if lines and all(line in match.texts for line in lines)
    )


def _shown(match: Match) -> Iterator[tuple[Ask, list[str]]]:
    """Yield each ask that the CV has with the lines that show it, of a bullet its best statement.

    Lines that are no statements are titles and the like.
    """
    best = {
        bullet.id: max((s.id for s in bullet.statements), key=lambda s: match.scores[s].total)
        for bullet in match.cv.bullets()
    }
    for ask in match.asks:
        if ask.status.is_had:
            yield ask, [best.get(name, name) for name in ask.line_ids]


def signals_of(match: Match) -> NDArray[np.float64]:
    """Return the signals of each statement, a row for each, in order."""
    scores = {name: match.scores[name].total for name in match.texts}
    around, answers = _around(match, scores), _answers(match)
    of_all = [
        _scale(match),
        *_fits(match),
        math.log(len(match.requirements)),
        math.log(1 + sum(ask.status.is_had for ask in match.asks)),
    ]
    rows = [
        # A line that stands alone is among its like.
        [score, around.get(name, score), min(len(answers.get(name, ())), _MOST_SHOWN), *of_all]
        for name, score in scores.items()
    ]
    return np.array(rows, dtype=float).reshape(-1, len(SIGNALS))


def _scale(match: Match) -> float:
    """Return what the posting's own requirements would score as lines of a CV: their mean."""
    own = learnt_ranker().parts(compare(match.asked.texts, match.asked)).sum(axis=1)[1:]
    return float(own.mean())


def _fits(match: Match) -> tuple[float, float]:
    """Return how near the lines are in meaning to all requirements together: at most 1.

    First all of them as one text, then the mean of each.
    """
    wanted = wanted_of(match.asked.texts.meanings, match.asked.weights)
    lines = match.lines.meanings.vectors
    near = float(lines.sum(axis=0) @ wanted)
    return near / (float(np.linalg.norm(lines.sum(axis=0))) or 1.0), near / (len(lines) or 1)


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


def _answers(match: Match) -> dict[str, tuple[str, ...]]:
    """Return the ids of the requirements that each statement shows best or nearly so."""
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for ask, lines in _shown(match):
        for line in [line for line in lines if line in match.texts][:_LINES_OF_AN_ASK]:
            answers[line].append(ask.requirement)
    return {line: tuple(dict.fromkeys(found)) for line, found in answers.items()}
