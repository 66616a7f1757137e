"""TailoredCv -> the file on disk."""

from __future__ import annotations

from pathlib import Path

from tailor.composition import compose
from tailor.paper import language_of, paper_of
from tailor.tailored import TailoredCv
from tailor.writing.document import render_docx
from tailor.writing.naming import file_name
from tailor.writing.output import write_file

_SUFFIX = ".docx"


def write_resume(resume: TailoredCv, out: Path, *, force: bool = False) -> Path:
    """Write `resume` into the folder `out`, or to `out` itself if it ends in ``.docx``.

    Returns the file's path. Raises OutputError.
    """
    posting = resume.match.posting
    path = out
    if out.suffix.lower() != _SUFFIX or out.is_dir():
        role = posting.title or ("" if posting.company else Path(posting.source).stem)
        path = out / file_name(resume.cv.name, posting.company, role)
    write_file(path, resume_docx(resume), force)
    return path


def resume_docx(resume: TailoredCv) -> bytes:
    """Return the DOCX; the same `resume` gives the same bytes."""
    setup = paper_of(resume.cv)
    title = " – ".join(part for part in (resume.cv.name, resume.match.posting.title) if part)
    return render_docx(
        compose(resume.cv, resume.sections, setup),
        setup=setup,
        title=title,
        author=resume.cv.name,
        language=language_of(resume.cv),
    )
