"""What a check found, and what was found in a CV, for a terminal of 80 columns or more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from tailor.checking.findings import Checked, Finding, Judged, Place, Provenance, Severity, Verdict
from tailor.matching.answered import count_answered, in_words
from tailor.matching.match import Match
from tailor.reading.master.form import check_mark
from tailor.reading.reader import Format
from tailor.report.answers import printed_table
from tailor.report.terminal import counted, text
from tailor.selection.composition import format_period, format_title
from tailor.values.cv import Bullet, Cv, Doubt, Entry, SectionKind

_PLACES_SHOWN = 3
_STYLE = {Severity.FAULT: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_IN_WORDS = {Verdict.VERBATIM: "unchanged", Verdict.STATEMENTS: "with statements left out"}
_WORD_STYLE = {"+": "green", "-": "red strike", "": ""}


def print_checked(console: Console, checked: Checked) -> None:
    """Print what is read as a tree, the rules that are broken, and what else was asked for."""
    parts: list[RenderableType] = [text(f"{checked.source}: {checked.form}", "bold")]
    if checked.cv is not None:
        parts.append(_tree(checked.cv))
    # Word shows no lines by number, and the lines of its page are others.
    unit = "paragraph" if checked.form == Format.DOCX.value else "line"
    parts += [Text(), *_findings(checked.findings, unit)]
    if checked.match is not None:
        parts += [Text(), *_answers(checked.match)]
    if checked.provenance is not None:
        parts += [Text(), *_lines(checked.provenance, unit)]
    console.print(Group(*parts))


def not_passed(checked: Checked) -> str:
    """Return in one line why a file did not pass."""
    faults = sum(finding.severity is Severity.FAULT for finding in checked.findings)
    provenance = checked.provenance
    lines = len(provenance.strange) + len(provenance.missing) if provenance else 0
    parts = [counted(faults, "fault")] if faults else []
    if lines:
        parts.append(f"{counted(lines, 'line')} changed, new, moved or missing")
    return f"Not passed: {', '.join(parts)}"


def _tree(cv: Cv) -> Tree:
    tree = Tree(text("What programs read", "bold blue"))
    tree.add(_named("name", cv.name))
    if cv.headline:
        tree.add(_named("headline", cv.headline))
    for contact in cv.contacts:
        tree.add(_named(contact.kind.value, contact.text))
    if cv.nationality:
        tree.add(_named("nationality", cv.nationality))
    for section in cv.sections:
        branch = tree.add(_named(section.kind.value, section.heading or "without a heading"))
        if section.items:
            branch.add(text("; ".join(section.items)))
        else:
            _add_lines(branch, section.bullets)
        for entry in section.entries:
            _add_lines(branch.add(_entry(entry)), entry.bullets)
    if cv.unplaced:
        branch = tree.add(text("not understood", "yellow"))
        for bullet in cv.unplaced:
            branch.add(text(bullet.text.plain))
    return tree


def _add_lines(branch: Tree, bullets: Iterable[Bullet]) -> None:
    for bullet in bullets:
        branch.add(text(bullet.text.plain, "dim"))


def _entry(entry: Entry) -> Text:
    head = text(format_title(entry) or "no title", "" if entry.title else "yellow")
    employer = ", ".join(part for part in (entry.organisation, entry.place) if part)
    head.append(" | ").append(text(employer or "no employer", "" if employer else "yellow"))
    period = format_period(entry.period)
    return head.append(" | ").append(text(period or "no dates", "" if period else "yellow"))


def _findings(findings: tuple[Finding, ...], unit: str) -> Iterator[RenderableType]:
    yield text("Rules", "bold blue")
    if not findings:
        yield text("no rule is broken", "green")
    order = list(Severity)
    for finding in sorted(findings, key=lambda f: (order.index(f.severity), f.rule)):
        head = text(f"{finding.severity.value} ", _STYLE[finding.severity])
        head.append(f"rule {finding.rule} ({finding.name})", "bold")
        if finding.times > 1:
            head.append(f", {finding.times} times")
        yield head
        yield _indented(text(finding.what))
        places = list(dict.fromkeys(filter(None, (_where(p, unit) for p in finding.places))))
        for words in places[:_PLACES_SHOWN]:
            yield _indented(text(words, "dim"), 4)
        if len(places) > _PLACES_SHOWN:
            yield _indented(text(f"and {len(places) - _PLACES_SHOWN} more", "dim"), 4)
        yield _indented(text(f"→ {finding.remedy}"))
    counts = [(s, sum(f.severity is s for f in findings)) for s in Severity]
    summary = [counted(many, severity.value) for severity, many in counts if many]
    if summary:
        yield text(", ".join(summary), "bold")


def _where(place: Place, unit: str) -> str:
    parts = [
        f"page {place.page}" if place.page else "",
        f"{unit} {place.number}" if place.number else "",
    ]
    where = ", ".join(part for part in parts if part)
    return f"{where}: {place.words}" if where and place.words else where or place.words


def _answers(match: Match) -> Iterator[RenderableType]:
    posting = match.posting
    named = " · ".join(part for part in (posting.title, posting.company) if part)
    yield text(f"Asked for by {named or posting.source}", "bold blue")
    yield text(f"Answered: {in_words(count_answered(match))}")
    yield from printed_table(match)


def _lines(provenance: Provenance, unit: str) -> Iterator[RenderableType]:
    yield text(f"Lines that differ from {provenance.master}", "bold blue")
    for line in provenance.strange:
        head = text(f"{line.verdict.value} ", "red")
        place = Place(line.place.number, "", line.place.page)
        yield head.append(text(_where(place, unit), "dim"))
        yield _indented(_marked(line))
        if line.why:
            yield _indented(text(line.why, "yellow"))
        if line.sources and line.verdict is not Verdict.MISPLACED:
            numbers = " and ".join(map(str, line.sources))
            plural = "s" if len(line.sources) > 1 else ""
            yield _indented(text(f"line{plural} {numbers} of the master CV", "dim"))
    for gap in provenance.missing:
        yield text("missing ", "red").append(text(gap.text))
    if not provenance.strange and not provenance.missing:
        yield text("none: every line is from the master CV", "green")
    counts = Counter(line.verdict for line in provenance.lines)
    summary = [f"{counts[v]} {_IN_WORDS.get(v, v.value)}" for v in Verdict if counts[v]]
    if provenance.missing:
        summary.append(f"{len(provenance.missing)} missing")
    yield text(", ".join(summary), "bold")


def _marked(line: Judged) -> Text:
    """Return the words of a line; those added and removed have signs and colours."""
    if not line.difference:
        return text(line.text)
    found = Text()
    for number, word in enumerate(line.difference):
        signed = f"[{word.sign}{word.text}]" if word.sign else word.text
        found.append(" " if number else "").append(text(signed, _WORD_STYLE[word.sign]))
    return found


def _named(name: str, words: str) -> Text:
    return text(f"{name}: ", "cyan").append(text(words))


def _indented(text: Text, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


# What was found in a CV and what could not be placed, for people and for programs.

# The sections whose entries, or own lines, have a name of their own; the rest are others.
_ENTRIES = {
    SectionKind.EXPERIENCE: "positions",
    SectionKind.EDUCATION: "degrees",
    SectionKind.PROJECTS: "projects",
    SectionKind.VOLUNTEERING: "volunteer roles",
    SectionKind.ACHIEVEMENTS: "themes",
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
        many = counted(len(cv.unplaced), "line")
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
    places = counted(len(cv.doubts), "place")
    told = f"Please check {places}; each is marked in the file, take the mark out when it is right:"
    console.print(text(told, "yellow"), soft_wrap=True)
    for doubt in cv.doubts[:_MOST_DOUBTS]:
        line = marks.get(doubt, doubt.line)
        console.print(text(f"  line {line}: {doubt.message}", "yellow"), soft_wrap=True)
    if len(cv.doubts) > _MOST_DOUBTS:
        console.print(text(f"  and {len(cv.doubts) - _MOST_DOUBTS} more", "dim"))


def _marks(cv: Cv, written: str) -> dict[Doubt, int]:
    """Return the lines of `written` with the mark of each doubt; those of a text are in order."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(written.splitlines(), 1):
        numbers[line].append(number)
    found = {}
    for doubt in sorted(cv.doubts, key=lambda doubt: doubt.line):
        if left := numbers[check_mark(doubt.message)]:
            found[doubt] = left.pop(0)
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
        "check": [asdict(doubt) for doubt in cv.doubts],
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
