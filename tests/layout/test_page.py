"""The page estimate: facts, properties, and agreement with LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.document.document import render_docx
from tailor.layout import page, typography
from tailor.layout.line_breaking import text_width
from tailor.layout.page import Box, PageFit, gap
from tailor.layout.typography import (
    CLASSIC,
    Design,
    PageSetup,
    Paragraph,
    ParagraphStyle,
    Style,
)
from tailor.values.cv import RichText, Run

# Figures that stay whatever the looks become.
A4, LETTER = (replace(setup, side=1021) for setup in (typography.A4, typography.LETTER))
SMALL = Design(body_size=10).styles
STYLES = {
    **SMALL,
    Style.SECTION: replace(SMALL[Style.SECTION], size=12, before=9),
    Style.ENTRY: replace(SMALL[Style.ENTRY], before=4),
}
LINE = 12.207  # points, of 10-point text
WORDS = "word " * 60  # three lines of A4 at 10 points


def paragraph(style: Style, text: str = "text") -> Paragraph:
    """Make a paragraph of plain text."""
    return Paragraph(style, RichText.of(text))


def page_of(points: float) -> PageSetup:
    """Make a paper of A4's width whose text may be `points` high."""
    return replace(A4, height=A4.top + A4.bottom + round(20 * points))


def free(style: Style) -> dict[Style, ParagraphStyle]:
    """Return the styles with one that may be torn between pages."""
    return {**STYLES, style: replace(STYLES[style], keep_lines=False)}


def design_of(setup: PageSetup, styles: Mapping[Style, ParagraphStyle]) -> Design:
    """Return the classic look on this paper, with these styles."""
    return Design(setup, replace(CLASSIC, figures=tuple(styles.items())))


def paginate(
    document: list[Paragraph], setup: PageSetup, styles: Mapping[Style, ParagraphStyle]
) -> PageFit:
    """Return how paragraphs fill pages of this paper."""
    return page.paginate(document, design_of(setup, styles))


def box(text: Paragraph, setup: PageSetup, styles: Mapping[Style, ParagraphStyle]) -> Box:
    """Return the measures of one paragraph."""
    return page.measure([text], design_of(setup, styles))[0]


def count_lines(text: Paragraph, setup: PageSetup, styles: Mapping[Style, ParagraphStyle]) -> int:
    """Return how many lines a paragraph takes."""
    return box(text, setup, styles).lines


def height(text: Paragraph, setup: PageSetup, styles: Mapping[Style, ParagraphStyle]) -> float:
    """Return the height of a paragraph without the space around it."""
    return box(text, setup, styles).height


paragraphs = st.lists(
    st.builds(
        paragraph,
        st.sampled_from(Style),
        st.text(alphabet="abc mWi.-–\t日★", max_size=300),
    ),
    max_size=25,
)


def test_a_known_line_has_a_known_width() -> None:
    """The points of a line in four faces, read from the font with fonttools."""
    text = "Hamburgefonstiv – 12,345 €"
    rich = RichText.of(text)
    assert text_width(rich, 10) == pytest.approx(115.0049, abs=0.01)
    assert text_width(rich, 20) == pytest.approx(2 * 115.0049, abs=0.01)
    assert text_width(rich, 10, bold=True) == pytest.approx(116.7432, abs=0.01)
    assert text_width(rich, 10, italic=True) == pytest.approx(114.8975, abs=0.01)
    assert text_width(rich, 10, font="Arial") == pytest.approx(125.6348, abs=0.01)
    bold = RichText.of([Run(text, bold=True)])
    assert text_width(bold, 10, italic=True) == pytest.approx(116.9043, abs=0.01)
    assert text_width(RichText(), 10) == 0


