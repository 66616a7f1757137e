"""Postings with the part of each line, labelled by hand: where they stand, and no word of them.

`training/posting_parts.json` has for each posting runs of labels: ``12h 13R 15:8P`` says that from
line 12 on it is a heading, from line 13 on what is required, and from the eighth word of line 15
on what is preferred. Half of the postings that were labelled before anything was learnt are set
apart: they are measured on.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tailor.reading.posting.sentence import HEADING, Part, Unit, units_of
from tailor.reading.posting.text import parse_posting, posting_lines
from tailor.reading.reader import read_posting
from tailor.values.posting import Posting
from training.posting.invented import invented_postings
from training.records import read_records

LABELS = Path(__file__).parents[1] / "posting_parts.json"
_PARTS = {
    "T": Part.TITLE,
    "F": Part.FACT,
    "C": Part.COMPANY,
    "S": Part.ROLE,
    "D": Part.DUTY,
    "R": Part.REQUIRED,
    "P": Part.PREFERRED,
    "B": Part.BENEFIT,
    "A": Part.APPLY,
    "L": Part.LEGAL,
    "X": Part.OTHER,
}
_RUN = re.compile(r"(\d+)(?::(\d+))?([a-zA-Z])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_RAW = "raw/"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A posting's units and the label of each; `apart` if it is measured on only."""

    id: str
    units: list[Unit]
    labels: list[str]
    apart: bool = False


def read_labelled(postings: Path) -> list[Labelled]:
    """Return the labelled postings, whose texts are in `postings` and the folder raw beside it."""
    content = json.loads(LABELS.read_text(encoding="utf-8"))
    runs: dict[str, str] = content["labels"]
    texts: dict[str, Posting] = {
        str(record["id"]): parse_posting(str(record["text"]))
        for record in read_records(postings)
        if str(record["id"]) in runs
    }
    for name in runs:
        if name.startswith(_RAW):
            texts[name] = read_posting(postings.parent / name)
    apart = set(content["apart"])
    return [
        Labelled(name, units, _labels(units, runs[name]), name in apart)
        for name, posting in sorted(texts.items())
        if (units := units_of(posting.lines))
    ]


def _labels(units: Sequence[Unit], runs: str) -> list[str]:
    """Return the label of each unit: that of the run in which its middle word stands."""
    begins: list[tuple[int, int]] = []
    letters: list[str] = []
    for line, word, letter in _RUN.findall(runs):
        begins.append((int(line), int(word or 0)))
        letters.append(letter)
    found: list[str] = []
    number = count = 0
    for unit in units:
        if unit.line.number != number:
            number, count = unit.line.number, 0
        words = len(_WORD.findall(unit.text))
        found.append(letters[max(bisect_right(begins, (number, count + words // 2)) - 1, 0)])
        count += words
    return _with_headings(found)


def _with_headings(letters: Sequence[str]) -> list[str]:
    """Return the labels; a heading has that of what stands below it."""
    labels: list[str] = []
    below: str = Part.OTHER
    for letter in reversed(letters):
        if letter == "h":
            labels.append(HEADING + below)
        else:
            below = _PARTS[letter]
            labels.append(below)
    return labels[::-1]


def read_invented(shared: Path, count: int, seed: int = 19) -> Iterator[Labelled]:
    """Yield invented postings (`invented.py`) as they are read."""
    for lines in invented_postings(shared, count, seed):
        units = units_of(posting_lines("\n".join(" ".join(s for s, _ in line) for line in lines)))
        found = [
            _as_read(unit, _label_in(lines[unit.line.number - 1], unit.text)) for unit in units
        ]
        if all(found):
            yield Labelled("", units, found)


def _label_in(line: Sequence[tuple[str, str]], text: str) -> str:
    """Return the label of the sentence of a line that a unit is a piece of, "" if of none."""
    if len(line) == 1:
        return line[0][1]
    plain = " ".join(text.split())
    whole = [(" ".join(sentence.split()), label) for sentence, label in line]
    return next((label for said, label in whole if plain in said or said in plain), "")


def _as_read(unit: Unit, label: str) -> str:
    """Return the label of a unit; "Requirements: Go, SQL" is read as a heading and a line."""
    return (
        f"{HEADING}{label}"
        if unit.line.is_heading
        and unit.text.endswith(":")
        and label in {Part.REQUIRED, Part.PREFERRED}
        else label
    )
