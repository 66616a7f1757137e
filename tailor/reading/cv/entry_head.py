"""The head of an entry: its titles, employer, place and period, from one line or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tailor.reading.cv.cells import COMMA, pieces, spans
from tailor.reading.cv.entry_rows import Row, read_row
from tailor.reading.cv.names import has_word, is_company_suffix, is_known_place, is_place
from tailor.reading.lines import Line
from tailor.values.cv import Period, RichText, SectionKind

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:»|→|➔|⇒|›|->|=>)\s*")
_PREVIOUSLY = re.compile(r"(?P<title>[^()]{1,200}?) \(previously (?P<earlier>[^()]{1,400})\)")
_AT = re.compile(r"(?<!\s)\s+(?:at|@|bei|chez)\s+(?=[^\Wa-z_]|the\s)")
# These also stand within names of degrees; they count before the name of an employer only.
_IN = re.compile(r"(?<!\s)\s+(?:en|em|na|no|à|presso)\s+(?=[^\Wa-z_])")
_GRADE = re.compile(r"[IVX]{1,4}|\d")
_DEGREE_WORDS = 5  # among so many words at the start of a line a degree is named
_LONGEST = 300  # characters; no title is longer
_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+(?:[ -][^\W\d_a-z][^\W\d_A-Z]+){0,2}")
_GPA = re.compile(r"\b(?:GPA|Grade|Note|Abschlussnote)\s?:")
_BRACKET = re.compile(r"\s\((?P<inside>[^()]{2,80})\)$")


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What the lines above an entry's bullets say.

    `others` are texts with no place in it; `durations` repeat what the dates say, or
    tell the kind of employment; `links` are addresses written out.
    """

    titles: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""
    period: Period = Period()  # noqa: RUF009  (frozen)
    others: tuple[RichText, ...] = ()
    durations: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fields:
    title: str = ""
    organisation: str = ""
    place: str = ""


def read_head(lines: Sequence[Line], kind: SectionKind) -> EntryHead:
    """Read the lines of an entry's head, in order.

    One line is "title, employer, place", cut at bars and dashes before commas;
    of two, one is the title and one the employer. Words that only job titles or
    degrees have decide which, and else the order.
    """
    period = Period()
    rows: list[Row] = []
    durations: list[str] = []
    links: list[str] = []
    for line in lines:
        read = read_row(line, kind, wants_period=period == Period())
        period = read.period if read.period != Period() else period
        durations += read.asides
        links += read.links
        row = read.row
        if row.text or row.organisation or row.place:
            rows.append(row)
    fields, others = _fields(rows, kind)
    if kind is SectionKind.EDUCATION:
        fields, more, repeated = _without_repeats(fields, others)
        others, durations = more, [*durations, *repeated]
    return EntryHead(
        _titles(fields.title),
        fields.organisation,
        fields.place,
        period,
        tuple(RichText.of(other) for other in others),
        tuple(durations),
        tuple(links),
    )


def _fields(rows: Sequence[Row], kind: SectionKind) -> tuple[_Fields, list[str]]:
    told = _Fields(
        organisation=next((row.organisation for row in rows if row.organisation), ""),
        place=next((row.place for row in rows if row.place), ""),
    )
    named = [row for row in rows if row.text]
    if told.organisation:
        fields, others = _beside_template(named, told)
    elif named:
        fields, others = _of_rows(named, kind)
    else:
        fields, others = _Fields(), []
    after = [row.after for row in rows if row.after]
    if not told.organisation and after and not _is_degree(fields.title) and _is_degree(after[0]):
        # "School City, State Degree": the school stands in front.
        others += [fields.organisation] if fields.organisation else []
        fields = _Fields(after.pop(0), fields.title, fields.place)
    if told.place and fields.place != told.place:
        others += [fields.place] if fields.place else []
        fields = _Fields(fields.title, fields.organisation, told.place)
    return fields, others + after


def _without_repeats(
    fields: _Fields, others: Sequence[str]
) -> tuple[_Fields, list[str], list[str]]:
    """Take grades and a repeated subject from behind a school's name.

    Give the fields, the other texts, and those that the degree says already.
    """
    name, kept = fields.organisation, list(others)
    grade = _GPA.search(name)
    if grade and grade.start():
        name, kept = name[: grade.start()].rstrip(" ,;–-"), [*kept, name[grade.start() :].strip()]
    repeated = [other for other in kept if _says(fields.title, other)]
    kept = [other for other in kept if other not in repeated]
    words = name.split()
    for start in range(1, min(len(words), _DEGREE_WORDS * 3) - 1):
        tail, head = " ".join(words[start:]), " ".join(words[:start])
        if _says(fields.title, tail) and has_word(head, "organisation") and words[start] != "of":
            name, repeated = head, [*repeated, tail]
            break
    return _Fields(fields.title, name, fields.place), kept, repeated


def _says(text: str, part: str) -> bool:
    return f" {part} ".casefold() in f" {text} ".casefold()


