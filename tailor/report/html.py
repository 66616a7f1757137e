"""A tailored CV to one HTML file: the posting beside the CV, with lines that answer requirements.

The file opens from disk and asks the network for nothing. The words of the posting and the CV
are shown as text: they are cleaned and escaped wherever they are printed, and no script has any.
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
    beginning,
    explain,
)
from tailor.report.web_page import render
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.values.cleaning import clean_text

# Scores are shown in steps, since their second digit means nothing. The steps are the same for
# all postings, so that a posting that is hardly answered does not look as if it were.
_STEPS = (0.1, 0.2, RELEVANT_FROM, 0.5, 0.75)
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
    """Lines of a posting that belong together: a heading, a paragraph, or a list of items."""

    kind: str
    lines: tuple[PostingText, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How many lines of a role were kept, or left out for one cause: in words and as a class."""

    count: int
    words: str
    name: str


def render_report(resume: TailoredCv, fingerprint: str = "") -> str:
    """Return the report of `resume` as HTML, with `fingerprint` in a comment near the top.

    The same input gives the same characters.
    """
    explanation = explain(resume)
    posting = resume.match.posting
    return render(
        "report",
        explanation=explanation,
        view=_View(explanation),
        posting=posting,
        title=posting.title or PurePath(posting.source).name,
        source=PurePath(resume.cv.source).name,
        fingerprint=fingerprint,
    )


class _View:
    """What the template needs beside the values of an explanation."""

    proofs_shown = _PROOFS_SHOWN
    missing_shown = _MISSING_SHOWN
    steps = range(1, len(_STEPS) + 1)

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self.asked = {asked.number: asked for asked in explanation.requirements}
        self._by_answer: defaultdict[str, list[tuple[AskedFor, Proof]]] = defaultdict(list)
        for asked in explanation.requirements:
            for proof in asked.proofs:
                self._by_answer[proof.id].append((asked, proof))
        for answers in self._by_answer.values():
            # Nearly every line answers the title, so the title comes last of equals.
            answers.sort(key=lambda one: (-one[1].strength, one[0].kind is Kind.TITLE))
        self._lines = {line.id: line for role in explanation.roles for line in role.lines}
        self._roles = {role.id: role for role in explanation.roles if role.id}
        self.kept = sum(line.kept for line in self._lines.values())
        self.left = len(self._lines) - self.kept + len(explanation.not_understood)
        unplaced = [asked for asked in explanation.requirements if not asked.line]
        self._titles = _title_lines(explanation.posting, unplaced)
        placed = {piece.number for piece in self._titles.values()}
        self.unplaced = [asked for asked in unplaced if asked.number not in placed]
        self.not_on_page = [
            asked for asked in explanation.requirements if asked.proofs and not asked.shown
        ]

    def blocks(self) -> Iterator[Block]:
        """Yield the posting, with its items gathered into lists."""
        for kind, lines in groupby(self._explanation.posting, key=_kind_of_line):
            if kind == "list":
                yield Block(kind, tuple(lines))
            else:
                yield from (Block(kind, (line,)) for line in lines)

    def pieces(self, line: PostingText) -> tuple[Piece, ...]:
        """Return a line cut where requirements, the title among them, begin and end."""
        title = self._titles.get(id(line))
        return line.pieces if title is None else (title,)

    def asked_in(self, line: PostingText) -> list[AskedFor]:
        """Return the requirements that stand in a line of the posting."""
        return [self.asked[piece.number] for piece in self.pieces(line) if piece.number]

    def sections(self) -> Iterator[tuple[str, list[Role]]]:
        """Yield the CV's headings with what stands below them."""
        for heading, roles in groupby(self._explanation.roles, key=lambda role: role.section):
            yield heading or "…", list(roles)

    def kind(self, asked: AskedFor) -> str:
        """Return the kind of a requirement in words, "" for the usual one."""
        return _KINDS[asked.kind]

    def answers(self, name: str) -> list[tuple[AskedFor, Proof]]:
        """Return what a line, or the head of a role, answers: the strongest proof first."""
        return self._by_answer.get(name, [])

    def chips(self, name: str) -> list[tuple[AskedFor, Proof]]:
        """Return the same in the order of the requirements' numbers."""
        return sorted(self.answers(name), key=lambda answer: answer[0].number)

    def bits(self, text: str, name: str) -> list[Bit]:
        """Return a text cut at the words by which the line `name` answers."""
        counting: defaultdict[str, set[int]] = defaultdict(set)
        for asked, proof in self.answers(name):
            for word in proof.words:
                counting[clean_text(word)].add(asked.number)
        return _bits(clean_text(text), counting)

    def text_of(self, name: str) -> str:
        """Return how a line begins, or the title of a role."""
        if name in self._roles:
            return self._roles[name].title or self._roles[name].organisation
        return beginning(self._lines[name].text, _BEGINNING)

    def is_kept(self, name: str) -> bool:
        """Return whether a line, or the head of a role, is on the page."""
        return self._roles[name].kept if name in self._roles else self._lines[name].kept

    def proof_of(self, asked: AskedFor) -> Proof | None:
        """Return the proof to show: one on the page, unless the CV has one of a better grade."""
        best, shown = asked.best, asked.shown
        return shown if best and shown and best.grade == shown.grade else best

    def first_of(self, asked: AskedFor) -> str:
        """Return the id of the strongest proof on the page, else in the CV, else ""."""
        proof = asked.shown or asked.best
        return proof.id if proof else ""

    def step(self, line: Line) -> int:
        """Return how much a line has to do with the posting, 0 to 5."""
        score = self._explanation.resume.match.scores.get(line.statement)
        return bisect_right(_STEPS, score.total) if score else 0

    def uses_in_words(self, role: Role) -> str:
        """Return the uses in words: ``3 kept; left out: 1 no room, 2 nothing asked``."""
        uses = self.uses(role)
        words = [f"{use.count} kept" for use in uses if use.name == "kept"]
        if left := ", ".join(f"{use.count} {use.words}" for use in uses if use.name != "kept"):
            words.append(f"left out: {left}")
        return "; ".join(words)

    def uses(self, role: Role) -> list[Use]:
        """Return how many lines of a role were kept, and left out for which cause."""
        left = Counter(_CAUSES[line.cause] for line in role.lines if line.cause)
        kept = len(role.kept_lines)
        uses = [Use(kept, "kept", "kept")] if kept else []
        return uses + [Use(left[key], *key) for key in dict.fromkeys(_CAUSES.values()) if left[key]]


def _title_lines(lines: Iterable[PostingText], unplaced: Iterable[AskedFor]) -> dict[int, Piece]:
    """Return the lines that are a requirement without a line of its own: the title."""
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
    """Return `text` cut at both ends of each word that counts; words may overlap."""
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
