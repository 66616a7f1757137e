"""Where lines end, on lines just wide enough for some words."""

from __future__ import annotations

import pytest

from tailor.layout.font_metrics import letter_widths
from tailor.layout.line_breaking import fill_lines
from tailor.layout.typography import ParagraphStyle
from tailor.values.cv import RichText, Run

PLAIN = ParagraphStyle("Plain", 10)
TITLE = ParagraphStyle("Title", 10, right_tab=True)
ROOM_TO_SPARE = 0.3  # points; less than any letter


def width_of(text: str, *, bold: bool = False) -> float:
    """Return a line's width in points that just holds `text` at 10 points."""
    return 10 * sum(letter_widths(text, bold)) + ROOM_TO_SPARE


def lines(text: str, fits: str, style: ParagraphStyle = PLAIN) -> int:
    """Count the lines of `text` on lines that just hold `fits`."""
    return fill_lines(RichText.of(text), style, width_of(fits))


def test_words_fill_a_line_until_one_does_not_fit() -> None:
    """A line breaks at spaces and takes as many words as it holds."""
    assert lines("one two three four", "one two three four") == 1
    assert lines("one two three four", "one two three fou") == 2
    assert lines("one two three four", "three") == 4
    assert lines("aa bb cc dd", "aa bb") == 2


def test_spaces_at_the_line_end_need_no_room() -> None:
    """Spaces hang over the line's end."""
    assert lines("one      two", "one") == 2
    assert lines("one      ", "one") == 1


def test_no_text_is_one_line() -> None:
    """An empty paragraph is as high as a line; so is one of spaces."""
    assert lines("", "x") == 1
    assert lines("   ", "x") == 1


@pytest.mark.parametrize("text", ["state-of", "word—word", "2019–2020", "日本"])
def test_lines_end_after_dashes_and_between_ideographs(text: str) -> None:
    """Of "see state-of" the line takes "see state-"."""
    assert lines(f"see {text} the", f"see {text[:-1]}") == 2


@pytest.mark.parametrize(
    "text", ["CI/CD", "R&D", "a|b", "COVID-19", "-flag", "Dr.\xa0Who", "non\u2011breaking", "a?b"]
)
def test_lines_do_not_end_elsewhere(text: str) -> None:
    """What one program would not break goes to the next line as a whole."""
    assert lines(f"see {text}", f"see {text[:-1]}") == 2
    assert lines(f"see {text} {text}", text) == 3


@pytest.mark.parametrize("text", ["C# .NET", "so )", "yes !"])
def test_closing_punctuation_stays_with_the_word_before_the_space(text: str) -> None:
    """LibreOffice does not begin a line with it, so neither does the estimate."""
    assert lines(f"longword {text} x", f"longword {text.split(maxsplit=1)[0]}") == 2
    assert lines(f"{text} x", text) == 2


def test_a_word_longer_than_a_line_is_torn() -> None:
    """It begins on a line of its own, and what follows goes on where it ends."""
    assert lines("x" * 25, "x" * 10) == 3
    assert lines("a " + "x" * 25, "x" * 10) == 4
    assert lines("x" * 25 + " xx", "x" * 10) == 3
    assert lines("x" * 25 + " xxxxxx", "x" * 10) == 4


def test_a_letter_wider_than_the_line_stands_alone() -> None:
    """Even without any room each letter gets a line, and counting ends."""
    assert fill_lines(RichText.of("abc"), PLAIN, 1) == 3
    assert fill_lines(RichText.of("abc"), PLAIN, -1) == 3


def test_bold_runs_are_as_wide_as_bold() -> None:
    """A run's own style counts, and so does the paragraph's."""
    words = "Hamburgefonstiv and more"
    between = (width_of(words) + width_of(words, bold=True)) / 2
    assert fill_lines(RichText.of(words), PLAIN, between) == 1
    assert fill_lines(RichText.of([Run(words, bold=True)]), PLAIN, between) == 2
    assert fill_lines(RichText.of(words), ParagraphStyle("Bold", 10, bold=True), between) == 2


def test_runs_do_not_break_words() -> None:
    """A word that is bold in part stays one word."""
    text = RichText.of([Run("see it half"), Run("bold", bold=True), Run("word")])
    assert fill_lines(text, PLAIN, width_of("see it halfbold") + 1) == 2
    assert fill_lines(text, PLAIN, width_of("see it halfboldword") + 1) == 1


def test_a_right_tab_needs_no_room() -> None:
    """Title and dates take one line if they fit side by side, else two."""
    assert lines("Some title \t2019 – 2020", "Some title 2019 – 2020", TITLE) == 1
    assert lines("Some title \t2019 – 2020", "Some title 2019 –", TITLE) == 2
    assert lines("A longer title \t2019 – 2020", "A longer title", TITLE) == 2


def test_a_second_right_tab_finds_no_stop() -> None:
    """What follows it counts as a line of its own."""
    assert lines("a \tb \tc", "a wide line with room", TITLE) == 2


def test_a_right_tab_without_a_space_gets_one() -> None:
    """The writer puts a space before such a tab, so it needs room."""
    assert lines("title\tdates", "title  dates", TITLE) == 1
    assert lines("title\tdates", "titledates", TITLE) == 2


def test_other_tabs_go_to_the_next_half_inch() -> None:
    """A tab moves on even from a stop: by 36 points at most."""
    room = 36 + width_of("b")
    assert fill_lines(RichText.of("a\tb"), PLAIN, room) == 1
    assert fill_lines(RichText.of("a\tb"), PLAIN, room - 1) == 2
    assert fill_lines(RichText.of("\t\tb"), PLAIN, 36 + room) == 1


def test_line_breaks_count() -> None:
    """A line break in the text begins a line."""
    assert lines("a\nb", "a wide line") == 2
    assert lines("a\n\nb", "a wide line") == 3


def test_indents_take_room() -> None:
    """A hanging indent widens the first line, except of lists, where the bullet stands in it."""
    indented = ParagraphStyle("Indented", 10, left=200)
    hanging = ParagraphStyle("Hanging", 10, left=200, hanging=200)
    bullet = ParagraphStyle("Bullet", 10, left=200, hanging=200, is_list=True)
    text = RichText.of("one two three four")
    assert fill_lines(text, indented, width_of("one two three four") + 10) == 1
    assert fill_lines(text, indented, width_of("one two three four")) == 2
    assert fill_lines(text, hanging, width_of("one two three four")) == 1
    assert fill_lines(text, bullet, width_of("one two three four")) == 2
