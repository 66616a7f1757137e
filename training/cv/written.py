"""CVs of invented people that were written one by one, each line with its label.

The layouts of `layouts.py` are combined by chance; those in `written/` are as different as people's
habits are. `written/README.md` says what the labels and marks mean. A CV is read by the reader of
its format, so that its lines look as the reader of CVs will see them; it may be printed in another
format too, to learn the same text with other looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tailor.reading.cv.structure import own_lines
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, clean_text
from tailor.reading.reader import Format, read_lines
from training.cv.layouts import Labelled
from training.cv.printing import CELLS, as_pdf, as_word, plain_of

# The formats a CV is learnt from in, beside its own.
PRINTED = ("txt", "docx", "pdf")
FORMATS = {"docx": Format.DOCX, "pdf": Format.PDF}
FOLDER = Path(__file__).with_name("written")
_MARK = re.compile(r"\{([NTEPD]):([^{}]*)\}")
_WORD = re.compile(r"\w+")
_WINDOW = 12  # rows ahead in which the row of a line is looked for


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a cell of a table's row: its label, and its text without marks.

    `place` is its line in the file of the CV, from 1.
    """

    label: str
    text: str
    marks: tuple[tuple[str, str], ...]
    place: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A position ("exp") or a degree ("edu") as a careful person reads it."""

    kind: str
    title: str
    organisation: str
    place: str
    dates: str
    section: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A CV: its id, its format (txt, md, docx), its rows, and the text of its file."""

    name: str
    format: str
    rows: tuple[Row, ...]
    source: tuple[str, ...]

    def entries(self) -> list[Entry]:
        """Return the positions and degrees with what is marked of each."""
        return list(_entries(self.rows))

    def content(self, form: str = "") -> Content:
        """Return the file in its own format, or in another."""
        form = form or self.format
        if form == "docx":
            return Content(f"{self.name}.docx", as_word(self.source, self.format), "CV")
        if form == "pdf":
            return Content(f"{self.name}.pdf", as_pdf(self.source, self.format), "CV")
        rows = self.source
        if form != self.format:
            rows = tuple(plain_of(row) for row in rows)
        text = "\n".join(row.replace(CELLS, "\t") for row in rows) + "\n"
        return Content(f"{self.name}.{form}", text.encode(), "CV")


def every_form(written: Written) -> list[str]:
    """Return the formats to learn a CV from: its own first."""
    return [written.format, *(form for form in PRINTED if form != written.format)]


def read_written(paths: Sequence[Path]) -> list[Written]:
    """Return the CVs of some files."""
    found: list[Written] = []
    for path in paths:
        parts = re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]
        found += [_written(path.stem, part.rstrip("\n").split("\n")) for part in parts]
    return found


def _written(group: str, lines: Sequence[str]) -> Written:
    name, form, *_ = (part.strip() for part in lines[0].split(" | "))
    rows: list[Row] = []
    source: list[str] = []
    for line in lines[1:]:
        label, sep, text = line.partition("| ")
        source.append(_MARK.sub(r"\2", text) if sep else "")
        cells = text.split(CELLS)
        labels = label.split("/") if sep else []
        if 0 < len(labels) < len(cells):
            labels += labels[-1:] * (len(cells) - len(labels))
        for one, cell in zip(labels, cells, strict=False):
            marks = tuple((m[1], m[2].strip()) for m in _MARK.finditer(cell))
            if bare := _MARK.sub(r"\2", cell).strip():
                rows.append(Row(one, bare, marks, len(source)))
    while source and not source[0]:
        del source[0]
        rows = [Row(row.label, row.text, row.marks, row.place - 1) for row in rows]
    return Written(f"{group}-{name}", form, tuple(rows), tuple(source))


@dataclass(slots=True)
class _Reading:
    """The entry whose rows come in."""

    kind: str = ""
    section: str = ""
    group: tuple[str, str] = ("", "")  # employer and place of the roles below
    head: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def finished(self) -> Iterator[Entry]:
        """Yield the entry, if there is one, and begin anew."""
        if self.kind:
            found = {letter: self.head.get(letter, []) for letter in "TEPD"}
            organisation = (found["E"] or [self.group[0]])[0]
            place = (found["P"] or [self.group[1]])[0]
            title, dates = " / ".join(found["T"]), " - ".join(found["D"])
            texts = tuple(self.texts)
            yield Entry(self.kind, title, organisation, place, dates, self.section, texts)
        self.kind, self.head, self.texts = "", {}, []

    def take(self, row: Row) -> None:
        """Take a row into the entry."""
        part, _, of = row.label.partition(":")
        marks = dict(row.marks)
        if part == "G" and "E" in marks:
            self.group = (marks["E"], marks.get("P", ""))
        elif part in {"H", "S"} or (part == "B" and "E" in marks):
            self.group = ("", "")
        if part == "H":
            self.section = of
        if part == "B":
            self.kind = of
        if part in {"B", "I"}:
            for letter, text in row.marks:
                self.head.setdefault(letter, []).append(text)
        elif part == "T" and self.kind:
            self.texts.append(row.text)


def _entries(rows: Sequence[Row]) -> Iterator[Entry]:
    reading = _Reading()
    for row in rows:
        if row.label[0] in "BGHS":
            yield from reading.finished()
        reading.take(row)
    yield from reading.finished()


# The lines of the file as they are read, with their labels.


def labelled(written: Written, form: str = "") -> list[Labelled]:
    """Return the lines of a CV as its reader gives them, with their labels.

    Lines that no row is found for are left out.
    """
    return [(line, label) for line, _, label in rows_of(written, form)]


def rows_of(written: Written, form: str = "") -> Iterator[tuple[Line, Row, str]]:
    """Yield the lines of a CV as its reader gives them, each with its row and label."""
    content = written.content(form)
    lines = read_lines(content, FORMATS.get(form or written.format, Format.TEXT))
    own, _ = own_lines([line for line in lines or () if line.kind is not LineKind.META])
    for line, (row, label) in zip(own, labels_of(written, own), strict=True):
        if row:
            yield line, row, label


def labels_of(written: Written, lines: Sequence[Line]) -> list[tuple[Row | None, str]]:
    """Return row and label of each line of the CV's file; None and "" where none is found."""
    rows = [(words, row) for row in written.rows if (words := _words(row.text))]
    found: list[tuple[Row | None, str]] = []
    at, before = 0, -1
    for line in lines:
        words = _words(line.plain)
        index = _find(words, rows, at) if words else None
        if index is None:
            found.append((None, ""))
            continue
        row = rows[index][1]
        again = index == before and row.label.startswith("B:")  # a line that was parted
        found.append((row, f"I{row.label[1:]}" if again else row.label))
        at = before = index
    return found


def _find(words: Sequence[str], rows: Sequence[tuple[list[str], Row]], at: int) -> int | None:
    """Return the row that a line begins with, or a part of which the line is."""
    text = " ".join(words)
    for index in range(at, min(at + _WINDOW, len(rows))):
        row = " ".join(rows[index][0])
        if text.startswith(row) or row.startswith(text) or (len(words) > 1 and text in row):
            return index
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(clean_text(plain_of(text)).casefold())
