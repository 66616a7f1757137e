"""Time batches: workers against one, small against large, and both against floor and peer.

    python benchmarks/batch.py [--only workers growth floor peer] [--count N] [--peer PYTHON]

workers: the same postings by one process, by two of joblib's, by two of a Dask cluster on
loopback (`distributed`), and, as the limit, by two runs at once that know nothing of each other;
whole commands, in turn. growth: more and more postings; seconds for
each, and the largest memory of a worker. floor: in this process, read to DOCX and evidence, and
index only, beside spaCy's blank tokeniser on the same postings, in turn. peer:
cv-consultant-pro-mcp in the environment whose Python is named, on the same postings.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy

from tailor.batch.store import FolderStore
from tailor.batch.values import Choices, PostingItem, Task
from tailor.batch.worker import Chunk, work

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
COMMAND = (sys.executable, "-c", "from tailor.cli import main; main()", "batch")
PARTS = ("workers", "growth", "floor", "peer")
_WARM = 20
_LIMIT = "two serial runs at once, half each: the machine's limit"
# A look reads all of /proc, and takes time from the workers.
_SECONDS_BETWEEN_LOOKS = 1.0
# Reads lines of JSON, each a CV and a posting's text, and answers each with its seconds.
_PEER = """
import json, sys, tempfile, time
from pathlib import Path
from cv_consultant_pro.corpus import models as m
from cv_consultant_pro.corpus.dates import YearMonth
from cv_consultant_pro.docx import write_docx
from cv_consultant_pro.jd import parse_jd
from cv_consultant_pro.match import score
from cv_consultant_pro.render import AuditError, render, select
cv = json.loads(sys.stdin.readline())
roles = [
    m.Role(str(n), r["title"], r["organisation"], bullets=[
        m.Bullet(f"{n}.{k}", line, "") for k, line in enumerate(r["lines"])
    ])
    for n, r in enumerate(cv["roles"])
]
corpus = m.Corpus(m.Person(cv["name"]), roles=roles)
out = Path(tempfile.mkdtemp()) / "cv.docx"
for line in sys.stdin:
    text = json.loads(line)
    start = time.process_time()
    posting = parse_jd(text)
    done = "none"
    if posting.requirements:
        card = score(posting, corpus)
        done = "matched"
        try:
            write_docx(render(corpus, posting, card, select(corpus, card)).document, out)
            done = "written"
        except (AuditError, AttributeError, TypeError, ValueError):
            pass
    print(json.dumps([done, time.process_time() - start]), flush=True)
