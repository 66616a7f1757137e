"""Postings as JSON lines: one object a line, with a `text` field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from tailor.batch.records import Fields, failed
from tailor.batch.values import PostingItem
from tailor.values import limits
from tailor.values.errors import PostingError

_MARK = b"\xef\xbb\xbf"


def read_json_lines(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each line of `stream` that is not blank, named ``name:line``.

    A line that is no posting is an item with an error. One line is held at a time.
    """
    number = 0
    longest = longest_line()
    while line := stream.readline(longest + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > longest:
            skip_line(stream, line)
            size, ways = limits.spelt("text", longest), limits.ways_out("text")
            yield failed(place, f"the line is longer than {size}; give the posting's text, {ways}")
            continue
        if number == 1:
            line = line.removeprefix(_MARK)
        if line.strip():
            yield _item(line, place, text_column)


def _item(line: bytes, place: str, text_column: str | None) -> PostingItem:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return failed(place, f"not UTF-8 at byte {error.start + 1} of the line; save it as UTF-8")
    except RecursionError:
        return failed(place, "nested too deeply; give an object with a text")
    except ValueError as error:  # no JSON, or a number of thousands of digits
        said = getattr(error, "msg", "a number is too long")
        column = getattr(error, "colno", 1)
        return failed(place, f"no JSON ({said}, column {column}); mend the line")
    if not isinstance(record, dict):
        return failed(place, 'no JSON object; write {"text": "…"}')
    try:
        fields = Fields.among(list(record), text_column)
    except PostingError as error:
        return failed(place, str(error))
    return fields.item(place, record)


def longest_line() -> int:
    """Return the bytes of the longest text, each letter escaped, and of the fields around it."""
    return 8 * limits.in_force().text


def skip_line(stream: IO[bytes], start: bytes) -> None:
    """Read on to the end of a line that began with `start`."""
    while start and not start.endswith(b"\n"):
        start = stream.readline(longest_line())
