"""The looks of the page: each as safe for readers as the others, with the same words."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.shared import Pt

from tailor.document.document import render_docx
from tailor.layout.font_metrics import font_names
from tailor.layout.line_breaking import fill_lines
from tailor.layout.page import gap, paginate
from tailor.layout.typography import (
    A4,
    BODY_SIZES,
    CLASSIC,
    LETTER,
    LOOKS,
    Design,
    Look,
    PageSetup,
    Style,
)
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import whole
from tailor.values.cv import Cv, RichText

LEGIBLE = 4.5  # WCAG 2.1, 1.4.3: the least contrast of text to its ground
EACH_LOOK = pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)


def contrast_to_white(color: str) -> float:
    """Return how many times brighter white is: WCAG 2.1, "contrast ratio"."""
    channels = [byte / 255 for byte in bytes.fromhex(color)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return 1.05 / (luminance + 0.05)


def document(cv: Cv, design: Design) -> Any:  # noqa: ANN401 - python-docx has no types
    """Return the whole CV in this design, as another program reads it."""
    paragraphs = compose(cv, whole(cv), design)
    content = render_docx(paragraphs, design=design, title="CV", author="Jo")
    return docx.Document(BytesIO(content))


@EACH_LOOK
@pytest.mark.parametrize("setup", [A4, LETTER], ids=lambda setup: setup.name)
def test_styles_have_the_names_that_readers_know(look: Look, setup: Any, sample_cv: Cv) -> None:  # noqa: ANN401
    """Headings, lists and the name keep their styles; there is no table and no header."""
    read = document(sample_cv, Design.of(setup, look))
    used = {paragraph.style.name for paragraph in read.paragraphs}
    assert {"Person Name", "Heading 1", "Heading 2", "List Bullet"} <= used
    assert read.paragraphs[0].text == sample_cv.name
    assert not read.tables
    assert not re.search("<w:(drawing|pict|txbxContent|framePr|cols)", read.element.xml)


@EACH_LOOK
def test_the_words_are_those_of_the_classic_look(look: Look, sample_cv: Cv) -> None:
    """A look changes how words look, not which there are nor their order."""
    words = [
        " ".join(paragraph.text for paragraph in document(sample_cv, design).paragraphs).split()
        for design in (Design.of(A4, look), Design.of(A4, CLASSIC))
    ]
    assert words[0] == words[1]


@EACH_LOOK
def test_letters_are_large_and_dark_enough(look: Look) -> None:
    """Nothing is smaller than 9.5 points or paler than WCAG allows; the name is the largest."""
    figures = dict(look.figures)
    assert min(style.size for style in figures.values()) >= BODY_SIZES[0]
    colors = {look.accent, *(style.color for style in figures.values())}
    assert min(map(contrast_to_white, colors)) >= LEGIBLE
    sizes = [figures[style].size for style in (Style.NAME, Style.SECTION, Style.ENTRY, Style.BODY)]
    assert sizes == sorted(sizes, reverse=True)


@EACH_LOOK
def test_headings_stay_with_what_they_head(look: Look) -> None:
    """No heading, title or employer ends a page."""
    figures = dict(look.figures)
    assert all(figures[s].keep_next for s in (Style.SECTION, Style.ENTRY, Style.ORGANISATION))
    assert figures[Style.ENTRY].right_tab
    assert figures[Style.BULLET].is_list


@EACH_LOOK
def test_the_estimate_knows_the_look(look: Look) -> None:
    """The widths of its letters ship, and its body has one of the sizes that there are."""
    assert look.font in font_names()
    assert look.body_size in BODY_SIZES
    assert not look.unknown_fonts


@EACH_LOOK
@pytest.mark.parametrize("dense", [False, True], ids=["airy", "dense"])
def test_entries_stand_apart(look: Look, dense: bool) -> None:
    """Between two jobs there are at least 5 points more than between two bullets."""
    styles = Design.of(A4, look, dense=dense).styles
    assert gap(styles[Style.BULLET], styles[Style.ENTRY]) - styles[Style.BULLET].after >= 5


@EACH_LOOK
@pytest.mark.parametrize("setup", [A4, LETTER], ids=lambda setup: setup.name)
def test_lines_are_not_too_long_to_read(look: Look, setup: PageSetup, sample_cv: Cv) -> None:
    """A full line has about 105 characters."""
    design = Design.of(setup, look)
    style = design.styles[Style.BULLET]
    text = " ".join(bullet.text.plain for bullet in sample_cv.bullets())
    lines = fill_lines(RichText.of(text), style, setup.text_width, design.font)
    assert 95 < len(text) / lines < 108


@EACH_LOOK
def test_dense_takes_less_room(look: Look, sample_cv: Cv) -> None:
    """That is what it is for; the words are the same, and the file says what was estimated."""
    airy, dense = (Design.of(A4, look, dense=dense) for dense in (False, True))
    fits = [paginate(compose(sample_cv, whole(sample_cv), one), one) for one in (airy, dense)]
    assert sum(fits[1].used) < 0.9 * sum(fits[0].used)
    written = document(sample_cv, dense).styles
    for style, figures in dense.styles.items():
        (found,) = [one for one in written if one.style_id == style]
        assert (found.paragraph_format.space_before or Pt(0)).pt == figures.before
        assert (found.paragraph_format.space_after or Pt(0)).pt == figures.after
