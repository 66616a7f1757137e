"""Tokens: chunk by chunk, and the same as of the text as a whole."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.tokens import tokeniser, tokens_of
from tailor.training.records import read_records

SPECIAL = ["C#", "C++", ".NET", "a.m.", "don't", "e.g.", ":)", "U.S.", "8:30pm", "x@y.org", "R&D"]
PIECES = st.one_of(st.sampled_from(SPECIAL), st.text(max_size=6), st.sampled_from("().,:;'\"/+-#"))
SPACES = st.sampled_from(["", " ", "  ", "\n", "\t ", "\u00a0", "\r\n", "\u2003"])


def of_the_whole(text: str) -> list[tuple[int, str]]:
    """Return the tokens that the tokeniser finds in the whole text."""
    return [(token.idx, token.text) for token in tokeniser()(text) if not token.text.isspace()]


@given(st.lists(st.tuples(PIECES, SPACES), max_size=8))
def test_chunks_have_the_tokens_of_the_text(pieces: list[tuple[str, str]]) -> None:
    """Whatever stands beside a chunk, its tokens are the same."""
    text = "".join(piece + space for piece, space in pieces)
    assert list(tokens_of(text)) == of_the_whole(text)


@pytest.mark.parametrize("space", [" ", "\n", "  "])
def test_no_rule_spans_two_chunks(space: str) -> None:
    """None of the tokeniser's special words is found again where a space parts it."""
    for word in tokeniser().rules or ():
        for place in range(1, len(word)):
            text = word[:place] + space + word[place:]
            assert list(tokens_of(text)) == of_the_whole(text)


def test_real_postings_have_the_same_tokens(shared: Path) -> None:
    """Chunk by chunk, real postings have the tokens that they have as a whole."""
    for record in islice(read_records(shared / "postings/postings.jsonl.gz"), 300):
        assert list(tokens_of(record["text"])) == of_the_whole(record["text"])
