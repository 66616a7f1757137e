"""A tailored CV -> one HTML file: the posting beside the CV, and what of one answers the other.

The file asks the network for nothing and opens from disk. Whatever the posting and the CV say is
shown as text: it is cleaned and escaped wherever it is printed, and none of it stands in a script.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import PurePath

from tailor.matching.answered import RELEVANT_FROM
from tailor.matching.requirements import Kind
from tailor.report.explanation import (
    AskedFor,
    Explanation,
    Line,
    Piece,
    PostingText,
    Proof,
    Role,
    explain,
)
from tailor.report.web_page import render
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.values.cleaning import clean_text

# How much a line says to the posting is shown in steps, since the second digit of a score means
# nothing; the same steps for all postings, so that none looks answered that is not.
_STEPS = (0.1, 0.2, RELEVANT_FROM, 0.5, 0.75)
_WORDS_SHOWN = 4
_MISSING_SHOWN = 8
_PROOFS_SHOWN = 3
_BEGINNING = 14  # words
_KINDS = {
    Kind.TITLE: "job title",
    Kind.DUTY: "",
    Kind.REQUIRED: "",
    Kind.PREFERRED: "preferred",
    Kind.ROLE: "said of the role",
}
_CAUSES = {
    Cause.NO_ROOM: ("no room", "room"),
    Cause.NOTHING_ASKED: ("nothing asked", "nothing"),
    Cause.SAME: ("said already", "same"),
    Cause.WISHED: ("left out by you", "wished"),
    Cause.REFERENCE: ("references", "other"),
    Cause.NOT_UNDERSTOOD: ("not understood", "other"),
}


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a text; `asks` are the numbers of the requirements that it counts for."""

    text: str
    asks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a posting that belong together: a heading, a paragraph, or the items of a list."""

    kind: str
    lines: tuple[PostingText, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How many lines of a role came to what: in words, and the name of its pattern."""

    count: int
    words: str
    name: str


def render_report(resume: TailoredCv, fingerprint: str = "") -> str:
    """Return the report of `resume` as HTML; the same for the same input, character for character.

    `fingerprint` goes into a comment near the top.
    """
    view = _View(explain(resume))
    posting = resume.match.posting
    return render(
        "report",
        told=view.told,
        view=view,
        posting=posting,
        title=posting.title or PurePath(posting.source).name,
        source=PurePath(resume.cv.source).name,
        fingerprint=fingerprint,
    )


