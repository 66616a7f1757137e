"""What is counted of texts: their words, as scikit-learn weighs them, and their vectors."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.matching.feature import Texts, idf, read
from tailor.nlp.pipeline import load
from tailor.values.resources import data_text

texts = st.lists(
    st.lists(st.sampled_from([*SKILLS, *OTHERS, "never-seen-xyzzy", "and", "ML"]), max_size=30).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
)


def forms_of(found: Texts) -> list[list[int]]:
    """Return the forms of each text in order."""
    return [[word.form for word in words] for words in found.words]


def form(word: str) -> int:
    """Return the form of a single word."""
    ((found,),) = read([word]).words
    return found.form


def check_against_scikit_learn(documents: list[str]) -> None:
    """Compare with TfidfVectorizer, given the same idf."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = read(documents)
    if not len(found.forms):
        return
    vocabulary = {form: column for column, form in enumerate(found.forms.tolist())}
    forms = dict(zip(documents, forms_of(found), strict=True))
    vectorizer = TfidfVectorizer(
        analyzer=forms.__getitem__, lowercase=False, sublinear_tf=True, vocabulary=vocabulary
    )
    vectorizer.fit(documents)
    vectorizer.idf_ = idf(found.forms)
    expected = vectorizer.transform(documents).toarray()
    np.testing.assert_allclose(found.tfidf.toarray(), expected, rtol=0, atol=1e-9)


@settings(max_examples=40)
@given(texts)
def test_equal_to_scikit_learn(documents: list[str]) -> None:
    """The same weights as TfidfVectorizer's."""
    check_against_scikit_learn(documents)


def test_equal_to_scikit_learn_on_a_real_text() -> None:
    """The lines of the sample CV, most of all words once, some twice."""
    check_against_scikit_learn(data_text("sample_cv.md").splitlines())


@settings(max_examples=40)
@given(texts)
def test_counts(documents: list[str]) -> None:
    """A column for each form, a row for each text, and rows of weights that are 1 long, or 0."""
    found = read(documents)
    assert found.forms.tolist() == sorted({form for forms in forms_of(found) for form in forms})
    for row, forms in zip(found.counts.toarray().tolist(), forms_of(found), strict=True):
        counted = Counter(forms)
        assert row == [counted[form] for form in found.forms.tolist()]
    lengths = np.linalg.norm(found.tfidf.toarray(), axis=1)
    np.testing.assert_allclose(lengths, [float(bool(f)) for f in forms_of(found)], atol=1e-12)


@pytest.mark.parametrize("documents", [[], [""], ["…", "and of"], ["", "Baked rye bread"]])
def test_texts_without_words(documents: list[str]) -> None:
    """A text without words is a row of nothing."""
    found = read(documents)
    assert found.counts.shape[0] == found.tfidf.shape[0] == len(documents)
    assert found.vectors.shape == (len(documents), load().vocab.vectors_length)
    assert found.topics.shape[0] == len(documents)


def test_one_form_however_spelt() -> None:
    """Forms are counted however they are spelt; a term counts beside its words."""
    (words,) = forms_of(read(["Ovens, an oven and the OVEN"]))
    assert words == [form("oven")] * 3
    (words,) = forms_of(read(["k8s or Kubernetes"]))
    assert len(words) == 2
    assert len(set(words)) == 1
    assert len(read(["machine learning"]).words[0]) == 3


def test_an_unseen_form_is_worth_most() -> None:
    """Everyday words are worth little, a tool more, what nobody wrote most; none less than 1."""
    words = ["experience", "Python", "Kubernetes", "eBPF", "xyzzyx"]
    values = idf(np.array([word.form for (word, *_) in read(words).words], dtype=np.uint64))
    assert sorted(values.tolist()) == values.tolist()
    assert values[0] > 1


def test_words_are_shown_as_they_are_written_first() -> None:
    """Each form once, in the order of the text."""
    assert list(read(["Ran k8s; Kubernetes ran"]).written(0).values()) == ["Ran", "k8s"]


@settings(max_examples=40)
@given(texts)
def test_vectors(documents: list[str]) -> None:
    """Each is 1 long, or nothing; texts that are equal but for names have one vector."""
    lengths = np.linalg.norm(read(documents).vectors, axis=1)
    assert all(length == pytest.approx(1) or length == 0 for length in lengths)


def test_a_term_counts_in_place_of_its_words() -> None:
    """ML and machine learning point the same way."""
    short, long = read(["ML pipelines", "machine learning pipelines"]).vectors
    assert short @ long == pytest.approx(1)


def test_words_of_one_trade_are_near() -> None:
    """The shipped vectors know what stands together."""
    ansible, terraform, invoices = read(["Ansible", "Terraform", "invoices"]).vectors
    assert ansible @ terraform > ansible @ invoices


def test_the_shipped_vectors() -> None:
    """Whole numbers that need little room; each form once, no row without direction."""
    vectors = load().vocab.vectors
    assert vectors.data.dtype == np.int8
    assert vectors.n_keys == vectors.shape[0] > 5000
    lengths = np.linalg.norm(vectors.data.astype(float), axis=1)
    assert 115 < lengths.min() <= lengths.max() < 140
    assert load()("Terraformed")[0].norm in vectors


def test_what_is_put_off_is_there_when_it_is_called() -> None:
    """`scipy.stats` is not loaded until something of it is asked for, and then does all it did."""
    script = (
        "import sys\n"
        "from tailor.matching.feature import put_statistics_off\n"
        "put_statistics_off()\n"
        "import scipy.stats\n"
        "print('norm' in vars(scipy.stats))\n"
        "print(float(scipy.stats.norm.cdf(0.0)), 'norm' in vars(scipy.stats))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.split() == ["False", "0.5", "True"]
