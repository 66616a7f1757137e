"""What the result of a task depends on, as digests: by these a run knows what is done already."""

from __future__ import annotations

import hashlib
from functools import cache

from tailor import __version__
from tailor.batch.values import Choices, Task
from tailor.reading.files import read_bytes
from tailor.values.resources import all_files

_SUFFIX_LENGTH = 5


def index_key(task: Task, cv: bytes) -> str:
    """Return the digest of what is counted for `task`; `cv` is the content of its CV."""
    posting = task.posting
    named = (posting.title, posting.company, posting.place)
    return _digest(program(), cv, posting.content, repr(named).encode())


def document_key(task: Task, cv: bytes, choices: Choices) -> str:
    """Return the digest of what is written for `task`."""
    wanted = (
        *(choices.report, choices.pages, choices.look),
        *(choices.keep_headings, choices.plain_hyphens, choices.by_person, task.settings),
    )
    template = _content(choices.template) if choices.template else b""
    return _digest(index_key(task, cv).encode(), repr(wanted).encode(), template)


def folder_suffix(task: Task) -> str:
    """Return a few letters that tell the posting and its CV from others of the same name.

    They do not depend on the order of the input, nor on what the CV says.
    """
    cv = task.cv.replace("\\", "/").rpartition("/")[2]
    return _digest(task.posting.content, cv.encode())[:_SUFFIX_LENGTH]


@cache
def _content(path: str) -> bytes:
    return read_bytes(path, "template")


@cache
def program() -> bytes:
    """Return the digest of the program's version and of all that it has learnt."""
    digest = hashlib.sha256(__version__.encode())
    for name, content in all_files():
        digest.update(f"{name} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # The lengths keep the border between two parts from moving unseen.
        digest.update(f"{len(part)} ".encode())
        digest.update(part)
    return digest.hexdigest()
