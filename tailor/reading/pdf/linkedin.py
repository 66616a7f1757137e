"""Read the PDF that LinkedIn's "Save to PDF" makes of a profile.

Every such file is set in the same sizes, whatever its language: the name in 26 points, headings in
15.75, employers and schools in 12, job titles in 11.5, dates, places and descriptions in 10.5. A
sidebar to the left of x = 200 has its headings in 13. So nothing has to be guessed from words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from tailor.reading.cv.cells import find_period
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.names import is_place
from tailor.reading.cv.numbering import renumbered
from tailor.reading.lines import clean_text, starts_with_glyph
from tailor.reading.pdf.rows import Page, Row, rows_of
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
    name: kind
    for kind, names in {
        SectionKind.SKILLS: "top skills|principales compétences|top-kenntnisse|"
        "aptitudes principales|principais competências|competenze principali|"
        "belangrijkste vaardigheden|bedste kompetencer|mest populära kompetenser|"
        "najlepsze umiejętności",
        SectionKind.AWARDS: "honors-awards|honors & awards",
    }.items()
    for name in names.split("|")
}


def is_linkedin(pages: Sequence[Page]) -> bool:
    """Return whether LinkedIn made these pages, judged by the sizes that it sets."""
    main, side = _columns(pages[:1])
    return (
        any(_has(row, _NAME) for row in main)
        and any(_has(row, _HEADING) for row in main)
        and any(_has(row, _SIDE_HEADING) for row in side)
    )


def read_linkedin_pdf(pages: Sequence[Page], source: str) -> Cv:
    """Return the CV that the pages of a saved profile hold."""
    main, side = _columns(pages)
    edge = max([page.width - _MARGIN for page in pages] + [row.right for row in main])
    top, parts = _parts(main, _HEADING)
    name = _text(row for row in top if _has(row, _NAME))
    headline, place = _headline([row for row in top if not _has(row, _NAME)], edge)
    contacts: list[Contact] = []
    sections = [_section(heading, rows, edge) for heading, rows in parts]
    for number, (heading, rows) in enumerate(_parts(side, _SIDE_HEADING)[1]):
        kind = _kind(heading)
        if number == 0 and kind is SectionKind.OTHER:
            contacts += _contacts(rows)
        else:
            items = _joined(rows, _is_one_item)
            sections.append(Section(kind, heading, bullets=_bullets(items)))
    if place:
        contacts.append(Contact(ContactKind.PLACE, place))
    return renumbered(Cv(name, headline, tuple(contacts), sections=tuple(sections), source=source))


def _columns(pages: Sequence[Page]) -> tuple[list[Row], list[Row]]:
    """Return the rows of the main column and of the sidebar, page after page."""
    main: list[Row] = []
    side: list[Row] = []
    for number, page in enumerate(pages):
        words = [word for word in page.words if word.size > _FOOTER]
        right = tuple(word for word in words if word.left >= _SIDEBAR)
        left = tuple(word for word in words if word.left < _SIDEBAR)
        main += rows_of(replace(page, words=right), number)
        side += rows_of(replace(page, words=left), number)
    return main, side


def _has(row: Row, size: float) -> bool:
    return abs(row.size - size) < _NEAR


def _text(rows: Iterable[Row]) -> str:
    return clean_text(" ".join(row.text for row in rows))


def _bullets(texts: Iterable[str]) -> tuple[Bullet, ...]:
    return tuple(map(Bullet.bare, texts))


def _parts(rows: Iterable[Row], size: float) -> tuple[list[Row], list[tuple[str, list[Row]]]]:
    """Return the rows above the first heading, which is set in `size`, and those below each."""
    top: list[Row] = []
    parts: list[tuple[str, list[Row]]] = []
    for row in rows:
        if _has(row, size):
            parts.append((_text([row]), []))
        else:
            (parts[-1][1] if parts else top).append(row)
    return top, parts


def _headline(rows: Sequence[Row], edge: float) -> tuple[str, str]:
    """Return headline and place, which stand between the name and the first heading."""
    if not rows:
        return "", ""
    *first, last = rows
    below_headline = first and not _is_wrapped(first[-1], last, edge)
    if below_headline or is_place(_text([last])):
        headline, place = _text(first), _text([last])
    else:
        headline, place = _text(rows), ""
    return ("" if headline == "--" else headline), place


def _kind(heading: str, otherwise: SectionKind = SectionKind.OTHER) -> SectionKind:
    """Return the kind of a section, and `otherwise` where its heading says none."""
    kind = _SIDE_KINDS.get(heading.casefold()) or read_heading(RichText.of(heading)).kind
    return otherwise if kind is SectionKind.OTHER else kind


def _section(heading: str, rows: Sequence[Row], edge: float) -> Section:
    sizes = set(map(_set_size, rows))
    if _TITLE in sizes:
        kind = _kind(heading, SectionKind.EXPERIENCE)
        return Section(kind, heading, entries=tuple(_positions(rows, edge)))
    if _ORGANISATION in sizes and any(row.size < _TITLE - _NEAR for row in rows):
        kind = _kind(heading, SectionKind.EDUCATION)
        return Section(kind, heading, entries=tuple(_schools(rows)))
    # Only the person's own introduction is set in the size of an employer and has no entries.
    kind = _kind(heading, SectionKind.SUMMARY)
    return Section(kind, heading, bullets=_bullets(_paragraphs(rows, edge)))


def _set_size(row: Row) -> float:
    """Return the size of an employer or a title, 0 for all other text."""
    return next((size for size in (_ORGANISATION, _TITLE) if _has(row, size)), 0.0)


def _by_size(rows: Sequence[Row]) -> list[tuple[float, list[Row]]]:
    return [(size, list(group)) for size, group in groupby(rows, key=_set_size)]


def _positions(rows: Sequence[Row], edge: float) -> Iterator[Entry]:
    """Yield the roles of the experience section; several may stand below one employer.

    What stands between an employer and its first role is the whole time there, which follows
    from the roles.
    """
    employer = ""
    for (size, found), (size_below, below) in pairwise([*_by_size(rows), (_TITLE, [])]):
        if size == _ORGANISATION:
            employer = _text(found)
        elif size == _TITLE:
            yield _role(_text(found), employer, [] if size_below else below, edge)


def _role(title: str, employer: str, rows: Sequence[Row], edge: float) -> Entry:
    """Return a role by the rows below its title: dates, place, description."""
    period, place = Period(), ""
    for count in (1, 2):  # the dates may take two rows
        dated = find_period(_without_brackets(_text(rows[:count]))[0])
        if dated and not dated[1].strip():
            period, last, rows = dated[0], rows[:count][-1], rows[count:]
            if rows and _names_place(last, rows[0]):
                place, rows = _text(rows[:1]), rows[1:]
            break
    bullets = _bullets(_paragraphs(rows, edge))
    return Entry("", (title,), employer, place, period, bullets)


def _names_place(dates: Row, row: Row) -> bool:
    """Return whether the row below the dates is the place: it stands close, unless a page ended."""
    return _gap(dates, row) < _PARAGRAPH if row.page == dates.page else is_place(_text([row]))


def _gap(above: Row, row: Row) -> float:
    """Return the distance of two rows of a page in letter sizes, 0 where a page ends between."""
    return (above.baseline - row.baseline) / row.size if above.page == row.page else 0.0


def _schools(rows: Sequence[Row]) -> Iterator[Entry]:
    school = ""
    for size, found in _by_size(rows):
        if size == _ORGANISATION:
            *before, school = _joined(found, lambda above, row: _gap(above, row) < _PARAGRAPH)
            for alone in before:  # schools without a degree
                yield Entry("", (), alone)
            continue
        degree, period = _text(found), Period()
        studied, inside = _without_brackets(degree)
        dated = find_period(inside) if degree.endswith(")") else None
        if dated and not dated[1].strip():
            degree, period = studied, dated[0]
        degree = degree.rstrip(" ·")
        yield Entry("", (degree,) if degree else (), school, period=period)
        school = ""
    if school:
        yield Entry("", (), school)


def _contacts(rows: Sequence[Row]) -> Iterator[Contact]:
    """Yield the contacts of the sidebar's first part; addresses may go on in the next row."""
    waiting = ""
    for row in rows:
        text = waiting + _text([row])
        waiting = ""
        labelled = text.endswith(")") and "(" in text
        words = _without_brackets(text)[0] if labelled else text
        if not _ADDRESS.search(words) or "@" in words:
            found, others = read_contacts(RichText.of(words))
            yield from found
            yield from (Contact(ContactKind.PLACE, other) for other in others)
        elif labelled:
            yield _website(words.rstrip())
        else:
            waiting = text  # its label is still to come
    if waiting:
        yield _website(waiting)


