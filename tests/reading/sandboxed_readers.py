"""Readers that misbehave, for the process that reads files: each takes a `Content`."""

from __future__ import annotations

import os
import signal

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, Look
from tailor.values import limits
from tailor.values.cv import RichText, Run

LINES = (
    Line(LineKind.HEADING, 2, RichText.of("Work"), 1, gap=True),
    Line(
        LineKind.ITEM,
        1,
        RichText((Run("Baked "), Run("bread", True, False, "https://bread.example"))),
        2,
        look=Look(1.5, 12.0, 0.5, bullet=True, cell=(0, 1, 2), page=1, left=50.0, top=90.5),
    ),
)


def lines(_: Content) -> tuple[Line, ...]:
    """Return some lines."""
    return LINES


def length(content: Content) -> list[object]:
    """Return what reached the process, and who reads it; print to where answers go."""
    print("a library that talks")  # noqa: T201
    return [content.source, len(content.data), limits.in_force().pdf_pages, os.getpid()]


def refuse(content: Content) -> None:
    """Say that the file is damaged."""
    raise content.error("is damaged; save it again")


def fail(_: Content) -> None:
    """Meet a bug whose words quote the file."""
    raise ValueError("secret")


def hang(_: Content) -> None:
    """Work for ever."""
    while True:
        pass


def sleep(_: Content) -> None:
    """Wait for ever, which takes no time of the processor."""
    signal.pause()


def eat(_: Content) -> int:
    """Fill the memory."""
    return len([bytes(2**20) for _ in range(8_000)])


def crash(_: Content) -> None:
    """End as a library does that writes where it must not."""
    os.kill(os.getpid(), signal.SIGSEGV)


def write(content: Content) -> None:
    """Write a file."""
    with open(content.source, "wb") as file:  # noqa: PTH123
        file.write(content.data)
