"""Which degree is asked for, and whether one answers it."""

from __future__ import annotations

import pytest

from tailor.matching.degrees import answering_words, asked_degree, held_degree
from tailor.matching.evidence import DEGREE
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
    ("asked", "title", "answers"),
    [
        ("BSc in physics or mathematics", "MSc Physics", ("Physics",)),
        ("BSc in physics or mathematics", "BA History", ()),
        ("PhD in physics", "MSc Physics", ()),
        ("University degree", "BA History", ("BA",)),
        ("Bachelor's degree in computer science", "BSc Political Science", ()),
        ("Bachelor's degree in physics", "Physics summer school", ()),
        ("BA in Education or Teaching", "BSc, Education", ("Education",)),
    ],
)
def test_level_and_field_tell(asked: str, title: str, answers: tuple[str, ...]) -> None:
    """A degree answers from its level down, in a field that both name; any where none is."""
    wanted = asked_degree(asked)
    assert wanted is not None
    assert answering_words(wanted, title) == answers
    assert not answers or held_degree(title) is not None


def test_work_is_no_degree() -> None:
    """A line of work answers a wish for a degree only where it asks for work too."""
    factory = BulletFactory()
    line = factory.make("Taught physics to 90 children.")
    entry = Entry("e1", ("Physics Teacher",), "Aldermoor School", bullets=(line,))
    cv = Cv("Ada", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(entry,)),))
    posting = parse_posting(
        "Teacher\n\nRequirements\n- Degree in physics\n"
        "- Degree in physics or experience of teaching physics"
    )
    _, alone, other = (match(cv, posting).best_evidence(r) for r in match(cv, posting).requirements)
    assert alone is None
    assert other is not None


def test_a_degree_is_evidence() -> None:
    """The entry itself answers, though it has no line."""
    entry = Entry("e1", ("BSc Physics",), "Aldermoor College")
    cv = Cv("Ada", sections=(Section(SectionKind.EDUCATION, "Education", entries=(entry,)),))
    posting = parse_posting("Analyst\n\nRequirements\n- Bachelor's degree in physics or maths\n")
    found = match(cv, posting)
    (evidence,) = found.scores["e1"].evidence
    assert (evidence.answer, evidence.topic, evidence.words) == ("e1", DEGREE, (("Physics", 1.0),))
    assert found.best_evidence(found.requirements[-1]) == evidence
