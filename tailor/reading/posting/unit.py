"""What is judged of a posting: a line, or one sentence of it, and what it may be about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tailor.reading.posting.cue import find_cues, is_plus
from tailor.values.posting import PostingLine
from tailor.values.statements import split_statements


class Part(StrEnum):
    """What a line of a posting is about."""

    TITLE = "title"
    FACT = "fact"  # place, pay grade, dates, employment type, conditions
    COMPANY = "company"  # its story, values, culture, slogans
    ROLE = "role"  # who is sought and what for, in a sentence
    DUTY = "duty"
    REQUIRED = "required"
    PREFERRED = "preferred"
    BENEFIT = "benefit"
    APPLY = "apply"
    LEGAL = "legal"
    OTHER = "other"  # what belongs to the page and not to the posting


HEADING = "h:"  # before the part that a heading heads
ASKING = frozenset({Part.ROLE, Part.DUTY, Part.REQUIRED, Part.PREFERRED})
_NEXT_SENTENCE = re.compile(r"(?<=[\w)]{2})[.!] (?=[A-Z$€£])")
# A sentence that needs none before it to be judged.
_ON_ITS_OWN = re.compile(
    r"[$€£]|(?:The (?!same|above|following|latter)|This (?:role|position|job|post|person)\b)"
    r"(?:\S+ ){3}"
)
_NOT_NEEDED = re.compile(r"\bnot (?:needed|required|necessary)\.?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of a posting, or one sentence of it: what is judged.

    `place` is the place of its line among the posting's, `nth` that of the sentence in its line.
    """

    text: str
    line: PostingLine
    place: int
    nth: int = 0


def units_of(lines: Sequence[PostingLine]) -> list[Unit]:
    """Return the units of the lines of a posting: items and headings whole, prose by sentence."""
    units: list[Unit] = []
    for place, line in enumerate(lines):
        whole = line.is_item or line.is_heading
        spans = [(0, len(line.text))] if whole else list(_sentences(line.text))
        units += (Unit(line.text[a:b], line, place, nth) for nth, (a, b) in enumerate(spans))
    return units


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the statements of a text stand; a short sentence on a wish is one of its own.

    "It would be great if you had …", "Welsh helps.", "Dutch not needed." So is one that can
    never ask: "The duties may change from time to time.", and one on "The taster".
    """
    for start, end in split_statements(text):
        begin = start
        for match in _NEXT_SENTENCE.finditer(text, start, end):
            before, after = text[begin : match.start() + 1], text[match.end() : end]
            following = after.partition(". ")[0]
            if (
                _ON_ITS_OWN.match(following)
                or _NOT_NEEDED.search(following)
                or is_plus(following) != is_plus(before)
                or _never_asks(following) != _never_asks(before)
            ):
                yield begin, match.start() + 1
                begin = match.end()
        yield begin, end


def _never_asks(text: str) -> bool:
    return find_cues(text).has("never")
