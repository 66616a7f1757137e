"""How long one posting may take, and how much memory a worker."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

from tailor.values.errors import PostingError

_MEGABYTE = 1024 * 1024
# After so many times the bound, what cannot be interrupted ends with its process.
_LAST_CALL = 2.0
_SECONDS_BETWEEN_LOOKS = 0.5


class TookTooLong(BaseException):
    """The time for one posting is over.

    No Exception, so that no step takes it for an error of its own.
    """


@contextmanager
def time_limit(seconds: float, *, own_process: bool) -> Iterator[None]:
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
    except TookTooLong:
        raise PostingError(
            f"took longer than {seconds:g} seconds; shorten the posting, or allow more (--timeout)"
        ) from None
    finally:
        last_call.cancel()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return
    # Signals reach the main thread only, and a cluster's workers run tasks in others.
    timer = threading.Timer(seconds, _interrupt, (threading.get_ident(),))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong


def _interrupt(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(TookTooLong)
    )


@cache
def end_with_parent() -> None:
    """Let this worker process end when the one that started it has ended, however that came.

    A worker that waits for work would never notice, and a second run might meet it.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:  # another one takes over orphans; not on Windows
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def limit_memory(megabytes: int) -> None:
    """Let this process have no more than so much data; 0 sets no bound. Linux and macOS only."""
    if megabytes <= 0:
        return
    import resource  # noqa: PLC0415 - not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE, hard))
