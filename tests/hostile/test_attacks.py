"""Files that mean harm: read, or refused in one line; no network, nothing written outside."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attacks import CV, HIDDEN, SIDECARS, batches, documents
from command_line import run
from guard import guarded

from tailor.batch.source import read_items
from tailor.batch.values import PostingItem
from tailor.checking.check import check
from tailor.reading.files import Content
from tailor.reading.kept import read_settings
from tailor.reading.reader import posting_of, read_cv, read_posting
from tailor.report.data import checked_data
from tailor.values.errors import PostingError, TailorError

# What has to be refused, and by which words; of all others either will do.
REFUSED = {
    "docx xxe": "damaged",
    "docx foreign dtd": "damaged",
    "docx billion laughs": "damaged",
    "docx quadratic entity": "damaged",
    "docx deep": "too deep",
    "html deep": "too deep|tags",
    "yaml": "values|tag|within itself|nested deeper|sound YAML",
    "json deep": "nested deeper",
    "long": "characters",
    "many lines": "lines",
    "nul": "not text",
    "zip of zips": "zip file",
    "zip bomb": "larger than",
}
READ = (
    *("docx attached template", "docx remote", "docx link", "docx include", "docx dde"),
    *("html xinclude", "pdf javascript", "pdf launch", "pdf remote"),
    *("colons", "tabs", "brackets", "json huge exponent"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files lie, and the only place that may be written to."""
    return tmp_path


def outcome(read: Callable[[], object], name: str, folder: Path) -> str:
    """Return what an error says, or "" for what was read; check what holds for both."""
    with guarded(folder):
        value = said = ""
        try:
            value = repr(read())
        except TailorError as error:
            said = str(error)
    assert "\n" not in said, name
    assert len(said) < 500, name
    assert HIDDEN not in value + said, name
    return said


def test_as_cvs(folder: Path) -> None:
    """Each format of a CV."""
    for name, data in documents(folder).items():
        (folder / "cv").write_bytes(data)
        said = outcome(lambda: read_cv(folder / "cv"), name, folder)
        words = next((words for start, words in REFUSED.items() if name.startswith(start)), "")
        assert re.search(words, said), (name, said)
        assert said or not words, name
        assert not (said and name.startswith(READ)), (name, said)


def test_as_postings(folder: Path) -> None:
    """Each format of a posting."""
    for name, data in documents(folder).items():
        if name.startswith(("yaml", "json", "pdf huge", "long")):
            continue
        (folder / "job").write_bytes(data)
        outcome(lambda: read_posting(folder / "job"), name, folder)


def test_as_resumes_to_check(folder: Path) -> None:
    """`tailor check` looks into Word files and PDFs by other ways, too."""
    for name, data in documents(folder).items():
        if name.startswith(("docx", "pdf l", "pdf j", "pdf r", "zip", "colons", "tabs")):
            (folder / "cv.docx").write_bytes(data)
            outcome(lambda: checked_data(check(folder / "cv.docx")), name, folder)


def test_as_templates(folder: Path) -> None:
    """A Word file of one's own is read by the same package reader."""
    from tailor.document.own_template import read_template

    for name, data in documents(folder).items():
        if name.startswith(("docx", "zip", "nul")):
            (folder / "own.docx").write_bytes(data)
            assert outcome(lambda: read_template(folder / "own.docx"), name, folder), name


def test_in_batches(folder: Path) -> None:
    """Whatever cannot be read is an item that says so; names lead nowhere."""
    for name, (file, data) in batches().items():
        (folder / file).write_bytes(data)

        def said(item: PostingItem) -> str:
            try:
                posting = posting_of(Content(item.name, item.content, "posting"))
            except PostingError as error:
                return f"refused: {item.error or error}"
            return f"refused: {item.error}" if item.error else posting.text

        def read(path: str = str(folder / file)) -> list[str]:
            return [said(item) for item in read_items([path])]

        with guarded(folder):
            told = read()
        assert told, name
        assert not any("\n" in each for each in told if each.startswith("refused: ")), name
        bad = ("path", "bomb", "lies", "many", "deep", "cut", "quote", "bytes", "parquet")
        if name.endswith(bad):
            assert any(each.startswith("refused: ") for each in told), (name, told)
        assert not any("root:" in each for each in told), name
        (folder / file).unlink()


@pytest.mark.parametrize("name", SIDECARS)
def test_beside_a_posting(name: str, folder: Path) -> None:
    """A file of choices is refused with its name."""
    (folder / "job.tailor.toml").write_bytes(SIDECARS[name])
    said = outcome(lambda: read_settings(folder / "job.txt"), name, folder)
    assert "job.tailor.toml" in said or name == "nul"


def test_the_command(tmp_path: Path) -> None:
    """`tailor --job` and `tailor check` on such files: an exit code and a line, no traceback."""
    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    chosen = ("docx xxe file", "docx attached template", "html remote", "pdf javascript", "nul")
    made = documents(tmp_path)
    for name in chosen:
        (tmp_path / "job").write_bytes(made[name])
        done = run("--cv", "cv.md", "--job", "job", "--out", "out", cwd=tmp_path)
        assert done.returncode in {0, 4}, (name, done.stderr)
        assert "Traceback" not in done.stderr
        assert HIDDEN not in done.stdout + done.stderr
    done = run("check", "job", "--cv", "cv.md", cwd=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_the_guard_hears(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A socket and a file outside are told, or these tests would prove nothing."""
    with pytest.raises(AssertionError, match="socket"), guarded(folder):
        socket.socket().close()
    outside = tmp_path_factory.mktemp("outside") / "owned"
    with pytest.raises(AssertionError, match="owned"), guarded(folder):
        outside.write_text("")
    with guarded(folder):
        subprocess.run([sys.executable, "-c", ""], check=True)
        (folder / "inside").write_text("")
