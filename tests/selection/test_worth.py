"""What a line is worth, and from what worth on it is printed."""

from __future__ import annotations

import numpy as np
import pytest

from tailor.selection.worth import OF_LINES, SIGNALS, Gains, enough


@pytest.mark.parametrize("gain", [0.3, 0.5, 0.64])
@pytest.mark.parametrize("count", [1, 2, 20])
def test_where_no_line_says_enough_none_is_printed(gain: float, count: int) -> None:
    """However many weak lines there are, the bar is above all of them."""
    assert enough([gain] * count) > gain


@pytest.mark.parametrize(
    ("gains", "printed"),
    [([7.0], 1), ([7.0, 7.0, 0.1], 2), ([3.0, 0.9, 0.9, 0.9], 1), ([7.0] * 5 + [1.5], 5), ([], 0)],
)
def test_strong_lines_are_printed_and_weak_ones_beside_them_not(
    gains: list[float], printed: int
) -> None:
    """Each at least as good as the bar is there."""
    assert sum(gain >= enough(gains) for gain in gains) == printed


def test_a_line_is_worth_nothing_to_seven() -> None:
    """Seven is what a line gains that answers all; one like any other of its CV gains nothing."""
    curve = Gains((1.0,) * len(SIGNALS), -40.0)
    rows = np.zeros((2, len(SIGNALS)))
    rows[1, :OF_LINES] = 40.0
    assert curve.of(rows).tolist() == pytest.approx([0.0, 7.0])
