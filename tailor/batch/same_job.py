"""Whether two postings are one job: by what they ask for, not by the words that surround it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from tailor.matching.requirements import find_requirements
from tailor.reading.cv.names import is_place
from tailor.reading.cv.pieces import is_town
from tailor.values.posting import Posting
from tailor.values.resources import data_table, data_toml

# A line has a counterpart where at least so much of its words is the same, of 100.
_ALIKE = 70
# As alike are two spellings of one word, such as singular and plural.
_SPELT_ALIKE = 85
# Words that ask for nothing.
_LIGHT = frozenset(
    "a an and are as at be both by etc for from has have in including is it its of on or other our"
    " that the their this to us we well who will with you your".split()
)
_WORD = re.compile(r"[^\W_][\w+#]*(?:[.'’/-][^\W_][\w+#]*)*")
_NUMBER_OF_JOB = re.compile(r"\d{3,}")
_LEGAL = frozenset(
    "inc incorporated llc llp ltd limited gmbh ag se sa sas srl bv nv ab oy plc corp co".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a posting: the words of its title, company, asking and other lines."""

    title: tuple[str, ...]
    company: tuple[str, ...]
    asks: tuple[str, ...]
    lines: tuple[str, ...]
    whole: str


def said_of(posting: Posting) -> Said:
    """Return what is compared of `posting`."""
    lines = tuple(line.text for line in posting.lines)
    asks = (need.text for need in find_requirements(posting) if need.line)
    return Said(
        title_words(posting.title),
        tuple(word for word in words_of(posting.company) if word not in _LEGAL),
        tuple(dict.fromkeys((*asks, *filter(_names_a_language, lines)))),
        lines,
        _spaced(" ".join(lines)),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`, in one case; numbers and names such as "C++" are words."""
    return tuple(_WORD.findall(text.casefold()))


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title, without the number that a job has in a firm's books."""
    return tuple(word for word in words_of(title) if not _NUMBER_OF_JOB.fullmatch(word))


def may_be_one(one: Said, other: Said) -> bool:
    """Return whether titles and companies allow two postings to be one job.

    What one of them does not tell stands against nothing. A company may be called by the
    beginning of its name.
    """
    shorter = min(len(one.company), len(other.company))
    return (not one.title or not other.title or one.title == other.title) and (
        one.company[:shorter] == other.company[:shorter]
    )


def ask_alike(one: Said, other: Said) -> bool:
    """Return whether two postings ask for the same.

    Each line that asks has a counterpart in the other, which differs from it in light words,
    places and spelling alone. Where nothing is asked for, as in another language, all words must
    be the same.
    """
    if not one.asks and not other.asks:
        return one.whole == other.whole
    known = frozenset((*one.title, *other.title, *one.company, *other.company))
    return all(_has_all(mine, yours, known) for mine, yours in ((one, other), (other, one)))


def _has_all(mine: Said, yours: Said, known: frozenset[str]) -> bool:
    lines = [words_of(line) for line in yours.lines]
    for ask in mine.asks:
        words = words_of(ask)
        if f" {' '.join(words)} " in yours.whole:
            continue
        found = process.extractOne(words, lines, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found is None or not _says_the_same(words, found[0], known):
            return False
    return True


def _says_the_same(ask: Sequence[str], line: Sequence[str], known: frozenset[str]) -> bool:
    """Return whether two lines differ in light words, places and spelling alone."""
    mine, yours = Counter(ask) - Counter(line), Counter(line) - Counter(ask)
    apart = _LIGHT | known
    left = [
        [word for word in words.elements() if word not in apart and not _is_place(word)]
        for words in (mine, yours)
    ]
    return all(
        any(fuzz.ratio(word, other) >= _SPELT_ALIKE and word.isalpha() for other in left[1 - side])
        for side, words in enumerate(left)
        for word in words
    )


def _is_place(word: str) -> bool:
    """Return whether a word is a place, and not also the name of a tool, such as "Julia"."""
    return (is_town(word) or is_place(word.title())) and word not in _tools()


def _names_a_language(line: str) -> bool:
    """Return whether a line may ask for a language, wherever in the posting it stands."""
    return not _languages().isdisjoint(re.findall(r"\b[A-Z]\w+", line))


@cache
def _languages() -> frozenset[str]:
    return frozenset(data_toml("languages.toml")["names"])


@cache
def _tools() -> frozenset[str]:
    return frozenset(name for row in data_table("skill_aliases.tsv") for name in row.values())


def _spaced(text: str) -> str:
    return f" {' '.join(words_of(text))} "
