"""Tokens: those of spaCy's own tokeniser, whatever the text."""

from __future__ import annotations

import json
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en.stop_words import STOP_WORDS

from tailor.nlp.tokens import RULES_FILE, chunk_tokens, rules, stop_words, tokens_of
from tailor.values.resources import model_bytes
from training.english import format_english, spacy_tokeniser
from training.records import read_records

# Each with a rule of its own, or with signs that rules look for.
SPECIAL = (
    "C# C++ .NET a.m. don't e.g. :) U.S. 8:30pm x@y.org R&D c'mon 'Cause ... -- "
    "https://a.org/b?c=d 10km $5 5% i.e.) ain't O'Reilly's Java+SQL C#/.NET and/or 3.5GHz (:"
).split()
PIECES = st.one_of(
    st.sampled_from(SPECIAL),
    st.sampled_from(sorted(rules().special)),
    st.text(max_size=6),
    st.sampled_from("().,:;'\"/+-#$%&*=<>_~^…–—’“"),
    st.sampled_from(["word", "Word", "WORD", "12", "x"]),
)
SPACES = st.sampled_from(["", "", "", " ", "  ", "\n", "\t ", "\u00a0", "\r\n", "\u2003"])
# Loaded here: what is imported while hypothesis draws takes random numbers away from it.
SPACY = spacy_tokeniser()


def by_spacy(text: str) -> list[tuple[int, str]]:
    """Return the tokens that spaCy finds in the whole text."""
    return [(token.idx, token.text) for token in SPACY(text) if not token.text.isspace()]


@given(st.lists(st.tuples(PIECES, SPACES), max_size=8))
def test_any_text_has_the_tokens_that_spacy_finds(pieces: list[tuple[str, str]]) -> None:
    """Whatever stands beside a chunk, its tokens are the same, and spaCy's."""
    text = "".join(piece + space for piece, space in pieces)
    assert list(tokens_of(text)) == by_spacy(text)


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join))
def test_any_chunk_has_the_tokens_that_spacy_finds(text: str) -> None:
    """Rules that meet in one chunk are applied in spaCy's order."""
    for chunk in text.split():
        assert list(chunk_tokens(chunk)) == by_spacy(chunk)


def test_the_short_way_is_a_short_way_only() -> None:
    """Plain words with a mark or a bracket have the tokens that all the rules give them."""
    for word in ("word", "Word", "cant", "dont", "Inc", "Mr", "am", "x", *rules().special):
        for text in (word, f"({word}", f"{word}.", f"{word},", f"{word})", f"({word}):"):
            assert [token for _, token in chunk_tokens(text)] == rules().tokens(text)
            assert list(chunk_tokens(text)) == by_spacy(text)


@pytest.mark.parametrize("space", [" ", "\n", "  "])
def test_no_rule_spans_two_chunks(space: str) -> None:
    """None of spaCy's special words is found again where a space parts it."""
    for word in rules().special:
        for place in range(1, len(word)):
            text = word[:place] + space + word[place:]
            assert list(tokens_of(text)) == by_spacy(text)


def test_real_postings_have_the_tokens_that_spacy_finds(shared: Path) -> None:
    """Chunk by chunk, real postings have the tokens that spaCy finds in them as a whole."""
    for record in islice(read_records(shared / "postings/postings.jsonl.gz"), 300):
        assert list(tokens_of(record["text"])) == by_spacy(record["text"])


def test_the_rules_that_ship_are_those_of_spacy() -> None:
    """What ships is what the same spaCy says; function words too."""
    shipped = json.loads(model_bytes(RULES_FILE))
    if shipped["spacy"] != version("spacy"):
        pytest.skip(f"the rules are those of spaCy {shipped['spacy']}, not {version('spacy')}")
    assert model_bytes(RULES_FILE).decode() == format_english()
    assert stop_words() == STOP_WORDS
