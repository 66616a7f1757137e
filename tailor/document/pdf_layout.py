"""How LibreOffice laid a CV out, read from its PDF and held against the estimate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tailor.layout.font_metrics import line_height
from tailor.layout.typography import TWIPS_PER_POINT, Design
from tailor.reading.files import Content
from tailor.reading.pdf.words import Page, read_pages
from tailor.selection.application import Pages, Verified
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.errors import CvError, OutputError

_APART = 3.0  # points; baselines nearer to each other than that are those of one line
_BELOW = 0.22  # of a line's height: how much of it is below the baseline
_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z0-9_.-]+)")
# What stands in for a font letter by letter; LibreOffice and its packages bring it along.
_AS_WIDE = {
    "Calibri": "Carlito",
    "Cambria": "Caladea",
    "Arial": "LiberationSans",
    "Times New Roman": "LiberationSerif",
    "Courier New": "LiberationMono",
}


def verify(resume: TailoredCv, pdf: bytes) -> Verified:
    """Hold the estimate of `resume` against its PDF. Raises OutputError if that cannot be read."""
    pages = _pages(pdf)
    lines = tuple(len(_baselines(page)) for page in pages)
    fonts = tuple(sorted({name.decode() for name in _FONT.findall(pdf)}))
    wanted = resume.design.font
    names = [wanted.replace(" ", ""), _AS_WIDE.get(wanted, wanted)]
    is_there = not fonts or any(font.startswith(name) for font in fonts for name in names)
    return Verified(
        Pages(resume.pages, resume.lines, resume.fill),
        Pages(len(pages), sum(lines), last_page_fill(pages[-1], resume.design)),
        lines,
        fonts,
        "" if is_there else wanted,
    )


def read_layout(pdf: bytes, design: Design) -> Pages:
    """Return pages, lines and the fill of the last page of a CV's PDF.

    Raises OutputError if it cannot be read.
    """
    pages = _pages(pdf)
    lines = sum(len(_baselines(page)) for page in pages)
    return Pages(len(pages), lines, last_page_fill(pages[-1], design))


def last_page_fill(page: Page, design: Design) -> float:
    """Return how full a page is from its upper margin to the foot of its last line, 0 to 1.

    True to about a point, since a PDF tells where letters stand, not where lines end.
    """
    if not page.words:
        return 0.0
    lowest = min(page.words, key=lambda word: word.baseline)
    foot = lowest.baseline - _BELOW * line_height(lowest.size, design.font)
    used = page.height - design.setup.top / TWIPS_PER_POINT - foot
    return min(max(used / design.setup.text_height, 0.0), 1.0)


def _pages(pdf: bytes) -> Sequence[Page]:
    try:
        return read_pages(Content("LibreOffice's PDF", pdf, "CV"))
    except CvError as error:
        raise OutputError(
            f"{error}; see what LibreOffice makes of a Word file, or leave --verify-pages out"
        ) from error


def _baselines(page: Page) -> list[float]:
    """Return where the page's lines stand, from the top."""
    found = sorted({word.baseline for word in page.words}, reverse=True)
    return found[:1] + [low for high, low in pairwise(found) if high - low > _APART]
