"""No `Any` across the borders of modules: what is public says what it takes and gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tailor

ROOT = Path(tailor.__file__).parent
# What comes from tables and JSON, whose form the caller knows, or from libraries without types.
KNOWN = {
    "batch/store.py: file_system",
    "batch/values.py: from_record",
    "batch/values.py: to_record",
    "cli.py: get_command",
    "reading/fields/rendercv.py: read_rendercv",
    "reading/lines.py: line_of",
    "reading/sandbox.py: ask",
    "reading/sandbox.py: run",
    "values/resources.py: data_toml",
}


def public_with_any() -> Iterator[str]:
    """The public functions in whose signature `Any` stands."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            given += [one for one in (node.args.vararg, node.args.kwarg) if one]
            signature = [one.annotation for one in given] + [node.returns]
            names = {
                name.id
                for part in signature
                if part
                for name in ast.walk(part)
                if isinstance(name, ast.Name)
            }
            if "Any" in names:
                yield f"{path.relative_to(ROOT).as_posix()}: {node.name}"


def test_no_any_in_what_is_public() -> None:
    """None but those that are listed with a reason."""
    assert set(public_with_any()) == KNOWN
