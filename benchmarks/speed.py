"""Time whole commands from nothing to a Word file, beside the import of the libraries alone.

    python benchmarks/speed.py [--only cold stages warm install] [--cv PATH] [--runs 9]
    python benchmarks/speed.py --only cold --before CHECKOUT --peer PYTHON

cold: whole processes in turn, medians: the command, the floor (spaCy, scikit-learn, python-docx
and Typer imported, nothing done), Python alone, another checkout of tailor, and
cv-consultant-pro-mcp in the environment whose Python is named. stages: what one process spends
where, the first time, with all that is imported and read for it, and the second. warm: the stages
of stages.py, on postings seen for the first time. install: packages and megabytes of a new
environment, and which of them an application imports (downloads them; not done unless asked for).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from training.records import read_records

ROOT = Path(__file__).parent.parent
_COMPILED = Path(tempfile.gettempdir()) / "cv-tailor-compiled"
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
PARTS = ("cold", "stages", "warm", "install")
MAIN = "from tailor.cli import main; main()"
FLOOR = "import spacy, sklearn.feature_extraction.text, docx, typer"
PIECES = ("spacy", "sklearn.feature_extraction.text", "docx", "typer", "numpy")
_STAGES = ("command line", "read the CV", "read the posting", "match", "select", "write", "report")
# Prints what each stage took, in two turns: with and without what is loaded only once.
_TIMED = """
import sys, time
begun = time.perf_counter()
import json
from tailor import cli, pipeline
loaded = time.perf_counter() - begun
spent = {}
def timed(name, step):
    def run(*args, **named):
        start = time.perf_counter()
        try:
            return step(*args, **named)
        finally:
            spent[name] = time.perf_counter() - start
    return run
steps = {"read the CV": "read_cv", "read the posting": "read_posting", "match": "match",
         "select": "select", "write": "_write", "all": "tailor"}
for name, step in steps.items():
    setattr(pipeline, step, timed(name, getattr(pipeline, step)))
inner = pipeline.tailor
def tailor(*args, **named):
    spent["command line"] = time.perf_counter() - start
    return inner(*args, **named)
pipeline.tailor = tailor
out = sys.argv.pop(1)
turns = []
for turn in range(2):
    start = time.perf_counter()
    try:
        cli.main()
    except SystemExit as end:
        assert not end.code
    whole = time.perf_counter() - start
    turns.append({**spent, "report": whole - spent["command line"] - spent["all"]})
turns[0]["command line"] += loaded
with open(out, "w") as file:
    json.dump(turns, file)
"""
# Reads a CV and a posting, as batch.py writes them, and writes a Word file.
_PEER = """
import json, sys
from cv_consultant_pro.corpus import models as m
from cv_consultant_pro.docx import write_docx
from cv_consultant_pro.jd import parse_jd
from cv_consultant_pro.match import score
from cv_consultant_pro.render import AuditError, render, select
given, out = sys.argv[1:]
given = json.load(open(given, encoding="utf-8"))
roles = [
    m.Role(str(n), r["title"], r["organisation"], bullets=[
        m.Bullet(f"{n}.{k}", line, "") for k, line in enumerate(r["lines"])
    ])
    for n, r in enumerate(given["roles"])
]
corpus = m.Corpus(m.Person(given["name"]), roles=roles)
posting = parse_jd(given["posting"])
if not posting.requirements:
    raise SystemExit("no requirement found")
card = score(posting, corpus)
try:
    write_docx(render(corpus, posting, card, select(corpus, card)).document, out)
except (AuditError, AttributeError, TypeError, ValueError) as error:
    raise SystemExit(f"no document: {error}")
