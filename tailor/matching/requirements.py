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
from tailor.nlp.cue import Cues
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
    once: dict[tuple[str, ...], tuple[str, Kind, int]] = {}
    for text, kind, number in _asked(posting.title, lines):
        once.setdefault(find_cues(text).words, (text, kind, number))
    is_posting = bool(posting.title) or any(map(_speaks_of_a_job, posting.lines))
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
    """A line or a sentence, and the evidence that it asks for something."""

    text: str
    cues: Cues
    evidence: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the posting as a whole and by sentence, and the items right above and below."""

    line: PostingLine
    place: int
    whole: _Piece
    sentences: tuple[_Piece, ...]
    near: tuple[_Piece, ...]

    def evidence_of(self, piece: _Piece) -> int:
        """Return the evidence of a piece of this line, given what stands beside it."""
        return evidence_beside(piece.evidence, [other.evidence for other in self.near])


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a posting that a line stands in.

    `about` is what its heading announces or, where nobody knows the heading, what the one above
    did: then it is `inherited`. `has_items` says that an item stood in it already.
    """

    about: str = ""
    inherited: bool = False
    has_items: bool = False

    @property
    def listed_kind(self) -> Kind | None:
        """The kind of what is listed in it, None for a part that is not about what is asked."""
        return _LISTED.get(self.about)


def _lines_of(posting: Posting) -> list[_Line]:
    """Return the lines of `posting`, the evidence of all of them being weighed at once."""
    lines = posting.lines
    sentences = [[line.text[a:b] for a, b in split_statements(line.text)] for line in lines]
    texts = list(dict.fromkeys(chain((line.text for line in lines), *sentences)))
    evidence = learnt_classifier().evidence(texts)
    pieces = {
        text: _Piece(text, find_cues(text), weight)
        for text, weight in zip(texts, evidence, strict=True)
    }
    return [
        _Line(
            line,
            place,
            pieces[line.text],
            tuple(pieces[text] for text in sentences[place]),
            tuple(pieces[lines[other].text] for other in _items_beside(lines, place)),
        )
        for place, line in enumerate(lines)
    ]


def _items_beside(lines: Sequence[PostingLine], place: int) -> Iterator[int]:
    """Yield the places of up to three items right above ``lines[place]``, and as many below."""
    for side in (
        range(place - 1, max(place - _NEIGHBOURS, 0) - 1, -1),
        range(place + 1, min(place + 1 + _NEIGHBOURS, len(lines))),
    ):
        yield from takewhile(lambda other: lines[other].is_item, side)


def _speaks_of_a_job(line: PostingLine) -> bool:
    """Return whether a line asks, or heads what is asked. A list alone is none: recipes have it."""
    heads = _announces(line) and heading_kind(line.text) in _OF_THE_JOB
    return heads or find_cues(line.text).has("asks")


def _asked(title: str, lines: Sequence[_Line]) -> Iterator[tuple[str, Kind, int]]:
    """Yield the text, the kind and the line of what is asked for; what recurs more than once."""
    if title:
        yield title, Kind.TITLE, 0
    part = _Part()
    for one in lines:
        if _names_the_job(one, title):
            continue
        if _announces(one.line):
            part = _part_below(one.line, part)
            continue
        if one.line.is_item and _is_lost_item(one, part):
            part = replace(part, about="", inherited=True)
        for piece, kind in _requirements_of(one, part):
            if not _is_other_talk(piece, one, part):
                yield piece.text, _by_words(piece, kind), one.line.number
        part = replace(part, has_items=part.has_items or one.line.is_item)


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


def _part_below(heading: PostingLine, above: _Part) -> _Part:
    """Return the part that begins with `heading`.

    A heading nobody knows is taken for one below the last known heading, but for facts set as
    one ("💰 $90k 🌎 Remote"), which head nothing.
    """
    if any(sign.search(heading.text) for sign in (_MONEY, _SIGNS, _YEARS)):
        return _Part()
    kind = heading_kind(heading.text)
    loose = kind == "logistics" and not heading.is_heading  # a label, for a line or two
    return _Part(kind or above.about, inherited=not kind or loose)


