"""Postings as people paste them: lines, items and headings by their shape."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.lines import Line, LineKind
from tailor.reading.posting.header import Header
from tailor.reading.posting.text import parse_posting, posting_of_lines
from tailor.values.cv import RichText, Run
from tailor.values.posting import Posting, PostingLine

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


@given(messy)
def test_any_text_parses(text: str) -> None:
    """Lines are in order, hold characters of the source from their line on, none unseen."""
    source = text.splitlines()
    numbers = []
    for line in parse_posting(text).lines:
        numbers.append(line.number)
        assert line.text == " ".join(line.text.split()) != ""
        assert not (line.is_heading and line.is_item)
        assert not any(unicodedata.category(c) == "Cc" for c in line.text)
        rest = iter("\n".join(source[line.number - 1 :]).expandtabs(4))
        # A label above what it labels gets a colon: "Experience", "5+ years".
        assert all(c in rest for c in line.text if not c.isspace() and c != ":")
    assert numbers == sorted(numbers)


words = st.sampled_from(
    "bake Bread Skills: Requirements: nights.Responsibilities: ovens•flour • and You Leeds, (UK) "
    "Experience skills.Required ovens*Clean Location: 5+ AI/ML Node.js C++ **dough** _rye_".split()
)


@given(
    st.lists(
        st.lists(words, min_size=1, max_size=60).flatmap(
            lambda found: st.sampled_from(["", "- ", "• ", "## ", "\n", "    "]).map(
                lambda mark: mark + " ".join(found)
            )
        ),
        max_size=12,
    ).map("\n".join)
)
def test_no_word_is_lost(text: str) -> None:
    """Whatever is parted or joined, all letters and digits of the text stay, in their order."""
    shown = "".join(line.text for line in parse_posting(text).lines)
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Requirements:• Can bake rye bread all night• Can sell it with a smile",
            ["Requirements:", "Can bake rye bread all night", "Can sell it with a smile"],
        ),
        (
            "What you bring: o Rye bread experience o Patience with visitors",
            ["What you bring:", "Rye bread experience", "Patience with visitors"],
        ),
        (
            "You will: 1. Bake the rye bread 2. Sell all of it 3. Sweep the floor",
            ["You will:", "Bake the rye bread", "Sell all of it", "Sweep the floor"],
        ),
    ],
)
def test_items_on_one_line(text: str, pieces: list[str]) -> None:
    """Several list marks in one line make as many items, all with the number of that line."""
    lines = parse_posting(f"Night Baker\n{text}").lines[1:]
    assert [line.text for line in lines] == pieces
    assert {line.number for line in lines} == {2}
    assert [line.is_item for line in lines] == [False, *([True] * (len(pieces) - 1))]


def test_a_posting_on_one_line() -> None:
    """Where line ends were lost, headings and sentences are found by the words that begin them."""
    about = "Orrin bakes bread for the towns of the north and has done so for many years, by hand."
    text = (
        f"{about}Responsibilities: Bake rye bread.Sell it in the market.Required Skills: Patience "
        "with dough and with people; a driving licence. Location: Leeds"
    )
    padding = "The town knows it."
    lines = parse_posting(f"{text} {padding * 5}").lines
    headings = [line.text for line in lines if line.is_heading]
    assert headings == ["Responsibilities:", "Required Skills:"]
    assert "Sell it in the market." in [line.text for line in lines]
    assert {line.heading for line in lines} == {"", "Responsibilities", "Required Skills"}


@pytest.mark.parametrize("text", ["Leeds • Full-time • Nights", "Hull · Orrin · Remote", "2 - 3"])
def test_dots_between_facts_make_no_list(text: str) -> None:
    """A few words between dots are facts in a row, and stay one line."""
    assert [line.text for line in parse_posting(f"Baker\n{text}\nWe bake.").lines][1] == text


@pytest.mark.parametrize(
    ("wrapped", "lines"),
    [
        ("Bake for all the\nshops.", 1),  # no line ends with "the"
        ("The baker takes part in the baking,\nselling and", 2),  # short, and what follows is short
        (
            (
                "The baker takes part in the planning, baking,\n"
                "decorating, packing and selling of whatever leaves the oven."
            ),
            1,
        ),
        (
            (
                "baking, decorating, packing and selling of bread\n"
                "counting and wrapping of cakes, buns, loaves and rolls for schools"
            ),
            2,
        ),
        ("See the shop window for cakes of all kinds at\nhttps://cakes.example/a/b/c", 2),
    ],
)
def test_a_paragraph_is_joined_where_it_shows(wrapped: str, lines: int) -> None:
    """By a word that ends no line, or a first line that goes on in a long one."""
    assert len(parse_posting(wrapped).lines) == lines


def test_a_wrapped_sentence_is_one_line() -> None:
    """What an editor's margin cut goes on in the next line; lists without marks stay apart."""
    wrapped = "- Bake rye bread and wheat bread for all the shops of the town,\n  and sell it."
    assert len(parse_posting(f"Duties\n{wrapped}").lines) == 2
    assert len(parse_posting("Duties\nBake bread\nSell bread").lines) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<center><h2>[**Apply**](apply.md)</h2></center>", "Apply"),
        ("<style> #menu { display: none } </style>Bake <b>bread</b>.<!-- now -->", "Bake bread."),
        ("Bake [bread][1] with `care`.\n\n[1]: https://orrin.example.org", "Bake bread with care."),
        ("*Bake* _bread_ in snake_case.", "Bake bread in snake_case."),
        ("=== JOB DETAILS ===", "JOB DETAILS"),
        ("Write to <jo@orrin.example.org>.", "Write to <jo@orrin.example.org>."),
    ],
)
def test_markup_is_no_text(text: str, shown: str) -> None:
    """Tags, styles, link targets and marks of emphasis go; names with underscores stay."""
    assert parse_posting(text).text == shown


