"""What came of a batch, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tailor.batch.run import Result
from tailor.batch.values import Status
from tailor.values.cleaning import clean_text

if TYPE_CHECKING:
    from rich.console import Console

_TOLD = {
    Status.WRITTEN: "written",
    Status.INDEXED: "counted only",
    Status.DUPLICATE: "repeated an earlier one",
    Status.FAILED: "failed (the index says why)",
}


def print_batch(console: Console, result: Result) -> None:
    """Print how many postings there were and what became of them."""
    counts = result.counts
    parts = [f"{counts[status]} {words}" for status, words in _TOLD.items() if counts[status]]
    console.print(Text(f"{counts.total()} applications: {', '.join(parts) or 'none'}", "bold"))
    if result.bugs:
        told = clean_text(f"There were bugs of tailor; please report {result.bugs}")
        console.print(Text(told, "red"))


def batch_data(result: Result) -> dict[str, object]:
    """Return the files of the index, and how many rows of each status it has."""
    index = result.index
    return {
        "index": {
            "page": str(index.page),
            "table": str(index.table),
            "records": str(index.records),
        },
        "counts": {status.value: result.counts[status] for status in Status},
        "bugs": str(result.bugs) if result.bugs else None,
    }
