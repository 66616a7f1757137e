"""Front matter: read as keys and values where it is some, left alone where it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.posting.text import FrontMatter, split_front_matter

messy = st.lists(
    st.sampled_from(
        ["---", "+++", "...", "title: Baker", "a = 1", "- x", "  - y", "#", "", "Bake.", "]"]
    )
).map("\n".join)


def test_yaml() -> None:
    """Keys in lower case with their values; quotes, list marks and comments go."""
    text = (
        '---\n# a comment\ntitle: "Night Baker: rye"\nJob Location: Leeds\n'
        "tags:\n  - bread\n  - rye\n"
        "summary: >\n  We bake.\nempty:\n---\n\nYou bake.\n"
    )
    front = split_front_matter(text)
    assert front.fields == {
        "title": "Night Baker: rye",
        "job_location": "Leeds",
        "tags": "bread, rye",
        "summary": "We bake.",
    }
    assert (front.body, front.body_start) == ("\nYou bake.\n", 12)


def test_toml() -> None:
    """The same between plus signs, with equals signs, as some site generators have it."""
    front = split_front_matter('+++\ntitle = "Baker"\nimages = [\n  "a.jpg",\n]\n+++\nYou bake.')
    assert front.first(["title"]) == "Baker"
    assert front.body == "You bake."


def test_the_first_key_with_a_value_counts() -> None:
    """Of several names of one thing the surest that says something is taken."""
    front = split_front_matter("---\ncompany:\nemployer: Orrin\n---\n")
    assert front.first(["company", "employer"]) == "Orrin"
    assert front.first(["place"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Baker",
        "---\nBaker\n---\nYou bake.",
        "---\ntitle: Baker\n",
        "You bake.\n---\na: b\n---\n",
        "---\n---\n",
    ],
)
def test_what_is_no_front_matter_stays(text: str) -> None:
    """Without two fences with fields between them at the top, all is body."""
    assert split_front_matter(text) == FrontMatter({}, text)


@given(messy)
def test_any_text(text: str) -> None:
    """The body is the end of the text, and begins on the line that it is said to."""
    front = split_front_matter(text)
    assert text.endswith(front.body)
    assert "".join(text.splitlines(keepends=True)[front.body_start - 1 :]) == front.body
