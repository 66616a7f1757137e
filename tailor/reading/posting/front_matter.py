"""Front matter: the block of ``key: value`` lines between ``---`` above a Markdown text.

It is read as plain keys and values, not as YAML: only a few of its words are needed, and the
front matter of postings is often not valid YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCES = {"---": frozenset({"---", "..."}), "+++": frozenset({"+++"})}
_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w .-]{0,60}?)\s{0,8}(?P<sign>[:=])(?:\s+(?P<value>.*))?$")
_INNER = re.compile(r"^[\"']?(?P<key>@?\w{1,40})[\"']?:(?:\s+(?P<value>.*))?$")
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields as (key, value, line), with keys in lower case and ``_`` between words.

    Lines count from 1. `body` is the text below, which begins in line `body_start` of the
    whole. Without front matter there are no fields, and `body` is the whole text.
    """

    fields: tuple[tuple[str, str, int], ...]
    body: str
    body_start: int = 1

    def first(self, *keys: str) -> str:
        """Return the value of the first of `keys` that is given and not empty, else ""."""
        values = {key: value for key, value, _ in reversed(self.fields) if value}
        return next((values[key] for key in keys if key in values), "")


def split_front_matter(text: str) -> FrontMatter:
    """Return the fields of the front matter of `text` (YAML or TOML) and what is below it."""
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \t\r\n")), len(lines))
    fence = lines[first].strip("\ufeff \t\r\n") if first < len(lines) else ""
    closing = _FENCES.get(fence, frozenset())
    below = range(first + 1, min(len(lines), first + _MOST_LINES))
    end = next((n for n in below if lines[n].strip() in closing), None)
    fields = _fields(lines, first + 1, end) if end else ()
    if not fields or end is None:  # a rule above a text that is no front matter
        return FrontMatter((), text)
    return FrontMatter(fields, "".join(lines[end + 1 :]), end + 2)


def _fields(lines: list[str], start: int, end: int) -> tuple[tuple[str, str, int], ...]:
    """Return the fields in `lines[start:end]`, none if a line cannot be front matter."""
    fields: list[tuple[str, str, int]] = []
    for number in range(start, end):
        line = lines[number].rstrip()
        text = line.strip()
        match = _FIELD.match(line)
        if not text or text.startswith("#"):
            continue
        if match:
            key = re.sub(r"[\s.-]+", "_", match["key"].strip().lower())
            fields.append((key, _bare(match["value"] or ""), number + 1))
        elif fields and (line[0].isspace() or text[0] in "-]}"):
            key, value, begun = fields[-1]
            inner = _INNER.match(text.removeprefix("- "))  # "hiringOrganization:", "  name: …"
            if inner and inner["key"].lstrip("@") == "type":
                continue
            more = _bare((inner["value"] or "") if inner else text.removeprefix("- "))
            fields[-1] = (key, ", ".join(filter(None, (value, more))), begun)
        else:
            return ()
    return tuple(fields)


def _bare(value: str) -> str:
    """Return `value` without quotes, and without the signs that begin a block or a list."""
    value = value.strip().rstrip(",").strip("[]{}").strip()
    if value in {">", "|", ">-", "|-", ">+", "|+", "null", "~"}:
        return ""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
