"""Invents people: names, employers, titles and dates from lists and Faker, bullets from O*NET."""

# ruff: noqa: E501

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from faker import Faker

from training.cv import words

_SOUNDS = (
    "al al an ar ash bel ber bran bright cal car cin cor dal dar den dor el ell en fen fin gar gil had hal har hol "
    "jas ken kes lan lar lin lor mar mel mor nor oak or pel pen quen ray ros sal sel sor stan tal tor ul ven ver wal "
    "wes win yar zel"
).split()
_ENDS = (
    "ton well worth ford mere vale wick ridge by stead moor gate land field den dale more ley son berg mann er "
    "bury stoke brook croft hurst combe feld bach heim vik ova elli etti ard eau ier ez as os ski owa"
).split()


@dataclass(slots=True)
class Job:
    """A position or a degree: `title` is that of the degree, `employer` the school."""

    title: str
    employer: str
    place: str
    start: tuple[int, int | None]
    end: tuple[int, int | None] | None
    summary: str = ""
    bullets: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """An invented person, in one language."""

    language: str
    name: str
    headline: str
    email: str
    phone: str
    address: str
    site: str
    summary: str
    jobs: list[Job]
    degrees: list[Job]
    projects: list[Job]
    skills: list[tuple[str, list[str]]]
    spoken: list[tuple[str, str]]
    certificates: list[tuple[str, int]]
    publications: list[str]


