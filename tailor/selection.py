"""Match + page budget -> TailoredCv.

Every position and degree stays, with its dates and its best line; so does any other
entry that would leave a gap. The rest of the room goes to
the lines that answer what is asked, best first; then, while the page is short, to
the next best. Roles never move; inside a role the strongest bullet comes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailor.composition import compose
from tailor.cv import Bullet, Entry, Section, SectionKind, Statement
from tailor.errors import CvError
from tailor.font_metrics import line_height
from tailor.matching import Match, Score
from tailor.page import paginate
from tailor.tailored import ChosenEntry, ChosenLine, ChosenSection, Dropped, TailoredCv
from tailor.typography import A4, STYLES, PageSetup, Style

MOST_PAGES = 2
# Short facts about the person, not claims to choose from.
_KEPT_WHOLE = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY})
_LEFT_OUT = frozenset({SectionKind.REFERENCES})
# What stands loose in them may be a position or a degree that was not understood.
_HISTORY = frozenset({SectionKind.EXPERIENCE, SectionKind.EDUCATION})
# Their entries may be left out without a gap in the person's history.
_OPTIONAL_ENTRIES = frozenset(
    {
        SectionKind.PROJECTS,
        SectionKind.PUBLICATIONS,
        SectionKind.AWARDS,
        SectionKind.CERTIFICATES,
        SectionKind.VOLUNTEERING,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    }
)
# From this score on a line speaks for the person even if it answers no single requirement.
# Of the graded pairs' lines 88 % of grade 3 reach it, 64 % of grade 2 and 6 % of grade 0.
_RELEVANT_FROM = 0.32
# From this score on a line has something to do with the posting: where a last page is begun
# anyway, such lines fill it.
_RELATED_FROM = 0.2
# A last page less full than this looks forgotten: it is filled up to here with whatever is
# next best, or not begun. The only page is filled whole.
_LEAST_LAST_PAGE = 1 / 3
_LEAST_ONLY_PAGE = 0.97
_SLACK = line_height(STYLES[Style.BODY].size)
# So many lines in a row that did not fit: the page is as good as full.
_MOST_REFUSED = 50
# A second page that is hardly begun is not worth less than this share of what is relevant.
_LITTLE = 0.25

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
    least = _Choice(match, setup, _must_keep(match))
    if not least.fits(pages):
        more = f"allow {MOST_PAGES} pages, or " if pages < MOST_PAGES else ""
        raise CvError(
            f"{cv.source}: its {len(cv.entries)} entries, with one statement each, do not fit on "
            f"{pages} page{'s' * (pages > 1)}; {more}shorten the CV"
        )
    choice = _choose(least, _candidates(match, least.kept), pages)
    sections = tuple(_sections(match, choice.kept))
    dropped = tuple(_dropped(match, choice.kept))
    fit = choice.fit
    return TailoredCv(match, sections, dropped, fit.pages, fit.lines, fit.last_page_fill)


class _Choice:
    """A set of kept statements, and where the page ends with it."""

    def __init__(self, match: Match, setup: PageSetup, kept: frozenset[str]) -> None:
        self.match = match
        self.setup = setup
        self.kept = kept
        paragraphs = compose(match.cv, _sections(match, kept), setup)
        self.fit = paginate(paragraphs, setup, STYLES)

    def fits(self, pages: int) -> bool:
        """Tell whether it takes at most `pages` pages, the last with a line to spare.

        The line is for Word, which nobody could compare the estimate with.
        """
        fit = self.fit
        spare = fit.page_height - fit.used[-1]
        return fit.pages < pages or (fit.pages == pages and spare >= _SLACK)

    def with_all(self, candidates: Sequence[_Candidate], pages: int) -> _Choice:
        """Add the candidates in turn, each that leaves no more than `pages` pages."""
        choice = self
        refused = 0
        for candidate in candidates:
            longer = choice._plus(candidate)
            if longer.fits(pages):
                choice, refused = longer, 0
            else:
                refused += 1
            if refused == _MOST_REFUSED:
                break
        return choice

    def filled_up(self, candidates: Sequence[_Candidate], least: float) -> _Choice:
        """Add candidates in turn until the last page is at least so full."""
        choice = self
        for candidate in candidates:
            if choice.fit.last_page_fill >= least:
                break
            longer = choice._plus(candidate)
            choice = longer if longer.fits(choice.fit.pages) else choice
        return choice

    def _plus(self, candidate: _Candidate) -> _Choice:
        return _Choice(self.match, self.setup, self.kept | {candidate.statement.id})


def _choose(least: _Choice, candidates: Sequence[_Candidate], pages: int) -> _Choice:
    relevant = [candidate for candidate in candidates if candidate.relevant]
    others = [candidate for candidate in candidates if not candidate.relevant]
    one_page = least.with_all(relevant, 1) if least.fits(1) else None
    more_pages = least.with_all(relevant, pages)
    if one_page and more_pages.fit.pages == 1:
        return one_page.filled_up(others, _LEAST_ONLY_PAGE)
    left = [c for c in relevant if one_page and c.statement.id not in one_page.kept]
    hardly_begun = more_pages.fit.last_page_fill < _LEAST_LAST_PAGE
    if one_page and hardly_begun and _total(left) < _LITTLE * _total(relevant):
        return one_page
    related = [candidate for candidate in others if candidate.score >= _RELATED_FROM]
    return more_pages.with_all(related, pages).filled_up(others, _LEAST_LAST_PAGE)


def _must_keep(match: Match) -> frozenset[str]:
    """Return the ids of the statements that stay whatever happens: of each entry the best."""
    kept: set[str] = set()
    for section in match.cv.sections:
        if section.kind in _KEPT_WHOLE or section.kind in _HISTORY:
            kept.update(s.id for bullet in section.bullets for s in bullet.statements)
        for entry in section.entries:
            statements = [s for bullet in entry.bullets for s in bullet.statements]
            if statements and section.kind not in _OPTIONAL_ENTRIES:
                # max() takes the first of equals: the CV's own order.
                kept.add(max(statements, key=lambda s: match.scores[s.id].total).id)
    return frozenset(kept)


def _total(candidates: Sequence[_Candidate]) -> float:
    return math.fsum(candidate.score for candidate in candidates)


def _candidates(match: Match, kept: frozenset[str]) -> list[_Candidate]:
    """Return what may be added, best first."""
    relevant = _relevant(match)
    found = [
        _Candidate(
            bullet,
            statement,
            match.scores[statement.id].total,
            relevant=statement.id in relevant,
        )
        for section in match.cv.sections
        if section.kind not in _LEFT_OUT
        for bullet in _bullets_of(section)
        for statement in bullet.statements
        if statement.id not in kept
    ]
    found.sort(key=lambda candidate: -candidate.score)
    return found


def _relevant(match: Match) -> frozenset[str]:
    return frozenset(
        text_id
        for text_id, score in match.scores.items()
        if score.evidence or score.total >= _RELEVANT_FROM
    )


def _sections(match: Match, kept: frozenset[str]) -> Iterator[ChosenSection]:
    for section in match.cv.sections:
        chosen = (ChosenEntry(e, tuple(_ordered(e, match, kept))) for e in section.entries)
        entries = tuple(entry for entry in chosen if entry.lines or _stays(entry.entry, section))
        lines = tuple(_lines(section.bullets, kept))
        if entries or lines:
            yield ChosenSection(section, entries, lines)


def _stays(entry: Entry, section: Section) -> bool:
    """Tell whether an entry stays though nothing was kept of what it says."""
    if section.kind in _LEFT_OUT:
        return False
    return not entry.bullets or section.kind not in _OPTIONAL_ENTRIES


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


def _dropped(match: Match, kept: frozenset[str]) -> Iterator[Dropped]:
    for section in match.cv.sections:
        for entry in section.entries:
            shown = any(s.id in kept for bullet in entry.bullets for s in bullet.statements)
            if not shown and not _stays(entry, section):
                reason = NOT_ASKED_FOR if section.kind in _LEFT_OUT else ANSWERS_NOTHING
                yield Dropped(entry.id, entry.title or entry.organisation, reason)
        for bullet in _bullets_of(section):
            for statement in bullet.statements:
                if statement.id not in kept:
                    reason = _reason(match.scores[statement.id], section)
                    yield Dropped(statement.id, bullet.statement_text(statement), reason)
    for bullet in match.cv.unplaced:
        yield Dropped(bullet.id, bullet.text.plain, NOT_UNDERSTOOD)


def _reason(score: Score, section: Section) -> str:
    if section.kind in _LEFT_OUT:
        return NOT_ASKED_FOR
    return NO_ROOM if score.evidence or score.total >= _RELATED_FROM else ANSWERS_NOTHING
