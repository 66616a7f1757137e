"""JSON Resume: every section has its place, no word is lost, and junk never breaks the reading."""

from __future__ import annotations

import contextlib
import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tailor.reading.cv.numbering import language_items, skill_items
from tailor.reading.field import read_date
from tailor.reading.fields import read_structured
from tailor.reading.fields.json_resume import KEYS, digest_of
from tailor.reading.files import Content, read_content
from tailor.reading.lines import clean_text
from tailor.reading.master import form as master_form
from tailor.reading.reader import cv_of
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Date,
    Period,
    RichText,
    Run,
    SectionKind,
)
from tailor.values.errors import CvError
from tailor.values.limits import USUAL

JOB = {
    "name": "Brightwater",
    "position": "Systems Engineer",
    "location": "Leeds, UK",
    "url": "https://brightwater.example",
    "startDate": "2019-03-01",
    "endDate": "2022-11",
    "description": "Pumps for small towns",
    "summary": "Kept the pumps running.",
    "highlights": ["Cut alarms by half.", "Wrote **two** guides."],
}


def resume(**sections: object) -> dict[str, Any]:
    """Return a sound résumé with one position, and these sections."""
    return {"basics": {"name": "Ada Vermeer"}, "work": [copy.deepcopy(JOB)], **sections}


def read(data: object) -> Cv:
    """Return the CV of these data."""
    return read_structured(Content("cv.json", json.dumps(data).encode(), "CV"))


def section_lines(cv: Cv, kind: SectionKind) -> list[str]:
    """Return the lines outside entries of the sections of a kind."""
    return [b.text.plain for s in cv.sections if s.kind is kind for b in s.bullets]


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts of bullets."""
    return [bullet.text.plain for bullet in bullets]


def everything(cv: Cv) -> str:
    """Return all characters of a CV: texts, links, contacts, what is kept aside."""
    said = [cv.name, cv.headline, cv.nationality]
    said += [text for c in cv.contacts for text in (c.text, c.link or "")]
    for entry in cv.entries:
        said += [*entry.titles, entry.organisation, entry.place, entry.link or ""]
        said += [str(entry.period)]
    for section in cv.sections:
        said += [section.heading, section.note.plain]
    for bullet in (*cv.bullets(), *cv.unplaced):
        said += [bullet.text.plain, *(run.link or "" for run in bullet.text.runs), str(bullet.date)]
    return "\n".join(said)


# The sections


def test_a_position_has_its_fields_and_bullets_in_order() -> None:
    """What the employer does, then the summary, then the highlights."""
    [job] = read(resume()).positions
    assert job.titles == ("Systems Engineer",)
    assert (job.organisation, job.place) == ("Brightwater", "Leeds, UK")
    assert job.period == Period(Date(2019, 3), Date(2022, 11))
    assert job.link == "https://brightwater.example"
    assert plains(job.bullets) == [
        "Pumps for small towns",
        "Kept the pumps running.",
        "Cut alarms by half.",
        "Wrote two guides.",
    ]
    assert Run("two", bold=True) in job.bullets[3].text.runs


def test_positions_at_one_employer_stay_apart() -> None:
    """The file says them one by one."""
    later = {"name": "Brightwater", "position": "Lead", "startDate": "2022-11"}
    first, second = read(resume(work=[later, JOB])).positions
    assert (first.organisation, second.organisation) == ("Brightwater", "Brightwater")
    assert first.period == Period(Date(2022, 11), present=True)


def test_several_roles_at_one_employer_stand_in_one_object() -> None:
    """Each is a position; what is said of the employer stands with the first."""
    roles = [
        {"title": "Lead", "startDate": "2021", "highlights": ["Led four."]},
        {"title": "Engineer", "startDate": "2019", "endDate": "2021", "location": "York"},
    ]
    job = {"name": "Brightwater", "location": "Leeds", "summary": "Pumps.", "positions": roles}
    first, second = read(resume(work=[job])).positions
    assert (first.title, second.title) == ("Lead", "Engineer")
    assert (first.organisation, second.organisation) == ("Brightwater", "Brightwater")
    assert (first.place, second.place) == ("Leeds", "York")
    assert plains(first.bullets) == ["Pumps.", "Led four."]
    assert second.period == Period(Date(2019), Date(2021))


def test_html_in_a_text_is_read_as_a_browser_shows_it() -> None:
    """Paragraphs and items are lines, bold and links stay, spelt-out characters are characters."""
    summary = "<p>Kept <b>tickets</b> up.</p><ul><li>Cut costs &amp; alarms</li><li>Two</li></ul>"
    job = {
        "name": "B&amp;C",
        "summary": summary,
        "highlights": ['<a href="https://b.example">x</a>'],
    }
    [entry] = read(resume(work=[job])).positions
    assert entry.organisation == "B&C"
    assert plains(entry.bullets) == ["Kept tickets up.", "Cut costs & alarms", "Two", "x"]
    assert Run("tickets", bold=True) in entry.bullets[0].text.runs
    assert entry.bullets[3].text.runs == (Run("x", link="https://b.example"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('// mine\n{"basics": {}}', "comment, which JSON does not know; take it out (line 1"),
        ('{"basics": {},\n /* mine */ "work": []}', "take it out (line 2"),
        ('{"basics": {},\n}', "comma after the last item; take it out (line "),
        ("{'basics': {}}", "single quotes; put double ones (line 1"),
        ('{"basics": [1, 2]}', "no name found"),
    ],
)
def test_the_usual_slips_are_called_by_their_names(text: str, words: str) -> None:
    """With the line, and what to do."""
    with pytest.raises(CvError, match=re.escape(words)):
        read_structured(Content("cv.json", text.encode(), "CV"))


def test_yamlresume_has_the_same_with_some_other_names() -> None:
    """All under one key; the place and the profiles stand beside the person."""
    yaml = """
