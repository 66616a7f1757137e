"""What an application form asks about a job, and no employer is sent: pay, hours, whom to ask.

Federal and other forms print such lines at each position ("Hours per week: 40     Salary: ...",
"Supervisor: ... May we contact: Yes"). They are facts about it and none of its title, employer,
place or text, so they are taken off before the lines are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tailor.reading.cv.cells import spans
from tailor.reading.cv.contacts import has_phone
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import LONGEST, form_label, is_known_section, read_heading
from tailor.reading.cv.names import is_employment_type
from tailor.reading.cv.table import Row, tables_of
from tailor.reading.lines import Line, LineKind, starts_with_glyph
from tailor.values.cv import RichText

# What parts two facts for sure, and where a fact may begin behind something else.
_CELL = re.compile(r"\s*[|;•·]\s*|\s*\t\s*|\s{2,}")
_WITHIN = re.compile(r",\s{1,9}|\s[-–—]\s{1,9}|\((?=\S)")
_LABEL = re.compile(r"[\s(]{0,4}([^:?\t|]{2,48}?)(?:\s?[:?]{1,2}\s{0,9}|[\t|]|\s{2,9})")
_HINT = re.compile(
    r"[:?$£€|\t]|\s{2}|\d\s?(?:hours?|hrs?|[A-Z]{3})\b|\bcontact|federal job",
    re.IGNORECASE,
)
_PERIOD = r"(?:hour|hr|h|day|week|wk|month|mo|year|yr|annum|a)\b\.?"
_MONEY = r"(?:[$£€]\s?\d[\d,.' ]{0,12}k?|\d[\d,.' ]{1,12}\s?(?:USD|EUR|GBP|CHF|CAD|AUD|€|£|\$))"
_PAY = re.compile(
    rf"(?:(?P<label>(?:salary|pay|wage)s?\W{{1,3}})?{_MONEY}(?:\s?(?:USD|EUR|GBP|CHF|CAD|AUD))?)"
    rf"(?:\s?(?:/|per\b|an?\b|p\.)\s?{_PERIOD}.{{0,20}}|(?(label)|(?!)))",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?\+?\s?(?:hours?|hrs?)\b\.?\s?(?:/|per\b|an?\b)?\s?(?:week|wk)\b\.?",
    re.IGNORECASE,
)
_MAY_ASK = re.compile(
    r"\(?(?:(?:you |we |ok(?:ay)? to |please |do not |don't |permission to )(?:may |can |not )?"
    r"|(?:may|can) (?:we )?)(?:be )?contact(?:ed)?\b"
    r"|\(?contact (?:my |this |the |current )?(?:supervisor|employer)\b"
    r"|\(?this is (?:not |also )?an? federal job\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\S{0,20}\d|.{0,40}[$£€]")
_FEW, _LONGEST_PHRASE = 4, 9  # words of a value, of a phrase
_AROUND = " \t|;•·,–—-"
_NEAR = 4  # lines from one of a form to another


@dataclass(frozen=True, slots=True)
class _Fact:
    """Where a fact stands on its line; `sort` is "form", "beside" or "gap" as in `_sort`."""

    start: int
    end: int
    sort: str


def without_facts(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines without the facts of a form, and these as lines."""
    lines = _without_columns(lines)
    found = [list(_facts(line)) for line in lines]
    if not any(found):
        return lines, []
    sections = _sections(lines)
    asked = [any(fact.sort == "form" for fact in facts) for facts in found]
    own: list[Line] = []
    aside: list[Line] = []
    gap = follows = False
    for index, line in enumerate(lines):
        near = any(asked[max(index - _NEAR, 0) : index + _NEAR + 1])
        sorts = {"form"} | ({"beside"} if sections[index] == "experience" else set())
        facts = [fact for fact in found[index] if near or fact.sort in sorts]
        if follows and not facts and _is_phone(line):
            facts = [_Fact(0, len(line.plain), "form")]
        rest = _without(line, facts) if facts else line.text
        texts = [_stripped(line.text.slice(fact.start, fact.end)) for fact in facts]
        aside += [replace(line, kind=LineKind.PARAGRAPH, text=text) for text in texts]
        if facts and not any(map(str.isalnum, rest.plain)):
            gap, follows = gap or line.gap, True
            continue
        own.append(replace(line, text=rest, gap=line.gap or gap))
        gap = follows = False
    return own, aside


