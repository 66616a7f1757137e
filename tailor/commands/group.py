"""The program as a whole: its help on one screen, and what a word that is no command means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    import typer

_INTRODUCTION = """\
Usage: tailor --job POSTING [OPTIONS]
       tailor COMMAND [OPTIONS]

Chooses the lines of your CV that a job posting asks for, and writes them as a
Word file. Works offline. Every line of the file is a line of your CV.

"""
# Each with an example, in the order in which one needs them.
_COMMANDS = {
    "import": ("Read any CV, keep it to edit", "tailor import my_cv.docx --default"),
    "explain": ("Why each line is chosen or not", "tailor explain --job posting.txt"),
    "batch": ("Many postings at once", "tailor batch postings/"),
    "check": ("What programs read in a resume", "tailor check resume.docx"),
    "watch": ("Each posting as you save it", "tailor watch postings/"),
    "serve": ("Choose yourself, in a page", "tailor serve"),
    "mcp": ("The same as tools for programs", "tailor mcp"),
    "which": ("Whose file it is that you sent", "tailor which resume.docx"),
}
_EXIT_CODES = """
Exit codes: 0 done, 2 wrong usage, 3 no CV or unreadable, 4 not a posting,
5 cannot be written, or not laid out on the wanted pages, 1 a bug.
"""
_FIRST_STEPS = """\
tailor chooses the lines of your CV that a job asks for, and writes a Word file.
  tailor import my_cv.docx --default   reads your CV once; look at what it says
  tailor --job posting.txt             writes the Word file for one job
  tailor batch postings/               does so for a folder of postings
  tailor --help                        lists all commands and options"""


class TailorGroup(TyperGroup):
    """The commands of `tailor`; a file in the place of one is answered by what was meant."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Return what is left of `args`; where there are none, say what to do first."""
        if not args:
            print(_FIRST_STEPS)  # noqa: T201 - what was asked for
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201 - as the library's
        """Return the command that `args` begin with; refuse what looks like a posting or a CV."""
        name = args[0]
        if name not in self.commands:
            if "." in name or "/" in name or Path(name).exists():
                ctx.fail(f'"{name}" is no command; did you mean: tailor --job {name}')
            ctx.fail(f'no command "{name}"; there are {", ".join(_COMMANDS)} (tailor --help)')
        return super().resolve_command(ctx, args)

    def format_help(self, ctx, formatter) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - as the library's
        """Write the help: commands first, an example each, then the options of `tailor --job`."""
        formatter.write(_INTRODUCTION)
        with formatter.section("Commands (tailor COMMAND --help says more)"):
            for name, (what, example) in _COMMANDS.items():
                formatter.write(f"  {name:<8} {what:<31} {example}\n")
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record], col_max=22)
        formatter.write(_EXIT_CODES)
