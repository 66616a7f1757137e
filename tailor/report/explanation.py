"""Why a tailored CV is as it is, as values that the terminal and the HTML page print.

Requirements have the numbers of their order in the posting, and are listed by weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailor.matching.answered import answer, count_answered
from tailor.matching.evidence import DEGREE
from tailor.matching.match import Match, Score
from tailor.matching.requirements import Kind, Requirement
from tailor.selection.candidate import Tier, must_keep, tier_of
from tailor.selection.composition import format_period, format_title
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.values.cleaning import clean_text
from tailor.values.cv import Bullet, Section, Statement
from tailor.values.posting import Answered

_WORDS_SHOWN = 4
_PAIRS_SHOWN = 2
# Proof that is weaker than the second of these rests on a single shared word.
_STRONG_FROM = 0.7
_FAIR_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement, or the head of an entry, that answers a requirement.

    `strength`, 0 to 1, is how surely; `words` are those of the statement that count, the
    strongest first. `topic` is what both are about, "" where they share the words themselves.
    """

    id: str
    strength: float
    words: tuple[str, ...]
    topic: str

    @property
    def grade(self) -> str:
        """How strong, in a word: strong, fair or weak."""
        if self.strength >= _STRONG_FROM:
            return "strong"
        return "fair" if self.strength >= _FAIR_FROM else "weak"

    def by(self, most: int) -> str:
        """Return at most so many of the words, with the topic behind them."""
        words = ", ".join(self.words[:most])
        return f"{words} ({self.topic})" if self.topic else words


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A requirement and all that answers it, the strongest first.

    `shown` is the strongest proof on the page, which may be weaker than the first; None if
    there is none.
    """

    number: int
    text: str
    kind: Kind
    weight: float
    line: int
    proofs: tuple[Proof, ...]
    shown: Proof | None

    @property
    def best(self) -> Proof | None:
        """The strongest proof in the whole CV, None without evidence."""
        return self.proofs[0] if self.proofs else None


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the CV: whether it is on the page, and why or why not.

    `id` is what ``--pin`` and ``--drop`` take, `statement` the statement's own id, "" for a
    line that was not understood. `answers` are numbers of requirements. `cause` is None for a
    kept line.
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
    """All reasons for one application. `requirements` are in order of weight."""

    resume: TailoredCv
    answered: Answered
    requirements: tuple[AskedFor, ...]
    posting: tuple[PostingText, ...]
    roles: tuple[Role, ...]
    not_understood: tuple[Line, ...]

    @property
    def missing(self) -> tuple[AskedFor, ...]:
        """What is asked for and nowhere in the CV."""
        return tuple(asked for asked in self.requirements if not asked.proofs)


def explain(resume: TailoredCv) -> Explanation:
    """Return why each line of `resume` is there, or is not."""
    match = resume.match
    requirements = tuple(_asked_for(resume))
    return Explanation(
        resume,
        count_answered(match),
        tuple(sorted(requirements, key=lambda asked: -asked.weight)),
        tuple(_posting_lines(match)),
        tuple(_Lines(resume).roles()),
        tuple(
            Line(d.id, "", d.text, kept=False, reason=d.reason, cause=d.cause)
            for d in resume.dropped
            if d.cause is Cause.NOT_UNDERSTOOD
        ),
    )


def number_of(requirement: str) -> int:
    """Return the number that people see for a requirement, given its id."""
    return int(requirement[1:])


def _answers(score: Score) -> tuple[int, ...]:
    return tuple(sorted({number_of(evidence.requirement) for evidence in score.evidence}))


def beginning(text: str, words: int) -> str:
    """Return the first words of `text`, with "…" if there are more."""
    found = clean_text(text).split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


def _asked_for(resume: TailoredCv) -> Iterator[AskedFor]:
    match = resume.match
    found: defaultdict[str, list[tuple[Proof, float]]] = defaultdict(list)
    on_page = set()
    for name, text_id, is_shown in _answering(resume):
        if is_shown:
            on_page.add(name)
        score = match.scores[text_id]
        for evidence in score.evidence:
            words = tuple(word for word, _ in evidence.words)
            proof = Proof(name, answer(evidence, score), words, evidence.topic)
            found[evidence.requirement].append((proof, score.total))
    for requirement in match.requirements:
        # Where a degree is asked for, one comes first; of two proofs that are equally strong,
        # the line with the higher score.
        ordered = sorted(
            found[requirement.id],
            key=lambda one: (one[0].topic != DEGREE, -one[0].strength, -one[1]),
        )
        proofs = tuple(proof for proof, _ in ordered)
        yield AskedFor(
            number_of(requirement.id),
            requirement.text,
            requirement.kind,
            requirement.weight,
            requirement.line,
            proofs,
            next((proof for proof in proofs if proof.id in on_page), None),
        )


def _answering(resume: TailoredCv) -> Iterator[tuple[str, str, bool]]:
    """Yield what may answer: the id that people see, that of its score, and if it is shown."""
    kept = {s.id for line in resume.chosen_lines() for s in line.kept}
    left = {dropped.id for dropped in resume.dropped}
    for entry in resume.cv.entries:
        yield entry.id, entry.id, entry.id not in left
    for bullet in resume.cv.bullets():
        for statement in bullet.statements:
            yield _name(bullet, statement), statement.id, statement.id in kept


def _name(bullet: Bullet, statement: Statement) -> str:
    """Return the id that people see: the bullet's if it has only one statement."""
    return bullet.id if len(bullet.statements) == 1 else statement.id


