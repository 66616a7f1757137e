"""What commands share: results on standard output, messages on standard error."""

from __future__ import annotations

import codecs
import errno
import gc
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO, cast

import typer

from tailor.values.cleaning import clean_text
from tailor.values.errors import TailorError, bug_report
from tailor.values.limits import USUAL, Limits, using

if TYPE_CHECKING:
    from rich.console import Console


_PADDING = re.compile(r"(?<! ) +(?=\n)")
# How a console that knows fewer letters shows the signs that tailor and its libraries print.
_PLAIN = {
    **dict(zip("✓½·•’‘“”\xa0é×", "+/|*''\"\" ex", strict=True)),
    **dict.fromkeys("╭╮╰╯├┤└┌┐┘┬┴┼", "+") | dict.fromkeys("–—−─━", "-") | dict.fromkeys("│┃", "|"),
    "…": "...",
    "→": "->",
    "£": "GBP ",
    "€": "EUR ",
}


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding cannot hold: a sign by a plain one, all else by a question mark."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - nothing else comes from writing
    letters = error.object[error.start : error.end]
    fitting = "".join(_PLAIN.get(letter, "?") for letter in letters)
    return fitting, error.end


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def prepare_output() -> None:
    """Let no letter and no closed stream end the program: what cannot be shown is replaced."""
    codecs.register_error("tailor", _plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the process
            setattr(sys, name, _nowhere())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="tailor")


def output_failed(error: Exception) -> bool:
    """Return whether an error means that standard output cannot be written; if so, print it."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    sys.stdout = _nowhere()
    if error.errno != errno.EPIPE:  # whoever read it had enough
        with suppress(OSError):
            sys.stderr.write(f"tailor: the output cannot be written ({error.strerror})\n")
    return True


def console(*, stderr: bool = True) -> Console:
    """Return the console that prints messages for people.

    What goes to a file or another program has no blanks at the ends of its lines.
    """
    from rich.console import Console  # noqa: PLC0415 - --help and --version do without

    if stderr or sys.stdout.isatty():
        return Console(stderr=stderr, highlight=False)
    return Console(file=cast("TextIO", _Unpadded(sys.stdout)), highlight=False)


class _Unpadded:
    """A stream without the blanks that fill a line up to the edge of a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        """Write `words`, which end where a line does."""
        return self._stream.write(_PADDING.sub("", words))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def handled_errors(console: Console, limits: Limits = USUAL) -> Iterator[None]:
    """Print a TailorError raised in the block and exit with its code; readers keep to `limits`."""
    try:
        with using(limits):
            yield
    except TailorError as error:
        print_error(console, error)
        raise typer.Exit(error.exit_code) from None


def print_error(console: Console, error: TailorError) -> None:
    """Print an error on one line, without the control codes a file name may hold."""
    message = clean_text(f"tailor: {error}")
    console.print(message, style="red", markup=False, soft_wrap=True)


def print_bug(bug: Exception) -> None:
    """Print where a bug occurred, without its message, which may quote a CV."""
    sys.stderr.write(
        f"{bug_report(bug)}\ntailor: this is a bug; please report the lines above (the error's own "
        "words are left out, since they may quote your CV)\n"
    )


def print_data(data: object) -> None:
    """Print data as JSON in ASCII, so that no encoding of a terminal or pipe can fail."""
    sys.stdout.write(json.dumps(data, indent=2) + "\n")


def print_text(text: str) -> None:
    """Print text for another program or form, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())


def print_path(path: Path) -> None:
    """Print a path as its own bytes; on a terminal without control codes."""
    shown = clean_text(str(path)) if sys.stdout.isatty() else str(path)
    sys.stdout.buffer.write(os.fsencode(f"{shown}\n"))


@contextmanager
def stopped_once() -> Iterator[list[int]]:
    """Raise KeyboardInterrupt on Ctrl-C, SIGTERM or a closed terminal, and hear no second one.

    What is done then must be told and kept, which takes its time. Yields the signal that came, if
    one did.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [number for name in names if (number := getattr(signal, name, None))]
    heard: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if not heard:
            heard.append(number)
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        numbers = []  # which no signal reaches
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def never_collected() -> Iterator[None]:
    """Leave cyclic garbage where it is, for as long as one application takes.

    It saves an eighth of the time. A posting of 330,000 characters takes 0.5 MB more by it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
