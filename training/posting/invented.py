"""Invented postings in forms that the labelled ones have too few of, with the label of each line.

Short lists without marks or headings, bar lines of hiring threads, notices of offices, wards,
kitchens and workshops, adverts with their benefits or their values right below what they ask for.
Each is made of lines that were written for it; a seed decides which.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tailor.values.resources import data_table

_MARKS = ("- ", "• ", "* ", "✅ ", "→ ", "o ", "{n}. ", "({a}) ", "· ")
_HEADS = ("{}", "{}:", "{upper}", "## {}", "**{}**", "{n}. {}")


@cache
def _tables() -> dict[str, Any]:
    with (Path(__file__).parent / "invented.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _skills() -> list[str]:
    return sorted({row["term"] for row in data_table("skill_aliases.tsv") if len(row["term"]) < 25})


def invented_postings(count: int, seed: int = 19) -> Iterator[list[tuple[str, str]]]:
    """Yield `count` postings as lines with their labels; an empty line has the label ""."""
    r = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        yield _Posting(r).lines


class _Posting:
    """One posting, made line by line."""

    def __init__(self, r: random.Random) -> None:
        self.r = r
        self.lines: list[tuple[str, str]] = []
        field = r.choice(sorted(_tables()["fields"]))
        self.field = _tables()["fields"][field]
        self.mark = r.choice(_MARKS) if r.random() < 0.5 else ""
        self.head = r.choice(_HEADS)
        self.number = 0
        self.blank_below_heading = r.random() < 0.3
        self._top()
        parts = ["duty", "required", "preferred", "benefit", "company", "apply"]
        weights = [0.8, 0.95, 0.5, 0.5, 0.4, 0.4]
        chosen = [part for part, w in zip(parts, weights, strict=True) if r.random() < w]
        if r.random() < 0.3:
            r.shuffle(chosen)
        for part in chosen:
            self._part(part)
        if r.random() < 0.3:
            self._blank()
            self._say("legal", r.choice(_tables()["prose"]["legal"]))
        if r.random() < 0.12:
            self._say("other", r.choice(_tables()["prose"]["other"]))

    def _say(self, label: str, text: str) -> None:
        self.lines.append((text, label))

    def _blank(self) -> None:
        self.lines.append(("", ""))

    def _top(self) -> None:
        r, tables = self.r, _tables()
        title, company = r.choice(self.field["titles"]), r.choice(tables["names"]["companies"])
        place = r.choice(tables["names"]["places"])
        form = r.randrange(6)
        if form == 0:
            kind = r.choice(["Full-time", "Part-time", "REMOTE", "ONSITE", "Hybrid"])
            self._say("title", f"{company} | {place} | {title} | {kind}")
        elif form == 1:
            self._say("fact", company)
            self._say("title", title)
            self._say("fact", place)
        else:
            self._say("title", title.upper() if r.random() < 0.2 else title)
            if form == 2:
                self._say("fact", f"{company} | {place}")
            elif form == 3:
                self._say("fact", company)
                self._say("fact", place)
            elif form == 4:
                self._say("fact", f"{company} - {place}")
                self._say("fact", r.choice(tables["prose"]["fact"]))
        self._blank()
        if r.random() < 0.4:
            self._say("company", r.choice(tables["prose"]["company"]).format(name=company))
        if r.random() < 0.4:
            text = r.choice(tables["prose"]["role"]).format(name=company, title=title)
            self._say("role", text)

    def _part(self, part: str) -> None:
        """Add a part: a heading and a list, a label before a list, sentences, or a bare list."""
        r, tables = self.r, _tables()
        headings = tables["headings"][part]
        lines = [*self.field[part]] if part in self.field else [*tables["lists"][part]]
        if part in {"required", "preferred"} and r.random() < 0.6:
            lines = [*r.sample(lines, min(2, len(lines))), *r.sample(_skills(), 5)]
        chosen = r.sample(lines, min(r.randint(2, 6), len(lines)))
        form = r.random()
        if part in {"required", "preferred"} and form < 0.2:
            names = ", ".join(chosen[:-1])
            self._say(part, f"{r.choice(headings)}: {names} and {chosen[-1]}.")
            return
        if part in {"company", "apply"} and form < 0.5:
            self._blank()
            sentences = tables["prose"][part]
            for sentence in r.sample(sentences, min(2, len(sentences))):
                self._say(part, sentence.format(name="The house"))
            return
        self._blank()
        if not (part == "benefit" and form < 0.4):  # a list of them often has no heading
            self.number += 1
            heading = r.choice(headings)
            self._say(
                f"h:{part}",
                self.head.format(heading, upper=heading.upper(), n=self.number),
            )
            if self.blank_below_heading:
                self._blank()
        elif r.random() < 0.5:
            self._blank()
        for at, line in enumerate(chosen):
            mark = self.mark.format(n=at + 1, a="abcdefgh"[at])
            self._say(part, mark + line)
