"""Which degree is asked for, and whether one answers it."""

from __future__ import annotations

import pytest

from tailor.matching.answered import Met, answers_of_lines, how_met, wanted_by
from tailor.matching.degrees import asked_degree
from tailor.matching.match import match
from tailor.reading.posting.text import parse_posting
from tailor.values.cv import BulletFactory, Cv, Entry, Section, SectionKind


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Degree in Physics or a related field", 1),
        ("Bachelor's or master's degree in statistics", 1),
        ("A master’s degree in library science", 2),
        ("MSc or PhD in computational biology", 2),
        ("Ph.D. in linguistics", 3),
        ("A high degree of independence", 0),
        ("Master the art of baking", 0),
    ],
)
def test_the_lowest_level_that_will_do(text: str, level: int) -> None:
    """A wish for "BSc or MSc" is answered by a BSc; what asks for no degree has no level."""
    asked = asked_degree(text)
    assert (asked.level if asked else 0) == level


@pytest.mark.parametrize(
    ("asked", "title", "is_had"),
    [
        ("BSc in physics or mathematics", "MSc Physics", True),
        ("BSc in physics or mathematics", "BA History", False),
        ("PhD in physics", "MSc Physics", False),
        ("University degree", "BA History", True),
        ("Bachelor's degree in computer science", "BSc Political Science", False),
        ("BA in Education or Teaching", "BSc, Education", True),
        ("BSc in nursing", "BSc Geography", False),
        ("Degree in hospitality, finance or law", "BA Hotel Management", True),
        ("A numerate degree", "BSc Physics", True),
        ("A numerate degree", "BA History", False),
        ("Degree in biology or a related field", "BSc Biochemistry", True),
    ],
)
def test_level_and_field_tell(asked: str, title: str, is_had: bool) -> None:
    """A degree answers from its level down, in a field that both name; any where none is."""
    entry = Entry("e1", (title,), "Aldermoor College")
    cv = Cv("Ada", sections=(Section(SectionKind.EDUCATION, "Education", entries=(entry,)),))
    found = match(cv, parse_posting(f"Analyst\n\nRequirements\n- {asked}\n"))
    assert [met is Met.MET for met in map(how_met, wanted_by(found).values()) if met] == [
        False,  # the title of the job asks for nothing that a line could prove
        is_had,
    ]
    assert not is_had or "e1" in answers_of_lines(found)


def test_work_is_no_degree() -> None:
    """A line of work does not answer a wish for a degree."""
    factory = BulletFactory()
    line = factory.make("Taught physics to 90 children.")
    entry = Entry("e1", ("Physics Teacher",), "Aldermoor School", bullets=(line,))
    cv = Cv("Ada", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(entry,)),))
    found = match(cv, parse_posting("Teacher\n\nRequirements\n- Degree in physics\n"))
    assert [ask.status.is_had for ask in found.asks if ask.is_sure] == [False]
    assert not answers_of_lines(found)
