"""How long a step may take: what takes longer is ended by an error."""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from tailor.values.errors import TailorError


@contextmanager
def deadline(seconds: float, error: Callable[[], TailorError]) -> Iterator[None]:
    """Raise what `error` makes if the block takes longer.

    Deadlines may stand inside one another: the one that comes first ends its own block.
    """

    class TimeIsOver(BaseException):
        """Ends this block only; no Exception, so that no step takes it for an error of its own."""

    try:
        with _alarm(seconds, TimeIsOver):
            yield
    except TimeIsOver:
        raise error() from None


@contextmanager
def _alarm(seconds: float, over: type[BaseException]) -> Iterator[None]:
    """Raise `over` in the block when the time is over."""
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        if 0 < left <= seconds:  # whoever waits outside is less patient
            yield
            return

        def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
            raise over

        begun = time.monotonic()
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            if left:
                rest = left - (time.monotonic() - begun)
                signal.setitimer(signal.ITIMER_REAL, max(rest, 0.001))
        return
    # Signals reach the main thread only, and Windows has none of this kind.
    bell = _Bell(threading.get_ident(), over)
    timer = threading.Timer(seconds, bell.ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        bell.silence()


class _Bell:
    """Interrupts a thread, unless it was silenced before."""

    def __init__(self, thread: int, over: type[BaseException]) -> None:
        self._thread = ctypes.c_ulong(thread)
        self._over = ctypes.py_object(over)
        self._lock = threading.Lock()
        self._silent = False

    def ring(self) -> None:
        """Let the thread's next instruction raise."""
        with self._lock:
            if not self._silent:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, self._over)

    def silence(self) -> None:
        """Ring no more."""
        with self._lock:
            self._silent = True
