"""The command line: parse, call, print, exit code. No logic here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tailor import __version__
from tailor.cleaning import clean_text
from tailor.errors import TailorError

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    app()


class LookName(StrEnum):
    """The looks of the page."""

    CLASSIC = "classic"
    MODERN = "modern"
    COMPACT = "compact"


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"tailor {__version__}")  # noqa: T201 - what was asked for
        raise typer.Exit


@app.callback()
def tailor_command(
    context: typer.Context,
    job: Annotated[
        str | None,
        typer.Option(
            "--job",
            "-j",
            help="The posting: text, Markdown, a saved web page, Word or PDF; - is standard input.",
        ),
    ] = None,
    cv: Annotated[
        Path | None,
        typer.Option(
            "--cv",
            readable=False,  # left to the reader of CVs, for the exit code of a CV
            help="Your master CV: Markdown, text, Word, PDF, JSON Resume, RenderCV or a LinkedIn "
            "export. Without it: $TAILOR_CV, ./master_cv.md (or another ending), the one kept by "
            "[bold]tailor import --default[/bold], else the sample.",
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            readable=False,  # only written to
            help="Folder for the file, or a name that ends in .docx.",
        ),
    ] = Path(),
    pages: Annotated[
        int | None,
        typer.Option(
            "--pages",
            "-p",
            min=1,
            max=9,
            help="So many, filled; else 1 or 2, as the lines ask for.",
        ),
    ] = None,
    look: Annotated[
        LookName | None,
        typer.Option("--look", help="How the page looks.", show_default=LookName.CLASSIC.value),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            readable=False,  # left to its reader, for the message
            help="A Word file of yours whose styles, margins and paper are taken instead.",
        ),
    ] = None,
    keep_headings: Annotated[
        bool, typer.Option("--keep-headings", help="Print your CV's headings, not the usual ones.")
    ] = False,
    ascii_dates: Annotated[
        bool, typer.Option("--ascii-dates", help="Write periods with a hyphen, not a dash.")
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Write a PDF beside it, by LibreOffice.")
    ] = False,
    verify_pages: Annotated[
        bool,
        typer.Option(
            "--verify-pages", help="Have LibreOffice count the pages; write no more than wanted."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all decisions as JSON on standard output.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that was edited or is not tailor's.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - handled by its callback
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
            raise typer.BadParameter(f"does not go with {command}", param_hint="'--job', '--cv'")
        return
    if job is None:
        hint = "'--job' / '-j'"
        raise typer.BadParameter("name the posting to tailor your CV to", param_hint=hint)
    if look and template:
        raise typer.BadParameter("has its own look", param_hint="'--template' with '--look'")
    from tailor import pipeline  # noqa: PLC0415 - --help and --version do without

    console = _console()
    with _told_errors(console):
        cv_path, is_sample = (cv, False) if cv else pipeline.find_cv()
        if is_sample:
            console.print(
                "No CV of yours found: this is the sample CV of an invented person. "
                "Name yours with --cv.",
                style="yellow",
            )
        application = pipeline.tailor(
            cv_path,
            job,
            out,
            pages=pages,
            look=(look or LookName.CLASSIC).value,
            template=template,
            keep_headings=keep_headings,
            plain_hyphens=ascii_dates,
            pdf=pdf,
            verify_pages=verify_pages,
            force=force,
        )
    from tailor.report.machine import as_data  # noqa: PLC0415
    from tailor.report.terminal import print_report  # noqa: PLC0415

    if as_json:
        beside = str(application.pdf) if application.pdf else None
        verified = application.verified
        _print_data(as_data(application.resume, str(application.path), beside, verified))
        return
    print_report(console, application.resume, application.verified)
    _print_path(application.path)
    if application.pdf:
        _print_path(application.pdf)


class Form(StrEnum):
    """The forms in which a whole CV is written."""

    MD = "md"
    JSON = "json"
    YAML = "yaml"
    DOCX = "docx"


@app.command("import")
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
            help="The file to write; else master_cv.md here, or the ending of the form.",
        ),
    ] = None,
    to: Annotated[
        Form,
        typer.Option(
            "--to", help="Markdown to edit, JSON Resume as json or yaml, or the whole CV as docx."
        ),
    ] = Form.MD,
    default: Annotated[
        bool,
        typer.Option(
            "--default", help="Keep it as the CV that [bold]tailor --job[/bold] uses from now on."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as JSON on standard output.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that holds something else.")
    ] = False,
) -> None:
    """Turn any CV into a master CV that you can edit by hand.

    Says what was found in it. Lines that could not be placed go into a section
    "Unplaced", so that nothing is lost.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 5 output not writable, 1 a bug.
    """
    from tailor import pipeline  # noqa: PLC0415

    console = _console()
    with _told_errors(console):
        cv = pipeline.read_cv(source)
        if out is None and not default:
            out = Path(f"{pipeline.CV_STEM}.{to.value}")
        written = [pipeline.save_cv(cv, out, to.value, force=force)] if out else []
        if default:
            written.append(pipeline.save_cv(cv, pipeline.default_cv_path(), force=force))
    from tailor.report.imported import imported_data, print_imported  # noqa: PLC0415

    if as_json:
        _print_data(imported_data(cv, [str(path) for path in written]))
        return
    print_imported(console, cv)
    for path in written:
        _print_path(path)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 - --help and --version do without

    return Console(stderr=True, highlight=False)


@contextmanager
def _told_errors(console: Console) -> Iterator[None]:
    """End with an error's message and exit code where one is raised."""
    try:
        yield
    except TailorError as error:
        # One line whatever the file is called, and no control code of its name.
        message = clean_text(f"tailor: {error}")
        console.print(message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(error.exit_code) from None


def _print_data(data: object) -> None:
    # ASCII, so that no encoding of the terminal or of a pipe can fail.
    sys.stdout.write(json.dumps(data, indent=2) + "\n")


def _print_path(path: Path) -> None:
    # The path's own bytes, for the same reason.
    sys.stdout.buffer.write(os.fsencode(f"{path}\n"))