def _requirements_of(one: _Line, part: _Part) -> Iterator[tuple[_Piece, Kind]]:
    """Yield the requirements of one line: itself, or its sentences that ask for something."""
    is_item = one.line.is_item
    if not _LETTERS.search(one.line.text):
        return
    # "Logistics" may be the work of this job.
    is_work = part.about == "logistics" and is_item and begins_with_work(one.whole.cues)
    if part.about in _DROPPED and not is_work:
        # A company's own story often ends in a sentence on the job; a list of benefits
        # under a heading nobody knows may be one of requirements.
        of_company = part.about == "company"
        if (of_company and not is_item) or part.inherited:
            yield from _sentences(one, Kind.ROLE, of_company=of_company)
    elif is_item:
        if not _is_dropped_item(one.whole, listed=bool(part.listed_kind)):
            yield one.whole, part.listed_kind or Kind.DUTY
    else:
        # What stands below a list, or below a heading nobody knows after one of
        # requirements, is often no more of what the known heading says.
        is_own = part.about == "duties" or not part.inherited
        must_ask = part.about not in _OF_THE_JOB or part.has_items or not is_own
        yield from _sentences(one, part.listed_kind or Kind.ROLE, must_ask=must_ask)


def _sentences(
    one: _Line, kind: Kind, *, must_ask: bool = True, of_company: bool = False
) -> Iterator[tuple[_Piece, Kind]]:
    """Yield the sentences of a line that are requirements.

    With `must_ask` a sentence counts if it asks for something and is no company talk, otherwise
    if it asks or is none. In text `of_company` it must speak of the person or the job.
    """
    for piece in one.sentences:
        cues = piece.cues
        asks = cues.has("asks_person") if of_company else _asks(cues)
        talks = cues.has("drop_prose") or speaks_of_itself(cues)
        if (
            ((asks and not talks) if must_ask else (asks or not talks))
            and not piece.text.endswith(":")  # it only introduces what is below
            and len(cues.words) >= _FEWEST_WORDS
            and not _is_dropped(piece, listed=False)
        ):
            yield piece, kind


def _asks(cues: Cues) -> bool:
    return cues.has("asks") or begins_with_work(cues)


def _by_words(piece: _Piece, kind: Kind) -> Kind:
    """Return the kind of a requirement; one that its own words call a plus is preferred only."""
    is_plus = piece.cues.has("nice") and not piece.cues.has("nice.unless")
    return Kind.PREFERRED if is_plus else kind


def _is_dropped_item(item: _Piece, *, listed: bool) -> bool:
    """Return whether an item is no requirement: as any line, or as company talk set as a list."""
    if _is_dropped(item, listed=listed) or speaks_of_itself(item.cues):
        return True
    return not (listed or _asks(item.cues)) and item.cues.has("drop_prose")


def _is_dropped(piece: _Piece, *, listed: bool) -> bool:
    """Return whether a line is no requirement; of what is `listed` as asked less is dropped."""
    text, cues = piece.text, piece.cues
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


def _is_other_talk(piece: _Piece, one: _Line, part: _Part) -> bool:
    """Return whether the classifier is sure that what the phrases took is no requirement.

    Asked last and believed only where it is sure: a duty lost costs more than a benefit kept.
    """
    if piece.evidence >= -_LIKELY:
        return False
    surely = _SURELY
    if piece.cues.has("of_the_job"):
        surely = _SURELY_THOUGH_OF_THE_JOB
    elif begins_with_work(piece.cues):
        surely = _SURELY_THOUGH_WORK
    if not one.line.is_item:
        return piece.evidence < -surely
    return one.evidence_of(piece) < -(surely if part.listed_kind else surely - _LIKELY)


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
    return bool(one.near) and _asks(one.whole.cues) and one.evidence_of(one.whole) > surely
