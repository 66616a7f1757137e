"""The one corridor: a CV and a posting in, a tailored CV out. Read this first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.cv import Cv
from tailor.tailored import TailoredCv
from tailor.verified import Verified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tailor.matching import Match
    from tailor.posting import Posting

CV_VARIABLE = "TAILOR_CV"
CV_STEM = "master_cv"
# What a master CV in the working folder, or in the user's configuration folder, may be called.
CV_NAMES = tuple(
    f"{CV_STEM}.{ending}"
    for ending in ("md", "markdown", "txt", "yaml", "yml", "json", "docx", "pdf")
)
SAMPLE_CV = "sample_cv.md"


@dataclass(frozen=True, slots=True)
class Application:
    """What came out: the tailored CV, and the file it was written to.

    `pdf` is the PDF beside it, `verified` what the check of the pages found; None if not asked for.
    """

    resume: TailoredCv
    path: Path
    pdf: Path | None = None
    verified: Verified | None = None


def tailor(
    cv_path: str | Path,
    job_path: str | Path,
    out: str | Path = ".",
    *,
    pages: int | None = None,
    look: str = "classic",
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
    pdf: bool = False,
    verify_pages: bool = False,
    force: bool = False,
) -> Application:
    """Read a CV and a posting, choose, and write the DOCX.

    `out` is a folder, or a path that ends in ``.docx``. With LibreOffice `pdf` writes
    a PDF beside it, and `verify_pages` lays it out and refuses more pages than wanted.
    Raises CvError, PostingError or OutputError; then nothing was written.
    """
    cv = read_cv(cv_path)
    posting = read_posting(job_path)
    matched = match(cv, posting)
    resume = select(
        matched,
        pages=pages,
        look=look,
        template=template,
        keep_headings=keep_headings,
        plain_hyphens=plain_hyphens,
    )
    if pdf or verify_pages:
        return _write_laid_out(resume, out, pdf, verify_pages, pages, force)
    path = write_docx(resume, out, force=force)
    return Application(resume, path)


def _write_laid_out(
    resume: TailoredCv,
    out: str | Path,
    pdf: bool,
    verify_pages: bool,
    pages: int | None,
    force: bool,
) -> Application:
    from tailor.writing.pdf_resume import write_laid_out as step  # noqa: PLC0415

    limit = pages or resume.pages
    written = step(resume, Path(out), pdf=pdf, verify_pages=verify_pages, limit=limit, force=force)
    return Application(resume, written.path, written.pdf, written.verified)


def read_cv(path: str | Path) -> Cv:
    """Read a master CV. Raises CvError if it cannot be read or nothing of a CV is in it."""
    from tailor.reading.cv_reader import read_cv as step  # noqa: PLC0415 - each step imports its own room

    return step(path)


def read_posting(path: str | Path) -> Posting:
    """Read a posting; ``-`` is standard input. Raises PostingError if it cannot be read."""
    from tailor.reading.posting_reader import read_posting as step  # noqa: PLC0415

    return step(path)


def match(cv: Cv, posting: Posting) -> Match:
    """Find what the posting asks for and score every line.

    Raises PostingError if it asks for nothing.
    """
    from tailor.matching import match as step  # noqa: PLC0415

    return step(cv, posting)


def select(
    match: Match,
    *,
    pages: int | None = None,
    look: str = "classic",
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
) -> TailoredCv:
    """Choose what goes on `pages` pages, 1 to 9, and fills them; without a wish on 1 or 2.

    `look` is classic, modern or compact; `template` is a DOCX of one's own, in place of a look.
    `keep_headings` prints the CV's own headings, `plain_hyphens` writes periods with "-".
    Raises CvError if not even the entries fit, and TemplateError.
    """
    from tailor.paper import paper_of  # noqa: PLC0415
    from tailor.selection import select as step  # noqa: PLC0415
    from tailor.typography import LOOKS, Design  # noqa: PLC0415

    if template is None:
        design = Design.of(paper_of(match.cv), LOOKS[look])
    else:
        from tailor.writing.own_template import read_template  # noqa: PLC0415

        design = read_template(template)
    design = replace(design, keep_headings=keep_headings, plain_hyphens=plain_hyphens)
    return step(match, pages=pages, design=design)


def write_docx(resume: TailoredCv, out: str | Path = ".", *, force: bool = False) -> Path:
    """Write the tailored CV and return the file's path.

    `out` is a folder, or a path that ends in ``.docx``. A file that tailor wrote
    and nobody changed since is replaced; any other only by `force`. Raises
    OutputError; then nothing was written.
    """
    from tailor.writing.resume import write_resume  # noqa: PLC0415

    return write_resume(resume, Path(out), force=force)


def export_cv(cv: Cv, form: str = "md") -> bytes:
    """Return a whole CV as a file: ``md``, or JSON Resume as ``json`` or ``yaml``, or ``docx``.

    Reading the first three gives an equal `Cv` again. Raises ValueError for another form.
    """
    if form == "docx":
        from tailor.writing.resume import whole_docx  # noqa: PLC0415

        return whole_docx(cv)
    from tailor.exporting import FORMS  # noqa: PLC0415

    if form not in FORMS:
        raise ValueError(f"form must be docx or one of {', '.join(FORMS)}, not {form!r}")
    return FORMS[form](cv).encode()


def save_cv(cv: Cv, path: str | Path, form: str = "md", *, force: bool = False) -> Path:
    """Write a whole CV to `path` in a form of `export_cv`; return the path.

    A file with other content is overwritten only by `force`. Raises OutputError.
    """
    from tailor.writing.output import write_file  # noqa: PLC0415

    write_file(Path(path), export_cv(cv, form), force)
    return Path(path)


def default_cv_path() -> Path:
    """Return where the CV lies that is used when no other is named or at hand."""
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("tailor") / CV_NAMES[0]


def score_bullets(posting_text: str, bullets: Sequence[str]) -> NDArray[np.float64]:
    """Return a score per line, shape ``(len(bullets),)``: higher answers the posting better."""
    from tailor.matching import score_texts  # noqa: PLC0415
    from tailor.reading.posting.text import parse_posting  # noqa: PLC0415

    return score_texts(parse_posting(posting_text), bullets)


def find_cv() -> tuple[Path, bool]:
    """Return the CV to use when none is named, and whether it is only the sample.

    The first there is of: $TAILOR_CV, a file of `CV_NAMES` in the working folder,
    then in the user's configuration folder, the sample that ships.
    """
    from platformdirs import user_config_path  # noqa: PLC0415

    from tailor.resources import data_path  # noqa: PLC0415

    named = os.environ.get(CV_VARIABLE)
    if named:
        return Path(named), False
    for folder in (Path.cwd(), user_config_path("tailor")):
        for name in CV_NAMES:
            if (folder / name).is_file():
                return folder / name, False
    return data_path(SAMPLE_CV), True
