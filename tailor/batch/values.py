"""What flows through a batch: a pair of CV and posting in, a row of the index out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tailor.matching.answered import Answered
from tailor.values.limits import USUAL, Limits
from tailor.values.settings import NO_SETTINGS, Settings


@dataclass(frozen=True, slots=True)
class PostingItem:
    """One posting of a batch, not yet read: `name` is its file and the place in it (``a.csv:17``).

    `title`, `company`, `place` and `id` are what the source itself says beside the text, "" where
    it says nothing; they count more than what is found in the text. `error` says why there is no
    content, with the name and the way out; it is for whoever handles the item to report.
    """

    name: str
    content: bytes
    title: str = ""
    company: str = ""
    place: str = ""
    id: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One application to be made: its place in the order of the input, from 0.

    `settings` are those of the file beside the posting.
    """

    number: int
    cv: str
    posting: PostingItem
    settings: Settings = NO_SETTINGS


@dataclass(frozen=True, slots=True)
class Choices:
    """What is wanted of every application of a batch.

    `timeout`, in seconds, and `memory`, in megabytes, are what one posting may take; 0 sets no
    bound. Without `documents` postings are counted for the index only; `by_person` puts them into a
    folder of each person's. `limits` are the bounds of the readers.
    """

    documents: bool = True
    report: bool = True
    pages: int | None = None
    look: str = ""
    template: str = ""
    keep_headings: bool = False
    plain_hyphens: bool = False
    timeout: float = 0.0
    memory: int = 0
    by_person: bool = False
    force: bool = False
    limits: Limits = USUAL


class Status(StrEnum):
    """What became of a task."""

    WRITTEN = "written"  # documents lie in `folder`
    INDEXED = "indexed"  # counted only, as asked
    DUPLICATE = "duplicate"  # the posting says the same as that of `same_as`
    FAILED = "failed"  # `error` says why


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the index.

    `key` is the digest of all that the result depends on: the words of posting and CV, the
    options, the versions of program and models. `files` are names inside `folder`; `same_as`
    is the name of the posting that a duplicate repeats.
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
