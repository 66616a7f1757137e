"""Text -> tokens, by the rules of spaCy's English tokeniser, without loading spaCy.

What the rules are is spaCy's business: patterns, special cases and function words are taken from
it when `models/` is built. What is done with them is a page of code and stands here, since the
import of spaCy takes longer than all the rest of an application. Tests hold the tokens equal to
spaCy's own.

The tokeniser cuts a text at white space first and each chunk by itself, and no rule of English
spans two chunks. So a chunk has the same tokens in all texts and is worked out once. Most are a
plain word with a mark or a bracket, which every rule parts alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tailor.values.memory import WORDS_KEPT
from tailor.values.resources import model_bytes

RULES_FILE = "english.json"
# The tokeniser's rules look at a chunk again and again, so one that is longer than any in real
# texts (a list of 30 countries without a blank) is cut.
CHUNK = re.compile(r"\S{1,300}")
_PLAIN = re.compile(r"(\(?)([A-Za-z]+)([,;:!?)]?)")
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a chunk is cut, as spaCy has it.

    `special` are chunks that have tokens of their own: "don't" has "do" and "n't". `inside` are
    those that are found within a longer chunk too, such as "e.g." in "foo/e.g.": by the tokens
    that they are cut into where no special case counts.
    """

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    infix: re.Pattern[str]
    url: re.Pattern[str]
    special: Mapping[str, Tokens]
    inside: Mapping[Tokens, Tokens]

    def tokens(self, chunk: str) -> list[str]:
        """Return the tokens of a text without white space."""
        tokens = self.cut(chunk, self.special)
        for start, end in self._found_inside(tokens):
            tokens[start:end] = self.inside[tuple(tokens[start:end])]
        return tokens

    def cut(self, chunk: str, special: Collection[str]) -> list[str]:
        """Return the tokens by prefixes, suffixes and infixes, where these cases are special."""
        before: list[str] = []
        after: list[str] = []
        middle, size = chunk, -1
        while middle and len(middle) != size and middle not in special:
            size = len(middle)
            head = _length(self.prefix.search(middle))
            tail = _length(self.suffix.search(middle[head:]))
            # What becomes special by one cut is cut no further.
            if head and middle[head:] in special:
                tail = 0
            elif tail and middle[: size - tail] in special:
                head = 0
            before.append(middle[:head])
            after.append(middle[size - tail :])
            middle = middle[head : size - tail]
        parts = self.special[middle] if middle in special else self._cut_inside(middle)
        return [part for part in (*before, *parts, *reversed(after)) if part]

    def _cut_inside(self, middle: str) -> list[str]:
        if self.url.match(middle):
            return [middle]
        parts, start = [], 0
        for found in self.infix.finditer(middle):
            if found.start() > 0:
                parts += [middle[start : found.start()], found[0]]
                start = found.end()
        return [*parts, middle[start:]]

    def _found_inside(self, tokens: list[str]) -> list[tuple[int, int]]:
        """Return from where to where special cases stand, the last first; the longest counts."""
        found = [
            (start, end)
            for start in range(len(tokens))
            for end in range(start + 1, len(tokens) + 1)
            if tuple(tokens[start:end]) in self.inside
        ]
        taken: set[int] = set()
        kept = []
        for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
            if start not in taken and end - 1 not in taken:
                kept.append((start, end))
            taken.update(range(start, end))
        return sorted(kept, reverse=True)


def tokens_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each token of `text` begins, and the token; none for white space."""
    for chunk in CHUNK.finditer(text):
        start = chunk.start()
        for offset, token in chunk_tokens(chunk[0]):
            yield start + offset, token


@lru_cache(maxsize=WORDS_KEPT)
def chunk_tokens(chunk: str) -> tuple[tuple[int, str], ...]:
    """Return the tokens of a text without white space, and where they begin in it."""
    special = rules().special
    plain = _PLAIN.fullmatch(chunk)
    if plain and chunk not in special and plain[2] not in special:
        parts = (plain.span(group) for group in (1, 2, 3))
        return tuple([(start, chunk[start:end]) for start, end in parts if start < end])
    placed, start = [], 0
    for token in rules().tokens(chunk):
        placed.append((start, token))
        start += len(token)
    return tuple(placed)


@cache
def rules() -> Rules:
    """Return spaCy's rules, with the names of work added, as they ship."""
    data = _english()
    special = {chunk: tuple(tokens) for chunk, tokens in data["special"].items()}
    return Rules(
        prefix=re.compile(data["prefix"]),
        suffix=re.compile(data["suffix"]),
        infix=re.compile(data["infix"]),
        url=re.compile(data["url"]),
        special=special,
        inside={tuple(cut): special["".join(cut)] for cut in data["inside"]},
    )


@cache
def stop_words() -> frozenset[str]:
    """Return spaCy's function words of English."""
    return frozenset(_english()["stop_words"])


@cache
def _english() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(model_bytes(RULES_FILE))
    return data


def _length(found: re.Match[str] | None) -> int:
    return len(found[0]) if found else 0
