"""What a line is by itself, or beside the entry above it: where the labels leave that open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.cells import BAR, pieces, spans
from tailor.reading.cv.contacts import has_contact, is_postal_address
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.reading.cv.headings import (
    field_of_label,
    is_known_section,
    label_of_line,
    personal_label,
    read_heading,
)
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import (
    best_kind,
    find_languages,
    has_word,
    is_known_place,
    names_places,
)
from tailor.reading.cv.sections import Draft, Part, is_dated, look_of
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import RichText, SectionKind

_SUBJECT = re.compile(
    r"\s*(?:majors?|minors?|concentrations?|speciali[sz]ations?)\b", re.IGNORECASE
)
_LABELLED = frozenset({SectionKind.LANGUAGES, SectionKind.CERTIFICATES, SectionKind.INTERESTS})
_LAST_BRACKET = re.compile(r"\s?\([^()]{1,64}\)\s?$")
_LONGEST_HEADING = 100  # characters
_WHOLE_HEADS = frozenset({"mixed", "degree", "title"})
_ROW = 400  # characters; no longer line is a row of headings or of single skills
_LABEL_WORDS = 3
_LONG = 4000  # characters; no longer line is a row of a table


def begins_as_others(line: Line, part: Part) -> bool:
    """Return whether a line is a heading of the level at which the section's entries begin."""
    if not part.drafts or line.kind is not LineKind.HEADING:
        return False
    return look_of(line)[:2] == look_of(part.drafts[0].head[0])[:2]


def begins_labelled(told: str, line: Line, part: Part) -> bool:
    """Return whether a line with a field's label begins an entry: the last one has it.

    So does "Course: ..." in a list of which each item is an entry.
    """
    draft = part.newest
    if draft is None:
        return True
    if told == "title" and is_dated(draft) and find_dates(line.plain):
        return True
    told_before = {label_of_line(line.plain) for line in (*draft.shared, *draft.head)}
    return told in told_before or bool(draft.body and told_before == {""})


def is_text(line: Line, label: LineLabel, part: Part | None) -> bool:
    """Return whether a line is text that was taken for a heading or a part of a head."""
    if label.part == "I":
        return bool(part and part.newest) and _is_row_of_names(line)
    sentence = len(line.plain) > _LONGEST_HEADING and line.plain.rstrip().endswith((".", "!"))
    continues = line.plain[:1].islower() and part is not None and not is_known_section(line.text)
    return (sentence or continues) and label.part == "H" and line.kind is LineKind.PARAGRAPH


def is_labelled(line: Line, label: LineLabel, part: Part) -> bool:
    """Return whether a line of a list is told by its label to be no entry: "Available from: ...".

    Nor is the row of a table of other things, "Free time | Sailing, old mopeds".
    """
    if personal_label(line.plain):
        return label.part in {"B", "I", "G"} or part.kind is SectionKind.LANGUAGES
    cells = pieces(line.plain, BAR)
    row = part.kind is SectionKind.OTHER and line.look.cell and len(cells) == 2
    return bool(row and len(cells[0].split()) <= _LABEL_WORDS and not any(map(read_whole, cells)))


def _is_row_of_names(line: Line) -> bool:
    """Return whether bars part several names in a line, none of which is of a head."""
    cells = pieces(clean(line.text).plain, BAR)
    kinds = {best_kind(cell)[0] for cell in cells}
    several = len(cells) > (5 if kinds & _WHOLE_HEADS else 3)  # title, employer and place
    return several and not any(find_dates(cell) or is_known_place(cell) for cell in cells)


def part_of_head(line: Line, part: str, draft: Draft) -> str:
    """Return what the newest entry makes of a line that was taken for one of a head, or ""."""
    kinds = {head.kind for head in (*draft.shared, draft.head[0])}
    if part in {"B", "G"} and line.kind is LineKind.ITEM and LineKind.ITEM not in kinds:
        return "T"  # the other heads are none of a list
    if draft.body:  # in the row of a table in which the entry began, all is text
        in_row = draft.head[0].plain.lstrip().startswith("|")
        in_row = in_row and line.number == draft.head[0].number
        return "T" if in_row and part in {"B", "G", "I"} else ""
    if part == "T" and line.kind is LineKind.PARAGRAPH and _is_address(line.plain):
        return "I"  # of the employer
    if part == "B" and (_is_place_only(line) or _is_beside(line, draft.head[0])):
        return "I"
    return "B" if part == "I" and _is_second_head(line, draft) else ""


