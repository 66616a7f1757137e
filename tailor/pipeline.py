"""The pipeline: a CV and a posting in, a tailored CV and its files out. Read this first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.values.cv import Cv
from tailor.values.errors import CvError, PostingError, TailorError
from tailor.values.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from tailor.matching.match import Match
    from tailor.matching.requirements import Requirement
    from tailor.selection.tailored_cv import Application, TailoredCv
    from tailor.selection.wishes import Wishes
    from tailor.values.posting import Posting

DEFAULT_LOOK = "classic"


def tailor(
    cv: str | Path | Cv,
    job_path: str | Path,
    out: str | Path = ".",
    *,
    settings: Settings = NO_SETTINGS,
    pdf: bool = False,
    verify_pages: bool = False,
    diff: bool = False,
    report: bool = False,
    force: bool = False,
) -> Application:
    """Read a CV and a posting, choose the lines, and write the Word file.

    `cv` is a path, or a CV that has been read. `settings` overrule the settings file beside the
    posting. `out` is a folder, or a path that ends in ``.docx``. `pdf` also writes a PDF, and
    `verify_pages` has LibreOffice count the pages and refuses too many. `report` also writes an
    HTML page that explains the choices; `diff` compares with the file that is there.
    Without `force`, a posting of which the CV has nothing is refused, and so is overwriting a file
    that was edited.

    Raises CvError, PostingError, WishError, TemplateError or OutputError; then nothing has been
    written.
    """
    resume = decide(cv, job_path, settings)
    if not force:
        _check_answers(resume)
    from tailor.document.output import write_files  # noqa: PLC0415
    from tailor.document.resume import (  # noqa: PLC0415
        changes_since,
        resume_docx,
        resume_path,
        same_text,
    )
    from tailor.selection.tailored_cv import Application  # noqa: PLC0415

    path = resume_path(resume, Path(out))
    document = resume_docx(resume)
    files = {path: document}
    application = Application(resume, path, same_text=same_text(path, document))
    if verify_pages or pdf:
        from tailor.document import pdf as step  # noqa: PLC0415

        if verify_pages:
            verified = step.verify_pages(resume, document, path.parent)
            application = replace(application, verified=verified)
        if pdf:
            application = replace(application, pdf=path.with_suffix(".pdf"))
            files[path.with_suffix(".pdf")] = step.make_pdf(resume, document, path.parent)
    if diff:
        application = replace(application, changes=changes_since(path, document))
    if report:
        from tailor.report.html import html_report  # noqa: PLC0415

        application = replace(application, report=path.with_suffix(".html"))
        files[path.with_suffix(".html")] = html_report(resume)
    write_files(files, force)
    return application


def decide(
    cv: str | Path | Cv, job_path: str | Path, settings: Settings = NO_SETTINGS
) -> TailoredCv:
    """Read a CV and a posting and choose the lines, without writing. Arguments as for `tailor`."""
    from tailor.reading.kept import read_settings  # noqa: PLC0415
    from tailor.selection.wishes import with_headline  # noqa: PLC0415

    beside = read_settings(job_path)
    if not isinstance(cv, Cv):
        cv = _read_named_cv(cv, job_path)
    wishes = find_wishes(cv, pins=beside.pins, drops=beside.drops)
    wishes = find_wishes(cv, pins=settings.pins, drops=settings.drops, before=wishes)
    wanted = settings.over(beside)
    if wanted.headline:
        cv = with_headline(cv, wanted.headline)
    return select_as_set(match(cv, read_posting(job_path)), wanted, wishes)


# The steps. Each imports its own room when it is called, so that importing tailor is cheap.


def read_cv(path: str | Path) -> Cv:
    """Read a master CV. Raises CvError if it cannot be read or holds nothing of a CV."""
    if Path(path).suffix.lower() in {".docx", ".pdf"}:
        from tailor.reading.sandbox import expect  # noqa: PLC0415

        expect(path)
    from tailor.reading.reader import read_cv as step  # noqa: PLC0415

    return step(path)


def read_posting(path: str | Path) -> Posting:
    """Read a posting; ``-`` is standard input. Raises PostingError if it cannot be read."""
    from tailor.reading.reader import read_posting as step  # noqa: PLC0415

    return step(path)


def find_requirements(posting: Posting) -> tuple[Requirement, ...]:
    """Return what a posting asks for, in its order; empty if it asks for nothing."""
    from tailor.matching.requirements import find_requirements as step  # noqa: PLC0415

    return step(posting)


def find_wishes(
    cv: Cv, *, pins: Sequence[str] = (), drops: Sequence[str] = (), before: Wishes | None = None
) -> Wishes:
    """Return which lines to keep and which to leave out: `before`, overruled by `pins` and `drops`.

    Without `before`, the marks in the CV count. Raises WishError for a name that fits no line or
    more than one, for a line that is both pinned and dropped, and for a position or degree that is
    dropped.
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
    """Choose what goes on at most `pages` pages, 1 to 9; without a number, on at most 2.

    `look` is classic, modern or formal, and `dense` fits more on a page; `template` is a Word file
    whose styles are used in place of a look. `keep_headings` prints the CV's own headings,
    `plain_hyphens` writes periods with "-". `fill` fills the pages with the next best lines;
    `keep_order` leaves skills and sections in the CV's order. `wishes` come from `find_wishes`;
    without them the marks in the CV count.

    Raises CvError if the positions alone do not fit, WishError if they do but not with what is
    pinned, and TemplateError.
    """
    from tailor.layout.typography import LOOKS, Design, paper_of  # noqa: PLC0415
    from tailor.selection.select import select as step  # noqa: PLC0415

    if template:
        from tailor.document.own_template import read_template  # noqa: PLC0415

        design = read_template(template)
    else:
        design = Design.of(paper_of(match.cv), LOOKS[look], dense=dense)
    design = replace(design, keep_headings=keep_headings, plain_hyphens=plain_hyphens)
    wishes = find_wishes(match.cv) if wishes is None else wishes
    wishes = replace(wishes, keep_order=keep_order)
    return step(match, pages=pages, fill=fill, design=design, wishes=wishes)


