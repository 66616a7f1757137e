"""Time the state and the index of a batch at two sizes, and extrapolate to a million postings.

    PYTHONPATH=. python benchmarks/million.py [--sizes 5819 58190] [--count 200]

The first `--count` readable real postings are matched with the real CV, and their documents
written, as a batch does it. Their rows are then stored again and again under other names, numbers
and keys, up to each size, and the index is written: each size in a process of its own. Seconds are
processor time of that process, without waiting for the disk and what is loaded once; memory is the
most it held; a megabyte is a million bytes. The last row is the largest size in proportion.

That row says too much of the index, since only the first 100,000 rows come onto pages, and perhaps
too little of memory: what the CV lacks is held once for `gaps.csv`, copies ask for the same things,
and a million real postings would ask for more.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from tailor.batch.values import Choices, Row, Status

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
MILLION = 1_000_000
_SUFFIX_LENGTH = 5  # of a folder's name: what tells applications of one company and title apart
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """What `rows` rows take: processor seconds to store them and to write the index, and bytes.

    `sizes` are those of the state, ``index.jsonl`` and ``index.csv``.
    """

    rows: int
    stored: float
    written: float
    memory: int
    sizes: tuple[int, int, int]
    pages: int
    first_page: int


def matched(cv: Path, count: int) -> list[Row]:
    """Return the rows of the first `count` postings that can be read, as a batch makes them."""
    from tailor.batch.duplicates import Duplicates
    from tailor.batch.pairs import make_tasks
    from tailor.batch.source import read_items
    from tailor.batch.store import FolderStore
    from tailor.batch.worker import Chunk, work

    rows: list[Row] = []
    duplicates, content = Duplicates(), cv.read_bytes()
    items = read_items([str(SHARED / "postings/postings.jsonl.gz")])
    with tempfile.TemporaryDirectory() as folder:
        for task in make_tasks((item for item in items if not item.error), [str(cv)]):
            told = replace(task, same_as=duplicates.seen(task.posting))
            chunk = Chunk((told,), {told.cv: content})
            done = work(chunk, Choices(), FolderStore(Path(folder)), own_process=False)
            rows += [one.row for one in done if one.row.status is not Status.FAILED]
            if len(rows) == count:
                break
    return rows


def measured(rows: Sequence[Row], size: int) -> Measured:
    """Store `rows` again and again, `size` in all, in a fresh state, and write the index."""
    from tailor.batch.index import write_index
    from tailor.batch.run import STATE_FOLDER
    from tailor.batch.state import State

    if size > 1:
        measured(rows, 1)  # loads what is loaded once
    stored = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with State(folder / STATE_FOLDER) as state:
            for number, row in enumerate(islice(cycle(rows), size)):
                copy = renamed(row, number)
                start = time.process_time()
                state.tell(copy)
                stored += time.process_time() - start
            start = time.process_time()
            files = write_index(folder, state)
            written = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
        base = sum(file.stat().st_size for file in (folder / STATE_FOLDER).iterdir())
        records, table, page = (
            file.stat().st_size for file in (files.records, files.table, files.page)
        )
    pages = 1 + len(files.later)
    return Measured(size, stored, written, memory, (base, records, table), pages, page)


def renamed(row: Row, number: int) -> Row:
    """Return `row` as that of another posting; a state keeps what has the same key once."""
    name = f"postings.jsonl:{number + 1}"
    key = hashlib.sha256(name.encode()).hexdigest()
    folder = row.folder and row.folder[:-_SUFFIX_LENGTH] + key[:_SUFFIX_LENGTH]
    return replace(row, number=number, posting=name, key=key, folder=folder)


def alone(function: Callable[..., Result], *arguments: object) -> Result:
    """Return what `function` returns in a process of its own, begun anew.

    Linux counts the peak of whoever starts a process to that process, so the one that starts them
    loads nothing itself.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(function, *arguments).result()


def line(found: Measured) -> str:
    """Return the row of the table for one size."""
    times = (f"{seconds:.1f} s" for seconds in (found.stored, found.written))
    pages = f"{found.pages}, the first of {spelt(found.first_page)}"
    cells = (f"{found.rows:,}", *times, *map(spelt, (found.memory, *found.sizes)), pages)
    return f"| {' | '.join(cells)} |"


def extrapolated(found: Measured) -> str:
    """Return the row of the table for a million, as if all grew in proportion to the rows."""
    from tailor.batch.index import PAGES, SHOWN

    factor = MILLION / found.rows
    times = (f"{factor * seconds / 60:.0f} min" for seconds in (found.stored, found.written))
    sizes = (spelt(factor * size) for size in found.sizes)
    pages = f"{PAGES}, of the first {PAGES * SHOWN:,}"
    return f"| {' | '.join(('a million, extrapolated', *times, 'the same', *sizes, pages))} |"


def spelt(size: float) -> str:
    """Return a number of bytes in megabytes or gigabytes, with two digits at least."""
    size, unit = (size / 1e6, "MB") if size < 1e9 else (size / 1e9, "GB")
    return f"{size:.{0 if size >= 10 else 1}f} {unit}"


def exponent(small: Measured, large: Measured, time_of: Callable[[Measured], float]) -> float:
    """Return by which power of the rows a time grows between two sizes; 1 is linear."""
    return math.log(time_of(large) / time_of(small)) / math.log(large.rows / small.rows)


def main() -> None:
    """Print the table, and how the times grow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_819, 58_190])
    options = parser.parse_args()
    rows = alone(matched, options.cv, options.count)
    print("| rows | stored in the state | index written | memory | state ", end="")
    print("| `index.jsonl` | `index.csv` | pages |\n|---" + "|---:" * 6 + "|---|", flush=True)
    found = []
    for size in sorted(options.sizes):
        found.append(alone(measured, rows, size))
        print(line(found[-1]), flush=True)
    print(extrapolated(found[-1]))
    if len(found) > 1:
        stored = exponent(found[0], found[-1], lambda one: one.stored)
        written = exponent(found[0], found[-1], lambda one: one.written)
        print(f"\nExponents of the growth: stored {stored:.2f}, index {written:.2f}")


if __name__ == "__main__":
    main()
