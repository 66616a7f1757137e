"""Lines, sorted into the parts of a CV, to sections with their entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tailor.reading.cv.cells import BAR_OR_DASH, locate_period, pieces, spans
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.reading.cv.doubts import ReadEntry
from tailor.reading.cv.entry_head import EntryHead, read_heads
from tailor.reading.cv.headings import is_head_row, section_of_label
from tailor.reading.cv.line_labels import typed_bullet
from tailor.reading.cv.names import best_kind, find_languages, has_word
from tailor.reading.cv.numbering import dated_bullet
from tailor.reading.lines import Line, LineKind, bold_start, clean, web_address
from tailor.values.cv import Bullet, Doubt, Entry, RichText, Run, Section, SectionKind

# Sections that hold entries, and those that may: a job below another heading is a job's entry.
ENTRY_KINDS = frozenset(
    {SectionKind.EXPERIENCE, SectionKind.EDUCATION, SectionKind.PROJECTS, SectionKind.VOLUNTEERING}
)
_CHECK, _UNCLEAR = 0.65, 0.5  # what a section less sure than this holds is to be looked at
_MOSTLY = 0.7
_SHORT = 8  # words; no longer line is taken up into a head
_EMPLOYERS = frozenset({"employer", "school", "mixed"})


@dataclass(slots=True)
class Draft:
    """An entry while its lines come in; `shared` are the employer's lines it has with others."""

    head: list[Line]
    shared: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    confidence: float = 1.0


@dataclass(slots=True)
class Part:
    """A section while its lines come in. `columns` are what a table's head row says.

    `confidence` is how sure it is what the section holds.
    """

    kind: SectionKind
    heading: str
    line: int
    note: RichText = field(default_factory=RichText)
    headed: bool = True
    drafts: list[Draft] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def newest(self) -> Draft | None:
        """The entry whose lines come in."""
        return self.drafts[-1] if self.drafts else None

    def lines(self) -> list[Line]:
        """Return all lines below the heading, in order."""
        heads = [line for d in self.drafts for line in (*d.shared, *d.head, *d.body)]
        return sorted(
            {id(line): line for line in (*self.loose, *heads)}.values(),
            key=lambda line: line.number,
        )


def look_of(line: Line) -> tuple[object, ...]:
    """Return the look of a line: its kind and level, and whether its start is bold or italic."""
    runs = [run for run in line.text.runs if run.text.strip()]
    return line.kind, line.level, bool(runs and runs[0].bold), bool(runs and runs[0].italic)


def is_dated(draft: Draft) -> bool:
    """Return whether the head of an entry has dates."""
    return any(find_dates(line.plain) for line in draft.head)


def doubts_of(parts: Sequence[Part]) -> Iterator[Doubt]:
    """Doubt what a section holds where its heading's words do not say it, and little else does."""
    for part in parts:
        told = part.kind is not SectionKind.OTHER
        if part.confidence < (_CHECK if told else _UNCLEAR):
            message = (
                f"does '{part.heading}' hold {part.kind.value}?"
                if told
                else f"it is not clear what '{part.heading}' holds; its lines are kept as they are"
            )
            yield Doubt(part.line, "section", message, round(part.confidence, 2))


def settle(parts: Sequence[Part]) -> None:
    """Set right, once all lines are in, what only whole sections show."""
    _refine(parts)
    for part in parts:
        _regroup(part)
        _inherit(part)
    dated = any(is_dated(draft) for part in parts for draft in part.drafts)
    for part in parts:
        if _lists_no_jobs(part, parts):
            part.kind, part.loose, part.drafts = SectionKind.OTHER, part.lines(), []
        _flatten(part, dated=dated)