"""
# Megabytes of each package, who asks for it, and whether an application imports anything of it.
_INSTALLED = """
import json, re, sys
from importlib.metadata import distributions
from tailor.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code
used = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
rows = []
for package in distributions():
    files = [file.locate() for file in package.files or ()]
    needs = [need for need in package.requires or () if "extra ==" not in need]
    rows.append({
        "name": re.sub("[-_.]+", "-", package.name).lower(),
        "bytes": sum(file.stat().st_size for file in files if file.is_file()),
        "needs": [re.sub("[-_.]+", "-", re.match("[A-Za-z0-9._-]+", n)[0]).lower() for n in needs],
        "imported": any(str(file) in used for file in files),
    })
print(json.dumps(rows))
"""


def main() -> None:
    """Print the tables of the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS[:-1])
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--count", type=int, default=100, help="postings of the warm part")
    parser.add_argument("--before", type=Path, help="another checkout, timed beside this one")
    parser.add_argument("--peer", type=Path, help="the Python of the peer's environment")
    options = parser.parse_args()
    options.cv = options.cv.resolve()
    texts = [record["text"] for record in read_records(SHARED / "postings/postings.jsonl.gz")]
    random.Random(options.seed).shuffle(texts)  # noqa: S311 - a sample
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "posting.txt"
        application = ("--job", str(job), "--cv", str(options.cv), "--out", folder)
        if {"cold", "stages", "install"} & set(options.only):
            texts = list(islice(_answered(texts, application), options.runs))
            job.write_text(texts[0], encoding="utf-8")
        if "cold" in options.only:
            _print_cold(application, texts, options)
        if "stages" in options.only:
            _print_stages(application, options.runs)
        if "warm" in options.only:
            command: list[str] = [
                sys.executable,
                str(ROOT / "benchmarks/stages.py"),
                "--cv",
                str(options.cv),
            ]
            print("\nWarm, in one process:", flush=True)
            subprocess.run([*command, "--count", str(options.count)], check=True)
        if "install" in options.only:
            _print_install(application, Path(folder))


def _answered(texts: Iterable[str], application: Sequence[str]) -> Iterator[str]:
    """Yield the postings for which an application is made: of some, the CV has nothing."""
    for text in texts:
        Path(application[1]).write_text(text, encoding="utf-8")
        if not _timed((sys.executable, "-c", MAIN, *application), ROOT)[2]:
            yield text


