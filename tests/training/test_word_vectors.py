"""Word vectors: learnt from what stands together, applied the same everywhere."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.word_vectors import (
    WordVectors,
    learnt_vectors,
    nearest_words,
    parse_vectors,
    similarities,
)
from training.word_vectors import FEWEST_STRETCHES, learn_vectors, stretches

OVENS, CLOUDS = ["oven", "bread", "rye", "dough"], ["cluster", "server", "linux", "network"]


@pytest.fixture(scope="module")
def learnt() -> WordVectors:
    """Vectors of two trades whose words never meet."""
    texts = []
    for number in range(4 * FEWEST_STRETCHES):
        texts += [OVENS[: 2 + number % 3], CLOUDS[: 2 + number % 3], OVENS[1:], CLOUDS[1:]]
    forms, matrix = learn_vectors(texts, 4)
    file = BytesIO()
    np.save(file, matrix)
    return parse_vectors(file.getvalue(), "".join(f"{form}\n" for form in forms))


def test_words_of_one_trade_are_near(learnt: WordVectors) -> None:
    """Each word is nearer to any of its own trade than to all of the other."""
    rows = np.array([learnt.text_vector(form) for form in OVENS + CLOUDS])
    found = similarities(rows, rows)
    for row in range(8):
        own = range(4) if row < 4 else range(4, 8)
        others = [n for n in range(8) if n not in own]
        assert min(found[row, list(own)]) > max(found[row, others])


def test_rare_words_have_no_vector() -> None:
    """What stands in fewer than ten stretches is not in the list; no word at all gives none."""
    forms, matrix = learn_vectors([["rye", "bread"]] * FEWEST_STRETCHES + [["doe", "rye"]], 2)
    assert forms == ["bread", "rye"]
    assert matrix.shape[0] == 2
    assert learn_vectors([], 2)[0] == []


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(SKILLS), max_size=30), max_size=8))
def test_stretches_keep_all_words(lines: list[list[str]]) -> None:
    """Lines are taken together in their order, and none is cut or lost."""
    found = list(stretches(lines))
    assert [word for stretch in found for word in stretch] == [w for line in lines for w in line]
    assert all(found)


texts = st.lists(st.sampled_from(SKILLS + OTHERS), max_size=8).map(" ".join)


@settings(max_examples=40)
@given(texts, texts)
def test_similarity(one: str, other: str) -> None:
    """A cosine; the same in both orders; 1 with itself; its words are words of the texts."""
    ones, others = (learnt_vectors().text_vector(t)[None] for t in (one, other))
    found = similarities(ones, others)[0, 0]
    assert -1.001 <= found <= 1.001
    assert similarities(others, ones)[0, 0] == found
    itself = similarities(ones, ones)[0, 0]
    assert itself == pytest.approx(1, abs=1e-3) or itself == 0
    pairs = nearest_words(one, other)
    shares = [share for _, _, share in pairs]
    assert shares == sorted(shares, reverse=True)
    assert all(share > 0 for share in shares)
    assert {word for word, _, _ in pairs} <= set(one.split())
    assert {word for _, word, _ in pairs} <= set(other.split())


def test_what_ships() -> None:
    """As many rows as forms, each form once, and no row without direction."""
    vectors = learnt_vectors()
    assert vectors.matrix.dtype == np.int8
    assert len(vectors.rows) == vectors.matrix.shape[0] > 5000
    lengths = np.linalg.norm(vectors.matrix.astype(float), axis=1)
    assert 115 < lengths.min() <= lengths.max() < 140
