"""The pipeline: a CV and a posting in, a tailored CV and its files out. Read this first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.values.cv import Cv
from tailor.values.errors import CvError, PostingError
from tailor.values.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from tailor.checking.findings import Checked
    from tailor.matching.match import Match
    from tailor.matching.requirements import Requirement
    from tailor.selection.application import Application
    from tailor.selection.tailored_cv import TailoredCv
    from tailor.selection.wishes import Wishes
    from tailor.values.posting import Posting

CV_VARIABLE = "TAILOR_CV"
CV_STEM = "master_cv"
# What a master CV in the working folder, or in the user's configuration folder, may be called.
CV_NAMES = tuple(
    f"{CV_STEM}.{ending}"
    for ending in ("md", "markdown", "txt", "yaml", "yml", "json", "docx", "pdf")
)
SAMPLE_CV = "sample_cv.md"
DEFAULT_LOOK = "classic"
NO_CV = (
    "no CV found; name yours with --cv my_cv.docx, or keep it for every job with "
    "tailor import my_cv.docx --default; --sample tries the CV of an invented person"
)


def tailor(
    cv: str | Path | Cv,
    job_path: str | Path,
    out: str | Path = ".",
    *,
    settings: Settings = NO_SETTINGS,
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
    pdf: bool = False,
    verify_pages: bool = False,
    diff: bool = False,
    report: bool = False,
    force: bool = False,
) -> Application:
    """Read a CV and a posting, choose the lines, and write the DOCX.

    `cv` is a path, or a CV that was read before. `settings` overrule the settings file beside
    the posting. `out` is a folder, or a path that ends in ``.docx``. `pdf` also writes a PDF and
    `verify_pages` counts the pages, refusing more than wanted; both need LibreOffice. `report`
    also writes an HTML page that explains the choices; `diff` compares with the file that is
    there. Raises CvError, PostingError, WishError, TemplateError or OutputError; then nothing
    has been written.
    """
    resume = decide(
        cv,
        job_path,
        settings=settings,
        template=template,
        keep_headings=keep_headings,
        plain_hyphens=plain_hyphens,
    )
    if not force:
        _check_answers(resume)
    return _write(
        resume,
        Path(out),
        pdf=pdf,
        verify_pages=verify_pages,
        diff=diff,
        report=report,
        force=force,
    )


def decide(
    cv: str | Path | Cv,
    job_path: str | Path,
    *,
    settings: Settings = NO_SETTINGS,
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
) -> TailoredCv:
    """Read a CV and a posting and choose the lines, without writing. Arguments as for `tailor`."""
    from tailor.reading.settings_file import read_settings  # noqa: PLC0415
    from tailor.selection.wishes import with_headline  # noqa: PLC0415

    beside = read_settings(job_path)
    wanted = settings.over(beside)
    if not isinstance(cv, Cv):
        path = cv
        try:
            cv = read_cv(path)
        except CvError:
            _check_not_swapped(path, job_path)
            raise
    wishes = find_wishes(cv, pins=beside.pins, drops=beside.drops)
    wishes = find_wishes(cv, pins=settings.pins, drops=settings.drops, before=wishes)
    if wanted.headline:
        cv = with_headline(cv, wanted.headline)
    matched = match(cv, read_posting(job_path))
    return select_as_set(
        matched,
        wanted,
        wishes,
        template=template,
        keep_headings=keep_headings,
        plain_hyphens=plain_hyphens,
    )


def select_as_set(
    match: Match,
    settings: Settings,
    wishes: Wishes,
    *,
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
) -> TailoredCv:
    """Choose the lines as `select` does, with all that `settings` say beside pins and drops."""
    return select(
        match,
        pages=settings.pages,
        look=settings.look or DEFAULT_LOOK,
        template=template,
        keep_headings=keep_headings,
        plain_hyphens=plain_hyphens,
        fill=settings.fill,
        dense=settings.dense,
        keep_order=settings.keep_order,
        wishes=wishes,
    )


def _check_not_swapped(cv_path: str | Path, job_path: str | Path) -> None:
    """Raise CvError if what is named as the CV reads as a posting, and the other way round."""
    from tailor.values.errors import TailorError  # noqa: PLC0415

    try:
        is_swapped = bool(find_requirements(read_posting(cv_path)) and read_cv(job_path).entries)
    except TailorError:
        return
    if is_swapped:
        raise CvError(f"{cv_path}: reads as a posting, and {job_path} as a CV; swap the two")


def _check_answers(resume: TailoredCv) -> None:
    """Raise PostingError if the CV has nothing of what is asked for, nor anything near it."""
    from tailor.matching.ask import Status  # noqa: PLC0415

    asks = resume.match.asks
    near = {Status.STATED, Status.ALIAS, Status.RELATED}
    if len(asks) > 1 and not any(ask.status in near for ask in asks):
        raise PostingError(
            f"{resume.match.posting.source}: your CV has nothing of the {len(asks)} things asked "
            "for there; is it the text of a job posting, and the right one? "
            "(--force writes the file all the same)"
        )


def _write(
    resume: TailoredCv,
    out: Path,
    *,
    pdf: bool,
    verify_pages: bool,
    diff: bool,
    report: bool,
    force: bool,
) -> Application:
    """Make all files of an application, then write all of them or none."""
    from tailor.document.output import write_files  # noqa: PLC0415
    from tailor.document.resume import resume_docx, resume_path  # noqa: PLC0415
    from tailor.selection.application import Application  # noqa: PLC0415

    path = resume_path(resume, out)
    document = resume_docx(resume)
    files = {path: document}
    application = Application(resume, path)
    if pdf or verify_pages:
        from tailor.document.pdf import laid_out  # noqa: PLC0415

        layout = laid_out(resume, document, path.parent, verify_pages=verify_pages)
        application = replace(application, verified=layout.verified)
        if pdf:
            application = replace(application, pdf=path.with_suffix(".pdf"))
            files[path.with_suffix(".pdf")] = layout.pdf
    if diff:
        from tailor.document.resume import changes_since  # noqa: PLC0415

        application = replace(application, changes=changes_since(path, document))
    if report:
        application = replace(application, report=path.with_suffix(".html"))
        files[path.with_suffix(".html")] = html_report(resume)
    write_files(files, force)
    return application


def html_report(resume: TailoredCv) -> bytes:
    """Return the HTML page that explains the choices; it needs no network to open."""
    from tailor.document.package import PLACEHOLDER, seal_text  # noqa: PLC0415
    from tailor.report.html import render_report  # noqa: PLC0415

    return seal_text(render_report(resume, PLACEHOLDER))


def read_cv(path: str | Path) -> Cv:
    """Read a master CV. Raises CvError if it cannot be read or holds nothing of a CV."""
    if Path(path).suffix.lower() in {".docx", ".pdf"}:
        from tailor.reading.sandbox import expect  # noqa: PLC0415 - each step imports its own room

        expect(path)
    from tailor.reading.cv_reader import read_cv as step  # noqa: PLC0415 - each step imports its own room

    return step(path)


def read_posting(path: str | Path) -> Posting:
    """Read a posting; ``-`` is standard input. Raises PostingError if it cannot be read."""
    from tailor.reading.posting_reader import read_posting as step  # noqa: PLC0415

    return step(path)


def find_requirements(posting: Posting) -> tuple[Requirement, ...]:
    """Return what a posting asks for, in its order; empty if it asks for nothing."""
    from tailor.matching.requirements import find_requirements as step  # noqa: PLC0415

    return step(posting)


def find_wishes(
    cv: Cv, *, pins: Sequence[str] = (), drops: Sequence[str] = (), before: Wishes | None = None
) -> Wishes:
    """Return `before` (by default the marks in the CV) overruled by `pins` and `drops`.

    Raises WishError for a name that fits no line or more than one, for a line that is both
    pinned and dropped, and for a position or degree that is dropped.
    """
    from tailor.selection.wishes import find_wishes as step  # noqa: PLC0415

    return step(cv, pins=pins, drops=drops, before=before)


def match(cv: Cv, posting: Posting, today: date | None = None) -> Match:
    """Find what the posting asks for, and score every line of the CV against it.

    Positions that last until the present end on `today`, by default the machine's date. Raises
    PostingError if the posting asks for nothing.
    """
    from tailor.matching.match import match as step  # noqa: PLC0415

    return step(cv, posting, today)


def select(
    match: Match,
    *,
    pages: int | None = None,
    look: str = DEFAULT_LOOK,
    template: str | Path | None = None,
    keep_headings: bool = False,
    plain_hyphens: bool = False,
    fill: bool = False,
    dense: bool = False,
    keep_order: bool = False,
    wishes: Wishes | None = None,
) -> TailoredCv:
    """Choose what goes on at most `pages` pages, 1 to 9; with None, on at most 2.

    `look` is classic, modern or formal, and `dense` sets more of it on a page; `template` is a DOCX
    whose styles are used in place of a look. `keep_headings` prints the CV's own headings,
    `plain_hyphens` writes periods with "-". `fill` fills the pages with what is next best;
    `keep_order` leaves skills in the CV's order.
    `wishes` come from `find_wishes`; with None the marks in the CV count. Raises CvError if not
    even the entries fit, WishError if they fit but not with what is pinned, and TemplateError.
    """
    from tailor.layout.typography import (  # noqa: PLC0415
        LOOKS,
        Design,
        paper_of,
    )
    from tailor.selection.select import select as step  # noqa: PLC0415

    if template is None:
        design = Design.of(paper_of(match.cv), LOOKS[look], dense=dense)
    else:
        from tailor.document.own_template import read_template  # noqa: PLC0415

        design = read_template(template)
    design = replace(design, keep_headings=keep_headings, plain_hyphens=plain_hyphens)
    wishes = find_wishes(match.cv) if wishes is None else wishes
    wishes = replace(wishes, keep_order=keep_order)
    return step(match, pages=pages, fill=fill, design=design, wishes=wishes)


def write_docx(resume: TailoredCv, out: str | Path = ".", *, force: bool = False) -> Path:
    """Write the tailored CV and return the file's path.

    `out` is a folder, or a path that ends in ``.docx``. An unchanged
    file that tailor wrote is replaced; any other only with `force`. Raises OutputError; then
    nothing has been written.
    """
    from tailor.document.resume import write_resume  # noqa: PLC0415

    return write_resume(resume, Path(out), force=force)


def export_cv(cv: Cv, form: str = "md") -> bytes:
    """Return a whole CV as a file: ``md``, or JSON Resume as ``json`` or ``yaml``, or ``docx``.

    Reading the first three gives an equal `Cv` again. Raises ValueError for another form.
    """
    if form == "docx":
        from tailor.document.resume import whole_docx  # noqa: PLC0415

        return whole_docx(cv)
    from tailor.exporting import FORMS  # noqa: PLC0415

    if form not in FORMS:
        raise ValueError(f"form must be docx or one of {', '.join(FORMS)}, not {form!r}")
    return FORMS[form](cv).encode()


def save_cv(cv: Cv, path: str | Path, form: str = "md", *, force: bool = False) -> Path:
    """Write a whole CV to `path` in a form of `export_cv`; return the path.

    A file with other content is overwritten only by `force`. Raises OutputError.
    """
    from tailor.document.output import write_file  # noqa: PLC0415

    write_file(Path(path), export_cv(cv, form), force)
    return Path(path)


def check(
    resume_path: str | Path,
    job_path: str | Path | None = None,
    cv_path: str | Path | None = None,
) -> Checked:
    """Check what applicant-tracking systems read in a résumé, and which of their rules it breaks.

    With a posting, also what it answers; with a master CV, also which lines are not from it.
    Raises CvError if the résumé or the CV cannot be read, PostingError if the posting cannot.
    """
    from tailor.checking.check import check as step  # noqa: PLC0415

    posting = read_posting(job_path) if job_path is not None else None
    return step(resume_path, posting, read_cv(cv_path) if cv_path is not None else None)


def default_cv_path() -> Path:
    """Return the path in the user's configuration folder where the default CV is kept."""
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("tailor") / CV_NAMES[0]


def score_bullets(posting_text: str, bullets: Sequence[str]) -> NDArray[np.float64]:
    """Return a score per line, shape ``(len(bullets),)``; higher answers the posting better."""
    from tailor.matching.match import score_texts  # noqa: PLC0415
    from tailor.reading.posting.text import parse_posting  # noqa: PLC0415

    return score_texts(parse_posting(posting_text), bullets)


def find_cv() -> Path:
    """Return the CV to use when none is given.

    The first that exists of: $TAILOR_CV, a file named in `CV_NAMES` in the working folder, the
    same in the user's configuration folder. Raises CvError if there is none.
    """
    from platformdirs import user_config_path  # noqa: PLC0415

    named = os.environ.get(CV_VARIABLE)
    if named:
        return Path(named)
    for folder in (Path.cwd(), user_config_path("tailor")):
        for name in CV_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise CvError(NO_CV)


def sample_cv() -> Path:
    """Return the CV of an invented person that ships, for trying things out."""
    from tailor.values.resources import data_path  # noqa: PLC0415

    return data_path(SAMPLE_CV)
