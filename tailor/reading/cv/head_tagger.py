"""The roles of the words of a head, where no cut at a separator says them: a learnt second reading.

A linear-chain conditional random field over the words of one entry's head (`head_words.py`). It
goes on with the first reading where that is usually right, and knows where it is not: in prose, in
words run together, in jobs beside their grade or their ward.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from tailor.reading.cv.head_words import Head, HeadLine, Token, describe, head_of
from tailor.values.resources import Tagger, field_tagger

ROLES = ("T", "E", "P")
# A head names a title and an employer, and often a place: by how much a reading that has one of
# them is preferred (logarithms of likelihoods; chosen on CVs that were not learnt from).
# A degree without its school is more usual than a job without its employer.
_WORTH = {
    "exp": {"T": 7.0, "E": 7.0, "P": 2.0},
    "edu": {"T": 7.0, "E": 4.0, "P": 2.0},
}
_STAYS = {"exp": 2.0, "edu": 4.0}  # what the first reading is preferred by
# By how much more where it was sure: far ahead, of words that fit, in the order of the others.
_SURE = {"421": 4.0, "331": 4.0, "321": 4.0}
_CERTAIN = "431"  # so sure that it is not read again
_APART = 3.0  # what it costs that an employer stands in several places
_LEAST = 1e-30
_CELLS = 3
_MOST_WORDS = 120  # of a head; what has more is read once
_ENDS, _NEVER_FIRST = frozenset(').”"+#'), frozenset(",;:|)]/–—-•·&.")


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the words of a head are: (line, start, end, role) spans in order.

    `lead` is how much better this is than the first reading, 0 where it is the first reading.
    """

    spans: tuple[tuple[int, int, int, str], ...]
    lead: float


_AS_FIRST = Tagged((), 0.0)


def tag(heads: Sequence[Sequence[HeadLine]], kind: str) -> list[Tagged]:
    """Return the best reading of the heads of a section, of `kind` "exp" or "edu".

    The first reading, the likeliest one, and those that give a cell of it to a title or an employer
    where it has none are compared by their likelihood, and a head is expected to name both.
    """
    tagger = field_tagger("cv/heads.crfsuite")
    seen = [head_of(lines) for lines in heads]
    return [
        _tagged(tagger, head, rows, kind)
        for head, rows in zip(seen, describe(seen, kind), strict=True)
    ]


def _tagged(tagger: Tagger, head: Head, rows: list[list[str]], kind: str) -> Tagged:
    """Return the best reading of a head with the features of its tokens."""
    if not 0 < len(rows) <= _MOST_WORDS or head.lines[0].sure == _CERTAIN:
        return _AS_FIRST
    tagger.set(rows)

    def worth(labels: list[str]) -> float:
        chance = max(tagger.probability(labels), _LEAST)
        told = sum(_WORTH[kind][role] for role in ROLES if role in labels)
        return math.log(chance) + told - _APART * max(0, _places_of("E", labels) - 1)

    first, best = worth(head.first), tagger.tag()
    readings = [(worth(best), best)]
    for _ in range(2):  # one role missing, or both
        others = ((worth(more), more) for more in _with_missing(head.tokens, readings[-1][1]))
        if more := max(others, key=itemgetter(0), default=None):
            readings.append(more)
    most, chosen = max(readings, key=itemgetter(0))
    lead = most - first - _STAYS[kind] - _SURE.get(head.lines[0].sure, 0.0)
    return Tagged(tuple(_spans(head.tokens, chosen)), lead) if lead > 0 else _AS_FIRST


def _places_of(role: str, labels: Sequence[str]) -> int:
    """Return in how many places words of a role stand, with others between them."""
    before = ["", *labels]
    return sum(one != role == label for one, label in zip(before, labels, strict=False))


def _with_missing(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[list[str]]:
    """Yield the readings in which up to three cells of a line are of a role that was missing."""
    missing = [role for role in "TE" if role not in labels]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, token in enumerate(tokens):
        cells[token.line, token.cell].append(index)
    keys = sorted(cells)
    runs = [
        [index for key in keys[start : start + count] for index in cells[key]]
        for start in range(len(keys))
        for count in range(1, _CELLS + 1)
        if start + count <= len(keys) and keys[start][0] == keys[start + count - 1][0]
    ]
    for role in missing:
        for run in runs:
            own = [index for index in run if labels[index] != "D"]
            while own and not _may_end(tokens[own[-1]].text):
                own.pop()
            chosen = set(own)
            new = [role if index in chosen else label for index, label in enumerate(labels)]
            named = any(tokens[index].text[0].isalpha() for index in own)
            if named and all(kept in new for kept in "TE" if kept in labels):
                yield new


def _may_end(text: str) -> bool:
    """Return whether a word or a sign may end a name."""
    return text[0].isalnum() or text in _ENDS


def _spans(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """Yield the stretches of tokens of one role on one line, without signs at their ends."""
    begin = 0
    for index in range(1, len(tokens) + 1):
        ends = index == len(tokens) or labels[index] != labels[begin]
        if not ends and tokens[index].line == tokens[begin].line:
            continue
        if labels[begin] in ROLES:
            own = list(tokens[begin:index])
            while own and not _may_end(own[-1].text):
                own.pop()
            while own and own[0].text in _NEVER_FIRST:
                own.pop(0)
            if own:
                yield own[0].line, own[0].start, own[-1].end, labels[begin]
        begin = index
