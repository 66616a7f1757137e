"""Posting -> what it asks for, weighted; everything else in it is left out.

A line becomes a requirement by the heading it stands under, or, under a heading
nobody knows, by its own words. What is taken so goes again where the words, as learnt, are surely
of another kind. Company talk, benefits, pay, visa, equal
opportunity and how-to-apply text never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from tailor.matching.line_kinds import UNIT, evidence_beside, learnt_kinds
from tailor.matching.posting_cues import (
    begins_with_work,
    cues,
    heading_kind,
    is_arrangement,
    speaks_of_itself,
)
from tailor.nlp.phrases import words_of
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
    `why_nothing` tells.
    """
    if not reads_like_english(posting.text):
        return ()
    found: list[tuple[str, Kind, int]] = []
    if posting.title:
        found.append((posting.title, Kind.TITLE, 0))
    part = _Part("", inherited=False)
    is_posting = bool(posting.title)
    for index, line in enumerate(posting.lines):
        is_posting = is_posting or bool(cues().asks.find(words_of(line.text)))
        if _names_the_job(line, index, posting):
            continue
        if _announces(line):
            known = heading_kind(line.text)
            is_posting = is_posting or known in _OF_THE_JOB
            # A heading nobody knows is taken for one below the last known heading, but for
            # facts set as one ("💰 $90k 🌎 Remote"), which head nothing.
            loose = known == "logistics" and not line.is_heading  # a label, for a line or two
            part = _Part(known or part.about, inherited=not known or loose)
            part = _Part("", inherited=False) if _is_fact(line.text) else part
        else:
            if line.is_item and _is_lost_item(line, part, posting.lines, index):
                part = replace(part, about="", inherited=True)
            found.extend(
                (text, _by_words(text, kind), line.number)
                for text, kind in _requirements_of(line, part)
                if not _is_other_talk(text, posting.lines, index, listed=part.about in _LISTED)
            )
            part = replace(part, listed=part.listed or line.is_item)
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
class _Part:
    """The part of a posting a line stands in: what its heading announces, or the one above.

    `listed` tells that an item stood in it already.
    """

    about: str
    inherited: bool
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


def _names_the_job(line: PostingLine, index: int, posting: Posting) -> bool:
    """Tell a line that is, with a label ("Job title:"), a place or a team beside it, the title."""
    if not posting.title or line.is_item:
        return False
    if line.text.partition(":")[2].strip() == posting.title:
        return True
    longest = len(posting.title.split()) + _MORE_WORDS_THAN_TITLE
    is_near = index < _TOP_LINES and len(line.text.split()) <= longest
    return line.text == posting.title or (is_near and line.text.startswith(posting.title))


def _announces(line: PostingLine) -> bool:
    """Tell a heading: by its shape, or by its words ("Requirements", "BASIC QUALIFICATIONS")."""
    if line.is_heading:
        return True
    words = words_of(line.text)
    if line.is_item or not words or len(words) > _MOST_WORDS_OF_HEADING:
        return False
    if any(phrases.has(words) for phrases in cues().headings.values()):
        return True
    is_named = bool(cues().heading_ends.find(words[-1:])) and line.text[-1] not in ".!,"
    return is_named and (line.text.isupper() or line.text.istitle())


def _is_fact(heading: str) -> bool:
    return bool(_MONEY.search(heading) or _SIGNS.search(heading) or _YEARS.search(heading))


def _requirements_of(line: PostingLine, part: _Part) -> Iterator[tuple[str, Kind]]:
    """Yield the requirements of one line: itself, or its sentences that ask for something."""
    if not _LETTERS.search(line.text):
        return
    if part.about in _DROPPED:
        # A company's own story often ends in a sentence on the job; a list of benefits
        # under a heading nobody knows may be one of requirements. "Logistics" may be the work.
        if part.about == "logistics" and line.is_item and begins_with_work(words_of(line.text)):
            part = _Part("", inherited=True)
        else:
            if (part.about == "company" and not line.is_item) or part.inherited:
                yield from _sentences(line, Kind.ROLE, of_company=part.about == "company")
            return
    if line.is_item:
        if not _is_dropped_item(line.text, listed=part.about in _LISTED):
            yield line.text, _LISTED.get(part.about, Kind.DUTY)
    else:
        # What stands below a list, or below a heading nobody knows after one of
        # requirements, is often no more of what the known heading says.
        is_own = part.about == "duties" or not part.inherited
        must_ask = part.about not in _OF_THE_JOB or part.listed or not is_own
        kind = _LISTED.get(part.about, Kind.ROLE)
        yield from _sentences(line, kind, must_ask=must_ask)


