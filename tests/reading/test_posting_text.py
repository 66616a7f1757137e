"""Postings as people paste them: lines, items and headings by their shape."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.posting import Posting, PostingLine
from tailor.reading.posting_text import parse_posting

messy = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            "Requirements|\n|\n\n|- |* |• |1. |    |\t|What you'll do:|**Bold**|## |bake bread|"
            "Title: Baker|At Orrin, we|\x07|\u200b|\xa0|__|**|. |?|o ".split("|")
        )
    ).map("".join),
)


def parsed(text: str) -> list[tuple[str, str]]:
    """Return per line what it is (heading, item or text) and its words."""

    def what(line: PostingLine) -> str:
        return "heading" if line.is_heading else "item" if line.is_item else "text"

    return [(what(line), line.text) for line in parse_posting(text).lines]


@pytest.mark.parametrize("glyph", ["-", "*", "•", "·", "▪", "●", "–", "✓", "o", "1.", "12)", "➤"])
def test_items_by_their_glyph(glyph: str) -> None:
    """All usual bullets and numbers make an item, and are no part of its words."""
    assert parsed(f"Intro.\n{glyph} bake bread\n{glyph}  sell it") == [
        ("text", "Intro."),
        ("item", "bake bread"),
        ("item", "sell it"),
    ]


def test_items_by_their_indent() -> None:
    """Several lines set in below one another are a list; a single one is not."""
    assert parsed("Your tasks\n    bake bread\n    sell it\nThe end.") == [
        ("heading", "Your tasks"),
        ("item", "bake bread"),
        ("item", "sell it"),
        ("text", "The end."),
    ]
    assert parsed("We bake,\n\n    and sell.\n\nThe end.")[1] == ("text", "and sell.")


def test_a_dash_inside_a_line_makes_no_item() -> None:
    """Only the first mark of a line counts, and only with a space after it."""
    assert parsed("End.\n-5 degrees in the store\nbake - and sell.")[1:] == [
        ("text", "-5 degrees in the store"),
        ("text", "bake - and sell."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "What you'll do\n- bake bread",
        "What you'll do:\n- bake bread",
        "Some text.\n\nWhat you'll do:\nYou bake bread all night for the town.",
        "**What you'll do**\nbake bread",
        "**What you'll do:**\nbake bread",
        "## What you'll do\nbake bread",
        "Text.\n\nWhat you'll do\n\nYou bake bread all night.",
        "You might be a good fit if you\n  - bake bread",
        "Are you the one?\n* bake bread",
        "And then …\n* bake bread",
        "WHAT YOU NEED\n\n- bake bread",
    ],
)
def test_headings_by_their_shape(text: str) -> None:
    """Short lines above a list, between blank lines, with a colon or in bold are headings."""
    (heading,) = [line for line in parse_posting(text).lines if line.is_heading]
    last = parse_posting(text).lines[-1]
    assert last.heading == heading.text.rstrip(" :")
    assert not last.is_heading


@pytest.mark.parametrize(
    "text",
    [
        "We bake bread for the whole town.\n- bake",
        "a line that has so many words that nobody would take it for one\n- bake",
        "Bake bread\nSell bread\nSweep the floor\nClose the shop",
        "- Duties\n- bake",
        "the last line",
    ],
)
def test_other_lines_are_no_headings(text: str) -> None:
    """Sentences, long lines, lines of a run, items and the last line head nothing."""
    assert not parse_posting(text).lines[0].is_heading


def test_lines_know_their_heading_and_number() -> None:
    """A line bears the heading it stands under, without its colon, and the source's line."""
    posting = parse_posting("Hello there.\n\n\nDuties:\n- bake\n\nNice to have\n- sell\n")
    assert [(line.number, line.heading) for line in posting.lines] == [
        (1, ""),
        (4, "Duties"),
        (5, "Duties"),
        (7, "Nice to have"),
        (8, "Nice to have"),
    ]
    assert posting.text == "Hello there.\nDuties:\nbake\nNice to have\nsell"


def test_marks_and_unseen_characters_go() -> None:
    """Markdown's emphasis, zero-width and control characters are no words; spaces are plain."""
    text = "**Bake** __bread__\u200b\x07 in\xa0the\x1b[31m  night\x9b\ufeff.\r\nSell\tit."
    assert [line.text for line in parse_posting(text).lines] == [
        "Bake bread in the[31m night.",
        "Sell it.",
    ]


@pytest.mark.parametrize("text", ["", "\n \t\n", "\u200b\ufeff", "****", "\x00"])
def test_empty_text_has_no_lines(text: str) -> None:
    """Nothing in, nothing out: no line, no title, no company, no place."""
    assert parse_posting(text, "x.txt") == Posting((), source="x.txt")


def test_what_is_known_is_not_looked_for() -> None:
    """A title and a company given by the caller win over those of the text."""
    posting = parse_posting("Title: Baker\nCompany: Orrin", title="Cook", company="Sedge")
    assert (posting.title, posting.company) == ("Cook", "Sedge")


@given(messy)
def test_any_text_parses(text: str) -> None:
    """Lines are in order, hold words of the source's line, and nothing that cannot be seen."""
    source = text.splitlines()
    numbers = []
    for line in parse_posting(text).lines:
        numbers.append(line.number)
        assert line.text == " ".join(line.text.split()) != ""
        assert not (line.is_heading and line.is_item)
        assert not any(unicodedata.category(c) == "Cc" for c in line.text)
        rest = iter(source[line.number - 1].expandtabs(4))
        assert all(c in rest for c in line.text if not c.isspace())
    assert numbers == sorted(set(numbers))
