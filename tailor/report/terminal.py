"""What was chosen and why, and how a posting was understood, on 80 columns or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_lowercase

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tailor.matching.answered import count_answered, in_words
from tailor.matching.ask import Ask, Importance
from tailor.matching.match import asks_of
from tailor.matching.requirements import Understood, understand
from tailor.report.answers import beginning, gaps, printed_table, skill_table
from tailor.report.explanation import Explanation, Line, Role, explain, left_for_room
from tailor.selection.tailored_cv import Application, Cause, Changes, TailoredCv, Verified
from tailor.values.cleaning import clean_text
from tailor.values.posting import Posting

_GAPS_SHOWN = 3
_LEFT_SHOWN = 3
_GAP_WORDS = 5
_ID_WIDTH = 10
_LABEL_WIDTH = 15


def print_summary(console: Console, application: Application, why: str) -> None:
    """Print in about ten lines what came of an application; `why` is the command that explains it.

    The job; how much of it the CV answers; the most important gaps; the best lines that found no
    room, each with what pins it; what may be read wrongly in the CV; the pages.
    """
    resume = application.resume
    console.print(_job(resume.match.posting))
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=_LABEL_WIDTH)
    table.add_column(ratio=1)
    table.add_row(text("In your CV"), text(in_words(count_answered(resume.match))))
    if lacking := gaps(skill_table(resume.match))[:_GAPS_SHOWN]:
        names = "; ".join(beginning(row.text, _GAP_WORDS) for row in lacking)
        table.add_row(text("Not in your CV", "yellow"), text(names))
    label = "No room for"
    for dropped in left_for_room(resume)[:_LEFT_SHOWN]:
        words = text(dropped.text)
        room = console.width - _LABEL_WIDTH - len(dropped.id) - len("  --pin ") - 1
        words.truncate(room, overflow="ellipsis", pad=True)
        table.add_row(text(label), words.append(f"  --pin {dropped.id}", "cyan"))
        label = ""
    for note in _notes(resume):
        table.add_row(text("Please check", "yellow"), note)
    table.add_row(text("Length"), text(_length(resume)))
    if application.same_text:
        same = f"the text is that of {application.same_text.name}"
        table.add_row(text("Please check", "yellow"), text(same))
    if application.verified:
        table.add_row(Text(), _verified(application.verified))
    console.print(table)
    # Not broken into lines, so that it can be copied.
    console.print(text("Why".ljust(_LABEL_WIDTH + 1)).append(why, "cyan"), soft_wrap=True)


def _length(resume: TailoredCv) -> str:
    """Return how many pages it is, and what is on them if not only what was chosen."""
    pages = counted(resume.pages, "page")
    left = sum(dropped.cause is Cause.NO_ROOM for dropped in resume.dropped)
    if left:
        pages += f", full: no room for {counted(left, 'line')} worth printing"
    elif filling := sum(gain.fills for gain in resume.gains):
        pages += f"; {counted(filling, 'line')} only to fill"
    elif not resume.dropped:
        pages += "; your whole CV answers this posting, nothing was left out"
    return pages


def _notes(resume: TailoredCv) -> Iterator[Text]:
    """Yield what may be wrong: in how the CV was read, and in the count of pages."""
    if doubts := resume.cv.doubts:
        first, *more = doubts
        told = f"line {first.line} of your CV: {first.message}"
        yield text(f"{told} (and {counted(len(more), 'more place')})" if more else told)
    if fonts := resume.design.look.unknown_fonts:
        yield text(f"the pages are an estimate: letter widths of {', '.join(fonts)} are not known")


def print_report(console: Console, resume: TailoredCv, *, ids: bool = False) -> None:
    """Print what is asked for and what the CV says of it, and what became of each line, and why.

    With `ids` each line has the id that ``--pin`` and ``--drop`` take.
    """
    explanation = explain(resume)
    console.print(_job(resume.match.posting))
    console.print(text(f"In your CV: {in_words(explanation.answered)}"))
    console.print()
    parts: list[RenderableType] = [
        text("What is asked for, and what your CV says", "bold blue"),
        *printed_table(resume.match),
        Text(),
        *_sections(explanation, ids=ids),
    ]
    console.print(Group(*parts))
    kept = sum(len(line.kept) for line in resume.chosen_lines())
    left = f"{len(resume.dropped)} left out" if resume.dropped else "nothing left out"
    told = f"{counted(kept, 'line')} kept, {left}; {counted(resume.pages, 'page')}"
    console.print(text(told, "dim"))
    for note in _notes(resume):
        console.print(note)


def _job(posting: Posting) -> Text:
    named = " · ".join(part for part in (posting.title, posting.company, posting.place) if part)
    return text(named or posting.source, "bold")


def print_changes(console: Console, changes: Changes) -> None:
    """Print the lines that came and went since the file that was there before."""
    console.print()
    if not changes.before:
        console.print(text("No earlier file to compare with.", "bold"))
        return
    console.print(text(f"Since {changes.before}", "bold"))
    table = _table(ids=False)
    for sign, lines, style in (("+", changes.added, "green"), ("-", changes.removed, "red")):
        for line in lines:
            table.add_row(text(sign, "dim"), text(line, style))
    console.print(table)
    if changes.moved:
        console.print(text(f"{counted(changes.moved, 'line')} moved", "dim"))
    if not (changes.added or changes.removed or changes.moved):
        console.print(text("nothing changed", "dim"))


def text(words: str, style: str = "") -> Text:
    """Return `words` as they are: no markup is read in them, and no control code is kept."""
    return Text(clean_text(words), style)


def counted(number: int, name: str) -> str:
    """Return ``1 line`` or ``2 lines``."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _verified(verified: Verified) -> Text:
    """Return how LibreOffice laid out the pages, and how the estimate differs from that."""
    estimated, found = verified.estimated, verified.found
    words = f"LibreOffice: {counted(found.pages, 'page')}"
    if verified.font:
        drawn = ", ".join(verified.fonts)
        words += f"; but it has no {verified.font} nor a font as wide, and drew with {drawn}"
    if not verified.agrees:
        words += f"; the estimate was {counted(estimated.pages, 'page')}"
    elif estimated.lines != found.lines:
        words += f"; {found.lines} lines of {estimated.lines} estimated"
    else:
        words += "; as estimated"
    return text(words, "dim" if verified.agrees and not verified.font else "yellow")


