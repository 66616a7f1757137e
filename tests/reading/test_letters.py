"""CVs that came in a mail, below a label, or with dates that a narrow column broke in two."""

from __future__ import annotations

import pytest

from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv

BODY = """\
Anouk Verhage
Lock keeper
Zwolle, Netherlands | anouk@example.org

PROFILE
Lock keeper on three canals.

WORK
Lock keeper
Rijnkanaal BV, Zwolle (Feb 2019 - now)
* Work two locks and a swing bridge.

Deckhand
Vaart Cargo BV, Kampen (May 2014 - Jan 2019)
* Kept the deck of a barge.

LANGUAGES
Dutch, English
"""


def read(text: str) -> Cv:
    """Read a CV from Markdown or plain text."""
    return build_cv(read_markdown(text))


def jobs(cv: Cv) -> list[tuple[str, str, str, str]]:
    """Return title, employer, place and dates of each position."""
    return [(e.title, e.organisation, e.place, _dates(e.period)) for e in cv.positions]


def _dates(period: object) -> str:
    start, end, present = period.start, period.end, period.present  # type: ignore[attr-defined]
    months = [f"{d.year}/{d.month}" if d.month else str(d.year) for d in (start, end) if d]
    return " - ".join([*months, *(["now"] if present else [])])


FORWARDED = """\
From: Anouk Verhage <anouk@example.org>
Sent: Monday
To: jobs@example.com
Subject: FW: CV

Hi,

here is my CV as plain text.

"""
GERMAN = """\
Von: Anouk Verhage <anouk@example.org>
An: Personal
Betreff: Mein Lebenslauf

Guten Tag Frau Blum,

hier kommt mein Lebenslauf. Ich freue mich auf Ihre Antwort.

Mit freundlichen Grüßen
Anouk Verhage

"""
GREETING = "Dear Mr Okoro,\n\nplease find my details below.\nI could start in May.\n\n"
MAILS = {
    "forwarded": (FORWARDED, "\nKind regards,\nAnouk\n\nSent from my phone\n"),
    "german": (GERMAN, ""),
    "greeting alone": (GREETING, "\nYours sincerely,\nAnouk Verhage\n"),
}


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_around_a_cv_is_no_part_of_it(name: str) -> None:
    """Labelled lines, greeting and good-bye of a mail are neither a name nor a summary."""
    above, below = MAILS[name]
    cv, bare = read(above + BODY + below), read(BODY)
    assert (cv.name, cv.headline, cv.contacts) == (bare.name, bare.headline, bare.contacts)
    assert [s.kind for s in cv.sections] == [s.kind for s in bare.sections]
    assert jobs(cv) == jobs(bare)
    texts = [[b.text.plain for b in s.bullets] for s in cv.sections]
    assert texts == [[b.text.plain for b in s.bullets] for s in bare.sections]
    said = "\n".join(bullet.text.plain for bullet in cv.unplaced)
    assert all(line.split("<")[0].strip() in said for line in (above + below).splitlines())


def test_referees_on_request_are_no_language() -> None:
    """What says only that there are referees goes into no list."""
    cv = read(BODY + "\nREFEREES on request\n")
    assert [b.text.plain for b in cv.sections[-1].bullets] == ["Dutch, English"]
    assert [b.text.plain for b in cv.unplaced] == ["REFEREES on request"]


@pytest.mark.parametrize(
    "label", ["Curriculum Vitae: ", "# CV of ", "# Résumé – ", "# Name: ", "Lebenslauf von "]
)
def test_a_label_before_the_name(label: str) -> None:
    """What says what the file is stands before the name, and is none of it."""
    cv = read(f"{label}{BODY}")
    assert (cv.name, cv.headline) == ("Anouk Verhage", "Lock keeper")


def test_a_period_over_two_lines() -> None:
    """An open date at a line's beginning goes on with the date at the beginning of the next."""
    cv = read(
        "Idris Bello\nidris@example.org\n\nEMPLOYMENT\n\n"
        "Sept. 2019 -     Harbour Light Trust - Cardiff, Wales\n"
        "to date          WARDEN\n"
        "                 - Keep the light and the log.\n\n"
        "March 2012 -     Penarth Pier Company - Penarth, Wales\n"
        "Aug. 2019        PIER MASTER\n"
        "                 - Collected tolls on the pier.\n\n"
        "2009 - 2012      Barry Docks Ltd - Barry, Wales\n"
        "                 BOATMAN\n"
        "                 - Moored ships.\n"
    )
    assert jobs(cv) == [
        ("WARDEN", "Harbour Light Trust", "Cardiff, Wales", "2019/9 - now"),
        ("PIER MASTER", "Penarth Pier Company", "Penarth, Wales", "2012/3 - 2019/8"),
        ("BOATMAN", "Barry Docks Ltd", "Barry, Wales", "2009 - 2012"),
    ]


