"""Chosen lines -> the paragraphs of the page, by the rules that résumé parsers need.

Each rule is told where it is kept: the title and the dates share a line, dates are
``Mon YYYY – Mon YYYY``, section headings are the usual ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tailor.layout.line_breaking import fitted, text_width
from tailor.layout.typography import Design, Paragraph, Style
from tailor.reading.cv.headings import standard_heading
from tailor.selection.order import LABEL
from tailor.selection.tailored_cv import ChosenLine, ChosenSection
from tailor.values.cv import (
    Contact,
    ContactKind,
    Cv,
    Date,
    Entry,
    Period,
    RichText,
    Run,
    Section,
    SectionKind,
)

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PRESENT = "Present"
_DASH = "–"
_SEPARATOR = " | "
# Where an entry's address is for the reader to look at; an employer's site is not.
_SHOW_LINKS = frozenset({SectionKind.PROJECTS, SectionKind.OTHER})
_SMALL_WORD = re.compile(r"\b(?:AND|OR|OF|FOR|THE|WITH|TO|IN|ON|AT|BY|FROM|MY|KEY|TOP)\b")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}(?:['’][^\W\d_]+)?")
# Sections whose lines are lists to read across, not bullets.
_PLAIN_SECTIONS = frozenset(
    {SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY, SectionKind.CONSENT}
)
# Those that people call in words of their own.
_OWN_HEADINGS = frozenset({SectionKind.OTHER, SectionKind.ACHIEVEMENTS})


def compose(cv: Cv, sections: Iterable[ChosenSection], design: Design) -> list[Paragraph]:
    """Return the paragraphs of the whole page. A section without content is left out."""
    paragraphs = list(header_paragraphs(cv, design))
    printed: set[SectionKind] = set()
    for chosen in sections:
        kind = chosen.section.kind
        shown = section_paragraphs(chosen, design, follows_its_like=kind in printed)
        if shown:
            printed.add(kind)
        paragraphs.extend(shown)
    return [fitted(paragraph, design) for paragraph in paragraphs]


def section_paragraphs(
    chosen: ChosenSection, design: Design, *, follows_its_like: bool = False
) -> list[Paragraph]:
    """Return a section's heading and what stands below it; nothing where nothing does.

    One below another of its kind has the CV's own heading ("Earlier experience"), not the usual
    one a second time.
    """
    section = chosen.section
    body = [line_paragraph(line, loose_style(section)) for line in chosen.lines]
    for entry in chosen.entries:
        body += entry_head(entry.entry, section, design, alone=not entry.lines)
        body += [line_paragraph(line, Style.BULLET) for line in entry.lines]
    if not body:
        return []
    heading = heading_paragraphs(section, design, follows_its_like=follows_its_like)
    return [*heading, *body, *note_paragraphs(section)]


def header_paragraphs(cv: Cv, design: Design) -> Iterator[Paragraph]:
    """Yield the name alone, the headline, and the contact line broken between items only."""
    yield Paragraph(Style.NAME, RichText.of(cv.name))
    if cv.headline:
        yield Paragraph(Style.HEADLINE, RichText.of(cv.headline))
    items = [RichText((Run(contact.text, link=_address(contact)),)) for contact in cv.contacts]
    if cv.nationality:
        items.append(RichText.of(cv.nationality))
    # Two bare handles may be the same word; printed twice it would read as a mistake.
    once: dict[str, RichText] = {}
    for item in items:
        once.setdefault(item.plain, item)
    for line in _lines_of_items(list(once.values()), design):
        yield Paragraph(Style.CONTACT, line)


def format_period(period: Period, dash: str = _DASH) -> str:
    """Return ``Mon YYYY – Mon YYYY``, ``Mon YYYY – Present``, a single date, or ""."""
    end = _PRESENT if period.present else _format_date(period.end)
    return f" {dash} ".join(part for part in (_format_date(period.start), end) if part)


def format_title(entry: Entry) -> str:
    """Return the newest title, with the earlier ones at the same employer in brackets."""
    earlier = ", ".join(reversed(entry.titles[:-1]))
    return f"{entry.title} (previously {earlier})" if earlier else entry.title


def _format_date(date: Date | None) -> str:
    if date is None:
        return ""
    return f"{_MONTHS[date.month - 1]} {date.year}" if date.month else str(date.year)


def _address(contact: Contact) -> str | None:
    if contact.kind is ContactKind.EMAIL and not contact.link:
        return f"mailto:{contact.text}"
    return contact.link


def _lines_of_items(items: Sequence[RichText], design: Design) -> Iterator[RichText]:
    """Join items to lines that fit the text width, so that none breaks inside an item."""
    size = design.styles[Style.CONTACT].size
    line = RichText()
    for item in items:
        longer = line + RichText.of(_SEPARATOR) + item if line else item
        if line and text_width(longer, size, font=design.font) > design.setup.text_width:
            yield line
            longer = item
        line = longer
    if line:
        yield line


def heading_paragraphs(
    section: Section, design: Design, *, follows_its_like: bool = False
) -> list[Paragraph]:
    """Return the heading of a section; what is consented to stands without one."""
    if section.kind is SectionKind.CONSENT:
        return []
    own = design.keep_headings or follows_its_like or section.kind in _OWN_HEADINGS
    heading = _in_title_case(section.heading.strip()) if own else ""
    return [Paragraph(Style.SECTION, RichText.of(heading or standard_heading(section.kind)))]


def _in_title_case(heading: str) -> str:
    """Return a heading in capitals as "Selected Projects"; short words may be initials and stay."""
    if not heading.isupper():
        return heading
    return _LONG_WORD.sub(lambda word: word[0].capitalize(), _SMALL_WORD.sub(_small, heading))


def _small(word: re.Match[str]) -> str:
    """Return a word such as "AND" in small letters, one at the beginning with a capital."""
    return word[0].lower() if word.start() else word[0].capitalize()


def loose_style(section: Section) -> Style:
    """Return the style of a section's lines outside its entries."""
    return Style.BODY if section.kind in _PLAIN_SECTIONS else Style.BULLET


