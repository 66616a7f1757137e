"""What stands in a head beside its title, employer and place: lengths, grades, engagements."""

from __future__ import annotations

import pytest

from tailor.reading.cv.aside import is_engagement, is_grade, is_length


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 years 2 months", True),
        ("(6 mon.)", True),
        ("two years", True),
        ("3 months a year", False),
        ("June", False),
    ],
)
def test_a_length_says_how_long_and_not_how_often(text: str, told: bool) -> None:
    """Who worked three months a year did not do so for a year and three months."""
    assert is_length(text) is told


@pytest.mark.parametrize("text", ["2:1", "8.7/10", "with merit", "part time – grade 2,1"])
def test_a_grade_says_how_well_a_degree_was_passed(text: str) -> None:
    """In figures or words, perhaps with how far it came."""
    assert is_grade(text)


@pytest.mark.parametrize("text", ["B2B", "4 days a week", "0.8 FTE"])
def test_an_engagement_names_nobody(text: str) -> None:
    """It is no employer and no place."""
    assert is_engagement(text)
    assert not is_engagement("Elm Haulage")
