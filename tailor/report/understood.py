"""A posting as it was understood: what each line is about, and the single things it asks for.

For a terminal of 80 columns or more, and as plain data. It needs no CV.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tailor.matching.ask import Ask, Importance
from tailor.matching.match import asks_of
from tailor.matching.requirements import Understood, understand
from tailor.values.cleaning import clean_text
from tailor.values.posting import Posting

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
    console.print(_counted(lines, asks))


def _rows(lines: Sequence[Understood], asks: Sequence[Ask]) -> Iterator[tuple[Text, Text, Text]]:
    signs = _signs(asks)
    for (part, asking), run in groupby(lines, lambda line: (line.part, bool(line.requirement))):
        own = list(run)
        if part == "heading":
            for line in own:
                yield Text(), Text(), Text(clean_text(line.text), "bold")
        elif not asking:
            for line in own[:_SHOWN]:
                yield Text(part, "dim"), Text("-", "dim"), _in_one_row(line.text)
            if len(own) > _SHOWN:
                yield (
                    Text(part, "dim"),
                    Text("-", "dim"),
                    Text(f"… {len(own) - _SHOWN} more", "dim"),
                )
        else:
            for line in own:
                yield from _asking(
                    line, [ask for ask in asks if ask.requirement == line.requirement], signs
                )


def _asking(
    line: Understood, asks: Sequence[Ask], signs: dict[str, str]
) -> Iterator[tuple[Text, Text, Text]]:
    """Yield the row of a line that asks, and one for each ask where it asks for several things."""
    bare = line.text.strip(" .,;").casefold()
    whole = [ask for ask in asks if len(asks) == 1 or ask.text.casefold() == bare][:1]
    kind = _kind(whole[0], signs) if whole else ""
    yield Text(line.part, "green"), Text(kind, "cyan"), Text(clean_text(line.text))
    for ask in asks:
        if ask not in whole:
            yield Text(), Text(_kind(ask, signs), "cyan"), Text("· " + clean_text(ask.text))


def _kind(ask: Ask, signs: dict[str, str]) -> str:
    """Return the kind of an ask, "+" where it is a plus, and the sign of its alternatives."""
    kind = _SHORT.get(ask.kind.value, ask.kind.value)
    plus = "+" if ask.importance is Importance.PREFERRED else ""
    return f"{kind}{plus} {signs[ask.group]}" if ask.group else f"{kind}{plus}"


def _signs(asks: Sequence[Ask]) -> dict[str, str]:
    """Return a letter, or a number behind one, for each group of alternatives."""
    groups = list(dict.fromkeys(ask.group for ask in asks if ask.group))
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        group: letters[index % len(letters)]
        + (str(index // len(letters)) if index >= len(letters) else "")
        for index, group in enumerate(groups)
    }


def _in_one_row(text: str) -> Text:
    return Text(clean_text(text), "dim", no_wrap=True, overflow="ellipsis")


def _counted(lines: Sequence[Understood], asks: Sequence[Ask]) -> Text:
    number = Counter(ask.importance for ask in asks)
    asking = len({line.requirement for line in lines if line.requirement})
    said = ", ".join(f"{number[one]} {one.value}" for one in Importance if number[one])
    return Text(
        f"{asking} of {len(lines)} lines ask, for {len(asks)} things: {said}."
        "\nA letter ties alternatives, + is a plus."
    )


def understood_data(posting: Posting) -> dict[str, object]:
    """Return the posting as it was understood, as plain data for JSON."""
    asks = asks_of(posting)
    return {
        "posting": {
            name: getattr(posting, name) for name in ("source", "title", "company", "place")
        },
        "lines": [
            {
                "line": line.line,
                "part": line.part,
                "text": line.text,
                "requirement": line.requirement or None,
            }
            for line in understand(posting)
        ],
        "asks": [
            {
                "text": ask.text,
                "kind": ask.kind.value,
                "importance": ask.importance.value,
                "requirement": ask.requirement,
                "group": ask.group,
            }
            for ask in asks
        ],
    }
