"""Texts -> in how many of them each word form stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tailor.nlp.language import words

FEWEST_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class Corpus:
    """A counted corpus: its number of documents, and in how many of them each form stands."""

    size: int
    counts: Counter[str]


def count_documents(texts: Iterable[str]) -> Corpus:
    """Count in how many of `texts` each form stands."""
    counts: Counter[str] = Counter()
    size = 0
    for text in texts:
        counts.update({word.form for word in words(text)})
        size += 1
    return Corpus(size, counts)


def format_frequencies(corpora: Sequence[Corpus]) -> str:
    """Return the table that `tailor.nlp.embedding.parse_frequencies` reads, sorted by form."""
    total = sum((corpus.counts for corpus in corpora), Counter())
    forms = sorted(
        form
        for form, count in total.items()
        if count >= FEWEST_DOCUMENTS and not {"\t", "\n", "\r"} & set(form)
    )
    rows = ["\t".join(["form", *(str(corpus.size) for corpus in corpora)])]
    rows += ["\t".join([form, *(str(c.counts[form]) for c in corpora)]) for form in forms]
    return "\n".join(rows) + "\n"
