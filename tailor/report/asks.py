"""Every single thing a posting asks for, and what the CV has of it: a table, and as data."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tailor.matching.ask import Ask, AskKind, Importance, Status
from tailor.matching.match import Match
from tailor.report.data import Data
from tailor.report.terminal import text

_SIGNS = {
    Status.STATED: ("✓", "green"),
    Status.ALIAS: ("✓", "green"),
    Status.RELATED: ("~", "yellow"),
    Status.ABSENT: ("–", "dim"),
    Status.NOT_CHECKABLE: (" ", "dim"),
}
_HEADINGS = {
    Importance.REQUIRED: "Required",
    Importance.PREFERRED: "Preferred",
    Importance.MENTIONED: "Mentioned",
}
_KINDS = {AskKind.EXPERIENCE_YEARS: "years"}


def print_asks(console: Console, match: Match) -> None:
    """Print the asks by importance: a sign for the status, the ask, its kind, the best line.

    Alternatives share a letter, of which one is enough.
    """
    asks = match.asks
    letters = _letters(asks)
    for importance, heading in _HEADINGS.items():
        chosen = [ask for ask in asks if ask.importance is importance]
        if not chosen:
            continue
        console.print(text(heading, "bold"))
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=1)
        table.add_column(ratio=2)
        table.add_column(width=11)
        table.add_column(ratio=3)
        for ask in chosen:
            sign, style = _SIGNS[ask.status]
            kind = _KINDS.get(ask.kind, ask.kind.value)
            letter = letters.get(ask.group or "", "")
            table.add_row(
                text(sign, style),
                text(ask.text),
                text(" ".join(part for part in (kind, letter) if part), "dim"),
                text(_shown(ask), "" if ask.status.is_had else "dim"),
            )
        console.print(table)
        console.print()


def asks_data(match: Match) -> list[Data]:
    """Return the asks as plain data for JSON."""
    return [
        {
            "text": ask.text,
            "kind": ask.kind.value,
            "importance": ask.importance.value,
            "requirement": ask.requirement,
            "group": ask.group,
            "status": ask.status.value,
            "lines": list(ask.line_ids),
        }
        for ask in match.asks
    ]


def _shown(ask: Ask) -> str:
    if ask.status is Status.ABSENT:
        return "not in your CV"
    if ask.status is Status.NOT_CHECKABLE:
        return ""
    line = ask.lines[0] if ask.lines else ""
    return f"near: {line}" if ask.status is Status.RELATED else line


def _letters(asks: Sequence[Ask]) -> dict[str, str]:
    """Return a letter for each group of alternatives, in their order."""
    groups = dict.fromkeys(ask.group for ask in asks if ask.group)
    return {
        group: chr(ord("A") + number) if number < 26 else f"#{number}"
        for number, group in enumerate(groups)
    }
