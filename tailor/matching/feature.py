"""Texts -> what is counted of them: their words as a sparse matrix, their vectors, their topics.

The lines of a CV are read once and compared with many postings.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from spacy.attrs import IS_STOP, LOWER, NORM, POS
from spacy.symbols import PROPN

from tailor.matching.meaning import Meanings, meanings_of
from tailor.nlp.pipeline import load, read_kept_texts
from tailor.nlp.term import TERMS
from tailor.nlp.topic import TOPICS
from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from spacy.tokens import Doc
    from spacy.vectors import Vectors

    from tailor.nlp.topic import TopicFinder

    Floats = NDArray[np.float64]
    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

IDF_FILE = "ranking/idf.npz"
# BM25: saturation of repeated words, and how far a long line is marked down against
# one of usual length (in counted words). Chosen on benchmarks/ranking.py, where the
# neighbours of these values score the same within 0.01.
_K1 = 1.2
_B = 0.5
_USUAL_LENGTH = 20
# Lists of lines whose figures are kept: two for each CV of a batch.
_LISTS_KEPT = 64
_ATTRIBUTES = [NORM, IS_STOP, POS]
_WORDS, _WEIGHTS = "words that count", "weights of topics"  # under which a `Doc` keeps them


class Word(NamedTuple):
    """A word or term of a text that counts: its form, as spaCy's hash, and its tokens."""

    form: int
    first: int
    last: int


class Term(NamedTuple):
    """A term of the thesaurus as a text writes it, and the number of a topic that it belongs to."""

    text: str
    topic: int


class WeightedWords(NamedTuple):
    """The forms of a text that have a vector: as the text first writes each, weight and vector."""

    words: tuple[str, ...]
    weights: Floats
    vectors: Floats


@dataclass(frozen=True)
class Texts:
    """Some texts, and what is counted of them; row i of each matrix is of text i.

    `words` are those of each text that count, in order. `forms` are the columns of `counts`, as
    spaCy's hashes, sorted.
    """

    docs: tuple[Doc, ...]
    words: tuple[tuple[Word, ...], ...]
    forms: Hashes
    counts: csr_matrix
    _written: dict[int, dict[int, str]] = field(default_factory=dict, repr=False)
    _weighted: dict[int, WeightedWords] = field(default_factory=dict, repr=False)
    _terms: dict[int, tuple[Term, ...]] = field(default_factory=dict, repr=False)
    _of_topics: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def idf(self) -> Floats:
        """The inverse document frequency of each form."""
        return idf(self.forms)

    @cached_property
    def tfidf(self) -> csr_matrix:
        """The weights of the forms: ``(1 + ln tf) · idf``, each row scaled to length 1."""
        return _weighted(self.counts, self.idf)

    @cached_property
    def saturated(self) -> csr_matrix:
        """What each form of a text counts for by BM25, without its idf."""
        lengths = 1 - _B + _B * self.counts.sum(axis=1) / _USUAL_LENGTH
        counts = self.counts.copy()
        rows = np.asarray(lengths).ravel()[rows_of(counts)]
        counts.data *= (_K1 + 1) / (counts.data + _K1 * rows)
        return counts

    @cached_property
    def meanings(self) -> Meanings:
        """What each text means as a whole, and in which trade one would put it so."""
        return meanings_of(self.forms, self.tfidf)

    @cached_property
    def vectors(self) -> Floats:
        """The vector of each text: of length 1, or 0 where no form of it has one.

        The sum of the vectors of its forms, each weighing ``(1 + ln tf) · (idf - 1)``: what
        stands everywhere weighs nothing. A known term that has a vector counts in place of its
        words, so that "ML" and "machine learning" are the same.
        """
        _, counts, weights, known = self._known
        weighted = counts.copy()
        weighted.data = (np.log(weighted.data) + 1) * weights[weighted.indices]
        vectors: Floats = weighted @ known
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(lengths > 0, lengths, 1.0)

    @cached_property
    def _known(self) -> tuple[Hashes, csr_matrix, Floats, Floats]:
        """The forms that have a vector, sorted; how often each stands where; idf - 1; vectors."""
        forms, counts = _count([_with_vectors(words) for words in self.words])
        known = _vectors().data[_vectors().find(keys=forms.tolist())].astype(np.float64)
        return forms, counts, idf(forms) - 1, known

    @cached_property
    def topics(self) -> csr_matrix:
        """How much each text speaks of each topic: 1 for one term that is of that topic alone.

        A term of n topics counts 1/√n for each; each repetition less than the one before
        (1 + ln of the count); a broader topic half of the narrower one, for each step up.
        """
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - loaded for `counts`

        weights = [_topics(doc) for doc in self.docs]
        columns = [topic for row in weights for topic in row]
        values = [value for row in weights for value in row.values()]
        ends = np.cumsum([0, *map(len, weights)])
        shape = (len(weights), len(topic_finder().topics))
        return csr_matrix((np.array(values, dtype=float), columns, ends), shape=shape) @ reach()

    def sum_of_topics(self, weights: Floats) -> Floats:
        """Return how much the texts speak of each topic together: `topics`, each row by a weight.

        It is for texts that are counted once: no matrix is made of them.
        """
        found = np.zeros(len(topic_finder().topics))
        for doc, weight in zip(self.docs, weights.tolist(), strict=True):
            for topic, value in _topics(doc).items():
                found[topic] += weight * value
        summed: Floats = found @ reach()
        return summed

    @cached_property
    def worth(self) -> csr_matrix:
        """The logarithm of `topics`, by what each topic is worth."""
        return scaled_columns(self.topics.log1p(), np.sqrt(worth_of_topics()))

    @cached_property
    def topics_over_root(self) -> csr_matrix:
        """Each row of `worth` over the root of its length, so that long lines count more."""
        lengths = np.sqrt(np.bincount(rows_of(self.worth), self.worth.data**2, len(self.docs)))
        scaled = self.worth.copy()
        scaled.data /= np.sqrt(lengths[rows_of(scaled)])
        return scaled

    def written(self, row: int) -> dict[int, str]:
        """Return the forms of a text in order, each as the text first writes it."""
        if row not in self._written:
            doc, shown = self.docs[row], self._written.setdefault(row, {})
            for form, first, last in self.words[row]:
                if form not in shown:
                    shown[form] = (doc[first] if first == last else doc[first : last + 1]).text
        return self._written[row]

    def terms(self, row: int) -> tuple[Term, ...]:
        """Return the terms of the thesaurus in a text, once for each topic of theirs."""
        if row not in self._terms:
            numbers = topic_finder().numbers
            self._terms[row] = tuple(
                Term(span.text, numbers[span.label]) for span in self.docs[row].spans[TOPICS]
            )
        return self._terms[row]

    def words_of_topic(self, row: int, topic: int) -> tuple[str, ...]:
        """Return the terms in a text that belong to a topic or to a narrower one."""
        key = row, topic
        if key not in self._of_topics:
            reached = topic_finder().reach[:, topic]
            words = (term.text for term in self.terms(row) if reached[term.topic])
            self._of_topics[key] = tuple(dict.fromkeys(words))
        return self._of_topics[key]

    def weighted_words(self, row: int) -> WeightedWords:
        """Return the words of a text that have a vector, and what each weighs."""
        if row not in self._weighted:
            counts = Counter([word.form for word in _with_vectors(self.words[row])])
            forms, _, weights, vectors = self._known
            places = np.searchsorted(forms, np.array(list(counts), dtype=np.uint64))
            written = self.written(row)
            self._weighted[row] = WeightedWords(
                tuple([written[form] for form in counts]),
                (1 + np.log(list(counts.values()))) * weights[places],
                vectors[places],
            )
        return self._weighted[row]


