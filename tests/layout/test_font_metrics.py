"""The widths of characters, against figures read from the font files themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.layout.font_metrics import (
    count_foreign,
    font_names,
    foreign_line_height,
    letter_widths,
    line_height,
)
from tailor.values.resources import data_bytes

SAMPLE = "Hamburgefonstiv – 12,345 €"


@pytest.mark.parametrize(
    ("font", "bold", "italic", "expected"),
    [
        ("Calibri", False, False, 115.0049),
        ("Calibri", True, False, 116.7432),
        ("Calibri", False, True, 114.8975),
        ("Calibri", True, True, 116.9043),
        ("Arial", False, False, 125.6348),
        ("Arial", True, False, 132.2754),
        ("Arial", False, True, 125.6348),
        ("Arial", True, True, 132.2754),
    ],
)
def test_widths_are_those_of_the_font(font: str, bold: bool, italic: bool, expected: float) -> None:
    """Every face has its own widths; the expected points were read with fonttools."""
    assert 10 * sum(letter_widths(SAMPLE, bold, italic, font)) == pytest.approx(expected, abs=1e-3)


def test_other_alphabets_are_known() -> None:
    """Polish, Greek, Cyrillic, arrows and mathematical signs have figures, not fallbacks."""
    text = "Żółć Ελλάδα Россия → ≥"
    assert 10.5 * sum(letter_widths(text)) == pytest.approx(104.4771, abs=1e-3)
    assert count_foreign(text) == 0


@pytest.mark.parametrize(
    ("character", "width"),
    [
        ("語", 1.0),
        ("한", 1.0),
        ("😀", 1.4),
        ("★", 1.4),
        ("\u0301", 0.0),
        ("\u200d", 0.0),
        ("\ufe0f", 0.0),
    ],
)
def test_fallbacks_are_generous(character: str, width: float) -> None:
    """What the font lacks counts an em or more, and marks over letters nothing."""
    assert list(letter_widths(character)) == [width]


def test_all_hyphens_are_as_wide_as_one() -> None:
    """Soft and non-breaking hyphens are drawn as the common one."""
    (hyphen,) = letter_widths("-")
    assert list(letter_widths("\xad\u2010\u2011")) == [hyphen] * 3


@given(st.text(max_size=50))
def test_widths_are_within_bounds(text: str) -> None:
    """Any character is between nothing and two em wide, and has the same width again."""
    widths = list(letter_widths(text))
    assert len(widths) == len(text)
    assert all(0 <= width <= 2 for width in widths)
    assert list(letter_widths(text)) == widths


def test_foreign_characters_are_counted() -> None:
    """Characters of another font count one each, marks and joiners not at all."""
    assert count_foreign("plain") == 0
    assert count_foreign("★ star, 日本 and e\u0301") == 3


@pytest.mark.parametrize(
    ("size", "height"), [(9.5, 11.6), (10, 12.207), (11, 13.45), (12, 14.65), (20, 24.414)]
)
def test_lines_are_as_high_as_in_both_programs(size: float, height: float) -> None:
    """The exact height, or that rounded to twips where LibreOffice rounds up."""
    assert line_height(size) == pytest.approx(height, abs=1e-3)
    assert foreign_line_height(size) > line_height(size)


@pytest.mark.parametrize(
    ("font", "size", "height"),
    [
        ("Arial", 10.5, 12.1),
        ("Arial", 13, 15.0),
        ("Arial", 16, 18.45),
        ("Times New Roman", 9.5, 10.95),
        ("Times New Roman", 10, 11.55),
        ("Times New Roman", 12.5, 14.4),
    ],
)
def test_lines_of_other_fonts_are_never_higher_than_reckoned(
    font: str, size: float, height: float
) -> None:
    """Heights as LibreOffice draws them; a page holds some sixty lines, so a twip each counts."""
    assert line_height(size, font) == pytest.approx(height, abs=0.03)
    assert line_height(size, font) >= height - 1e-9


def test_unknown_fonts_are_refused() -> None:
    """The message names the fonts that are known."""
    assert font_names() == ("Arial", "Calibri", "Times New Roman")
    with pytest.raises(ValueError, match=r"'Comic Sans'.*Arial, Calibri"):
        line_height(10, "Comic Sans")


def test_the_table_is_small() -> None:
    """The figures ship with every installation."""
    assert len(data_bytes("font_metrics.json")) < 90_000