def _beside_template(rows: Sequence[Row], told: _Fields) -> tuple[_Fields, list[str]]:
    """Read the rows beside an employer that is told already: title and place are left."""
    title, place, others = "", told.place, []
    for row in rows:
        for cell in row.cells:
            if not place and is_place(cell):
                place = cell
            elif not title:
                title = cell
            else:
                others.append(cell)
    return _Fields(title, told.organisation, place), others


def _of_rows(rows: Sequence[Row], kind: SectionKind) -> tuple[_Fields, list[str]]:
    if len(rows) > 1 and _is_place_above(rows[0], rows[1]):
        fields, others = _of_rows(rows[1:], kind)
        others += [fields.place] if fields.place else []
        return _Fields(fields.title, fields.organisation, rows[0].text), others
    fields = _one_row(rows[0], kind)
    others = []
    for number, row in enumerate(rows[1:]):
        if number == 0 and _is_employer(rows[0], row, fields):
            fields = _employer_above(rows[0], row)
        else:
            fields, rest = _fill(fields, row)
            others += rest
    return fields, others


def _is_place_above(first: Row, second: Row) -> bool:
    """Tell a place beside the dates, above a line with the title."""
    whole = len(second.cells) > 1 and _is_title(second.cells[0])
    told = any(has_word(first.text, word) for word in ("job", "degree", "organisation"))
    place = is_known_place(first.text) or (whole and is_place(first.text))
    return place and not told and "(" not in first.text


def _titles(text: str) -> tuple[str, ...]:
    """Read "first » second", or "second (previously first)" as this program writes it."""
    match = _PREVIOUSLY.fullmatch(text)
    if match:
        return (*reversed(match["earlier"].split(", ")), match["title"])
    return tuple(title for title in _ARROW.split(text) if title)


def _one_row(row: Row, kind: SectionKind) -> _Fields:
    """Read a head of one line."""
    cells = row.cells or (row.text,)
    if kind is SectionKind.EDUCATION and row.place and len(cells) == 1:
        return _apart(_Fields(cells[0]), kind)  # nothing but spaces between degree and school
    if kind is SectionKind.PROJECTS:
        return _Fields(cells[0], " | ".join(cells[1:]))
    if kind is SectionKind.EDUCATION and len(cells) >= 2 and has_word(cells[0], "degree"):
        return _degree(cells)
    if len(cells) >= 3:
        fields = _Fields(cells[0], cells[1], ", ".join(cells[2:]))
    elif len(cells) == 2 and not _is_place_beside(cells[1], cells[0]):
        organisation, place = _employer(cells[1])
        fields = _Fields(cells[0], organisation, place)
    else:
        fields = _by_commas(cells[0])
        if len(cells) == 2:
            place = ", ".join(part for part in (fields.place, cells[1]) if part)
            fields = _Fields(fields.title, fields.organisation, place)
    if kind in {SectionKind.EXPERIENCE, SectionKind.EDUCATION}:
        fields = _apart(fields, kind)
    return _swapped(fields) if _employer_first(fields) else fields


def _degree(cells: Sequence[str]) -> _Fields:
    """Read "degree | university, subject | place", or "degree | university | place"."""
    school, *subject = pieces(cells[1], COMMA)
    rest = ", ".join(cells[2:])
    if subject and has_word(school, "organisation") and not is_place(", ".join(subject)):
        return _Fields(", ".join((cells[0], *subject)), school, rest)
    if len(cells) == 2:
        organisation, place = _employer(cells[1])
        return _Fields(cells[0], organisation, place)
    return _Fields(cells[0], cells[1], rest)


def _apart(fields: _Fields, kind: SectionKind) -> _Fields:
    """Part an employer from the title where nothing but a space stands between them."""
    if has_word(fields.organisation, "organisation") or len(fields.title) > _LONGEST:
        return fields
    words = fields.title.split()
    if kind is SectionKind.EDUCATION:
        end = _end_of_degree(words)
    else:
        end = 0 if "," in fields.title else _end_of_job(words)
    employer = " ".join(words[end:])
    if not end or not employer:
        return fields
    title = " ".join(words[:end]).rstrip(" ,:-–—")
    place = ", ".join(part for part in (fields.organisation, fields.place) if part)
    return _Fields(title, employer, place)


def _end_of_job(words: Sequence[str]) -> int:
    """Return how many words make the job's title, if the others name an employer; else 0."""
    jobs = [number for number, word in enumerate(words, start=1) if has_word(word, "job")]
    end = jobs[-1] if jobs else 0
    while 0 < end < len(words) and _GRADE.fullmatch(words[end]):
        end += 1
    employer = words[end:]
    named = bool(employer) and has_word(" ".join(employer), "organisation")
    return end if named and employer[0][:1].isupper() else 0


def _end_of_degree(words: Sequence[str]) -> int:
    """Return how many words make the degree and its subject, if a school's name follows; else 0."""
    schools = [number for number, word in enumerate(words) if has_word(word, "organisation")]
    if not schools or not has_word(" ".join(words[:_DEGREE_WORDS]), "degree"):
        return 0
    school = schools[0]
    begins = words[school + 1 : school + 2] == ["of"]  # "University of Leeds"
    ends = [
        number
        for number, word in enumerate(words[:school], start=1)
        if has_word(word, "subject") or has_word(word, "degree")
    ]
    if begins and school in ends:
        return school
    # One word at least belongs to a school that is not named "University of …".
    return next((end for end in reversed(ends) if end < school), 0)


