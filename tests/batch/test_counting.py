"""How many applications there will be, told before they are made."""

from __future__ import annotations

import gzip
import io
import json
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from tailor.batch.pairs import make_tasks
from tailor.batch.progress import count_applications, shown_progress
from tailor.batch.source import read_items
from tailor.batch.values import Row, Status
from tailor.values import limits

LINES = st.lists(st.sampled_from(['{"text": "Baker"}', "", "  ", "{broken", "[1]", "null"]))


def made(place: Path, lines: list[str]) -> list[str]:
    """Write postings of all kinds and return their places."""
    text = "\n".join(lines)
    (place / "one.txt").write_text("Baker\n\nRequirements\n- Bread", encoding="utf-8")
    (place / "many.jsonl").write_text(text, encoding="utf-8")
    (place / "packed.jsonl.gz").write_bytes(gzip.compress(f"{text}\n".encode()))
    (place / "table.csv").write_text("text\nBaker\nMiller\n", encoding="utf-8")
    with zipfile.ZipFile(place / "all.zip", "w") as archive:
        archive.writestr("two.txt", "Miller")
        archive.writestr("more.jsonl", json.dumps({"text": "Grocer"}))
    (place / "cv.md").write_text("# Ada Example", encoding="utf-8")
    return [str(place / name) for name in ("one.txt", "many.jsonl", "packed.jsonl.gz")] + [
        str(place / name) for name in ("table.csv", "all.zip")
    ]


@settings(max_examples=25, deadline=None)
@given(lines=LINES)
def test_as_many_as_are_made(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """The number counted is the number of tasks made of the same input."""
    place = tmp_path_factory.mktemp("inputs")
    inputs = made(place, lines)
    cvs = [str(place / "cv.md")]
    tasks = make_tasks(read_items(inputs), cvs, None)
    assert count_applications(inputs, cvs, None, None) == len(list(tasks))


def test_each_cv_counts(tmp_path: Path) -> None:
    """Two CVs are two applications for each posting; a table of pairs is as many as its rows."""
    inputs = made(tmp_path, [])
    (tmp_path / "other.md").write_text("# Bo Example", encoding="utf-8")
    cvs = [str(tmp_path / "cv.md"), str(tmp_path / "other.md")]
    assert count_applications(inputs, cvs, None, None) == 10
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("cv,posting\ncv.md,one.txt\nother.md,one.txt\ncv.md,two.txt\n")
    assert count_applications(inputs, cvs, str(pairs), None) == 3


@pytest.mark.parametrize("source", ["-", "memory://postings/all.jsonl"])
def test_not_read_twice(tmp_path: Path, source: str) -> None:
    """What comes in a stream or from far away is not counted."""
    assert count_applications([source], [str(tmp_path / "cv.md")], None, None) is None


def test_bounds_hold_while_they_are_counted() -> None:
    """The thread that counts keeps to the bounds of the run, whatever they are."""
    found: list[limits.Limits] = []
    told = threading.Event()

    def count() -> int:
        found.append(limits.in_force())
        told.set()
        return 1

    wanted = limits.Limits(lines=7)
    with (
        limits.using(wanted),
        shown_progress(Console(file=io.StringIO(), force_terminal=True), count),
    ):
        assert told.wait(30)
    assert found == [wanted]


def test_progress_never_passes_its_total() -> None:
    """A row that is told a second time, as the best are with --top, counts once."""
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100)
    with shown_progress(console, lambda: 2) as watch:
        assert watch is not None
        for number in (0, 1, 0):
            watch(Row(number, f"{number}.txt", "cv.md", "", Status.INDEXED))
    assert "3/" not in stream.getvalue()
