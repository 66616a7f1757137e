"""The choice under a limit: the best there is, held against trying everything."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.selection.filling import solve

quarters = st.integers(1, 40).map(lambda number: number / 4)


@given(st.lists(st.tuples(st.floats(0, 1), quarters), max_size=8), st.floats(0, 30))
def test_the_best_there_is(items: list[tuple[float, float]], room: float) -> None:
    """No set of items that has room is worth more."""
    worths, rooms = [worth for worth, _ in items], [size for _, size in items]
    chosen = solve(worths, rooms, room)
    assert len(set(chosen)) == len(chosen)
    assert math.fsum(rooms[number] for number in chosen) <= room + 1e-9
    best = max(
        math.fsum(worths[number] for number in some)
        for size in range(len(items) + 1)
        for some in combinations(range(len(items)), size)
        if math.fsum(rooms[number] for number in some) <= room
    )
    assert math.fsum(worths[number] for number in chosen) == pytest.approx(best)


def test_one_dense_line_before_short_ones() -> None:
    """A line of three that is worth much is not lost for three short ones worth little."""
    assert solve([0.2, 0.2, 0.2, 1.0], [1, 1, 1, 3], 3) == (3,)
    assert solve([0.5, 0.5, 0.5, 1.0], [1, 1, 1, 3], 3) == (0, 1, 2)


def test_of_equals_the_first() -> None:
    """The CV's own order decides where the worth does not."""
    assert solve([1.0, 1.0, 1.0], [2, 2, 2], 4) == (0, 1)
