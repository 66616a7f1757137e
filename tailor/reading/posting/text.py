"""Plain text, Markdown or the lines of a document to a `Posting`.

Front matter is read as plain keys and values, not as YAML: only a few of its words are needed, and
that of postings is often not valid YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tailor.reading.lines import Line
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.header import NOTHING, Header, find_header
from tailor.reading.posting.lines import RawLine, lines_of_document, lines_of_text
from tailor.reading.posting.title import clean_title, names_job
from tailor.values.posting import Posting, PostingLine

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w .-]{0,60}?)\s{0,8}(?P<sign>[:=])(?:\s+(?P<value>.*))?$")
_INNER = re.compile(r"^[\"']?(?P<key>@?\w{1,40})[\"']?:(?:\s+(?P<value>.*))?$")
_MOST_LINES = 200


class FrontMatter(NamedTuple):
    """The fields of a text, and what is below them, which begins in line `body_start` of the whole.

    Keys are in lower case with ``_`` between words; those without a value are left out.
    """

    fields: Mapping[str, str]
    body: str
    body_start: int = 1

    def first(self, keys: Iterable[str]) -> str:
        """Return the value of the first of `keys` that is given, else ""."""
        return next((self.fields[key] for key in keys if key in self.fields), "")


def split_front_matter(text: str) -> FrontMatter:
    """Return the fields of the front matter of `text` (YAML or TOML) and what is below it."""
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \t\r\n")), len(lines))
    fence = lines[first].strip("\ufeff \t\r\n") if first < len(lines) else ""
    below = range(first + 1, min(len(lines), first + _MOST_LINES))
    end = next((n for n in below if lines[n].strip() in _FENCES.get(fence, ())), 0)
    fields = _fields(lines[first + 1 : end])
    if not fields:  # a rule above a text that is no front matter
        return FrontMatter({}, text)
    found = {key: value for key, value in reversed(fields) if value}
    return FrontMatter(found, "".join(lines[end + 1 :]), end + 2)


def _fields(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the keys and values in some lines, none if one of them cannot be front matter."""
    fields: list[tuple[str, str]] = []
    for line in lines:
        text = line.strip()
        match = _FIELD.match(line.rstrip())
        if not text or text.startswith("#"):
            continue
        if match:
            key = re.sub(r"[\s.-]+", "_", match["key"].strip().lower())
            fields.append((key, _bare(match["value"] or "")))
        elif fields and (line[0].isspace() or text[0] in "-]}"):
            key, value = fields[-1]
            inner = _INNER.match(text.removeprefix("- "))  # "hiringOrganization:", "  name: …"
            if inner and inner["key"].lstrip("@") == "type":
                continue
            more = _bare((inner["value"] or "") if inner else text.removeprefix("- "))
            fields[-1] = (key, ", ".join(filter(None, (value, more))))
        else:
            return []
    return fields


def _bare(value: str) -> str:
    """Return `value` without quotes, and without the signs that begin a block or a list."""
    value = value.strip().rstrip(",").strip("[]{}").strip()
    if value in {">", "|", ">-", "|-", ">+", "|+", "null", "~"}:
        return ""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


_LONGEST_HEADING = 10
_SHORT_HEADING = 4
_ITEM_INDENT = 3
_RUN_ON = 120  # characters of a line that is more than a headline
_LONGEST_HEADLINE = 12
_SMALL_WORDS = frozenset("of the and & for in".split())
# What sites call these fields in the front matter of a posting, the surest name first.
_TITLE_KEYS = "job_title jobtitle position role title name".split()
_COMPANY_KEYS = (
    "company company_name employer hiringorganization hiring_organization hiring_organisation "
    "organization organisation firm"
).split()
_PLACE_KEYS = "location locations job_location joblocation place city based_in office".split()


def parse_posting(text: str, source: str = "posting") -> Posting:
    """Return the posting in `text`.

    Title, company and place are looked for in front matter and text, and stay "" where it does
    not say.
    """
    front = split_front_matter(text)
    known = Header("", front.first(_COMPANY_KEYS), front.first(_PLACE_KEYS))
    likely = Header(clean_title(front.first(_TITLE_KEYS)))
    return _posting(lines_of_text(front.body, front.body_start), source, known, likely)


def posting_of_lines(
    lines: Sequence[Line],
    source: str = "posting",
    known: Header = NOTHING,
    likely: Header = NOTHING,
) -> Posting:
    """Return the posting in the lines of a document.

    What is `known` of it from elsewhere stays; `likely` is what counts if its text says nothing
    surer. All words are kept but those in lines of kind META, which the page does not show.
    """
    return _posting(lines_of_document(lines), source, known, likely)


