"""Documents -> their words, and what each form is worth by in how many documents it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from tailor.matching.feature import IDF_FILE, counted_words
from tailor.nlp.pipeline import prepared
from tailor.nlp.topic import TOPICS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

FEWEST_DOCUMENTS = 3


@dataclass(frozen=True)
class Document:
    """The forms of each line of a document, and the names of its topics."""

    lines: tuple[tuple[str, ...], ...]
    topics: set[str]

    @cached_property
    def forms(self) -> set[str]:
        """The forms that stand in it."""
        return {form for line in self.lines for form in line}


@dataclass(frozen=True)
class Idf:
    """What each form is worth, and what one that was never seen; `forms` are sorted hashes."""

    forms: NDArray[np.uint64]
    values: NDArray[np.float64]
    unseen: float


def read_documents(nlp: Language, documents: Iterable[Sequence[str]]) -> list[Document]:
    """Return what the pipeline finds in documents, each given as lines."""
    return list(_read(nlp, documents))


def _read(nlp: Language, documents: Iterable[Sequence[str]]) -> Iterator[Document]:
    strings = nlp.vocab.strings
    for lines in documents:
        docs = list(nlp.pipe(map(prepared, lines)))
        forms = (tuple(strings[word.form] for word in counted_words(doc)) for doc in docs)
        yield Document(tuple(forms), {span.label_ for doc in docs for span in doc.spans[TOPICS]})


def learn_idf(corpora: Sequence[Sequence[set[str]]]) -> Idf:
    """Return the mean over the corpora of ``ln((1 + N) / (1 + df)) + 1`` for each form.

    A form that stands in fewer than three documents of all is left out.
    """
    counts = [Counter(form for document in corpus for form in document) for corpus in corpora]
    total: Counter[str] = sum(counts, Counter())
    kept = [form for form, count in total.items() if count >= FEWEST_DOCUMENTS]
    forms = sorted(kept, key=get_string_id)
    sizes = np.array([len(corpus) for corpus in corpora])
    found = np.array([[count[form] for count in counts] for form in forms]).reshape(-1, len(sizes))
    values = np.log((1 + sizes) / (1 + found)).mean(axis=1) + 1
    return Idf(
        np.array([*map(get_string_id, forms)], dtype=np.uint64),
        values,
        float(np.log(1 + sizes).mean() + 1),
    )


def save_idf(idf: Idf, out: Path) -> None:
    """Write what `tailor.matching.feature.idf` reads to the folder `out`."""
    path = out / IDF_FILE
    path.parent.mkdir(exist_ok=True)
    values = idf.values.round(6).astype(np.float32)
    np.savez(path, forms=idf.forms, idf=values, unseen=np.float32(idf.unseen))
