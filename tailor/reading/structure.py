"""Lines of a CV, from whatever format, to a `Cv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tailor.cv import Bullet, BulletFactory, Cv, RichText, Section, SectionKind
from tailor.errors import CvError
from tailor.reading.entries import ENTRY_KINDS, has_entries, read_entries
from tailor.reading.header import Header, read_header
from tailor.reading.headings import HeadingText, read_heading
from tailor.reading.lines import Line, LineKind, clean
from tailor.reading.listings import dated_bullet, language_items, skill_items

_DATED = frozenset({SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES})
# Sections in which a smaller heading parts the list, and begins no entry.
_LISTS = frozenset(
    {
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.PUBLICATIONS,
        SectionKind.LANGUAGES,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
_LONGEST_UNMARKED = 60  # characters of a heading that is not marked as one
_WRAPPED = 60  # characters; a line of a summary this long may go on in the next one


@dataclass(slots=True)
class _Part:
    """A heading and the lines below it."""

    heading: HeadingText
    line: Line
    lines: list[Line] = field(default_factory=list)


def build_cv(lines: Sequence[Line], source: str = "cv") -> Cv:
    """Make a CV of its lines. Every line ends up in it, in `Cv.unplaced` at worst.

    Raises CvError if there is no line that could be the person's name, or no
    entry (a position, degree or project) in any section.
    """
    factory = BulletFactory()
    top, parts = _split(lines)
    header = read_header(top, factory)
    unplaced: list[Bullet] = []
    sections: list[Section] = []
    for part in parts:
        section, left = _read_section(part, factory)
        sections.append(section)
        unplaced += left
    unplaced += [factory.make(text, line=number) for text, number in header.unplaced]
    meta = [line for line in lines if line.kind is LineKind.META]
    unplaced += [factory.make(line.text, line=line.number) for line in meta]
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
        found = ", ".join(f'"{s.heading}" (line {s.line})' for s in cv.sections if s.line)
        raise CvError(
            f"{cv.source}: no position, degree or project found in lines 1 to {last}; looked for "
            'a section such as "## Experience" with entries such as '
            '"### Title, Employer, Place" and a line of dates such as "Jan 2020 – Present". '
            f"Sections found: {found or 'none'}"
        )
    if not cv.name:
        first = min(section.line for section in cv.sections if section.line)
        raise CvError(
            f"{cv.source}: no name found above the first section (line {first}); "
            'begin the file with a line such as "# Jane Doe"'
        )


def _split(lines: Sequence[Line]) -> tuple[list[Line], list[_Part]]:
    """Cut the lines at the headings of sections; return the head of the CV, and the rest."""
    body = [line for line in lines if line.kind is not LineKind.META]
    top: list[Line] = []
    parts: list[_Part] = []
    current = top
    for index, heading in _section_headings(body):
        line = body[index]
        if heading is None:
            current.append(line)
        elif heading.name == "contact":
            current = top
            if heading.note:
                top.append(replace(line, kind=LineKind.PARAGRAPH, text=heading.note))
        else:
            parts.append(_Part(heading, line))
            current = parts[-1].lines
    return top, parts


def _section_headings(lines: Sequence[Line]) -> Iterator[tuple[int, HeadingText | None]]:
    """Yield for each line its index, and its heading where it begins a section."""
    headings = [_read_heading(line) for line in lines]
    name = next((i for i, line in enumerate(lines) if line.kind is LineKind.HEADING), -1)
    known = [
        line.level
        for line, heading in zip(lines, headings, strict=True)
        if line.kind is LineKind.HEADING and _is_known(heading)
    ]
    level = min(known, default=0)
    kind: SectionKind | None = None
    for index, (line, heading) in enumerate(zip(lines, headings, strict=True)):
        begins = _is_known(heading) and _looks_like_heading(line, bare=not known)
        if kind is SectionKind.SKILLS and line.level > level > 0 and line.kind is LineKind.HEADING:
            begins = False  # "### Languages" under "## Skills" are those of programmers
        if (
            not begins
            and line.kind is LineKind.HEADING
            and 0 < line.level <= level
            and index != name
        ):
            begins = kind is not None or _has_own_text(lines, index)
        if line.kind is LineKind.HEADING and not begins and kind in _LISTS:
            # A smaller heading in a list of skills or papers begins another such list.
            begins, heading = True, replace(heading, name=kind.value)  # noqa: PLW2901
        if begins:
            kind = heading.kind if heading.name != "contact" else kind
        yield index, heading if begins else None


def _read_heading(line: Line) -> HeadingText:
    """Read a line as a heading, if it may be one."""
    if line.kind is LineKind.HEADING or (
        line.kind is LineKind.PARAGRAPH and len(line.plain) <= _LONGEST_UNMARKED
    ):
        return read_heading(line.text)
    return HeadingText("", "", RichText())


def _is_known(heading: HeadingText) -> bool:
    return heading.name not in {"", "document"}


def _looks_like_heading(line: Line, *, bare: bool) -> bool:
    """Tell whether a line with the words of a heading is one.

    Where no heading is marked as such, a line of its own is enough; else it has
    to be marked, bold or in capitals.
    """
    if line.kind is not LineKind.PARAGRAPH:
        return line.kind is LineKind.HEADING
    plain = line.plain
    if read_heading(line.text).note and not plain.isupper():
        return False
    bold = all(run.bold or not run.text.strip() for run in line.text.runs)
    return bold or plain.isupper() or (bare and plain[:1].isupper())


def _has_own_text(lines: Sequence[Line], index: int) -> bool:
    """Tell an unknown section above the first known one from a headline in heading style."""
    below = []
    for line in lines[index + 1 :]:
        if line.kind is LineKind.HEADING:
            break
        below.append(line)
    return bool(below) and not any("@" in line.plain or "|" in line.plain for line in below)


def _read_section(part: _Part, factory: BulletFactory) -> tuple[Section, tuple[Bullet, ...]]:
    kind, lines = part.heading.kind, part.lines
    section = Section(kind, part.heading.heading, part.heading.note, line=part.line.number)
    if kind in ENTRY_KINDS or (kind not in _LISTS and has_entries(lines)):
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
    for line in lines:
        if kind in _DATED or kind is SectionKind.OTHER:
            bullet = dated_bullet(line.text, line.number, factory)
        else:
            bullet = factory.make(clean(line.text), line=line.number)
        if bullet.text:
            yield bullet


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Join the lines of a paragraph that an editor's margin cut."""
    current: Line | None = None
    last = 0
    for line in lines:
        joins = current is not None and line.number == last + 1
        joins = joins and line.kind is LineKind.PARAGRAPH
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
        last = line.number
    if current:
        yield current