def _print_cold(
    application: Sequence[str], texts: Sequence[str], options: argparse.Namespace
) -> None:
    """Print medians of whole processes in turn; each turn has a posting of its own."""
    job = Path(application[1])
    python = sys.executable
    ways: dict[str, tuple[Sequence[str], Path | None]] = {
        "Python alone": ((python, "-c", "pass"), None),
        **{f"import {name}": ((python, "-c", f"import {name}"), None) for name in PIECES},
        "**floor**: " + FLOOR: ((python, "-c", FLOOR), None),
        "`tailor --help`": ((python, "-c", MAIN, "--help"), ROOT),
        "**tailor --job --cv**": ((python, "-c", MAIN, *application), ROOT),
    }
    if options.before:
        ways["the same, before"] = ((python, "-c", MAIN, *application), options.before)
    if options.peer:
        given = job.with_name("given.json")
        out = str(job.with_name("peer.docx"))
        ways["cv-consultant-pro-mcp"] = ((options.peer, "-c", _PEER, str(given), out), None)
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    busy: dict[str, list[float]] = {name: [] for name in ways}
    done: dict[str, int] = dict.fromkeys(ways, 0)
    for turn, text in enumerate([texts[0], *texts[: options.runs]]):
        job.write_text(text, encoding="utf-8")
        if options.peer:
            given.write_text(json.dumps({**_roles(options.cv), "posting": text}), encoding="utf-8")
        for name, (command, checkout) in ways.items():
            took, worked, code = _timed(command, checkout)
            if not turn:  # Python compiles
                continue
            seconds[name].append(took)
            busy[name].append(worked)
            done[name] += not code
    floor, floor_busy = (statistics.median(of["**floor**: " + FLOOR]) for of in (seconds, busy))
    print(f"\nWhole processes in turn, medians of {options.runs} real postings, one each turn\n")
    print("| process | s | of the floor | processor s | of the floor | ended well |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, found in seconds.items():
        took, worked = statistics.median(found), statistics.median(busy[name])
        print(f"| {name} | {took:.2f} | {took / floor:.2f} | {worked:.2f} | ", end="")
        print(f"{worked / floor_busy:.2f} | {done[name]} of {len(found)} |", flush=True)


def _timed(command: Sequence[str | Path], checkout: Path | None) -> tuple[float, float, int]:
    """Return seconds, processor seconds and exit code of a process, by the code of `checkout`.

    Python keeps what it compiled, as on a user's machine, whatever the environment says here.
    """
    quiet = subprocess.DEVNULL
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(_COMPILED)
    before = os.times()
    code = subprocess.run(
        command, cwd=checkout, env=kept, stdout=quiet, stderr=quiet, check=False
    ).returncode
    after = os.times()
    busy = after.children_user + after.children_system
    busy -= before.children_user + before.children_system
    return after.elapsed - before.elapsed, busy, code


def _roles(cv: Path) -> dict[str, object]:
    """Return a CV as the peer wants it."""
    from tailor import read_cv

    whole = read_cv(cv)
    return {
        "name": whole.name,
        "roles": [
            {
                "title": entry.title,
                "organisation": entry.organisation,
                "lines": [bullet.text.plain for bullet in entry.bullets],
            }
            for entry in whole.positions
        ],
    }


def _print_stages(application: Sequence[str], runs: int) -> None:
    """Print what each stage takes in a process, the first time and the second."""
    out = Path(application[-1]) / "stages.json"
    turns: list[list[dict[str, float]]] = []
    alone = []
    for _ in range(runs):
        alone.append(_timed((sys.executable, "-c", "pass"), None)[0])
        if _timed((sys.executable, "-c", _TIMED, str(out), *application), ROOT)[2]:
            raise SystemExit("the application failed")
        turns.append(json.loads(out.read_text()))
    start = 1000 * statistics.median(alone)
    first, again = (
        {name: 1000 * statistics.median(turn[place][name] for turn in turns) for name in _STAGES}
        for place in (0, 1)
    )
    whole = start + sum(first.values())
    print(f"\nOne posting; medians of {runs} processes\n")
    print("| stage | ms | share | ms, a second time |")
    print("|---|---:|---:|---:|")
    print(f"| Python starts | {start:.0f} | {100 * start / whole:.0f} % | |")
    for name in _STAGES:
        print(f"| {name} | {first[name]:.0f} | {100 * first[name] / whole:.0f} % | ", end="")
        print(f"{again[name]:.1f} |")
    print(f"| all | {whole:.0f} | | {sum(again.values()):.1f} |")


def _print_install(application: Sequence[str], folder: Path) -> None:
    """Install into a new environment and print what is there, and who wants it."""
    environment = folder / "environment"
    python = environment / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    # A copy, so that no build lies in the checkout afterwards.
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "source")], check=True)
    subprocess.run([*pip, "install", str(folder / "source")], check=True)
    done = subprocess.run(
        [python, "-c", _INSTALLED, *application, "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    rows = [row for row in json.loads(done.stdout.splitlines()[-1]) if row["name"] != "pip"]
    rows = [row for row in rows if row["name"] != "setuptools"]
    whole = sum(row["bytes"] for row in rows)
    used = sum(row["bytes"] for row in rows if row["imported"])
    print(f"\n{len(rows)} packages, {whole / 1e6:.0f} MB; an application imports ", end="")
    print(f"{sum(row['imported'] for row in rows)} of them, {used / 1e6:.0f} MB\n")
    print("| package | MB | needed by | imported |\n|---|---:|---|---|")
    for row in sorted(rows, key=lambda row: -row["bytes"]):
        by = ", ".join(sorted(other["name"] for other in rows if row["name"] in other["needs"]))
        print(f"| {row['name']} | {row['bytes'] / 1e6:.1f} | {by} | ", end="")
        print(f"{'yes' if row['imported'] else ''} |")


if __name__ == "__main__":
    main()