def test_a_period_over_two_lines_of_its_own() -> None:
    """So it is where nothing else stands beside the dates."""
    cv = read(
        "# Idris Bello\nidris@example.org\n\n## Employment\n\n"
        "### Warden, Harbour Light Trust\n\nOctober 2017 –\npresent\n\n- Keep the light.\n\n"
        "### Boatman, Barry Docks Ltd\n\nMay 2012 –\nJuly 2017\n\n- Moored ships.\n"
    )
    assert [job[3] for job in jobs(cv)] == ["2017/10 - now", "2012/5 - 2017/7"]


def test_what_stands_above_the_name_is_none() -> None:
    """The line of whose words the e-mail address is made is the name, whatever stands above."""
    text = BODY.replace("anouk@", "a.verhage@")
    cv = read(f"Application 2024/117\n\nPrepared by Staff Link Ltd\n\n{text}")
    assert cv.name == "Anouk Verhage"
    assert len(cv.positions) == 2


def test_a_headline_is_no_position_at_oneself() -> None:
    """Below a line that was taken for the name, name and headline without dates are no job."""
    text = BODY.replace("Lock keeper\nZ", "Orientation & Mobility Specialist (COMS)\nZ", 1)
    text = text.replace(" | ", " - ").replace("\nPROFILE", "NZ citizen, full licence\n\nPROFILE")
    cv = read(f"From: Anouk Verhage\nTo: recruitment\nSubject: my CV as requested\n\n{text}")
    assert len(cv.positions) == 2


PRIVATE = """\
# Nandi Mokoena

Irrigation planner

| | |
|---|---|
| Date of birth | 4 May 1990 |
| Nationality | Zambian; work visa held 2015-2019 |
| Visa | Tier 2, 2015-2019 |
| Driving licence | B since 2008 |

## Work

### Planner, Rivers Ltd, Durban
2015 - 2019

- Planned dams.
"""


def test_years_in_private_lines_make_no_position() -> None:
    """A labelled line of the person stays one, whatever dates are in it."""
    cv = read(PRIVATE)
    assert jobs(cv) == [("Planner", "Rivers Ltd", "Durban", "2015 - 2019")]
    assert cv.nationality == "Zambian; work visa held 2015-2019"
    left = [bullet.text.plain for bullet in cv.unplaced]
    assert left == ["Date of birth: 4 May 1990", "Visa: Tier 2, 2015-2019"]


def test_private_lines_with_colons() -> None:
    """So it does where a colon stands behind the label."""
    cv = read(
        BODY.replace(
            "\nPROFILE", "Residence permit: valid 2019-2027\nMilitary service: 2008-2009\n\nPROFILE"
        )
    )
    assert len(cv.positions) == 2
    assert len(cv.unplaced) == 2


@pytest.mark.parametrize(
    "name",
    ["Ann Q. Lee, M.Sc., Ph.D.", "REV. ANN A. LEE-OKORO, M.DIV., BCC", "Mary Ann Lee, RN, BSN"],
)
def test_letters_behind_a_name_stay_with_it(name: str) -> None:
    """Also where the e-mail address is not made of it."""
    work = "WORK\nNurse, Elm Clinic, Duluth\n2015 - 2020\n* Ran it.\n"
    cv = read(f"{name}\nDuluth, MN\noffice@example.org\n\n{work}")
    assert cv.name == name


@pytest.mark.parametrize(
    ("written", "dates"),
    [("2008-11", "2008 - 2011"), ("2003-05", "2003 - 2005"), ("2010-09", "2010/9")],
)
def test_short_years_are_read_as_the_others_of_the_cv(written: str, dates: str) -> None:
    """Beside "2011-16" no month is meant, unless the years would run backwards."""
    cv = read(
        "Ann Lee\nann@example.org\n\nWORK\n"
        "Mill Bakery, Leeds\t2011-16\nHead baker\n* Ran the mill.\n\n"
        f"Rye Bakery, York\t{written}\nBaker\n* Baked bread.\n"
    )
    assert [job[-1] for job in jobs(cv)] == ["2011 - 2016", dates]


def test_work_that_reads_like_a_paper_stays_with_its_job() -> None:
    """Where more of the job stands below it."""
    cv = read(
        "Ann Lee\nann@example.org\n\nWORKING EXPERIENCE\n\n"
        "Lead | Rivers Unit (donor-funded) | October 2018 - Present\nDuty station: Jos\n\n"
        "Lead river monitoring in nine sites in four states, with two officers and volunteers. "
        "Supervise kick samples and light traps every month and report within three weeks.\n\n"
        "Coordinate annual water quality testing (ISO 7828 kick samples) for metals and oxygen. "
        "Results led the National Rivers Programme to choose weirs for Plateau State in 2020.\n\n"
        "Manage a yearly budget of US$ 1.1 million and write quarterly reports.\n\n"
        "Officer | Ministry of Water, Abuja | March 2009 - September 2018\n\n"
        "Wrote the national plan 2014-2018 together with others.\n\n"
        "EDUCATION\nPh.D. Ecology | University of Jos | 2017\n"
    )
    assert [title for title, *_ in jobs(cv)] == ["Lead", "Officer"]
    assert [section.heading for section in cv.sections] == ["WORKING EXPERIENCE", "EDUCATION"]
