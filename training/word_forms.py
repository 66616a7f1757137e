"""What `tailor.nlp.language` looks up, so that it need not be worked out again at every start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tailor.nlp.language import cut_form, cut_plain_form, word_form
from tailor.nlp.tokens import tokens_of
from tailor.values.resources import data_table

# So that no name of a person or a small firm can be read out of the table.
_FEWEST_DOCUMENTS = 10
_HAS_WORD = re.compile(r"\w")


def format_word_forms(texts: Iterable[str]) -> str:
    """Return the table of the most frequent words: ``word<TAB>form<TAB>plain form``."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({token.lower() for _, token in tokens_of(text) if token.isalpha()})
    known = sorted(word for word, count in counts.items() if count >= _FEWEST_DOCUMENTS)
    return "".join(f"{word}\t{cut_form(word)}\t{cut_plain_form(word)}\n" for word in known)


def format_terms() -> str:
    """Return the table of known terms and aliases, as they are cut: ``tokens<TAB>form``."""
    forms: dict[str, str] = {}
    for row in data_table("skill_aliases.tsv"):
        term = _tokens(row["term"])
        parts = [word_form(token) for token in term.split()]
        forms[_tokens(row["alias"])] = "_".join(parts)
        if " " not in row["alias"]:
            forms[row["alias"]] = "_".join(parts)  # "Ph.D." is one token, "ph.d." two
        if len(parts) > 1:
            forms[term] = "_".join(parts)
    return "".join(f"{tokens}\t{form}\n" for tokens, form in sorted(forms.items()))


def _tokens(text: str) -> str:
    tokens = (token.lower() for _, token in tokens_of(text))
    return " ".join(token for token in tokens if _HAS_WORD.search(token))
