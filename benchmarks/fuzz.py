"""Feed changed files to each reader: a value or a TailorError must come, in bounds.

    python benchmarks/fuzz.py [--inputs 230000] [--seed 1] [--jobs 2] [--only "cv json"]
    python benchmarks/fuzz.py --seconds 200 --into build/fuzz.json  # a part; the same again goes on
    python benchmarks/fuzz.py --replay "cv json" 4711 [--seed 1]   # one input again, with traceback

Each input follows from its target, its number and the seed. Workers are processes with bounded
memory; one that hangs or crashes is told by its end, and another goes on. `--atheris TARGET` lets
atheris guide the changes by what they reach, where it is installed.
"""

from __future__ import annotations

import argparse
import faulthandler
import importlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from random import Random
from typing import TypedDict

from fuzz_targets import TARGETS, Target, outcome, read_files_here
from mutations import mutated

MEMORY = 3 * 2**30  # bytes of addresses of a worker, with all its libraries
PATIENCE = 300.0  # seconds on the clock until an input is said to hang, on a busy machine
SLOW = 10.0  # seconds of the processor from which an input counts as a finding
_BLOCK = 200  # inputs that a worker gets at a time
_BY_NAME = {target.name: target for target in TARGETS}


def made(target: Target, number: int, seed: int) -> bytes:
    """Return an input, the same for the same arguments."""
    return mutated(_seeds(target.name), Random(f"{seed}:{target.name}:{number}"))  # noqa: S311


@cache
def _seeds(name: str) -> list[bytes]:
    return _BY_NAME[name].seeds()


# A worker


