"""The heads of a section's entries: titles, employers, places and periods, by one pattern.

A CV prints all its positions alike. So the heads are not read one by one: each is cut at its
separators in every way that makes sense (`head_atoms.py`), each cut is scored by what its pieces
look like (`pieces.py`), and the order of title, employer, place and dates that explains all the
heads of the section best is the one all are read by (`head_cuts.py`). A head that does not fit it
is read by its own best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
from tailor.reading.cv.names import (
    has_word,
)
from tailor.reading.cv.pieces import score
from tailor.reading.lines import Line, clean
from tailor.values.cv import Period, RichText, SectionKind

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:»|→|➔|⇒|›|->|=>)\s*")
_PREVIOUSLY = re.compile(r"(?P<title>[^()]{1,200}?) \(previously (?P<earlier>[^()]{1,400})\)")
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
    drafts = [draft_of(lines, columns) for lines in heads]
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
    others = list(draft.others)
    for role, first, last in _extended(draft, cut.pieces):
        atoms = draft.atoms[first], draft.atoms[last]
        if role in found:
            found[role] = draft.text(*atoms)
        elif _says(found["T"], draft.text(*atoms)):
            draft.durations.append(draft.text(*atoms))
        else:
            others.append(clean(draft.texts[atoms[0].line].slice(atoms[0].start, atoms[1].end)))
    found["T"], others = _with_subject(found["T"], others)
    rest = draft.atoms[MOST_ATOMS:]
    others += [clean(draft.texts[a.line].slice(a.start, a.end)) for a in rest]
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
) -> Iterator[tuple[str, int, int]]:
    """Join what has no role to the title or employer before it: "Acme — Web Platform"."""
    current: tuple[str, int, int] | None = None
    for role, first, last in pieces:
        if role == "O" and current and current[0] in "TE" and _goes_with(draft, first, current[0]):
            current = (current[0], current[1], last)
            continue
        if current:
            yield current
        current = (role, first, last)
    if current:
        yield current


def _goes_with(draft: HeadDraft, first: int, role: str) -> bool:
    """Return whether an atom without a role goes on with the title or employer before it."""
    atom = draft.atoms[first]
    if atom.separator != "paren":
        return atom.separator in {"dash", "comma", "semicolon"}
    return role == "E" or score(draft.text(atom, atom), "other") < _GRADE


def _project(draft: HeadDraft) -> EntryHead:
    """Read a project: its name, and what else stands beside it."""
    cells: list[list[Atom]] = []
    for atom in draft.atoms:
        if cells and atom.separator in {
            "comma",
            "space",
            "town",
            "at",
            "paren",
            "colon",
            "style",
            "dash",
        }:
            cells[-1].append(atom)
        else:
            cells.append([atom])
    texts = [draft.text(cell[0], cell[-1]) for cell in cells]
    texts = [text for text in texts if text]
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
