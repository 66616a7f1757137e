"""A Dask cluster does the same work: whoever leaves or joins it, the same bytes in the end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from many import batch, batch_folder, end, left_over, results, start, until, written

pytest.importorskip("distributed", reason="needs the extra dask")
from cluster import Cluster

COUNT = 30


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """What a run in one process writes that nothing disturbs."""
    folder = batch_folder(tmp_path_factory.mktemp("undisturbed"), COUNT)
    assert batch(folder, "--engine", "serial", "--no-report")[0] == 0
    return results(folder / "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A CV and the postings."""
    return batch_folder(tmp_path / "batch", COUNT)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and one worker, which takes a tenth of a second more for each posting."""
    found = Cluster(tmp_path)
    try:
        found.start_scheduler()
        found.start_worker()
        yield found
    finally:
        found.end()


def options(address: str) -> tuple[str, ...]:
    """The options of a run on a cluster."""
    return ("--engine", "dask", "--scheduler", address, "--no-report")


def test_workers_come_and_go(
    cluster: Cluster, folder: Path, undisturbed: dict[str, bytes | None]
) -> None:
    """One joins in the middle, the other is killed: its work is done by the one that is left."""
    process = start(folder, *options(cluster.address))
    until(lambda: written(folder / "out") > 2, process)
    cluster.start_worker()
    cluster.workers[0].kill()
    code, _, error = end(process)
    assert code == 0, error
    assert results(folder / "out") == undisturbed
    assert left_over(folder / "out") == []


def test_the_scheduler_is_killed(
    cluster: Cluster, folder: Path, undisturbed: dict[str, bytes | None]
) -> None:
    """The run ends with one line; on the new cluster the next one does the rest only."""
    process = start(folder, *options(cluster.address))
    until(lambda: written(folder / "out") > 2, process)
    cluster.end()
    code, out, error = end(process)
    assert (code, out) == (5, ""), error
    assert "run again" in error
    assert "Traceback" not in error
    times = {path: path.stat().st_mtime_ns for path in (folder / "out").glob("*/*.docx")}
    for path in times:
        assert path.read_bytes() == undisturbed[str(path.relative_to(folder / "out"))]
    assert 2 < len(times) < COUNT

    cluster.start_scheduler()
    cluster.start_worker()
    code, _, error = batch(folder, *options(cluster.address))
    assert code == 0, error
    assert results(folder / "out") == undisturbed
    assert left_over(folder / "out") == []


def test_no_scheduler(folder: Path) -> None:
    """It is said in one line."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        code, out, error = batch(folder, *options(address))
    assert (code, out) == (2, "")
    (line,) = error.splitlines()
    assert address in line
    assert "no Dask scheduler answers" in line


def test_no_worker(tmp_path: Path, folder: Path) -> None:
    """A cluster without workers is told as such."""
    found = Cluster(tmp_path)
    try:
        found.start_scheduler()
        code, _, error = batch(folder, *options(found.address))
    finally:
        found.end()
    assert code == 2
    assert "has no workers" in error
