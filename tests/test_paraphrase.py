"""What says the same in other words is near, and what stands in the same trade is less so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tailor.matching.paraphrase import paraphrase_vectors, sums_of
from tailor.matching.words import content


def near(one: str, other: str) -> float:
    """Return the cosine of two texts."""
    rows = [[word for word, _ in content(text)] for text in (one, other)]
    forms = [word for row in rows for word in row]
    first, second = sums_of(paraphrase_vectors(forms), np.array([0, len(rows[0])]))
    return float(first @ second)


@pytest.mark.parametrize(
    ("asked", "says", "others"),
    [
        (
            "stage lighting",
            "Rigged and focused 80 lanterns for the spring show",
            ["Sold ice creams in the interval", "Built a revolve for the spring show"],
        ),
        (
            "wound care",
            "Changed dressings and packed leg ulcers on home visits",
            ["Ordered gloves and aprons for the ward", "Took blood from 20 patients a day"],
        ),
        (
            "credit control",
            "Chased late payers and agreed payment plans",
            ["Paid suppliers every Friday", "Wrote the annual accounts"],
        ),
    ],
)
def test_the_same_work_is_nearest(asked: str, says: str, others: Sequence[str]) -> None:
    """Of several lines of one trade the one that does the work, though no word is shared."""
    assert near(asked, says) > max(near(asked, other) for other in others)


def test_unknown_words_say_nothing() -> None:
    """A word without a vector adds nothing, and a text of such words is near to none."""
    assert not paraphrase_vectors(["zyxwvq"]).any()
    assert near("zyxwvq", "stage lighting") == 0
    assert near("zyxwvq stage lighting", "stage lighting") == pytest.approx(1, abs=1e-5)
