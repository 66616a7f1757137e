"""No command asks for a network, and none leaves files outside of its folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from command_line import CV, POSTING, environment, search_path

HERE = Path(__file__).parent
SCRIPT = HERE / "no_network.py"
# What a browser or Word would fetch.
PAGE = """\
<html><head><title>Platform Engineer</title><base href="http://example.invalid/">
<link rel="stylesheet" href="http://example.invalid/x.css">
<script src="http://example.invalid/x.js"></script></head><body><h1>Platform Engineer</h1>
<img src="http://example.invalid/x.png"><p>Thistlemoor Mutual runs a shop for festival tickets from
Leeds, and looks for somebody who keeps its machines running by day and, now and then, by night.</p>
<h2>Requirements</h2><ul><li>Kubernetes clusters in production</li><li>Tools in Python</li>
<li>Backups that were restored and tested</li></ul></body></html>
"""
COMMANDS = {
    "the usual": "--job posting.txt --cv cv.md --out out --report --json",
    "a page": "--job page.html --cv cv.md --out word/cv.docx --diff",
    "a Word file": "--job page.html --cv word/cv.docx --out word/ --pages 1",
    "explain": "explain --job page.html --cv cv.md",
    "check": "check word/cv.docx --job posting.txt --cv cv.md",
    "import": "import word/cv.docx --out master.md",
    "import JSON": "import cv.md --out master.json --to json",
    "from JSON": "--job posting.txt --cv master.json --out json/",
    "workers": "batch jobs.jsonl posting.txt page.html --cv cv.md --out many --jobs 2",
    "several CVs": "batch jobs.jsonl --cvs people --out others --engine serial --top 1",
}


@dataclass(frozen=True)
class Seen:
    """What came of all commands."""

    folder: Path
    codes: dict[str, tuple[int, str, str]]
    notes: list[tuple[str, str]]


@cache
def without_network() -> tuple[str, ...]:
    """What starts a program in a room without any network, where the system lets us."""
    room = ("unshare", "--user", "--map-root-user", "--net")
    if shutil.which(room[0]) is None:
        return ()
    return room if subprocess.run([*room, "true"], check=False).returncode == 0 else ()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """All commands, run one after the other in one process without a network."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "people").mkdir()
    for name in ("cv.md", "people/ada.md", "people/jo.md"):
        (folder / name).write_text(CV, encoding="utf-8")
    (folder / "posting.txt").write_text(POSTING, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    jobs = [{"title": f"Engineer {n}", "text": POSTING + f"- Run tool {n}\n"} for n in range(4)]
    (folder / "jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)), encoding="utf-8")
    loads = folder / "loads"
    loads.mkdir()
    shutil.copyfile(SCRIPT, loads / "sitecustomize.py")
    notes = folder / "notes.jsonl"
    more = {
        "TAILOR_TEST_NOTES": str(notes),
        "PYTHONPATH": search_path(loads),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder / "temporary"),
        "TAILOR_NO_CACHE": "0",
    }
    (folder / "temporary").mkdir()
    done = subprocess.run(
        [*without_network(), sys.executable, str(loads / "sitecustomize.py")],
        cwd=folder,
        env=environment(folder / "home", more),
        input=json.dumps([command.split() for command in COMMANDS.values()]),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = map(json.loads, done.stdout.splitlines())
    codes = dict(zip(COMMANDS, map(tuple, told), strict=True))
    found = [tuple(json.loads(line)) for line in notes.read_text("utf-8").splitlines()]
    return Seen(folder, codes, found)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_works_without_a_network(seen: Seen, name: str) -> None:
    """Each does its work where sockets are refused, in worker processes as well."""
    code, said, error = seen.codes[name]
    assert code == 0, (said, error)


def test_no_network_is_asked_for(seen: Seen) -> None:
    """Not even in vain: no socket, and no name looked up."""
    assert [note for note in seen.notes if note[0] == "network"] == []


def test_files_are_written_where_they_belong(seen: Seen) -> None:
    """In the folders that were named and in the cache: no temporary file of the system's."""
    own = {"out", "word", "json", "many", "others", "master.json"}
    written = {Path(path) for kind, path in seen.notes if kind in {"file", "folder"}}
    written.discard(Path(os.devnull))
    inside = seen.folder.resolve()
    assert [path for path in written if not path.is_relative_to(inside)] == []
    cache = inside / "home" / ".cache"
    at_home = {path for path in written if path.is_relative_to(inside / "home")}
    kept = {path for path in at_home if path.is_relative_to(cache / "tailor")}
    assert at_home - kept <= {cache, *cache.parents}
    written -= at_home
    names = {str(path.relative_to(inside)).partition("/")[0] for path in written}
    # Files are filled beside the place that they take.
    assert {name for name in names if not name.startswith(".")} == own - {"master.json"}
    assert all(path.suffix == ".part" for path in written if path.parent == inside and path.suffix)
    assert {path.name for path in seen.folder.iterdir()} >= own
    assert list((seen.folder / "temporary").iterdir()) == []


def test_what_a_batch_remembers_is_the_owners_alone(seen: Seen) -> None:
    """Nobody else may look into the folder of its state."""
    for out in ("many", "others"):
        assert (seen.folder / out / ".tailor").stat().st_mode & 0o777 == 0o700


def test_what_asks_for_a_network_is_noticed(tmp_path: Path) -> None:
    """The watch of these tests sees a socket and a look-up, and refuses both."""
    script = (
        "import socket\n"
        "for ask in (socket.socket, lambda: socket.getaddrinfo('example.invalid', 80)):\n"
        "    try: ask()\n"
        "    except PermissionError as error: print(error)\n"
    )
    shutil.copyfile(SCRIPT, tmp_path / "sitecustomize.py")
    notes = tmp_path / "notes"
    more = {"TAILOR_TEST_NOTES": str(notes), "PYTHONPATH": search_path(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path, more),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("asked for") == 2
    assert notes.read_text().count("network") == 2