def _by_words(text: str, kind: Kind) -> Kind:
    """Return the kind of a requirement; one that its own words call a plus is preferred only."""
    words = words_of(text)
    is_nice = cues().nice.find(words) and not cues().nice_unless.find(words)
    return Kind.PREFERRED if is_nice else kind


def _is_other_talk(text: str, lines: Sequence[PostingLine], place: int, *, listed: bool) -> bool:
    """Tell what the phrases took for a requirement and its words, as learnt, make none.

    `text` stands in ``lines[place]``. Asked last and believed only where it is sure: a duty lost
    costs more than a benefit kept.
    """
    own = learnt_kinds().evidence(text)
    if own >= -_LIKELY:
        return False
    words = words_of(text)
    surely = _SURELY
    if cues().of_the_job.find(words):
        surely = _SURELY_THOUGH_OF_THE_JOB
    elif begins_with_work(words):
        surely = _SURELY_THOUGH_WORK
    if not lines[place].is_item:
        return own < -surely
    near = [learnt_kinds().evidence(line.text) for line in _items_beside(lines, place)]
    return evidence_beside(own, near) < -(surely if listed else surely - _LIKELY)


def _is_lost_item(line: PostingLine, part: _Part, lines: Sequence[PostingLine], place: int) -> bool:
    """Tell a duty or requirement below a heading of other things, its own heading being lost.

    Job boards drop headings, so that what a person must know stands below "About us". Such an
    item must be surely one by what was learnt, its neighbours with it, and by its words. Forms
    ask under their numbers ("04") and in legal texts; their answers are no requirements.
    """
    surely = _SURELY_THOUGH_DROPPED.get(part.about)
    heading = words_of(line.heading)
    if surely is None or cues().never_lost.find(heading) or line.heading.strip(" .)").isdigit():
        return False
    words = words_of(line.text)
    if not (begins_with_work(words) or cues().asks.find(words)):
        return False
    near = [learnt_kinds().evidence(other.text) for other in _items_beside(lines, place)]
    return bool(near) and evidence_beside(learnt_kinds().evidence(line.text), near) > surely


def _items_beside(lines: Sequence[PostingLine], place: int) -> Iterator[PostingLine]:
    """Yield up to three items right above ``lines[place]`` and as many right below."""
    above = reversed(lines[max(place - _NEIGHBOURS, 0) : place])
    for side in (above, lines[place + 1 : place + 1 + _NEIGHBOURS]):
        yield from takewhile(lambda line: line.is_item, side)


def _sentences(
    line: PostingLine, kind: Kind, *, must_ask: bool = True, of_company: bool = False
) -> Iterator[tuple[str, Kind]]:
    """Yield the sentences of running text that are requirements.

    With `must_ask` a sentence counts if it asks for something and is no company
    talk, otherwise if it asks or is none. In text `of_company` it must speak of the
    person or the job.
    """
    for start, end in split_statements(line.text):
        sentence = line.text[start:end]
        words = words_of(sentence)
        asks = bool(cues().asks.find(words)) or begins_with_work(words)
        if of_company:
            asks = bool(cues().asks_person.find(words))
        talks = bool(cues().drop_prose.find(words)) or speaks_of_itself(words)
        wanted = (asks and not talks) if must_ask else (asks or not talks)
        wanted = wanted and not sentence.endswith(":")  # it only introduces what is below
        if (
            wanted
            and len(words) >= _FEWEST_WORDS
            and not _is_dropped(words, sentence, listed=False)
        ):
            yield sentence, kind


def _is_dropped_item(text: str, *, listed: bool) -> bool:
    """Tell an item that is no requirement: as any line, or as company talk set as a list."""
    words = words_of(text)
    if _is_dropped(words, text, listed=listed) or speaks_of_itself(words):
        return True
    is_work = begins_with_work(words) or bool(cues().asks.find(words))
    return not (listed or is_work) and bool(cues().drop_prose.find(words))


def _is_dropped(words: list[str], text: str, *, listed: bool) -> bool:
    """Tell what is no requirement; of a list of duties or requirements less is dropped."""
    label = text.partition(":")[0] if ":" in text else ""
    is_pay = _MONEY.search(text) and (len(words) < _FEWEST_WORDS_OF_DUTY or cues().pay.find(words))
    is_given = not listed or cues().gives.find(words)
    is_elsewhere = is_given and (cues().drop_unlisted.find(words) or _ADDRESS.search(text))
    is_where = is_arrangement(words) and not begins_with_work(words)
    return bool(
        is_pay
        or is_elsewhere
        or is_where
        or cues().drop.find(words)
        or cues().labels.has(words_of(label))
    )
