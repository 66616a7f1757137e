"""SkillSpan (Zhang et al. 2022) -> lines of text with the places of their phrases.

The corpus comes as tokens without spaces, commas and quotation marks, and with marks such as
``<ORGANIZATION>`` in place of names. Lines are put together again as one would write them, and
an invented name stands for each mark, so that the tagger learns what names look like.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.nlp.skill import BEGIN, INSIDE, OUTSIDE, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARK = re.compile(r"<([A-Z]+)[^<>]*>")
_CLOSING = frozenset(".,;:!?%)]}…'’") | {"'s", "n't", "'re", "'ll", "'ve", "'m", "’s", "’re", "’ll"}
_OPENING = frozenset("([{$€£")
_ONSETS = "b br c d dr f g gr h j k kl l m n p pr qu r s st t tr v w z".split()
_VOWELS = "a e i o u ai ea io".split()
_ENDINGS = ["", *"n r s x l nd rt tix via ton co".split()]


@dataclass(frozen=True, slots=True)
class AnnotatedLine:
    """A line of a posting, and the places of the phrases of each kind in it, in order.

    Lines of one `posting` belong together.
    """

    text: str
    spans: dict[Kind, tuple[tuple[int, int], ...]]
    posting: tuple[str, int]


def read_skillspan(path: Path) -> Iterator[AnnotatedLine]:
    """Yield the lines of one file of SkillSpan."""
    with path.open(encoding="utf-8") as file:
        for number, record in enumerate(map(json.loads, file)):
            text, places = join_tokens(record["tokens"], f"{path.stem}{number}")
            spans = {kind: tuple(_spans(record[f"tags_{kind}"], places)) for kind in Kind}
            yield AnnotatedLine(text, spans, (record["source"], record["idx"]))


def join_tokens(tokens: Sequence[str], seed: str = "") -> tuple[str, list[tuple[int, int]]]:
    """Return the text of `tokens` with spaces where one writes them, and the place of each."""
    text = ""
    places = []
    before = ""
    for number, token in enumerate(tokens):
        mark = _MARK.search(token)
        shown = token
        if mark:
            shown = token.replace(mark[0], _invented(mark[1], f"{seed}.{number}"))
        if text and shown not in _CLOSING and before not in _OPENING:
            text += " "
        places.append((len(text), len(text) + len(shown)))
        text += shown
        before = shown
    return text, places


def labels_of(words: Sequence[Token], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return the label of each word: the words that touch a span are its phrase."""
    labels = [OUTSIDE] * len(words)
    for start, end in spans:
        label = BEGIN
        for position, word in enumerate(words):
            if word.idx < end and word.idx + len(word) > start:
                labels[position] = label
                label = INSIDE
    return labels


def _spans(tags: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of phrases tagged B, I, I, …; an I after an O begins one too."""
    start = end = -1
    for tag, place in zip([*tags, "O"], [*places, (-1, -1)], strict=True):
        if tag != "I" and start >= 0:
            yield start, end
            start = -1
        if tag != "O":
            start = place[0] if start < 0 else start
            end = place[1]


def _invented(mark: str, seed: str) -> str:
    """Return an invented text for a mark of the corpus, the same for the same `seed`."""
    if mark == "PROFESSION":
        return "Manager"
    if mark == "DESCRIPTION":
        return "friendly"
    chance = hashlib.sha256(seed.encode()).digest()
    syllables = [
        _ONSETS[chance[2 * n] % len(_ONSETS)] + _VOWELS[chance[2 * n + 1] % len(_VOWELS)]
        for n in range(1 + chance[20] % 3)
    ]
    name = "".join(syllables) + _ENDINGS[chance[22] % len(_ENDINGS)]
    if mark == "CONTACT":
        return f"jo@{name}.com"
    return f"{name.capitalize()} 12" if mark == "ADDRESS" else name.capitalize()
