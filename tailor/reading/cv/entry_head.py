"""The heads of a section's entries: titles, employers, places and periods, by one pattern.

A CV prints all its positions alike. So the heads are not read one by one: each is cut at its
separators in every way that makes sense (`head_atoms.py`), each cut is scored by what its pieces
look like (`names.py`), and the order of title, employer, place and dates that explains all the
heads of the section best is the one all are read by (`head_cuts.py`). A head that does not fit it
is read by its own best.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from tailor.reading.cv.aside import is_grade
from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.head_atoms import Atom, HeadDraft, draft_of
from tailor.reading.cv.head_cuts import (
    MOST_ATOMS,
    Cut,
    Fits,
    cuts_of,
    one_pattern,
    repeated_employers,
    signs_of,
    usual_parts,
)
from tailor.reading.cv.headings import is_detail_label
from tailor.reading.cv.names import has_word, score
from tailor.reading.lines import Line
from tailor.values.cv import Cv, Doubt, Entry, Period, RichText, SectionKind
from tailor.values.resources import MODELS

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:»|→|➔|⇒|›|->|=>)\s*")
_PREVIOUSLY = re.compile(r"(?P<title>[^()]{1,200}?) \(previously (?P<earlier>[^()]{1,400})\)")
_WITHIN_CELLS = frozenset("comma space town at paren colon style dash".split())
_GRADE = -0.5  # from here on a text in brackets is a grade and the like, and no part of a degree


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What the lines above an entry's bullets say.

    `others` are texts with no place in it; `durations` repeat what the dates say, or
    tell the kind of employment; `links` are addresses written out. `signs` tell how sure the cut
    is: its lead over the next best, how well title and employer fit, and whether it follows the
    pattern of the section. `swapped` is true where the dates stand in the wrong order.
    """

    titles: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""
    period: Period = Period()  # noqa: RUF009  (frozen)
    others: tuple[RichText, ...] = ()
    durations: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    signs: tuple[float, float, float, float] = field(default=(8.0, 0.0, 0.0, 1.0), compare=False)
    swapped: bool = field(default=False, compare=False)


def read_head(lines: Sequence[Line], kind: SectionKind) -> EntryHead:
    """Read the lines of one entry's head, in order."""
    return read_heads([lines], kind)[0]


def read_heads(
    heads: Sequence[Sequence[Line]], kind: SectionKind, columns: Sequence[str] = ()
) -> list[EntryHead]:
    """Read the heads of a section's entries by the one pattern that explains them all best.

    `columns` are what a table's head row says of its columns: "title", "employer" and so on.
    """
    education = kind is SectionKind.EDUCATION
    drafts = [draft_of(lines, columns, education=education) for lines in heads]
    if kind is SectionKind.PROJECTS:
        return [_project(draft) for draft in drafts]
    model = Fits(kind)
    choices = [cuts_of(draft, model) for draft in drafts]
    chosen, order = one_pattern(choices)
    model.employers = repeated_employers(drafts, chosen)
    model.place_parts = usual_parts(chosen)
    # A name that is the employer of one entry is that of another; places are written alike.
    if model.employers or model.place_parts:
        choices = [cuts_of(draft, model) for draft in drafts]
        chosen, order = one_pattern(choices)
    return [
        _finished(draft, cut, signs_of(draft, cut, cuts, order, model, len(drafts)))
        for draft, cut, cuts in zip(drafts, chosen, choices, strict=True)
    ]


def _finished(draft: HeadDraft, cut: Cut, signs: tuple[float, float, float, float]) -> EntryHead:
    found = {"T": "", "E": "", "P": ""}
    for role, first, last in _extended(draft, cut.pieces):
        atoms = draft.atoms[first], draft.atoms[last]
        if role in found:
            found[role] = draft.text(*atoms)
        elif _says(found["T"], draft.text(*atoms)):
            draft.durations.append(draft.text(*atoms))
        else:
            draft.keep_atoms(*atoms)
    for atom in draft.atoms[MOST_ATOMS:]:
        draft.keep_atoms(atom, atom)
    others = [text for _, _, text in sorted(draft.others, key=itemgetter(0, 1))]
    found["T"], others = _with_subject(found["T"], others)
    return EntryHead(
        _titles(found["T"]), found["E"], found["P"], draft.period, tuple(o for o in others if o),
        tuple(draft.durations), tuple(draft.links), signs, draft.swapped,
    )  # fmt: skip