def _without_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the columns of tables that are such facts: "Salary"."""
    kept = list(lines)
    for table in tables_of(lines):
        taken = [
            n
            for n, column in enumerate(table.columns)
            if form_label(column) in {"form", "form_reason"}
        ]
        if not taken or len(taken) == len(table.columns):
            continue
        for row in (table.head, *table.rows):
            line = lines[row.start]
            if row.end == row.start + 1 and len(row.cells) > max(taken):
                kept[row.start] = replace(line, text=_other_cells(line, row, taken))
    return kept


def _sections(lines: Sequence[Line]) -> list[str]:
    """Return the section that each line stands in, as far as known headings tell."""
    found, section = [], ""
    for line in lines:
        if line.kind is not LineKind.ITEM and is_known_section(line.text):
            section = read_heading(line.text).name
        found.append(section)
    return found


def _facts(line: Line) -> Iterator[_Fact]:
    """Yield the facts of a line; a line of a list begins with one or has none."""
    plain = line.plain
    if len(plain) > LONGEST or not _HINT.search(plain):
        return
    begin = starts_with_glyph(plain)
    cells = _with_values(plain, [(begin + a, begin + b) for a, b in spans(plain[begin:], _CELL)])
    dated = any(span.is_range for span in find_dates(plain))
    before: _Fact | None = None
    for start, end in cells:
        fact = _fact_in(plain, start, end)
        if fact and dated and fact.sort in {"beside", "gap"}:
            return  # "Supervisor   Acme Stores   2010-2012"
        if not fact and before and _goes_on(plain[start:end]):
            fact = _Fact(start, end, before.sort)
        if fact:
            yield fact
        elif line.kind is LineKind.ITEM:
            return
        before = fact


def _with_values(plain: str, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a label in a cell of its own to the cell after it: "Supervisor | Ann Lee"."""
    found: list[tuple[int, int]] = []
    for start, end in cells:
        label = plain[slice(*found[-1])].rstrip(" :?") if found else ""
        if form_label(label) and not find_dates(plain[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _fact_in(plain: str, start: int, end: int) -> _Fact | None:
    """Return the fact that a cell is, or that begins within it."""
    sort = _sort(plain[start:end])
    if sort:
        return _Fact(start, end, sort)
    for match in _WITHIN.finditer(plain, start, end):
        in_bracket = "(" in match.group()
        stop = _closing(plain, match.end(), end)
        inside = plain[match.end() : stop]
        sort = _sort(inside)
        if sort and not (in_bracket and _HOURS.fullmatch(inside)):  # "Intern (20 hours a week)"
            return _Fact(match.start(), min(stop + in_bracket, end), sort)
    return None


def _closing(plain: str, start: int, end: int) -> int:
    """Return where a bracket that was open at the start closes, the end if none was."""
    depth = 0
    for place in range(start, end):
        depth += (plain[place] == "(") - (plain[place] == ")")
        if depth < 0:
            return place
    return end


def _sort(text: str) -> str:
    """Return "form" for a fact, "" for none.

    "beside" is one that the section or other lines have to tell; "gap" one that lines alone can,
    since "Supervisor   Acme Stores" may be a job.
    """
    label = _LABEL.match(text)
    asked = form_label(label[1]) if label else ""
    if not label or not asked:
        short = len(text.split()) <= _LONGEST_PHRASE
        bare = _PAY.fullmatch(text) or _HOURS.fullmatch(text) or (short and _MAY_ASK.match(text))
        return "form" if bare else ""
    value = text[label.end() :]
    if any(span.is_range for span in find_dates(value)):
        return ""  # "Supervisor: Acme Ltd, 2010 - 2014"
    if asked == "form_beside":
        return "beside" if re.search(r"[:?]", label[0]) else "gap"
    # "Pay: job evaluation, bands and bonus plans"
    told = asked == "form_reason" or len(value.split()) <= _FEW or _FIGURE.match(value)
    return "form" if told else ""


def _goes_on(text: str) -> bool:
    """Return whether a cell goes on with the fact before it: a telephone number, "Full time"."""
    return has_phone(text) or is_employment_type(text.strip(" .()"))


def _is_phone(line: Line) -> bool:
    """Return whether a line is a telephone number and hardly more: of whom the form names."""
    text = line.plain
    letters = sum(map(str.isalpha, text))
    return len(text) <= LONGEST and letters <= 10 and "@" not in text and has_phone(text)


def _without(line: Line, facts: Sequence[_Fact]) -> RichText:
    """Return the text of a line without its facts and what parts these from it."""
    text, end = RichText(), 0
    for start, stop in (*((fact.start, fact.end) for fact in facts), (len(line.plain), 0)):
        text, end = text + line.text.slice(end, start), stop
        text = text.slice(0, len(text.plain.rstrip(_AROUND)))
    return _stripped(text)


def _stripped(text: RichText) -> RichText:
    start = len(text.plain) - len(text.plain.lstrip(_AROUND))
    return text.slice(start, max(len(text.plain.rstrip(_AROUND)), start))


def _other_cells(line: Line, row: Row, taken: Sequence[int]) -> RichText:
    """Return the text of a row without some of its cells."""
    bar = RichText.of(" | " if "|" in line.plain else "\t")
    kept = [cell for number, cell in enumerate(row.cells) if number not in taken]
    whole = kept[0]
    for cell in kept[1:]:
        whole = whole + bar + cell
    return whole
