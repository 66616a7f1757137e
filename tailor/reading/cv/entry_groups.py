"""Which lines of a section are heads of entries, and which belong below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tailor.reading.cv.cells import COMMA, pieces
from tailor.reading.cv.dates import Found, locate_period
from tailor.reading.cv.entry_head import EntryHead, read_head
from tailor.reading.cv.entry_rows import is_aside, take_period, unlabelled
from tailor.reading.cv.headings import section_of_label
from tailor.reading.cv.names import has_word, is_company_suffix, is_place
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import Period, SectionKind

# Sections that are made of entries; in the others entries need a heading, or
# bullets under a line with dates.
ENTRY_KINDS = frozenset(
    {
        SectionKind.EXPERIENCE,
        SectionKind.EDUCATION,
        SectionKind.PROJECTS,
        SectionKind.VOLUNTEERING,
    }
)
_DEGREE_WORDS = 3  # among so many words at the start of a line a degree is named
_SHORT = 15  # words; a longer line is no head
_LONGEST = 300  # characters of a line of a head
_MOST_LINES = 6  # of a head


@dataclass(slots=True)
class Draft:
    """An entry while its lines come in. `employer` is the line it shares with others.

    With `alone` no other entry shares it. `says` is what the head says, once all lines are in.
    """

    head: list[Line]
    body: list[Line] = field(default_factory=list)
    employer: Line | None = None
    is_item: bool = False
    alone: bool = False
    says: EntryHead = field(default_factory=EntryHead)

    @property
    def lines(self) -> list[Line]:
        """The lines of its head, the employer's first."""
        return [self.employer, *self.head] if self.employer else self.head


