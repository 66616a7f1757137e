"""A tailored CV as a sealed PDF, and its pages checked with LibreOffice.

The programs write their names into a PDF, LibreOffice also the time and random digits. What is
replaced here keeps its length, so that the table of places in the file stays true.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from tailor.document.office import lay_out
from tailor.document.package import PLACEHOLDER, seal
from tailor.document.resume import resume_pdf
from tailor.document.typeset import BELOW
from tailor.layout.font_metrics import FREE_TWINS, line_height
from tailor.layout.typography import TWIPS_PER_POINT, Design
from tailor.reading.files import Content
from tailor.reading.pdf.rows import Page, read_pages
from tailor.selection.tailored_cv import Pages, TailoredCv, Verified
from tailor.values.errors import CvError, OutputError

_STAMPS = re.compile(
    rb"/(?:CreationDate|ModDate)\(D:[^()]*\)"
    rb"|/(?:Creator|Producer)\s*(?:<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))"
    rb"|/DocChecksum\s*/[0-9A-Fa-f]{32}"
    rb'| x:xmptk="[^"]*"'
)
_XMP = re.compile(
    rb"(<(xmp:(?:CreateDate|ModifyDate|MetadataDate|CreatorTool)|pdf:Producer)>)([^<]*)(</\2>)"
)
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>\s*\])")
_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z0-9_.-]+)")
_APART = 3.0  # points; baselines that are nearer to each other belong to one line


def make_pdf(resume: TailoredCv, document: bytes, folder: Path) -> bytes:
    """Return `resume` as a PDF without dates and program names, sealed.

    It is set by Typst. What a template of one's own looks like only an office program can show, so
    then LibreOffice lays out `document`, the DOCX, in a temporary folder inside `folder`. Raises
    OutputError.
    """
    if resume.design.template:
        return settle(lay_out([document], folder)[0])
    return settle(resume_pdf(resume))


def verify_pages(resume: TailoredCv, document: bytes, folder: Path) -> Verified:
    """Lay out `document`, the DOCX of `resume`, with LibreOffice inside `folder`; check its pages.

    Raises OutputError, also for more pages than wanted.
    """
    (pdf,) = lay_out([document], folder)
    fonts = tuple(sorted({name.decode() for name in _FONT.findall(pdf)}))
    wanted = resume.design.font
    names = tuple(name.replace(" ", "") for name in (wanted, FREE_TWINS.get(wanted, wanted)))
    is_there = not fonts or any(font.startswith(names) for font in fonts)
    verified = Verified(
        Pages(resume.pages, resume.lines, resume.fill),
        read_layout(pdf, resume.design),
        tuple(len(_baselines(page)) for page in _read(pdf)),
        fonts,
        "" if is_there else wanted,
    )
    limit = resume.wanted_pages or resume.pages
    if verified.found.pages > limit:
        raise OutputError(_too_long(verified, limit))
    return verified


def settle(content: bytes) -> bytes:
    """Return a PDF without dates and program names, its fingerprint at the end.

    Two PDFs that differ only in their time and random digits become the same bytes.
    """
    content = _STAMPS.sub(lambda found: b" " * len(found[0]), content)
    content = _XMP.sub(lambda found: found[1] + b" " * len(found[3]) + found[4], content)
    content = _with_id(content, b"0" * 32)
    digits = hashlib.sha256(content).hexdigest()[:32].upper().encode()
    # Readers look for the end mark in the last thousand bytes; a comment may follow it.
    whole = _with_id(content, digits).rstrip() + f"\n%{PLACEHOLDER}\n".encode()
    return seal({"": whole}, "")[""]


def read_layout(pdf: bytes, design: Design) -> Pages:
    """Return the pages and lines of a CV's PDF, and how full its last page is.

    That is measured from the upper margin to the bottom of the last line, to about a point: a PDF
    says where letters are, not where lines end. Raises OutputError if the PDF cannot be read.
    """
    pages = _read(pdf)
    lines = sum(len(_baselines(page)) for page in pages)
    return Pages(len(pages), lines, _fill(pages[-1], design))


def _too_long(verified: Verified, limit: int) -> str:
    over = sum(verified.page_lines[limit:])
    lines = "1 line" if over == 1 else f"{over} lines"
    pages = "1 page" if limit == 1 else f"{limit} pages"
    font = f" with {', '.join(verified.fonts)} in place of {verified.font}" if verified.font else ""
    return (
        f"LibreOffice needs {verified.found.pages} pages{font}, not {pages}: {lines} went over;"
        + (f" install {verified.font} or a font as wide, or" if verified.font else "")
        + " give it more --pages or another --look, or leave --verify-pages out"
    )


def _read(pdf: bytes) -> Sequence[Page]:
    try:
        return read_pages(Content("LibreOffice's PDF", pdf, "CV"))
    except CvError as error:
        raise OutputError(
            f"{error}; see what LibreOffice makes of a Word file, or leave --verify-pages out"
        ) from error


def _baselines(page: Page) -> list[float]:
    """Return where the lines of the page are, from the top."""
    found = sorted({word.baseline for word in page.words}, reverse=True)
    return found[:1] + [low for high, low in pairwise(found) if high - low > _APART]


def _fill(page: Page, design: Design) -> float:
    if not page.words:
        return 0.0
    lowest = min(page.words, key=lambda word: word.baseline)
    foot = lowest.baseline - BELOW * line_height(lowest.size, design.font)
    used = page.height - design.setup.top / TWIPS_PER_POINT - foot
    return min(max(used / design.setup.text_height, 0.0), 1.0)


def _with_id(content: bytes, digits: bytes) -> bytes:
    return _ID.sub(lambda found: found[1] + digits + found[3] + digits + found[5], content)
