"""Posting -> what it asks for, weighted; everything else in it is left out.

A line becomes a requirement by the heading it stands under, or, under a heading
nobody knows, by its own words. Company talk, benefits, pay, visa, equal
opportunity and how-to-apply text never does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tailor.phrases import PhraseSet, words_of
from tailor.posting import Posting, PostingLine
from tailor.resources import data_toml
from tailor.statements import split_statements


class Kind(StrEnum):
    """Why a requirement counts: where it stood in the posting, or how it was put."""

    TITLE = "title"
    DUTY = "duty"
    REQUIRED = "required"
    PREFERRED = "preferred"
    ROLE = "role"


WEIGHTS: dict[Kind, float] = {
    Kind.TITLE: 1.0,
    Kind.DUTY: 1.0,
    Kind.REQUIRED: 1.0,
    Kind.PREFERRED: 0.7,
    Kind.ROLE: 0.7,
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the posting asks for, in its own words.

    `weight` is above 0, 1 for a plain duty. `line` is the posting's line, from 1.
    """

    id: str
    text: str
    kind: Kind
    weight: float
    line: int


def find_requirements(posting: Posting) -> tuple[Requirement, ...]:
    """Return what `posting` asks for, in its order; empty where it asks for nothing."""
    found: list[tuple[str, Kind, int]] = []
    if posting.title:
        found.append((posting.title, Kind.TITLE, 0))
    for line in posting.lines:
        if line.is_heading or line.text == posting.title:
            continue
        found.extend((text, kind, line.number) for text, kind in _requirements_of(line))
    once: dict[tuple[str, ...], tuple[str, Kind, int]] = {}
    for item in found:
        once.setdefault(tuple(words_of(item[0])), item)
    if all(kind is Kind.TITLE for _, kind, _ in once.values()):
        return ()
    return tuple(
        Requirement(f"r{number}", text, kind, WEIGHTS[kind], line)
        for number, (text, kind, line) in enumerate(once.values(), start=1)
    )


def heading_kind(heading: str) -> str:
    """Return what a heading announces: a kind of data/posting_cues.toml, "" if unknown."""
    words = words_of(heading)
    return next((kind for kind, cues in _cues().headings.items() if cues.find(words)), "")


_LISTED = {"preferred": Kind.PREFERRED, "required": Kind.REQUIRED, "duties": Kind.DUTY}
_DROPPED = frozenset({"benefits", "legal", "apply", "logistics", "company"})
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MONEY = re.compile(r"[$€£]\s?\d")
_FEWEST_WORDS = 3
_LONG_LINE = 200


def _requirements_of(line: PostingLine) -> list[tuple[str, Kind]]:
    """Return the requirements of one line: itself, or its sentences that ask for something."""
    if _is_dropped(line.text) or not _LETTERS.search(line.text):
        return _asking_sentences(line) if len(line.text) > _LONG_LINE else []
    about = heading_kind(line.heading)
    if about in _LISTED:
        return [(line.text, _LISTED[about])]
    if about in _DROPPED and (line.is_item or about != "company"):
        return []
    if line.is_item:
        return [(line.text, Kind.DUTY)]
    return _asking_sentences(line)


def _asking_sentences(line: PostingLine) -> list[tuple[str, Kind]]:
    """Return the sentences of running text that ask for something and are not company talk."""
    sentences = [line.text[start:end] for start, end in split_statements(line.text)]
    return [(sentence, Kind.ROLE) for sentence in sentences if _asks(sentence)]


def _asks(sentence: str) -> bool:
    words = words_of(sentence)
    return (
        len(words) >= _FEWEST_WORDS
        and bool(_cues().asks.find(words))
        and not _cues().drop_prose.find(words)
        and not _is_dropped(sentence)
    )


def _is_dropped(text: str) -> bool:
    return bool(_cues().drop.find(words_of(text)) or _MONEY.search(text))


@dataclass(frozen=True, slots=True)
class _Cues:
    headings: dict[str, PhraseSet]
    drop: PhraseSet
    drop_prose: PhraseSet
    asks: PhraseSet


@cache
def _cues() -> _Cues:
    table = data_toml("posting_cues.toml")
    return _Cues(
        {kind: PhraseSet(phrases) for kind, phrases in table["headings"].items()},
        *(PhraseSet(table[part]["phrases"]) for part in ("drop", "drop_prose", "asks")),
    )
