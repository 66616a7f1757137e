"""What a CV says of an academic degree: one of that level or a higher one, in that field."""

from __future__ import annotations

import re
from functools import lru_cache

from tailor.matching.ask import Ask, Status
from tailor.matching.book import Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.caveat import PAPERS, UNFINISHED
from tailor.matching.degrees import Degree, asked_degree, held_degree, is_near_field, shares_field
from tailor.matching.skill_proof import named
from tailor.matching.words import TEXTS_KEPT
from tailor.values.cv import Date, Period

_BY_NAME = re.compile(r"\b(?:MBA|JD|J\.D|Juris Doctor|LLB|LLM|MD|PGCE|HND|HNC|GCSEs?)\b")
_BELOW = frozenset({"HND", "HNC"})  # a degree in the field is more
_LOOSE = re.compile(
    r"\b(?:related|relevant|similar|equivalent|any"
    r"|(?:biological|life|physical|natural|social|health|numerate)"
    r" (?:sciences?|disciplines?|subjects?))\b",
    re.IGNORECASE,
)
# A degree that a line says one has: "with a Master's degree in accounting".
_TOLD = re.compile(
    r"(?:^|\b(?:with|holds?|holding|have|has|having|earned|obtained|completed|received|gained|my|an?|and)\s+|[.;:,(]\s*)"
    r"(?:an?\s+)?(?:(?:bachelor|master|doctor)(?:'?s\b|(?=\s+(?:of|in|degree)\b))(?!\s+(?:data|plan|schedule|students?|file|agreement))|ph\.?d\b"
    r"|[bm]\.?(?:sc|a|s|eng|com|tech|ed|ba)\b\.?(?=\s+(?:in|of|degree|\())|degree\s+in)[^.;,]{0,60}",
    re.IGNORECASE,
)


def prove_degree(ask: Ask, book: Book) -> Verdict:
    """Judge by level and field; a degree with a name of its own, such as MBA, by that name."""
    lines = book.of(LineKind.DEGREE, LineKind.CERTIFICATE)
    if own := _BY_NAME.search(ask.text):
        return _by_own_name(own[0], ask.text, book)
    asked = asked_degree(ask.text) or asked_degree(f"degree: {ask.text}")
    if asked is None:
        return named(ask.text, book, PAPERS)
    is_loose = bool(_LOOSE.search(ask.text))
    by_id = {line.id: line for line in lines}
    exact: list[CvLine] = []
    higher: list[CvLine] = []
    near: list[CvLine] = []
    for entry in book.degrees:
        held = next((one for title in entry.titles if (one := held_degree(title))), None)
        if held is None:
            continue
        shares = shares_field(asked, held, loosely=is_loose)
        is_full = held.level >= asked.level and not _is_ahead(entry.period, book)
        if is_full and shares:
            (higher if held.level > asked.level else exact).append(by_id[entry.id])
        elif shares or (is_full and (is_loose or is_near_field(asked, held))):
            near.append(by_id[entry.id])
    if not (exact or higher):
        exact, higher = _told(asked, book)
    if exact or higher:
        ordered = (*book.ranked(exact), *book.ranked(higher))
        return Verdict(Status.STATED if exact else Status.ALIAS, ordered)
    return verdict(Status.RELATED, book, near)


def _by_own_name(name: str, asked: str, book: Book) -> Verdict:
    """Judge a degree with a name of its own, such as MBA; any other one is near."""
    found = named(name.replace(".", ""), book, PAPERS)
    if found.lines or name == "PGCE":
        return found
    if name in _BELOW and (higher := _in_field(asked.replace(name, "diploma"), book)):
        return verdict(Status.ALIAS, book, higher)
    lines = book.of(LineKind.DEGREE, LineKind.CERTIFICATE)
    others = [line for line in lines if held_degree(line.text.split(", ")[0])]
    return verdict(Status.RELATED, book, others)


def _in_field(text: str, book: Book) -> list[CvLine]:
    """Return the finished degrees in the field that a text asks for; none where it names none."""
    asked = asked_degree(f"degree: {text}")
    if asked is None or not asked.field:
        return []
    lines = {line.id: line for line in book.of(LineKind.DEGREE)}
    return [
        lines[entry.id]
        for entry in book.degrees
        if entry.id in lines and not _is_ahead(entry.period, book)
        for held in [next(filter(None, map(held_degree, entry.titles)), None)]
        if held and held.level >= 1 and shares_field(asked, held, loosely=False)
    ]


def _told(asked: Degree, book: Book) -> tuple[list[CvLine], list[CvLine]]:
    """Return the lines outside of education that tell of the degree, and of a higher one."""
    exact: list[CvLine] = []
    higher: list[CvLine] = []
    for line in book.of(LineKind.BULLET, LineKind.SUMMARY, LineKind.SKILLS):
        held = _degree_told(line.text)
        if held and held.level >= asked.level and shares_field(asked, held, loosely=False):
            (higher if held.level > asked.level else exact).append(line)
    return exact, higher


@lru_cache(maxsize=TEXTS_KEPT)
def _degree_told(text: str) -> Degree | None:
    told = _TOLD.search(text)
    return held_degree(told[0]) if told and not UNFINISHED.search(text) else None


def _is_ahead(period: Period, book: Book) -> bool:
    """Return whether what lasts for `period` is not finished yet."""
    return period.present or month_of(period.end, 1) > 12 * book.today.year + book.today.month


def month_of(day: Date | None, usual: int) -> int:
    """Return the number of a month since the year 0, `usual` where only the year is known."""
    return 12 * day.year + (day.month or usual) if day else 0
