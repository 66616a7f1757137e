"""One task -> one row of the index, and its documents.

A module of its own, so that the process which only hands out tasks loads none of what makes them.
"""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from functools import cache, lru_cache

from tailor import pipeline
from tailor.batch.values import (
    EVIDENCE,
    Choices,
    Gap,
    Row,
    Status,
    Task,
    document_key,
    folder_suffix,
    index_key,
    is_left_out,
)
from tailor.document.package import PLACEHOLDER, seal_text
from tailor.document.resume import file_name, folder_name, resume_docx
from tailor.matching.answered import count_answered
from tailor.reading.files import Content
from tailor.reading.reader import cv_of
from tailor.report.answers import skill_table
from tailor.report.data import as_data
from tailor.report.html import html_report
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import find_wishes, with_headline
from tailor.values.cv import Cv
from tailor.values.posting import Posting
from tailor.values.resources import data_path

REPORT = "report.html"
# A career office has some hundred people; of each CV some hundred kilobytes are held.
_CVS_KEPT = 64
_FEW_SEARCHES = 500_000  # values that were made and did not end, before one looks for garbage


@cache
def load(choices: Choices) -> None:
    """Make an application of the samples: what it loads counts for no posting's time."""
    cv = pipeline.read_cv(data_path("sample_cv.md"))
    match = pipeline.match(cv, pipeline.read_posting(data_path("sample_posting_platform.txt")))
    _contents(pipeline.select(match), choices)
    search_less()


def search_less() -> None:
    """Have Python look for garbage seldom: nearly all values have no cycles, and end without it."""
    gc.collect()
    gc.freeze()  # modules and tables, which are never garbage
    gc.set_threshold(_FEW_SEARCHES)  # the usual search takes a tenth of a posting's time


def make_row(task: Task, content: bytes, choices: Choices) -> tuple[Row, dict[str, bytes]]:
    """Return the row of a task and its documents by name; `content` is that of its CV.

    Raises TailorError for a posting or CV that cannot be used.
    """
    cv = _read_cv(task.cv, content)
    posting = task.posting.read()
    if task.settings.headline:
        cv = with_headline(cv, task.settings.headline)
    match = pipeline.match(cv, posting)
    left_out = is_left_out(task, choices)
    row = Row(
        task.number,
        task.posting.name,
        task.cv,
        index_key(task, content),
        Status.DUPLICATE if left_out else Status.INDEXED,
        posting.title,
        posting.company,
        posting.place,
        count_answered(match),
        gaps=tuple(
            Gap(row.text, row.importance.value, row.said)
            for row in skill_table(match)
            if not row.status.is_had
        ),
        same_as=task.same_as,
    )
    if left_out or not choices.documents:
        return row, {}
    own = task.settings
    wishes = find_wishes(match.cv, pins=own.pins, drops=own.drops)
    resume = pipeline.select_as_set(match, choices.settings.over(own), wishes)
    contents = _contents(resume, choices)
    written = replace(
        row,
        key=document_key(task, content, choices),
        status=Status.WRITTEN,
        pages=resume.pages,
        folder=folder_of(task, cv, posting, by_person=choices.by_person),
        files=tuple(contents),
    )
    return written, contents


@lru_cache(maxsize=_CVS_KEPT)
def _read_cv(name: str, content: bytes) -> Cv:
    return cv_of(Content(name, content, "CV"))


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
        contents[REPORT] = html_report(resume)
    return contents
