"""A line that asks, with the names in it, as places in its text.

What stands in brackets, and names with a slash such as "Pub/Sub", are kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tailor.matching.cut import asides, slashed_names
from tailor.matching.kind import tables
from tailor.matching.name import thing
from tailor.matching.requirements import Requirement
from tailor.matching.short_name import explained
from tailor.matching.words import word_set
from tailor.nlp.term import TERMS

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAMES = "names"  # under which a `Doc` keeps the names found in it
WORD = re.compile(r"[A-Za-z][\w'+#.-]*")
_EITHER = re.compile(r",? ?(?:and ?/ ?or|or) |/| / | ?\| ?")
# What makes up for a degree or for years, and is one thing.
_EDUCATION_AND = re.compile(
    r"\bcombination of [\w ,/&-]{0,60}?(?:education|training|experience)\b[\w ,/&-]{0,60}"
    r"(?:experience|education|training)\b",
    re.IGNORECASE,
)
# Subjects of one examination at school, and the grade that is wanted in them.
_SUBJECT = r"(?:English|Maths?|Mathematics|Science|Welsh|Language|Literature)"
_SCHOOL_SUBJECTS = re.compile(
    rf"\b(?:GCSEs?|A[- ]levels?)(?: \([^()]{{1,30}}\))?(?: in)? {_SUBJECT}"
    rf"(?:(?:,| ?/| &| and| or)? {_SUBJECT}){{0,4}}"
    r"(?:,?(?: both)?(?: at)? (?:grades?|level) [A-C4-9](?:(?: ?/ ?| or |-)[A-C4-9]\b){0,2}"
    r"(?: or (?:above|equivalent|higher|better))?)?",
    re.IGNORECASE,
)
# "Institute of Cemetery and Crematorium Management Diploma"
_BODY = re.compile(
    r"\b(?:Institut(?:e|ion)|Association|Society|Federation|College|Academy|Board|Guild|Department"
    r"|Ministry|School|Faculty) (?:of|for)(?: the)?(?: [A-Z][\w'-]+){1,4}"
    r"(?:,? (?:and|&|of|for) (?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,4}){1,3}"
)
# "Pharmacy and Poisons Board"
_BOARD = re.compile(
    r"\b[A-Z][\w'-]{1,25} (?:and|&) [A-Z][\w'-]{1,25}(?: [A-Z][\w'-]{1,25}){0,2}"
    r" (?:Board|Council|Authority|Commission|Association|Institute|Society|College|Agency"
    r"|Department|Committee)\b"
)
_COMMA = re.compile(r", ")
_DASH = re.compile(r" [-–—] |: ")
_TWO = re.compile(r"([a-z]{4,}) & ([a-z]{4,})")
_TWO_OF_TWO = re.compile(
    r"(?<![\w-])([\w-]{1,30}(?: [\w-]{1,30}){1,2}) (?:and|&) ([\w-]{1,30}(?: [\w-]{1,30}){1,2})"
)
_AND_TWO = re.compile(r"[\w-]+ and [\w-]+ [\w-]+")
_ONE_OF_TWO = re.compile(r"([\w+#-]{2,}(?: [\w+#-]{2,})?) or ([\w+#-]{2,}(?: [\w+#-]{2,}){0,2})")


class NamedPlace(NamedTuple):
    """A name in a line: its place in characters; `is_sure` is False where it may be none."""

    start: int
    end: int
    is_sure: bool


class AskingLine:
    """A line that asks, with the names in it."""

    def __init__(self, requirement: Requirement, doc: Doc) -> None:
        self.text = requirement.text.replace("’", "'").replace("\n", " ").replace("\t", " ")
        slashed = slashed_names(self.text)
        from_tokens = _widened(_names_of(doc), slashed)
        self.requirement = requirement
        self.groups = 0
        joined = [(span.start_char, span.end_char) for span in doc.spans[TERMS]]
        known = explained([self.text])
        places = [(name.start, name.end) for name in from_tokens]
        self.asides = asides(self.text, places, known)
        self.names = [
            name
            for name in _parted(self.text, from_tokens)
            if not any(s < name.start < e and name.start < name.end for s, e in self.asides)
        ]
        self.names = _with_spelt_out(self.text, self.names, known)
        self.whole = [*((name.start, name.end) for name in self.names if name.is_sure), *joined]
        self.whole += [*self.asides, *slashed]
        for one in (_EDUCATION_AND, _SCHOOL_SUBJECTS, _BODY, _BOARD):
            self.whole += [found.span() for found in one.finditer(self.text)]

    def words(self, start: int, end: int) -> str:
        """Return the words from one place to another, without what is said on the side."""
        parts = []
        for s, e in self.asides:
            if start <= s and e <= end:
                parts.append(self.text[start:s])
                start = e
        return " ".join(" ".join([*parts, self.text[start:end]]).split())

    def named(self, start: int, end: int) -> list[NamedPlace]:
        """Return the names between two places."""
        return [name for name in self.names if start <= name.start and name.end <= end]

    def group(self) -> str:
        """Return the number of a new group of alternatives."""
        self.groups += 1
        return str(self.groups)


def _names_of(doc: Doc) -> list[NamedPlace]:
    """Return the names in a line, as places."""
    return [
        NamedPlace(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), sure)
        for start, end, sure in doc.user_data.get(NAMES, ())
    ]


def _widened(names: Sequence[NamedPlace], slashed: Sequence[tuple[int, int]]) -> list[NamedPlace]:
    """Return names, those that lie in "Pub/Sub" and the like as the whole of it."""
    found: dict[tuple[int, int], NamedPlace] = {}
    for name in names:
        for start, end in slashed:
            if start < name.end and name.start < end:
                name = NamedPlace(min(start, name.start), max(end, name.end), name.is_sure)  # noqa: PLW2901
        found.setdefault((name.start, name.end), name)
    return list(found.values())


def _parted(text: str, names: Sequence[NamedPlace]) -> list[NamedPlace]:
    """Return names, those that are two as two."""
    found: list[NamedPlace] = []
    for name in names:
        if _ends_one(text, name):
            continue
        if (dash := _DASH.search(text, name.start, name.end)) and thing(text[slice(*name[:2])]) < 0:
            found += [name._replace(end=dash.start()), name._replace(start=dash.end())]
            continue
        two = _two_in(text, name)
        if two and thing(two[0]) < 0:
            found += [
                NamedPlace(*two.span(1), name.is_sure),
                NamedPlace(*two.span(2), name.is_sure),
            ]
        else:
            found.append(name)
    return found


def _ends_one(text: str, name: NamedPlace) -> bool:
    """Return whether a name begins with the last word of another one.

    "Inspection and possession planning" in "track inspection and possession planning".
    """
    if (
        not _AND_TWO.fullmatch(text, name.start, name.end)
        or thing(text[name.start : name.end]) >= 0
    ):
        return False
    before = text[: name.start].split(" ")
    last = before[-2].casefold() if len(before) > 1 and not before[-1] else ""
    return last.replace("-", "").isalpha() and last not in _no_part_of_names()


@cache
def _no_part_of_names() -> frozenset[str]:
    """Return words before which a name begins, and does not go on."""
    known = tables()
    return known.function | known.grades | known.verbs | known.nouns | known.adjectives


def _with_spelt_out(
    text: str, names: Sequence[NamedPlace], known: Mapping[str, str]
) -> list[NamedPlace]:
    """Return names, what a text spells out before its short name in brackets as one of them."""
    places = [
        NamedPlace(start, start + len(long), True)
        for short, long in known.items()
        if len(short) < len(long) and (start := text.find(long)) >= 0
    ]
    apart = [
        name
        for name in names
        if not any(one.start < name.end and name.start < one.end for one in places)
    ]
    return sorted([*apart, *places])


def _two_in(text: str, name: NamedPlace) -> re.Match[str] | None:
    """Return the two names in one: "payroll & benefits", "marine or offshore".

    Not "commercial or industrial refrigeration", where both share the last word.
    """
    if two := _TWO.fullmatch(text, name.start, name.end):
        return two
    if name.is_sure and (two := _TWO_OF_TWO.fullmatch(text, name.start, name.end)):
        return two
    two = _ONE_OF_TWO.fullmatch(text, name.start, name.end)
    return two if two and (" " not in two[2] or thing(two[1]) >= 0) else None


def groups_in(places: Sequence[tuple[int, int]], line: AskingLine) -> list[str | None]:
    """Return for each of some places the group that it belongs to."""
    found: list[str | None] = [None] * len(places)
    for number in range(1, len(places)):
        between = line.text[places[number - 1][1] : places[number][0]]
        if not _EITHER.fullmatch(between):
            continue
        first = number - 1
        while first and _COMMA.fullmatch(line.text[places[first - 1][1] : places[first][0]]):
            first -= 1
        group = found[number - 1] or line.group()
        found[first : number + 1] = [one or group for one in found[first : number + 1]]
    return found


def words_beside(line: AskingLine, start: int, end: int, names: Sequence[NamedPlace]) -> int:
    """Return how many words of a stretch say something beside the names in it."""
    known = tables()
    count_ = 0
    for found in WORD.finditer(line.text, start, end):
        low = found[0].casefold().rstrip(".")
        if any(name.start <= found.start() < name.end for name in names):
            continue
        if any(s <= found.start() < e for s, e in line.asides):
            continue
        said = low in known.function or low in known.grades or low in known.tails
        said = said or low in word_set("using")
        count_ += not (said or low in known.nouns or low in known.degrees)
    return count_
