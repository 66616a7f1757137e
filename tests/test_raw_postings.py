"""28 real postings as they are found: web pages, job boards' Markdown, job families, notes.

What is frozen here was checked by eye: every requirement of every file was read.
Only facts of the files are named, no sentences.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tailor.matching.requirements import Kind, find_requirements, why_nothing
from tailor.nlp.cue import CueFinder
from tailor.reading.reader import read_posting

# File, title, company, place, number of requirements with the title.
FACTS = [
    ("001b92395ed0fb62_fccid.html", "Data Engineer", "Cyient", "Columbus,Georgia", 19),
    ("00321a48d04fe754_fccid.html", "Data Analyst", "NGA", "St. Louis, MO", 27),
    ("0079c11b2611349f_fccid.html", "Data Scientist", "Marlette Funding", "Newark, CA", 23),
    (
        "007d9d7b5c09d820_fccid.html",
        "Patient Care Assistant / PCA - Med/Surg",
        "",
        "Fayette, AL",
        18,
    ),
    ("0125eabc844281c9_fccid.html", "Scientific Programmer", "Caribou", "Berkeley, CA", 11),
    (
        "014ae4dbded805d2_fccid.html",
        "JD Digits - AI Lab Research Intern",
        "JD Digits",
        "Silicon Valley, CA",
        9,
    ),
    (
        "0179ea131f141400_fccid.html",
        "PwC Labs - Jr. Data Scientist - Machine Learning (NLP)",
        "PwC Labs",
        "Tampa, FL 33607",
        28,
    ),
    (
        "018866568cd5a0b0_fccid.html",
        "Data and Reporting Analyst",
        "Washington Health Benefit Exchange",
        "Olympia, WA 98501",
        42,
    ),
    (
        "01aa3fd02a66fc1d_fccid.html",
        "Senior Manager Advanced Analytics",
        "Walmart Media Group",
        "San Bruno, CA",
        14,
    ),
    (
        "01bd31cf3814dee3_fccid.html",
        "Data Specialist, Product Support Operations",
        "Facebook",
        "Sunnyvale, CA",
        20,
    ),
    ("acting-cos-to-the-cto.gitlab.md", "Acting Chief of Staff to the CTO", "", "", 43),
    ("application-security.gitlab.md", "Application Security Engineer", "GitLab", "", 87),
    ("backend-engineer.gitlab.md", "Backend Engineering", "GitLab", "", 302),
    ("brainlife_devop.md", "Fullstack Developer", "", "", 31),
    ("brainlife_postdoc.md", "Post-doctoral fellow", "", "Austin", 4),
    ("brainlife_rse_app.md", "App Support Engineer", "", "", 24),
    ("brainlife_sysad.md", "Cloud and Cluster Administrator", "", "", 23),
    (
        "engineering-management-quality.gitlab.md",
        "Engineering Management - Quality",
        "GitLab",
        "",
        95,
    ),
    ("engineering-management.gitlab.md", "Engineering Leadership", "", "", 97),
    (
        "remotewlb_0.md",
        "Senior Software Engineer II, AI Validation Platform",
        "Cruise",
        "US Remote",
        21,
    ),
    (
        "remotewlb_1.md",
        "Engineering Manager, Systems Engineering",
        "CoreWeave",
        "United States",
        30,
    ),
    (
        "remotewlb_2.md",
        "Senior Principal Engineer - AI/ML/HPC",
        "Dell Technologies",
        "US,Remote,Nashville, TN,Alexandria, VA,Arlington, TX,Arlington, VA,Falls Church, VA,Austin, TX",  # noqa: E501
        16,
    ),
    ("remotewlb_3.md", "Senior Engineer, SoC Modeling", "Samsung Semiconductor", "Remote", 39),
    ("remotewlb_4.md", "Senior Solutions Engineer", "Posit", "USA - Remote", 25),
    (
        "remotewlb_5.md",
        "Senior Python DL Automation Engineer, Deep Learning Algorithms",
        "NVIDIA",
        "Santa Clara, CA,US,Remote",
        27,
    ),
    ("remotewlb_6.md", "DevOps Engineer II", "Edgecortix Inc.", "Japan", 22),
    ("remotewlb_7.md", "DevOps Engineer II", "Edgecortix Inc.", "Worldwide", 22),
]
# Words of navigation, law, pay, benefits and metadata, none of which is asked for.
NEVER = CueFinder(
    {"never": [
        "cookie policy", "click to apply", "apply now", "equal opportunity", "salary", "base pay",
        "401", "401k", "dental", "parental leave", "visa", "sexual orientation", "cover letter",
        "job grade", "layout", "canonical path", "privacy", "performance indicators",
        "benefits package", "screening call", "references will be",
    ]}
)  # fmt: skip


def raw(shared: Path) -> Path:
    """Return the folder of the files."""
    return shared / "postings" / "raw"


def test_every_file_is_named_here(shared: Path) -> None:
    """Nothing is left out of the table but the page that says there is no job."""
    names = {path.name for path in raw(shared).iterdir()}
    assert names == {name for name, *_ in FACTS} | {"uvarc_hpc.md"}


@pytest.mark.parametrize(("name", "title", "company", "place", "count"), FACTS)
def test_facts(shared: Path, name: str, title: str, company: str, place: str, count: int) -> None:
    """The title is that of the job; company and place are those named; the rest is asked for."""
    posting = read_posting(raw(shared) / name)
    found = find_requirements(posting)
    assert (posting.title, posting.company, posting.place) == (title, company, place)
    assert len(found) == count
    assert found[0].kind is Kind.TITLE
    assert not [one.text for one in found if NEVER.find(one.text).has("never")]


def test_a_page_without_a_job(shared: Path) -> None:
    """Where a page says that nobody is wanted, nothing is asked for, and its name is no title."""
    posting = read_posting(raw(shared) / "uvarc_hpc.md")
    assert posting.title == ""
    assert find_requirements(posting) == ()
    assert "no requirement found" in why_nothing(posting)
