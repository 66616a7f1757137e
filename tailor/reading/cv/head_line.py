"""Lines of an entry's head while it comes in: what a line makes of the head above it."""

from __future__ import annotations

import re
from dataclasses import replace

from tailor.reading.cv.aside import is_engagement
from tailor.reading.cv.cells import BAR, BAR_OR_DASH, COMMA, pieces, spans
from tailor.reading.cv.contacts import is_postal_address
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.reading.cv.headings import LONGEST
from tailor.reading.cv.names import among, best_kind, has_word, is_known_place, names_places
from tailor.reading.cv.sections import Draft, is_dated
from tailor.reading.lines import Line, LineKind, clean

_SUBJECT = re.compile(
    r"\s*(?:majors?|minors?|concentrations?|speciali[sz]ations?)\b", re.IGNORECASE
)
_LAST_BRACKET = re.compile(r"\s?\([^()]{1,64}\)\s?$")
_SEMICOLON = re.compile(r"\s{0,9};\s{1,9}")
_EMPLOYERS = frozenset({"employer", "school", "mixed"})
_SAID = ("skill", "sentence", "other")
_LIKELY = -0.5  # the logarithm of the probability that a text says something
_WHOLE_HEADS = frozenset({"mixed", "degree", "title"})


def part_of_head(line: Line, part: str, draft: Draft) -> str:
    """Return what the newest entry makes of a line that was taken for one of a head, or ""."""
    kinds = {head.kind for head in (*draft.shared, draft.head[0])}
    if part in {"B", "G"} and line.kind is LineKind.ITEM and LineKind.ITEM not in kinds:
        return "T"  # the other heads are none of a list
    if draft.body:  # in the row of a table in which the entry began, all is text
        in_row = draft.head[0].plain.lstrip().startswith("|")
        in_row = in_row and line.number == draft.head[0].number
        return "T" if in_row and part in {"B", "G", "I"} else ""
    if part == "T" and line.kind is LineKind.PARAGRAPH and _is_address(line.plain):
        return "I"  # of the employer
    if part in {"B", "I"} and _is_remark(line, draft):
        return "T"
    beside = part == "B" and _is_beside(line, draft.head[0])
    place = part in {"B", "G"} and _is_place_only(line)
    if beside or place or (part in {"B", "T"} and _is_title_of(line, draft)):
        return "I"
    return "B" if part == "I" and _is_second_head(line, draft) else ""


def is_row_of_names(line: Line) -> bool:
    """Return whether bars part several names in a line, none of which is of a head."""
    cells = pieces(clean(line.text).plain, BAR)
    kinds = {best_kind(cell)[0] for cell in cells}
    several = len(cells) > (5 if kinds & _WHOLE_HEADS else 3)  # title, employer and place
    return several and not any(find_dates(cell) or is_known_place(cell) for cell in cells)


def is_bullet_below(line: Line, draft: Draft) -> bool:
    """Return whether an item stands below a head that is no item and says more than dates."""
    if line.kind is not LineKind.ITEM or draft.head[0].kind is LineKind.ITEM:
        return False
    if any(head.kind is LineKind.ITEM and head.level == line.level for head in draft.shared):
        return False  # the employer's line above it was an item too
    dated = any(find_dates(head.plain) for head in (*draft.shared, *draft.head))
    if not dated and find_dates(line.plain):
        return False
    return any(read_whole(head.plain) is None for head in draft.head)


def dated_parts(line: Line) -> list[Line]:
    """Return the heads that semicolons part in a line, each with dates of its own."""
    cells = spans(line.plain, _SEMICOLON) if len(line.plain) <= LONGEST else []
    if len(cells) < 2 or not all(find_dates(line.plain[a:b]) for a, b in cells):
        return [line]
    return [replace(line, text=line.text.slice(a, b)) for a, b in cells]


def _is_remark(line: Line, draft: Draft) -> bool:
    """Return whether a line is said of the employer or the post below a head that is whole.

    "11-16 comprehensive, special measures on my arrival, RI in 2014", "Seconded to the trust".
    """
    text = clean(line.text).plain
    heads = (*draft.shared, *draft.head)
    if line.kind is not LineKind.PARAGRAPH or "\t" in line.plain.strip() or BAR.search(text):
        return False
    if not any(find_dates(head.plain) for head in heads) or not _dates_within(text):
        return False
    kinds = [best_kind(cell)[0] for head in heads for cell in _cells(head)]
    is_whole = "title" in kinds and not _EMPLOYERS.isdisjoint(kinds)
    return is_whole and (is_engagement(text) or among(text, _SAID) > _LIKELY)


def _cells(line: Line) -> list[str]:
    """Return the pieces of a line of a head, without its dates."""
    plain = line.plain
    for span in reversed(find_dates(plain)):
        plain = f"{plain[: span.start]}\t{plain[span.end :]}"
    return [piece for cell in pieces(plain, BAR_OR_DASH) for piece in pieces(cell, COMMA)]


def _dates_within(text: str) -> bool:
    """Return whether no date of a text is more than a part of what it says: "RI in 2014"."""
    for span in find_dates(text):
        before = text[: span.start].split()
        if span.is_range or not before or not before[-1].islower():
            return False
    return True


def _is_beside(line: Line, head: Line) -> bool:
    """Return whether a line stands in a row of a table at the right of an entry's first line."""
    one, other = line.look.cell, head.look.cell
    if one is None or other is None:
        return False
    return one[:2] == other[:2] and other[2] < one[2]


def _is_place_only(line: Line) -> bool:
    """Return whether a line is nothing but a place or several, which begins no entry."""
    text = _LAST_BRACKET.sub("", clean(line.text).plain)
    return _is_address(text) or names_places(text)


def _is_title_of(line: Line, draft: Draft) -> bool:
    """Return whether a line is the title that the dated lines above it lack, and no more."""
    if line.gap or line.kind is not LineKind.PARAGRAPH:
        return False
    if find_dates(line.plain) or not is_dated(draft):
        return False
    heads = [head.plain for head in draft.head if not _is_place_only(head)]
    kinds = {best_kind(cell)[0] for head in heads for cell in pieces(head, BAR)}
    return best_kind(clean(line.text).plain)[0] == "title" and not kinds & _WHOLE_HEADS


def _is_address(text: str) -> bool:
    return is_postal_address(text) and not find_dates(text)


def _is_second_head(line: Line, draft: Draft) -> bool:
    """Return whether a line says again what a head says once: its dates, or its degree."""
    dated = is_dated(draft) and bool(find_dates(line.plain))
    if dated and best_kind(clean(line.text).plain)[0] in _WHOLE_HEADS:
        return True
    return _names_degree(line) and any(_names_degree(head) for head in draft.head)


def _names_degree(line: Line) -> bool:
    return not _SUBJECT.match(line.plain) and has_word(
        " ".join(re.split(r"[\s,:]+", line.plain)[:3]), "degree"
    )
