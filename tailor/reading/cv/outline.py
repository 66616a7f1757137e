"""Which lines head a section of a CV, which head a part of one, and what each section holds.

What looks exactly as the known headings do is a heading too, whatever its words. What looks
like less heads a part: a theme of achievements, the preprints among the papers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tailor.reading.cv.contacts import has_contact
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import (
    SECTIONS,
    field_of_label,
    is_known_section,
    read_heading,
    section_of_heading,
)
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import find_languages
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import SectionKind

LONGEST_HEADING = 60  # characters
LARGER = 1.05  # times the size of the body
_HEADING_WORDS = 5
_MOST_WORDS = 9  # of a heading that looks exactly as the others do
_SURE, _FAIRLY, _UNSURE = 0.9, 0.75, 0.6
_WITHIN = 0.8  # how sure a heading within a section has to be one of another kind
_LONGEST_HEAD = 5  # lines
_LOOSE = frozenset({"S", "T", "doc", "top"})
_UNTOLD = _LOOSE | {"B", "G"}
# Sections whose headings no employer or school is called.
_ENDS = frozenset(
    {"skills", "education", "certificates", "languages", "interests", "references", "other"}
)
# Sections that hold entries; the others are lists, whatever single lines of them look like.
_ENTRIES = frozenset({"experience", "education", "projects", "volunteering"})
# Labels of lines that belong to no section, wherever they stand.
ASIDE = frozenset({"aside", "consent"})
# Lists whose lines below a smaller heading are of their kind, unless it says otherwise.
_WHOLE = frozenset({"skills", "publications", "summary", "achievements", "languages"})
_APART = frozenset({"certificates", "interests", "references"})

Form = tuple[object, ...]


def first_of(part: str, labels: Sequence[LineLabel]) -> int:
    """Return the first line with a label of this part, or the number of lines without one."""
    return next((i for i, label in enumerate(labels) if label.part == part), len(labels))


def heading_look(line: Line) -> Form:
    """Return the look of a short line that stands out as headings do, () if it does not."""
    form = _form(line)
    apart = line.gap or line.look.cell  # the row of a table
    if not form or not apart or len(line.plain.split()) > _HEADING_WORDS:
        return ()
    return form


def _form(line: Line) -> Form:
    """Return how a line stands out as headings do, whatever is above it, () if it does not."""
    text, runs = line.plain.strip(), [run for run in line.text.runs if run.text.strip()]
    bold, caps = all(run.bold for run in runs), text.isupper() or line.look.caps
    outstanding = bold or caps or line.look.size > LARGER or line.kind is LineKind.HEADING
    if not outstanding or len(text) > LONGEST_HEADING or line.kind is LineKind.ITEM:
        return ()
    if text[-1:] in ".,;" or has_contact(text):
        return ()
    return line.kind, line.level, bold, caps, round(line.look.size, 1)


def find_headings(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take short lines for headings that look as most headings do and as little else does."""
    looks = [heading_look(line) for line in lines]
    rows = list(zip(lines, list(labels), looks, strict=True))
    headings = Counter(look for _, label, look in rows if label.part == "H")
    others = Counter(
        look
        for _, label, look in rows
        if label.part in {"B", "G", "name"} or (label.part == "I" and label.confidence > _SURE)
    )
    marked = [(line.level, label) for line, label, _ in rows if line.kind is LineKind.HEADING]
    levels = Counter(level for level, label in marked if label.part == "H")
    entry_levels = {level for level, label in marked if label.part in "BG"}
    texts = Counter(line.plain.casefold() for line in lines)
    first = first_of("H", labels)
    first_text = first_of("T", labels)
    entries = min(first_text, first_of("B", labels))
    above = {line.plain.casefold() for line in lines[:entries]}  # what no entry has as its label
    forms, apart = _forms_of_headings(lines, labels), _stand_apart(lines, labels)
    for index, (line, label, look) in enumerate(rows):
        unsure = label.confidence < _UNSURE
        loose = label.part in _LOOSE and (index > first or unsure)
        folded = line.plain.casefold()
        own = forms if texts[folded] == 1 and index > first else frozenset()
        is_alike = line.plain.isupper() in apart and label.part in _UNTOLD and own is forms
        if is_alike and _is_apart(lines, index):
            labels[index] = label.as_label(label.as_heading or "H:other")
            continue
        if told := _heading_told(lines, index, label, own, several=headings[look] > 1):
            labels[index] = label.as_label(told)
            continue
        if label.part == "L" and _heads_others(lines, labels, index):
            labels[index] = label.as_label("H:achievements")
            continue
        if label.part == "L" or (texts[folded] > 1 and folded not in above):
            if label.part == "H" and index > first_text:
                labels[index] = label.as_label("L:exp")
            continue  # a label that every entry has
        if not label.as_heading:
            continue
        of_level = line.kind is LineKind.HEADING and levels[line.level] > 1
        of_level = of_level and line.level not in entry_levels and label.part in {"S", "T"}
        of_look = look and headings[look] > 1 and not others[look] and (loose or unsure)
        if of_level or (of_look and label.part != "H" and not find_dates(line.plain)):
            labels[index] = label.as_label(label.as_heading)
    _find_contact_headings(lines, labels, looks)


