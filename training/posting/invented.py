"""Invented postings in forms that the labelled ones have too few of, with the label of each line.

Short lists without marks or headings, hiring threads and run-on text, notices of offices, wards,
kitchens and workshops, pages without blank lines, adverts with their benefits or their values right
below what they ask for. Each is made of lines that were written for it, of O*NET's titles and tasks
(CC BY 4.0) and of names of skills; a seed decides which.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tailor.values.resources import data_table
from training.cv.people import Inventor

Line = list[tuple[str, str]]  # sentences of a line, each with its label
_MARKS = ("- ", "• ", "* ", "✅ ", "→ ", "o ", "{n}. ", "({a}) ", "· ", "✔ ", "– ")
_HEADS = ("{}", "{}", "{}:", "{upper}", "{upper}", "## {}", "**{}**", "{n}. {}")
_PARTS = {
    "duty": 0.85,
    "required": 0.95,
    "preferred": 0.55,
    "benefit": 0.5,
    "company": 0.4,
    "apply": 0.4,
}
_CHOICE = re.compile(r"\[([^\]]*)\]")
_OWN_FIELD = 0.35  # of the postings are of a field that is written out; others are of O*NET's


@cache
def _tables() -> dict[str, Any]:
    with (Path(__file__).parent / "invented.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _skills() -> list[str]:
    return sorted({row["term"] for row in data_table("skill_aliases.tsv") if len(row["term"]) < 25})


def _third(verb: str) -> str:
    """Return the third person of a verb: "weighs", "washes", "carries"."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s")


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split("|") if word.strip()]


def invented_postings(shared: Path, count: int, seed: int = 19) -> Iterator[list[Line]]:
    """Yield `count` postings as lines with their labels; an empty line has none."""
    inventor = Inventor(shared, seed)
    r = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        yield _Posting(r, inventor).lines


