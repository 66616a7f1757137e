"""Records of a form: labelled lines that tell one job or degree each, and the parts of a name.

Portals print what was typed into their fields: "Position * : Baker", "Company : ...", "From : 2019
To : 2021". A record begins where a label comes again. Its fields are put in one order, what other
labels tell ("Vessel: ...") is text below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tailor.reading.cv.headings import (
    LONGEST,
    by_label,
    field_of_label,
    is_end_of_period,
    is_level,
    name_part,
    of_school,
)
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText

_FIELD = re.compile(
    r"(?:^|\t\s{0,9}|\s{2,40})(?P<label>[^\W\d_](?:[^:\t|\s]|\s(?!\s)){0,40}?)"
    r"\s{0,40}(?:\*\s{0,40})?:(?:\s{1,40}|$)"
)
_SECTION = re.compile(
    r"(?:section|part|teil|abschnitt|partie|secci[oó]n|parte|se[cç][cç]?[aã]o|sezione|deel)\s{1,3}"
    r"(?:\d{1,2}|[IVX]{1,4}|[A-K])\s{0,3}[:.)–—-]\s{0,3}(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[\[(#]?(?:[^\W\d_]{2,14}\s{1,3})?#?\d{1,2}(?:\s?(?:of|/)\s?\d{1,2})?[\]).:]{0,2}"
)
_WIDE = re.compile(r"\s{2}:$|\*\s?:$")
_ORDER = ("title", "employer", "place", "dates")
_WORDS = 8  # of the heading of a section
_TOP = 14  # lines in which the parts of a name stand
_LEAST = 2  # fields of a record; sections that are numbered


def with_records(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines with one field in each, those of a record in one order, and lines aside.

    These are the numbers above the records. Numbered sections become headings.
    """
    numbered = [bool(_SECTION.match(line.plain)) and _is_short(line) for line in lines]
    if sum(numbered) >= _LEAST:
        lines = [
            _heading(line) if told else line for line, told in zip(lines, numbered, strict=True)
        ]
    parted = by_label([field for line in lines for field in _fields(line)])
    parted = _with_whole_name(parted)
    begins = {record[0] for record in records(parted)}
    own: list[Line] = []
    aside: list[Line] = []
    for row, line in enumerate(parted):
        number = row + 1 in begins and _NUMBER.fullmatch(line.plain.strip())
        (aside if number else own).append(line)
    for record in records(own):
        first, last = record[0], record[-1] + 1
        fields = sorted(_with_title(own[first:last]), key=_place_in_record)
        gaps = [replace(line, gap=own[first].gap and not row) for row, line in enumerate(fields)]
        own[first:last] = gaps
    return own, aside


def keep_records(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Label the fields of records as the heads of entries, and what follows as their text."""
    found = records(lines)
    starts = [record[0] for record in found] + [len(lines)]
    for record, following in zip(found, starts[1:], strict=True):
        group = "edu" if any(of_school(_label(lines[row])) for row in record) else "exp"
        head = "B"
        for row in range(record[0], following):
            known = row <= record[-1] and _role(lines[row])
            if row > record[-1] and (
                lines[row].kind is LineKind.HEADING or labels[row].part == "H"
            ):
                break
            if known or row <= record[-1] or labels[row].part in "BIG":
                label = f"{head if known else 'T'}:{group}"
                labels[row] = LineLabel(label, 1.0, in_entry=label)
            head = "I" if known else head


def records(lines: Sequence[Line]) -> list[range]:
    """Return the runs of labelled lines that are records: two fields, of a title or an employer."""
    found: list[range] = []
    first, seen = 0, set[str]()
    for row in range(len(lines) + 1):
        label = _label(lines[row]) if row < len(lines) else ""
        if label and label not in seen:
            seen.add(label)
            continue
        roles = {field_of_label(one) for one in seen} & set(_ORDER)
        if len(roles) >= _LEAST and roles & {"title", "employer"}:
            found.append(range(first, row))
        first, seen = (row, {label}) if label else (row + 1, set())
    return found


def _label(line: Line) -> str:
    """Return the label of a line with a value behind it, "" for tasks and for other lines."""
    match = _FIELD.match(line.plain[:LONGEST]) if line.kind is LineKind.PARAGRAPH else None
    told = match and match.end() < len(line.plain) and field_of_label(match["label"]) != "tasks"
    return match["label"].casefold() if match and told else ""


def _role(line: Line) -> str:
    role = field_of_label(_label(line))
    return role if role in _ORDER else ""


def _with_title(record: Sequence[Line]) -> list[Line]:
    """Take the level for the title where a form asks for nothing nearer: "Level: Secondary"."""
    if any(_role(line) == "title" for line in record):
        return list(record)
    return [
        replace(line, text=RichText.of("Degree: ") + line.text.slice(len(_label(line)) + 2))
        if is_level(_label(line))
        else line
        for line in record
    ]


def _place_in_record(line: Line) -> int:
    role = _role(line)
    return _ORDER.index(role) if role else len(_ORDER)


def _fields(line: Line) -> Iterator[Line]:
    """Yield the fields of a line, each with its label right before the colon."""
    plain = line.plain
    found = list(_FIELD.finditer(plain)) if len(plain) <= LONGEST else []
    wide = len(found) > 1 or any(_WIDE.search(match[0].rstrip()) for match in found)
    if line.kind is not LineKind.PARAGRAPH or not wide or found[0].start():
        yield line
        return
    known = [field_of_label(match["label"]) or is_end_of_period(match["label"]) for match in found]
    if len(found) > 1 and not all(known):
        found = found[:1]
    ends = [match.start() for match in found[1:]] + [len(plain)]
    for match, end in zip(found, ends, strict=True):
        label = match["label"].rstrip(" *")
        text = RichText.of(f"{label}: ") + line.text.slice(match.end(), end).strip()
        yield replace(line, text=text.strip(), gap=line.gap and not match.start())


def _with_whole_name(lines: Sequence[Line]) -> list[Line]:
    """Join the parts of a name, each in a field of its own, to "Name: First Middle Last"."""
    rows = {name_part(_label(line)): row for row, line in enumerate(lines[:_TOP]) if _label(line)}
    parts = [rows[part] for part in ("first", "middle", "last") if part in rows]
    if not {"first", "last"} <= set(rows):
        return list(lines)
    values = [lines[row].plain.partition(":")[2].strip() for row in parts]
    whole = replace(lines[min(parts)], text=RichText.of(f"Name: {' '.join(values)}"))
    return [
        whole if row == min(parts) else line
        for row, line in enumerate(lines)
        if row not in parts or row == min(parts)
    ]


def _is_short(line: Line) -> bool:
    return line.kind is LineKind.PARAGRAPH and len(line.plain.split()) <= _WORDS + 2


def _heading(line: Line) -> Line:
    match = _SECTION.match(line.plain)
    text = line.text.slice(match.end() if match else 0)
    return replace(line, kind=LineKind.HEADING, level=2, text=text)