class _View:
    """What the template asks for beside the values of an explanation."""

    def __init__(self, told: Explanation) -> None:
        self.told = told
        self.asked = {asked.number: asked for asked in told.requirements}
        self._by_answer: defaultdict[str, list[tuple[AskedFor, Proof]]] = defaultdict(list)
        for asked in told.requirements:
            for proof in asked.proofs:
                self._by_answer[proof.id].append((asked, proof))
        for answers in self._by_answer.values():
            # Every line of the trade speaks for the title: that comes last of equals.
            answers.sort(key=lambda one: (-one[1].strength, one[0].kind is Kind.TITLE))
        self._lines = {line.id: line for role in told.roles for line in role.lines}
        self._roles = {role.id: role for role in told.roles if role.id}
        self.kept = sum(line.kept for line in self._lines.values())
        self.left = len(self._lines) - self.kept + len(told.not_understood)
        unplaced = [asked for asked in told.requirements if not asked.line]
        self._titles = _title_lines(told.posting, unplaced)
        placed = {piece.number for piece in self._titles.values()}
        self.untold = [asked for asked in unplaced if asked.number not in placed]
        self.steps = range(1, len(_STEPS) + 1)
        self.listed = _MISSING_SHOWN
        self.not_on_page = [
            asked for asked in told.requirements if asked.proofs and not asked.shown
        ]

    def blocks(self) -> Iterator[Block]:
        """Yield the posting, its items gathered to lists."""
        for kind, lines in groupby(self.told.posting, key=_kind_of_line):
            if kind == "list":
                yield Block(kind, tuple(lines))
            else:
                yield from (Block(kind, (line,)) for line in lines)

    def pieces(self, line: PostingText) -> tuple[Piece, ...]:
        """Return a line cut where requirements begin and end; the title is one, too."""
        title = self._titles.get(id(line))
        return line.pieces if title is None else (title,)

    def asked_in(self, line: PostingText) -> list[AskedFor]:
        """Return the requirements that stand in a line of the posting."""
        return [self.asked[piece.number] for piece in self.pieces(line) if piece.number]

    def sections(self) -> Iterator[tuple[str, list[Role]]]:
        """Yield the CV's headings with what stands below them."""
        for heading, roles in groupby(self.told.roles, key=lambda role: role.section):
            yield heading or "…", list(roles)

    def kind(self, asked: AskedFor) -> str:
        """Return what a requirement is, where that has to be said."""
        return _KINDS[asked.kind]

    def answers(self, name: str) -> list[tuple[AskedFor, Proof]]:
        """Return what a line or the head of a role answers, the surest first."""
        return self._by_answer.get(name, [])

    def chips(self, name: str) -> list[tuple[AskedFor, Proof]]:
        """Return the same in order of number."""
        return sorted(self.answers(name), key=lambda answer: answer[0].number)

    def bits(self, text: str, name: str) -> list[Bit]:
        """Cut a text where words begin and end by which the line `name` answers."""
        counting: defaultdict[str, set[int]] = defaultdict(set)
        for asked, proof in self.answers(name):
            for word in proof.words:
                counting[clean_text(word)].add(asked.number)
        return _bits(clean_text(text), counting)

    def shown_proofs(self, asked: AskedFor) -> tuple[Proof, ...]:
        """Return the strongest answers to a requirement, as many as a person reads."""
        return asked.proofs[:_PROOFS_SHOWN]

    def by(self, proof: Proof) -> str:
        """Return the words by which something answers."""
        words = ", ".join(proof.words[:_WORDS_SHOWN])
        return f"{words} ({proof.topic})" if proof.topic else words

    def text_of(self, name: str) -> str:
        """Return how a line begins, or the title of a role."""
        if name in self._roles:
            return self._roles[name].title or self._roles[name].organisation
        words = clean_text(self._lines[name].text).split()
        return " ".join(words[:_BEGINNING]) + ("…" if len(words) > _BEGINNING else "")

    def is_kept(self, name: str) -> bool:
        """Tell whether a line or a role's head is on the page."""
        return self._roles[name].kept if name in self._roles else self._lines[name].kept

    def told_proof(self, asked: AskedFor) -> Proof | None:
        """Return the answer to tell of: one on the page, unless the CV has a better grade."""
        best, shown = asked.best, asked.shown
        return shown if best and shown and best.grade == shown.grade else best

    def first_of(self, asked: AskedFor) -> str:
        """Return what to look at first: the strongest answer on the page, else in the CV."""
        proof = asked.shown or asked.best
        return proof.id if proof else ""

    def step(self, line: Line) -> int:
        """Return how much a line says to the posting, 0 to 5."""
        score = self.told.resume.match.scores.get(line.statement)
        return bisect_right(_STEPS, score.total) if score else 0

    def uses_in_words(self, role: Role) -> str:
        """Return the same in words: ``3 kept; left out: 1 no room, 2 nothing asked``."""
        uses = self.uses(role)
        told = [f"{use.count} {use.words}" for use in uses if use.name == "kept"]
        if left := ", ".join(f"{use.count} {use.words}" for use in uses if use.name != "kept"):
            told.append(f"left out: {left}")
        return "; ".join(told)

    def uses(self, role: Role) -> list[Use]:
        """Return what became of the lines of a role, the kept ones first."""
        left = Counter(_CAUSES[line.cause] for line in role.lines if line.cause)
        kept = len(role.kept_lines)
        uses = [Use(kept, "kept", "kept")] if kept else []
        return uses + [Use(left[key], *key) for key in dict.fromkeys(_CAUSES.values()) if left[key]]


def _title_lines(lines: Iterable[PostingText], unplaced: Iterable[AskedFor]) -> dict[int, Piece]:
    """Return where a requirement that has no line of its own, the title, makes a whole line."""
    wanted = {_folded(asked.text): asked.number for asked in unplaced}
    found: dict[int, Piece] = {}
    for line in lines:
        text = "".join(piece.text for piece in line.pieces)
        if any(piece.number for piece in line.pieces) or _folded(text) not in wanted:
            continue
        found[id(line)] = Piece(text, wanted.pop(_folded(text)))
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _kind_of_line(line: PostingText) -> str:
    if line.is_heading:
        return "heading"
    return "list" if line.is_item else "paragraph"


def _bits(text: str, counting: dict[str, set[int]]) -> list[Bit]:
    """Cut `text` at every border of a word that counts; words may overlap."""
    spans = [
        (found.start(), found.end(), asks)
        for word, asks in counting.items()
        if word
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]
    borders = sorted({0, len(text), *(b for start, end, _ in spans for b in (start, end))})
    return [
        Bit(text[start:end], _union(asks for s, e, asks in spans if s <= start and end <= e))
        for start, end in pairwise(borders)
    ]


def _union(sets: Iterable[set[int]]) -> tuple[int, ...]:
    return tuple(sorted(set().union(*sets)))
