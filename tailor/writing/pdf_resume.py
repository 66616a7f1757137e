"""A tailored CV laid out by LibreOffice: checked, and written as PDF beside the Word file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tailor.errors import OutputError
from tailor.tailored import TailoredCv
from tailor.verified import Verified
from tailor.writing.office import lay_out
from tailor.writing.output import write_files
from tailor.writing.pdf import settle
from tailor.writing.pdf_layout import verify
from tailor.writing.resume import resume_docx, resume_path

_SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what the check of the pages found; None if not asked for."""

    path: Path
    pdf: Path | None
    verified: Verified | None


def write_laid_out(
    resume: TailoredCv,
    out: Path,
    *,
    pdf: bool,
    verify_pages: bool,
    limit: int,
    force: bool = False,
) -> Written:
    """Write `resume` as `write_resume` does, after LibreOffice laid it out.

    With `pdf` the PDF is written beside it, under the same rules; with `verify_pages` a CV of
    more than `limit` pages is refused. Raises OutputError; then neither file was written.
    """
    document = resume_docx(resume)
    (laid_out,) = lay_out([document])
    verified = verify(resume, laid_out) if verify_pages else None
    if verified is not None and verified.found.pages > limit:
        raise OutputError(_too_long(verified, limit))
    path = resume_path(resume, out)
    beside = path.with_suffix(_SUFFIX) if pdf else None
    write_files({path: document, **({beside: settle(laid_out)} if beside else {})}, force)
    return Written(path, beside, verified)


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