def _refine(parts: Sequence[Part]) -> None:
    """Read headings of two meanings by what stands below them, and by what stands elsewhere."""
    educations = sum(part.kind is SectionKind.EDUCATION for part in parts)
    for part, below in pairwise(parts):
        # "These days", above "Before that": nobody tells of clubs before jobs
        above_jobs = below.kind is SectionKind.EXPERIENCE and not part.loose
        if part.kind is SectionKind.OTHER and part.drafts and above_jobs:
            jobs = all(draft.body and is_dated(draft) for draft in part.drafts)
            part.kind = SectionKind.EXPERIENCE if jobs else part.kind
    for part in parts:
        words, lines = part.heading.casefold().strip(), part.lines()
        short = sum(len(line.plain.split()) <= _SHORT for line in lines)
        listed = len(lines) > 1 and short >= _MOSTLY * len(lines)
        others = educations - (part.kind is SectionKind.EDUCATION)
        dated = any(find_dates(line.plain) for line in lines)
        skilled = (
            words == "qualifications" and others and (educations > 1 or (listed and not dated))
        )
        if skilled or (words == "highlights" and listed):
            part.kind, part.loose, part.drafts = SectionKind.SKILLS, lines, []
        named = part.kind is SectionKind.LANGUAGES and bool(lines)
        if named and not any(find_languages(line.plain) for line in lines):
            part.kind = SectionKind.SKILLS  # those of programmers


def _regroup(part: Part) -> None:
    """Take a head without dates and text, above dated ones of another look, as their employer."""
    kept: list[Draft] = []
    group: Draft | None = None
    dated = sum(map(is_dated, part.drafts))
    for index, draft in enumerate(part.drafts):
        after = part.drafts[index + 1] if index + 1 < len(part.drafts) else None
        alone = not (draft.body or draft.shared or is_dated(draft))
        has_own = bool(after and after.shared)  # it would not be this one's, which were lost
        if alone and after and is_dated(after) and not _alike(after, draft) and not has_own:
            group = draft
            continue
        if alone and kept and len(draft.head) == 1 and dated > 1 and dated >= len(part.drafts) - 1:
            kept[-1].body += draft.head  # all others have dates, and text below them
            continue
        if group and _alike(draft, group):
            group = None
        if group and not draft.shared:
            draft.shared = list(group.head)
        kept.append(draft)
    part.drafts = kept


def _alike(draft: Draft, other: Draft) -> bool:
    """Return whether two heads begin alike: in one look, and both or none with dates alone."""
    one, two = draft.head[0], other.head[0]
    alone = (read_whole(one.plain) is None) == (read_whole(two.plain) is None)
    return alone and look_of(one) == look_of(two)


def _inherit(part: Part) -> None:
    """Give a role the employer's line of the entry above, below which it stands without its own."""
    for above, draft in pairwise(part.drafts):
        if len(draft.head) > 1 or draft.shared or not is_dated(draft):
            continue
        *employer, role = (*above.shared, *above.head)
        if not employer or len(employer) > 1 or find_dates(employer[0].plain):
            continue
        cells = pieces(draft.head[0].plain, BAR_OR_DASH)
        undated = [cell for cell in cells if not find_dates(cell)]
        if any(best_kind(c)[0] in _EMPLOYERS and not has_word(c, "job") for c in undated):
            continue  # it names its own
        if _stands_above(employer[0], role, draft.head[0]) and find_dates(role.plain):
            draft.shared = list(employer)


def _stands_above(employer: Line, role: Line, other: Line) -> bool:
    """Return whether a line is an employer's, a role is below it, and another role is like that."""
    text = clean(employer.text).plain
    named = best_kind(text)[0] in _EMPLOYERS or not has_word(text, "job")
    below = employer.gap and not role.gap and not other.gap
    apart = look_of(employer) != look_of(role) and has_word(other.plain, "job")
    return named and look_of(role) == look_of(other) and (apart or below)


