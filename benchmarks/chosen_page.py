"""Whether the chosen page is the one a reader would choose, by lines graded by hand.

    python benchmarks/chosen_page.py [--grades benchmark|training] [--half even|odd] [--detail]

Each pair is a CV and a real posting whose lines were graded 0 to 3. The CV of people who give
their lines alone is made of these under made-up jobs. Three figures, of `--pages 1` and of the
default number of pages:

- *value*: the sum of 2^grade - 1 over what is printed, as a share of the most that any choice of
  lines could have in the same room (exactly: by dynamic programming over heights in points);
- *strong*: of the lines graded 2.5 or more, the share that is printed;
- *weak*: of the printed lines beyond the best one of each job, the share graded under .75, as a
  mean over the pairs and of all such lines together.

Half of the pairs are set apart: what is chosen is mended by a look at the even ones alone.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import tailor
from tailor.reading.posting.text import parse_posting
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import Cv
from training.records import read_records

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
TRAINING = Path(__file__).parents[1] / "training/grades.json"
MASTER = SHARED / "cvs/master_cv.md"
_LINES_OF_A_JOB = 6
_MOST_LINES = 40
STRONG, WEAK = 2.5, 0.75


@dataclass(frozen=True)
class Pair:
    """A CV against a posting: `grades` has the grade of each statement by its id."""

    name: str
    cv: Cv
    posting: str
    grades: Mapping[str, float]


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
    graded = json.loads((SHARED / "bench/graded.json").read_text(encoding="utf-8"))
    master = next([c["text"] for c in q["candidates"]] for q in graded if q["cv"] == "seed")
    if which == "benchmark":
        for query in graded:
            lines = [candidate["text"] for candidate in query["candidates"]]
            marks = [query["grades"][candidate["id"]] for candidate in query["candidates"]]
            yield _pair(query["query"], query["cv"], query["posting"], lines, marks)
        return
    texts = {p["id"]: p["text"] for p in read_records(SHARED / "postings/postings.jsonl.gz")}
    resumes = {r["id"]: r["bullets"] for r in read_records(SHARED / "resumes/resumes.jsonl.gz")}
    for number, pair in enumerate(json.loads(TRAINING.read_text(encoding="utf-8"))):
        own = pair["cv"] == "master"
        lines = master if own else resumes[pair["cv"]][:_MOST_LINES]
        name = "seed" if own else pair["cv"]
        yield _pair(f"t{number:03}", name, texts[pair["posting"]], lines, pair["grades"])


def _pair(name: str, cv: str, posting: str, lines: list[str], marks: list[float]) -> Pair:
    read = tailor.read_cv(MASTER) if cv == "seed" else _made(lines)
    grades: dict[str, float] = {}
    waiting = list(zip((" ".join(line.split()) for line in lines), marks, strict=True))
    for bullet in read.bullets():
        for statement in bullet.statements:
            words = bullet.statement_text(statement)
            # A line that was graded whole may be several statements.
            found = next((mark for line, mark in waiting if words in line), None)
            if found is not None:
                grades[statement.id] = found
    return Pair(name, read, posting, grades)


def _made(lines: list[str]) -> Cv:
    """Return a CV of these lines: made-up jobs, newest first."""
    text = ["# Robin Example", "", "robin@example.org | Leeds, UK", "", "## Experience"]
    for start in range(0, len(lines), _LINES_OF_A_JOB):
        year = 2024 - start // 2
        text += ["", f"### Employee, Employer {start // _LINES_OF_A_JOB + 1} Ltd, Leeds"]
        text += [f"Jan {year - 2} – Dec {year}"]
        text += [f"- {' '.join(line.split())}" for line in lines[start : start + _LINES_OF_A_JOB]]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cv.md"
        source.write_text("\n".join(text) + "\n", encoding="utf-8")
        return tailor.read_cv(source)


def choose(pair: Pair, **options: Any) -> tuple[TailoredCv, Chosen]:  # noqa: ANN401
    """Choose a page for a pair and return it with what it is worth."""
    match = tailor.match(pair.cv, parse_posting(pair.posting))
    match.asks  # noqa: B018 - worked out before the clock starts
    start = time.perf_counter()
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
                _, chosen = choose(pair, pages=pages)
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
