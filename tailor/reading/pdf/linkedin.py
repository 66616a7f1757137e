"""Read the PDF that LinkedIn's "Save to PDF" makes of a profile.

Every such file is set in the same sizes, whatever its language: the name in 26 points, headings in
15.75, employers and schools in 12, job titles in 11.5, dates, places and descriptions in 10.5. A
sidebar to the left of x = 200 has its headings in 13. So nothing has to be guessed from words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tailor.reading.cv.cells import find_period
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.names import is_place
from tailor.reading.cv.numbering import renumbered
from tailor.reading.lines import clean_text, starts_with_glyph
from tailor.reading.pdf.rows import Page, Word
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Entry,
    Period,
    RichText,
    Section,
    SectionKind,
)

_SIDEBAR = 200.0  # points from the left edge of the page
_SIDEBAR_ENDS = 190.0
_NAME, _HEADING, _ORGANISATION, _TITLE = 26.0, 15.75, 12.0, 11.5
_SIDE_HEADING = 13.0
_NEAR = 0.26  # points; sizes differ by at least 0.5
_FOOTER = 9.5  # "Page 1 of 2" is set smaller than all else
_MARGIN = 32.0  # points to the right of the text
# Baselines of one paragraph are at most this many letter sizes apart, and a description starts
# at least so far below the dates and the place.
_PARAGRAPH = 1.62
# Baselines this close belong to one item of the sidebar.
_SAME_ITEM = 1.2
_ADDRESS = re.compile(r"(?:https?://|www\.)|^[\w.-]+\.[a-z]{2,}(?:/|$)", re.IGNORECASE)
# What the sidebar calls its parts, where the table of headings of CVs does not have it.
_SIDE_KINDS = {
    SectionKind.SKILLS: "top skills|principales compétences|top-kenntnisse|aptitudes principales|"
    "principais competências|competenze principali|belangrijkste vaardigheden|"
    "bedste kompetencer|mest populära kompetenser|najlepsze umiejętności",
    SectionKind.AWARDS: "honors-awards|honors & awards",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page as it is set; `gap` is the distance to the row above in letter sizes."""

    text: str
    size: float
    left: float
    right: float
    first_width: float
    gap: float

    def has(self, size: float) -> bool:
        return abs(self.size - size) < _NEAR


@dataclass(slots=True)
class _Draft:
    """A section that is being read."""

    heading: str
    rows: list[_Row] = field(default_factory=list)


def is_linkedin(pages: Sequence[Page]) -> bool:
    """Return whether LinkedIn made these pages, judged by the sizes that it sets."""
    if not pages:
        return False
    main, side = _columns(pages[:1])
    return (
        any(row.has(_NAME) for row in main)
        and any(row.has(_HEADING) for row in main)
        and any(row.has(_SIDE_HEADING) for row in side)
    )


def read_linkedin_pdf(pages: Sequence[Page], source: str) -> Cv:
    """Return the CV that the pages of a saved profile hold."""
    main, side = _columns(pages)
    edge = max([page.width - _MARGIN for page in pages] + [row.right for row in main])
    top, drafts = _drafts(main, _HEADING)
    name = " ".join(row.text for row in top if row.has(_NAME))
    headline, place = _headline([row for row in top if not row.has(_NAME)], edge)
    _, side_drafts = _drafts(side, _SIDE_HEADING)
    contacts: list[Contact] = []
    sections = [_section(draft, edge) for draft in drafts]
    for number, draft in enumerate(side_drafts):
        if number == 0 and _kind(draft.heading) is SectionKind.OTHER:
            contacts += _contacts(draft.rows)
        else:
            items = [Bullet.bare(item) for item in _items(draft.rows)]
            sections.append(Section(_kind(draft.heading), draft.heading, bullets=tuple(items)))
    if place:
        contacts.append(Contact(ContactKind.PLACE, place))
    return renumbered(Cv(name, headline, tuple(contacts), sections=tuple(sections), source=source))