def test_lines_are_counted_at_the_width_of_the_page() -> None:
    """A bullet has less room than body text, and Letter more than A4."""
    text = "word " * 21  # 493 points wide
    assert count_lines(paragraph(Style.BODY, text), A4, STYLES) == 1
    assert count_lines(paragraph(Style.BULLET, text), A4, STYLES) == 2
    assert count_lines(paragraph(Style.BULLET, text), LETTER, STYLES) == 1
    assert count_lines(paragraph(Style.BODY, text), A4, Design(body_size=11).styles) == 2
    assert count_lines(paragraph(Style.BODY, ""), A4, STYLES) == 1


def test_title_and_dates_share_a_line() -> None:
    """An entry takes two lines only if its title leaves no room for the dates."""
    dates = " \tJan 2020 – Present"
    assert count_lines(paragraph(Style.ENTRY, "Engineer" + dates), A4, STYLES) == 1
    assert count_lines(paragraph(Style.ENTRY, "Engineer " * 8 + dates), A4, STYLES) == 1
    assert count_lines(paragraph(Style.ENTRY, "Engineer " * 11 + dates), A4, STYLES) == 2


def test_height_is_lines_and_rule() -> None:
    """The rule below a heading takes 0.75 points and its distance of 1."""
    assert height(paragraph(Style.BODY), A4, STYLES) == pytest.approx(LINE, abs=1e-3)
    assert height(paragraph(Style.BODY, WORDS), A4, STYLES) == pytest.approx(3 * LINE, abs=1e-2)
    assert height(paragraph(Style.SECTION), A4, STYLES) == pytest.approx(14.65 + 1.75, abs=1e-3)


def test_a_line_with_characters_of_another_font_is_higher() -> None:
    """Such a line counts 1.5 times the size, the others as usual."""
    stars = paragraph(Style.BODY, f"★ {WORDS}")
    assert height(stars, A4, STYLES) == pytest.approx(2 * LINE + 15, abs=1e-2)


def changed(style: Style, **figures: Any) -> dict[Style, ParagraphStyle]:  # noqa: ANN401
    """Return the styles with one of them changed, as a user's own template may have it."""
    return {**STYLES, style: replace(STYLES[style], **figures)}


def test_lines_may_be_spaced() -> None:
    """One and a half lines take half as much again."""
    styles = changed(Style.BODY, spacing=1.5)
    assert height(paragraph(Style.BODY, WORDS), A4, styles) == pytest.approx(4.5 * LINE, abs=1e-2)


def test_a_style_may_have_a_font_of_its_own() -> None:
    """Its letters and lines count, not those of the page's font."""
    styles = changed(Style.BODY, font="Arial")
    (own,) = paginate([paragraph(Style.BODY)], A4, styles).used
    (usual,) = paginate([paragraph(Style.BODY)], A4, STYLES).used
    assert own == pytest.approx(11.5)
    assert usual == pytest.approx(LINE, abs=1e-3)


def test_capitals_are_wider() -> None:
    """A line that just holds small letters does not hold their capitals."""
    text = paragraph(Style.BODY, "word " * 21)
    assert count_lines(text, A4, STYLES) == 1
    assert count_lines(text, A4, changed(Style.BODY, caps=True)) == 2


def test_between_tight_paragraphs_is_no_space() -> None:
    """Only to other styles there is."""
    tight = changed(Style.BULLET, is_tight=True)
    assert gap(tight[Style.BULLET], tight[Style.BULLET]) == 0
    assert gap(tight[Style.BULLET], tight[Style.SECTION]) == 9


def test_of_two_spaces_the_larger_counts() -> None:
    """Space after and space before do not add up."""
    assert gap(STYLES[Style.BULLET], STYLES[Style.SECTION]) == 9
    assert gap(STYLES[Style.SECTION], STYLES[Style.BODY]) == 3


def test_nothing_is_one_page() -> None:
    """No paragraphs make an empty page."""
    fit = paginate([], A4, STYLES)
    assert fit == PageFit(1, 0, (0.0,), (0,), A4.text_height)
    assert fit.last_page_fill == 0


