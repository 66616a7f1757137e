"""`tailor explain`: why each line would be chosen or left out, without writing a file."""

from __future__ import annotations

from typing import Annotated

import typer

from tailor.commands import options, terminal


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
        bool,
        typer.Option("--asks", help="Show the posting as it was understood; needs no CV."),
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

    console = terminal.console()
    if asks:
        with terminal.handled_errors(console, options.limits(limit)):
            _show_asks(posting, as_json=as_json)
        return
    with terminal.handled_errors(console, options.limits(limit)):
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
    from tailor.report.understood import print_understood, understood_data  # noqa: PLC0415

    posting = pipeline.read_posting(path)
    if as_json:
        terminal.print_data(understood_data(posting))
    else:
        print_understood(terminal.console(stderr=False), posting)
