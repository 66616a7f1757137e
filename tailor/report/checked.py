"""What a check found, for people at a terminal of 80 columns or more, and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

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
from tailor.matching.answered import count_answered
from tailor.matching.match import Match
from tailor.reading.formats import Format
from tailor.selection.composition import format_period, format_title
from tailor.values.cleaning import clean_text
from tailor.values.cv import Bullet, Cv, Entry, Section

_PLACES_SHOWN = 3
_STYLE = {Severity.FAULT: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_IN_WORDS = {Verdict.VERBATIM: "unchanged", Verdict.STATEMENTS: "with statements left out"}
_WORD_STYLE = {"+": "green", "-": "red strike", "": ""}


def print_checked(console: Console, checked: Checked) -> None:
    """Print what is read as a tree, the rules broken, and what was asked for besides."""
    parts: list[RenderableType] = [_text(f"{checked.source}: {checked.form}", "bold")]
    if checked.cv is not None:
        parts.append(_tree(checked.cv))
    # Word shows no lines by number, and the lines of its page are others.
    unit = "paragraph" if checked.form == Format.DOCX.value else "line"
    parts += [Text(), *_findings(checked.findings, unit)]
    if checked.match is not None:
        parts += [Text(), *_answers(checked.match, unit)]
    if checked.provenance is not None:
        parts += [Text(), *_lines(checked.provenance, unit)]
    console.print(Group(*parts))


def not_passed(checked: Checked) -> str:
    """Return in one line why a file did not pass."""
    faults = sum(finding.severity is Severity.FAULT for finding in checked.findings)
    told = checked.provenance
    lines = len(told.strange) + len(told.missing) if told else 0
    parts = [f"{faults} fault{'s' if faults > 1 else ''}"] if faults else []
    if lines:
        parts.append(f"{lines} line{'s' if lines > 1 else ''} changed, new, moved or missing")
    return f"Not passed: {', '.join(parts)}"


def checked_data(checked: Checked) -> dict[str, object]:
    """Return all that was found as plain data; what was not asked for is not in it."""
    cv, match, told = checked.cv, checked.match, checked.provenance
    return {
        "file": checked.source,
        "form": checked.form,
        "passed": checked.passed,
        "read": _cv_data(cv) if cv else None,
        "findings": [
            {
                "rule": finding.rule,
                "name": RULES[finding.rule],
                "severity": finding.severity.value,
                "what": finding.what,
                "remedy": finding.remedy,
                "times": finding.times,
                "places": [asdict(place) for place in finding.places],
            }
            for finding in checked.findings
        ],
        **({"answers": _match_data(match)} if match else {}),
        **({"lines": _provenance_data(told)} if told else {}),
    }


def _tree(cv: Cv) -> Tree:
    tree = Tree(_text("What programs read", "bold blue"))
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
        branch = tree.add(_text("not understood", "yellow"))
        for bullet in cv.unplaced:
            branch.add(_text(bullet.text.plain))
    return tree


def _grow(branch: Tree, section: Section) -> None:
    if section.items:
        branch.add(_text("; ".join(section.items)))
    else:
        _add_lines(branch, section.bullets)
    for entry in section.entries:
        head = branch.add(_entry(entry))
        _add_lines(head, entry.bullets)


def _add_lines(branch: Tree, bullets: Iterable[Bullet]) -> None:
    for bullet in bullets:
        branch.add(_text(bullet.text.plain, "dim"))


def _entry(entry: Entry) -> Text:
    head = _text(format_title(entry) or "no title", "" if entry.title else "yellow")
    employer = ", ".join(part for part in (entry.organisation, entry.place) if part)
    head.append(" | ").append(_text(employer or "no employer", "" if employer else "yellow"))
    period = format_period(entry.period)
    return head.append(" | ").append(_text(period or "no dates", "" if period else "yellow"))


def _findings(findings: tuple[Finding, ...], unit: str) -> Iterator[RenderableType]:
    yield _text("Rules", "bold blue")
    if not findings:
        yield _text("none is broken", "green")
    order = list(Severity)
    for finding in sorted(findings, key=lambda f: (order.index(f.severity), f.rule)):
        head = _text(f"{finding.severity.value} ", _STYLE[finding.severity])
        head.append(f"rule {finding.rule} ({RULES[finding.rule]})", "bold")
        if finding.times > 1:
            head.append(f", {finding.times} times")
        yield head
        yield _indented(_text(finding.what))
        places = list(dict.fromkeys(filter(None, (_where(p, unit) for p in finding.places))))
        for words in places[:_PLACES_SHOWN]:
            yield _indented(_text(words, "dim"), 4)
        if len(places) > _PLACES_SHOWN:
            yield _indented(_text(f"and {len(places) - _PLACES_SHOWN} more", "dim"), 4)
        yield _indented(_text(f"→ {finding.remedy}"))
    counts = [(s, sum(f.severity is s for f in findings)) for s in Severity]
    told = [f"{many} {s.value}{'s' if many > 1 else ''}" for s, many in counts if many]
    if told:
        yield _text(", ".join(told), "bold")


def _where(place: Place, unit: str) -> str:
    parts = [
        f"page {place.page}" if place.page else "",
        f"{unit} {place.number}" if place.number else "",
    ]
    where = ", ".join(part for part in parts if part)
    return f"{where}: {place.words}" if where and place.words else where or place.words


def _answers(match: Match, unit: str) -> Iterator[RenderableType]:
    answered = count_answered(match)
    posting = match.posting
    named = " · ".join(part for part in (posting.title, posting.company) if part)
    yield _text(f"Asked for by {named or posting.source}", "bold blue")
    words = f"{answered.required} of {answered.required_of} required"
    if answered.preferred_of:
        words += f", {answered.preferred} of {answered.preferred_of} preferred"
    yield _text(f"Answered: {words}")
    texts = _texts(match.cv)
    for requirement in sorted(match.requirements, key=lambda r: -r.weight):
        best = match.best_evidence(requirement)
        sign = _text("✓ ", "green") if best else _text("· ", "dim")
        yield sign.append(_text(requirement.text))
        if best is None:
            yield _indented(_text("no evidence", "dim"))
            continue
        shared = ", ".join(word for word, _ in best.words[:4])
        told = _text(shared, "cyan")
        if best.topic:
            told.append(_text(f" ({best.topic})", "cyan"))
        number, line = texts.get(best.answer, (0, ""))
        yield _indented(
            told.append(_text(f"  {unit} {number}: " if number else "  ", "dim")).append(
                _text(_short(line), "dim")
            )
        )


def _texts(cv: Cv) -> dict[str, tuple[int, str]]:
    found = {entry.id: (entry.line, entry.title) for entry in cv.entries}
    for bullet in cv.bullets():
        found[bullet.id] = (bullet.line, bullet.text.plain)
        found |= {s.id: (bullet.line, bullet.statement_text(s)) for s in bullet.statements}
    return found


def _lines(told: Provenance, unit: str) -> Iterator[RenderableType]:
    yield _text(f"Lines that are not those of {told.master}", "bold blue")
    counts = {v: sum(line.verdict is v for line in told.lines) for v in Verdict}
    for line in told.strange:
        head = _text(f"{line.verdict.value} ", "red")
        yield head.append(_text(_where(Place(line.place.number, "", line.place.page), unit), "dim"))
        yield _indented(_marked(line))
        if line.why:
            yield _indented(_text(line.why, "yellow"))
        if line.sources and line.verdict is not Verdict.MISPLACED:
            numbers = " and ".join(map(str, line.sources))
            plural = "s" if len(line.sources) > 1 else ""
            yield _indented(_text(f"line{plural} {numbers} of the master CV", "dim"))
    for gap in told.missing:
        head = _text("missing ", "red")
        yield head.append(_text(gap.text))
    if not told.strange and not told.missing:
        yield _text("none: every line is the master CV's", "green")
    summary = [f"{many} {_IN_WORDS.get(v, v.value)}" for v, many in counts.items() if many]
    if told.missing:
        summary.append(f"{len(told.missing)} missing")
    yield _text(", ".join(summary), "bold")


def _marked(line: Judged) -> Text:
    """The words of a line, those that came and went in their colours and with their signs."""
    if not line.difference:
        return _text(line.text)
    found = Text()
    for number, word in enumerate(line.difference):
        signed = f"[{word.sign}{clean_text(word.text)}]" if word.sign else clean_text(word.text)
        found.append(" " if number else "").append(signed, _WORD_STYLE[word.sign])
    return found


def _cv_data(cv: Cv) -> dict[str, object]:
    return {
        "name": cv.name,
        "headline": cv.headline,
        "contacts": [{"kind": c.kind.value, "text": c.text} for c in cv.contacts],
        "nationality": cv.nationality,
        "sections": [
            {
                "kind": section.kind.value,
                "heading": section.heading,
                "items": list(section.items),
                "lines": [bullet.text.plain for bullet in section.bullets],
                "entries": [
                    {
                        "title": format_title(entry),
                        "organisation": entry.organisation,
                        "place": entry.place,
                        "dates": format_period(entry.period),
                        "lines": [bullet.text.plain for bullet in entry.bullets],
                    }
                    for entry in section.entries
                ],
            }
            for section in cv.sections
        ],
        "not_understood": [bullet.text.plain for bullet in cv.unplaced],
    }


def _match_data(match: Match) -> dict[str, object]:
    answered = count_answered(match)
    texts = _texts(match.cv)
    found = []
    for requirement in match.requirements:
        best = match.best_evidence(requirement)
        number, line = texts.get(best.answer, (0, "")) if best else (0, "")
        found.append(
            {
                "text": requirement.text,
                "kind": requirement.kind.value,
                "weight": requirement.weight,
                "words": [word for word, _ in best.words] if best else [],
                "topic": best.topic if best else "",
                "line": number,
                "answer": line,
            }
        )
    return {
        "required": answered.required,
        "required_of": answered.required_of,
        "preferred": answered.preferred,
        "preferred_of": answered.preferred_of,
        "requirements": found,
    }


def _provenance_data(told: Provenance) -> dict[str, object]:
    return {
        "master": told.master,
        "judged": [
            {
                "place": asdict(line.place),
                "text": line.text,
                "verdict": line.verdict.value,
                "master": line.master,
                "master_lines": list(line.sources),
                "difference": [[word.sign, word.text] for word in line.difference],
                "why": line.why,
            }
            for line in told.lines
        ],
        "missing": [asdict(gap) for gap in told.missing],
    }


def _named(name: str, words: str) -> Text:
    return _text(f"{name}: ", "cyan").append(_text(words))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def _indented(text: Text, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def _text(words: str, style: str = "") -> Text:
    """Text as it is: no markup is read in it, and no control code of it reaches the terminal."""
    return Text(clean_text(words), style)
