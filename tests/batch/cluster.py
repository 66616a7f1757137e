"""A Dask cluster of real processes on loopback, that tests disturb."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from command_line import search_path
from many import SLOWLY

_DASK = (sys.executable, "-m", "dask")
# No test waits longer for what must come.
_PATIENCE = 120.0


class Cluster:
    """A scheduler and its workers; all end with the `with` block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        (folder / "slow").mkdir()
        (folder / "slow" / "sitecustomize.py").write_text(SLOWLY, encoding="utf-8")

    @property
    def address(self) -> str:
        """Where the scheduler is."""
        return f"tcp://127.0.0.1:{self._port}"

    def start_scheduler(self) -> None:
        """Start the scheduler, on the port that it had before if there was one."""
        told = self._folder / "scheduler.json"
        told.unlink(missing_ok=True)
        port = ("--host", "127.0.0.1", "--port", str(self._port))
        self.scheduler = self._start("scheduler", *port, "--no-dashboard", "--no-jupyter")
        _until(lambda: _port_in(told) > 0, self.scheduler)
        self._port = _port_in(told)

    def start_worker(self) -> None:
        """Start a worker of one thread, and wait until the scheduler knows of it."""
        from distributed import Client

        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        self.workers.append(self._start("worker", self.address, *options))
        alive = sum(worker.poll() is None for worker in self.workers)
        with Client(self.address, timeout=_PATIENCE) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(alive, timeout=_PATIENCE)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        files = ("--scheduler-file", str(self._folder / "scheduler.json"))
        return subprocess.Popen(
            [*_DASK, *words, *(files if words[0] == "scheduler" else ())],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": search_path(self._folder / "slow")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """Kill all that runs."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.kill()
                process.wait(timeout=_PATIENCE)
        self.workers.clear()


def _port_in(told: Path) -> int:
    try:
        return int(json.loads(told.read_text())["address"].rpartition(":")[2])
    except (OSError, ValueError):
        return 0


def _until(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        assert process.poll() is None, "ended too early"
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