class _Lines:
    """The lines of the CV, each kept or left out."""

    def __init__(self, resume: TailoredCv) -> None:
        self._resume = resume
        self._match = resume.match
        self._kept = {s.id for line in resume.chosen_lines() for s in line.kept}
        self._dropped = {dropped.id: dropped for dropped in resume.dropped}
        self._stays = must_keep(resume.match, resume.wishes)

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
                    _answers(self._match.scores[entry.id]),
                )

    def _lines(self, bullets: Sequence[Bullet], section: Section) -> tuple[Line, ...]:
        return tuple(
            self._line(b, statement, section) for b in bullets for statement in b.statements
        )

    def _line(self, bullet: Bullet, statement: Statement, section: Section) -> Line:
        answers = _answers(self._match.scores[statement.id])
        dropped = None if statement.id in self._kept else self._dropped[statement.id]
        return Line(
            _name(bullet, statement),
            statement.id,
            bullet.statement_text(statement),
            kept=dropped is None,
            reason=dropped.reason if dropped else self._why_kept(statement.id, answers, section),
            answers=answers,
            cause=dropped.cause if dropped else None,
            pinned=statement.id in self._resume.wishes.pinned,
        )

    def _why_kept(self, text_id: str, answers: Sequence[int], section: Section) -> str:
        if text_id in self._resume.wishes.pinned:
            return "kept as you wish"
        if answers:
            return f"answers {', '.join(map(str, answers))}"
        is_related = tier_of(self._match.scores[text_id]) is not Tier.OTHER
        if is_related and (topics := self._match.topics(text_id)):
            return f"about {topics[0].name}: {', '.join(topics[0].words[:_WORDS_SHOWN])}"
        if is_related and (near := self._near(text_id)):
            return f"near: {near}"
        if text_id not in self._stays:
            return "fills the page"
        own = (statement.id for bullet in section.bullets for statement in bullet.statements)
        return "such lines stay" if text_id in own else "best of its role, which stays"

    def _near(self, text_id: str) -> str:
        """Return the two pairs of words by which a line is nearest to a requirement."""
        score = self._match.scores[text_id]
        if not score.related or not score.relations:
            return ""
        pairs = self._match.pairs(text_id, score.relations[0])[:_PAIRS_SHOWN]
        return ", ".join(f"{word} – {near}" for word, near, _ in pairs)


def _posting_lines(match: Match) -> Iterator[PostingText]:
    by_line: defaultdict[int, list[Requirement]] = defaultdict(list)
    for requirement in match.requirements:
        by_line[requirement.line].append(requirement)
    for line in match.posting.lines:
        pieces = tuple(_pieces(line.text, by_line[line.number]))
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
