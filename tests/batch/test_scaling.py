"""What docs/scaling.md tells people to type works; what is wrong with a cluster is said."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from command_line import CV, environment, refused, run, search_path
from many import batch_folder, until

from tailor.batch.engine import EngineError
from tailor.batch.engine import run as run_engine
from tailor.batch.store import FolderStore
from tailor.batch.values import Choices, PostingItem, Task
from tailor.batch.worker import Chunk, Done, work
from tailor.values.settings import Engine, EngineName

PAGE = Path(__file__).parents[2] / "docs" / "scaling.md"
ADDRESS = "tcp://127.0.0.1:8786"
# What a library might do in a worker; Python reads it at its start.
DEADLY = """
import os, signal
from tailor import pipeline
match = pipeline.match
def deadly(cv, posting):
    if posting.title.startswith("Dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    return match(cv, posting)
pipeline.match = deadly
"""
OTHER_VERSION = "import tailor; tailor.__version__ = '0.0.1'"


def commands() -> list[list[str]]:
    """The commands of the page, cut into words: scheduler, workers, batch."""
    block = PAGE.read_text(encoding="utf-8").partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line) for line in block.splitlines()]


def started(words: list[str], folder: Path, **variables: str) -> subprocess.Popen[bytes]:
    """Start a command of Dask's in a process group of its own."""
    assert words[0] == "dask"
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment(folder, variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def told(facts: Path) -> str:
    """The address in the file that a scheduler writes, "" as long as there is none."""
    try:
        return str(json.loads(facts.read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError):
        return ""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the scheduler is that the page's commands start, with two workers."""
    pytest.importorskip("distributed", reason="needs Dask: pip install '.[dask]'")
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    facts = folder / "scheduler.json"
    scheduler, workers, _ = commands()
    scheduler = [word.replace("8786", "0") for word in scheduler]
    # It ends by itself if these tests do not end it.
    own = ("--scheduler-file", str(facts), "--no-dashboard", "--idle-timeout", "600s")
    processes = []
    try:
        # A worker need not die four times before it is said.
        once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        processes.append(started([*scheduler, *own], folder, **once))
        until(lambda: told(facts) != "")
        workers = [told(facts) if word == ADDRESS else word for word in workers]
        own = ("--nworkers", "2", "--no-dashboard", "--death-timeout", "60s")
        processes.append(started([*workers, *own], folder, PYTHONPATH=search_path(folder)))
        yield told(facts)
    finally:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def chunks(count: int) -> list[Chunk]:
    """Chunks of one task each, a posting that cannot be read."""
    items = (PostingItem(str(number), b"", error="empty") for number in range(count))
    cvs = {"cv.md": CV.encode()}
    return [Chunk((Task(number, "cv.md", item),), cvs) for number, item in enumerate(items)]


def never(chunk: Chunk) -> list[Done]:
    """Is not called: no worker dies."""
    raise AssertionError(chunk)


def typed(folder: Path, address: str) -> list[str]:
    """The words after `tailor` of the page's batch, for a folder of two postings."""
    batch_folder(folder / "postings", 2)
    (folder / "postings" / "cv.md").rename(folder / "master_cv.md")
    program, *words = commands()[2]
    assert program == "tailor"
    return [word.replace(ADDRESS, address) for word in words]


def test_commands_of_the_page(tmp_path: Path, address: str) -> None:
    """As they stand, but for the port and the number of workers; also with an address."""
    words = typed(tmp_path, address)
    far = ["--out", f"file://{tmp_path}/far", "--state", "state", "--no-report"]
    for more, out in (([], "applications"), (far, "far")):
        done = run(*words, *more, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert len(list((tmp_path / out).glob("*/*.docx"))) == 2
        assert (tmp_path / out / "index.html").is_file()


def test_another_version_is_refused(tmp_path: Path, address: str) -> None:
    """Else the next run would do all again, or mix what two versions wrote."""
    (tmp_path / "sitecustomize.py").write_text(OTHER_VERSION, encoding="utf-8")
    words = typed(tmp_path, address)
    done = run(*words, cwd=tmp_path, env={"PYTHONPATH": search_path(tmp_path)})
    refused(done, 2, "another version of tailor", "install the same")
    assert list((tmp_path / "applications").glob("*/*.docx")) == []


def test_machines_without_tailor_are_told(address: str) -> None:
    """This module is nowhere but here: it stands for a program that is not installed there."""
    engine = Engine(EngineName.DASK, 0, address)
    with pytest.raises(EngineError, match="not installed there"):
        list(run_engine(chunks(1), never, engine, never))


def test_an_error_while_postings_are_read_ends_the_run(tmp_path: Path, address: str) -> None:
    """Once, when all that was handed out is back; not in silence, not never."""

    def broken() -> Iterator[Chunk]:
        yield from chunks(100)
        raise ZeroDivisionError

    choices = Choices(documents=False)
    job = partial(work, choices=choices, store=FolderStore(tmp_path), own_process=False)
    engine = Engine(EngineName.DASK, 0, address)
    rows: list[Done] = []
    with pytest.raises(ZeroDivisionError):
        rows.extend(one for done in run_engine(broken(), job, engine, never) for one in done)
    assert sorted(one.row.number for one in rows) == list(range(100))


def test_a_posting_that_ends_its_worker(tmp_path: Path, address: str) -> None:
    """Is a row that says so; the others are done, also those that were with the same worker."""
    words = typed(tmp_path, address)
    with (tmp_path / "postings" / "jobs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "deadly", "title": "Dies", "text": "Required\n- Dies"}) + "\n")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 7, done.stderr
    assert "Traceback" not in done.stderr
    index = (tmp_path / "applications" / "index.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in index.splitlines()]
    assert [row["status"] for row in rows] == ["written", "written", "failed"]
    assert "worker process died of it" in rows[-1]["error"]
