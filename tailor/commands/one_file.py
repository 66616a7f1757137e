"""`tailor import` and `tailor check`: what is read in one file, a CV or a résumé."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tailor.commands import options, terminal


def import_command(
    source: Annotated[
        Path,
        typer.Argument(
            readable=False,  # left to the reader of CVs, for the exit code of a CV
            help="A CV: Word, PDF, JSON Resume, RenderCV, a LinkedIn export, Markdown, text.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            readable=False,  # only written to
            help="The file to write; otherwise master_cv.md in this folder, or .json and so on.",
        ),
    ] = None,
    to: Annotated[
        Literal["md", "json", "yaml", "docx"],
        typer.Option(
            "--to",
            help="md to edit, json or yaml for JSON Resume, or docx for the whole CV in Word.",
        ),
    ] = "md",
    default: Annotated[
        bool,
        typer.Option("--default", help="Keep it as the CV that tailor --job uses from now on."),
    ] = False,
    limit: options.Limit = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file with other content.")
    ] = False,
) -> None:
    """Turn any CV into a master CV that you can edit by hand.

    Shows what was found and what to check. Lines that could not be placed go into a
    section "Unplaced", so nothing is lost.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 5 output not writable, 1 a bug.
    """
    from tailor import pipeline  # noqa: PLC0415 - --help does without
    from tailor.exporting import save_cv  # noqa: PLC0415
    from tailor.reading.kept import CV_STEM, default_cv_path  # noqa: PLC0415

    console = terminal.console()
    with terminal.handled_errors(console, options.limits(limit)):
        cv = pipeline.read_cv(source)
        if out is None and not default:
            out = Path(f"{CV_STEM}.{to}")
        written = [save_cv(cv, out, to, force=force)] if out else []
        if default:
            written.append(save_cv(cv, default_cv_path(), force=force))
    from tailor.report.check import imported_data, print_imported  # noqa: PLC0415

    if as_json:
        terminal.print_data(imported_data(cv, [str(path) for path in written]))
        return
    is_found = default or out == Path(f"{CV_STEM}.md")
    command = "tailor --job posting.txt" + ("" if is_found else f" --cv {options.quoted(out)}")
    text = written[0].read_text(encoding="utf-8") if written and to == "md" else ""
    print_imported(console, cv, command if to == "md" else "", text)
    for path in written:
        terminal.print_path(path)


# `tailor check`: what programs read in a résumé, and where its lines come from.

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
