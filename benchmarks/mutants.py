"""Do the tests notice a change of the code? cosmic-ray's changes, each run by the tests near it.

    python benchmarks/mutants.py --seconds 200 --into build/mutants.json  # again, to go on
    python benchmarks/mutants.py --show build/mutants.json

First which test passes which line is measured (coverage), then each of a sample of changes, the
same for the same seed, meets those tests that pass its line, the quickest first. A change is caught
if one fails, or does not end in time. Each runs in a copy of this process that has loaded all
libraries. Changes that only the types see, and those that change nothing, such as `is` for `==` or
the size of a cache, are left out. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import io
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("matching", "selection", "document", "checking/provenance.py", "checking/nearest.py")
# Others start programs, which would not see a change, or take minutes.
TESTS = (
    *("test_matching.py", "test_asks.py", "test_answered.py", "test_requirements.py"),
    "test_golden.py",
    *("selection", "document", "checking/test_provenance.py"),
    *("test_proofs.py", "test_finding_names.py", "test_answers_by_kind.py", "test_asked_cases.py"),
    *("test_degrees.py", "test_feature.py", "test_api.py", "report", "test_metamorphic.py"),
    *("test_cue.py", "test_memory.py", "hostile/test_output_names.py", "checking/test_rules.py"),
)
_FIRST = "test_golden.py"  # which sees the most
_NOT = ("test_cli", "test_parse_back", "any_script", "for_any_cv", "in_browser")
# What changes nothing: identity for equality of None and enumerations, and what needs arguments.
_SAME = ("Is_Eq", "IsNot_NotEq", "Eq_Is", "NotEq_IsNot", "Decorator", "Variable", "_Delete_")
_MOST_TESTS, _MOST_SECONDS = 160, 20.0  # that a change meets
_LONGEST_TEST = 40.0  # seconds, while it is measured; others meet no change
_PROCESSOR, _CLOCK = 60, 240  # seconds after which a run is ended
_OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header")
_WARNINGS = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # hypothesis is loaded


def main() -> None:
    """Go on with what `--into` holds, or print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10**6, help="no more after so many")
    parser.add_argument("--into", type=Path, default=Path("build/mutants.json"))
    parser.add_argument("--show", type=Path)
    options = parser.parse_args()
    if options.show:
        show(json.loads(options.show.read_text()))
        return
    os.chdir(ROOT)
    until = time.monotonic() + options.seconds
    state: dict[str, Any] = {"near": {}, "seconds": {}, "mapped": [], "told": {}}
    if options.into.is_file():
        state = json.loads(options.into.read_text())
    load_libraries()
    try:
        measure(state, until)
        for mutant in sample(options.count, options.seed):
            key = "{file}:{line} {operator} {occurrence}".format(**mutant)
            if key not in state["told"] and time.monotonic() < until:
                state["told"][key] = judged(mutant, state)
                print(key, state["told"][key]["how"], flush=True)
    finally:
        options.into.parent.mkdir(exist_ok=True)
        options.into.write_text(json.dumps(state))


def load_libraries() -> None:
    """Import what tests need beside the rooms that are changed."""
    for name in ("spacy", "sklearn.feature_extraction.text", "docx", "lxml.html", "hypothesis"):
        importlib.import_module(name)
    from tailor.nlp.pipeline import read_texts
    from tailor.reading.reader import read_cv

    read_texts(["loaded"])
    read_cv(ROOT / "data" / "sample_cv.md")
    rooms = [f"tailor.{room.partition('/')[0]}" for room in ROOMS]
    early = [name for name in sys.modules if name.startswith(tuple(rooms))]
    if early:
        raise RuntimeError(f"loaded before their changes: {early}")


# In a process of its own


