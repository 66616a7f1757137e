"""Rows of the report on the terminal: as rich's tables print them."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from tailor.report.terminal import row
from tailor.values.cleaning import clean_text

WORDS = st.lists(
    st.sampled_from(["a", "word", "and", "配線", "Kubernetes-clusters", "é", "x" * 50, "👍🏽"]),
    max_size=20,
).map(" ".join)


def by_a_table(name: str, sign: str, words: Text, *, wide: bool, style: str) -> Table:
    """Return the same row as a table of its own."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=10 if wide else 3, no_wrap=True, justify="left" if wide else "right")
    table.add_column(width=1)
    table.add_column(ratio=1)
    signed = "dim" if sign == "·" else style
    table.add_row(Text(clean_text(name), "dim"), Text(sign, signed), words)
    return table


def printed(what: RenderableType, width: int, *, colours: bool) -> str:
    """Return what a terminal of this width is sent."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colours, color_system="truecolor" if colours else None
    )
    console.print(what)
    return out.getvalue()


@given(
    name=st.sampled_from(["", "1", "12", "1234", "biajqh.1", "bsdrql.12", "a very long name"]),
    sign=st.sampled_from(["", "✓", "·", "+", "-"]),
    words=WORDS,
    more=WORDS,
    wide=st.booleans(),
    width=st.integers(30, 120),
    colours=st.booleans(),
)
def test_rows_look_as_those_of_a_table(
    name: str, sign: str, words: str, more: str, *, wide: bool, width: int, colours: bool
) -> None:
    """Whatever the words and the terminal, a row has the columns and the blanks of a table's."""
    text = Text(words, "dim").append(f"  {more}", "green")
    ours = row(name, sign, text.copy(), wide=wide, style="red")
    table = by_a_table(name, sign, text, wide=wide, style="red")
    assert printed(ours, width, colours=colours) == printed(table, width, colours=colours)
