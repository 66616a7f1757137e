"""What a worker process does: tasks one after the other, each within bounds of time and memory."""

from __future__ import annotations

import ctypes
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial

from tailor import __version__
from tailor.batch.engine import EngineError
from tailor.batch.store import Store
from tailor.batch.values import Choices, Row, Status, Task, program
from tailor.reading.files import TimeIsOver, alarm, can_ring
from tailor.values import limits
from tailor.values.errors import PostingError, TailorError, bug_report

# After so many times the bound, what cannot be interrupted ends with its process.
_LAST_CALL = 2.0
_SECONDS_BETWEEN_LOOKS = 0.5


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks that a worker does one after the other, with the contents of their CVs by name.

    `program` is the digest of the program that makes the chunk.
    """

    tasks: tuple[Task, ...]
    cvs: Mapping[str, bytes]
    program: bytes = field(default_factory=program)


@dataclass(frozen=True, slots=True)
class Done:
    """A row, and where a bug ended its task, the traceback."""

    row: Row
    bug: str = ""


def work(chunk: Chunk, choices: Choices, store: Store, *, own_process: bool) -> list[Done]:
    """Do the tasks of `chunk`. Whatever goes wrong with one is its row, and the rest goes on.

    Raises EngineError where this program is another one than that which made the chunk.
    """
    if own_process:
        _end_with_parent()  # first: while all is loaded, the parent may end
        _limit_memory(choices.memory)
    if chunk.program != program():
        raise EngineError(
            f"{socket.gethostname()}: a worker has another version of tailor, {__version__}, or of "
            "its tables; install the same one everywhere (docs/scaling.md)"
        )
    # Who hands out tasks does without what makes rows.
    from tailor.batch.application import load, make_row  # noqa: PLC0415

    load(Choices(report=choices.report))
    one = partial(_one, choices=choices, own_process=own_process)
    writing: dict[int, Future[None]] = {}

    def begun(task: Task) -> Row:
        row, contents = make_row(task, chunk.cvs[task.cv], choices)
        if contents:
            write = partial(store.write, row.folder, contents, force=choices.force)
            writing[task.number] = disk.submit(write)
        return row

    def ended(row: Row) -> Row:
        if row.number in writing:
            writing[row.number].result()
        return row

    # The disk is written to while the next posting is worked on: a sixth of the time of one.
    with ThreadPoolExecutor(max_workers=1) as disk:
        done = [one(task, partial(begun, task)) for task in chunk.tasks]
        return [
            found if found.row.error else one(task, partial(ended, found.row))
            for task, found in zip(chunk.tasks, done, strict=True)
        ]


def _one(task: Task, make: Callable[[], Row], choices: Choices, *, own_process: bool) -> Done:
    """Return the row that `make` makes within the bounds, or that of what went wrong."""
    try:
        with limits.using(choices.limits), _time_limit(choices.timeout, own_process=own_process):
            return Done(make())
    except TailorError as error:
        return Done(failed(task, str(error)))
    except MemoryError:
        return Done(failed(task, f"{task.posting.name}: needs more memory than is allowed"))
    except Exception as error:  # noqa: BLE001 - one posting must not end the run; the log has it
        told = f"{task.posting.name}: a bug in tailor ({type(error).__name__})"
        return Done(failed(task, told), bug_report(error))


def failed(task: Task, error: str) -> Row:
    """Return the row of a task that came to nothing."""
    posting = task.posting
    named = (posting.title, posting.company, posting.place)
    return Row(
        task.number, posting.name, task.cv, "", Status.FAILED, *named, error=" ".join(error.split())
    )


# Bounds


@contextmanager
def _time_limit(seconds: float, *, own_process: bool) -> Iterator[None]:
    """Raise PostingError if the block takes longer; 0 sets no bound.

    In a worker's `own_process` what does not heed it, such as a library's loop, is ended with
    the process; the engine then starts another.
    """
    if seconds <= 0:
        yield
        return
    last_call = threading.Timer(seconds * _LAST_CALL, os._exit, (1,))
    last_call.daemon = True
    if own_process:
        last_call.start()
    try:
        with _alarm(seconds):
            yield
    except TimeIsOver:
        raise PostingError(
            f"took longer than {seconds:g} seconds; shorten the posting, or allow more (--timeout)"
        ) from None
    finally:
        last_call.cancel()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if can_ring():
        with alarm(seconds):
            yield
        return
    # Signals reach the main thread only, and a cluster's workers run tasks in others.
    raised = ctypes.c_ulong(threading.get_ident()), ctypes.py_object(TimeIsOver)
    timer = threading.Timer(seconds, ctypes.pythonapi.PyThreadState_SetAsyncExc, raised)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@cache
def _end_with_parent() -> None:
    """Let this worker process end when the one that started it has ended, however that came.

    A worker that waits for work would never notice, and a second run might meet it.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:  # another one takes over orphans; not on Windows
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(megabytes: int) -> None:
    """Let this process have no more than so much data; 0 sets no bound. Linux and macOS only."""
    if megabytes <= 0:
        return
    import resource  # noqa: PLC0415 - not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * limits.MEGABYTE, hard))