def apart(do: Callable[[], object], processor: int = _PROCESSOR) -> tuple[str, Any]:
    """Return how a copy of this process ended that did `do`, and what it returned."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 5))
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        with contextlib.suppress(BaseException):
            os.write(write, json.dumps(do()).encode())
        os._exit(0)
    os.close(write)
    begun, parts = time.monotonic(), b""
    os.set_blocking(read, False)
    while time.monotonic() - begun < _CLOCK:
        with contextlib.suppress(BlockingIOError):
            while part := os.read(read, 1 << 16):
                parts += part
            break
        time.sleep(0.02)
    else:
        os.kill(child, 9)
    os.close(read)
    _, status = os.waitpid(child, 0)
    return ("ended" if not status else "no end"), (json.loads(parts) if parts else None)


def measure(state: dict[str, Any], until: float) -> None:
    """Add which tests pass which lines, file of tests by file of tests."""
    found = [ROOT / "tests" / name for name in TESTS]
    files = list(
        dict.fromkeys(
            str(path.relative_to(ROOT))
            for place in found
            for path in (sorted(place.rglob("test_*.py")) if place.is_dir() else [place])
            if path.is_file() and not any(part in path.name for part in _NOT)
        )
    )
    for name in files:
        if name in state["mapped"] or time.monotonic() > until:
            continue
        _, told = apart(lambda name=name: passed(name), _CLOCK)  # type: ignore[misc]
        if told is None:
            raise RuntimeError(f"{name}: its tests did not end")
        for file, lines in told["near"].items():
            near = state["near"].setdefault(file, {})
            for line, tests in lines.items():
                near[line] = sorted({*near.get(line, ()), *tests})
        state["seconds"].update(told["seconds"])
        state["mapped"].append(name)
        print(f"measured: {name}, {len(told['seconds'])} tests", flush=True)


class Contexts:
    """Has coverage note which test is at work; holds how long each took that passed."""

    def __init__(self, coverage: Any) -> None:  # noqa: ANN401 - no part of the environment
        self.coverage = coverage
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Name the test."""
        self.coverage.switch_context(item.nodeid)
        yield

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test takes, with what it sets up."""
        if report.passed:
            before = self.seconds.get(report.nodeid, 0.0)
            self.seconds[report.nodeid] = before + report.duration
        else:
            self.seconds[report.nodeid] = 10**6


def passed(tests: str) -> dict[str, Any]:
    """Run a file of tests; return the tests of each line of the rooms, and what each took."""
    coverage = importlib.import_module("coverage").Coverage(
        data_file=None, include=[str(ROOT / "tailor" / "*")]
    )
    contexts = Contexts(coverage)
    coverage.start()
    pytest.main([*_OPTIONS[:1], *_OPTIONS[2:], *_WARNINGS, tests], plugins=[contexts])
    coverage.stop()
    data = coverage.get_data()
    good = {test for test, seconds in contexts.seconds.items() if seconds < _LONGEST_TEST}
    near = {
        str(Path(file).relative_to(ROOT)): {
            str(line): [test for test in names if test in good]
            for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
        if is_in_rooms(Path(file))
    }
    return {"near": near, "seconds": {t: s for t, s in contexts.seconds.items() if t in good}}


def is_in_rooms(path: Path) -> bool:
    """Return whether a file is among those that are changed."""
    inside = path.relative_to(ROOT / "tailor").as_posix()
    return any(inside == room or inside.startswith(f"{room}/") for room in ROOMS)


# Changes


def sample(count: int, seed: int) -> list[dict[str, Any]]:
    """Return changes, each at another place, with the source that they make."""
    operators = importlib.import_module("cosmic_ray.plugins")
    trees = importlib.import_module("cosmic_ray.ast")
    places: dict[tuple[str, tuple[int, int]], list[tuple[str, int]]] = {}
    files = sorted(path for path in (ROOT / "tailor").rglob("*.py") if is_in_rooms(path))
    names = [
        name for name in sorted(operators.operator_names()) if not any(p in name for p in _SAME)
    ]
    for file in files:
        tree = list(trees.ast_nodes(trees.get_ast_from_path(file)))
        for name in names:
            operator = operators.get_operator(name)()
            positions = [start for node in tree for start, _ in operator.mutation_positions(node)]
            for occurrence, start in enumerate(positions):
                at = (str(file.relative_to(ROOT)), start)
                places.setdefault(at, []).append((name, occurrence))
    random = Random(seed)  # noqa: S311 - no secret
    order = sorted(places)
    random.shuffle(order)
    made: list[dict[str, Any]] = []
    change = importlib.import_module("cosmic_ray.mutating").mutate_code
    for file_name, (line, _) in order:
        name, occurrence = random.choice(places[file_name, (line, _)])
        if len(made) == count:
            break
        source = (ROOT / file_name).read_text(encoding="utf-8")
        new = change(source, operators.get_operator(name)(), occurrence)
        if new and without_types(new) != without_types(source):
            made.append(
                {
                    "file": file_name,
                    "line": line,
                    "operator": name.removeprefix("core/"),
                    "occurrence": occurrence,
                    "source": new,
                }
            )
    return made


def without_types(source: str) -> str:
    """Return what of a module does something; "" for no Python.

    Without annotations, what is imported for them, sizes of caches, and `strict` of `zip`.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Name("t") if isinstance(node, ast.AnnAssign) else None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
            node.decorator_list = [one for one in node.decorator_list if not _is_cache(one)]
        elif isinstance(node, ast.Call):
            node.keywords = [one for one in node.keywords if one.arg != "strict"]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.test = ast.Name("t")
        elif isinstance(node, ast.ClassDef):
            node.decorator_list = []  # slots, and what keeps values from change
    return ast.dump(tree)


