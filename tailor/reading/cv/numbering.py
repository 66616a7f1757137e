"""What lists hold (skills, languages, dated lines), and the last step: ids, statements, skills."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tailor.reading.cv.cells import BAR, list_items, locate_period, pieces
from tailor.reading.cv.dates import read_whole
from tailor.reading.cv.headings import column_of_papers
from tailor.reading.cv.names import find_languages, language_introduction
from tailor.reading.lines import clean, starts_with_glyph, web_address
from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Contact,
    Cv,
    Entry,
    Mark,
    RichText,
    Run,
    Section,
    SectionKind,
)

_BARE_DATE = re.compile(r"(?P<date>(?:[^\W\d_]{3,9} )?(?:19|20)\d\d) (?=[^\W_a-z]|[\"“«‘'(])")
_LONGEST_SKILL = 6  # words; what is longer is a sentence about a skill


def skill_items(text: str) -> list[str]:
    """Return the single skills that a line of a skills section lists.

    Of "Cloud | Kubernetes, Terraform" the first cell names what the others are.
    """
    cells = pieces(text, BAR)
    if len(cells) == 2 and "," in cells[1] and "," not in cells[0]:
        text = cells[1]
    return [item for item in list_items(text) if len(item.split()) <= _LONGEST_SKILL]


def language_items(text: str) -> list[str]:
    """Return the languages that a line names, without how well they are spoken.

    A language that the table does not know counts if a list has it as an item.
    """
    rest = text[len(language_introduction(text)) :].lstrip(" :")
    items = list_items(rest) if ":" not in rest else list_items(rest.replace(":", ",", 1))
    known = [name for item in items for name in find_languages(item)]
    if known:
        # "English (fluent), German: B2": levels stand between the names.
        return list(dict.fromkeys(known))
    return [item.split(" (")[0].split(" – ")[0].split(" - ")[0] for item in items[:1]]


def is_skill_list(text: str) -> bool:
    """Tell a bare list of three or more short items."""
    items = list_items(text)
    return (
        len(items) >= 3
        and all(len(item.split()) <= 4 and len(item) <= 40 for item in items)
        and sum(len(item.split()) for item in items) <= 2.5 * len(items)
    )


def dated_bullet(text: RichText, number: int, *, bare: bool = False) -> Bullet:
    """Return a bullet; a single date in a cell of its own becomes the bullet's date.

    With `bare`, a date that the line begins with is enough, as in "2021 On salt".
    """
    text = text.slice(starts_with_glyph(text.plain))
    found = locate_period(text.plain)
    # A bullet has room for one date. The text of one with two keeps them.
    if found and found.own_cell and not found.is_range and found.start < found.end:
        # A year in brackets is part of how publications are cited, and no cell; nor is the end of
        # what a certificate is valid for its date.
        cited = text.plain[found.end :].lstrip().startswith(("(", "["))
        if not cited and not _has_other_date(text.plain[found.start : found.end]):
            return Bullet.bare(clean(text.slice(found.start, found.end)), number, found.period.end)
    match = _BARE_DATE.match(text.plain) if bare else None
    found = locate_period(match["date"]) if match else None
    if match and found and not found.is_range:
        return Bullet.bare(clean(text.slice(match.end())), number, found.period.end)
    return Bullet.bare(clean(text), number)


def _has_other_date(rest: str) -> bool:
    """Return whether what stands beside a date is a date too, or says that it is an end."""
    last = pieces(rest, BAR)[-1]
    return read_whole(last) is not None or column_of_papers(last) in {"issued", "until"}


# What every CV has in common once it is read: clean words, and what follows from the words.

# One mark or more at the end of a line, read from there; a line of marks alone is left as it is.
_MARKS_BACKWARDS = re.compile(
    r"\s*\](?P<mark>nip|pord)\[\s+(?:\](?:nip|pord)\[\s+)*(?=\S)", re.IGNORECASE
)
# Sections whose own lines are references and the like: never cut into statements ...
_UNCUT = frozenset({SectionKind.PUBLICATIONS})
# ... or only where entries show that they are more than a list.
_UNCUT_LISTS = frozenset({SectionKind.AWARDS, SectionKind.CERTIFICATES, SectionKind.OTHER})


def renumbered(cv: Cv) -> Cv:
    """Return `cv` with clean texts, and with ids, statements, leads and items made anew of them.

    Ids are given in the order of the document: section by section its own
    lines, then its entries with theirs, and the unplaced lines last. A line or
    title of which nothing is left by the clean-up is dropped. Applied again,
    it changes nothing.
    """
    factory = BulletFactory()
    sections = tuple(_section(section, factory) for section in cv.sections)
    return replace(
        cv,
        name=tidy_text(cv.name),
        headline=tidy_text(cv.headline),
        contacts=tuple(contact for c in cv.contacts if (contact := _contact(c)).text),
        nationality=tidy_text(cv.nationality),
        sections=sections,
        unplaced=_bullets(cv.unplaced, factory),
    )


def tidy(text: RichText) -> RichText:
    """Apply `clean` except that typed list glyphs stay, as they may begin a name or a title."""
    guarded = RichText.of([Run("x"), *text.runs])  # nothing behind a letter is a list glyph
    return clean(guarded).slice(1).strip()


def tidy_text(text: str) -> str:
    """Return `text` after the clean-up of `tidy`."""
    return tidy(RichText.of(text)).plain


def contact_address(link: str | None) -> str | None:
    """Return the address of a contact if it is one of the web, of mail or of a telephone."""
    if link and link.lower().startswith("tel:"):
        return link
    return web_address(link)


def _contact(contact: Contact) -> Contact:
    return Contact(contact.kind, tidy_text(contact.text), contact_address(contact.link))


def _section(section: Section, factory: BulletFactory) -> Section:
    kind = section.kind
    uncut = kind in _UNCUT or (kind in _UNCUT_LISTS and not section.entries)
    bullets = _bullets(section.bullets, factory, divisible=not uncut)
    return replace(
        section,
        heading=tidy_text(section.heading),
        note=_with_plain_spaces(tidy(section.note)),
        entries=tuple(_entry(entry, factory) for entry in section.entries),
        bullets=bullets,
        items=_items(kind, bullets),
    )


def _items(kind: SectionKind, bullets: Iterable[Bullet]) -> tuple[str, ...]:
    if kind is SectionKind.SKILLS:
        return tuple(item for bullet in bullets for item in skill_items(bullet.text.plain))
    if kind is SectionKind.LANGUAGES:
        return tuple(item for bullet in bullets for item in language_items(bullet.text.plain))
    return ()


def _entry(entry: Entry, factory: BulletFactory) -> Entry:
    titles = tuple(title for held in entry.titles if (title := tidy_text(held)))
    organisation = tidy_text(entry.organisation)
    return replace(
        entry,
        id=factory.unique("e", f"{' '.join(titles)} {organisation}"),
        titles=titles,
        organisation=organisation,
        place=tidy_text(entry.place),
        bullets=_bullets(entry.bullets, factory),
        link=web_address(entry.link),
    )


def _bullets(
    bullets: Iterable[Bullet], factory: BulletFactory, *, divisible: bool = True
) -> tuple[Bullet, ...]:
    made = []
    for bullet in bullets:
        text, mark = _without_mark(_with_plain_spaces(clean(bullet.text)))
        if text:
            made.append(
                factory.make(
                    text,
                    date=bullet.date,
                    line=bullet.line,
                    divisible=divisible,
                    mark=mark or bullet.mark,
                )
            )
    return tuple(made)


def _without_mark(text: RichText) -> tuple[RichText, Mark | None]:
    """Part a line and the mark at its end; of several the last counts."""
    found = _MARKS_BACKWARDS.match(text.plain[::-1])
    if not found:
        return text, None
    return text.slice(0, len(text.plain) - found.end()), Mark(found["mark"][::-1].lower())


def _with_plain_spaces(text: RichText) -> RichText:
    """Take from spaces between two styles what only one of the two has.

    Nobody sees whether the space after a bold word is bold, but files differ in it.
    """
    pieces: list[Run] = []
    neighbours = zip((Run(""), *text.runs), text.runs, (*text.runs[1:], Run("")), strict=False)
    for before, run, after in neighbours:
        words = run.text.strip(" ")
        if not words:
            pieces.append(_shared(run.text, before, run, after))
            continue
        start = len(run.text) - len(run.text.lstrip(" "))
        pieces.append(_shared(run.text[:start], before, run))
        pieces.append(replace(run, text=words))
        pieces.append(_shared(run.text[start + len(words) :], run, after))
    return RichText.of(pieces)


def _shared(spaces: str, *runs: Run) -> Run:
    """Return `spaces` in the style that all of `runs` have."""
    links = {run.link for run in runs}
    return Run(
        spaces,
        all(run.bold for run in runs),
        all(run.italic for run in runs),
        links.pop() if len(links) == 1 else None,
    )
