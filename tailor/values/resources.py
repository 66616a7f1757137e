"""The only place that opens what ships with the package: `data/` and `models/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, Protocol

_PACKAGE = Path(__file__).parents[1]


def _shipped(name: str) -> Path:
    """Return the folder `name`: inside an installed package, or beside it in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


DATA = _shipped("data")
MODELS = _shipped("models")


@cache
def data_text(name: str) -> str:
    """Return the text file `name` of `data/`."""
    return (DATA / name).read_text(encoding="utf-8")


@cache
def data_bytes(name: str) -> bytes:
    """Return the binary file `name` of `data/`."""
    return (DATA / name).read_bytes()


def data_table(name: str) -> list[dict[str, str]]:
    """Return the rows of the tab-separated table `name` of `data/`, by column name.

    Lines that begin with ``#`` are comments.
    """
    lines = [line for line in data_text(name).splitlines() if not line.startswith("#")]
    reader = csv.DictReader(StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE)
    return list(reader)


@cache
def data_toml(name: str) -> Mapping[str, Any]:
    """Return the TOML file `name` of `data/`, parsed once for all who read a part of it."""
    return tomllib.loads(data_text(name))


def data_path(name: str) -> Path:
    """Return the path of `name` of `data/`, for messages and for readers that take a path."""
    return DATA / name


def columns(table: str, count: int) -> list[list[str]]:
    """Return the `count` columns of a tab-separated `table` whose every line ends in a newline.

    At once and not row by row, since each start reads tables of ten thousand rows.
    """
    cells = table.replace("\n", "\t").split("\t")[:-1]
    return [cells[column::count] for column in range(count)]


@cache
def model_bytes(name: str) -> bytes:
    """Return the binary file `name` of `models/`."""
    return (MODELS / name).read_bytes()


class Tagger(Protocol):
    """What is used of python-crfsuite's tagger, which has no types of its own."""

    def set(self, sequence: object) -> None:
        """Take the features of a sequence."""

    def tag(self) -> list[str]:
        """Return the likeliest label of each item of the sequence."""

    def labels(self) -> list[str]:
        """Return all labels that it knows."""

    def marginal(self, label: str, place: int) -> float:
        """Return how likely an item has a label, 0 to 1."""

    def probability(self, sequence: list[str]) -> float:
        """Return how likely the items have these labels, 0 to 1."""


@cache
def field_tagger(name: str) -> Tagger:
    """Return the conditional random field in the file `name` of `models/`."""
    import pycrfsuite  # noqa: PLC0415 (only where a field is applied)

    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / name))
    opened: Tagger = tagger
    return opened


def all_files() -> list[tuple[str, bytes]]:
    """Return the name and the content of everything that ships and that results depend on.

    Fonts are for the PDF alone, which no batch writes.
    """
    return [
        (f"{folder.name}/{found.relative_to(folder).as_posix()}", found.read_bytes())
        for folder in (DATA, MODELS)
        for found in sorted(folder.rglob("*"))
        if found.is_file() and not found.name.endswith((".py", ".pyc", ".md", ".ttf"))
    ]
