"""Labels of lines set right by what the whole document shows: levels, the name, alike headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tailor.reading.cv.aside import is_length
from tailor.reading.cv.cells import (
    BAR,
    locate_period,
    pieces,
    split_label,
)
from tailor.reading.cv.contacts import (
    has_contact,
    label_of_person,
    read_contacts,
    split_cells,
)
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import (
    is_known_section,
    is_private,
    read_heading,
    tells_affairs,
    tells_paper,
)
from tailor.reading.cv.job_lines import keep_in_jobs, keep_notes
from tailor.reading.cv.label_of_list import labelled_lists, plain_lists, sections_of
from tailor.reading.cv.letter import is_beside, is_consent, is_on_request
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.name_line import is_name_field, made_of_name, without_letters
from tailor.reading.cv.names import best_kind, has_word
from tailor.reading.cv.outline import (
    LARGER,
    find_headings,
    first_of,
    heading_look,
    tell_sections,
)
from tailor.reading.cv.record import keep_records
from tailor.reading.lines import Line, LineKind, bold_start, clean
from tailor.values.cv import ContactKind

_NAME = 60  # characters; no longer line is a name
_FEW = 4  # words of a skill or a language
_BLURB = 3  # lines about an employer, above the first role there
_WIDE = re.compile(r"\t|\s{3}")
_SURE = 0.9
_LISTED_WORDS = 14
_LONGEST_CONTACT = 120  # characters
_TOP = 8  # lines in which the name stands
_LONGEST_TITLE = 8  # words of a heading
_TOP_LINES = 14  # lines above the first section
# Sections in which a line on the person's own affairs stands by itself.
_OPEN = frozenset({"other", "interests", "references", "contact"})


def set_right(lines: Sequence[Line], labels: list[LineLabel], *, named: bool) -> None:
    """Set the labels right where the lines around them tell more; `named` if the name is known."""
    keep_notes(lines, labels)
    keep_records(lines, labels)
    _within_jobs(lines, labels)
    _by_level(lines, labels)
    _lengths(lines, labels)
    if not named and not _name_field(lines, labels):
        _name(lines, labels)
        _above_name(lines, labels)
    find_headings(lines, labels)
    _personal(lines, labels)
    _no_entry_at_top(lines, labels)
    _beside(lines, labels)
    tell_sections(lines, labels)
    _private(lines, labels)
    _contacts(lines, labels)
    _qualifications(lines, labels)
    _dated_heads(lines, labels)
    _alike_heads(lines, labels)
    labelled_lists(lines, labels)
    plain_lists(lines, labels)
    keep_in_jobs(lines, labels)
    _referees(lines, labels)


def _within_jobs(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take a run of papers or of a summary that nothing heads for text of the job around it.

    "Coordinate resistance testing (WHO tube and CDC bottle bioassays) ... in 2020." is no paper.
    """
    start = 0
    for end in range(1, len(labels) + 1):
        if end < len(labels) and _is_prose(lines[end], labels[end]):
            continue
        job = labels[start - 1].part in "BIT" and labels[start - 1].group == "exp"
        goes_on = end < len(labels) and labels[end].label in {"T:exp", "B:exp"}
        if start and job and goes_on and start < end:
            labels[start:end] = [label.as_label("T:exp") for label in labels[start:end]]
        start = end + 1


def _is_prose(line: Line, label: LineLabel) -> bool:
    """Return whether a line is told to be of papers or of a summary, and is no heading."""
    if label.part == "H" and _is_sentence(line) and not is_known_section(line.text):
        return True
    if label.group not in {"publications", "summary"} or is_known_section(line.text):
        return False
    return label.part == "S" or (label.part == "H" and len(line.plain.split()) > _LONGEST_TITLE)


def _is_sentence(line: Line) -> bool:
    """Return whether a line ends in a full stop behind more words than a name has."""
    ends = line.kind is LineKind.PARAGRAPH and line.plain.rstrip().endswith(".")
    return ends and len(line.plain.split()) > _FEW


