"""Why a tailored CV is as it is, as values that the terminal and the HTML page print.

Requirements have the numbers of their order in the posting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tailor.matching.answered import (
    Answer,
    Met,
    Wanted,
    answers_of_lines,
    count_answered,
    how_met,
    importance_of,
    wanted_by,
)
from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.match import Match
from tailor.matching.requirements import Requirement
from tailor.report.answers import Row, beginning, lacking_of, skill_table
from tailor.selection.composition import format_period, format_title
from tailor.selection.tailored_cv import Cause, Dropped, TailoredCv
from tailor.values.cleaning import folded
from tailor.values.cv import Bullet, Cv, Section, Statement
from tailor.values.posting import Answered

_WORDS_SHOWN = 4
# From this score on a line has something to do with the posting.
_RELATED_FROM = 0.2
_PAIRS_SHOWN = 2
_NAMED = 3
_LONGEST = 6  # words of what a line answers


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement, or the head of an entry, that answers asks of a requirement."""

    id: str
    asks: tuple[Ask, ...]

    @property
    def is_had(self) -> bool:
        """Whether it shows that the person has one of them; else it is only near."""
        return any(ask.status.is_had for ask in self.asks)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A requirement, what it asks for, and the lines that answer it, the best first.

    `shown` is the best proof on the page, which may not be the first; None if there is none.
    `wanted` is empty for the title, and for what another requirement asks for too.
    """

    number: int
    text: str
    importance: Importance
    line: int
    wanted: tuple[Wanted, ...]
    proofs: tuple[Proof, ...]
    shown: Proof | None

    @property
    def best(self) -> Proof | None:
        """The best proof on the page, else in the CV."""
        return self.shown or next(iter(self.proofs), None)

    @property
    def met(self) -> Met:
        """How far the CV meets it."""
        return how_met(self.wanted)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What of it is not in the CV, though a CV could show it."""
        return lacking_of(self.wanted, self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the CV: whether it is on the page, and why or why not.

    `id` is what ``--pin`` and ``--drop`` take, `statement` the statement's own id, "" for a line
    that was not understood. `answers` are numbers of requirements. `cause` is None for a kept line.
    """

    id: str
    statement: str
    text: str
    kept: bool
    reason: str
    answers: tuple[int, ...] = ()
    cause: Cause | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A position, degree or project, or the lines of a section that belong to none of these.

    `id` and `title` are "" for the lines of a section. `kept` is whether the head is on the
    page, `reason` why not. `answers` are numbers of requirements that the head itself answers.
    """

    id: str
    section: str
    title: str
    organisation: str
    period: str
    lines: tuple[Line, ...]
    kept: bool = True
    reason: str = ""
    answers: tuple[int, ...] = ()

    @property
    def kept_lines(self) -> tuple[Line, ...]:
        """The lines that are on the page."""
        return tuple(line for line in self.lines if line.kept)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line of the posting; `number` is that of its requirement, 0 for none."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class PostingText:
    """A line of the posting, cut where requirements begin and end."""

    pieces: tuple[Piece, ...]
    is_heading: bool
    is_item: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """All reasons for one application. `skills` are the named things that are asked for."""

    resume: TailoredCv
    answered: Answered
    skills: tuple[Row, ...]
    requirements: tuple[AskedFor, ...]
    posting: tuple[PostingText, ...]
    roles: tuple[Role, ...]
    not_understood: tuple[Line, ...]


def explain(resume: TailoredCv) -> Explanation:
    """Return why each line of `resume` is there, or is not."""
    match = resume.match
    answers = answers_of_lines(match)
    return Explanation(
        resume,
        count_answered(match),
        skill_table(match),
        tuple(_asked_for(resume, answers)),
        tuple(_posting_lines(match)),
        tuple(_Lines(resume, answers).roles()),
        tuple(
            Line(d.id, "", d.text, kept=False, reason=d.reason, cause=d.cause)
            for d in resume.dropped
            if d.cause is Cause.NOT_UNDERSTOOD
        ),
    )


def left_for_room(resume: TailoredCv) -> list[Dropped]:
    """Return the lines for which the page was full, those worth most to the posting first.

    Their ids are those that people see.
    """
    scores, names = resume.match.scores, _seen_ids(resume.cv)
    left = [d for d in resume.dropped if d.cause is Cause.NO_ROOM and d.id in names]
    left.sort(key=lambda dropped: -scores[dropped.id].total)
    return [replace(dropped, id=names[dropped.id]) for dropped in left]


def number_of(requirement: str) -> int:
    """Return the number that people see for a requirement, given its id."""
    return int(requirement[1:])


def _numbers(answers: Sequence[Answer]) -> tuple[int, ...]:
    return tuple(sorted({number_of(answer.requirement) for answer in answers}))


def _asked_for(resume: TailoredCv, answers: Mapping[str, tuple[Answer, ...]]) -> Iterator[AskedFor]:
    match = resume.match
    found: defaultdict[str, dict[str, list[Answer]]] = defaultdict(dict)
    names = {entry.id: entry.id for entry in resume.cv.entries} | _seen_ids(resume.cv)
    left = {names.get(dropped.id) for dropped in resume.dropped}
    for text_id, name in names.items():
        for answer in answers.get(text_id, ()):
            found[answer.requirement].setdefault(name, []).append(answer)
    wanted = wanted_by(match)
    for requirement in match.requirements:
        # What shows more of it comes first; of equals the line with the higher score.
        ordered = sorted(
            found[requirement.id].items(),
            key=lambda one: (-sum(a.weight for a in one[1]), -_score(match, one[0])),
        )
        proofs = tuple(Proof(name, tuple(a.ask for a in own)) for name, own in ordered)
        yield AskedFor(
            number_of(requirement.id),
            requirement.text,
            importance_of(requirement, wanted[requirement.id]),
            requirement.line,
            wanted[requirement.id],
            proofs,
            next((proof for proof in proofs if proof.id not in left), None),
        )


def _score(match: Match, name: str) -> float:
    return match.scores[name].total if name in match.scores else 0.0


def _seen_ids(cv: Cv) -> dict[str, str]:
    """Return for each statement the id that people see: its bullet's if it is the only one."""
    return {
        statement.id: bullet.id if len(bullet.statements) == 1 else statement.id
        for bullet in cv.bullets()
        for statement in bullet.statements
    }


class _Lines:
    """The lines of the CV, each kept or left out."""

    def __init__(self, resume: TailoredCv, answers: Mapping[str, tuple[Answer, ...]]) -> None:
        self._resume = resume
        self._answers = answers
        self._match = resume.match
        self._names = _seen_ids(resume.cv)
        self._dropped = {dropped.id: dropped for dropped in resume.dropped}
        self._fills = {gain.id: gain.fills for gain in resume.gains}

    def roles(self) -> Iterator[Role]:
        """Yield the sections' own lines and the entries, in the CV's order."""
        for section in self._resume.cv.sections:
            if section.bullets:
                lines = self._lines(section.bullets, section)
                yield Role("", section.heading, "", "", "", lines)
            for entry in section.entries:
                dropped = self._dropped.get(entry.id)
                yield Role(
                    entry.id,
                    section.heading,
                    format_title(entry),
                    entry.organisation,
                    format_period(entry.period),
                    self._lines(entry.bullets, section),
                    dropped is None,
                    dropped.reason if dropped else "",
                    _numbers(self._answers.get(entry.id, ())),
                )

    def _lines(self, bullets: Sequence[Bullet], section: Section) -> tuple[Line, ...]:
        return tuple(
            self._line(b, statement, section) for b in bullets for statement in b.statements
        )

    def _line(self, bullet: Bullet, statement: Statement, section: Section) -> Line:
        answers = self._answers.get(statement.id, ())
        dropped = self._dropped.get(statement.id)
        return Line(
            self._names[statement.id],
            statement.id,
            bullet.statement_text(statement),
            kept=dropped is None,
            reason=dropped.reason if dropped else self._why_kept(statement.id, answers, section),
            answers=_numbers(answers),
            cause=dropped.cause if dropped else None,
            pinned=statement.id in self._resume.wishes.pinned,
        )

    def _why_kept(self, text_id: str, answers: Sequence[Answer], section: Section) -> str:
        if text_id in self._resume.wishes.pinned:
            return "you pinned it"
        if answers:
            return _in_words(answers)
        if self._fills.get(text_id):
            return "fills the page"
        is_related = self._match.scores[text_id].total >= _RELATED_FROM
        if is_related and (topics := self._match.topics(text_id)):
            return f"about {topics[0].name}: {', '.join(topics[0].words[:_WORDS_SHOWN])}"
        if self._is_of_the_trade(text_id):
            return "worded as people in this trade write"
        if is_related and (near := self._near(text_id)):
            return f"near: {near}"
        if text_id in self._fills:
            return "speaks to the posting as a whole"
        own = (statement.id for bullet in section.bullets for statement in bullet.statements)
        return "always kept" if text_id in own else "best line of its role"

    def _is_of_the_trade(self, text_id: str) -> bool:
        """Return whether a line counts most of all because it reads like the posting's trade."""
        score = self._match.scores[text_id]
        others = score.requirements, score.posting, score.related, score.topics
        return score.trade > max(others)

    def _near(self, text_id: str) -> str:
        """Return the two pairs of words by which a line is nearest to a requirement."""
        score = self._match.scores[text_id]
        if not score.related or not score.relations:
            return ""
        pairs = self._match.pairs(text_id, score.relations[0])[:_PAIRS_SHOWN]
        return ", ".join(f"{word} – {near}" for word, near, _ in pairs)


def _in_words(answers: Sequence[Answer]) -> str:
    """Return the things that a line shows: ``shows Python, Kubernetes``; else what it is near."""
    had = [a.ask for a in answers if a.ask.status.is_had]
    asks = had or [answer.ask for answer in answers]
    asks = [ask for ask in asks if ask.kind is not AskKind.DUTY] or asks
    names = dict.fromkeys(beginning(ask.text, _LONGEST) for ask in asks)
    listed = ", ".join(list(names)[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return f"shows {listed}" if had else f"near {listed}"


def _posting_lines(match: Match) -> Iterator[PostingText]:
    by_line: defaultdict[int, list[Requirement]] = defaultdict(list)
    for requirement in match.requirements:
        by_line[requirement.line].append(requirement)
    # The title has no line of its own, but one may say it.
    titles = {folded(requirement.text): requirement.id for requirement in by_line[0]}
    for line in match.posting.lines:
        pieces = tuple(_pieces(line.text, by_line[line.number]))
        is_free = not any(piece.number for piece in pieces)
        if is_free and (title := titles.pop(folded(line.text), "")):
            pieces = (Piece(line.text, number_of(title)),)
        yield PostingText(pieces, line.is_heading, line.is_item)


def _pieces(text: str, requirements: Sequence[Requirement]) -> Iterator[Piece]:
    """Yield the pieces of a line, cut at its requirements, which are in order."""
    done = 0
    for requirement in requirements:
        start = text.find(requirement.text, done)
        if start < 0:
            continue
        if start > done:
            yield Piece(text[done:start])
        done = start + len(requirement.text)
        yield Piece(requirement.text, number_of(requirement.id))
    if done < len(text):
        yield Piece(text[done:])
