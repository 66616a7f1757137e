"""The words of the heads of a section, with all that tells what they are, for a learnt field.

Of each word: how it is written, what parts it from its neighbours, what its cell looks like
(`names.py`), what the first reading took it for (`entry_head.py`), and what that took the same cell
of the other heads for.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.names import (
    KINDS,
    TitleWord,
    best_kind,
    has_word,
    is_employment_type,
    is_known_place,
    is_place,
    is_region,
    is_town,
    probabilities,
    score,
    words_of,
)

_LONGEST, _LONGEST_WORD = 400, 24  # characters of a line and a word that are looked at
_TOKEN = re.compile(r"\w+(?:[.'’&/+-]\w+)*|[^\w\s]")
_CELL = re.compile(r"\s*\t\s*|\s{2,}|\s*[|•·–—;:()\[\]]\s*|\s+[-/]+\s+|,\s*")
_LIMITS = (-8.0, -5.0, -3.0, -1.5, -0.7, -0.2)
_SIGNS = " \t,;:|()[]–—-•·"
_TITLE_WORDS: tuple[TitleWord, ...] = ("job", "degree", "organisation", "subject")
_LIKE = ("title", "employer", "place", "degree", "school")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a head: its text, and what its characters were taken for at first.

    `roles` are spans (start, end, role) with "T" title, "E" employer, "P" place; `edges` are where
    its pieces begin and behind which separator; `dates` the spans of dates, `bold` those in bold.
    `sure` says how sure the first reading of the head was.
    """

    text: str
    roles: tuple[tuple[int, int, str], ...] = ()
    edges: tuple[tuple[int, str], ...] = ()
    dates: tuple[tuple[int, int], ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign of a head: its line, where it stands there, and its cell in the line."""

    line: int
    start: int
    end: int
    cell: int
    text: str


@dataclass(slots=True)
class Head:
    """A head with its tokens, the role of each at first, and the text of each cell."""

    lines: Sequence[HeadLine]
    tokens: list[Token] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)


def tokens_of(lines: Sequence[HeadLine]) -> list[Token]:
    """Return the words and signs of a head, in order."""
    found = []
    for number, line in enumerate(lines):
        text = line.text[:_LONGEST]
        starts = [m.start() for m in _CELL.finditer(text) if m.start() > 0]
        found += [
            Token(number, m.start(), m.end(), bisect(starts, m.start()), m.group())
            for m in _TOKEN.finditer(text)
        ]
    return found


def first_roles(lines: Sequence[HeadLine], tokens: Sequence[Token]) -> list[str]:
    """Return what each token was taken for: "T", "E", "P", "D" for dates, or "O"."""
    return [_role_at(lines[token.line], token) for token in tokens]


def _role_at(line: HeadLine, token: Token) -> str:
    for start, end, role in line.roles:
        if start <= token.start < end:
            return role
    return "D" if any(start <= token.start < end for start, end in line.dates) else "O"


def describe(heads: Sequence[Head], kind: str) -> Iterator[list[list[str]]]:
    """Yield the features of each token of each head of a section ("exp" or "edu")."""
    section = _usual(heads), _columns(heads)
    for head in heads:
        yield list(_features(head, section, kind, len(heads)))


def head_of(lines: Sequence[HeadLine]) -> Head:
    """Return the words of a head."""
    head = Head(lines, tokens_of(lines))
    head.first = first_roles(lines, head.tokens)
    spans: dict[tuple[int, int], list[Token]] = defaultdict(list)
    for token in head.tokens:
        spans[token.line, token.cell].append(token)
    for key, tokens in spans.items():
        text = lines[key[0]].text[tokens[0].start : tokens[-1].end]
        head.cells[key] = text.strip(_SIGNS)
    return head


def _usual(heads: Sequence[Head]) -> dict[tuple[int, int], Counter[str]]:
    """Return for each cell what it was taken for in the heads of the section, counted."""
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for head in heads:
        own: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        for token, role in zip(head.tokens, head.first, strict=True):
            own[token.line, token.cell][role] += 1
        for key, roles in own.items():
            counts[key][roles.most_common(1)[0][0]] += 1
    return counts


def _columns(heads: Sequence[Head]) -> dict[tuple[int, int], list[str]]:
    """Return for each cell what it looks like in the heads of the section on average."""
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    for head in heads:
        for key, text in head.cells.items():
            texts[key].append(text)
    found = {}
    for key, own in texts.items():
        if len(own) < 2:
            continue
        words = [text for text in own if any(map(str.isalpha, text))]
        features = [f"words={round(4 * len(words) / len(own))}"]
        features.append(f"dates={round(4 * sum(bool(find_dates(t)) for t in own) / len(own))}")
        if words:
            mean = np.mean([probabilities(text) for text in words], axis=0)
            jobs = sum(has_word(text, "job") for text in words)
            features += [f"{one}={int(5 * mean[KINDS.index(one)])}" for one in _LIKE]
            features.append(f"best={KINDS[int(mean.argmax())]}")
            features.append(f"jobs={round(4 * jobs / len(words))}")
            features.append(f"same={round(4 * len(set(words)) / len(words))}")
        found[key] = features
    return found


def _features(
    head: Head,
    section: tuple[dict[tuple[int, int], Counter[str]], dict[tuple[int, int], list[str]]],
    kind: str,
    heads: int,
) -> Iterator[list[str]]:
    usual, columns = section
    own = [list(_own(head, index, kind)) for index in range(len(head.tokens))]
    cells = {key: list(_of_cell(text)) for key, text in head.cells.items()}
    order = sorted(cells)
    places = {key: index for index, key in enumerate(order)}
    counts = Counter((token.line, token.cell) for token in head.tokens)
    at: Counter[tuple[int, int]] = Counter()
    for index, token in enumerate(head.tokens):
        key = (token.line, token.cell)
        found = ["bias", f"kind={kind}", *own[index]]
        for offset in (-2, -1, 1, 2):
            near = own[index + offset][:4] if 0 <= index + offset < len(own) else ["none"]
            found += [f"{offset}:{one}" for one in near]
        found += [f"c:{one}" for one in cells[key]]
        found += [f"col:{one}" for one in columns.get(key, ["none"])]
        for offset in (-1, 1):
            place = places[key] + offset
            if 0 <= place < len(order):
                found += [f"c{offset}:{one}" for one in cells[order[place]]]
                found += [f"col{offset}:{one}" for one in columns.get(order[place], ["none"])]
                found.append(f"c{offset}:line={order[place][0] - key[0]}")
            else:
                found.append(f"c{offset}:none")
        found.append(f"cell={min(key[1], 5)}")
        found.append(f"line={min(key[0], 4)}/{min(len(head.lines), 4)}")
        found.append(f"left={min(counts[key] - at[key], 4)}")
        found.append(f"in={min(at[key], 3)}")
        at[key] += 1
        if heads > 1:
            common, count = usual[key].most_common(1)[0]
            share = count / usual[key].total()
            found.append(f"usual={common}{'!' if share > 0.8 else ''}")
            found.append(f"usual,first={common},{head.first[index]}")
        yield found


def _own(head: Head, index: int, kind: str) -> Iterator[str]:
    """Yield what a token is by itself; the first four are what its neighbours are told by."""
    token, line = head.tokens[index], head.lines[head.tokens[index].line]
    first, folded = head.first[index], token.text.casefold()
    yield f"first={first}"
    yield f"w={folded[:_LONGEST_WORD]}"
    yield f"shape={_shape(token.text)}"
    yield f"sep={_gap(head, index)}"
    yield f"k={kind},first={first}"
    yield f"sure={line.sure},first={first}"
    yield from _of_word(token.text, folded)
    yield from _of_place(line, token, first)


def _of_word(text: str, folded: str) -> Iterator[str]:
    if text[0].isalpha():
        yield f"end3={folded[-3:]}"
        yield f"end4={folded[-4:]}"
        yield f"begin3={folded[:3]}"
    for one in ("job", "degree", "organisation", "subject", "suffix", "legal_form"):
        if folded.rstrip(".") in words_of(one):
            yield f"is={one}"
    if is_town(text):
        yield "town"
    if is_known_place(text):
        yield "known"
    if is_region(text):
        yield "region"


def _of_place(line: HeadLine, token: Token, first: str) -> Iterator[str]:
    before = line.text[: token.start]
    if any(start <= token.start < end for start, end in line.bold):
        yield "bold"
    if before.count("(") > before.count(")"):
        yield "inside"
    if not before.strip():
        yield "bol"
    for start, separator in line.edges:
        if start <= token.start and not line.text[start : token.start].strip(_SIGNS):
            yield f"edge={separator}"
            yield f"edge={separator},first={first}"


def _shape(text: str) -> str:
    if text.isdigit():
        return f"9{min(len(text), 5)}"
    if any(c.isdigit() for c in text):
        return "a9"
    if not text[0].isalnum():
        return text
    return "A" if text.isupper() and len(text) > 1 else "Aa" if text[0].isupper() else "a"


def _gap(head: Head, index: int) -> str:
    """Return what stands between a token and the one before it."""
    token = head.tokens[index]
    if index == 0 or head.tokens[index - 1].line != token.line:
        return "line" if index else "start"
    between = head.lines[token.line].text[head.tokens[index - 1].end : token.start]
    return "tab" if "\t" in between else "wide" if len(between) > 1 else between and "one"


def _of_cell(text: str) -> Iterator[str]:
    """Yield what the text of a cell looks like."""
    if not any(map(str.isalpha, text)):
        yield "digits" if any(map(str.isdigit, text)) else "signs"
        if find_dates(text):
            yield "dates"
        return
    best, chance = best_kind(text)
    yield f"best={best}"
    yield f"best={best}{int(chance * 4)}"
    for one in _LIKE:
        yield f"{one}={bisect(_LIMITS, score(text, one))}"
    for word in _TITLE_WORDS:
        if has_word(text, word):
            yield f"has={word}"
    if is_known_place(text):
        yield "known place"
    elif is_place(text):
        yield "place"
    if is_employment_type(text):
        yield "employment"
    if find_dates(text):
        yield "dates"
    yield f"n={min(len(text.split()), 8)}"
