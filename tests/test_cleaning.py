"""The declared clean-up, and that it is all that changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.values.cleaning import clean, clean_text
from tailor.values.cv import RichText, Run

any_text = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\nc\u2028d", "a b c d"),
        ("bell\a, null\0, delete\x7f", "bell, null, delete"),
        ("icon \uf0b7 \U000f1234", "icon  "),
        ("soft\xadhyphen", "softhyphen"),
        ("zero\u200bwidth\u2060\ufeff", "zerowidth"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("hidden \U000e0041\U000e0042", "hidden "),
        ("half \ud83d", "half "),
        ("\ufffe\uffff\U0001ffff", ""),
        ("key\u200dword", "keyword"),
    ],
)
def test_unwanted_characters_go(text: str, cleaned: str) -> None:
    """What no reader sees, or no XML holds, does not reach the page."""
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "naïve café",
        "C++, C#, .NET",
        "می\u200cخواهم",
        "👩\u200d💻",
        "10\xa0% – “quoted”",
        "東京",
        "a\tb",
    ],
)
def test_real_text_stays(text: str) -> None:
    """Letters of any script, typographic marks and the joiners they need stay."""
    assert clean_text(text) == text


@given(any_text)
def test_cleaning_only_drops(text: str) -> None:
    """Line breaks become spaces; no other character is new or moves; a second time is idle."""
    cleaned = clean_text(text)
    rest = iter("".join(" " if c in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else c for c in text))
    assert all(character in rest for character in cleaned)
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("runs", "cleaned"),
    [
        (["Title\tMay 2020"], "Title \tMay 2020"),
        (["Title \tMay 2020"], "Title \tMay 2020"),
        (["Title ", "\tMay 2020"], "Title \tMay 2020"),
        (["Title", "\tMay 2020"], "Title \tMay 2020"),
        (["a\t\tb"], "a \t \tb"),
        (["\tb"], "\tb"),
        (["Title\u200b", "\u200b\tMay 2020"], "Title \tMay 2020"),
    ],
)
def test_a_space_stands_before_a_tab(runs: list[str], cleaned: str) -> None:
    """Rule 6, also where the tab begins a run."""
    text = RichText.of(Run(run, bold=number % 2 == 0) for number, run in enumerate(runs))
    assert clean(text).plain == cleaned


@given(st.lists(st.builds(Run, any_text, st.booleans(), st.booleans())))
def test_clean_keeps_styles_and_is_stable(runs: list[Run]) -> None:
    """Without tabs, each run is cleaned on its own; a second time changes nothing."""
    text = RichText.of(runs)
    cleaned = clean(text)
    assert clean(cleaned).plain == cleaned.plain
    if "\t" not in text.plain:
        expected = (Run(clean_text(run.text), run.bold, run.italic) for run in text.runs)
        assert cleaned == RichText.of(expected)
