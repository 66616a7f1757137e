"""What was found in a CV and what could not be placed, for people and for programs."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from tailor.reading.master.form import CHECK, check_mark
from tailor.report.terminal import text
from tailor.values.cv import Cv, Doubt, SectionKind

# The sections whose entries, or own lines, have a name of their own; the rest are others.
_ENTRIES = {
    SectionKind.EXPERIENCE: "positions",
    SectionKind.EDUCATION: "degrees",
    SectionKind.PROJECTS: "projects",
    SectionKind.VOLUNTEERING: "volunteer roles",
}
_LINES = {
    SectionKind.SUMMARY: "summary lines",
    SectionKind.PUBLICATIONS: "publications",
    SectionKind.AWARDS: "awards",
    SectionKind.CERTIFICATES: "certificates",
    SectionKind.INTERESTS: "interests",
    SectionKind.REFERENCES: "references",
}
_MOST_DOUBTS = 10
_LISTS = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES})


def print_imported(console: Console, cv: Cv, command: str, written: str = "") -> None:
    """Print what was found in a CV, what to check and what was not placed.

    `command` is what to type next, "" where that is not known; `written` is the text of the file
    that was made, in whose lines the places to check are told, else in those of the source.
    """
    console.print(text(cv.name, "bold"))
    found = (
        f"{number} {name if number > 1 else name.removesuffix('s')}"
        for name, number in what_was_found(cv)
        if number
    )
    console.print(text(", ".join(found)))
    for warning in cv.warnings:
        console.print(text(f"warning: {warning}", "yellow"), soft_wrap=True)
    _print_doubts(console, cv, written)
    if cv.unplaced:
        many = "1 line" if len(cv.unplaced) == 1 else f"{len(cv.unplaced)} lines"
        console.print(text(f'{many} could not be placed; see the section "Unplaced":', "yellow"))
        for bullet in cv.unplaced:
            place = f"line {bullet.line}: " if bullet.line else ""
            console.print(text(f"  {place}{bullet.text.plain}", "dim"), soft_wrap=True)
    if command:
        console.print(text("Next: ").append(command, "cyan"), soft_wrap=True)


def _print_doubts(console: Console, cv: Cv, written: str) -> None:
    """Print what may have been read wrongly, the least sure first."""
    if not cv.doubts:
        return
    marks = _marks(cv, written)
    places = "1 place" if len(cv.doubts) == 1 else f"{len(cv.doubts)} places"
    told = f"Please check {places}; each is marked in the file, take the mark out when it is right:"
    console.print(text(told, "yellow"), soft_wrap=True)
    for doubt in cv.doubts[:_MOST_DOUBTS]:
        line = marks.get(doubt, doubt.line)
        console.print(text(f"  line {line}: {doubt.message}", "yellow"), soft_wrap=True)
    if len(cv.doubts) > _MOST_DOUBTS:
        console.print(text(f"  and {len(cv.doubts) - _MOST_DOUBTS} more", "dim"))


def _marks(cv: Cv, written: str) -> dict[Doubt, int]:
    """Return the lines of `written` with the mark of each doubt; those of a text are in order."""
    lines = [(n, line) for n, line in enumerate(written.splitlines(), 1) if CHECK in line]
    found = {}
    for doubt in sorted(cv.doubts, key=lambda doubt: doubt.line):
        mark = check_mark(doubt.message)
        for place, (number, line) in enumerate(lines):
            if line == mark:
                found[doubt] = number
                del lines[place]
                break
    return found


def imported_data(cv: Cv, files: list[str]) -> dict[str, object]:
    """Return the same as plain data, with the files that were written."""
    return {
        "files": files,
        "source": cv.source,
        "name": cv.name,
        "found": dict(what_was_found(cv)),
        "unplaced": [{"line": b.line, "text": b.text.plain} for b in cv.unplaced],
        "warnings": list(cv.warnings),
        "check": [
            {"line": d.line, "field": d.field, "message": d.message, "confidence": d.confidence}
            for d in cv.doubts
        ],
    }


def what_was_found(cv: Cv) -> list[tuple[str, int]]:
    """Return names in the plural with their numbers, in the same order for every CV.

    Each entry counts once, and each line once: as a bullet where it belongs to an
    entry, else by its section; lines of skills and languages by what they list.
    """
    counts: Counter[str] = Counter()
    for section in cv.sections:
        counts[_ENTRIES.get(section.kind, "other entries")] += len(section.entries)
        if section.kind not in _LISTS:
            counts[_LINES.get(section.kind, "other lines")] += len(section.bullets)
    entries, (summary, *lines) = _ENTRIES.values(), _LINES.values()
    return [
        ("contacts", len(cv.contacts)),
        *((name, counts[name]) for name in (summary, *entries, "other entries")),
        ("bullets", sum(len(entry.bullets) for entry in cv.entries)),
        ("skills", len(cv.skills)),
        ("languages", len(cv.languages)),
        *((name, counts[name]) for name in (*lines, "other lines")),
        ("unplaced", len(cv.unplaced)),
    ]
