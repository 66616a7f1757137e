"""Labelled lines to sections and entries: where each line of a CV belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.cells import BAR, leading_label, pieces
from tailor.reading.cv.contacts import has_contact
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.detail import with_details, without_details
from tailor.reading.cv.head_line import dated_parts, is_bullet_below, part_of_head
from tailor.reading.cv.head_row import columns_of, set_rows, without_tasks
from tailor.reading.cv.headings import (
    SECTIONS,
    field_of_label,
    kind_of,
    label_of_line,
    read_heading,
    standard_heading,
    tasks_label,
)
from tailor.reading.cv.line_labels import LineLabel, label_lines
from tailor.reading.cv.line_signs import (
    begins_as_others,
    begins_labelled,
    goes_on,
    is_contact,
    is_labelled,
    is_text,
    names_document,
    names_referees,
    own_section,
)
from tailor.reading.cv.names import best_kind
from tailor.reading.cv.outline import ASIDE
from tailor.reading.cv.relabel import set_right
from tailor.reading.cv.sections import ENTRY_KINDS, Draft, Part, look_of, marks_of, settle
from tailor.reading.cv.table import with_papers
from tailor.reading.cv.whole_time import share_employers
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import RichText, SectionKind

_MAY_HOLD_ENTRIES = ENTRY_KINDS | {SectionKind.AWARDS, SectionKind.CERTIFICATES, SectionKind.OTHER}
_ONE_LINE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS})
_NOTED = _ONE_LINE | {SectionKind.CERTIFICATES, SectionKind.OTHER, SectionKind.SUMMARY}
_GROUP_KIND = {"exp": SectionKind.EXPERIENCE, "edu": SectionKind.EDUCATION}
_LIKELY = 0.8
_SHORT = 12  # words of a line with dates below a head
_SURE = 0.9


class Sorter:
    """Puts each labelled line where it belongs: the head of the CV, a section, an entry, aside."""

    def __init__(self, lines: Sequence[Line], *, named: bool = False) -> None:
        lines, told, heads, self.aside = with_papers(lines)
        lines, places, details = without_details(lines, told)
        told = {places[index]: label for index, label in told.items()}
        self._labels = label_lines(lines)
        set_right(lines, self._labels, named=named)
        for index, label in told.items():
            self._labels[index] = LineLabel(label, 1.0)
        for index in (places[head] for head in heads):
            if self._labels[index].part == "S":
                self._labels[index] = LineLabel("L:exp", 1.0)
        lines = set_rows(lines, self._labels)
        lines, self._labels, self._told = with_details(lines, self._labels, told, details)
        self._lines = lines
        rows = zip(lines, self._labels, strict=True)
        headings = [line for line, label in rows if label.part == "H"]
        levels = [line.level for line in headings if line.kind is LineKind.HEADING]
        self._level = max(levels, default=0)
        self._heading_looks = {(*look_of(line), line.plain.isupper()) for line in headings}
        self._headed = bool(levels) or len(headings) > 1
        self.top: list[Line] = []
        self.name: Line | None = None
        self.parts: list[Part] = []
        self._in_contact = False
        self._consent: list[Line] = []
        self._heading: Line | None = None
        self._emptied: list[tuple[Part, Line]] = []  # of which lines are kept aside
        self._group: list[Line] = []
        self._blurb: list[Line] = []
        self._role_lines = 0
        self.marks = marks_of(lines)

    def sort(self) -> Sorter:
        """Sort all lines."""
        for index, line in enumerate(self._lines):
            label = self._labels[index] = self._settled(index)
            told = index in self._told
            if label.label in ASIDE or label.part == "U":
                self._start_part(line, label)
            elif label.part == "H" or (not told and self._is_marked_heading(line, label)):
                self._start_section(index, label)
            elif label.label == "name" and self.name is None:
                self.name = line
                self.top.append(line)
            elif label.label in {"name", "top"} or (self._in_contact and is_contact(line, label)):
                in_list = line.kind is LineKind.ITEM and not self._in_contact
                self._aside(line, self.top, in_list=in_list)
            elif label.label == "doc" and names_document(line) and not self.parts:
                continue  # "Curriculum Vitae" says what the file is
            elif label.label == "doc":
                self._aside(line, self.aside, in_list=line.kind is LineKind.ITEM)
            elif label.part == "S":
                self._list_line(line, label)
            else:
                self._entry_line(index, line, label)
        self._leave_group()
        self._drop_emptied()
        share_employers(self.parts)
        settle(self.parts)
        if self._consent:
            self._end_with_consent()
        return self

    @property
    def _part(self) -> Part | None:
        """The section whose lines come in."""
        return self.parts[-1] if self.parts else None

    def _settled(self, index: int) -> LineLabel:
        """Return what a line is: as its table tells, or as corrected by the lines above it."""
        label, part = self._labels[index], self._part
        if index in self._told or label.label in ASIDE:
            return label
        if part and part.headed and is_labelled(self._lines[index], label, part):
            listed = part.kind is not SectionKind.LANGUAGES
            return label.as_label(f"S:{part.kind}" if listed else "doc")
        return self._corrected(index, label)

    def _corrected(self, index: int, label: LineLabel) -> LineLabel:
        """Return the label that the lines above, and what is sure of the line, leave it."""
        part, line = self._part, self._lines[index]
        if part and (told := self._told_above(part, index, label)):
            return label.as_label(told)
        group = label.group if label.group in _GROUP_KIND else "exp"
        text = clean(line.text).plain
        if part and self._is_within(part, line, label):
            label = label.as_label(label.in_entry)
        elif part and part.headed and label.label == "top" and not self._in_contact:
            label = label if has_contact(text) else label.as_label(f"S:{part.kind}")
        if is_text(line, label, part):
            is_list = label.part == "H" and not (part and part.newest)
            return label.as_part("S") if is_list else label.as_label(f"T:{group}")
        if columns_of(line):
            return label.as_label(f"L:{group}")
        if part and part.headed and own_section(line, part):
            return label.as_label(f"S:{part.kind}")
        if label.part in "TIB" and field_of_label(text) == "tasks":
            return label.as_label(f"L:{group}")
        if part and part.headed and part.kind in ENTRY_KINDS and label.part in {"S", "T", "I", "B"}:
            told = label_of_line(line.plain)
            if told:
                return label.as_label(
                    f"{'B' if begins_labelled(told, line, part) else 'I'}:{group}"
                )
        return self._in_head(line, label, group)

    def _in_head(self, line: Line, label: LineLabel, group: str) -> LineLabel:
        """Return the label of a line that may go on with the head above it."""
        part = self._part
        if not (part and part.newest) or (label.part == "B" and label.confidence >= _SURE):
            return label
        dated = any(find_dates(head.plain) for head in part.newest.head)
        if part.kind is SectionKind.PROJECTS and label.part == "I" and dated:
            return label.as_part("T")  # a name with its dates says it all
        letter = part_of_head(line, label.part, part.newest)
        return label.as_label(f"{letter}:{group}") if letter else label

    def _told_above(self, part: Part, index: int, label: LineLabel) -> str:
        """Return the label that a line has by the section it stands in, whatever it looks like."""
        line = self._lines[index]
        unsure = label.part in {"S", "T", "L"} or (label.part == "H" and self._is_dated(index))
        if unsure and begins_as_others(line, part):
            return "B:edu" if part.kind is SectionKind.EDUCATION else "B:exp"
        return "S:references" if names_referees(part, line, label) else ""

    def _is_dated(self, index: int) -> bool:
        """Return whether an unknown heading has its dates below it, as those of entries have."""
        below = self._lines[index + 1 : index + 2]
        unknown = not read_heading(self._lines[index].text).name
        return unknown and any(
            find_dates(line.plain) and len(line.plain.split()) <= _SHORT for line in below
        )

    def _is_marked_heading(self, line: Line, label: LineLabel) -> bool:
        """Return whether a line with a known heading's words is one by its form.

        The file itself calls it one, or it stands apart and looks as the headings do.
        """
        if label.label == "name" or label.part in {"B", "I"} or line.kind is LineKind.ITEM:
            return False
        read = read_heading(line.text)
        if read.name not in SECTIONS:
            return False
        if line.kind is LineKind.HEADING:
            return line.level <= self._level
        look = (*look_of(line), line.plain.isupper())
        return line.gap and not read.note and look in self._heading_looks

    def _is_within(self, part: Part, line: Line, label: LineLabel) -> bool:
        """Return whether a line that looks like one of a list stands in an entry nevertheless."""
        if not self._headed or not part.headed or part.kind not in ENTRY_KINDS or self._in_contact:
            return False
        if label.label == "top":
            return not has_contact(clean(line.text).plain)
        if label.label == "doc":
            return line.kind is not LineKind.PARAGRAPH
        if label.part != "S" or label.group == "references":
            return False
        return line.kind is not LineKind.PARAGRAPH or not line.gap or label.confidence < _SURE

    def _start_section(self, index: int, label: LineLabel) -> None:
        line = self._lines[index]
        read = read_heading(line.text)
        own = replace(line, kind=LineKind.PARAGRAPH, text=read.note)
        self._leave_group()
        self._in_contact = "contact" in {read.name, label.group}
        if self._in_contact:
            if read.name != "contact":  # the words of a heading nobody knows are kept
                self.aside.append(line)
            if read.note:
                self.top.append(own)
            return
        kind = kind_of(label.group if label.part == "H" else read.name)
        part = Part(kind, read.heading, line.number, read.note)
        part.confidence = label.confidence if label.part == "H" else 1.0
        if kind in _NOTED and read.note and leading_label(line.plain):
            part.note, part.loose = RichText(), [own]
        elif len(pieces(line.plain.strip(" |"), BAR)) > 2:
            # The head of a table: "When | Where | What".
            self.aside.append(replace(line, kind=LineKind.PARAGRAPH))
            part.heading = standard_heading(kind)
        self.parts.append(part)
        self._heading = line

    def _start_part(self, line: Line, label: LineLabel) -> None:
        """Begin what a smaller heading heads: a group of achievements, or more of the section.

        What belongs to no section is kept aside.
        """
        if label.label in ASIDE:
            (self.aside if label.label == "aside" else self._consent).append(line)
            if label.label == "aside" and self._part and self._heading:
                self._emptied.append((self._part, self._heading))
                self._heading = None
            return
        read, kind = read_heading(line.text), kind_of(label.group)
        if self._part and kind is SectionKind.ACHIEVEMENTS:
            self._part.drafts.append(Draft([line], confidence=label.confidence))
            return
        self._leave_group()
        self.parts.append(Part(kind, read.heading, line.number, read.note))

    def _drop_emptied(self) -> None:
        """Keep the heading of a section aside whose lines are all kept aside: "Declaration"."""
        for part, heading in self._emptied:
            if not part.lines() and not part.note:
                self.parts.remove(part)
                self.aside.append(heading)

    def _end_with_consent(self) -> None:
        """Put what allows the use of personal data at the end, below its own heading if any."""
        first = self._consent[0]
        heading = next((p for p in self.parts if p.headed and p.line == first.number - 1), None)
        own = heading if heading and not heading.lines() else None
        if own:
            self.parts.remove(own)
        words = own.heading if own else standard_heading(SectionKind.CONSENT)
        self.parts.append(Part(SectionKind.CONSENT, words, first.number, loose=self._consent))

    def _implicit(self, kind: SectionKind, line: Line) -> Part:
        """Begin a section that no heading begins."""
        self._leave_group()
        part = Part(kind, standard_heading(kind), line.number, headed=False)
        self.parts.append(part)
        return part

    def _aside(self, line: Line, place: list[Line], *, in_list: bool) -> None:
        """Put a line of the CV's head or none of the person's, unless it is an entry's item."""
        part = self._part
        if part and in_list:
            place = part.newest.body if part.newest else part.loose
        place.append(line)

    def _list_line(self, line: Line, label: LineLabel) -> None:
        kind, part = kind_of(label.group), self._part
        if part is None and kind in {SectionKind.SUMMARY, SectionKind.LANGUAGES, SectionKind.OTHER}:
            self.top.append(line)
            return
        more = self._headed and part and part.newest and goes_on(line, part, kind)
        if more and part and part.newest and not own_section(line, part):
            part.newest.body.append(line)
            return
        if part is None or (kind is not part.kind and (part.drafts or not part.headed)):
            part = self._implicit(kind, line)
        if own := own_section(line, part):
            self.parts += [own, Part(part.kind, part.heading, part.line)]
        elif part.kind is SectionKind.ACHIEVEMENTS and part.newest:
            part.newest.body.append(line)
        else:
            part.loose.append(line)

    def _entry_line(self, index: int, line: Line, label: LineLabel) -> None:
        part = self._part_for(index, line, label)
        draft = part.newest
        end = tasks_label(line.plain) if draft and label_of_line(draft.head[0].plain) else 0
        if draft and end:
            part.labels.append(replace(line, text=line.text.slice(0, end).strip()))
            draft.body.append(replace(line, text=line.text.slice(end)))
            return
        if draft and draft.body and label.part == "I" and label_of_line(line.plain):
            draft.head.append(line)  # the employer below the tasks
            return
        last_head = draft.head[-1].number if draft else 0
        if label.part == "L":
            part.columns = columns_of(line) or part.columns
            part.labels.append(line)
        elif label.part == "T" and self._group and self._group[-1].number > last_head:
            self._blurb.append(line)  # about the employer, above the first role there
        elif part.kind not in _MAY_HOLD_ENTRIES or (label.part == "T" and draft is None):
            part.loose.append(line)
        elif label.part == "G":
            self._employer_line(index, line, label, part)
        elif draft is None or label.part == "B" or (label.part == "I" and draft.body):
            heads = dated_parts(line) if self._head_end(index) == index + 1 else [line]
            for head in heads:
                self._begin(index, head, label, part)
        elif label.part == "I" and not is_bullet_below(line, draft):
            draft.head.append(line)
            draft.confidence = min(draft.confidence, label.confidence)
        else:
            draft.body.append(line)

    def _part_for(self, index: int, line: Line, label: LineLabel) -> Part:
        """Return the section that a line of an entry belongs to, a new one where none fits."""
        part = self._part
        if part and label.part not in "BG":
            return part
        kind = _GROUP_KIND.get(label.group, SectionKind.EXPERIENCE)
        if part and part.kind in _MAY_HOLD_ENTRIES:
            both = {part.kind, kind} == {SectionKind.EXPERIENCE, SectionKind.EDUCATION}
            fits = self._headed or not both or label.confidence <= _LIKELY
        elif part and self._headed:
            unsure = line.kind is LineKind.ITEM or label.confidence < _LIKELY
            head = self._lines[index : self._head_end(index)]
            fits = (
                unsure
                or part.kind is SectionKind.PUBLICATIONS
                or (part.kind in _ONE_LINE and not any(find_dates(one.plain) for one in head))
            )
        else:
            fits = False
        return part if part and fits else self._implicit(kind, line)

    def _head_end(self, index: int) -> int:
        """Return where the head that begins at a line ends, as its lines are labelled."""
        end = index + 1
        while end < len(self._labels) and self._labels[end].part == "I":
            end += 1
        return end

    def _employer_line(self, index: int, line: Line, label: LineLabel, part: Part) -> None:
        """Take a line with an employer that the roles below it share."""
        draft = part.newest
        sure = label.in_entry.startswith("G")  # by what stands below it
        after = [] if sure else self._labels[index + 1 : index + 2]
        alike = after and look_of(line) == look_of(self._lines[index + 1])
        if after and (after[0].part not in {"B", "G"} or (alike and find_dates(line.plain))):
            part.drafts.append(Draft([line], confidence=label.confidence))
            self._leave_group()
            return
        if draft and draft.shared is self._group:
            self._leave_group()
        self._group = [*self._group, line]
        self._role_lines = 0

    def _leave_group(self) -> None:
        """Leave the employer's lines; they are kept aside if no role followed them."""
        shared = (draft.shared for part in self.parts for draft in part.drafts)
        if not any(lines is self._group for lines in shared):
            self.aside += self._group
        self.aside += self._blurb
        self._blurb = []
        self._group = []

    def _begin(self, index: int, line: Line, label: LineLabel, part: Part) -> None:
        count = self._head_end(index) - index
        above = part.newest
        shared = above if above and above.shared is self._group else None
        if self._group and shared and shared.head[0].kind is LineKind.HEADING is not line.kind:
            self._leave_group()  # the roles there are headings
        if self._group:
            fewer = count < self._role_lines and best_kind(clean(line.text).plain)[0] == "title"
            if self._role_lines and count != self._role_lines and not fewer:
                self._leave_group()
            self._role_lines = count
        line, tasks = without_tasks(line, part.columns)
        body = [*self._blurb, *tasks]
        self._blurb = []
        part.drafts.append(Draft([line], self._group, body, confidence=label.confidence))
