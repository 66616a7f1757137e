"""Options that several commands share."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Annotated, Literal

import typer

from tailor.values.errors import LimitError
from tailor.values.limits import Limits
from tailor.values.limits import parse as parse_limits
from tailor.values.settings import MOST_PAGES, Settings

Job = Annotated[
    list[str] | None,
    typer.Option(
        "--job",
        "-j",
        metavar="FILE",
        help="The posting: text, web page, Word or PDF; - reads standard input.",
    ),
]
Sample = Annotated[bool, typer.Option("--sample", help="Try it with the CV of an invented person.")]
CvPath = Annotated[
    Path | None,
    typer.Option(
        "--cv",
        readable=False,  # left to the reader of CVs, for the exit code of a CV
        metavar="FILE",
        help="Your CV; otherwise $TAILOR_CV, ./master_cv.*, or the one kept by import --default.",
    ),
]
Pages = Annotated[
    int | None,
    typer.Option(
        "--pages",
        "-p",
        metavar="N",
        min=1,
        max=MOST_PAGES,
        help="At most this many pages; otherwise 2.",
    ),
]
Fill = Annotated[bool, typer.Option("--fill", help="Fill the pages with the next best lines.")]
Dense = Annotated[bool, typer.Option("--dense", help="Smaller type and less space.")]
KeepOrder = Annotated[
    bool, typer.Option("--keep-order", help="Keep skills and sections in the order of your CV.")
]
Look = Annotated[
    Literal["classic", "modern", "formal"] | None,
    typer.Option("--look", metavar="NAME", help="classic (the default), modern or formal."),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        readable=False,  # left to its reader, for the message
        metavar="FILE",
        help="Use the styles and margins of your own Word file.",
    ),
]
KeepHeadings = Annotated[
    bool, typer.Option("--keep-headings", help="Keep the headings of your CV.")
]
AsciiDates = Annotated[
    bool, typer.Option("--ascii-dates", help="Write dates with a hyphen, not a dash.")
]
Pin = Annotated[
    list[str] | None,
    typer.Option("--pin", metavar="LINE", help="Keep this line, named by its id or first words."),
]
Drop = Annotated[
    list[str] | None,
    typer.Option("--drop", metavar="LINE", help="Leave this line out, named in the same way."),
]
Headline = Annotated[
    str,
    typer.Option(
        "--headline", metavar="TITLE", help="Use this title from your CV as the headline."
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="Change a limit on what is read, as in file=50MB (docs/security.md).",
    ),
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write a web page for each.")]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite files that you edited or that are not tailor's.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print all decisions as JSON.")]

# What makes a difference to the choice, and so is named again to explain it.
_EXPLAINED = (
    *("job", "cv", "sample", "pages", "fill", "look", "dense", "template", "keep_order"),
    *("pin", "drop", "headline"),
)


def settings(context: typer.Context) -> Settings:
    """Return what the options of a command say of an application.

    Raises BadParameter for a look beside a template, which has a look of its own.
    """
    given = context.params
    if given["look"] and given["template"]:
        raise typer.BadParameter(
            "a template has its own look", param_hint="'--template' with '--look'"
        )
    return Settings(
        tuple(given.get("pin") or ()),
        tuple(given.get("drop") or ()),
        given["pages"],
        given["look"] or "",
        given.get("headline", ""),
        given["fill"],
        given["dense"],
        given["keep_order"],
        str(given["template"] or ""),
        given.get("keep_headings", False),
        given.get("ascii_dates", False),
    )


def explaining(context: typer.Context) -> str:
    """Return the command that explains the choices of this run, ready to be typed."""
    words = ["tailor", "explain"]
    for name in _EXPLAINED:
        value, option = context.params[name], f"--{name.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif value:
            for one in value if isinstance(value, list) else [value]:
                words += [option, str(one)]
    return " ".join(map(quoted, words))


def quoted(word: object) -> str:
    """Return a word as shells take it, those of Windows too where that is possible."""
    word = str(word)
    if re.fullmatch(r"[\w./\\:@%+=,-]+", word):
        return word
    return f'"{word}"' if not re.search(r'["$`!\\]', word) else shlex.quote(word)


def limits(given: list[str] | None) -> Limits:
    """Return the limits on what is read, as `--limit` changes them."""
    try:
        return parse_limits(given or ())
    except LimitError as error:
        raise typer.BadParameter(str(error), param_hint="'--limit'") from None


def checked_job(job: list[str] | None) -> str:
    """Return the posting's path; raise BadParameter if none was given, or several."""
    hint = "'--job' / '-j'"
    if not job:
        raise typer.BadParameter("name the posting to tailor your CV to", param_hint=hint)
    if len(job) > 1:
        message = f"takes one posting; for several: tailor batch {' '.join(job)}"
        raise typer.BadParameter(message, param_hint=hint)
    return job[0]


def check_out(out: Path) -> None:
    """Raise BadParameter for a file name of another kind than Word."""
    if out.suffix.lower() in {".pdf", ".doc", ".odt", ".rtf"}:
        also = " and add --pdf for a PDF beside it" if out.suffix.lower() == ".pdf" else ""
        message = f"writes Word files; name {out.with_suffix('.docx')}{also}"
        raise typer.BadParameter(message, param_hint="'--out' / '-o'")


def chosen_cv(cv: Path | None, *, sample: bool) -> Path:
    """Return the path of the CV to use. Raises CvError if there is none."""
    if cv and sample:
        raise typer.BadParameter("use one or the other", param_hint="'--sample' with '--cv'")
    if cv:
        return cv
    from tailor.reading.kept import find_cv, sample_cv  # noqa: PLC0415 - --help does without

    return sample_cv() if sample else find_cv()
