"""Lines of a CV, from whatever format, to a `Cv`.

First every line is labelled with what it is (`line_labels.py`), the whole document at once. The
labels cut the CV into sections and these into entries (`sorter.py`); the heads of a
section's entries are then read by the one pattern they share (`entry_head.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.contacts import read_fields, take_name
from tailor.reading.cv.date_line import with_notes_parted
from tailor.reading.cv.doubts import ReadEntry, find_doubts
from tailor.reading.cv.form import without_facts
from tailor.reading.cv.header import Header, read_header
from tailor.reading.cv.headings import by_label
from tailor.reading.cv.letter import (
    with_plain_years,
    with_whole_periods,
    without_furniture,
    without_label,
    without_letter,
)
from tailor.reading.cv.numbering import renumbered
from tailor.reading.cv.ornament import without_ornaments
from tailor.reading.cv.paragraph import with_jobs_parted
from tailor.reading.cv.record import with_records
from tailor.reading.cv.sections import Part, doubts_of, read_part
from tailor.reading.cv.sorter import Sorter
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import Bullet, Cv, Section, SectionKind
from tailor.values.errors import CvError

_TOP = 3  # lines in which the name stands behind a label


def build_cv(lines: Sequence[Line], source: str = "cv") -> Cv:
    """Make a CV of its lines. Every line ends up in it, in `Cv.unplaced` at worst.

    Raises CvError if there is no line that could be the person's name, or no
    entry (a position, degree or project) in any section.
    """
    body = [line for line in lines if line.kind is not LineKind.META and clean(line.text)]
    body, around = own_lines(body)
    fields = read_fields([line for line in lines if line.kind is LineKind.META])
    sorted_out = Sorter(body, named=bool(fields.of("name"))).sort()
    end = min((part.line for part in sorted_out.parts), default=0)
    header = read_header(sorted_out.top, fields, sorted_out.name, end)
    left = list(fields.left)
    if not header.name:
        header.name, left = take_name(left)
    unplaced: list[Bullet] = []
    sections: list[Section] = []
    reads: list[ReadEntry] = []
    for part in _main_column_first(sorted_out.parts):
        section, beside, entries = read_part(part, sorted_out.marks)
        # Its heading may stand above already, for lines that are gone from it.
        stands = any(other.line == section.line for other in sections)
        if section.entries or section.bullets or section.note or not stands:
            sections.append(section)
        unplaced += beside
        reads += entries
    sections = _without_overviews(sections)
    unplaced += [Bullet.bare(text, number) for text, number in header.unplaced]
    unplaced += [
        Bullet.bare(line.text, line.number) for line in (*around, *left, *sorted_out.aside)
    ]
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
    return renumbered(replace(cv, doubts=find_doubts(cv, reads, doubts_of(sorted_out.parts))))


def own_lines(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the CV itself, each whole and without labels, and those around it."""
    own, around = without_letter(without_ornaments(lines))
    own[:_TOP] = map(without_label, own[:_TOP])
    own, furniture = without_furniture(own)
    own, numbers = with_records(own)
    own, facts = without_facts(own)
    own = with_jobs_parted(with_notes_parted(with_whole_periods(own)))
    return by_label(with_plain_years(own)), [*around, *furniture, *numbers, *facts]


def read_entries(lines: Sequence[Line]) -> list[ReadEntry]:
    """Return the entries of a CV's lines with what tells how sure they are."""
    sorted_out = Sorter([line for line in lines if clean(line.text)]).sort()
    return [read for part in sorted_out.parts for read in read_part(part, sorted_out.marks)[2]]


def _main_column_first(parts: Sequence[Part]) -> list[Part]:
    """Put the column of a table that has the positions before the one beside it, a sidebar."""
    cells = [
        next((line.look.cell for line in part.lines() if line.look.cell), None) for part in parts
    ]
    kinds = [part.kind for part in parts]
    if SectionKind.EXPERIENCE not in kinds:
        return list(parts)
    main = cells[kinds.index(SectionKind.EXPERIENCE)]
    aside = [bool(main and cell and cell[:2] == main[:2] and cell[2] != main[2]) for cell in cells]
    last = max((n for n, cell in enumerate(cells) if cell == main), default=0)
    before = [part for part, is_aside in zip(parts[: last + 1], aside, strict=False) if is_aside]
    kept = [part for part in parts[: last + 1] if part not in before]
    return [*kept, *before, *parts[last + 1 :]]


def _without_overviews(sections: Sequence[Section]) -> list[Section]:
    """Leave out entries without lines that stand once more, with lines: a table of all positions.

    Each of their words stands in the other entry too: at another place it is another entry.
    """
    places: defaultdict[tuple[object, ...], set[str]] = defaultdict(lambda: {""})
    for section in sections:
        for entry in section.entries:
            if entry.bullets:
                places[entry.titles, entry.organisation, entry.period].add(entry.place)
    kept = []
    for section in sections:
        entries = tuple(
            entry
            for entry in section.entries
            if entry.bullets
            or (key := (entry.titles, entry.organisation, entry.period)) not in places
            or entry.place not in places[key]
        )
        if entries or not section.entries or section.bullets or section.note:
            kept.append(replace(section, entries=entries))
    return kept


def _in_order(header: Header, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Add the sections found in the head: languages last, the others first.

    A registration told there stands with the other papers.
    """
    place = next((n for n, s in enumerate(sections) if s.kind is SectionKind.SUMMARY), None)
    if place is not None and (lines := header.lists.pop(SectionKind.SUMMARY, None)):
        own = replace(sections[place], bullets=(*lines, *sections[place].bullets))
        sections = [*sections[:place], own, *sections[place + 1 :]]
    first = header.sections(SectionKind.SUMMARY, SectionKind.SKILLS)
    last = header.sections(SectionKind.CERTIFICATES, SectionKind.LANGUAGES)
    papers = header.lists.get(SectionKind.CERTIFICATES)
    place = next((n for n, s in enumerate(sections) if s.kind is SectionKind.CERTIFICATES), None)
    if papers and place is not None:
        own = replace(sections[place], bullets=(*papers, *sections[place].bullets))
        sections = [*sections[:place], own, *sections[place + 1 :]]
        last = header.sections(SectionKind.LANGUAGES)
    return (*first, *sections, *last)


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