def _is_beside(line: Line, head: Line) -> bool:
    """Return whether a line stands in a row of a table at the right of an entry's first line."""
    one, other = line.look.cell, head.look.cell
    if one is None or other is None:
        return False
    return one[:2] == other[:2] and other[2] < one[2]


def is_contact(line: Line, label: LineLabel) -> bool:
    """Return whether a line below a heading of contact details is one of them."""
    return label.part != "B" or has_contact(line.plain) or not find_dates(line.plain)


def _is_place_only(line: Line) -> bool:
    """Return whether a line is nothing but a place or several, which begins no entry."""
    text = _LAST_BRACKET.sub("", clean(line.text).plain)
    return _is_address(text) or names_places(text)


def _is_address(text: str) -> bool:
    return is_postal_address(text) and not find_dates(text)


def _is_second_head(line: Line, draft: Draft) -> bool:
    """Return whether a line says again what a head says once: its dates, or its degree."""
    dated = is_dated(draft) and bool(find_dates(line.plain))
    if dated and best_kind(clean(line.text).plain)[0] in _WHOLE_HEADS:
        return True
    return _names_degree(line) and any(_names_degree(head) for head in draft.head)


def _names_degree(line: Line) -> bool:
    return not _SUBJECT.match(line.plain) and has_word(
        " ".join(re.split(r"[\s,:]+", line.plain)[:3]), "degree"
    )


def goes_on(line: Line, part: Part, kind: SectionKind) -> bool:
    """Return whether a line that looks like one of a list is a bullet of the entry above it."""
    return kind is not SectionKind.REFERENCES and part.headed and line.kind is LineKind.ITEM


def is_bullet_below(line: Line, draft: Draft) -> bool:
    """Return whether an item stands below a head that is no item and says more than dates."""
    if line.kind is not LineKind.ITEM or draft.head[0].kind is LineKind.ITEM:
        return False
    if any(head.kind is LineKind.ITEM and head.level == line.level for head in draft.shared):
        return False  # the employer's line above it was an item too
    dated = any(find_dates(head.plain) for head in (*draft.shared, *draft.head))
    if not dated and find_dates(line.plain):
        return False
    return any(read_whole(head.plain) is None for head in draft.head)


def own_section(line: Line, kind: SectionKind) -> Part | None:
    """Return the section that "Languages: English, Welsh" is below a heading of another kind."""
    if kind not in {SectionKind.SKILLS, SectionKind.INTERESTS, SectionKind.OTHER}:
        return None
    read = read_heading(line.text)
    if not read.note or read.kind is kind or read.kind not in _LABELLED:
        return None
    if read.kind is SectionKind.LANGUAGES and not find_languages(read.note.plain):
        return None
    own = replace(line, kind=LineKind.PARAGRAPH, text=read.note)
    return Part(read.kind, read.heading, line.number, loose=[own])


def columns_of(line: Line) -> tuple[str, ...]:
    """Return what the cells of a table's head row say of their columns."""
    cells = pieces(line.plain.strip(" |"), BAR) if len(line.plain) <= _ROW else []
    told = [field_of_label(clean(RichText.of(cell)).plain) for cell in cells]
    if len(told) < 2 or sum(map(bool, told)) <= len(told) / 2 or find_dates(line.plain):
        return ()
    return (*told[:-1], told[-1] or "tasks")


def without_tasks(line: Line, columns: Sequence[str]) -> tuple[Line, list[Line]]:
    """Part a row of a table from the cell in which, as the head row says, the tasks stand."""
    at = columns.index("tasks") if "tasks" in columns and len(line.plain) <= _LONG else 0
    begin = len(line.plain) - len(line.plain.lstrip(" |"))
    cells = [(begin + a, begin + b) for a, b in spans(line.plain[begin:].rstrip(" |"), BAR)]
    if not at or len(cells) <= at:
        return line, []
    start = cells[at][0]
    return replace(line, text=line.text.slice(0, start)), [
        replace(line, text=line.text.slice(start))
    ]


def names_document(line: Line) -> bool:
    """Return whether a line says what the file is, "Curriculum Vitae", and no more."""
    read = read_heading(line.text)
    return read.name == "document" and not read.note
