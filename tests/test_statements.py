"""Bullets are cut into statements without touching a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.values.statements import find_lead, split_statements

# Texts like those of CVs, so that the rules meet what they are for, and any text at all.
texts = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            'Ran ovens|It|e.g.|Dr.|.|! |? | |.)|."|3.5|\n|Ångström|as Cook, 2021: |baked. |'
            "Sold all of it to four shops. |(and |2019|\u2028".split("|")
        )
    ).map("".join),
)


def statements(text: str) -> list[str]:
    """Return the statements' own words."""
    return [text[start:end] for start, end in split_statements(text)]


@given(texts)
def test_spans_cover_all_but_white_space(text: str) -> None:
    """Statements stand in order, do not overlap, and leave out nothing but white space."""
    left = 0
    for start, end in split_statements(text):
        assert left <= start < end
        assert not text[left:start].strip()
        assert text[start:end] == text[start:end].strip()
        left = end
    assert not text[left:].strip()


@given(texts)
def test_a_text_has_a_statement_unless_it_is_blank(text: str) -> None:
    """Blank text has no statement, any other has at least one."""
    assert bool(split_statements(text)) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n", []),
        ("...", ["..."]),
        ("Ran the bakery", ["Ran the bakery"]),
        (
            "Ran the bakery at night. Sold bread to four shops.",
            ["Ran the bakery at night.", "Sold bread to four shops."],
        ),
        (
            "Was it worth the effort? Sales rose by 3.5 per cent! Hired two more bakers.",
            [
                "Was it worth the effort?",
                "Sales rose by 3.5 per cent!",
                "Hired two more bakers.",
            ],
        ),
        (
            "Won the town's prize (twice.) Écoles bought the bread.",
            ["Won the town's prize (twice.)", "Écoles bought the bread."],
        ),
        (
            "Cut the waste by half.  40 schools took part in it.",
            ["Cut the waste by half.", "40 schools took part in it."],
        ),
        ("Wrote rules for node.js and v. 2 of the till.", 1),
        ("Uses lower case after a full stop. so this is one sentence.", 1),
    ],
)
def test_sentences_are_statements(text: str, expected: list[str] | int) -> None:
    """A statement ends where a sentence does; a number says how many there are."""
    found = statements(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize(
    "abbreviation",
    [
        "e.g.",
        "i.e.",
        "Dr.",
        "Prof.",
        "Inc.",
        "Ltd.",
        "St.",
        "approx.",
        "Sept.",
        "U.S.",
        "Ph.D.",
        "J.",
    ],
)
def test_abbreviations_end_no_sentence(abbreviation: str) -> None:
    """The full stop of an abbreviation or of an initial is no end."""
    text = f"Worked for years with {abbreviation} Hartley and her team of bakers."
    assert statements(text) == [text]


@pytest.mark.parametrize(
    "dependent",
    [
        "It runs in four towns.",
        "This saved two hours a day.",
        "The service is still in use.",
        "Both are still in use today.",
        "In that year sales doubled again.",
        "Sales doubled.",
        "Cook at Orrin.",
    ],
)
def test_what_points_back_stays_with_its_sentence(dependent: str) -> None:
    """A sentence that needs the one before it, or says too little, is no statement of its own."""
    first, last = "Built the ordering system of the bakery.", "Taught four apprentices to bake."
    assert statements(f"{first} {dependent} {last}") == [f"{first} {dependent}", last]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("as Researcher, 2021: Built A. Measured B.", "as Researcher, 2021: "),
        ("In 2019: ran the ovens.", "In 2019: "),
        ("While at Orrin: sold bread.", "While at Orrin: "),
        ("2015-19:  Ran the ovens.", "2015-19:  "),
        ("Night shift, 2020: Ran the ovens.", "Night shift, 2020: "),
        ("Grade: Merit.", ""),
        ("Ran the ovens. In 2019: sold them.", ""),
        ("Ran the ovens at 9:30 in 2020.", ""),
        ("In 2019:", ""),
        ("", ""),
    ],
)
def test_leads(text: str, lead: str) -> None:
    """Words that say when or as what introduce all statements; labels do not."""
    assert text[: find_lead(text)] == lead


@given(texts)
def test_a_lead_lies_in_the_text(text: str) -> None:
    """A lead is shorter than its text, and ends in a colon and white space."""
    end = find_lead(text)
    assert 0 <= end <= len(text)
    assert end == 0 or text[:end].rstrip().endswith(":")
