"""Run commands of tailor in one process, with no way to a network, and note what files it opens.

    python no_network.py NOTES < commands.json

Python loads this file at the start of every worker process, too (as sitecustomize).
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

NOTES = "TAILOR_TEST_NOTES"
_ASKS = ("socket.getaddrinfo", "socket.gethostby", "socket.connect", "socket.sendto", "urllib")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what is opened for writing or made; refuse what would leave the machine."""
    if event == "socket.__new__" and arguments[1] in {socket.AF_INET, socket.AF_INET6}:
        _note("probe" if _is_probe() else "network", event)
        raise PermissionError("a socket was asked for")
    if event.startswith(_ASKS) and not _is_local(arguments):
        _note("network", event)
        raise PermissionError(f"{event} was asked for")
    if event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & _WRITES:
        _note("file", os.fsdecode(arguments[0]))
    if event == "os.mkdir":
        _note("folder", os.fsdecode(arguments[0]))


def _is_probe() -> bool:
    # spaCy's download command loads urllib3, which looks when it is loaded whether this machine
    # knows IPv6: by a socket of its own that is never connected.
    frame = sys._getframe()  # noqa: SLF001
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code.co_name == "_has_ipv6":
            return True
    return False


def _is_local(arguments: tuple[Any, ...]) -> bool:
    return isinstance(arguments[0], socket.socket) and arguments[0].family == socket.AF_UNIX


def _note(kind: str, what: str) -> None:
    # By a descriptor that is open already, so that noting is not noted.
    os.write(_NOTES, (json.dumps([kind, os.path.realpath(what)]) + "\n").encode())


def main() -> None:
    """Run each command of the list on standard input; print its exit code and what it said."""
    from typer.testing import CliRunner

    from tailor.cli import app

    for command in json.load(sys.stdin):
        done = CliRunner().invoke(app, command)
        print(json.dumps([done.exit_code, done.output, repr(done.exception)]))  # noqa: T201


if os.environ.get(NOTES) and __name__ != "__main__":
    _NOTES = os.open(Path(os.environ[NOTES]), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    sys.addaudithook(watch)
if __name__ == "__main__":
    main()
