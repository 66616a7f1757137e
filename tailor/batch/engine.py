"""Who does the work: this process, several of this machine, or a Dask cluster; by joblib.

joblib is the seam: its backends hand out calls, collect results and stop workers.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tailor.values.errors import TailorError

if TYPE_CHECKING:
    from distributed import Client
    from joblib.parallel import ParallelBackendBase

    from tailor.batch.worker import Chunk, Done

# Chunks that wait for each worker: enough that none is idle, few enough that memory stays flat.
_WAITING = 2
# A task during which a worker died as often is given up.
_TRIES = 2
# Chunks that wait for the workers of a cluster at least.
_AHEAD = 64

_PATIENCE = 15  # seconds until a cluster answers and has a worker
_LOGGERS = ("distributed", "distributed.client")

Work = Callable[["Chunk"], "list[Done]"]
Results = Iterator["list[Done]"]


class EngineName(StrEnum):
    """The engines."""

    LOKY = "loky"
    SERIAL = "serial"
    DASK = "dask"


class EngineError(TailorError):
    """The engine cannot be used."""


class EngineLostError(EngineError):
    """The engine was there, and is not any more."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Engine:
    """Which engine with how many workers (0: as many as there are cores).

    `scheduler` is the address of a Dask cluster that runs already; of that, 0 are all workers.
    """

    name: EngineName = EngineName.LOKY
    jobs: int = 0
    scheduler: str = ""

    @property
    def has_own_processes(self) -> bool:
        """Whether a worker may end without ending anybody else's work."""
        return self.name is EngineName.LOKY


def run(
    chunks: Iterable[Chunk],
    work: Work,
    engine: Engine,
    gave_up: Work,
    folder: Path | None = None,
) -> Results:
    """Yield what `work` makes of each of `chunks`, as soon as it is done, in any order.

    `chunks` are asked for only as workers come free. Where worker processes die, their chunks
    are done again; a task that ends its worker again is left to `gave_up`. What joblib puts aside
    meanwhile stands in `folder`. Raises EngineError.
    """
    if engine.name is EngineName.SERIAL:
        yield from map(work, chunks)
    elif engine.name is EngineName.DASK:
        yield from _on_cluster(iter(chunks), work, engine, gave_up)
    else:
        yield from _in_processes(iter(chunks), work, engine, gave_up, folder)


def _in_processes(
    chunks: Iterator[Chunk], work: Work, engine: Engine, gave_up: Work, folder: Path | None
) -> Results:
    from joblib.externals.loky.process_executor import BrokenProcessPool  # noqa: PLC0415

    jobs = engine.jobs or _cores()
    ahead = _WAITING * jobs if jobs > 1 else 1
    # For one worker joblib would take this process, which a posting must not end: so there are
    # two, and one chunk at a time.
    pool = _Pool("loky", max(jobs, 2), ahead, BrokenProcessPool, _TRIES, folder)
    yield from _in_spite_of_deaths(chunks, work, pool, gave_up)


def _on_cluster(chunks: Iterator[Chunk], work: Work, engine: Engine, gave_up: Work) -> Results:
    with _cluster(engine.scheduler) as (client, died):
        # More than the workers of now need, for those that join later.
        ahead = engine.jobs or max(_WAITING * _threads(client, engine.scheduler), _AHEAD)
        # The cluster tries three times more before it says that a task ends its workers.
        pool = _Pool(_backend(client), ahead, ahead, died, 1)
        yield from _in_spite_of_deaths(chunks, work, pool, gave_up)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Workers behind one of joblib's backends: `ahead` chunks are with them at a time.

    They raise `died` where one ended; a task during which that came `tries` times is given up.
    """

    backend: str | ParallelBackendBase
    jobs: int
    ahead: int
    died: type[Exception]
    tries: int
    folder: Path | None = None


def _in_spite_of_deaths(chunks: Iterator[Chunk], work: Work, pool: _Pool, gave_up: Work) -> Results:
    while True:
        waiting = _Waiting(chunks)
        try:
            yield from _parallel(waiting, work, pool)
        except pool.died:
            # Who killed it is found by doing what was under way one at a time.
            for chunk in waiting.left():
                for task in chunk.tasks:
                    yield _carefully(replace(chunk, tasks=(task,)), work, pool, gave_up)
        else:
            return


def _carefully(chunk: Chunk, work: Work, pool: _Pool, gave_up: Work) -> list[Done]:
    for _ in range(pool.tries):
        try:
            return next(_parallel(_Waiting(iter([chunk])), work, pool))
        except pool.died:
            continue
    return gave_up(chunk)


class _Waiting:
    """Chunks on their way: remembers those handed out whose results did not come back."""

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        self._chunks = chunks
        self._out: dict[int, Chunk] = {}
        self.error: Exception | None = None

    def __iter__(self) -> Iterator[Chunk]:
        try:
            for chunk in self._chunks:
                self._out[chunk.tasks[0].number] = chunk
                yield chunk
        except Exception as error:  # noqa: BLE001 - raised when all that is out came back
            # joblib asks in a thread of the backend, where it would end nothing but the thread.
            self.error = error

    def came_back(self, done: list[Done]) -> None:
        """Forget the chunk that these results are of."""
        del self._out[done[0].row.number]

    def left(self) -> list[Chunk]:
        """Return the chunks that were handed out and did not come back."""
        return list(self._out.values())


def _parallel(waiting: _Waiting, work: Work, pool: _Pool) -> Results:
    from joblib import Parallel, delayed, parallel_config  # noqa: PLC0415

    with parallel_config(backend=pool.backend, n_jobs=pool.jobs):
        parallel = Parallel(
            return_as="generator_unordered",
            batch_size=1,
            pre_dispatch=pool.ahead,
            max_nbytes=None,
            temp_folder=str(pool.folder) if pool.folder else None,
        )
        for done in parallel(delayed(work)(chunk) for chunk in waiting):
            waiting.came_back(done)
            yield done
    if waiting.error:
        raise waiting.error


def _cores() -> int:
    from joblib import cpu_count  # noqa: PLC0415

    return int(cpu_count())


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
        raise EngineError("--engine dask needs pip install 'cv-tailor[dask]'") from None
    _check_that_somebody_listens(scheduler)
    with _quiet():
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


def _backend(client: Client) -> ParallelBackendBase:
    from joblib._dask import DaskDistributedBackend  # noqa: PLC0415 - where joblib keeps it

    class Backend(DaskDistributedBackend):  # type: ignore[misc]
        def effective_n_jobs(self, n_jobs: int) -> int:
            # For a cluster of one worker joblib would take this process, and leave alone the
            # workers that join later.
            return max(2, int(super().effective_n_jobs(n_jobs)))

        def submit(
            self, func: Callable[[], object], callback: Callable[[object], None]
        ) -> Future[object]:
            # joblib tells itself of results, but not of what the cluster failed at, such as a
            # task that ended its workers, and would wait for it for ever.
            def tell(done: Future[object]) -> None:
                if error := done.exception():
                    callback(error)

            future: Future[object] = super().submit(func, callback)
            future.add_done_callback(tell)
            return future

    return Backend(client=client)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's tracebacks out of the terminal: what they say is said in one line."""
    logs = [logging.getLogger(name) for name in _LOGGERS]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)
