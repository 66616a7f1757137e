"""Which line of a CV is the person's name, set right by what the lines at the top show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tailor.reading.cv.cells import BAR, pieces, split_label
from tailor.reading.cv.contacts import has_contact, label_of_person, read_contacts, split_cells
from tailor.reading.cv.headings import is_known_section, read_heading
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.line_signs import is_contact_line
from tailor.reading.cv.name_line import is_name_field, made_of_name, without_letters
from tailor.reading.cv.names import best_kind
from tailor.reading.cv.outline import first_of
from tailor.reading.lines import Line, LineKind, clean

_NAME = 60  # characters; no longer line is a name
_MOST_WORDS = 4  # of a name
_SURE = 0.9
_TOP = 8  # lines in which the name stands
_TOP_LINES = 14  # lines above the first section


def tell_name(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Set the label of the line that is the name, and those of what stands above it."""
    if not _name_field(lines, labels):
        _first_that_fits(lines, labels)
        _above_name(lines, labels)


def _first_that_fits(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take the first line at the top that may be a name, where none is told to be it.

    A line that begins with contact details is no name, whatever it was taken for.
    """
    told = [index for index, label in enumerate(labels) if label.label == "name"]
    names = [index for index in told if not _begins_otherwise(lines[index])]
    for index in set(told) - set(names):
        labels[index] = labels[index].as_label("top")
    witnesses = [line.plain for line in lines[:_TOP_LINES] if "@" in line.plain]
    made = next((i for i in range(_before_sections(lines)) if _makes(lines[i], witnesses)), None)
    if made is not None and not any(_makes(lines[index], witnesses) for index in names):
        for index in names:
            labels[index] = labels[index].as_label("top")
        labels[made] = LineLabel("name", 1.0)
        return
    if names:
        return
    said = [index for index, line in enumerate(lines[:_TOP]) if _is_said(line)]
    for index, line in enumerate(lines[: _TOP if told else 3 + len(said)]):
        heading = read_heading(line.text).name
        if heading not in {"", "document", "contact"}:
            break
        if heading == "contact" or line.plain[:1].isdigit() or index in said:
            continue
        first = next(iter(pieces(line.plain, BAR)), "")
        unsure = labels[index].confidence < _SURE and heading != "document"
        fits = (unsure or labels[index].label != "doc") and len(first) <= _NAME
        low = line.kind is LineKind.HEADING and line.level > 1 and not told
        if fits and line.kind is not LineKind.ITEM and not low and not _begins_otherwise(line):
            labels[index] = LineLabel("name", 0.0)
            return
    _name_beside(lines, labels)


def _name_field(lines: Sequence[Line], labels: list[LineLabel]) -> bool:
    """Take the field of a name for it, and what stands above it aside; return whether it is one."""
    row = next((i for i, line in enumerate(lines[:_TOP_LINES]) if is_name_field(line.plain)), None)
    if row is None:
        return False
    for index, line in enumerate(lines[:row]):
        kept = labels[index].label == "doc" or is_known_section(line.text) or is_contact_line(line)
        labels[index] = labels[index] if kept else labels[index].as_label("aside")
    labels[row] = LineLabel("name", 1.0)
    return True


def _above_name(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Keep aside what is said above the name: a greeting, or a remark on the file."""
    for index in range(first_of("name", labels) if first_of("name", labels) < _TOP else 0):
        if _is_said(lines[index]) and not is_known_section(lines[index].text):
            labels[index] = LineLabel("aside", 1.0)


def _is_said(line: Line) -> bool:
    """Return whether a line speaks, as no name does: "Ask if you want the short one. - R."."""
    words = [word for word in line.plain.split() if word[:1].isalpha()]
    small = sum(word.islower() for word in words)
    return len(words) > _MOST_WORDS and 2 * small >= len(words) and not has_contact(line.plain)


def _name_beside(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take what is surely a name above a summary or jobs, where the top is a sidebar's address."""
    for index, (line, below) in enumerate(pairwise(lines)):
        kind, likely = best_kind(line.plain)
        is_name = kind == "name" and likely >= _SURE and 1 < len(line.plain.split()) <= _MOST_WORDS
        if is_name and read_heading(below.text).name in {"summary", "experience"}:
            labels[index] = LineLabel("name", 0.0)
            return


def _before_sections(lines: Sequence[Line]) -> int:
    """Return where the first section begins by its heading's words, within the lines at the top."""
    headings = (i for i, line in enumerate(lines[:_TOP_LINES]) if is_known_section(line.text))
    return next(headings, min(_TOP_LINES, len(lines)))


def _makes(line: Line, witnesses: Sequence[str]) -> bool:
    """Return whether an e-mail address is made of the words of a line, two to four of them."""
    words = without_letters(clean(line.text).plain.split())
    if "@" in line.plain:
        return False
    return 2 <= len(words) <= _MOST_WORDS and any(made_of_name(one, words) for one in witnesses)


def _begins_otherwise(line: Line) -> bool:
    """Return whether a line begins with what no name does: an address, a number, a place."""
    first = next(iter(split_cells(line.text)), line.text)
    label = split_label(line.plain)[0] or clean(first).plain
    told = label_of_person(label.strip(" .:"))
    if told or label != clean(first).plain:
        return bool(told) and told != "name"
    contacts, others = read_contacts(first)
    return bool(contacts) and not (others and clean(first).plain.startswith(others[0]))
