"""The process that reads files of others: what it answers, and what ends it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from sandboxed_readers import LINES

from tailor.reading import sandbox
from tailor.reading.files import Content
from tailor.values.errors import CvError, PostingError
from tailor.values.limits import MEGABYTE, Limits, using

CONTENT = Content("cv.xyz", b"some\nbytes\n\0", "CV")
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def run(reader: str, content: Content = CONTENT) -> list[object]:
    """Call one of the readers of `sandboxed_readers`."""
    found: list[object] = sandbox.run(f"sandboxed_readers:{reader}", content)
    return found


def test_lines_come_back_as_they_were() -> None:
    """With styles and looks."""
    found = sandbox.read_lines("sandboxed_readers:lines", CONTENT)
    assert found == LINES
    assert [line.look for line in found] == [line.look for line in LINES]


def test_one_process_reads_all_files() -> None:
    """It is another one than this, keeps to the bounds in force, and may print."""
    *first, reader = run("length")
    with using(Limits(pdf_pages=7)):
        *second, same = run("length", Content("job", bytes(3 * MEGABYTE), "posting"))
    assert first == ["cv.xyz", 12, 60]
    assert second == ["job", 3 * MEGABYTE, 7]
    assert reader == same != os.getpid()


def test_it_may_be_started_ahead() -> None:
    """By the name of a file that it is likely to read, there or not; other names start nothing."""
    for name in ("cv.md", "none.PDF", Path("none.docx")):
        sandbox.expect(name)
    assert run("length") == run("length")


def test_what_a_reader_refuses() -> None:
    """It is said as the reader says it, by the error of a CV or a posting."""
    with pytest.raises(CvError, match=r"^cv\.xyz: is damaged; save it again$"):
        run("refuse")
    with pytest.raises(PostingError, match=r"^job: is damaged"):
        run("refuse", Content("job", b"", "posting"))


def test_bugs_are_bugs() -> None:
    """They are raised with kind and place, without the words they say."""
    with pytest.raises(RuntimeError, match=r"sandboxed_readers\.py.*\n.*\nValueError") as raised:
        run("fail")
    assert "secret" not in str(raised.value).replace('ValueError("secret")', "")
    with pytest.raises(RuntimeError, match="ModuleNotFoundError"):
        sandbox.run("tailor.reading.nothing:read", CONTENT)


@posix
@pytest.mark.parametrize("reader", ["hang", "sleep"])
def test_what_takes_too_long_is_ended(reader: str) -> None:
    """Whether it works or waits; the next file is read."""
    with using(Limits(seconds=1)), pytest.raises(CvError, match=r"longer than 1 seconds.*onds=2"):
        run(reader)
    assert run("length")[0] == "cv.xyz"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux")
def test_what_needs_too_much_memory_is_ended() -> None:
    """The next file is read."""
    with pytest.raises(CvError, match=r"needs more than 1 GB of memory.*memory=2GB"):
        run("eat")
    assert run("length")[0] == "cv.xyz"


@posix
def test_a_crash_is_an_error() -> None:
    """The next file is read."""
    with pytest.raises(CvError, match="crashes its reader"):
        run("crash")
    assert run("length")[0] == "cv.xyz"


@posix
def test_it_writes_no_file(tmp_path: Path) -> None:
    """Not even where it may."""
    with pytest.raises(RuntimeError, match="OSError"):
        run("write", Content(str(tmp_path / "x"), b"some bytes", "CV"))
    assert (tmp_path / "x").read_bytes() == b""
