"""One task -> one row of the index, and its documents; what a worker process does."""

from __future__ import annotations

import gc
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from tailor import __version__, pipeline
from tailor.batch.bounds import end_with_parent, limit_memory, time_limit
from tailor.batch.engine import EngineError
from tailor.batch.store import Store
from tailor.batch.values import (
    Choices,
    Row,
    Status,
    Task,
    document_key,
    folder_suffix,
    index_key,
    program,
)
from tailor.document.package import PLACEHOLDER, seal_text
from tailor.document.resume import file_name, folder_name, resume_docx
from tailor.matching.answered import count_answered
from tailor.matching.match import Match
from tailor.reading.cv_reader import cv_of
from tailor.reading.files import Content
from tailor.reading.posting_reader import posting_of
from tailor.report.data import as_data
from tailor.report.html import render_report
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import find_wishes, with_headline
from tailor.values import limits
from tailor.values.cv import Cv
from tailor.values.errors import PostingError, TailorError, bug_report
from tailor.values.posting import Posting
from tailor.values.resources import data_path

EVIDENCE = "evidence.json"
REPORT = "report.html"
# A career office has some hundred people; of each CV some hundred kilobytes are held.
_CVS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks that a worker does one after the other, with the contents of their CVs by name.

    `program` is the digest of the program that makes the chunk.
    """

    tasks: tuple[Task, ...]
    cvs: Mapping[str, bytes]
    program: bytes = field(default_factory=program)


@dataclass(frozen=True, slots=True)
class Done:
    """A row, and where a bug ended its task, the traceback."""

    row: Row
    bug: str = ""


def work(chunk: Chunk, choices: Choices, store: Store, *, own_process: bool) -> list[Done]:
    """Do the tasks of `chunk`. Whatever goes wrong with one is its row, and the rest goes on.

    Raises EngineError where this program is another one than that which made the chunk.
    """
    if own_process:
        end_with_parent()  # first: while all is loaded, the parent may end
        limit_memory(choices.memory)
    if chunk.program != program():
        raise EngineError(
            f"{socket.gethostname()}: a worker has another version of tailor, {__version__}, or of "
            "its tables; install the same one everywhere (docs/scaling.md)"
        )
    _load(Choices(report=choices.report))
    return [
        _one(task, chunk.cvs[task.cv], choices, store, own_process=own_process)
        for task in chunk.tasks
    ]


@cache
def _load(choices: Choices) -> None:
    """Make an application of the samples: what it loads counts for no posting's time."""
    cv = pipeline.read_cv(data_path("sample_cv.md"))
    match = pipeline.match(cv, pipeline.read_posting(data_path("sample_posting_platform.txt")))
    _contents(pipeline.select(match), choices)
    gc.collect()
    gc.freeze()  # modules and tables, which are never garbage: saves 3 % of the time


def _one(task: Task, cv: bytes, choices: Choices, store: Store, *, own_process: bool) -> Done:
    try:
        with (
            limits.using(choices.limits),
            time_limit(choices.timeout, own_process=own_process),
        ):
            return Done(_row(task, cv, choices, store))
    except TailorError as error:
        return Done(failed(task, str(error)))
    except MemoryError:
        return Done(failed(task, f"{task.posting.name}: needs more memory than is allowed"))
    except Exception as error:  # noqa: BLE001 - one posting must not end the run; the log has it
        told = f"{task.posting.name}: a bug in tailor ({type(error).__name__})"
        return Done(failed(task, told), bug_report(error))


def failed(task: Task, error: str) -> Row:
    """Return the row of a task that came to nothing."""
    posting = task.posting
    named = (posting.title, posting.company, posting.place)
    return Row(
        task.number, posting.name, task.cv, "", Status.FAILED, *named, error=" ".join(error.split())
    )


def _row(task: Task, content: bytes, choices: Choices, store: Store) -> Row:
    cv = _read_cv(task.cv, content)
    posting = _read_posting(task)
    if task.settings.headline:
        cv = with_headline(cv, task.settings.headline)
    match = pipeline.match(cv, posting)
    row = Row(
        task.number,
        task.posting.name,
        task.cv,
        index_key(task, content),
        Status.INDEXED,
        posting.title,
        posting.company,
        posting.place,
        count_answered(match),
    )
    if not choices.documents:
        return row
    resume = _choose(match, task, choices)
    folder = folder_of(task, cv, posting, by_person=choices.by_person)
    contents = _contents(resume, choices)
    store.write(folder, contents, force=choices.force)
    return replace(
        row,
        key=document_key(task, content, choices),
        status=Status.WRITTEN,
        pages=resume.pages,
        folder=folder,
        files=tuple(contents),
    )


@lru_cache(maxsize=_CVS_KEPT)
def _read_cv(name: str, content: bytes) -> Cv:
    return cv_of(Content(name, content, "CV"))


def _read_posting(task: Task) -> Posting:
    item = task.posting
    if item.error:
        raise PostingError(item.error)
    posting = posting_of(Content(item.name, item.content, "posting"))
    return replace(
        posting,
        title=item.title or posting.title,
        company=item.company or posting.company,
        place=item.place or posting.place,
    )


def _choose(match: Match, task: Task, choices: Choices) -> TailoredCv:
    settings = task.settings
    return pipeline.select(
        match,
        pages=choices.pages or settings.pages,
        look=choices.look or settings.look or pipeline.DEFAULT_LOOK,
        template=choices.template or None,
        keep_headings=choices.keep_headings,
        plain_hyphens=choices.plain_hyphens,
        wishes=find_wishes(match.cv, pins=settings.pins, drops=settings.drops),
    )


def folder_of(task: Task, cv: Cv, posting: Posting, *, by_person: bool) -> str:
    """Return ``Company_Role_xxxxx``: the same for the same posting in any order."""
    role = posting.title or ("" if posting.company else "Posting")
    folder = folder_name(posting.company, role, folder_suffix(task))
    person = file_name(cv.name, "", "").removesuffix(".docx")
    return f"{person}/{folder}" if by_person else folder


def _contents(resume: TailoredCv, choices: Choices) -> dict[str, bytes]:
    posting = resume.match.posting
    # Not indented: json does that in Python, which takes as long as all of the matching.
    evidence = json.dumps({"fingerprint": PLACEHOLDER, **as_data(resume)})
    contents = {
        file_name(resume.cv.name, posting.company, posting.title): resume_docx(resume),
        EVIDENCE: seal_text(evidence + "\n"),
    }
    if choices.report:
        contents[REPORT] = seal_text(render_report(resume, PLACEHOLDER))
    return contents
