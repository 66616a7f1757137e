"""RenderCV: all its types of entries under any title, and no word lost."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.reading.field import read_date
from tailor.reading.fields import read_structured
from tailor.reading.files import Content, read_content
from tailor.reading.lines import clean_text
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Date,
    Entry,
    Period,
    Run,
    Section,
    SectionKind,
)
from tailor.values.errors import CvError

HEAD = "cv:\n  name: Ada Vermeer\n"
JOBS = "    Jobs at Sea:\n      - company: Brightwater\n        position: Engineer\n"


def read(yaml: str) -> Cv:
    """Return the CV of this YAML."""
    return read_structured(Content("cv.yaml", yaml.encode(), "CV"))


def sections(yaml: str) -> tuple[Section, ...]:
    """Return the sections of a CV with these ones and a last one that makes it whole."""
    *found, last = read(f"{HEAD}  sections:\n{yaml}{JOBS}").sections
    assert last.heading == "Jobs at Sea"
    return tuple(found)


def entry(yaml: str, title: str = "experience") -> Entry:
    """Return the one entry of a section."""
    [section] = sections(f"    {title}:\n{yaml}")
    [found] = section.entries
    return found


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts of bullets."""
    return [bullet.text.plain for bullet in bullets]


# The head


def test_the_head() -> None:
    """Ways to reach the person come in the order of the file, with links."""
    cv = read(
        HEAD
        + """
  headline: Engineer
  location: Leeds, UK
  email: [ada@vermeer.example, av@brightwater.example]
  photo: me.jpg
  phone: tel:+44-7700-900123
  website: https://vermeer.example/
  social_networks:
    - network: LinkedIn
      username: adav
    - network: Mastodon
      username: "@ada@pond.example"
    - network: StackOverflow
      username: 12345/ada-v
    - network: Google Scholar
      username: AbC_1
    - network: Pondbook
      username: ada.v
  custom_connections:
    - placeholder: Book a call
      url: https://call.example/ada
      fontawesome_icon: calendar-days
  sections:
"""
        + JOBS
    )
    assert (cv.name, cv.headline) == ("Ada Vermeer", "Engineer")
    handle, site, mail = ContactKind.HANDLE, ContactKind.WEBSITE, ContactKind.EMAIL
    assert cv.contacts == (
        Contact(ContactKind.PLACE, "Leeds, UK"),
        Contact(mail, "ada@vermeer.example", "mailto:ada@vermeer.example"),
        Contact(mail, "av@brightwater.example", "mailto:av@brightwater.example"),
        Contact(ContactKind.PHONE, "+44-7700-900123", "tel:+44-7700-900123"),
        Contact(site, "https://vermeer.example/", "https://vermeer.example/"),
        Contact(handle, "LinkedIn: adav", "https://linkedin.com/in/adav"),
        Contact(handle, "Mastodon: @ada@pond.example", "https://pond.example/@ada"),
        Contact(
            handle, "StackOverflow: 12345/ada-v", "https://stackoverflow.com/users/12345/ada-v"
        ),
        Contact(handle, "Google Scholar: AbC_1", "https://scholar.google.com/citations?user=AbC_1"),
        Contact(handle, "Pondbook: ada.v"),
        Contact(site, "Book a call", "https://call.example/ada"),
    )
    assert not cv.unplaced
    assert not cv.warnings


def test_the_look_of_the_page_is_no_text() -> None:
    """What is left of the file says nothing of the person; unknown keys may."""
    cv = read(
        f"{HEAD}  born:\n  motto: Mend it\n  sections:\n{JOBS}"
        "design:\n  theme: classic\nlocale:\n  language: german\nsettings:\n  x: y\nextra: z\n"
    )
    assert plains(cv.unplaced) == ["cv.motto: Mend it", "extra: z"]


# Sections


@pytest.mark.parametrize(
    ("key", "heading", "kind"),
    [
        ("selected_honors", "Selected Honors", SectionKind.OTHER),
        ("education_and_training", "Education and Training", SectionKind.EDUCATION),
        ("skills", "Skills", SectionKind.SKILLS),
        ("What I Know", "What I Know", SectionKind.SKILLS),
        ("IT_tools", "IT_tools", SectionKind.OTHER),
        ("Über mich", "Über mich", SectionKind.SUMMARY),
    ],
)
def test_titles_of_sections(key: str, heading: str, kind: SectionKind) -> None:
    """The file's own words; names in snake_case are written out."""
    [section] = sections(f"    {key}:\n      - One line.\n")
    assert (section.heading, section.kind) == (heading, kind)
    assert plains(section.bullets) == ["One line."]


def test_an_experience() -> None:
    """Summary and highlights become bullets; without an end it goes on."""
    found = entry(
        """
      - company: "[Brightwater](https://brightwater.example)"
        position: Engineer
        start_date: 2019-03
        location: Leeds, UK
        summary: Kept pumps running.
        highlights:
          - Cut *alarms* by half
"""
    )
    assert (found.titles, found.organisation, found.place) == (
        ("Engineer",),
        "Brightwater",
        "Leeds, UK",
    )
    assert found.period == Period(Date(2019, 3), present=True)
    assert found.link == "https://brightwater.example"
    assert plains(found.bullets) == ["Kept pumps running.", "Cut alarms by half"]
    assert Run("alarms", italic=True) in found.bullets[1].text.runs


