"""Who does the work: this process, several of this machine, or a Dask cluster; by joblib.

joblib is the seam: its backends hand out calls, collect results and stop workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tailor.batch.engine_names import EngineName
from tailor.batch.worker import Chunk, Done, each_alone
from tailor.errors import TailorError

# Chunks that wait for each worker: enough that none is idle, few enough that memory stays flat.
_WAITING = 2
# A task during which a worker died as often is given up.
_TRIES = 2

Work = Callable[[Chunk], list[Done]]


class EngineError(TailorError):
    """The engine cannot be used, or was lost."""


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
    gave_up: Callable[[Chunk], list[Done]],
    folder: Path | None = None,
) -> Iterator[list[Done]]:
    """Yield what `work` makes of each of `chunks`, as soon as it is done, in any order.

    `chunks` are asked for only as workers come free. Where worker processes die, their chunks
    are done again; a task that ends its worker twice is left to `gave_up`. What joblib puts aside
    meanwhile stands in `folder`. Raises EngineError.
    """
    if engine.name is EngineName.SERIAL:
        yield from map(work, chunks)
    elif engine.name is EngineName.DASK:
        yield from _on_cluster(chunks, work, engine)
    else:
        yield from _in_processes(iter(chunks), work, engine, gave_up, folder)


def _in_processes(
    chunks: Iterator[Chunk],
    work: Work,
    engine: Engine,
    gave_up: Callable[[Chunk], list[Done]],
    folder: Path | None,
) -> Iterator[list[Done]]:
    from joblib.externals.loky.process_executor import BrokenProcessPool  # noqa: PLC0415

    jobs = engine.jobs or _cores()
    while True:
        waiting = _Waiting(chunks)
        try:
            yield from _parallel(waiting, work, "loky", jobs, folder)
        except BrokenProcessPool:
            # Who killed it is found by doing what was under way one at a time.
            for chunk in each_alone(waiting.left()):
                yield _carefully(chunk, work, gave_up, folder)
        else:
            return


def _carefully(
    chunk: Chunk, work: Work, gave_up: Callable[[Chunk], list[Done]], folder: Path | None
) -> list[Done]:
    from joblib.externals.loky.process_executor import BrokenProcessPool  # noqa: PLC0415

    for _ in range(_TRIES):
        try:
            return next(_parallel(_Waiting(iter([chunk])), work, "loky", 1, folder))
        except BrokenProcessPool:
            continue
    return gave_up(chunk)


def _on_cluster(chunks: Iterable[Chunk], work: Work, engine: Engine) -> Iterator[list[Done]]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError:
        raise EngineError("--engine dask needs pip install 'cv-tailor[dask]'") from None
    if not engine.scheduler:
        raise EngineError("--engine dask needs --scheduler tcp://host:port; see docs/scaling.md")
    try:
        client = Client(engine.scheduler, timeout="15s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise EngineError(
            f"{engine.scheduler}: no Dask scheduler answers ({error}); is it started?"
        ) from error
    with client:
        workers = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not workers:
            raise EngineError(f"{engine.scheduler}: has no workers; start some (docs/scaling.md)")
        try:
            yield from _parallel(_Waiting(iter(chunks)), work, "dask", engine.jobs or workers)
        except (CommClosedError, KilledWorker, OSError, TimeoutError) as error:
            raise EngineError(
                f"{engine.scheduler}: the cluster was lost ({error}); start it and run again, what "
                "is done is kept"
            ) from error


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


def _parallel(
    waiting: _Waiting, work: Work, backend: str, jobs: int, folder: Path | None = None
) -> Iterator[list[Done]]:
    from joblib import Parallel, delayed, parallel_config  # noqa: PLC0415

    # For one worker joblib would take this process, which a posting must not end: so there are
    # two, and one chunk at a time.
    with parallel_config(backend=backend, n_jobs=max(jobs, 2)):
        parallel = Parallel(
            return_as="generator_unordered",
            batch_size=1,
            pre_dispatch=_WAITING * jobs if jobs > 1 else 1,
            max_nbytes=None,
            temp_folder=str(folder) if folder else None,
        )
        for done in parallel(delayed(work)(chunk) for chunk in waiting):
            waiting.came_back(done)
            yield done


def _cores() -> int:
    from joblib import cpu_count  # noqa: PLC0415

    return int(cpu_count())
