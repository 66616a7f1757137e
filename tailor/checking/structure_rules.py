"""The rules that any résumé keeps or breaks by what it says, whatever its format; and its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from tailor.checking.findings import Finding, Place, Severity, beginning, found
from tailor.checking.printable import fold, usual_kind
from tailor.reading.cv.dates import locate_period, locate_within
from tailor.reading.cv.headings import read_heading, section_of_label
from tailor.reading.files import Content
from tailor.reading.formats import Format
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import ContactKind, Cv, Entry, Period, SectionKind

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_USUAL_DATES = re.compile(rf"(?:{_MONTH} \d{{4}} [–-] )?(?:{_MONTH} \d{{4}}|Present)")
_YEARS = re.compile(r"(?:\d{4} [–-] )?(?:\d{4}|Present)")
_SPELT = re.compile(
    r"[^\W\d_]{3,}\.?,? \d{4}(?:\s*(?:[–—-]|to)\s*(?:[^\W\d_]{3,}\.?,? \d{4}|[^\W\d_]+))?"
)
_LABEL = re.compile(r"\s*([^:]{2,40}):\s")
_KILOBYTE = 1024
_LARGE = 100 * _KILOBYTE
_TOO_LARGE = 2560 * _KILOBYTE  # what one system takes at most
_FILE_NAME = re.compile(r"[^\W_]+(?:[_-][^\W_]+)+", re.UNICODE)
_SENT = frozenset({Format.DOCX, Format.PDF})
_USUAL = "experience, education, skills, publications"


def structure_findings(cv: Cv, lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield what is wrong with names, headings, dates and jobs. `lines` may be empty."""
    by_number = {line.number: line for line in lines}
    yield from _contacts(cv)
    yield from _headings(cv, by_number)
    yield from _labels(lines)
    if lines:
        yield from _dates(cv, lines)
    yield from _jobs(cv, by_number)
    yield from _empty(cv, by_number)


def _place(number: int, by_number: dict[int, Line], words: str = "") -> Place:
    line = by_number.get(number)
    return Place(number, beginning(clean(line.text).plain) if line else beginning(words))


def name_findings(cv: Cv, first: str, where: Place) -> Iterator[Finding]:
    """Yield what is wrong with `first`, the first words of the file, which should be the name."""
    text = fold(first)
    place = (where,)
    name = fold(cv.name)
    if text.casefold() == name.casefold():
        return
    if name.casefold() in text.casefold():
        yield from found(
            5,
            Severity.WARNING,
            f'the first line says more than the name, "{name}"',
            "leave the name alone on its line",
            place,
        )
    else:
        yield from found(
            5,
            Severity.FAULT,
            f'the first line is not the name; "{name}" was found further down or elsewhere',
            "begin the page with the name, alone on its line",
            place,
        )


def _contacts(cv: Cv) -> Iterator[Finding]:
    kinds = {contact.kind for contact in cv.contacts}
    if ContactKind.EMAIL not in kinds:
        yield from found(
            14,
            Severity.FAULT,
            "no e-mail address was found",
            "write it below the name, as text",
            (Place(),),
        )


def _headings(cv: Cv, by_number: dict[int, Line]) -> Iterator[Finding]:
    known = {section.kind for section in cv.sections}
    unusual = [
        section
        for section in cv.sections
        if section.kind is SectionKind.OTHER and section.heading.strip()
    ]
    if SectionKind.EXPERIENCE not in known:
        yield from found(
            8,
            Severity.FAULT,
            "no section is headed as work experience; parsers then find no job",
            'call it "Work Experience"',
            (Place(),),
        )
    fancy = SectionKind.EXPERIENCE not in known or len(unusual) > len(known)
    yield from found(
        8,
        Severity.FAULT if fancy else Severity.NOTE,
        "a heading that parsers do not know",
        f"use the usual one where there is one ({_USUAL})",
        (_place(section.line, by_number, section.heading) for section in unusual),
    )
    yield from found(
        8,
        Severity.WARNING,
        "the heading is not alone on its line",
        "put what else stands there on a line of its own",
        (_place(s.line, by_number, s.heading) for s in cv.sections if _has_note(s.line, by_number)),
    )


