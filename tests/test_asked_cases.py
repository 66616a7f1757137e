"""What 880 invented people have of what a posting asks of each, and how often that is right.

The files in tests/cases say what a careful recruiter would say. A changed answer is seen in
tests/golden/answers/asked_*.txt; renew these as tests/test_golden.py says, and read the difference.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from asking import asks_in
from test_golden import compare

from tailor.matching.ask import Ask, Status
from tailor.reading.files import Content
from tailor.reading.reader import cv_of

FOLDER = Path(__file__).parent / "cases"
FILES = tuple(f"asked_{letter}" for letter in "abcdefghijklmnopq")
HEADINGS = {"required": "Requirements", "preferred": "Nice to have", "duties": "Responsibilities"}
# The share of what is asked that is rightly told as there or not, measured; the first file was
# made to share no words.
RIGHT = {
    "asked_a": 0.64, "asked_b": 0.97, "asked_c": 0.91, "asked_d": 0.91, "asked_e": 0.9,
    "asked_f": 0.89, "asked_g": 0.93, "asked_h": 0.93, "asked_i": 0.87, "asked_j": 0.97,
    "asked_k": 0.88, "asked_l": 0.89, "asked_m": 0.93, "asked_n": 0.88, "asked_o": 0.91,
    "asked_p": 0.92, "asked_q": 0.84,
}  # fmt: skip


@dataclass
class Case:
    """One person as JSON Resume, the lines of a posting, and what may be said of each ask."""

    name: str
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    cv: dict[str, Any] = field(default_factory=dict)
    right: dict[str, set[str]] = field(default_factory=dict)


def cases_in(name: str) -> Iterator[Case]:
    """Read a file of cases."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for block in text.split("\n@ ")[1:]:
        first, *rows = block.strip().splitlines()
        case = Case(first)
        basics = {"name": "Robin Testperson", "email": "robin@example.org", "summary": ""}
        case.cv = {"basics": basics, "work": [], "education": []}
        for row in rows:
            _read_row(row, case)
        yield case


def _read_row(row: str, case: Case) -> None:
    kind, _, text = row.partition(" ")
    kind, parts = kind.rstrip(":"), [part.strip() for part in text.split("|")]
    if kind in HEADINGS:
        case.heading = HEADINGS[kind]
        case.lines.append(text)
    elif kind == "summary":
        case.cv["basics"]["summary"] = text
    elif kind == "position":
        job = {"position": parts[0], "name": parts[1], "startDate": parts[2], "highlights": []}
        case.cv["work"].append(job | ({} if parts[3] == "present" else {"endDate": parts[3]}))
    elif kind == "-":
        case.cv["work"][-1]["highlights"].append(text)
    elif kind == "degree":
        degree = {"studyType": parts[0], "institution": parts[1]}
        case.cv["education"].append(degree | ({"endDate": parts[2]} if parts[2:] else {}))
    elif kind == "=":
        asked, _, statuses = text.rpartition(" | ")
        case.right[asked] = set(statuses.split())
    else:
        section, key = {
            "skills": ("skills", "name"),
            "certificate": ("certificates", "name"),
            "language": ("languages", "language"),
        }[kind]
        case.cv.setdefault(section, []).append({key: text})


@cache
def asked(name: str) -> list[tuple[Case, tuple[Ask, ...]]]:
    """Each case of a file with what it asks, answered."""
    return [
        (
            case,
            asks_in(
                cv_of(Content("cv.json", json.dumps(case.cv).encode(), "CV")),
                *case.lines,
                heading=case.heading,
            ),
        )
        for case in cases_in(name)
    ]


def told(name: str) -> Iterator[str]:
    """Each ask of each case with its status, the first line shown, and how many more."""
    for case, asks in asked(name):
        yield case.name
        for ask in asks:
            sure = "" if ask.is_sure else " perhaps"
            either = f" {ask.group}" if ask.group else ""
            yield f"  {ask.text} ({ask.kind}{sure}{either}): {ask.status}"
            if ask.lines:
                yield f"    {ask.lines[0]} [{len(ask.lines)}]"


@pytest.mark.parametrize("name", FILES)
def test_what_each_case_is_told(name: str) -> None:
    """No answer changes unseen."""
    compare(name, told(name))


def nearest(text: str, asks: tuple[Ask, ...]) -> Ask | None:
    """The ask with the most words of a text and the fewest others, None where half are missing."""
    wanted = Counter(text.casefold().split())

    def share(ask: Ask) -> float:
        own = Counter(ask.text.casefold().split())
        both = (wanted & own).total()
        return both / wanted.total() - 0.01 * (own.total() - both)

    best = max(asks, key=share, default=None)
    return best if best and share(best) >= 0.5 else None


@pytest.mark.parametrize("name", FILES)
def test_how_many_are_told_rightly(name: str) -> None:
    """As there, or as not there, at least as often as was measured."""
    right = []
    for case, asks in asked(name):
        for text, statuses in case.right.items():
            ask = nearest(text, asks)
            may_be_had = {status in {"stated", "alias"} for status in statuses}
            right.append(ask is not None and ask.status.is_had in may_be_had)
    assert sum(right) / len(right) >= RIGHT[name]


@pytest.mark.parametrize("name", FILES)
def test_what_holds_for_every_ask(name: str) -> None:
    """What is had or near shows lines of the CV, what is not shows none."""
    for case, asks in asked(name):
        said = " ".join(_strings(case.cv))
        for ask in asks:
            assert bool(ask.lines) == (ask.status.is_had or ask.status is Status.RELATED), ask
            assert len(ask.lines) == len(ask.line_ids) == len(set(ask.line_ids)), ask
            for part in (part for text in ask.lines for part in text.split(", ")):
                assert part in said, ask


def _strings(value: object) -> Iterator[str]:
    """All texts within lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