def test_space_before_counts_on_the_first_page_only() -> None:
    """At the top of later pages both programs leave it out."""
    section, body = paragraph(Style.SECTION), paragraph(Style.BODY)
    boxes = height(section, A4, STYLES) + 3 + height(body, A4, STYLES)
    fit = paginate([section, body] * 2, page_of(45), STYLES)
    assert fit.used == pytest.approx((9 + boxes, boxes))


def test_space_after_needs_no_room_at_the_foot() -> None:
    """Two lines with 2 points between fit into 26.5 points, though 2 more follow."""
    assert paginate([paragraph(Style.BODY)] * 2, page_of(26.5), STYLES).pages == 1
    assert paginate([paragraph(Style.BODY)] * 2, page_of(26.3), STYLES).pages == 2


def test_a_heading_moves_with_what_follows() -> None:
    """Section, entry and organisation go to the page where their first bullet stands."""
    lines = [paragraph(Style.BODY)] * 3
    block = [paragraph(s) for s in (Style.SECTION, Style.ENTRY, Style.ORGANISATION, Style.BULLET)]
    fit = paginate([*lines, *block], page_of(108), STYLES)
    assert fit.starts == (0, 3)
    assert paginate([*lines, *block], page_of(110), STYLES).starts == (0,)


def test_headings_that_fill_more_than_a_page_are_parted() -> None:
    """A chain of kept paragraphs that fits no page is filled page by page."""
    fit = paginate([paragraph(Style.ORGANISATION)] * 10, page_of(60), STYLES)
    assert fit.pages == 3


def test_kept_lines_move_together() -> None:
    """A bullet of three lines does not begin where only two fit."""
    long = paragraph(Style.BULLET, WORDS)
    fit = paginate([paragraph(Style.BODY), long], page_of(45), STYLES)
    assert fit.starts == (0, 1)
    assert fit.used == pytest.approx((LINE, 3 * LINE), abs=1e-2)


def test_no_single_line_is_left_on_a_page() -> None:
    """Of text that may be torn at least two lines stand on either page."""
    styles = free(Style.BODY)
    five = paragraph(Style.BODY, WORDS + WORDS[:-100])
    assert count_lines(five, A4, styles) == 5
    line = paragraph(Style.BODY)

    def lines_on_first_page(points: float) -> int:
        used = paginate([line, five], page_of(points), styles).used
        return round((used[0] - 2) / LINE) - 1 if len(used) > 1 and used[0] > 20 else 0

    assert [lines_on_first_page(2 + LINE * n + 1) for n in range(2, 6)] == [0, 2, 3, 3]


def test_text_longer_than_a_page_goes_on() -> None:
    """Even kept lines are torn where no page holds them."""
    fit = paginate([paragraph(Style.BULLET, WORDS * 4)], page_of(60), STYLES)
    assert (fit.lines, fit.pages, fit.starts) == (12, 3, (0, 0, 0))


@given(paragraphs)
def test_pages_are_within_bounds(document: list[Paragraph]) -> None:
    """There is a page, no page is overfull, and each begins where it may."""
    fit = paginate(document, A4, STYLES)
    assert fit.pages == len(fit.used) == len(fit.starts) >= 1
    assert all(0 <= used <= A4.text_height + 1e-3 for used in fit.used)
    assert list(fit.starts) == sorted(fit.starts)
    assert fit.lines == sum(count_lines(p, A4, STYLES) for p in document) >= len(document)
    assert 0 <= fit.last_page_fill <= 1


@given(paragraphs)
def test_heights_add_up(document: list[Paragraph]) -> None:
    """On an endless page the height is that of the paragraphs and the gaps between them."""
    styles = [STYLES[p.style] for p in document]
    expected = sum(height(p, A4, STYLES) for p in document)
    expected += sum(gap(above, below) for above, below in pairwise(styles))
    expected += styles[0].before if styles else 0
    fit = paginate(document, page_of(100_000), STYLES)
    assert fit.used == pytest.approx((expected,))