def unread_headings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield the headings of a file in which no CV was found, as far as they are not usual."""
    headings = [line for line in lines if line.kind is LineKind.HEADING and line.level < 3]
    yield from found(
        8,
        Severity.FAULT,
        "a heading that parsers do not know",
        f"use the usual one where there is one ({_USUAL})",
        (
            Place(line.number, beginning(fold(line.plain)))
            for line in headings[1:]  # the first one is the name
            if not read_heading(line.text).name
        ),
    )


def _has_note(number: int, by_number: dict[int, Line]) -> bool:
    line = by_number.get(number)
    return line is not None and bool(read_heading(line.text).note)


def _labels(lines: Sequence[Line]) -> Iterator[Finding]:
    places = []
    for line in lines:
        label = _LABEL.match(line.plain)
        if line.kind is LineKind.ITEM and label and section_of_label(label[1]):
            places.append(Place(line.number, beginning(line.plain)))
    yield from found(
        9,
        Severity.NOTE,
        "a bullet begins with a section's name; one parser ends the job there",
        "nothing, if the words matter; else begin with what was done",
        places,
    )


def _dates(cv: Cv, lines: Sequence[Line]) -> Iterator[Finding]:
    figures: list[Place] = []
    years: list[Place] = []
    odd: list[Place] = []
    alone: list[Place] = []
    for line, text, is_alone in _periods(cv, lines):
        place = Place(line.number, beginning(fold(line.plain)))
        if is_alone:
            alone.append(place)
        if _USUAL_DATES.fullmatch(text):
            continue
        if _YEARS.fullmatch(text):
            years.append(place)
        else:
            (odd if _SPELT.fullmatch(text) else figures).append(place)
    yield from found(
        11,
        Severity.FAULT,
        "dates in another form than Mon YYYY – Mon YYYY, which parsers lose",
        'write them as "Mar 2021 – Present"',
        figures,
    )
    yield from found(
        11,
        Severity.WARNING,
        "months in another form than the first three letters; some parsers know these only",
        'write them as "Mar 2021 – Present"',
        odd,
    )
    yield from found(
        11,
        Severity.WARNING,
        "years without months; parsers count no experience, or January to January",
        "add the months, if you know them",
        years,
    )
    yield from found(
        11,
        Severity.NOTE,
        "the dates have a line of their own",
        "put them on the line of the title, after a tab",
        alone,
    )


def _periods(cv: Cv, lines: Sequence[Line]) -> Iterator[tuple[Line, str, bool]]:
    """Yield the lines with the dates of an entry, the dates, and whether they stand alone."""
    periods = {entry.period for entry in cv.entries} - {Period()}
    dated = {SectionKind.EXPERIENCE, SectionKind.EDUCATION, SectionKind.VOLUNTEERING}
    kinds = {s.kind for s in cv.sections if s.line}
    current = SectionKind.OTHER
    starts = {section.line: section.kind for section in cv.sections if section.line}
    bullets = {bullet.line for bullet in cv.bullets()}
    for line in lines:
        current = starts.get(line.number, current)
        if (kinds and current not in dated) or line.number in bullets:
            continue
        text = fold(line.plain.replace("\t", " \t "))
        where = locate_period(line.plain)
        if where is not None and where.period in periods:
            rest = line.plain[where.start : where.end]
            at = line.plain.find(rest) if rest else 0
            outside = line.plain[:at] + line.plain[at + len(rest) :]
            yield line, _bare(outside), not rest.strip()
            continue
        within = locate_within(text)
        if within is not None and within.period in periods:
            yield line, _bare(text[within.start : within.end]), False


def _bare(dates: str) -> str:
    return fold(dates).strip(" |·•∙,;:()[]*_.–—-−").strip()


def _jobs(cv: Cv, by_number: dict[int, Line]) -> Iterator[Finding]:
    lacking: list[tuple[Place, str]] = []
    for entry in cv.positions:
        missing = [
            name
            for name, value in (
                ("title", entry.title),
                ("employer", entry.organisation),
                ("dates", entry.period != Period()),
            )
            if not value
        ]
        if missing:
            lacking.append((_place(entry.line, by_number, _named(entry)), " and no ".join(missing)))
    for what in dict.fromkeys(what for _, what in lacking):
        yield from found(
            12,
            Severity.FAULT,
            f"a job with no {what}, as far as programs can tell",
            "write title and dates on one line, employer and place on the next",
            (place for place, lacks in lacking if lacks == what),
        )
    if not cv.positions:
        yield from found(12, Severity.FAULT, "no job was found", "see rules 8 and 11", (Place(),))
    twice = [
        _place(entry.line, by_number, _named(entry))
        for number, entry in enumerate(cv.positions)
        if _key(entry) in {_key(other) for other in cv.positions[:number]}
    ]
    yield from found(
        12,
        Severity.WARNING,
        "a job that stands there twice",
        "keep each job in one block",
        twice,
    )


def _key(entry: Entry) -> tuple[object, ...]:
    return entry.titles, entry.organisation, entry.period


def _named(entry: Entry) -> str:
    return ", ".join(part for part in (entry.title, entry.organisation) if part)


def _empty(cv: Cv, by_number: dict[int, Line]) -> Iterator[Finding]:
    yield from found(
        13,
        Severity.WARNING,
        "a heading with nothing below it",
        "take it out",
        (
            _place(section.line, by_number, section.heading)
            for section in cv.sections
            if not section.entries and not section.bullets and section.heading.strip()
        ),
    )


def heading_style_findings(cv: Cv, texts: Sequence[tuple[Place, str, int]]) -> Iterator[Finding]:
    """Yield the headings that are in no heading style. `texts` have the level of their style."""
    headings = {fold(section.heading).casefold() for section in cv.sections} - {""}
    places = [
        place
        for place, text, level in texts
        if not level and fold(text).rstrip(" :").casefold() in headings and usual_kind(text)
    ]
    yield from found(
        8,
        Severity.WARNING,
        "a heading that has no heading style, only a look",
        'give it the style "Heading 1"',
        places,
    )


def file_findings(content: Content, form: Format, cv: Cv | None) -> Iterator[Finding]:
    """Yield what is wrong with the size, the format and the name of the file."""
    size = len(content.data)
    if size > _LARGE:
        yield from found(
            18,
            Severity.FAULT if size > _TOO_LARGE else Severity.WARNING,
            f"{size // _KILOBYTE:,} KB; some systems refuse large files",
            "take pictures and embedded fonts out",
            (Place(),),
        )
    if form not in _SENT:
        yield from found(
            17,
            Severity.NOTE,
            f"this is {form.value}; applications ask for Word or PDF",
            "send a Word file",
            (Place(),),
        )
        return
    stem = Path(content.source).stem
    if not _FILE_NAME.fullmatch(stem) or not (
        _plain_words(cv.name) if cv else set()
    ) & _plain_words(stem):
        yield from found(
            17,
            Severity.NOTE,
            "the file's name does not say whose résumé it is, in letters that every system takes",
            "call it First_Last_Company_Role",
            (Place(words=beginning(Path(content.source).name)),),
        )


def _plain_words(text: str) -> set[str]:
    """Return the words of a name without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return set(re.findall(r"[^\W_]+", bare))