class Inventor:
    """Makes people and their words; the same seed makes the same ones."""

    def __init__(self, shared: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.fakers = {name: Faker(name) for names in words.LOCALES.values() for name in names}
        for fake in self.fakers.values():
            fake.seed_instance(seed)
            _put_in_order(fake)
        self.titles = _onet_titles(shared)
        self.tasks = _onet_tasks(shared)
        self.skills = _skills(shared)

    def language(self) -> str:
        """Return a language, English about every second time."""
        return self.random.choices(list(words.WEIGHTS), list(words.WEIGHTS.values()))[0]

    def fake(self, language: str) -> Faker:
        """Return the source of names of a locale of the language."""
        return self.fakers[self.random.choice(words.LOCALES[language])]

    def coined(self) -> str:
        """Return a name that nobody has."""
        r = self.random
        return (
            r.choice(_SOUNDS) + (r.choice(_SOUNDS) if r.random() < 0.2 else "") + r.choice(_ENDS)
        ).capitalize()

    def title(self, language: str) -> str:
        """Return the title of a job."""
        r = self.random
        own = words.TITLES.get(language, ())
        if language == "en":
            title = r.choice(self.titles) if r.random() < 0.7 else self.fake("en").job()
        elif own and (r.random() < 0.4 or language in {"it", "nl", "sv"}):
            title = r.choice(own)
        else:
            title = self.fake(language).job()
        title = title.split("/")[0].split(" (")[0].strip()
        title = title[:1].upper() + title[1:]
        if language == "en" and r.random() < 0.35:
            title = (
                r.choice(
                    (
                        "Senior ",
                        "Junior ",
                        "Lead ",
                        "Assistant ",
                        "Principal ",
                        "Head of ",
                        "Deputy ",
                    )
                )
                + title
            )
        draw = r.random()
        if draw < 0.06:
            title += f", {r.choice((self.coined(), 'Payments', 'Intensive Care', 'North Region', 'Platform', 'R&D'))}"
        elif draw < 0.1:
            title += r.choice(
                (" II", " III", " (contract)", " (part-time)", " I", " (m/w/d)", " – Night Shift")
            )
        elif draw < 0.13:
            title += f" & {self.title(language)}"
        return title

    def _fill(self, template: str, language: str) -> str:
        r = self.random
        while "{" in template:
            template = template.replace("{n}", self.surname(language), 1).replace(
                "{c}", self.city(language), 1
            )
            template = template.replace("{f}", r.choice(words.FIELDS[language]), 1)
        return template

    def surname(self, language: str) -> str:
        """Return a surname or a coined name."""
        return self.coined() if self.random.random() < 0.6 else self.fake(language).last_name()

    def city(self, language: str) -> str:
        """Return a town, real or coined."""
        draw = self.random.random()
        if draw < 0.12:
            return self.random.choice(_real_cities())
        return self.coined() if draw < 0.28 else self.fake(language).city()

    def employer(self, language: str) -> str:
        """Return an employer's name."""
        r = self.random
        if r.random() < 0.35:
            name = self.fake(language).company()
        else:
            name = self._fill(r.choice(words.EMPLOYERS[language]), language)
        if r.random() < 0.04:
            initials = "".join(word[0] for word in name.split() if word[0].isupper())
            name += f" ({r.choice((initials or 'NB', 'now ' + self.coined(), 'part of ' + self.coined()))})"
        return name

    def school(self, language: str) -> str:
        """Return a school's name."""
        return self._fill(self.random.choice(words.SCHOOLS[language]), language)

    def degree(self, language: str) -> str:
        """Return a degree."""
        return self._fill(self.random.choice(words.DEGREES[language]), language)

    def place(self, language: str) -> str:
        """Return a place: a town, mostly with its country or state."""
        r = self.random
        city, draw = self.city(language), r.random()
        if draw < 0.3:
            return city
        if language == "en" and draw < 0.65:
            return f"{city}, {r.choice(words.STATES)}" + (", USA" if draw < 0.35 else "")
        return f"{city}, {r.choice(words.COUNTRIES[language])}" if draw < 0.97 else "Remote"

    def sentence(self, language: str) -> str:
        """Return a line that tells what somebody did."""
        r = self.random
        text = (
            r.choice(self.tasks)
            if language == "en"
            else self.fake(language).sentence(r.randint(4, 18))
        )
        if r.random() < 0.06:
            verb = r.choice(
                (
                    "Built",
                    "Wrote",
                    "Ran",
                    "Led",
                    "Taught",
                    "Sold",
                    "Tested",
                    "Drew",
                    "Managed",
                    "Moved",
                )
            )
            return f"{verb} {r.choice(('the', 'a', 'its', 'three'))} {self.coined().lower()}{r.choice(('.', '', 's.', 's'))}"
        if r.random() < 0.25:
            text = " ".join(text.split()[: r.randint(3, 9)]).rstrip(",;. ") + "."
        if r.random() < 0.15:
            text = f"{text.rstrip('.')} ({r.randint(2, 99)} %)."
        if r.random() < 0.08:
            text = f"{text.rstrip('.')} since {r.randint(2005, 2024)}."
        return text.rstrip(".") if r.random() < 0.4 else text

    def skill(self) -> str:
        """Return a skill."""
        return self.random.choice(self.skills)

    def person(self, language: str) -> Person:
        """Return an invented person."""
        r, fake = self.random, self.fake(language)
        name = fake.name()
        for prefix in (
            "Dr. ",
            "Mr. ",
            "Mrs. ",
            "Ms. ",
            "Miss ",
            "pan ",
            "pani ",
            "Herr ",
            "Frau ",
            "Sig. ",
        ):
            name = name.removeprefix(prefix)
        if r.random() < 0.1:
            name += r.choice((", PhD", ", MBA", " Jr.", ", P.Eng."))
        handle = "".join(
            c for c in name.lower().replace(" ", ".") if c.isascii() and (c.isalpha() or c == ".")
        )
        address = ", ".join(part.strip() for part in fake.address().split("\n"))
        jobs = self._jobs(language)
        return Person(
            language,
            name,
            self.title(language),
            f"{handle.strip('.') or 'me'}@example.{r.choice(('com', 'org', 'net', 'de', 'fr'))}",
            fake.phone_number(),
            address if r.random() < 0.6 else self.place(language),
            r.choice(("linkedin.com/in/", "github.com/", "www.linkedin.com/in/"))
            + handle.replace(".", "-"),
            " ".join(self.sentence(language).rstrip(".") + "." for _ in range(r.randint(1, 3))),
            jobs,
            self._degrees(language),
            [self._project(language) for _ in range(r.randint(1, 3))],
            self._skills(),
            [
                (x, r.choice(words.LEVELS[language]))
                for x in r.sample(words.SPOKEN[language], r.randint(2, 4))
            ],
            [(self._certificate(), r.randint(2005, 2025)) for _ in range(r.randint(1, 4))],
            [self._paper(name) for _ in range(r.randint(2, 6))],
        )

    def _certificate(self) -> str:
        r = self.random
        pattern = r.choice(
            (
                "Certified {s} Professional",
                "{s} Certificate",
                "{s}",
                "{s} Licence",
                "Introduction to {s}",
            )
        )
        return pattern.replace("{s}", self.skill())

    def _paper(self, name: str) -> str:
        r = self.random
        last, year = name.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1], r.randint(2001, 2025)
        other = self.coined()
        title = r.choice(self.tasks).rstrip(".")[:70]
        journal = f"Journal of {r.choice(words.FIELDS['en'])}"
        return r.choice(
            (
                f"{last} A., {other} B. ({year}) {title}. {journal} {r.randint(1, 60)}, {r.randint(1, 99)}–{r.randint(100, 400)}.",
                f"{last}, A. and {other}, C., “{title}”, {journal}, {year}.",
                f"{title}. {journal}, {r.randint(1, 40)}({r.randint(1, 6)}), {year}.",
            )
        )

    def _skills(self) -> list[tuple[str, list[str]]]:
        r = self.random
        groups = r.sample(words.SKILL_GROUPS, r.randint(2, 4))
        return [(group, [self.skill() for _ in range(r.randint(3, 7))]) for group in groups]

    def _jobs(self, language: str) -> list[Job]:
        r = self.random
        jobs: list[Job] = []
        year, month = r.randint(2018, 2025), r.randint(1, 12)
        end: tuple[int, int | None] | None = None if r.random() < 0.75 else (year, month)
        months = r.random() < 0.8
        for _ in range(r.choice((1, 2, 3, 3, 4, 5, 6, 7))):
            length = r.randint(4, 60)
            first = year * 12 + month - 1 - length
            start = (first // 12, first % 12 + 1)
            with_months = months and r.random() < 0.9
            same = bool(jobs) and r.random() < 0.25
            job = Job(
                self.title(language),
                jobs[-1].employer if same else self.employer(language),
                jobs[-1].place if same else self.place(language),
                start if with_months else (start[0], None),
                end if end is None or with_months else (end[0], None),
                self.sentence(language) if r.random() < 0.2 else "",
                [self.sentence(language) for _ in range(r.choice((0, 1, 2, 2, 3, 3, 4, 5)))],
            )
            jobs.append(job)
            gap = first - r.choice((0, 1, 1, 3))
            year, month = gap // 12, gap % 12 + 1
            end = (year, month)
        return jobs

    def _degrees(self, language: str) -> list[Job]:
        r = self.random
        degrees = []
        year = r.randint(2005, 2024)
        for _ in range(r.choice((1, 1, 2, 2, 3))):
            length = r.randint(1, 4)
            extra = r.choice(
                (
                    "First Class Honours", "GPA 3.6", "GPA: 3.9/4.0; Dean's List 2015-2016", "Mention bien", "Note: 1,7",
                    "Thesis: " + self.sentence("en"), "Upper Second Class", "Relevant coursework: Algorithms, Databases",
                    "Abschlussnote 2,1", "Minor in Spanish, GPA 3.6", "Distinction; thesis on sparse solvers",
                )
            )  # fmt: skip
            bullets = [extra] if r.random() < 0.3 else []
            start: tuple[int, int | None] = (
                year - length,
                r.choice((8, 9, 10)) if r.random() < 0.6 else None,
            )
            end: tuple[int, int | None] = (year, r.randint(5, 8) if start[1] else None)
            degrees.append(
                Job(
                    self.degree(language),
                    self.school(language),
                    self.place(language),
                    start,
                    end,
                    "",
                    bullets,
                )
            )
            year -= length + r.randint(0, 2)
        return degrees

    def _project(self, language: str) -> Job:
        r = self.random
        year = r.randint(2012, 2025)
        name = r.choice(
            (
                f"{self.coined()} {r.choice(('Engine', 'Tracker', 'App', 'Planner', 'Toolkit'))}",
                self.coined(),
            )
        )
        return Job(
            name,
            "",
            "",
            (year, None),
            (year, None),
            "",
            [self.sentence(language) for _ in range(r.randint(1, 3))],
        )


def _put_in_order(fake: Faker) -> None:
    """Sort the towns of a locale whose list is made of a set, in another order with each start."""
    for provider in fake.factories[0].providers:
        if hasattr(provider, "cities"):
            provider.cities = tuple(sorted(set(provider.cities)))


@cache
def _onet_titles(shared: Path) -> list[str]:
    rows = list(words.sheet_rows(shared / "onet" / "Alternate_Titles.xlsx"))[1:]
    return sorted({row[2] for row in rows if len(row) > 2 and len(row[2]) < 60})


@cache
def _onet_tasks(shared: Path) -> list[str]:
    rows = list(words.sheet_rows(shared / "onet" / "Task_Statements.xlsx"))[1:]
    return sorted({row[3] for row in rows if len(row) > 3})


@cache
def _skills(shared: Path) -> list[str]:
    text = (shared / "lexicons" / "esco_v110_skill_labels_en.txt").read_text(encoding="utf-8")
    tools = (shared / "lexicons" / "onet_technology_skills.csv").read_text(encoding="utf-8")
    names = {line.split(",")[0].strip('"') for line in tools.splitlines()[1:]}
    labels = {line.strip() for line in text.splitlines()} | names
    popular = "Python Java SQL Excel Docker Git Linux AWS React Salesforce SAP AutoCAD R C++ C# Rust Go Kafka Figma Jira".split()
    return sorted(label for label in labels if 1 < len(label) < 30) + popular * 200


@cache
def _real_cities() -> list[str]:
    from tailor.values.resources import data_table  # noqa: PLC0415

    return [c for row in data_table("countries.tsv") for c in row["cities"].split(";") if c]
