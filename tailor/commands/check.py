"""`tailor check`: what programs read in a résumé, and where its lines come from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tailor.commands import options, terminal

NOT_PASSED = 6


def check_command(
    resume: Annotated[
        Path,
        typer.Argument(
            readable=False,  # left to the reader of CVs, for the exit code of a CV
            help="The résumé: Word, PDF, or any other format of a CV.",
        ),
    ],
    job: options.Job = None,
    cv: Annotated[
        Path | None,
        typer.Option(
            "--cv",
            readable=False,
            help="Your master CV: show which lines of the résumé are not from it.",
        ),
    ] = None,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit with code 6 if there is a fault, or a line that is not from your CV.",
        ),
    ] = False,
) -> None:
    """Show what applicant-tracking systems read in a résumé, and which of their rules it breaks.

    It need not be made by tailor. Nothing is changed.

    Exit codes: 0 done, 2 wrong usage, 3 résumé or CV unreadable, 4 posting
    unreadable or without requirements, 6 not passed, with --strict, 1 a bug.
    """
    from tailor import pipeline  # noqa: PLC0415 - --help does without
    from tailor.checking.check import check  # noqa: PLC0415

    with terminal.handled_errors(terminal.console(), options.limits(limit)):
        posting = pipeline.read_posting(options.checked_job(job)) if job else None
        checked = check(resume, posting, pipeline.read_cv(cv) if cv else None)
    from tailor.report.check import not_passed, print_checked  # noqa: PLC0415
    from tailor.report.data import checked_data  # noqa: PLC0415

    if as_json:
        terminal.print_data(checked_data(checked))
    else:
        print_checked(terminal.console(stderr=False), checked)
    if strict and not checked.passed:
        terminal.console().print(not_passed(checked), style="red", highlight=False)
        raise typer.Exit(NOT_PASSED)
