"""What headings, and labels such as "Employer:" in the head of an entry or a table's, tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tailor.reading.cv.cells import BAR, pieces, spans
from tailor.reading.cv.dates import read_whole
from tailor.reading.lines import Line, bold_start, clean
from tailor.values.cv import RichText, SectionKind
from tailor.values.resources import data_toml

_NOT_LETTERS = re.compile(r"[^\w'+#]+|_+")
_JOINED = re.compile(r"(?:(?<!\s)\s+)?[,/&+]\s*|(?<!\s)\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)
# Where a known heading may end and a note begin, other than at a link.
_BEFORE_NOTE = re.compile(r"\t|\s{2,}|\s*[|:(\[]|\s+[-–—]\s+")

SECTIONS = frozenset(kind.value for kind in SectionKind)
_LONGEST = 60  # characters; no known heading is longer
_LONGEST_LINE = 200  # characters of a heading with its note

_OF_PAPERS = re.compile(
    r"\b(?:registered|registration|registrant|pin|licen[cs]ed?|member|membership|fellow)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading taken apart.

    `name` is a kind of section, "contact", "document", or "" if the heading is unknown.
    """

    name: str
    heading: str
    note: RichText

    @property
    def kind(self) -> SectionKind:
        """The kind of the section; OTHER if the heading is unknown."""
        return kind_of(self.name)


def kind_of(name: str) -> SectionKind:
    """Return the kind of section that a name stands for; OTHER for a name of none."""
    return SectionKind(name) if name in SECTIONS else SectionKind.OTHER


@cache
def standard_heading(kind: SectionKind) -> str:
    """Return the heading to print over a section of `kind`."""
    return str(data_toml("headings.toml")[kind.value]["heading"])


def read_heading(text: RichText) -> HeadingText:
    """Recognise a heading; what else stands on its line after a known one becomes the note."""
    whole = clean(text)
    name = _name_of(whole.plain)
    if name:
        return HeadingText(name, whole.plain.rstrip(" :"), RichText())
    plain = text.plain
    offset = 0
    ends = [end] if (end := bold_start(text)) else []
    for run in text.runs:
        if run.link:
            ends.append(offset)
        offset += len(run.text)
    ends += [match.start() for match in _BEFORE_NOTE.finditer(plain)]
    for end in sorted(end for end in ends if end <= _LONGEST):
        heading = clean(text.slice(0, end)).plain
        name = _name_of(heading)
        if name:
            note = clean(text.slice(end)).plain
            skipped = len(note) - len(note.lstrip(" |:-–—"))
            return HeadingText(name, heading.rstrip(" :"), clean(text.slice(end)).slice(skipped))
    return HeadingText("", whole.plain.rstrip(" :"), RichText())


def is_known_section(text: RichText) -> bool:
    """Return whether a line's words are known to head a section of a CV, or contact details."""
    short = len(text.plain) <= _LONGEST_LINE
    return short and read_heading(text).name not in {"", "document"}


def section_of_label(label: str) -> str:
    """Return the name under which `label` is known as a heading, or ""."""
    return _names().get(_folded(label), "")


def parts_of_heading(heading: str) -> list[str]:
    """Return the name of a heading, and of each part of it: "Prizes, press" has two."""
    return [section_of_label(one) for one in (heading, *_JOINED.split(heading))]


def _name_of(heading: str) -> str:
    whole, *names = parts_of_heading(heading)
    if whole or len(names) < 2:
        return whole
    papers = SectionKind.CERTIFICATES in names and all(
        name or says_papers((part.split() or [""])[-1])
        for name, part in zip(names, _JOINED.split(heading), strict=True)
    )
    return names[0] if all(names) else SectionKind.CERTIFICATES if papers else ""


@cache
def _names() -> dict[str, str]:
    return {
        _folded(words): name
        for name, row in data_toml("headings.toml").items()
        for words in (*row["synonyms"], *row.get("ambiguous", ()), row.get("heading", ""))
        if words
    }


def section_of_heading(read: HeadingText) -> str:
    """Return what the words of a heading surely head, one of `SECTIONS`, else ""."""
    return read.name if read.name in SECTIONS and not is_ambiguous(read.heading) else ""


def is_ambiguous(heading: str) -> bool:
    """Return whether a known heading, or each part of it, may stand above something else too."""
    parts = [_folded(part) for part in (heading, *_JOINED.split(heading))]
    whole, *others = [part in _ambiguous() for part in parts]
    return whole or (parts[0] not in _names() and any(others))


@cache
def _ambiguous() -> frozenset[str]:
    rows = data_toml("headings.toml").values()
    return frozenset(_folded(words) for row in rows for words in row.get("ambiguous", ()))


