"""The order of skills: what is asked for first, in the same words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.selection.order import asked_first, in_one_order
from tailor.values.cv import RichText, Run


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Java, Python, C++, Go", "Python, Go, Java, C++"),
        ("Languages: Java, Python, C++", "Languages: Python, Java, C++"),
        ("Java | Excel | Python. Sewing, Go, Nets", "Python | Java | Excel. Go, Sewing, Nets"),
        ("Java, Excel and Python", "Java, Excel and Python"),
        ("Java, Python", "Java, Python"),
        ("Java (8, 11, 17), Python, Go", "Java (8, 11, 17), Python, Go"),
    ],
)
def test_asked_first(line: str, printed: str) -> None:
    """Only the items of a plain list change places; its label, signs and looks stay."""
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