@lru_cache(maxsize=_LISTS_KEPT)
def read_kept(texts: tuple[str, ...]) -> Texts:
    """Return what `read` does, and keep it: for the lines of a CV."""
    return read(texts)


def read(texts: Sequence[str]) -> Texts:
    """Return `texts` with what is counted of them."""
    docs = tuple(read_kept_texts(texts))
    words = tuple(map(counted_words, docs))
    return Texts(docs, words, *_count(words))


def counted_words(doc: Doc) -> tuple[Word, ...]:
    """Return the words of a text that count, in order, and its terms before the words they hold.

    Function words do not, but for names ("Go"), nor do signs and numbers.
    """
    if _WORDS not in doc.user_data:
        doc.user_data[_WORDS] = _counted_words(doc)
    words: tuple[Word, ...] = doc.user_data[_WORDS]
    return words


def _counted_words(doc: Doc) -> tuple[Word, ...]:
    rows: Any = doc.to_array(_ATTRIBUTES).reshape(-1, len(_ATTRIBUTES))
    norms, stops, classes = rows.T.tolist()
    words = [
        Word(norm, place, place)
        for place, (norm, is_stop, word_class) in enumerate(zip(norms, stops, classes, strict=True))
        if norm and (not is_stop or word_class == PROPN)
    ]
    if terms := doc.spans[TERMS]:
        words += [Word(term.label, term.start, term.end - 1) for term in terms]
        words.sort(key=lambda word: (word.first, -word.last))
    return tuple(words)


def _with_vectors(words: Sequence[Word]) -> list[Word]:
    found = []
    free, known = 0, _has_vector()
    for word in words:
        if word.first >= free and known[word.form]:
            found.append(word)
            free = word.last + 1
    return found


