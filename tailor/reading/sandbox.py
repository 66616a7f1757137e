"""A process of its own for the readers of binary formats, with limits of time and memory.

A small PDF or Word file can make a parser work for hours, fill the memory or crash the library
that reads it. Only a process can be stopped whatever the file does to it. So one child process
opens these files: it is started when the first one comes, reads file after file, and is started
anew after a failure.

The child gets the bytes of a file and the name of the reader to call, and answers with one line
of JSON. Nothing that comes back is ever run.

Time is bounded everywhere: the parent ends a child that keeps it waiting. Time of the processor
is bounded wherever there is `resource` (not on Windows), memory on Linux alone, since other
systems count what a process reserves in other ways. Elsewhere the bounds of the file, its pages
and the time have to do.
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
# What reads the files that are likely to come by these names.
_READERS: Final = {".pdf": "tailor.reading.pdf.pdfium", ".docx": "tailor.reading.word.lines"}
_READY: Final = b"ready\n"
_TEXT = "save it as text and give that"
# A child that does not count its own time is ended after this many times `Limits.seconds`.
_PATIENCE = 2
_END_OF_TIME = -getattr(signal, "SIGPROF", 0)  # how a child ends whose own time is over


def expect(path: str | Path) -> None:
    """Start the child now if the file at `path` is likely to need it, by its name; do not wait.

    The child loads what it needs while the caller does so, too.
    """
    module = _READERS.get(Path(path).suffix.lower())
    if module:
        with _lock:
            _child_of_this_process(module)


def run(reader: str, content: Content) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return what the function `reader` makes of `content`, as JSON holds it.

    `reader` is a dotted module and a function, as in ``tailor.reading.pdf.words:read_words``;
    the function takes a `Content`. Dataclasses in what it returns become lists of their fields.

    Raises the CvError, PostingError or TemplateError that the reader raises, and one that names
    the bound if the file takes longer than `Limits.seconds` or needs more than `Limits.memory`.
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
    """Return the lines that the function `reader` finds in `content`, called as `run` does."""
    return tuple(line_of(fields) for fields in run(reader, content))


def _beyond(content: Content, bound: str) -> TailorError:
    if bound == "seconds":
        said = f"takes longer than {limits.spelt(bound)} seconds to read"
    else:
        said = f"crashes its reader, or needs more than {limits.spelt(bound)} of memory"
    return content.beyond(bound, said, _TEXT)


# The parent's side


class _Child:
    """The process, as its parent sees it."""

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
        """Send a request and wait for the answer, or for the end of the process."""
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
        with suppress(OSError):  # if it ends while it is asked, the answer tells
            self._requests.write(request)
            self._requests.flush()
        if not self._is_ready:
            self._is_ready = self._answers.readline() == _READY
        return self._answers.readline()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """End the process now, whatever it does."""
        self._process.kill()
        with suppress(OSError):  # what was not sent yet
            self._requests.close()
        self._answers.close()
        self._process.wait()

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked by this process: a forked one must not share it."""
        return self.owner == os.getpid() and self._process.poll() is None


_lock = threading.Lock()
_children: list[_Child] = []  # at most one


def _child_of_this_process(module: str) -> _Child:
    """Return the child, started anew if need be; then it imports `module` first."""
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
    """Answer requests from standard input until it ends; `module` is imported before, if named."""
    # Whatever a library prints must not get into the answers.
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
    """Call the reader; return what it made, or why it made nothing, as a line of JSON."""
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
    """Bound time and memory of what comes now, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the parent's clock has to do
    except ImportError:
        return
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds)  # ends the process
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # it has no file to write
    if sys.platform == "linux":  # elsewhere more is reserved than used
        _limit(resource.RLIMIT_AS, bounds.memory)


def _limit(kind: int, most: int) -> None:
    import resource  # noqa: PLC0415 - as above

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
