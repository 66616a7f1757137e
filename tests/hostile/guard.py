"""A process without a network and with one folder to write to: what breaks that fails the test."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SOCKETS = frozenset(
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname socket.sendto".split()
)
_guarded: list[Path] = []
broken: list[str] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    """Note what a guarded block must not do; an audit hook hears C code of Python, too."""
    if not _guarded:
        return
    if event in _SOCKETS or (event == "socket.__new__" and arguments[1] != socket.AF_UNIX):
        broken.append(f"{event}: {arguments}")
    elif event == "open":
        name, mode, flags = arguments
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        writes = writes or (isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR)))
        if writes and isinstance(name, (str, bytes)) and not _is_inside(os.fsdecode(name)):
            broken.append(f"written: {name!r}")


def _is_inside(name: str) -> bool:
    return name == os.devnull or Path(name).resolve().is_relative_to(_guarded[-1])


sys.addaudithook(_hook)


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Let the block neither open a socket nor write outside of `folder`."""
    broken.clear()
    _guarded.append(folder.resolve())
    try:
        yield
    finally:
        _guarded.pop()
    assert broken == [], f"broken out: {broken}"