def test_an_education() -> None:
    """Degree and area are the title."""
    found = entry(
        "      - institution: University of Leeds\n        area: Physics\n        degree: BSc\n"
        "        date: Sep 2012 – Jun 2015\n        highlights: [First]\n",
        "education",
    )
    assert (found.titles, found.organisation) == (("BSc, Physics",), "University of Leeds")
    assert found.period == Period(Date(2012, 9), Date(2015, 6))
    assert plains(found.bullets) == ["First"]


@pytest.mark.parametrize(
    ("dates", "period", "bullets"),
    [
        ("start_date: 2019\n        end_date: present", Period(Date(2019), present=True), []),
        ("date: '2021'", Period(end=Date(2021)), []),
        ("date: Lent term 2023", Period(end=Date(2023)), []),
        ("date: Lent of 2023", Period(), ["Lent of 2023"]),
        ("date: 2020-05-14", Period(end=Date(2020, 5)), []),
        (
            "start_date: 2019-01\n        end_date: 2020-02-03\n        date: Winter term",
            Period(Date(2019, 1), Date(2020, 2)),
            ["Winter term"],
        ),
        ("start_date: soon\n        end_date: 2020", Period(), ["soon – 2020"]),
    ],
)
def test_dates_of_entries(dates: str, period: Period, bullets: list[str]) -> None:
    """Free text that is no date stays text."""
    found = entry(f"      - name: Tidewatch\n        {dates}\n", "projects")
    assert (found.period, plains(found.bullets)) == (period, bullets)


def test_a_plain_entry_with_a_linked_name() -> None:
    """The name without its brackets is the title, the address the link."""
    found = entry("      - name: '[Tidewatch](https://tide.example)'\n", "projects")
    assert (found.titles, found.link) == (("Tidewatch",), "https://tide.example")


def test_nested_bullets_are_bullets() -> None:
    """As a block, and as the plain text that YAML joins to one line."""
    found = entry(
        "      - name: Tidewatch\n        highlights:\n"
        "          - Published two papers\n            - one on weirs\n            - one on locks\n"
        "          - |-\n            Ran a club\n              - every week\n"
        "          - Half-done well-known things\n",
        "projects",
    )
    assert plains(found.bullets) == [
        "Published two papers",
        "one on weirs",
        "one on locks",
        "Ran a club",
        "every week",
        "Half-done well-known things",
    ]


def test_a_publication_is_one_dated_line() -> None:
    """Authors, title, journal, identifier and summary, with links and italics."""
    [section] = sections(
        """
    papers:
      - title: Do Weirs Leak?
        authors: ["*Ada Vermeer*", B. Quill]
        journal: River Letters 7
        doi: 10.1234/rl.7
        url: https://weirs.example
        date: 2023-07
        summary: They do. Often.
      - title: On Locks
        authors: [A. Vermeer]
        date: in press
"""
    )
    first, second = section.bullets
    assert first.text.plain == (
        "Ada Vermeer, B. Quill. Do Weirs Leak? River Letters 7. 10.1234/rl.7. They do. Often."
    )
    assert first.text.runs[0] == Run("Ada Vermeer", italic=True)
    links = {run.text: run.link for run in first.text.runs if run.link}
    assert links == {
        "Do Weirs Leak?": "https://weirs.example",
        "10.1234/rl.7": "https://doi.org/10.1234/rl.7",
    }
    assert (first.date, len(first.statements)) == (Date(2023, 7), 1)
    assert (second.text.plain, second.date) == ("A. Vermeer. On Locks. in press", None)


def test_one_line_entries_list_skills() -> None:
    """Their items are those that the lines name."""
    [section] = sections(
        "    skills:\n      - label: Languages\n        details: Python, C++\n      - Bash, SQL\n"
    )
    assert plains(section.bullets) == ["Languages: Python, C++", "Bash, SQL"]
    assert section.items == ("Python", "C++", "Bash", "SQL")


def test_bullets_and_numbers_are_lines() -> None:
    """A year in a cell of its own is the line's date, as in CVs of any format."""
    [section] = sections(
        "    talks:\n      - bullet: Weirs | 2021\n      - number: Locks\n"
        "      - reversed_number: Pumps (2020 – 2023)\n"
    )
    assert plains(section.bullets) == ["Weirs", "Locks", "Pumps (2020 – 2023)"]
    assert [bullet.date for bullet in section.bullets] == [Date(2021), None, None]


def test_entries_in_sections_that_are_lists_become_lines() -> None:
    """A prize is a line with its date; one with a story of its own is an entry."""
    [section] = sections(
        """
    awards:
      - name: "[Pump Prize](https://prize.example)"
        date: 2014
        location: Leeds
        summary: For pumps.
      - name: Weir Medal
        date: 2015
        highlights: [Second time]
"""
    )
    [line] = section.bullets
    assert (line.text.plain, line.date) == ("Pump Prize, Leeds. For pumps.", Date(2014))
    assert line.text.runs[0] == Run("Pump Prize", link="https://prize.example")
    assert [e.title for e in section.entries] == ["Weir Medal"]
    [skills] = sections("    skills:\n      - name: Python\n        start_date: 2019-01\n")
    assert plains(skills.bullets) == ["Python, 2019-01"]


