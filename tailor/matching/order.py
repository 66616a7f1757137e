"""Which of the lines that prove an ask a recruiter would show first: the one for the whole line.

"Design the networks that power our cloud" is not answered best by whoever names a cloud. Each line
is judged beside the whole line of the posting, and by what it is: a bullet, or a list; what it is
worth to the posting; how new it is. A linear model, learnt by `training/judge.py` from the lines
that were named first for real pairs, makes one figure of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from math import log1p
from typing import TYPE_CHECKING

from tailor.matching.ask import Ask, AskKind
from tailor.matching.book import Book, CvLine, LineKind, Verdict
from tailor.matching.judge import FEATURES, features, learnt_file, likely
from tailor.matching.standing import beside
from tailor.matching.words import TEXTS_KEPT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    _Place = tuple[int, float, int]

BY_FIT = frozenset({AskKind.SKILL, AskKind.DUTY})
OF_WHOLE = ("same", "near", "worst", "same·rarest", "near·worst", "meaning")
ORDER = (*OF_WHOLE, "shows whole", "shows ask", "asks", "worth", "older", "length")
_ROWS = [FEATURES.index(name) for name in OF_WHOLE]
_LABEL = re.compile(r"[A-Z][\w &/-]{2,30}: ")
_A_LIST, _FEW_WORDS = 3, 3  # items, and words in each
_OLDEST, _MOST_WORTH = 6, 2.0
_MOST_SHOWN = 3  # asks of the same line of a posting that count


def in_order(
    asks: Sequence[Ask], verdicts: Sequence[Verdict], texts: Mapping[str, str], book: Book
) -> list[tuple[Ask, Verdict]]:
    """Return asks and verdicts, with lines in order of how they fit the whole line of the posting.

    Of the asks of one line the best shown is the first, so that its line answers the whole best.
    Where one line of the CV shows all there is nothing to order, so most lines are not looked at.
    """
    pairs = list(zip(asks, verdicts, strict=True))
    first_lines: dict[str, set[int]] = {}
    shown: Counter[tuple[str, int]] = Counter()
    for ask, found in pairs:
        if found.status.is_had and found.lines and ask.requirement in texts:
            shown.update((ask.requirement, line.number) for line in found.lines)
            first_lines.setdefault(ask.requirement, set()).add(found.lines[0].number)
    several = [ask.requirement for ask, found in pairs if _has_order(ask, found, texts)]
    several += [requirement for requirement, own in first_lines.items() if len(own) > 1]
    whole = list(dict.fromkeys(several))
    if not whole:
        return pairs
    wanted = frozenset(whole)
    of_asks = [ask.text for ask, _ in pairs if ask.requirement in wanted]
    wanted = frozenset(whole)
    of_asks = list(dict.fromkeys(ask.text for ask, _ in pairs if ask.requirement in wanted))
    figures = features([*(texts[one] for one in whole), *of_asks], book.said)
    shows = likely(figures, "shows")
    rows = {one: row for row, one in enumerate(whole)}
    rows_of_asks = {one: row for row, one in enumerate(of_asks, start=len(whole))}

    def worth(ask: Ask, line: CvLine) -> float:
        row, own = rows[ask.requirement], rows_of_asks[ask.text]
        of_line = signs(
            line, figures[:, row, line.number], shows[[row, own], line.number],
            shown[ask.requirement, line.number], book,
        )  # fmt: skip
        return sum(weight * one for weight, one in zip(_weights(), of_line, strict=True))

    def place_of(ask: Ask, line: CvLine) -> tuple[int, float, int]:
        return _kind(line), -worth(ask, line), line.number

    ordered = [
        (ask, _sorted(ask, found, place_of)) if _has_order(ask, found, texts) else (ask, found)
        for ask, found in pairs
    ]
    places = {name: place for place, name in enumerate(dict.fromkeys(a.requirement for a in asks))}

    def order(number: int) -> tuple[int, bool, tuple[float, ...], int]:
        ask, found = ordered[number]
        place = places[ask.requirement]
        if ask.requirement not in rows or not (found.status.is_had and found.lines):
            return place, ask.requirement in rows, (), number
        return place, False, (not ask.is_sure, *place_of(ask, found.lines[0])), number

    return [ordered[number] for number in sorted(range(len(asks)), key=order)]


def _has_order(ask: Ask, found: Verdict, texts: Mapping[str, str]) -> bool:
    return len(found.lines) > 1 and ask.kind in BY_FIT and ask.requirement in texts


def _sorted(ask: Ask, found: Verdict, place_of: Callable[[Ask, CvLine], _Place]) -> Verdict:
    return Verdict(found.status, tuple(sorted(found.lines, key=lambda line: place_of(ask, line))))


def _kind(line: CvLine) -> LineKind:
    """Return what kind a line is; a bullet about what is beside the work is no better than a title.

    What shows a thing in use stands before a list of skills, and that before a title.
    """
    if line.kind is not LineKind.BULLET:
        return line.kind
    if beside(line.text):
        return LineKind.TITLE
    return LineKind.SKILLS if _only_lists(line.text) else line.kind


@lru_cache(maxsize=TEXTS_KEPT)
def _only_lists(text: str) -> bool:
    """Return whether a bullet is a list of names: "Stack: Go, Kafka, Terraform"."""
    listed = _LABEL.sub("", text).split(",")
    return len(listed) >= _A_LIST and all(len(one.split()) <= _FEW_WORDS for one in listed)


def signs(line: CvLine, figures: Floats, shows: Floats, shown: int, book: Book) -> list[float]:
    """Return what `ORDER` says of a line.

    `figures` are the judge's features of the whole line of the posting with it, `shows` how likely
    it is to show that whole line and the ask, and `shown` how many asks of the same line it proves.
    """
    return [
        *figures[_ROWS].tolist(),
        *shows.tolist(),
        min(shown, _MOST_SHOWN),
        min(book.worth[line.number], _MOST_WORTH),
        min(line.entry, _OLDEST),
        log1p(len(line.text.split())),
    ]


@cache
def _weights() -> tuple[float, ...]:
    learnt = learnt_file()["order"]
    return tuple(learnt[name] for name in ORDER)
