"""The command line as people run it: real processes in a home of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ESCAPE = "\x1b"

CV = """\
# Ada Example
Platform engineer

ada@example.org | Leeds, UK

## Experience

### Engineer, Larkhollow Tickets, York
Mar 2021 – Present
- Ran Kubernetes clusters for a shop that sells festival tickets.
- Wrote backup scripts in Python and tested every restore.
"""
POSTING = """\
Platform Engineer
Thistlemoor Mutual | Leeds, UK

What you'll do
- Run our Kubernetes clusters
- Write tools in Python
"""


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of a user without a configuration, in whose terminal nothing is set."""
    own = "TAILOR_CV COLUMNS TERM NO_COLOR FORCE_COLOR PYTHONIOENCODING".split()
    kept = {name: value for name, value in os.environ.items() if name not in own}
    folders = {"HOME": str(home)}
    folders |= {f"XDG_{kind.upper()}_HOME": str(home / f".{kind}") for kind in ("config", "cache")}
    return {**kept, **folders, "PYTHONUTF8": "1", **(more or {})}


def search_path(first: Path) -> str:
    """Where Python looks for modules: in `first`, then where it looks for those of this process."""
    return os.pathsep.join(filter(None, (str(first), os.environ.get("PYTHONPATH"))))


def run(
    *arguments: str | Path,
    cwd: Path,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = (sys.executable, "-c", "from tailor.cli import main; main()"),
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """Run the command line in the folder `cwd`, with standard output and error in pipes."""
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=cwd,
        env=environment(cwd / "home", env),
        input=stdin,
        capture_output=True,
        encoding=encoding,
        timeout=120,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder: the bytes of files, None for folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Check the manner of a refusal: one line on standard error that has all `words`."""
    assert (result.returncode, result.stdout) == (code, ""), result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith("tailor: ")
    assert "Traceback" not in line
    assert ESCAPE not in line
    for word in words:
        assert word in line


def small_folder(folder: Path) -> Path:
    """Put a small CV and a small posting into `folder`, and return it."""
    (folder / "cv.md").write_text(CV, encoding="utf-8")
    (folder / "posting.txt").write_text(POSTING, encoding="utf-8")
    return folder
