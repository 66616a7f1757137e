"""Lines of a CV, from whatever format, to a `Cv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.entries import has_entries, read_entries
from tailor.reading.cv.entry_groups import ENTRY_KINDS
from tailor.reading.cv.front_fields import read_fields, take_name
from tailor.reading.cv.header import Header, read_header
from tailor.reading.cv.listings import dated_bullet, language_items, skill_items
from tailor.reading.cv.section_split import LISTS, Part, split_sections
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import Bullet, BulletFactory, Cv, RichText, Section, SectionKind
from tailor.values.errors import CvError

_DATED = frozenset({SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES})
_WRAPPED = 60  # characters; a line of a summary this long may go on in the next one


def build_cv(lines: Sequence[Line], source: str = "cv") -> Cv:
    """Make a CV of its lines. Every line ends up in it, in `Cv.unplaced` at worst.

    Raises CvError if there is no line that could be the person's name, or no
    entry (a position, degree or project) in any section.
    """
    factory = BulletFactory()
    body = [line for line in lines if line.kind is not LineKind.META]
    fields = read_fields([line for line in lines if line.kind is LineKind.META])
    top, parts = split_sections(body)
    header = read_header(top, factory, fields)
    left = list(fields.left)
    if not header.name:
        header.name, left = take_name(left)
    unplaced: list[Bullet] = []
    sections: list[Section] = []
    for part in parts:
        section, beside = _read_section(part, factory)
        sections.append(section)
        unplaced += beside
    unplaced += [factory.make(text, line=number) for text, number in header.unplaced]
    unplaced += [factory.make(line.text, line=line.number) for line in left]
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
    return cv


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


def _read_section(part: Part, factory: BulletFactory) -> tuple[Section, tuple[Bullet, ...]]:
    kind, lines = part.heading.kind, part.lines
    section = Section(kind, part.heading.heading, part.heading.note, line=part.line.number)
    if kind in ENTRY_KINDS or (kind not in LISTS and has_entries(lines)):
        read = read_entries(lines, kind, factory)
        section = replace(section, entries=read.entries, bullets=read.bullets)
        return section, read.unplaced
    if kind is SectionKind.SUMMARY:
        lines = list(_unwrapped(lines))
    bullets = tuple(_bullets(lines, kind, factory))
    items: list[str] = []
    for bullet in bullets:
        if kind is SectionKind.SKILLS:
            items += skill_items(bullet.text.plain)
        elif kind is SectionKind.LANGUAGES:
            items += language_items(bullet.text.plain)
    return replace(section, bullets=bullets, items=tuple(items)), ()


def _bullets(lines: Sequence[Line], kind: SectionKind, factory: BulletFactory) -> Iterator[Bullet]:
    if kind is SectionKind.PUBLICATIONS:
        lines = list(_whole_references(lines))
    for line in lines:
        if kind in _DATED or kind is SectionKind.OTHER:
            bullet = dated_bullet(line.text, line.number, factory, bare=kind in _DATED)
        else:
            bullet = factory.make(clean(line.text), line=line.number)
        if bullet.text:
            yield bullet


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
    """Tell the first line of a reference: bold, or with a date in a cell of its own."""
    found = locate_period(line.plain)
    dated = found is not None and found.own_cell and found.start < found.end
    return dated or all(run.bold or not run.text.strip() for run in line.text.runs)
