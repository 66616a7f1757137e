"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tailor.values.errors import LimitError
from tailor.values.limits import Limits
from tailor.values.limits import parse as parse_limits
from tailor.values.settings import MOST_PAGES, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from tailor.values.cv import Cv


class LookName(StrEnum):
    """The looks of the page."""

    CLASSIC = "classic"
    MODERN = "modern"
    FORMAL = "formal"


Job = Annotated[
    str | None,
    typer.Option(
        "--job",
        "-j",
        help="The posting: text, Markdown, a saved web page, Word or PDF; - is standard input.",
    ),
]
CvPath = Annotated[
    Path | None,
    typer.Option(
        "--cv",
        readable=False,  # left to the reader of CVs, for the exit code of a CV
        help="Your master CV: Markdown, text, Word, PDF, JSON Resume, RenderCV or a LinkedIn "
        "export. Without it: $TAILOR_CV, ./master_cv.md (or another ending), the one kept by "
        "[bold]tailor import --default[/bold], else the sample.",
    ),
]
Pages = Annotated[
    int | None,
    typer.Option(
        "--pages",
        "-p",
        min=1,
        max=MOST_PAGES,
        help="The most pages; by default 2. Fewer are used where no more is worth printing.",
    ),
]
Fill = Annotated[
    bool,
    typer.Option("--fill", help="Fill the pages with what is next best, though it answers little."),
]
Dense = Annotated[
    bool, typer.Option("--dense", help="Less space between lines, for a long career on few pages.")
]
KeepOrder = Annotated[
    bool,
    typer.Option("--keep-order", help="Leave skills in your CV's order, not what is asked first."),
]
Look = Annotated[
    LookName | None,
    typer.Option("--look", help="How the page looks.", show_default=LookName.CLASSIC.value),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        readable=False,  # left to its reader, for the message
        help="A Word file of your own whose styles, margins and paper are used instead.",
    ),
]
KeepHeadings = Annotated[
    bool, typer.Option("--keep-headings", help="Print your CV's headings, not the usual ones.")
]
AsciiDates = Annotated[
    bool, typer.Option("--ascii-dates", help="Write periods with a hyphen, not a dash.")
]
Pin = Annotated[
    list[str] | None,
    typer.Option("--pin", help="Keep this line: its id or its first words. May be repeated."),
]
Drop = Annotated[
    list[str] | None,
    typer.Option("--drop", help="Leave this line out: its id or its first words. May be repeated."),
]
Headline = Annotated[
    str, typer.Option("--headline", help="Your headline for this job: a title from your CV.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="Change a limit of the readers, as in pdf-pages=200 or file=50MB. May be repeated; "
        "docs/security.md lists them.",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print all decisions as JSON on standard output.")
]


def settings(
    pin: list[str] | None,
    drop: list[str] | None,
    pages: int | None,
    look: LookName | None,
    headline: str = "",
    *,
    fill: bool,
    dense: bool,
    keep_order: bool,
) -> Settings:
    """Return the settings of one application as the command line gives them."""
    pins, drops = tuple(pin or ()), tuple(drop or ())
    return Settings(pins, drops, pages, look or "", headline, fill, dense, keep_order)


def limits(given: list[str] | None) -> Limits:
    """Return the limits of the readers, with those that `--limit` changes."""
    try:
        return parse_limits(given or ())
    except LimitError as error:
        raise typer.BadParameter(str(error), param_hint="'--limit'") from None


def checked_job(job: str | None) -> str:
    """Return the posting's path; raise BadParameter if none was given."""
    if job is None:
        hint = "'--job' / '-j'"
        raise typer.BadParameter("name the posting to tailor your CV to", param_hint=hint)
    return job


def check_look(look: LookName | None, template: Path | None) -> None:
    """Raise BadParameter for a look beside a template, which has a look of its own."""
    if look and template:
        raise typer.BadParameter("has its own look", param_hint="'--template' with '--look'")


def read_chosen_cv(cv: Path | None, console: Console) -> Cv:
    """Read the CV to use, and say in a line if some of it may be read wrongly. Raises CvError."""
    from tailor import pipeline  # noqa: PLC0415 - --help and --version do without

    path = chosen_cv(cv, console)
    found = pipeline.read_cv(path)
    if found.doubts:
        places = "1 place" if len(found.doubts) == 1 else f"{len(found.doubts)} places"
        first = found.doubts[0]
        console.print(
            f"{places} of the CV may be read wrongly (line {first.line}: {first.message}); "
            f"look at what tailor import {path.name} writes",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )
    return found


def chosen_cv(cv: Path | None, console: Console) -> Path:
    """Return the path of the CV to use; print a warning if it is only the sample."""
    from tailor import pipeline  # noqa: PLC0415 - --help and --version do without

    path, is_sample = (cv, False) if cv else pipeline.find_cv()
    if is_sample:
        console.print(
            "No CV of yours found: this is the sample CV of an invented person. "
            "Name yours with --cv.",
            style="yellow",
        )
    return path
