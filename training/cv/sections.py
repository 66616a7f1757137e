"""Learns what a section of a CV holds, from invented sections, for `models/cv/sections.npz`.

The sections of `sections.txt`, whose headings nobody knows, take the place of sections of the
invented CVs of `layouts.py`, so that they come in every layout, between sections with usual
headings, and labelled as the reader would label them.
"""

# ruff: noqa: T201

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tailor.reading.cv.headings import read_heading, section_of_heading
from tailor.reading.cv.section_kind import BUCKETS, KINDS, Place, bucket, signs
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText
from tailor.values.resources import data_toml
from training.cv import words
from training.cv.layouts import Labelled, documents
from training.cv.people import Inventor

_TABLE = Path(__file__).with_name("sections.txt")
_MARKS = {"-": "item", ">": "below"}
_GAP = re.compile(r"\{(\w+)\}")
_HIDDEN = 0.2  # of the headings are learnt from without their words
_ANYWHERE = 0.15  # of the examples stand at any place
_LATE = frozenset({"interests", "references", "other", "volunteering", "languages", "contact"})
_KNOWN = 0.2  # of the examples are learnt from below a usual heading
# Of the invented CVs' own sections, those that read as people's do.
_USUAL = frozenset({"experience", "education", "summary", "skills", "languages", "publications"})


