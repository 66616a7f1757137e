"""Who does the work: this process, several of this machine, or a Dask cluster.

Both loky, which is part of joblib, and Dask give an executor of Python's own kind, so there is one
loop that hands out chunks of tasks and takes in what came back.
"""

from __future__ import annotations

import logging
import signal
import socket
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tailor.values.errors import TailorError, not_installed
from tailor.values.settings import Engine, EngineName

if TYPE_CHECKING:
    from distributed import Client

    from tailor.batch.worker import Chunk, Done

# Chunks that wait for each worker: enough that none is idle, few enough that memory stays flat.
_WAITING = 2
# A task during which a worker died as often is given up.
_TRIES = 2
# Chunks that wait for the workers of a cluster at least.
_AHEAD = 64
_IDLE = 300  # seconds after which a worker process without work ends

_PATIENCE = 15  # seconds until a cluster answers and has a worker
_LOGGERS = ("distributed", "distributed.client")
# What ends the run by way of the process that hands out chunks, and of no other.
_SIGNALS = frozenset(
    number for name in ("SIGINT", "SIGHUP") if (number := getattr(signal, name, None))
)
# Each process of several has its share of the cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Work = Callable[["Chunk"], "list[Done]"]
Results = Iterator["list[Done]"]


class EngineError(TailorError):
    """The engine cannot be used."""


class EngineLostError(EngineError):
    """The engine was there, and is not any more."""

    exit_code = 5


def run(chunks: Iterable[Chunk], work: Work, engine: Engine, gave_up: Work) -> Results:
    """Yield what `work` makes of each of `chunks`, as soon as it is done, in any order.

    `chunks` are asked for only as workers come free. Where worker processes die, their chunks
    are done again; a task that ends its worker again is left to `gave_up`. Raises EngineError.
    """
    if engine.name is EngineName.SERIAL:
        yield from map(work, chunks)
    elif engine.name is EngineName.DASK:
        with _cluster(engine.scheduler) as (client, died):
            # More than the workers of now need, for those that join later.
            ahead = engine.jobs or max(_WAITING * _threads(client, engine.scheduler), _AHEAD)
            executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            # The cluster tries three times more before it says that a task ends its workers.
            pool = _Pool(lambda: executor, ahead, died, 1)
            yield from _results(iter(chunks), work, pool, gave_up)
    else:
        yield from _in_processes(iter(chunks), work, engine.jobs, gave_up)


def _in_processes(chunks: Iterator[Chunk], work: Work, jobs: int, gave_up: Work) -> Results:
    # That a worker ended, or cannot count cores, is told by the rows, or is nothing to be told.
    warnings.filterwarnings("ignore", module="joblib")
    from joblib.externals import loky  # noqa: PLC0415 - only a batch needs it

    jobs = jobs or int(loky.cpu_count())
    share = dict.fromkeys(_THREADS, str(max(int(loky.cpu_count()) // jobs, 1)))

    def executor() -> Executor:
        """Return the pool, a new one where the last one broke."""
        made: Executor = loky.get_reusable_executor(
            max_workers=jobs, timeout=_IDLE, env=share, initializer=_deafen
        )
        return made

    pool = _Pool(executor, _WAITING * jobs, loky.BrokenProcessPool, _TRIES)
    try:
        yield from _results(chunks, work, pool, gave_up)
    except BaseException:
        loky.get_reusable_executor(reuse=True).shutdown(kill_workers=True)
        raise


@dataclass(frozen=True, slots=True)
class _Pool:
    """Workers that `executor` leads to: `ahead` chunks are with them at a time.

    They raise `died` where one ended; a task during which that came `tries` times is given up.
    """

    executor: Callable[[], Executor]
    ahead: int
    died: type[Exception]
    tries: int

    def submit(self, work: Work, chunk: Chunk) -> Future[list[Done]]:
        with _unheard():
            return self.executor().submit(work, chunk)


def _deafen() -> None:
    """Make a worker deaf to what a terminal sends to all its processes.

    What it inherits (`_unheard`) does not last: the start of Python's own tracker of resources
    lets these signals through again.
    """
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep from processes that are started in the block what a terminal sends to all of them.

    Who hands out chunks hears it, and ends them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _results(chunks: Iterator[Chunk], work: Work, pool: _Pool, gave_up: Work) -> Results:
    out: dict[Future[list[Done]], Chunk] = {}
    errors: list[Exception] = []
    source = _until_error(chunks, errors)
    while True:
        for chunk in islice(source, pool.ahead - len(out)):
            out[pool.submit(work, chunk)] = chunk
        if not out:
            break
        lost = []
        for future in wait(out, return_when=FIRST_COMPLETED).done:
            chunk = out.pop(future)
            try:
                yield future.result()
            except pool.died:
                lost.append(chunk)
        # Who killed a worker is found by doing what was under way one at a time.
        for chunk in lost:
            for task in chunk.tasks:
                yield _carefully(replace(chunk, tasks=(task,)), work, pool, gave_up)
    for error in errors:
        raise error


def _until_error(chunks: Iterator[Chunk], errors: list[Exception]) -> Iterator[Chunk]:
    """Yield the chunks; an error is put aside until all that is out came back."""
    try:
        yield from chunks
    except Exception as error:  # noqa: BLE001 - raised by who asks
        errors.append(error)


def _carefully(chunk: Chunk, work: Work, pool: _Pool, gave_up: Work) -> list[Done]:
    for _ in range(pool.tries):
        try:
            return pool.submit(work, chunk).result()
        except pool.died:
            continue
    return gave_up(chunk)


# A Dask cluster that somebody started: found, or said in one line why not


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[Client, type[Exception]]]:
    """Join the cluster at the address `scheduler` while the block lasts.

    Yields it, and the error that it raises where tasks end their workers.

    Raises EngineError where nobody answers or works there, EngineLostError where all is lost later.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError:
        raise EngineError(not_installed("--engine dask needs Dask", "dask")) from None
    _check_that_somebody_listens(scheduler)
    for name in _LOGGERS:  # what their tracebacks say is said in one line
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as error:
        raise _unanswered(scheduler, error) from error
    try:
        yield client, KilledWorker
    except (CancelledError, CommClosedError) as error:
        raise EngineLostError(
            f"{scheduler}: the cluster was lost; start it, with its workers, and run again: "
            "what is done is kept"
        ) from error
    except (ImportError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "deserialization" not in str(error):
            raise
        raise EngineError(
            f"{scheduler}: tailor, or what it needs, is not installed there; the scheduler and "
            "each worker need the same as this machine (docs/scaling.md)"
        ) from error
    finally:
        # A scheduler that is gone says no good-bye.
        client.close(timeout=1)  # type: ignore[no-untyped-call]


def _check_that_somebody_listens(scheduler: str) -> None:
    """Say at once what Dask would try again and again before it says it."""
    try:
        parts = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
        place = (parts.hostname or "", parts.port or 0)
    except ValueError:
        place = ("", 0)
    if not all(place):
        raise EngineError(
            f"--engine dask needs --scheduler tcp://host:port, not {scheduler!r}; "
            "see docs/scaling.md"
        )
    try:
        socket.create_connection(place, _PATIENCE).close()
    except OSError as error:
        raise _unanswered(scheduler, error) from error


def _unanswered(scheduler: str, error: Exception) -> EngineError:
    return EngineError(
        f"{scheduler}: no Dask scheduler answers ({error}); start one (docs/scaling.md)"
    )


def _threads(client: Client, scheduler: str) -> int:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise EngineError(f"{scheduler}: has no workers; start some (docs/scaling.md)") from error
    threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
    return sum(threads.values())
