"""Bytes and text of the files people give, and clear errors for all that is not text."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final, Literal

from tailor.errors import CvError, PostingError, TailorError

What = Literal["CV", "posting"]

LARGEST: Final = 2 * 1024 * 1024  # bytes; a CV or posting of this size is some other file

_ERRORS: dict[What, type[TailorError]] = {"CV": CvError, "posting": PostingError}
_SAVE = "save it as plain text or Markdown and read that file"
# The first bytes of formats that people take for text.
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, LibreOffice or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x1f\x8b", "a gzip file"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")


def read_bytes(path: str | Path, what: What) -> bytes:
    """Return the bytes of the file at `path`.

    Raises CvError or PostingError, by `what`, if there is no such file, if it is
    a directory, is empty, may not be read, or has more than `LARGEST` bytes.
    """
    error = _ERRORS[what]
    file = Path(path)
    if file.is_dir():
        raise error(f"{file}: this is a folder; give the {what} file inside it")
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise error(f"{file}: no such file; check the path of the {what}") from None
    except (OSError, ValueError) as reason:
        text = getattr(reason, "strerror", None) or reason
        raise error(f"{file}: the {what} cannot be read ({text}); check the path") from reason
    if len(data) > LARGEST:
        limit = LARGEST // 1024 // 1024
        raise error(f"{file}: larger than {limit} MB, so hardly a {what}; give another file")
    if not data.strip():
        raise error(f"{file}: the {what} is empty; check that it was saved")
    return data


def decode(data: bytes, path: str | Path, what: What) -> str:
    """Return the text of `data`: UTF-8, UTF-16 with its mark, or else Windows-1252.

    `path` is for messages only. Raises CvError or PostingError, by `what`, if the
    bytes are not text.
    """
    error = _ERRORS[what]
    for start, name in _FORMATS:
        if data.startswith(start):
            raise error(f"{path}: this is {name}, a format that is not read yet; {_SAVE}")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text, encoding):
            return text
    raise error(f"{path}: the {what} is not text; {_SAVE} (encoding UTF-8)")


def read_text(path: str | Path, what: What) -> str:
    """Return the text of the file at `path`.

    Raises CvError or PostingError, by `what`, as `read_bytes` and `decode` do.
    """
    return decode(read_bytes(path, what), path, what)


def _plausible(text: str, encoding: str) -> bool:
    """Tell text from other bytes that happen to decode: few controls, and letters in Latin-1."""
    if any(ord(character) in _CONTROLS for character in text):
        return False
    # Almost any bytes are Windows-1252. Text of Western languages, which it was
    # made for, has few characters above 127.
    return encoding != "cp1252" or sum(c > "\x7f" for c in text) <= 0.3 * len(text)
