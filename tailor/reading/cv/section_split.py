"""Where the sections of a CV begin: headings that are marked, bold, in capitals, or just known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tailor.reading.cv.cells import split_label
from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.entry_groups import ENTRY_KINDS
from tailor.reading.cv.headings import HeadingText, read_heading
from tailor.reading.cv.names import find_languages, has_word, is_place
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText, SectionKind

# Sections in which a smaller heading parts the list, and begins no entry.
LISTS = frozenset(
    {
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.PUBLICATIONS,
        SectionKind.LANGUAGES,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
# What an entry may have a list of, under a bold or small heading of its own.
_WITHIN_ENTRIES = frozenset(
    {
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.AWARDS,
        SectionKind.PROJECTS,
        SectionKind.CERTIFICATES,
    }
)
# Sections that people write in one line, "Languages: English, Welsh".
_ONE_LINE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS})
_LONGEST_UNMARKED = 60  # characters of a heading that is not marked as one
_LONGEST_CAPITALS = 5  # words of an unknown heading in capitals
_SHORT_ITEM = 6  # words of what a list of skills holds
_MOSTLY = 0.7


@dataclass(slots=True)
class Part:
    """A heading and the lines below it."""

    heading: HeadingText
    line: Line
    lines: list[Line] = field(default_factory=list)


def split_sections(lines: Sequence[Line]) -> tuple[list[Line], list[Part]]:
    """Cut the lines at the headings of sections; return the head of the CV, and the rest."""
    top: list[Line] = []
    parts: list[Part] = []
    current = top
    for line, heading in _Headings(lines).found():
        if heading is None:
            current.append(line)
        elif heading.name == "contact":
            current = top
            if heading.note:
                top.append(replace(line, kind=LineKind.PARAGRAPH, text=heading.note))
        elif heading.kind in _ONE_LINE and _is_labelled(line):
            own = replace(line, kind=LineKind.PARAGRAPH, text=heading.note)
            parts.append(Part(replace(heading, note=RichText()), line, [own]))
            current = parts[-1].lines
        else:
            parts.append(Part(heading, line))
            current = parts[-1].lines
    # "Qualifications" are degrees, or what somebody is good at where degrees stand elsewhere.
    educations = sum(part.heading.name == SectionKind.EDUCATION for part in parts)
    return top, [_refined(part, beside_education=educations > 1) for part in parts]


def _refined(part: Part, *, beside_education: bool) -> Part:
    """Read headings of two meanings by what stands below them."""
    words = part.heading.heading.casefold().strip()
    short = sum(len(line.plain.split()) <= _SHORT_ITEM for line in part.lines)
    listed = len(part.lines) > 1 and short >= _MOSTLY * len(part.lines)
    skills = (words == "qualifications" and beside_education) or (words == "highlights" and listed)
    if not skills:
        return part
    return replace(part, heading=replace(part.heading, name=SectionKind.SKILLS.value))


@dataclass(frozen=True, slots=True)
class _Form:
    """What a heading looks like."""

    marked: bool
    bold: bool
    capitals: bool
    colon: bool


class _Headings:
    """Tells headings from other lines, one after another."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._read = [_read_heading(line) for line in lines]
        marked = [i for i, line in enumerate(lines) if line.kind is LineKind.HEADING]
        self._name = next(iter(marked), -1)
        self._known_levels = {lines[i].level for i in marked if is_known(self._read[i])}
        self._level = min(self._known_levels, default=0)
        unmarked = [
            line
            for line, heading in zip(lines, self._read, strict=True)
            if line.kind is LineKind.PARAGRAPH and is_known(heading) and not heading.note
        ]
        self._first_form = next((_form(line) for line in unmarked), None)
        capitals = sum(line.plain.isupper() for line in unmarked)
        self._in_capitals = not self._level and capitals >= 2
        self._kind: SectionKind | None = None

    def found(self) -> Iterator[tuple[Line, HeadingText | None]]:
        """Yield each line with its heading, where it begins a section."""
        for index, line in enumerate(self._lines):
            heading = self._heading(index, line)
            if heading is not None and heading.name != "contact":
                self._kind = heading.kind
            yield line, heading

    def _heading(self, index: int, line: Line) -> HeadingText | None:
        heading = self._read[index]
        known = is_known(heading)
        if line.kind is not LineKind.HEADING:
            if known and self._is_unmarked_heading(line, heading):
                return heading
            return heading if self._is_unknown_in_capitals(index) else None
        below = 0 < self._level < line.level
        if known and not (self._kind is SectionKind.SKILLS and below):
            return heading  # but "### Languages" under "## Skills" are those of programmers
        if 0 < line.level <= self._level and index != self._name:
            begins = self._kind is not None or self._has_own_text(index)
            return heading if begins else None
        if self._kind in LISTS:
            # A smaller heading in a list of skills or papers begins another such list.
            return replace(heading, name=self._kind.value)
        return None

    def _is_unmarked_heading(self, line: Line, heading: HeadingText) -> bool:
        """Tell whether a line with the words of a heading is one.

        Where no heading is marked as such, a line of its own is enough; else it has
        to be bold or in capitals. Within entries it has to look like the first one.
        """
        if line.kind is not LineKind.PARAGRAPH:
            return False
        plain = line.plain
        if heading.kind in _ONE_LINE and _is_labelled(line):
            return self._is_whole_section(line, heading)
        if heading.note and not plain.isupper():
            return False
        form = _form(line)
        if self._kind in ENTRY_KINDS and heading.kind in _WITHIN_ENTRIES:
            if self._level:
                return False
            if form != self._first_form and (form.colon or not line.gap):
                return False
        return form.bold or form.capitals or (not self._level and plain[:1].isupper())

    def _is_whole_section(self, line: Line, heading: HeadingText) -> bool:
        """Tell a section in one line, below others, from a list within an entry or a section."""
        if self._kind is None:
            return False  # the head of the CV reads such lines itself
        if heading.kind is SectionKind.LANGUAGES and self._kind in LISTS:
            return bool(find_languages(heading.note.plain))
        apart = self._kind not in {SectionKind.SKILLS, *ENTRY_KINDS - {SectionKind.EDUCATION}}
        return apart and line.gap

    def _is_unknown_in_capitals(self, index: int) -> bool:
        """Tell a heading of unknown words by its capitals, where the known ones have them too."""
        line = self._lines[index]
        if not self._in_capitals or not line.gap or self._kind is None:
            return False
        plain = line.plain.strip()
        words = plain.split()
        if not plain.isupper() or len(words) > _LONGEST_CAPITALS or len(plain) < 4:
            return False
        if any(c.isdigit() or c in ",|\t." for c in plain) or is_place(plain):
            return False
        if any(has_word(plain, kind) for kind in ("job", "degree", "organisation")):
            return False
        below = self._lines[index + 1 : index + 3]
        return bool(below) and all(locate_period(other.plain[:200]) is None for other in below)

    def _has_own_text(self, index: int) -> bool:
        """Tell an unknown section above the first known one from a headline in heading style."""
        below = []
        for line in self._lines[index + 1 : index + 20]:
            if line.kind is LineKind.HEADING:
                break
            below.append(line)
        return bool(below) and not any("@" in line.plain or "|" in line.plain for line in below)


def _is_labelled(line: Line) -> bool:
    """Tell "Languages: English, Welsh", the whole of a section."""
    return line.kind is LineKind.PARAGRAPH and bool(split_label(line.plain.strip())[0])


def is_known(heading: HeadingText) -> bool:
    """Tell a heading that names a section."""
    return heading.name not in {"", "document"}


def _read_heading(line: Line) -> HeadingText:
    """Read a line as a heading, if it may be one."""
    if line.kind is LineKind.HEADING or (
        line.kind is LineKind.PARAGRAPH and len(line.plain) <= _LONGEST_UNMARKED
    ):
        return read_heading(line.text)
    return HeadingText("", "", RichText())


def _form(line: Line) -> _Form:
    bold = all(run.bold or not run.text.strip() for run in line.text.runs)
    plain = line.plain.strip()
    return _Form(line.kind is LineKind.HEADING, bold, plain.isupper(), plain.endswith(":"))
