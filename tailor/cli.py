"""The command line: which commands there are. Each stands in `commands/`."""

from __future__ import annotations

import gc
import sys

import typer

from tailor.commands.batch import batch_command
from tailor.commands.check import check_command
from tailor.commands.explain import explain_command
from tailor.commands.group import TailorGroup
from tailor.commands.import_cv import import_command
from tailor.commands.serve import mcp_command, serve_command, which_command
from tailor.commands.tailor import tailor_command
from tailor.commands.terminal import output_failed, prepare_output, print_bug
from tailor.commands.watch import watch_command
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
app.command("batch")(batch_command)
app.command("check")(check_command)
app.command("explain")(explain_command)
app.command("import")(import_command)
app.command("mcp")(mcp_command)
app.command("serve")(serve_command)
app.command("watch")(watch_command)
app.command("which")(which_command)


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
