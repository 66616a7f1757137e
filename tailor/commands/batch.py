"""`tailor batch` and `tailor watch`: many postings, or many CVs."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tailor.commands import options, terminal
from tailor.values.cleaning import clean_text
from tailor.values.cv import Cv
from tailor.values.settings import Engine, EngineName

_SOME_FAILED = 7
_A_BUG = 1
_SIGNAL = 128  # and its number, as shells have it
_INTERRUPTED = 130


def batch_command(
    context: typer.Context,
    postings: Annotated[
        list[str],
        typer.Argument(
            metavar="POSTINGS",
            help="Files, folders, patterns, tables (.csv, .jsonl, .jsonl.gz, .parquet), zip files, "
            "addresses; - reads JSON lines from standard input.",
            show_default=False,
        ),
    ],
    cv: options.CvPath = None,
    sample: options.Sample = False,
    cvs: Annotated[
        list[str] | None,
        typer.Option(
            "--cvs", metavar="FOLDER", help="A folder of CVs; each is used for every posting."
        ),
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option("--pairs", metavar="TABLE", help="A CSV table of pairs: columns cv, posting."),
    ] = None,
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="PLACE", help="A folder, or an address such as s3://bucket/name."
        ),
    ] = "applications",
    state: Annotated[
        Path | None,
        typer.Option(
            "--state",
            metavar="FOLDER",
            readable=False,  # only written to
            help="Where --out is an address: the folder for the index and for what is done.",
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", metavar="N", min=0, help="Write documents only for the best N."),
    ] = None,
    index_only: Annotated[
        bool, typer.Option("--index-only", help="Write the index and no documents.")
    ] = False,
    repeats: Annotated[
        bool, typer.Option("--all", help="Write documents for postings that repeat another, too.")
    ] = False,
    report: options.Report = True,
    pages: options.Pages = None,
    fill: options.Fill = False,
    look: options.Look = None,
    dense: options.Dense = False,
    template: options.Template = None,
    keep_headings: options.KeepHeadings = False,
    ascii_dates: options.AsciiDates = False,
    keep_order: options.KeepOrder = False,
    text_column: Annotated[
        str | None,
        typer.Option("--text-column", metavar="NAME", help="The table column that holds the text."),
    ] = None,
    engine: Annotated[
        EngineName,
        typer.Option("--engine", help="All cores of this machine, one of them, or a Dask cluster."),
    ] = EngineName.LOKY,
    jobs: Annotated[
        int,
        typer.Option("--jobs", metavar="N", min=0, help="How many workers; 0: one for each core."),
    ] = 0,
    scheduler: Annotated[
        str,
        typer.Option("--scheduler", metavar="ADDRESS", help="The Dask scheduler: tcp://host:port."),
    ] = "",
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", metavar="SECONDS", min=0, help="Seconds for one posting; 0: no limit."
        ),
    ] = 60.0,
    memory: Annotated[
        int,
        typer.Option(
            "--memory", metavar="MB", min=0, help="Megabytes for one worker; 0: no limit."
        ),
    ] = 0,
    limit: options.Limit = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    force: options.Force = False,
) -> None:
    """Tailor a CV to many postings, and list them, the best answered first.

    The path of the index goes to standard output. A second run does only what is new or
    changed, so a run that was stopped continues where it ended.

    Exit codes: 0 done, 2 wrong usage, 3 CV unreadable, 4 no posting found, 5 output cannot be
    written or the cluster was lost, 7 done, but some postings failed (the index says why),
    1 a bug, 130 stopped by Ctrl-C, 143 by SIGTERM, 129 since the terminal was closed.
    """
    settings = options.settings(context)
    if cv and cvs:
        raise typer.BadParameter("use one or the other", param_hint="'--cvs' with '--cv'")
    from tailor.batch import progress  # noqa: PLC0415
    from tailor.batch.run import Batch, Stopped, run_batch  # noqa: PLC0415
    from tailor.batch.values import Choices, Status  # noqa: PLC0415

    console = terminal.console()
    choices = Choices(
        documents=not index_only,
        repeats=repeats,
        report=report,
        settings=settings,
        timeout=timeout,
        memory=memory,
        force=force,
        limits=options.limits(limit),
    )
    with terminal.handled_errors(console, choices.limits):
        people = tuple(cvs) if cvs else (str(options.chosen_cv(cv, sample=sample)),)
        workers = Engine(engine, jobs, scheduler)
        batch = Batch(
            tuple(postings), people, out, pairs, text_column, top, choices, workers, state
        )
        total = partial(progress.count_applications, postings, people, pairs, text_column)
        with terminal.stopped_once() as heard:
            try:
                with progress.shown_progress(console, total) as watch:
                    result = run_batch(batch, watch)
            except (KeyboardInterrupt, OSError) as stop:
                if isinstance(stop, OSError) and not heard:
                    raise
                with suppress(OSError):  # the terminal may be closed
                    progress.print_stopped(
                        console, stop.result if isinstance(stop, Stopped) else None
                    )
                raise typer.Exit(_SIGNAL + heard[0] if heard else _INTERRUPTED) from None
    if as_json:
        terminal.print_data(progress.batch_data(result))
    else:
        progress.print_batch(console, result)
        terminal.print_path(result.index.page)
    if result.bugs:
        raise typer.Exit(_A_BUG)
    if result.counts[Status.FAILED]:
        raise typer.Exit(_SOME_FAILED)


# `tailor watch`: tailor each posting in a folder as soon as it is saved.


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
    report: options.Report = True,
    force: options.Force = False,
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
    with terminal.handled_errors(console), suppress(KeyboardInterrupt):
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