def _heads_others(lines: Sequence[Line], labels: Sequence[LineLabel], index: int) -> bool:
    """Return whether "Key achievements" is a heading as those of sections, with others below."""
    line, below = lines[index], lines[index + 1 : index + 2]
    levels = {
        one.level
        for one, label in zip(lines, labels, strict=True)
        if label.part == "H" and one.kind is LineKind.HEADING and is_known_section(one.text)
    }
    lower = bool(below) and below[0].kind is LineKind.HEADING and below[0].level > line.level
    return line.kind is LineKind.HEADING and levels == {line.level} and lower


def _stand_apart(lines: Sequence[Line], labels: Sequence[LineLabel]) -> frozenset[bool]:
    """Return whether headings that are short lines with a gap above are in capitals: some, all.

    They have nothing else to be known by: the file is a plain text. Empty where an entry begins so.
    """
    heads = [line for line, label in zip(lines, labels, strict=True) if label.part == "H"]
    plain = all(line.kind is LineKind.PARAGRAPH and line.gap for line in heads)
    larger = any(line.look.size > LARGER for line in heads)
    bold = any(run.bold for line in heads for run in line.text.runs)
    alike = len(heads) > 1 and plain and not larger and not bold
    if not alike or any(
        label.part in {"B", "G"}
        and _is_apart(lines, index)
        and _has_dates(lines, labels, index, "BGI")
        for index, label in enumerate(labels)
    ):
        return frozenset()
    return frozenset(line.plain.isupper() for line in heads)


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is short, without signs, and right above text with a gap above it."""
    line, below = lines[index], lines[index + 1 : index + 2]
    few = len(line.plain.split()) <= _HEADING_WORDS and line.kind is LineKind.PARAGRAPH
    bare = not line.look.cell and not re.search(r"[,.;:|\t\d@]|\s[-–—]\s", line.plain)
    return few and bare and line.gap and bool(below) and not below[0].gap


def _heading_told(
    lines: Sequence[Line], index: int, label: LineLabel, forms: frozenset[Form], *, several: bool
) -> str:
    """Return the label of a heading by its words or its form, "" if neither tells it.

    `several` says that other headings look as this line does.
    """
    line = lines[index]
    if label.part in {"B", "I"} and several:
        read = read_heading(line.text)
        if read.name in _ENDS and not read.note:
            return f"H:{read.name}"
    if name := _section_begun(lines, index, label):
        return f"H:{name}"
    return label.as_heading if _is_alike(line, label, forms) else ""


def _find_contact_headings(
    lines: Sequence[Line], labels: list[LineLabel], looks: Sequence[Form]
) -> None:
    """Take for headings of contact details what is called so and looks as headings do."""
    found = {look for look, label in zip(looks, labels, strict=True) if label.part == "H"} - {()}
    for index, (line, look) in enumerate(zip(lines, looks, strict=True)):
        if look in found and read_heading(line.text).name == "contact":
            labels[index] = labels[index].as_label("H:contact")


def _forms_of_headings(lines: Sequence[Line], labels: Sequence[LineLabel]) -> frozenset[Form]:
    """Return how headings of known words look, several of them, where no entry begins so.

    An entry begins with its dates, or they stand on the lines below, in no list.
    """
    known = Counter(
        _form(line)
        for line, label in zip(lines, labels, strict=True)
        if (label.part == "H" or is_known_section(line.text)) and not read_heading(line.text).note
    )
    entries = {
        _form(lines[index])
        for index, label in enumerate(labels)
        if label.part in {"B", "G"} and _has_dates(lines, labels, index)
    }
    several = {form for form, count in known.items() if count > 2 - _is_striking(form)}
    return frozenset(several) - entries - {()}


def _is_striking(form: Form) -> bool:
    """Return whether a line stands out in several ways: bold, larger and in capitals."""
    return bool(form) and bool(form[2] and form[3]) and float(str(form[4])) > LARGER


def _has_dates(
    lines: Sequence[Line], labels: Sequence[LineLabel], index: int, parts: str = "I"
) -> bool:
    """Return whether the head that begins at a line has dates, there or below it in no list.

    Its other lines have labels of these `parts`.
    """
    end = index + 1
    while end < len(lines) and labels[end].part in parts and lines[end].kind is not LineKind.ITEM:
        end += 1
    return any(find_dates(line.plain) for line in lines[index:end])


def _is_alike(line: Line, label: LineLabel, forms: frozenset[Form]) -> bool:
    """Return whether a line looks exactly as the headings do and says nothing that none does."""
    if not label.as_heading or label.part in {"H", "name"} or _form(line) not in forms:
        return False
    text = line.plain
    if len(text.split()) > _MOST_WORDS or field_of_label(text) == "tasks":
        return False
    return not find_dates(text) and "\t" not in text and line.look.cell is None


def _section_begun(lines: Sequence[Line], index: int, label: LineLabel) -> str:
    """Return the section that a line begins whose words alone head it, with text below, or "".

    In a list of short lines "Presentations" is a skill, unless what it was taken for is unsure.
    """
    line = lines[index]
    if label.part not in {"S", "T", "top", "doc"} or line.kind is not LineKind.PARAGRAPH:
        return ""
    below = lines[index + 1].plain if index + 1 < len(lines) else ""
    if line.look.cell or not (
        len(below) > LONGEST_HEADING or (below and label.confidence < _FAIRLY)
    ):
        return ""
    read = read_heading(line.text)
    return read.name if read.name in SECTIONS and not read.note else ""


# What each section holds.


def tell_sections(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Set the labels of headings to what their words say, and of those within a section."""
    heads = [index for index, label in enumerate(labels) if label.part == "H"]
    below = {index for index in heads if _is_below(lines, heads, index)}
    main = [index for index in heads if index not in below]
    for start, end in pairwise([*main, len(lines)]):
        if name := section_of_heading(read_heading(lines[start].text)):
            labels[start] = replace(labels[start], label=f"H:{name}", confidence=1.0)
            _lists_of_papers(lines, labels, range(start, end), name)
            _achievements(lines, labels, range(start, end), name)
        elif labels[start].part == "H" and labels[start].confidence < _UNSURE:
            _if_unclear(lines, labels, range(start, end))
        _tell_within(lines, labels, [start, *(i for i in heads if start < i < end), end])