@dataclass(frozen=True, slots=True)
class Example:
    """An invented section: its number, kind, the headings that would do, and its lines."""

    number: int
    kind: str
    headings: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What is learnt from: the signs of a section and its kind; `example` is 0 for a usual one."""

    example: int
    kind: str
    signs: dict[str, float]


def read_table() -> tuple[list[Example], dict[str, list[str]]]:
    """Return the sections of the table and its lists of words."""
    found: list[Example] = []
    lists: dict[str, list[str]] = {}
    for text in _TABLE.read_text(encoding="utf-8").splitlines():
        if text.startswith("= "):
            kind, *headings = text[2:].split(" | ")
            found.append(Example(len(found) + 1, kind, tuple(headings), ()))
        elif text.startswith("! "):
            name, _, words = text[2:].partition(": ")
            lists[name] = words.split("; ")
        elif text and not text.startswith("#"):
            found[-1] = replace(found[-1], lines=(*found[-1].lines, text))
    return found, lists


class _Filler:
    """Puts words into the gaps of a line: "{hobby}", "{name}"."""

    def __init__(self, inventor: Inventor, lists: dict[str, list[str]]) -> None:
        self._r, self._lists = inventor.random, lists
        fake = inventor.fake("en")
        self._made: dict[str, Callable[[], str]] = {
            "name": fake.name,
            "surname": fake.last_name,
            "city": fake.city,
            "coined": inventor.coined,
            "skill": inventor.skill,
            "year": lambda: str(self._r.randint(1995, 2026)),
            "task": lambda: self._r.choice(inventor.tasks),
            "title": lambda: inventor.title("en"),
            "employer": lambda: inventor.employer("en"),
            "school": lambda: inventor.school("en"),
            "degree": lambda: inventor.degree("en"),
            "spoken": lambda: self._r.choice(words.SPOKEN["en"]),
        }

    def filled(self, lines: Sequence[str]) -> list[str]:
        """Return the lines with all gaps filled; those with a star one to four times."""
        found = []
        for line in lines:
            times = self._r.randint(1, 4) if line.startswith("* ") else 1
            text = line.removeprefix("* ")
            found += [_GAP.sub(self._word, text) for _ in range(times)]
        return found

    def _word(self, gap: re.Match[str]) -> str:
        listed = self._lists.get(gap[1])
        return self._r.choice(listed) if listed else self._made[gap[1]]()


def rows(shared: Path, count: int, seed: int) -> list[Row]:
    """Return the sections of `count` invented CVs, some of them those of the table."""
    inventor = Inventor(shared, seed)
    r = random.Random(seed)  # noqa: S311
    known, lists = read_table()
    filler = _Filler(inventor, lists)
    found: list[Row] = []
    for document, _ in documents(inventor, count):
        blocks = list(_blocks(document))
        if len(blocks) < 2:
            continue
        sections = blocks[1:]
        model = next(line for line, label in document if label.startswith("H:"))
        own = [
            _printed(replace(one, lines=tuple(filler.filled(one.lines))), model, sections, r)
            for one in r.sample(known, r.randint(3, 7))
        ]
        for section in filter(None, own):
            place = _place(section[1], len(sections), r)
            same = [n for n, (_, kind, _) in enumerate(sections) if kind == section[1]]
            if same and r.random() < 0.7:
                del sections[same[0]]
                place = min(place, len(sections))
            sections.insert(place, section)
        found += _described(sections, r)
    return found


_Section = tuple[int, str, list[Line]]


def _blocks(document: Sequence[Labelled]) -> Iterator[_Section]:
    """Yield the head of a document, and each section with its heading and kind."""
    kind = ""
    lines: list[Line] = []
    for line, label in document:
        if label.startswith("H:"):
            yield 0, kind, lines
            kind, lines = label[2:], []
        lines.append(line)
    yield 0, kind, lines


def _printed(
    one: Example, model: Line, sections: Sequence[_Section], r: random.Random
) -> _Section | None:
    """Return an example with a heading like `model`; None where the CV lacks what it needs."""
    usual = data_toml("headings.toml")[one.kind]["synonyms"]
    is_usual = bool(usual) and r.random() < _KNOWN
    text = r.choice(usual).title() if is_usual else r.choice(one.headings)
    if model.plain.isupper():
        text = text.upper()
    lines = [replace(model, text=RichText.of([replace(model.text.runs[0], text=text)]))]
    if one.lines[0].startswith("@"):
        kind = "experience" if one.lines[0] == "@jobs" else "education"
        block = next((lines for _, name, lines in sections if name == kind), None)
        return (one.number, one.kind, [*lines, *block[1:]]) if block else None
    plain = r.random() < 0.2  # a list without marks
    for number, text in enumerate(one.lines):
        mark, rest = _MARKS.get(text[:1], ""), text[1:].strip()
        kind, level = LineKind.PARAGRAPH, 0
        if mark == "item" and not plain:
            kind, level = LineKind.ITEM, 1
        if mark == "below" and model.kind is LineKind.HEADING and r.random() < 0.7:
            kind, level = LineKind.HEADING, model.level + 1
        gap = mark == "below" or (number == 0 and r.random() < 0.5)
        look = replace(model.look, size=1.0, caps=False, bullet=kind is LineKind.ITEM)
        lines.append(Line(kind, level, RichText.of(rest if mark else text), 0, gap, look))
    return one.number, one.kind, lines


def _place(kind: str, count: int, r: random.Random) -> int:
    """Return where a section of a kind mostly stands: a summary first, interests late."""
    if r.random() < _ANYWHERE:
        return r.randint(0, count)
    if kind == "summary":
        return 0
    return r.randint((count + 1) // 2, count) if kind in _LATE else r.randint(0, count)


def _described(sections: Sequence[_Section], r: random.Random) -> Iterator[Row]:
    names = [section_of_heading(read_heading(lines[0].text)) for _, _, lines in sections]
    for before, (number, kind, lines) in enumerate(sections):
        heading = read_heading(lines[0].text).heading if r.random() > _HIDDEN else ""
        others = frozenset({*names[:before], *names[before + 1 :]} - {""})
        place = Place(before, len(sections) - before - 1, others)
        if number or kind in _USUAL:
            yield Row(number, kind, signs(heading, lines[1:], place))


def _matrix(found: Sequence[Row]) -> csr_matrix:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in found:
        columns += [bucket(sign) for sign in row.signs]
        values += row.signs.values()
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(found), BUCKETS), dtype=np.float32)


def fit(found: Sequence[Row]) -> LogisticRegression:
    """Return the fitted estimator; all examples of the table count as much as the usual ones."""
    labels = np.array([KINDS.index(row.kind) for row in found])
    return LogisticRegression(C=3.0, max_iter=300).fit(_matrix(found), labels)


def measure(found: Sequence[Row], folds: int = 5) -> None:
    """Print how often the kind of an example is told right by what was learnt from the others."""
    kinds = {one.number: one.kind for one in read_table()[0]}
    right: dict[str, list[tuple[bool, float, str]]] = {kind: [] for kind in KINDS}
    for fold in range(folds):
        learnt = [row for row in found if row.example % folds != fold or not row.example]
        asked = [row for row in found if row.example and row.example % folds == fold]
        model = fit(learnt)
        for row, chances in zip(asked, model.predict_proba(_matrix(asked)), strict=True):
            best = int(np.argmax(chances))
            told = KINDS[model.classes_[best]]
            right[kinds[row.example]].append((told == row.kind, chances[best], told))
    every = [one for ones in right.values() for one in ones]
    for kind, ones in right.items():
        wrong = Counter(told for is_right, _, told in ones if not is_right).most_common(4)
        print(f"{kind:13} {np.mean([one[0] for one in ones]):.2f} of {len(ones)}: {wrong}")
    for least in (0.0, 0.4, 0.5, 0.6, 0.7):
        sure = [ok for ok, chance, _ in every if chance >= least]
        print(f"at {least}: {len(sure) / len(every):.2f} told, {np.mean(sure):.3f} of them right")


def train(shared: Path, out: Path, *, count: int = 1500, seed: int = 11) -> None:
    """Learn and write the model to `out`."""
    model = fit(rows(shared, count, seed))
    np.savez_compressed(
        out, weights=model.coef_.T.astype(np.float16), bias=model.intercept_.astype(np.float32)
    )
