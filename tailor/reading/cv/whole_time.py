"""An employer's line with the whole time there, above its roles with a time each.

"Acme Ltd, Leeds   2009 - 2021", a sentence about it, "Foreman   2015 - 2021" and "Fitter
2009 - 2015": the times of the roles lie within the employer's, and the last one ends as it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.names import (
    best_kind,
    ends_as_organisation,
    has_word,
    is_known_place,
    is_town,
)
from tailor.reading.cv.sections import Draft, Part
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import Date, Period, RichText, SectionKind

_BLURB = 3  # lines about an employer
_ROLE = 8  # words of a role
_SURE = 0.8
_AROUND = " \t|·,;:-–—()"
_PARTS = re.compile(r"\s{0,9}[|·•\t;,]\s{0,9}|\s{1,9}[-–—@]\s{1,9}|\s{2,9}|\bat\b")


def share_employers(parts: Sequence[Part]) -> None:
    """Give the roles below such a line their employer; what says the whole time is kept aside."""
    for part in parts:
        if part.kind is SectionKind.EXPERIENCE:
            part.drafts = [one for draft in part.drafts for one in _parted(draft)]
            row = 0
            while row < len(part.drafts):
                row = _share(part, row)


def _share(part: Part, row: int) -> int:
    """Share the employer of an entry with the roles below it; return where to go on."""
    whole = part.drafts[row]
    period = _range(whole.head)
    if not period or not _is_employer(whole):
        return row + 1
    end = row + 1
    while end < len(part.drafts) and _is_role(part.drafts[end], period):
        end += 1
    roles = part.drafts[row + 1 : end]
    periods = [own for role in roles if (own := _range(role.head))]
    if not any(_same(_last(own), _last(period)) for own in periods):
        return row + 1
    if len(roles) == 1 and not _same(periods[0].start, period.start):
        return row + 1
    found = [(line, locate_period(line.plain)) for line in whole.head]
    for line, at in found:
        if at:
            dates = (line.plain[: at.start] + line.plain[at.end :]).strip(_AROUND)
            part.labels.append(replace(line, text=RichText.of(dates)))
    kept = [replace(one, text=one.text.slice(at.start, at.end)) if at else one for one, at in found]
    shared = [line for line in kept if any(map(str.isalnum, line.plain))]
    for role in roles:
        role.shared = shared
    roles[0].body = [*whole.body, *roles[0].body]
    del part.drafts[row]
    return end - 1


def _parted(draft: Draft) -> list[Draft]:
    """Part the employer's line, with its whole time, from the role that stands right below it."""
    rows = [row for row, line in enumerate(draft.head) if _range([line])]
    if len(rows) != 2 or draft.shared:
        return [draft]
    whole, role = draft.head[: rows[1]], draft.head[rows[1] :]
    if rows != [0, 1] and rows[1] == len(draft.head) - 1:  # "Acme", dates, "Clerk", dates
        whole, role = draft.head[: rows[0] + 1], draft.head[rows[0] + 1 :]
    period = _range(whole)
    above = replace(draft, head=whole, body=[])
    below = replace(draft, head=role)
    if period and _is_employer(above) and _is_role(below, period):
        return [above, below]
    return [draft]


def _is_employer(draft: Draft) -> bool:
    """Return whether a head names no job, and nothing but a few words stand below it."""
    blurb = all(line.kind is LineKind.PARAGRAPH for line in draft.body)
    job = any(
        has_word(line.plain, "job") and not ends_as_organisation(_bare(line).split(",")[0])
        for line in draft.head
    )
    return not (job or draft.shared) and blurb and len(draft.body) <= _BLURB


def _is_role(draft: Draft, whole: Period) -> bool:
    """Return whether a head is a role's alone, of a time within the whole one."""
    own = _range(draft.head)
    if not own or draft.shared or not own.start or not whole.start:
        return False
    within = not _before(own.start, whole.start) and not _before(_last(whole), _last(own))
    parts = [part for line in draft.head for part in _PARTS.split(_bare(line)) if part.strip()]
    few = sum(len(part.split()) for part in parts) <= _ROLE
    return within and few and bool(parts) and not _names_employer(parts)


def _names_employer(parts: Sequence[str]) -> bool:
    """Return whether a head names an employer of its own; beside a role no other name stands."""
    first, *others = parts
    job = has_word(first, "job")
    kind, likely = best_kind(first)
    named = ends_as_organisation(first) or (kind == "employer" and likely > _SURE)
    beside = (
        is_known_place(part) or is_town(part) or has_word(part, "job") or not part[:1].isupper()
        for part in others
    )
    return (named and not job) or not all(beside)


def _bare(line: Line) -> str:
    """Return the words of a line beside its period."""
    found = locate_period(line.plain)
    return line.plain[found.start : found.end] if found else line.plain


def _range(lines: Sequence[Line]) -> Period | None:
    """Return the one range that some lines have."""
    found = [span.period for line in lines for span in find_dates(line.plain) if span.is_range]
    return found[0] if len(found) == 1 else None


def _last(period: Period) -> Date:
    return period.end or Date(9999)


def _same(one: Date | None, other: Date | None) -> bool:
    """Return whether two dates are the same, as far as both say it."""
    if not one or not other or one.year != other.year:
        return False
    return one.month == other.month or not (one.month and other.month)


def _before(one: Date, other: Date) -> bool:
    """Return whether a date lies before another, as far as both say it."""
    return one < other and not _same(one, other)
