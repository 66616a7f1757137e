"""What was chosen and why, for people who look at a terminal of 80 columns or more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from tailor.matching.answered import in_words
from tailor.matching.requirements import Kind
from tailor.report.explanation import AskedFor, Explanation, Line, Proof, Role, explain
from tailor.selection.application import Changes, Verified
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean_text

_WORDS_SHOWN = 4
# Columns for ids, and for numbers of requirements.
_WIDE, _NARROW = 10, 3
_GRADE_STYLE = {"strong": "green", "fair": "green", "weak": "yellow"}


def print_report(console: Console, resume: TailoredCv, verified: Verified | None = None) -> None:
    """Print what is asked for with its evidence, and by role what was kept and left out, and why.

    `verified` tells how LibreOffice laid the pages out, where that was asked for.
    """
    told = explain(resume)
    posting = resume.match.posting
    named = " · ".join(part for part in (posting.title, posting.company, posting.place) if part)
    console.print(_text(named or posting.source, "bold"))
    console.print(_text(f"Answered: {in_words(told.answered)}"))
    console.print()
    console.print(Group(*_asked_for(told), *_roles(told)))
    if told.missing:
        console.print(_text("Asked, and nowhere in your CV: add only what is true.", "bold"))
        for asked in told.missing:
            console.print(row(f"{asked.number}", "", _text(asked.text)))
        console.print()
    kept = sum(len(line.kept) for line in resume.chosen_lines())
    console.print(_text(f"{kept} statements kept, {len(resume.dropped)} left out", "dim"))
    console.print(_text(_pages(resume.pages, resume.fill), "dim"))
    if fonts := resume.design.look.unknown_fonts:
        names = ", ".join(fonts)
        note = f"The pages are an estimate: the widths of the letters of {names} are not known."
        console.print(_text(note, "yellow"))
    if verified:
        console.print(_verified(verified))


def print_changes(console: Console, changes: Changes) -> None:
    """Print the lines that came and went since the file that was there before."""
    console.print()
    if not changes.before:
        console.print(_text("No earlier file to compare with.", "bold"))
        return
    console.print(_text(f"Since {changes.before}", "bold"))
    for sign, lines, style in (("+", changes.added, "green"), ("-", changes.removed, "red")):
        for line in lines:
            console.print(row(sign, "", _text(line, style), style=style))
    if changes.moved:
        many = "1 line" if changes.moved == 1 else f"{changes.moved} lines"
        console.print(_text(f"{many} moved", "dim"))
    if not (changes.added or changes.removed or changes.moved):
        console.print(_text("nothing changed", "dim"))


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


def _asked_for(told: Explanation) -> Iterator[RenderableType]:
    """The requirements by weight, each with the line that answers it best."""
    texts = {line.id: line.text for role in told.roles for line in role.lines}
    texts |= {role.id: role.title for role in told.roles if role.id}
    yield _text("Asked for, what counts most first", "bold blue")
    for asked in told.requirements:
        words = _text(asked.text, "" if asked.proofs else "dim")
        if asked.kind is not Kind.DUTY:
            words.append(f"  ({asked.kind.value})", "dim")
        yield row(f"{asked.number}", "✓" if asked.proofs else "·", words)
        yield row("", "", _proof(asked, texts))
    yield Text()


def _proof(asked: AskedFor, texts: dict[str, str]) -> Text:
    best = asked.best
    if best is None:
        return _text("no evidence in your CV", "dim")
    found = _evidence(best, texts)
    if asked.shown is None:
        return found.append("  not on the page", "yellow")
    if asked.shown != best:
        return found.append(f"  on the page: {asked.shown.id}, {asked.shown.grade}", "yellow")
    return found


def _evidence(proof: Proof, texts: dict[str, str]) -> Text:
    words = ", ".join(proof.words[:_WORDS_SHOWN])
    by = f"{words} ({proof.topic})" if proof.topic else words
    found = _text(f"{proof.grade}: ", _GRADE_STYLE[proof.grade])
    found.append(clean_text(by), "cyan")
    return found.append(f"  {proof.id} ", "dim").append(_beginning(texts.get(proof.id, "")), "dim")


def _roles(told: Explanation) -> Iterator[RenderableType]:
    """The lines of the CV by section and role: those on the page, then those left out."""
    order = [s.id for line in told.resume.chosen_lines() for s in line.kept]
    places = {text_id: place for place, text_id in enumerate(order)}
    for heading, roles in groupby(told.roles, key=lambda role: role.section):
        yield _text(heading or "…", "bold blue")
        for role in roles:
            if role.id:
                yield _head(role)
            yield from _lines(role.lines, places)
        yield Text()
    if told.not_understood:
        yield _text("Not understood", "bold blue")
        yield from _lines(told.not_understood, places)
        yield Text()


def _head(role: Role) -> Text:
    named = ", ".join(part for part in (role.title, role.organisation, role.period) if part)
    if not role.kept:
        return _text(named, "dim bold").append(f"  {role.id}  {role.reason}", "dim")
    head = _text(named, "bold")
    if role.answers:
        head.append(f"  answers {', '.join(map(str, role.answers))}", "green")
    if role.lines:
        head.append(f"  kept {len(role.kept_lines)} of {len(role.lines)}", "dim")
    return head


def _lines(lines: Sequence[Line], places: dict[str, int]) -> Iterator[RenderableType]:
    kept = sorted(
        (line for line in lines if line.kept), key=lambda line: places.get(line.statement, 0)
    )
    for line in (*kept, *(line for line in lines if not line.kept)):
        style = "" if line.kept else "dim"
        words = _text(line.text, style)
        words.append(
            f"  {clean_text(line.reason)}", "green" if line.answers and line.kept else "dim"
        )
        yield row(line.id, "✓" if line.kept else "·", words, wide=True)


def row(name: str, sign: str, words: Text, *, wide: bool = False, style: str = "green") -> Row:
    """Return a line of the report; what was not chosen or answered has a pale sign."""
    signed = "dim" if sign == "·" else style
    return Row(_text(name, "dim"), _text(sign, signed), words, wide)


@dataclass(frozen=True, slots=True)
class Row:
    """A name, a sign, and words that stay beside them.

    It looks as a row of rich's tables does; a table for each, which measures its columns first,
    would take a tenth of the time of a whole application.
    """

    name: Text
    sign: Text
    words: Text
    wide: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield line for line; all but the first begin with room for name and sign."""
        width = _WIDE if self.wide else _NARROW
        self.name.truncate(width, overflow="ellipsis")
        missing = width - self.name.cell_len
        (self.name.pad_right if self.wide else self.name.pad_left)(missing)
        self.sign.pad_right(1 - self.sign.cell_len)
        # A blank, the sign, a blank.
        room = max(1, options.max_width - width - 3)
        empty = Text(" " * (width + 3))
        for number, line in enumerate(self.words.wrap(console, room, overflow="ellipsis")):
            line.pad_right(room - line.cell_len)
            before = empty if number else Text(" ").join([self.name, self.sign, Text()])
            yield from (before + line).render(console, end="\n")


def _beginning(text: str) -> str:
    words = clean_text(text).split()
    return " ".join(words[:_WORDS_SHOWN]) + ("…" if len(words) > _WORDS_SHOWN else "")


def _text(words: str, style: str = "") -> Text:
    """Text as it is: no markup is read in it, and no control code of it reaches the terminal."""
    return Text(clean_text(words), style)
