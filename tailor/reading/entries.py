"""Which lines of a section are heads of entries, and which are bullets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tailor.cv import Bullet, BulletFactory, Entry, RichText, Run, SectionKind
from tailor.reading.dates import Found, locate_period
from tailor.reading.entry_head import EntryHead, read_head, take_period
from tailor.reading.lines import Line, LineKind, clean, web_address
from tailor.reading.names import has_word

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
_SHORT = 15  # words; a longer line is no head


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """The entries of a section, its bullets outside them, and what heads have no room for."""

    entries: tuple[Entry, ...]
    bullets: tuple[Bullet, ...]
    unplaced: tuple[Bullet, ...]


@dataclass(slots=True)
class _Draft:
    """An entry while its lines come in. `employer` is the heading it shares with others."""

    head: list[Line]
    body: list[Line] = field(default_factory=list)
    employer: Line | None = None
    is_item: bool = False

    @property
    def lines(self) -> list[Line]:
        return [self.employer, *self.head] if self.employer else self.head

    def has_period(self) -> bool:
        return any(locate_period(line.plain) for line in self.head)


def has_entries(lines: Sequence[Line]) -> bool:
    """Tell whether the lines of a section of another kind hold entries nevertheless."""
    if any(line.kind is LineKind.HEADING for line in lines):
        return True
    return any(
        line.kind is LineKind.PARAGRAPH
        and after.kind is LineKind.ITEM
        and locate_period(line.plain) is not None
        for line, after in pairwise(lines)
    )


def read_entries(lines: Sequence[Line], kind: SectionKind, factory: BulletFactory) -> ReadEntries:
    """Cut the lines of a section into entries, and read these."""
    grouping = _Grouping(lines, kind)
    drafts, loose = grouping.cut()
    entries: list[Entry] = []
    bullets = [factory.make(text, line=line.number) for line in loose if (text := clean(line.text))]
    heads = [read_head(draft.lines, kind) for draft in drafts]
    for draft, head in zip(drafts, heads, strict=True):
        entries.append(_entry(draft, head, factory))
    unplaced: list[Bullet] = []
    for draft, head in zip(drafts, heads, strict=True):
        unplaced += [factory.make(text, line=draft.head[0].number) for text in head.durations]
        unplaced += _links(draft, factory)
    return ReadEntries(tuple(entries), tuple(bullets), tuple(unplaced))


def _entry(draft: _Draft, head: EntryHead, factory: BulletFactory) -> Entry:
    line = draft.head[0].number
    bullets = [factory.make(text, line=line) for text in head.others]
    for part in draft.body:
        text = clean(part.text)
        if text:
            bullets.append(factory.make(text, line=part.number))
    entry_id = factory.unique("e", f"{' '.join(head.titles)} {head.organisation}")
    return Entry(
        entry_id, head.titles, head.organisation, head.place, head.period, tuple(bullets), line
    )


def _links(draft: _Draft, factory: BulletFactory) -> list[Bullet]:
    """Return the addresses behind a head's words, for which an entry has no room."""
    return [
        factory.make(RichText.of([Run(run.link, link=run.link)]), line=line.number)
        for line in draft.head
        for run in line.text.runs
        if run.link and web_address(run.link) and run.link not in line.plain
    ]


