"""Blocks of the master CV's Markdown form, and what their text, cells and dates mean.

A block is a heading, a list item or a paragraph. Its text is given raw, as it stands in the file
behind its ``-`` or ``###``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt

from tailor.reading.cv.cells import locate_period
from tailor.reading.cv.entry_head import EntryHead, read_head
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.numbering import contact_address, tidy, tidy_text
from tailor.reading.field import runs_of
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import Contact, ContactKind, Date, Period, RichText, SectionKind

ARROW = "»"  # between the titles that one employer gave in turn
UNPLACED = "Unplaced"  # the heading of the lines that could not be placed

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
PRESENT = "Present"

_DATE = rf"(?:(?:{'|'.join(MONTHS)}) )?\d{{4}}"
_PERIOD = re.compile(rf"(?:(?P<start>{_DATE}) – )?(?:(?P<end>{_DATE})|{PRESENT})")
_LABELS = {kind.value: kind for kind in ContactKind}
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+)[ \t]*:(?=\s|$)\s*")
_KIND_MARK = re.compile(r"<!--\s*kind:\s*(?:(?P<kind>\w+)\s*)?-->\s*$")
_BAR = re.compile(r"\\.|(?P<bar>\|)", re.DOTALL)
_NO_MARKS = re.compile(r"[^\\`*_\[\]<>&!\n]*")

_HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*))?$")
# What people type, or an editor makes of what they paste; a year is no number of an item.
_ITEM = re.compile(r"(?:[-*+•▪●○◦‣➤]|\d{1,2}[.)])(?:[ \t]+(?P<text>.*)|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_COMMENT_START = re.compile(r"^[ \t]*<!--", re.MULTILINE)
_COMMENT_END = "-->"


class BlockKind(StrEnum):
    """What the first characters of a line say of it."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item or a paragraph, raw and without its mark.

    `level` is 1 to 6 for headings, else 0. Lines that belong together stand in
    `text` with their line breaks; `line` is the number of the first, from 1.
    """

    kind: BlockKind
    level: int
    text: str
    line: int


def read_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of `text`, in order. Rules and comments on lines of their own are dropped.

    A line without a mark goes on with the item or paragraph right above it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    current: Block | None = None
    lines: list[str] = []
    for number, source in enumerate(_without_comments(text).split("\n"), 1):
        line = source.strip()
        begun = begin_block(line, number)
        if current and begun and begun.kind is BlockKind.TEXT:
            lines.append(line)
            continue
        if current:
            yield _joined(current, lines)
            current = None
        if begun and begun.kind is BlockKind.HEADING:
            yield begun
        elif begun:
            current, lines = begun, [begun.text]
    if current:
        yield _joined(current, lines)


def begin_block(line: str, number: int = 0) -> Block | None:
    """Return the block that a line, stripped of white space, begins; None for an empty one."""
    if not line or _RULE.match(line):
        return None
    heading = _HEADING.match(line)
    if heading:
        text = _without_marks(heading["text"] or "")
        return Block(BlockKind.HEADING, len(heading["marks"]), text, number)
    item = _ITEM.match(line)
    if item:
        return Block(BlockKind.ITEM, 0, item["text"] or "", number)
    return Block(BlockKind.TEXT, 0, line, number)


def _without_marks(heading: str) -> str:
    """Leave out the number signs that may end a heading."""
    before = heading.rstrip("#")
    return before.rstrip(" \t") if before.endswith((" ", "\t")) else heading


def _joined(block: Block, lines: list[str]) -> Block:
    return Block(block.kind, block.level, "\n".join(lines), block.line)


def _without_comments(text: str) -> str:
    """Blank out comments that begin a line; one that never ends is text."""
    pieces: list[str] = []
    done = 0
    while match := _COMMENT_START.search(text, done):
        end = text.find(_COMMENT_END, match.end())
        if end < 0:
            break
        end += len(_COMMENT_END)
        pieces += [text[done : match.start()], "\n" * text.count("\n", match.start(), end)]
        done = end
    return "".join(pieces) + text[done:]


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section's heading; `kind` is None for the section of unplaced lines.

    `unknown_kind` is what a mark says that names no kind of section.
    """

    kind: SectionKind | None
    heading: str
    note: RichText = RichText()  # noqa: RUF009  (frozen)
    unknown_kind: str = ""


@cache
def parser() -> MarkdownIt:
    """Return a parser of CommonMark that leaves the addresses of links as they are written."""
    made = MarkdownIt("commonmark")
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return made


def read_text(raw: str) -> RichText:
    """Return the text of inline Markdown: bold, italics and links are kept, also those of HTML.

    Comments are dropped; other tags stay as text.
    """
    if _NO_MARKS.fullmatch(raw):
        return RichText.of(raw)
    return RichText.of(
        run for token in parser().parseInline(raw) for run in runs_of(token.children or [])
    )


