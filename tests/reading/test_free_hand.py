"""CVs as people type them: drawn headings, remarks, labels among degrees, jobs in a paragraph."""

from __future__ import annotations

import pytest

from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv

DRAWN = """\
~~ ODILE VARANGOT ~~
odile.varangot@example.fr | Brest

{0} what I do {1}

Sail maker. I cut, sew and mend sails for racing yachts and for fishing boats.

{0} lofts I have sewn in {1}

2018 - now      Sail Maker, Voilerie Iroise, Brest
  - spinnakers and mainsails
2011 - 2018     Machinist, Bates Canvas Ltd, Ipswich
  - covers and hoods

{0} tongues {1}

French (mother tongue), English (good)
"""


def read(text: str) -> Cv:
    """Read a CV from Markdown or plain text."""
    return build_cv(read_markdown(text))


def heads(cv: Cv, kind: str) -> list[tuple[str, str, str]]:
    """Return title, organisation and place of each entry of the sections of a kind."""
    entries = [e for s in cv.sections if s.kind.value == kind for e in s.entries]
    return [("; ".join(e.titles), e.organisation, e.place) for e in entries]


def below(cv: Cv, organisation: str) -> list[str]:
    """Return the lines below the entry of an organisation."""
    entry = next(e for s in cv.sections for e in s.entries if e.organisation == organisation)
    return [bullet.text.plain for bullet in entry.bullets]


@pytest.mark.parametrize(
    "marks", [(">>", ""), ("===", "==="), ("[", "]"), ("--", "--"), (".::", "::."), ("***", "***")]
)
def test_marks_around_headings_are_no_words(marks: tuple[str, str]) -> None:
    """Lines with the same marks are headings, whatever their words; a name loses them too."""
    cv = read(DRAWN.format(*marks))
    assert cv.name == "ODILE VARANGOT"
    headings = [(section.kind.value, section.heading) for section in cv.sections]
    assert headings == [
        ("summary", "what I do"),
        ("experience", "lofts I have sewn in"),
        ("languages", "tongues"),
    ]
    assert heads(cv, "experience") == [
        ("Sail Maker", "Voilerie Iroise", "Brest"),
        ("Machinist", "Bates Canvas Ltd", "Ipswich"),
    ]


DEGREES = """\
Ruben Achterberg
ruben.achterberg@example.com | (515) 555-0107 | Ames, IA

WORK EXPERIENCE
Agronomist, Skunk River Seeds, Ames, IA, 2016 - Present
- Trials on 60 plots

EDUCATION
University of Story County, Ames, IA
Master of Agronomy, 05/2016   GPA: 3.7 of a maximum 4.0   Credits Earned: 36
Major: Weed Science    Minor: Statistics
Relevant Coursework: Soil Physics, Plant Breeding, Herbicide Modes of Action
Boone River College, Webster City, IA
Bachelor of Science, 05/2013   GPA: 3.4
Thesis: Cover crops after silage maize, 2009-2012
"""


def test_labels_among_degrees_say_more_of_them() -> None:
    """What has a label such as "GPA" or "Minor" is a line of the degree, no degree or school."""
    cv = read(DEGREES)
    assert heads(cv, "education") == [
        ("Master of Agronomy", "University of Story County", "Ames, IA"),
        ("Bachelor of Science", "Boone River College", "Webster City, IA"),
    ]
    assert below(cv, "University of Story County") == [
        "GPA: 3.7 of a maximum 4.0",
        "Credits Earned: 36",
        "Major: Weed Science",
        "Minor: Statistics",
        "Relevant Coursework: Soil Physics, Plant Breeding, Herbicide Modes of Action",
    ]
    assert (
        below(cv, "Boone River College")[-1] == "Thesis: Cover crops after silage maize, 2009-2012"
    )


PARAGRAPHS = """\
Mere Paewhenua
mere.paewhenua@example.co.nz | 021 555 0108 | Te Puke

WORK HISTORY

Rangi Orchards Ltd, Te Puke. Packhouse supervisor, 2019-now. Two lines, 40 people at peak. \
I keep the rosters and the quality book.

P. & T. Hune, Katikati. Orchard hand, 2015-2019. Pruned, thinned and picked. Drove the hydralada.

Korari Dairies Ltd, Paengaroa. 300 cows, 2010-2012. Milked and reared calves.

EDUCATION
NCEA Level 2, Te Puke Coast College, 2009
"""