class Grouping:
    """Decides line by line; looks at what came before and a little at what follows."""

    def __init__(self, lines: Sequence[Line], kind: SectionKind) -> None:
        self._lines = lines
        self._kind = kind
        self._drafts: list[Draft] = []
        self._loose: list[Line] = []
        self._dated: dict[int, bool] = {}

    def cut(self) -> tuple[list[Draft], list[Line]]:
        """Return the entries' lines, and the lines outside any entry."""
        for index, line in enumerate(self._lines):
            draft = self._drafts[-1] if self._drafts else None
            if line.kind is LineKind.HEADING:
                self._start_at_heading(line, draft)
            elif self._starts(index, draft):
                self._start(index, draft)
            elif draft is None:
                self._loose.append(line)
            elif self._goes_on_head(index, draft):
                draft.head.append(line)
            else:
                draft.body.append(line)
        self._give_back_empty_heads()
        return self._drafts, self._loose

    def _start_at_heading(self, line: Line, draft: Draft | None) -> None:
        employer = None
        if draft and draft.head[0].kind is LineKind.HEADING:
            above = draft.head[0]
            if line.level > above.level and not draft.body and len(draft.head) == 1:
                # "### Employer" over "#### Title" is one entry, not two.
                if draft.employer:  # over "##### 2019 – 2021" too
                    draft.head.append(line)
                    return
                self._drafts[-1] = Draft([line], employer=above, alone=True)
                return
            if draft.employer and draft.employer.level < line.level == above.level:
                employer = draft.employer
        self._drafts.append(Draft([line], employer=employer))

    def _start(self, index: int, draft: Draft | None) -> None:
        """Begin an entry; a second title under one employer's line shares that line."""
        line = self._lines[index]
        employer = None
        if draft and _style(line):
            if draft.employer and draft.employer.kind is LineKind.HEADING:
                employer = draft.employer
            elif (
                draft.head[0].kind is LineKind.HEADING
                and len(draft.head) > 1
                and _style(draft.head[1])
                and locate_period(draft.head[0].plain) is None
            ):
                employer = draft.head[0]
        if draft and not employer and self._is_title_alone(index):
            employer = self._shared_employer(draft)
        self._drafts.append(Draft([line], employer=employer, is_item=line.kind is LineKind.ITEM))

    def _is_title_alone(self, index: int) -> bool:
        """Tell "Baker, May 2015 – May 2018" with the bullets right below: it names no employer."""
        line = self._lines[index]
        if self._kind is not SectionKind.EXPERIENCE or line.kind is not LineKind.PARAGRAPH:
            return False
        following = self._lines[index + 1 : index + 2]
        if not following or following[0].kind is not LineKind.ITEM or not self._is_dated(index):
            return False
        head = read_head([line], self._kind)
        return bool(head.titles) and not head.organisation and not head.place

    def _shared_employer(self, draft: Draft) -> Line | None:
        """Return the line of the employer in the entry above, if it had one for itself."""
        if draft.employer:
            return draft.employer
        first = draft.head[0]
        if len(draft.head) != 2 or locate_period(first.plain) is not None:
            return None
        told = read_head(draft.head, self._kind)
        own = read_head([first], self._kind)
        names = (*own.titles, own.organisation)
        return first if told.organisation and told.organisation in names else None

    def _starts(self, index: int, draft: Draft | None) -> bool:
        line = self._lines[index]
        if line.kind is LineKind.ITEM:
            listed = draft is None or draft.is_item
            return listed and line.level == 1 and self._is_dated(index)
        head_open = draft is not None and not draft.body and not self._has_period(draft)
        if self._is_dated(index):
            return not head_open
        if self._names_degree(line):
            return draft is None or bool(draft.body) or _has_degree(draft)
        if not _is_short(line) or _is_sentence_end(line):
            return False
        if draft is not None and not draft.body:
            return not head_open and self._follows_whole_head(index, draft)
        if _is_all_bold(line) and (draft is None or draft.head[0].kind is not LineKind.HEADING):
            return self._kind in ENTRY_KINDS and not is_label(line)
        return self._begins_block(index) and (
            self._dates_follow(index) or self._begins_undated(index)
        )

    def _follows_whole_head(self, index: int, draft: Draft) -> bool:
        """Tell the first line of an entry below one that has no bullets."""
        if not self._lines[index].gap or not self._dates_follow(index):
            return False
        head = read_head(draft.lines, self._kind)
        return bool(head.titles and head.organisation)

    def _begins_undated(self, index: int) -> bool:
        """Tell a head without dates, above bullets, where no entry of the section has dates."""
        if self._any_dates or is_label(self._lines[index]) or self._kind not in ENTRY_KINDS:
            return False
        below = self._lines[index + 1 : index + 3]
        if below and below[0].kind is LineKind.PARAGRAPH and not _is_sentence_end(below[0]):
            below = below[1:]
        return bool(below) and below[0].kind is LineKind.ITEM

    def _goes_on_head(self, index: int, draft: Draft) -> bool:
        line = self._lines[index]
        if line.kind is LineKind.ITEM or draft.body or len(draft.head) >= _MOST_LINES:
            return False
        if self._is_dated(index) or self._names_degree(line):
            return True  # else `_starts` would have said so
        if not _is_short(line) or _is_sentence_end(line):
            return False
        head = read_head(draft.lines, self._kind)
        if is_aside(line.plain) or (not line.gap and not head.place and is_place(line.plain)):
            return True
        if head.period == Period():
            undated = not self._any_dates and len(draft.head) == 1 and not head.organisation
            begun = undated and self._begins_undated(index)
            return begun or self._dates_follow(index) or bool(_style(line))
        if not head.titles or (_style(line) and not head.organisation):
            return True
        following = self._lines[index + 1 : index + 2]
        near = not line.gap or (bool(following) and following[0].kind is LineKind.ITEM)
        return near and not head.organisation and self._kind is not SectionKind.PROJECTS

    def _has_period(self, draft: Draft) -> bool:
        return any(self._period_of(line) != Period() for line in draft.head)

    def _period_of(self, line: Line) -> Period:
        return take_period(unlabelled(line.text)[1], self._kind)[0]

    @cached_property
    def _any_dates(self) -> bool:
        return any(self._is_dated(index) for index in range(len(self._lines)))

    @cached_property
    def _dates_first(self) -> bool:
        """Tell a section whose entries begin with a line of nothing but dates."""
        first = next((line for line in self._lines if line.kind is not LineKind.HEADING), None)
        found = locate_period(first.plain) if first else None
        return found is not None and found.start == found.end

    def _is_dated(self, index: int) -> bool:
        """Tell a line with the period of an entry."""
        if index not in self._dated:
            self._dated[index] = self._has_dates(self._lines[index])
        return self._dated[index]

    def _has_dates(self, line: Line) -> bool:
        if len(line.plain) > _LONGEST:
            return False
        text = unlabelled(line.text)[1]
        found = locate_period(text.plain)
        if found is None:
            # "Employer, Title | Place | dates | 2 years", "Title, dates, Employer", or
            # "January 2007 Employer": not at an end, or with nothing but a space beside it.
            free = line.kind is not LineKind.ITEM and self._kind in ENTRY_KINDS
            if not free and "\t" not in line.plain:
                return False
            return take_period(text, self._kind)[0] != Period()
        if found.is_range or found.own_cell:
            return not _is_sentence(text.plain, found)
        # "BSc Physics, University of Leeds, 2010", or "Trainee, Summer 2014"
        rest = text.plain[found.start : found.end]
        if self._kind is SectionKind.EDUCATION:
            return has_word(rest, "degree") or has_word(rest, "organisation")
        free = self._kind is SectionKind.EXPERIENCE and line.kind is LineKind.PARAGRAPH
        return free and len(rest.split()) <= _SHORT // 2 and has_word(rest, "job")

    def _names_degree(self, line: Line) -> bool:
        """Tell a line of an education section that begins with a degree, dates or none."""
        if self._kind is not SectionKind.EDUCATION or len(line.plain.split()) > 2 * _SHORT:
            return False
        first = " ".join(re.split(r"[\s,:]+", line.plain)[:_DEGREE_WORDS])
        if has_word(first, "degree"):
            return True
        whole = _is_short(line) and not _is_sentence_end(line) and line.kind is not LineKind.ITEM
        return whole and has_word(line.plain, "degree") and has_word(first, "organisation")

    def _begins_block(self, index: int) -> bool:
        if index == 0:
            return True
        return self._lines[index].gap or self._lines[index - 1].kind is LineKind.ITEM

    def _dates_follow(self, index: int) -> bool:
        """Tell whether one of the next two lines has dates, with only head lines between."""
        for number in range(index + 1, min(index + 3, len(self._lines))):
            line = self._lines[number]
            if line.kind is not LineKind.PARAGRAPH or (self._dates_first and line.gap):
                return False
            if self._is_dated(number):
                _, rest = take_period(unlabelled(line.text)[1], self._kind)
                return len(rest.plain.split()) <= _SHORT
            if not _is_short(line):
                return False
        return False

    def _give_back_empty_heads(self) -> None:
        """Make dates without any words bullets of what stands above them."""
        kept: list[Draft] = []
        for draft in self._drafts:
            draft.says = read_head(draft.lines, self._kind)
            if _says_something(draft.says):
                kept.append(draft)
                continue
            above = kept[-1].body if kept else self._loose
            above += [*(draft.lines if draft.alone else draft.head), *draft.body]
        self._drafts = kept


