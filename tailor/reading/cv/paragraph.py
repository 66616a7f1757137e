"""Jobs told in a paragraph, such as "P. Hune, Katikati. 300 cows, 2010-2012. Milked and fenced".

Its first sentences name employer, place, title and dates, and the others say what was done. They
are parted before the lines are told apart, so that each line is either of a head or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tailor.reading.cv.cells import Span
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import is_known_section, read_heading
from tailor.reading.cv.names import best_kind
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText, SectionKind

_LONGEST = 1500  # characters of a paragraph
_HEAD_WORDS = 16
_HEAD_SENTENCES = 3
_WITHOUT_HEADING = 2  # such paragraphs in a section whose heading nobody knows
# Where a sentence ends: behind a word of small letters that is no short form, or behind figures.
_END = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=\d)|(?<=[)\"”]))\.\s{1,3}(?=[^\W_a-z]|[\"“(])|\.\s{0,3}$"
)
_SHORT_FORM = re.compile(
    r"\b(?:[A-Z]|(?-i:\w{0,9}[a-z][A-Z]\w{0,9}|[A-Z]{2}\w{0,9})|dip|cert|hons|cand|mag|co|ltd|inc"
    r"|corp|bros|dept|univ|prof|approx|pty|pvt|mfg|intl|assoc|ave|str|ing|inż|dipl|mgr|lic|hab|mrs|tech|hosp)$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:I|I'm|I've|my|we|our|me|was|were|is|am|are)\b", re.IGNORECASE)
_AROUND = " \t,;–—-"
_TOLD = frozenset({"", "experience", "volunteering", "education"})
_SAYS = frozenset({"skill", "sentence", "other"})


@dataclass(frozen=True, slots=True)
class _Job:
    """The pieces of a paragraph: those of the head, and of the text below it."""

    head: list[Span]
    text: list[Span]


def with_jobs_parted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the head of each job that a paragraph tells on lines of its own."""
    found: list[Line] = []
    for name, section in _sections(lines):
        of_degrees = name == SectionKind.EDUCATION
        jobs = [_job(line, of_degree=of_degrees) if name in _TOLD else None for line in section]
        spaced = any(line.gap for line in section[2:])
        for number, line in enumerate(section[2:], 2):
            if not line.gap and (spaced or jobs[number - 1] is None):
                jobs[number] = None  # text of the job above it
        count = sum(job is not None for job in jobs)
        if count < (_WITHOUT_HEADING if not name else 1):
            jobs = [None] * len(section)
        for line, job in zip(section, jobs, strict=True):
            found += _parted(line, job) if job else [line]
    return found


def _parted(line: Line, job: _Job) -> Iterator[Line]:
    """Yield the lines that a paragraph becomes."""
    yield replace(line, text=_joined(line.text, job.head, "\t"))
    text = _joined(line.text, job.text, ". ")  # as an item, since it is surely none of a head
    yield replace(line, kind=LineKind.ITEM, level=1, text=text, gap=False)


def _joined(text: RichText, spans: Sequence[Span], sign: str) -> RichText:
    whole = text.slice(*spans[0])
    for span in spans[1:]:
        whole = whole + RichText.of(sign) + text.slice(*span)
    return whole


def _sections(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield the name of each section, "" for an unknown one, with its lines."""
    name, block = "top", list[Line]()
    for line in lines:
        short = len(line.plain.split()) <= _HEAD_WORDS // 2 and not line.plain.endswith(".")
        known = line.kind is not LineKind.ITEM and is_known_section(line.text)
        marked = line.kind is LineKind.HEADING or (
            line.gap and short and not find_dates(line.plain)
        )
        if known or marked:
            yield name, block
            name, block = (read_heading(line.text).name if known else ""), []
        block.append(line)
    yield name, block


def _job(line: Line, *, of_degree: bool) -> _Job | None:
    """Return the pieces of a paragraph that tells a job, None for another line.

    A degree may have the date of its end only.
    """
    plain = line.plain
    if line.kind is not LineKind.PARAGRAPH or len(plain) > _LONGEST or line.look.cell:
        return None
    dates = find_dates(plain)
    ends = [
        end
        for end in _END.finditer(plain)
        if not _SHORT_FORM.search(plain[: end.start()])
        and not any(one.start < end.start() < one.end - 1 for one in dates)
    ]
    if not ends or ends[0].end() == len(plain):
        return None
    starts = [0, *(match.end() for match in ends if match.end() < len(plain))]
    sentences = list(zip(starts, [match.start() for match in ends] + [len(plain)], strict=False))
    span = next((one for one in dates if one.is_range or of_degree), None)
    place = next((n for n, (a, b) in enumerate(sentences) if span and a <= span.start < b), None)
    if span is None or place is None or place >= min(_HEAD_SENTENCES, len(sentences) - 1):
        return None
    start, end = sentences[place]
    at_start, at_end = not plain[start : span.start].strip(), not plain[span.end : end].strip(" )]")
    before = plain[: sentences[place][1]]
    if not (at_end or (at_start and not place)) or _SPEAKS.search(before):
        return None
    if len(before.split()) > _HEAD_WORDS:
        return None
    beside = plain[start : span.start].strip(_AROUND)
    text = [(sentences[place + 1][0], len(plain))]
    if place and beside and (beside[0].isdigit() or best_kind(beside)[0] in _SAYS):
        text.insert(0, (start, start + len(plain[start : span.start].rstrip(_AROUND))))
        start = span.start
    return _Job([*sentences[:place], (start, end)], text)
