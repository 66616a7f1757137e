"""The command line: `tailor --job`; the commands stand in `commands/` (`commands/group.py`)."""

from __future__ import annotations

import gc
import sys

import typer

from tailor.commands.group import TailorGroup
from tailor.commands.tailor import tailor_command
from tailor.commands.terminal import output_failed, prepare_output, print_bug
from tailor.values.errors import OutputError

app = typer.Typer(
    cls=TailorGroup,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 108},
    pretty_exceptions_enable=False,
)
app.callback()(tailor_command)


def main() -> None:
    """Run the command line."""
    prepare_output()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here at the latest a full device shows
    except Exception as bug:  # noqa: BLE001 - told as far as it may be told
        if output_failed(bug):
            sys.exit(OutputError.exit_code)
        print_bug(bug)
        sys.exit(1)
    finally:
        # Python would look for garbage in all that was imported as it ends, which takes as long
        # as spaCy's import.
        gc.freeze()
