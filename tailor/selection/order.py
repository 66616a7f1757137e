"""Sections, and the items of a line of skills, in another order: what is asked for first.

"Languages: Java, Python, C++" becomes "Languages: Python, Java, C++" where Python is asked for.
Only a plain list is taken apart; one that ends in "and C++", or is parted by two signs, is a
sentence, and stays as it is.

Sections stand as in the CV, but skills go above the first position where most of what a posting
asks for first are skills that they name, and publications right below the positions where it asks
for publications. Neither ever goes down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.name import holds, other_names
from tailor.matching.words import name_words
from tailor.values.cv import RichText, Section, SectionKind

# What stands before the items: "Languages: Python, C++".
LABEL = re.compile(r"[^:,;.]{2,40}:(?=\s)")
_SEPARATOR = re.compile(r", |; | \| | · ")
_REPORTS_TO = re.compile(
    r"\W*(?:reporting|reports?|reported) (?:directly )?to [^,;:]{3,60}", re.IGNORECASE
)
_GROUP_END = re.compile(r"\.(?: |$)")
_IN_A_SENTENCE = re.compile(
    r"\b(?:and|or|etc|such|e\.g|including|of the|in|at|for|since|by|from|(?:19|20)\d\d)\b"
    r"|[&(){}\[\]\"“”„«»]",
    re.IGNORECASE,
)
_LEAST_ITEMS, _LONGEST_ITEM = 3, 40

# What a posting asks for first, and how many of it are most.
_FIRST, _MOST = 6, 4
_PUBLICATIONS = re.compile(
    r"\bpublications?\b|\bpublish(?:ed|ing)?\b.*\b(?:papers?|research|journals?|articles?)\b"
    r"|\bpeer[- ]review(?:ed)?\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


def consent_last(sections: Sequence[Section]) -> list[int]:
    """Return the places of `sections` in the CV's order, what is consented to at the end."""
    return sorted(
        range(len(sections)), key=lambda place: sections[place].kind is SectionKind.CONSENT
    )


def section_order(sections: Sequence[Section], asks: Sequence[Ask]) -> tuple[int, ...]:
    """Return the places of `sections` in the order in which they are printed."""
    order = consent_last(sections)
    work = [n for n in order if sections[n].kind is SectionKind.EXPERIENCE]
    if not work:
        return tuple(order)
    required = [ask for ask in asks if ask.importance is Importance.REQUIRED] or asks
    for place in order[:]:
        section = sections[place]
        if section.kind is SectionKind.SKILLS and _names_first(section, required[:_FIRST]):
            goal = order.index(work[0])
        elif section.kind is SectionKind.PUBLICATIONS and _asks_to_publish(asks):
            goal = order.index(work[-1]) + 1
        else:
            continue
        if goal < order.index(place):
            order.remove(place)
            order.insert(goal, place)
    return tuple(order)


def _names_first(section: Section, first: Sequence[Ask]) -> bool:
    """Return whether a section shows most of what is asked for first, each a skill by its name."""
    ids = {bullet.id for bullet in section.bullets}
    ids.update(b.id for entry in section.entries for b in entry.bullets)
    ids.update(s.id for b in section.bullets for s in b.statements)
    shown = [
        ask
        for ask in first
        if ask.kind is AskKind.SKILL and ask.status.is_had and ids.intersection(ask.line_ids)
    ]
    return len(shown) >= _MOST


def _asks_to_publish(asks: Sequence[Ask]) -> bool:
    wanted = (ask for ask in asks if ask.importance is not Importance.MENTIONED)
    return any(_PUBLICATIONS.search(ask.text) for ask in wanted)


@lru_cache(maxsize=2_000)
def lists_in(plain: str) -> tuple[tuple[Span, ...], ...]:
    """Return the lists in a line of skills: the start and end of each item, in the line's order."""
    found = []
    for start, end in _groups(plain):
        label = LABEL.match(plain, start, end)
        first = label.end() if label else start
        while first < end and plain[first] == " ":
            first += 1
        spans, signs = [], set()
        for separator in _SEPARATOR.finditer(plain, first, end):
            spans.append((first, separator.start()))
            first = separator.end()
            signs.add(separator.group())
        spans.append((first, end))
        if (
            len(spans) >= _LEAST_ITEMS
            and len(signs) == 1
            and all(_is_item(plain[a:b]) for a, b in spans)
        ):
            found.append(tuple(spans))
    return tuple(found)


@lru_cache(maxsize=2_000)
def is_note(plain: str) -> bool:
    """Return whether a bullet tells nothing that was done: "Stack: Go, Kafka", "Reports to …"."""
    label = LABEL.match(plain)
    spans = lists_in(plain) if label else ()
    is_list = len(spans) == 1 and spans[0][-1][1] >= len(plain.rstrip(". "))
    return is_list or bool(_REPORTS_TO.fullmatch(plain))


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
        places = range(len(spans))
        order = sorted(places, key=lambda place: not is_asked(plain[slice(*spans[place])]))
        if order == list(places):
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

    @cache
    def is_asked(item: str) -> bool:
        words = name_words(item)
        return any(holds(words, name, listed=True) for name in names)

    return is_asked
