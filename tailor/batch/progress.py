"""What people see of a batch: how far it is, in a terminal, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import copy_context

from rich.console import Console
from rich.text import Text

from tailor.batch.own_status import STATUS_NAME
from tailor.batch.pairs import find_cvs, read_pairs
from tailor.batch.run import Result, Watch
from tailor.batch.source import read_items
from tailor.batch.store import is_address
from tailor.batch.values import Row, Status
from tailor.reading.files import STANDARD_INPUT
from tailor.values.cleaning import clean_text
from tailor.values.errors import TailorError

_OTHERS = {
    Status.INDEXED: "counted only",
    Status.DUPLICATE: "repeated another (--all writes these)",
    Status.FAILED: "failed (the index says why)",
}
_LINES_SHOWN = 5


@contextmanager
def shown_progress(console: Console, count: Callable[[], int | None]) -> Iterator[Watch | None]:
    """Yield what takes the rows and shows how far they are; None where nobody looks.

    Number, rate, failures, and, as soon as `count` has told how many there will be, a bar and
    the time left. Nothing waits for the counting.
    """
    if not console.is_terminal:
        yield None
        return
    from rich import progress as parts  # noqa: PLC0415

    columns = (
        parts.MofNCompleteColumn(),
        parts.TextColumn("applications"),
        parts.BarColumn(pulse_style="blue"),
        parts.TextColumn("{task.fields[rate]}"),
        parts.TimeElapsedColumn(),
        parts.TextColumn("left"),
        parts.TimeRemainingColumn(),
        parts.TextColumn("{task.fields[failures]}", style="yellow"),
    )
    with parts.Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=None, rate="", failures="")
        failures = 0
        seen: set[int] = set()

        def tell_total() -> None:
            with suppress(TailorError, OSError):  # the run says it better
                progress.update(bar, total=count())

        # In this context, so that the bounds of readers hold there too.
        run = copy_context().run
        threading.Thread(target=run, args=(tell_total,), daemon=True).start()

        def watch(row: Row) -> None:
            nonlocal failures
            is_new = row.number not in seen  # with --top the best are told a second time
            seen.add(row.number)
            failures += is_new and row.status is Status.FAILED
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(
                bar,
                advance=is_new,
                rate=f"{speed:.0f} a second" if speed else "",
                failures=f"{failures} failed" if failures else "",
            )

        yield watch


def count_applications(
    inputs: Sequence[str], cvs: Sequence[str], pairs: str | None, text_column: str | None
) -> int | None:
    """Return how many rows the index will have; None where only reading it all would tell.

    Raises TailorError as the run itself does, and OSError for what cannot be read.
    """
    if pairs is not None:
        return sum(1 for _ in read_pairs(pairs))
    # What is far away or comes in a stream is not read twice.
    if STANDARD_INPUT in inputs or any(map(is_address, inputs)):
        return None
    return sum(1 for _ in read_items(inputs, text_column=text_column)) * len(find_cvs(cvs))


def print_batch(console: Console, result: Result) -> None:
    """Print how many postings there were and what became of them."""
    counts, before = result.counts, result.before
    told = {"written": counts[Status.WRITTEN] - before, "written before, unchanged": before}
    told |= {words: counts[status] for status, words in _OTHERS.items()}
    parts = [f"{number} {words}" for words, number in told.items() if number]
    console.print(Text(f"{counts.total()} applications: {', '.join(parts) or 'none'}", "bold"))
    if unknown := result.index.unknown_statuses:
        where = f"{STATUS_NAME}, {'line' if len(unknown) == 1 else 'lines'} "
        where += ", ".join(map(str, unknown[:_LINES_SHOWN])) + ", …" * (len(unknown) > _LINES_SHOWN)
        console.print(Text(f"{where}: no application of this run is called so", "yellow"))
    if result.bugs:
        bugs = clean_text(f"There were bugs of tailor; please report {result.bugs}")
        console.print(Text(bugs, "red"))


def print_stopped(console: Console, result: Result | None) -> None:
    """Print how far a run was when it was stopped, and how it goes on; None if nothing was done."""
    if result is None:
        console.print("Stopped before anything was done.")
        return
    console.print("Stopped. Done until then, and in the index:")
    print_batch(console, result)
    console.print(Text(clean_text(f"{result.index.page}: the same command again does the rest")))


def batch_data(result: Result) -> dict[str, object]:
    """Return the files of the index, and how many rows of each status it has."""
    names = ("page", "table", "records", "gaps")
    return {
        "index": {name: str(getattr(result.index, name)) for name in names},
        "counts": {status.value: result.counts[status] for status in Status},
        "unchanged": result.before,
        "bugs": str(result.bugs) if result.bugs else None,
    }
