"""Read the bytes and text of files, with clear errors and within limits."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal, NoReturn

from tailor.reading.lines import Line
from tailor.values import limits
from tailor.values.errors import CvError, PostingError, TailorError, TemplateError

What = Literal["CV", "posting", "template"]

STANDARD_INPUT = "-"

# "https://…", or "https:/…" as a Path writes it; a drive has one letter.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z\d+.-]+:/+\w")
_ERRORS: dict[What, type[TailorError]] = {
    "CV": CvError,
    "posting": PostingError,
    "template": TemplateError,
}
_LONGEST_LINE = 50_000  # characters of a line or paragraph
_NOT_PLAIN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]|^\ufeff")
_SAVE = "save it as plain text or Markdown and read that file"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file; `source` is its name for messages."""

    source: str
    data: bytes
    what: What

    def text(self) -> str:
        """Return the text; raise CvError or PostingError if the bytes are not text."""
        return decode(self.data, self.source, self.what)

    def error(self, message: str) -> TailorError:
        """Return a CvError or PostingError: the file's name, then `message`."""
        return _ERRORS[self.what](f"{self.source}: {message}")

    def refused(self, message: str) -> TailorError:
        """Return a CvError or PostingError whose `message` names the file already."""
        return _ERRORS[self.what](message)

    def beyond(self, limit: str, said: str, way_out: str = "give another file") -> TailorError:
        """Return the error of a file beyond `limit`, a field of `Limits`."""
        return self.error(f"{said}, so hardly a {self.what}; {way_out}, {limits.ways_out(limit)}")

    @contextmanager
    def read_in_time(self) -> Iterator[None]:
        """Raise CvError or PostingError if the block takes longer than `Limits.seconds`."""
        said = f"takes longer than {limits.spelt('seconds')} seconds to read"
        with deadline(lambda: self.beyond("seconds", said, "save it as plain text")):
            yield

    def check_text(self, text: str) -> None:
        """Raise CvError or PostingError if `text` has too many lines, or too long ones."""
        self.check_amount(text.count("\n") or text.count("\r"))
        if len(text) > _LONGEST_LINE:
            for number, line in enumerate(text.splitlines(), 1):
                self._check_line(number, len(line))

    def check_lines(self, lines: Sequence[Line]) -> None:
        """Raise CvError or PostingError if there are too many lines, or too long ones."""
        self.check_amount(len(lines))
        for line in lines:
            self._check_line(line.number, sum(len(run.text) for run in line.text.runs))

    def check_amount(self, lines: int, characters: int = 0) -> None:
        """Raise CvError or PostingError if these are more lines, or characters, than are read."""
        if lines > limits.in_force().lines:
            raise self.beyond("lines", f"has more than {limits.spelt('lines')} lines")
        if characters > limits.in_force().text:
            raise self.beyond("text", f"has more than {limits.in_force().text:,} characters")

    def _check_line(self, number: int, length: int) -> None:
        if length > _LONGEST_LINE:
            said = f"line {number} has more than {_LONGEST_LINE:,} characters"
            raise self.error(f"{said}, so hardly a {self.what}; break it into paragraphs")


@contextmanager
def deadline(error: Callable[[], TailorError]) -> Iterator[None]:
    """Raise what `error` makes if the block takes longer than `Limits.seconds`.

    An alarm clock rings for the main thread only, and not on Windows; nor is one set where
    another is running. There the sizes of texts have to do.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer") or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise _TimeIsOver

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limits.in_force().seconds)
    try:
        yield
    except _TimeIsOver:
        raise error() from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _TimeIsOver(BaseException):
    """Not an Exception, so that no step catches it as an error of its own."""


def read_content(path: str | Path, what: What) -> Content:
    """Return the content of the file at `path`; ``-`` is standard input, for postings only.

    Raises CvError or PostingError as `read_bytes` does.
    """
    if what == "posting" and str(path) == STANDARD_INPUT:
        return Content("standard input", _read_standard_input(), what)
    return Content(str(path), read_bytes(path, what), what)


def _read_standard_input() -> bytes:
    source = "standard input"
    if sys.stdin is None:  # closed by whoever started the process
        raise PostingError(f"{source}: is closed; name the posting's file instead")
    most = limits.in_force().file
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise _too_large(source, "posting")
    return data


def read_bytes(path: str | Path, what: What) -> bytes:
    """Return the bytes of the file at `path`; pipes and devices are read up to the limit.

    Raises CvError or PostingError, by `what`, if there is no such file, if it is
    a directory, is empty, may not be read, or is larger than `Limits.file`.
    """
    error = _ERRORS[what]
    file = Path(path)
    if _ADDRESS.match(str(path)):
        raise error(
            f"{path}: is an address, and nothing is fetched; save the page first, or paste the "
            f"text of the {what} into a file, and name that"
        )
    if file.is_dir():
        raise error(f"{file}: this is a folder; give the {what} file inside it")
    try:
        with open(file, "rb", opener=_open) as stream:
            data = stream.read(limits.in_force().file + 1)
    except FileNotFoundError:
        raise error(f"{file}: no such file; check the path of the {what}") from None
    except (OSError, ValueError) as reason:
        text = getattr(reason, "strerror", None) or reason
        raise error(f"{file}: the {what} cannot be read ({text}); check the path") from reason
    if len(data) > limits.in_force().file:
        raise _too_large(str(file), what)
    if not data.strip():
        raise error(f"{file}: the {what} is empty; check that it was saved")
    return data


def _too_large(source: str, what: What) -> TailorError:
    return Content(source, b"", what).beyond("file", f"larger than {limits.spelt('file')}")


def _open(path: str, flags: int) -> int:
    """Open without waiting: a named pipe that nobody writes to would never open."""
    if not hasattr(os, "O_NONBLOCK"):  # Windows has no such files
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor


def decode(data: bytes, path: str | Path, what: What) -> str:
    """Return the text of `data`, in any encoding that `decode_text` knows.

    `path` is for messages only. Raises CvError or PostingError, by `what`, if the
    bytes are not text.
    """
    text = _plain_utf8(data)
    if text is None:
        from tailor.reading.encodings import decode_text  # noqa: PLC0415 - most files are UTF-8

        text = decode_text(data)
    if text is None:
        raise _ERRORS[what](f"{path}: the {what} is not text; {_SAVE} (encoding UTF-8)")
    return text


def _plain_utf8(data: bytes) -> str | None:
    """Return the text of UTF-8 without control characters or a mark, None for anything else."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if _NOT_PLAIN.search(text) else text
