"""Labelled lines among degrees: "GPA: 3.8   Credits: 39", "Relevant Coursework: Soil Physics".

They say more of the degree above them and are none of its name, school or place. So they are taken
off before the lines are told apart, which they would mislead, and put back as lines of the degree.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import LONGEST, is_detail_label, is_known_section, read_heading
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import has_word
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import SectionKind

_LABEL = re.compile(r"([^:|\t;]{2,60}?)\s{0,2}:\s{0,9}(?=\S)")
# Where a detail may begin behind something else; two of them are parted by more than a comma.
_WITHIN = re.compile(r"\s{0,9}\t\s{0,9}|\s{2,20}|\s?[|•·;]\s{1,9}|[,.]\s{1,3}|\s[-–—]\s|(?<=\d)\s")
_WIDE = re.compile(r"\s{0,9}\t\s{0,9}|\s{2,20}|\s?[|•·]\s{1,9}")
_SUBJECT = re.compile(r"\s{0,9}(?:double )?(?:majors?|minors?) in\s", re.IGNORECASE)
_TEXT = "T:edu"

Details = list[tuple[int, Line]]


def without_details(
    lines: Sequence[Line], told: Container[int]
) -> tuple[list[Line], list[int], Details]:
    """Return the lines without such details, where each was, and the details with their places.

    A place is the number of the kept lines above; lines that are `told` have no details.
    """
    kept: list[Line] = []
    places: list[int] = []
    details: Details = []
    inside = gap = False
    for index, line in enumerate(lines):
        places.append(len(kept))
        is_item = line.kind is LineKind.ITEM
        starts = [] if is_item or index in told else list(_starts(line))
        own = (
            bool(starts)
            and inside
            and bool(kept)
            and not (line.gap and is_known_section(line.text))
        )
        if not own and not is_item and is_known_section(line.text):
            inside = read_heading(line.text).name == SectionKind.EDUCATION
        if not own:
            kept.append(replace(line, gap=line.gap or gap))
            gap = False
            continue
        head = line.text.slice(0, starts[0]).strip()
        if head:
            end = len(head.plain.rstrip(" \t|•·;,–—-"))
            kept.append(replace(line, text=head.slice(0, end), gap=line.gap or gap))
        gap = not head and (gap or line.gap)
        for start, end in zip(starts, [*starts[1:], len(line.plain)], strict=True):
            text = line.text.slice(start, end).strip()
            text = text.slice(0, len(text.plain.rstrip(" \t|•·;")))
            details.append((len(kept), replace(line, kind=LineKind.PARAGRAPH, text=text)))
    return kept, places, details


def with_details(
    lines: Sequence[Line], labels: Sequence[LineLabel], told: dict[int, str], details: Details
) -> tuple[list[Line], list[LineLabel], dict[int, str]]:
    """Return the lines with the details below the heads in which they stood, and all labels.

    `told` are labels that nothing changes any more; so are those of the details.
    """
    found: list[Line] = []
    own: list[LineLabel] = []
    fixed: dict[int, str] = {}
    waiting = list(details)
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label.part != "I":
            while waiting and waiting[0][0] <= index:
                fixed[len(found)] = _TEXT
                found.append(waiting.pop(0)[1])
                own.append(LineLabel(_TEXT, 1.0))
        if index in told:
            fixed[len(found)] = told[index]
        found.append(line)
        own.append(label)
    for _, line in waiting:
        fixed[len(found)] = _TEXT
        found.append(line)
        own.append(LineLabel(_TEXT, 1.0))
    return found, own, fixed


def _starts(line: Line) -> Iterator[int]:
    """Yield where the details of a line begin, none of which is parted from another by a comma."""
    plain = line.plain
    if len(plain) > LONGEST:
        return
    if _SUBJECT.match(plain) and not find_dates(plain) and not has_word(plain, "organisation"):
        yield 0
        return
    if ":" not in plain:
        return
    places = [len(plain) - len(plain.lstrip(" \t")), *(m.end() for m in _WITHIN.finditer(plain))]
    first = next((place for place in places if _is_detail(plain, place)), None)
    if first is None:
        return
    yield first
    wide = (match.end() for match in _WIDE.finditer(plain, first))
    yield from (place for place in wide if _is_detail(plain, place))


def _is_detail(plain: str, place: int) -> bool:
    match = _LABEL.match(plain, place)
    return bool(match and is_detail_label(match[1]))
