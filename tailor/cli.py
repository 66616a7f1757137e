"""The command line: its commands, its help on one screen, what answers an unknown one.

`tailor --job` is the program's own; the other commands stand in `commands/`.
"""

from __future__ import annotations

import gc
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tailor.commands.tailor import tailor_command
from tailor.commands.terminal import output_failed, prepare_output, print_bug
from tailor.values.errors import OutputError

_INTRODUCTION = """\
Usage: tailor --job POSTING [OPTIONS]
       tailor COMMAND [OPTIONS]

Finds the lines of your CV that answer a job posting and writes them as a Word
file. Works offline. Every line of the file is a line of your CV.
"""
# Each with its module and an example, in the order in which one needs them.
_COMMANDS = {
    "import": ("one_file", "Turn your CV into a text file", "tailor import my_cv.docx --default"),
    "explain": ("tailor", "Why each line is kept or not", "tailor explain --job posting.txt"),
    "batch": ("batch", "Many postings at once", "tailor batch postings/"),
    "check": ("one_file", "What ATS programs read in a CV", "tailor check resume.docx"),
    "watch": ("batch", "Each posting as you save it", "tailor watch postings/"),
    "serve": ("serve", "Choose lines in your browser", "tailor serve"),
    "mcp": ("serve", "Tools for programs (MCP)", "tailor mcp"),
    "which": ("serve", "Which job a file was sent for", "tailor which resume.docx"),
}
_EXIT_CODES = """
Exit codes: 0 done, 2 wrong usage, 3 CV missing or unreadable, 4 not a posting,
5 cannot be written or does not fit on the pages, 1 a bug.
"""
_FIRST_STEPS = """\
tailor finds the lines of your CV that answer a job and writes a Word file.
  tailor import my_cv.docx --default   once: reads your CV; check what it says
  tailor --job posting.txt             writes the Word file for one job
  tailor batch postings/               the same for a folder of postings
  tailor --help                        all commands and options"""


_MACHINE = re.compile(r"Value error, |^Input should be |, unable to parse string as an integer")
# The library does not name its own error of usage.
_USAGE: type[Exception] = typer.BadParameter.__mro__[1]


def _in_plain_words(error: Exception) -> Exception:
    """Return an error of usage without the words of the library that found it.

    A posting that stands without `--job` is answered with the command that was meant.
    """
    said, ctx = str(getattr(error, "message", "")), getattr(error, "ctx", None)
    words = _MACHINE.sub("", said)
    if said.startswith("Input should be"):
        words = f"this has to be {words}"
    extra = re.match(r"Got unexpected extra argument(?:s|\(s\))? \(([^ )]+)\)", said)
    if extra and ctx and any(param.name == "job" for param in ctx.command.params):
        words = f"did you mean: tailor {ctx.info_name} --job {extra[1]}"
    object.__setattr__(error, "message", words)
    return error


class TailorGroup(TyperGroup):
    """The commands of `tailor`; whoever types a file name instead is told what to type.

    A command's module is imported when the command is asked for: none pays for the others.
    """

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as the library's
        """Return the command of a name, None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"tailor.commands.{_COMMANDS[cmd_name][0]}")
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name)(getattr(module, f"{cmd_name}_command"))
        return get_command(app)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the command; an error of usage is told in plain words."""
        try:
            return super().invoke(ctx)
        except _USAGE as error:
            raise _in_plain_words(error) from None

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Return what is left of `args`; without any, say what to do first."""
        if not args:
            print(_FIRST_STEPS)  # noqa: T201 - what was asked for
            ctx.exit()
        try:
            return super().parse_args(ctx, args)
        except _USAGE as error:
            raise _in_plain_words(error) from None

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201 - as the library's
        """Return the command that `args` begin with; refuse what looks like a posting or a CV."""
        name = args[0]
        if name not in _COMMANDS:
            if "." in name or "/" in name or Path(name).exists():
                ctx.fail(f'"{name}" is not a command; did you mean: tailor --job {name}')
            ctx.fail(f'there is no command "{name}"; the commands are {", ".join(_COMMANDS)}')
        return super().resolve_command(ctx, args)

    def format_help(self, ctx, formatter) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - as the library's
        """Write the help: commands first, an example each, then the options of `tailor --job`."""
        formatter.write(_INTRODUCTION)
        with formatter.section("Commands (tailor COMMAND --help says more)"):
            for name, (_, what, example) in _COMMANDS.items():
                formatter.write(f"  {name:<8} {what:<31} {example}\n")
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record], col_max=22)
        formatter.write(_EXIT_CODES)


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
