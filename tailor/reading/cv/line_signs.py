"""What a line is by itself, or beside the entry above it: where the labels leave that open."""

from __future__ import annotations

from dataclasses import replace

from tailor.reading.cv.cells import BAR, pieces
from tailor.reading.cv.contacts import has_contact, read_contacts, split_cells
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.reading.cv.head_line import is_row_of_names
from tailor.reading.cv.headings import (
    is_known_section,
    label_of_line,
    personal_label,
    read_heading,
)
from tailor.reading.cv.letter import is_on_request
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import find_languages
from tailor.reading.cv.sections import Part, is_dated, look_of
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import ContactKind, SectionKind

_LABELLED = frozenset({SectionKind.LANGUAGES, SectionKind.CERTIFICATES, SectionKind.INTERESTS})
_LONGEST_HEADING = 100  # characters
_LABEL_WORDS = 3
_LONGEST_CONTACT = 120  # characters


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
        return bool(part and part.newest) and is_row_of_names(line)
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


def goes_on(line: Line, part: Part, kind: SectionKind) -> bool:
    """Return whether a line that looks like one of a list is a bullet of the entry above it."""
    return kind is not SectionKind.REFERENCES and part.headed and line.kind is LineKind.ITEM


def is_contact_line(line: Line) -> bool:
    """Return whether a line is a telephone number, an e-mail address or both, and nothing else."""
    if len(line.plain) > _LONGEST_CONTACT or not has_contact(line.plain):
        return False
    read = [read_contacts(cell) for cell in split_cells(line.text)]
    kinds = {contact.kind for contacts, _ in read for contact in contacts}
    told = ContactKind.EMAIL in kinds or ContactKind.PHONE in kinds
    return told and all(other.endswith(":") for _, others in read for other in others)


def is_contact(line: Line, label: LineLabel) -> bool:
    """Return whether a line below a heading of contact details is one of them."""
    if personal_label(line.plain):
        return True
    return label.part != "B" or has_contact(line.plain) or not find_dates(line.plain)


def own_section(line: Line, above: Part) -> Part | None:
    """Return the section that "Languages: English, Welsh" is below a heading of another kind.

    Only interests are one below positions and degrees.
    """
    read = read_heading(line.text)
    listed = above.kind in {SectionKind.SKILLS, SectionKind.INTERESTS, SectionKind.OTHER}
    is_open = not above.drafts or above.kind is SectionKind.OTHER
    kinds = _LABELLED if listed and is_open else {SectionKind.INTERESTS}
    if not read.note or read.kind is above.kind or read.kind not in kinds:
        return None
    if read.kind is SectionKind.LANGUAGES and not find_languages(read.note.plain):
        return None
    own = replace(line, kind=LineKind.PARAGRAPH, text=read.note)
    return Part(read.kind, read.heading, line.number, loose=[own])


def names_referees(part: Part, line: Line, label: LineLabel) -> bool:
    """Return whether a line below the heading of references is of somebody who gives one.

    Their addresses are not the person's. What follows "on request" may be the person's own.
    """
    if part.kind is not SectionKind.REFERENCES or not part.headed or label.part in {"H", "doc"}:
        return False
    own = label.label == "top" and all(map(is_on_request, part.loose))
    return not own or bool(part.loose and not has_contact(line.plain))


def names_document(line: Line) -> bool:
    """Return whether a line says what the file is, "Curriculum Vitae", and no more."""
    read = read_heading(line.text)
    return read.name == "document" and not read.note
