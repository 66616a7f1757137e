"""JSON and YAML files to plain values: strictly, within bounds, and with clear errors.

YAML is read without its guesses: every scalar is text, so that ``2018-09`` stays
what it says, and only an empty value, ``~`` and ``null`` are None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, Self, TypeAlias

import yaml

from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.errors import TailorError

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

DEEPEST = 100  # levels of lists and objects, each of which needs room on Python's stack
_MOST_VALUES = 100_000  # aliases of YAML counted as what they repeat
_TOO_MANY = f"has more than {_MOST_VALUES:,} values, so hardly a CV; give another file"
_LONGEST_NUMBER = 400  # digits; Python refuses to read more than 4,300
_TEXT_OR_END = re.compile(r'"(?:[^"\\]|\\.)*"|}')
# A character outside the first 65,536 is written as two halves; a half alone is none.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
_YAML_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset("str int float bool null timestamp".split())
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_YAML_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
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

    Raises CvError for what is not JSON, with its line, for NaN and infinities, a key given twice,
    nesting deeper than `DEEPEST`, and far too many values.
    """
    text = content.text()
    text = _ESCAPE.sub(lambda match: "\\ufffd" if match["half"] else match.group(), text)

    def refuse(name: str) -> NoReturn:
        raise content.error(f"has the number {name}, which JSON does not know; write it as text")

    objects = 0

    def once(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        nonlocal objects
        objects += 1
        found = dict(pairs)
        if len(found) < len(pairs):
            ends = [match.start() for match in _TEXT_OR_END.finditer(text) if match[0] == "}"]
            line = text.count("\n", 0, ends[objects - 1]) + 1
            said = f"gives a key twice (in the object that ends on line {line})"
            raise content.error(f"{said}; keep one of them")
        return found

    try:
        value: Value = json.loads(
            text,
            object_pairs_hook=once,
            parse_constant=refuse,
            parse_float=Number,
            parse_int=lambda digits: int(digits) if len(digits) < _LONGEST_NUMBER else digits,
        )
        _check_size(value, content)
    except json.JSONDecodeError as reason:
        raise content.error(
            f"is no sound JSON: {_json_fault(text, reason)} (line {reason.lineno}, column "
            f"{reason.colno})"
        ) from None
    except RecursionError:
        raise _too_deep(content) from None
    return value


def _json_fault(text: str, reason: json.JSONDecodeError) -> str:
    """Return what is wrong, and what to do; the usual slips are called by their names."""
    here, before = text[reason.pos : reason.pos + 2], text[: reason.pos].rstrip()
    if here in {"//", "/*"} or here.startswith("#"):
        return "it has a comment, which JSON does not know; take it out"
    if "trailing comma" in reason.msg or (here[:1] in {"}", "]"} and before.endswith(",")):
        return "it has a comma after the last item; take it out"
    if here.startswith("'"):
        return "it has single quotes; put double ones"
    return f"{reason.msg.lower()}; mend it there"


def _check_size(value: Value, content: Content, depth: int = 0) -> int:
    """Return how many values there are in `value`; raise CvError if too many, or too deep."""
    inside: Iterable[Value] = ()
    if isinstance(value, dict | list):
        if depth >= DEEPEST:
            raise _too_deep(content)
        inside = value.values() if isinstance(value, dict) else value
    count = 1 + sum(_check_size(inner, content, depth + 1) for inner in inside)
    if count > _MOST_VALUES:
        raise content.error(_TOO_MANY)
    return count


def _too_deep(content: Content, where: str = "") -> TailorError:
    said = f"has lists and objects nested deeper than {DEEPEST} levels{where}"
    return content.error(f"{said}, so hardly a CV; give another file")


def load_yaml(content: Content) -> Value:
    """Return the value of a YAML file of one document; all scalars are text or None.

    Raises CvError or PostingError, with the line, for what is not YAML, tags other
    than the standard ones, a key given twice, several documents, anchors within
    themselves, nesting deeper than `DEEPEST`, and far too many values
    values, aliases counted as what they repeat.
    """
    try:
        return _Yaml(content).value()
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = reason.problem or reason.context or "it breaks off"
        remedy = "mend it there"
        if any(
            word in problem for word in ("mapping values", "cannot start", "escape", "expected")
        ):
            remedy = "a text with a colon or a mark of YAML in it needs quotes around it"
        raise content.error(f"is no sound YAML: {problem}{where}; {remedy}") from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # Characters that YAML does not allow; the latter two for those that Unicode has not.
        raise content.error(
            "is no sound YAML: it has a character that YAML does not allow; take it out"
        ) from None


class _Yaml:
    """Builds the value of a YAML file from the parser's events, one by one.

    PyYAML's own construction guesses types, refuses an anchor that is defined anew, and has
    no bounds.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        text = content.text()
        self._lines = _YAML_LINE_END.split(text)
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        # None while it is being read
        self._anchors: dict[str | None, tuple[Value, int] | None] = {}
        self._values = 0

    def value(self) -> Value:
        value: Value = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "has more than one document (---); keep one of them")
                value = self._node(next(self._events), 0)
        return value

    def _node(self, event: yaml.NodeEvent, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._values
        self._count(event, 1)
        value: Value = None
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(event, depth)
            value = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                value.append(self._node(inner, depth + 1))
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(event, depth)
            value = self._mapping(depth)
        if event.anchor:
            self._anchors[event.anchor] = value, self._values - before
        return value

    def _mapping(self, depth: int) -> Value:
        value: dict[str, Value] = {}
        merged: list[Value] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            is_merge = isinstance(event, yaml.ScalarEvent) and _is_merge(event)
            key = "" if is_merge else self._key(event, value)
            found = self._node(next(self._events), depth + 1)
            if not is_merge:
                value[key] = found
                continue
            merged += found if isinstance(found, list) else [found]
            if not all(isinstance(other, dict) for other in merged):
                raise self._error(event, "merges (<<) what is no mapping; write it out")
        for other in merged:
            value = {**other, **value} if isinstance(other, dict) else value
        return value

    def _begin(self, event: yaml.CollectionStartEvent, depth: int) -> None:
        if depth >= DEEPEST:
            raise _too_deep(self._content, f" (line {_line(event)})")
        self._check_tag(event, frozenset({"seq", "map"}))
        if event.anchor:
            self._anchors[event.anchor] = None

    def _key(self, event: yaml.NodeEvent, mapping: dict[str, Value]) -> str:
        is_text = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        key = self._node(event, 0) if is_text else []
        if isinstance(key, list | dict):
            raise self._error(event, "has a list or mapping as a key; make it text")
        name = str(key or "")
        if name in mapping:
            raise self._error(event, "gives a key twice; keep one of them")
        return name

    def _alias(self, event: yaml.AliasEvent) -> Value:
        known = self._anchors.get(event.anchor)
        if known is None:
            is_open = event.anchor in self._anchors
            what = "stands within itself" if is_open else "is not defined above"
            raise self._error(event, f"refers by * to what {what}; write it out, or in quotes")
        value, size = known
        self._count(event, size)
        return value

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        self._check_tag(event, _SCALAR_TAGS)
        if event.tag == f"{_YAML_TAG}null" or (event.implicit[0] and event.value in _NULLS):
            return None
        # Escapes can make half characters, which are no text.
        text: str = event.value
        if event.style != "|" and event.start_mark and event.end_mark:
            text = self._with_items(text, event.start_mark.line + 1, event.end_mark.line + 1)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _with_items(self, text: str, start: int, end: int) -> str:
        """Return a text of several lines with a line end before each "- " that began a line.

        YAML joins such lines to one, which nobody means who types a list there.
        """
        lines = (line.strip() for line in self._lines[start:end])
        for item in (line for line in lines if line.startswith("- ")):
            before, found, after = text.partition(f" {item}")
            text = f"{before}\n{item}{after}" if found else text
        return text

    def _check_tag(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, allowed: frozenset[str]
    ) -> None:
        tag = event.tag
        if tag not in {None, "!"} and tag.removeprefix(_YAML_TAG) not in allowed:
            raise self._error(
                event, "has a YAML tag (!) that is not read; take it out, or use quotes"
            )

    def _count(self, event: yaml.Event, new: int) -> None:
        self._values += new
        if self._values > _MOST_VALUES:
            raise self._error(event, _TOO_MANY)

    def _error(self, event: yaml.Event, message: str) -> TailorError:
        return self._content.error(f"line {_line(event)} {message}")


def _is_merge(event: yaml.ScalarEvent) -> bool:
    """Return whether a key is the one that takes in another mapping's keys."""
    return event.value == "<<" and bool(event.implicit[0])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def path_of(steps: Iterable[str | int], start: str = "") -> str:
    """Return a path such as ``work[0].summary``."""
    path = start
    for step in steps:
        name = f"[{step}]" if isinstance(step, int) else clean_text(step)
        path += f".{name}" if path and name and not isinstance(step, int) else name
    return path


def flat(value: Value | tuple[str, ...], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text and number in a value with its path; None and empty texts are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, path_of((key,), path))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from flat(inner, path_of((number,), path))
    elif value is not None and value != "":
        yield path, plain(value)


def plain(value: str | float | bool) -> str:
    """Return a text, number or truth value as it stands in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_text(value: Value) -> Value:
    """Return `value` with text in place of numbers and truth values, as YAML is read."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return value if value is None else plain(value)
