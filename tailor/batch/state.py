"""What a batch has done so far, in a database of SQLite in the folder of the batch.

What was recorded survives the end of the process at any moment, so a run that was cut off goes
on from there. The rows of a run are given in the order of the index, however many there are.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tailor.batch.values import Row, Status
from tailor.values.errors import OutputError

_NAME = "state.sqlite"
_FORM = 3
# What is lost at worst when the machine stops is done again, with the same bytes.
_SECONDS_BETWEEN_COMMITS = 0.5
# Of the rows that are shown, at least one of so many tells what failed, one what was repeated.
_APART = 10
_TABLES = """
CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# Of this run: what a row has of its own; the rest of it is kept once, in `done`.
_RUN = """
DROP VIEW IF EXISTS rows; DROP TABLE IF EXISTS told;
CREATE TABLE told (
    part INTEGER NOT NULL, worse REAL NOT NULL, number INTEGER PRIMARY KEY, key TEXT NOT NULL,
    own TEXT NOT NULL
);
CREATE INDEX by_fit ON told (part, worse, number);
CREATE VIEW rows AS
    SELECT part, worse, number, iif(record IS NULL, own, json_patch(record, own)) AS record
    FROM told LEFT JOIN done USING (key);
"""
_SELECT = "SELECT own, record FROM told LEFT JOIN done USING (key) "
# What two rows of one key may differ in.
_OWN = ("number", "posting", "cv", "status", "folder", "files", "same_as")
# What would speak to a terminal in which somebody looks at the index: controls, directions.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class State:
    """The rows of all runs into one folder by their keys, and those of this run by number.

    One run at a time: a second one gets an OutputError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._committed = time.monotonic()
        path = folder / _NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # nobody else's to read
            self._base = sqlite3.connect(path, timeout=0.0)
            self._begin()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise OutputError(
                    f"{folder.parent}: another run is writing there; wait for it, or choose "
                    "another folder"
                ) from error
            raise self._not_writable(error) from error
        except sqlite3.DatabaseError as error:
            raise OutputError(
                f"{path}: is damaged ({error}); delete it, and everything is done anew"
            ) from error
        except OSError as error:
            raise self._not_writable(error.strerror or error) from error

    def _begin(self) -> None:
        # Held until the end of the process, however it ends.
        self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute("BEGIN EXCLUSIVE")
        self._base.commit()
        self._base.executescript(_TABLES)
        if self._fact("form") not in {None, str(_FORM)}:
            self._base.executescript("DROP TABLE done;" + _TABLES)
        self.was_cut_off = self._fact("running") == "yes"
        self._base.executescript(_RUN)
        self._set("form", str(_FORM))
        self._set("running", "yes")
        self._base.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._set("running", "no")
            self._base.commit()
        finally:
            self._base.close()

    def find(self, key: str) -> Row | None:
        """Return the row that was recorded for `key`, None where there is none."""
        found = self._base.execute("SELECT record FROM done WHERE key = ?", (key,)).fetchone()
        return Row.from_record(json.loads(found[0])) if found else None

    def tell(self, row: Row) -> None:
        """Record a row of this run; one that may be found again also by its key."""
        record = row.to_record()
        own = record
        key = "" if row.status is Status.FAILED else row.key
        with self._told():
            if key:
                self._base.execute("REPLACE INTO done VALUES (?, ?)", (key, _as_line(record)))
                own = {name: record[name] for name in _OWN}
            self._base.execute(
                "REPLACE INTO told VALUES (?, ?, ?, ?, ?)", (*row.sort_key, key, _as_line(own))
            )
            now = time.monotonic()
            if now - self._committed > _SECONDS_BETWEEN_COMMITS:
                self._base.commit()
                self._committed = now

    def lines(self) -> Iterator[str]:
        """Yield the rows of this run as records in JSON, each on a line: in the index's order.

        What is answered best comes first, equals in the order of the input; rows without figures
        follow, failed ones last.
        """
        with self._told():
            self._base.commit()
        for record in self._records("ORDER BY part, worse, number"):
            yield _as_line(record)

    def _records(self, which: str, *values: int) -> Iterator[dict[str, Any]]:
        for own, record in self._base.execute(_SELECT + which, values):
            yield {**(json.loads(record) if record else {}), **json.loads(own)}

    def first_rows(self, most: int) -> list[Row]:
        """Return the rows that stand first in the index, no more than `most`.

        Some of those that repeat another, and of those that failed, are always among them.
        """
        which = "WHERE part = ? ORDER BY worse, number LIMIT ?"
        return [
            Row.from_record(record)
            for part, room in self._room(most).items()
            for record in self._records(which, part, room)
        ]

    def other_rows(self, most: int) -> Iterator[Row]:
        """Yield the rows that `first_rows` does not return, in the order of the index."""
        which = "WHERE part = ? ORDER BY worse, number LIMIT -1 OFFSET ?"
        for part, room in self._room(most).items():
            yield from map(Row.from_record, self._records(which, part, room))

    def _room(self, most: int) -> dict[int, int]:
        """Return how many rows of each part `first_rows` returns."""
        sql = "SELECT part, count(*) FROM told GROUP BY part"
        counts = dict.fromkeys(range(3), 0) | dict(self._base.execute(sql))
        room = {part: min(counts[part], most // _APART) for part in (1, 2)}
        for part in range(3):
            others = sum(rows for other, rows in room.items() if other != part)
            room[part] = min(counts[part], most - others)
        return dict(sorted(room.items()))

    def counts(self) -> Counter[Status]:
        """Return how many rows of this run have each status."""
        sql = "SELECT json_extract(own, '$.status'), count(*) FROM told GROUP BY 1"
        return Counter({Status(status): count for status, count in self._base.execute(sql)})

    def cvs(self) -> int:
        """Return how many CVs the rows of this run are of."""
        sql = "SELECT count(DISTINCT json_extract(own, '$.cv')) FROM told"
        return int(self._base.execute(sql).fetchone()[0])

    def _fact(self, name: str) -> str | None:
        found = self._base.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def _set(self, name: str, value: str) -> None:
        self._base.execute("REPLACE INTO facts VALUES (?, ?)", (name, value))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._not_writable(error) from error

    def _not_writable(self, why: object) -> OutputError:
        return OutputError(f"{self.folder}: cannot be written ({why}); choose another folder")


def scratch(table: str) -> sqlite3.Connection:
    """Return a database for what a run has to look up: no name, on disk as soon as it is large.

    It is gone when it is closed, or the process ends. `table` is the statement that makes it.
    """
    base = sqlite3.connect("", isolation_level=None)
    base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {table}")
    return base


def _as_line(record: dict[str, Any]) -> str:
    line = json.dumps(record, ensure_ascii=False)
    if not line.isascii():
        line = _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", line)
        try:
            line.encode()
        except UnicodeEncodeError:  # a file's name that is not UTF-8
            line = json.dumps(record)
    return line
