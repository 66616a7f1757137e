"""What was chosen and why, for a terminal of 80 columns or more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tailor.matching.answered import in_words
from tailor.matching.requirements import Kind
from tailor.report.explanation import AskedFor, Explanation, Line, Proof, Role, beginning, explain
from tailor.selection.application import Changes, Verified
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean_text

_WORDS_SHOWN = 4
# Columns for ids, and for numbers of requirements.
_WIDE, _NARROW = 10, 3
_GRADE_STYLE = {"strong": "green", "fair": "green", "weak": "yellow"}


def print_report(console: Console, resume: TailoredCv, verified: Verified | None = None) -> None:
    """Print what is asked for with its evidence, and what was kept and left out, and why.

    `verified` is how LibreOffice laid out the pages, where that was asked for.
    """
    explanation = explain(resume)
    posting = resume.match.posting
    named = " · ".join(part for part in (posting.title, posting.company, posting.place) if part)
    console.print(text(named or posting.source, "bold"))
    console.print(text(f"Answered: {in_words(explanation.answered)}"))
    console.print()
    console.print(Group(*_requirements(explanation), *_sections(explanation)))
    if explanation.missing:
        console.print(text("Asked for and nowhere in your CV: add only what is true.", "bold"))
        missing = _table(_NARROW)
        for asked in explanation.missing:
            _add(missing, f"{asked.number}", "", text(asked.text))
        console.print(missing)
        console.print()
    kept = sum(len(line.kept) for line in resume.chosen_lines())
    console.print(text(f"{kept} statements kept, {len(resume.dropped)} left out", "dim"))
    console.print(text(_pages(resume.pages, resume.fill), "dim"))
    if fonts := resume.design.look.unknown_fonts:
        names = ", ".join(fonts)
        note = f"The pages are an estimate: the widths of the letters of {names} are not known."
        console.print(text(note, "yellow"))
    if verified:
        console.print(_verified(verified))


def print_changes(console: Console, changes: Changes) -> None:
    """Print the lines that came and went since the file that was there before."""
    console.print()
    if not changes.before:
        console.print(text("No earlier file to compare with.", "bold"))
        return
    console.print(text(f"Since {changes.before}", "bold"))
    table = _table(_NARROW)
    for sign, lines, style in (("+", changes.added, "green"), ("-", changes.removed, "red")):
        for line in lines:
            table.add_row(text(sign, "dim"), "", text(line, style))
    console.print(table)
    if changes.moved:
        console.print(text(f"{_counted(changes.moved, 'line')} moved", "dim"))
    if not (changes.added or changes.removed or changes.moved):
        console.print(text("nothing changed", "dim"))


def text(words: str, style: str = "") -> Text:
    """Return `words` as they are: no markup is read in them, and no control code is kept."""
    return Text(clean_text(words), style)


def _pages(pages: int, fill: float) -> str:
    return f"{_counted(pages, 'page')}, the last {fill:.0%} full"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _verified(verified: Verified) -> Text:
    """Return how LibreOffice laid out the pages, and how the estimate differs from that."""
    estimated, found = verified.estimated, verified.found
    words = f"LibreOffice: {_pages(found.pages, found.fill)}"
    if verified.font:
        drawn = ", ".join(verified.fonts)
        words += f"; but it has no {verified.font} nor a font as wide, and drew with {drawn}"
    if not verified.agrees:
        words += f"; the estimate was {_counted(estimated.pages, 'page')}"
    elif estimated.lines != found.lines:
        words += f"; {found.lines} lines of {estimated.lines} estimated"
    else:
        words += "; as estimated"
    return text(words, "dim" if verified.agrees and not verified.font else "yellow")


def _requirements(explanation: Explanation) -> Iterator[RenderableType]:
    """Yield the requirements by weight, each with the line that answers it best."""
    texts = {line.id: line.text for role in explanation.roles for line in role.lines}
    texts |= {role.id: role.title for role in explanation.roles if role.id}
    yield text("Asked for, the most important first", "bold blue")
    table = _table(_NARROW)
    for asked in explanation.requirements:
        words = text(asked.text, "" if asked.proofs else "dim")
        if asked.kind is not Kind.DUTY:
            words.append(f"  ({asked.kind.value})", "dim")
        _add(table, f"{asked.number}", "✓" if asked.proofs else "·", words)
        _add(table, "", "", _proof(asked, texts))
    yield table
    yield Text()


def _proof(asked: AskedFor, texts: Mapping[str, str]) -> Text:
    best = asked.best
    if best is None:
        return text("no evidence in your CV", "dim")
    words = _evidence(best, texts)
    if asked.shown is None:
        words.append("  not on the page", "yellow")
    elif asked.shown != best:
        words.append(f"  on the page: {asked.shown.id}, {asked.shown.grade}", "yellow")
    return words


def _evidence(proof: Proof, texts: Mapping[str, str]) -> Text:
    words = text(f"{proof.grade}: ", _GRADE_STYLE[proof.grade])
    words.append(text(proof.by(_WORDS_SHOWN), "cyan")).append(f"  {proof.id} ", "dim")
    return words.append(beginning(texts.get(proof.id, ""), _WORDS_SHOWN), "dim")


def _sections(explanation: Explanation) -> Iterator[RenderableType]:
    """Yield the lines of the CV by section and role: those on the page, then those left out."""
    order = [s.id for line in explanation.resume.chosen_lines() for s in line.kept]
    places = {text_id: place for place, text_id in enumerate(order)}
    for heading, roles in groupby(explanation.roles, key=lambda role: role.section):
        yield text(heading or "…", "bold blue")
        for role in roles:
            if role.id:
                yield _head(role)
            if role.lines:
                yield _lines(role.lines, places)
        yield Text()
    if explanation.not_understood:
        yield text("Not understood", "bold blue")
        yield _lines(explanation.not_understood, places)
        yield Text()


def _head(role: Role) -> Text:
    named = ", ".join(part for part in (role.title, role.organisation, role.period) if part)
    if not role.kept:
        return text(named, "dim bold").append(f"  {role.id}  {role.reason}", "dim")
    head = text(named, "bold")
    if role.answers:
        head.append(f"  answers {', '.join(map(str, role.answers))}", "green")
    if role.lines:
        head.append(f"  kept {len(role.kept_lines)} of {len(role.lines)}", "dim")
    return head


def _lines(lines: Sequence[Line], places: Mapping[str, int]) -> Table:
    table = _table(_WIDE)
    for line in sorted(lines, key=lambda line: (not line.kept, places.get(line.statement, 0))):
        words = text(line.text, "" if line.kept else "dim")
        answers = line.answers and line.kept
        words.append(f"  {clean_text(line.reason)}", "green" if answers else "dim")
        _add(table, line.id, "✓" if line.kept else "·", words)
    return table


def _table(width: int) -> Table:
    """Return a table of ids or numbers of that width, signs, and words that stay beside them."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=width, no_wrap=True, justify="left" if width == _WIDE else "right")
    table.add_column(width=1)
    table.add_column(ratio=1)
    return table


def _add(table: Table, name: str, sign: str, words: Text) -> None:
    """Add a row; what was not chosen or answered has a pale sign."""
    table.add_row(text(name, "dim"), text(sign, "dim" if sign == "·" else "green"), words)
