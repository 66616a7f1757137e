"""The report as one HTML page that asks the network for nothing, and what makes any such page.

All text is cleaned and escaped wherever it is printed, so no place can be forgotten. Style and
script are the project's own; they are part of the page, whose policy allows them by their hashes.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import PurePath

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from tailor.document.package import PLACEHOLDER, seal_text
from tailor.matching.answered import Met
from tailor.report.answers import (
    HEADINGS,
    MET_SIGNS,
    MET_WORDS,
    Row,
    beginning,
    counting_words,
    gaps,
    name_and_line,
)
from tailor.report.explanation import (
    AskedFor,
    Explanation,
    PostingText,
    Proof,
    Role,
    explain,
    left_for_room,
    number_of,
)
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean_text
from tailor.values.resources import data_text


def render(name: str, **values: object) -> str:
    """Return the page that ``NAME.html.j2``, ``NAME.css`` and ``NAME.js`` of `data/` make."""
    style, script = data_text(f"{name}.css"), data_text(f"{name}.js")
    return (
        templates()
        .get_template(f"{name}.html.j2")
        .render(
            # The project's own, not the input's: the only texts that are not escaped.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            style_hash=_hash(style),
            script_hash=_hash(script),
            **values,
        )
    )


@cache
def templates() -> Environment:
    """Return those of `data/`, in which all text is cleaned and escaped wherever it is printed."""
    return Environment(
        loader=FunctionLoader(data_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )


def _cleaned(value: object) -> object:
    """Return a value that is printed, cleaned if it is text; what is HTML already is our own."""
    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(block: str) -> str:
    """Return the name of an inline block in the page's policy."""
    return "sha256-" + b64encode(hashlib.sha256(block.encode()).digest()).decode()


_GAPS_SHOWN = 8
_LEFT_SHOWN = 5
_PROOFS_SHOWN = 3
_BEGINNING = 14  # words
_LINE_BEGINS = 9


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a text; `asks` are the numbers of the requirements that it counts for."""

    text: str
    asks: tuple[int, ...] = ()


def html_report(resume: TailoredCv) -> bytes:
    """Return the HTML page that explains the choices, as a file that is known as tailor's."""
    return seal_text(render_report(resume, PLACEHOLDER))


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
        signs=MET_SIGNS,
        met_words={**MET_WORDS, Met.NOT_CHECKABLE: "not for a CV to show"},
        number_of=number_of,
        gaps_shown=_GAPS_SHOWN,
        proofs_shown=_PROOFS_SHOWN,
        posting=posting,
        title=posting.title or PurePath(posting.source).name,
        source=PurePath(resume.cv.source).name,
        fingerprint=fingerprint,
    )


class _View:
    """What the template needs beside the values of an explanation."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self.asked = {asked.number: asked for asked in explanation.requirements}
        self._by_answer: defaultdict[str, list[tuple[AskedFor, Proof]]] = defaultdict(list)
        for asked in explanation.requirements:
            for proof in asked.proofs:
                self._by_answer[proof.id].append((asked, proof))
        self._lines = {line.id: line for role in explanation.roles for line in role.lines}
        self._roles = {role.id: role for role in explanation.roles if role.id}
        self.kept = sum(line.kept for line in self._lines.values())
        self.left = len(self._lines) - self.kept + len(explanation.not_understood)
        placed = {piece.number for line in explanation.posting for piece in line.pieces}
        self.unplaced = [
            asked
            for asked in explanation.requirements
            if not asked.line and asked.number not in placed
        ]
        self.gaps = gaps(explanation.skills)
        self.strong_lines_left_out = left_for_room(explanation.resume)[:_LEFT_SHOWN]

    def skills(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the headings of the table of skills with what stands below them."""
        for importance, heading in HEADINGS.items():
            rows = [row for row in self._explanation.skills if row.importance is importance]
            if rows:
                yield heading, rows

    def said(self, row: Row) -> str:
        """Return what the CV says of a named thing, with the beginning of the line that says so."""
        name, line = name_and_line(row)
        return name + beginning(line, _LINE_BEGINS)

    def blocks(self) -> Iterator[tuple[str, list[PostingText]]]:
        """Yield the lines of the posting by kind: "heading", "paragraph" or "list" of items."""
        for kind, lines in groupby(self._explanation.posting, key=_kind_of_line):
            yield kind, list(lines)

    def sections(self) -> Iterator[tuple[str, list[Role]]]:
        """Yield the CV's headings with what stands below them."""
        for heading, roles in groupby(self._explanation.roles, key=lambda role: role.section):
            yield heading or "…", list(roles)

    def answers(self, name: str) -> list[tuple[AskedFor, Proof]]:
        """Return what a line, or the head of a role, answers, in the posting's order."""
        return self._by_answer.get(name, [])

    def bits(self, text: str, name: str) -> list[Bit]:
        """Return a text cut at the words by which the line `name` answers."""
        counting: defaultdict[str, set[int]] = defaultdict(set)
        for asked, proof in self.answers(name):
            for ask in proof.asks:
                for word in counting_words(text, ask.text):
                    counting[clean_text(word)].add(asked.number)
        return _bits(clean_text(text), counting)

    def text_of(self, name: str) -> str:
        """Return how a line begins, or the title of a role."""
        if name in self._roles:
            return self._roles[name].title or self._roles[name].organisation
        return beginning(self._lines[name].text, _BEGINNING)

    def is_kept(self, name: str) -> bool:
        """Return whether a line, or the head of a role, is on the page."""
        return (self._roles.get(name) or self._lines[name]).kept


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
        Bit(
            text[start:end],
            tuple(sorted({ask for s, e, asks in spans if s <= start and end <= e for ask in asks})),
        )
        for start, end in pairwise(borders)
    ]
