"""The limits that readers of files keep to, as one value.

A file beyond them is no CV or posting, or is meant to harm. The usual limits apply unless a block
``with using(...)`` sets others; every command has ``--limit NAME=VALUE`` for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from typing import Final

from tailor.values.errors import LimitError

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
GIGABYTE: Final = 1024 * MEGABYTE

_UNITS = {"": 1, "b": 1, "kb": KILOBYTE, "mb": MEGABYTE, "gb": GIGABYTE}
_NUMBER = re.compile(r"([0-9][0-9_]{0,15})\s?([kmg]?b)?", re.IGNORECASE | re.ASCII)


def _limit(usual: int, counts: str, *, is_size: bool = False) -> int:
    made: int = field(default=usual, metadata={"counts": counts, "is_size": is_size})
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes are in bytes. Other limits are another value: ``Limits(pdf_pages=200)``."""

    file: int = _limit(20 * MEGABYTE, "any file", is_size=True)
    text: int = _limit(
        2 * MEGABYTE,
        "the text of a file: Markdown, JSON, YAML, a PDF's letters, a table's cell",
        is_size=True,
    )
    lines: int = _limit(20_000, "lines, in any format")
    pdf_pages: int = _limit(60, "pages of a PDF")
    members: int = _limit(5_000, "files in a zip file")
    unpacked: int = _limit(100 * MEGABYTE, "all that is unpacked of a zip file", is_size=True)
    memory: int = _limit(
        GIGABYTE, "memory of the process that opens PDF and Word files", is_size=True
    )
    seconds: int = _limit(30, "seconds that reading one file may take")


USUAL: Final = Limits()
_in_force: ContextVar[Limits] = ContextVar("limits", default=USUAL)


def in_force() -> Limits:
    """Return the limits that apply here."""
    return _in_force.get()


@contextmanager
def using(limits: Limits) -> Iterator[None]:
    """Apply `limits` inside the block, in this thread."""
    before = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(before)


def names() -> list[str]:
    """Return the names of the limits as the command line spells them, such as ``pdf-pages``."""
    return [_shown_name(bound.name) for bound in fields(Limits)]


def parse(given: Sequence[str]) -> Limits:
    """Return the usual limits with those `given` as ``NAME=VALUE``; the last of a name counts.

    A size may have a unit: ``file=50MB``. Raises LimitError for an unknown name or a wrong value.
    """
    limits = USUAL
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            raise LimitError(f"{item!r} is not NAME=VALUE, as in pdf-pages=200")
        if name not in names():
            raise LimitError(f"there is no limit {name!r}; there are: {', '.join(names())}")
        key = name.replace("-", "_")
        limits = replace(limits, **{key: _parse_value(name, value, is_size=_is_size(key))})
    return limits


def _parse_value(name: str, value: str, *, is_size: bool) -> int:
    found = _NUMBER.fullmatch(value)
    unit = (found[2] or "").lower() if found else ""
    number = int(found[1].replace("_", "")) * _UNITS[unit] if found else 0
    if not number or (unit and not is_size):
        example = "50MB" if is_size else "200"
        raise LimitError(f"{name} must be a whole number above 0, as in {name}={example}")
    return number


def ways_out(name: str) -> str:
    """Return how to raise the limit `name` (a field of `Limits`), for the end of a message."""
    twice = spelt(name, 2 * getattr(in_force(), name)).removesuffix("bytes")
    value = twice.replace(",", "").replace(" ", "")
    return f"or allow more, if you trust it (--limit {_shown_name(name)}={value})"


def spelt(name: str, value: int | None = None) -> str:
    """Return the limit `name`, or another value for it, as messages show it: "2 MB", "5,000"."""
    number: int = getattr(in_force(), name) if value is None else value
    if _is_size(name):
        for unit, size in (("GB", GIGABYTE), ("MB", MEGABYTE), ("KB", KILOBYTE)):
            if number % size == 0:
                return f"{number // size:,} {unit}"
        return f"{number:,} bytes"
    return f"{number:,}"


def table() -> list[tuple[str, str, str]]:
    """Return each limit's name, usual value and what it counts, for the documentation."""
    return [
        (_shown_name(b.name), spelt(b.name, getattr(USUAL, b.name)), b.metadata["counts"])
        for b in fields(Limits)
    ]


def _shown_name(name: str) -> str:
    return name.replace("_", "-")


def _is_size(name: str) -> bool:
    return any(bound.name == name and bound.metadata["is_size"] for bound in fields(Limits))
