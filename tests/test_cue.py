"""Cues are found as whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.nlp.cue import CueFinder, words_of

PHRASES = ["Visa", "life insurance", "to-do", "what's on", "^about", "you$"]
FINDER = CueFinder({phrase: [phrase] for phrase in PHRASES})

few_words = st.lists(st.sampled_from("a b c d".split()), max_size=6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't bake e-mails!", ["don't", "bake", "e", "mails"]),
        ("What’s ON, café?", ["what's", "on", "café"]),
        ("401(k), £1.8m", ["401", "k", "1", "8m"]),
        ("'quoted' – …", ["quoted"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Words are in lower case; an apostrophe of either kind stays inside them."""
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We sponsor a visa.", "Visa"),
        ("VISA", "Visa"),
        ("We accept visas and are advisable.", ""),
        ("Life insurance from day one", "life insurance"),
        ("Life, insurance", "life insurance"),
        ("Life and insurance", ""),
        ("A to do list", "to-do"),
        ("See what’s on.", "what's on"),
        ("About us", "^about"),
        ("All about us", ""),
        ("Over to you", "you$"),
        ("What you need", ""),
        ("", ""),
    ],
)
def test_whole_words_only(text: str, found: str) -> None:
    """A phrase is found as whole words, tied ones at their end of the text only."""
    assert FINDER.find(text).labels == ({found} if found else set())


def test_labels() -> None:
    """A text has the labels of all phrases in it, wherever they stand in the tables."""
    finder = CueFinder({"benefit": ["life insurance", "visa"], "law": ["visa", "insurance law"]})
    cues = finder.find("Life insurance and a visa")
    assert cues.words == ("life", "insurance", "and", "a", "visa")
    assert cues.labels == {"benefit", "law"}
    assert cues.has("law", "pay")
    assert not cues.has("pay")


def test_a_whole_text_may_be_a_phrase() -> None:
    """A text is a phrase if nothing else stands in it; tied phrases do not count."""
    assert FINDER.find("Life Insurance:").whole == {"life insurance"}
    assert not FINDER.find("life insurance too").whole
    assert not FINDER.find("about").whole
    assert not FINDER.find("life").labels


@given(st.lists(few_words.filter(bool).map(" ".join)), few_words)
def test_finds_what_a_plain_search_finds(phrases: list[str], words: list[str]) -> None:
    """The same as looking for each phrase by itself."""
    shown = f" {' '.join(words)} "
    found = CueFinder({phrase: [phrase] for phrase in phrases}).find(" ".join(words))
    assert found.labels == {phrase for phrase in phrases if f" {phrase} " in shown}
    assert found.whole == {phrase for phrase in phrases if f" {phrase} " == shown}