def note_paragraphs(section: Section) -> list[Paragraph]:
    """Return what stands at the end of a section, whatever was chosen of it."""
    return [Paragraph(Style.BODY, section.note)] if section.note else []


def entry_head(
    entry: Entry, section: Section, design: Design, *, alone: bool = False
) -> list[Paragraph]:
    """Return the title with its dates, and the organisation; `alone` if no line stands below."""
    title = format_title(entry)
    organisation = ", ".join(part for part in (entry.organisation, entry.place) if part)
    second = RichText.of(organisation if title else "")
    if entry.link and section.kind in _SHOW_LINKS:
        separator = RichText.of(_SEPARATOR) if second else RichText()
        second += separator + RichText((Run(_shown(entry.link), link=entry.link),))
    period = format_period(entry.period, "-" if design.plain_hyphens else _DASH)
    # The space before the tab: some readers drop tabs.
    first = " \t".join(part for part in (title or organisation, period) if part)
    head = []
    if first:
        head.append(Paragraph(Style.ENTRY, RichText.of(first), entry.id))
    if second:
        head.append(Paragraph(Style.ORGANISATION, second, entry.id))
    if alone and head:  # else it would pull the next entry's head along to the next page
        head[-1] = replace(head[-1], ends=True)
    return head


def _shown(link: str) -> str:
    """Return an address as people write it."""
    return re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/")


def line_paragraph(line: ChosenLine, style: Style) -> Paragraph:
    """Return the paragraph of one chosen line; a dated line begins with its year.

    The label of a line of skills is bold.
    """
    text = line.text
    if style is Style.BODY and (label := LABEL.match(text.plain)):
        head = (replace(run, bold=True) for run in text.slice(0, label.end()).runs)
        text = RichText.of(head) + text.slice(label.end())
    if line.bullet.date is not None:
        text = RichText.of(f"{_format_date(line.bullet.date)} ") + text
    return Paragraph(style, text, line.bullet.id)