def test_a_job_in_a_paragraph_is_parted() -> None:
    """Its first sentences name title, employer, place and dates; the others say what was done."""
    cv = read(PARAGRAPHS)
    assert heads(cv, "experience")[:2] == [
        ("Packhouse supervisor", "Rangi Orchards Ltd", "Te Puke"),
        ("Orchard hand", "P. & T. Hune", "Katikati"),
    ]
    assert below(cv, "P. & T. Hune") == ["Pruned, thinned and picked. Drove the hydralada."]
    assert below(cv, "Korari Dairies Ltd") == ["300 cows. Milked and reared calves."]
    starts = [entry.period.start for entry in cv.positions]
    assert [start.year for start in starts if start] == [2019, 2015, 2010]


def test_text_of_a_job_is_no_job_in_a_paragraph() -> None:
    """Without a gap above it, a dated sentence is of the job above."""
    text = PARAGRAPHS.replace(
        "Pruned, thinned and picked. Drove the hydralada.\n",
        "Pruned and picked.\nPromoted to supervisor, 2018 - 2019. Led a crew of twelve.\n",
    )
    cv = read(text)
    assert len(cv.positions) == 3
    assert "Promoted to supervisor, 2018 - 2019" in " ".join(below(cv, "P. & T. Hune"))


REMARKS = """\
Tevita Moala
tevita.moala@example.co.nz, 027 555 0121, Westport

JOBS - newest first
Operator, Buller Earthworks Ltd, Westport, 2015 - now
- 20 t digger, drains and stop banks
Labourer, Karamea Gravel Ltd, Karamea, 2009 - 2015
- Screens and loaders

TICKETS AND COURSES (copies if wanted)
First Aid, June 2025
Wheels, Tracks and Rollers endorsement, 2010
Site Safe passport 2024

COMPUTERS ETC
Time sheet apps, email, maps

Proud of
* operator of the year 2022
* never dropped a load

Off shift
Whitebaiting, touch rugby, two dogs.

Referees
Mick Barrow, Buller Earthworks, 027 555 0150
"""


def test_remarks_behind_headings_and_headings_of_ones_own() -> None:
    """A remark is none of a heading; what stands apart as headings do in a plain text is one."""
    cv = read(REMARKS)
    assert [(s.kind.value, s.heading) for s in cv.sections] == [
        ("experience", "JOBS"),
        ("certificates", "TICKETS AND COURSES"),
        ("skills", "COMPUTERS ETC"),
        ("achievements", "Proud of"),
        ("interests", "Off shift"),
        ("references", "Referees"),
    ]
    assert len(cv.sections[1].bullets) == 3
    assert {"newest first", "(copies if wanted)"} <= {b.text.plain for b in cv.unplaced}


SMALL = """\
# Nyambura Achieng-Holt

nyambura.achieng@example.com · +254 711 555 0147 · Nakuru

## Key achievements

### Stock & money

- Brought shrinkage from 4% to 1%

### Working with people

- Trained five juniors

## Work

- **Sales & Stock Clerk**, Rift Hardware Ltd, Nakuru — Jan 2021 to date
- **Brand & Trade Mktg Assistant**, Menengai Millers (EA) Ltd, Nakuru — Mar 2018 – Dec 2020
- **Cook / Kitchen Assistant**, Subukia School, Subukia — Feb 2016 – Feb 2018

## Education

**Diploma in Business Management**, Subukia College, Nakuru. 2014 – 2016. Credit

## Declaration

I declare that all the particulars given above are true.

I agree to the processing of my personal data for this vacancy
and under Regulation (EU) 2016/679.
"""


def test_small_habits_of_forms_and_lists() -> None:
    """Themes, alike items, two titles with a slash, a sentence of consent and an empty section."""
    cv = read(SMALL)
    kinds = [(s.kind.value, s.heading) for s in cv.sections]
    assert kinds[0] == ("achievements", "Key achievements")
    assert [e.title for e in cv.sections[0].entries] == ["Stock & money", "Working with people"]
    assert heads(cv, "experience") == [
        ("Sales & Stock Clerk", "Rift Hardware Ltd", "Nakuru"),
        ("Brand & Trade Mktg Assistant", "Menengai Millers (EA) Ltd", "Nakuru"),
        ("Cook / Kitchen Assistant", "Subukia School", "Subukia"),
    ]
    assert heads(cv, "education") == [
        ("Diploma in Business Management", "Subukia College", "Nakuru")
    ]
    assert below(cv, "Subukia College") == ["Credit"]
    assert "Declaration" not in [heading for _, heading in kinds]
    consent = " ".join(bullet.text.plain for bullet in cv.sections[-1].bullets)
    assert consent.endswith("and under Regulation (EU) 2016/679.")


def test_a_form_says_whether_a_job_is_federal() -> None:
    """That is no part of its title."""
    text = DEGREES.replace("Agronomist, Skunk", "Agronomist (This is not a federal job)\nSkunk")
    assert heads(read(text), "experience") == [("Agronomist", "Skunk River Seeds", "Ames, IA")]
