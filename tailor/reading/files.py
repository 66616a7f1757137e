"""The bytes and text of files, and zip files unpacked into memory: clear errors, within limits.

Bytes of archives are counted while they are unpacked, whatever the zip file declares. Nothing goes
to the disk, so no name of a member leads anywhere.
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
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
    if not can_ring() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    try:
        with alarm(limits.in_force().seconds):
            yield
    except TimeIsOver:
        raise error() from None


class TimeIsOver(BaseException):
    """Not an Exception, so that no step catches it as an error of its own."""


def can_ring() -> bool:
    """Return whether an `alarm` can be set here: in the main thread, and not on Windows."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and hasattr(signal, "setitimer")


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TimeIsOver once the block has taken so long."""

    def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise TimeIsOver

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
    return checked_bytes(data, str(file), what)


def checked_bytes(data: bytes, source: str, what: What) -> bytes:
    """Return `data`; raise CvError or PostingError, by `what`, if that is too much, or nothing."""
    if len(data) > limits.in_force().file:
        raise _too_large(source, what)
    if not data.strip():
        raise _ERRORS[what](f"{source}: the {what} is empty; check that it was saved")
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


# Recognise zip files, and unpack them into memory within limits.

_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_AGAIN = "save or download it again"
_WORD = "save it as a Word file (.docx) or as plain text and give that"
# The first word of a part's path tells what an Office file is.
_OFFICE = {"xl": "an Excel file", "ppt": "a PowerPoint file", "visio": "a Visio file"}
# What a file says of itself in its first part, which is stored as it is.
_DECLARED = (
    (b"mimetypeapplication/epub+zip", "an e-book (EPUB)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
)


class Unpacking:
    """A zip file that is open for reading; messages call it `name`.

    `members` are those of its directory, in its order.
    """

    def __init__(self, content: Content, name: str) -> None:
        """Raise CvError or PostingError if it is damaged, or has too many members."""
        self._content = content
        self._name = name
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content.data))
        except _DAMAGE:
            raise content.error(f"is a damaged zip or {name}; {_AGAIN}") from None
        self.members = self._archive.infolist()
        if len(self.members) > limits.in_force().members:
            raise content.beyond("members", f"holds more than {limits.spelt('members')} files")

    def read(self, member: zipfile.ZipInfo, limit: str = "unpacked") -> bytes:
        """Return what is in `member`; raise CvError or PostingError if that is too much.

        `limit` is the bound of a single member, the field of `Limits`.
        """
        content, most = self._content, limits.in_force()
        if member.flag_bits & _IS_ENCRYPTED:
            raise _encrypted(content)
        if member.compress_type not in _READABLE:
            raise content.error(
                f"is a damaged {self._name}: unusual compression; open it and save it again"
            )
        file = member.filename.replace("\\", "/").rpartition("/")[2] or member.filename
        # One byte more than is let through tells that there is more.
        left = min(most.unpacked - self._unpacked, getattr(most, limit))
        try:
            with self._archive.open(member) as stream:
                data = stream.read(left + 1)
        except _DAMAGE:
            raise content.error(f"is a damaged {self._name} ({file}); {_AGAIN}") from None
        self._unpacked += len(data)
        if self._unpacked > most.unpacked:
            said = f"holds far too much (over {limits.spelt('unpacked')} once unpacked)"
            raise content.beyond("unpacked", said)
        if len(data) > getattr(most, limit):
            raise content.beyond(limit, f"{file} in it is larger than {limits.spelt(limit)}")
        return data


def is_linkedin_export(content: Content) -> bool:
    """Return True for a LinkedIn export, False for a Word file.

    Raises CvError or PostingError for other zip files, and for those that are damaged, encrypted
    or empty, or hold too many files. Nothing is unpacked.
    """
    members = Unpacking(content, "Word file").members
    if not members:
        raise content.error("is an empty zip file; check that it was saved")
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise _encrypted(content)
    parts = {member.filename.replace("\\", "/").lower() for member in members}
    if any(part.startswith("word/") for part in parts):
        return False
    if {part.rpartition("/")[2] for part in parts} & {"positions.csv", "profile.csv"}:
        return True
    raise _not_read(content, parts)


def _encrypted(content: Content) -> TailorError:
    return content.error("is encrypted; save it without a password and give that")


def _not_read(content: Content, parts: AbstractSet[str]) -> TailorError:
    said = content.data[30:200]
    name = next((name for start, name in _DECLARED if said.startswith(start)), None)
    if "content.xml" in parts and not name:
        name = "an OpenDocument file"
    if any(part.endswith(".iwa") or part == "index.zip" for part in parts):
        name = "an Apple Pages file"
    if "[content_types].xml" in parts:
        folders = {part.partition("/")[0] for part in parts}
        name = next((_OFFICE[folder] for folder in sorted(folders & set(_OFFICE))), name)
    if name:
        return content.error(f"this is {name}, which is not read; {_WORD}")
    return content.error(
        "this is a zip file, but neither a Word file nor a LinkedIn export (no Positions.csv "
        "in it); unpack it and give the file inside"
    )
