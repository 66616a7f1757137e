"""Everything that tailor can print of a master CV: each line with its place, and each field.

The lines are what `composition` makes of the whole CV under every option that changes words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tailor.checking.findings import Judged
from tailor.layout.typography import Design, Style, paper_of
from tailor.reading.cv.cells import locate_period, locate_within
from tailor.reading.cv.headings import section_of_label
from tailor.selection.composition import (
    format_title,
    header_paragraphs,
    line_paragraph,
    section_paragraphs,
)
from tailor.selection.order import in_one_order
from tailor.selection.tailored_cv import ChosenLine, whole
from tailor.values.cleaning import clean
from tailor.values.cv import Bullet, Cv, Entry, Period, RichText, SectionKind

CONTACT_SEPARATOR = " | "
_CUT = re.compile(r"[\t|·•∙¦;,()\[\]/]|\s[-–—]\s|:\s|\s(?:at|@|in)\s")
_WORDS = re.compile(r"[^\s.,;:()\[\]|·•–—-]+")
# Word processors make these curly while somebody types.
_QUOTES = str.maketrans("‘’‚“”„", "'''\"\"\"")


# Of a line on the page; what else stands there is like a bullet.
HEADS = frozenset({Style.SECTION, Style.ENTRY, Style.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the master CV: the number of a section, and the id of an entry in it or ""."""

    section: int = -1
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line that tailor can print: its style, its place, and its number in the file."""

    text: str
    style: Style
    spot: Spot
    source: int = 0


@dataclass(frozen=True, slots=True)
class Divisible:
    """A bullet of several statements, cut as the page has them."""

    spot: Spot
    source: int
    text: str
    date: str
    lead: str
    statements: tuple[tuple[str, bool], ...]  # the words; whether the lead goes before it


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed of `cv`."""

    cv: Cv
    lines: tuple[Printed, ...]
    divisible: tuple[Divisible, ...]
    contacts: frozenset[str]
    by_text: Mapping[str, tuple[Printed, ...]] = field(repr=False)
    skills: Mapping[str, tuple[Printed, ...]] = field(repr=False)


def fold(text: str) -> str:
    """Return `text` in the form in which lines are compared.

    It is cleaned, has one space for each white space, and straight quotation marks.
    """
    cleaned = clean(RichText.of(text)).plain.translate(_QUOTES)
    return unicodedata.normalize("NFC", " ".join(cleaned.split()))


def printable(cv: Cv) -> Printable:
    """Return what tailor can print of `cv`."""
    lines = dict.fromkeys(line for line in (*_head(cv), *_sections(cv)) if line.text)
    by_text: defaultdict[str, list[Printed]] = defaultdict(list)
    for line in lines:
        by_text[line.text].append(line)
    skills = {n for n, section in enumerate(cv.sections) if section.kind is SectionKind.SKILLS}
    contacts = frozenset(
        fold(text) for text in (*(c.text for c in cv.contacts), cv.nationality) if fold(text)
    )
    return Printable(
        cv,
        tuple(lines),
        tuple(_divisible(cv)),
        contacts,
        {text: tuple(found) for text, found in by_text.items()},
        # Their items may be printed in another order.
        {
            in_one_order(text): tuple(found)
            for text, found in by_text.items()
            if any(one.spot.section in skills for one in found)
        },
    )


def _spots(cv: Cv) -> Iterator[tuple[Spot, Bullet]]:
    """Yield each bullet with its place."""
    for number, section in enumerate(cv.sections):
        yield from ((Spot(number), bullet) for bullet in section.bullets)
        for entry in section.entries:
            yield from ((Spot(number, entry.id), bullet) for bullet in entry.bullets)


def _head(cv: Cv) -> Iterator[Printed]:
    yield Printed(fold(cv.name), Style.NAME, Spot())
    # A headline for one application may be any title of the CV.
    titles = (title for entry in (*cv.positions, *cv.degrees) for title in entry.titles)
    for headline in (cv.headline, *titles):
        yield Printed(fold(headline), Style.HEADLINE, Spot())
    for paragraph in header_paragraphs(cv, Design(paper_of(cv))):
        if paragraph.style is Style.CONTACT:
            yield Printed(fold(paragraph.text.plain), Style.CONTACT, Spot())


