"""What flows through a batch: a pair of CV and posting in, a row of the index out.

The keys say what a result depends on; by these a run knows what is done already.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from functools import cache, partial
from typing import Any

from tailor import __version__
from tailor.reading.files import Content, read_bytes
from tailor.reading.reader import posting_of
from tailor.values.limits import USUAL, Limits
from tailor.values.posting import Answered, Posting
from tailor.values.resources import all_files
from tailor.values.settings import NO_SETTINGS, Settings

EVIDENCE = "evidence.json"
_SUFFIX_LENGTH = 5
_content = cache(partial(read_bytes, what="template"))


@dataclass(frozen=True, slots=True)
class PostingItem:
    """One posting of a batch, not yet read: `name` is its file and the place in it (``a.csv:17``).

    `title`, `company`, `place` and `id` are what the source itself says beside the text, "" where
    it says nothing; they count more than what is found in the text. `error` says why there is no
    content, with the name and the way out; whoever handles the item reports it.
    """

    name: str
    content: bytes
    title: str = ""
    company: str = ""
    place: str = ""
    id: str = ""
    error: str = ""

    def read(self) -> Posting:
        """Return the posting, named as its source names it. Raises PostingError."""
        posting = posting_of(Content(self.name, self.content, "posting"))
        names = ("title", "company", "place")
        return replace(posting, **{n: getattr(self, n) or getattr(posting, n) for n in names})


@dataclass(frozen=True, slots=True)
class Task:
    """One application to be made: its place in the order of the input, from 0.

    `settings` are those of the file beside the posting; `same_as` is the name of the posting that
    it repeats, "" for none.
    """

    number: int
    cv: str
    posting: PostingItem
    settings: Settings = NO_SETTINGS
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is wanted of every application of a batch.

    `timeout`, in seconds, and `memory`, in megabytes, are what one posting may take; 0 sets no
    bound. Without `documents` postings are counted for the index only, without `repeats` those that
    ask for the same as an earlier one; `by_person` puts them into a folder of each person's.
    `settings` are overruled by nothing, and have no pins or drops; `limits` are the bounds of the
    readers.
    """

    documents: bool = True
    repeats: bool = False
    report: bool = True
    settings: Settings = NO_SETTINGS
    timeout: float = 0.0
    memory: int = 0
    by_person: bool = False
    force: bool = False
    limits: Limits = USUAL


class Status(StrEnum):
    """What became of a task."""

    WRITTEN = "written"  # documents lie in `folder`
    INDEXED = "indexed"  # counted only, as asked
    DUPLICATE = "duplicate"  # counted only, since `same_as` asks for the same
    FAILED = "failed"  # `error` says why


@dataclass(frozen=True, slots=True)
class Gap:
    """A named thing that a posting asks for and the CV lacks, and what the CV says of it."""

    text: str
    importance: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the index.

    `key` is the digest of all that the result depends on: the words of posting and CV, the
    options, the versions of program and models. `files` are names inside `folder`; `same_as`
    is the name of the posting that this one repeats.
    """

    number: int
    posting: str
    cv: str
    key: str
    status: Status
    title: str = ""
    company: str = ""
    place: str = ""
    answered: Answered | None = None
    pages: int = 0
    folder: str = ""
    files: tuple[str, ...] = ()
    same_as: str = ""
    error: str = ""
    gaps: tuple[Gap, ...] = ()

    @property
    def sort_key(self) -> tuple[int, float, int]:
        """The place in the index: by what is answered, then number; what was not counted last."""
        fit = self.answered.fit if self.answered else 0.0
        is_apart = self.status is Status.DUPLICATE or self.answered is None
        group = 2 if self.status is Status.FAILED else int(is_apart)
        return group, -fit, self.number

    def to_record(self) -> dict[str, Any]:
        """Return the row as a flat record of JSON; figures are None where nothing was counted."""
        record = asdict(self)
        record |= record.pop("answered") or dict.fromkeys(_FIGURES)
        return {name: record[name] for name in _RECORD}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Row:
        """Return the row that `to_record` made `record` of."""
        said = {name: record[name] for name in _RECORD}
        figures = {name: said.pop(name) for name in _FIGURES}
        said |= {
            "status": Status(said["status"]),
            "answered": None if figures["required"] is None else Answered(**figures),
            "files": tuple(said["files"]),
            "gaps": tuple(Gap(**gap) for gap in said["gaps"]),
        }
        return cls(**said)


_FIGURES = tuple(field.name for field in fields(Answered))
# The order in which a record has the fields of a row, with what was answered in its middle.
_RECORD = (
    *("number", "posting", "cv", "key", "status", "title", "company", "place"),
    *(*_FIGURES, "gaps", "pages", "folder", "files", "same_as", "error"),
)


def is_left_out(task: Task, choices: Choices) -> bool:
    """Return whether no documents are wanted of `task`, since an earlier one asks for the same."""
    return bool(task.same_as) and not choices.repeats


# Keys


def index_key(task: Task, cv: bytes) -> str:
    """Return the digest of what is counted for `task`; `cv` is the content of its CV."""
    posting = task.posting
    named = (posting.title, posting.company, posting.place)
    return _digest(program(), cv, posting.content, repr(named).encode())


def document_key(task: Task, cv: bytes, choices: Choices) -> str:
    """Return the digest of what is written for `task`."""
    template = choices.settings.template
    settings = replace(choices.settings, template="")  # what is in it counts, not its name
    wanted = (choices.report, choices.by_person, settings, task.settings)
    content = _content(template) if template else b""
    return _digest(index_key(task, cv).encode(), repr(wanted).encode(), content)


def folder_suffix(task: Task) -> str:
    """Return a few letters that tell the posting and its CV from others of the same name.

    They do not depend on the order of the input, nor on what the CV says.
    """
    cv = task.cv.replace("\\", "/").rpartition("/")[2]
    # A file's name need not be UTF-8.
    return _digest(task.posting.content, cv.encode("utf-8", "surrogatepass"))[:_SUFFIX_LENGTH]


@cache
def program() -> bytes:
    """Return the digest of the program's version and of all that it has learnt."""
    files = (part for name, content in all_files() for part in (name.encode(), content))
    return bytes.fromhex(_digest(__version__.encode(), *files))


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # The lengths keep the border between two parts from moving unseen.
        digest.update(f"{len(part)} ".encode())
        digest.update(part)
    return digest.hexdigest()
