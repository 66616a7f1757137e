"""Postings put aside until it is their turn: in memory, or in a file that has no name."""

from __future__ import annotations

import json
from array import array
from dataclasses import astuple, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile

from tailor.batch.values import PostingItem
from tailor.values.limits import MEGABYTE

_IN_MEMORY = 100 * MEGABYTE


class Spool:
    """Keeps postings by number, from 0, if they are many on the disk of `folder`.

    The file is gone when it is closed, or the process ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115 - closed by `close`
        self._starts = array("Q", [0])

    def add(self, item: PostingItem) -> int:
        """Keep `item`; return its number."""
        fields = json.dumps((*astuple(replace(item, content=b""))[2:], item.name))
        head = fields.encode()
        self._file.seek(self._starts[-1])
        self._file.write(len(head).to_bytes(4) + head + item.content)
        self._starts.append(self._file.tell())
        return len(self._starts) - 2

    def get(self, number: int) -> PostingItem:
        """Return the posting that was kept under `number`."""
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        record = self._file.read(end - start)
        size = int.from_bytes(record[:4])
        *rest, name = json.loads(record[4 : 4 + size])
        return PostingItem(name, record[4 + size :], *rest)

    def close(self) -> None:
        """Forget all."""
        self._file.close()
