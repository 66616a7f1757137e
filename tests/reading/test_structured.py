"""Files with fields: which form they have is told by their keys, whatever they are written in."""

from __future__ import annotations

import contextlib
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.fields import read_structured
from tailor.reading.files import Content
from tailor.reading.reader import Format, recognise
from tailor.values.cv import Cv
from tailor.values.errors import CvError

RESUME = {
    "basics": {"name": "Ada Vermeer", "summary": "Mends pumps."},
    "work": [{"name": "Brightwater", "position": "Engineer", "startDate": "2019-03"}],
}
RENDERCV = {
    "cv": {
        "name": "Ada Vermeer",
        "sections": {"experience": [{"company": "Brightwater", "position": "Engineer"}]},
    }
}


def read(text: str) -> Cv:
    """Return the CV in a text."""
    return read_structured(Content("cv.data", text.encode(), "CV"))


@pytest.mark.parametrize("data", [RESUME, RENDERCV])
def test_json_and_yaml_say_the_same(data: dict[str, object]) -> None:
    """Either form may be written in either; a mark of the encoding in front does not matter."""
    as_json, as_yaml = json.dumps(data, indent=1), yaml.safe_dump(data, sort_keys=False)
    assert read(as_json) == read(as_yaml) == read("\ufeff" + as_json)
    assert read(as_json).positions[0].organisation == "Brightwater"
    for text, expected in ((as_json, Format.JSON), (as_yaml, Format.YAML)):
        assert recognise(Content("cv", text.encode(), "CV")) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"name": "x", "jobs": []}', "has other keys"),
        ("name: x\njobs: []", "has other keys"),
        ("{}", "has no keys"),
        ("[1]", "a list"),
        ("just words", "a bare text"),
        ("# nothing", "empty"),
        ("cv:", 'nothing under "cv"'),
        ("cv: [x]", 'nothing under "cv"'),
    ],
)
def test_other_data_are_an_error_that_says_what_was_found(text: str, words: str) -> None:
    """In one line, with the forms that are read."""
    with pytest.raises(CvError, match=r"cv\.data: ") as caught:
        read(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_keys_in_a_message_are_bounded() -> None:
    """However many there are, and however long."""
    data = {f"{'k' * 1000}\n{number}": 1 for number in range(100)}
    with pytest.raises(CvError) as caught:
        read(json.dumps(data))
    assert len(str(caught.value)) < 600
    assert "\n" not in str(caught.value)


@given(
    st.dictionaries(
        st.sampled_from(["cv", "basics", "work", "design", "x"]),
        st.recursive(
            st.none() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["name", "sections", "education", "institution", "label"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ),
        max_size=4,
    )
)
def test_any_data_are_read_or_a_clear_error(data: dict[str, object]) -> None:
    """Nothing but CvError comes out."""
    with contextlib.suppress(CvError):
        assert read(json.dumps(data)).entries
