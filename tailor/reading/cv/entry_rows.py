"""The lines of an entry's head, one by one: the dates and asides taken out, the rest in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tailor.reading.cv.cells import BAR, BAR_OR_DASH, pieces, spans, split_label
from tailor.reading.cv.dates import locate_period, locate_within
from tailor.reading.cv.names import (
    TitleWord,
    has_word,
    is_employment_type,
    is_template_place,
    template_place,
)
from tailor.reading.lines import Line, clean, clean_text, web_address
from tailor.values.cv import Period, RichText, SectionKind

_UNIT = r"(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|anos?|meses|mês|mes)"
_DURATION = re.compile(rf"\(?(?:\d+\+?\s?{_UNIT}\.?[\s,]{{0,2}}){{1,2}}\)?", re.IGNORECASE)
# What anonymous CVs and templates have in place of names.
_EMPLOYER = re.compile(r"\b(?:Company|Employer|Organi[sz]ation)\s+Name\b")
# Labels of the lines of a head, and what each one tells.
_LABELS = {
    label: told
    for told, labels in {
        "employer": "employer|company|organisation|organization|institution|school|university|"
        "arbeitgeber|firma|employeur|entreprise|empresa|name of employer",
        "title": "position|title|job title|role|designation|occupation|degree|qualification|"
        "position held|occupation or position held|poste|puesto|cargo|tätigkeit",
        "place": "location|place|city|ort|lieu|lugar|local",
        "dates": "period|dates|date|duration|from|when|zeitraum|période|periodo|período|dates held",
    }.items()
    for label in labels.split("|")
}
_AROUND = " \t\u00a0|·•∙⋅¦,;:–—−-"
_LONGEST = 300  # characters; no line of a head is longer
_MOST_WORDS = 15


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the head without its period; bold or italic if it begins so.

    `organisation` and `place` are set where words of a template tell them, and `after`
    is what stands behind these; they are no part of `text` and `cells`.
    """

    text: str
    cells: tuple[str, ...]
    bold: bool = False
    italic: bool = False
    organisation: str = ""
    place: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a line of a head gives: its period, its row, and what has no place in an entry.

    `links` are addresses that are written out in it.
    """

    period: Period
    row: Row
    asides: tuple[str, ...]
    links: tuple[str, ...]


@lru_cache(maxsize=256)  # a head is read again with each line that comes to it
def read_row(line: Line, kind: SectionKind, *, wants_period: bool) -> RowRead:
    """Take a line of a head apart."""
    label, text = unlabelled(line.text)
    period = Period()
    if wants_period:
        period, text = take_period(text, kind)
    styled = next((run for run in text.runs if run.text.strip()), None)
    bold, italic = bool(styled and styled.bold), bool(styled and styled.italic)
    before, organisation, place, after = _of_template(text.plain)
    if label in {"employer", "place"} and not organisation and not place:
        named = clean_text(before)
        organisation, place = (named, "") if label == "employer" else ("", named)
        before = ""
    separator = BAR if kind is SectionKind.PROJECTS else BAR_OR_DASH
    cells: list[str] = []
    asides: list[str] = []
    links: list[str] = []
    for piece in pieces(before, separator):
        cell = clean_text(piece).strip(" ,;")
        address = _address(cell, text)
        if address:
            links.append(address)
        elif _DURATION.fullmatch(cell) or is_employment_type(cell):
            asides.append(cell)
        elif any(c.isalnum() for c in cell):  # an icon alone says nothing
            cells.append(cell)
    whole = clean(RichText.of(before)).plain.strip(" ,;|")
    if asides or links:
        whole = " | ".join(cells)
    row = Row(whole if cells else "", tuple(cells), bold, italic, organisation, place, after)
    return RowRead(period, row, tuple(asides), tuple(links))


def unlabelled(text: RichText) -> tuple[str, RichText]:
    """Return what a label such as "Employer:" says of a line of a head, and the line without it."""
    label, rest = split_label(text.plain.lstrip())
    told = _LABELS.get(label.casefold(), "")
    return (told, text.slice(len(text.plain) - len(rest))) if told else ("", text)


def _address(cell: str, text: RichText) -> str | None:
    """Return the link of a cell that shows its address, in full or without its beginning."""
    if " " in cell or "." not in cell:
        return None
    if web_address(cell) and "@" not in cell:
        return cell
    bare = cell.rstrip("/").casefold()
    for run in text.runs:
        link = web_address(run.link)
        if link and re.sub(r"^https?://(?:www\.)?", "", link.casefold()).rstrip("/") == bare:
            return link
    return None


def _of_template(text: str) -> tuple[str, str, str, str]:
    """Take "Company Name" and "City, State" out; return what is before, these, and what is after.

    What stands between or on both sides of them goes together, as cells.
    """
    if len(text) > _LONGEST:
        return text, "", "", ""
    organisation, place = _EMPLOYER.search(text), template_place().search(text)
    if not organisation and not place:
        return text, "", "", ""
    found = sorted(
        (match for match in (organisation, place) if match), key=lambda match: match.start()
    )
    parts = []
    start = 0
    for match in found:
        parts.append(text[start : match.start()])
        start = match.end()
    after = text[start:].strip(_AROUND + "\u200b\u009aï¼")
    kept = [part.strip(_AROUND + "\u200b\u009aï¼â€“”") for part in parts]
    if organisation and not any(kept):  # "Company Name, City, State Title"
        kept, after = [after], ""
    town = place.group() if place else ""
    if not town and is_template_place(after):  # "Company Name, State"
        town, after = after, ""
    name = organisation.group() if organisation else ""
    return "\t".join(part for part in kept if part), name, town, clean_text(after)


def take_period(
    text: RichText, kind: SectionKind = SectionKind.EXPERIENCE
) -> tuple[Period, RichText]:
    """Return the period of a line of a head and the line without it.

    The period stands at one end, in a cell of its own, or, in a short line, between
    the title and the employer; a tab takes its place there.
    """
    plain = text.plain
    found = locate_period(plain)
    if found:
        return found.period, text.slice(found.start, found.end)
    if len(plain) > _LONGEST or not any(c.isdigit() for c in plain):
        return Period(), text
    cells = spans(plain, BAR)
    last = bool(cells and _DURATION.fullmatch(plain[slice(*cells[-1])]))
    for start, end in cells[1 : len(cells) if last else -1]:  # "Title | dates | employer"
        found = locate_period(plain[start:end])
        if found and found.start == found.end:
            rest = plain[end:]
            after = end + len(rest) - len(rest.lstrip(_AROUND))
            return found.period, text.slice(0, start) + RichText.of("\t") + text.slice(after)
    return _leading_month(text) or _between(text, kind) or (Period(), text)


def _leading_month(text: RichText) -> tuple[Period, RichText] | None:
    """Read "January 2007 Company Name": a month with nothing but a space before a short name."""
    plain = text.plain
    words = plain.split()
    if not 3 <= len(words) <= _MOST_WORDS or plain.rstrip().endswith((".", ";")):
        return None
    found = locate_period(" ".join(words[:2]))
    if found is None or found.period.end is None or found.period.end.month is None:
        return None
    end = plain.index(words[1], plain.index(words[0]) + len(words[0])) + len(words[1])
    if not words[2][:1].isupper() or found.is_range:
        return None
    return found.period, text.slice(end).strip()


def _between(text: RichText, kind: SectionKind) -> tuple[Period, RichText] | None:
    """Read "Title January 2014 to Current Employer", or "Degree, 2009 School"."""
    plain = text.plain
    if len(plain.split()) > 2 * _MOST_WORDS or plain.rstrip().endswith((".", "!", "?", ";")):
        return None
    in_education = kind is SectionKind.EDUCATION
    found = locate_within(plain, single=in_education)
    if found is None:
        return None
    before, after = plain[: found.start].strip(_AROUND), plain[found.end :].strip(_AROUND)
    names = f"{before} {after}"
    words: tuple[TitleWord, TitleWord] = ("organisation", "degree" if in_education else "job")
    told = [has_word(names, word) for word in words]
    if not before or not any(told) or (after and not after[0].isupper()):
        return None
    if not after and not all(told):
        return None
    end = found.end + plain[found.end :].index(after)
    start = len(plain[: found.start].rstrip(_AROUND))
    return found.period, text.slice(0, start) + RichText.of("\t") + text.slice(end)


def is_aside(text: str) -> bool:
    """Tell a length of time or a kind of employment: no part of an entry's head."""
    cells = pieces(clean_text(text), BAR_OR_DASH)
    return bool(cells) and all(_DURATION.fullmatch(c) or is_employment_type(c) for c in cells)


def all_asides(rows: Sequence[RowRead]) -> tuple[str, ...]:
    """Return the asides of all rows, in order."""
    return tuple(aside for row in rows for aside in row.asides)
