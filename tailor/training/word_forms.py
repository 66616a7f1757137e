"""Texts -> the forms of their most frequent words, so that these need not be cut by rule again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tailor.language import cut_form, cut_plain_form, tokeniser

# So that no name of a person or a small firm can be read out of the table.
_FEWEST_DOCUMENTS = 10


def format_word_forms(texts: Iterable[str]) -> str:
    """Return the table that `tailor.language` reads: ``word<TAB>form<TAB>plain form``."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({token.lower_ for token in tokeniser()(text) if token.is_alpha})
    known = sorted(word for word, count in counts.items() if count >= _FEWEST_DOCUMENTS)
    return "".join(f"{word}\t{cut_form(word)}\t{cut_plain_form(word)}\n" for word in known)
