"""The lines a person wants on the page or off it, whatever their scores.

A line is named by its id or by its first words. Wishes come from three places. If they contradict
each other, the command line wins over the file beside the posting, and that over marks in the CV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tailor.values.cv import Bullet, Cv, Entry, Mark, Section, SectionKind
from tailor.values.errors import WishError

# Sections whose entries are the person's history: omitting one would leave a gap.
HISTORY = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION})
# Those whose entries may be left out without one, and those that are never printed.
OPTIONAL_ENTRIES = frozenset(
    {
        SectionKind.ACHIEVEMENTS,
        SectionKind.PROJECTS,
        SectionKind.PUBLICATIONS,
        SectionKind.AWARDS,
        SectionKind.CERTIFICATES,
        SectionKind.VOLUNTEERING,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
LEFT_OUT = frozenset({SectionKind.REFERENCES})
# Short facts about the person, and what is consented to: always printed whole.
KEPT_WHOLE = frozenset(
    {SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY, SectionKind.CONSENT}
)
_SHORTEST_BEGINNING = 3
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """Ids of the statements and entries to keep and to leave out; none is in both.

    With `keep_order` skills and sections stay in the CV's order.
    """

    pinned: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    keep_order: bool = False


NO_WISHES = Wishes()


def shows_without_lines(entry: Entry, section: Section, wishes: Wishes = NO_WISHES) -> bool:
    """Return whether an entry is printed even if none of its statements is kept."""
    if section.kind in LEFT_OUT or entry.id in wishes.dropped:
        return False
    return not entry.bullets or section.kind not in OPTIONAL_ENTRIES


@dataclass(frozen=True, slots=True)
class _Named:
    """What a wish can name: its id, its words, and the ids of the statements it stands for."""

    id: str
    words: str
    ids: frozenset[str]


def find_wishes(
    cv: Cv, *, pins: Sequence[str] = (), drops: Sequence[str] = (), before: Wishes | None = None
) -> Wishes:
    """Return `before` (by default the marks in the CV) overruled by `pins` and `drops`.

    Raises WishError for a name that fits no line or more than one, for a line that is both
    pinned and dropped, and for a position or degree that is dropped.
    """
    before = marked(cv) if before is None else before
    if not pins and not drops:
        return before
    named = tuple(_named(cv))
    pinned = _ids(cv, pins, named, "pin")
    dropped = _ids(cv, drops, named, "drop")
    if both := pinned & dropped:
        first = next(one.id for one in named if one.ids <= both)
        raise WishError(f"{first}: is to be kept and left out; take one of the two back")
    for entry in _titled(cv):
        if entry.id in dropped:
            raise WishError(
                f"{entry.id}: positions and degrees stay, so that no gap appears; drop lines of it "
                "instead"
            )
    for entry in cv.entries:
        if entry.id in dropped:  # and with it all that stands below it
            dropped |= {s.id for bullet in entry.bullets for s in bullet.statements} - pinned
    return Wishes(
        (before.pinned - dropped) | pinned,
        (before.dropped - pinned) | dropped,
    )


def marked(cv: Cv) -> Wishes:
    """Return the wishes that are marked in the CV itself."""
    pinned, dropped = (
        frozenset(s.id for bullet in cv.bullets() if bullet.mark is mark for s in bullet.statements)
        for mark in (Mark.PIN, Mark.DROP)
    )
    return Wishes(pinned, dropped)


def with_headline(cv: Cv, headline: str) -> Cv:
    """Return `cv` with another headline: its own, or one of its titles.

    Case is ignored; the CV's spelling is printed. Raises WishError for any other words.
    """
    titles = (title for entry in _titled(cv) for title in reversed(entry.titles))
    own = dict.fromkeys(title for title in (cv.headline, *titles) if title and not title.isspace())
    wanted = _folded(headline)
    for title in own:
        if _folded(title) == wanted:
            return replace(cv, headline=title)
    known = ", ".join(entry.id for entry in _titled(cv)) or "none"
    raise WishError(
        f'headline "{headline}": is neither the headline nor a title of the CV, and nothing is '
        f"invented; choose it from those of {known} (tailor explain shows them)"
    )


def _titled(cv: Cv) -> tuple[Entry, ...]:
    return (*cv.positions, *cv.degrees)


def _named(cv: Cv) -> Iterator[_Named]:
    for section in cv.sections:
        yield from _of_bullets(section.bullets)
        for entry in section.entries:
            words = entry.title or entry.organisation
            yield _Named(entry.id, _folded(words), frozenset({entry.id}))
            yield from _of_bullets(entry.bullets)


def _of_bullets(bullets: Iterable[Bullet]) -> Iterator[_Named]:
    for bullet in bullets:
        ids = frozenset(statement.id for statement in bullet.statements)
        yield _Named(bullet.id, _folded(bullet.text.plain), ids)
        for statement in bullet.statements:
            words = _folded(bullet.statement_text(statement))
            yield _Named(statement.id, words, frozenset({statement.id}))


def _ids(cv: Cv, names: Sequence[str], named: Sequence[_Named], wish: str) -> frozenset[str]:
    return frozenset().union(*(_find(cv, name, named, wish).ids for name in names))


def _find(cv: Cv, name: str, named: Sequence[_Named], wish: str) -> _Named:
    for one in named:
        if one.id == name.strip():
            return one
    beginning = _folded(name)
    found = [one for one in named if beginning and one.words.startswith(beginning)]
    if len(beginning) < _SHORTEST_BEGINNING or not found:
        raise WishError(
            f'--{wish} "{name}": no line of {cv.source} has this id or begins with these '
            "words; tailor explain --ids shows the ids"
        )
    # A bullet and its first statement begin alike: the bullet is meant, which holds both.
    lines: list[_Named] = []
    for one in found:
        if not any(one.ids <= line.ids for line in lines):
            lines.append(one)
    if len(lines) > 1:
        shown = [one.id for one in lines[:_MOST_NAMED]]
        raise WishError(
            f'--{wish} "{name}": {len(lines)} lines begin with these words; give more of them, '
            f"or an id: {', '.join(shown)} (tailor explain --ids shows which is which)"
        )
    return lines[0]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
