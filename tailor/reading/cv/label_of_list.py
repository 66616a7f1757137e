"""Lists told by their labels or their items: "Languages: German", three skills in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tailor.reading.cv.cells import leading_label, list_items, split_label
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.line_labels import LineLabel
from tailor.reading.cv.names import find_languages
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import RichText, SectionKind

_HARDLY = 0.5
_FEW = 4  # words of a skill or a language
_YEAR_BEHIND = re.compile(r"\((?:19|20)\d\d\)\W*$")
_LISTED_KINDS = frozenset({"languages", "skills", "interests", "certificates", "other"})
_NO_LISTS = _LISTED_KINDS | {"achievements"}


def sections_of(labels: Sequence[LineLabel]) -> Iterator[tuple[int, int]]:
    """Yield where the lines below each heading begin and end."""
    heads = [index for index, label in enumerate(labels) if label.part == "H"]
    for first, after in pairwise([*heads, len(labels)]):
        yield first + 1, after


def labelled_lists(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Let "Languages: German, English" stand for itself at the end of a section of entries.

    So does each labelled line that follows it, such as "Other: driving licence", and "Objective:
    ..." among the lines at the top.
    """
    for index, line in enumerate(lines):
        at_top = labels[index].label in {"top", "S:summary"} and line.gap
        if at_top and _section_named(split_label(line.plain)[0]) == SectionKind.SUMMARY:
            labels[index] = LineLabel("H:summary", 1.0)
    for first, last in sections_of(labels):
        if labels[first - 1].group in _NO_LISTS:
            continue  # "Programming: Python" is a line of the skills that it stands among
        for row in range(first, last):
            plain, loose = lines[row].plain, lines[row].gap and labels[row].part in "BITSL"
            if not loose or not _kind_told(leading_label(plain), plain):
                continue
            if any(label.part in {"B", "G"} for label in labels[row + 1 : last]):
                continue
            for below in range(row, last):
                kind = _section_named(leading_label(lines[below].plain))
                if kind not in _LISTED_KINDS:
                    break
                labels[below] = LineLabel(f"H:{kind}", 1.0)


def _section_named(label: str) -> str:
    return read_heading(RichText.of(label)).name


def _kind_told(label: str, text: str) -> str:
    """Return what the label of a list says it is, "" if nothing, or if its text says otherwise."""
    name = _section_named(label)
    spoken = name != SectionKind.LANGUAGES or find_languages(text)
    return name if name in _LISTED_KINDS and spoken else ""


def plain_lists(lines: Sequence[Line], labels: list[LineLabel]) -> None:
    """Tell by its items what a list is, in a CV without headings: languages, skills, ..."""
    heads = [line for line, label in zip(lines, labels, strict=True) if label.part == "H"]
    if sum(bool(read_heading(line.text).name) for line in heads) > 1:
        return
    told = ""
    for index, line in enumerate(lines):
        told = _kind_of_list(line) if line.gap or told else ""
        unlikely = labels[index].part == "H" and labels[index].confidence < _HARDLY
        loose = unlikely or labels[index].part in "BIST"
        if told and loose and line.kind is LineKind.PARAGRAPH:
            labels[index] = labels[index].as_label(f"S:{told}")


def _kind_of_list(line: Line) -> str:
    """Return what the items of a list in one line are, "" if they do not tell."""
    label, rest = split_label(line.plain)
    if name := _kind_told(label, rest):
        return name
    items = list_items(rest)
    short = bool(items) and all(len(item.split()) <= _FEW for item in items)
    if short and all(find_languages(item) for item in items):
        return SectionKind.LANGUAGES
    if label and short and len(items) > 1:
        return "" if find_dates(rest) else SectionKind.SKILLS
    parts = rest.split(";")
    dated = all(_YEAR_BEHIND.search(part) for part in parts)
    return SectionKind.CERTIFICATES if len(parts) > 1 and dated else ""