def _sections(explanation: Explanation, *, ids: bool) -> Iterator[RenderableType]:
    """Yield the lines of the CV by section and role: those on the page, then those left out."""
    order = [s.id for line in explanation.resume.chosen_lines() for s in line.kept]
    places = {text_id: place for place, text_id in enumerate(order)}
    yield text("Your CV, line by line", "bold blue")
    for heading, roles in groupby(explanation.roles, key=lambda role: role.section):
        yield text(heading or "…", "bold")
        for role in roles:
            if role.id:
                yield _head(role, ids=ids)
            if role.lines:
                yield _lines(role.lines, places, ids=ids)
        yield Text()
    if explanation.not_understood:
        yield text("Not understood", "bold")
        yield _lines(explanation.not_understood, places, ids=ids)
        yield Text()


def _head(role: Role, *, ids: bool) -> Text:
    named = ", ".join(part for part in (role.title, role.organisation, role.period) if part)
    head = text(named, "bold" if role.kept else "dim bold")
    if ids:
        head.append(f"  {role.id}", "dim")
    if not role.kept:
        return head.append(f"  left out: {role.reason}", "dim")
    if role.lines:
        head.append(f"  {len(role.kept_lines)} of {len(role.lines)} lines", "dim")
    return head


def _lines(lines: Sequence[Line], places: Mapping[str, int], *, ids: bool) -> Table:
    """Return a row for each line: what is on the page in its order, then what is not."""
    table = _table(ids=ids)
    table.columns[-1].ratio = 2
    table.add_column(ratio=1)
    for column in table.columns[-2:]:
        column.no_wrap, column.overflow = True, "ellipsis"
    for line in sorted(lines, key=lambda line: (not line.kept, places.get(line.statement, 0))):
        words = text(line.text, "" if line.kept else "dim")
        reason = text(line.reason, "green" if line.answers and line.kept else "dim")
        sign = text("✓", "green") if line.kept else text("–", "dim")
        table.add_row(*([text(line.id, "dim")] if ids else []), sign, words, reason)
    return table