content:
  basics: {name: Ada Vermeer, headline: Engineer}
  location: {city: Leeds, country: United Kingdom}
  profiles: [{network: GitHub, username: adav}]
  education: [{institution: Leeds, degree: BSc, area: Physics, startDate: 2012-09}]
  work:
    - name: Brightwater
      position: Engineer
      startDate: 2019-03-01
      summary: |
        - Moved it.
        - Cut *costs*.
locale: {language: en}
layouts: [{engine: latex}]
"""
    cv = cv_of(Content("cv.yml", yaml.encode(), "CV"))
    assert (cv.headline, cv.degrees[0].title) == ("Engineer", "BSc, Physics")
    assert [c.text for c in cv.contacts] == ["Leeds, United Kingdom", "GitHub: adav"]
    assert plains(cv.positions[0].bullets) == ["Moved it.", "Cut costs."]


def test_the_head() -> None:
    """Name, headline, and the ways to reach the person, with links."""
    basics = {
        "name": "Ada Vermeer",
        "label": "Engineer",
        "image": "https://ada.example/me.jpg",
        "email": "ada@vermeer.example",
        "phone": "+44 7700 900123",
        "url": "https://vermeer.example",
        "summary": "First paragraph.\n\nSecond paragraph.",
        "location": {
            "address": "1 Mill Lane\nTop floor",
            "postalCode": "LS1 4AB",
            "city": "Leeds",
            "countryCode": "GB",
            "region": "West Yorkshire",
        },
        "profiles": [
            {"network": "GitHub", "username": "adav"},
            {"network": "Pond", "username": "ada", "url": "https://pond.example/ada"},
            {"network": "LinkedIn", "url": "https://linkedin.com/in/adav"},
        ],
    }
    cv = read(resume(basics=basics))
    assert (cv.name, cv.headline) == ("Ada Vermeer", "Engineer")
    assert cv.contacts == (
        Contact(ContactKind.EMAIL, "ada@vermeer.example", "mailto:ada@vermeer.example"),
        Contact(ContactKind.PHONE, "+44 7700 900123"),
        Contact(ContactKind.WEBSITE, "https://vermeer.example", "https://vermeer.example"),
        Contact(ContactKind.PLACE, "1 Mill Lane, Top floor, Leeds, West Yorkshire, LS1 4AB, GB"),
        Contact(ContactKind.HANDLE, "GitHub: adav", "https://github.com/adav"),
        Contact(ContactKind.HANDLE, "Pond: ada", "https://pond.example/ada"),
        Contact(ContactKind.WEBSITE, "LinkedIn", "https://linkedin.com/in/adav"),
    )
    assert section_lines(cv, SectionKind.SUMMARY) == ["First paragraph.", "Second paragraph."]
    assert not cv.unplaced
    assert not cv.warnings


def test_degrees_volunteering_and_projects_are_entries() -> None:
    """A degree's title is its kind and field; what a project has besides becomes bullets."""
    cv = read(
        resume(
            volunteer=[
                {"organization": "Repair Café", "position": "Host", "summary": "Soldering."}
            ],
            education=[
                {
                    "institution": "University of Leeds",
                    "studyType": "BSc",
                    "area": "Physics",
                    "startDate": "2012",
                    "endDate": "2015",
                    "score": "First",
                    "courses": ["PH101 - Waves", "PH102 - Heat"],
                }
            ],
            projects=[
                {
                    "name": "Tidewatch",
                    "entity": "Eskmoor Trust",
                    "type": "application",
                    "roles": ["Designer", "Tester"],
                    "keywords": ["Kafka"],
                    "description": "A map of tides.",
                    "highlights": ["Used by two harbours."],
                    "url": "tidewatch.example/map",
                    "startDate": "2016-08-24",
                    "endDate": "2016-08-24",
                }
            ],
        )
    )
    [degree] = cv.degrees
    assert degree.titles == ("BSc, Physics",)
    assert degree.period == Period(Date(2012), Date(2015))
    assert plains(degree.bullets) == ["Score: First", "PH101 - Waves", "PH102 - Heat"]
    entries = {section.kind: section.entries for section in cv.sections}
    [helped] = entries[SectionKind.VOLUNTEERING]
    assert (helped.title, helped.organisation, helped.period) == ("Host", "Repair Café", Period())
    [project] = entries[SectionKind.PROJECTS]
    assert (project.title, project.organisation) == ("Tidewatch", "Eskmoor Trust")
    assert project.link == "https://tidewatch.example/map"
    assert project.period == Period(Date(2016, 8), Date(2016, 8))
    assert plains(project.bullets) == [
        "A map of tides.",
        "Used by two harbours.",
        "Roles: Designer, Tester",
        "Type: application",
        "Keywords: Kafka",
    ]


