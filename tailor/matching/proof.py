"""What a CV has of each thing that is asked for, and the lines that show it.

Each kind of ask has a proof of its own kind, in a module of its own. Words that are merely near are
shown as related; they never make a "have". What no rule finds, the judge is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from tailor.matching.ask import Ask, AskKind, Status
from tailor.matching.book import Book, Verdict, surer, verdict
from tailor.matching.caveat import at_level
from tailor.matching.degree_proof import prove_degree
from tailor.matching.duty_proof import prove_duty, prove_literally
from tailor.matching.figure import reaches_level
from tailor.matching.kind import YEARS, pattern
from tailor.matching.language_proof import beyond_language, names_language, prove_language
from tailor.matching.licence_proof import may_be_paper, prove_licence, prove_paper
from tailor.matching.order import BY_FIT, in_order
from tailor.matching.other_words import in_other_words
from tailor.matching.same_line import together
from tailor.matching.skill_proof import named, prove_skill
from tailor.matching.words import content, word_set
from tailor.matching.years_proof import prove_years
from tailor.values.cv import Cv

_DIPLOMA = re.compile(r"\b(?:diploma|certificate|award)\b", re.IGNORECASE)
_OWN_WORDS = 0.5  # the share of its words with which a line says an ask in the same words


def _prove_skill(ask: Ask, book: Book) -> Verdict:
    """Judge a skill; by its words it may be years, a language or a paper ("18th Edition")."""
    if YEARS.search(ask.text):
        return prove_years(ask, book)
    found = prove_skill(ask, book)
    if found.status.is_had:
        reached = tuple([line for line in found.lines if reaches_level(ask.text, line.text)])
        return replace(found, lines=reached) if reached else found.as_near()
    if pattern("published").search(ask.text):  # the papers that a CV lists show it
        return verdict(Status.ALIAS, book, [line for line in book.lines if line.is_paper])
    if names_language(ask.text) and not beyond_language(ask.text):
        return prove_language(ask, book)
    if not may_be_paper(ask.text, book):
        return found
    return surer(found, prove_paper(ask.text, book))


def _prove_duty(ask: Ask, book: Book) -> Verdict:
    """Judge work; a record of publications is shown by what was published, of its field."""
    found = pattern("of_papers").match(ask.text)
    if not found:
        return prove_duty(ask, book)
    papers = [line for line in book.lines if line.is_paper]
    field = named(found["field"], book).lines if found["field"] else ()
    of_field = [line for line in papers if line in field]
    if of_field or not found["field"]:
        return verdict(Status.ALIAS, book, of_field or papers)
    return verdict(Status.RELATED, book, papers[:3])


def _paper_or(found: Verdict, ask: Ask, book: Book) -> Verdict:
    """Return what papers prove of an ask where they do, else what was found before."""
    paper = prove_paper(ask.text, book)
    return paper if paper.status.is_had else found


def _prove_degree(ask: Ask, book: Book) -> Verdict:
    """Judge a degree; a diploma may be a paper that goes by its first letters."""
    found = prove_degree(ask, book)
    if found.status.is_had or not _DIPLOMA.search(ask.text):
        return found
    return _paper_or(found, ask, book)


def _prove_arrangement(ask: Ask, book: Book) -> Verdict:
    """Judge a condition: by a line that says it, or by a paper, as an "enhanced DBS check"."""
    found = prove_literally(ask, book)
    return found if found.status.is_had else _paper_or(found, ask, book)


_PROOFS: Mapping[AskKind, Callable[[Ask, Book], Verdict]] = {
    AskKind.SKILL: _prove_skill,
    AskKind.EXPERIENCE_YEARS: prove_years,
    AskKind.DEGREE: _prove_degree,
    AskKind.LICENCE: prove_licence,
    AskKind.LANGUAGE: prove_language,
    AskKind.DUTY: _prove_duty,
    AskKind.TRAIT: prove_literally,
    AskKind.ARRANGEMENT: _prove_arrangement,
}


def prove(
    asks: Sequence[Ask],
    cv: Cv,
    worth: Mapping[str, float],
    today: date | None = None,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Ask, ...]:
    """Return `asks` with the status of each and the lines of `cv` that show it, best first.

    `worth` is what each statement is worth to the posting, by its id; it orders lines that prove
    the same. Positions that last until the present end on `today`, by default the machine's date.
    `texts` are the lines of the posting that the asks stand in, by their ids.
    """
    day = today or date.today()  # noqa: DTZ011 - the person's own day
    book = Book(cv, worth, day, texts.values())
    verdicts = [_PROOFS[ask.kind](ask, book) for ask in asks]
    verdicts = in_other_words(asks, verdicts, book)
    verdicts = together(asks, verdicts, texts)
    proved = []
    told = _told(asks)
    for ask, one in in_order(asks, verdicts, texts, book):
        text = texts.get(ask.requirement, "")
        found = at_level(ask, one, text) if ask.kind is AskKind.SKILL else one
        if found.status is Status.ALIAS and ask.kind in BY_FIT and _in_its_words(ask, found):
            found = Verdict(Status.STATED, found.lines)
        # Of words that may name nothing, none is missing; what the CV has names something.
        missing = found.status is Status.ABSENT and not ask.is_sure
        status = Status.NOT_CHECKABLE if missing else found.status
        is_within = any(ask.text in whole for whole in told.get(ask.requirement, ()))
        is_new = not is_within and not _is_any_work(ask.text)
        is_sure = ask.is_sure or (found.status.is_had and is_new)
        lines = tuple([line.text for line in found.lines])
        ids = tuple([line.id for line in found.lines])
        proved.append(
            Ask(
                ask.text, ask.kind, ask.importance, ask.requirement, ask.group,
                status, lines, ids, is_sure,
            )
        )  # fmt: skip
    return tuple(proved)


def _is_any_work(text: str) -> bool:
    """Return whether a text only has words that any work has: "tools", "quality systems"."""
    words = text.casefold().split()
    return all(word in word_set("generic") or word in word_set("uses") for word in words)


def _told(asks: Sequence[Ask]) -> dict[str, list[str]]:
    """Return the texts of what each line of the posting surely asks for, by its id."""
    found: dict[str, list[str]] = {}
    for ask in asks:
        if ask.is_sure:
            found.setdefault(ask.requirement, []).append(ask.text)
    return found


def _in_its_words(ask: Ask, found: Verdict) -> bool:
    """Return whether the best line says most of an ask in the ask's own words."""
    wanted = {word for word, _ in content(ask.text)}
    said = {word for word, _ in content(found.lines[0].text)}
    return len(wanted) > 1 and len(wanted & said) >= _OWN_WORDS * len(wanted)
