"""Whatever ends a batch: no half file, nothing lost that was done, the same bytes in the end."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest
from command_line import environment, search_path
from many import (
    COMMAND,
    batch,
    batch_folder,
    end,
    is_running,
    left_over,
    results,
    start,
    until,
    workers,
    written,
)

COUNT = 40
_PAGE = 4096  # bytes that a file takes at least on a disk in memory
WORKERS = ("--jobs", "2", "--no-report")
# What a library might do with a posting; `sitecustomize` is read by worker processes too.
TROUBLE = """
import os, signal, time
from tailor import pipeline
match = pipeline.match
def troubled(cv, posting):
    kind = posting.title.split()[0]
    if kind == "Sleeps":
        time.sleep(100)
    elif kind == "Hangs":  # as in C, where no signal is heard
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(100)
    elif kind == "Eats":
        bytes(5_000_000_000)  # at once: no time limit is to come first
    elif kind == "Dies":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "Fails":
        raise KeyError("a bug")
    return match(cv, posting)
pipeline.match = troubled
"""
# Ends the process as a power cut does, at the seventh application, with its file full.
NO_POWER = """
import os, signal
from tailor.document import output
taken = []
take_place = output._Partial.take_place
def cut(partial):
    taken.append(partial)
    if len(taken) > 13:
        os.kill(os.getpid(), signal.SIGKILL)
    take_place(partial)
