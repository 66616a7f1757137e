"""Markdown and HTML to lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.lines import LineKind, clean, clean_text
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Run

Short = tuple[str, int, str]


def short(text: str) -> list[Short]:
    """Read `text` and give kind, level and characters of each line."""
    return [(line.kind.value, line.level, line.plain) for line in read_markdown(text)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# A\n\n### B ###\n", [("heading", 1, "A"), ("heading", 3, "B")]),
        ("Name\n====\n\nPart\n---\n", [("heading", 1, "Name"), ("heading", 2, "Part")]),
        ("one\ntwo\n---\n", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("one\ntwo", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("- one\n  goes on\n- two", [("item", 1, "one goes on"), ("item", 1, "two")]),
        ("* a\n  * b\n  * c\n", [("item", 1, "a"), ("item", 2, "b"), ("item", 2, "c")]),
        ("1. a\n2. b", [("item", 1, "a"), ("item", 1, "b")]),
        ("2019. A paper", [("item", 1, "2019. A paper")]),
        ("a<br>b<br/>c", [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("paragraph", 0, "c")]),
        (
            "x <ul><li>a</li><li>b</li></ul>",
            [("paragraph", 0, "x"), ("item", 1, "a"), ("item", 1, "b")],
        ),
        ("<ul>\n<li>a\nb\n<li>c\n</ul>\n", [("item", 1, "a b"), ("item", 1, "c")]),
        ("<h2>Part</h2>\n<p>text</p>", [("heading", 2, "Part"), ("paragraph", 0, "text")]),
        ("<div>\none\ntwo\n</div>", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("<table><tr><td>a</td>\n<td>b</td></tr></table>", [("paragraph", 0, "a\t b")]),
        ("| a | b |\n|---|---|\n| c | d |", [("paragraph", 0, "a | b"), ("paragraph", 0, "c | d")]),
        ("    indented", [("paragraph", 0, "indented")]),
        ("• long and\n  wrapped\n• two", [("item", 1, "• long and wrapped"), ("item", 1, "• two")]),
        ("R&amp;D &ndash; &nbsp;x", [("paragraph", 0, "R&D – \u00a0x")]),
        ("vector<int> and <T>", [("paragraph", 0, "vector<int> and <T>")]),
        ("C# and a_b_c, 2 * 3 * 4", [("paragraph", 0, "C# and a_b_c, 2 * 3 * 4")]),
        ("a <!-- hidden --> b", [("paragraph", 0, "a  b")]),
        ("a <script>x()</script>b", [("paragraph", 0, "a b")]),
        ("<style>\nb {}\n</style>\n\nc", [("paragraph", 0, "c")]),
        ("<style>\nnever closed", [("meta", 0, "never closed")]),
        ("---\ntitle: x\n---\n\n# A", [("meta", 0, "title: x"), ("heading", 1, "A")]),
        ("[unused]: https://example.org", [("meta", 0, "https://example.org")]),
    ],
)
def test_lines(text: str, lines: list[Short]) -> None:
    """Each form gives the lines that a reader of the page would see."""
    assert short(text) == lines


def test_an_entry_right_below_a_list_is_not_part_of_it() -> None:
    """An empty line forgotten after a list does not glue the next entry to it."""
    text = "- Did a thing.\n**Engineer**, Acme\n- Did more.\nEngineer at Contoso"
    assert [kind for kind, _, _ in short(text)] == ["item", "paragraph", "item", "paragraph"]


def test_wrapped_paragraph_is_joined() -> None:
    """A long line without a full stop goes on in the next one, if that begins small."""
    first = "A long line of a paragraph that an editor has cut at its right margin"
    assert short(f"{first}\nand goes on.") == [("paragraph", 0, f"{first} and goes on.")]


def test_markdown_and_html_give_the_same_runs() -> None:
    """Bold, italic and links come out alike from both ways of writing them."""
    marks = read_markdown("a **b** *c* [d](https://e.org)")
    tags = read_markdown("a <b>b</b> <em>c</em> <a href='https://e.org'>d</a>")
    assert marks == tags
    assert marks[0].text.runs[1] == Run("b", bold=True)
    assert marks[0].text.runs[-1] == Run("d", link="https://e.org")


def test_tags_left_open_end_with_their_block() -> None:
    """An unclosed tag spoils its own paragraph and nothing below."""
    lines = read_markdown("<b>one\n\ntwo\n\n- <i>three\n- four")
    assert [run.bold or run.italic for line in lines for run in line.text.runs] == [
        True,
        False,
        True,
        False,
    ]


def test_numbers_are_those_of_the_source() -> None:
    """Every line bears the number it has in an editor, below front matter and in HTML too."""
    text = "---\na: b\n---\n# A\n\nx\ny  \nz\n\n<ul>\n<li>i</li>\n<li>j</li>\n</ul>\n"
    assert [(line.plain, line.number) for line in read_markdown(text)] == [
        ("a: b", 2),
        ("A", 4),
        ("x", 6),
        ("y", 7),
        ("z", 8),
        ("i", 11),
        ("j", 12),
    ]


def test_lines_bear_their_looks() -> None:
    """Headings have a browser's sizes; plain text is set in by its spaces, and apart by lines."""
    lines = read_markdown("# Jo\n\n\nWORK\n    Baker\n- Baked\n")
    looks = [
        (look.size, look.indent, look.space_above, look.bullet)
        for look in (line.look for line in lines)
    ]
    assert looks == [(2, 0, 0, False), (1, 0, 2.4, False), (1, 24, 0, False), (1, 0, 0, True)]
    assert [line.plain for line in lines if line.look.caps] == ["WORK"]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("➤ Built it", "Built it"),
        ("• – Built it", "Built it"),
        ("- 5 %", "5 %"),
        ("-5 %", "-5 %"),
        ("a\u00a0 \t b\u2009c", "a b c"),
        ("\ue001 x\u200b\u00ady", "xy"),
        ("  x  ", "x"),
    ],
)
def test_typographic_clean_up(text: str, cleaned: str) -> None:
    """Only glyphs, white space and invisible characters change."""
    assert clean_text(text) == cleaned


@given(st.text(max_size=80))
def test_clean_up_happens_once(text: str) -> None:
    """Clean text stays as it is."""
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.lists(st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,6}", fullmatch=True), min_size=1))
def test_plain_words_are_all_there(paragraphs: list[str]) -> None:
    """Paragraphs of words come out in order, each whole."""
    lines = read_markdown("\n\n".join(paragraphs))
    assert [line.plain for line in lines] == paragraphs


@given(st.text(alphabet="ab<>/&;#*_-[]()!`\\\n \t|ul1.", max_size=120))
def test_any_marks_are_survived(text: str) -> None:
    """No mix of marks makes the reader fail; lines are never empty and in order."""
    lines = read_markdown(text)
    assert all(line.plain.strip() for line in lines)
    assert [line.number for line in lines] == sorted(line.number for line in lines)
    assert all(line.kind in set(LineKind) for line in lines)


def test_links_that_lead_nowhere_are_text() -> None:
    """A link to "#" or a script keeps its text only."""
    (line,) = read_markdown("[a](#) <a href='javascript:x'>b</a>")
    assert clean(line.text).runs == (Run("a b"),)
