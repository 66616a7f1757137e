"""The index of rows that no run made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tailor.batch import index
from tailor.batch.state import State
from tailor.batch.values import Row


def write_index(
    folder: Path,
    rows: Iterable[Row],
    *,
    shown: int = index.SHOWN,
    pages: int = index.PAGES,
    force: bool = False,
) -> index.IndexFiles:
    """Write the index of `rows`, which come in any order, into `folder`."""
    with TemporaryDirectory() as elsewhere, State(Path(elsewhere)) as state:
        for row in rows:
            state.tell(row)
        return index.write_index(folder, state, shown=shown, pages=pages, force=force)