def select_as_set(match: Match, settings: Settings, wishes: Wishes) -> TailoredCv:
    """Choose as `select` does; `settings` have all that is wanted but pins and drops."""
    return select(
        match,
        pages=settings.pages,
        look=settings.look or DEFAULT_LOOK,
        template=settings.template,
        keep_headings=settings.keep_headings,
        plain_hyphens=settings.plain_hyphens,
        fill=settings.fill,
        dense=settings.dense,
        keep_order=settings.keep_order,
        wishes=wishes,
    )


def write_docx(resume: TailoredCv, out: str | Path = ".", *, force: bool = False) -> Path:
    """Write the tailored CV as a Word file and return its path.

    `out` is a folder, or a path that ends in ``.docx``. A file that tailor wrote and nobody edited
    is replaced; any other only with `force`. Raises OutputError; then nothing has been written.
    """
    from tailor.document.resume import write_resume  # noqa: PLC0415

    return write_resume(resume, Path(out), force=force)


def score_bullets(posting_text: str, bullets: Sequence[str]) -> NDArray[np.float64]:
    """Return a score per line, shape ``(len(bullets),)``; higher answers the posting better."""
    from tailor.matching.match import score_texts  # noqa: PLC0415
    from tailor.reading.posting.text import parse_posting  # noqa: PLC0415

    return score_texts(parse_posting(posting_text), bullets)


# What stops an application before anything is written.


def _read_named_cv(path: str | Path, job_path: str | Path) -> Cv:
    """Read the CV; where that fails because CV and posting were swapped, say so."""
    try:
        return read_cv(path)
    except CvError:
        try:
            is_swapped = bool(find_requirements(read_posting(path)) and read_cv(job_path).entries)
        except TailorError:
            is_swapped = False
        if is_swapped:
            raise CvError(
                f"{path}: reads as a posting, and {job_path} as a CV; swap the two"
            ) from None
        raise


def _check_answers(resume: TailoredCv) -> None:
    """Raise PostingError for a posting that is the CV itself, or of which the CV has nothing."""
    from tailor.matching.ask import Status  # noqa: PLC0415

    posting, name = resume.match.posting, resume.match.cv.name.casefold()
    if name and any(line.text.casefold().startswith(name) for line in posting.lines[:2]):
        raise PostingError(
            f"{posting.source}: begins with your name; is it your CV? --job takes the posting "
            "(--force writes the file anyway)"
        )
    asks = resume.match.asks
    near = {Status.STATED, Status.ALIAS, Status.RELATED}
    if len(asks) > 1 and not any(ask.status in near for ask in asks):
        raise PostingError(
            f"{resume.match.posting.source}: your CV has none of the {len(asks)} things this asks "
            "for; is it a job posting, and the right one? (--force writes the file anyway)"
        )
