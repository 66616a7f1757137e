"""Choose the lines that are worth most together, of all that have room together.

What lines are worth adds up, and so does their room: the 0/1 knapsack problem, solved exactly by
dynamic programming over quarters of a point (Kellerer, Pferschy, Pisinger 2004, "Knapsack
problems", section 2.3). On a page the room depends a little on what stands beside; the page has
the last word, and lines are exchanged one for one as long as that makes it worth more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

_GRID = 4  # steps in a point


def solve(worths: Sequence[float], rooms: Sequence[float], room: float) -> tuple[int, ...]:
    """Return the numbers of the items whose rooms fit into `room` and whose worth is the most.

    Rooms are in points and rounded up to quarters. All values are at least 0; of equals the first
    count.
    """
    sizes = [math.ceil(size * _GRID - 1e-9) for size in rooms]
    capacity = math.floor(room * _GRID + 1e-9)
    if capacity <= 0:
        return ()
    if sum(sizes) <= capacity:
        return tuple(range(len(sizes)))
    best = np.zeros(capacity + 1)
    taken = np.zeros((len(sizes), capacity + 1), dtype=bool)
    # Backwards, so that the way back finds the first of equals.
    for number in reversed(range(len(sizes))):
        size = sizes[number]
        if size > capacity:
            continue
        with_it = best[: capacity + 1 - size] + worths[number]
        better = with_it >= best[size:]
        taken[number, size:] = better
        best[size:] = np.where(better, with_it, best[size:])
    chosen = []
    left = capacity
    for number, size in enumerate(sizes):
        if taken[number, left]:
            chosen.append(number)
            left -= size
    return tuple(chosen)
