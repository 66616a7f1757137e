"""Small postings by the dozen, and batches of them as real processes that tests disturb."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from command_line import CV, environment, search_path, tree

COMMAND = (sys.executable, "-c", "from tailor.cli import main; main()", "batch")
_TOOLS = "Kubernetes Python Terraform PostgreSQL Kafka Ansible Redis Grafana Java Rust".split()
_PLACES = "Leeds York Hull Derby Exeter Truro Durham".split()
_DUTIES = ("Run", "Write tools for", "Look after", "Teach others about", "Test backups of")
# Makes a run last long enough to be disturbed, on any machine; Python reads it at its start.
SLOWLY = """
import time
from tailor import pipeline
match = pipeline.match
def slow(cv, posting):
    time.sleep(0.1)
    return match(cv, posting)
pipeline.match = slow
"""
# No test waits longer for what must come.
_PATIENCE = 180.0


def write_postings(path: Path, count: int) -> Path:
    """Write a JSON lines file of `count` postings, each for another job."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            tools = [_TOOLS[(number + step * step) % len(_TOOLS)] for step in range(1, 4)]
            duties = [
                f"- {_DUTIES[(number + place) % len(_DUTIES)]} {tool}"
                for place, tool in enumerate(tools)
            ]
            record = {
                "id": f"job-{number}",
                "title": f"{tools[0]} Engineer {number}",
                "company": f"Thistlemoor {_PLACES[number % len(_PLACES)]}",
                "text": "\n".join(("What you'll do", *duties, "", "Required", f"- {tools[0]}")),
            }
            file.write(json.dumps(record) + "\n")
    return path


def batch_folder(folder: Path, count: int) -> Path:
    """Put a CV and `count` postings into `folder`, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cv.md").write_text(CV, encoding="utf-8")
    write_postings(folder / "jobs.jsonl", count)
    return folder


def start(
    folder: Path,
    *options: str,
    command: Sequence[str] = COMMAND,
    out: str = "out",
    slow: bool = False,
    path: Path | None = None,
    terminal: int | None = None,
) -> subprocess.Popen[str]:
    """Start a batch of what `batch_folder` made, in a process group of its own.

    If `slow`, each posting takes a tenth of a second more. Python looks for modules in
    `path` first. Messages go to `terminal`, where one is named, which is then that of the process.
    """

    def own_terminal() -> None:
        fcntl.ioctl(2, termios.TIOCSCTTY, 0)

    arguments = ("jobs.jsonl", "--cv", "cv.md", "--out", out, *options)
    variables = environment(folder / "home")
    if slow:
        (folder / "slow").mkdir()
        (folder / "slow" / "sitecustomize.py").write_text(SLOWLY, encoding="utf-8")
        path = folder / "slow"
    if path:
        variables["PYTHONPATH"] = search_path(path)
    return subprocess.Popen(
        [*command, *arguments],
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal or subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=own_terminal if terminal else None,  # noqa: PLW1509 - one thread
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end of `process`; return its exit code, standard output and error."""
    out, error = process.communicate(timeout=_PATIENCE)
    return process.returncode, out, error


def batch(folder: Path, *options: str, out: str = "out") -> tuple[int, str, str]:
    """Do a batch, and return its exit code, standard output and error."""
    return end(start(folder, *options, out=out))


def until(reached: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until `reached`; an end of `process` before that fails the test."""
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        if process is not None and process.poll() is not None and not reached():
            raise AssertionError(f"ended before: {process.communicate()}")
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def written(out: Path) -> int:
    """The number of applications whose Word file is there."""
    return sum(1 for _ in out.glob("*/*.docx"))


def workers(parent: int) -> list[int]:
    """The worker processes of a run, by what Linux tells of processes."""
    return [pid for pid in _children(parent) if b"popen_loky" in _command(pid)]


def _children(parent: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[1]) == parent:
            yield int(folder.name)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def is_running(pid: int) -> bool:
    """Tell whether a process has not ended yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return _command(pid) != b""  # one that ended and nobody asked about has none


def results(out: Path) -> dict[str, bytes | None]:
    """All that a batch wrote but its state, which has times and places on the disk."""
    return {name: content for name, content in tree(out).items() if ".tailor/" not in name}


def left_over(out: Path) -> list[str]:
    """Files that were never finished."""
    return [str(path) for path in out.rglob("*.part")]