class _Posting:
    """One posting, made line by line."""

    def __init__(self, r: random.Random, inventor: Inventor) -> None:
        self.r = r
        self.inventor = inventor
        self.lines: list[Line] = []
        self.field = self._field()
        self.company = inventor.employer("en")
        self.place = inventor.place("en")
        self.title = r.choice(self.field["titles"])
        self.mark = r.choice(_MARKS) if r.random() < 0.5 else ""
        self.head = r.choice(_HEADS)
        self.number = 0
        self.is_dense = r.random() < 0.2  # as of a PDF: no blank lines
        self.blank_below_heading = r.random() < 0.3
        draw = r.random()
        if draw < 0.13:
            self._thread()
        elif draw < 0.25:
            self._run_on()
        else:
            self._whole()

    def _field(self) -> dict[str, list[str]]:
        """Return titles, duties and wishes of one field."""
        r, tables = self.r, _tables()
        if r.random() < _OWN_FIELD:
            field: dict[str, list[str]] = tables["fields"][r.choice(sorted(tables["fields"]))]
            return field
        papers, traits = _listed(tables["wishes"]["papers"]), _listed(tables["wishes"]["traits"])
        skills = [self.inventor.skill() for _ in range(6)]
        wishes = [*r.sample(papers, 5), *r.sample(traits, 3), *r.sample(skills, 2)]
        wishes += [f"Experience with {skills[0]}", f"{r.randint(2, 9)}+ years of {skills[1]}"]
        more = [*r.sample(papers, 3), *skills[2:5], f"Experience of {skills[5]}"]
        duties = [r.choice(self.inventor.tasks) for _ in range(8)]
        if r.random() < 0.6:
            duties = [duty.rstrip(".") for duty in duties]
        short = [" ".join(duty.split()[:8]).rstrip(",.;") for duty in duties]
        style = r.random()
        if style < 0.4:
            duties = short
        if style < 0.25:
            duties, wishes, more = (
                [line[:1].lower() + line[1:] for line in lines] for lines in (duties, wishes, more)
            )
        return {
            "titles": [self.inventor.title("en")],
            "duty": duties,
            "required": wishes,
            "preferred": more,
        }

    def _say(self, label: str, text: str) -> None:
        self.lines.append([(text, label)])

    def _blank(self) -> None:
        if not self.is_dense:
            self.lines.append([])

    def _heading(self, part: str) -> str:
        """Return a heading put together from a pattern."""
        pattern = self.r.choice(_tables()["patterns"][part])
        chosen = _CHOICE.sub(lambda match: self.r.choice(match[1].split("|")), pattern)
        thing = self.r.choice(_tables()["things"]["names"].split())
        return " ".join(chosen.replace("{thing}", thing).split())

    def _task(self) -> str:
        """Return a piece of work in a few words that begin in small letters."""
        task = self.r.choice(self.inventor.tasks).split(",")[0].rstrip(".")
        return str(task[:1].lower() + task[1:])

    def _asking(self, part: str) -> str:
        """Return a sentence that asks."""
        r = self.r
        text = str(r.choice(_tables()["asks"][part]))
        while "{task}" in text:
            text = text.replace("{task}", self._task(), 1)
        while "{tasks}" in text:
            verb, _, rest = self._task().partition(" ")
            text = text.replace("{tasks}", f"{_third(verb)} {rest}".strip(), 1)
        while "{Task}" in text:
            task = self._task()
            text = text.replace("{Task}", task[:1].upper() + task[1:], 1)
        text = text.replace("{last}", self.title.split()[-1].lower())
        return self._with_skills(text).replace("{title}", self.title).strip()

    def _with_skills(self, text: str) -> str:
        while "{skill}" in text:
            skill = self.r.choice(_skills()) if self.r.random() < 0.5 else self.inventor.skill()
            text = text.replace("{skill}", skill, 1)
        return text

    def _told(self, part: str) -> str:
        text = self._with_skills(self.r.choice(_tables()["prose"][part]))
        return text.replace("{name}", self.company).replace("{title}", self.title)

    def _sentences(self, least: int) -> Line:
        """Return sentences of a posting that has no lists."""
        r = self.r
        found: Line = [(self._told("company"), "company")] if r.random() < 0.7 else []
        if r.random() < 0.4:
            found.append((self._told("role"), "role"))
        for part, most in (("duty", 2), ("required", 2), ("preferred", 1)):
            count = r.randint(least if part != "preferred" else 0, most)
            found += [(self._asking(part), part) for _ in range(count)]
        for part, chance in (("fact", 0.4), ("benefit", 0.4), ("company", 0.2), ("apply", 0.6)):
            if r.random() < chance:
                lists = _tables()["lists"]["benefit"]
                said = (
                    f"You get {r.choice(lists).lower()} and {r.choice(lists).lower()}."
                    if part == "benefit"
                    else self._told(part)
                )
                found.append((said if said[-1] in ".!?" else f"{said}.", part))
        return found

    def _thread(self) -> None:
        """Make a posting of a hiring thread: a bar line, then a few paragraphs."""
        r = self.r
        kind = r.choice(["Full-time", "Part-time", "REMOTE", "ONSITE", "Hybrid"])
        self._say("title", " | ".join([self.company, *r.sample([self.title, self.place, kind], 3)]))
        self._blank()
        sentences = self._sentences(1)
        while sentences:
            count = r.randint(1, 4)
            if r.random() < 0.15 and sentences[0][1] in {"duty", "required"}:
                sentences[0] = (f"{self.title}: {sentences[0][0]}", sentences[0][1])
            self.lines.append(sentences[:count])
            sentences = sentences[count:]
            self._blank()

    def _run_on(self) -> None:
        """Make a posting that is one paragraph."""
        r = self.r
        head = r.choice(["{t}, {c}, {p}.", "{t} - {c}, {p}.", "{c}, {p}: {t}.", ""])
        first: Line = (
            [(head.format(t=self.title, c=self.company, p=self.place), "title")] if head else []
        )
        role = f"{self.company} in {self.place} is looking for a {self.title}."
        first = first or [(role, "role")]
        self.lines.append([*first, *self._sentences(1)])

    def _whole(self) -> None:
        """Make a posting with parts, most of them lists."""
        r = self.r
        self._top()
        chosen = [part for part, weight in _PARTS.items() if r.random() < weight]
        if r.random() < 0.3:
            r.shuffle(chosen)
        for part in chosen:
            self._part(part)
        if r.random() < 0.3:
            self._blank()
            self._say("legal", self._told("legal"))
        if r.random() < 0.15:
            self._say("other", self._told("other"))

    def _top(self) -> None:
        r = self.r
        form = r.randrange(7)
        if form == 0:
            kind = r.choice(["Full-time", "Part-time", "REMOTE", "ONSITE", "Hybrid"])
            self._say("title", f"{self.company} | {self.place} | {self.title} | {kind}")
        elif form == 1:
            self._say("fact", self.company.upper() if r.random() < 0.4 else self.company)
            self._say("title", self.title.upper() if r.random() < 0.4 else self.title)
            self._say("fact", self.place)
        elif form == 2:
            label = r.choice(["Post", "Job title", "Position"])
            self._say("title", f"{label}: {self.title}")
            for _ in range(r.randint(1, 4)):
                self._say("fact", self._told("fact"))
        else:
            self._say("title", self.title.upper() if r.random() < 0.2 else self.title)
            told = self._told("fact")
            facts = {
                3: [f"{self.company} | {self.place}"],
                4: [self.company, self.place],
                5: [f"{self.company} - {self.place}", told],
            }
            for fact in facts.get(form, ()):
                self._say("fact", fact)
        self._blank()
        self._introduce()

    def _introduce(self) -> None:
        r = self.r
        if r.random() < 0.5:
            self._say("company", self._told("company"))
            if r.random() < 0.3:
                self._say("company", self._told("company"))
        if r.random() < 0.4:
            self._say("role", self._told("role"))

    def _part(self, part: str) -> None:
        """Add a part: a heading and a list, a label before a list, sentences, or a bare list."""
        r, tables = self.r, _tables()
        headings = tables["headings"][part]
        lines = [*self.field[part]] if part in self.field else [*tables["lists"][part]]
        if part in {"required", "preferred"} and r.random() < 0.3:
            lines = [*r.sample(lines, min(2, len(lines))), *r.sample(_skills(), 5)]
        chosen = r.sample(lines, min(r.randint(2, 6), len(lines)))
        form = r.random()
        if self._in_few_lines(part, chosen, form):
            return
        self._blank()
        if not (part == "benefit" and form < 0.3):  # a list of them often has no heading
            self.number += 1
            heading = r.choice(headings) if r.random() < 0.5 else self._heading(part)
            self._say(
                f"h:{part}",
                self.head.format(
                    heading.rstrip(":") if ":" in self.head else heading,
                    upper=heading.upper(),
                    n=self.number,
                ),
            )
            if self.blank_below_heading:
                self._blank()
        elif r.random() < 0.5:
            self._blank()
        if part in {"duty", "required", "preferred"} and r.random() < 0.15:
            sentences: Line = [(self._asking(part), part) for _ in range(r.randint(1, 3))]
            self.lines += [sentences] if r.random() < 0.5 else [[one] for one in sentences]
            return
        for at, line in enumerate(chosen):
            mark = self.mark.format(n=at + 1, a="abcdefgh"[at])
            self._say(part, mark + line)

    def _in_few_lines(self, part: str, chosen: list[str], form: float) -> bool:
        """Add a part that is no list below a heading; return whether it is done."""
        r = self.r
        if part in {"required", "preferred"} and form < 0.15:
            heading = r.choice(_tables()["headings"][part]).rstrip(":")
            names = ", ".join(chosen[:-1])
            self._say(part, f"{heading}: {names} and {chosen[-1]}.")
            return True
        if part in {"required", "preferred"} and form < 0.22:
            label = {"required": "Essential: ", "preferred": "Desirable: "}[part]
            for line in chosen:
                self._say(part, label + line)
            return True
        if part == "benefit" and form < 0.25:
            heading = r.choice(_tables()["headings"][part]) if form < 0.1 else self._heading(part)
            named = ", ".join(line[:1].lower() + line[1:] for line in chosen)
            text = named[:1].upper() + named[1:] + "."
            if r.random() < 0.5:
                self._say(part, f"{heading.rstrip(':')}: {text}")
            else:
                self._blank()
                self._say(f"h:{part}", heading)
                self._say(part, text)
            return True
        if part in {"company", "apply"} and form < 0.5:
            self._blank()
            for _ in range(2):
                self._say(part, self._told(part))
            return True
        return False