def test_awards_certificates_and_publications_are_dated_lines() -> None:
    """Each is one statement with its date; a link is behind its title."""
    cv = read(
        resume(
            awards=[
                {"title": "Pump Prize", "awarder": "ICE", "date": "2014-11-01", "summary": "Yes."}
            ],
            certificates=[{"name": "CKA", "issuer": "CNCF", "date": "2020"}],
            publications=[
                {
                    "name": "On Weirs",
                    "publisher": "River Letters",
                    "releaseDate": "2014-10",
                    "url": "https://weirs.example",
                    "summary": "Weirs leak. Often.",
                }
            ],
        )
    )
    assert section_lines(cv, SectionKind.AWARDS) == ["Pump Prize, ICE. Yes."]
    assert section_lines(cv, SectionKind.CERTIFICATES) == ["CKA, CNCF"]
    [paper] = cv.publications
    assert paper.text == RichText.of(
        [
            Run("On Weirs", link="https://weirs.example"),
            Run(", River Letters. Weirs leak. Often."),
        ]
    )
    assert (paper.date, len(paper.statements)) == (Date(2014, 10), 1)


def test_skills_and_languages_have_items() -> None:
    """Exactly those that the section's lines name, as in CVs of any other format."""
    cv = read(
        resume(
            skills=[
                {"name": "Web", "level": "Master", "keywords": ["HTML", "CSS"]},
                {"name": "Python", "level": "good"},
                {"name": "SQL"},
                "Bash",
                {"keywords": ["Kafka", "Flink"]},
            ],
            languages=[
                {"language": "English", "fluency": "native"},
                {"language": "German", "fluency": "B2"},
            ],
        )
    )
    assert section_lines(cv, SectionKind.SKILLS) == [
        "Web (Master): HTML, CSS",
        "Python (good), SQL, Bash",
        "Kafka, Flink",
    ]
    assert section_lines(cv, SectionKind.LANGUAGES) == ["English (native)", "German (B2)"]
    assert cv.languages == ("English", "German")
    check_items(cv)