def _website(address: str) -> Contact:
    link = address if "://" in address else f"https://{address}"
    return Contact(ContactKind.WEBSITE, address, link)


def _paragraphs(rows: Sequence[Row], edge: float) -> list[str]:
    """Return the paragraphs of rows that end at most at `edge`.

    A row that had room for the first word of the next one ends a paragraph.
    """
    return _joined(
        rows, lambda above, row: _gap(above, row) < _PARAGRAPH and _is_wrapped(above, row, edge)
    )


def _is_one_item(above: Row, row: Row) -> bool:
    """Return whether a row of the sidebar goes on the item above; a closing bracket ends one."""
    near = _gap(above, row) < _SAME_ITEM or _is_wrapped(above, row, _SIDEBAR_ENDS)
    return near and not above.text.endswith(")")


def _joined(rows: Sequence[Row], goes_on: Callable[[Row, Row], bool]) -> list[str]:
    """Return the texts of rows, each joined to the one above if it goes on there."""
    texts: list[list[Row]] = []
    for row in rows:
        if texts and not starts_with_glyph(row.text) and goes_on(texts[-1][-1], row):
            texts[-1].append(row)
        else:
            texts.append([row])
    return list(filter(None, map(_text, texts)))


def _is_wrapped(above: Row, row: Row, edge: float) -> bool:
    """Return whether the first word of `row` had no room at the end of the row above."""
    first = row.words[0]
    return above.right + row.size / 4 + first.right - first.left > edge


def _without_brackets(text: str) -> tuple[str, str]:
    """Return a text without the brackets at its end, and what they hold; they may lack the last."""
    before, bracket, inside = text.rstrip().removesuffix(")").rpartition("(")
    return (before.rstrip(), inside) if bracket and ")" not in inside else (text, "")
