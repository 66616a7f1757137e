"""The person's own answers into their master CV: a line they typed, a doubt they settled.

Only lines that change are written, so that remarks and order of the file stay. What was written
is read back, and must be the CV as it was with just the answer in it; else nothing is written.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from tailor import pipeline
from tailor.document.output import write_file, write_files
from tailor.exporting import export_cv
from tailor.reading.cv.numbering import renumbered, tidy_text
from tailor.reading.files import Content
from tailor.reading.kept import CV_STEM, CV_VARIABLE, find_cv
from tailor.reading.master.form import read_master_form
from tailor.reading.master.lines import read_period
from tailor.reading.reader import Format, cv_of, recognise
from tailor.serving.workspace import today
from tailor.values.cleaning import clean_text
from tailor.values.cv import BulletFactory, Cv, Entry, RichText, Section, SectionKind
from tailor.values.errors import CvError

MASTER = f"{CV_STEM}.md"
_LONGEST = 1_000  # characters of a line that is typed
_CHECK = re.compile(r"<!-- check: (?P<message>.*) -->")
_HEADING = re.compile(r"#{1,3}\s")
# Sections whose own lines a person may add to; the others have entries.
OPEN_SECTIONS = frozenset(
    map(SectionKind, "skills languages certificates awards interests".split())
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to settle a doubt: what it says on the button, and the entry as it then is."""

    name: str
    label: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt that `tailor import` wrote into a master CV, with the answers to choose from.

    `line` is that of the remark in the file, from 1. `asks_dates` is whether dates can be typed.
    """

    line: int
    message: str
    entry: Entry
    answers: tuple[Answer, ...]
    asks_dates: bool = False


def places(cv: Cv) -> list[dict[str, str]]:
    """Return where lines can be added, in the CV's order: its entries and some sections.

    Each by its `id`, that of an entry or ``section-`` and a number, and its `label`.
    """
    found = []
    for number, section in enumerate(cv.sections):
        for entry in section.entries:
            label = ", ".join(filter(None, (entry.title, entry.organisation)))
            found.append({"id": entry.id, "label": label})
        if section.kind in OPEN_SECTIONS:
            found.append({"id": f"section-{number}", "label": section.heading})
    return found


def add_line(text: str, cv: Cv, place: str, words: str) -> str:
    """Return the master CV `text`, which is read as `cv`, with one more line at `place`.

    Raises CvError where there is no such place, or the words are empty or too many.
    """
    words = tidy_text(clean_text(" ".join(words.split())))
    if not words or len(words) > _LONGEST:
        raise CvError(f"type what you did, in your own words, in at most {_LONGEST:,} characters")
    bullet = BulletFactory().make(words)
    for number, section in enumerate(cv.sections):
        entry = next((e for e in section.entries if e.id == place), None)
        if place == f"section-{number}" and section.kind in OPEN_SECTIONS:
            longer = replace(section, bullets=(*section.bullets, bullet))
            alone = replace(section, bullets=(bullet,), entries=())
            first = max((b.line for b in section.bullets), default=section.line)
        elif entry:
            longer = _with(section, entry, replace(entry, bullets=(*entry.bullets, bullet)))
            alone = replace(section, bullets=(), entries=(replace(entry, bullets=(bullet,)),))
            first = entry.line
        else:
            continue
        return _checked(_inserted(text, first, _exported(alone)[-1]), cv, section, longer)
    raise CvError("there is no such place in your CV any more; load the page again")


def questions(text: str, cv: Cv) -> tuple[Question, ...]:
    """Return the doubts that stand in the master CV `text`, which is read as `cv`."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        said = _CHECK.fullmatch(line.strip())
        entry = max((e for e in cv.entries if e.line < number), key=lambda e: e.line, default=None)
        if said and entry:
            found.append(_question(number, said["message"], entry))
    return tuple(found)


def _question(line: int, message: str, entry: Entry) -> Question:
    title, employer = entry.title, entry.organisation
    answers = [Answer("right", "It is right as it is", entry)]
    about_dates = message.startswith(("no dates", "the dates"))
    if message.startswith("this line below") or about_dates:
        return Question(line, message, entry, tuple(answers), about_dates)
    what = "school" if "school" in message else "employer"
    if title and employer:
        label = f"“{employer}” is the {what} and “{title}” the title"
        answers[0] = replace(answers[0], label=label)
        label = f"“{title}” is the {what} and “{employer}” the title"
        swapped = replace(entry, titles=(employer,), organisation=title)
        answers.append(Answer("swap", label, swapped))
    elif title:
        turned = replace(entry, titles=(), organisation=title)
        answers.append(Answer("employer", f"“{title}” is the {what}", turned))
    elif employer:
        turned = replace(entry, titles=(employer,), organisation="")
        answers.append(Answer("title", f"“{employer}” is the title", turned))
    if employer and not entry.place and "place" in message:
        label = f"“{employer}” is the place"
        answers.append(Answer("place", label, replace(entry, organisation="", place=employer)))
    return Question(line, message, entry, tuple(answers))


