"""Who does the work: this process, several of this machine, or a Dask cluster; by joblib.

joblib is the seam: its backends hand out calls, collect results and stop workers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tailor.batch.engine_names import EngineName
from tailor.batch.worker import Chunk, Done, each_alone
from tailor.errors import TailorError

# Chunks that wait for each worker: enough that none is idle, few enough that memory stays flat.
_WAITING = 2
# A task during which a worker died as often is given up.
_TRIES = 2
# Chunks that wait for the workers of a cluster at least.
_AHEAD = 64
_PATIENCE = 15  # seconds until a cluster answers and has a worker

Work = Callable[[Chunk], list[Done]]
Results = Iterator[list[Done]]


class EngineError(TailorError):
    """The engine cannot be used."""


class EngineLostError(EngineError):
    """The engine was there, and is not any more."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Engine:
    """Which engine with how many workers (0: as many as there are cores).

    `scheduler` is the address of a Dask cluster that runs already.
    """

    name: EngineName = EngineName.LOKY
    jobs: int = 0
    scheduler: str = ""

    @property
    def has_own_processes(self) -> bool:
        """Tell whether a worker may end without ending anybody else's work."""
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
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError:
        raise EngineError("--engine dask needs pip install 'cv-tailor[dask]'") from None
    if not engine.scheduler:
        raise EngineError("--engine dask needs --scheduler tcp://host:port; see docs/scaling.md")
    try:
        client = Client(engine.scheduler, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise EngineError(
            f"{engine.scheduler}: no Dask scheduler answers ({error}); is it started?"
        ) from error
    with _quiet("distributed.client"), client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
            threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            raise EngineError(
                f"{engine.scheduler}: has no workers; start some (docs/scaling.md)"
            ) from error
        jobs = engine.jobs or threads
        # More than the workers of now need, for those that join later.
        ahead = _WAITING * jobs if engine.jobs else max(_WAITING * jobs, _AHEAD)
        # The cluster itself tries three times more before it says that a task kills workers.
        pool = _Pool(_cluster_backend(), max(jobs, 2), ahead, KilledWorker, 1)
        try:
            yield from _in_spite_of_deaths(chunks, work, pool, gave_up)
        except (OSError, CancelledError, TimeoutError) as error:
            raise EngineLostError(
                f"{engine.scheduler}: the cluster was lost; start it, with its workers, and run "
                "again: what is done is kept"
            ) from error


def _cluster_backend() -> str:
    """Return the name of joblib's Dask backend, made to leave all work to the cluster.

    Where the cluster has one thread, joblib would work in this process, which a posting must
    not end.
    """
    from joblib import register_parallel_backend  # noqa: PLC0415
    from joblib._dask import DaskDistributedBackend  # noqa: PLC0415

    class Cluster(DaskDistributedBackend):  # type: ignore[misc]
        def effective_n_jobs(self, n_jobs: int) -> int:
            return max(2, int(super().effective_n_jobs(n_jobs)))

    register_parallel_backend("cluster", Cluster)
    return "cluster"


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Keep a library's tracebacks out of the terminal: what they say is said in one line."""
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Workers behind one of joblib's backends: `ahead` chunks are with them at a time.

    They raise `died` where one ended; a task during which that came `tries` times is given up.
    """

    backend: str
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
            for chunk in each_alone(waiting.left()):
                yield _carefully(chunk, work, pool, gave_up)
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

    def __iter__(self) -> Iterator[Chunk]:
        for chunk in self._chunks:
            self._out[chunk.tasks[0].number] = chunk
            yield chunk

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


def _cores() -> int:
    from joblib import cpu_count  # noqa: PLC0415

    return int(cpu_count())
