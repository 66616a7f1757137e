"""Whether the chosen page is the one a reader would choose, by lines graded by hand.

    python benchmarks/chosen_page.py [--grades benchmark|training] [--half even|odd] [--detail]
                                     [--by-grades]

Each pair is a CV and a real posting whose lines were graded 0 to 3. The CV of people who give
their lines alone is made of these under made-up jobs. Three figures, of `--pages 1` and of the
default number of pages:

- *value*: the sum of 2^grade - 1 over what is printed, as a share of the most that any choice of
  lines could have in the same room (exactly: by dynamic programming over heights in points);
- *strong*: of the lines graded 2.5 or more, the share that is printed;
- *weak*: of the printed lines beyond the best one of each job, the share graded under .75, as a
  mean over the pairs and of all such lines together.

With `--by-grades` a line is worth what it was graded. What is then missing in value is lost by how
lines are fitted to the page and what always stays; the rest is lost by their order.

Half of the pairs are set apart: what is chosen is mended by a look at the even ones alone.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import tailor
from tailor.matching.match import Match
from tailor.reading.posting.text import parse_posting
from tailor.selection import select
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.worth import Worth, find_worth
from training.worth import STRONG, WEAK, Pair, benchmark_pairs, training_pairs

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))


@dataclass(frozen=True)
class Chosen:
    """What a page is worth: three shares, NaN where nothing is there to be shared."""

    value: float
    strong: float
    weak: float
    weak_lines: int
    beyond: int
    pages: int
    printed: int
    seconds: float


def pairs(which: str = "benchmark") -> Iterator[Pair]:
    """Yield the graded pairs of the benchmark, or those that the ranking learns from."""
    yield from (benchmark_pairs if which == "benchmark" else training_pairs)(SHARED)


def choose(
    pair: Pair,
    *,
    by_grades: bool = False,
    **options: Any,  # noqa: ANN401
) -> tuple[TailoredCv, Chosen]:
    """Choose a page for a pair and return it with what it is worth."""

    def graded(match: Match) -> Worth:
        found = find_worth(match)
        grades = {name: _worth(grade) for name, grade in pair.grades.items()}
        return replace(found, of=dict(found.of) | grades)

    match = tailor.match(pair.cv, parse_posting(pair.posting))
    match.asks  # noqa: B018 - worked out before the clock starts
    start = time.perf_counter()
    with patch.object(select, "find_worth", graded if by_grades else find_worth):
        resume = tailor.select(match, **options)
    seconds = time.perf_counter() - start
    return resume, judge(pair, resume, seconds)


def judge(pair: Pair, resume: TailoredCv, seconds: float = 0) -> Chosen:
    """Return what a chosen page is worth to the one who graded the lines."""
    grades = pair.grades
    printed = {s.id for line in resume.chosen_lines() for s in line.kept} & grades.keys()
    strong = {name for name, grade in grades.items() if grade >= STRONG}
    beyond: list[float] = []
    for section in resume.sections:
        for lines in (section.lines, *(entry.lines for entry in section.entries)):
            marks = [grades[s.id] for line in lines for s in line.kept if s.id in grades]
            beyond += sorted(marks)[:-1]
    return Chosen(
        sum(_worth(grades[name]) for name in printed) / (_best(pair, resume) or np.nan),
        len(printed & strong) / len(strong) if strong else np.nan,
        sum(mark < WEAK for mark in beyond) / len(beyond) if beyond else np.nan,
        sum(mark < WEAK for mark in beyond),
        len(beyond),
        resume.pages,
        len(printed),
        seconds,
    )


def _worth(grade: float) -> float:
    return float(2**grade - 1)


def _best(pair: Pair, resume: TailoredCv) -> float:
    """Return the most that lines in the room of those printed could be worth to who graded."""
    room = 0.0
    heights = _heights(pair, resume)
    for line in resume.chosen_lines():
        room += sum(heights[s.id] for s in line.kept if s.id in heights)
    best = np.zeros(int(room) + 1)
    for name, grade in pair.grades.items():
        height = int(heights[name])  # rounded down: the best is never too low
        if height < len(best):
            best[height:] = np.maximum(best[height:], best[: len(best) - height] + _worth(grade))
    return float(best[-1])


def _heights(pair: Pair, resume: TailoredCv) -> dict[str, float]:
    """Return the height in points that each graded statement takes, alone."""
    from tailor.layout.page import measure
    from tailor.layout.typography import Paragraph, Style

    style = resume.design.styles[Style.BULLET]
    found = {}
    for bullet in pair.cv.bullets():
        whole = measure([Paragraph(Style.BULLET, bullet.text)], resume.design)[0].height
        for s in bullet.statements:
            if s.id in pair.grades:
                # A statement among others of its bullet has its share of the whole.
                share = (s.end - s.start) / len(bullet.text.plain)
                found[s.id] = (whole + style.after) * min(share, 1.0)
    return found


def main() -> None:
    """Choose, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grades", choices=("benchmark", "training"), default="benchmark")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--by-grades", action="store_true", help="as if scores were the grades")
    parser.add_argument("--detail", action="store_true", help="a row for each pair")
    options = parser.parse_args()
    known = list(pairs(options.grades))
    halves = {"even": known[::2], "odd": known[1::2]}
    print(
        "| half | pages | pairs | value | strong | weak | of all lines | pages used | lines | ms |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for half in (options.half,) if options.half else halves:
        for pages in (1, None):
            found = []
            for pair in halves[half]:
                _, chosen = choose(pair, pages=pages, by_grades=options.by_grades)
                found.append(chosen)
                if options.detail:
                    _print(pair.name, pages, [chosen])
            _print(half, pages, found)


def _print(name: str, pages: int | None, found: list[Chosen]) -> None:
    value, strong, weak, used, lines = (
        float(np.nanmean([getattr(chosen, field) for chosen in found] or [np.nan]))
        for field in ("value", "strong", "weak", "pages", "printed")
    )
    weak_of_all = sum(chosen.weak_lines for chosen in found) / (
        sum(chosen.beyond for chosen in found) or 1
    )
    time_taken = float(np.median([chosen.seconds for chosen in found])) * 1000
    print(
        f"| {name} | {pages or 'default'} | {len(found)} | {value:.3f} | {strong:.3f} | {weak:.3f} "
        f"| {weak_of_all:.3f} | {used:.2f} | {lines:.1f} | {time_taken:.1f} |"
    )


if __name__ == "__main__":
    main()
