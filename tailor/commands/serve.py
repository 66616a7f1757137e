"""`tailor serve`, `tailor which` and `tailor mcp`: the page, its applications, and the tools."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tailor.commands import options, terminal
from tailor.values.errors import OutputError, not_installed

Out = Annotated[
    Path, typer.Option("--out", "-o", readable=False, help="The folder of applications.")
]
_OUT = Path("applications")
_NOT_FOUND = 8


def serve_command(
    cv: options.CvPath = None,
    out: Out = _OUT,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0: any free one.")
    ] = 8765,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")
    ] = True,
    limit: options.Limit = None,
) -> None:
    """Choose the lines yourself, in a page on your own machine. Ctrl-C stops it.

    Shows what the posting asks for, the page as it will be printed, and the lines left out. Your
    choices are saved beside the posting, so tailor --job writes the same file. The address goes
    to standard output; only this machine can open it, and only with the key in it.

    Exit codes: 0 stopped by Ctrl-C, 2 wrong usage, 5 port taken or a package missing, 1 a bug.
    """
    from tailor.serving.server import serve  # noqa: PLC0415 - --help does without

    errors = terminal.handled_errors(terminal.console(), options.limits(limit))
    with errors, suppress(KeyboardInterrupt):
        tell = partial(print, flush=True)
        serve(Path.cwd(), out.resolve(), cv, port=port, tell=tell, browse=browser)


def mcp_command(cv: options.CvPath = None, out: Out = _OUT, limit: options.Limit = None) -> None:
    """Offer tools to programs that speak the Model Context Protocol, on standard input and output.

    They read the CV, explain a posting, list gaps, check a text for claims that are not in the
    CV, list applications, and write the Word file of one. No tool takes words for the resume.

    Exit codes: 0 ended, 2 wrong usage, 5 something is not installed, 1 a bug.
    """
    with terminal.handled_errors(terminal.console(), options.limits(limit)):
        try:
            from tailor.serving.tools import run  # noqa: PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise OutputError(not_installed(f"tailor mcp needs {error.name}", "mcp")) from error
        with suppress(KeyboardInterrupt):
            run(Path.cwd(), out.resolve(), cv)


def which_command(
    file: Annotated[Path, typer.Argument(readable=False, help="A résumé or a posting.")],
    out: Out = _OUT,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as JSON on standard output.")
    ] = False,
) -> None:
    """Show which application a file was sent for, and what became of it.

    The file is recognised by its bytes, whatever it is called now: tailor serve kept a copy when
    you said that you had sent it, and of a batch status.txt says what became of its folders.

    Exit codes: 0 found, 2 wrong usage, 5 the file cannot be read, 8 sent with none, 1 a bug.
    """
    from tailor.batch.own_status import told_of  # noqa: PLC0415 - --help does without
    from tailor.serving.workspace import Workspace, which  # noqa: PLC0415
    from tailor.values.cleaning import clean_text  # noqa: PLC0415

    with terminal.handled_errors(terminal.console()):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise OutputError(f"{file}: cannot be read ({error.strerror})") from error
        rows = [
            (record.folder, record.title, record.company, sent.date, record.status)
            for record, sent in which(content, Workspace(out).all())
        ]
        rows += [(place, "", "", "", word) for place, word in told_of(content, out)]
        names = ("application", "title", "company", "sent", "status")
        found = [dict(zip(names, map(str, row), strict=True)) for row in rows]
    if as_json:
        terminal.print_data(found)
    else:
        for one in found:
            job = ", ".join(filter(None, (one["title"], one["company"]))) or "of a batch"
            sent_on = f"sent {one['sent']}, " if one["sent"] else ""
            told = f"{job}: {sent_on}{one['status']} ({one['application']})"
            sys.stdout.write(f"{clean_text(told)}\n")
    if not found:
        if not as_json:
            said = f"{file}: was not sent for any application in {out}"
            terminal.console().print(clean_text(said), markup=False, soft_wrap=True)
        raise typer.Exit(_NOT_FOUND)
