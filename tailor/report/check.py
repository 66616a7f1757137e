"""What a check found, for a terminal of 80 columns or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from tailor.checking.findings import (
    RULES,
    Checked,
    Finding,
    Judged,
    Place,
    Provenance,
    Severity,
    Verdict,
)
from tailor.matching.answered import count_answered, in_words
from tailor.matching.match import Match
from tailor.reading.formats import Format
from tailor.report.answers import printed_table
from tailor.report.terminal import text
from tailor.selection.composition import format_period, format_title
from tailor.values.cv import Bullet, Cv, Entry, Section

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
    parts = [f"{faults} fault{'s' if faults > 1 else ''}"] if faults else []
    if lines:
        parts.append(f"{lines} line{'s' if lines > 1 else ''} changed, new, moved or missing")
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
        _grow(branch, section)
    if cv.unplaced:
        branch = tree.add(text("not understood", "yellow"))
        for bullet in cv.unplaced:
            branch.add(text(bullet.text.plain))
    return tree


def _grow(branch: Tree, section: Section) -> None:
    if section.items:
        branch.add(text("; ".join(section.items)))
    else:
        _add_lines(branch, section.bullets)
    for entry in section.entries:
        _add_lines(branch.add(_entry(entry)), entry.bullets)


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
        head.append(f"rule {finding.rule} ({RULES[finding.rule]})", "bold")
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
    summary = [f"{many} {s.value}{'s' if many > 1 else ''}" for s, many in counts if many]
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
