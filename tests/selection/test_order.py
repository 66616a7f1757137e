"""The order of sections and of skills: what is asked for first, in the same words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.matching.ask import Ask, AskKind, Importance, Status
from tailor.selection.order import asked_first, in_one_order, section_order
from tailor.values.cv import BulletFactory, RichText, Run, Section, SectionKind


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Java, Python, C++, Go", "Python, Go, Java, C++"),
        ("Languages: Java, Python, C++", "Languages: Python, Java, C++"),
        ("Java | Excel | Python. Sewing, Go, Nets", "Python | Java | Excel. Go, Sewing, Nets"),
        ("Python, Java, C++. Sewing, Go, Nets", "Python, Java, C++. Go, Sewing, Nets"),
        ("Java, Excel and Python", "Java, Excel and Python"),
        ("Java, Python", "Java, Python"),
        ("Java (8, 11, 17), Python, Go", "Java (8, 11, 17), Python, Go"),
        (f"Java, {40 * 'w'}, Python", f"Python, Java, {40 * 'w'}"),
        (f"Java, {41 * 'w'}, Python", f"Java, {41 * 'w'}, Python"),
    ],
)
def test_asked_first(line: str, printed: str) -> None:
    """Only the items of a plain list change places; its label, signs and looks stay.

    What is longer than forty letters is no item but a sentence.
    """
    found = asked_first(RichText.of(line), {"Python", "Go"}.__contains__)
    assert found.plain == printed
    assert in_one_order(printed) == in_one_order(line)


@given(st.text("ab,:. ", max_size=30), st.sets(st.sampled_from(["a", "b", "ab"])))
def test_no_word_is_lost(line: str, asked: set[str]) -> None:
    """Whatever the line, its characters are the same ones."""
    found = asked_first(RichText.of(line), asked.__contains__)
    assert Counter(found.plain) == Counter(line)
    assert in_one_order(found.plain) == in_one_order(line)


def test_looks_go_along() -> None:
    """A skill that is bold in the CV is bold in its new place."""
    text = RichText.of([Run("Java, "), Run("Python", bold=True), Run(", C++")])
    found = asked_first(text, {"Python"}.__contains__)
    assert found.runs == (Run("Python", bold=True), Run(", Java, C++"))


def sections(*kinds: SectionKind) -> tuple[Section, ...]:
    """Make a section of each kind, with one line."""
    return tuple(
        Section(kind, kind.value, bullets=(BulletFactory().make(f"Java, Python, Go, SQL {kind}"),))
        for kind in kinds
    )


def asks_for(*names: str, line: str = "") -> list[Ask]:
    """Make asks for skills that `line` names."""
    return [
        Ask(name, AskKind.SKILL, Importance.REQUIRED, "r", None, Status.STATED, (line,), (line,))
        for name in names
    ]


def test_sections_go_up_where_they_are_asked_for_first() -> None:
    """Skills above the positions, publications right below them, and never down."""
    kinds = SectionKind
    cv = sections(
        kinds.SUMMARY, kinds.EXPERIENCE, kinds.EDUCATION, kinds.PUBLICATIONS, kinds.SKILLS
    )
    line = cv[4].bullets[0].id
    assert section_order(cv, asks_for("Java", "Python", "Go", line=line)) == (0, 1, 2, 3, 4)
    skills = asks_for("Java", "Python", "Go", "SQL", line=line)
    assert section_order(cv, skills) == (0, 4, 1, 2, 3)
    papers = asks_for("peer-reviewed publications", line="other")
    assert section_order(cv, papers) == (0, 1, 3, 2, 4)
    assert section_order(cv, [*skills, *papers]) == (0, 4, 1, 3, 2)
    there = sections(kinds.SKILLS, kinds.PUBLICATIONS, kinds.EXPERIENCE)
    asked = asks_for("Java", "Python", "Go", "SQL", line=there[0].bullets[0].id)
    assert section_order(there, [*asked, *papers]) == (0, 1, 2)
