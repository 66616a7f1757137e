"""Files that are no text, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tailor.errors import CvError, PostingError
from tailor.reading import files
from tailor.reading.files import decode, read_bytes, read_text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Zoë – née Müller"),
        ("utf-8-sig", "Zoë"),
        ("utf-16", "Zoë ➤"),
        ("cp1252", "Zoë – née “Müller”, a curriculum vitae"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    """The encodings of common editors are all read."""
    path = tmp_path / "cv.md"
    path.write_bytes(text.encode(encoding))
    assert read_text(path, "CV") == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "Word"),
        (b"{\\rtf1 ...", "rich text"),
        (b"\xd0\xcf\x11\xe0 ...", "old Word file"),
        (b"text\x00with zeros", "not text"),
        (b"J\x00a\x00n\x00e\x00", "not text"),
        (bytes(range(128, 256)), "not text"),
        (b"\xff\xfe\x00\xd8", "not text"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, words: str) -> None:
    """Each gets one line that names the file, what it is, and the way out."""
    path = tmp_path / "cv.md"
    path.write_bytes(data)
    with pytest.raises(CvError, match=words) as error:
        read_text(path, "CV")
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert ";" in message  # what is wrong; what to do


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """Neither is mistaken for an empty CV."""
    with pytest.raises(CvError, match="no such file"):
        read_bytes(tmp_path / "none.md", "CV")
    with pytest.raises(CvError, match="this is a folder"):
        read_bytes(tmp_path, "CV")
    with pytest.raises(CvError, match="cannot be read"):
        read_bytes("a\x00b", "CV")


def test_postings_get_their_own_error(tmp_path: Path) -> None:
    """The kind of file decides the error, and with it the exit code."""
    with pytest.raises(PostingError, match="posting"):
        read_bytes(tmp_path / "none.txt", "posting")
    with pytest.raises(PostingError):
        decode(b"%PDF", "none.pdf", "posting")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than any CV is refused before it is parsed."""
    monkeypatch.setattr(files, "LARGEST", 10)
    path = tmp_path / "cv.md"
    path.write_text("x" * 11)
    with pytest.raises(CvError, match="larger than"):
        read_bytes(path, "CV")