def _is_below(lines: Sequence[Line], heads: Sequence[int], index: int) -> bool:
    """Return whether a heading looks like less than those of known words do."""
    known = [lines[i] for i in heads if read_heading(lines[i].text).name in SECTIONS]
    line = lines[index]
    if len(known) < 2 or index == heads[0] or "\t" in line.plain:
        return False
    if line.kind is LineKind.HEADING:
        levels = Counter(one.level for one in known if one.kind is LineKind.HEADING)
        return bool(levels) and line.level > max(levels, key=lambda level: (levels[level], -level))
    if line in known or _stands_out(line):
        return False
    return all(one.kind is LineKind.HEADING or _stands_out(one) for one in known)


def _stands_out(line: Line) -> bool:
    return line.plain.isupper() or line.look.caps or line.look.size > LARGER


def _lists_of_papers(
    lines: Sequence[Line], labels: list[LineLabel], rows: range, name: str
) -> None:
    """Let a list of certificates be one throughout, where most of its lines were told to be so."""
    alike = sum(labels[row].group == name for row in rows[1:])
    listed = name == SectionKind.CERTIFICATES and 2 * alike > len(rows)
    if listed and _first_entry(lines, labels, rows) is None:
        _set_lines(lines, labels, rows[1:], name)


def _if_unclear(lines: Sequence[Line], labels: list[LineLabel], rows: range) -> None:
    """Let a section of which nobody knows what it holds be a list of other things."""
    dated = any(find_dates(lines[row].plain) for row in rows)
    if labels[rows.start].group in _ENTRIES and not dated:
        labels[rows.start] = labels[rows.start].as_label(f"H:{SectionKind.OTHER}")
        _set_lines(lines, labels, rows[1:], SectionKind.OTHER)


