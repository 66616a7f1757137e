"""The rules of what a résumé says, of its file, and of the pages of a PDF, in any format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from tailor.checking.findings import Finding, Place, found
from tailor.checking.printable import fold, usual_kind
from tailor.reading.cv.cells import locate_period, locate_within
from tailor.reading.cv.headings import read_heading, section_of_label
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, clean
from tailor.reading.pdf.columns import in_reading_order
from tailor.reading.pdf.rows import Page, Row, rows_of
from tailor.reading.pdf.table import Block
from tailor.reading.reader import Format
from tailor.selection.repetition import alike_in
from tailor.values.cv import ContactKind, Cv, Period, RichText, SectionKind

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_USUAL_DATES = re.compile(rf"(?:{_MONTH} \d{{4}} [–-] )?(?:{_MONTH} \d{{4}}|Present)")
_YEARS = re.compile(r"(?:\d{4} [–-] )?(?:\d{4}|Present)")
_SPELT = re.compile(
    r"[^\W\d_]{3,}\.?,? \d{4}(?:\s*(?:[–—-]|to)\s*(?:[^\W\d_]{3,}\.?,? \d{4}|[^\W\d_]+))?"
)
_LABEL = re.compile(r"\s*([^:]{2,40}):\s")
_DATED = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION, SectionKind.VOLUNTEERING})
_KILOBYTE = 1024
_LARGE = 100 * _KILOBYTE
_TOO_LARGE = 2560 * _KILOBYTE  # what one system takes at most
_FILE_NAME = re.compile(r"[^\W_]+(?:[_-][^\W_]+)+")
_SENT = frozenset({Format.DOCX, Format.PDF})
_SMALLEST = 4.0  # points that can be read
_ICON = re.compile("[\ue000-\uf8ff]|�")
_MOST_PAGES = 2


def structure_findings(cv: Cv, lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield what is wrong with contacts, headings, dates and jobs. `lines` may be empty."""
    by_number = {line.number: line for line in lines}
    if ContactKind.EMAIL not in {contact.kind for contact in cv.contacts}:
        yield from found("no-email")
    yield from _headings(cv, by_number)
    labelled = (
        Place.of(line.number, line.plain)
        for line in lines
        if line.kind is LineKind.ITEM
        and (label := _LABEL.match(line.plain))
        and section_of_label(label[1])
    )
    yield from found("section-word", labelled)
    yield from _dates(cv, lines)
    yield from _jobs(cv, by_number)
    yield from found("said-twice", _said_twice(cv, by_number))


