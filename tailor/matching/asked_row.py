"""The rows of `data/asked_names.txt`: what a recruiter knows of each name that postings ask for."""

from __future__ import annotations

from functools import cache

from tailor.values.resources import data_text

KINDS = "kwn"  # listed in CVs, too general to be missed, no name by itself
NAMES, LISTED, SHOWN_BY, NEAR = range(4)  # the columns of a row


def row_of(name: str) -> str:
    """Return the row of a name, whatever its case, number or hyphens; "" where there is none."""
    low = name.casefold()
    rows = _rows()
    keys = (low, low.removesuffix("s"), f"{low}s", low.replace("-", " "))
    return next((rows[key] for key in keys if key in rows), "")


def parts_of(row: str, column: int) -> list[str]:
    """Return what stands between the ";" of a column of a row; nothing of an empty row."""
    cells = row.split("|")
    return [one for part in cells[column].split(";") if (one := part.strip())] if row else []


@cache
def _rows() -> dict[str, str]:
    """Return the rows of the table by each of their names, in lower case.

    A name that is the first of a row finds that row, whatever other rows have it too.
    """
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    for line in data_text("asked_names.txt").splitlines():
        names, bar, _ = line.partition("|")
        if not bar or line[0] == "#":
            continue
        name, *same = names.casefold().split(";")  # one pass: each start of the program waits
        found[name.strip()] = line
        for one in same:
            others.setdefault(one.strip(), line)
    return others | found