def test_a_colon_without_quotes_makes_an_object_that_is_meant_as_text() -> None:
    """A usual slip in YAML."""
    found = entry("      - name: X\n        highlights:\n          - Thesis: On Weirs\n")
    assert plains(found.bullets) == ["Thesis: On Weirs"]


def test_a_list_below_a_highlight_keeps_the_line_above_it() -> None:
    """A highlight that ends in a colon has its items below; dashes inside it stay."""
    found = entry(
        "      - name: X\n        highlights:\n          - Moved it - all of it - away:\n"
        "              - by night\n              - by boat\n"
    )
    assert plains(found.bullets) == ["Moved it - all of it - away", "by night", "by boat"]


def test_merged_keys_of_yaml() -> None:
    """The keys of an anchor are taken in; those that stand there already win."""
    first, second = sections(
        "    experience:\n      - &job {company: Brightwater, position: Helm, location: Leeds}\n"
        "      - <<: *job\n        position: Lead\n"
    )[0].entries
    assert (first.title, second.title) == ("Helm", "Lead")
    assert (second.organisation, second.place) == ("Brightwater", "Leeds")
    with pytest.raises(CvError, match="merges"):
        read("cv:\n  <<: Ada\n")


def test_a_colon_that_breaks_the_file_is_said_to_need_quotes() -> None:
    """With its line."""
    with pytest.raises(CvError, match=r"line 3, column \d+; a text with a colon .* needs quotes"):
        read(f"{HEAD}  headline: Weirs: why\n")


def test_unknown_keys_of_entries_are_kept_aside_with_their_path() -> None:
    """Nothing of the file goes without a trace."""
    cv = read(f"{HEAD}  sections:\n{JOBS}        colour: [red, {{tone: dark}}]\n      - x: y\n")
    assert plains(cv.unplaced) == [
        "cv.sections.Jobs at Sea[0].colour[0]: red",
        "cv.sections.Jobs at Sea[0].colour[1].tone: dark",
        "cv.sections.Jobs at Sea[1].x: y",
    ]


def test_the_sample_is_read_whole(shared: Path) -> None:
    """All nine types of entries; nothing is kept aside or found wrong."""
    cv = read_structured(read_content(shared / "cvs/rendercv_sample.yaml", "CV"))
    assert len(cv.sections) == 9
    assert (len(cv.positions), len(cv.degrees), len(cv.publications)) == (5, 2, 7)
    assert (len(cv.skills), len(cv.contacts)) == (19, 5)
    assert (len(list(cv.bullets())), len(cv.unplaced), len(cv.warnings)) == (50, 0, 0)


# Any data

NAMES = (
    "name headline location email phone website social_networks custom_connections sections "
    "network username placeholder url company position institution area degree start_date end_date "
    "date summary highlights bullet number reversed_number label details title authors journal doi "
    "junk"
).split()
texts = st.text(max_size=12) | st.sampled_from(
    ["2019-03", "present", "a - b", "[x](https://y.example)", "tel:+1", "*z*"]
)
values = st.recursive(
    st.none() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=12,
)
titles = st.sampled_from(["experience", "skills", "awards", "publications", "any", "projects"])
entries = st.lists(st.dictionaries(st.sampled_from(NAMES), values, max_size=7) | texts, max_size=4)
heads = st.dictionaries(st.sampled_from(NAMES), values, max_size=5)


def said_in(value: object) -> Iterator[str]:
    """Yield the texts in a value."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from said_in(inner)
    elif isinstance(value, str):
        yield value


@settings(max_examples=100)
@given(heads, st.dictionaries(titles | st.text(max_size=5), entries | values, max_size=4))
def test_no_word_of_any_file_is_lost(head: dict[str, Any], parts: dict[str, Any]) -> None:
    """Whatever stands where; nothing but CvError comes out."""
    job = {"company": "Brightwater", "position": "Engineer"}
    data = {"cv": {**head, "name": "Ada Vermeer", "sections": {**parts, "jobs": [job]}}}
    with contextlib.suppress(CvError):
        cv = read(json.dumps(data))
        bullets = [*cv.bullets(), *cv.unplaced]
        said = [cv.headline, *(c.text + str(c.link) for c in cv.contacts)]
        for found in cv.entries:
            said += [*found.titles, found.organisation, found.place, str(found.link)]
        said += [b.text.plain + "".join(str(r.link) for r in b.text.runs) for b in bullets]
        whole = "\n".join([*said, cv.name, *(s.heading for s in cv.sections)])
        dates = str([*(e.period for e in cv.entries), *(b.date for b in bullets)])
        for text in said_in(data):
            date = read_date(clean_text(text))
            if (date and str(date) in dates) or (text == "present" and "present=True" in dates):
                continue
            assert all(word in whole for word in re.findall(r"[^\W_]+", clean_text(text)))