def _lists_no_jobs(part: Part, parts: Sequence[Part]) -> bool:
    """Return whether lines of a list under a heading of another name were taken for jobs: cruises.

    Most of them name no job, and no job elsewhere in the CV is a line of a list.
    """
    named = section_of_label(part.heading) == part.kind
    if part.kind is not SectionKind.EXPERIENCE or named or not (part.headed and part.drafts):
        return False
    drafts = [draft for one in parts if one.kind is part.kind for draft in one.drafts]
    heads = [draft.head[0] for draft in drafts if draft not in part.drafts]
    listed = all(line.kind is LineKind.ITEM for line in part.lines())
    apart = bool(heads) and not any(line.kind is LineKind.ITEM for line in heads)
    jobs = sum(has_word(draft.head[0].plain, "job") for draft in part.drafts)
    return listed and apart and 2 * jobs < len(part.drafts)


def _flatten(part: Part, *, dated: bool) -> None:
    """Make lines of a list of what looked like heads where no text stands below any of them.

    A single line in a section of its own is no position where the others are `dated`.
    """
    if part.kind not in ENTRY_KINDS and all(d.head[0].kind is LineKind.ITEM for d in part.drafts):
        part.loose, part.drafts = part.lines(), []
        return
    lone = dated and len(part.drafts) == 1 and len(part.drafts[0].head) == 1
    lone = lone and not is_dated(part.drafts[0]) and part.kind is SectionKind.EXPERIENCE
    if (part.kind in ENTRY_KINDS and not lone) or any(draft.body for draft in part.drafts):
        return
    heads = [line for draft in part.drafts for line in (*draft.shared, *draft.head)]
    if not any(line.kind is LineKind.HEADING for line in heads):
        part.loose += heads
        part.drafts = []


# The lines of a section, sorted into heads, texts and lists, to a `Section` with its entries.
_ROW = 400  # characters; no longer line is a row of single skills
_DATED = frozenset({SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES})
_WIDE = re.compile(r"\s*\t\s*|\s{3,}|\s*[•●▪]\s*")
_YEAR_FIRST = re.compile(r"\s{0,9}[(\[]?(?:(?:19|20)\d\d|\d{1,2}\])[)\].]?\s")
_TAB = re.compile(r"\t+")
_LISTS = re.compile(r"[,;:|]")
_SKILL_WORDS = 4
_WRAPPED = 60  # characters; a line of a summary this long may go on in the next one


def marks_of(lines: Sequence[Line]) -> frozenset[str]:
    """Return the letters and signs that this CV types before the lines of its lists."""
    typed = [text for line in lines if _bare_mark(text := line.plain.lstrip())]
    count = Counter(text[:1] for text in typed)
    return frozenset(text[:1] for text in typed if count[text[:1]] > 1 or text[1:2] == "\t")


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


def read_part(part: Part, marks: frozenset[str]) -> tuple[Section, list[Bullet], list[ReadEntry]]:
    """Return a section of its lines, what of them has no place in it, and how its heads were read.

    `marks` are the letters and signs that the CV types before the lines of its lists.
    """
    unplaced = [Bullet.bare(clean(line.text), line.number) for line in part.labels]
    entries: list[Entry] = []
    reads: list[ReadEntry] = []
    if part.kind is SectionKind.ACHIEVEMENTS:
        themes = tuple(_theme(draft, marks) for draft in part.drafts)
        bullets = tuple(_bullets(part.loose, part.kind, marks))
        own = Section(part.kind, part.heading, part.note, themes, bullets, line=part.line)
        return own, unplaced, []
    heads = read_heads([[*d.shared, *d.head] for d in part.drafts], part.kind, part.columns)
    for draft, head in zip(part.drafts, heads, strict=True):
        entries.append(_entry(draft, head, marks))
        reads.append(ReadEntry(part.kind, entries[-1], head, draft.confidence, len(heads) == 1))
        number = draft.head[0].number
        unplaced += [Bullet.bare(text, number) for text in head.durations]
        unplaced += [
            Bullet.bare(RichText.of([Run(link, link=link)]), number)
            for link in _links(draft, head)[1:]
        ]
    lines = part.loose
    if part.kind is SectionKind.SKILLS and len(lines) > 1 and is_head_row(lines[0].plain):
        unplaced.append(Bullet.bare(clean(lines[0].text), lines[0].number))
        lines = lines[1:]
    if part.kind is SectionKind.SUMMARY:
        lines = _unwrapped(lines)
    bullets = tuple(_bullets(lines, part.kind, marks))
    section = Section(part.kind, part.heading, part.note, tuple(entries), bullets, line=part.line)
    return section, unplaced, reads