def _achievements(lines: Sequence[Line], labels: list[LineLabel], rows: range, name: str) -> None:
    """Let what stands below a heading of achievements be these, by their themes."""
    if name == SectionKind.ACHIEVEMENTS:
        end = _first_entry(lines, labels, rows) or rows.stop
        _set_lines(lines, labels, range(rows.start + 1, end), name)


def _first_entry(lines: Sequence[Line], labels: Sequence[LineLabel], rows: range) -> int | None:
    """Return where the first entry begins, whose head has dates and which has text below it."""
    for row in rows[1:]:
        if labels[row].part not in {"B", "G"}:
            continue
        end = row + 1
        while end < rows.stop and labels[end].part in {"I", "B", "G"} and end < row + _LONGEST_HEAD:
            end += 1
        dates = [one.is_range for line in lines[row:end] for one in find_dates(line.plain)]
        if end == rows.stop or labels[end].part != "T":
            continue
        head, text = lines[row], lines[end]
        if head.kind is LineKind.ITEM is text.kind and head.level == text.level:
            continue  # two items of one list
        below = text.kind is LineKind.ITEM is not head.kind
        if any(dates) or (below and dates):
            return row
    return None


def _set_lines(
    lines: Sequence[Line], labels: list[LineLabel], rows: Sequence[int], kind: str
) -> None:
    """Let the lines of a section be what it holds, whatever they were labelled by themselves."""
    rows = [row for row in rows if labels[row].label not in ASIDE]
    rows = [row for row in rows if labels[row].label != "doc" or lines[row].kind is LineKind.ITEM]
    if not rows or kind in {SectionKind.EXPERIENCE, SectionKind.EDUCATION}:
        return
    if kind in _ENTRIES and not all(lines[row].kind is LineKind.ITEM for row in rows):
        return
    if kind == SectionKind.OTHER and _first_entry(lines, labels, range(rows[0] - 1, rows[-1] + 1)):
        return
    for row in rows:
        if kind == SectionKind.ACHIEVEMENTS and _is_theme(lines, row):
            labels[row] = labels[row].as_label(f"U:{kind}")
        elif labels[row].part != "H":
            labels[row] = labels[row].as_label(f"S:{kind}")


def _is_theme(lines: Sequence[Line], row: int) -> bool:
    """Return whether a line is the heading of a group of achievements: a list stands below it."""
    line, after = lines[row], lines[row + 1 : row + 2]
    if line.kind is LineKind.ITEM or not after or len(line.plain) > LONGEST_HEADING:
        return False
    few = len(line.plain.split()) <= _MOST_WORDS and line.plain.rstrip()[-1:] not in ".!;,"
    listed = after[0].kind is LineKind.ITEM or after[0].look.bullet
    apart = _form(line) and not _form(after[0]) and len(after[0].plain) > len(line.plain)
    return few and bool(listed or apart)


def _tell_within(lines: Sequence[Line], labels: list[LineLabel], rows: Sequence[int]) -> None:
    """Set the labels of the smaller headings within a section, whose own heading is the first."""
    start, *smaller, _ = rows
    kind = labels[start].group
    for row in smaller:
        name, sure = read_heading(lines[row].text).name, True
        if name not in SECTIONS:
            name, sure = labels[row].group, labels[row].confidence >= _WITHIN
        apart = kind not in _WHOLE or name in _APART or _speaks(name, lines[row + 1 : row + 2])
        own = name in SECTIONS and sure and apart and name != kind
        if own and not (name == SectionKind.SUMMARY or kind == SectionKind.ACHIEVEMENTS):
            labels[row] = replace(labels[row], label=f"H:{name}")
        else:
            labels[row] = labels[row].as_label(f"U:{kind}")


def _speaks(name: str, below: Sequence[Line]) -> bool:
    """Return whether a heading says languages and a language is named below it."""
    return name == SectionKind.LANGUAGES and any(find_languages(one.plain) for one in below)
