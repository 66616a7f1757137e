"""Text -> tokens, by spaCy's English tokeniser, which is asked only once for each chunk.

The tokeniser cuts a text at white space first and each chunk by itself, and no rule of English
spans two chunks. So a chunk has the same tokens in all texts, and most chunks of a text were
seen in others: to look them up takes a tenth of the time. Of new ones, most are a plain word with
a mark or a bracket, which every rule parts alike. Tests hold all ways equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Tokeniser(Protocol):
    """What is used of spaCy's tokeniser; `rules` are by the words they are for."""

    rules: Mapping[str, object] | None

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`."""


# The tokeniser's rules look at a chunk again and again, so one that is longer than any in real
# texts (a list of 30 countries without a blank) is cut.
CHUNK = re.compile(r"\S{1,300}")
_PLAIN = re.compile(r"(\(?)([A-Za-z]+)([,;:!?)]?)")


def tokens_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each token of `text` begins, and the token; none for white space."""
    for chunk in CHUNK.finditer(text):
        start = chunk.start()
        for offset, token in chunk_tokens(chunk[0]):
            yield start + offset, token


@lru_cache(maxsize=50_000)
def chunk_tokens(chunk: str) -> tuple[tuple[int, str], ...]:
    """Return the tokens of a text without white space, and where they begin in it."""
    plain = _PLAIN.fullmatch(chunk)
    if plain and chunk not in _special() and plain[2] not in _special():
        parts = (plain.span(group) for group in (1, 2, 3))
        return tuple([(start, chunk[start:end]) for start, end in parts if start < end])
    return tuple([(token.idx, token.text) for token in tokeniser()(chunk)])


@cache
def _special() -> frozenset[str]:
    """Return the words for which the tokeniser has rules of their own: "dont", "Inc."."""
    return frozenset(tokeniser().rules or ())


@cache
def tokeniser() -> Tokeniser:
    """Return spaCy's English tokeniser, with the names of work added."""
    import spacy  # noqa: PLC0415 - half a second, wanted only when text is read
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    nlp = spacy.blank("en")
    tokeniser: Any = nlp.tokenizer
    for name in ("C#", "c#", "F#", "f#"):
        tokeniser.add_special_case(name, [{"ORTH": name}])
    # "Java+SQL", "C#/.NET"
    more = (r"(?<=[A-Za-z])\+(?=[A-Za-z])", r"(?<=[A-Za-z0-9+#])/(?=\.?[A-Za-z])")
    infixes = [*(nlp.Defaults.infixes or ()), *more]
    tokeniser.infix_finditer = compile_infix_regex(infixes).finditer
    return cast("Tokeniser", tokeniser)