def name_findings(cv: Cv, first: str, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with `first`, the first words of the file, which should be the name."""
    text, name = fold(first).casefold(), fold(cv.name)
    if name.casefold() not in text:
        yield from found("not-the-name", [place], name=name)
    elif text != name.casefold():
        yield from found("more-than-name", [place], name=name)


def _headings(cv: Cv, by_number: dict[int, Line]) -> Iterator[Finding]:
    # Parsers look for usual words, whatever this program understands by the look of a heading.
    known = {read_heading(RichText.of(section.heading)).name for section in cv.sections}
    headed = [
        (section, _place(section.line, by_number, section.heading))
        for section in cv.sections
        if section.heading.strip()
    ]
    unusual = [
        place
        for section, place in headed
        if read_heading(RichText.of(section.heading)).kind is SectionKind.OTHER
    ]
    lacks_experience = SectionKind.EXPERIENCE.value not in known
    if lacks_experience:
        yield from found("no-experience")
    is_creative = lacks_experience or len(unusual) > len(known)
    yield from found("unknown-headings" if is_creative else "unknown-heading", unusual)
    lines = {section.line: by_number.get(section.line) for section in cv.sections}
    noted = [number for number, line in lines.items() if line and read_heading(line.text).note]
    yield from found("heading-not-alone", (_place(number, by_number) for number in noted))
    empty = (place for section, place in headed if not section.entries and not section.bullets)
    yield from found("empty-section", empty)


def unread_headings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield the headings of a file in which no CV was found, unless they are usual ones."""
    headings = [line for line in lines if line.kind is LineKind.HEADING and line.level < 3]
    unknown = (
        Place.of(line.number, fold(line.plain))
        for line in headings[1:]  # the first one is the name
        if not read_heading(line.text).name
    )
    yield from found("unknown-headings", unknown)


def heading_style_findings(cv: Cv, texts: Sequence[tuple[Place, str, int]]) -> Iterator[Finding]:
    """Yield the headings that are in no heading style. `texts` have the level of their style."""
    headings = {fold(section.heading).casefold() for section in cv.sections} - {""}
    by_look = (
        place
        for place, text, level in texts
        if not level and fold(text).rstrip(" :").casefold() in headings and usual_kind(text)
    )
    yield from found("heading-by-look", by_look)


def _dates(cv: Cv, lines: Sequence[Line]) -> Iterator[Finding]:
    places: dict[str, list[Place]] = {
        name: [] for name in ("dates-in-figures", "long-months", "bare-years", "dates-alone")
    }
    for line, text, is_alone in _periods(cv, lines):
        place = Place.of(line.number, fold(line.plain))
        if is_alone:
            places["dates-alone"].append(place)
        if _YEARS.fullmatch(text) and not _USUAL_DATES.fullmatch(text):
            places["bare-years"].append(place)
        elif not _USUAL_DATES.fullmatch(text):
            is_spelt = _SPELT.fullmatch(text)
            places["long-months" if is_spelt else "dates-in-figures"].append(place)
    for name, each in places.items():
        yield from found(name, each)


def _periods(cv: Cv, lines: Sequence[Line]) -> Iterator[tuple[Line, str, bool]]:
    """Yield the lines with the dates of an entry, the dates, and whether they stand alone."""
    periods = {entry.period for entry in cv.entries} - {Period()}
    starts = {section.line: section.kind for section in cv.sections if section.line}
    bullets = {bullet.line for bullet in cv.bullets()}
    current = SectionKind.OTHER
    for line in lines:
        current = starts.get(line.number, current)
        if (starts and current not in _DATED) or line.number in bullets:
            continue
        where = locate_period(line.plain)
        if where is not None and where.period in periods:
            rest = line.plain[where.start : where.end]
            before, _, after = line.plain.partition(rest) if rest else ("", "", line.plain)
            yield line, _bare(before + after), not rest.strip()
            continue
        text = fold(line.plain.replace("\t", " \t "))
        within = locate_within(text)
        if within is not None and within.period in periods:
            yield line, _bare(text[within.start : within.end]), False


def _bare(dates: str) -> str:
    return fold(dates).strip(" |·•∙,;:()[]*_.–—-−").strip()


def _jobs(cv: Cv, by_number: dict[int, Line]) -> Iterator[Finding]:
    if not cv.positions:
        yield from found("no-job")
    lacking: dict[str, list[Place]] = {}
    twice: list[Place] = []
    seen = set()
    for entry in cv.positions:
        named = ", ".join(part for part in (entry.title, entry.organisation) if part)
        place = _place(entry.line, by_number, named)
        has_dates = entry.period != Period()
        parts = {"title": entry.title, "employer": entry.organisation, "dates": has_dates}
        if missing := " and no ".join(name for name, value in parts.items() if not value):
            lacking.setdefault(missing, []).append(place)
        key = (entry.titles, entry.organisation, entry.period)
        if key in seen:
            twice.append(place)
        seen.add(key)
    for missing, places in lacking.items():
        yield from found("lacking", places, parts=missing)
    yield from found("job-twice", twice)


def _said_twice(cv: Cv, by_number: dict[int, Line]) -> Iterator[Place]:
    """Yield the lines that say what a line above them says."""
    alike = alike_in(cv)
    above: set[str] = set()
    for bullet in cv.bullets():
        own = {statement.id for statement in bullet.statements}
        if any(alike.get(name, frozenset()) & above for name in own):
            yield _place(bullet.line, by_number, bullet.text.plain)
        above |= own


def _place(number: int, by_number: dict[int, Line], words: str = "") -> Place:
    line = by_number.get(number)
    return Place.of(number, clean(line.text).plain if line else words)


def file_findings(content: Content, form: Format, cv: Cv | None) -> Iterator[Finding]:
    """Yield what is wrong with the size, the format and the name of the file."""
    size = len(content.data)
    if size > _LARGE:
        name = "too-large" if size > _TOO_LARGE else "large"
        yield from found(name, kilobytes=size // _KILOBYTE)
    if form not in _SENT:
        yield from found("other-format", form=form.value)
        return
    path = Path(content.source)
    whose = _words(cv.name if cv is not None else "")
    if not _FILE_NAME.fullmatch(path.stem) or not whose & _words(path.stem):
        yield from found("file-name", [Place.of(0, path.name)])


def _words(text: str) -> set[str]:
    """Return the words of a name without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return set(re.findall(r"[^\W_]+", bare))


# The pages of a PDF


def pdf_findings(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield the rules that the pages of a PDF break."""
    rows = [rows_of(page, number) for number, page in enumerate(pages)]
    blocks = [[Block(tuple(page))] for page in rows]
    beside = _columns_beside(in_reading_order(blocks, [page.width for page in pages]))
    columns = (Place.of(0, row.text, row.page + 1) for row in beside[:1])
    yield from found("columns", columns)
    words = [(word, number) for number, page in enumerate(pages, 1) for word in page.words]
    icons = (
        Place.of(0, _ICON.sub("", word.text), number)
        for word, number in words
        if _ICON.search(word.text)
    )
    yield from found("icons-in-pdf", icons)
    tiny = (
        Place.of(0, word.text, number)
        for word, number in words
        if 0 < word.size < _SMALLEST and any(letter.isalnum() for letter in word.text)
    )
    yield from found("tiny", tiny)
    if len(pages) > _MOST_PAGES:
        yield from found("long", pages=len(pages))


def _columns_beside(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of columns that stand beside others on one page."""
    columns: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        columns.setdefault((row.page, row.column), []).append(row)
    found_beside = []
    for (page, column), own in columns.items():
        low, high = min(r.baseline for r in own), max(r.baseline for r in own)
        left = min(r.left for r in own)
        for (other_page, other), others in columns.items():
            if page != other_page or column <= other:
                continue
            is_level = any(low <= row.baseline <= high for row in others)
            if is_level and left > max(row.right for row in others):
                found_beside.append(own[0])
    return found_beside