def _folded(heading: str) -> str:
    words = _NOT_LETTERS.sub(
        " ", heading.casefold().replace("’", "'").replace("&", " and ")
    ).split()
    return " ".join(word for word in words if not word.isdigit())


# What labels such as "Employer:" in the head of an entry, or a table's head row, tell.

_LABEL = re.compile(r"\s{0,9}([^:\t|]{2,64}?)\s{0,9}(?::|\t\s{0,9}:|(?=\t))\s{0,9}(?=\S)")
_LABEL_OR_CELL = re.compile(r"[\s|]{0,9}([^:\t|]{2,40}?)\s{0,9}(?:[:|\t]|\s{2})[\s:|]{0,9}(?=\S)")
_TAB = re.compile(r"\t")
_ROLES = ("title", "employer", "place", "dates", "tasks")
LONGEST = 300  # characters; no line of a head is longer


@cache
def _labels() -> dict[str, str]:
    table = data_toml("field_labels.toml")
    return {name: role for role, names in table.items() for name in names if role in _ROLES}


def field_of_label(label: str) -> str:
    """Return what a label tells: "title", "employer", "place", "dates", "tasks", or "".

    Of several, as in "Position, tasks and results" or "Rank / position", the first counts that is
    known.
    """
    told = (_labels().get(_bare_words(part), "") for part in (label, *_parts_of(label)))
    return next(filter(None, told), "")


def says_more(label: str) -> bool:
    """Return whether a label has words that no label of a field has: "Jill, Company:"."""
    whole = _labels().get(_bare_words(label))
    return not whole and not all(_labels().get(_bare_words(part)) for part in _parts_of(label))


def _parts_of(label: str) -> list[str]:
    return re.split(r"[,/]|\s(?:and|und|et|y|e|&)\s", label)


def name_part(label: str) -> str:
    """Return which part of a person's name a label of a form asks for: "first", "last", or ""."""
    parts = data_toml("field_labels.toml")["name_parts"]
    return next((part for part, names in parts.items() if _bare_words(label) in names), "")


def of_school(label: str) -> bool:
    """Return whether a label of a record asks for a degree or a school."""
    return _bare_words(label) in data_toml("field_labels.toml")["records"]["school"]


def is_end_of_period(label: str) -> bool:
    """Return whether a label asks for one end of a period: "Date from", "To"."""
    table = data_toml("field_labels.toml")
    return _bare_words(label) in (*table["start"], *table["end"])


def is_level(label: str) -> bool:
    """Return whether a label of a record of education asks for its level, or calls it an award."""
    return _bare_words(label) in data_toml("field_labels.toml")["records"]["level"]


_OF_FORMS = ("form", "form_reason", "form_beside")


@cache
def _columns() -> dict[str, str]:
    return {
        name: role
        for role, names in data_toml("field_labels.toml")["columns"].items()
        for name in names
    }


def column_of_papers(label: str) -> str:
    """Return what the head of a column says of papers, "" where it is of another kind.

    It is "paper" or "course", "provider", "issued", "until" or "figure"; of "Licence / rating" and
    "Training course" a part or the last word tells.
    """
    whole = _bare_words(label)
    parts = [_bare_words(part) for part in re.split(r"[,/&]", label)]
    words = [words[-1] for part in parts if (words := part.split())]
    known = _columns()
    return next((known[one] for one in (whole, *parts, *words) if one in known), "")


def says_papers(text: str) -> bool:
    """Return whether a heading has a word for papers, courses or trainings."""
    words = _bare_words(text).split()
    known = _columns()
    return any(
        known.get(one.removesuffix("s"), known.get(one)) == "paper"
        or section_of_label(one) == SectionKind.CERTIFICATES
        for one in words
    )


def form_label(label: str) -> str:
    """Return what a label of an application form asks about a job, "" for another label.

    It is "form" for pay and hours, "form_reason" for why one left and who may be asked, and
    "form_beside" where other lines have to tell. Words such as "per", "your" and "name" do not
    count: "Supervisor's name and phone".
    """
    if len(label) > _LONGEST:
        return ""
    table = data_toml("field_labels.toml")
    words = [word.removesuffix("'s").removesuffix("’s") for word in _bare_words(label).split()]
    bare = " ".join(word for word in words if word not in table["form_fillers"])
    names = {bare, " ".join(words)}
    return next((k for k in _OF_FORMS if not names.isdisjoint(table[k])), "")


def _bare_words(label: str) -> str:
    words = re.sub(r"[^\w'’]+", " ", label.casefold().replace("&", " and ")).split()
    return " ".join(words)


def label_and_rest(plain: str) -> tuple[str, str]:
    """Return what the label of a line tells and the rest, ("", line) without one."""
    match = _LABEL.match(plain[:LONGEST])
    role = field_of_label(match[1]) if match else ""
    if match and role and role != "tasks":
        return role, plain[match.end() :].lstrip(" :\t")
    return "", plain


