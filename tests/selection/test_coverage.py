"""The choice under a limit: what is promised of it, held against trying everything."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.selection.coverage import GUARANTEE, Covered, Gain, Item, choose

amounts = st.floats(0, 1, allow_subnormal=False)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Item], float]:
    """Up to seven lines that answer some of three requirements by some of three words."""
    count = draw(st.integers(0, 7))
    names = st.sampled_from(["r1", "r2", "r3"])
    words = st.sampled_from(["", "oven", "rye", "salt"])
    items = [
        Item(
            f"b{number}",
            draw(st.floats(1, 5)),
            draw(amounts),
            draw(st.dictionaries(st.tuples(names, words), amounts, max_size=6)),
        )
        for number in range(count)
    ]
    return items, draw(st.floats(0, 15))


def within(items: Sequence[Item], limit: float) -> Callable[[Sequence[str]], bool]:
    """Return what tells that lines have room: their rooms simply add up."""
    rooms = {item.id: item.room for item in items}
    return lambda ids: math.fsum(rooms[item] for item in ids) <= limit


def best(items: Sequence[Item], limit: float) -> float:
    """Return the highest value there is, by trying every set."""
    return max(
        Covered(chosen).value
        for size in range(len(items) + 1)
        for chosen in combinations(items, size)
        if math.fsum(item.room for item in chosen) <= limit
    )


def value(gains: Sequence[Gain]) -> float:
    """Return what was gained in all."""
    return math.fsum(gain.value for gain in gains)


@given(problems())
def test_never_below_the_guarantee(problem: tuple[list[Item], float]) -> None:
    """The choice has at least the stated share of the best value there is."""
    items, limit = problem
    gains = choose(items, Covered(), within(items, limit))
    assert value(gains) >= GUARANTEE * best(items, limit) - 1e-9
    assert value(gains) <= best(items, limit) + 1e-9


@given(problems())
def test_what_is_chosen_has_room(problem: tuple[list[Item], float]) -> None:
    """Each line once, within the limit, and the gains add up to the value."""
    items, limit = problem
    gains = choose(items, Covered(), within(items, limit))
    ids = [gain.id for gain in gains]
    assert len(set(ids)) == len(ids)
    assert not ids or within(items, limit)(ids)
    chosen = Covered(item for item in items if item.id in ids)
    assert value(gains) == pytest.approx(chosen.value, abs=1e-9)


@given(problems())
def test_nothing_that_fits_is_left(problem: tuple[list[Item], float]) -> None:
    """No line could be added to what was chosen."""
    items, limit = problem
    fits = within(items, limit)
    ids = [gain.id for gain in choose(items, Covered(), fits)]
    assert not any(fits([*ids, item.id]) for item in items if item.id not in ids)


@given(problems())
def test_a_line_adds_less_to_more(problem: tuple[list[Item], float]) -> None:
    """The gain of a line never rises while others are added: what lazy evaluation rests on."""
    items, _ = problem
    covered = Covered()
    before = {item.id: covered.gain(item) for item in items}
    for added in items:
        covered.add(added)
        now = {item.id: covered.gain(item) for item in items}
        assert all(now[name] <= before[name] + 1e-9 for name in now)
        before = now


def test_the_same_words_count_once() -> None:
    """Of two lines that say the same by the same words, the second gives way to a fresh one."""
    twice = {("r1", ""): 1.0, ("r1", "oven"): 0.5}
    items = [
        Item("first", 1, 0.3, twice),
        Item("again", 1, 0.3, twice),
        Item("fresh", 1, 0.2, {("r2", ""): 1.0, ("r2", "rye"): 0.4}),
    ]
    gains = choose(items, Covered(), within(items, 2))
    assert [gain.id for gain in gains] == ["first", "fresh"]
    assert {gain.id: gain.answered for gain in gains} == {"first": ("r1",), "fresh": ("r2",)}


def test_one_large_line_is_not_forgotten() -> None:
    """Greedy by gain per room alone would take the crumb and have no room for the loaf."""
    items = [Item("crumb", 1, 0.2), Item("loaf", 10, 1.0)]
    gains = choose(items, Covered(), within(items, 10))
    assert [gain.id for gain in gains] == ["loaf"]


def test_what_is_there_already_counts() -> None:
    """What is covered before gains nothing again, and is left as it was."""
    there = Covered([Item("kept", 1, 0.1, {("r1", ""): 1.0})])
    new = Item("new", 1, 0.1, {("r1", ""): 0.9, ("r2", ""): 0.5})
    (gain,) = choose([new], there, lambda _: True)
    assert gain.value == pytest.approx(0.6)
    assert gain.answered == ("r2",)
    assert there.value == pytest.approx(1.1)
