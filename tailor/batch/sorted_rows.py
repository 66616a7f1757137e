"""Rows in the order of the index, however many: on disk, with a few bytes each in memory."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile

from tailor.batch.rows import Record, from_record, to_record
from tailor.batch.values import Row, Status
from tailor.values.limits import MEGABYTE

_IN_MEMORY = 100 * MEGABYTE

# What would speak to a terminal in which somebody looks at the file: controls, directions.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class SortedRows:
    """Takes rows once, in any order; gives them by fit, as often as wanted.

    The best fit comes first, equals in the order of the input; rows without a fit follow, failed
    ones last. 40 bytes a row are held; the rows lie in a file without a name,
    on the disk of `folder`.
    """

    def __init__(self, rows: Iterable[Row], folder: Path | None = None) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115 - closed by `close`
        self.counts: Counter[Status] = Counter()
        self.cvs = 0
        try:
            self._order = self._take(rows)
        except BaseException:
            self.close()
            raise

    def _take(self, rows: Iterable[Row]) -> array[int]:
        starts, groups, fits, numbers = array("Q", [0]), array("B"), array("d"), array("q")
        cvs = set()
        for row in rows:
            record = to_record(row)
            line = _line(record)
            self._file.write(line)
            starts.append(starts[-1] + len(line))
            fit = record["fit"]
            groups.append(2 if row.status is Status.FAILED else fit is None)
            fits.append(-(fit or 0.0))
            numbers.append(row.number)
            self.counts[row.status] += 1
            cvs.add(row.cv)
        self.cvs = len(cvs)
        self._starts = starts
        return _order(groups, fits, numbers)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Row]:
        return map(from_record, map(json.loads, self.lines()))

    def lines(self) -> Iterator[str]:
        """Yield each row as its record in JSON, in the same order."""
        for place in self._order:
            start = self._starts[place]
            self._file.seek(start)
            yield self._file.read(self._starts[place + 1] - start).decode()

    def close(self) -> None:
        """Forget all."""
        self._file.close()


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _line(record: Record) -> bytes:
    try:
        return _UNSEEN.sub(_escaped, json.dumps(record, ensure_ascii=False)).encode()
    except UnicodeEncodeError:  # a file's name that is not UTF-8
        return json.dumps(record).encode()


def _order(groups: array[int], fits: array[float], numbers: array[int]) -> array[int]:
    import numpy as np  # noqa: PLC0415 - each step imports what it needs

    order = np.lexsort((np.asarray(numbers), np.asarray(fits), np.asarray(groups)))
    return array("q", order.astype(np.int64).tobytes())
