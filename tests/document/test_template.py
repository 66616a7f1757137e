"""The shipped templates: what they hold, and that anyone can make them again."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Twips

from tailor.document.package import unpack
from tailor.layout.typography import A4, LETTER, LOOKS, Look, PageSetup, Style, template_name
from tailor.values.resources import data_bytes
from training.template import build_template

TEMPLATES = [
    (look, setup, language)
    for look in LOOKS.values()
    for setup, language in ((A4, "en-GB"), (LETTER, "en-US"))
]


@pytest.mark.parametrize(("look", "setup", "language"), TEMPLATES)
def test_shipped_template_is_what_the_figures_give(
    look: Look, setup: PageSetup, language: str
) -> None:
    """Whoever changes a figure must make the templates again."""
    assert data_bytes(template_name(look, setup)) == build_template(setup, look, language)


def test_command_writes_the_shipped_bytes(tmp_path: Path) -> None:
    """The command of the module's docstring gives the shipped files."""
    command = [sys.executable, "-W", "error", "-m", "training.template", "--out"]
    subprocess.run([*command, str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {
        name: data_bytes(name)
        for name in (template_name(look, setup) for look, setup, _ in TEMPLATES)
    }


@pytest.mark.parametrize(("look", "setup", "language"), TEMPLATES)
def test_template_is_lean(look: Look, setup: PageSetup, language: str) -> None:
    """About 10 KiB, an empty body, no latent styles, and no style that nobody uses."""
    content = data_bytes(template_name(look, setup))
    parts = unpack(content)
    assert len(content) <= 10.5 * 1024
    assert b"latentStyles" not in parts["word/styles.xml"]
    document = docx.Document(BytesIO(content))
    assert document.paragraphs == []
    found = {style.style_id for style in document.styles}
    assert found == {*Style, "Normal", "DefaultParagraphFont", "NoList", "Hyperlink"}
    section = document.sections[0]
    assert section.page_width == Twips(setup.width)
    assert section.page_height == Twips(setup.height)
    assert {section.left_margin, section.right_margin} == {Twips(setup.side)}
    assert {section.top_margin, section.bottom_margin} == {Twips(setup.top)}
    assert f'<w:lang w:val="{language}"/>'.encode() in parts["word/styles.xml"]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("look", LOOKS.values())
def test_styles_have_the_figures_of_the_typography(look: Look, style: Style) -> None:
    """Name, size, weight, colour, spaces, indents and keeps, as another program reads them."""
    document = docx.Document(BytesIO(data_bytes(template_name(look, A4))))
    figures = dict(look.figures)[style]
    found = next(each for each in document.styles if each.style_id == style)
    assert found.element.name_val == figures.name
    size = found.font.size.pt if found.font.size else look.body_size
    assert (size, bool(found.font.bold), bool(found.font.italic)) == (
        figures.size,
        figures.bold,
        figures.italic,
    )
    assert str(found.font.color.rgb or "000000") == figures.color
    paragraph = found.paragraph_format
    assert (paragraph.space_before.pt if paragraph.space_before else 0) == figures.before
    assert (paragraph.space_after.pt if paragraph.space_after else 0) == figures.after
    assert (paragraph.left_indent.twips if paragraph.left_indent else 0) == figures.left
    hanging = paragraph.first_line_indent
    assert (-hanging.twips if hanging else 0) == figures.hanging
    assert (bool(paragraph.keep_with_next), bool(paragraph.keep_together)) == (
        figures.keep_next,
        figures.keep_lines,
    )


@pytest.mark.parametrize(("look", "setup", "language"), TEMPLATES)
def test_dates_end_at_the_text_edge(look: Look, setup: PageSetup, language: str) -> None:
    """The entry's tab is a right one and stands where the text ends."""
    assert language
    document = docx.Document(BytesIO(data_bytes(template_name(look, setup))))
    (stop,) = document.styles["Heading 2"].paragraph_format.tab_stops
    assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT
    assert stop.position.twips == setup.width - 2 * setup.side


def test_defaults_of_word_are_set() -> None:
    """Word's present layout rules, no hyphenation by itself, widow control for all paragraphs."""
    parts = unpack(data_bytes("template_classic_a4.docx"))
    settings = parts["word/settings.xml"].decode()
    assert re.search(r'"compatibilityMode"[^>]* w:val="15"', settings)
    assert '<w:autoHyphenation w:val="false"/>' in settings
    assert b"<w:pPrDefault><w:pPr><w:widowControl/>" in parts["word/styles.xml"]
