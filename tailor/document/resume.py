"""TailoredCv -> the file on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tailor.document.document import render_docx
from tailor.document.naming import file_name
from tailor.document.output import write_file
from tailor.layout.typography import Design, language_of, paper_of
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import ChosenSection, TailoredCv, whole
from tailor.values.cv import Cv

_SUFFIX = ".docx"


def write_resume(resume: TailoredCv, out: Path, *, force: bool = False) -> Path:
    """Write `resume` into the folder `out`, or to `out` itself if it ends in ``.docx``.

    Returns the file's path. Raises OutputError.
    """
    path = resume_path(resume, out)
    write_file(path, resume_docx(resume), force)
    return path


def resume_path(resume: TailoredCv, out: Path) -> Path:
    """Return what the file is called: `out` if it ends in ``.docx``, else a name in that folder."""
    if out.suffix.lower() == _SUFFIX and not out.is_dir():
        return out
    posting = resume.match.posting
    role = posting.title or ("" if posting.company else Path(posting.source).stem)
    return out / file_name(resume.cv.name, posting.company, role)


def resume_docx(resume: TailoredCv) -> bytes:
    """Return the DOCX; the same `resume` gives the same bytes."""
    title = " – ".join(part for part in (resume.cv.name, resume.match.posting.title) if part)
    return _docx(resume.cv, resume.sections, title, resume.design)


def whole_docx(cv: Cv) -> bytes:
    """Return the whole CV as DOCX, with nothing left out; the same CV gives the same bytes."""
    return _docx(cv, whole(cv), cv.name, Design(paper_of(cv)))


def _docx(cv: Cv, sections: Sequence[ChosenSection], title: str, design: Design) -> bytes:
    return render_docx(
        compose(cv, sections, design),
        design=design,
        title=title,
        author=cv.name,
        language=language_of(cv),
    )
