"""The names in a clause of a posting -> `Ask`s: what people list in a CV, or may.

"Kafka in production" names Kafka; "strong Python skills" name Python. What grades a name goes, and
so do words that can be no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailor.matching.ask import Ask, AskKind
from tailor.matching.asked_row import KINDS
from tailor.matching.asking_line import AskingLine, NamedPlace, groups_in
from tailor.matching.kind import (
    SIGNS,
    cues_in,
    is_graded_itself,
    kind_of,
    says_held,
    says_how,
    tables,
)
from tailor.matching.meant import is_everyday
from tailor.matching.sign import listed_as
from tailor.matching.words import word_set

_NO_NAMES = frozenset({AskKind.TRAIT, AskKind.ARRANGEMENT, AskKind.EXPERIENCE_YEARS})
_PAPERS = frozenset({AskKind.LICENCE, AskKind.DEGREE})
_PARTICLES = frozenset("out off up down over away back forward through together".split())
_IN_USE = re.compile(r"\bin (?:production|practice|anger)$")  # "Kafka in production" names Kafka
_ALSO_WORK = re.compile(r"\b(?:regist\w+|permits?|cards?|tickets?|status)\b", re.IGNORECASE)
_IN_DEPTH = re.compile(r"in-depth\b", re.IGNORECASE)
_NUMERAL = re.compile(r"[IVX]+|[£$€]?[\d.,–-]+[KkMm]?[+%]?")


def is_listed(name: str) -> bool:
    """Return whether people are known to list something in a CV."""
    return listed_as(name) == KINDS[0]


def listed_names(line: AskingLine, names: Sequence[NamedPlace]) -> list[NamedPlace]:
    """Return the names that people list in a CV: "a desire to write Python" asks for Python."""
    return [
        name for name in names if name.is_sure and _is_listed_so(line.words(name.start, name.end))
    ]


def _is_listed_so(name: str) -> bool:
    """Return whether people list something so written: "slack" is no Slack beside a trait."""
    return is_listed(name) and not (name.islower() and is_everyday(name))


def of_names(line: AskingLine, names: Sequence[NamedPlace], ask: Ask) -> Iterator[Ask]:
    """Yield what the names of a clause ask for; those with "or" between them are alternatives."""
    groups = groups_in([(name.start, name.end) for name in names], line)
    for name, group in zip(names, groups, strict=True):
        if _IN_USE.search(line.text, max(0, name.start - 3), name.end):
            continue
        if _IN_DEPTH.match(line.text, max(0, name.start - 3)):
            continue
        text = _bare(line.words(name.start, name.end).strip(SIGNS))
        kind = kind_of(text)
        is_paper = kind is AskKind.LICENCE and cues_in(text).has(kind)
        if (
            ask.kind is AskKind.DUTY
            and kind in _PAPERS
            and not (is_paper and _may_be_held(text, line.text))
        ):
            kind = AskKind.SKILL  # "give CPR" asks for no paper
        if kind not in _NO_NAMES and _may_name(text, is_sure=name.is_sure):
            yield new_ask(ask, text, kind, group or ask.group, is_sure=name.is_sure)


def _bare(name: str) -> str:
    """Return a name without what grades it, and without "skills" and the like behind it.

    Nor does one begin with what belongs to a verb: "carry out inspections".
    """
    if "(" in name and ")" not in name:
        name = name[: name.index("(")].rstrip()  # "AWS (EKS"
    words = name.split()
    while len(words) > 1 and words[0].islower() and _adds_nothing(words[0], words[1]):
        del words[0]
    while words and (
        words[-1] in word_set("tails") or (words[1:] and _hangs(words[-1])) or _breaks_off(words)
    ):
        words.pop()
    return " ".join(words)


def _may_be_held(name: str, line: str) -> bool:
    """Return whether a line of work speaks of a paper of one's own: no "voter registration"."""
    return says_held(line) or not _ALSO_WORK.search(name)


def _adds_nothing(word: str, following: str) -> bool:
    """Return whether a word in front of a name grades it, or belongs to what stands before."""
    known = tables()
    if says_how(word) and following in known.function:
        return True  # "particularly at supercomputing scale"
    grades = word in known.grades and not is_graded_itself(word, following)
    return grades or word in known.function or word in _PARTICLES


def _hangs(word: str) -> bool:
    """Return whether a word at the end of a name belongs to what follows it: "such", "of"."""
    return word in tables().function or word == "such" or says_how(word)


def _breaks_off(words: Sequence[str]) -> bool:
    """Return whether a name ends with a number of something: "events of 300"."""
    return len(words) > 1 and words[-1].isdigit() and words[-2] in tables().function


def _may_name(text: str, *, is_sure: bool) -> bool:
    """Return whether words that stand in a line can be a name at all."""
    known = tables()
    first, *rest = text.casefold().split() or [""]
    # The "s" of "Master's", and "the following: …".
    if not first or first in {"s", "following"} or _NUMERAL.fullmatch(text):
        return False
    words = (known.broad, known.grades, known.verbs, known.function)
    alone = not rest and text[1:].islower() and any(first in one for one in words)
    begins = any(
        first in one for one in (known.nouns, known.adjectives, known.function, known.verbs)
    )
    return is_sure or not (alone or (begins and text[1:2].islower()))


def new_ask(like: Ask, text: str, kind: AskKind, group: str | None, *, is_sure: bool = True) -> Ask:
    """Return an ask of the same line and importance as another one."""
    return Ask(text, kind, like.importance, like.requirement, group, is_sure=is_sure)