def _referees(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Keep "References on request" out of the list below which it stands, not of its own."""
    for index, (above, line) in enumerate(pairwise(lines), 1):
        if is_on_request(line) and labels[index].part != "H" and not is_known_section(above.text):
            labels[index] = labels[index].as_label("doc")


def _by_level(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let levels of headings tell an employer's line from those of the roles below it."""
    for index, label in enumerate(labels):
        role = _role_below(lines, labels, index)
        if role:
            employer, text = f"G:{label.group}", f"T:{label.group}"
            labels[index] = replace(label, label=employer, in_entry=employer)
            labels[index + 1 : role] = [one.as_label(text) for one in labels[index + 1 : role]]
    for index, (above, line) in enumerate(pairwise(lines), 1):
        both = above.kind is LineKind.HEADING and line.kind is LineKind.HEADING
        parts = {labels[index - 1].part, labels[index].part}
        if not both or line.level <= above.level or not parts <= {"B", "G", "I"}:
            continue
        labels[index - 1] = labels[index - 1].as_part("G")
        labels[index] = labels[index].as_part("B")
        for after in range(index + 1, len(lines)):
            if labels[after].part not in "BGI" or lines[after].kind is LineKind.HEADING:
                break
            labels[after] = labels[after].as_part("I")


def _role_below(lines: Sequence[Line], labels: Sequence[LineLabel], index: int) -> int:
    """Return where, below an employer's heading and a sentence about it, its dated role begins.

    0 where the line is no such heading.
    """
    line = lines[index]
    is_head = line.kind is LineKind.HEADING and labels[index].part in "BG"
    if not is_head or find_dates(line.plain):
        return 0
    for below in range(index + 1, min(index + _BLURB + 2, len(lines))):
        role = lines[below]
        if role.kind is LineKind.PARAGRAPH:
            if labels[below].part not in {"T", "S"} and not role.plain.rstrip().endswith("."):
                return 0
            continue
        is_lower = role.kind is LineKind.HEADING and role.level > line.level
        told = below > index + 1 and labels[below].part == "B"
        return below if is_lower and told and find_dates(role.plain) else 0
    return 0


def _lengths(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take "Acme" above "5 years 2 months" for an employer whose roles follow, each with dates."""
    for row in range(len(lines) - 2):
        whole = is_length(lines[row + 1].plain) and not find_dates(lines[row].plain)
        if whole and labels[row].part in "BGIL" and labels[row + 2].part in "BIT":
            for place, part in ((row, "G"), (row + 1, "G"), (row + 2, "B")):
                label = f"{part}:{labels[row].group}"
                labels[place] = LineLabel(label, 1.0, in_entry=label)


def _name(lines: Sequence[Line], labels: list[LineLabel]) -> None:
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
        fits = labels[index].label != "doc" and len(first) <= _NAME
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
        kept = labels[index].label == "doc" or is_known_section(line.text) or _is_contact_line(line)
        labels[index] = labels[index] if kept else labels[index].as_label("aside")
    labels[row] = LineLabel("name", 1.0)
    return True


def _is_said(line: Line) -> bool:
    """Return whether a line speaks, as no name does: "Ask if you want the short one. - R."."""
    words = [word for word in line.plain.split() if word[:1].isalpha()]
    small = sum(word.islower() for word in words)
    return len(words) > _FEW and 2 * small >= len(words) and not has_contact(line.plain)


def _above_name(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Keep aside what is said above the name: a greeting, or a remark on the file."""
    for index in range(first_of("name", labels) if first_of("name", labels) < _TOP else 0):
        if _is_said(lines[index]) and not is_known_section(lines[index].text):
            labels[index] = LineLabel("aside", 1.0)


def _name_beside(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take what is surely a name above a summary or jobs, where the top is a sidebar's address."""
    for index, (line, below) in enumerate(pairwise(lines)):
        kind, likely = best_kind(line.plain)
        is_name = kind == "name" and likely >= _SURE and 1 < len(line.plain.split()) <= _FEW
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
    return 2 <= len(words) <= _FEW and any(made_of_name(one, words) for one in witnesses)


def _no_entry_at_top(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let what stands below the name, above the first heading, be no entry where nothing is dated.

    It is what the person is, not a position at an employer of the person's own name.
    """
    first, name = first_of("H", labels), first_of("name", labels)
    block = range(name + 1, first) if first < len(labels) else range(0)
    for index in block:
        begin = " ".join(lines[index].plain.split()[:_FEW])
        told = tells_paper(begin) and not has_contact(lines[index].plain)
        told = (
            told
            and bool(find_dates(lines[index].plain))
            and lines[index].kind is LineKind.PARAGRAPH
        )
        if told and len(lines[index].plain) <= _LONGEST_CONTACT and labels[index].part != "S":
            labels[index] = labels[index].as_label("S:certificates")
    if any(find_dates(lines[index].plain) for index in block):
        return
    for index in block:
        if labels[index].part in {"B", "I", "G"}:
            labels[index] = labels[index].as_label("top")


def _begins_otherwise(line: Line) -> bool:
    """Return whether a line begins with what no name does: an address, a number, a place."""
    first = next(iter(split_cells(line.text)), line.text)
    label = split_label(line.plain)[0] or clean(first).plain
    told = label_of_person(label.strip(" .:"))
    if told or label != clean(first).plain:
        return bool(told) and told != "name"
    contacts, others = read_contacts(first)
    return bool(contacts) and not (others and clean(first).plain.startswith(others[0]))


def _contacts(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take for contact details what is nothing else."""
    kind = ""
    for index, (line, label) in enumerate(zip(lines, list(labels), strict=True)):
        kind = label.group if label.part == "H" else kind
        if kind != "references" and label.label != "name" and _is_contact_line(line):
            labels[index] = label.as_label("top")


def _personal(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take labelled private lines above the first section for the CV's head, dated or not."""
    for index in range(first_of("H", labels)):
        if labels[index].label != "name" and is_private(lines[index].plain):
            labels[index] = labels[index].as_label("top")


def _beside(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Keep aside what says something of the CV, and not of the person, or what is sworn to.

    Consent to the use of personal data is no part of any section either, but is printed.
    """
    first = first_of("H", labels)
    for index, line in enumerate(lines):
        above = lines[index - 1].plain.rstrip() if index and not line.gap else "."
        goes_on = line.plain[:1].islower() and above[-1:] not in {".", "!", "?"}
        if is_consent(line) or (goes_on and labels[index - 1].label == "consent"):
            labels[index] = LineLabel("consent", 1.0)
        elif is_beside(line, at_top=index < first) and labels[index].label != "name":
            labels[index] = LineLabel("aside", 1.0)


def _private(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Keep aside what is private, or from when somebody is free, in a section of odds and ends."""
    for first, last in sections_of(labels):
        for row in range(first, last) if labels[first - 1].group in _OPEN else ():
            apart = labels[row].part not in {"B", "I", "U"}
            if apart and lines[row].kind is not LineKind.ITEM and tells_affairs(lines[row].plain):
                labels[row] = LineLabel("aside", 1.0)


def _is_contact_line(line: Line) -> bool:
    """Return whether a line is a telephone number, an e-mail address or both, and nothing else."""
    if len(line.plain) > _LONGEST_CONTACT or not has_contact(line.plain):
        return False
    read = [read_contacts(cell) for cell in split_cells(line.text)]
    kinds = {contact.kind for contacts, _ in read for contact in contacts}
    told = ContactKind.EMAIL in kinds or ContactKind.PHONE in kinds
    return told and all(other.endswith(":") for _, others in read for other in others)


def _qualifications(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let each line of a plain list of qualifications stand for itself.

    Among degrees with dates such a list has licences and courses without: they are neither text
    below the line above nor headings. A list whose lines all have dates needs no such heading.
    """
    for index, label in enumerate(list(labels)):
        if label.label != "H:education":
            continue
        end = index + 1
        while end < len(lines) and _may_be_listed(lines[end], lines[index], end == index + 1):
            end += 1
        rows = range(index + 1, end)
        dates = [bool(find_dates(lines[row].plain)) for row in rows]
        dated = sum(dates)
        parts = [row for row, own in zip(rows, dates, strict=True) if dated < len(dates) or not own]
        several = any(labels[row].label == "I:edu" and _is_field(lines[row]) for row in parts)
        mixed = has_word(lines[index].plain, "qualification") or dated == len(rows)
        if several or dated < 2 or not mixed:
            continue
        for row in rows:
            if not split_label(lines[row].plain)[0]:  # "Thesis: ..."
                labels[row] = labels[row].as_label("B:edu")


def _is_field(line: Line) -> bool:
    """Return whether a line is a part of a head of several lines: a school, a degree."""
    return best_kind(line.plain)[0] in {"school", "employer", "degree", "mixed", "place"}


def _may_be_listed(line: Line, heading: Line, first: bool) -> bool:
    short = len(line.plain.split()) <= _LISTED_WORDS and not line.plain.endswith(".")
    # Bold or larger ones tell without the space above that many files have nowhere; capitals alone
    # may be a ticket's name.
    looks = (heading_look, _prominence)
    another = any(look(line) and look(line) == look(heading) for look in looks)
    return line.kind is LineKind.PARAGRAPH and short and not another and (first or not line.gap)


def _prominence(line: Line) -> tuple[bool, float] | tuple[()]:
    """Return whether a line is bold, and its size where it is larger; () if it is neither."""
    bold = all(run.bold for run in line.text.runs if run.text.strip())
    size = round(line.look.size, 1) if line.look.size > LARGER else 0.0
    return (bold, size) if bold or size else ()


def _dated_heads(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let a short line without a date be text where all heads of its section have one.

    Only a line that was taken for a head unsurely, with nothing that sets it apart from the text
    above it.
    """
    for first, last in sections_of(labels):
        sure = [
            row
            for row in range(first, last)
            if labels[row].part == "B" and labels[row].confidence >= _SURE
        ]
        if len(sure) < 2 or not all(find_dates(lines[row].plain) for row in sure):
            continue
        below = [labels[row + 1] for row in sure if row + 1 < last]
        one_line = not any(one.part == "I" and one.confidence >= _SURE for one in below)
        for row in range(sure[0] + 1, last):
            line, label, above = lines[row], labels[row], labels[row - 1].part
            if label.confidence >= _SURE or line.gap or find_dates(line.plain):
                continue
            second = one_line and label.part == "I" and above == "B"
            alone = line.kind is LineKind.PARAGRAPH and above == "T"
            alone = alone and labels[min(row + 1, last - 1)].part != "I"
            if second or (label.part in {"B", "G"} and alone):
                labels[row] = label.as_part("T")


def _alike_heads(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take a line below a head of one line for a head too where it has its own dates, as that has.

    Both are printed alike, with the dates in a cell of their own.
    """
    for index, (above, line) in enumerate(pairwise(lines), 1):
        if _is_item_alike(above, line) and labels[index - 1].part == "B":
            labels[index] = (
                labels[index].as_part("B") if labels[index].part in "TI" else labels[index]
            )
            continue
        alike = above.kind is line.kind is LineKind.PARAGRAPH and not line.look.bullet
        alike = alike and _prominence(above) == _prominence(line) and labels[index].part == "T"
        if alike and labels[index - 1].part == "B" and _has_own_dates(above, line):
            labels[index] = labels[index - 1]


def _is_item_alike(above: Line, line: Line) -> bool:
    """Return whether two items of a list begin in bold letters and both end with a period."""
    items = above.kind is line.kind is LineKind.ITEM and above.level == line.level
    bold = items and bool(bold_start(above.text) and bold_start(line.text))
    found = [locate_period(one.plain) for one in (above, line)] if bold else []
    return bold and all(one and one.is_range and one.start < one.end for one in found)


def _has_own_dates(*lines: Line) -> bool:
    """Return whether each line has dates beside a tab or a wide gap, and text beside them."""
    found = [locate_period(line.plain) if _WIDE.search(line.plain) else None for line in lines]
    return all(one and one.own_cell and one.start < one.end for one in found)
