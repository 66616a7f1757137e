"""What a reader sees in the entries of a CV, in a form that is short to write down."""

from __future__ import annotations

from dataclasses import dataclass

from tailor.values.cv import Cv, Date


@dataclass(frozen=True)
class Expected:
    """An entry: titles joined by " > ", employer, place, dates as written below, bullets."""

    title: str
    organisation: str
    place: str
    period: str
    bullets: int


def found_in(cv: Cv) -> list[Expected]:
    """Return the entries of a CV in the form of `Expected`."""
    return [
        Expected(
            " > ".join(entry.titles),
            entry.organisation,
            entry.place,
            f"{shown(entry.period.start)}-{shown(entry.period.end)}"
            + ("now" if entry.period.present else ""),
            len(entry.bullets),
        )
        for entry in cv.entries
    ]


def shown(date: Date | None) -> str:
    """Write a date as 2019 or 2019/03."""
    if date is None:
        return ""
    return f"{date.year}/{date.month:02}" if date.month else str(date.year)