def check_items(cv: Cv) -> None:
    """Check the items of all sections against their bullets."""
    readers = {SectionKind.SKILLS: skill_items, SectionKind.LANGUAGES: language_items}
    for section in cv.sections:
        read_items = readers.get(section.kind)
        texts = plains(section.bullets) if read_items else []
        assert section.items == tuple(
            item for text in texts if read_items for item in read_items(text)
        )


def test_interests_and_references_are_lines() -> None:
    """References are kept; what goes on a page is not decided here."""
    cv = read(
        resume(
            interests=[{"name": "Wildlife", "keywords": ["Newts", "Owls"]}],
            references=[{"name": "Bo Quill", "reference": "Ada mends things.\n\nAlways."}],
        )
    )
    assert section_lines(cv, SectionKind.INTERESTS) == ["Wildlife: Newts, Owls"]
    assert section_lines(cv, SectionKind.REFERENCES) == ["Bo Quill: Ada mends things.", "Always."]


def test_sections_come_in_the_order_of_the_file_with_the_usual_headings() -> None:
    """The order is the person's choice."""
    data = {"education": [{"institution": "Leeds"}], **resume(), "skills": ["Go"]}
    headings = [section.heading for section in read(data).sections]
    assert headings == ["Education", "Work Experience", "Skills"]


# Dates


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2013-12-01", "2014-01-31", Period(Date(2013, 12), Date(2014, 1))),
        ("2013", "", Period(Date(2013), present=True)),
        ("2013-12", "present", Period(Date(2013, 12), present=True)),
        ("Dec 2013", "Current", Period(Date(2013, 12), present=True)),
        ("", "2014", Period(end=Date(2014))),
        ("2015", "2013-02", Period(Date(2013, 2), Date(2015))),
        ("2013-12-01T00:00:00.000Z", "05/2014", Period(Date(2013, 12), Date(2014, 5))),
        ("2013 – 2015", "", Period(Date(2013), Date(2015))),
        ("", "", Period()),
    ],
)
def test_dates(start: str, end: str, period: Period) -> None:
    """Dates of the format, and those that people write; without an end it goes on."""
    job = {"position": "Engineer", "startDate": start, "endDate": end}
    [entry] = read(resume(work=[job])).positions
    assert (entry.period, entry.bullets) == (period, ())


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("Lent 2013", "2014", "Lent 2013 – 2014"),
        ("2013-12", "soon", "2013-12 – soon"),
        ("2013-00", "", "2013-00"),
        ("", "present", "present"),
    ],
)
def test_dates_that_cannot_be_read_stay_text(start: str, end: str, text: str) -> None:
    """With a finding; nothing is made up of half a date."""
    job = {"position": "Engineer", "startDate": start, "endDate": end}
    cv = read(resume(work=[job]))
    [entry] = cv.positions
    assert (entry.period, plains(entry.bullets)) == (Period(), [text])
    assert any("work[0]." in warning for warning in cv.warnings)


def test_a_line_keeps_a_date_that_cannot_be_read() -> None:
    """In its text."""
    cv = read(resume(awards=[{"title": "Prize", "date": "long ago"}, {"date": "2014"}]))
    assert section_lines(cv, SectionKind.AWARDS) == ["Prize, long ago"]
    assert plains(cv.unplaced) == ["awards[1].date: 2014"]


# What does not follow the format