def _with_subject(title: str, others: list[RichText]) -> tuple[str, list[RichText]]:
    """Join a degree and its subject where the school stands between: "PhD | School, Physics"."""
    for other in others:
        bare, text = has_word(title, "degree") and len(title.split()) <= 2, other.plain
        left = [one for one in others if one is not other]
        if title and not has_word(title, "degree") and has_word(text, "degree"):
            return (f"{text}, {title}", left) if len(text.split()) <= 2 else (title, others)
        if bare and has_word(text, "subject"):
            return f"{title}, {text}", left
    return title, others


def _says(text: str, part: str) -> bool:
    """Return whether the words of `part` stand in `text`: a subject that the degree names."""
    return f" {part} ".casefold() in f" {text} ".casefold()


def _extended(
    draft: HeadDraft, pieces: Sequence[tuple[str, int, int]]
) -> list[tuple[str, int, int]]:
    """Join what has no role to the title or employer before it: "Acme — Web Platform"."""
    found: list[tuple[str, int, int]] = []
    for role, first, last in pieces:
        before, begin, _ = found[-1] if found else ("O", 0, 0)
        whole = draft.is_whole(draft.atoms[begin], draft.atoms[last])
        if role == "O" and before in "TE" and whole and _goes_with(draft, first, before):
            found[-1] = (before, begin, last)
        elif role == "E" and before == "O" and whole and _begins_name(draft, begin, first):
            found[-1] = (role, begin, last)
        else:
            found.append((role, first, last))
    return found


def _goes_with(draft: HeadDraft, first: int, role: str) -> bool:
    """Return whether an atom without a role goes on with the title or employer before it."""
    atom = draft.atoms[first]
    if atom.separator != "paren":
        return atom.separator in {"dash", "comma", "semicolon"}
    return role == "E" or score(draft.text(atom, atom), "other") < _GRADE


def _begins_name(draft: HeadDraft, begin: int, first: int) -> bool:
    """Return whether an employer's name begins with what has no role before it: "Army - HHC"."""
    one, other = draft.atoms[begin], draft.atoms[first]
    alike = one.line == other.line and one.style.strip("c") == other.style.strip("c")
    alike = alike and not has_word(draft.text(one, draft.atoms[first - 1]), "degree")
    return alike and other.separator in {"dash", "comma"} and one.separator == "line"


def _project(draft: HeadDraft) -> EntryHead:
    """Read a project: its name, and what else stands beside it."""
    cells: list[list[Atom]] = []
    for atom in draft.atoms:
        if cells and atom.separator in _WITHIN_CELLS:
            cells[-1].append(atom)
        else:
            cells.append([atom])
    texts = [text for cell in cells if (text := draft.text(cell[0], cell[-1]))]
    return EntryHead(
        _titles(texts[0]) if texts else (), " | ".join(texts[1:]), "", draft.period,
        (), tuple(draft.durations), tuple(draft.links), swapped=draft.swapped,
    )  # fmt: skip


def _titles(text: str) -> tuple[str, ...]:
    """Read "first » second", or "second (previously first)" as this program writes it."""
    match = _PREVIOUSLY.fullmatch(text)
    if match:
        return (*reversed(match["earlier"].split(", ")), match["title"])
    return tuple(title for title in _ARROW.split(text) if title)


# What of a CV may have been read wrongly: each doubt with its line, so that a person can look.

