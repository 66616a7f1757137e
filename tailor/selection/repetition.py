"""Lines that say what another line says: the same words, or nearly, with the same figures.

A reader takes a line that stands on the page twice for carelessness, and one that is there in two
versions too. Lines of other figures ("a staff of 50", "a staff of 70") tell of other things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tailor.nlp.word_form import is_stop_word, word_form
from tailor.values.cv import Cv, SectionKind

_WORD = re.compile(r"[^\W\d_][\w+#'’]*|\d[\d.,]*")
# The share of the words of both that two lines have in common if they say the same, and if all
# words of the shorter stand in the longer. Read on pairs of lines of real résumés: above, hardly
# one pair tells of two things.
_SAME, _INSIDE = 0.8, 0.6
# Fewer words ("Grade: Merit.") may be true of two entries.
_LEAST_WORDS = 4
_EACH_ITS_OWN = frozenset(
    {
        SectionKind.PUBLICATIONS,
        SectionKind.SKILLS,
        SectionKind.LANGUAGES,
        SectionKind.SUMMARY,
        SectionKind.REFERENCES,
    }
)


class _Words:
    """The words of a line that carry its meaning, each in one form, and its figures."""

    def __init__(self, text: str) -> None:
        found = _WORD.findall(text)
        self.forms = frozenset(
            word_form(word) for word in found if not word[0].isdigit() and not is_stop_word(word)
        )
        self.figures = frozenset(word.strip(".,") for word in found if word[0].isdigit())

    def repeats(self, other: _Words) -> bool:
        """Return whether this line says nothing that `other` does not say."""
        common = len(self.forms & other.forms)
        share = common / len(self.forms | other.forms)
        if share >= _SAME:
            return self.figures == other.figures
        inside = common == len(self.forms) and self.figures <= other.figures
        return inside and share >= _INSIDE


def repetitions(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of numbers of texts of which the first says nothing that the second does not.

    Where two say the same both pairs are there.
    """
    words = [_Words(text) for text in texts]
    counts = Counter(form for one in words for form in one.forms)
    # Two lines that have over half of their words in common share one of the rarer half.
    known: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(words):
        if len(one.forms) < _LEAST_WORDS:
            continue
        rare = sorted(one.forms, key=lambda form: (counts[form], form))
        rare = rare[: len(rare) // 2 + 1]
        near = {other for form in rare for other in known[form]}
        for other in sorted(near):
            if one.repeats(words[other]):
                yield number, other
            if words[other].repeats(one):
                yield other, number
        for form in rare:
            known[form].append(number)


@lru_cache(maxsize=16)
def repeated_in(cv: Cv) -> Mapping[str, frozenset[str]]:
    """Return for statements of `cv` the other ones that say all they say, by their ids.

    Publications are not among them: two of one project have nearly the same title.
    """
    texts = {
        statement.id: bullet.statement_text(statement)
        for section in cv.sections
        if section.kind not in _EACH_ITS_OWN
        for bullet in (*section.bullets, *(b for entry in section.entries for b in entry.bullets))
        for statement in bullet.statements
    }
    ids = tuple(texts)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in repetitions(tuple(texts.values())):
        found[ids[one]].add(ids[other])
    return {name: frozenset(others) for name, others in found.items()}


@lru_cache(maxsize=16)
def alike_in(cv: Cv) -> Mapping[str, frozenset[str]]:
    """Return for statements of `cv` the other ones that should not stand on one page with each.

    One of the two says all that the other says.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, others in repeated_in(cv).items():
        for other in others:
            found[name].add(other)
            found[other].add(name)
    return {name: frozenset(others) for name, others in found.items()}
