"""Reading a posting from a file or from standard input, and the errors of both."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tailor.reading.reader import read_posting
from tailor.values.errors import PostingError
from tailor.values.limits import USUAL, Limits, using

TEXT = "Night Baker\nOrrin Breads | Leeds, UK\n\nYour tasks\n- bake rye bread – 40 loaves\n"


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put `data` on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_reads_a_file(tmp_path: Path, encoding: str) -> None:
    """Whatever a posting was saved as, its words are read, and it knows where it is from."""
    path = tmp_path / "posting.txt"
    path.write_bytes(TEXT.encode(encoding))
    posting = read_posting(str(path))
    assert (posting.title, posting.company, posting.source) == (
        "Night Baker",
        "Orrin Breads",
        str(path),
    )
    assert posting.lines[-1].text == "bake rye bread – 40 loaves"


def test_reads_windows_line_ends(tmp_path: Path) -> None:
    """A posting saved on Windows is the same posting."""
    path = tmp_path / "posting.txt"
    path.write_bytes(TEXT.encode())
    expected = read_posting(path)
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read_posting(path) == expected


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, read as UTF-8 whatever the terminal's encoding."""
    give(monkeypatch, TEXT.encode())
    posting = read_posting("-")
    assert posting.source == "standard input"
    assert posting.lines[-1].text == "bake rye bread – 40 loaves"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"%PDF-1.7", b"PK\x03\x04..", b"bread\x00\x01"])
def test_standard_input_must_hold_text(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Nothing, or what is no text, is an error that says it was standard input."""
    give(monkeypatch, data)
    with pytest.raises(PostingError, match="standard input") as error:
        read_posting("-")
    assert error.value.exit_code == 4


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a standard input there is an error with a way out."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(PostingError, match="name the posting's file"):
        read_posting("-")


def test_standard_input_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless stream is not read for ever."""
    give(monkeypatch, b"bake bread " * 50)
    with using(Limits(file=100)), pytest.raises(PostingError, match="larger than 100 bytes"):
        read_posting("-")


@pytest.mark.parametrize("data", [b"", b" \n\n", "\u200b\n\ufeff".encode(), b"%PDF-1.7 etc"])
def test_a_file_must_hold_text(tmp_path: Path, data: bytes) -> None:
    """An empty file, or one of another format, gives an error that names it."""
    path = tmp_path / "posting.txt"
    path.write_bytes(data)
    with pytest.raises(PostingError) as error:
        read_posting(path)
    assert str(error.value).startswith(str(path))


def test_formats_of_data_hold_no_posting(tmp_path: Path) -> None:
    """What is never a posting has no reader, and is refused with a way out."""
    path = tmp_path / "posting.txt"
    path.write_text('{"basics": {"name": "Jo Doe"}}')
    with pytest.raises(PostingError, match=r"JSON.*; give the text"):
        read_posting(path)


def test_too_many_lines(tmp_path: Path) -> None:
    """The limit stands in the message."""
    path = tmp_path / "posting.txt"
    path.write_text("Bake bread.\n" * (USUAL.lines + 1))
    with pytest.raises(PostingError, match=f"more than {USUAL.lines:,} lines"):
        read_posting(path)


def test_the_file_must_exist(tmp_path: Path) -> None:
    """A missing file and a folder are errors of the posting, not of the CV."""
    with pytest.raises(PostingError, match="no such file"):
        read_posting(tmp_path / "none.txt")
    with pytest.raises(PostingError, match="folder"):
        read_posting(tmp_path)
