"""Labels of lines set right by what the whole document shows: levels, the name, alike headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tailor.reading.cv.cells import (
    split_label,
)
from tailor.reading.cv.contacts import (
    has_contact,
)
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.reading.cv.headings import (
    is_known_section,
    is_private,
    read_heading,
    tells_affairs,
    tells_paper,
)
from tailor.reading.cv.job_lines import keep_in_jobs
from tailor.reading.cv.label_of_list import labelled_lists, plain_lists, sections_of
from tailor.reading.cv.letter import is_beside, is_consent, is_on_request
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.line_signs import is_contact_line
from tailor.reading.cv.name_label import tell_name
from tailor.reading.cv.names import best_kind, has_word
from tailor.reading.cv.outline import (
    LARGER,
    find_headings,
    first_of,
    heading_look,
    tell_sections,
)
from tailor.reading.cv.record import keep_records
from tailor.reading.lines import Line, LineKind

_FEW = 4  # words of a skill or a language
_BLURB = 3  # lines about an employer, above the first role there
_HARDLY, _DOUBTED, _LIKELY = 0.5, 0.75, 0.9
_LISTED_WORDS = 14
_LONGEST_PAPER = 120  # characters of a line at the top
_GROUPS = {"experience": "exp", "volunteering": "exp", "projects": "exp", "education": "edu"}
# Sections in which a line on the person's own affairs stands by itself.
_OPEN = frozenset({"other", "interests", "references", "contact"})


def set_right(lines: Sequence[Line], labels: list[LineLabel], *, named: bool) -> None:
    """Set the labels right where the lines around them tell more; `named` if the name is known."""
    keep_records(lines, labels)
    _heads_by_level(lines, labels)
    _unlikely_headings(lines, labels)
    _whole_heads(lines, labels)
    _below_heads(lines, labels)
    _by_level(lines, labels)
    if not named:
        tell_name(lines, labels)
    find_headings(lines, labels)
    _personal(lines, labels)
    _no_entry_at_top(lines, labels)
    _beside(lines, labels)
    tell_sections(lines, labels)
    _private(lines, labels)
    _contacts(lines, labels)
    _qualifications(lines, labels)
    labelled_lists(lines, labels)
    plain_lists(lines, labels)
    keep_in_jobs(lines, labels)
    _referees(lines, labels)


def _unlikely_headings(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take what was hardly told to be a heading, and has no heading's words, for what it stands in.

    Below the name it is a line at the top, below a head with dates a line of it.
    """
    last, dated = "", False
    for index, (line, label) in enumerate(zip(lines, list(labels), strict=True)):
        unsure = label.part in {"H", "S"} and label.confidence < _DOUBTED
        known = is_known_section(line.text) or line.kind is LineKind.HEADING
        if unsure and not known and last in {"name", "top"} and label.confidence < _HARDLY:
            labels[index] = label.as_label("top")
        elif unsure and not known and dated and last[:1] in {"B", "I", "T"}:
            item = line.kind is LineKind.ITEM and label.confidence < _HARDLY
            if label.part == "H" or item:
                labels[index] = label.as_label("T:exp")
        part = labels[index].part
        dated = (part in "BI" and bool(find_dates(line.plain))) or (dated and part in "IT")
        last = labels[index].label


