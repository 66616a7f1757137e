"""The lines of a section, sorted into heads, texts and lists, to a `Section` with its entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tailor.reading.cv.cells import spans
from tailor.reading.cv.doubts import ReadEntry
from tailor.reading.cv.draft import Draft, Part
from tailor.reading.cv.entry_head import EntryHead, read_heads
from tailor.reading.cv.field_label import is_head_row
from tailor.reading.cv.line_labels import typed_bullet
from tailor.reading.cv.listings import dated_bullet
from tailor.reading.cv.period import locate_period
from tailor.reading.lines import Line, LineKind, bold_start, clean, web_address
from tailor.values.cv import (
    Bullet,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)

_ROW = 400  # characters; no longer line is a row of single skills
_DATED = frozenset({SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES})
_WIDE = re.compile(r"\s*\t\s*|\s{3,}|\s*[•●▪]\s*")
_YEAR_FIRST = re.compile(r"\s{0,9}[(\[]?(?:(?:19|20)\d\d|\d{1,2}\])[)\].]?\s")
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
    heads = read_heads([[*d.shared, *d.head] for d in part.drafts], part.kind, part.columns)
    for draft, head in zip(part.drafts, heads, strict=True):
        entries.append(_entry(draft, head, marks))
        sure = draft.confidence, draft.body_confidence
        reads.append(ReadEntry(part.kind, entries[-1], head, *sure, len(heads) == 1))
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
        lines = list(_unwrapped(lines))
    bullets = tuple(_bullets(lines, part.kind, marks))
    section = Section(part.kind, part.heading, part.note, tuple(entries), bullets, line=part.line)
    return section, unplaced, reads


def _entry(draft: Draft, head: EntryHead, marks: frozenset[str]) -> Entry:
    number = draft.head[0].number
    said = {title.casefold() for title in head.titles}  # twice: as a heading, and after a label
    others = [text for text in head.others if text.plain.casefold() not in said]
    bullets = [Bullet.bare(text, number) for text in others]
    bullets += [
        Bullet.bare(text, line.number) for line in draft.body if (text := _text(line, marks))
    ]
    return Entry(
        "",
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


def _bullets(lines: Sequence[Line], kind: SectionKind, marks: frozenset[str]) -> Iterator[Bullet]:
    if kind is SectionKind.PUBLICATIONS:
        lines = list(_whole_references(_by_year(lines)))
    if kind is SectionKind.SKILLS:
        lines = [cell for line in lines for cell in _grid_cells(line)]
    for line in lines:
        if kind in _DATED or kind is SectionKind.OTHER:
            bullet = dated_bullet(line.text, line.number, bare=kind in _DATED)
        else:
            bullet = Bullet.bare(_text(line, marks), line.number)
        if bullet.text:
            yield bullet


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


def _by_year(lines: Sequence[Line]) -> list[Line]:
    """Join lines to references where each of these, and nothing else, begins with its year."""
    begins = [bool(_YEAR_FIRST.match(line.plain)) for line in lines]
    plain = all(line.kind is LineKind.PARAGRAPH for line in lines)
    if not plain or sum(begins) < 2 or all(begins) or not begins[0]:
        return list(lines)
    found: list[Line] = []
    for line, first in zip(lines, begins, strict=True):
        if first:
            found.append(line)
        else:
            text = found[-1].text + RichText.of(" ") + line.text.strip()
            found[-1] = replace(found[-1], text=text)
    return found


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
