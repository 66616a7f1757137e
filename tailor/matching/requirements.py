"""Posting -> what it asks for, weighted; everything else in it is left out.

Which part of the posting a line belongs to is decided over the whole posting (`part.py`): duties,
requirements and wishes become requirements, and sentences that say who is sought and what for.
Company talk, benefits, pay, law, how to apply and what belongs to the page never do; nor does a
line that says that something is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tailor.reading.posting.cue import (
    UNIT,
    asks_for_someone,
    begins_with_work,
    find_cues,
    heading_kind,
    is_plus,
    is_usual_heading,
    speaks_of_itself,
)
from tailor.reading.posting.language import body_language, line_language
from tailor.reading.posting.part import label_units
from tailor.reading.posting.sentence import (
    HEADING,
    Part,
    Unit,
    asks_plainly,
    only_announces,
    states_a_thing,
    tells_of_organisation,
    units_of,
)
from tailor.reading.posting.settle import doubts_of
from tailor.values.posting import Posting
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
_KINDS = {
    Part.DUTY: Kind.DUTY,
    Part.REQUIRED: Kind.REQUIRED,
    Part.PREFERRED: Kind.PREFERRED,
    Part.ROLE: Kind.ROLE,
}
_OF_OTHER_THINGS = frozenset({"benefits", "legal", "apply", "logistics"})
_OF_THE_JOB = frozenset({"duties", "required", "preferred", "role"})
# "No degree required", "You don't need a licence", "We do not use Perl": asks for nothing.
_NOT_ASKED = re.compile(
    r"no\b.*\b(?:required|needed|necessary|expected)\b|"
    r"you (?:do not|don['’]t|will not|won['’]t) (?:need|have to)\b|we (?:do not|don['’]t)\b|"
    r"not (?:required|needed|necessary):|don['’]t need\b|no need\b|"
    # A fact about the posting.
    r"(?:(?:job |work )?locations?|salary|job (?:number|id|type)|employment type|department|"
    r"where|when|how much|pay|rate|hours|start(?:s| date)?|contract|terms of service|grade|band|"
    r"report(?:s|ing) to|(?:accountable|responsible) to|line manager|closing date|"
    r"physical demands|page \d+ of \d+$)\s*(?::|$)|"
    # What one gets or is told, a question of a form and what may be answered.
    r"you(?:['’]ll| will| might)? (?:just be the right|find|get to|be (?:constantly )?exposed|"
    r"report |be able to work in|have the opportunity)|"
    r"you (?:need|have) to (?:live|reside)\b|do you (?:have|possess|like)\b|"
    r"(?:yes|no|none|or|n/a|beginner|intermediate|fluent)\.?$|"
    # What becomes of those who do not comply, and of a notice.
    r"(?:refusal|failure) to\b|drug test required|employees with\b|repost:|previous candidates\b|"
    r"report(?:s|ing) to\b[^.,;]{2,40}$|(?:base )?(?:salary|pay|wages?)\b[^.]{0,30}\d|"
    # A sum, which is what one is paid.
    r"(?:up to |from |to )?"
    r"(?:[$€£]|(?:eur|usd|gbp|chf|nok|sek|dkk|aud|cad|rs|inr)\b)\s?\d",
    re.IGNORECASE,
)
# "Who the cave needs", which heads something.
_HEADS = re.compile(r"(?:Who|Whom|What|Which|Why|How|Where)\b[^.!?:,]{3,40}$")
# Pay, wherever it is said, and what pages say of cookies.
_OF_PAY_OR_PAGE = re.compile(
    r"\d[\d,.]{0,12} (?:[A-Z]{3} )?per (?:month|annum)\b|technical storage or access|"
    r"[$€£]\s?\d[\d,.]{0,12}k?(?: gross| net)? (?:a|an|per) (?:month|year|hour|week|day)\b"
)
# What an amount of money is of, where a line asks for work: "order materials worth £500,000".
_AMOUNT = re.compile(r"(?: (?:worth|of|over|above)){0,2} [$€£]\s?\d[\d,.]{0,12}(?:[km]|bn)?\b\+?")
# Where to write to.
_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
# What stands below "We don't need" and the like.
_NOT_ASKED_BELOW = re.compile(
    r"(?:what |things )?(?:we|you) "
    r"(?:do not|don['’]t|cannot|can['’]t|will not|won['’]t)\b(?! wait)",
    re.IGNORECASE,
)
# How much the words of a line may speak for pay, law and the like where it stands among duties.
_MOST_DOUBT = 2 * UNIT
_MOST_DOUBT_OF_WORK = 3 * UNIT  # and of what is listed below "Requirements"
_LITTLE_DOUBT = UNIT // 4
_LETTER = re.compile(r"[^\W\d_]")
_MORE_WORDS_THAN_TITLE = 8
_TOP_LINES = 5


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
    if body_language(posting.lines) not in {"English", ""}:
        return ()
    units = units_of(posting.lines)
    labels = label_units(units, posting.title)
    asked = list(_asked(posting, units, labels))
    once: dict[str, tuple[str, Kind, int]] = {}
    if posting.title:
        once[_bare(posting.title)] = (posting.title, Kind.TITLE, 0)
    for unit, kind in asked or _listed_below(units, posting.company):
        once.setdefault(_bare(unit.text), (unit.text, kind, unit.line.number))
    is_posting = bool(posting.title) or any(map(_speaks_of_a_job, units, labels))
    if not is_posting or all(kind is Kind.TITLE for _, kind, _ in once.values()):
        return ()
    return tuple(
        Requirement(f"r{number}", text, kind, WEIGHTS[kind], line)
        for number, (text, kind, line) in enumerate(once.values(), start=1)
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """A line of a posting, or a sentence of it: what it is about, and what it asks for.

    `part` is a `Part`, or "heading". `requirement` is the id of what it asks for, "" for nothing.
    """

    text: str
    line: int
    part: str
    requirement: str


def understand(posting: Posting) -> tuple[Understood, ...]:
    """Return all of a posting, line by line and running text by sentence, as it is understood."""
    units = units_of(posting.lines)
    asking = {_bare(one.text): one.id for one in find_requirements(posting) if one.line}
    return tuple(
        Understood(
            unit.text,
            unit.line.number,
            "heading" if label.startswith(HEADING) else label,
            asking.get(_bare(unit.text), ""),
        )
        for unit, label in zip(units, label_units(units, posting.title), strict=True)
    )


def why_nothing(posting: Posting) -> str:
    """Return the reason, and what to do, for a posting in which no requirement is found."""
    language = body_language(posting.lines)
    if language not in {"English", ""}:
        return (
            f"reads like {language}, and only English postings are read so far; give the "
            "English text of it"
        )
    return (
        "no requirement found in it. Is it the whole text of a job posting? "
        "Paste what the job is and what it asks for, one point per line."
    )


def _asked(
    posting: Posting, units: Sequence[Unit], labels: Sequence[str]
) -> Iterator[tuple[Unit, Kind]]:
    """Yield what is asked for, and how: what its own words call a plus is preferred only."""
    taken: list[tuple[Unit, Kind, bool, bool]] = []
    is_wish = False  # below "Nice to have"
    for unit, label in zip(units, labels, strict=True):
        if label.startswith(HEADING):
            is_wish = label == HEADING + Part.PREFERRED
            continue
        # What was taken for talk of the company may be a point below "Requirements".
        below = _listed_as(unit)
        is_talk = bool(below) and label == Part.COMPANY
        part = below if is_talk else label
        if (
            part in _KINDS
            and _may_ask(unit, posting.company)
            and not _names_the_job(unit, posting.title)
        ):
            taken.append((unit, _KINDS[Part(part)], is_wish, is_talk))
    doubts = doubts_of([_AMOUNT.sub("", unit.text) for unit, *_ in taken])
    for (unit, kind, is_wish, is_talk), doubt in zip(taken, doubts, strict=True):
        is_work = begins_with_work(find_cues(unit.text))
        is_listed = _listed_as(unit) == Part.REQUIRED
        most = _MOST_DOUBT_OF_WORK if is_work or is_listed else _MOST_DOUBT
        most = _LITTLE_DOUBT if is_talk else most
        plainly = asks_plainly(unit.text)
        if doubt <= most or plainly:
            is_must = (
                plainly == "required"
                and not is_wish
                and heading_kind(unit.line.heading) != "preferred"
            )
            meant = Kind.REQUIRED if is_must and kind is Kind.PREFERRED else kind
            yield unit, Kind.PREFERRED if _is_plus(unit.text) or plainly == "preferred" else meant


def _listed_below(units: Sequence[Unit], company: str) -> Iterator[tuple[Unit, Kind]]:
    """Yield what stands in a list below "Requirements" and the like, whatever its words tell of."""
    for unit in units:
        if (part := _listed_as(unit)) and _may_ask(unit, company):
            yield unit, _KINDS[Part(part)]


def _listed_as(unit: Unit) -> str:
    """Return "required" or "preferred" for a point of a list below such a heading, else ""."""
    part = heading_kind(unit.line.heading) if unit.line.is_item else ""
    return part if part in {Part.REQUIRED, Part.PREFERRED} else ""


def _is_plus(text: str) -> bool:
    """Return whether a line is a plus: of several sentences all, for each is asked by itself."""
    said = [text[a:b] for a, b in split_statements(text)] if is_plus(text) else []
    return bool(said) and all(map(is_plus, said))


def _may_ask(unit: Unit, company: str) -> bool:
    """Return whether nothing in a line's own words says that it asks for nothing."""
    text, cues = unit.text, find_cues(unit.text)
    if unit.line.is_item and _NOT_ASKED_BELOW.match(unit.line.heading):
        return False
    goes_on = unit.line.is_item or text[0].islower()
    above = heading_kind(unit.line.heading) if goes_on else ""
    if unit.line.is_item and above in _OF_OTHER_THINGS:
        # "Logistics" may be the work of this job.
        return begins_with_work(cues) and not cues.has("never", "furniture")
    if above == "values":
        return bool(asks_plainly(text))
    return (
        bool(_LETTER.search(text))
        and not text.endswith(":")
        and (unit.line.is_item or not _HEADS.match(text))
        and not _NOT_ASKED.match(text)
        and not _ADDRESS.search(text)
        and not _OF_PAY_OR_PAGE.search(text)
        and not cues.has("never", "furniture")
        and (not speaks_of_itself(cues) or bool(asks_plainly(text)))
        and (unit.line.is_item or not tells_of_organisation(text, company))
        and (unit.line.is_item or not only_announces(text))
        and not states_a_thing(text)
        and (unit.line.is_item or not is_usual_heading(cues))
        and line_language(text) in {"English", ""}
    )


def _speaks_of_a_job(unit: Unit, label: str) -> bool:
    """Return whether a line asks, or heads what is asked. A list alone is none: recipes have it."""
    heads = label.startswith(HEADING) and heading_kind(unit.text) in _OF_THE_JOB
    return heads or (label in _KINDS and asks_for_someone(unit.text))


def _names_the_job(unit: Unit, title: str) -> bool:
    """Return whether a line is the title, perhaps with a label, a place or a team beside it."""
    text = unit.text
    if not title or unit.line.is_item:
        return False
    if title in (text, text.partition(":")[2].strip()):
        return True
    longest = len(title.split()) + _MORE_WORDS_THAN_TITLE
    return unit.place < _TOP_LINES and len(text.split()) <= longest and text.startswith(title)


def _bare(text: str) -> str:
    """Return what makes two lines the same: words and signs, but for the signs at the end."""
    return " ".join(text.casefold().split()).rstrip(" .,;:!")
