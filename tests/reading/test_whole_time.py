"""An employer's line with the whole time there stands above roles with a time each."""

from __future__ import annotations

import pytest

from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv

_TOP = "# Edda Lindqvist-Moore\n\nedda.lm@example.se\n\n## Experience\n\n"
_END = "\n\n## Education\n\n- Diploma in Joinery, Kalmar Academy, 2008\n"


def _cv(text: str) -> Cv:
    return build_cv(read_markdown(_TOP + text + _END))


@pytest.mark.parametrize(
    "employer",
    [
        "Harrow Mill Joinery Ltd, York — 2009 – present",
        "**Harrow Mill Joinery Ltd**, York · 2009 – present\n\nStairs and windows, 40 people.",
    ],
)
def test_roles_below_the_whole_time_have_its_employer(employer: str) -> None:
    """The employer's line is no position; its time is kept aside, and a sentence about it too."""
    cv = _cv(
        f"{employer}\n\nWorkshop Manager — 2017 – present\n\n- Orders timber\n\n"
        "Joiner — 2009 – 2017\n\n- Sash windows\n\n"
        "Riverside Boatyard, Selby — Apprentice — 2006 – 2009\n\n- Decks\n"
    )
    assert [(one.title, one.organisation) for one in cv.positions] == [
        ("Workshop Manager", "Harrow Mill Joinery Ltd"),
        ("Joiner", "Harrow Mill Joinery Ltd"),
        ("Apprentice", "Riverside Boatyard"),
    ]
    assert any("2009 – present" in bullet.text.plain for bullet in cv.unplaced)


def test_jobs_at_the_same_time_stay_apart() -> None:
    """A job that names its own employer is no role at the one above."""
    cv = _cv(
        "Harrow Mill Joinery Ltd, York — 2009 – 2020\n\nOdd jobs.\n\n"
        "Tutor, Selby College — 2012 – 2020\n\n- Evening classes\n"
    )
    assert cv.positions[-1].organisation == "Selby College"