def read_field(raw: str) -> str:
    """Return the characters of a field such as a title: no styles, and no glyph is dropped."""
    return tidy_text(read_text(raw).plain)


def bars(raw: str) -> list[int]:
    r"""Return where bars stand that part cells; ``\|`` is text."""
    return [match.start() for match in _BAR.finditer(raw) if match["bar"]]


def read_item(raw: str) -> tuple[RichText, Date | None]:
    """Return the text of a bullet, and the date in its last cell, if there is one."""
    at = bars(raw)[-1:]
    if at and raw[: at[0]].strip():
        period = read_period(raw[at[0] + 1 :])
        if period and period.end and not period.start:
            return clean(read_text(raw[: at[0]].rstrip())), period.end
    return clean(read_text(raw)), None


def read_period(text: str) -> Period | None:
    """Return the period that `text` is, in any usual form; None if it is anything else."""
    text = " ".join(text.split())
    match = _PERIOD.fullmatch(text)
    if match:
        present = match["end"] is None
        return Period(_read_date(match["start"]), _read_date(match["end"]), present)
    found = locate_period(text)
    return found.period if found and found.start >= found.end else None


def _read_date(text: str | None) -> Date | None:
    if text is None:
        return None
    month, _, year = text.rpartition(" ")
    return Date(int(year), MONTHS.index(month) + 1 if month else None)


def format_period(period: Period) -> str:
    """Return ``Mon YYYY – Mon YYYY``, ``Mon YYYY – Present``, a single date, or ""."""
    end = PRESENT if period.present else format_date(period.end)
    return " – ".join(part for part in (format_date(period.start), end) if part)


def format_date(date: Date | None) -> str:
    """Return ``Mon YYYY``, ``YYYY``, or "" for None."""
    if date is None:
        return ""
    return f"{MONTHS[date.month - 1]} {date.year:04}" if date.month else f"{date.year:04}"


def read_entry_heading(raw: str, kind: SectionKind, number: int = 0) -> EntryHead:
    """Read ``titles | organisation | place``.

    Dates in a last cell are the period. A heading without any bar is read as in
    CVs of free form ("Title, Employer, Place").
    """
    cuts = bars(raw)
    if not cuts:
        return read_head([Line(LineKind.HEADING, 3, read_text(raw), number)], kind)
    starts = [0, *(cut + 1 for cut in cuts)]
    cells = [raw[start:end].strip() for start, end in zip(starts, [*cuts, None], strict=True)]
    period = read_period(cells[-1])
    if period:
        cells.pop()
    titles = tuple(title for part in cells[0].split(ARROW) if (title := read_field(part)))
    organisation, *place = [read_field(cell) for cell in cells[1:]] or [""]
    return EntryHead(titles, organisation, " | ".join(filter(None, place)), period or Period())


def read_section_heading(raw: str) -> SectionHeading:
    """Read ``heading | note <!-- kind: x -->``; without the mark the heading says the kind.

    A heading without any bar may have its note in brackets or behind a dash.
    """
    mark = _KIND_MARK.search(raw)
    if mark:
        raw = raw[: mark.start()]
    cut = bars(raw)[:1]
    if cut:
        heading, note = read_field(raw[: cut[0]]), tidy(read_text(raw[cut[0] + 1 :].strip()))
        kind = read_heading(RichText.of(heading)).kind
    else:
        read = read_heading(read_text(raw.strip()))
        heading, note, kind = read.heading, read.note, read.kind
    named = (mark["kind"] or "").lower() if mark else ""
    if named in set(SectionKind):
        return SectionHeading(SectionKind(named), heading, note)
    if heading.casefold() == UNPLACED.casefold():
        return SectionHeading(None, heading, note, named)
    return SectionHeading(kind, heading, note, named)


def read_contact(raw: str) -> Contact | None:
    """Read ``Label: text`` or ``Label: [text](address)``; None if it is no contact item.

    An e-mail address and a site are their own links, unless ``[text]()`` says
    that there is none.
    """
    match = _LABELLED.match(raw)
    kind = _LABELS.get(match["label"].lower()) if match else None
    if match is None or kind is None:
        return None
    value = read_text(raw[match.end() :])
    text = tidy_text(value.plain)
    links = list(dict.fromkeys(run.link for run in value.runs if run.link is not None))
    if len(links) > 1 or not text:
        return None
    return Contact(kind, text, contact_address(links[0]) if links else own_link(kind, text))


def own_link(kind: ContactKind, text: str) -> str | None:
    """Return the address that the text of a contact item is by itself."""
    if " " in text:
        return None
    if kind is ContactKind.EMAIL:
        return f"mailto:{text}"
    if kind is ContactKind.WEBSITE:
        return text if "://" in text else f"https://{text}"
    return None


def read_nationality(raw: str) -> str:
    """Return what stands behind ``Nationality:``, or ""."""
    match = _LABELLED.match(raw)
    if match is None or match["label"].lower() != "nationality":
        return ""
    return read_field(raw[match.end() :])