class NoSocket(socket.socket):
    """A socket that cannot be made."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        raise AssertionError("a socket was opened")


def work(note: str, seed: int) -> None:
    """Do what standard input asks for, "START STOP TARGET" a line; tell it as JSON lines."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    socket.socket = NoSocket  # type: ignore[misc]
    read_files_here()
    mark = os.open(note, os.O_WRONLY)
    for line in sys.stdin:
        start, stop, name = line.rstrip("\n").split(" ", 2)
        target, results, slowest, findings = _BY_NAME[name], Counter[str](), (0.0, 0), []
        _seeds(name)
        begun_all = time.process_time()
        for number in range(int(start), int(stop)):
            os.pwrite(mark, f"{number:<20}".encode(), 0)
            data = made(target, number, seed)
            faulthandler.dump_traceback_later(PATIENCE, exit=True)
            begun = time.process_time()
            try:
                results[outcome(target, data)] += 1
            except Exception as error:  # noqa: BLE001 - a bug, which is what is looked for
                results["a bug"] += 1
                findings.append((number, _kind(error), traceback.format_exc()[-3000:]))
            faulthandler.cancel_dump_traceback_later()
            taken = time.process_time() - begun
            slowest = max(slowest, (taken, number))
            if taken > SLOW:
                findings.append((number, f"slow in {name}", f"{taken:.1f} s, {len(data)} bytes"))
        told = {
            "results": results,
            "slowest": slowest,
            "findings": findings,
            "seconds": time.process_time() - begun_all,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
        print(json.dumps(told), flush=True)


def _kind(error: BaseException) -> str:
    """Return what tells one bug from another: its type and the last place of ours."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if f"{os.sep}tailor{os.sep}" in frame.filename
    ]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "outside"
    return f"{type(error).__name__} at {place}"


# All of them


class Told(TypedDict):
    """What a worker tells of a block."""

    results: dict[str, int]
    slowest: tuple[float, int]
    findings: list[tuple[int, str, str]]
    seconds: float
    memory: int


@dataclass(slots=True)
class Tally:
    """What came of the inputs of one target."""

    results: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    seconds: float = 0.0
    memory: int = 0  # kilobytes that a worker had at most

    def add(self, told: Told) -> None:
        """Count what a worker told of a block."""
        self.results.update(told["results"])
        self.findings += told["findings"]
        seconds, number = told["slowest"]
        self.slowest = max(self.slowest, (seconds, number))
        self.seconds += told["seconds"]
        self.memory = max(self.memory, told["memory"])


class Worker:
    """A process that is started anew when one of its inputs ends it."""

    def __init__(self, seed: int) -> None:
        self._note = tempfile.NamedTemporaryFile(prefix="fuzz-note-")  # noqa: SIM115
        self._seed = seed
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--worker", self._note.name, "--seed", str(self._seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, name: str, start: int, stop: int) -> Iterator[Told]:
        """Have the inputs from `start` to `stop` read; yield what is told of them."""
        while start < stop:
            given, answer = self._process.stdin, self._process.stdout
            if given is None or answer is None:
                raise AssertionError("no pipes")
            given.write(f"{start} {stop} {name}\n")
            given.flush()
            line = answer.readline()
            if line:
                yield json.loads(line)
                return
            number = int(Path(self._note.name).read_text().split()[0])
            code = self._process.wait()
            said = self._process.stderr.read() if self._process.stderr else ""
            kind = f"the process ended ({signal.strsignal(-code) if code < 0 else code})"
            finding = (number, kind, said[-3000:])
            # What came before it in the block is read again, to be counted.
            self._start()
            if number > start:
                yield from self.do(name, start, number)
            yield {
                "results": {"a crash": 1},
                "findings": [finding],
                "slowest": (0.0, number),
                "seconds": 0.0,
                "memory": 0,
            }
            start = number + 1

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        self._note.close()


def run(
    targets: list[Target], inputs: int, seed: int, jobs: int, seconds: float, into: Path | None
) -> dict[str, Tally]:
    """Feed so many inputs in all, or what there is time for; return what came of them.

    What `into` holds of earlier parts counts, and is not done again.
    """
    until = time.monotonic() + seconds
    whole = sum(target.share for target in targets)
    blocks = []
    for target in targets:
        count = round(inputs * target.share / whole)
        blocks += [
            (target.name, start, min(start + _BLOCK, count)) for start in range(0, count, _BLOCK)
        ]
    Random(seed).shuffle(blocks)  # noqa: S311
    number = len(blocks)
    tallies = {target.name: Tally() for target in targets}
    if into and into.is_file():
        before = json.loads(into.read_text())
        del blocks[len(blocks) - before["blocks"] :]
        for name, told in before["tallies"].items():
            tallies[name].add(told)

    def share(worker: Worker) -> None:
        while blocks and time.monotonic() < until:
            name, start, stop = blocks.pop()
            for told in worker.do(name, start, stop):
                tallies[name].add(told)
                for number, kind, _ in told["findings"]:
                    print(f"found: {name} {number}: {kind}", file=sys.stderr, flush=True)
        worker.close()

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(share, [Worker(seed) for _ in range(jobs)]))
    if into:
        names = [part.name for part in fields(Tally)]
        kept = {
            name: {part: getattr(tally, part) for part in names} for name, tally in tallies.items()
        }
        into.write_text(json.dumps({"blocks": number - len(blocks), "tallies": kept}))
    return tallies


def show(tallies: dict[str, Tally]) -> None:
    """Print the table, then each kind of finding once."""
    head = ("reader", "inputs", "values", "refused", "bugs", "ms each", "slowest s", "MB")
    print("{:<18}{:>9}{:>9}{:>9}{:>6}{:>9}{:>11}{:>7}".format(*head))
    total = Counter[str]()
    for name, tally in tallies.items():
        count = sum(tally.results.values())
        bad = len(tally.findings)
        values = tally.results["a value"]
        refused = sum(n for kind, n in tally.results.items() if kind.endswith("Error"))
        total.update(inputs=count, values=values, refused=refused, bugs=bad)
        each = 1000 * tally.seconds / max(count, 1)
        numbers = f"{count:>9,}{values:>9,}{refused:>9,}{bad:>6}{each:>9.1f}"
        print(f"{name:<18}{numbers}{tally.slowest[0]:>11.2f}{tally.memory // 1024:>7,}")
    names = ("inputs", "values", "refused", "bugs")
    print("{:<18}{:>9,}{:>9,}{:>9,}{:>6}".format("all", *(total[name] for name in names)))
    seen = Counter(kind for tally in tallies.values() for _, kind, _ in tally.findings)
    for kind, count in seen.most_common():
        name, finding = next(
            (name, finding)
            for name, tally in tallies.items()
            for finding in tally.findings
            if finding[1] == kind
        )
        print(f"\n{kind}, {count} times, first: {name} {finding[0]}\n{finding[2]}")


def save(tallies: dict[str, Tally], folder: Path, seed: int) -> None:
    """Write the first input of each kind of finding."""
    folder.mkdir(parents=True, exist_ok=True)
    known = set()
    for name, tally in tallies.items():
        for number, kind, _ in tally.findings:
            if (name, kind) not in known:
                known.add((name, kind))
                data = made(_BY_NAME[name], number, seed)
                (folder / f"{name.replace(' ', '_')}_{number}").write_bytes(data)


def guided(target: Target, seconds: int) -> None:
    """Let atheris choose the changes."""
    atheris = importlib.import_module("atheris")  # no part of the environment
    atheris.instrument_all()
    read_files_here()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(target.seeds()):
            (Path(folder) / str(number)).write_bytes(data)
        atheris.Setup(
            [sys.argv[0], f"-max_total_time={seconds}", "-rss_limit_mb=3000", folder],
            lambda data: outcome(target, data),
        )
        atheris.Fuzz()


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=230_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", action="append", choices=list(_BY_NAME))
    parser.add_argument("--save", type=Path)
    parser.add_argument("--into", type=Path, help="a file that counts parts together")
    parser.add_argument("--replay", nargs=2, metavar=("TARGET", "NUMBER"))
    parser.add_argument("--atheris", choices=list(_BY_NAME))
    parser.add_argument("--seconds", type=int, default=10**6, help="no more after so many")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker, options.seed)
    elif options.replay:
        target = _BY_NAME[options.replay[0]]
        print(outcome(target, made(target, int(options.replay[1]), options.seed)))
    elif options.atheris:
        guided(_BY_NAME[options.atheris], options.seconds)
    else:
        targets = [t for t in TARGETS if not options.only or t.name in options.only]
        begun = time.monotonic()
        tallies = run(
            targets, options.inputs, options.seed, options.jobs, options.seconds, options.into
        )
        show(tallies)
        print(f"{time.monotonic() - begun:.0f} s on the clock")
        if options.save:
            save(tallies, options.save, options.seed)


if __name__ == "__main__":
    main()