def _heads_by_level(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let the levels of headings tell sections from entries, and entries from lists.

    A heading of known words, on the level of the others, begins a section. One below the heading of
    jobs, or dated and on the level of a job's, begins an entry, one below that of a list a group.
    """
    marked = [row for row, line in enumerate(lines) if line.kind is LineKind.HEADING]
    entries = {
        lines[row].level
        for row in marked
        if labels[row].part == "B" and find_dates(lines[row].plain)
    }
    begins = {lines[row].level for row in marked if labels[row].part == "B"}
    above: Line | None = None
    kind = ""
    for row in marked:
        line, label, name = lines[row], labels[row], read_heading(lines[row].text).name
        below = above is not None and line.level > above.level
        if is_known_section(line.text) and not below:
            if label.part == "top" or (label.part in set("BIGST") and above is not None):
                labels[row] = label.as_label(f"H:{name}")
            above, kind = line, name
        elif below and kind not in _GROUPS and label.part == "S":
            labels[row] = label.as_label(f"H:{kind}")
        elif name or label.part == "name":
            continue
        elif label.part == "I" and line.level in begins and lines[row - 1].kind is LineKind.ITEM:
            labels[row] = label.as_part("B")
        elif below and kind in _GROUPS and label.part in {"H", "S", "top"}:
            _begin_entry(lines, labels, row, _GROUPS[kind])
        elif label.part == "S" and line.level in entries and find_dates(line.plain):
            _begin_entry(lines, labels, row, "exp")


def _begin_entry(lines: Sequence[Line], labels: list[LineLabel], row: int, group: str) -> None:
    """Let an entry begin at a heading, and the lines of a list below it be its own."""
    labels[row] = labels[row].as_label(f"B:{group}")
    for below in range(row + 1, len(lines)):
        if lines[below].kind is LineKind.HEADING or labels[below].part not in {"S", "top"}:
            break
        part = "I" if read_whole(lines[below].plain) else "T"
        labels[below] = labels[below].as_label(f"{part}:{group}")


def _whole_heads(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take lines of one head for it that were told to be an employer's without roles, or two heads.

    An employer's lines with dates below which no role stands; dates alone right above a line.
    """
    for end in range(1, len(labels) + 1):
        if labels[end - 1].part != "G" or (end < len(labels) and labels[end].part == "G"):
            continue
        start = end - 1
        while start and labels[start - 1].part == "G":
            start -= 1
        after = labels[end].part if end < len(labels) else ""
        roles = after == "B" or (after in {"I", "T"} and end - start == 1)
        if not roles and any(find_dates(line.plain) for line in lines[start:end]):
            labels[start] = labels[start].as_part("B")
            labels[start + 1 : end] = [one.as_part("I") for one in labels[start + 1 : end]]
    for index, (above, line) in enumerate(pairwise(lines), 1):
        both = labels[index - 1].part == labels[index].part == "B"
        alone = both and read_whole(above.plain) and not find_dates(line.plain)
        if alone and not line.gap and line.kind is above.kind:
            labels[index] = labels[index].as_part("I")


def _below_heads(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take for text what stands below a head with dates and is unlikely to be more of it.

    An item of a list, where the head is none, and a line hardly told to be none of the person's. No
    entry begins with an item of the list that its text is, where others begin with no item.
    """
    begin = {line.kind for line, label in zip(lines, labels, strict=True) if label.part == "B"}
    plain, headed = bool(begin - {LineKind.ITEM}), LineKind.HEADING in begin
    for index, (line, below) in enumerate(pairwise(lines)):
        item = line.kind is LineKind.ITEM and labels[index].label == "B:exp"
        listed = item and below.kind is LineKind.ITEM and line.level == below.level
        unsure = item and headed and labels[index].confidence < _LIKELY
        if unsure or (plain and listed and labels[index + 1].part == "T"):
            labels[index] = labels[index].as_part("T")
    begun = dated = False
    for index, (line, label) in enumerate(zip(lines, list(labels), strict=True)):
        listed = line.kind is LineKind.ITEM
        if label.part in {"B", "G"}:
            begun, dated = not listed, bool(find_dates(line.plain))
        elif label.part == "I":
            if begun and dated and listed and not find_dates(line.plain):
                labels[index] = label.as_part("T")
            dated = dated or bool(find_dates(line.plain))
        elif label.part not in {"T", "doc"}:
            begun = False
        elif begun and label.label == "doc" and label.confidence < _HARDLY:
            labels[index] = label.as_label("T:exp")


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
        if told and len(lines[index].plain) <= _LONGEST_PAPER and labels[index].part != "S":
            labels[index] = labels[index].as_label("S:certificates")
    if any(find_dates(lines[index].plain) for index in block):
        return
    for index in block:
        if labels[index].part in {"B", "I", "G"}:
            labels[index] = labels[index].as_label("top")


def _contacts(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Take for contact details what is nothing else."""
    kind = ""
    for index, (line, label) in enumerate(zip(lines, list(labels), strict=True)):
        kind = label.group if label.part == "H" else kind
        if kind != "references" and label.label != "name" and is_contact_line(line):
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
