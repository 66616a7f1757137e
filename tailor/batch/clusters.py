"""A Dask cluster that somebody started: found, or said in one line why not."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tailor.batch.engine_names import EngineError, EngineLostError

if TYPE_CHECKING:
    from distributed import Client
    from joblib._dask import DaskDistributedBackend

_PATIENCE = 15  # seconds until a cluster answers and has a worker
_LOGGERS = ("distributed", "distributed.client")


@dataclass(frozen=True, slots=True)
class Cluster:
    """What joblib needs of a cluster: a backend, how many threads its workers have by now.

    Where tasks end their workers, `died` is raised.
    """

    backend: DaskDistributedBackend
    threads: int
    died: type[Exception]


@contextmanager
def joined(scheduler: str) -> Iterator[Cluster]:
    """Join the cluster at the address `scheduler` while the block lasts.

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
            yield Cluster(_backend(client), _threads(client, scheduler), KilledWorker)
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


def _backend(client: Client) -> DaskDistributedBackend:
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
