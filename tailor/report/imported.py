"""What was found in a CV, and what could not be placed, for people and for programs."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from tailor.exporting.found import what_was_found
from tailor.values.cleaning import clean_text
from tailor.values.cv import Cv


def print_imported(console: Console, cv: Cv) -> None:
    """Print the name, how much of each was found, the warnings and every line not placed."""
    console.print(_text(cv.name, "bold"))
    found = (
        f"{number} {name if number > 1 else name.removesuffix('s')}"
        for name, number in what_was_found(cv)
        if number
    )
    console.print(_text(", ".join(found)))
    for warning in cv.warnings:
        console.print(_text(f"warning: {warning}", "yellow"), soft_wrap=True)
    if not cv.unplaced:
        return
    many = "1 line" if len(cv.unplaced) == 1 else f"{len(cv.unplaced)} lines"
    console.print(_text(f'{many} could not be placed; see the section "Unplaced":', "yellow"))
    for bullet in cv.unplaced:
        place = f"line {bullet.line}: " if bullet.line else ""
        console.print(_text(f"  {place}{bullet.text.plain}", "dim"), soft_wrap=True)


def imported_data(cv: Cv, files: list[str]) -> dict[str, object]:
    """Return the same as plain data, with the files that were written."""
    return {
        "files": files,
        "source": cv.source,
        "name": cv.name,
        "found": dict(what_was_found(cv)),
        "unplaced": [{"line": b.line, "text": b.text.plain} for b in cv.unplaced],
        "warnings": list(cv.warnings),
    }


def _text(words: str, style: str = "") -> Text:
    """Text as it is: no markup is read in it, and no control code of it reaches the terminal."""
    return Text(clean_text(words), style)
