"""Plain text, Markdown or the lines of a document to a `Posting`.

Front matter is read as plain keys and values, not as YAML: only a few of its words are needed, and
that of postings is often not valid YAML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tailor.reading.lines import Line
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.header import Header, find_header
from tailor.reading.posting.lines import RawLine, lines_of_document, lines_of_text
from tailor.reading.posting.title import clean_title, names_job
from tailor.values.posting import Posting, PostingLine

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


# Plain text, Markdown or the lines of a document to a `Posting`.

_LONGEST_HEADING = 10
_SHORT_HEADING = 4
_ITEM_INDENT = 3
_RUN_ON = 120  # characters of a line that is more than a headline
_LONGEST_HEADLINE = 12
_SMALL_WORDS = frozenset("of the and & for in".split())
# What sites call these fields in the front matter of a posting, the surest name first.
_TITLE_KEYS = ("job_title", "jobtitle", "position", "role", "title", "name")
_COMPANY_KEYS = (
    "company",
    "company_name",
    "employer",
    "hiringorganization",
    "hiring_organization",
    "hiring_organisation",
    "organization",
    "organisation",
    "firm",
)
_PLACE_KEYS = (
    "location",
    "locations",
    "job_location",
    "joblocation",
    "place",
    "city",
    "based_in",
    "office",
)


def parse_posting(
    text: str, source: str = "posting", title: str = "", company: str = "", place: str = ""
) -> Posting:
    """Return the posting in `text`.

    `title`, `company` and `place` are given where they are known from elsewhere; otherwise
    they are looked for in front matter and text, and stay "" where it does not say.
    """
    front = split_front_matter(text)
    return _posting(
        lines_of_text(front.body, front.body_start),
        source,
        title,
        company or front.first(*_COMPANY_KEYS),
        place or front.first(*_PLACE_KEYS),
        clean_title(front.first(*_TITLE_KEYS)),
    )


def posting_of_lines(
    lines: Sequence[Line],
    source: str = "posting",
    title: str = "",
    company: str = "",
    place: str = "",
    site: str = "",
) -> Posting:
    """Return the posting in the lines of a document; the names are as in `parse_posting`.

    `site` is whose page it stands on, if known: likely the employer's, if nothing else is named.
    All words are kept but those in lines of kind META, which the page does not show.
    """
    return _posting(lines_of_document(lines), source, title, company, place, likely_company=site)


def _posting(
    raw: list[RawLine],
    source: str,
    title: str,
    company: str,
    place: str,
    likely_title: str = "",
    likely_company: str = "",
) -> Posting:
    found = _shaped(raw)
    likely = Header(likely_title, likely_company)
    header = find_header(found, Header(title, company, place), likely)
    return Posting(found, header.title, header.company, header.place, source)


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
