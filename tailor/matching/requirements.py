"""Posting -> what it asks for, weighted; everything else in it is left out.

A line becomes a requirement by the heading it stands under or, under a heading nobody knows, by
its own words. What the phrases of `data/posting_cues.toml` took is dropped again where the
classifier is sure that it is of another kind. Company talk, benefits, pay, visa, equal
opportunity and how-to-apply text never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, takewhile

from tailor.matching.line_kind import UNIT, evidence_beside, learnt_classifier
from tailor.matching.posting_cue import (
    begins_with_work,
    find_cues,
    heading_kind,
    is_arrangement,
    is_usual_heading,
    speaks_of_itself,
)
from tailor.reading.posting.language import prose_language, reads_like_english
from tailor.values.posting import Posting, PostingLine
from tailor.values.statements import split_statements


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
    """Return what `posting` asks for, in its order; empty where it asks for nothing.

    Only English is understood, so a posting in another language asks for nothing here:
    `why_nothing` says so.
    """
    if not reads_like_english(posting.text):
        return ()
    lines = _lines_of(posting)
    found = [(posting.title, Kind.TITLE, 0)] if posting.title else []
    part = _Part()
    # A list alone is none: recipes have lists too.
    is_posting = bool(posting.title) or any(find_cues(one.line.text).has("asks") for one in lines)
    for one in lines:
        if _names_the_job(one, posting.title):
            continue
        if _announces(one.line):
            kind = heading_kind(one.line.text)
            is_posting = is_posting or kind in _OF_THE_JOB
            part = _part_below(one.line, kind, part)
            continue
        if one.line.is_item and _is_lost_item(one, part):
            part = replace(part, about="", inherited=True)
        found += [
            (piece.text, _by_words(piece.text, kind), one.line.number)
            for piece, kind in _requirements_of(one, part)
            if not _is_other_talk(piece, one, listed=part.about in _LISTED)
        ]
        part = replace(part, listed=part.listed or one.line.is_item)
    once: dict[tuple[str, ...], tuple[str, Kind, int]] = {}
    for text, kind, number in found:
        once.setdefault(find_cues(text).words, (text, kind, number))
    if not is_posting or all(kind is Kind.TITLE for _, kind, _ in once.values()):
        return ()
    return tuple(
        Requirement(f"r{number}", text, kind, WEIGHTS[kind], line)
        for number, (text, kind, line) in enumerate(once.values(), start=1)
    )


def why_nothing(posting: Posting) -> str:
    """Return the reason, and what to do, for a posting in which no requirement is found."""
    if not reads_like_english(posting.text):
        return (
            f"reads like {prose_language(posting.text)}, and only English postings are read so "
            "far; give the English text of it"
        )
    return (
        "no requirement found in it. Is it the whole text of a job posting? "
        "Paste what the job is and what it asks for, one point per line."
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """What may be a requirement: an item, or a sentence; and the evidence that it is one."""

    text: str
    evidence: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the posting, its pieces, and the evidence of the items right above and below."""

    line: PostingLine
    place: int
    pieces: tuple[_Piece, ...]
    near: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a posting that a line stands in.

    `about` is what its heading announces or, where nobody knows the heading, what the one above
    did: then it is `inherited`. `listed` says that an item stood in it already.
    """

    about: str = ""
    inherited: bool = False
    listed: bool = False


_LISTED = {"preferred": Kind.PREFERRED, "required": Kind.REQUIRED, "duties": Kind.DUTY}
_OF_THE_JOB = frozenset({*_LISTED, "role"})
_DROPPED = frozenset({"benefits", "legal", "apply", "logistics", "company"})
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MONEY = re.compile(r"[$€£]\s?\d")
_SIGNS = re.compile(r"[💰🌎🌍🌏📍]")
_YEARS = re.compile(r"^\d+[\d +-]{0,6}years?\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_FEWEST_WORDS = 3
_MOST_WORDS_OF_HEADING = 7
_FEWEST_WORDS_OF_DUTY = 8
_MORE_WORDS_THAN_TITLE = 8
_TOP_LINES = 5
_NEIGHBOURS = 3
# How sure the learnt evidence must be to drop a line, by how it is put. Neighbours alone drop
# nothing: a last wish may stand above the first benefit.
_LIKELY = UNIT // 2
_SURELY = 2 * UNIT
_SURELY_THOUGH_WORK = 3 * UNIT
_SURELY_THOUGH_OF_THE_JOB = 5 * UNIT
# How sure it must be to keep an item below a heading of other things.
_SURELY_THOUGH_DROPPED = {
    "company": 5 * UNIT,
    "apply": 3 * UNIT,
    "logistics": 3 * UNIT,
}


def _lines_of(posting: Posting) -> list[_Line]:
    """Return the lines of `posting` with the evidence of each piece, weighed all at once."""
    lines = posting.lines
    texts = [_pieces(line) for line in lines]
    evidence = iter(learnt_classifier().evidence(list(chain.from_iterable(texts))))
    pieces = [tuple(_Piece(text, next(evidence)) for text in of_line) for of_line in texts]
    return [
        _Line(
            line,
            place,
            pieces[place],
            tuple(pieces[other][0].evidence for other in _items_beside(lines, place)),
        )
        for place, line in enumerate(lines)
    ]


def _pieces(line: PostingLine) -> list[str]:
    """Return a line of a list as it is, and running text sentence by sentence."""
    if line.is_item:
        return [line.text]
    return [line.text[start:end] for start, end in split_statements(line.text)]


def _items_beside(lines: Sequence[PostingLine], place: int) -> Iterator[int]:
    """Yield the places of up to three items right above ``lines[place]``, and as many below."""
    for side in (
        range(place - 1, max(place - _NEIGHBOURS, 0) - 1, -1),
        range(place + 1, min(place + 1 + _NEIGHBOURS, len(lines))),
    ):
        yield from takewhile(lambda other: lines[other].is_item, side)


def _names_the_job(one: _Line, title: str) -> bool:
    """Return whether a line is the title, perhaps with a label, a place or a team beside it."""
    text = one.line.text
    if not title or one.line.is_item:
        return False
    if title in (text, text.partition(":")[2].strip()):
        return True
    longest = len(title.split()) + _MORE_WORDS_THAN_TITLE
    return one.place < _TOP_LINES and len(text.split()) <= longest and text.startswith(title)


def _announces(line: PostingLine) -> bool:
    """Return whether a line is a heading: by shape, or by words ("BASIC QUALIFICATIONS")."""
    if line.is_heading:
        return True
    cues = find_cues(line.text)
    if line.is_item or not 0 < len(cues.words) <= _MOST_WORDS_OF_HEADING:
        return False
    if is_usual_heading(cues):
        return True
    is_named = cues.has("heading_ends") and line.text[-1] not in ".!,"
    return is_named and (line.text.isupper() or line.text.istitle())


def _part_below(heading: PostingLine, kind: str, above: _Part) -> _Part:
    """Return the part that begins with `heading`, of a `kind` or "".

    A heading nobody knows is taken for one below the last known heading, but for facts set as
    one ("💰 $90k 🌎 Remote"), which head nothing.
    """
    if any(sign.search(heading.text) for sign in (_MONEY, _SIGNS, _YEARS)):
        return _Part()
    loose = kind == "logistics" and not heading.is_heading  # a label, for a line or two
    return _Part(kind or above.about, inherited=not kind or loose)


def _requirements_of(one: _Line, part: _Part) -> Iterator[tuple[_Piece, Kind]]:
    """Yield the requirements of one line: itself, or its sentences that ask for something."""
    is_item = one.line.is_item
    if not _LETTERS.search(one.line.text):
        return
    # "Logistics" may be the work of this job.
    is_work = part.about == "logistics" and is_item and begins_with_work(find_cues(one.line.text))
    if part.about in _DROPPED and not is_work:
        # A company's own story often ends in a sentence on the job; a list of benefits
        # under a heading nobody knows may be one of requirements.
        of_company = part.about == "company"
        if (of_company and not is_item) or part.inherited:
            yield from _sentences(one, Kind.ROLE, of_company=of_company)
    elif is_item:
        if not _is_dropped_item(one.line.text, listed=part.about in _LISTED):
            yield one.pieces[0], _LISTED.get(part.about, Kind.DUTY)
    else:
        # What stands below a list, or below a heading nobody knows after one of
        # requirements, is often no more of what the known heading says.
        is_own = part.about == "duties" or not part.inherited
        must_ask = part.about not in _OF_THE_JOB or part.listed or not is_own
        yield from _sentences(one, _LISTED.get(part.about, Kind.ROLE), must_ask=must_ask)


def _sentences(
    one: _Line, kind: Kind, *, must_ask: bool = True, of_company: bool = False
) -> Iterator[tuple[_Piece, Kind]]:
    """Yield the pieces of a line that are requirements.

    With `must_ask` a sentence counts if it asks for something and is no company
    talk, otherwise if it asks or is none. In text `of_company` it must speak of the
    person or the job.
    """
    for piece in one.pieces:
        cues = find_cues(piece.text)
        asks = cues.has("asks_person") if of_company else _asks(piece.text)
        talks = cues.has("drop_prose") or speaks_of_itself(cues)
        if (
            ((asks and not talks) if must_ask else (asks or not talks))
            and not piece.text.endswith(":")  # it only introduces what is below
            and len(cues.words) >= _FEWEST_WORDS
            and not _is_dropped(piece.text, listed=False)
        ):
            yield piece, kind


def _asks(text: str) -> bool:
    cues = find_cues(text)
    return cues.has("asks") or begins_with_work(cues)


def _by_words(text: str, kind: Kind) -> Kind:
    """Return the kind of a requirement; one that its own words call a plus is preferred only."""
    cues = find_cues(text)
    return Kind.PREFERRED if cues.has("nice") and not cues.has("nice.unless") else kind


def _is_dropped_item(text: str, *, listed: bool) -> bool:
    """Return whether an item is no requirement: as any line, or as company talk set as a list."""
    cues = find_cues(text)
    if _is_dropped(text, listed=listed) or speaks_of_itself(cues):
        return True
    return not (listed or _asks(text)) and cues.has("drop_prose")


def _is_dropped(text: str, *, listed: bool) -> bool:
    """Return whether a line is no requirement; of a list of the job's less is dropped."""
    cues = find_cues(text)
    is_pay = _MONEY.search(text) and (len(cues.words) < _FEWEST_WORDS_OF_DUTY or cues.has("pay"))
    is_elsewhere = cues.has("drop_unlisted") or _ADDRESS.search(text)
    is_where = is_arrangement(cues) and not begins_with_work(cues)
    label, colon, _ = text.partition(":")
    return bool(
        is_pay
        or (is_elsewhere and (not listed or cues.has("gives")))
        or is_where
        or cues.has("drop")
        or (colon and "labels" in find_cues(label).whole)
    )


