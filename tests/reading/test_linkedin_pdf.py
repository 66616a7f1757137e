"""LinkedIn's "Save to PDF" is read by the sizes that it always sets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tailor.reading.pdf.linkedin import is_linkedin, read_linkedin_pdf
from tailor.reading.pdf.rows import Page, Word
from tailor.reading.reader import read_cv
from tailor.values.cv import ContactKind, Cv, Date, Period, SectionKind

MAIN, SIDE = 223.6, 22.0
PROFILE = (
    (SIDE, 732, 13.0, "Kontakt"),
    (SIDE, 710, 10.5, "+49 1512 3456789 (Mobile)"),
    (SIDE, 696, 10.5, "ines@example.org"),
    (SIDE, 682, 10.5, "www.linkedin.com/in/ines-von-"),
    (SIDE, 669, 10.5, "der-heide"),
    (SIDE, 656, 10.5, "(LinkedIn)"),
    (SIDE, 620, 13.0, "Top-Kenntnisse"),
    (SIDE, 604, 10.5, "Kubernetes"),
    (SIDE, 588, 10.5, "Public Speaking"),
    (SIDE, 550, 13.0, "Languages"),
    (SIDE, 534, 10.5, "German (Native or Bilingual)"),
    (SIDE, 520, 10.5, "Portuguese (Elementary)"),
    (SIDE, 480, 13.0, "Certifications"),
    (SIDE, 464, 10.5, "Certified Administrator of"),
    (SIDE, 452, 10.5, "Clusters"),
    (MAIN, 722, 26.0, "Ines von der Heide"),
    (MAIN, 697, 12.0, "Platform engineer"),
    (MAIN, 680, 12.0, "Bremen, Germany"),
    (MAIN, 642, 15.75, "Zusammenfassung und mehr"),
    (MAIN, 620, 12.0, "Keeps ticket systems up."),
    (MAIN, 572, 15.75, "Experience"),
    (MAIN, 548, 12.0, "Larkhollow, Finch & Sons, Inc."),
    (MAIN, 532, 10.5, "4 years 9 months"),
    (MAIN, 512, 11.5, "Platform Engineer II, Ticketing Core"),
    (MAIN, 497, 10.5, "March 2022 - Present (2 years 11 months)"),
    (MAIN, 482, 10.5, "Bremen, Germany"),
    (MAIN, 460, 10.5, "- Leads five people who keep every one of the two hundred new ticket"),
    (MAIN, 445, 10.5, "machines alive."),
    (MAIN, 430, 10.5, "- Moved them to Kubernetes."),
    (MAIN, 402, 11.5, "Platform Engineer"),
    (MAIN, 387, 10.5, "May 2020 - March 2022 (1 year 11 months)"),
    (MAIN, 358, 12.0, "Fennick"),
    (MAIN, 342, 11.5, "Speech AI"),
    (MAIN, 327, 10.5, "January 2017 - December 2018 (2 years)"),
    (MAIN, 305, 10.5, "Taught machines to listen."),
    (MAIN, 252, 15.75, "Education"),
    (MAIN, 228, 12.0, "Weser University"),
    (MAIN, 212, 10.5, "Bachelor of Science - BS, Physics · (September 2012 - June 2015)"),
    (MAIN, 186, 12.0, "Bremen High School"),
    (300.0, 22, 9.0, "Page 1 of 1"),
)


def page(rows: Iterable[tuple[float, float, float, str]]) -> Page:
    """A page with these rows: left edge, baseline, size and words."""
    words = []
    for left, baseline, size, text in rows:
        x = left
        for word in text.split():
            width = 0.5 * size * len(word)
            words.append(Word(word, x, x + width, baseline, size))
            x += width + size / 4
    return Page(612.0, 792.0, tuple(words))


@pytest.fixture(scope="module")
def cv() -> Cv:
    """The profile above, read."""
    return read_linkedin_pdf([page(PROFILE)], "profile.pdf")


def test_it_is_told_from_other_pages() -> None:
    """By the sizes of name, headings and sidebar, all three of them."""
    assert is_linkedin([page(PROFILE)])
    for missing in (26.0, 15.75, 13.0):
        assert not is_linkedin([page(row for row in PROFILE if row[2] != missing)])
    assert not is_linkedin([])


def test_person(cv: Cv) -> None:
    """Name, headline, place, and contacts whole, though an address takes three rows."""
    assert (cv.name, cv.headline) == ("Ines von der Heide", "Platform engineer")
    assert [(contact.kind, contact.text) for contact in cv.contacts] == [
        (ContactKind.PHONE, "+49 1512 3456789"),
        (ContactKind.EMAIL, "ines@example.org"),
        (ContactKind.WEBSITE, "www.linkedin.com/in/ines-von-der-heide"),
        (ContactKind.PLACE, "Bremen, Germany"),
    ]


def test_positions(cv: Cv) -> None:
    """Each role has its employer, also the second of one employer; commas part nothing."""
    found = [(entry.title, entry.organisation, entry.place) for entry in cv.positions]
    assert found == [
        (
            "Platform Engineer II, Ticketing Core",
            "Larkhollow, Finch & Sons, Inc.",
            "Bremen, Germany",
        ),
        ("Platform Engineer", "Larkhollow, Finch & Sons, Inc.", ""),
        ("Speech AI", "Fennick", ""),
    ]
    assert [entry.period for entry in cv.positions] == [
        Period(Date(2022, 3), present=True),
        Period(Date(2020, 5), Date(2022, 3)),
        Period(Date(2017, 1), Date(2018, 12)),
    ]


def test_descriptions(cv: Cv) -> None:
    """What was wrapped is joined, and each item is a line of its own."""
    assert [bullet.text.plain for entry in cv.positions for bullet in entry.bullets] == [
        "Leads five people who keep every one of the two hundred new ticket machines alive.",
        "Moved them to Kubernetes.",
        "Taught machines to listen.",
    ]


def test_education(cv: Cv) -> None:
    """A school without a degree is an entry too."""
    assert [(entry.titles, entry.organisation, entry.period) for entry in cv.degrees] == [
        (
            ("Bachelor of Science - BS, Physics",),
            "Weser University",
            Period(Date(2012, 9), Date(2015, 6)),
        ),
        ((), "Bremen High School", Period()),
    ]


def test_sidebar_and_summary(cv: Cv) -> None:
    """Lists of the sidebar, item by item, and the introduction whatever its heading is."""
    lines = {s.kind: [bullet.text.plain for bullet in s.bullets] for s in cv.sections}
    assert lines[SectionKind.SUMMARY] == ["Keeps ticket systems up."]
    assert lines[SectionKind.SKILLS] == ["Kubernetes", "Public Speaking"]
    assert lines[SectionKind.LANGUAGES] == [
        "German (Native or Bilingual)",
        "Portuguese (Elementary)",
    ]
    assert lines[SectionKind.CERTIFICATES] == ["Certified Administrator of Clusters"]


def test_a_saved_file(shared: Path) -> None:
    """The reader of CVs recognises such a file by itself."""
    cv = read_cv(shared / "cases" / "cv" / "linkedin_profile.pdf")
    assert [entry.organisation for entry in cv.positions][:2] == ["Aldermoor Systems"] * 2
    assert len(cv.positions) == 5
