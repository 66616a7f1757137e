"""The head of an entry: its titles, employer, place and period, from one line or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tailor.cv import Period, RichText, SectionKind
from tailor.reading.cells import BAR, BAR_OR_DASH, COMMA, pieces, spans
from tailor.reading.dates import locate_period
from tailor.reading.lines import Line, clean, clean_text
from tailor.reading.names import has_word, is_company_suffix, is_known_place, is_place

_ARROW = re.compile(r"\s*(?:»|→|➔|⇒|›|->|=>)\s*")
_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+(?=[^\Wa-z_]|the\s)")
_BRACKET = re.compile(r"\s\((?P<inside>[^()]{2,80})\)$")
_UNIT = r"(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|anos?|meses|mês|mes)"
_DURATION = re.compile(rf"\(?(?:\d+\+?\s?{_UNIT}\.?[\s,]{{0,2}}){{1,2}}\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What the lines above an entry's bullets say.

    `others` are texts with no place in it; `durations` repeat what the dates say.
    """

    titles: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""
    period: Period = Period()  # noqa: RUF009  (frozen)
    others: tuple[RichText, ...] = ()
    durations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the head without its period; `styled` if it begins bold or italic."""

    text: str
    cells: tuple[str, ...]
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class _Fields:
    title: str = ""
    organisation: str = ""
    place: str = ""


def read_head(lines: Sequence[Line], kind: SectionKind) -> EntryHead:
    """Read the lines of an entry's head, in order.

    One line is "title, employer, place", cut at bars and dashes before commas;
    of two, one is the title and one the employer. Words that only job titles or
    degrees have decide which, and else the order.
    """
    period = Period()
    rows: list[_Row] = []
    durations: list[str] = []
    for line in lines:
        found, row = _read_row(line, kind, wants_period=period == Period())
        period = found if found != Period() else period
        if _DURATION.fullmatch(row.text):
            durations.append(row.text)
        elif row.text:
            rows.append(row)
    if not rows:
        return EntryHead(period=period, durations=tuple(durations))
    fields = _one_row(rows[0], kind)
    others: list[RichText] = []
    for number, row in enumerate(rows[1:]):
        if number == 0 and _is_employer(rows[0], row, fields):
            fields = _employer_above(rows[0], row)
        else:
            fields, rest = _fill(fields, row)
            others += rest
    titles = tuple(title for title in _ARROW.split(fields.title) if title)
    return EntryHead(
        titles, fields.organisation, fields.place, period, tuple(others), tuple(durations)
    )


def _read_row(line: Line, kind: SectionKind, *, wants_period: bool) -> tuple[Period, _Row]:
    text, period = line.text, Period()
    if wants_period:
        period, text = take_period(text)
    plain = clean(text).plain
    styled = next((run for run in text.runs if run.text.strip()), None)
    bold, italic = bool(styled and styled.bold), bool(styled and styled.italic)
    separator = BAR if kind is SectionKind.PROJECTS else BAR_OR_DASH
    cells = tuple(clean_text(cell).strip(" ,;") for cell in pieces(text.plain, separator))
    return period, _Row(plain.strip(" ,;|"), tuple(cell for cell in cells if cell), bold, italic)


def take_period(text: RichText) -> tuple[Period, RichText]:
    """Return the period of a line of a head and the line without it."""
    plain = text.plain
    found = locate_period(plain)
    if found:
        return found.period, text.slice(found.start, found.end)
    cells = spans(plain, BAR)
    for start, end in cells[1:-1]:  # "Title | dates | employer"
        found = locate_period(plain[start:end])
        if found and found.start == found.end:
            before = text.slice(0, start)
            return found.period, before + text.slice(
                end + len(plain[end:]) - len(plain[end:].lstrip(" |·•∙⋅¦\t\u00a0"))
            )
    return Period(), text


def _one_row(row: _Row, kind: SectionKind) -> _Fields:
    """Read a head of one line."""
    cells = row.cells or (row.text,)
    if kind is SectionKind.PROJECTS:
        return _Fields(cells[0], " | ".join(cells[1:]))
    if len(cells) >= 3:
        fields = _Fields(cells[0], cells[1], ", ".join(cells[2:]))
    elif len(cells) == 2 and not _is_place_beside(cells[1], cells[0]):
        organisation, place = _employer(cells[1])
        fields = _Fields(cells[0], organisation, place)
    else:
        fields = _by_commas(cells[0])
        if len(cells) == 2:
            place = ", ".join(part for part in (fields.place, cells[1]) if part)
            fields = _Fields(fields.title, fields.organisation, place)
    return _swapped(fields) if _employer_first(fields) else fields


def _is_place_beside(cell: str, first: str) -> bool:
    """Tell whether the second of two cells is the place; with "title, employer" it may be."""
    return is_place(cell) if len(pieces(first, COMMA)) > 1 else is_known_place(cell)


def _by_commas(text: str) -> _Fields:
    """Read "title, employer, place", or "title at employer, place"."""
    parts = spans(text, COMMA)
    words = [text[start:end] for start, end in parts]
    at = _AT.search(words[0])
    if at and (has_word(words[0][: at.start()], "job") or len(parts) == 1):
        organisation, place = _employer(text[at.end() :])
        return _Fields(text[: at.start()], organisation, place)
    if len(parts) == 1:
        return _Fields(text)
    if has_word(words[0], "organisation") and not _is_title(words[0]):
        organisation, place = _employer(text)
        if is_place(place):
            return _Fields("", organisation, place)
    # "MSc, Computer Science, University of Leeds": a school's name tells where it begins.
    named = (i for i in range(2, len(parts)) if has_word(words[i], "organisation"))
    known = has_word(words[1], "organisation") or is_place(words[1])
    suffix = len(words) > 2 and is_company_suffix(words[2])
    first = 1 if known or suffix else next(named, 1)
    organisation, place = _employer(text[parts[first][0] :])
    return _Fields(text[: parts[first - 1][1]], organisation, place)


def _employer(text: str) -> tuple[str, str]:
    """Read "employer, place"; the commas of the place stay as they are."""
    parts = spans(text, COMMA)
    last = 0
    while last + 1 < len(parts) and is_company_suffix(text[slice(*parts[last + 1])]):
        last += 1
    if not parts:
        return text, ""
    if last + 1 < len(parts):
        return text[: parts[last][1]], text[parts[last + 1][0] :]
    bracket = _BRACKET.search(text)
    if bracket and is_place(bracket["inside"]):
        return text[: bracket.start()], bracket["inside"]
    return text, ""


def _is_title(text: str) -> bool:
    return has_word(text, "job") or has_word(text, "degree")


def _employer_first(fields: _Fields) -> bool:
    return _is_title(fields.organisation) and not _is_title(fields.title)


def _swapped(fields: _Fields) -> _Fields:
    organisation, place = _employer(fields.title)
    together = ", ".join(part for part in (place, fields.place) if part)
    return _Fields(fields.organisation, organisation, together)


def _is_employer(first: _Row, second: _Row, fields: _Fields) -> bool:
    """Tell whether the first of two lines is the employer, and the second the title."""
    # Not of the whole line: "MA" at its end is a state, at its start a degree.
    if is_known_place(second.text) or _is_title(pieces(first.text, COMMA)[0]):
        return False
    if _is_title(second.text):
        return True
    if has_word(second.text, "organisation"):
        return False
    return second.bold or bool(fields.organisation and is_place(fields.organisation))


def _employer_above(first: _Row, second: _Row) -> _Fields:
    organisation, place = _employer(first.text)
    if len(first.cells) > 1:
        organisation, place = first.cells[0], ", ".join(first.cells[1:])
    title, *more = second.cells or (second.text,)
    together = ", ".join(part for part in (place, *more) if part)
    return _Fields(title, organisation, together)


def _fill(fields: _Fields, row: _Row) -> tuple[_Fields, list[RichText]]:
    """Put a further line of the head where something is missing."""
    place_known = is_place if fields.organisation else is_known_place
    if place_known(row.text) and not fields.place:
        return _Fields(fields.title, fields.organisation, row.text), []
    if not fields.organisation:
        organisation, place = _employer(row.text)
        if len(row.cells) > 1:
            organisation, place = row.cells[0], ", ".join(row.cells[1:])
        together = ", ".join(part for part in (place, fields.place) if part)
        return _Fields(fields.title, organisation, together), []
    if not fields.place and len(row.text.split()) <= 4:
        return _Fields(fields.title, fields.organisation, row.text), []
    return fields, [RichText.of(row.text)]
