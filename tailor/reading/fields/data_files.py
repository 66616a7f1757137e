"""JSON and YAML files to plain values: strictly, within bounds, and with clear errors.

YAML is read without its guesses: every scalar is text, so that ``2018-09`` stays
what it says, and only an empty value, ``~`` and ``null`` are None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, Self, TypeAlias, cast

import yaml

from tailor.reading.files import Content
from tailor.values import limits
from tailor.values.errors import TailorError

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

_LONGEST_NUMBER = 400  # digits; Python refuses to read more than 4,300
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"?'
_TOKEN = re.compile(rf"(?P<string>{_STRING})(?P<colon>\s*:)?|[{{}}\[\],]", re.DOTALL)
# A character outside the first 65,536 is written as two halves; a half alone is none.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
_YAML_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset("str int float bool null timestamp".split())
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast


class Number(float):
    """A number with a fraction or exponent, which knows how it was written."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> Self:
        """Make the number of its text in JSON."""
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __str__(self) -> str:
        return self.written


def load_json(content: Content) -> Value:
    """Return the value of a JSON file.

    Raises CvError or PostingError, with the line where that is known, for what is no
    JSON, NaN and infinities, a key given twice, nesting deeper than `Limits.nesting`, and
    more than some `Limits.values`.
    """
    text = content.text()
    _check_size(text, content)
    text = _ESCAPE.sub(lambda match: "\\ufffd" if match["half"] else match.group(), text)
    duplicates: list[str] = []

    def collect(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        made = dict(pairs)
        if len(made) < len(pairs) and not duplicates:
            keys = [key for key, _ in pairs]
            duplicates.append(next(key for key in keys if keys.count(key) > 1))
        return made

    def refuse(name: str) -> NoReturn:
        raise content.error(f"has the number {name}, which JSON does not know; write it as text")

    try:
        value: Value = json.loads(
            text,
            object_pairs_hook=collect,
            parse_constant=refuse,
            parse_float=Number,
            parse_int=lambda digits: int(digits) if len(digits) < _LONGEST_NUMBER else digits,
        )
    except json.JSONDecodeError as reason:
        raise content.error(
            f"is no sound JSON: {reason.msg.lower()} at line {reason.lineno}, column "
            f"{reason.colno}; mend it there"
        ) from None
    if duplicates:
        line = _second_line(text)
        where = f" (line {line})" if line else ""
        raise content.error(f"gives a key twice{where}; keep one of them")
    return value


def _check_size(text: str, content: Content) -> None:
    depth = values = 0
    most, deepest = limits.in_force().values, limits.in_force().nesting
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in {"{", "["}:
            depth += 1
        elif mark in {"}", "]"}:
            depth -= 1
        elif mark != ",":
            continue
        values += 1  # about; each but the last of a list has a comma after it
        if values > most:
            raise content.beyond("values", _too_many())
        if depth > deepest:
            raise _too_deep(content, text.count("\n", 0, match.start()) + 1)


def _too_many() -> str:
    return f"has more than {limits.spelt('values')} values"


def _too_deep(content: Content, line: int) -> TailorError:
    levels = limits.spelt("nesting")
    said = f"has lists and objects nested deeper than {levels} levels (line {line})"
    return content.beyond("nesting", said)


def _second_line(text: str) -> int | None:
    """Return the line of the first key that its object has already, in a sound JSON text."""
    objects: list[set[str]] = []
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in {"{", "["}:
            objects.append(set())
        elif mark in {"}", "]"}:
            objects.pop()
        elif match["colon"]:
            key = json.loads(match["string"])
            if key in objects[-1]:
                return text.count("\n", 0, match.start()) + 1
            objects[-1].add(key)
    return None


def load_yaml(content: Content) -> Value:
    """Return the value of a YAML file of one document; all scalars are text or None.

    Raises CvError or PostingError, with the line, for what is no YAML, tags other
    than the standard ones, a key given twice, several documents, anchors within
    themselves, nesting deeper than `Limits.nesting`, and more than `Limits.values`.
    """
    text = content.text()
    builder = _YamlBuilder(content)
    for event in _events(text, content):
        builder.take(event)
    return builder.result


def _events(text: str, content: Content) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = reason.problem or reason.context or "it breaks off"
        raise content.error(f"is no sound YAML: {problem}{where}; mend it there") from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # Characters that YAML does not allow; the latter two for those that Unicode has not.
        raise content.error(
            "is no sound YAML: it has a character that YAML does not allow; take it out"
        ) from None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    value: list[Value] | dict[str, Value]
    anchor: str | None
    before: int  # values made before it
    key: str | None = None


@dataclass(slots=True)
class _YamlBuilder:
    """Takes the events of a YAML file one by one; in `result` is what they make."""

    content: Content
    result: Value = None
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    _nodes: int = 0
    _documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._error(event, "has more than one document (---); keep one of them")
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._count(event, 1)
            self._add(event, self._scalar(event), self._nodes - 1)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            ended = self._open.pop()
            self._place(event, ended.value)
            if ended.anchor:
                self._anchors[ended.anchor] = (ended.value, self._nodes - ended.before)

    def _begin(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self._check_tag(event, frozenset({"seq" if is_list else "map"}))
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is None:
            raise self._error(event, "has a list or mapping as a key; make it text")
        if len(self._open) >= limits.in_force().nesting:
            raise _too_deep(self.content, _line(event))
        value: list[Value] | dict[str, Value] = [] if is_list else {}
        self._open.append(_Open(value, event.anchor, self._nodes))
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        self._count(event, 1)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        self._check_tag(event, _SCALAR_TAGS)
        if event.tag == f"{_YAML_TAG}null" or (event.implicit[0] and event.value in _NULLS):
            return None
        # Escapes can make half characters, which are no text.
        text: str = event.value
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            known = any(item.anchor == event.anchor for item in self._open)
            what = "stands within itself" if known else "is not defined above"
            raise self._error(event, f"refers by * to what {what}; write it out, or in quotes")
        value, size = self._anchors[event.anchor]
        self._count(event, size)
        self._place(event, value)

    def _add(self, event: yaml.ScalarEvent, value: Value, before: int) -> None:
        self._place(event, value)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._nodes - before)

    def _place(self, event: yaml.Event, value: Value) -> None:
        if not self._open:
            self.result = value
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            self._key(event, parent, value)
        else:
            parent.value[parent.key] = value
            parent.key = None

    def _key(self, event: yaml.Event, parent: _Open, value: Value) -> None:
        if isinstance(value, list | dict):
            raise self._error(event, "has a list or mapping as a key; make it text")
        parent.key = str(value or "")
        if parent.key in cast("dict[str, Value]", parent.value):
            raise self._error(event, "gives a key twice; keep one of them")

    def _check_tag(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, allowed: frozenset[str]
    ) -> None:
        tag = event.tag
        if tag in {None, "!"} or tag.removeprefix(_YAML_TAG) in allowed:
            return
        raise self._error(event, "has a YAML tag (!) that is not read; take it out, or use quotes")

    def _count(self, event: yaml.Event, new: int) -> None:
        self._nodes += new
        if self._nodes > limits.in_force().values:
            raise self.content.beyond("values", f"line {_line(event)} {_too_many()}")

    def _error(self, event: yaml.Event, message: str) -> TailorError:
        return self.content.error(f"line {_line(event)} {message}")
