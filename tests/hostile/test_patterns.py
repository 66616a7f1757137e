"""No regular expression can run away: time grows with the text, not with its square."""

from __future__ import annotations

import re

import pytest
from patterns import Found, find_patterns
from runaway import attacks, runs_away

# Compiled of a page's own styles, which ship.
NOT_FOUND = {"tailor.report.html"}
FOUND, LOST = find_patterns()
PATTERNS = FOUND


def test_all_are_found() -> None:
    """Those of modules, of functions and of tables; none is made of what comes in."""
    assert len(PATTERNS) > 250
    assert {place.partition(":")[0] for place in LOST} <= NOT_FOUND


@pytest.mark.parametrize("part", range(8))
def test_none_runs_away(part: int) -> None:
    """On repeated parts of what it matches, after what leads there, with an end that is wrong."""
    bad = [
        told
        for found in PATTERNS[part::8]
        for attack in attacks(found.pattern)
        if (told := runs_away(found, attack))
    ]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"\s*,\s*",
        r"(?:a+)+b",
        r"^(?:\w+\s?)*$",
        r"<!--.*?-->",
        r"x[ab]*[bc]*$",
        r"(?P<one>[^:]+?)\s*:",
        rb"\d+ +obj",
    ],
)
def test_bad_ones_are_told(pattern: str | bytes) -> None:
    """Quadratic and exponential ones alike; a machine's speed may change while one is looked at."""
    found = Found("here", re.compile(pattern), "search")
    assert any(runs_away(found, attack) for _ in range(5) for attack in attacks(found.pattern)), (
        "no string of five rounds took longer than its length allows"
    )
