"""How far a batch is, for people who wait for it: in a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tailor.batch.run import Watch
from tailor.batch.values import Row, Status

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def shown_progress(console: Console) -> Iterator[Watch | None]:
    """Yield what takes the rows and shows their number, rate and failures; None where nobody looks.

    The number of postings is not known before the last is read, so the bar has no end.
    """
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.completed} postings"),
        BarColumn(pulse_style="blue"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[failures]}", style="yellow"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=None, rate="", failures="")
        failures = 0

        def watch(row: Row) -> None:
            nonlocal failures
            failures += row.status is Status.FAILED
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(
                bar,
                advance=1,
                rate=f"{speed:.0f} a second" if speed else "",
                failures=f"{failures} failed" if failures else "",
            )

        yield watch