def tasks_label(plain: str) -> int:
    """Return where a label such as "Main duties:" ends before what follows on its line, else 0."""
    match = _LABEL.match(plain[:LONGEST])
    return match.end() if match and field_of_label(match[1]) == "tasks" else 0


def label_of_line(plain: str) -> str:
    """Return what the label of a line of a head tells, "" without one."""
    return label_and_rest(plain)[0]


def is_head_row(plain: str) -> bool:
    """Return whether a row is the head of a table of skills: "Area | Tools"."""
    cells = pieces(plain.strip(" |")[:LONGEST], BAR)
    listed = data_toml("field_labels.toml")["listed"]
    return len(cells) > 1 and all(_bare_words(cell) in listed for cell in cells)


def is_detail_label(label: str) -> bool:
    """Return whether a label says more of a degree: "GPA", "Minor", "Relevant Coursework"."""
    table = data_toml("field_labels.toml")["of_degree"]
    first = re.split(r"[,/&]|\s(?:and|und|et|y|e)\s", label)[0]
    return _bare_words(label) in table or _bare_words(first) in table


def is_tools_label(label: str) -> bool:
    """Return whether a label tells what a job was done with: "Tech", "Tools used"."""
    return bool(label) and _bare_words(label) in data_toml("field_labels.toml")["of_job"]


def is_exam_label(label: str, *, surely: bool = False) -> bool:
    """Return whether a label may head a column of a table of exams, or surely does."""
    table = data_toml("field_labels.toml")
    return _bare_words(label) in (table["exam"] if surely else (*table["exam"], *table["of_exam"]))


def by_label(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with one labelled field in each.

    "Date: 2019 – 2021 <tab> Place: Leeds" is two; "From: 03/2019" and "To: 06/2021" are one.
    """
    joined: list[Line] = []
    for line in (part for whole in lines for part in _labelled_cells(whole)):
        end = _LABEL.match(line.plain[:LONGEST])
        start = _LABEL.match(joined[-1].plain[:LONGEST]) if joined and end else None
        if start and end and _is_period(start[1], end[1]):
            before = joined[-1].text
            period = f"{joined[-1].plain[start.end() :]} – {line.plain[end.end() :]}"
            if read_whole(period):
                text = RichText.of("Dates: ") + before.slice(start.end())
                text = text + RichText.of(" – ") + line.text.slice(end.end())
                joined[-1] = replace(joined[-1], text=text)
                continue
        joined.append(line)
    return joined


def _labelled_cells(line: Line) -> list[Line]:
    """Return the cells of a line as lines if each has a label, else the line."""
    if "\t" not in line.plain or len(line.plain) > LONGEST:
        return [line]
    cells = spans(line.plain, _TAB)
    if len(cells) < 2 or not all(label_of_line(line.plain[a:b]) for a, b in cells):
        return [line]
    return [replace(line, text=line.text.slice(a, b), gap=line.gap and not a) for a, b in cells]


def _is_period(start: str, end: str) -> bool:
    table = data_toml("field_labels.toml")
    return _bare_words(start) in table["start"] and _bare_words(end) in table["end"]


def is_personal(text: str, *, licences: bool = True) -> bool:
    """Return whether a text says what is private: a date of birth, the family, a licence."""
    kinds = ("birth", "personal", "licences") if licences else ("birth", "personal")
    return any(_begins_with(text, kind) for kind in kinds)


def is_of_birth(text: str) -> bool:
    """Return whether a text says when or where somebody was born."""
    return _begins_with(text, "birth")


def _begins_with(text: str, kind: str) -> bool:
    folded = f"{_bare_words(text)} "
    return any(folded.startswith(f"{name} ") for name in data_toml("field_labels.toml")[kind])


def is_private(plain: str) -> bool:
    """Return whether a line has a private label, or says when or where somebody was born."""
    return personal_label(plain) > 0 or is_of_birth(plain)


def tells_affairs(text: str) -> bool:
    """Return whether a text is private, or says from when and where somebody may work."""
    return is_personal(text, licences=False) or _begins_with(text, "affairs")


def tells_paper(text: str) -> bool:
    """Return whether a text tells of a registration, a licence or a membership."""
    return bool(_OF_PAPERS.search(text))


def personal_label(plain: str) -> int:
    """Return where a label such as "Visa:" ends before what is private, 0 without one."""
    match = _LABEL_OR_CELL.match(plain[:LONGEST])
    table = data_toml("field_labels.toml")
    label = _bare_words(match[1]) if match else ""
    kinds = ("personal", "birth", "licences", "personal_labels")
    known = any(label in table[kind] for kind in kinds)
    return match.end() if match and known else 0