def is_label(line: Line) -> bool:
    """Tell words that announce what follows, such as "Responsibilities:" or "Achievements"."""
    plain = line.plain.strip()
    return plain.endswith(":") or bool(section_of_label(plain))


def _says_something(head: EntryHead) -> bool:
    return bool(head.titles or head.organisation or head.place)


def _has_degree(draft: Draft | None) -> bool:
    """Tell whether the head of an entry names a degree already."""
    return draft is not None and any(has_word(line.plain, "degree") for line in draft.head)


def _style(line: Line) -> str:
    first = next((run for run in line.text.runs if run.text.strip()), None)
    if first is None:
        return ""
    return "bold" if first.bold else "italic" if first.italic else ""


def _is_all_bold(line: Line) -> bool:
    return all(run.bold or not run.text.strip() for run in line.text.runs)


def _is_short(line: Line) -> bool:
    return len(line.plain) <= _LONGEST and len(line.plain.split()) <= _SHORT


def _is_sentence_end(line: Line) -> bool:
    """Tell a line that ends as sentences do; "Rye Inc." does not."""
    plain = line.plain.rstrip()
    if plain.endswith(("!", "?", ":", ";")):
        return True
    last = pieces(plain[-_LONGEST:], COMMA)[-1:]
    word = last[0].split()[-1] if last else ""
    initials = len(word) <= 2 or "." in word[:-1]
    return plain.endswith(".") and not initials and not is_company_suffix(word)


def _is_sentence(plain: str, found: Found) -> bool:
    """Tell a sentence that merely begins or ends with dates, as bullets in paragraphs do."""
    words = len(plain[found.start : found.end].split())
    stopped = plain.rstrip().endswith(".")
    return words > 2 * _SHORT or (stopped and (not found.own_cell or words > _SHORT // 2))