def _table(*, ids: bool) -> Table:
    """Return a table of signs, and words that stay beside them; perhaps with ids before."""
    table = Table.grid(padding=(0, 1), expand=True)
    if ids:
        table.add_column(width=_ID_WIDTH, no_wrap=True)
    table.add_column(width=1)
    table.add_column(ratio=1)
    return table


# A posting as it was understood: what each line is about, and the single things it asks for.

_PART_WIDTH, _KIND_WIDTH = 9, 11
_YEARS = "experience_years"
_SHORT = {_YEARS: "years", "not_checkable": "trait"}
_SHOWN = 2  # of lines in a row that ask for nothing and are of one part


def print_understood(console: Console, posting: Posting) -> None:
    """Print the posting's names, then line by line its parts, and below each line its asks.

    Alternatives have a letter of their own; what is a plus is marked. Raises PostingError where
    the posting asks for nothing.
    """
    asks = asks_of(posting)
    lines = understand(posting)
    for label in ("title", "company", "place"):
        value = clean_text(getattr(posting, label)) or "(not said)"
        console.print(Text(f"{label:<{_PART_WIDTH}} ", "dim").append(value, "bold"))
    console.print()
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=_PART_WIDTH)
    table.add_column(width=_KIND_WIDTH)
    table.add_column(ratio=1)
    for row in _rows(lines, asks):
        table.add_row(*row)
    console.print(table)
    console.print()
    console.print(_sum_of(lines, asks))


def _rows(lines: Sequence[Understood], asks: Sequence[Ask]) -> Iterator[tuple[Text, Text, Text]]:
    signs = _signs(asks)
    for (part, asking), run in groupby(lines, lambda line: (line.part, bool(line.requirement))):
        own = list(run)
        if part == "heading":
            for line in own:
                yield Text(), Text(), text(line.text, "bold")
        elif asking:
            for line in own:
                of_line = [ask for ask in asks if ask.requirement == line.requirement]
                yield from _asking(line, of_line, signs)
        else:
            told = [line.text for line in own[:_SHOWN]]
            if len(own) > _SHOWN:
                told.append(f"… {len(own) - _SHOWN} more")
            for words in told:
                row = Text(clean_text(words), "dim", no_wrap=True, overflow="ellipsis")
                yield Text(part, "dim"), Text("-", "dim"), row


def _asking(
    line: Understood, asks: Sequence[Ask], signs: dict[str, str]
) -> Iterator[tuple[Text, Text, Text]]:
    """Yield the row of a line that asks, and one for each ask where it asks for several things."""
    bare = line.text.strip(" .,;").casefold()
    whole = [ask for ask in asks if len(asks) == 1 or ask.text.casefold() == bare][:1]
    kind = _kind(whole[0], signs) if whole else ""
    yield Text(line.part, "green"), Text(kind, "cyan"), text(line.text)
    for ask in asks:
        if ask not in whole:
            yield Text(), Text(_kind(ask, signs), "cyan"), text(f"· {ask.text}")


def _kind(ask: Ask, signs: dict[str, str]) -> str:
    """Return the kind of an ask, "+" where it is a plus, and the sign of its alternatives."""
    kind = _SHORT.get(ask.kind.value, ask.kind.value)
    plus = "+" if ask.importance is Importance.PREFERRED else ""
    return f"{kind}{plus} {signs[ask.group]}" if ask.group else f"{kind}{plus}"


def _signs(asks: Sequence[Ask]) -> dict[str, str]:
    """Return a letter, or a number behind one, for each group of alternatives."""
    groups = dict.fromkeys(ask.group for ask in asks if ask.group)
    rounds = (divmod(index, len(ascii_lowercase)) for index in range(len(groups)))
    signs = (f"{ascii_lowercase[place]}{number or ''}" for number, place in rounds)
    return dict(zip(groups, signs, strict=True))


def _sum_of(lines: Sequence[Understood], asks: Sequence[Ask]) -> Text:
    number = Counter(ask.importance for ask in asks)
    asking = len({line.requirement for line in lines if line.requirement})
    said = ", ".join(f"{number[one]} {one.value}" for one in Importance if number[one])
    return Text(
        f"{asking} of {len(lines)} lines ask, for {len(asks)} things: {said}."
        "\nA letter ties alternatives, + is a plus."
    )