def test_old_names_of_keys_are_read_with_a_finding() -> None:
    """Files from before 1.0 are everywhere."""
    job = {"company": "Brightwater", "website": "https://b.example", "position": "Engineer"}
    cv = read(resume(work=[job], education=[{"institution": "Leeds", "gpa": "3.9"}]))
    assert (cv.positions[0].organisation, cv.positions[0].link) == (
        "Brightwater",
        "https://b.example",
    )
    assert plains(cv.degrees[0].bullets) == ["Score: 3.9"]
    assert 'work[0].company: the key is called "name" now; read all the same' in cv.warnings
    assert not cv.unplaced


def test_unknown_keys_are_kept_aside_with_their_path() -> None:
    """At any depth; empty ones say nothing."""
    cv = read(
        resume(
            basics={"name": "Ada Vermeer", "pronouns": "she/her", "born": None, "x": {"y": ["z"]}},
            patents=[{"title": "Valve"}, {"title": ""}],
            meta={"theme": "dark"},
        )
        | {"$schema": "https://schema.example"}
    )
    assert plains(cv.unplaced) == [
        "basics.pronouns: she/her",
        "basics.x.y[0]: z",
        "patents[0].title: Valve",
    ]
    assert not cv.warnings


def test_wrong_types_are_read_as_well_as_they_can_be() -> None:
    """A text for a list is one item, a number is text; the schema's findings are told."""
    job = {"name": "Brightwater", "highlights": "Cut alarms.", "position": 7, "summary": ["A."]}
    cv = read(resume(work=job, education=[{"institution": "Leeds", "score": 3.7}], skills="Go"))
    [entry] = cv.positions
    assert entry.titles == ("7",)
    assert plains(entry.bullets) == ["A.", "Cut alarms."]
    assert plains(cv.degrees[0].bullets) == ["Score: 3.7"]
    assert cv.skills == ("Go",)
    assert "work: should be a list" in cv.warnings
    assert "education[0].score: should be text" in cv.warnings


def test_an_item_without_title_and_organisation_is_kept_aside() -> None:
    """It is no entry; its words stay."""
    cv = read(resume(work=[JOB, {"summary": "Hm.", "startDate": "2011"}, ["odd"]]))
    assert len(cv.positions) == 1
    assert plains(cv.unplaced) == [
        "work[1].summary: Hm.",
        "work[1].startDate: 2011",
        "work[2][0]: odd",
    ]


def test_addresses_that_are_none_are_kept_aside() -> None:
    """No link leads elsewhere than to the web."""
    job = {**JOB, "url": "javascript:alert(1)"}
    cv = read(resume(work=[job], basics={"name": "Ada", "email": "ada at example"}))
    assert plains(cv.unplaced) == [
        "basics.email: ada at example",
        "work[0].url: javascript:alert(1)",
    ]
    assert cv.positions[0].link is None


def test_findings_are_bounded() -> None:
    """Twenty are told, and how many more there are."""
    cv = read(resume(awards=[{"title": n} for n in range(50)]))
    assert len(cv.warnings) == 21
    assert cv.warnings[-1].startswith("30 ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"basics": {"label": "x"}, "work": [JOB]}, "no name found"),
        ({"basics": {"name": "Ada"}}, "no position"),
        ({"basics": {"name": "Ada"}, "work": None, "skills": ["Go"]}, "no position"),
    ],
)
def test_a_cv_needs_a_name_and_an_entry(data: object, words: str) -> None:
    """The error says where to put them."""
    with pytest.raises(CvError, match=words):
        read(data)


def test_too_many_lines_are_an_error() -> None:
    """No CV has them."""
    with pytest.raises(CvError, match="hardly a CV"):
        read(resume(patents=["x"] * (USUAL.lines + 1)))


