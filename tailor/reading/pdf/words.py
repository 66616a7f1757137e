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
from tailor.reading.limits import PDF_CHARACTERS, PDF_PAGES

BULLET: Final = "•"
_SECONDS = 30  # the process stops itself before that, where the system lets it
_ERRORS = {
    "password": "this PDF needs a password; save it without one and give that",
    "damaged": "this PDF is damaged; save it again, or save it as text and give that",
    "pages": "has more than {pages} pages, so it is hardly a {what}; give that part of it",
    "characters": "has more than {characters:,} characters, so it is hardly a {what}",
    "effort": "takes more time or memory than any {what} should; save it as text and give that",
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
    if error:
        limits = {"pages": PDF_PAGES, "characters": PDF_CHARACTERS}
        raise content.error(_ERRORS[error].format(what=content.what, **limits))
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
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, and a module of this package
            [sys.executable, "-P", script, str(PDF_PAGES), str(PDF_CHARACTERS)],
            input=content.data,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": "effort"}
    if done.returncode == 1:  # a fault of ours: files end the process otherwise
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    answer: dict[str, Any] = json.loads(done.stdout) if not done.returncode else {}
    return answer or {"error": "effort"}
