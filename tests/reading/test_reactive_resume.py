"""Reactive Resume: three versions say the same; hidden parts are kept, and junk breaks nothing."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.reading.files import Content
from tailor.reading.reader import cv_of
from tailor.values.cv import Bullet, ContactKind, Cv, Date, Period, Run, SectionKind
from tailor.values.errors import CvError

STORY = "<p>Kept <strong>pumps</strong> up.</p><ul><li><p>Cut alarms.</p></li></ul>"
SITE = {"label": "", "href": "https://bright.example"}
VERSION_4: dict[str, Any] = {
    "basics": {
        "name": "Ada Vermeer",
        "headline": "Engineer",
        "email": "ada@vermeer.example",
        "phone": "+44 7700 900123",
        "location": "Leeds",
        "url": {"label": "", "href": "https://vermeer.example"},
        "customFields": [{"id": "x", "icon": "car", "name": "Licence", "value": "B"}],
        "picture": {"url": "https://vermeer.example/me.jpg", "size": 64},
    },
    "sections": {
        "awards": {
            "name": "Prizes",
            "items": [{"title": "Pump Prize", "awarder": "ICE", "date": "May 2014", "summary": ""}],
        },
        "summary": {"name": "About", "visible": True, "content": "<p>Keeps rivers in.</p>"},
        "experience": {
            "name": "Work",
            "visible": True,
            "items": [
                {
                    "id": "a1",
                    "visible": False,
                    "company": "Brightwater",
                    "position": "Engineer",
                    "location": "York",
                    "date": "March 2021 - Present",
                    "summary": STORY,
                    "url": SITE,
                }
            ],
        },
        "education": {
            "name": "Education",
            "items": [
                {
                    "institution": "University of Leeds",
                    "studyType": "BSc",
                    "area": "Physics",
                    "score": "First",
                    "date": "2012 - 2015",
                }
            ],
        },
        "skills": {
            "name": "Skills",
            "items": [
                {"name": "Web", "description": "Good", "level": 4, "keywords": ["HTML", "CSS"]},
                {"name": "Go", "description": "", "level": 3, "keywords": []},
                {"name": "SQL", "keywords": []},
            ],
        },
        "languages": {"name": "Languages", "items": [{"name": "Dutch", "description": "native"}]},
        "interests": {"name": "Interests", "items": [{"name": "Birds", "keywords": ["Owls"]}]},
        "certifications": {
            "name": "Certificates",
            "items": [{"name": "CKA", "issuer": "CNCF", "date": "2020", "url": SITE}],
        },
        "publications": {
            "name": "Papers",
            "items": [{"name": "On Weirs", "publisher": "River Letters", "date": "2014-10"}],
        },
        "projects": {
            "name": "Projects",
            "items": [
                {
                    "name": "Tidewatch",
                    "description": "A map of tides",
                    "date": "2016",
                    "summary": "<p>Used by two harbours.</p>",
                    "keywords": ["Kafka"],
                }
            ],
        },
        "volunteer": {
            "name": "Volunteering",
            "items": [{"organization": "Repair Café", "position": "Host", "date": "2019 - 2020"}],
        },
        "references": {
            "name": "References",
            "visible": False,
            "items": [{"name": "Bo Quill", "description": "Head of Pumps", "summary": "Good."}],
        },
        "profiles": {
            "name": "Profiles",
            "items": [{"network": "GitHub", "username": "adav", "icon": "github", "url": SITE}],
        },
        "custom": {
            "k1": {
                "name": "Talks",
                "items": [
                    {"name": "Weirs today", "description": "WeirConf", "date": "June 2022"},
                    {"name": "Locks", "keywords": ["Canals"]},
                ],
            }
        },
    },
    "metadata": {"layout": [[["summary", "experience"], ["custom.k1", "skills"]]], "notes": "mine"},
}


def read(data: object) -> Cv:
    """Return the CV of these data."""
    return cv_of(Content("resume.json", json.dumps(data).encode(), "CV"))


def lines(cv: Cv, kind: SectionKind) -> list[str]:
    """Return the lines outside entries of the sections of a kind."""
    return [b.text.plain for s in cv.sections if s.kind is kind for b in s.bullets]


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts of bullets."""
    return [bullet.text.plain for bullet in bullets]


