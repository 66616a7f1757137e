"""The headings of sections: what CVs call them, and what to print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tailor.reading.lines import bold_start, clean
from tailor.values.cv import RichText, SectionKind
from tailor.values.resources import data_toml

_NOT_LETTERS = re.compile(r"[^\w'+#]+|_+")
_JOINED = re.compile(r"(?:(?<!\s)\s+)?[,/&+]\s*|(?<!\s)\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)
# Where a known heading may end and a note begin, other than at a link.
_BEFORE_NOTE = re.compile(r"\t|\s{2,}|\s*[|:(\[]|\s+[-–—]\s+")

_LONGEST = 60  # characters; no known heading is longer
_LONGEST_LINE = 200  # characters of a heading with its note


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading taken apart.

    `name` is a kind of section, "contact", "document", or "" if the heading is unknown.
    """

    name: str
    heading: str
    note: RichText

    @property
    def kind(self) -> SectionKind:
        """The kind of the section; OTHER if the heading is unknown."""
        return SectionKind(self.name) if self.name in set(SectionKind) else SectionKind.OTHER


@cache
def standard_heading(kind: SectionKind) -> str:
    """Return the heading to print over a section of `kind`."""
    return str(data_toml("headings.toml")[kind.value]["heading"])


def read_heading(text: RichText) -> HeadingText:
    """Recognise a heading; what else stands on its line after a known one becomes the note."""
    whole = clean(text)
    name = _name_of(whole.plain)
    if name:
        return HeadingText(name, whole.plain.rstrip(" :"), RichText())
    plain = text.plain
    offset = 0
    ends = [end] if (end := bold_start(text)) else []
    for run in text.runs:
        if run.link:
            ends.append(offset)
        offset += len(run.text)
    ends += [match.start() for match in _BEFORE_NOTE.finditer(plain)]
    for end in sorted(end for end in ends if end <= _LONGEST):
        heading = clean(text.slice(0, end)).plain
        name = _name_of(heading)
        if name:
            note = clean(text.slice(end)).plain
            skipped = len(note) - len(note.lstrip(" |:-–—"))
            return HeadingText(name, heading.rstrip(" :"), clean(text.slice(end)).slice(skipped))
    return HeadingText("", whole.plain.rstrip(" :"), RichText())


def is_known_section(text: RichText) -> bool:
    """Return whether a line's words are known to head a section of a CV, or contact details."""
    short = len(text.plain) <= _LONGEST_LINE
    return short and read_heading(text).name not in {"", "document"}


def section_of_label(label: str) -> str:
    """Return the name under which `label` is known as a heading, or ""."""
    return _names().get(_folded(label), "")


def _name_of(heading: str) -> str:
    known = _names().get(_folded(heading))
    if known:
        return known
    parts = [_names().get(_folded(part), "") for part in _JOINED.split(heading)]
    return parts[0] if len(parts) > 1 and all(parts) else ""


@cache
def _names() -> dict[str, str]:
    return {
        _folded(words): name
        for name, row in data_toml("headings.toml").items()
        for words in (*row["synonyms"], row.get("heading", ""))
        if words
    }


def _folded(heading: str) -> str:
    words = _NOT_LETTERS.sub(" ", heading.casefold().replace("&", " and ")).split()
    return " ".join(word for word in words if not word.isdigit())
