"""The items of a line of skills in another order: what is asked for first, the same words.

"Languages: Java, Python, C++" becomes "Languages: Python, Java, C++" where Python is asked for.
Only a plain list is taken apart; one that ends in "and C++" is a sentence, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from tailor.matching.name import NameWord, holds, name_words, other_names
from tailor.values.cv import RichText

# What stands before the items: "Languages: Python, C++".
LABEL = re.compile(r"[^:,;.]{2,40}:(?=\s)")
_SEPARATOR = re.compile(r", |; | \| | · ")
_GROUP_END = re.compile(r"\.(?: |$)")
_IN_A_SENTENCE = re.compile(r"\b(?:and|or|etc|such|e\.g|including)\b|[&(){}\[\]]", re.IGNORECASE)
_LEAST_ITEMS, _LONGEST_ITEM = 3, 40

Span = tuple[int, int]


@lru_cache(maxsize=2_000)
def lists_in(plain: str) -> tuple[tuple[Span, ...], ...]:
    """Return the lists in a line of skills: the start and end of each item, in the line's order."""
    found = []
    for start, end in _groups(plain):
        label = LABEL.match(plain, start, end)
        first = label.end() if label else start
        while first < end and plain[first] == " ":
            first += 1
        spans = []
        for separator in _SEPARATOR.finditer(plain, first, end):
            spans.append((first, separator.start()))
            first = separator.end()
        spans.append((first, end))
        if len(spans) >= _LEAST_ITEMS and all(_is_item(plain[a:b]) for a, b in spans):
            found.append(tuple(spans))
    return tuple(found)


def _groups(plain: str) -> Iterator[Span]:
    start = 0
    for end in _GROUP_END.finditer(plain):
        yield start, end.start()
        start = end.end()
    if start < len(plain):
        yield start, len(plain)


def _is_item(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_ITEM and not _IN_A_SENTENCE.search(text)


def asked_first(text: RichText, is_asked: Callable[[str], bool]) -> RichText:
    """Return a line of skills with the items that are asked for first, else in its order."""
    plain = text.plain
    for spans in lists_in(plain):
        wanted = [is_asked(plain[start:end]) for start, end in spans]
        order = [place for place, is_first in enumerate(wanted) if is_first]
        order += [place for place, is_first in enumerate(wanted) if not is_first]
        if order == list(range(len(spans))):
            continue
        pieces = text.slice(0, spans[0][0])
        for place, number in enumerate(order):
            pieces += text.slice(*spans[number])
            following = spans[place + 1][0] if place + 1 < len(spans) else None
            pieces += text.slice(spans[place][1], following)
        text = pieces
    return text


def in_one_order(plain: str) -> str:
    """Return a line of skills with its items sorted: equal for lines that differ in order only."""
    for spans in lists_in(plain):
        items = sorted(plain[start:end] for start, end in spans)
        head, tail = plain[: spans[0][0]], plain[spans[-1][1] :]
        separators = [plain[a[1] : b[0]] for a, b in pairwise(spans)]
        body = "".join(map("".join, zip(items, [*separators, ""], strict=True)))
        plain = head + body + tail
    return plain


def names_one_of(skills: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether an item of a list names one of `skills`."""
    names = {other for name in skills for other in (name, *other_names(name))}
    known: dict[str, bool] = {}

    def is_asked(item: str) -> bool:
        if item not in known:
            known[item] = _names_one(name_words(item), names)
        return known[item]

    return is_asked


def _names_one(words: Sequence[NameWord], names: set[str]) -> bool:
    return any(holds(words, name, listed=True) for name in names)