def _is_place_beside(cell: str, first: str) -> bool:
    """Tell whether the second of two cells is the place; with "title, employer" it may be."""
    return is_place(cell) if len(pieces(first, COMMA)) > 1 else is_known_place(cell)


def _by_commas(text: str) -> _Fields:
    """Read "title, employer, place", or "title at employer, place"."""
    parts = spans(text, COMMA)
    words = [text[start:end] for start, end in parts]
    at = _AT.search(words[0])
    if at and (has_word(words[0][: at.start()], "job") or len(parts) == 1):
        organisation, place = _employer(text[at.end() :])
        return _Fields(text[: at.start()], organisation, place)
    within = _IN.search(words[0])
    if within and has_word(words[0][within.end() :], "organisation") and not _is_degree(words[0]):
        organisation, place = _employer(text[within.end() :])
        return _Fields(text[: within.start()], organisation, place)
    if len(parts) == 1:
        return _Fields(text)
    if has_word(words[0], "organisation") and not _is_title(words[0]):
        organisation, place = _employer(text)
        if is_place(place):
            return _Fields("", organisation, place)
    if is_known_place(text[parts[1][0] :]):
        return _Fields(words[0], "", text[parts[1][0] :])
    # "MSc, Computer Science, University of Leeds": a school's name tells where it begins.
    named = (i for i in range(2, len(parts)) if has_word(words[i], "organisation"))
    known = has_word(words[1], "organisation") or is_place(words[1])
    suffix = len(words) > 2 and is_company_suffix(words[2])
    first = 1 if known or suffix else next(named, 1)
    organisation, place = _employer(text[parts[first][0] :])
    return _Fields(text[: parts[first - 1][1]], organisation, place)


def _employer(text: str) -> tuple[str, str]:
    """Read "employer, place"; the commas of the place stay as they are."""
    parts = spans(text, COMMA)
    last = 0
    while last + 1 < len(parts) and is_company_suffix(text[slice(*parts[last + 1])]):
        last += 1
    if not parts:
        return text, ""
    if last + 1 < len(parts):
        return text[: parts[last][1]], text[parts[last + 1][0] :]
    bracket = _BRACKET.search(text)
    if bracket and (is_place(bracket["inside"]) or _is_town(text, bracket)):
        return text[: bracket.start()], bracket["inside"]
    return text, ""


def _is_town(text: str, bracket: re.Match[str]) -> bool:
    """Tell the town in "Rye GmbH (Neustadt)", which no table has, from "(EPFL)"."""
    before, inside = text[: bracket.start()].split(), bracket["inside"]
    return is_company_suffix(before[-1]) and bool(_TOWN.fullmatch(inside))


def _is_title(text: str) -> bool:
    return has_word(text, "job") or has_word(text, "degree")


def _is_degree(text: str) -> bool:
    return has_word(text, "degree")


def _employer_first(fields: _Fields) -> bool:
    return _is_title(fields.organisation) and not _is_title(fields.title)


def _swapped(fields: _Fields) -> _Fields:
    organisation, place = _employer(fields.title)
    together = ", ".join(part for part in (place, fields.place) if part)
    return _Fields(fields.organisation, organisation, together)


def _is_employer(first: Row, second: Row, fields: _Fields) -> bool:
    """Tell whether the first of two lines is the employer, and the second the title."""
    # Not of the whole line: "MA" at its end is a state, at its start a degree.
    if is_known_place(second.text) or _is_title(pieces(first.text, COMMA)[0]):
        return False
    if _is_title(second.text):
        return True
    if has_word(second.text, "organisation"):
        return False
    return second.bold or bool(fields.organisation and is_place(fields.organisation))


def _employer_above(first: Row, second: Row) -> _Fields:
    organisation, place = _employer(first.text)
    if len(first.cells) > 1:
        organisation, place = first.cells[0], ", ".join(first.cells[1:])
    title, *more = second.cells or (second.text,)
    together = ", ".join(part for part in (place, *more) if part)
    return _Fields(title, organisation, together)


def _fill(fields: _Fields, row: Row) -> tuple[_Fields, list[str]]:
    """Put a further line of the head where something is missing."""
    place_known = is_place if fields.organisation else is_known_place
    if place_known(row.text) and not fields.place:
        return _Fields(fields.title, fields.organisation, row.text), []
    if not fields.organisation:
        organisation, place = _employer(row.text)
        if len(row.cells) > 1:
            organisation, place = row.cells[0], ", ".join(row.cells[1:])
        together = ", ".join(part for part in (place, fields.place) if part)
        return _Fields(fields.title, organisation, together), []
    if not fields.place and len(row.text.split()) <= 4:
        return _Fields(fields.title, fields.organisation, row.text), []
    return fields, [row.text]
