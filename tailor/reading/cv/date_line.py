"""The line of dates below the heading of a job, and what else is said on it.

"2020 – 2022. Nine schools, alongside the main role." or "Oct 2020 - Jul 2021 (covid job)": the
dates are the job's, and the rest is a note on it, never its title or its employer. The note is
parted before the lines are told apart, so that it is a line of the job's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tailor.reading.cv.aside import is_kind_of_place, is_length
from tailor.reading.cv.cells import split_label
from tailor.reading.cv.date_forms import names_of_months
from tailor.reading.cv.dates import DateSpan, find_dates
from tailor.reading.cv.headings import is_known_section
from tailor.reading.cv.names import (
    ends_as_firm,
    has_word,
    is_employment_type,
    is_known_place,
    names_places,
    words_of,
)
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText
from tailor.values.resources import data_toml

_LONGEST = 400  # characters of a line of dates with a note
_HEAD_WORDS = 24
_PARTS = re.compile(r"\s?[,|\t]\s?|\s[-–—@]\s|\s(?:at|bei|chez|presso)\s")
_BRACKETS = re.compile(r"\([^()]{2,120}\)\.?")
_SENTENCE = re.compile(r"\s?[.;]\s{1,3}\S")
_AROUND = " \t\u00a0,;.–—-·"
# "June-Aug 2022, '23, '24": the same months of several years.
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
_AND = r"\s?(?:,\s?(?:and|und|et|y)|,|\+|&|/|;|\s(?:and|und|et|y))\s?"
_YEARS = re.compile(
    rf"(?P<lead>[^\d,;:()]{{0,40}}?)\s?(?P<first>(?:19|20)\d\d)(?P<more>(?:{_AND}{_YEAR}){{1,12}})"
    r"\s?(?P<behind>\([^()\d]{2,40}\))?\.?"
)


def with_notes_parted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with what is noted beside a job's dates, below its heading, apart."""
    found: list[Line] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        head = found[-1] if found else None
        if not head or not _is_below_head(line, head, below):
            found.append(line)
            continue
        parts = _parted(line, head)
        if len(found) > 1 and _goes_on_in_brackets(head, found[-2]):
            found[-2:] = [replace(found[-2], text=found[-2].text + RichText.of(" ") + head.text)]
        found += parts
    return found


def begins_with_dates(line: Line) -> DateSpan | None:
    """Return the range of dates at the start of a line, None where it has none there."""
    plain = line.plain[:_LONGEST]
    lead = len(plain) - len(plain.lstrip(" \t([_*"))
    spans = find_dates(plain)
    return spans[0] if spans and spans[0].start == lead and spans[0].is_range else None


def _is_below_head(line: Line, head: Line, below: Line | None) -> bool:
    """Return whether a line of dates stands right below what may be the heading of one job."""
    if line.kind is not LineKind.PARAGRAPH or line.look.cell or len(line.plain) > _LONGEST:
        return False
    if head.kind is LineKind.ITEM or (line.gap and head.kind is not LineKind.HEADING):
        return False
    plain = head.plain
    short = len(plain.split()) <= _HEAD_WORDS and not plain.rstrip().endswith((".", ":"))
    if not short or find_dates(plain) or is_known_section(head.text):
        return False
    if not (begins_with_dates(line) or _years(line.plain)):
        return False
    # A list of jobs, each on a line that begins with its dates.
    return not (below and below.kind is line.kind and begins_with_dates(below))


def _goes_on_in_brackets(line: Line, above: Line) -> bool:
    """Return whether a line in brackets goes on with the heading above it: "(on the road)"."""
    whole = _BRACKETS.fullmatch(line.plain.strip()) and not line.gap
    told = above.kind is LineKind.ITEM or find_dates(above.plain) or is_known_section(above.text)
    return bool(whole) and not told


def _parted(line: Line, head: Line) -> list[Line]:
    """Return the line of dates and that of the note, the line itself where it has none."""
    years, span = _years(line.plain), begins_with_dates(line)
    if years:
        note = replace(line, kind=LineKind.ITEM, level=1, gap=False)
        return [replace(line, text=RichText.of(years)), note]
    if span is None:
        return [line]
    rest = line.plain[span.end :]
    if not _is_note(rest, head.plain):
        return [line]
    start = span.end + len(rest) - len(rest.lstrip(_AROUND + ")" * ("(" not in rest)))
    text = line.text.slice(start, len(line.plain)).strip()
    dates = replace(line, text=line.text.slice(0, span.end).strip())
    return [dates, replace(line, kind=LineKind.ITEM, level=1, text=text, gap=False)]


def _is_note(rest: str, head: str) -> bool:
    """Return whether what stands behind dates is a note, and no place, title or employer."""
    text = rest.strip(_AROUND)
    first = _PARTS.split(text)[0].strip("() ") if text else ""
    usual = is_employment_type(first) or is_length(first) or is_kind_of_place(first)
    if not any(map(str.isalpha, text)) or usual or is_known_place(first) or names_places(text):
        return False
    bracket = _BRACKETS.match(text)
    if bracket:
        inside, rest = bracket.group().strip("(). "), text[bracket.end() :]
        noted = bool(find_dates(inside))  # "(Head from 2018)"
        if not noted and (_is_told(inside) or _looks_named(inside)):
            return False
        if noted or not rest.strip(_AROUND) or bracket.group().endswith("."):
            return True
    whole = len([part for part in _PARTS.split(head) if part.strip()]) > 1
    if not whole or rest.lstrip(" ")[:1] in {"\t", "|"}:
        return False
    if _SENTENCE.match(rest) and has_word(head, "organisation"):
        return True
    return not _looks_named(first) and not _is_told(text)


def _looks_named(text: str) -> bool:
    """Return whether each word of a text is written as in a name: "Karaka Flats", "Ely"."""
    words = [word for word in text.split() if word.casefold() not in words_of("within_name")]
    return all(word[:1].isupper() or not word[:1].isalnum() for word in words) and not any(
        character.isdigit() for character in text
    )


def _is_told(text: str) -> bool:
    """Return whether words tell an employer or a title, which may stand behind dates."""
    words = [part.strip("() ") for part in _PARTS.split(text)]
    words = [word for word in words if not word[:1].islower()]  # "(company wound up)"
    firm = any(has_word(word, "organisation") or ends_as_firm(word) for word in words)
    return firm or any(has_word(word, "job") and word[:1].isupper() for word in words)


def _years(plain: str) -> str:
    """Return the period that a list of years makes, "June 2022 – Aug 2025", "" for another line.

    Months or a season have to be named: single years are no period of a job.
    """
    match = _YEARS.fullmatch(plain.strip()) if len(plain) <= _LONGEST else None
    if not match or split_label(plain)[0]:
        return ""
    lead = _words(match["lead"])
    known, _ = names_of_months()
    months = [name for name in (*lead, *_words(match["behind"] or "")) if name in known]
    told = [word for word in lead if word not in known and word not in _seasons()]
    if told or not (lead or months):
        return ""
    last = re.findall(r"\d+", match["more"])[-1]
    last = match["first"][:2] + last if len(last) == 2 else last
    first_month, last_month = (months[0], months[-1]) if months else ("", "")
    return f"{first_month.title()} {match['first']} – {last_month.title()} {last}".strip()


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{1,20}", text)]


@cache
def _seasons() -> frozenset[str]:
    table = data_toml("months.toml")
    return frozenset([*table["seasons"], *table["seasons_of"], "of", "each", "every", "the", "in"])