def _theme(draft: Draft, marks: frozenset[str]) -> Entry:
    """Return a group of achievements under the person's own words."""
    title = clean(draft.head[0].text).plain.rstrip(" :")
    bullets = [
        Bullet.bare(text, line.number) for line in draft.body if (text := _text(line, marks))
    ]
    return Entry("", (title,), bullets=tuple(bullets), line=draft.head[0].number)


def _entry(draft: Draft, head: EntryHead, marks: frozenset[str]) -> Entry:
    number = draft.head[0].number
    said = {title.casefold() for title in head.titles}  # twice: as a heading, and after a label
    others = [text for text in head.others if text.plain.casefold() not in said]
    bullets = [Bullet.bare(text, number) for text in others]
    bullets += [
        Bullet.bare(text, line.number) for line in draft.body if (text := _text(line, marks))
    ]
    link = next(iter(_links(draft, head)), None)
    fields = head.titles, head.organisation, head.place, head.period
    return Entry("", *fields, tuple(bullets), number, link)


def _links(draft: Draft, head: EntryHead) -> list[str]:
    """Return the addresses of a head; an entry has room for the first."""
    behind = [
        run.link
        for line in (*draft.shared, *draft.head)
        for run in line.text.runs
        if run.link and web_address(run.link) and not run.link.lower().startswith("mailto:")
    ]
    return list(dict.fromkeys((*behind, *head.links)))


def _bullets(lines: Sequence[Line], kind: SectionKind, marks: frozenset[str]) -> Iterator[Bullet]:
    if kind is SectionKind.PUBLICATIONS:
        lines = _whole_references(_by_year(lines))
    if kind is SectionKind.SKILLS:
        lines = [cell for line in _labelled_rows(lines) for cell in _grid_cells(line)]
    for line in lines:
        if kind in _DATED or kind is SectionKind.OTHER:
            bullet = dated_bullet(
                _with_colon(line) if line.look.cell else line.text, line.number, bare=kind in _DATED
            )
        else:
            bullet = Bullet.bare(_text(line, marks), line.number)
        if bullet.text:
            yield bullet


def _with_colon(line: Line) -> RichText:
    """Return a row of a label and a text with a colon between them: "Free time | Sailing"."""
    cells = spans(line.plain, _TAB)
    if len(cells) != 2 or any(read_whole(line.plain[a:b]) for a, b in cells):
        return line.text
    (start, end), (begin, stop) = cells
    few = len(line.plain[start:end].split()) <= _SKILL_WORDS and line.plain[end - 1].isalnum()
    colon = RichText.of(": ")
    return line.text.slice(start, end) + colon + line.text.slice(begin, stop) if few else line.text


def _labelled_rows(lines: Sequence[Line]) -> list[Line]:
    """Join a label in one cell of a table and what the next cell of its row lists."""
    count = Counter(line.look.cell for line in lines)
    found: list[Line] = []
    for line in lines:
        above, own = found[-1].look.cell if found else None, line.look.cell
        beside = above and own and above[:2] == own[:2] and own[2] == above[2] + 1
        if beside and count[above] == count[own] == 1 and _is_label([found[-1].plain, line.plain]):
            sign = " " if found[-1].plain.rstrip().endswith(":") else ": "
            found[-1] = _joined(found[-1], sign, line)
        else:
            found.append(line)
    return found


