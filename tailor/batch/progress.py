"""How far a batch is, for people who wait for it: in a terminal only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

from tailor.batch.run import Watch
from tailor.batch.values import Row, Status
from tailor.values.errors import TailorError

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def shown_progress(console: Console, count: Callable[[], int | None]) -> Iterator[Watch | None]:
    """Yield what takes the rows and shows how far they are; None where nobody looks.

    Number, rate, failures, and, as soon as `count` has told how many there will be, a bar and
    the time left. Nothing waits for the counting.
    """
    if not console.is_terminal:
        yield None
        return
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        MofNCompleteColumn(),
        TextColumn("applications"),
        BarColumn(pulse_style="blue"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}", style="yellow"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=None, rate="", failures="")
        failures = 0

        def tell_total() -> None:
            try:
                progress.update(bar, total=count())
            except (TailorError, OSError):
                return  # the run says it better

        # In this context, so that the bounds of readers hold there too.
        run = copy_context().run
        threading.Thread(target=run, args=(tell_total,), daemon=True).start()

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
