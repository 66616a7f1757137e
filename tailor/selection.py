"""Match + page budget -> TailoredCv.

Every entry stays, with its dates and its best line. The rest of the room goes to
the lines that answer what is asked, best first; then, while the page is short, to
the next best. Roles never move; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailor.composition import compose
from tailor.cv import Bullet, Cv, Entry, Section, SectionKind, Statement
from tailor.errors import CvError
from tailor.matching import Match
from tailor.page import PageFit, paginate
from tailor.tailored import ChosenEntry, ChosenLine, ChosenSection, Dropped, TailoredCv
from tailor.typography import A4, STYLES, PageSetup

MOST_PAGES = 2
# Short facts about the person, not claims to choose from.
_KEPT_WHOLE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY})
_LEFT_OUT = frozenset({SectionKind.REFERENCES})
# A line without an answer of its own still speaks for the person when it shares this much
# of the best line's score.
_RELEVANT_SHARE = 0.35
# Below this fill of the first page a CV looks thin: the next best lines fill it up.
_THIN_PAGE = 0.97

ANSWERS_NOTHING = "answers nothing asked"
NO_ROOM = "no room"
NOT_UNDERSTOOD = "its place in the CV was not understood"
NOT_ASKED_FOR = "references are given when asked for"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A statement that may be added, and the bullet and score it comes with."""

    bullet: Bullet
    statement: Statement
    score: float
    relevant: bool


def select(match: Match, *, pages: int = MOST_PAGES, setup: PageSetup = A4) -> TailoredCv:
    """Choose what goes on at most `pages` pages (1 or 2).

    Raises ValueError for another number of pages, and CvError where the entries
    alone, each with one statement, do not fit.
    """
    if not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages must be from 1 to {MOST_PAGES}, not {pages}")
    cv = match.cv
    kept = _must_keep(match)
    fit = _fit(match, kept, setup)
    if fit.pages > pages:
        raise CvError(
            f"{cv.source}: its {len(cv.entries)} entries with one statement each take "
            f"{fit.pages} pages, more than {pages}. Allow more with --pages, or shorten the CV."
        )
    no_room: set[str] = set()
    for candidate in _candidates(match, kept):
        page_is_thin = fit.pages == 1 and fit.last_page_fill < _THIN_PAGE
        if not candidate.relevant and not page_is_thin:
            continue
        longer = kept | {candidate.statement.id}
        longer_fit = _fit(match, longer, setup)
        allowed = pages if candidate.relevant else 1
        if longer_fit.pages <= allowed:
            kept, fit = longer, longer_fit
        elif candidate.relevant:
            no_room.add(candidate.statement.id)
    sections = tuple(_sections(match, kept))
    dropped = tuple(_dropped(cv, kept, no_room))
    return TailoredCv(match, sections, dropped, fit.pages, fit.lines, fit.last_page_fill)


def _must_keep(match: Match) -> frozenset[str]:
    """Return the ids of the statements that stay whatever happens: of each entry the best."""
    kept: set[str] = set()
    for section in match.cv.sections:
        if section.kind in _KEPT_WHOLE:
            kept.update(s.id for bullet in section.bullets for s in bullet.statements)
        for entry in section.entries:
            statements = [s for bullet in entry.bullets for s in bullet.statements]
            if statements:
                # max() takes the first of equals: the CV's own order.
                kept.add(max(statements, key=lambda s: match.scores[s.id].total).id)
    return frozenset(kept)


def _candidates(match: Match, kept: frozenset[str]) -> list[_Candidate]:
    """Return what may be added: relevant statements first, in each group best first."""
    best = max((score.total for score in match.scores.values()), default=0.0)
    found = []
    for section in match.cv.sections:
        if section.kind in _LEFT_OUT:
            continue
        for bullet in _bullets_of(section):
            for statement in bullet.statements:
                score = match.scores[statement.id]
                relevant = bool(score.evidence) or score.total >= _RELEVANT_SHARE * best > 0
                if statement.id not in kept:
                    found.append(_Candidate(bullet, statement, score.total, relevant))
    found.sort(key=lambda candidate: (not candidate.relevant, -candidate.score))
    return found


def _fit(match: Match, kept: frozenset[str], setup: PageSetup) -> PageFit:
    return paginate(compose(match.cv, _sections(match, kept), setup), setup, STYLES)


def _sections(match: Match, kept: frozenset[str]) -> Iterator[ChosenSection]:
    for section in match.cv.sections:
        entries = tuple(
            ChosenEntry(entry, tuple(_ordered(entry, match, kept))) for entry in section.entries
        )
        lines = tuple(_lines(section.bullets, kept))
        if entries or lines:
            yield ChosenSection(section, entries, lines)


def _lines(bullets: Sequence[Bullet], kept: frozenset[str]) -> Iterator[ChosenLine]:
    for bullet in bullets:
        statements = tuple(s for s in bullet.statements if s.id in kept)
        if statements:
            yield ChosenLine(bullet, statements)


def _ordered(entry: Entry, match: Match, kept: frozenset[str]) -> list[ChosenLine]:
    """Return the entry's lines, strongest first.

    Bullets that begin with a stage of the role ("as Researcher, 2021: …") tell a
    story in time, so there the CV's order stays.
    """
    lines = list(_lines(entry.bullets, kept))
    if not any(bullet.lead_end for bullet in entry.bullets):
        lines.sort(key=lambda line: -max(match.scores[s.id].total for s in line.kept))
    return lines


def _bullets_of(section: Section) -> Iterator[Bullet]:
    yield from section.bullets
    for entry in section.entries:
        yield from entry.bullets


def _dropped(cv: Cv, kept: frozenset[str], no_room: set[str]) -> Iterator[Dropped]:
    for section in cv.sections:
        for bullet in _bullets_of(section):
            out = [s for s in bullet.statements if s.id not in kept]
            for statement in out:
                if section.kind in _LEFT_OUT:
                    reason = NOT_ASKED_FOR
                elif statement.id in no_room:
                    reason = NO_ROOM
                else:
                    reason = ANSWERS_NOTHING
                yield Dropped(statement.id, bullet.statement_text(statement), reason)
    for bullet in cv.unplaced:
        yield Dropped(bullet.id, bullet.text.plain, NOT_UNDERSTOOD)