def _count(words: Sequence[Sequence[Word]]) -> tuple[Hashes, csr_matrix]:
    """Return the forms of all texts, sorted, and how often each stands in each text."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    all_forms = np.array([word.form for row in words for word in row], dtype=np.uint64)
    forms, columns = np.unique(all_forms, return_inverse=True)
    ends = np.cumsum([0, *map(len, words)])
    counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(words), len(forms)))
    counts.sum_duplicates()
    return forms, counts


def _topics(doc: Doc) -> dict[int, float]:
    """Return how much a text speaks of topics by its terms alone, without broader topics."""
    if _WEIGHTS not in doc.user_data:
        doc.user_data[_WEIGHTS] = _weights_of_topics(doc)
    weights: dict[int, float] = doc.user_data[_WEIGHTS]
    return weights


def _weights_of_topics(doc: Doc) -> dict[int, float]:
    numbers = topic_finder().numbers
    meant: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for span in doc.spans[TOPICS]:
        meant[span.id, span.start, span.end].append(numbers[span.label])
    weights: defaultdict[int, float] = defaultdict(float)
    if meant:
        lowers = doc.to_array(LOWER)
        counts = Counter(
            (tuple(topics), lowers[start:end].tobytes())
            for (_, start, end), topics in meant.items()
        )
        for (topics, _), count in counts.items():
            for topic in topics:
                weights[topic] += (1 + math.log(count)) / math.sqrt(len(topics))
    return weights


def topic_finder() -> TopicFinder:
    """Return the component that knows the topics."""
    return cast("TopicFinder", load().get_pipe(TOPICS))


@cache
def reach() -> csr_matrix:
    """Return what is said of a topic (row) says of each topic (column)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    return csr_matrix(topic_finder().reach)


@cache
def worth_of_topics() -> Floats:
    """Return what each topic is worth."""
    return np.array([topic.weight for topic in topic_finder().topics])


def idf(forms: Hashes) -> Floats:
    """Return the inverse document frequency of `forms`: above 1, higher is rarer.

    The mean over the corpora of ``ln((1 + N) / (1 + df)) + 1``, the smoothed formula of
    scikit-learn's TfidfTransformer. A form that was never seen is worth most.
    """
    known, values, unseen = _learnt_idf()
    places = np.minimum(np.searchsorted(known, forms), len(known) - 1)
    found: Floats = np.where(known[places] == forms, values[places], unseen)
    return found


@cache
def _learnt_idf() -> tuple[Hashes, Floats, float]:
    with np.load(MODELS / IDF_FILE, allow_pickle=False) as file:
        return file["forms"], file["idf"], float(file["unseen"])


@cache
def _vectors() -> Vectors:
    return load().vocab.vectors


class _HasVector(dict[int, bool]):
    """Whether each form has a vector."""

    def __missing__(self, form: int) -> bool:
        self[form] = form in _vectors()
        return self[form]


@cache
def _has_vector() -> _HasVector:
    return _HasVector()


def scaled_columns(matrix: csr_matrix, factors: Floats) -> csr_matrix:
    """Return `matrix` with each column multiplied by its factor."""
    scaled = matrix.copy()
    scaled.data *= factors[scaled.indices]
    return scaled


def moved_columns(matrix: csr_matrix, columns: Ints, kept: Bools, width: int) -> csr_matrix:
    """Return `matrix` with each column in its place of `columns`, but for those not `kept`."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - loaded for `counts`

    held = kept[matrix.indices]
    ends = np.concatenate([[0], np.cumsum(held)])[matrix.indptr]
    values, places = matrix.data[held], columns[matrix.indices[held]]
    return csr_matrix((values, places, ends), shape=(matrix.shape[0], width))


def rows_of(matrix: csr_matrix) -> Ints:
    """Return for each value of `matrix` the row it stands in."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _weighted(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """Return the TF-IDF of `counts`, with an idf that was learnt before.

    As scikit-learn's TfidfTransformer has it, which takes longer to look at its input.
    """
    put_statistics_off()
    # What `sklearn.preprocessing.normalize` calls, whose checks take longer, and its import 0.1 s.
    from sklearn.utils.sparsefuncs_fast import inplace_csr_row_normalize_l2  # noqa: PLC0415

    weights = counts.copy()
    weights.data = (np.log(counts.data) + 1.0) * idf[counts.indices]
    inplace_csr_row_normalize_l2(weights)
    return weights


def put_statistics_off() -> None:
    """Have `scipy.stats` loaded only where a function of it is called.

    scikit-learn imports it for functions that are not called here, and it takes as long as
    spaCy: four tenths of a second of a run that takes one.
    """
    name = "scipy.stats"
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec:
        module = importlib.util.module_from_spec(spec)
        module.__class__ = _LaterModule
        sys.modules[name] = module


class _LaterModule(ModuleType):
    """A module that is loaded when something of it is asked for.

    The standard library's LazyLoader does not do here: in Python 3.11 the next import of the
    module loads it, since that asks for its ``__spec__``.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if self.__class__ is _LaterModule and self.__spec__ and self.__spec__.loader:
            self.__class__ = ModuleType  # type: ignore[assignment]
            self.__spec__.loader.exec_module(self)
        return getattr(self, name)
