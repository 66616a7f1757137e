"""JSON and YAML: read strictly, within bounds, and with errors that say where."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.fields import data
from tailor.reading.fields.data import DEEPEST, Value, load_json, load_yaml
from tailor.reading.files import Content
from tailor.values.errors import CvError


def content(text: str) -> Content:
    """Return a file with this text."""
    return Content("cv.data", text.encode("utf-8", "surrogatepass"), "CV")


def message(load: Callable[[Content], Value], text: str) -> str:
    """Return the one line that loading the text ends with."""
    with pytest.raises(CvError) as caught:
        load(content(text))
    said = str(caught.value)
    assert said.startswith("cv.data: ")
    assert "\n" not in said
    return said


# JSON


def test_json_values_come_as_they_are() -> None:
    """Texts, lists and objects; a fraction keeps the way it was written."""
    value = load_json(content('{"a": ["x", null, true, 12], "b": {"c": 3.70}}'))
    assert value == {"a": ["x", None, True, 12], "b": {"c": 3.7}}
    assert isinstance(value, dict)
    assert isinstance(value["b"], dict)
    assert str(value["b"]["c"]) == "3.70"


def test_numbers_of_any_length_are_read() -> None:
    """Python by itself refuses integers of more than 4,300 digits."""
    assert load_json(content("[" + "7" * 5000 + ", 1e999]"))


def test_a_syntax_error_says_line_and_column() -> None:
    """So that people find the missing comma."""
    said = message(load_json, '{\n  "name": "Jo"\n  "label": "x"\n}')
    assert "line 3, column 3" in said


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1,}', "{'a': 1}", '"\\', '{"a": "b\nc"}', "[1] x"]
)
def test_what_is_no_json_is_an_error(text: str) -> None:
    """No repair is tried: what was meant is not known."""
    assert "JSON" in message(load_json, text)


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_json_knows_no_nan(name: str) -> None:
    """Python's reader takes them unless told otherwise."""
    assert name in message(load_json, f'{{"a": {name}}}')


def test_a_key_given_twice_is_told_with_its_line() -> None:
    """The reader would keep the last one, and lose the other."""
    text = '{\n "basics": {"name": "Jo}"},\n "work": [{"name": "a",\n  "name": "b"}]\n}'
    said = message(load_json, text)
    assert "a key twice" in said
    assert "line 4" in said
    assert load_json(content('{"a": {"k": 1}, "b": {"k": 1}, "k": "a\\": "}'))


def test_deep_nesting_is_an_error() -> None:
    """The recursion of readers must not show; brackets in texts are no nesting."""
    for opening in ("[", '{"a":'):
        for depth in (DEEPEST + 1, 100_000):
            closing = {"[": "]", '{"a":': "1}"}[opening]
            text = opening * depth + closing[:-1] + closing[-1] * depth
            assert f"{DEEPEST} levels" in message(load_json, text)
    text = '{"a": "' + "[" * 1000 + '\\"{{"}'
    assert load_json(content(text)) == {"a": "[" * 1000 + '"{{'}


def test_half_characters_are_replaced() -> None:
    """A pair of halves is one character; half of one, as cut texts have, is none."""
    value = load_json(content(r'["\ud83d\ude00", "\ud83d", "\\ud83d", "\ude00x"]'))
    assert value == ["\U0001f600", "\ufffd", "\\ud83d", "\ufffdx"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    )
)
def test_whatever_json_is_written_is_read(value: Value) -> None:
    """Both with escapes and without."""
    import json

    for escaped in (True, False):
        text = json.dumps(value, ensure_ascii=escaped)
        with contextlib.suppress(CvError):  # control characters that are no text
            assert load_json(content(text)) == load_json(content(json.dumps(value)))


# YAML


def test_yaml_scalars_stay_text() -> None:
    """Dates, numbers and truth values are not guessed at; nothing is None."""
    text = (
        "cv:\n  start: 2018-09\n  day: 2018-09-01\n  score: 3.70\n  big: 1_000\n  yes: no\n"
        '  time: 12:30\n  photo:\n  none: ~\n  empty: ""\n  said: "null"\n  tag: !!str 5\n'
    )
    assert load_yaml(content(text)) == {
        "cv": {
            "start": "2018-09",
            "day": "2018-09-01",
            "score": "3.70",
            "big": "1_000",
            "yes": "no",
            "time": "12:30",
            "photo": None,
            "none": None,
            "empty": "",
            "said": "null",
            "tag": "5",
        }
    }


def test_yaml_lists_blocks_and_anchors() -> None:
    """What is written once may be used again."""
    text = "a: &x [1, {b: c}]\nd: *x\ne: |\n  one\n  two\nf: >-\n  three\n  four\n"
    assert load_yaml(content(text)) == {
        "a": ["1", {"b": "c"}],
        "d": ["1", {"b": "c"}],
        "e": "one\ntwo\n",
        "f": "three four",
    }
    assert load_yaml(content("# nothing\n")) is None
    assert load_yaml(content("a: &n x\nb: &n y\nc: *n\n")) == {"a": "x", "b": "y", "c": "y"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: b\nc: [1\nd: e", "line 3"),
        ("a:\n\tb: c", "line 2"),
        ("a: 1\nb: 2\na: 3", "line 3 gives a key twice"),
        ("a: !!python/object/apply:os.system [x]", "line 1 has a YAML tag"),
        ("a: !mine x", "has a YAML tag"),
        ("a: !!binary aGk=", "has a YAML tag"),
        ("a: 1\n---\nb: 2", "line 2 has more than one document"),
        ("a: &x [*x]", "refers by * to what stands within itself"),
        ("a: *x", "refers by * to what is not defined above"),
        ("? [a, b]\n: c", "list or mapping as a key"),
        ("a: &x [1]\n*x : c", "list or mapping as a key"),
        ('a: "\\UFFFFFFFF"', "YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_an_error(text: str, words: str) -> None:
    """Each with its line, and nothing is executed."""
    with pytest.raises(CvError, match=r"cv\.data: ") as caught:
        data.load_yaml(content(text))
    assert "\n" not in str(caught.value)
    assert words in str(caught.value)


def test_aliases_do_not_grow_without_end() -> None:
    """A few lines of aliases of aliases stand for billions of values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.process_time()
    assert "100,000 values" in message(load_yaml, "\n".join(lines))
    assert time.process_time() - started < 20  # billions of values take hours


def test_deep_yaml_is_an_error_with_its_line() -> None:
    """In both ways of writing it."""
    assert "line 2" in message(load_yaml, "a:\n " + "[" * 50_000)
    deep = "\n".join(" " * n + "a:" for n in range(DEEPEST + 2))
    assert f"(line {DEEPEST + 1})" in message(load_yaml, deep + " b")


def test_the_reader_without_its_fast_library_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every machine has PyYAML with libyaml."""
    monkeypatch.setattr(data, "_LOADER", yaml.SafeLoader)
    assert load_yaml(content("a: [2018-09, ~]\nb: 'x'")) == {"a": ["2018-09", None], "b": "x"}
    assert "line 2" in message(load_yaml, "a: b\na: c")
    assert "YAML" in message(load_yaml, 'a: "\\UFFFFFFFF"')
    assert load_yaml(content('a: "\\ud83d"')) == {"a": "\ufffd"}


@given(st.text(max_size=60) | st.text("ab:-[]{}&*!|>'\"#?, \n\t%@`~", max_size=60))
def test_any_text_is_yaml_or_a_clear_error(text: str) -> None:
    """Nothing but CvError comes out, of either reader."""
    for load in (load_json, load_yaml):
        with contextlib.suppress(CvError):
            load(content(text))
