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
    limit: options.Limit = None,
    as_json: options.AsJson = False,
) -> None:
    """Show what a posting asks for, what your CV has of it, and why each line is kept or not.

    Writes no file.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 4 posting unreadable or
    without requirements, 1 a bug.
    """
    posting = options.checked_job(job)
    settings = options.settings(context)
    from tailor import pipeline  # noqa: PLC0415 - --help does without

    console = terminal.console()
    with terminal.handled_errors(console, options.limits(limit)):
        resume = pipeline.decide(options.chosen_cv(cv, sample=sample), posting, settings)
    from tailor.report.data import as_data  # noqa: PLC0415
    from tailor.report.terminal import print_report  # noqa: PLC0415

    if as_json:
        terminal.print_data(as_data(resume))
        return
    print_report(terminal.console(stderr=False), resume, ids=ids)
