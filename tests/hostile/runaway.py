"""Strings on which a bad regular expression runs away, and whether one does."""

from __future__ import annotations

import importlib
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from patterns import Found

_PUMPS = (
    *(" ", "\t", "\n", " \n", "a", "A", "0", "-", ".", ",", ";", ":", "/", "(", ")", "[", "<", ">"),
    *("*", "#", "|", '"', "&", "@", "=", "!", "a ", "A ", "Aa ", "1 ", "a.", "a-", ", ", "a@a."),
    *("2019 ", "(a", "http://", "Aa & ", "- ", "a\n", "<a ", "<!--", "&#", "•", "– ", "at ", "of "),
)
_ENDS = ("", "\0")


def attacks(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Return beginnings, repeated parts and ends of strings on which a pattern may run away."""
    heads, pumps = {""}, set(_PUMPS)
    for head, pump in _loops(pattern):
        heads.add(head)
        pumps.add(pump)
        if len(heads) > 6:
            break
    mine = {pump for _, pump in _loops(pattern)}
    # A pattern's own loops after their own beginnings; the usual ones after nothing.
    found = [("", pump, end) for pump in sorted(pumps) for end in _ENDS]
    found += [(head, pump, end) for head in sorted(heads) for pump in sorted(mine) for end in _ENDS]
    return list(dict.fromkeys(found))


def _loops(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """Return, for each loop of a pattern, what may come before it and what it repeats."""
    parser = importlib.import_module("re._parser")
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    found: list[tuple[str, str]] = []
    _example(parser.parse(text, flags & ~re.DEBUG), "", found)
    return found


def _example(parsed: Any, before: str, loops: list[tuple[str, str]]) -> str:  # noqa: ANN401, C901, PLR0912
    """Return a text that the parsed pattern is likely to match; note its loops."""
    made = ""
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            made += chr(value)
        elif name == "NOT_LITERAL":
            made += "a" if value != ord("a") else "b"
        elif name == "ANY":
            made += "a"
        elif name == "IN":
            made += _member(value)
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, most, inner = value
            once = _example(inner, before + made, loops)
            if once and int(most) > 8:
                loops.append((before + made, once))
                loops.extend((before + made, other) for other in _alternatives(inner))
            made += once * max(int(least), 1 if int(most) < 8 else 0)
        elif name == "SUBPATTERN":
            made += _example(value[-1], before + made, loops)
        elif name == "ATOMIC_GROUP":
            made += _example(value, before + made, loops)
        elif name == "BRANCH":
            texts = [_example(branch, before + made, loops) for branch in value[1][:40]]
            made += texts[0]
        elif name == "ASSERT" and value[0] > 0:
            _example(value[1], before + made, loops)
        elif name == "ASSERT":
            # What must stand before: only a beginning needs it.
            made += _example(value[1], before + made, loops) if not (before + made) else ""
        elif name == "CATEGORY":
            made += _category(value)
    return made


def _alternatives(inner: Any) -> Iterator[str]:  # noqa: ANN401
    for kind, value in inner:
        if str(kind) == "SUBPATTERN":
            yield from _alternatives(value[-1])
        elif str(kind) == "BRANCH":
            for branch in value[1][:6]:
                yield _example(branch, "", [])


def _category(value: object) -> str:
    name = str(value).lower()
    if "not_" in name:
        return {"digit": "a", "space": "a", "word": "-"}[name.rsplit("_", 1)[1]]
    return {"digit": "1", "space": " ", "word": "a"}[name.rsplit("_", 1)[1]]


def _member(items: Any) -> str:  # noqa: ANN401
    negated = any(str(kind) == "NEGATE" for kind, _ in items)
    if not negated:
        for kind, value in items:
            if str(kind) == "LITERAL":
                return chr(value)
            if str(kind) == "RANGE":
                return chr(value[0])
            if str(kind) == "CATEGORY":
                return _category(value)
        return "a"
    pattern = importlib.import_module("re._compiler")
    for candidate in "a 1-.,;:x\n\0(é":
        whole = importlib.import_module("re._parser")
        tree = whole.parse("")
        tree.append((importlib.import_module("re._constants").IN, list(items)))
        if pattern.compile(tree).match(candidate):
            return candidate
    return "a"


# Time

_LENGTH = 1600
# Below this nothing is looked at closer; a linear engine takes 0.1 ms, a quadratic one 1 to 6 ms.
_SUSPECT = 0.0004  # seconds; on a slower machine more are looked at, and none fails by it
_FAR_TOO_LONG = 2.0  # seconds of the processor; what takes exponential time needs ages
# For eight times the text a linear engine takes 8 times the time, a quadratic one 64 times; the
# limit lies in the middle of the two, so that a processor of varying speed takes neither over it.
_TIMES_THE_TEXT = 8
_MOST_GROWTH = 23


def runs_away(found: Found, attack: tuple[str, str, str], *, tries: int = 4) -> str:
    """Return what shows that the pattern's time grows faster than the text, or "".

    The time of this thread, so that other work does not count; one try of all must be linear.
    """
    try:
        with _bounded():
            growth = _growth(found, attack, tries)
    except _FarTooLongError:
        return _told(found, attack, f"over {_FAR_TOO_LONG} s for {_LENGTH} characters")
    said = f"{growth:.0f} times as long for {_TIMES_THE_TEXT} times the text"
    return _told(found, attack, said) if growth > _MOST_GROWTH else ""


def _growth(found: Found, attack: tuple[str, str, str], tries: int) -> float:
    """Return the least of the tries, or 0 where the text takes too little to be compared."""
    if _time(found, attack, _LENGTH) < _SUSPECT:
        return 0.0
    least = float("inf")
    for _ in range(tries):
        short = min(_time(found, attack, _LENGTH) for _ in range(3))
        least = min(least, _time(found, attack, _TIMES_THE_TEXT * _LENGTH) / short)
        if least < _MOST_GROWTH:
            break
    return least


class _FarTooLongError(Exception):
    """The time is over."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Interrupt the engine, which listens to signals, by the time of this process alone."""
    if not hasattr(signal, "setitimer"):  # Windows; a pattern that runs away hangs the test there
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise _FarTooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, _FAR_TOO_LONG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _told(found: Found, attack: tuple[str, str, str], said: str) -> str:
    head, pump, end = attack
    text = f"{head!r} + {pump!r} * n + {end!r}"
    return f"{found.where} ({found.how}) on {text}: {said}: {str(found.pattern.pattern)[:200]}"


def _time(found: Found, attack: tuple[str, str, str], length: int) -> float:
    head, pump, end = attack
    text: str | bytes = head + pump * (length // len(pump)) + end
    pattern: re.Pattern[Any] = found.pattern
    if isinstance(pattern.pattern, bytes):
        text = str(text).encode()
    begun = time.thread_time()
    if found.how == "search":
        for _ in pattern.finditer(text):  # as split and sub do: all places, also after a match
            pass
    else:
        getattr(pattern, found.how)(text)
    return time.thread_time() - begun
