"""Choose the lines for a page that together answer the most, within the room there is.

The value of a set of lines is the sum of two parts, and another line never lowers either:

- what each line is worth by itself, whatever the others say;
- for each single thing asked for, the best any of the lines offers: a second line that answers
  the same adds nothing here.

Both parts, and so their sum, are monotone and submodular: a line adds less the more is there.
`choose` is the better of two greedy choices, by gain per room and by gain, evaluated lazily
(Minoux 1978). Where the room a line takes does not depend on the others, its value is at least
(1 − 1/e) / 2 = 0.316 of the best possible (Leskovec et al. 2007, "Cost-effective outbreak
detection in networks", theorem 3); swaps that only raise it follow. On a page the room depends a
little on the others: `fits` has the last word.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

GUARANTEE = (1 - 1 / math.e) / 2
# When this many lines in a row did not fit, the page counts as full.
_MOST_REFUSED = 20
# Swaps of one line for another after the greedy choice; in each, the best lines left out are tried
# in place of the lines that added least.
_MOST_SWAPS = 10
_MOST_TRIED = 8
_LEAST_RISE = 1e-6


@dataclass(frozen=True, slots=True)
class Item:
    """A line that may be chosen.

    `room` is the height it takes, in points, above 0; `own` is what it is worth by itself, at
    least 0. `covers` holds, by requirement and single thing asked for, what it adds to the answer.
    """

    id: str
    room: float
    own: float
    covers: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a line added when it was chosen: its `value`, and the requirements it answered first."""

    id: str
    value: float
    answered: tuple[str, ...]


class Covered:
    """What is asked for and answered by the chosen lines so far, and what that is worth."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.value = 0.0
        self._best: dict[tuple[str, str], float] = {}
        for item in items:
            self.add(item)

    def copy(self) -> Covered:
        """Return an independent copy."""
        other = Covered()
        other.value = self.value
        other._best = dict(self._best)
        return other

    def gain(self, item: Item) -> float:
        """Return how much `item` would raise the value; at least 0."""
        known = self._best.get
        rises = [v - best for key, v in item.covers.items() if v > (best := known(key, 0.0))]
        return math.fsum([item.own, *rises])

    def add(self, item: Item) -> Gain:
        """Add `item` and return what it added."""
        gain = self.gain(item)
        known = {requirement for requirement, _ in self._best}
        answered = tuple(dict.fromkeys(r for r, _ in item.covers if r not in known))
        self.value += gain
        for key, value in item.covers.items():
            if value >= self._best.get(key, 0.0):
                self._best[key] = value
        return Gain(item.id, gain, answered)


def choose(
    items: Sequence[Item], covered: Covered, fits: Callable[[Sequence[str]], bool]
) -> tuple[Gain, ...]:
    """Choose from `items` and return the gains in the order of choice.

    `covered` is what the page already holds; it is not changed. `fits` returns whether the lines
    with the given ids have room beside what is already there.
    """
    by_room, by_gain = (
        _greedily(items, covered.copy(), fits, per_room=per_room) for per_room in (True, False)
    )
    gains = max(by_room, by_gain, key=_total)  # of equals the first
    known = {item.id: item for item in items}
    for _ in range(_MOST_SWAPS):
        swapped = _swapped(gains, known, covered, fits)
        if swapped is None:
            break
        gains = swapped
    chosen = [gain.id for gain in gains]
    left = [item for item in items if item.id not in chosen]
    there = covered.copy()
    for name in chosen:
        there.add(known[name])
    more = _greedily(left, there, lambda ids: fits([*chosen, *ids]), per_room=True)
    return (*gains, *more)


def _swapped(
    gains: Sequence[Gain],
    known: Mapping[str, Item],
    covered: Covered,
    fits: Callable[[Sequence[str]], bool],
) -> tuple[Gain, ...] | None:
    """Return a better choice that swaps one line for another; None if there is none.

    This repairs the usual flaw of a greedy choice: early small lines that keep out a large one.
    """
    chosen = [gain.id for gain in gains]
    there = covered.copy()
    for name in chosen:
        there.add(known[name])
    left = [(-there.gain(item), name) for name, item in known.items() if name not in chosen]
    if not left:
        return None
    least = sorted((gain.value, gain.id) for gain in gains)[:_MOST_TRIED]
    needed = _total(gains) + _LEAST_RISE
    without = {}
    for _, old in least:
        without[old] = covered.copy()
        for name in chosen:
            if name != old:
                without[old].add(known[name])
    for _, new in sorted(left)[:_MOST_TRIED]:
        for _, old in least:
            # Correct but for the last digits, which depend on the order of summing.
            about = without[old].value - covered.value + without[old].gain(known[new])
            if about < needed - _LEAST_RISE / 2:
                continue
            names = [*(name for name in chosen if name != old), new]
            after = covered.copy()
            tried = tuple(after.add(known[name]) for name in names)
            if _total(tried) > needed and fits(names):
                return tried
    return None


def _total(gains: Iterable[Gain]) -> float:
    """Return the sum of the gains."""
    return math.fsum(gain.value for gain in gains)


def _greedily(
    items: Sequence[Item],
    covered: Covered,
    fits: Callable[[Sequence[str]], bool],
    *,
    per_room: bool,
) -> tuple[Gain, ...]:
    def key(item: Item) -> float:
        return covered.gain(item) / (item.room if per_room else 1.0)

    # Gains only fall as lines are added, so a gain that is still the highest after it was
    # recomputed is the highest of all.
    waiting = [(-key(item), place) for place, item in enumerate(items)]
    heapq.heapify(waiting)
    chosen: list[Gain] = []
    refused = 0
    while waiting and refused < _MOST_REFUSED:
        _, place = heapq.heappop(waiting)
        now = -key(items[place])
        if waiting and now > waiting[0][0]:
            heapq.heappush(waiting, (now, place))
        elif fits([*(gain.id for gain in chosen), items[place].id]):
            chosen.append(covered.add(items[place]))
            refused = 0
        else:
            refused += 1
    return tuple(chosen)
