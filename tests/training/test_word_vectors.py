"""Word vectors: learnt from what stands together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SKILLS

from training.word_vectors import FEWEST_STRETCHES, learn_vectors, stretches

OVENS, CLOUDS = ["oven", "bread", "rye", "dough"], ["cluster", "server", "linux", "network"]


def test_words_of_one_trade_are_near() -> None:
    """Of two trades whose words never meet, each word is nearer to those of its own."""
    texts = []
    for number in range(4 * FEWEST_STRETCHES):
        texts += [OVENS[: 2 + number % 3], CLOUDS[: 2 + number % 3], OVENS[1:], CLOUDS[1:]]
    forms, matrix = learn_vectors(texts, 4)
    rows = matrix[[forms.index(form) for form in OVENS + CLOUDS]].astype(float)
    found = rows @ rows.T
    for row in range(8):
        own = range(4) if row < 4 else range(4, 8)
        others = [n for n in range(8) if n not in own]
        assert min(found[row, list(own)]) > max(found[row, others])
    assert np.linalg.norm(rows, axis=1).round() == pytest.approx(127, abs=2)


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
