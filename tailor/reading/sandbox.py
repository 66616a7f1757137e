"""Run the readers of binary formats in a child process, with limits of time and memory.

A small PDF or Word file can keep a parser busy for hours, fill the memory or crash the library
that reads it, and only a process can be stopped whatever it is doing. One child reads all such
files, one after the other; it starts with the first one, and again after a failure.

The child receives the bytes of a file and the name of the reader to call. It answers with one line
of JSON, so that nothing that comes back can be run.

The parent ends a child that takes too long, on every system. Where there is `resource` (not on
Windows) the child also counts its own processor time. Memory is limited on Linux only: other
systems count reserved memory in other ways, and there the limits of size, pages and time must do.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final, cast

from tailor.reading.files import Content
from tailor.reading.lines import Line, line_of
from tailor.values import limits
from tailor.values.errors import TailorError, bug_report

_START = "import sys; from tailor.reading.sandbox import serve; serve(sys.argv[1])"
# The module that reads files with these endings.
_READERS: Final = {".pdf": "tailor.reading.pdf.pdfium", ".docx": "tailor.reading.word.lines"}
_READY: Final = b"ready\n"
_TEXT = "save it as text and give that"
# The parent waits for so many times `Limits.seconds`, since other processes may be busy, too.
_PATIENCE = 2
_END_OF_TIME = -getattr(signal, "SIGPROF", 0)  # how a child ends whose own time is over


def expect(path: str | Path) -> None:
    """Start the child if the name of the file at `path` says that it will be needed; do not wait.

    The child then imports its libraries while the caller imports its own.
    """
    module = _READERS.get(Path(path).suffix.lower())
    if module:
        with _lock:
            _child_of_this_process(module)


def run(reader: str, content: Content) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return what the function `reader` returns for `content`, as JSON can hold it.

    `reader` names a module and a function, as in ``tailor.reading.pdf.pdfium:read_words``; the
    function takes a `Content`. Dataclasses in its result become lists of their fields.

    Raises the CvError, PostingError or TemplateError that the reader raises, or one that names the
    limit if the file takes longer than `Limits.seconds` or needs more than `Limits.memory`. An
    error of any other kind in the reader is a bug, and raised as a RuntimeError.
    """
    request = {
        "reader": reader,
        "source": content.source,
        "what": content.what,
        "size": len(content.data),
        "limits": asdict(limits.in_force()),
    }
    with _lock:
        child = _child_of_this_process("")
        try:
            answer = child.ask(json.dumps(request).encode() + b"\n" + content.data)
        except BaseException:
            child.end()  # it may be in the middle of an answer
            raise
        if set(answer) - {"result", "refused"}:
            child.end()
    if "result" in answer:
        return answer["result"]
    if "refused" in answer:
        raise content.refused(answer["refused"])
    if "bug" in answer:
        raise RuntimeError(f"the process that reads files failed:\n{answer['bug']}")
    raise _beyond(content, answer["beyond"])


def read_lines(reader: str, content: Content) -> tuple[Line, ...]:
    """Return the lines that the function `reader` returns for `content`; errors as in `run`."""
    return tuple(line_of(fields) for fields in run(reader, content))


def _beyond(content: Content, bound: str) -> TailorError:
    if bound == "seconds":
        said = f"takes longer than {limits.spelt(bound)} seconds to read"
    else:
        said = f"crashes its reader, or needs more than {limits.spelt(bound)} of memory"
    return content.beyond(bound, said, _TEXT)


# The parent's side


class _Child:
    """The child process as the parent handles it."""

    def __init__(self, module: str) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *(path for path in sys.path if path and path != root)]
        self.owner = os.getpid()
        self._is_ready = False
        self._process = subprocess.Popen(  # noqa: S603 - this very Python, and this very module
            [sys.executable, "-P", "-c", _START, module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    def ask(self, request: bytes) -> dict[str, Any]:
        """Send a request; return the answer, or why the process ended without one."""
        patience = _PATIENCE * limits.in_force().seconds
        late = threading.Event()
        timer = threading.Timer(patience, self._stop, [late])
        timer.daemon = True
        timer.start()
        try:
            line = self._exchange(request)
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        code = self._process.wait()
        if late.is_set() or code == _END_OF_TIME:
            return {"beyond": "seconds"}
        if not self._is_ready:
            return {"bug": f"it ended before it began, with exit code {code}"}
        return {"beyond": "memory"}

    def _exchange(self, request: bytes) -> bytes:
        with suppress(OSError):  # it may have ended; then there is no answer
            self._requests.write(request)
            self._requests.flush()
        if not self._is_ready:
            self._is_ready = self._answers.readline() == _READY
        return self._answers.readline()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """End the process at once."""
        self._process.kill()
        with suppress(OSError):  # a part of the request may be unsent
            self._requests.close()
        self._answers.close()
        self._process.wait()

    @property
    def is_usable(self) -> bool:
        """Whether it is running and this process started it, not one this was forked from."""
        return self.owner == os.getpid() and self._process.poll() is None


_lock = threading.Lock()
_children: list[_Child] = []  # at most one


def _child_of_this_process(module: str) -> _Child:
    """Return the running child, or start one that imports `module` first."""
    if _children and _children[0].is_usable:
        return _children[0]
    _end_all()
    _children.append(_Child(module))
    return _children[0]


def _end_all() -> None:
    while _children:
        child = _children.pop()
        if child.owner == os.getpid():
            child.end()


atexit.register(_end_all)


# The child's side


def serve(module: str) -> None:
    """Answer requests from standard input until it closes; import `module`, if named, before."""
    # What a library prints must not get into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if module:
        import_module(module)
    answers.write(_READY)
    answers.flush()
    requests = sys.stdin.buffer
    while head := requests.readline():
        answers.write(_answer(json.loads(head), requests))
        answers.flush()


def _answer(request: Mapping[str, Any], requests: IO[bytes]) -> bytes:
    """Call the reader that is asked for; return its result or its error as a line of JSON."""
    answer: dict[str, Any]
    try:
        content = Content(request["source"], requests.read(request["size"]), request["what"])
        bounds = limits.Limits(**request["limits"])
        module, _, name = request["reader"].partition(":")
        reader = getattr(import_module(module), name)
        _bound(bounds)
        with limits.using(bounds):
            return as_json({"result": reader(content)})
    except TailorError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"beyond": "memory"}
    except Exception as bug:  # noqa: BLE001 - the parent raises it
        answer = {"bug": bug_report(bug)}
    return as_json(answer)


def as_json(value: object) -> bytes:
    """Return a line of JSON; dataclasses in `value` become lists of their fields."""
    return json.dumps(value, default=_fields).encode() + b"\n"


def _fields(value: object) -> list[object]:
    if not is_dataclass(value):
        raise TypeError(f"a reader returned a {type(value).__name__}, which JSON cannot hold")
    return [getattr(value, field.name) for field in fields(value)]


def _bound(bounds: limits.Limits) -> None:
    """Limit time and memory from now on, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the parent keeps the time
    except ImportError:
        return
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds)  # its signal ends the process
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # no file may be written
    if sys.platform == "linux":  # elsewhere processes reserve far more than they use
        _limit(resource.RLIMIT_AS, bounds.memory)


def _limit(kind: int, most: int) -> None:
    import resource  # noqa: PLC0415 - as above

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
