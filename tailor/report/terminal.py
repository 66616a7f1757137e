"""What was chosen and why, for people who look at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tailor.cleaning import clean_text
from tailor.composition import format_period, format_title
from tailor.evidence import Evidence
from tailor.matching import Match
from tailor.tailored import ChosenEntry, ChosenLine, ChosenSection, TailoredCv
from tailor.verified import Verified

_WORDS_SHOWN = 4
_PAIRS_SHOWN = 2


def print_report(console: Console, resume: TailoredCv, verified: Verified | None = None) -> None:
    """Print the posting, its requirements with their evidence, and the kept lines by role.

    `verified` tells how LibreOffice laid the pages out, where that was asked for.
    """
    posting = resume.match.posting
    named = " · ".join(part for part in (posting.title, posting.company, posting.place) if part)
    console.print(_text(named or posting.source, "bold"))
    console.print(_requirements(resume.match))
    for section in resume.sections:
        console.print(Group(*_section(section, resume.match)))
    console.print(_left_out(resume))
    kept = sum(len(line.kept) for line in resume.chosen_lines())
    console.print(_text(f"{kept} statements kept, {len(resume.dropped)} left out", "dim"))
    console.print(_text(_pages(resume.pages, resume.fill), "dim"))
    if fonts := resume.design.look.unknown_fonts:
        names = ", ".join(fonts)
        note = f"The pages are an estimate: the widths of the letters of {names} are not known."
        console.print(_text(note, "yellow"))
    if verified:
        console.print(_verified(verified))


def _pages(pages: int, fill: float) -> str:
    return f"{'1 page' if pages == 1 else f'{pages} pages'}, the last {fill:.0%} full"


def _verified(verified: Verified) -> Text:
    """What LibreOffice made of the pages, and in what the estimate differs."""
    estimated, found = verified.estimated, verified.found
    told = f"LibreOffice: {_pages(found.pages, found.fill)}"
    if verified.font:
        drawn = ", ".join(verified.fonts)
        told += f"; but it has no {verified.font} nor a font as wide, and drew with {drawn}"
    if not verified.agrees:
        pages = "1 page" if estimated.pages == 1 else f"{estimated.pages} pages"
        told += f"; the estimate was {pages}"
    elif estimated.lines != found.lines:
        told += f"; {found.lines} lines of {estimated.lines} estimated"
    else:
        told += "; as estimated"
    return _text(told, "dim" if verified.agrees and not verified.font else "yellow")


def _requirements(match: Match) -> Table:
    found = {r.id: match.best_evidence(r) for r in match.requirements}
    answered = sum(evidence is not None for evidence in found.values())
    table = Table(
        title=f"Asked for: {len(found)}, with evidence in the CV: {answered}",
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1, 0, 0),
        expand=True,
    )
    table.add_column("", width=1)
    table.add_column("asks for", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("kind", width=9)
    table.add_column("answered by", ratio=2, no_wrap=True, overflow="ellipsis")
    for requirement in match.requirements:
        evidence = found[requirement.id]
        style = "" if evidence else "dim"
        table.add_row(
            _text("✓" if evidence else "·", "green" if evidence else "dim"),
            _text(requirement.text, style),
            _text(requirement.kind.value, "dim"),
            _text(_words(evidence) if evidence else "no evidence in your CV", style),
        )
    return table


def _left_out(resume: TailoredCv) -> RenderableType:
    """Every line that is not on the page, on one line each, with the reason."""
    if not resume.dropped:
        return Text()
    table = Table(
        title="\nLeft out",
        title_justify="left",
        title_style="bold blue",
        box=None,
        padding=(0, 1, 0, 0),
        show_header=False,
        expand=True,
    )
    table.add_column(width=9, no_wrap=True)
    table.add_column(ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=2, no_wrap=True, overflow="ellipsis")
    for dropped in resume.dropped:
        table.add_row(*(_text(cell, "dim") for cell in (dropped.id, dropped.text, dropped.reason)))
    return table


def _section(chosen: ChosenSection, match: Match) -> Iterator[RenderableType]:
    yield Text()
    yield _text(chosen.section.heading, "bold blue")
    for line in chosen.lines:
        yield _line(line, match)
    for entry in chosen.entries:
        yield _entry_head(entry)
        for line in entry.lines:
            yield _line(line, match)


def _entry_head(chosen: ChosenEntry) -> Text:
    entry = chosen.entry
    parts = (format_title(entry), entry.organisation, format_period(entry.period))
    of = sum(len(bullet.statements) for bullet in entry.bullets)
    kept = sum(len(line.kept) for line in chosen.lines)
    head = _text(", ".join(part for part in parts if part), "bold")
    return head.append(f"  kept {kept} of {of}", "dim")


def _line(line: ChosenLine, match: Match) -> Table:
    """One kept line: its best score, its id, its words and what they answer."""
    best_id = max((s.id for s in line.kept), key=lambda text_id: match.scores[text_id].total)
    best = match.scores[best_id]
    table = Table.grid(padding=(0, 1))
    table.add_column(width=5, justify="right")
    table.add_column(width=8, no_wrap=True)
    table.add_column(ratio=1)
    answers = ", ".join(dict.fromkeys(e.requirement for e in best.evidence))
    words = _text(line.text.plain)
    if answers:
        words.append(f"  answers {answers}", "green")
    elif topics := match.topics(best_id):
        words.append(f"  about {topics[0].name}: {', '.join(topics[0].words)}", "dim")
    elif near := _near(best_id, match):
        words.append(f"  near: {near}", "dim")
    table.add_row(_text(f"{best.total:.3f}", "cyan"), _text(line.bullet.id, "dim"), words)
    return table


def _near(text_id: str, match: Match) -> str:
    """Return the two pairs of words that bring a line nearest to a requirement."""
    score = match.scores[text_id]
    if not score.related or not score.relations:
        return ""
    pairs = match.pairs(text_id, score.relations[0])[:_PAIRS_SHOWN]
    return ", ".join(f"{word} – {near}" for word, near, _ in pairs)


def _words(evidence: Evidence) -> str:
    words = ", ".join(word for word, _ in evidence.words[:_WORDS_SHOWN])
    return f"{words} ({evidence.topic})" if evidence.topic else words


def _text(words: str, style: str = "") -> Text:
    """Text as it is: no markup is read in it, and no control code of it reaches the terminal."""
    return Text(clean_text(words), style)
