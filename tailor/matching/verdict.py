"""What is found of one ask: a status, and the lines that show it, best first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tailor.matching.ask import Status
from tailor.matching.book import Book, CvLine


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the lines of the CV that show it.

    `is_loose` says that no name was found, only words that may have another sense together.
    """

    status: Status
    lines: tuple[CvLine, ...] = ()
    is_loose: bool = False


ABSENT = Verdict(Status.ABSENT)


def verdict(status: Status, book: Book, lines: Iterable[CvLine]) -> Verdict:
    """Return `status` with the lines that show it, best first, or ABSENT if there are none."""
    found = list(lines)
    return Verdict(status, book.ranked(found)) if found else ABSENT


def surer(one: Verdict, other: Verdict) -> Verdict:
    """Return the verdict that says more; the first where they say the same."""
    if other.status.is_had and not one.status.is_had:
        return other
    return one if one.lines else (other if other.lines else one)
