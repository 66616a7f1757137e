"""The lines of sections that list things: skills, languages, dated lines such as publications."""

from __future__ import annotations

import re

from tailor.reading.cv.cells import BAR, list_items, pieces
from tailor.reading.cv.names import find_languages, language_introduction
from tailor.reading.cv.period import locate_period
from tailor.reading.lines import clean, starts_with_glyph
from tailor.values.cv import Bullet, Date, RichText

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
    date, rest = _split_date(text)
    if date is None and bare:
        date, rest = _leading_date(text)
    return Bullet.bare(clean(rest), number, date)


def _leading_date(text: RichText) -> tuple[Date | None, RichText]:
    text = text.slice(starts_with_glyph(text.plain))
    match = _BARE_DATE.match(text.plain)
    found = locate_period(match["date"]) if match else None
    if match is None or found is None or found.is_range:
        return None, text
    return found.period.end, text.slice(match.end())


def _split_date(text: RichText) -> tuple[Date | None, RichText]:
    text = text.slice(starts_with_glyph(text.plain))
    found = locate_period(text.plain)
    # A bullet has room for one date. The text of one with two keeps them.
    if found is None or not found.own_cell or found.is_range or found.start == found.end:
        return None, text
    # A year in brackets is part of how publications are cited, and no cell.
    if text.plain[found.end :].lstrip().startswith(("(", "[")):
        return None, text
    return found.period.end, text.slice(found.start, found.end)
