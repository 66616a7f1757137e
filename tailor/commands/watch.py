"""`tailor watch`: tailor each posting in a folder as soon as it is saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tailor.commands import options, terminal
from tailor.values.cleaning import clean_text
from tailor.values.cv import Cv


def watch_command(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            readable=False,  # left to the watching, for the exit code
            help="The folder where you save postings; subfolders are ignored.",
            show_default=False,
        ),
    ],
    cv: options.CvPath = None,
    sample: options.Sample = False,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", readable=False, help="A folder; each posting gets one in it."),
    ] = Path("applications"),
    pages: options.Pages = None,
    fill: options.Fill = False,
    look: options.Look = None,
    dense: options.Dense = False,
    template: options.Template = None,
    keep_headings: options.KeepHeadings = False,
    ascii_dates: options.AsciiDates = False,
    keep_order: options.KeepOrder = False,
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="Write a web page for each.")
    ] = True,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite files that you edited or that are not tailor's."),
    ] = False,
) -> None:
    """Tailor each posting in a folder as soon as you save it. Ctrl-C stops it.

    It begins with the postings that are there. A posting is done again when you save it, its
    settings file or your CV. The path of each Word file goes to standard output, everything else
    to standard error. If a posting cannot be used, the reason is printed and watching goes on.

    Exit codes: 0 stopped by Ctrl-C, 2 wrong usage, 3 CV unreadable, 4 no such folder, 1 a bug.
    """
    settings = options.settings(context)
    if out.resolve() == folder.resolve():
        raise typer.BadParameter("must not be the folder that is watched", param_hint="'--out'")
    from tailor import pipeline  # noqa: PLC0415 - --help does without
    from tailor.batch.watch import watch  # noqa: PLC0415
    from tailor.matching.answered import count_answered, in_words  # noqa: PLC0415
    from tailor.selection.tailored_cv import Application  # noqa: PLC0415

    def make(person: Cv, posting: Path, place: Path) -> Application:
        place.mkdir(parents=True, exist_ok=True)
        return pipeline.tailor(
            person, posting, place, settings=settings, report=report, force=force
        )

    console = terminal.console()
    with terminal.handled_errors(console):
        try:
            for seen in watch(folder, options.chosen_cv(cv, sample=sample), out, make):
                if seen.error:
                    terminal.print_error(console, seen.error)
                if not seen.application:
                    continue
                answered = in_words(count_answered(seen.application.resume.match))
                told = f"{seen.path.name}: answered {answered} ({seen.seconds:.2f} s)"
                console.print(clean_text(told), markup=False, soft_wrap=True)
                terminal.print_path(seen.application.path)
                sys.stdout.flush()
        except KeyboardInterrupt:
            return
