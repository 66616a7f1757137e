"""Trains the conditional random field that reads the heads of entries a second time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pycrfsuite

from tailor.reading.cv.entry_head import first_reading
from tailor.reading.cv.head_words import HeadLine, describe, first_roles, head_of
from tailor.reading.lines import Line
from tailor.values.cv import SectionKind
from training.cv.layouts import Printer
from training.cv.written import Written, rows_of

_KINDS = {"exp": SectionKind.EXPERIENCE, "edu": SectionKind.EDUCATION}
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class MarkedHead:
    """The lines of a head, and what their characters are: (start, end, role) for each line."""

    lines: tuple[Line, ...]
    marks: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """The heads of the entries of one section, of a kind "exp" or "edu"."""

    kind: str
    heads: tuple[MarkedHead, ...]


Rows = Iterable[tuple[Line, Sequence[tuple[str, str]], str]]


def of_written(written: Written, form: str = "") -> list[MarkedSection]:
    """Return the sections with heads of a CV that somebody wrote, printed in a format."""
    rows = ((line, row.marks, label) for line, row, label in rows_of(written, form))
    return list(sections_of(rows))


def of_printed(printer: Printer) -> list[MarkedSection]:
    """Return the sections with heads of an invented CV."""
    rows = ((line, printer.marks.get(line.number, ()), label) for line, label in printer.out)
    return list(sections_of(rows))


@dataclass(slots=True)
class _Section:
    """The section whose heads come in."""

    kind: str = ""
    last: str = ""
    heads: list[MarkedHead] = field(default_factory=list)
    group: list[tuple[Line, tuple[Span, ...]]] = field(default_factory=list)
    head: list[tuple[Line, tuple[Span, ...]]] = field(default_factory=list)

    def end_head(self) -> None:
        """Take the lines of the head for a whole one."""
        if self.head:
            lines, marks = zip(*self.head, strict=True)
            self.heads.append(MarkedHead(lines, marks))
            self.head = []

    def finished(self) -> Iterator[MarkedSection]:
        """Yield the section, if it has heads, and begin anew."""
        self.end_head()
        if self.heads:
            yield MarkedSection(self.kind, tuple(self.heads))
        self.heads = []

    def take(self, line: Line, spans: tuple[Span, ...], label: str) -> None:
        """Take a line of a head."""
        part, _, of = label.partition(":")
        if part == "G":
            self.group = [*self.group, (line, spans)] if self.last == "G" else [(line, spans)]
        elif part == "B":
            if any(role == "E" for _, _, role in spans):
                self.group = []
            self.kind = of
            self.head = [*self.group, (line, spans)]
        elif part == "I" and self.head:
            self.head.append((line, spans))
        elif part in {"H", "S"}:
            self.group = []
        self.last = part


def sections_of(rows: Rows) -> Iterator[MarkedSection]:
    """Yield the sections with heads of lines with what is marked in them, and their labels."""
    section = _Section()
    for line, marks, label in rows:
        part, _, of = label.partition(":")
        if part not in {"I", "L", "doc"}:
            section.end_head()
        if part == "H" or (part == "B" and of != section.kind):
            yield from section.finished()
        section.take(line, tuple(_marks(line.plain, marks)), label)
    yield from section.finished()


def _marks(plain: str, marks: Sequence[tuple[str, str]]) -> Iterator[Span]:
    """Yield where the marked texts stand in a line; one that is not found is left out."""
    at = 0
    for role, text in marks:
        words = [re.escape(word.strip("*")) for word in text.split()]
        match = re.compile(r"[\s*]+".join(words)).search(plain, at) if words else None
        if match:
            yield match.start(), match.end(), role
            at = match.end()


def examples(section: MarkedSection) -> list[tuple[list[list[str]], list[str]]]:
    """Return the features and the true labels of each head of a section."""
    heads = [head.lines for head in section.heads]
    first = first_reading(heads, _KINDS[section.kind])
    seen = [head_of(lines) for lines in first]
    found = []
    for own, head, rows in zip(seen, section.heads, describe(seen, section.kind), strict=True):
        truth = [
            HeadLine(line.text, marks) for line, marks in zip(own.lines, head.marks, strict=True)
        ]
        found.append((rows, first_roles(truth, own.tokens)))
    return found


def train(sections: Sequence[MarkedSection], out: Path) -> None:
    """Train on the heads of some sections and write the model to `out`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for section in sections:
        for rows, labels in examples(section):
            if rows:
                trainer.append(rows, labels)
    trainer.set_params({"c1": 1.0, "c2": 3.0, "max_iterations": 100, "feature.minfreq": 2})
    trainer.train(str(out))
