"""Who does the work: this process, several of this machine, or a Dask cluster; by joblib.

joblib is the seam: its backends hand out calls, collect results and stop workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.batch.clusters import joined
from tailor.batch.engine_names import EngineName
from tailor.batch.worker import Chunk, Done, each_alone

if TYPE_CHECKING:
    from joblib.parallel import ParallelBackendBase

# Chunks that wait for each worker: enough that none is idle, few enough that memory stays flat.
_WAITING = 2
# A task during which a worker died as often is given up.
_TRIES = 2
# Chunks that wait for the workers of a cluster at least.
_AHEAD = 64

Work = Callable[[Chunk], list[Done]]
Results = Iterator[list[Done]]


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
    with joined(engine.scheduler) as cluster:
        # More than the workers of now need, for those that join later.
        ahead = engine.jobs or max(_WAITING * cluster.threads, _AHEAD)
        # The cluster tries three times more before it says that a task ends its workers.
        pool = _Pool(cluster.backend, ahead, ahead, cluster.died, 1)
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
