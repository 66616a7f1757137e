"""Labels of lines set right by what the whole document shows: levels, the name, alike headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tailor.reading.cv.cells import BAR, leading_label, list_items, pieces, split_label
from tailor.reading.cv.contacts import has_address, has_phone, read_contacts, split_cells
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.head_atoms import is_length
from tailor.reading.cv.headings import label_of_line, read_heading
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import best_kind, find_languages, has_word
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import ContactKind, RichText, SectionKind

_NAME = 60  # characters; no longer line is a name
_FEW = 4  # words of a skill or a language
_BLURB = 3  # lines about an employer, above the first role there
_YEAR_BEHIND = re.compile(r"\((?:19|20)\d\d\)\W*$")
_SURE, _FAIRLY, _UNSURE = 0.9, 0.75, 0.6
_LARGER = 1.05  # times the size of the body
_HEADING_WORDS = 5
_LISTED_WORDS = 14
_LONGEST_CONTACT = 120  # characters
_TOP = 8  # lines in which the name stands


def by_level(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let levels of headings tell an employer's line from those of the roles below it."""
    found = list(labels)
    for index, label in enumerate(labels):
        if heads_roles(lines, labels, index):
            found[index] = replace(label, label=f"G:{label.group}")
            below = index + 1
            while lines[below].kind is LineKind.PARAGRAPH:
                found[below] = replace(labels[below], label=f"T:{label.group}")
                below += 1
    for index in range(1, len(lines)):
        above, line = lines[index - 1], lines[index]
        both = above.kind is LineKind.HEADING and line.kind is LineKind.HEADING
        parts = {found[index - 1].part, found[index].part}
        if not both or line.level <= above.level or not parts <= {"B", "G", "I"}:
            continue
        found[index - 1] = replace(found[index - 1], label=f"G:{found[index - 1].group}")
        found[index] = replace(found[index], label=f"B:{found[index].group}")
        after = index + 1
        while after < len(lines) and found[after].part in "BGI":
            if lines[after].kind is LineKind.HEADING:
                break
            found[after] = replace(found[after], label=f"I:{found[after].group}")
            after += 1
    return found


def heads_roles(lines: Sequence[Line], labels: Sequence[LineLabel], index: int) -> bool:
    """Return whether a heading is an employer's: a sentence about it, then a dated role below."""
    line = lines[index]
    if line.kind is not LineKind.HEADING or labels[index].part not in "BG":
        return False
    if find_dates(line.plain):
        return False
    below = index + 1
    while below < len(lines) and lines[below].kind is LineKind.PARAGRAPH:
        sentence = lines[below].plain.rstrip().endswith(".")
        if not (labels[below].part in {"T", "S"} or sentence) or below > index + _BLURB:
            return False
        below += 1
    if below == len(lines) or below == index + 1 or labels[below].part != "B":
        return False
    role = lines[below]
    is_lower = role.kind is LineKind.HEADING and role.level > line.level
    return is_lower and bool(find_dates(role.plain))