def settle(text: str, cv: Cv, line: int, message: str, name: str, dates: str = "") -> str:
    """Return the master CV `text` with the doubt on `line` settled by the answer `name`.

    With `name` "dates", `dates` are the person's. Raises CvError where the doubt is no longer
    there, or the dates cannot be read.
    """
    question = next(
        (q for q in questions(text, cv) if (q.line, q.message) == (line, message)), None
    )
    if question is None:
        raise CvError("this question is no longer open: your CV was changed; load the page again")
    entry = question.entry
    answered = next((answer.entry for answer in question.answers if answer.name == name), None)
    if name == "dates" and question.asks_dates:
        period = read_period(tidy_text(dates))
        if period is None:
            raise CvError("write dates such as “Mar 2019 – Present” or “2016 – 2018”")
        answered = replace(entry, period=period)
    if answered is None:
        raise CvError("there is no such answer; load the page again")
    section = next(s for s in cv.sections if entry in s.entries)
    changed = _with(section, entry, answered)
    lines = text.splitlines()
    del lines[line - 1]
    if answered != entry:
        alone = replace(section, bullets=(), entries=(replace(answered, bullets=()),))
        lines[entry.line - 1 : _end_of_head(lines, entry)] = _exported(alone)[1:] + [
            one for one in lines[entry.line : _end_of_head(lines, entry)] if _CHECK.fullmatch(one)
        ]
    return _checked("\n".join(lines) + "\n", cv, section, changed)


def _with(section: Section, old: Entry, new: Entry) -> Section:
    return replace(section, entries=tuple(new if e is old else e for e in section.entries))


def _end_of_head(lines: list[str], entry: Entry) -> int:
    """Return the number of the line before the blank line, or the bullet, that ends a head."""
    number = entry.line
    while number < len(lines) and lines[number].strip() and not lines[number].startswith("- "):
        number += 1
    return number


def _exported(section: Section) -> list[str]:
    """Return the lines of a section in the master form, without its empty ones."""
    text = export_cv(Cv("x", sections=(replace(section, note=RichText()),))).decode()
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[next(n for n, line in enumerate(lines) if line.startswith("## ")) :]


def _inserted(text: str, first: int, line: str) -> str:
    """Return `text` with `line` at the end of what begins on the line `first`."""
    lines = text.splitlines()
    end = first
    while end < len(lines) and not _HEADING.match(lines[end]):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    follows = lines[end - 1].startswith(("- ", "  "))
    return "\n".join([*lines[:end], *([] if follows else [""]), line, *lines[end:]]) + "\n"


def _checked(text: str, cv: Cv, old: Section, new: Section) -> str:
    """Return `text` if it is read as `cv` with one section changed; else raise CvError."""
    wanted = renumbered(replace(cv, sections=tuple(new if s is old else s for s in cv.sections)))
    if read_master_form(text, cv.source) != wanted:
        raise CvError(f"{cv.source}: cannot be changed without losing something; edit it by hand")
    return text


class MasterCv:
    """The CV that is used, as a file."""

    def __init__(self, home: Path, given: Path | None = None) -> None:
        self.home = home
        self.given = given
        self._known: tuple[tuple[str, int, int], Cv] | None = None

    @property
    def path(self) -> Path | None:
        """The file: the one that was given, or the one kept; None if there is none."""
        if self.given:
            return self.given
        try:
            return find_cv()
        except CvError:
            return None

    def read(self) -> Cv:
        """Return the CV, read anew where the file has changed. Raises CvError."""
        path = self.path
        if path is None:
            raise CvError("there is no CV yet; give yours on the first page")
        try:
            status = path.stat()
        except OSError:
            return pipeline.read_cv(path)  # which tells
        key = (str(path), status.st_mtime_ns, status.st_size)
        if self._known is None or self._known[0] != key:
            self._known = (key, pipeline.read_cv(path))
        return self._known[1]

    def text(self) -> str | None:
        """Return the text of the file if answers can be written into it, else None."""
        path = self.path
        if path is None or path.suffix.lower() != ".md":
            return None
        try:
            content = Content(path.name, path.read_bytes(), "CV")
            return content.text() if recognise(content) is Format.MASTER else None
        except (OSError, CvError):
            return None

    def write(self, text: str) -> None:
        """Write the whole file anew. Raises OutputError."""
        if self.path:
            write_file(self.path, text.encode(), force=True)

    def take(self, content: bytes, name: str) -> None:
        """Make a CV of any form to the one that is used, and keep the one before beside it.

        Raises CvError if it cannot be read; then the one before stays in use.
        """
        given = Content(Path(name).name or "CV", content, "CV")
        cv = cv_of(given)
        target = self.home / MASTER
        named = self.given or os.environ.get(CV_VARIABLE)
        if named and Path(named) != target:
            raise CvError(f"{named} is used, since --cv or ${CV_VARIABLE} names it; start without")
        new = content if recognise(given) is Format.MASTER else export_cv(cv)
        files = {target: new}
        if target.is_file() and target.read_bytes() != new:
            files[_free_name(target)] = target.read_bytes()
        write_files(files, force=True)


def _free_name(target: Path) -> Path:
    """Return a name for the CV of before, which is not in use yet."""
    first = target.with_stem(f"{target.stem}_before_{today()}")
    others = (first.with_stem(f"{first.stem}_{number}") for number in count(2))
    return next(path for path in chain([first], others) if not path.exists())
