"""The heads of a section's entries: titles, employers, places and periods, by one pattern.

A CV prints all its positions alike. So the heads are not read one by one: each is cut at its
separators in every way that makes sense (`head_atoms.py`), each cut is scored by what its pieces
look like (`names.py`), and the order of title, employer, place and dates that explains all the
heads of the section best is the one all are read by (`head_cuts.py`). A head that does not fit it
is read by its own best.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from tailor.reading.cv.dates import find_dates
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
from tailor.reading.cv.head_fields import fields_of
from tailor.reading.cv.head_tagger import ROLES, Tagged, tag
from tailor.reading.cv.head_words import HeadLine
from tailor.reading.cv.names import has_word, is_known_place, score
from tailor.reading.lines import Line
from tailor.values.cv import Period, RichText, SectionKind

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:»|→|➔|⇒|›|->|=>)\s*")
_PREVIOUSLY = re.compile(r"(?P<title>[^()]{1,200}?) \(previously (?P<earlier>[^()]{1,400})\)")
_MARGINS, _FITS = (0.5, 1.5, 3.0, 6.0), (-4.0, -2.0, -0.7)
Signs = tuple[float, float, float, float]
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
    signs: Signs = field(default=(8.0, 0.0, 0.0, 1.0), compare=False)
    swapped: bool = field(default=False, compare=False)


def read_head(lines: Sequence[Line], kind: SectionKind) -> EntryHead:
    """Read the lines of the head of one entry that this program wrote, in order."""
    if kind is SectionKind.PROJECTS:
        return _project(draft_of(lines, (), education=False))
    [(draft, cut, signs)] = _cut([lines], kind, ())
    return _finished(draft, cut, signs)


def read_heads(
    heads: Sequence[Sequence[Line]], kind: SectionKind, columns: Sequence[str] = ()
) -> list[EntryHead]:
    """Read the heads of a section's entries.

    First by the one pattern that explains them all best, then, where there is no table whose
    `columns` tell ("title", "employer" and so on), once more word by word.
    """
    if kind is SectionKind.PROJECTS:
        return [_project(draft_of(lines, columns, education=False)) for lines in heads]
    rows = _cut(heads, kind, columns)
    read = [_finished(draft, cut, signs) for draft, cut, signs in rows]
    if columns:
        return read
    group = "edu" if kind is SectionKind.EDUCATION else "exp"
    first = [_first(lines, *row) for lines, row in zip(heads, rows, strict=True)]
    again = zip(read, rows, tag(first, group), first, strict=True)
    return [
        head
        if _is_told(draft) or tagged.lead <= 0
        else _again(head, draft, tagged, lines, education=group == "edu")
        for head, (draft, _, _), tagged, lines in again
    ]


def _is_told(draft: HeadDraft) -> bool:
    """Return whether labels in the head say what its parts are: "Employer: ..."."""
    return any(atom.role for atom in draft.atoms)


def _again(
    head: EntryHead,
    draft: HeadDraft,
    tagged: Tagged,
    first: Sequence[HeadLine],
    *,
    education: bool,
) -> EntryHead:
    """Return a head as its words were read the second time; the dates stay."""
    spans = [
        (number, start, end, role)
        for number, line in enumerate(first)
        for start, end, role in line.roles
    ]
    found = fields_of(draft, tagged.spans, spans)
    before = " » ".join(head.titles)
    same = found.organisation == head.organisation and found.title in before
    untold = not (found.title or found.organisation)
    if same or untold or (education and head.titles and not found.title):
        return head
    title, others = _with_subject(found.title, _without_places(draft, found.others))
    return replace(
        head, titles=_titles(title), organisation=found.organisation, place=found.place,
        others=tuple(other for other in others if other),
        signs=(min(tagged.lead, 8.0), *head.signs[1:3], 0.0),
    )  # fmt: skip


def _cut(
    heads: Sequence[Sequence[Line]], kind: SectionKind, columns: Sequence[str]
) -> list[tuple[HeadDraft, Cut, Signs]]:
    """Return each head in pieces, the way it is cut, and what tells how sure that is."""
    education = kind is SectionKind.EDUCATION
    drafts = [draft_of(lines, columns, education=education) for lines in heads]
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
        (draft, cut, signs_of(draft, cut, cuts, order, model, len(drafts)))
        for draft, cut, cuts in zip(drafts, chosen, choices, strict=True)
    ]


def first_reading(
    heads: Sequence[Sequence[Line]], kind: SectionKind, columns: Sequence[str] = ()
) -> list[list[HeadLine]]:
    """Return the lines of each head with what their characters are taken for at first."""
    return [
        _first(lines, *row) for lines, row in zip(heads, _cut(heads, kind, columns), strict=True)
    ]


def _first(lines: Sequence[Line], draft: HeadDraft, cut: Cut, signs: Signs) -> list[HeadLine]:
    margin, title, employer, pattern = signs
    least = min(title, employer)
    sure = f"{bisect(_MARGINS, margin)}{bisect(_FITS, least)}{int(pattern)}"
    roles: dict[int, list[tuple[int, int, str]]] = {}
    for role, first, last in _extended(draft, cut.pieces):
        one, other = draft.atoms[first], draft.atoms[last]
        if role in ROLES:
            roles.setdefault(one.line, []).append((one.start, other.end, role))
    return [
        HeadLine(
            line.plain,
            tuple(roles.get(number, ())),
            tuple((atom.start, atom.separator) for atom in draft.atoms if atom.line == number),
            tuple((span.start, span.end) for span in find_dates(line.plain)),
            tuple(_bold(line.text)),
            sure,
        )
        for number, line in enumerate(lines)
    ]


def _bold(text: RichText) -> Iterator[tuple[int, int]]:
    at = 0
    for run in text.runs:
        if run.bold:
            yield at, at + len(run.text)
        at += len(run.text)


def _finished(draft: HeadDraft, cut: Cut, signs: Signs) -> EntryHead:
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
    others = _without_places(draft, others)
    found["T"], others = _with_subject(found["T"], others)
    return EntryHead(
        _titles(found["T"]), found["E"], found["P"], draft.period, tuple(o for o in others if o),
        tuple(draft.durations), tuple(draft.links), signs, draft.swapped,
    )  # fmt: skip


def _without_places(draft: HeadDraft, others: Sequence[RichText]) -> list[RichText]:
    """Return texts without those that only name a place, which are kept beside the entry."""
    places = [text.plain for text in others if is_known_place(text.plain)]
    draft.durations += places
    return [text for text in others if text.plain not in places]


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
