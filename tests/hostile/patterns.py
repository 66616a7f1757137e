"""All regular expressions of the project, and how each is used."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import ModuleType
from typing import Any

import tailor

_FIRST_PLACE = frozenset({"match", "fullmatch"})
_USES = _FIRST_PLACE | set("compile search sub subn split findall finditer".split())
# Run by hand on the project's own tables; nothing that comes in reaches them.
_NOT_FOR_INPUT = "training"


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, and how it is used: "search" tries every place, the others the first only."""

    where: str
    pattern: re.Pattern[Any]
    how: str


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return the modules of the package that read what comes in."""
    names = (info.name for info in pkgutil.walk_packages(tailor.__path__, "tailor."))
    return tuple(
        importlib.import_module(name)
        for name in names
        if not name.startswith(_NOT_FOR_INPUT) and "__main__" not in name
    )


@cache
def tree_of(module: ModuleType) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(inspect.getsource(module))


def find_patterns() -> tuple[list[Found], list[str]]:  # noqa: C901 - one place for all
    """Return all patterns, and the places of calls of `re` whose patterns were not found."""
    found: dict[tuple[object, int, str], Found] = {}
    lost = []

    def add(where: str, pattern: re.Pattern[Any], how: str) -> None:
        kept = how if how in _FIRST_PLACE else "search"
        key = (pattern.pattern, pattern.flags, kept)
        found.setdefault(key, Found(where, pattern, kept))

    uses = _uses()
    for module in modules():
        reached = {""}
        for name, value in vars(module).items():
            for pattern in _inside(value):
                for how in uses.get(id(pattern), {"search"}):
                    add(f"{module.__name__}.{name}", pattern, how)
            if _makes_patterns(module, value):
                reached.add(name)
                for pattern in _inside(value()):
                    add(f"{module.__name__}.{name}()", pattern, "search")
        for call, how, inside in _calls(module):
            if how == "compile" and inside in reached:
                continue
            try:
                pattern = _evaluated(call, module)
            except NameError:
                lost.append(f"{module.__name__}:{call.lineno}")
                continue
            add(f"{module.__name__}:{call.lineno}", pattern, how)
    return sorted(found.values(), key=lambda each: (each.where, each.how)), lost


def _calls(module: ModuleType) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield each call of `re`, with the function it is of and the one it stands in."""

    def walk(node: ast.AST, inside: str) -> Iterator[tuple[ast.Call, str, str]]:
        for child in ast.iter_child_nodes(node):
            name = child.name if isinstance(child, ast.FunctionDef) and not inside else inside
            if (
                isinstance(child, ast.Call)
                and isinstance(child.func, ast.Attribute)
                and isinstance(child.func.value, ast.Name)
                and child.func.value.id == "re"
                and child.func.attr in _USES
            ):
                yield child, child.func.attr, inside
            yield from walk(child, name)

    return walk(tree_of(module), "")


def _makes_patterns(module: ModuleType, value: object) -> bool:
    """Tell whether `value` is a cached function of `module` that makes patterns of tables."""
    made = getattr(value, "__wrapped__", None)
    if made is None or not hasattr(value, "cache_info") or made.__module__ != module.__name__:
        return False
    return not inspect.signature(made).parameters and "re.compile" in inspect.getsource(made)


def _inside(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5:
        held: list[object] = []
        if isinstance(value, Mapping):
            held = [*value.keys(), *value.values()]
        elif isinstance(value, (list, tuple, set, frozenset)):
            held = list(value)
        elif is_dataclass(value) and not isinstance(value, type):
            held = [getattr(value, each.name, None) for each in fields(value)]
        for item in held:
            yield from _inside(item, depth + 1)


def _uses() -> dict[int, set[str]]:
    """Return how patterns that have a name are used; one that is handed on, in any way."""
    uses: dict[int, set[str]] = {}
    for module in modules():
        called = {}
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called[node.value] = node.attr
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                pattern = getattr(module, node.id, None)
                if isinstance(pattern, re.Pattern):
                    uses.setdefault(id(pattern), set()).add(called.get(node, "search"))
    return uses


def _evaluated(call: ast.Call, module: ModuleType) -> re.Pattern[Any]:
    def value(node: ast.expr) -> Any:  # noqa: ANN401 - whatever the source says
        return eval(compile(ast.Expression(node), module.__name__, "eval"), vars(module))  # noqa: S307

    flags = next((value(word.value) for word in call.keywords if word.arg == "flags"), 0)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    place = 1 if name == "compile" else 2
    if name not in {"sub", "subn", "split"} and len(call.args) > place:
        flags = value(call.args[place])
    return re.compile(value(call.args[0]), flags)
