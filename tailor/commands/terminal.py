"""Output of every command: results on standard output, messages for people on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tailor.values.cleaning import clean_text
from tailor.values.errors import TailorError, bug_report
from tailor.values.limits import USUAL, Limits, using

if TYPE_CHECKING:
    from rich.console import Console


def console(*, stderr: bool = True) -> Console:
    """Return the console that prints messages for people."""
    from rich.console import Console  # noqa: PLC0415 - --help and --version do without

    return Console(stderr=stderr, highlight=False)


@contextmanager
def handled_errors(console: Console, limits: Limits = USUAL) -> Iterator[None]:
    """Print a TailorError raised in the block and exit with its code; readers keep to `limits`."""
    try:
        with using(limits):
            yield
    except TailorError as error:
        print_error(console, error)
        raise typer.Exit(error.exit_code) from None


def print_error(console: Console, error: TailorError) -> None:
    """Print an error on one line, without the control codes a file name may hold."""
    message = clean_text(f"tailor: {error}")
    console.print(message, style="red", markup=False, soft_wrap=True)


def print_bug(bug: Exception) -> None:
    """Print where a bug occurred, without its message, which may quote a CV."""
    sys.stderr.write(
        f"{bug_report(bug)}\ntailor: this is a bug; please report the lines above (what the error "
        "says is left out, since it may quote your CV)\n"
    )


def print_data(data: object) -> None:
    """Print data as JSON in ASCII, so that no encoding of a terminal or pipe can fail."""
    sys.stdout.write(json.dumps(data, indent=2) + "\n")


def print_text(text: str) -> None:
    """Print text for another program or form, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())


def print_path(path: Path) -> None:
    """Print a path as its own bytes; on a terminal without control codes."""
    shown = clean_text(str(path)) if sys.stdout.isatty() else str(path)
    sys.stdout.buffer.write(os.fsencode(f"{shown}\n"))
