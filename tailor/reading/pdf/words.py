"""PDF -> words with their places and styles.

A PDF can make any reader work for hours or fill the memory without being large, and may
crash it. So PDFium reads it in a process of its own (`process.py`), with limits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tailor.reading.files import Content
from tailor.values import limits

_TEXT = "save it as text and give that"
BULLET: Final = "•"
_ERRORS = {
    "password": "this PDF needs a password; save it without one and give that",
    "damaged": "this PDF is damaged; save it again, or save it as text and give that",
}
# How the process ends whose time is over. Without memory it ends itself, or crashes.
_ENDS_OF_TIME = frozenset({-24, -9})
# What the process says is too much -> the bound, and what is said of it.
_BOUNDS = {
    "pages": ("pdf_pages", "has more than {} pages", "give a part of it"),
    "characters": ("pdf_characters", "has more than {} characters", "give a part of it"),
    "time": ("seconds", "takes longer than {} seconds to read", _TEXT),
    "memory": ("pdf_memory", "crashes the reader of PDFs, or needs more than {} of memory", _TEXT),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page, or the part of it that has one style.

    Lengths are in points, from the page's lower left corner. `spaced` tells that white
    space stands before it; `drawn`, that it is no letter but a small filled shape, as which
    some programs draw the bullets of lists.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    link: str | None = None
    spaced: bool = True
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, in the order of the file; its width and height in points."""

    width: float
    height: float
    words: tuple[Word, ...]


def read_pages(content: Content) -> list[Page]:
    """Return the pages with their words.

    Raises CvError or PostingError if the file is damaged, needs a password, has no text,
    has more pages or characters than are read, or takes too much time or memory.
    """
    found = _ask(content)
    error = found.get("error")
    if error in _BOUNDS:
        limit, said, way_out = _BOUNDS[error]
        raise content.beyond(limit, said.format(limits.spelt(limit)), way_out)
    if error:
        raise content.error(_ERRORS[error])
    pages = [
        Page(page["width"], page["height"], tuple(Word(*word) for word in page["words"]))
        for page in found["pages"]
    ]
    if all(word.drawn for page in pages for word in page.words):
        raise content.error(
            "holds pictures of text only, as from a scanner; run OCR over it, or give the text"
        )
    return pages


def _ask(content: Content) -> dict[str, Any]:
    """Have another process read the PDF, which can be stopped whatever the file does to it."""
    script = str(Path(__file__).with_name("process.py"))
    paths = [path for path in sys.path if path]
    most = limits.in_force()
    bounds = (most.pdf_pages, most.pdf_characters, most.seconds, most.pdf_memory)
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, and a module of this package
            [sys.executable, "-P", script, *map(str, bounds)],
            input=content.data,
            capture_output=True,
            timeout=2 * most.seconds,  # the process stops itself before, where the system lets it
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": "time"}
    if done.returncode == 1:  # a fault of ours: files end the process otherwise
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    answer: dict[str, Any] = json.loads(done.stdout) if not done.returncode else {}
    return answer or {"error": "time" if done.returncode in _ENDS_OF_TIME else "memory"}
