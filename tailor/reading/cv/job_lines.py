"""Lines below the heading of a job that look like heads of their own, and belong to the job.

Its dates on the line right below its heading, headings within it ("Learning support"), and the
tools that it was done with ("Tech: ..."). Jobs are headings, or carry dates; these do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tailor.reading.cv.cells import split_label
from tailor.reading.cv.date_line import begins_with_dates
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import is_tools_label
from tailor.reading.cv.label_of_list import sections_of
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import best_kind, has_word
from tailor.reading.lines import Line, LineKind

_OF_JOBS = frozenset({"experience", "volunteering"})
_OF_DATES = 12  # words of a line of dates


def keep_in_jobs(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Set the labels of such lines right in each section of jobs."""
    _no_headings(lines, labels)
    for first, last in sections_of(labels):
        jobs = labels[first - 1].group == "other" and any(
            labels[row].label == "B:exp" for row in range(first, last)
        )
        if jobs or labels[first - 1].group in _OF_JOBS:
            _dates_below(lines, labels, first, last)
            _own_headings(lines, labels, first, last)
            _tools(lines, labels, first, last)


def _no_headings(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let no section begin within a job: at a heading below its own, at its line of tools."""
    section = job = 0
    tools = Counter(_tools_label(line) for line in lines)
    for row, (line, label) in enumerate(zip(lines, list(labels), strict=True)):
        told = _tools_label(line)
        if told and tools[told] > 1 and label.part == "H" and section:
            labels[row] = label.as_label("T:exp")
        elif line.kind is not LineKind.HEADING:
            continue
        elif label.part == "H" and not 0 < section < job < line.level:
            section, job = (line.level if label.group in _OF_JOBS else 0), 0
        elif label.part == "H":
            labels[row] = label.as_label("T:exp")
        elif section and not job and _is_dated(lines, row):
            job = line.level


def _tools_label(line: Line) -> str:
    label = split_label(line.plain)[0]
    return label.casefold() if is_tools_label(label) else ""


def _is_dated(lines: Sequence[Line], row: int) -> bool:
    """Return whether a heading has dates of its own, in it or right below it."""
    return any(span.is_range for span in find_dates(lines[row].plain)) or _dates_at(lines, row + 1)


def _dates_at(lines: Sequence[Line], row: int) -> bool:
    """Return whether a line is one of dates, with little else."""
    if row >= len(lines) or lines[row].kind is not LineKind.PARAGRAPH:
        return False
    line = lines[row]
    return bool(begins_with_dates(line)) and len(line.plain.split()) <= _OF_DATES


def _dates_below(lines: Sequence[Line], labels: list[LineLabel], first: int, last: int) -> None:
    """Take the dates right below a heading that has none for those of its job."""
    for row in range(first, last - 1):
        head, line = lines[row], lines[row + 1]
        if head.kind is not LineKind.HEADING or find_dates(head.plain):
            continue
        below = begins_with_dates(line)
        alone = below and not any(map(str.isalnum, line.plain[below.end :]))
        if alone and _dates_at(lines, row + 1) and labels[row].part not in {"H", "U"}:
            roles = range(row + 2, last)
            after = next((at for at in roles if lines[at].kind is LineKind.HEADING), last)
            if not any(labels[at].part == "B" for at in range(row + 2, after)):
                labels[row] = labels[row].as_label("B:exp")
            labels[row + 1] = labels[row + 1].as_label("I:exp")


def _own_headings(lines: Sequence[Line], labels: list[LineLabel], first: int, last: int) -> None:
    """Take smaller headings without dates below a dated job for the job's own, and their text."""
    job = head = 0
    inside = False
    for row in range(first, last):
        line = lines[row]
        if line.kind is LineKind.HEADING:
            if _is_dated(lines, row):
                job, head, inside = line.level, row, False
            elif job and line.level > job and not _may_be_role(lines, head, row):
                inside = True
                labels[row] = labels[row].as_label("T:exp")
            elif line.level <= job:
                job, inside = 0, False
            continue
        label = labels[row]
        begins = label.part in ("BGISU" if inside else "BG") and label.group != "edu"
        if line.kind is LineKind.ITEM:  # jobs here are headings
            begins |= label.part in "BGIU" or (label.part == "S" and label.in_entry[:1] in "BGI")
        dated = _dates_at(lines, row) or _is_dated(lines, row)
        if job and row > head + 1 and begins and not dated:
            labels[row] = labels[row].as_label("T:exp")


def _may_be_role(lines: Sequence[Line], head: int, row: int) -> bool:
    """Return whether a heading may be the one role at the employer in the heading above it."""
    near = row <= head + 2
    title = best_kind(lines[row].plain)[0] == "title" or has_word(lines[row].plain, "job")
    return near and title and not has_word(lines[head].plain, "job")


def _tools(lines: Sequence[Line], labels: list[LineLabel], first: int, last: int) -> None:
    """Take "Tech: ..." below jobs for a line of each.

    Below the last one it may begin the CV's own lists, unless the others have such lines too.
    """
    rows = [row for row in range(first, last) if _tools_label(lines[row])]
    count = Counter(map(_tools_label, lines))
    begun = next((row for row in range(first, last) if labels[row].part in "BG"), last)
    for row in rows:
        goes_on = any(labels[after].part == "B" for after in range(row + 1, last))
        if row > begun and (count[_tools_label(lines[row])] > 1 or goes_on):
            labels[row] = labels[row].as_label("T:exp")
