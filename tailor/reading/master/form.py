"""The Markdown form of a master CV that `tailor import` writes; see `docs/master-cv.md`.

What the marks say counts, and no guess at what words mean: what was written is
read back exactly. Only where a person left a mark out, as in a heading without
bars, the line is read as in CVs of free form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.entry_head import EntryHead
from tailor.reading.cv.names import is_place
from tailor.reading.cv.numbering import renumbered, tidy_text
from tailor.reading.files import Content
from tailor.reading.lines import clean, web_address
from tailor.reading.master.lines import (
    Block,
    BlockKind,
    SectionHeading,
    read_blocks,
    read_contact,
    read_entry_heading,
    read_field,
    read_item,
    read_nationality,
    read_period,
    read_section_heading,
    read_text,
)
from tailor.reading.reader import MASTER_MARK
from tailor.values.cv import Bullet, Contact, Cv, Entry, Period, RichText, Run, Section, SectionKind
from tailor.values.errors import CvError

FORM = 1
MARK = f"<!-- tailor: master CV, form {FORM} -->"
CHECK = "<!-- check: "  # before what is to be looked at

_SHORT = 6  # words; a line of dates has room for a place, not for a sentence


def check_mark(message: str) -> str:
    """Return the comment that marks a line to be looked at; no message ends it early."""
    return f"{CHECK}{message.replace('--', '–').replace('>', '›')} -->"


def read_master_form(text: str, source: str = "cv") -> Cv:
    """Return the CV. `text` need not bear the mark.

    Raises CvError if it is of another version, has too many lines, or has no
    name or no entry (a position, degree or project).
    """
    mark = MASTER_MARK.match(text)
    if mark and int(mark["form"]) != FORM:
        raise CvError(
            f"{source}: written by another version of tailor (form {mark['form']}, not {FORM}); "
            "update tailor, or delete the first line to have it read as any other Markdown"
        )
    Content(source, b"", "CV").check_text(text)
    draft = _Draft()
    for block in read_blocks(text):
        draft.add(block)
    cv = renumbered(draft.finish(source))
    _check(cv)
    return cv


@dataclass(slots=True)
class _Entry:
    """An entry while its lines come in; `open` until its first bullet."""

    head: EntryHead
    line: int
    link: str | None = None
    open: bool = True
    bullets: list[Bullet] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    heading: SectionHeading
    line: int
    bullets: list[Bullet] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """Takes the blocks one by one; each ends somewhere, among the unplaced lines at worst."""

    _name: str = ""
    _headline: str = ""
    _nationality: str = ""
    _contacts: list[Contact] = field(default_factory=list)
    _sections: list[_Section] = field(default_factory=list)
    _unplaced: list[Bullet] = field(default_factory=list)
    _warnings: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """Put a block where it belongs."""
        section = self._sections[-1] if self._sections else None
        if block.kind is BlockKind.HEADING and block.level <= 2:
            self._add_heading(block)
        elif section is None:
            self._add_to_head(block)
        elif section.heading.kind is None:
            self._unplaced += _bullets(block)
        elif block.kind is BlockKind.HEADING:
            self._add_entry(block, section, section.heading.kind)
        elif section.entries:
            self._add_to_entry(block, section.entries[-1])
        else:
            section.bullets += _bullets(block)

    def finish(self, source: str) -> Cv:
        """Return the CV, with no ids yet."""
        return Cv(
            self._name,
            self._headline,
            tuple(self._contacts),
            self._nationality,
            tuple(
                Section(
                    kind,
                    section.heading.heading,
                    section.heading.note,
                    tuple(map(_entry, section.entries)),
                    tuple(section.bullets),
                    line=section.line,
                )
                for section in self._sections
                if (kind := section.heading.kind)
            ),
            tuple(self._unplaced),
            source,
            tuple(self._warnings),
        )

    def _add_heading(self, block: Block) -> None:
        if block.level == 1 and not self._name and not self._sections:
            self._name = read_field(block.text)
            return
        heading = read_section_heading(block.text)
        if heading.unknown_kind:
            self._warnings.append(f"line {block.line}: there is no such kind of section")
        self._sections.append(_Section(heading, block.line))
        if heading.kind is None and heading.note:
            self._unplaced.append(Bullet.bare(heading.note, block.line))

    def _add_to_head(self, block: Block) -> None:
        if block.kind is BlockKind.TEXT and not self._headline:
            self._headline = read_field(block.text)
            return
        contact = read_contact(block.text)
        nationality = read_nationality(block.text)
        if contact:
            self._contacts.append(contact)
        elif nationality and not self._nationality:
            self._nationality = nationality
        else:
            # Items with another label, or with none, as in CVs of free form.
            contacts, others = read_contacts(read_text(block.text))
            if contacts and not others:
                self._contacts += contacts
            else:
                self._unplaced += _bullets(block)

    def _add_entry(self, block: Block, section: _Section, kind: SectionKind) -> None:
        head = read_entry_heading(block.text, kind, block.line)
        links = [run.link for run in read_text(block.text).runs if web_address(run.link)]
        link, *others = [*dict.fromkeys(links)] or [None]
        aside: list[str | RichText] = [*head.durations]
        aside += [clean(RichText.of([Run(other or "", link=other)])) for other in others]
        self._unplaced += [Bullet.bare(text, block.line) for text in aside]
        bullets = [Bullet.bare(text, block.line) for text in head.others]
        section.entries.append(_Entry(head, block.line, link, bullets=bullets))

    def _add_to_entry(self, block: Block, entry: _Entry) -> None:
        lines = block.text.split("\n")
        number = block.line
        if block.kind is BlockKind.TEXT and entry.open:
            while lines and _take_head_line(lines[0], number, entry):
                del lines[0]
                number += 1
        if lines:
            entry.open = False
            entry.bullets += _bullets(Block(block.kind, 0, "\n".join(lines), number))


def _take_head_line(raw: str, number: int, entry: _Entry) -> bool:
    """Take a line below an entry's heading that is its dates or its address; else return False."""
    text = read_text(raw)
    plain = tidy_text(text.plain)
    dated = entry.head.period != Period()
    period = None if dated else read_period(plain)
    if period:
        entry.head = replace(entry.head, period=period)
        return True
    address = _own_address(text)
    if address and entry.link is None:
        entry.link = address
        return True
    found = None if dated else locate_period(plain)
    if found is None or plain.endswith(".") or len(plain[found.start : found.end].split()) > _SHORT:
        return False
    rest = plain[found.start : found.end]
    if is_place(rest) and not entry.head.place:
        entry.head = replace(entry.head, period=found.period, place=rest)
    else:
        entry.head = replace(entry.head, period=found.period)
        entry.bullets.append(Bullet.bare(rest, number))
    return True


def _own_address(text: RichText) -> str | None:
    """Return the address of a line that is a link and shows nothing but its address."""
    if len(text.runs) != 1:
        return None
    run = text.runs[0]
    shown = re.sub(r"^https?://(?:www\.)?", "", run.link or "").rstrip("/")
    return web_address(run.link) if run.text.strip() in {run.link, shown} else None


def _entry(entry: _Entry) -> Entry:
    head = entry.head
    return Entry(
        "",
        head.titles,
        head.organisation,
        head.place,
        head.period,
        tuple(entry.bullets),
        entry.line,
        entry.link,
    )


def _bullets(block: Block) -> Iterator[Bullet]:
    text, date = read_item(block.text)
    if text:
        yield Bullet.bare(text, block.line, date)


def _check(cv: Cv) -> None:
    if not cv.name:
        raise CvError(f'{cv.source}: no name found; begin with a line such as "# Jane Doe"')
    if not cv.entries:
        found = ", ".join(f"{s.kind.value} (line {s.line})" for s in cv.sections)
        raise CvError(
            f"{cv.source}: no position, degree or project found; each needs a line such as "
            '"### Title | Employer | Place" below a section such as "## Experience". '
            f"Sections found: {found or 'none'}"
        )