def _sections(cv: Cv) -> Iterator[Printed]:
    """Yield what is printed of each section, its own lines and each entry alone."""
    sources = {bullet.id: bullet.line for bullet in cv.bullets()}
    sources |= {entry.id: entry.line for entry in cv.entries}
    designs = [
        Design(paper_of(cv), plain_hyphens=hyphens, keep_headings=own)
        for hyphens in (False, True)
        for own in (False, True)
    ]
    for number, chosen in enumerate(whole(cv)):
        spot = Spot(number)
        alone = [(spot, replace(chosen, entries=()))]
        alone += [
            (replace(spot, entry=one.entry.id), replace(chosen, entries=(one,), lines=()))
            for one in chosen.entries
        ]
        for place, part in alone:
            for design in designs:
                for paragraph in section_paragraphs(part, design):
                    text = fold(paragraph.text.plain)
                    style = paragraph.style if paragraph.style in HEADS else Style.BULLET
                    if paragraph.source:
                        yield Printed(text, style, place, sources[paragraph.source])
                    else:  # the section's heading, or its note
                        yield Printed(text, style, spot, chosen.section.line)


def _divisible(cv: Cv) -> Iterator[Divisible]:
    for spot, bullet in _spots(cv):
        if len(bullet.statements) < 2:
            continue
        whole = line_paragraph(ChosenLine(bullet, bullet.statements), Style.BULLET).text.plain
        date = whole[: len(whole) - len(bullet.text.plain)]
        yield Divisible(
            spot,
            bullet.line,
            fold(whole),
            fold(date),
            fold(bullet.lead.plain),
            tuple(
                (fold(bullet.statement_text(s)), s.start >= bullet.lead_end > 0)
                for s in bullet.statements
            ),
        )


def usual_kind(text: str) -> SectionKind | None:
    """Return the kind of section that a heading names, None if it is no usual one."""
    name = section_of_label(text)
    return SectionKind(name) if name in set(SectionKind) else None


def is_kept_of(text: str, line: Divisible) -> bool:
    """Return whether `text` is whole statements of `line` in their order, with date and lead."""
    if line.date:
        if not text.startswith(f"{line.date} "):
            return False
        text = text[len(line.date) + 1 :]
    return _matches(text, line, 0, first=True)


def _matches(text: str, line: Divisible, start: int, *, first: bool) -> bool:
    for number in range(start, len(line.statements)):
        words, led = line.statements[number]
        if first and led and line.lead:
            words = f"{line.lead} {words}"
        if text == words:
            return True
        if text.startswith(f"{words} ") and _matches(
            text[len(words) + 1 :], line, number + 1, first=False
        ):
            return True
    return False


class Fields:
    """The fields of a master CV, compared without case and punctuation.

    "Engineer at Larkhollow (York), 03/2021 – today" has title, employer, place and dates of one
    position, whatever stands between them.
    """

    def __init__(self, cv: Cv) -> None:
        self._head = _all(
            [cv.name, cv.headline, cv.nationality]
            + [contact.text for contact in cv.contacts]
            + [contact.link.partition(":")[2] for contact in cv.contacts if contact.link]
            + [title for entry in cv.entries for title in entry.titles]
            + [item for section in cv.sections for item in section.items]
        )
        self._entries = [
            (
                Spot(number, e.id),
                _all([*e.titles, format_title(e), e.organisation, e.place, e.link or ""]),
                e.period,
            )
            for number, section in enumerate(cv.sections)
            for e in section.entries
        ]

    def read(self, text: str) -> set[Spot] | None:
        """Return the places of the entries whose fields make up `text`.

        The set is empty for fields of the head of the page; None if a part is no field.
        """
        period: Period | None = None
        found = locate_period(text)
        if found:
            period, rest = found.period, text[found.start : found.end]
        else:
            within = locate_within(text, single=True)
            period = within.period if within else None
            rest = f"{text[: within.start]}\t{text[within.end :]}" if within else text
        pieces = [piece for piece in map(_bare, _CUT.split(rest)) if piece]
        whole = _bare(rest)
        spots = {
            spot
            for spot, fields, own in self._entries
            if (period is None or own == period)
            and (whole in fields or all(piece in fields for piece in pieces))
            and (pieces or period)
        }
        if spots:
            return spots
        is_head = bool(pieces) and all(piece in self._head for piece in pieces)
        return set() if period is None and (is_head or whole in self._head) else None

    def has(self, entry: Entry, judged: Sequence[Judged]) -> bool:
        """Return whether the title and the employer of `entry` are in some line."""
        words = f" {' '.join(_bare(line.text) for line in judged if line.is_own)} "
        wanted = [entry.title, entry.organisation]
        return all(f" {_bare(field)} " in words for field in wanted if _bare(field))


def _all(texts: Iterable[str]) -> frozenset[str]:
    """Return the texts, and the pieces into which a line of them would be cut."""
    found = set()
    for text in texts:
        found.add(_bare(text))
        found.update(_bare(piece) for piece in _CUT.split(fold(text)))
    found.discard("")
    return frozenset(found)


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).casefold()))