def test_entries() -> None:
    """HTML is read as a browser shows it; periods are free text."""
    cv = read(VERSION_4)
    [job] = cv.positions
    assert (job.title, job.organisation, job.place) == ("Engineer", "Brightwater", "York")
    assert job.period == Period(Date(2021, 3), present=True)
    assert job.link == "https://bright.example"
    assert plains(job.bullets) == ["Kept pumps up.", "Cut alarms."]
    assert Run("pumps", bold=True) in job.bullets[0].text.runs
    [degree] = cv.degrees
    assert (degree.title, degree.organisation) == ("BSc, Physics", "University of Leeds")
    assert plains(degree.bullets) == ["Score: First"]
    entries = {s.kind: s.entries[0] for s in cv.sections if s.entries}
    project, helped = entries[SectionKind.PROJECTS], entries[SectionKind.VOLUNTEERING]
    assert (project.title, helped.title, helped.organisation) == (
        "Tidewatch",
        "Host",
        "Repair Café",
    )
    assert plains(project.bullets) == ["A map of tides", "Used by two harbours.", "Keywords: Kafka"]


def test_lines() -> None:
    """Skills, languages, awards and the like are lines, with their dates where they have some."""
    cv = read(VERSION_4)
    assert lines(cv, SectionKind.SUMMARY) == ["Keeps rivers in."]
    assert lines(cv, SectionKind.SKILLS) == ["Web (Good): HTML, CSS", "Go, SQL"]
    assert lines(cv, SectionKind.LANGUAGES) == ["Dutch (native)"]
    assert lines(cv, SectionKind.INTERESTS) == ["Birds: Owls"]
    assert lines(cv, SectionKind.AWARDS) == ["Pump Prize, ICE"]
    assert lines(cv, SectionKind.CERTIFICATES) == ["CKA, CNCF"]
    assert lines(cv, SectionKind.REFERENCES) == ["Bo Quill, Head of Pumps. Good."]
    [paper] = cv.publications
    assert (paper.text.plain, paper.date) == ("On Weirs. River Letters", Date(2014, 10))


def test_the_head_and_the_order_of_the_page() -> None:
    """Sections come as the page has them; those of one's own keep their titles."""
    cv = read(VERSION_4)
    assert (cv.name, cv.headline) == ("Ada Vermeer", "Engineer")
    assert {contact.kind: contact.text for contact in cv.contacts} == {
        ContactKind.PLACE: "Leeds",
        ContactKind.EMAIL: "ada@vermeer.example",
        ContactKind.PHONE: "+44 7700 900123",
        ContactKind.WEBSITE: "Licence: B",
        ContactKind.HANDLE: "GitHub: adav",
    }
    assert [section.heading for section in cv.sections][:5] == [
        *("About", "Work", "Talks", "Skills", "Prizes")
    ]
    talks = cv.sections[2]
    assert [e.title for e in talks.entries] == ["Weirs today"]
    assert plains(talks.bullets) == ["Locks: Canals"]
    assert not cv.unplaced


def test_hidden_parts_are_read_with_a_finding() -> None:
    """A master CV holds everything."""
    found = [text for text in read(VERSION_4).warnings if "is hidden" in text]
    assert [text.partition(":")[0] for text in found] == [
        *("sections.experience.items[0]", "sections.references")
    ]


def test_version_3_has_other_names_dates_as_objects_and_markdown() -> None:
    """And sections of one's own beside the others."""
    cv = read(
        {
            "basics": {
                "name": "Ada Vermeer",
                "website": "vermeer.example",
                "summary": "Keeps **rivers** in.",
                "birthdate": "1990-01-01",
                "location": {"city": "Leeds", "country": "UK", "address": ""},
                "profiles": [{"network": "GitHub", "username": "adav", "url": ""}],
            },
            "sections": {
                "work": {
                    "name": "Work Experience",
                    "type": "basic",
                    "items": [
                        {
                            "name": "Brightwater",
                            "position": "Engineer",
                            "date": {"start": "2015-09-01", "end": "2017-01-31T23:00:00.000Z"},
                            "summary": "- Cut alarms.\n- Wrote *two* guides.",
                        }
                    ],
                },
                "languages": {"items": [{"name": "Dutch", "level": "B1", "levelNum": 6}]},
                "2d47": {
                    "name": "Soft Skills",
                    "type": "custom",
                    "items": [{"title": "Calm", "keywords": ["Patience"], "date": {"start": ""}}],
                },
            },
        }
    )
    [job] = cv.positions
    assert (job.title, job.organisation) == ("Engineer", "Brightwater")
    assert job.period == Period(Date(2015, 9), Date(2017, 1))
    assert plains(job.bullets) == ["Cut alarms.", "Wrote two guides."]
    assert lines(cv, SectionKind.LANGUAGES) == ["Dutch (B1)"]
    assert "Calm: Patience" in [text for s in cv.sections for text in plains(s.bullets)]
    assert plains(cv.unplaced) == ["basics.birthdate: 1990-01-01"]
    assert [c.text for c in cv.contacts] == ["Leeds, UK", "vermeer.example", "GitHub: adav"]