# Markdown in texts


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("2*3*4 and snake_case_x", (Run("2*3*4 and snake_case_x"),)),
        ("2**3**4", (Run("2**3**4"),)),
        ("a *b* _c_", (Run("a "), Run("b", italic=True), Run(" "), Run("c", italic=True))),
        (
            "see [the _map_](https://m.example/a_b_c)",
            (
                Run("see "),
                Run("the ", link="https://m.example/a_b_c"),
                Run("map", italic=True, link="https://m.example/a_b_c"),
            ),
        ),
        ("[x](notes.md) [y](javascript:z)", (Run("[x](notes.md) [y](javascript:z)"),)),
        ("R&D <b> # no heading", (Run("R&D <b> # no heading"),)),
        ("R&amp;D <b>x</b> # no heading", (Run("R&D "), Run("x", bold=True), Run(" # no heading"))),
        ("C:\\new\\ 5 * 4 * 3", (Run("C:\\new\\ 5 * 4 * 3"),)),
    ],
)
def test_markdown_inside_a_line(text: str, runs: tuple[Run, ...]) -> None:
    """Styles and links are read, products and names with underscores are not touched."""
    [entry] = read(resume(work=[{"name": "B", "highlights": [text]}])).positions
    assert entry.bullets[0].text.runs == runs


# The lossless copy


