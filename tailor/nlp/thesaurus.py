"""Which topics of work a text speaks of, by a thesaurus of their terms (`models/`).

*nvshmem* and *Triton* are terms of GPU programming, *payroll* is one of human resources: a
line can answer a requirement without sharing a word with it. The thesaurus is written by hand
(`data/thesaurus_*.txt`); what a topic is worth is learnt from how often it is spoken of.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.nlp.language import plain_form, units
from tailor.values.memory import TEXTS_KEPT, WORDS_KEPT
from tailor.values.resources import columns, model_bytes

THESAURUS_FILE = "thesaurus.tsv.gz"
# What a broader topic has of a narrower one's weight, for each step up.
_BROADER = 0.5
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, what it is worth (rarer is more), and the broader topics above it."""

    name: str
    weight: float
    broader: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term found in a text, ``text[start:end]``, and the topics it belongs to."""

    start: int
    end: int
    topics: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Topics, and the topics of each term.

    A term of several words is their forms with a space between, one of a single word its
    plain form after an "="; `longest` has, by a term's first form, the number of forms of the
    longest term that begins so.
    """

    topics: tuple[Topic, ...]
    terms: dict[str, tuple[int, ...]]
    longest: dict[str, int]
    reach: tuple[tuple[tuple[int, float], ...], ...]

    def find_terms(self, text: str) -> tuple[Term, ...]:
        """Return the terms of `text` in order: at each place the longest, none inside another."""
        forms = _forms(text)
        found = []
        place = 0
        count = len(forms)
        begin_longer = self.longest.get
        while place < count:
            form, start, end = forms[place]
            longest = begin_longer(form, 1)
            topics = None
            length = 1
            if longest > 1:
                for several in range(min(longest, count - place), 1, -1):
                    topics = self.terms.get(
                        " ".join([form for form, _, _ in forms[place : place + several]])
                    )
                    if topics:
                        length = several
                        end = forms[place + length - 1][2]
                        break
            if topics is None:
                topics = self.terms.get(single_term(text[start:end]))
            if topics:
                found.append(Term(start, end, topics))
            place += length
        return tuple(found)

    def topics_of(self, text: str) -> dict[int, float]:
        """Return how much `text` speaks of each topic: 1 for one term that is of that topic alone.

        A term of n topics counts 1/√n for each; each repetition less than the one before
        (1 + ln of the count); a broader topic half of the narrower one, for each step up.
        """
        counts: defaultdict[tuple[tuple[int, ...], str], int] = defaultdict(int)
        for term in self.find_terms(text):
            counts[term.topics, text[term.start : term.end].lower()] += 1
        weights: defaultdict[int, float] = defaultdict(float)
        for (topics, _), count in counts.items():
            share = (1 + math.log(count)) / math.sqrt(len(topics))
            for topic in topics:
                for reached, part in self.reach[topic]:
                    weights[reached] += share * part
        return dict(weights)


def term_key(term: str) -> str:
    """Return what `term` is looked up by; empty for one without a word."""
    forms = _forms(term)
    if len(forms) == 1:
        (_, start, end), *_ = forms
        return single_term(term[start:end])
    return " ".join(form for form, _, _ in forms)


@lru_cache(maxsize=WORDS_KEPT)
def single_term(word: str) -> str:
    """Return what a term of the single `word` is looked up by."""
    return "=" + plain_form(word)


def _forms(text: str) -> list[tuple[str, int, int]]:
    """Return the form and place of each word; an abbreviation has those of what it stands for."""
    return [
        (part, start, end)
        for form, start, end in units(text)
        for part in (form.split("_") if "_" in form else (form,))
    ]


def make_thesaurus(topics: Iterable[Topic], terms: Mapping[str, tuple[int, ...]]) -> Thesaurus:
    """Return the thesaurus of `topics`, which refer to each other by position, and `terms`."""
    topics = tuple(topics)
    longest: dict[str, int] = {}
    for term in terms:
        first, count = term.partition(" ")[0], term.count(" ") + 1
        longest[first] = max(longest.get(first, 0), count)
    reach = tuple(_reach(index, topics) for index in range(len(topics)))
    return Thesaurus(topics, dict(terms), longest, reach)


def _reach(index: int, topics: tuple[Topic, ...]) -> tuple[tuple[int, float], ...]:
    """Return the topic itself and those above it, each with its part of the weight."""
    parts = {index: 1.0}
    newest, part = [index], 1.0
    for _ in range(_STEPS):
        part *= _BROADER
        newest = [above for below in newest for above in topics[below].broader]
        newest = [above for above in dict.fromkeys(newest) if above not in parts]
        parts.update(dict.fromkeys(newest, part))
    return tuple(parts.items())


@cache
def learnt_thesaurus() -> Thesaurus:
    """Return the thesaurus that ships in `models/`."""
    return parse_thesaurus(gzip.decompress(model_bytes(THESAURUS_FILE)).decode())


@lru_cache(maxsize=TEXTS_KEPT)
def topics_of(text: str) -> dict[int, float]:
    """Return how much `text` speaks of each topic of the shipped thesaurus."""
    return learnt_thesaurus().topics_of(text)


@lru_cache(maxsize=TEXTS_KEPT)
def terms_of(text: str) -> tuple[Term, ...]:
    """Return the terms of the shipped thesaurus in `text`."""
    return learnt_thesaurus().find_terms(text)


def parse_thesaurus(table: str) -> Thesaurus:
    """Parse the two tables of a thesaurus, parted by an empty line.

    ``name<TAB>weight<TAB>broader topics`` and ``term<TAB>topics``; topics are row numbers
    of the first table, from 0, with spaces between.
    """
    first, _, second = table.partition("\n\n")
    topics = []
    for row in first.splitlines():
        name, weight, broader = row.split("\t")
        topics.append(Topic(name, float(weight), tuple(int(number) for number in broader.split())))
    terms, numbers = columns(second, 2)
    # Many terms are of the same topics: one tuple for all of them.
    known = {cell: tuple(map(int, cell.split())) for cell in set(numbers)}
    return make_thesaurus(topics, dict(zip(terms, map(known.__getitem__, numbers), strict=True)))