"""


def main() -> None:
    """Print the tables of the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 2000, 5819])
    parser.add_argument("--floor", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peer", type=Path)
    options = parser.parse_args()
    with gzip.open(SHARED / "postings/postings.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    if "workers" in options.only:
        by_workers(lines[: options.count], options.cv, options.rounds)
    if "growth" in options.only:
        by_size(lines, options.cv, options.sizes)
    if "floor" in options.only:
        beside_the_tokeniser(lines[-options.floor - _WARM :], options.cv)
    if "peer" in options.only and options.peer:
        beside_the_peer(lines[-options.floor :], options.cv, options.peer)


def by_workers(lines: Sequence[str], cv: Path, rounds: int) -> None:
    """Print seconds and ratio of each engine, the medians of `rounds` runs in turn."""
    engines = {
        "serial": ("--engine", "serial"),
        "loky, 2 workers": ("--engine", "loky", "--jobs", "2"),
    }
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        postings = _written(lines, Path(folder))
        halves = [_written(lines[n::2], Path(folder), f"half {n}") for n in (0, 1)]
        if address := stack.enter_context(_cluster(2)):
            engines["dask, 2 workers"] = ("--engine", "dask", "--scheduler", address)
        for number in range(rounds):
            for name, options in engines.items():
                out = Path(folder) / f"{number} {name}"
                took = _seconds(_command(postings, cv, out, *options))
                seconds.setdefault(name, []).append(took)
            at_once = [
                _command(half, cv, Path(folder) / f"{number} {half.stem}", *engines["serial"])
                for half in halves
            ]
            seconds.setdefault(_LIMIT, []).append(_seconds(*at_once))
    print(f"\n{len(lines)} postings, documents without report; medians of {rounds}\n")
    print("| engine | s | postings/s | against serial |\n|---|---|---|---|")
    alone = statistics.median(seconds["serial"])
    for name, found in seconds.items():
        took = statistics.median(found)
        print(f"| {name} | {took:.1f} | {len(lines) / took:.1f} | {alone / took:.2f} |")


def by_size(lines: Sequence[str], cv: Path, sizes: Sequence[int]) -> None:
    """Print seconds a posting and the largest memory of a worker, as the batch grows."""
    print("\nTwo workers, documents without report; the whole command, start included\n")
    print("| postings | s | ms/posting | worker MB | all processes MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            postings = _written(lines[:size], Path(folder))
            took, worker, whole = _timed(postings, cv, Path(folder) / str(size), "--jobs", "2")
            each = 1000 * took / min(size, len(lines))
            print(f"| {size} | {took:.0f} | {each:.1f} | {worker:.0f} | {whole:.0f} |", flush=True)


def beside_the_tokeniser(lines: Sequence[str], cv: Path) -> None:
    """Print what one posting costs, in this process, in multiples of tokenising its text."""
    content = cv.read_bytes()
    ways = {"documents and evidence": Choices(report=False), "index only": Choices(documents=False)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ("tokeniser", *ways)}
    read = spacy.blank("en").tokenizer
    with tempfile.TemporaryDirectory() as folder:
        store = FolderStore(Path(folder))
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            task = Task(number, str(cv), PostingItem(f"{number}", text.encode()))
            start = time.process_time()
            read(text)
            floor = time.process_time() - start
            # Each way has half of the postings, so that none profits from what the other knows.
            way = list(ways)[number % len(ways)]
            start = time.process_time()
            work(Chunk((task,), {str(cv): content}), ways[way], store, own_process=False)
            took = time.process_time() - start
            if number >= _WARM:
                taken["tokeniser"].append((floor, floor))
                taken[way].append((took, floor))
    print(f"\n{len(lines) - _WARM} postings, one process, processor time\n")
    print("| | ms, mean | ms, median | times the tokeniser |\n|---|---|---|---|")
    for name, found in taken.items():
        took_by_each = [1000 * one for one, _ in found]
        mean, median = statistics.mean(took_by_each), statistics.median(took_by_each)
        ratio = sum(one for one, _ in found) / sum(floor for _, floor in found)
        print(f"| {name} | {mean:.2f} | {median:.2f} | {ratio:.2f} |")


def beside_the_peer(lines: Sequence[str], cv: Path, python: Path) -> None:
    """Print postings a second of both, on the same postings in turn."""
    from tailor import read_cv

    whole = read_cv(cv)
    roles = [
        {
            "title": entry.title,
            "organisation": entry.organisation,
            "lines": [bullet.text.plain for bullet in entry.bullets],
        }
        for entry in whole.positions
    ]
    content = cv.read_bytes()
    ours: list[float] = []
    theirs: list[float] = []
    kinds: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [python, "-c", _PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as peer,
    ):
        assert peer.stdin is not None  # noqa: S101 - for the type checker
        assert peer.stdout is not None  # noqa: S101
        peer.stdin.write(json.dumps({"name": whole.name, "roles": roles}) + "\n")
        store = FolderStore(Path(folder))
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            peer.stdin.write(json.dumps(text) + "\n")
            peer.stdin.flush()
            kind, took = json.loads(peer.stdout.readline())
            task = Task(number, str(cv), PostingItem(f"{number}", text.encode()))
            start = time.process_time()
            work(
                Chunk((task,), {str(cv): content}), Choices(report=False), store, own_process=False
            )
            mine = time.process_time() - start
            if number >= _WARM:
                kinds.append(kind)
                theirs.append(took)
                ours.append(mine)
        peer.stdin.close()
    print(f"\n{len(ours)} postings, one process each, processor time\n")
    print("| | postings/s | requirements found in | documents |\n|---|---|---|---|")
    print(f"| tailor | {len(ours) / sum(ours):.1f} | | |")
    found = sum(kind != "none" for kind in kinds)
    written = kinds.count("written")
    print(f"| cv-consultant-pro-mcp | {len(theirs) / sum(theirs):.1f} | {found} | {written} |")
    print(f"\ntailor / peer: {sum(theirs) / sum(ours):.2f}")
    both = [(a, b) for a, b, kind in zip(ours, theirs, kinds, strict=True) if kind == "written"]
    if both:
        ratio = sum(b for _, b in both) / sum(a for a, _ in both)
        print(f"of the {len(both)} it writes a document for: {ratio:.2f}")


def _written(lines: Sequence[str], folder: Path, name: str = "") -> Path:
    path = folder / f"{name or len(lines)}.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _seconds(*commands: Sequence[str]) -> float:
    """Run commands at the same time; return the seconds until the last of them ends."""
    start = time.monotonic()
    runs = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    for run in runs:
        if run.wait() not in {0, 7}:
            raise SystemExit(f"{run.args!r} ended with {run.returncode}")
    return time.monotonic() - start


def _command(postings: Path, cv: Path, out: Path, *options: str) -> tuple[str, ...]:
    return (*COMMAND, str(postings), "--cv", str(cv), "--out", str(out), "--no-report", *options)


def _timed(postings: Path, cv: Path, out: Path, *options: str) -> tuple[float, float, float]:
    """Run one batch; return seconds, and megabytes of the largest worker and of all processes."""
    command = _command(postings, cv, out, *options)
    start = time.monotonic()
    worker = whole = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None:
            sizes = [_resident(child) for child in _below(run.pid)]
            worker = max([worker, *sizes])
            whole = max(whole, sum(sizes) + _resident(run.pid))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    if run.returncode not in {0, 7}:
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}")
    return time.monotonic() - start, worker, whole


def _below(parent: int) -> list[int]:
    """Return the processes that `parent` started, and those that they did."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (folder / "stat").read_text()
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found += [int(folder.name), *_below(int(folder.name))]
    return found


def _resident(process: int) -> float:
    with contextlib.suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


@contextlib.contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """Start a scheduler and workers on loopback; yield its address, "" without `distributed`."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("without distributed: no Dask")
        yield ""
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = str(Path(sys.executable).with_name("dask"))
    started = [
        subprocess.Popen(
            [dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
            **quiet,  # type: ignore[call-overload]
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        try:
            time.sleep(3)
            started += [
                subprocess.Popen(
                    [
                        *(dask, "worker", address, "--nthreads", "1", "--no-dashboard"),
                        *("--local-directory", folder),
                    ],
                    **quiet,  # type: ignore[call-overload]
                )
                for _ in range(workers)
            ]
            time.sleep(5)
            yield address
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait()


if __name__ == "__main__":
    main()
