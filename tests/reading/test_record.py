"""Forms: labelled lines that tell one job or degree each, and the parts of a name."""

from __future__ import annotations

from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv

_FORM = """\
JobsOnline - printable profile

SECTION 1 : BASIC INFORMATION
Family Name *  : HALVORSEN
First Name *   : Ylva
Email *        : ylva.halvorsen@example.no
Mobile *       : +47 900 00 222

SECTION 2 : WORK EXPERIENCE

[1]
Position *     : Pastry Chef (promoted to Head of Pastry Mar 2021)
Company *      : Hotel Nordlys
City / Country : Bodø, Norway
From           : 03-Feb-2019      To : Present
Reporting to   : Executive Chef
Duties :
- Led the pastry kitchen
- Acting Executive Chef from May-2022 to Aug-2022

[2]
Company *      : Bakeriet Vest AS
Position *     : Baker
From           : Jun-2014      To : Jan-2019
Oven           : MIWE Condo
Duties :
- Sourdough

SECTION 3 : EDUCATION
Level          : Vocational
Course         : Diploma in Pastry
School         : Bodø Culinary School
Year Graduated : 2014
Level          : Secondary
School         : Saltdal High School
Year Graduated : 2011
"""


def _cv(text: str) -> Cv:
    return build_cv(read_markdown(text))


def test_the_fields_of_a_form_are_read_by_their_labels() -> None:
    """A record is one position, whatever the order of its fields; its number is kept aside."""
    cv = _cv(_FORM)
    assert cv.name == "Ylva HALVORSEN"
    chef, baker = cv.positions
    assert chef.title == "Pastry Chef (promoted to Head of Pastry Mar 2021)"
    assert (chef.organisation, chef.place) == ("Hotel Nordlys", "Bodø, Norway")
    assert chef.period.present
    assert [line.text.plain for line in chef.bullets] == [
        "Led the pastry kitchen",
        "Acting Executive Chef from May-2022 to Aug-2022",
    ]
    assert (baker.title, baker.organisation) == ("Baker", "Bakeriet Vest AS")
    assert [line.text.plain for line in baker.bullets] == ["Oven: MIWE Condo", "Sourdough"]
    aside = [line.text.plain for line in cv.unplaced]
    assert {"[1]", "[2]", "Reporting to: Executive Chef"} <= set(aside)


def test_a_level_is_the_degree_where_no_course_is_named() -> None:
    """Records that follow one another begin where a label comes again."""
    degrees = [(one.title, one.organisation) for one in _cv(_FORM).degrees]
    assert degrees == [
        ("Diploma in Pastry", "Bodø Culinary School"),
        ("Secondary", "Saltdal High School"),
    ]


def test_labels_within_a_job_are_no_records() -> None:
    """One field beside other text is none, nor is a list of skills with labels."""
    text = "Pia Storm\npia.storm@example.se\n\nSkills\nTools: Figma, Miro\nLanguages: Swedish\n\n"
    cv = _cv(text + "Experience\nDesigner, Acme AB, Lund, 2015 - 2020\n- Role: lead of two\n")
    assert [(one.title, one.organisation) for one in cv.positions] == [("Designer", "Acme AB")]