def _columns(pages: Sequence[Page]) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of the main column and of the sidebar, page after page."""
    main: list[_Row] = []
    side: list[_Row] = []
    for page in pages:
        words = [word for word in page.words if word.size > _FOOTER]
        main += _rows(word for word in words if word.left >= _SIDEBAR)
        side += _rows(word for word in words if word.left < _SIDEBAR)
    return main, side


def _rows(words: Iterable[Word]) -> Iterator[_Row]:
    above: float | None = None
    placed = sorted(words, key=lambda word: (-round(word.baseline), word.left))
    for _, found in groupby(placed, key=lambda word: round(word.baseline)):
        row = list(found)
        size = row[0].size
        text = "".join((" " if word.spaced else "") + word.text for word in row)
        gap = 0.0 if above is None else (above - row[0].baseline) / size
        above = row[0].baseline
        first, last = row[0], row[-1]
        yield _Row(
            clean_text(text) if text.strip() else "",
            size,
            first.left,
            last.right,
            first.right - first.left,
            gap,
        )


def _drafts(rows: Iterable[_Row], size: float) -> tuple[list[_Row], list[_Draft]]:
    """Return the rows above the first heading, which is set in `size`, and the sections."""
    top: list[_Row] = []
    drafts: list[_Draft] = []
    for row in rows:
        if row.has(size):
            drafts.append(_Draft(row.text))
        elif drafts:
            drafts[-1].rows.append(row)
        else:
            top.append(row)
    return top, drafts


def _headline(rows: Sequence[_Row], edge: float) -> tuple[str, str]:
    """Return headline and place, which stand between the name and the first heading."""
    if not rows:
        return "", ""
    *first, last = rows
    if first and (is_place(last.text) or not _is_wrapped(first[-1], last, edge)):
        headline, place = first, last.text
    elif not first and is_place(last.text):
        headline, place = [], last.text
    else:
        headline, place = list(rows), ""
    words = " ".join(row.text for row in headline)
    return ("" if words == "--" else words), place


def _kind(heading: str) -> SectionKind:
    folded = heading.casefold()
    for kind, names in _SIDE_KINDS.items():
        if folded in names.split("|"):
            return kind
    return read_heading(RichText.of(heading)).kind


def _section(draft: _Draft, edge: float) -> Section:
    kind = _kind(draft.heading)
    if any(row.has(_TITLE) for row in draft.rows):
        kind = SectionKind.EXPERIENCE if kind is SectionKind.OTHER else kind
        return Section(kind, draft.heading, entries=tuple(_positions(draft.rows, edge)))
    if any(row.has(_ORGANISATION) for row in draft.rows) and any(
        row.size < _TITLE - _NEAR for row in draft.rows
    ):
        kind = SectionKind.EDUCATION if kind is SectionKind.OTHER else kind
        return Section(kind, draft.heading, entries=tuple(_schools(draft.rows)))
    # Only the person's own introduction is set in the size of an employer and has no entries.
    kind = SectionKind.SUMMARY if kind is SectionKind.OTHER else kind
    bullets = tuple(Bullet.bare(text) for text in _paragraphs(draft.rows, edge))
    return Section(kind, draft.heading, bullets=bullets)


def _positions(rows: Sequence[_Row], edge: float) -> Iterator[Entry]:
    """Yield the roles of the experience section; several may stand below one employer.

    What stands between an employer and its first role is the whole time there, which follows
    from the roles.
    """
    employer = ""
    title: list[str] = []
    for size, group in groupby(rows, key=_set_size):
        found = list(group)
        words = " ".join(row.text for row in found)
        if size == _ORGANISATION:
            if title:
                yield _role(title, employer, (), edge)
            employer, title = words, []
        elif size == _TITLE:
            if title:
                yield _role(title, employer, (), edge)
            title = [words]
        elif title:
            yield _role(title, employer, found, edge)
            title = []
    if title:
        yield _role(title, employer, (), edge)


def _set_size(row: _Row) -> float:
    """Return the size of an employer or a title, 0 for all other text."""
    return next((size for size in (_ORGANISATION, _TITLE) if row.has(size)), 0.0)


def _role(titles: Sequence[str], employer: str, rows: Sequence[_Row], edge: float) -> Entry:
    """Return a role by the rows below its title: dates, place, description."""
    rows = list(rows)
    period, place = Period(), ""
    for count in (1, 2):  # the dates may take two rows
        words = " ".join(row.text for row in rows[:count])
        dated = find_period(_without_brackets(words)[0]) if len(rows) >= count else None
        if dated and not dated[1].strip():
            period, rows = dated[0], rows[count:]
            if rows and _names_place(rows[0]):
                place, rows = rows[0].text, rows[1:]
            break
    return Entry(
        "",
        tuple(titles),
        employer,
        place,
        period,
        tuple(Bullet.bare(text) for text in _paragraphs(rows, edge)),
    )


def _names_place(row: _Row) -> bool:
    """Return whether the row below the dates is the place: it stands close, unless a page ended."""
    return 0 < row.gap < _PARAGRAPH if row.gap else is_place(row.text)


def _schools(rows: Sequence[_Row]) -> Iterator[Entry]:
    school = ""
    for size, group in groupby(rows, key=_set_size):
        found = list(group)
        if size == _ORGANISATION:
            *before, school = _joined(found, lambda _, row: row.gap < _PARAGRAPH)
            for alone in before:  # schools without a degree
                yield Entry("", (), alone)
        else:
            words = " ".join(row.text for row in found)
            studied, inside = _without_brackets(words)
            dated = find_period(inside) if words.endswith(")") else None
            known = dated is not None and not dated[1].strip()
            degree = studied.removesuffix("·").rstrip() if known else words
            period = dated[0] if dated and known else Period()
            titles = (degree.rstrip(" ·"),) if degree.rstrip(" ·") else ()
            yield Entry("", titles, school, period=period)
            school = ""
    if school:
        yield Entry("", (), school)


def _contacts(rows: Sequence[_Row]) -> Iterator[Contact]:
    """Yield the contacts of the sidebar's first part; addresses may go on in the next row."""
    waiting = ""
    for row in rows:
        text = waiting + row.text
        waiting = ""
        labelled = text.endswith(")") and "(" in text
        words = _without_brackets(text)[0] if labelled else text
        is_address = _ADDRESS.search(words) is not None and "@" not in words
        if is_address and not labelled:
            waiting = text  # its label is still to come
            continue
        if is_address:
            yield Contact(ContactKind.WEBSITE, words.rstrip(), _link(words.rstrip()))
            continue
        found, others = read_contacts(RichText.of(words))
        yield from found
        for other in others:
            yield Contact(ContactKind.PLACE, other)
    if waiting:
        yield Contact(ContactKind.WEBSITE, waiting, _link(waiting))


