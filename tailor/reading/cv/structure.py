"""Lines of a CV, from whatever format, to a `Cv`.

First every line is labelled with what it is (`line_labels.py`), the whole document at once. The
labels cut the CV into sections and these into entries; the heads of a section's entries are then
read by the one pattern they share (`entry_head.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tailor.reading.cv.cells import BAR, pieces, spans, split_label
from tailor.reading.cv.contacts import has_address, has_phone, read_contacts, split_cells
from tailor.reading.cv.dates import find_dates, locate_period, read_whole
from tailor.reading.cv.doubts import ReadEntry, find_doubts
from tailor.reading.cv.entry_head import EntryHead, field_of_label, label_of_line, read_heads
from tailor.reading.cv.front_fields import read_fields, take_name
from tailor.reading.cv.header import Header, read_header
from tailor.reading.cv.headings import HeadingText, read_heading, standard_heading
from tailor.reading.cv.line_labels import LineLabel, label_lines, typed_bullet
from tailor.reading.cv.listings import dated_bullet, language_items, skill_items
from tailor.reading.cv.names import find_languages, has_word, is_known_place, is_region
from tailor.reading.cv.pieces import best_kind, is_town
from tailor.reading.lines import Line, LineKind, clean, web_address
from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Cv,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)
from tailor.values.errors import CvError

# Sections that hold entries, and those that may: a job below another heading is a job's entry.
ENTRY_KINDS = frozenset(
    {
        SectionKind.EXPERIENCE,
        SectionKind.EDUCATION,
        SectionKind.PROJECTS,
        SectionKind.VOLUNTEERING,
    }
)
_MAY_HOLD_ENTRIES = ENTRY_KINDS | {SectionKind.AWARDS, SectionKind.CERTIFICATES, SectionKind.OTHER}
_GROUPED = frozenset({SectionKind.SKILLS, SectionKind.PUBLICATIONS, SectionKind.SUMMARY})
_NEVER = frozenset({SectionKind.PUBLICATIONS})
_DATED = frozenset({SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES})
_ONE_LINE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS})
_GROUP_OF = {SectionKind.EDUCATION: "edu"}
_GROUP_KIND = {"exp": SectionKind.EXPERIENCE, "edu": SectionKind.EDUCATION}
# Headings of two meanings: what stands below them tells.
_AMBIGUOUS = frozenset(
    "qualifications|key qualifications|highlights|training|professional training|activities|work|"
    "personal|professional development|formation|formations|ausbildung|achievements|"
    "accomplishments".split("|")
)
_LIKELY = 0.8
_SURE = 0.9
_MOSTLY = 0.7
_SHORT = 8  # words; no longer line is taken up into a head
_WHOLE_HEADS = frozenset({"mixed", "degree", "title"})
_OF_HEADS = frozenset({"title", "employer", "place", "degree", "school", "mixed"})
_ROW = 400  # characters; no longer line is a row of headings or of single skills
_LONG = 4000  # characters; no longer line is a row of a table
_NAME = 60  # characters; no longer line is a name
_UNSURE = 0.6
_LARGER = 1.05  # times the size of the body
_HEADING_WORDS = 5
_TOP = 8  # lines in which the name stands
_WIDE = re.compile(r"\s*\t\s*|\s{3,}|\s*[•●▪]\s*")
_LISTS = re.compile(r"[,;:|]")
_SKILL_WORDS = 4
_WRAPPED = 60  # characters; a line of a summary this long may go on in the next one


@dataclass(slots=True)
class Draft:
    """An entry while its lines come in; `shared` are the employer's lines it has with others."""

    head: list[Line]
    shared: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    confidence: float = 1.0
    body_confidence: float = 1.0


@dataclass(slots=True)
class Part:
    """A section while its lines come in. `columns` are what a table's head row says."""

    kind: SectionKind
    heading: str
    note: RichText
    line: int
    headed: bool
    drafts: list[Draft] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    level: int = 0

    def lines(self) -> list[Line]:
        """Return all lines below the heading, in order."""
        heads = [line for d in self.drafts for line in (*d.shared, *d.head, *d.body)]
        return sorted({id(line): line for line in (*self.loose, *heads)}.values(), key=_number)


def _number(line: Line) -> int:
    return line.number