def test_underlined_headings() -> None:
    """A line of dashes below makes a heading of the line above, as in Markdown."""
    posting = parse_posting("Your tasks\n----------\nbake bread\nsell bread")
    assert parsed("Your tasks\n----------\nbake bread\nsell bread")[0] == ("heading", "Your tasks")
    assert posting.lines[1].number == 3


def test_front_matter_names_the_job() -> None:
    """Title, company and place may stand in front matter; its other keys are no text."""
    front = "layout: job\ntitle: Night Baker (m/f/d)\ncompany: Orrin\nlocation: Leeds, UK"
    posting = parse_posting(f"---\n{front}\n---\n\nYou bake.\n")
    assert (posting.title, posting.company, posting.place) == ("Night Baker", "Orrin", "Leeds, UK")
    assert [(line.text, line.number) for line in posting.lines] == [("You bake.", 8)]


def test_a_usual_name_of_pages_is_no_title() -> None:
    """Front matter that calls the page "Careers" says nothing of the job."""
    posting = parse_posting("---\ntitle: Careers\n---\n# Night Baker\n\nYou bake.")
    assert posting.title == "Night Baker"


def _line(kind: LineKind, text: str, number: int, *, bold: bool = False) -> Line:
    return Line(kind, 1, RichText.of([Run(text, bold=bold)]), number)


def test_lines_of_a_document() -> None:
    """Headings and items stay; a short paragraph all in bold is a heading; META is not shown."""
    posting = posting_of_lines(
        [
            _line(LineKind.META, "keywords: bread", 1),
            _line(LineKind.HEADING, "Night Baker", 2),
            _line(LineKind.PARAGRAPH, "Orrin\tLeeds, UK", 3),
            _line(LineKind.PARAGRAPH, "Your tasks", 4, bold=True),
            _line(LineKind.ITEM, "bake bread", 5),
            _line(LineKind.PARAGRAPH, "• sell it", 6),
            _line(LineKind.PARAGRAPH, "All of this is done in the night.", 7, bold=True),
        ],
        known=Header(place="Leeds"),
    )
    assert [(line.text, line.is_heading, line.is_item) for line in posting.lines] == [
        ("Night Baker", True, False),
        ("Orrin Leeds, UK", False, False),
        ("Your tasks", True, False),
        ("bake bread", False, True),
        ("sell it", False, True),
        ("All of this is done in the night.", False, False),
    ]
    assert (posting.title, posting.place) == ("Night Baker", "Leeds")


@pytest.mark.parametrize(
    "unit",
    ["a", "A ", "A-", "A'", "• Ab ", "- Ab c ", "o A ", "As a ", "[a](", "<b ", "Title: ", "US, ",
     "looking for a ", "Skills: ", "Orrin is a ", "Baker - ", " "],
)  # fmt: skip
def test_long_lines_are_read(unit: str) -> None:
    """A line of 100 kB, whatever it is made of; one that ran away would never end."""
    text = "Baker\n" + (unit * (100_000 // len(unit) + 1))[:100_000]
    assert parse_posting(text).lines