def _posting(raw: list[RawLine], source: str, known: Header, likely: Header) -> Posting:
    lines = _shaped(raw)
    header = find_header(lines, known, likely)
    return Posting(lines, header.title, header.company, header.place, source)


def posting_lines(text: str) -> tuple[PostingLine, ...]:
    """Return the lines of a posting, without looking for what they name."""
    front = split_front_matter(text)
    return _shaped(lines_of_text(front.body, front.body_start))


def _shaped(raw: list[RawLine]) -> tuple[PostingLine, ...]:
    """Return the lines as headings, items or neither, each with the heading above it."""
    raw = _without_headline(raw)
    lines: list[PostingLine] = []
    heading = ""
    for index, line in enumerate(raw):
        is_heading = _is_heading(raw, index)
        is_item = not is_heading and _is_item(raw, index)
        if is_heading:
            heading = line.text.rstrip(" :")
        lines.append(PostingLine(line.text, line.number, heading, is_heading, is_item))
    return tuple(lines)


def _without_headline(raw: list[RawLine]) -> list[RawLine]:
    """Return the lines; "Title - Company, Town." before run-on text is a line of its own."""
    if not raw or len(raw[0].text) < _RUN_ON:
        return raw
    front, dot, rest = raw[0].text.partition(". ")
    title, dash, name = front.replace("–", "-").replace("—", "-").partition(" - ")
    words = [word for word in (title + " " + name).split() if word not in _SMALL_WORDS]
    is_headline = dash and names_job(title) and len(words) <= _LONGEST_HEADLINE
    if not dot or not is_headline or not all(word[0].isupper() for word in words):
        return raw
    return [replace(raw[0], text=front), replace(raw[0], text=rest), *raw[1:]]


def _is_item(raw: list[RawLine], index: int) -> bool:
    """Return whether a line is an item: by its glyph, or as one of several indented lines."""
    line = raw[index]
    if line.glyph:
        return True
    if line.indent < _ITEM_INDENT:
        return False
    near = raw[max(index - 1, 0) : index] + raw[index + 1 : index + 2]
    return any(other.indent >= _ITEM_INDENT for other in near)


def _is_heading(raw: list[RawLine], index: int) -> bool:
    """Return whether a line is a heading by its shape: short, no sentence, text below it."""
    line = raw[index]
    if index + 1 >= len(raw):
        return False
    words = line.text.split()
    if line.glyph:
        return _is_marked_heading(line, raw[index + 1])
    if line.marked and len(words) <= 2 * _LONGEST_HEADING:
        return True
    if len(words) > _LONGEST_HEADING or line.text[-1] in ".,;!":
        return False
    after = raw[index + 1]
    list_follows = after.glyph or (after.indent >= line.indent + 2 and not after.after_blank)
    if line.text.endswith((":", "?", "…", "...")):
        return line.after_blank or list_follows
    if line.indent >= _ITEM_INDENT and not list_follows:
        stands_alone = line.after_blank and after.after_blank
        return stands_alone and len(words) <= _SHORT_HEADING and _titled(words)
    if list_follows and not _same_run(raw, index):
        return True
    return line.after_blank and after.after_blank and _titled(words)


def _is_marked_heading(line: RawLine, after: RawLine) -> bool:
    """Return whether a line with a number or a pictograph heads what is below, and is no item.

    "1. Requirements" above "1.1 …" or above bullets, a pictograph before a usual heading.
    """
    if len(line.text.split()) > _LONGEST_HEADING or line.text[-1] in ".,;!":
        return False
    if line.depth and after.depth > line.depth:
        return True
    if not (line.depth or line.picture):
        return False
    other = after.glyph and (after.depth, after.picture) != (line.depth, line.picture)
    other = other or (line.after_blank and after.after_blank and not after.glyph)
    return bool(heading_kind(line.text)) and (other or is_usual_heading(find_cues(line.text)))


def _same_run(raw: list[RawLine], index: int) -> bool:
    """Return whether the line directly above is indented alike, so that both are of one list."""
    if index == 0 or raw[index].after_blank:
        return False
    before = raw[index - 1]
    return before.indent == raw[index].indent and not before.glyph


def _titled(words: list[str]) -> bool:
    if words[0][:1].islower():
        return False
    capital = sum(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return capital * 2 >= len(words) or len(words) <= 6
