"""Heads of other forms: cut into fields, each of which has to be the master CV's.

"Engineer at Larkhollow (York), 03/2021 – today" says title, employer, place and dates of one
position, whatever stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tailor.checking.findings import Judged
from tailor.checking.printable import Spot, fold
from tailor.reading.cv.dates import locate_period, locate_within
from tailor.selection.composition import format_title
from tailor.values.cv import Cv, Entry, Period

_CUT = re.compile(r"[\t|·•∙¦;,()\[\]/]|\s[-–—]\s|:\s|\s(?:at|@|in)\s")
_WORDS = re.compile(r"[^\s.,;:()\[\]|·•–—-]+")


class Fields:
    """The fields of a master CV, for comparison without regard to case and punctuation."""

    def __init__(self, cv: Cv) -> None:
        self._head = _all(
            [cv.name, cv.headline, cv.nationality]
            + [contact.text for contact in cv.contacts]
            + [contact.link.partition(":")[2] for contact in cv.contacts if contact.link]
            + [title for entry in cv.entries for title in entry.titles]
            + [item for section in cv.sections for item in section.items]
        )
        self._entries = [
            (Spot(number, entry.id), _all(_fields_of(entry)), entry.period)
            for number, section in enumerate(cv.sections)
            for entry in section.entries
        ]

    def read(self, text: str) -> set[Spot] | None:
        """Return the entries whose fields make up `text`.

        None where something in it is no field; nothing for fields of the head of the page.
        """
        period: Period | None = None
        found = locate_period(text)
        if found:
            period, rest = found.period, text[found.start : found.end]
        else:
            within = locate_within(text, single=True)
            period = within.period if within else None
            rest = f"{text[: within.start]}\t{text[within.end :]}" if within else text
        pieces = [piece for piece in map(_bare, _CUT.split(rest)) if piece]
        whole = _bare(rest)
        spots = {
            spot
            for spot, fields, own in self._entries
            if (period is None or own == period)
            and (whole in fields or all(piece in fields for piece in pieces))
            and (pieces or period)
        }
        if spots:
            return spots
        is_head = bool(pieces) and all(piece in self._head for piece in pieces)
        return set() if period is None and (is_head or whole in self._head) else None

    def has(self, entry: Entry, judged: Sequence[Judged]) -> bool:
        """Tell whether title and employer of `entry` stand somewhere."""
        words = f" {' '.join(_bare(line.text) for line in judged if line.is_own)} "
        wanted = [entry.title, entry.organisation]
        return all(f" {_bare(field)} " in words for field in wanted if _bare(field))


def _fields_of(entry: Entry) -> list[str]:
    return [*entry.titles, format_title(entry), entry.organisation, entry.place, entry.link or ""]


def _all(fields: Iterable[str]) -> frozenset[str]:
    """Return the fields, and the pieces into which a line of them would be cut."""
    found = set()
    for field in fields:
        found.add(_bare(field))
        found.update(_bare(piece) for piece in _CUT.split(fold(field)))
    found.discard("")
    return frozenset(found)


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).casefold()))