output._Partial.take_place = cut
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """What a run in one process writes that nothing disturbs."""
    folder = batch_folder(tmp_path_factory.mktemp("undisturbed"), COUNT)
    assert batch(folder, "--engine", "serial", "--no-report")[0] == 0
    assert written(folder / "out") == COUNT
    return results(folder / "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A CV and the postings."""
    return batch_folder(tmp_path / "batch", COUNT)


def whole(out: Path, undisturbed: dict[str, bytes | None]) -> int:
    """Check that each application is as it should be, and return how many there are."""
    for path in out.glob("[!.]*/*"):
        name = str(path.relative_to(out))
        assert path.suffix == ".part" or path.read_bytes() == undisturbed[name]
    for path in out.glob("*/*.docx"):
        assert zipfile.ZipFile(path).testzip() is None
    return written(out)


def completes(
    folder: Path,
    undisturbed: dict[str, bytes | None],
    kept: int,
    engine: tuple[str, ...] = ("--engine", "serial", "--no-report"),
) -> None:
    """Run again: what was there stays as it is, the rest follows, byte for byte."""
    out = folder / "out"
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*.docx")}
    assert len(before) == kept
    code, _, error = batch(folder, *engine)
    assert code == 0, error
    assert results(out) == undisturbed
    after = {path: path.stat().st_mtime_ns for path in before}
    # The last few may have been written, but not yet recorded.
    assert sum(after[path] != before[path] for path in before) <= max(kept // 2, 16)
    assert left_over(out) == []


def test_all_cores_write_what_one_does(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """Byte for byte; and a second run writes nothing."""
    completes(folder, undisturbed, 0, WORKERS)
    times = {path: path.stat().st_mtime_ns for path in (folder / "out").glob("[!.]*/*")}
    assert batch(folder, *WORKERS)[0] == 0
    assert times == {path: path.stat().st_mtime_ns for path in (folder / "out").glob("[!.]*/*")}


def test_the_run_is_killed(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """By `kill -9`, workers left alone; they end by themselves."""
    process = start(folder, *WORKERS, slow=True)
    until(lambda: written(folder / "out") > 4, process)
    orphans = workers(process.pid)
    process.kill()
    end(process)
    until(lambda: not any(map(is_running, orphans)))
    assert orphans
    kept = whole(folder / "out", undisturbed)
    assert kept > 4
    completes(folder, undisturbed, kept)


def test_a_worker_is_killed(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """Another takes its place, and the run ends as if nothing had been."""
    process = start(folder, *WORKERS, slow=True)
    until(lambda: written(folder / "out") > 4, process)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    code, _, error = end(process)
    assert (code, error) == (0, f"{COUNT} applications: {COUNT} written\n")
    assert results(folder / "out") == undisturbed
    assert left_over(folder / "out") == []


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "hang up"])
def test_somebody_stops_the_run(
    folder: Path, undisturbed: dict[str, bytes | None], how: str
) -> None:
    """By Ctrl-C, which all processes get, by `kill`, or by closing the terminal.

    It says how far it was, the index has what is done, and nothing half filled stays.
    """
    control, terminal = pty.openpty()
    process = start(folder, *WORKERS, slow=True, terminal=terminal if how == "hang up" else None)
    os.close(terminal)
    until(lambda: written(folder / "out") > 4, process)
    if how == "hang up":
        os.close(control)  # the system tells all processes of the terminal
    elif how == "SIGINT":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    code, _, error = end(process)
    assert code == {"SIGINT": 130, "SIGTERM": 143, "hang up": 129}[how], error
    index = (folder / "out" / "index.jsonl").read_text(encoding="utf-8").splitlines()
    if how != "hang up":
        os.close(control)
        told = error.splitlines()
        assert told[0] == "Stopped. Done until then, and in the index:", error
        assert told[1] == f"{len(index)} applications: {len(index)} written"
        assert told[2:] == ["out/index.html: the same command again does the rest"]
    assert left_over(folder / "out") == []
    kept = whole(folder / "out", undisturbed)
    assert 0 < len(index) <= kept < COUNT
    completes(folder, undisturbed, kept)


def test_names_that_are_no_utf_8(folder: Path) -> None:
    """Of a posting, its folder, a CV and the folder of the output: each is a row like others."""
    job = b"Baker\n\nRequired\n- Kubernetes\n- Python\n"
    places = [os.fsdecode(name) for name in (b"jobs\xe9", b"cvs\xff", b"out\xfe")]
    for name in places[:2]:
        (folder / name).mkdir()
    posting, cv = os.fsdecode(b"a\xff.txt"), os.fsdecode(b"me\xe9.md")
    (folder / places[0] / posting).write_bytes(job)
    (folder / places[0] / "b.txt").write_bytes(job.replace(b"Python", b"Terraform"))
    (folder / places[0] / os.fsdecode(b"empty\xff.txt")).write_bytes(b"")
    shutil.copy(folder / "cv.md", folder / places[1] / cv)
    asked = (*COMMAND, places[0], "--cvs", places[1], "--out", places[2], *WORKERS)
    for told in (b"written", b"written before, unchanged"):
        done = subprocess.run(
            asked, cwd=folder, env=environment(folder / "home"), capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (
            7,
            b"3 applications: 2 " + told + b", 1 failed (the index says why)\n",
        )
        assert os.fsdecode(done.stdout) == f"{places[2]}/index.html\n"
    assert len(list((folder / places[2]).rglob("*.docx"))) == 2


def test_the_power_fails_before_a_file_takes_its_place(
    folder: Path, undisturbed: dict[str, bytes | None]
) -> None:
    """A worker and its run end between a full file beside its place and the taking of it."""
    (folder / "fails").mkdir()
    (folder / "fails" / "sitecustomize.py").write_text(NO_POWER, encoding="utf-8")
    process = start(folder, "--engine", "serial", "--no-report", path=folder / "fails")
    assert end(process)[0] == -signal.SIGKILL
    out = folder / "out"
    assert left_over(out)
    kept = whole(out, undisturbed)
    assert 0 < kept < COUNT
    with sqlite3.connect(out / ".tailor" / "state.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    completes(folder, undisturbed, kept)


def test_files_may_not_grow(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """As with a quota: one error that says what to do, and no half file."""
    sizes = [len(content or b"") for name, content in undisturbed.items() if "docx" in name]
    allowed = max(sizes) - 1
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({allowed}, {allowed})); "
    command = (COMMAND[0], "-c", limit + COMMAND[2], *COMMAND[3:])
    code, _, error = end(start(folder, *WORKERS, command=command))
    assert code == 5, error
    assert len(error.splitlines()) == 1
    assert "cannot be written" in error
    completes(folder, undisturbed, whole(folder / "out", undisturbed))


def mounted(place: Path, *how: str) -> None:
    """Mount something at `place`; skip the test where that is not allowed."""
    place.mkdir()
    if not shutil.which("mount"):
        pytest.skip("no mount here")
    done = subprocess.run(["mount", *how, str(place)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only the administrator may mount, and not everywhere")


def test_the_disk_is_full(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """A disk for half of it holds some; what did not fit follows on a larger one."""
    out = folder / "out"
    size = sum(-(-len(data or b"") // _PAGE) * _PAGE for data in undisturbed.values()) // 2
    mounted(out, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")
    try:
        code, _, error = batch(folder, *WORKERS)
        assert code == 5, error
        assert "full" in error or "No space left" in error
        assert len(error.splitlines()) == 1
        kept = whole(out, undisturbed)
        assert 0 < kept < COUNT
        subprocess.run(["mount", "-o", "remount,size=50m", str(out)], check=True)
        completes(folder, undisturbed, kept)
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_the_folder_is_read_only(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """Nothing is changed in it, and it is said before any work is done."""
    out = folder / "out"
    mounted(out, "-t", "tmpfs", "tmpfs")
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        code, _, error = batch(folder, *WORKERS)
        assert (code, list(out.iterdir())) == (5, []), error
        assert "cannot be written" in error
        subprocess.run(["mount", "-o", "remount,rw", str(out)], check=True)
        completes(folder, undisturbed, 0)
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_two_runs_at_once(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """The second is refused; the first does not notice."""
    first = start(folder, *WORKERS, slow=True)
    until(lambda: written(folder / "out") > 1, first)
    first.send_signal(signal.SIGSTOP)  # so that it is not done too soon
    code, _, error = batch(folder, "--engine", "serial", "--no-report")
    first.send_signal(signal.SIGCONT)
    assert (code, "another run is writing there" in error) == (5, True), error
    assert end(first)[0] == 0
    assert results(folder / "out") == undisturbed


def test_postings_that_bring_trouble(folder: Path, undisturbed: dict[str, bytes | None]) -> None:
    """Each is a row with its reason: too slow, hung, too large, deadly, a bug."""
    names = {
        "Sleeps": "took longer than 5 seconds",
        "Hangs": "worker process died of it",
        "Eats": "more memory",
        "Dies": "worker process died of it",
        "Fails": "a bug in tailor",
    }
    with (folder / "jobs.jsonl").open("a", encoding="utf-8") as file:
        for name in names:
            text = f"{name} Engineer\n\nRequired\n- {name} with Kubernetes"
            file.write(json.dumps({"id": name, "title": f"{name} Engineer", "text": text}) + "\n")
    (folder / "sitecustomize.py").write_text(TROUBLE, encoding="utf-8")
    bounds = ("--out", "out", "--timeout", "5", "--memory", "700")
    process = subprocess.Popen(
        [*COMMAND, "jobs.jsonl", "--cv", "cv.md", *WORKERS, *bounds],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": search_path(folder), "HOME": str(folder / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    code, _, error = end(process)
    assert code == 1, error  # because of the bug
    index = (folder / "out" / "index.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in index.splitlines()]
    failed = {row["posting"].rpartition(":")[2]: row["error"] for row in rows if row["error"]}
    assert failed.keys() == names.keys()
    for name, reason in names.items():
        assert reason in failed[name], failed
    assert "KeyError" in (folder / "out" / ".tailor" / "bugs.log").read_text(encoding="utf-8")
    assert whole(folder / "out", undisturbed) == COUNT
    assert left_over(folder / "out") == []