def build_cv(lines: Sequence[Line], source: str = "cv") -> Cv:
    """Make a CV of its lines. Every line ends up in it, in `Cv.unplaced` at worst.

    Raises CvError if there is no line that could be the person's name, or no
    entry (a position, degree or project) in any section.
    """
    factory = BulletFactory()
    body = [line for line in lines if line.kind is not LineKind.META and clean(line.text)]
    fields = read_fields([line for line in lines if line.kind is LineKind.META])
    sorted_out = _Sorter(body, named=bool(fields.of("name"))).sort()
    header = read_header(sorted_out.top, factory, fields, sorted_out.name)
    left = list(fields.left)
    if not header.name:
        header.name, left = take_name(left)
    unplaced: list[Bullet] = []
    sections: list[Section] = []
    reads: list[ReadEntry] = []
    for part in sorted_out.parts:
        section, beside, entries = _read_part(part, factory, sorted_out.marks)
        sections.append(section)
        unplaced += beside
        reads += entries
    unplaced += [factory.make(text, line=number) for text, number in header.unplaced]
    unplaced += [factory.make(line.text, line=line.number) for line in (*left, *sorted_out.aside)]
    cv = Cv(
        name=header.name,
        headline=header.headline,
        contacts=tuple(header.contacts),
        nationality=header.nationality,
        sections=_in_order(header, sections),
        unplaced=tuple(sorted(unplaced, key=lambda bullet: bullet.line)),
        source=source,
    )
    _check(cv, lines)
    return replace(cv, doubts=find_doubts(cv, reads))


def read_entries(lines: Sequence[Line]) -> list[ReadEntry]:
    """Return the entries of a CV's lines with what tells how sure they are."""
    sorted_out = _Sorter([line for line in lines if clean(line.text)]).sort()
    factory = BulletFactory()
    return [
        read for part in sorted_out.parts for read in _read_part(part, factory, sorted_out.marks)[2]
    ]