def _grid_cells(line: Line) -> list[Line]:
    """Return the cells of a row of single skills as lines of their own, else the line itself.

    The wide gap between a label and its list becomes a colon: "Tools    Revit, AutoCAD".
    """
    if len(line.plain) > _ROW:
        return [line]
    cells = [(a, b) for a, b in spans(line.plain, _WIDE) if any(map(str.isalnum, line.plain[a:b]))]
    texts = [line.plain[a:b] for a, b in cells]
    single = all(len(text.split()) <= _SKILL_WORDS and not _LISTS.search(text) for text in texts)
    end = bold_start(line.text)
    if len(cells) == 1 and end and ":" not in line.plain[: end + 1]:
        cells = [(0, len(line.plain[:end].rstrip())), (end, len(line.plain))]
        texts = [line.plain[a:b].strip() for a, b in cells]
    if len(cells) == 2 and _is_label(texts):
        (_, end), (start, _) = cells
        text = line.text.slice(0, end) + RichText.of(": ") + line.text.slice(start)
        return [replace(line, text=text)]
    if len(cells) < 2 or not single:
        return [line]
    return [replace(line, text=line.text.slice(a, b)) for a, b in cells]


def _is_label(texts: Sequence[str]) -> bool:
    """Return whether the first of two cells says what the second one lists."""
    first, second = texts
    few = len(first.split()) <= _SKILL_WORDS and not _LISTS.search(first)
    return few and first[-1].isalnum() and bool(_LISTS.search(second))


def _joined(line: Line, sign: str, after: Line) -> Line:
    return replace(line, text=line.text + RichText.of(sign) + after.text.strip())


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a paragraph that an editor's margin cut."""
    found: list[Line] = []
    for line in lines:
        above = found[-1].plain if found else ""
        is_cut = len(above) >= _WRAPPED and above[-1] not in ".!?:;"
        if is_cut and line.kind is LineKind.PARAGRAPH and not line.gap:
            found[-1] = _joined(found[-1], " ", line)
        else:
            found.append(line)
    return found


def _by_year(lines: Sequence[Line]) -> list[Line]:
    """Join lines to references where each of these, and nothing else, begins with its year."""
    begins = [bool(_YEAR_FIRST.match(line.plain)) for line in lines]
    plain = all(line.kind is LineKind.PARAGRAPH for line in lines)
    if not plain or sum(begins) < 2 or not begins[0]:
        return list(lines)
    found: list[Line] = []
    for line, first in zip(lines, begins, strict=True):
        if first:
            found.append(line)
        else:
            found[-1] = _joined(found[-1], " ", line)
    return found


def _whole_references(lines: Sequence[Line]) -> list[Line]:
    """Join title, authors and venue of a paper, each on a line of its own, to one line.

    The title, bold or with the date, stays in front; a date goes in front of all.
    """
    found: list[Line] = []
    goes_on = False
    for line in lines:
        plain, title = line.kind is LineKind.PARAGRAPH, _is_title(line)
        if goes_on and plain and not line.gap and not title:
            stop = " " if found[-1].plain.endswith((".", "!", "?")) else ". "
            found[-1] = _joined(found[-1], stop, line)
        else:
            goes_on = plain and line.gap and title
            found.append(_with_date_first(line) if goes_on else line)
    return found


def _with_date_first(line: Line) -> Line:
    """Return the title of a paper with a date of its own cell in front."""
    found = locate_period(line.plain)
    if not found or not found.own_cell or found.is_range or found.start == found.end:
        return line
    date = (line.text.slice(0, found.start) + line.text.slice(found.end)).strip()
    return replace(line, text=date + RichText.of("\t") + line.text.slice(found.start, found.end))


def _is_title(line: Line) -> bool:
    """Return whether a line is the first of a reference: bold, or with a date in its own cell."""
    found = locate_period(line.plain)
    dated = found is not None and found.own_cell and found.start < found.end
    return dated or all(run.bold or not run.text.strip() for run in line.text.runs)
