"""A tailored CV laid out by LibreOffice: checked, and as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tailor.document.office import lay_out
from tailor.document.pdf import settle
from tailor.document.pdf_layout import verify
from tailor.selection.application import Verified
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.errors import OutputError


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What LibreOffice made of a document: the PDF, and what the check of the pages found."""

    pdf: bytes
    verified: Verified | None


def laid_out(resume: TailoredCv, document: bytes, folder: Path, *, verify_pages: bool) -> LaidOut:
    """Lay out `document`, the DOCX of `resume`, in a folder inside `folder` that is gone after.

    With `verify_pages` one that takes more pages than wanted is refused. Raises
    OutputError.
    """
    (pdf,) = lay_out([document], folder)
    verified = verify(resume, pdf) if verify_pages else None
    limit = resume.wanted_pages or resume.pages
    if verified is not None and verified.found.pages > limit:
        raise OutputError(_too_long(verified, limit))
    return LaidOut(settle(pdf), verified)


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
