"""Known terms and abbreviations -> spans of one form; the component "terms".

"ML" and "machine learning" are one term, "k8s" and "Kubernetes" one word. The terms are those of
`data/skill_aliases.tsv`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Span
from spacy.util import minibatch

from tailor.nlp.ngram import PhraseTable, ends_of, holds_number, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

TERMS = "terms"  # the key of `doc.spans`
JOINT = "_"  # between the forms of the words of a term


@Language.factory("terms", assigns=["doc.spans", "token.norm"], requires=["token.norm"])
class TermFinder:
    """Sets ``doc.spans["terms"]``: wherever a known term of several words begins, the longest.

    The label is the form that all names of the term share: the forms of its words with "_"
    between. One term may lie in another. Where a term is a single word, as "ML" is, its form
    becomes the word's norm.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 - spaCy gives both
        self._forms: list[str] = []
        self._table = PhraseTable.of({})

    def learn(self, terms: Iterable[tuple[Doc, str]]) -> None:
        """Take the terms to look for, each as a `Doc` and with the form it has."""
        rows: dict[tuple[int, ...], int] = {}
        forms: dict[str, int] = {}
        for doc, form in terms:
            (words,) = words_of([doc], LOWER).values
            if len(words) and not holds_number(doc):
                rows[tuple(words.tolist())] = forms.setdefault(form, len(forms))
        self._forms = list(forms)
        self._table = PhraseTable.of(rows)

    def __call__(self, doc: Doc) -> Doc:
        """Set what this component assigns."""
        self._find([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1000) -> Iterator[Doc]:
        """Do the same with many `Doc`s at once, which takes much less time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self._find(docs)
            yield from docs

    def _find(self, docs: Sequence[Doc]) -> None:
        words = words_of(docs, LOWER)
        rows, lengths = self._table.find(words.values[0], ends_of(words.docs))
        found: defaultdict[int, list[Span]] = defaultdict(list)
        places = (rows >= 0).nonzero()[0]
        lasts = places + lengths[places] - 1
        for number, first, last, row in zip(
            words.docs[places].tolist(),
            words.tokens[places].tolist(),
            words.tokens[lasts].tolist(),
            rows[places].tolist(),
            strict=True,
        ):
            doc, form = docs[number], self._forms[row]
            if first == last:
                doc[first].norm_ = form
            else:
                found[number].append(Span(doc, first, last + 1, label=form))
        for number, doc in enumerate(docs):
            doc.spans[TERMS] = found[number]

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write the terms to the folder `path`."""
        path.mkdir(exist_ok=True)
        self._table.save(path / "terms.npy")
        (path / "forms.txt").write_text("\n".join(self._forms), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> TermFinder:  # noqa: ARG002
        """Read what `to_disk` wrote."""
        self._table = PhraseTable.load(path / "terms.npy")
        self._forms = (path / "forms.txt").read_text(encoding="utf-8").split("\n")
        return self