class _Grouping:
    """Decides line by line; looks at what came before and a little at what follows."""

    def __init__(self, lines: Sequence[Line], kind: SectionKind) -> None:
        self._lines = lines
        self._kind = kind
        self._drafts: list[_Draft] = []
        self._loose: list[Line] = []

    def cut(self) -> tuple[list[_Draft], list[Line]]:
        """Return the entries' lines, and the lines outside any entry."""
        for index, line in enumerate(self._lines):
            draft = self._drafts[-1] if self._drafts else None
            if line.kind is LineKind.HEADING:
                self._start_at_heading(line, draft)
            elif self._starts(index, draft):
                self._start(line, draft)
            elif draft is None:
                self._loose.append(line)
            elif self._goes_on_head(index, draft):
                draft.head.append(line)
            else:
                draft.body.append(line)
        self._give_back_empty_heads()
        return self._drafts, self._loose

    def _start_at_heading(self, line: Line, draft: _Draft | None) -> None:
        employer = None
        if draft and draft.head[0].kind is LineKind.HEADING:
            above = draft.head[0]
            if line.level > above.level and not draft.body and len(draft.head) == 1:
                # "### Employer" over "#### Title" is one entry, not two.
                self._drafts.pop()
                employer = above
            elif draft.employer and draft.employer.level < line.level == above.level:
                employer = draft.employer
        self._drafts.append(_Draft([line], employer=employer))

    def _start(self, line: Line, draft: _Draft | None) -> None:
        """Begin an entry; a second title under one employer's heading shares the heading."""
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
        self._drafts.append(_Draft([line], employer=employer, is_item=line.kind is LineKind.ITEM))

    def _starts(self, index: int, draft: _Draft | None) -> bool:
        line = self._lines[index]
        if line.kind is LineKind.ITEM:
            listed = draft is None or draft.is_item
            return listed and line.level == 1 and self._is_dated(line)
        head_open = draft is not None and not draft.body and not draft.has_period()
        if self._is_dated(line):
            return not head_open
        if draft is not None and not draft.body:
            return False
        if not _is_short(line):
            return False
        if _is_all_bold(line) and (draft is None or draft.head[0].kind is not LineKind.HEADING):
            return self._kind in ENTRY_KINDS
        return self._begins_block(index) and self._dates_follow(index)

    def _goes_on_head(self, index: int, draft: _Draft) -> bool:
        line = self._lines[index]
        if line.kind is LineKind.ITEM or draft.body:
            return False
        if self._is_dated(line):
            return True  # else `_starts` would have said so
        if not _is_short(line) or line.plain.rstrip().endswith((".", "!", ":")):
            return False
        if not draft.has_period():
            return self._dates_follow(index) or bool(_style(line))
        head = read_head(draft.lines, self._kind)
        if not head.titles or (_style(line) and not head.organisation):
            return True
        near = line.number - draft.head[-1].number <= 2
        return near and not head.organisation and self._kind is not SectionKind.PROJECTS

    def _is_dated(self, line: Line) -> bool:
        """Tell a line with the period of an entry at one of its ends."""
        found = locate_period(line.plain)
        if found is None:
            return False
        if found.is_range or found.own_cell:
            return not _is_sentence(line, found)
        # "BSc Physics, University of Leeds, 2010"
        rest = line.plain[found.start : found.end]
        return self._kind is SectionKind.EDUCATION and (
            has_word(rest, "degree") or has_word(rest, "organisation")
        )

    def _begins_block(self, index: int) -> bool:
        if index == 0:
            return True
        before = self._lines[index - 1]
        return before.kind is LineKind.ITEM or self._lines[index].number - before.number > 1

    def _dates_follow(self, index: int) -> bool:
        """Tell whether one of the next two lines has dates, with only head lines between."""
        for line in self._lines[index + 1 : index + 3]:
            if line.kind is not LineKind.PARAGRAPH:
                return False
            if self._is_dated(line):
                _, rest = take_period(line.text)
                return len(rest.plain.split()) <= _SHORT
            if not _is_short(line):
                return False
        return False

    def _give_back_empty_heads(self) -> None:
        """Make dates without any words bullets of what stands above them."""
        kept: list[_Draft] = []
        for draft in self._drafts:
            head = read_head(draft.lines, self._kind)
            if head.titles or head.organisation:
                kept.append(draft)
            elif kept:
                kept[-1].body += [*draft.head, *draft.body]
            else:
                self._loose += [*draft.head, *draft.body]
        self._drafts = kept


def _style(line: Line) -> str:
    first = next((run for run in line.text.runs if run.text.strip()), None)
    if first is None:
        return ""
    return "bold" if first.bold else "italic" if first.italic else ""


def _is_all_bold(line: Line) -> bool:
    return all(run.bold or not run.text.strip() for run in line.text.runs)


def _is_short(line: Line) -> bool:
    return len(line.plain.split()) <= _SHORT


def _is_sentence(line: Line, found: Found) -> bool:
    """Tell a sentence that merely begins or ends with dates, as bullets in paragraphs do."""
    words = len(line.plain[found.start : found.end].split())
    stopped = line.plain.rstrip().endswith(".")
    return words > 2 * _SHORT or (stopped and (not found.own_cell or words > _SHORT // 2))