@given(st.sampled_from(Style), st.text(max_size=400), st.text(max_size=100))
def test_more_text_never_takes_fewer_lines(style: Style, text: str, more: str) -> None:
    """Words added at the end leave the line count or raise it."""
    before = count_lines(paragraph(style, text), A4, STYLES)
    assert 1 <= before <= count_lines(paragraph(style, text + more), A4, STYLES)


@given(st.text(max_size=300))
def test_lines_hold_no_more_than_they_can(text: str) -> None:
    """No text takes fewer lines than its letters, spaces left out, would side by side."""
    letters = RichText.of(re.sub(r"\s", "", text))
    lines = count_lines(paragraph(Style.BODY, text), A4, STYLES)
    assert text_width(letters, 10) <= lines * A4.text_width + 14


@given(paragraphs, st.sampled_from([9.5, 10, 10.5, 11]))
def test_the_same_document_takes_the_same_room(document: list[Paragraph], size: float) -> None:
    """The estimate depends on nothing but its arguments."""
    first = paginate(document, LETTER, Design(body_size=size).styles)
    assert paginate(list(document), LETTER, Design(body_size=size).styles) == first


def _case(bullets: int, size: float) -> tuple[list[Paragraph], float]:
    text = (
        "Cut the month-end close from nine to four working days by moving 14 ledgers to one "
        "system; trained the team – 12 people – in Kraków and São Paulo, within a £120,000 budget. "
    )
    document = [
        paragraph(Style.NAME, "Zofia Example-Müller"),
        paragraph(Style.HEADLINE, "Engineer and researcher"),
        paragraph(Style.CONTACT, "Kraków, Poland | zofia@example.org | github.com/example"),
    ]
    for number in range(bullets):
        if number % 12 == 0:
            document.append(paragraph(Style.SECTION, "Experience"))
        if number % 4 == 0:
            title = "Senior Research Engineer, Platform" + number // 4 * ", Compilers"
            document.append(paragraph(Style.ENTRY, f"{title} \tMar 2019 – Present"))
            document.append(paragraph(Style.ORGANISATION, "Smith & Sons – Leeds, UK"))
        document.append(paragraph(Style.BULLET, text[: 40 + 37 * number % 130] * (number % 3 + 1)))
    return document, size


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext") and shutil.which("fc-list")),
    reason="needs LibreOffice, pdftotext and fc-list",
)
def test_libreoffice_finds_as_many_pages_and_lines(tmp_path: Path) -> None:
    """Of six documents the pages agree in all, the lines in five, and none is longer than said."""
    fonts = subprocess.run(["fc-list"], capture_output=True, text=True, check=True).stdout
    if "Calibri" not in fonts and "Carlito" not in fonts:
        pytest.skip("needs the font Calibri or Carlito")
    cases = [
        _case(3, 10),
        _case(9, 9.5),
        _case(17, 10),
        _case(22, 10.5),
        _case(30, 11),
        _case(41, 10),
    ]
    paths = []
    for number, (document, size) in enumerate(cases):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(render_docx(document, design=Design(body_size=size), title="", author=""))
        paths.append(str(path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=180)
    found = [_count(Path(path).with_suffix(".pdf")) for path in paths]
    fits = [page.paginate(document, Design(body_size=size)) for document, size in cases]
    assert [fit.pages for fit in fits] == [pages for pages, _ in found]
    differences = [fit.lines - lines for fit, (_, lines) in zip(fits, found, strict=True)]
    assert min(differences) >= 0
    assert differences.count(0) >= 5


def _count(pdf: Path) -> tuple[int, int]:
    """Count the pages of a PDF and its lines; words of one line overlap in height."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = text.split("<page ")[1:]
    lines = 0
    for text in pages:
        foot = 0.0
        tops = re.findall(r'<word .*yMin="([\d.]+)".*yMax="([\d.]+)"', text)
        for top, bottom in sorted((float(top), float(bottom)) for top, bottom in tops):
            if (top + bottom) / 2 > foot:
                lines += 1
                foot = bottom
    return len(pages), lines
