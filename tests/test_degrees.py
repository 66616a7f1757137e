"""Which degree is asked for, and whether one answers it."""

from __future__ import annotations

import pytest

from tailor.cv import Cv, Entry, Section, SectionKind
from tailor.degrees import answering_words, asked_degree, held_degree
from tailor.evidence import DEGREE
from tailor.matching import match
from tailor.reading.posting.text import parse_posting


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
    ("asked", "title", "answers"),
    [
        ("BSc in physics or mathematics", "MSc Physics", ("Physics",)),
        ("BSc in physics or mathematics", "BA History", ()),
        ("PhD in physics", "MSc Physics", ()),
        ("University degree", "BA History", ("BA",)),
        ("Bachelor's degree in computer science", "BSc Political Science", ()),
        ("Bachelor's degree in physics", "Physics summer school", ()),
    ],
)
def test_level_and_field_tell(asked: str, title: str, answers: tuple[str, ...]) -> None:
    """A degree answers from its level down, in a field that both name; any where none is."""
    wanted = asked_degree(asked)
    assert wanted is not None
    assert answering_words(wanted, title) == answers
    assert not answers or held_degree(title) is not None


def test_a_degree_is_evidence() -> None:
    """The entry itself answers, though it has no line."""
    entry = Entry("e1", ("BSc Physics",), "Aldermoor College")
    cv = Cv("Ada", sections=(Section(SectionKind.EDUCATION, "Education", entries=(entry,)),))
    posting = parse_posting("Analyst\n\nRequirements\n- Bachelor's degree in physics or maths\n")
    found = match(cv, posting)
    (evidence,) = found.scores["e1"].evidence
    assert (evidence.answer, evidence.topic, evidence.words) == ("e1", DEGREE, (("Physics", 1.0),))
    assert found.best_evidence(found.requirements[-1]) == evidence