def with_contacts(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Take for contact details what is nothing else, and for their heading what is called so."""
    looks = {
        _heading_look(line) for line, label in zip(lines, labels, strict=True) if label.part == "H"
    }
    found = list(labels)
    kind = ""
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        kind = label.group if label.part == "H" else kind
        look = _heading_look(line)
        if look and look in looks and read_heading(line.text).name == "contact":
            found[index] = replace(label, label="H:contact")
        elif kind != "references" and label.label != "name" and is_contact_line(line):
            found[index] = replace(label, label="top")
    return found


def is_contact_line(line: Line) -> bool:
    """Return whether a line is a telephone number, an e-mail address or both, and nothing else."""
    if len(line.plain) > _LONGEST_CONTACT or not (has_address(line.plain) or has_phone(line.plain)):
        return False
    read = [read_contacts(cell) for cell in split_cells(line.text)]
    kinds = {contact.kind for contacts, _ in read for contact in contacts}
    told = ContactKind.EMAIL in kinds or ContactKind.PHONE in kinds
    return told and not any(others for _, others in read)


def with_lengths(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Take "Acme" above "5 years 2 months" for an employer whose roles follow, each with dates."""
    found = list(labels)
    for row in range(len(lines) - 2):
        whole = is_length(lines[row + 1].plain) and not find_dates(lines[row].plain)
        if not whole or found[row].part not in "BGIL" or found[row + 2].part not in "BIT":
            continue
        group = found[row].group
        for place, part in ((row, "G"), (row + 1, "G"), (row + 2, "B")):
            found[place] = LineLabel(f"{part}:{group}", 1.0, in_entry=f"{part}:{group}")
    return found


def with_dated_heads(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let a short line without a date be text where all heads of its section have one.

    Only a line that was taken for a head unsurely, with nothing that sets it apart from the text
    above it.
    """
    found = list(labels)
    for first, last in _sections(found):
        sure = [
            row
            for row in range(first, last)
            if found[row].part == "B" and found[row].confidence >= _SURE
        ]
        if len(sure) < 2 or not all(find_dates(lines[row].plain) for row in sure):
            continue
        one_line = not any(
            found[row + 1].part == "I" and found[row + 1].confidence >= _SURE
            for row in sure
            if row + 1 < last
        )
        for row in range(sure[0] + 1, last):
            line, label = lines[row], found[row]
            second = label.part == "I" and found[row - 1].part == "B" and not line.gap
            if one_line and second and label.confidence < _SURE and not find_dates(line.plain):
                label = found[row] = replace(label, label=f"T:{label.group}")
            doubtful = label.part in {"B", "G"} and label.confidence < _SURE and not line.gap
            if doubtful and line.kind is LineKind.PARAGRAPH and found[row - 1].part == "T":
                alone = not find_dates(line.plain) and found[min(row + 1, last - 1)].part != "I"
                found[row] = replace(label, label=f"T:{label.group}") if alone else label
    return found


def _sections(labels: Sequence[LineLabel]) -> Iterator[tuple[int, int]]:
    """Yield where the lines below each heading begin and end."""
    heads = [index for index, label in enumerate(labels) if label.part == "H"]
    for first, after in pairwise([*heads, len(labels)]):
        yield first + 1, after


def with_labelled_lists(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let "Languages: German, English" stand for itself at the end of a section of entries.

    So does each labelled line that follows it, such as "Other: driving licence".
    """
    found = [_with_objective(line, label) for line, label in zip(lines, labels, strict=True)]
    for first, last in _sections(found):
        if found[first - 1].group in _LISTED_KINDS:
            continue  # "Programming: Python" is a line of the skills that it stands among
        for row in range(first, last):
            name = read_heading(RichText.of(leading_label(lines[row].plain))).name
            listed = name in _LISTED_KINDS and (
                name != SectionKind.LANGUAGES or find_languages(lines[row].plain)
            )
            if not (listed and lines[row].gap and found[row].part in "BITSL"):
                continue
            if any(label.part in {"B", "G"} for label in found[row + 1 : last]):
                continue
            for below in range(row, last):
                label = leading_label(lines[below].plain)
                kind = read_heading(RichText.of(label)).name if label else ""
                if kind not in _LISTED_KINDS:
                    break
                found[below] = LineLabel(f"H:{kind}", 1.0)
    return found


def _with_objective(line: Line, label: LineLabel) -> LineLabel:
    """Return the label of a section for "Objective: ..." among the lines at the top."""
    told = split_label(line.plain)[0] if label.label in {"top", "S:summary"} and line.gap else ""
    known = told and read_heading(RichText.of(told)).name == SectionKind.SUMMARY
    return LineLabel("H:summary", 1.0) if known else label


_LISTED_KINDS = frozenset({"languages", "skills", "interests", "certificates", "other"})


def with_plain_lists(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Tell by its items what a list is, in a CV without headings: languages, skills, ..."""
    heads = [line for line, label in zip(lines, labels, strict=True) if label.part == "H"]
    if sum(bool(read_heading(line.text).name) for line in heads) > 1:
        return list(labels)
    found = list(labels)
    told = ""
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        told = _kind_of_list(line) if line.gap or told else ""
        if told and label.part in "BIST" and line.kind is LineKind.PARAGRAPH:
            found[index] = replace(label, label=f"S:{told}")
    return found


def _kind_of_list(line: Line) -> str:
    """Return what the items of a list in one line are, "" if they do not tell."""
    label, rest = split_label(line.plain)
    name = read_heading(RichText.of(label)).name if label else ""
    items = list_items(rest)
    if name in _LISTED_KINDS and (name != SectionKind.LANGUAGES or find_languages(rest)):
        return name
    if items and all(find_languages(item) and len(item.split()) <= _FEW for item in items):
        return SectionKind.LANGUAGES
    if label and len(items) > 1 and all(len(item.split()) <= _FEW for item in items):
        return "" if find_dates(rest) else SectionKind.SKILLS
    parts = rest.split(";")
    dated = all(_YEAR_BEHIND.search(part) for part in parts)
    return SectionKind.CERTIFICATES if len(parts) > 1 and dated else ""


def with_listed(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let each line of a plain list of qualifications stand for itself.

    Among degrees with dates such a list has licences and courses without: they are neither text
    below the line above nor headings. A list whose lines all have dates needs no such heading.
    """
    found = list(labels)
    for index, label in enumerate(labels):
        if label.label != "H:education":
            continue
        end = index + 1
        while end < len(lines) and _may_be_listed(lines[end], lines[index], end == index + 1):
            end += 1
        rows = range(index + 1, end)
        several = any(found[row].label == "I:edu" and _is_field(lines[row]) for row in rows)
        dated = sum(bool(find_dates(lines[row].plain)) for row in rows)
        mixed = has_word(lines[index].plain, "qualification") or dated == len(rows)
        if several or dated < 2 or not mixed:
            continue
        for row in rows:
            detail = split_label(lines[row].plain)[0] or lines[row].plain[0].islower()
            if found[row].part in "BITHS" and not detail:
                found[row] = replace(found[row], label="B:edu")
    return found


def _is_field(line: Line) -> bool:
    """Return whether a line is a part of a head of several lines: a school, a degree."""
    return best_kind(line.plain)[0] in {"school", "employer", "degree", "mixed", "place"}


def _may_be_listed(line: Line, heading: Line, first: bool) -> bool:
    short = len(line.plain.split()) <= _LISTED_WORDS and not line.plain.endswith(".")
    # Bold or larger ones tell without the space above that many files have nowhere; capitals alone
    # may be a ticket's name.
    looks = (_heading_look, _prominence)
    another = any(look(line) and look(line) == look(heading) for look in looks)
    return line.kind is LineKind.PARAGRAPH and short and not another and (first or not line.gap)


def _prominence(line: Line) -> tuple[bool, float] | tuple[()]:
    """Return whether a line is bold, and its size where it is larger; () if it is neither."""
    bold = all(run.bold for run in line.text.runs if run.text.strip())
    size = round(line.look.size, 1) if line.look.size > _LARGER else 0.0
    return (bold, size) if bold or size else ()


def below_labels(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let what follows a label within an entry be text, though it may look like a head's start."""
    found = list(labels)
    for index in range(1, len(lines)):
        line, label, above = lines[index], found[index], found[index - 1]
        unsure = label.part in {"B", "I"} and label.confidence < _SURE
        if "\t" in lines[index - 1].plain or " | " in lines[index - 1].plain:
            continue  # a table's head row
        if above.part != "L" or not unsure or find_dates(line.plain):
            continue
        if line.kind is not LineKind.HEADING and not label_of_line(line.plain):
            found[index] = replace(label, label=f"T:{label.group}")
            if index + 1 < len(lines) and found[index + 1].part == "I":
                found[index + 1] = replace(found[index + 1], label=f"B:{label.group}")
    return found


def with_name(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Take the line at the top that looks most like a name, where none is told to be it.

    A line that begins with contact details is no name, whatever it was taken for.
    """
    found = [
        replace(label, label="top") if label.label == "name" and _begins_otherwise(line) else label
        for line, label in zip(lines, labels, strict=True)
    ]
    if any(label.label == "name" for label in found):
        return found
    told = any(label.label == "name" for label in labels)
    best: tuple[float, int] | None = None
    for index, (line, label) in enumerate(zip(lines, found, strict=True)):
        known = read_heading(line.text).name not in {"", "document", "contact"}
        if index >= (_TOP if told else 3) or known:
            break
        first = next(iter(pieces(line.plain, BAR)), "")
        fits = label.label != "doc" and len(first) <= _NAME and line.kind is not LineKind.ITEM
        low = line.kind is LineKind.HEADING and line.level > 1
        if fits and not (low and not told) and not _begins_otherwise(line):
            rank = line.look.size if told else 0.0
            if best is None or rank > best[0]:
                best = rank, index
    if best:
        found[best[1]] = LineLabel("name", 0.0)
    return found


# Sections whose headings no employer or school is called.
_ENDS = frozenset({"skills", "education", "certificates", "languages", "interests", "references"})


def with_alike_headings(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Take short lines for headings that look as most headings do and as little else does."""
    looks = [_heading_look(line) for line in lines]
    headings = Counter(look for look, label in zip(looks, labels, strict=True) if label.part == "H")
    others = Counter(
        look
        for look, label in zip(looks, labels, strict=True)
        if label.part in {"B", "G", "name"} or (label.part == "I" and label.confidence > _SURE)
    )
    levels = [
        Counter(
            line.level
            for line, label in zip(lines, labels, strict=True)
            if line.kind is LineKind.HEADING and label.part in parts
        )
        for parts in ("H", "BG")
    ]
    first = next((i for i, label in enumerate(labels) if label.part == "H"), len(labels))
    texts = Counter(line.plain.casefold() for line in lines)
    entries = next((i for i, label in enumerate(labels) if label.part in {"B", "T"}), len(labels))
    above = {line.plain.casefold() for line in lines[:entries]}  # what no entry has as its label
    found = list(labels)
    for index, (line, label, look) in enumerate(zip(lines, labels, looks, strict=True)):
        unsure = label.confidence < _UNSURE
        loose = label.part in {"S", "T", "doc", "top"} and (index > first or unsure)
        if label.part in {"B", "I"} and line.gap and headings[look] > 1:
            read = read_heading(line.text)
            if read.name in _ENDS and not read.note:  # by its words and by its look
                found[index] = replace(label, label=f"H:{read.name}")
                continue
        if name := _section_begun(lines, index, label):
            found[index] = replace(label, label=f"H:{name}")
            continue
        repeated = texts[line.plain.casefold()] > 1 and line.plain.casefold() not in above
        if label.part == "L" or repeated:
            if label.part == "H" and any(one.part == "T" for one in labels[:index]):
                found[index] = replace(label, label="L:exp")
            continue  # a label that every entry has
        marked = line.kind is LineKind.HEADING and levels[0][line.level] > 1
        if marked and not levels[1][line.level] and label.as_heading and label.part in {"S", "T"}:
            found[index] = replace(label, label=label.as_heading)
            continue
        if not look or headings[look] < 2 or others[look] or not (loose or unsure):
            continue
        if label.as_heading and label.part != "H" and not find_dates(line.plain):
            found[index] = replace(label, label=label.as_heading)
    return found


def _section_begun(lines: Sequence[Line], index: int, label: LineLabel) -> str:
    """Return the section that a line begins whose words alone head it, with text below, or "".

    In a list of short lines "Presentations" is a skill, unless what it was taken for is unsure.
    """
    line = lines[index]
    if label.part not in {"S", "T", "top", "doc"} or line.kind is not LineKind.PARAGRAPH:
        return ""
    below = lines[index + 1].plain if index + 1 < len(lines) else ""
    if line.look.cell or not (len(below) > _NAME or (below and label.confidence < _FAIRLY)):
        return ""
    read = read_heading(line.text)
    return read.name if read.name in set(SectionKind) and not read.note else ""


def _heading_look(line: Line) -> tuple[object, ...]:
    """Return the look of a short line that stands out as headings do, () if it does not."""
    text, runs = line.plain.strip(), [run for run in line.text.runs if run.text.strip()]
    bold, caps = all(run.bold for run in runs), text.isupper() or line.look.caps
    outstanding = bold or caps or line.look.size > _LARGER
    if not outstanding or not line.gap or len(text) > _NAME or len(text.split()) > _HEADING_WORDS:
        return ()
    if line.kind is LineKind.ITEM or text[-1:] in ".,;" or has_address(text) or has_phone(text):
        return ()
    return line.kind, line.level, bold, caps, round(line.look.size, 1)


def _begins_otherwise(line: Line) -> bool:
    """Return whether a line begins with what no name does: an address, a number, a place."""
    first = next(iter(split_cells(line.text)), line.text)
    if split_label(line.plain)[0]:
        return False
    contacts, others = read_contacts(first)
    start = clean(first).plain
    return bool(contacts) and not (others and start.startswith(others[0]))
