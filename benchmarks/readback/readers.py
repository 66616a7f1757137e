"""The programs that read: which there are, and one child process for each, with a time-out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readback.scores import Parsed, Score, score_parsed, score_text
from readback.truth import Truth

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".venv-parse-back/bin/python"
NODE_FOLDER = ROOT / ".npm-parse-back"
START = 90.0  # seconds a reader may take to load (some load models), and for each file
EACH = 10.0


@dataclass(frozen=True, slots=True)
class Reader:
    """A program. `markup` is what its text is written in; `parses` says that it gives fields."""

    name: str
    source: str
    markup: str = ""
    parses: bool = False


READERS = (
    Reader("docx2txt", "PyPI"),
    Reader("docx2python", "PyPI", markup="html"),
    Reader("mammoth", "PyPI"),
    Reader("markitdown", "PyPI", markup="markdown"),
    Reader("kreuzberg", "PyPI"),
    Reader("unstructured", "PyPI"),
    Reader("iscc-tika", "PyPI"),
    Reader("officeparser", "npm"),
    Reader("pandoc", "PyPI, Debian"),
    Reader("docx2txt.pl", "Debian"),
    Reader("LibreOffice + pdftotext", "Debian"),
    Reader("LibreOffice + pdftotext -layout", "Debian"),
    Reader("resume-parser-pro", "PyPI", parses=True),
    Reader("ats-resume", "PyPI", parses=True),
    Reader("resume-parser", "npm", parses=True),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gave of each file: a text, the fields of a parser, or why it gave nothing.

    `absent` says why the reader could not run at all.
    """

    got: Mapping[Path, str | Parsed]
    failed: Mapping[Path, str]
    absent: str = ""


def read_all(reader: Reader, paths: Sequence[Path]) -> Reading:
    """Read all files with one reader. A file it fails on, or has no time for, is told of."""
    command = _command(reader)
    if command is None:
        return Reading({}, {}, "its environment is missing: make parse-back")
    order = json.dumps([str(path) for path in paths])
    late = ""
    try:
        done = subprocess.run(
            command,
            input=order.encode(),
            capture_output=True,
            timeout=START + EACH * len(paths),
            check=False,
        )
        output, errors = done.stdout, done.stderr
    except subprocess.TimeoutExpired as expired:
        output, errors = expired.stdout or b"", b""
        late = "took too long"
    answers: list[dict[str, Any]] = [
        json.loads(line) for line in output.decode().splitlines() if line.startswith("{")
    ]
    if answers and "absent" in answers[0]:
        return Reading({}, {}, str(answers[0]["absent"]))
    got = {Path(one["path"]): _value(reader, one["got"]) for one in answers if "got" in one}
    why = late or errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
    told = {Path(one["path"]): str(one["error"]) for one in answers if "error" in one}
    failed = {path: told.get(path, why) for path in paths if path not in got}
    return Reading(got, failed)


def score(reader: Reader, got: str | Parsed | None, truth: Truth) -> Score:
    """Score what a reader gave of one file; nothing at all scores 0."""
    if reader.parses:
        parsed = got if isinstance(got, Parsed) else Parsed("", (), (), ())
        return score_parsed(parsed, truth)
    return score_text(got if isinstance(got, str) else "", truth, reader.markup)


def _command(reader: Reader) -> list[str] | None:
    if reader.source != "npm":
        script = str(HERE / "text_worker.py")
        return [str(PYTHON), script, reader.name] if PYTHON.exists() else None
    node = shutil.which("node")
    if node is None or not NODE_FOLDER.is_dir():
        return None
    return [node, str(HERE / "node_worker.cjs"), reader.name, str(NODE_FOLDER)]


def _value(reader: Reader, got: object) -> str | Parsed:
    if not reader.parses or not isinstance(got, dict):
        return str(got)
    return Parsed(
        str(got["name"]),
        tuple(got["emails"]),
        tuple(got["jobs"]),
        tuple(got["education"]),
        apart=bool(got.get("apart")),
    )