def test_version_5_has_roles_and_typed_sections_of_ones_own() -> None:
    """Each role is a position with the employer of the item around it."""
    roles = [
        {"id": "r1", "position": "Lead", "period": "2021 - 2023", "description": "<p>Led.</p>"},
        {"id": "r2", "position": "Engineer", "period": "2019 - 2021", "description": ""},
    ]
    job = {"company": "Brightwater", "location": "York", "description": "<p>Pumps.</p>"}
    site = {"url": "https://bright.example", "label": ""}
    cv = read(
        {
            "picture": {"hidden": True, "url": ""},
            "basics": {"name": "Ada Vermeer", "website": site},
            "summary": {"title": "", "content": "<p>Keeps rivers in.</p>"},
            "sections": {
                "experience": {"title": "Work", "items": [{**job, "roles": roles}]},
                "education": {"items": [{"school": "Leeds", "degree": "BSc", "grade": "First"}]},
                "certifications": {"items": [{"title": "CKA", "issuer": "CNCF", "date": "2020"}]},
                "skills": {"items": [{"name": "Go", "proficiency": "Good", "level": 3}]},
            },
            "customSections": [
                {"id": "c", "type": "projects", "title": "Things", "items": [{"name": "Tidewatch"}]}
            ],
            "metadata": {"layout": {"pages": [{"main": ["experience"], "sidebar": ["skills"]}]}},
        }
    )
    first, second = cv.positions
    assert (first.title, second.title) == ("Lead", "Engineer")
    assert (first.organisation, second.organisation) == ("Brightwater", "Brightwater")
    assert (first.place, second.place) == ("York", "York")
    assert plains(first.bullets) == ["Pumps.", "Led."]
    assert second.period == Period(Date(2019), Date(2021))
    assert plains(cv.degrees[0].bullets) == ["Score: First"]
    assert lines(cv, SectionKind.SKILLS) == ["Go (Good)"]
    assert lines(cv, SectionKind.CERTIFICATES) == ["CKA, CNCF"]
    assert [s.heading for s in cv.sections][-1] == "Things"
    assert lines(cv, SectionKind.SUMMARY) == ["Keeps rivers in."]


def test_unknown_keys_are_kept_aside_with_their_path() -> None:
    """Nothing of the file goes without a trace."""
    data = copy.deepcopy(VERSION_4)
    data["sections"]["experience"]["items"][0]["team"] = "Nine people"
    data["sections"]["skills"]["motto"] = "Onwards"
    assert plains(read(data).unplaced) == [
        "sections.experience.items[0].team: Nine people",
        "sections.skills.motto: Onwards",
    ]


def test_a_cv_needs_a_name_and_an_entry() -> None:
    """The error says where they belong."""
    with pytest.raises(CvError, match='"name" in "basics"'):
        read({**VERSION_4, "basics": {}})
    with pytest.raises(CvError, match='"experience"'):
        read({**VERSION_4, "sections": {}})


NAMES = (
    "items content name title visible hidden company position date period start end url website "
    "href label summary description keywords roles level type institution degree score courses"
).split()
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("<p>x</p>"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=15,
)
KEYS = [*VERSION_4["sections"], "work", "x"]


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=5), values, values)
def test_junk_is_read_or_refused(sections: dict[str, Any], basics: object, more: object) -> None:
    """Nothing but CvError comes out."""
    job = {"items": [{"company": "B", "position": "E"}]}
    whole = {"basics": basics, "sections": sections, "customSections": more, "summary": more}
    with contextlib.suppress(CvError):
        read({**whole, "metadata": {"layout": more}})
    named = {**(basics if isinstance(basics, dict) else {}), "name": "Ada Vermeer"}
    assert read({**whole, "basics": named, "sections": {**sections, "work": job}}).positions
