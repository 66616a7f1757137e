"""Which CV goes with which posting: one CV, all of many, or a table of pairs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from tailor.batch.record import Rows
from tailor.batch.state import scratch
from tailor.batch.values import PostingItem, Task
from tailor.values.errors import CvError, PostingError, TailorError

CV_FORMATS: Final = (
    *(".md", ".markdown", ".txt", ".text", ".docx", ".pdf"),
    *(".yaml", ".yml", ".json", ".zip"),
)
_TABLE = "CREATE TABLE kept (number INTEGER PRIMARY KEY, fields TEXT, content BLOB)"


def make_tasks(
    items: Iterable[PostingItem], cvs: Sequence[str], pairs: str | None = None
) -> Iterator[Task]:
    """Yield the applications to be made, numbered from 0.

    `cvs` are files and folders of CVs. Without `pairs` each posting goes with each CV, a posting
    with all its CVs before the next one is asked for. `pairs` is a CSV file with the columns
    ``cv`` and ``posting``: its rows, in their order. A name there may be the whole name, the end
    of a path, without its ending, or a posting's id, if only one is meant by it. What must wait
    lies in a database, so memory does not grow with it.

    Raises CvError at once if there is no CV, TailorError with the line for a pair that names
    something unknown; a posting that no pair names is left out.
    """
    found = find_cvs(cvs)
    if pairs is not None:
        return _paired(items, found, list(read_pairs(pairs)))
    each = ((item, cv) for item in items for cv in found)
    return (Task(number, cv, item) for number, (item, cv) in enumerate(each))


def find_cvs(cvs: Sequence[str]) -> list[str]:
    """Return the CVs that `cvs` name, each once: files in their order, a folder's sorted and deep.

    Raises CvError for one that is not there and for a folder without CVs.
    """
    found: dict[str, None] = {}
    for given in cvs:
        path = Path(given)
        if not path.is_dir():
            if not path.exists():
                raise CvError(f"{given}: no such file; check the path of the CV")
            found[given] = None
            continue
        inside = [below for below in sorted(path.rglob("*")) if _is_cv(below, path)]
        if not inside:
            raise CvError(f"{given}: no CV in this folder ({', '.join(CV_FORMATS)}); check it")
        found.update(dict.fromkeys(below.as_posix() for below in inside))
    if not found:
        raise CvError("no CV is named; give one with --cv")
    return list(found)


def _is_cv(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in CV_FORMATS and path.is_file()


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row of the table: its place for messages, and the two names."""

    place: str
    cv: str
    posting: str


def _paired(
    items: Iterable[PostingItem], cvs: Sequence[str], pairs: Sequence[_Pair]
) -> Iterator[Task]:
    """Yield the pairs in the table's order, which need not be that of the postings."""
    cv_names = _Names(cvs)
    named_cvs = [cvs[cv_names.find(pair.cv, pair.place, "CV")] for pair in pairs]
    wanted = {pair.posting for pair in pairs}
    names = _Names()
    # Only the postings that some pair may mean are kept, and those not in memory.
    with closing(scratch(_TABLE)) as base:
        for index, item in enumerate(items):
            keys = _keys(item.name, item.id)
            if not wanted.isdisjoint(keys):
                names.add(keys, index)
                fields = json.dumps(astuple(replace(item, content=b"")), default=lambda _: None)
                base.execute("INSERT INTO kept VALUES (?, ?, ?)", (index, fields, item.content))
        found = [names.find(pair.posting, pair.place, "posting") for pair in pairs]
        for number, (cv, index) in enumerate(zip(named_cvs, found, strict=True)):
            sql = "SELECT fields, content FROM kept WHERE number = ?"
            fields, content = base.execute(sql, (index,)).fetchone()
            name, _, *rest = json.loads(fields)
            yield Task(number, cv, PostingItem(name, content, *rest))


class _Names:
    """What each name stands for: an index, as long as only one thing has the name."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._known: dict[str, int | None] = {}
        self._whole: dict[str, int] = {}
        for index, name in enumerate(names):
            self.add(_keys(name), index)

    def add(self, keys: Sequence[str], index: int) -> None:
        self._whole.setdefault(keys[0], index)
        for key in keys:
            self._known[key] = None if key in self._known else index

    def find(self, name: str, place: str, what: str) -> int:
        """Return what `name` stands for; raise TailorError if that is nothing or not clear."""
        if name in self._whole:
            return self._whole[name]
        error = CvError if what == "CV" else PostingError
        if name not in self._known:
            raise error(f'{place}: no {what} is called "{name}"; check the name')
        index = self._known[name]
        if index is None:
            raise error(f'{place}: more than one {what} is called "{name}"; give more of its path')
        return index


def _keys(name: str, identity: str = "") -> list[str]:
    """Return what the thing called `name` may be called: first its whole name, each once."""
    parts = PurePosixPath(Path(name).as_posix()).parts
    ends = ["/".join(parts[start:]) for start in range(len(parts))]
    last = PurePosixPath(ends[-1])
    keys = (name, *ends, *(end.removesuffix(last.suffix) for end in ends))
    return list(dict.fromkeys([*keys, identity] if identity else keys))


def read_pairs(table: str) -> Iterator[_Pair]:
    """Yield the rows of the table of pairs. Raises TailorError."""
    try:
        with Path(table).open("rb") as stream:
            rows = Rows(stream)
            columns = [cell.strip().lower() for cell in next(iter(rows), None) or ()]
            if not {"cv", "posting"} <= set(columns):
                wanted = 'needs the columns "cv" and "posting"; the header is not so'
                raise TailorError(f"{table}:1: {wanted}")
            for cells in rows:
                place = f"{table}:{rows.number}"
                if cells is None:
                    raise TailorError(f"{place}: {rows.reason}; mend the line")
                said = dict(zip(columns, map(str.strip, cells), strict=False))
                if cells and not (said.get("cv") and said.get("posting")):
                    raise TailorError(f"{place}: needs a CV and a posting; fill in both")
                if cells:
                    yield _Pair(place, said["cv"], said["posting"])
    except OSError as error:
        raise TailorError(f"{table}: cannot be read ({error.strerror}); check the path") from error
    except PostingError as error:  # of a table in no encoding that is read
        raise TailorError(f"{table}: {error}") from None