def with_copy(data: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    """Return the file as this program writes it."""
    own = {"markdown": lines, "digest": digest_of(data)}
    return {**data, "meta": {"version": "v1.0.0", "tailor": own}}


def test_an_untouched_file_of_this_program_is_read_from_its_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the standard keys have no room for is in the copy."""
    calls: list[tuple[str, str]] = []

    def read_form(text: str, source: str = "cv") -> Cv:
        calls.append((text, source))
        return Cv("Ada of the copy")

    monkeypatch.setattr(master_form, "read_master_form", read_form)
    assert read(with_copy(resume(), ["# Ada", "", "## Work"])) == Cv("Ada of the copy")
    assert calls == [("# Ada\n\n## Work", "cv.json")]


def test_an_edited_file_is_read_from_its_standard_keys() -> None:
    """With a finding, since the copy says something else by now."""
    data = with_copy(resume(), ["# Ada"])
    data["basics"]["name"] = "Ada Quill"
    cv = read(data)
    assert cv.name == "Ada Quill"
    assert any(warning.startswith("meta.tailor: ") for warning in cv.warnings)
    assert not cv.unplaced


@pytest.mark.parametrize("own", [None, "x", {"markdown": "x", "digest": "y"}, {"markdown": [1]}])
def test_other_data_under_that_key_are_no_copy(own: object) -> None:
    """Nothing is assumed of their form."""
    assert read(resume(meta={"tailor": own})).name == "Ada Vermeer"


def test_the_digest_leaves_out_meta_and_the_order_of_keys() -> None:
    """Programs that only reorder the file or note when they did so do not edit it."""
    data = resume()
    backwards = {key: data[key] for key in reversed(data)}
    assert digest_of(data) == digest_of({**backwards, "meta": {"x": 1}})
    assert digest_of(data) != digest_of(resume(skills=[]))
    assert re.fullmatch("[0-9a-f]{64}", digest_of({}))


# The schema


def broken(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield copies of the data with one value changed to junk, each."""
    junk = ("2014-13-40", "2014-33", ["x"], {"x": 3}, 7)

    def places(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        if path:
            yield path
        if isinstance(value, dict | list):
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            for key, item in inner:
                yield from places(item, (*path, key))

    for path in list(places(data, ())):
        for replacement in junk:
            changed = copy.deepcopy(data)
            parent: Any = changed
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = replacement
            yield changed


def test_findings_come_where_the_official_schema_has_some(shared: Path) -> None:
    """On the sample, and on it with any one value replaced by junk of any type."""
    schema = json.loads((shared / "cvs/jsonresume_schema.json").read_text())
    official = Draft7Validator(schema)
    assert set(KEYS) == set(schema["properties"]) - {"$schema", "meta"}
    sample = json.loads((shared / "cvs/jsonresume_sample.json").read_text())
    del (
        sample["$schema"],
        sample["meta"],
        sample["basics"]["image"],
    )  # no text of the CV, so nobody is told of them
    verdicts = {True: 0, False: 0}
    for data in (sample, *broken(sample)):
        with contextlib.suppress(CvError):
            told = [w for w in read(data).warnings if "should be" in w or "no date such as" in w]
            assert official.is_valid(data) == (not told)
            verdicts[not told] += 1
    assert min(verdicts.values()) > 50


def test_the_sample_is_read_whole(shared: Path) -> None:
    """All its sections are there, and nothing is kept aside or found wrong."""
    cv = read_structured(read_content(shared / "cvs/jsonresume_sample.json", "CV"))
    kinds = {section.kind for section in cv.sections}
    of_no_field = {SectionKind.ACHIEVEMENTS, SectionKind.CONSENT}
    assert kinds == set(SectionKind) - {SectionKind.CERTIFICATES, SectionKind.OTHER} - of_no_field
    assert (len(cv.positions), len(cv.degrees), len(cv.contacts)) == (1, 1, 6)
    assert (len(list(cv.bullets())), len(cv.unplaced), len(cv.warnings)) == (25, 0, 0)
    check_items(cv)


# Any data

texts = st.text(max_size=20) | st.sampled_from(
    [
        "2013-12-01",
        "Dec 2013",
        "present",
        "- a\n- b",
        "*x* [y](https://z.example)",
        "a: b",
        "•",
        "_",
    ]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
known = st.sampled_from(
    [
        *KEYS,
        *"name label image email phone url summary location address postalCode city".split(),
        *"countryCode region profiles network username position startDate endDate".split(),
        *"highlights description organization institution area studyType score courses".split(),
        *"title date awarder issuer publisher releaseDate level keywords language fluency".split(),
        *"reference roles entity type meta".split(),
        *"company website gpa picture junk tailor".split(),
    ]
)
keys = known | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=12,
)
items = st.lists(st.dictionaries(keys, values, max_size=8) | values, max_size=4)
resumes = st.builds(
    lambda sections, basics, name: {
        **sections,
        "basics": {**basics, "name": name},
        "work": [*sections.get("work", []), JOB] if isinstance(sections.get("work"), list) else JOB,
    },
    st.dictionaries(st.sampled_from(KEYS) | keys, items | values, max_size=6),
    st.dictionaries(keys, values, max_size=6),
    st.just("Ada Vermeer") | texts,
)


def said_in(value: object) -> Iterator[str]:
    """Yield the texts in a value, other than those under keys that are no text of the CV."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from said_in(inner) if key not in {"meta", "$schema"} else ()
    elif isinstance(value, list):
        for inner in value:
            yield from said_in(inner)
    elif isinstance(value, str):
        yield value


@settings(max_examples=100)
@given(resumes)
def test_no_word_of_any_file_is_lost(data: dict[str, Any]) -> None:
    """Whatever stands where, each text is found in the CV; nothing but CvError comes out."""
    with contextlib.suppress(CvError):
        cv = read(data)
        basics = {k: v for k, v in data["basics"].items() if k not in {"image", "picture"}}
        whole = everything(cv)
        dates = [*(e.period for e in cv.entries), *(b.date for b in cv.bullets())]
        for text in said_in({**data, "basics": basics}):
            date = read_date(clean_text(text))
            if date is not None and str(date) in str(dates):
                continue
            for word in re.findall(r"[^\W_]+", clean_text(text)):
                is_present = text == "present" and "present=True" in whole
                assert word in whole or is_present
        check_items(cv)
        assert len({b.id for b in (*cv.bullets(), *cv.unplaced)}) == len(
            [*cv.bullets(), *cv.unplaced]
        )


@settings(max_examples=100)
@given(values | resumes)
def test_nothing_but_a_clear_error_comes_out(data: object) -> None:
    """Of one line, which names the file."""
    message = ""
    try:
        cv = read(data)
    except CvError as error:
        message = str(error)
    assert "\n" not in message
    assert not message or message.startswith("cv.json: ")
    if not message:
        assert cv.name
        assert cv.entries
        for period in (entry.period for entry in cv.entries):
            assert period.start is None or period.end or period.present