def _in_order(header: Header, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Add the sections found in the head: languages last, the others first."""
    return (
        *header.section(SectionKind.SUMMARY),
        *header.section(SectionKind.SKILLS),
        *sections,
        *header.section(SectionKind.LANGUAGES),
    )


def _check(cv: Cv, lines: Sequence[Line]) -> None:
    last = max((line.number for line in lines), default=0)
    if not cv.entries:
        found = ", ".join(f"{s.kind.value} (line {s.line})" for s in cv.sections if s.line)
        raise CvError(
            f"{cv.source}: no position, degree or project found in lines 1 to {last}; looked for "
            'a section such as "## Experience" with entries such as '
            '"### Title, Employer, Place" and a line of dates such as "Jan 2020 – Present". '
            f"Sections found: {found or 'none'}"
        )
    if not cv.name:
        first = min((section.line for section in cv.sections if section.line), default=1)
        raise CvError(
            f"{cv.source}: no name found above the first section (line {first}); "
            'begin the file with a line such as "# Jane Doe"'
        )


class _Sorter:
    """Puts each labelled line where it belongs: the head of the CV, a section, an entry, aside."""

    def __init__(self, lines: Sequence[Line], *, named: bool = False) -> None:
        self._lines = lines
        labels = _by_level(lines, label_lines(lines))
        labels = labels if named else _with_name(lines, labels)
        self._labels = _with_alike_headings(lines, labels)
        headings = [
            line
            for line, label in zip(lines, self._labels, strict=True)
            if label.part == "H" and line.kind is LineKind.HEADING
        ]
        self._level = max((line.level for line in headings), default=0)
        self._heading_looks = {
            (*_look(line), line.plain.isupper())
            for line, label in zip(lines, self._labels, strict=True)
            if label.part == "H"
        }
        self._headed = bool(headings) or sum(label.part == "H" for label in self._labels) > 1
        self.top: list[Line] = []
        self.name: Line | None = None
        self.aside: list[Line] = []
        self.parts: list[Part] = []
        self._in_contact = False
        self._group: list[Line] = []
        self._role_lines = 0
        self.marks = _marks(lines)

    def sort(self) -> _Sorter:
        """Sort all lines."""
        for index, line in enumerate(self._lines):
            label = self._labels[index] = self._corrected(line, self._labels[index])
            if label.part == "H" or self._is_marked_heading(line, label):
                self._start_section(line, label)
            elif label.label == "name" and self.name is None:
                self.name = line
                self.top.append(line)
            elif label.label in {"name", "top"} or (self._in_contact and _is_contact(line, label)):
                in_list = line.kind is LineKind.ITEM and not self._in_contact
                self._aside(line, self.top, in_list=in_list)
            elif label.label == "doc":
                self._aside(line, self.aside, in_list=line.kind is LineKind.ITEM)
            elif label.part == "S":
                self._list_line(line, label)
            else:
                self._entry_line(index, line, label)
        self._leave_group()
        _refine(self.parts)
        for part in self.parts:
            _regroup(part)
            _complete(part)
        dated = any(_is_dated(draft) for part in self.parts for draft in part.drafts)
        for part in self.parts:
            _flatten(part, dated=dated)
        return self

    def _corrected(self, line: Line, label: LineLabel) -> LineLabel:
        """Return the label that the lines above, and what is sure of the line, leave it."""
        part = self.parts[-1] if self.parts else None
        group = label.group if label.group in _GROUP_KIND else "exp"
        if label.part in {"S", "T", "L"} and part and self._begins_as_others(line):
            return replace(label, label=f"B:{_GROUP_OF.get(part.kind, 'exp')}")
        if part and self._is_within(part, line, label):
            label = replace(label, label=label.in_entry)
        elif part and part.headed and label.label == "top" and not self._in_contact:
            text = clean(line.text).plain
            if not has_address(text) and not has_phone(text):
                label = replace(label, label=f"S:{part.kind}")
        if _columns(line):
            return replace(label, label=f"L:{group}")
        if label.part in "TIB" and field_of_label(clean(line.text).plain) == "tasks":
            return replace(label, label=f"L:{group}")
        told = label_of_line(line.plain) if part and part.headed else ""
        if told and part and part.kind in ENTRY_KINDS and label.part in {"S", "T", "I", "B"}:
            return replace(label, label=f"{'B' if self._begins_labelled(told) else 'I'}:{group}")
        draft = part.drafts[-1] if part and part.drafts else None
        listed = line.kind is LineKind.ITEM and draft and draft.head[0].kind is not LineKind.ITEM
        if label.part in {"B", "G"} and listed:  # the other heads are none of a list
            return replace(label, label=f"T:{group}")
        goes_on = draft and (_is_place_only(line) or _is_beside(line, draft.head[0]))
        if label.part == "B" and draft and not draft.body and goes_on:
            return replace(label, label=f"I:{group}")
        if label.part == "I" and draft and not draft.body and _is_second_head(line, draft):
            return replace(label, label=f"B:{group}")
        return label

    def _begins_labelled(self, told: str) -> bool:
        """Return whether a line with a field's label begins an entry: the last one has it."""
        drafts = self.parts[-1].drafts
        if not drafts or drafts[-1].body:
            return True
        lines = (*drafts[-1].shared, *drafts[-1].head)
        return told in {label_of_line(line.plain) for line in lines}

    def _is_marked_heading(self, line: Line, label: LineLabel) -> bool:
        """Return whether a line with a known heading's words is one by its form.

        The file itself calls it one, or it stands apart and looks as the headings do.
        """
        if label.label == "name" or label.part in {"B", "I"} or line.kind is LineKind.ITEM:
            return False
        read = read_heading(line.text)
        if read.name == "contact" and line.kind is LineKind.HEADING and not read.note:
            return True
        if read.name not in set(SectionKind):
            return False
        if line.kind is LineKind.HEADING:
            return line.level <= self._level
        look = (*_look(line), line.plain.isupper())
        return line.gap and not read.note and look in self._heading_looks

    def _is_within(self, part: Part, line: Line, label: LineLabel) -> bool:
        """Return whether a line that looks like one of a list stands in an entry nevertheless."""
        if not self._headed or not part.headed or part.kind not in ENTRY_KINDS or self._in_contact:
            return False
        text = clean(line.text).plain
        if label.label == "top":
            return not has_address(text) and not has_phone(text)
        if label.label == "doc":
            return line.kind is not LineKind.PARAGRAPH
        if label.part != "S" or label.group == "references":
            return False
        return line.kind is not LineKind.PARAGRAPH or not line.gap or label.confidence < _SURE

    def _begins_as_others(self, line: Line) -> bool:
        """Return whether a line is a heading of the level at which the section's entries begin."""
        drafts = self.parts[-1].drafts if self.parts else []
        return (
            bool(drafts)
            and line.kind is LineKind.HEADING
            and _look(line)[:2] == _look(drafts[0].head[0])[:2]
        )

    def _start_section(self, line: Line, label: LineLabel) -> None:
        read = read_heading(line.text)
        kind = label.group if label.group in set(SectionKind) else read.name
        if read.name == "contact" or label.group == "contact":
            if read.name != "contact":  # the words of a heading nobody knows are kept
                self.aside.append(line)
            self._add_part(SectionKind.OTHER, read, line, contact=True)
            return
        ambiguous = read.heading.casefold().strip() in _AMBIGUOUS and label.part == "H"
        if read.name in set(SectionKind) and not ambiguous:
            kind = read.name
        self._add_part(
            SectionKind(kind) if kind in set(SectionKind) else SectionKind.OTHER, read, line
        )

    def _add_part(
        self, kind: SectionKind, read: HeadingText, line: Line, *, contact: bool = False
    ) -> None:
        self._leave_group()
        self._in_contact = contact
        above = self.parts[-1] if self.parts else None
        below = above and line.kind is LineKind.HEADING and 0 < above.level < line.level
        if above and below and above.kind in _GROUPED and not contact:
            kind = above.kind  # "### Languages" below "## Skills" are those of programmers
        if contact:
            if read.note:
                self.top.append(replace(line, kind=LineKind.PARAGRAPH, text=read.note))
            return
        heading = read.heading.strip("=-_*# ")
        if kind in _ONE_LINE and read.note and split_label(line.plain)[0]:
            own = replace(line, kind=LineKind.PARAGRAPH, text=read.note)
            self.parts.append(
                Part(kind, heading, RichText(), line.number, headed=True, loose=[own])
            )
            return
        level = above.level if above and below and above.kind in _GROUPED else line.level
        part = Part(kind, heading, read.note, line.number, headed=True, level=level)
        self.parts.append(part)

    def _implicit(self, kind: SectionKind, line: Line) -> Part:
        """Begin a section that no heading begins."""
        self._leave_group()
        self.parts.append(Part(kind, standard_heading(kind), RichText(), line.number, headed=False))
        return self.parts[-1]

    def _aside(self, line: Line, place: list[Line], *, in_list: bool) -> None:
        """Put a line of the CV's head or none of the person's, unless it is an entry's item."""
        part = self.parts[-1] if self.parts else None
        if part and in_list:
            (part.drafts[-1].body if part.drafts else part.loose).append(line)
        else:
            place.append(line)

    def _list_line(self, line: Line, label: LineLabel) -> None:
        kind = SectionKind(label.group) if label.group in set(SectionKind) else SectionKind.OTHER
        part = self.parts[-1] if self.parts else None
        if part is None and kind in {SectionKind.SUMMARY, SectionKind.LANGUAGES, SectionKind.OTHER}:
            self.top.append(line)
            return
        if part and part.drafts and self._headed and _goes_on(line, part, kind):
            part.drafts[-1].body.append(line)
            return
        if (
            part is None
            or (part.drafts and kind is not part.kind)
            or (not part.headed and part.kind is not kind)
        ):
            part = self._implicit(kind, line)
        own = _own_section(line, part.kind)
        if own:
            self.parts.append(own)
            again = Part(part.kind, part.heading, RichText(), part.line, headed=True)
            self.parts.append(again)
            return
        part.loose.append(line)

    def _entry_line(self, index: int, line: Line, label: LineLabel) -> None:
        part = self._part_for(line, label)
        draft = part.drafts[-1] if part.drafts else None
        if label.part == "L":
            part.columns = _columns(line) or part.columns
            part.labels.append(line)
        elif part.kind not in _MAY_HOLD_ENTRIES or (label.part == "T" and draft is None):
            part.loose.append(line)
        elif label.part == "G" and draft and _is_bullet_below(line, draft):
            draft.body.append(line)
        elif label.part == "G":
            self._employer_line(index, line, label, part)
        elif draft is None or label.part == "B" or (label.part == "I" and draft.body):
            self._begin(index, line, label, part)
        elif label.part == "I" and not _is_bullet_below(line, draft):
            draft.head.append(line)
            draft.confidence = min(draft.confidence, label.confidence)
        else:
            draft.body.append(line)
            draft.body_confidence = min(draft.body_confidence, label.confidence)

    def _part_for(self, line: Line, label: LineLabel) -> Part:
        """Return the section that a line of an entry belongs to, a new one where none fits."""
        kind = _GROUP_KIND.get(label.group, SectionKind.EXPERIENCE)
        part = self.parts[-1] if self.parts else None
        if part is None:
            return self._implicit(kind, line)
        if label.part not in "BG":
            return part
        both = {part.kind, kind} == {SectionKind.EXPERIENCE, SectionKind.EDUCATION}
        if part.kind not in _MAY_HOLD_ENTRIES:
            own = line.kind is LineKind.ITEM or label.confidence < _LIKELY
            if self._headed and (part.kind in _NEVER or own):
                return part
            return self._implicit(kind, line)
        if both and not self._headed and label.confidence > _LIKELY:
            return self._implicit(kind, line)
        return part

    def _employer_line(self, index: int, line: Line, label: LineLabel, part: Part) -> None:
        """Take a line with an employer that the roles below it share."""
        draft = part.drafts[-1] if part.drafts else None
        after = self._labels[index + 1 : index + 2]
        alike = after and _look(line) == _look(self._lines[index + 1])
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
        self._group = []

    def _begin(self, index: int, line: Line, label: LineLabel, part: Part) -> None:
        count = 1
        while index + count < len(self._labels) and self._labels[index + count].part == "I":
            count += 1
        if self._group:
            if self._role_lines and count != self._role_lines:
                self._leave_group()
            self._role_lines = count
        line, tasks = _without_tasks(line, part.columns)
        part.drafts.append(Draft([line], self._group, tasks, confidence=label.confidence))


def _is_beside(line: Line, head: Line) -> bool:
    """Return whether a line stands in a row of a table at the right of an entry's first line."""
    one, other = line.look.cell, head.look.cell
    return bool(one and other) and one[:2] == other[:2] and other[2] < one[2]


def _is_place_only(line: Line) -> bool:
    """Return whether a line is nothing but a place, which begins no entry."""
    text = clean(line.text).plain
    town, comma, region = text.partition(",")
    return is_known_place(text) or (
        bool(comma) and is_town(town.strip()) and is_region(region.strip())
    )


def _is_contact(line: Line, label: LineLabel) -> bool:
    """Return whether a line below a heading of contact details is one of them."""
    own = has_address(line.plain) or has_phone(line.plain) or not find_dates(line.plain)
    return label.part != "B" or own


def _is_second_head(line: Line, draft: Draft) -> bool:
    """Return whether a line says again what a head says once: its dates, or its degree."""
    dated = _is_dated(draft) and bool(find_dates(line.plain))
    if dated and best_kind(clean(line.text).plain)[0] in _WHOLE_HEADS:
        return True
    return _names_degree(line) and any(_names_degree(head) for head in draft.head)


def _names_degree(line: Line) -> bool:
    return has_word(" ".join(re.split(r"[\s,:]+", line.plain)[:3]), "degree")


def _look(line: Line) -> tuple[object, ...]:
    runs = [run for run in line.text.runs if run.text.strip()]
    return line.kind, line.level, bool(runs and runs[0].bold), bool(runs and runs[0].italic)


def _is_dated(draft: Draft) -> bool:
    return any(find_dates(line.plain) for line in draft.head)


def _refine(parts: Sequence[Part]) -> None:
    """Read headings of two meanings by what stands below them, and by what stands elsewhere."""
    educations = sum(part.kind is SectionKind.EDUCATION for part in parts)
    for part in parts:
        words, lines = part.heading.casefold().strip(), part.lines()
        short = sum(len(line.plain.split()) <= _SHORT for line in lines)
        listed = len(lines) > 1 and short >= _MOSTLY * len(lines)
        if (words == "qualifications" and educations > 1) or (words == "highlights" and listed):
            part.kind, part.loose, part.drafts = SectionKind.SKILLS, lines, []


def _regroup(part: Part) -> None:
    """Take a head without dates and text, above dated ones of another look, as their employer."""
    kept: list[Draft] = []
    group: Draft | None = None
    dated = sum(map(_is_dated, part.drafts))
    for index, draft in enumerate(part.drafts):
        after = part.drafts[index + 1] if index + 1 < len(part.drafts) else None
        alone = not (draft.body or draft.shared or _is_dated(draft))
        if alone and after and _is_dated(after) and _look(after.head[0]) != _look(draft.head[0]):
            group = draft
            continue
        if alone and kept and len(draft.head) == 1 and dated > 1 and dated >= len(part.drafts) - 1:
            kept[-1].body += draft.head  # all others have dates, and text below them
            continue
        if group and _look(draft.head[0]) == _look(group.head[0]):
            group = None
        if group and (not draft.shared or _look(draft.shared[0]) != _look(group.head[0])):
            draft.shared = [*group.head, *draft.shared]
        kept.append(draft)
    part.drafts = kept


def _complete(part: Part) -> None:
    """Give a head the line it lacks beside all others, where the one below it looks like that."""
    lengths = Counter(len(draft.head) for draft in part.drafts)
    usual = max(lengths, key=lambda n: (lengths[n], n), default=0)
    for draft in part.drafts:
        _take_dates_and_place(draft)
        first = draft.body[0] if draft.body else None
        if first is None or len(draft.head) != usual - 1 or lengths[usual] < len(lengths):
            continue
        plain = clean(first.text).plain
        short = len(plain.split()) <= _SHORT and not plain.endswith((".", ":", ";"))
        if first.kind is LineKind.PARAGRAPH and short and best_kind(plain)[0] in _OF_HEADS:
            draft.head.append(first)
            del draft.body[0]


def _take_dates_and_place(draft: Draft) -> None:
    """Take up into a head without dates the line below it that is nothing but dates."""
    if _is_dated(draft):
        return
    for index, line in enumerate(draft.body[:2]):
        if line.kind is not LineKind.PARAGRAPH or not (
            read_whole(line.plain) or is_known_place(clean(line.text).plain)
        ):
            return
        if read_whole(line.plain):
            draft.head += draft.body[: index + 1]
            del draft.body[: index + 1]
            return


def _flatten(part: Part, *, dated: bool) -> None:
    """Make lines of a list of what looked like heads where no text stands below any of them.

    A single line in a section of its own is no position where the others are `dated`.
    """
    if part.kind not in ENTRY_KINDS and all(d.head[0].kind is LineKind.ITEM for d in part.drafts):
        part.loose, part.drafts = part.lines(), []
        return
    lone = dated and len(part.drafts) == 1 and len(part.drafts[0].head) == 1
    lone = lone and not _is_dated(part.drafts[0]) and part.kind is SectionKind.EXPERIENCE
    if (part.kind in ENTRY_KINDS and not lone) or any(draft.body for draft in part.drafts):
        return
    heads = [line for draft in part.drafts for line in (*draft.shared, *draft.head)]
    if not any(line.kind is LineKind.HEADING for line in heads):
        part.loose += heads
        part.drafts = []


def _goes_on(line: Line, part: Part, kind: SectionKind) -> bool:
    """Return whether a line that looks like one of a list is a bullet of the entry above it."""
    body = part.drafts[-1].body
    alike = bool(body) and (body[-1].kind, body[-1].level) == (line.kind, line.level)
    return (
        kind is not SectionKind.REFERENCES
        and part.headed
        and (line.kind is LineKind.ITEM or (alike and not line.gap))
    )


def _is_bullet_below(line: Line, draft: Draft) -> bool:
    """Return whether an item stands below a head that is no item and says more than dates."""
    if line.kind is not LineKind.ITEM or draft.head[0].kind is LineKind.ITEM:
        return False
    dated = any(find_dates(head.plain) for head in (*draft.shared, *draft.head))
    if not dated and find_dates(line.plain):
        return False
    return any(read_whole(head.plain) is None for head in draft.head)


def _own_section(line: Line, kind: SectionKind) -> Part | None:
    """Return the section that "Languages: English, Welsh" is below a heading of another kind."""
    if kind not in {SectionKind.SKILLS, SectionKind.INTERESTS, SectionKind.OTHER}:
        return None
    read = read_heading(line.text)
    if read.kind is not SectionKind.LANGUAGES or not find_languages(read.note.plain):
        return None
    own = replace(line, kind=LineKind.PARAGRAPH, text=read.note)
    return Part(read.kind, read.heading, RichText(), line.number, headed=True, loose=[own])


def _by_level(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Let levels of headings tell an employer's line from those of the roles below it."""
    found = list(labels)
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


def _with_name(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
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
        fits = label.label != "doc" and len(line.plain) <= _NAME and line.kind is not LineKind.ITEM
        low = line.kind is LineKind.HEADING and line.level > 1
        if fits and not (low and not told) and not _begins_otherwise(line):
            rank = line.look.size if told else 0.0
            if best is None or rank > best[0]:
                best = rank, index
    if best:
        found[best[1]] = LineLabel("name", 0.0)
    return found


def _with_alike_headings(lines: Sequence[Line], labels: Sequence[LineLabel]) -> list[LineLabel]:
    """Take short lines for headings that look as most headings do and as little else does."""
    looks = [_heading_look(line) for line in lines]
    headings = Counter(look for look, label in zip(looks, labels, strict=True) if label.part == "H")
    others = Counter(
        look
        for look, label in zip(looks, labels, strict=True)
        if label.part in {"B", "G", "name"} or (label.part == "I" and label.confidence > _SURE)
    )
    first = next((i for i, label in enumerate(labels) if label.part == "H"), len(labels))
    found = list(labels)
    for index, (line, label, look) in enumerate(zip(lines, labels, looks, strict=True)):
        unsure = label.confidence < _UNSURE
        loose = label.part in {"S", "T", "L", "doc", "top"} and (index > first or unsure)
        if not look or headings[look] < 2 or others[look] or not (loose or unsure):
            continue
        if label.as_heading and label.part != "H" and not find_dates(line.plain):
            found[index] = replace(label, label=label.as_heading)
    return found


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


def _columns(line: Line) -> tuple[str, ...]:
    """Return what the cells of a table's head row say of their columns."""
    cells = pieces(line.plain.strip(" |"), BAR) if len(line.plain) <= _ROW else []
    told = [field_of_label(clean(RichText.of(cell)).plain) for cell in cells]
    if len(told) < 2 or sum(map(bool, told)) <= len(told) / 2 or find_dates(line.plain):
        return ()
    return (*told[:-1], told[-1] or "tasks")


def _without_tasks(line: Line, columns: Sequence[str]) -> tuple[Line, list[Line]]:
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


def _marks(lines: Sequence[Line]) -> frozenset[str]:
    """Return the letters and signs that this CV types before the lines of its lists."""
    count = Counter(line.plain.lstrip()[:1] for line in lines if _bare_mark(line.plain.lstrip()))
    return frozenset(mark for mark, n in count.items() if n > 1)


def _bare_mark(text: str) -> int:
    length = typed_bullet(text)
    return length if length and not text[:1].isdigit() else 0


def _text(line: Line, marks: frozenset[str]) -> RichText:
    """Return the words of a line of a list, without its mark."""
    text = line.text.strip()
    if text.plain.endswith(" |"):  # of a table's row
        text = text.slice(0, len(text.plain) - 2)
    if text.plain[:1] in marks:
        text = text.slice(_bare_mark(text.plain))
    return clean(text)


# ---- sections ----------------------------------------------------------------------------------


def _read_part(
    part: Part, factory: BulletFactory, marks: frozenset[str]
) -> tuple[Section, list[Bullet], list[ReadEntry]]:
    section = Section(part.kind, part.heading, part.note, line=part.line)
    unplaced = [factory.make(clean(line.text), line=line.number) for line in part.labels]
    entries: list[Entry] = []
    reads: list[ReadEntry] = []
    heads = read_heads([[*d.shared, *d.head] for d in part.drafts], part.kind, part.columns)
    for draft, head in zip(part.drafts, heads, strict=True):
        entries.append(_entry(draft, head, factory, marks))
        sure = draft.confidence, draft.body_confidence
        reads.append(ReadEntry(part.kind, entries[-1], head, *sure, len(heads) == 1))
        number = draft.head[0].number
        unplaced += [factory.make(text, line=number) for text in head.durations]
        unplaced += [
            factory.make(RichText.of([Run(link, link=link)]), line=number)
            for link in _links(draft, head)[1:]
        ]
    lines = part.loose
    if part.kind is SectionKind.SUMMARY:
        lines = list(_unwrapped(lines))
    bullets = tuple(_bullets(lines, part.kind, factory, marks))
    items: list[str] = []
    for bullet in bullets:
        if part.kind is SectionKind.SKILLS:
            items += skill_items(bullet.text.plain)
        elif part.kind is SectionKind.LANGUAGES:
            items += language_items(bullet.text.plain)
    section = replace(section, entries=tuple(entries), bullets=bullets, items=tuple(items))
    return section, unplaced, reads


def _entry(draft: Draft, head: EntryHead, factory: BulletFactory, marks: frozenset[str]) -> Entry:
    number = draft.head[0].number
    bullets = [factory.make(text, line=number) for text in head.others]
    bullets += [
        factory.make(text, line=line.number) for line in draft.body if (text := _text(line, marks))
    ]
    return Entry(
        factory.unique("e", f"{' '.join(head.titles)} {head.organisation}"),
        head.titles,
        head.organisation,
        head.place,
        head.period,
        tuple(bullets),
        number,
        next(iter(_links(draft, head)), None),
    )


def _links(draft: Draft, head: EntryHead) -> list[str]:
    """Return the addresses of a head; an entry has room for the first."""
    behind = [
        run.link
        for line in (*draft.shared, *draft.head)
        for run in line.text.runs
        if run.link and web_address(run.link) and not run.link.lower().startswith("mailto:")
    ]
    return list(dict.fromkeys((*behind, *head.links)))


def _bullets(
    lines: Sequence[Line], kind: SectionKind, factory: BulletFactory, marks: frozenset[str]
) -> Iterator[Bullet]:
    if kind is SectionKind.PUBLICATIONS:
        lines = list(_whole_references(lines))
    if kind is SectionKind.SKILLS:
        lines = [cell for line in lines for cell in _grid_cells(line)]
    for line in lines:
        if kind in _DATED or kind is SectionKind.OTHER:
            bullet = dated_bullet(line.text, line.number, factory, bare=kind in _DATED)
        else:
            bullet = factory.make(_text(line, marks), line=line.number)
        if bullet.text:
            yield bullet


def _grid_cells(line: Line) -> list[Line]:
    """Return the cells of a row of single skills as lines of their own, else the line itself."""
    if len(line.plain) > _ROW:
        return [line]
    cells = [(a, b) for a, b in spans(line.plain, _WIDE) if any(map(str.isalnum, line.plain[a:b]))]
    texts = [line.plain[a:b] for a, b in cells]
    single = all(len(text.split()) <= _SKILL_WORDS and not _LISTS.search(text) for text in texts)
    if len(cells) < 2 or not single:
        return [line]
    return [replace(line, text=line.text.slice(a, b)) for a, b in cells]


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Join the lines of a paragraph that an editor's margin cut."""
    current: Line | None = None
    for line in lines:
        joins = line.kind is LineKind.PARAGRAPH and not line.gap
        if (
            current
            and joins
            and len(current.plain) >= _WRAPPED
            and current.plain[-1] not in ".!?:;"
        ):
            current = replace(current, text=current.text + RichText.of(" ") + line.text)
        else:
            if current:
                yield current
            current = line
    if current:
        yield current


def _whole_references(lines: Sequence[Line]) -> Iterator[Line]:
    """Join title, authors and venue of a paper, each on a line of its own, to one line.

    The title, bold or with the date, stays in front; a date goes in front of all.
    """
    current: Line | None = None
    for line in lines:
        if current and line.kind is LineKind.PARAGRAPH and not line.gap and not _is_title(line):
            stop = " " if current.plain.endswith((".", "!", "?")) else ". "
            current = replace(current, text=current.text + RichText.of(stop) + line.text.strip())
            continue
        if current:
            yield current
            current = None
        if line.gap and line.kind is LineKind.PARAGRAPH and _is_title(line):
            found = locate_period(line.plain)
            text = line.text
            if found and found.own_cell and not found.is_range and found.start < found.end:
                date = text.slice(0, found.start) + text.slice(found.end)
                text = date.strip() + RichText.of("\t") + text.slice(found.start, found.end)
            current = replace(line, text=text)
        else:
            yield line
    if current:
        yield current


def _is_title(line: Line) -> bool:
    """Return whether a line is the first of a reference: bold, or with a date in its own cell."""
    found = locate_period(line.plain)
    dated = found is not None and found.own_cell and found.start < found.end
    return dated or all(run.bold or not run.text.strip() for run in line.text.runs)