def _is_cache(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and "cache" in ast.dump(decorator.func)


def judged(mutant: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    """Return how the tests near a change met it."""
    lines = state["near"].get(mutant["file"], {})
    near = lines.get(str(mutant["line"])) or sorted({t for tests in lines.values() for t in tests})
    tests: list[str] = []
    seconds = 0.0
    order = {test: (_FIRST not in test, state["seconds"].get(test, 0.0), test) for test in near}
    for test in sorted(near, key=order.__getitem__):
        seconds += state["seconds"].get(test, 0.0)
        if tests and (len(tests) == _MOST_TESTS or seconds > _MOST_SECONDS):
            break
        tests.append(test)
    before = (ROOT / mutant["file"]).read_text(encoding="utf-8").splitlines()
    after = mutant["source"].splitlines()
    lines_of = [(a, b) for a, b in zip(before, after, strict=False) if a != b][:1]
    change = " => ".join(line.strip() for line in lines_of[0]) if lines_of else ""
    told = {"change": change, "tests": len(tests)}
    if not tests:
        return {**told, "how": "survived"}
    how, code = apart(lambda: run_changed(mutant, tests))
    caught = how != "ended" or code is None or code != 0
    return {**told, "how": ("caught" if how == "ended" else "no end") if caught else "survived"}


def run_changed(mutant: dict[str, Any], tests: list[str]) -> int:
    """Run tests on a changed module."""
    place = str(ROOT / mutant["file"])
    usual = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        if loader.path == place:
            return compile(mutant["source"], place, "exec")
        return usual(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]
    with contextlib.redirect_stdout(io.StringIO()):
        return int(pytest.main([*_OPTIONS, *_WARNINGS, *tests]))


def lines_passed(near: dict[str, dict[str, list[str]]], room: str) -> tuple[int, int]:
    """Return how many lines of a room can run, and how many of them some test passes."""
    lines = passed_by = 0
    for file, found in near.items():
        if file.startswith(f"tailor/{room}"):
            waiting = [compile((ROOT / file).read_text(encoding="utf-8"), file, "exec")]
            own: set[int] = set()
            for code in waiting:  # which grows
                own |= {line for _, _, line in code.co_lines() if line}
                waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
            lines += len(own)
            passed_by += len(own & {int(line) for line in found})
    return lines, passed_by


def show(state: dict[str, Any]) -> None:
    """Print how many were caught in each room, and what was not."""
    rooms: dict[str, Counter[str]] = {}
    for key, told in state["told"].items():
        room = key.split("/")[1]
        rooms.setdefault(room, Counter())[told["how"]] += 1
        rooms.setdefault("all", Counter())[told["how"]] += 1
    for room, hows in sorted(rooms.items()):
        whole = hows.total()
        caught = whole - hows["survived"]
        lines, passed_by = lines_passed(state["near"], "" if room == "all" else room)
        share = passed_by / max(lines, 1)
        print(f"{room:<12}{whole:>5}{caught:>5} caught, {caught / whole:.3f}; {dict(hows)}", end="")
        print(f"; {share:.3f} of {lines} lines passed")
    for key, told in sorted(state["told"].items()):
        if told["how"] == "survived":
            print(f"{key} ({told['tests']} tests): {told['change']}")


if __name__ == "__main__":
    main()
