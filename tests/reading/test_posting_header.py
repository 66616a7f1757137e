"""Title, company and place from whatever states them. All postings are invented."""

from __future__ import annotations

import pytest

from tailor.reading.posting.text import parse_posting

BODY = "\n\nRequirements\n- Go\n- SQL\n"
HEADERS = [
    # bar lines of hiring threads
    (
        "Thistle Labs | Berlin | Performance Engineer | Full-time",
        "Performance Engineer",
        "Thistle Labs",
        "Berlin",
    ),
    (
        "Thistle Labs | Performance Engineer | REMOTE (EU) | https://thistle.example.org",
        "Performance Engineer",
        "Thistle Labs",
        "REMOTE (EU)",
    ),
    (
        "Pallas GmbH | Hamburg, Germany | ONSITE | Data Engineer",
        "Data Engineer",
        "Pallas GmbH",
        "Hamburg, Germany",
    ),
    # front matter
    (
        "---\ntitle: Staff Nurse\nhiringOrganization:\n  name: Northmoor Clinic\n---",
        "Staff Nurse",
        "Northmoor Clinic",
        "",
    ),
    (
        "---\nlayout: job\nposition: Welder\ncompany: Kiln Street\nlocation: Dayton, OH\n---",
        "Welder",
        "Kiln Street",
        "Dayton, OH",
    ),
    # lines above and below the title
    ("PASTRY CHEF\nTHISTLE & RYE\nGALWAY", "PASTRY CHEF", "THISTLE & RYE", "GALWAY"),
    (
        "Saltmarsh College\n\nLecturer in Law\nLeeds",
        "Lecturer in Law",
        "Saltmarsh College",
        "Leeds",
    ),
    (
        "Paralegal\nHexley Borough Council - Leeds, UK",
        "Paralegal",
        "Hexley Borough Council",
        "Leeds, UK",
    ),
    ("Actuary\nFenwick Rail, Lyon", "Actuary", "Fenwick Rail", "Lyon"),
    (
        "Electrician\nDunmere Works · Ghent, Belgium (On-site)",
        "Electrician",
        "Dunmere Works",
        "Ghent, Belgium",
    ),
    ("Line Cook\nFenwick Rail (Toronto)", "Line Cook", "Fenwick Rail", "Toronto"),
    # one line
    (
        "Teacher of Music at Lowfield Primary School (Leeds)",
        "Teacher of Music",
        "Lowfield Primary School",
        "Leeds",
    ),
    ("Midwife at Brightwater Trust", "Midwife", "Brightwater Trust", ""),
    # labels, also at the end
    (
        "Job Title: Boiler Fitter\nEmployer: Birch Boilers\nLocation: Cardiff",
        "Boiler Fitter",
        "Birch Boilers",
        "Cardiff",
    ),
    (
        "Social Worker\n\nYou visit families.\n\nOrganization: Brightwater Trust\nLocation: Truro",
        "Social Worker",
        "Brightwater Trust",
        "Truro",
    ),
    # running text
    (
        "Pilot\n\nDunmere, formerly Wings of Kent, delivers parcels. Dunmere is based in Belfast.",
        "Pilot",
        "Dunmere",
        "Belfast",
    ),
    (
        "Policy Adviser\n\nHere at the Department for Ferries (DfF), we keep islands in touch.",
        "Policy Adviser",
        "Department for Ferries",
        "",
    ),
    (
        "Head Gardener\n\nOrrin Parks is looking for a gardener. The role is based in Bristol.",
        "Head Gardener",
        "Orrin Parks",
        "Bristol",
    ),
    # words before, behind and within the title
    (
        "Vacancy for Ward Clerk\nNorthmoor Clinic | Leeds, UK",
        "Ward Clerk",
        "Northmoor Clinic",
        "Leeds, UK",
    ),
    ("We're hiring – Pastry Chef", "Pastry Chef", "", ""),
    ("Sr. Software Engineer\nOrrin Labs | Porto", "Sr. Software Engineer", "Orrin Labs", "Porto"),
    (
        "Senior Java Developer with Cloud\nOrrin Labs | Porto",
        "Senior Java Developer with Cloud",
        "Orrin Labs",
        "Porto",
    ),
    (
        "Lead DevOps (Observability)\nOrrin Labs | Porto",
        "Lead DevOps (Observability)",
        "Orrin Labs",
        "Porto",
    ),
    (
        "Backend Developer Bc5878\nOrrin Labs | Porto",
        "Backend Developer Bc5878",
        "Orrin Labs",
        "Porto",
    ),
    (
        "Working Student - Data Analyst\nOrrin Labs | Porto",
        "Working Student - Data Analyst",
        "Orrin Labs",
        "Porto",
    ),
    (
        "# [Site Reliability Engineer](https://jobs.example.org/42)\nOrrin Labs | Porto",
        "Site Reliability Engineer",
        "Orrin Labs",
        "Porto",
    ),
    (
        "Staff Nurse – Night Shift\nNorthmoor Clinic | Leeds, UK",
        "Staff Nurse – Night Shift",
        "Northmoor Clinic",
        "Leeds, UK",
    ),
    # names that are words of other things
    ("Data Engineer\nAT&T | Dallas, TX", "Data Engineer", "AT&T", "Dallas, TX"),
    (
        "Data Engineer\n\nDocker is looking for a data engineer. At Docker, we ship boxes.",
        "Data Engineer",
        "Docker",
        "",
    ),
    ("Data Engineer\nLinux Foundation | Remote", "Data Engineer", "Linux Foundation", "Remote"),
    # short lines, the town alone below the company or the title
    ("Midwife Band 6\nLarkmoor NHS Trust\nStoke", "Midwife Band 6", "Larkmoor NHS Trust", "Stoke"),
    ("Payroll Clerk\nHastings\n£28,000", "Payroll Clerk", "", "Hastings"),
    (
        "We're hiring – Line Cook!\nBlue Heron\nLeith, Edinburgh",
        "Line Cook",
        "Blue Heron",
        "Leith, Edinburgh",
    ),
    # run-on text
    (
        (
            "Pastry Chef - Hazel Bakehouse, Whitby. Hazel Bakehouse bakes for us all. You will "
            "order flour and fruit, and laminate dough by hand."
        ),
        "Pastry Chef",
        "Hazel Bakehouse",
        "Whitby",
    ),
    (
        "Porter - The Grange Hotel, Bath\nThe Grange Hotel has sixty rooms by the river.",
        "Porter",
        "The Grange Hotel",
        "Bath",
    ),
    # what is none
    ("⬆ Reporting Into: Head of Data\n\nWe seek a data engineer.", "data engineer", "", ""),
    ("## Data Engineer\n## 💰 0 🌎 India", "Data Engineer", "", "India"),
    # jobs that no list names, and names that are learnt
    ("Verger\nGlenhart Minster\nOckwick", "Verger", "Glenhart Minster", "Ockwick"),
    (
        "Solicitor - Family Law\n\nBarrow Tey LLP, Truro",
        "Solicitor - Family Law",
        "Barrow Tey LLP",
        "Truro",
    ),
    (
        "PORT OF DUNWICK\nROLE PROFILE\nPost: Marine Surveyor\nLocation: Dunwick",
        "Marine Surveyor",
        "PORT OF DUNWICK",
        "Dunwick",
    ),
    # a place that is told in a sentence, or cut at a bracket
    (
        "Protocol Engineer\nThistle Labs\nLocation: This role will be remote and based in Peru.",
        "Protocol Engineer",
        "Thistle Labs",
        "Peru",
    ),
    (
        "Protocol Engineer\nThistle Labs\nLocation: We have openings in every time zone, remote.",
        "Protocol Engineer",
        "Thistle Labs",
        "Remote",
    ),
    (
        "Protocol Engineer (\nThistle Labs\nLocation: Lyon]",
        "Protocol Engineer",
        "Thistle Labs",
        "Lyon",
    ),
    (
        "Protocol Engineer\nThistle Labs\nLocation: Washington, D.C.",
        "Protocol Engineer",
        "Thistle Labs",
        "Washington, D.C.",
    ),
]


@pytest.mark.parametrize(("text", "title", "company", "place"), HEADERS)
def test_header(text: str, title: str, company: str, place: str) -> None:
    """What the head of a posting states is found, and what it does not state stays empty."""
    posting = parse_posting(text + BODY)
    assert (posting.title, posting.company, posting.place) == (title, company, place)
