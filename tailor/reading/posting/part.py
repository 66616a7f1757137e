"""What each line of a posting is: a duty, a requirement, a wish, company talk, pay or law.

A linear-chain conditional random field over the lines of the whole posting, so that what is unsure
of one line is settled by the heading above it and by the lines around it. An item of a list is
judged as a whole, running text sentence by sentence. A line is described by its look, what its
words say (`cue.py`), the heading above, its neighbours and its place in the text.
`training/posting` learns it; rules (`settle.py`) have the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tailor.reading.cv.names import is_employment_type, is_place
from tailor.reading.posting.cue import (
    UNIT,
    begins_with_work,
    find_cues,
    heading_kind,
    is_usual_heading,
    learnt_kinds,
    speaks_of_itself,
)
from tailor.reading.posting.sentence import Unit
from tailor.reading.posting.settle import settle
from tailor.values.resources import data_table, field_tagger

if TYPE_CHECKING:
    from tailor.reading.posting.cue import LineKinds

_ASKING_KINDS = frozenset({"duties", "duty", "required", "preferred"})
_MOST_WORDS = 40  # of a line that are looked at
_SHORT = 6  # words of a line that may be a place, or a heading
_FAR = 9
_FORM_NUMBER = re.compile(r"^0\d$")
_SIGNS = {
    "money": re.compile(r"[$€£]\s?\d|\d\s?(?:[$€£]|USD|EUR|GBP)\b"),
    "percent": re.compile(r"\d\s?%"),
    "address": re.compile(r"https?:|www\.|@|\.com\b"),
    "years": re.compile(r"\d\s?\+?\s?(?:years?|yrs?)\b", re.IGNORECASE),
    "date": re.compile(r"\b(?:19|20)\d\d\b|\d/\d"),
    "digit": re.compile(r"\d"),
    "question": re.compile(r"\?"),
    "shout": re.compile(r"!"),
    "hash": re.compile(r"#\w"),
    "label": re.compile(r"^[^:]{2,40}:\s+\S"),
    "dash": re.compile(r"^[^–—]{2,40}\s[–—]\s\S"),
    "picture": re.compile(r"[💰🌎🌍🌏📍⏰💼]"),
}
_SPOKEN = {"you": {"you", "your", "candidate", "candidates"}, "we": {"we", "our", "us"}}
MODEL_FILE = "posting/parts.crfsuite"


def label_units(units: Sequence[Unit], title: str = "") -> list[str]:
    """Return of each unit the `Part` it is, or `HEADING` and the part that it heads.

    `title` is the job's, if known: what "The buyer" does is a duty of a buyer.
    """
    if not units:
        return []
    tagger = field_tagger(MODEL_FILE)
    tagger.set(describe(units, learnt_kinds()))
    return settle(units, tagger.tag(), title)


def describe(units: Sequence[Unit], kinds: LineKinds) -> list[list[str]]:
    """Return the features of each unit, those of its neighbours among them."""
    views = [_View(unit) for unit in units]
    _add_words(views, kinds)
    _look_around(views)
    described = []
    for index, view in enumerate(views):
        found = ["bias", *view.short, *view.more]
        found += [f"-{f}" for f in views[index - 1].short] if index else ["-none"]
        found += [f"+{f}" for f in views[index + 1].short] if index + 1 < len(views) else ["+none"]
        described.append(found)
    return described


class _View:
    """One unit as it is seen."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        line, text = unit.line, unit.text
        self.cues = find_cues(text)
        self.words = self.cues.words[:_MOST_WORDS]
        if line.is_heading:
            self.form = "head"
        elif line.is_item:
            self.form = "item"
        else:
            self.form = "next" if unit.nth else "text"
        short = len(self.words) <= 2 * _SHORT and not unit.nth
        self.heads = line.is_heading or (
            short and not line.is_item and is_usual_heading(self.cues) and text[-1] not in ".!,"
        )
        self.kind = (heading_kind(text) or "?") if self.heads else ""
        self.short = list(self._short())
        self.more = list(self._more())

    def _short(self) -> Iterator[str]:
        count, text = len(self.words), self.unit.text
        yield f"form={self.form}"
        yield f"n={count if count < 4 else 4 + min((count - 4) // 4, 5)}"
        yield f"heads={self.kind}"
        yield f"end={text[-1] if not text[-1].isalnum() else 'w'}"
        if begins_with_work(self.cues):
            yield "work"
        if speaks_of_itself(self.cues):
            yield "itself"
        if self.words:
            yield f"first={self.words[0]}"

    def _more(self) -> Iterator[str]:
        text, words = self.unit.text, self.words
        yield f"caps={'all' if text.isupper() else 'title' if text.istitle() else ''}"
        yield f"start={'A' if text[0].isupper() else 'a' if text[0].islower() else '.'}"
        yield from self._signs()
        yield from [f"w={'#' if word.isdigit() else word}" for word in words]
        if self.cues.has("nice"):
            yield "nice"
        if words:
            yield f"last={words[-1]}"
            yield f"begin={' '.join(words[:2])}"
            yield f"begins={' '.join(words[:3])}"
            if words[0].endswith("ing"):
                yield "ing"
        if len(words) <= _SHORT:
            if is_place(text):
                yield "place"
            if is_employment_type(text):
                yield "employment"
            if text.casefold().strip(" .,;") in _named():
                yield "named"

    def _signs(self) -> Iterator[str]:
        for name, pattern in _SIGNS.items():
            if pattern.search(self.unit.text):
                yield f"s={name}"
        said = set(self.cues.words)
        said.update(*(word.split("'") for word in self.cues.words if "'" in word))
        for name, looked_for in _SPOKEN.items():
            if looked_for & said:
                yield f"s={name}"


