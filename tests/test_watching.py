"""A folder that is watched: each posting is tailored as it is saved."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from command_line import environment, small_folder, tree

from tailor import pipeline
from tailor.batch.watch import Seen, watch
from tailor.selection.tailored_cv import Application
from tailor.values.cv import Cv
from tailor.values.errors import CvError, PostingError, TailorError

pytest.importorskip("watchfiles")
COMMAND = (sys.executable, "-c", "from tailor.cli import main; main()", "watch")
# No test waits longer for what must come.
_PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A CV, and a folder with one posting."""
    (tmp_path / "saved").mkdir()
    place = small_folder(tmp_path)
    (place / "posting.txt").rename(place / "saved" / "first.txt")
    return place


def save(path: Path, text: str) -> None:
    """Save a text in one step, so that no half of it is ever seen."""
    aside = path.parent / ".aside"
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def until(reached: Callable[[], bool]) -> None:
    """Wait until `reached`."""
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def make(cv: Cv, posting: Path, out: Path) -> Application:
    """Tailor as the command does."""
    return pipeline.tailor(cv, posting, out)


@pytest.fixture
def watched(folder: Path) -> Iterator[Iterator[Seen]]:
    """What watching the folder yields; stopped at the end."""
    stop = Event()
    seen = watch(folder / "saved", folder / "cv.md", folder / "out", make, stop)
    yield seen
    stop.set()
    assert list(seen) == []


def test_what_is_saved_is_tailored(folder: Path, watched: Iterator[Seen]) -> None:
    """What is there first; then each that is new, changed, or has other settings; in one place."""
    saved = folder / "saved"
    first = next(watched)
    assert first.application
    assert first.application.path.parent == folder / "out" / "first"

    save(saved / "second.txt", (saved / "first.txt").read_text().replace("York", "Hull"))
    second = next(watched)
    assert (second.path.name, second.error) == ("second.txt", None)
    before = tree(folder / "out" / "first")

    save(saved / "second.tailor.toml", 'look = "modern"\n')
    again = next(watched)
    assert again.path == second.path
    assert again.application
    assert again.application.resume.design.look.name == "modern"
    assert tree(folder / "out" / "first") == before


def test_a_posting_that_asks_nothing_is_told(folder: Path, watched: Iterator[Seen]) -> None:
    """With the error that the single run has, and the next posting is tailored."""
    next(watched)
    save(folder / "saved" / "empty.txt", "")
    told = next(watched)
    assert isinstance(told.error, PostingError)
    assert "empty.txt" in str(told.error)
    save(folder / "saved" / "empty.txt", (folder / "saved" / "first.txt").read_text())
    assert next(watched).application


def test_the_cv_may_be_edited(folder: Path, watched: Iterator[Seen]) -> None:
    """All are made anew with it; while it cannot be read the error is told."""
    before = next(watched).application
    assert before
    cv = folder / "cv.md"
    text = cv.read_text(encoding="utf-8")
    save(cv, "")
    told: TailorError | None = next(watched).error
    assert isinstance(told, CvError)
    save(cv, text.replace("Ada", "Adele"))
    after = next(watched).application
    assert after
    assert after.resume.cv.name == before.resume.cv.name.replace("Ada", "Adele")


def test_places_do_not_clash(folder: Path, watched: Iterator[Seen]) -> None:
    """Postings that differ in their ending only have applications of their own."""
    next(watched)
    text = (folder / "saved" / "first.txt").read_text()
    save(folder / "saved" / "zoo.html", f"<pre>{text}</pre>")
    assert next(watched).application
    save(folder / "saved" / "zoo.md", text)
    application = next(watched).application
    assert application
    assert application.path.parent.name == "zoo.md"


def test_what_tailor_wrote_is_no_posting(folder: Path, watched: Iterator[Seen]) -> None:
    """A Word file of its own that is moved there is left alone."""
    application = next(watched).application
    assert application
    application.path.rename(folder / "saved" / "moved.docx")
    save(folder / "saved" / "last.txt", (folder / "saved" / "first.txt").read_text())
    assert next(watched).path.name == "last.txt"


def test_no_such_folder(folder: Path) -> None:
    """It is said at once."""
    with pytest.raises(PostingError, match="nowhere"):
        next(watch(folder / "nowhere", folder / "cv.md", folder / "out", make))


def test_the_command(folder: Path) -> None:
    """The process prints paths as files are made, goes on after errors, and ends by Ctrl-C."""
    saved = folder / "saved"
    process = subprocess.Popen(
        [*COMMAND, "saved", "--cv", "cv.md", "--no-report"],
        cwd=folder,
        env=environment(folder / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith(str(Path("applications/first")))
    assert "first.txt: answered" in process.stderr.readline()
    (saved / "bad.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert "bad.pdf" in process.stderr.readline()
    save(saved / "second.txt", (saved / "first.txt").read_text())
    made = folder / process.stdout.readline().strip()
    until(made.is_file)
    assert made.parent.name == "second"
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=_PATIENCE)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in error
