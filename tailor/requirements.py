"""Posting -> what it asks for, weighted; everything else in it is left out.

A line becomes a requirement by the heading it stands under, or, under a heading
nobody knows, by its own words. Company talk, benefits, pay, visa, equal
opportunity and how-to-apply text never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    part = _Part("", inherited=False)
    is_posting = bool(posting.title)
    for line in posting.lines:
        is_posting = is_posting or bool(_cues().asks.find(words_of(line.text)))
        if line.text == posting.title:
            continue
        if _announces(line):
            known = heading_kind(line.text)
            is_posting = is_posting or known in _OF_THE_JOB
            # A heading nobody knows is taken for one below the last known heading.
            part = _Part(known or part.about, inherited=not known)
        else:
            found.extend((text, kind, line.number) for text, kind in _requirements_of(line, part))
    once: dict[tuple[str, ...], tuple[str, Kind, int]] = {}
    for item in found:
        once.setdefault(tuple(words_of(item[0])), item)
    # A list alone is none: recipes have lists too.
    if not is_posting or all(kind is Kind.TITLE for _, kind, _ in once.values()):
        return ()
    return tuple(
        Requirement(f"r{number}", text, kind, WEIGHTS[kind], line)
        for number, (text, kind, line) in enumerate(once.values(), start=1)
    )


def heading_kind(heading: str) -> str:
    """Return what a heading announces: a kind of data/posting_cues.toml, "" if unknown."""
    words = words_of(heading)
    return next((kind for kind, cues in _cues().headings.items() if cues.find(words)), "")


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a posting a line stands in: what its heading announces, or the one above."""

    about: str
    inherited: bool


_LISTED = {"preferred": Kind.PREFERRED, "required": Kind.REQUIRED, "duties": Kind.DUTY}
_OF_THE_JOB = frozenset({*_LISTED, "role"})
_DROPPED = frozenset({"benefits", "legal", "apply", "logistics", "company"})
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MONEY = re.compile(r"[$€£]\s?\d")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_FEWEST_WORDS = 3
_FEWEST_WORDS_OF_DUTY = 8


def _announces(line: PostingLine) -> bool:
    """Tell a heading: by its shape, or since the whole line is a usual one ("Requirements")."""
    if line.is_heading:
        return True
    words = words_of(line.text)
    return not line.is_item and any(cues.has(words) for cues in _cues().headings.values())


def _requirements_of(line: PostingLine, part: _Part) -> Iterator[tuple[str, Kind]]:
    """Yield the requirements of one line: itself, or its sentences that ask for something."""
    if not _LETTERS.search(line.text):
        return
    if part.about in _DROPPED:
        # A company's own story often ends in a sentence on the job; a list of
        # benefits under a heading nobody knows may be one of requirements.
        if (part.about == "company" and not line.is_item) or part.inherited:
            yield from _sentences(line, Kind.ROLE, must_ask=True)
    elif line.is_item:
        if not _is_dropped(words_of(line.text), line.text, listed=part.about in _LISTED):
            yield line.text, _LISTED.get(part.about, Kind.DUTY)
    else:
        must_ask = part.about not in _OF_THE_JOB
        yield from _sentences(line, _LISTED.get(part.about, Kind.ROLE), must_ask=must_ask)


def _sentences(line: PostingLine, kind: Kind, *, must_ask: bool) -> Iterator[tuple[str, Kind]]:
    """Yield the sentences of running text that are requirements.

    With `must_ask` a sentence counts if it asks for something and is no company
    talk, otherwise if it asks or is none.
    """
    cues = _cues()
    for start, end in split_statements(line.text):
        sentence = line.text[start:end]
        words = words_of(sentence)
        asks = bool(cues.asks.find(words))
        talks = bool(cues.drop_prose.find(words))
        wanted = (asks and not talks) if must_ask else (asks or not talks)
        if (
            wanted
            and len(words) >= _FEWEST_WORDS
            and not _is_dropped(words, sentence, listed=False)
        ):
            yield sentence, kind


def _is_dropped(words: list[str], text: str, *, listed: bool) -> bool:
    """Tell what is no requirement; of a list of duties or requirements less is dropped."""
    cues = _cues()
    label = text.partition(":")[0] if ":" in text else ""
    is_pay = _MONEY.search(text) and (len(words) < _FEWEST_WORDS_OF_DUTY or cues.pay.find(words))
    is_given = not listed or cues.gives.find(words)
    is_elsewhere = is_given and (cues.drop_unlisted.find(words) or _ADDRESS.search(text))
    return bool(is_pay or is_elsewhere or cues.drop.find(words) or cues.labels.has(words_of(label)))


@dataclass(frozen=True, slots=True)
class _Cues:
    headings: dict[str, PhraseSet]
    drop: PhraseSet
    drop_unlisted: PhraseSet
    gives: PhraseSet
    labels: PhraseSet
    pay: PhraseSet
    drop_prose: PhraseSet
    asks: PhraseSet


@cache
def _cues() -> _Cues:
    table = data_toml("posting_cues.toml")
    return _Cues(
        {kind: PhraseSet(phrases) for kind, phrases in table["headings"].items()},
        drop=PhraseSet(table["drop"]["phrases"]),
        drop_unlisted=PhraseSet(table["drop_unlisted"]["phrases"]),
        gives=PhraseSet(table["gives"]["phrases"]),
        labels=PhraseSet(table["labels"]["names"]),
        pay=PhraseSet(table["pay"]["phrases"]),
        drop_prose=PhraseSet(table["drop_prose"]["phrases"]),
        asks=PhraseSet(table["asks"]["phrases"]),
    )