CHECK_BELOW = 0.8  # a head that is less sure than this is to be looked at
SIGNS = ("bias", "margin", "title", "employer", "label", "alone", "pattern")
_DATED_KINDS = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION})
_SHORT = 12  # words; a longer line with dates is a sentence


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as it came out, with how sure the labels and the cut of its head were."""

    kind: SectionKind
    entry: Entry
    head: EntryHead
    label_confidence: float
    alone: bool  # the only entry of its section: no other shows the pattern


def find_doubts(
    cv: Cv, entries: Sequence[ReadEntry], others: Iterable[Doubt] = ()
) -> tuple[Doubt, ...]:
    """Return what is to be looked at in a CV that was just read, the least sure first.

    `others` are doubts of other things than entries.
    """
    found = [] if cv.positions else [Doubt(1, "positions", "no position was found", 0.0)]
    found += others
    found += _of_order(entries)
    degrees = [read.entry for read in entries if read.kind is SectionKind.EDUCATION]
    dated = 2 * sum(entry.period != Period() for entry in degrees) > len(degrees)
    at_schools = 2 * sum(bool(entry.organisation) for entry in degrees) > len(degrees)
    for read in entries:
        # A list of licences and courses among the degrees names no school or dates.
        job, degree = read.kind is not SectionKind.EDUCATION, _is_degree(read.entry)
        found += _of_entry(
            read, dated=job or (dated and degree), placed=job or (at_schools and degree)
        )
    return tuple(sorted(found, key=lambda doubt: (doubt.confidence, doubt.line, doubt.field)))


def signs(read: ReadEntry) -> list[float]:
    """Return the figures that tell how sure a head is, in the order of `SIGNS`."""
    margin, title, employer, pattern = read.head.signs
    return [
        1.0,
        min(margin, 8.0),
        max(title, -5.0),
        max(employer, -5.0),
        math.log(max(read.label_confidence, 1e-3)),
        float(read.alone),
        pattern,
    ]


def confidence(read: ReadEntry) -> float:
    """Return how likely title and employer of an entry are right, from 0 to 1."""
    total = sum(w * x for w, x in zip(_weights(), signs(read), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


@cache
def _weights() -> tuple[float, ...]:
    table = json.loads((MODELS / "cv" / "doubts.json").read_text(encoding="utf-8"))
    return tuple(float(table[name]) for name in SIGNS)


def _of_order(entries: Sequence[ReadEntry]) -> Iterator[Doubt]:
    """Doubt a period whose end stands first, unless that is how this CV writes its periods."""
    closed = [read for read in entries if read.entry.period.start and read.entry.period.end]
    swapped = [read for read in closed if read.head.swapped]
    if len(swapped) > 1 and 2 * len(swapped) > len(closed):
        return
    for read in swapped:
        name = read.entry.title or read.entry.organisation
        message = f"the dates of '{name}' end before they begin"
        yield Doubt(read.entry.line, "dates", message, 0.3)


def _is_degree(entry: Entry) -> bool:
    """Return whether an entry of education names a degree, not a licence or a registration."""
    return has_word(entry.title, "degree") and "licence" not in entry.title.casefold()


def _of_entry(read: ReadEntry, *, dated: bool, placed: bool) -> Iterator[Doubt]:
    """Doubt an entry that lacks what it is expected to have, dates and an employer or a school."""
    entry, name = read.entry, read.entry.title or read.entry.organisation
    what = "degree" if read.kind is SectionKind.EDUCATION else "position"
    if read.kind in _DATED_KINDS:
        if dated and entry.period == Period():
            yield Doubt(entry.line, "dates", f"no dates found for '{name}'", 0.2)
        yield from _of_fields(read, placed=placed)
    for bullet in entry.bullets:
        text = bullet.text.plain
        more = is_grade(text) or is_detail_label(text.partition(":")[0])
        short = len(text.split()) <= _SHORT and not more
        period = locate_period(text) if short else None
        # "since 2022" at the end of a sentence is a part of it
        if period and period.is_range and (period.period.end or period.own_cell):
            message = f"this line below '{name}' has dates: is it another {what}?"
            yield Doubt(bullet.line, "bullet", message, 0.3)


def _of_fields(read: ReadEntry, *, placed: bool) -> Iterator[Doubt]:
    entry, title, employer = read.entry, read.entry.title, read.entry.organisation
    other = "school" if read.kind is SectionKind.EDUCATION else "employer"
    sure = confidence(read)
    if not title:
        yield Doubt(entry.line, "title", f"no title found for '{employer}'", 0.2)
    elif not employer and placed:
        yield Doubt(entry.line, "employer", f"no {other} found for '{title}'", 0.3)
    elif employer and sure < CHECK_BELOW:
        message = f"is '{employer}' the {other} and '{title}' the title?"
        yield Doubt(entry.line, "employer", message, round(sure, 2))
