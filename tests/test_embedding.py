"""TF-IDF with learnt frequencies: the formula, the table, and agreement with scikit-learn."""

from __future__ import annotations

import json
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.embedding import (
    DocumentFrequencies,
    count_forms,
    learnt_frequencies,
    parse_frequencies,
    tfidf_matrix,
)
from tailor.nlp.language import words
from tailor.values.resources import data_text, model_bytes

texts = st.lists(
    st.lists(st.sampled_from(SKILLS + OTHERS + ["never-seen-xyzzy", "and", "ML"]), max_size=30).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
)
SMALL = DocumentFrequencies((9, 99), {"bread": (9, 99), "rye": (4, 9), "oven": (0, 3)})


def vocabulary_of(counted: list[Counter[str]]) -> dict[str, int]:
    """Return a column for each form."""
    forms = sorted({form for counts in counted for form in counts})
    return {form: column for column, form in enumerate(forms)}


def forms_of(text: str) -> list[str]:
    """Return the forms of `text`."""
    return [word.form for word in words(text)]


@settings(max_examples=40)
@given(texts)
def test_equal_to_scikit_learn(documents: list[str]) -> None:
    """The same vectors as TfidfVectorizer's, given the same idf."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    counted = [count_forms(document) for document in documents]
    vocabulary = vocabulary_of(counted)
    if not vocabulary:
        return
    vectorizer = TfidfVectorizer(analyzer=forms_of, sublinear_tf=True, vocabulary=vocabulary)
    vectorizer.fit(documents)
    vectorizer.idf_ = np.array([learnt_frequencies().idf(form) for form in vocabulary])
    expected = vectorizer.transform(documents).toarray()
    np.testing.assert_allclose(tfidf_matrix(counted, vocabulary), expected, rtol=0, atol=1e-9)


def test_equal_to_scikit_learn_on_a_real_text() -> None:
    """The lines of the sample CV, most of all words once, some twice."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    lines = data_text("sample_cv.md").splitlines()
    counted = [count_forms(line) for line in lines]
    vocabulary = vocabulary_of(counted)
    vectorizer = TfidfVectorizer(analyzer=forms_of, sublinear_tf=True, vocabulary=vocabulary)
    vectorizer.fit(lines)
    vectorizer.idf_ = np.array([learnt_frequencies().idf(form) for form in vocabulary])
    found = tfidf_matrix(counted, vocabulary)
    np.testing.assert_allclose(found, vectorizer.transform(lines).toarray(), rtol=0, atol=1e-9)


@given(texts, st.sets(st.sampled_from(SKILLS + OTHERS)))
def test_rows_are_at_most_one_long(documents: list[str], kept: set[str]) -> None:
    """A text is 1 long over all its forms; columns left out shorten it, no other one changes."""
    counted = [count_forms(document) for document in documents]
    whole = vocabulary_of(counted)
    full = tfidf_matrix(counted, whole)
    lengths = np.linalg.norm(full, axis=1)
    np.testing.assert_allclose(lengths, [1.0 if counts else 0.0 for counts in counted], atol=1e-12)
    some = [form for form in whole if form in kept]
    part = tfidf_matrix(counted, {form: column for column, form in enumerate(some)})
    assert part.shape == (len(documents), len(some))
    np.testing.assert_array_equal(part, full[:, [whole[form] for form in some]])


def test_empty_texts_are_rows_of_nothing() -> None:
    """A text without words is a row of zeros; without texts or columns there is no figure."""
    assert tfidf_matrix([Counter()], {"bread": 0}).tolist() == [[0.0]]
    assert tfidf_matrix([], {"bread": 0}).shape == (0, 1)
    assert tfidf_matrix([Counter("ab")], {}).shape == (1, 0)


@pytest.mark.parametrize(
    ("form", "idf"),
    [
        ("bread", 1.0),
        ("rye", (math.log(10 / 5) + math.log(100 / 10)) / 2 + 1),
        ("oven", (math.log(10 / 1) + math.log(100 / 4)) / 2 + 1),
        ("unseen", (math.log(10) + math.log(100)) / 2 + 1),
    ],
)
def test_idf(form: str, idf: float) -> None:
    """The mean over the corpora of ln((1 + N) / (1 + df)) + 1."""
    assert SMALL.idf(form) == pytest.approx(idf, abs=1e-12)


def test_an_unseen_form_is_worth_most() -> None:
    """Nothing in the learnt table is worth more than a word nobody used, nor less than 1."""
    table = learnt_frequencies()
    unseen = table.idf("never-seen-xyzzy")
    assert all(1 <= table.idf(form) < unseen for form in table.counts)


def test_everyday_words_are_worth_little() -> None:
    """The table tells what is rare: a tool is worth more than a word of every posting."""
    idf = learnt_frequencies().idf
    assert idf("experi") < idf("python") < idf("kubernet") < idf("ebpf")


def test_the_shipped_table_is_whole() -> None:
    """As many forms and documents as the model card's figures say; counts within the sizes."""
    table = learnt_frequencies()
    figures = json.loads(model_bytes("document_frequencies.json"))
    assert table.sizes == (figures["postings"], figures["resumes"])
    assert len(table.counts) == figures["forms"]
    for counts in table.counts.values():
        assert sum(counts) >= 3
        assert all(0 <= n <= size for n, size in zip(counts, table.sizes, strict=True))


def test_parse_frequencies() -> None:
    """A line of sizes, then a line per form."""
    table = "form\t9\t99\nbread\t9\t99\nrye\t4\t9\noven\t0\t3\n"
    assert parse_frequencies(table) == SMALL


def test_count_forms() -> None:
    """Forms are counted however they are spelt; a term counts beside its words."""
    assert count_forms("Ovens, an oven and the OVEN") == {"oven": 3}
    assert count_forms("k8s or Kubernetes") == {"kubernet": 2}
    assert count_forms("") == {}
