"""Frozen answers: four invented people and four postings of other fields, word for word.

Each file in tests/golden/answers holds what one person's CV answers to one posting: what is asked
for and what the CV says of it, what each line scores and is worth, what is printed and what is left
out, why, and on which page. Two more hold what becomes of a page that somebody has edited, and how
the file marks its words. A change of any of it is looked at; where it is meant, renew them with

    TAILOR_RENEW_GOLDEN=1 python -m pytest -n 0 tests/test_golden.py

and read `git diff tests/golden/answers` before you commit it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

import tailor
from tailor.checking.findings import Place
from tailor.checking.provenance import Told, find_provenance
from tailor.document.resume import file_name, resume_docx
from tailor.layout.page import paginate
from tailor.matching.answered import count_answered, how_met, in_words, wanted_by
from tailor.matching.match import Match, asks_of, match
from tailor.reading.posting.text import parse_posting
from tailor.selection.composition import compose
from tailor.selection.select import select
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import Wishes
from tailor.selection.worth import find_worth
from tailor.values.cv import Cv
from tailor.values.posting import Posting

FOLDER = Path(__file__).parent / "golden" / "answers"
BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
RENEW = "TAILOR_RENEW_GOLDEN"
PEOPLE = ("nurse", "welder", "developer")
POSTINGS = ("ward", "workshop", "platform")
PAIRS = [(person, posting) for person in PEOPLE for posting in POSTINGS]
# One who was many things, and a posting that puts what it asks for in as many ways.
PAIRS.append(("pilot", "ways"))
TODAY = date(2026, 1, 15)


@cache
def matched(person: str, posting: str) -> Match:
    """A CV against a posting, on a day that stays the same."""
    cv = tailor.read_cv(FOLDER / f"{person}.cv.md")
    return match(cv, tailor.read_posting(FOLDER / f"{posting}.posting.txt"), today=TODAY)


@cache
def chosen(person: str, posting: str) -> TailoredCv:
    """What is printed of it."""
    return select(matched(person, posting))


def compare(name: str, lines: Iterator[str]) -> None:
    """The lines are those of a golden file, which is written anew where that is wanted."""
    found, path = "\n".join(lines) + "\n", FOLDER / f"{name}.txt"
    if os.environ.get(RENEW):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == path.read_text(encoding="utf-8").splitlines(), (
        f"not as in {path.name}; if that is meant: {RENEW}=1 python -m pytest {__file__}"
    )


def told_of_asks(found: Match) -> Iterator[str]:
    """What is asked for, line by line, and what the CV says of it."""
    yield in_words(count_answered(found))
    for requirement in found.requirements:
        wanted = wanted_by(found)[requirement.id]
        yield f"\n{requirement.text} [{how_met(wanted).value if wanted else 'asks for nothing'}]"
        for ask in (ask for ask in found.asks if ask.requirement == requirement.id):
            group = " or" if ask.group else ""
            sure = "" if ask.is_sure else " perhaps"
            yield f"  {ask.text} ({ask.kind}, {ask.importance}{group}{sure}): {ask.status}"
            yield from (f"    {line}" for line in ask.lines)


def told_of_lines(found: Match) -> Iterator[str]:
    """What each line scores, by its parts, what it is worth, and what that comes from."""
    worth = find_worth(found)
    for name, text in found.texts.items():
        score = found.scores[name]
        parts = [score.requirements, score.posting, score.related, score.topics, score.trade]
        figures = " + ".join(f"{part:.2f}" for part in parts)
        yield f"\n{text}"
        yield f"  {score.total:.2f} = {figures} {score.beside}".rstrip()
        yield f"  worth {worth.of[name]:.2f}; shows {', '.join(worth.answers.get(name, ()))}"
        for near in score.relations:
            pairs = ", ".join(f"{a} – {b} {x:.2f}" for a, b, x in found.pairs(name, near)[:2])
            yield f"  near {near.requirement} {near.similarity:.2f}: {pairs}"
        for topic in found.topics(name)[:2]:
            yield f"  topic {topic.name} {topic.share:.2f}: {', '.join(topic.words)}"


def told_of_page(resume: TailoredCv) -> Iterator[str]:
    """What is printed, where pages begin, what comes first and what is left out, and why."""
    design = resume.design
    paragraphs = compose(resume.cv, resume.sections, design)
    fit = paginate(paragraphs, design)
    yield f"{resume.pages} pages, {resume.lines} lines, last {resume.fill:.2f}, {design.body_size}"
    for number, paragraph in enumerate(paragraphs):
        if number in fit.starts:
            yield f"-- page {fit.starts.index(number) + 1}"
        yield f"{paragraph.style}: {paragraph.text.plain}".replace("\t", "<tab>")
    yield ""
    for gain in resume.gains:
        fills = " fills" if gain.fills else ""
        yield f"chosen {gain.id} {gain.value:.2f} {', '.join(gain.answered)}{fills}".rstrip()
    for left in resume.dropped:
        yield f"left out {left.id}: {left.reason} ({left.cause}): {left.text}"


@pytest.mark.parametrize(("person", "posting"), [*PAIRS, *((one, "forms") for one in PEOPLE)])
def test_what_is_asked_and_had(person: str, posting: str) -> None:
    """Each ask with its status and the lines that show it."""
    compare(f"{person}_{posting}.asks", told_of_asks(matched(person, posting)))


@pytest.mark.parametrize(("person", "posting"), PAIRS)
def test_what_lines_are_worth(person: str, posting: str) -> None:
    """Each line with its score and what it comes from."""
    compare(f"{person}_{posting}.lines", told_of_lines(matched(person, posting)))


@pytest.mark.parametrize(("person", "posting"), PAIRS)
def test_what_is_printed(person: str, posting: str) -> None:
    """The page, and the reasons."""
    compare(f"{person}_{posting}.page", told_of_page(chosen(person, posting)))


def edited(lines: list[str]) -> list[str]:
    """A page as somebody might have edited it."""
    lines = [line.replace("30 services", "300 services") for line in lines]
    lines = [line.replace("Tuned slow Postgres", "Tuned very slow Oracle") for line in lines]
    lines = [line.replace("Docker, PostgreSQL", "PostgreSQL, Docker") for line in lines]
    lines = [
        line.replace(" Outages fell by half, from eight a year to four.", "") for line in lines
    ]
    lines = [line.replace("Bath", "Bristol") for line in lines]
    (budget,) = (n for n, line in enumerate(lines) if line.startswith("Manage a team"))
    lines[budget] += f" {lines.pop(budget - 1)}"
    (tickets,) = (n for n, line in enumerate(lines) if line.startswith("Wrote the shop"))
    lines.insert(tickets - 3, lines.pop(tickets))  # under the employer above
    (coffee,) = (n for n, line in enumerate(lines) if line.startswith("Barista"))
    lines[coffee : coffee + 2] = ["Won the chess cup of a city that has none."]
    (education,) = (n for n, line in enumerate(lines) if line == "Education")
    lines.insert(education, lines[education])
    return [*lines, "Manage a team of five developers. Answered customers by telephone on Fridays."]


@pytest.mark.parametrize("fill", [False, True])
def test_a_page_that_is_full(sample_cv: Cv, sample_posting: Posting, fill: bool) -> None:
    """What has room on one page, of a CV of many: which lines, in which letters, and why."""
    found = match(sample_cv, sample_posting, today=TODAY)
    page = told_of_page(select(found, pages=1, fill=fill))
    # Of what is left out, the reasons are enough.
    short = (line.rpartition(":")[0] if line.startswith("left out") else line for line in page)
    compare(f"sample_one_page{'_filled' if fill else ''}", short)


def test_forms_of_lines() -> None:
    """What lines of many forms ask for."""
    posting = tailor.read_posting(FOLDER / "forms.posting.txt")
    asks = (
        f"{ask.requirement}: {ask.text} ({ask.kind}, {ask.importance}"
        f"{' or' if ask.group else ''}{'' if ask.is_sure else ' perhaps'})"
        for ask in asks_of(posting)
    )
    compare("forms.asks", asks)


@pytest.mark.parametrize(("name", "person"), [("asks_a", "pilot"), ("asks_b", "nurse")])
def test_lines_of_many_fields(name: str, person: str) -> None:
    """What graded lines of a benchmark ask for, from welding to law, and what a CV has of it."""
    lines = (BENCHMARKS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    parts = {"r": "Requirements", "p": "Nice to have", "d": "What you will do"}
    text = "Member of staff\nFenwick & Daughters | Ely, UK\n"
    for sign, heading in parts.items():
        own = (f"- {line[3:]}" for line in lines if line.startswith(f"{sign}: "))
        text += "\n".join((f"\n{heading}", *own, ""))
    cv = tailor.read_cv(FOLDER / f"{person}.cv.md")
    compare(f"{person}_{name}.asks", told_of_asks(match(cv, parse_posting(text), today=TODAY)))


@pytest.mark.parametrize("own_form", [True, False])
def test_what_becomes_of_an_edited_page(own_form: bool) -> None:
    """Each line with its verdict, what it comes from, and the words that changed."""
    resume = select(matched("developer", "platform"), fill=True)
    page = [p.text.plain for p in compose(resume.cv, resume.sections, resume.design)]
    told = [Told(text, Place(number)) for number, text in enumerate(edited(page), 1)]
    found = find_provenance(told, resume.cv, own_form=own_form)

    def lines() -> Iterator[str]:
        for line in found.lines:
            yield f"{line.place.number} {line.verdict} {line.sources} {line.why}: {line.text}"
            if not line.is_own:
                yield f"  from: {line.master}"
                yield "  " + " ".join(f"{word.sign}{word.text}" for word in line.difference)
        yield from (f"missing {gap.source}: {gap.text}" for gap in found.missing)

    compare(
        f"edited_{'own' if own_form else 'other'}", (line.replace("\t", " ") for line in lines())
    )


def test_how_the_file_marks_its_words() -> None:
    """Each run of the file with its look and its link, as another library reads it."""
    resume = chosen("developer", "platform")
    document: Any = docx.Document(io.BytesIO(resume_docx(resume)))

    def lines() -> Iterator[str]:
        yield file_name(resume.cv.name, resume.match.posting.company, resume.match.posting.title)
        yield document.core_properties.title
        for paragraph in document.paragraphs:
            yield paragraph.style.name
            for run in paragraph.iter_inner_content():
                link = getattr(run, "address", "")
                look = "".join(mark for mark in ("bold", "italic") if getattr(run, mark, None))
                yield f"  {run.text} {look}{f'<{link}>' if link else ''}".rstrip()

    compare("file", (line.replace("\t", "<tab>") for line in lines()))


# What holds for each of them


@pytest.mark.parametrize(("person", "posting"), PAIRS)
def test_every_printed_line_has_one_source(person: str, posting: str) -> None:
    """It is one bullet of the CV, its own words in their order, and stands there once."""
    resume = chosen(person, posting)
    lines = list(resume.chosen_lines())
    assert len({line.bullet.id for line in lines}) == len(lines)
    for line in lines:
        if line.reordered is None:
            words = line.bullet.text.plain
            assert all(words[s.start : s.end] in line.text.plain for s in line.kept)
        else:
            assert sorted(line.text.plain) == sorted(line.bullet.text.plain)
        assert [bullet.id for bullet in resume.cv.bullets()].count(line.bullet.id) == 1


@pytest.mark.parametrize("person", PEOPLE)
def test_dropping_a_line_adds_no_text(person: str) -> None:
    """Where all that answers has room, a page without a line is that page, one line shorter.

    Lines that say the same stand in for each other, and an entry has another best line.
    """
    resume = chosen(person, "ward")
    before = [line.text.plain for line in resume.chosen_lines()]
    for line in resume.chosen_lines():
        wishes = Wishes(dropped=frozenset(s.id for s in line.kept))
        after = [one.text.plain for one in select(resume.match, wishes=wishes).chosen_lines()]
        assert line.text.plain not in after
        assert len(after) <= len(before)
        assert len(set(after) - set(before)) <= 1
