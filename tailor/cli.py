"""The command line: parse, call, print, exit code. No logic here."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tailor import __version__
from tailor.cleaning import clean_text
from tailor.errors import TailorError

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"tailor {__version__}")  # noqa: T201 - what was asked for
        raise typer.Exit


@app.command()
def tailor_command(
    job: Annotated[
        str, typer.Option("--job", "-j", help="The posting, a text file; - is standard input.")
    ],
    cv: Annotated[
        Path | None,
        typer.Option(
            "--cv",
            readable=False,  # left to the reader of CVs, for the exit code of a CV
            help="Your master CV. Without it: $TAILOR_CV, ./master_cv.md or .txt, "
            "your configuration folder, else the sample.",
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
    pages: Annotated[int, typer.Option("--pages", "-p", min=1, max=2, help="At most so many.")] = 2,
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
    without requirements, 5 output not writable, 1 a bug.
    """
    from rich.console import Console  # noqa: PLC0415 - --help and --version do without

    from tailor import pipeline  # noqa: PLC0415

    console = Console(stderr=True, highlight=False)
    try:
        cv_path, is_sample = (cv, False) if cv else pipeline.find_cv()
        if is_sample:
            console.print(
                "No CV of yours found: this is the sample CV of an invented person. "
                "Name yours with --cv.",
                style="yellow",
            )
        application = pipeline.tailor(cv_path, job, out, pages=pages, force=force)
    except TailorError as error:
        # One line whatever the file is called, and no control code of its name.
        message = clean_text(f"tailor: {error}")
        console.print(message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(error.exit_code) from None
    from tailor.report.machine import as_data  # noqa: PLC0415
    from tailor.report.terminal import print_report  # noqa: PLC0415

    if as_json:
        data = as_data(application.resume, str(application.path))
        # ASCII, so that no encoding of the terminal or of a pipe can fail.
        sys.stdout.write(json.dumps(data, indent=2) + "\n")
        return
    print_report(console, application.resume)
    # The path's own bytes, for the same reason.
    sys.stdout.buffer.write(os.fsencode(f"{application.path}\n"))