@cache
def _named() -> frozenset[str]:
    """Return the names of skills, tools and papers that a line may be, in small letters."""
    rows = data_table("skill_aliases.tsv")
    return frozenset(name.casefold() for row in rows for name in (row["term"], row["alias"]))


def _add_words(views: Sequence[_View], kinds: LineKinds) -> None:
    """Add what the words of a unit say of it, and those of the five units around it."""
    asking = [index for index, kind in enumerate(kinds.kinds) if kind in _ASKING_KINDS]
    others = [index for index in range(len(kinds.kinds)) if index not in asking]
    evidence = kinds.evidence([view.unit.text for view in views])
    likeliest = (-evidence).argsort(axis=1, kind="stable")[:, :2].tolist()
    wanted = (evidence[:, asking].max(1) - evidence[:, others].max(1)).tolist()
    for view, row, (first, second), ask in zip(
        views, evidence.tolist(), likeliest, wanted, strict=True
    ):
        view.short.append(f"l={kinds.kinds[first]}")
        view.short.append(f"a={_step(ask, 2 * UNIT, 2)}")
        view.more.append(f"l={kinds.kinds[first]}{_step(row[first] - row[second], UNIT // 2, 6)}")
        view.more.append(f"l={kinds.kinds[first]} {kinds.kinds[second]}")
        view.more.append(f"a={_step(ask, UNIT // 2, 8)}")
        top = row[first]
        view.more += (
            f"p={kind}{(top - value) // (UNIT // 2)}"
            for kind, value in zip(kinds.kinds, row, strict=True)
            if top - value < 2 * UNIT
        )
    asks = [max(-4 * UNIT, min(4 * UNIT, ask)) for ask in wanted]
    for index, view in enumerate(views):
        near = asks[max(index - 2, 0) : index + 3]
        view.more.append(f"around={_step(sum(near) // len(near), UNIT // 2, 6)}")


def _step(value: int, width: int, most: int) -> int:
    return max(-most, min(most, value // width))


def _look_around(views: Sequence[_View]) -> None:
    """Add what only the whole posting shows: place, heading above, run of like lines."""
    heading, known, since, begun, run = "none", "none", _FAR, "", 0
    words: tuple[str, ...] = ()
    in_form = False
    usual, above = _usual_gap(views), 0
    for index, view in enumerate(views):
        add = view.more.append
        gap = view.unit.line.number - above
        above = view.unit.line.number
        add(f"gap={min(gap, 3)}")
        if gap > usual:
            add(f"wide|{view.form}|{begun}")
        run = run + 1 if view.form == begun else 0
        begun = view.form
        # No more of the place, so that parts in another order are read alike.
        add(f"at={min(index, 4)}")
        add(f"run={min(run, 3)}")
        add(f"h={heading}")
        add(f"h={heading}|{view.form}")
        add(f"k={known}|{view.form}{'?' if heading == '?' else ''}")
        add(f"h={heading}|{min(since, 4)}")
        add(f"h={heading}|{view.short[-2]}|{view.short[-1]}")
        view.more += (f"hw={word}" for word in words[:_SHORT])
        if in_form:
            add("form")
        in_form = in_form or bool(_FORM_NUMBER.match(view.unit.text))
        since = min(since + 1, _FAR)
        if view.heads:
            heading, since, words = view.kind, 0, view.words
            known = known if heading == "?" else heading
    following = "none"
    for view in reversed(views):
        view.more.append(f"nexthead={following}")
        if view.heads:
            following = view.kind


def _usual_gap(views: Sequence[_View]) -> int:
    """Return how many lines of the source most lines stand below the one above."""
    numbers = sorted({view.unit.line.number for view in views})
    gaps = sorted(b - a for a, b in pairwise(numbers))
    return gaps[len(gaps) // 2] if gaps else 1
