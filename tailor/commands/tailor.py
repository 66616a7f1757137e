"""`tailor --job`: one posting, one Word file; `tailor explain`: why, without a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tailor import __version__
from tailor.commands import options, terminal


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"tailor {__version__}")  # noqa: T201 - what was asked for
        raise typer.Exit


@terminal.never_collected()
def tailor_command(
    context: typer.Context,
    job: options.Job = None,
    cv: options.CvPath = None,
    sample: options.Sample = False,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            readable=False,  # only written to
            metavar="PLACE",
            help="A folder, or a file name ending in .docx; otherwise here.",
            show_default=False,
        ),
    ] = Path(),
    pages: options.Pages = None,
    fill: options.Fill = False,
    look: options.Look = None,
    dense: options.Dense = False,
    template: options.Template = None,
    keep_headings: options.KeepHeadings = False,
    ascii_dates: options.AsciiDates = False,
    keep_order: options.KeepOrder = False,
    pin: options.Pin = None,
    drop: options.Drop = None,
    headline: options.Headline = "",
    txt: Annotated[
        bool, typer.Option("--txt", help="Print the page as plain text, for web forms.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write a PDF.")] = False,
    verify_pages: Annotated[
        bool, typer.Option("--verify-pages", help="Count pages with LibreOffice; refuse too many.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what changed since the previous file.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Also write a web page that explains it.")
    ] = False,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that you edited.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show version.")
    ] = False,
) -> None:
    """Choose the lines of your CV that a job posting asks for, and write them as a Word file.

    Works offline. Every line of the file is a line of your CV; nothing is invented.
    The file's path goes to standard output, the reasons to standard error.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 4 posting unreadable or
    without requirements, 5 output not writable or, by LibreOffice, not to be
    laid out on the wanted pages, 1 a bug.
    """
    if context.invoked_subcommand:
        if job or cv:
            command = context.invoked_subcommand
            raise typer.BadParameter(f"goes after {command}", param_hint="'--job', '--cv'")
        return
    posting = options.checked_job(job)
    options.check_out(out)
    settings = options.settings(context)
    from tailor import pipeline  # noqa: PLC0415 - --help and --version do without

    console = terminal.console()
    with terminal.handled_errors(console, options.limits(limit)):
        application = pipeline.tailor(
            options.chosen_cv(cv, sample=sample),
            posting,
            out,
            settings=settings,
            pdf=pdf,
            verify_pages=verify_pages,
            diff=diff,
            report=report,
            force=force,
        )
    if as_json:
        from tailor.report.data import application_data  # noqa: PLC0415

        terminal.print_data(application_data(application))
        return
    from tailor.report.terminal import print_changes, print_summary  # noqa: PLC0415

    print_summary(console, application, options.explaining(context))
    if application.changes:
        print_changes(console, application.changes)
    if txt:
        from tailor.exporting import page_text  # noqa: PLC0415

        terminal.print_text(page_text(application.resume))
        return
    for path in application.files:
        terminal.print_path(path)


# `tailor explain`: why each line would be chosen or left out, without writing a file.


@terminal.never_collected()
def explain_command(
    context: typer.Context,
    job: options.Job = None,
    cv: options.CvPath = None,
    sample: options.Sample = False,
    pages: options.Pages = None,
    fill: options.Fill = False,
    look: options.Look = None,
    dense: options.Dense = False,
    template: options.Template = None,
    keep_order: options.KeepOrder = False,
    pin: options.Pin = None,
    drop: options.Drop = None,
    headline: options.Headline = "",
    ids: Annotated[
        bool, typer.Option("--ids", help="Show the id of each line, for --pin and --drop.")
    ] = False,
    asks: Annotated[
        bool, typer.Option("--asks", help="Show the posting as it was understood; needs no CV.")
    ] = False,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
) -> None:
    """Show what a posting asks for, what your CV has of it, and why each line is kept or not.

    With --asks it shows what was made of the posting alone: the part each line belongs to, and
    each single thing it asks for. Writes no file.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 4 posting unreadable or
    without requirements, 1 a bug.
    """
    posting = options.checked_job(job)
    settings = options.settings(context)
    from tailor import pipeline  # noqa: PLC0415 - --help does without

    with terminal.handled_errors(terminal.console(), options.limits(limit)):
        if asks:
            _show_asks(posting, as_json=as_json)
            return
        resume = pipeline.decide(options.chosen_cv(cv, sample=sample), posting, settings)
    from tailor.report.data import as_data  # noqa: PLC0415
    from tailor.report.terminal import print_report  # noqa: PLC0415

    if as_json:
        terminal.print_data(as_data(resume))
        return
    print_report(terminal.console(stderr=False), resume, ids=ids)


def _show_asks(path: str, *, as_json: bool) -> None:
    """Print the posting at `path` as it was understood."""
    from tailor import pipeline  # noqa: PLC0415
    from tailor.report.data import understood_data  # noqa: PLC0415
    from tailor.report.terminal import print_understood  # noqa: PLC0415

    posting = pipeline.read_posting(path)
    if as_json:
        terminal.print_data(understood_data(posting))
    else:
        print_understood(terminal.console(stderr=False), posting)