def _is_other_talk(piece: _Piece, one: _Line, *, listed: bool) -> bool:
    """Return whether the classifier is sure that what the phrases took is no requirement.

    Asked last and believed only where it is sure: a duty lost costs more than a benefit kept.
    """
    own = piece.evidence
    if own >= -_LIKELY:
        return False
    cues = find_cues(piece.text)
    surely = _SURELY
    if cues.has("of_the_job"):
        surely = _SURELY_THOUGH_OF_THE_JOB
    elif begins_with_work(cues):
        surely = _SURELY_THOUGH_WORK
    if not one.line.is_item:
        return own < -surely
    return evidence_beside(own, one.near) < -(surely if listed else surely - _LIKELY)


def _is_lost_item(one: _Line, part: _Part) -> bool:
    """Return whether an item below a heading of other things is a duty or a requirement.

    Job boards drop headings, so that what a person must know stands below "About us". The
    classifier must be sure of such an item and its neighbours, and its words must ask. Forms
    ask under their numbers ("04") and in legal texts; their answers are no requirements.
    """
    surely = _SURELY_THOUGH_DROPPED.get(part.about)
    heading = one.line.heading
    if surely is None or find_cues(heading).has("never_lost") or heading.strip(" .)").isdigit():
        return False
    if not (one.near and _asks(one.line.text)):
        return False
    return evidence_beside(one.pieces[0].evidence, one.near) > surely