def _link(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _paragraphs(rows: Sequence[_Row], edge: float) -> list[str]:
    """Return the paragraphs of rows that end at most at `edge`.

    A row that had room for the first word of the next one ends a paragraph.
    """
    return _joined(rows, lambda above, row: row.gap < _PARAGRAPH and _is_wrapped(above, row, edge))


def _items(rows: Sequence[_Row]) -> list[str]:
    """Return the items of a list in the sidebar; a bracket that closes ends an item."""

    def goes_on(above: _Row, row: _Row) -> bool:
        near = row.gap < _SAME_ITEM or _is_wrapped(above, row, _SIDEBAR_ENDS)
        return near and not above.text.endswith(")")

    return _joined(rows, goes_on)


def _joined(rows: Sequence[_Row], goes_on: Callable[[_Row, _Row], bool]) -> list[str]:
    """Return the texts of rows, each joined to the one above if it goes on there."""
    texts: list[str] = []
    above: _Row | None = None
    for row in rows:
        if above is not None and not starts_with_glyph(row.text) and goes_on(above, row):
            texts[-1] += f" {row.text}"
        else:
            texts.append(row.text)
        above = row
    return [text for text in map(clean_text, texts) if text]


def _is_wrapped(above: _Row, row: _Row, edge: float) -> bool:
    """Return whether the first word of `row` had no room at the end of the row above."""
    blank = row.size / 4
    return above.right + blank + row.first_width > edge


def _without_brackets(text: str) -> tuple[str, str]:
    """Return a text without the brackets at its end, and what they hold; they may lack the last."""
    before, bracket, inside = text.rstrip().removesuffix(")").rpartition("(")
    return (before.rstrip(), inside) if bracket and ")" not in inside else (text, "")
