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


def test_a_list_under_another_heading_is_no_row_of_jobs() -> None:
    """Cruises are lines of a list where the jobs of the CV are none."""
    cv = _cv(
        "### Ecologist — Estación Biológica de la Sierra, Aracena\n\n2012 – 2019\n\n- Lakes\n\n"
        "### Postdoc — CIEX, Centro de Biología Andina, Universidad de la Vega, Badajoz\n\n"
        "2019 – 2024\n\n- Moss\n\n"
        "## Fieldwork\n\n- **2018–2020** Kattegat, chief scientist on 9 cruises, 55 days\n"
        "- **2016** R/V *Svea*, North Sea, 14 d. — trawl team\n"
        "- Diver (AESD 2013; ca 300 dives), STCW basic safety (val. 2028)"
    )
    assert [(one.title, one.organisation, one.place) for one in cv.positions] == [
        ("Ecologist", "Estación Biológica de la Sierra", "Aracena"),
        ("Postdoc", "CIEX, Centro de Biología Andina, Universidad de la Vega", "Badajoz"),
    ]


@pytest.mark.parametrize("grade", ["18/20", "Final mark 15/20", "GPA 3.7/4.0", "First class"])
def test_a_grade_behind_a_full_stop_is_no_part_of_the_school(grade: str) -> None:
    """What follows it is told of the degree too."""
    end = f"- 2004–2007 BSc Zoology, University of Northmoor. {grade}. Thesis: *Fog*\n"
    jobs = "### Ecologist, Lake Institute, Uppsala\n\n2012 – 2019\n\n- Lakes\n\n## Education\n\n"
    cv = build_cv(read_markdown(_TOP + jobs + end))
    assert [(one.title, one.organisation) for one in cv.degrees] == [
        ("BSc Zoology", "University of Northmoor")
    ]


def test_subjects_with_grades_are_one_list_and_no_school() -> None:
    """Whatever the order of degree and school in the other lines."""
    cv = build_cv(
        read_markdown(
            _TOP + "### Ecologist, Lake Institute, Uppsala\n\n2012 – 2019\n\n- Lakes\n\n"
            "## Education\n\n- HNC Forestry – Fell College, 2010\n"
            "- Heather Academy – Highers: English (B), Biology (A), Maths (C), 2003 – 2008\n"
        )
    )
    assert [(one.title, one.organisation) for one in cv.degrees] == [
        ("HNC Forestry", "Fell College"),
        ("Highers: English (B), Biology (A), Maths (C)", "Heather Academy"),
    ]
