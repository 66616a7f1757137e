"""What a CV says of a skill, surest first: its name, a member of its class, all of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache

from tailor.matching.ask import Ask, Status
from tailor.matching.book import ABSENT, Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.caveat import (
    DENIES_IT,
    grade_of,
    is_denied,
    is_of_another,
    is_of_others,
    is_only_about,
    is_unfinished,
    marked,
    only_heard_of,
    says_as_one,
    says_grade,
    says_roles,
)
from tailor.matching.figure import largest, reaches
from tailor.matching.kind import pattern
from tailor.matching.meant import has_other_sense, is_everyday, is_of_everyday_words
from tailor.matching.name import (
    core,
    is_misread,
    members,
    other_names,
    siblings,
    thing,
    things_named,
)
from tailor.matching.short_name import (
    initials,
    is_run,
    is_short,
    is_sure,
    runs_in,
    titled_in,
    whole_runs_in,
)
from tailor.matching.sign import near_to, says, signs_of
from tailor.matching.words import (
    TEXTS_KEPT,
    form,
    forms,
    name_words,
    plain_works,
    singular,
    telling_forms,
    word_set,
)
from tailor.reading.cv.names import has_word
from tailor.values.resources import data_toml

_NO_LANGUAGES = frozenset(LineKind) - {LineKind.LANGUAGE}
_ARTICLE = re.compile(r"^(?:an?|the) ")
_FEWEST_OF_SUITE = 2
_WORK_ENDS = ("ing", "ment", "tion", "sion")


def prove_skill(ask: Ask, book: Book) -> Verdict:
    """Judge a skill by the lines that name it."""
    return named(ask.text, book, _NO_LANGUAGES)


def named(name: str, book: Book, kinds: Collection[LineKind] = frozenset(LineKind)) -> Verdict:
    """Return what the lines of these `kinds` say of a skill.

    What is of one class with it is near, and so is a line that says more than half of its words,
    or the title of a paper that says all of them and not the name itself.
    """
    found = book.kept((name, kinds), lambda: _named(name, book, kinds))
    lines = book.ranked(found.lines)
    papers = [line for line in lines if line.is_paper]
    if papers:
        lines = (*[line for line in lines if not line.is_paper], *papers)
    return Verdict(found.status, lines, found.is_loose)


def _named(name: str, book: Book, kinds: Collection[LineKind]) -> Verdict:
    """Return what `named` does, with the lines in any order."""
    steps: tuple[Callable[[str, Book], Verdict], ...] = (
        _by_name, _by_class, _by_employer, _by_core, _by_words, _by_sibling,
    )  # fmt: skip
    if name[:1].isupper() and any(map(_is_job_too, (name, core(name), *other_names(name)))):
        kinds = frozenset(kinds) - {LineKind.TITLE}
    for step in steps:
        if step in (_by_core, _by_words) and is_of_everyday_words(name):
            continue
        found = step(name, book)
        lines = tuple([line for line in found.lines if line.kind in kinds])
        if step in (_by_core, _by_words):
            lines = tuple(
                [
                    line
                    for line in lines
                    if not is_of_others(name, line) and not is_only_about(name, line.text)
                ]
            )
        if lines:
            is_told = any(not line.is_paper for line in lines)
            is_near = not is_told and found.status.is_had and not book.holding(name)
            # Words of a list or of a paper stand for a name; of a sentence they may be scattered.
            is_loose = step in (_by_core, _by_words) and all(
                line.kind in {LineKind.BULLET, LineKind.SUMMARY} for line in lines
            )
            is_loose = is_loose and not (step is _by_core and thing(core(name)) >= 0)
            is_loose = is_loose and not any(map(is_short, name.split()))
            return Verdict(Status.RELATED if is_near else found.status, lines, is_loose)
    return ABSENT


def _by_name(name: str, book: Book) -> Verdict:
    literal, other = (
        [
            line
            for line in found
            if not is_of_another(name, line) and not is_only_about(name, line.text)
        ]
        for found in (book.holding(name), book.holding_other(name))
    )
    if literal and all(DENIES_IT.search(line.text) for line in (*literal, *other)):
        return ABSENT
    if not literal and not other:
        other = _by_short_name(name, book)
    if literal and all(marked(line.text, name, pattern("not_had")) for line in (*literal, *other)):
        return verdict(Status.RELATED, book, literal)
    shown = [*literal, *other]
    if shown and all(is_unfinished(line, name) for line in shown):
        return verdict(Status.RELATED, book, shown)
    if heard := [line for line in shown if only_heard_of(line)]:
        if len(heard) == len(shown):
            return verdict(Status.RELATED, book, heard)
        literal, other = ([one for one in lines if one not in heard] for lines in (literal, other))
    literal = [line for line in literal if not marked(line.text, name, pattern("not_had"))]
    return verdict(Status.STATED if literal else Status.ALIAS, book, [*literal, *other])


def _by_short_name(name: str, book: Book) -> list[CvLine]:
    """Return the lines with a short name made of the first letters of `name`, or the reverse."""
    if book.explained and (other := book.explained.get(singular(name).casefold())):
        found = [*book.holding(other), *book.holding_other(other)]
        if found:
            return found
    if shorts := initials(name):
        return [line for short in sorted(shorts) for line in book.with_short(short)]
    if is_run(name):
        wanted = singular(name).upper()
        found = [line for line in book.lines if wanted in titled_in(line.text)]
        lines = book.lines if is_sure(name) else book.papers
        return found or [line for line in lines if wanted in runs_in(line.text)]
    return []


def _by_class(name: str, book: Book) -> Verdict:
    """Find members of the class that `name` names; of a suite one program is near, two are it."""
    held = {member: lines for member in members(name) if (lines := _having(member, book))}
    held |= {sign: lines for sign in signs_of(name) if (lines := _showing(sign, book))}
    is_part = name.casefold() in word_set("suites") and len(_programs(held)) < _FEWEST_OF_SUITE
    found = [line for lines in held.values() for line in lines]
    return verdict(Status.RELATED if is_part else Status.ALIAS, book, found)


def _by_employer(name: str, book: Book) -> Verdict:
    """Find positions at employers of the kind that `name` names: a council for "public sector"."""
    return verdict(Status.ALIAS, book, employed_in(name, book))


def employed_in(sector: str, book: Book) -> list[CvLine]:
    """Return the positions at employers of the kind that a sector names; none if none is known."""
    words = _employers().get(_ARTICLE.sub("", sector.casefold()), frozenset())
    titles = book.of(LineKind.TITLE) if words else []
    return [line for line in titles if not words.isdisjoint(book.employer(line))]


@cache
def _employers() -> dict[str, frozenset[str]]:
    """Return the words in the names of employers of each kind, by each name of the kind."""
    rows = data_toml("employers.toml").items()
    return {name: frozenset(words.split()) for names, words in rows for name in names.split("|")}


def _programs(signs: Iterable[str]) -> set[str]:
    """Return the programs that `signs` name: of "Word and Microsoft Excel" two."""
    return {word for sign in signs for word in re.findall(r"[A-Z]\w+", sign)} - word_set("makers")


def _showing(sign: str, book: Book) -> list[CvLine]:
    found = [line for line in _having(sign, book) if says(line.text, sign)]
    if found or " " not in sign:
        return found
    return [line for line in book.saying(forms(sign)) if says(line.text, sign)]


def _having(tool: str, book: Book) -> list[CvLine]:
    """Return the lines that name a tool: "Sous Chef" names no Chef, a torch no Torch."""
    lines = book.holding(tool.capitalize() if is_everyday(tool) and tool.islower() else tool)
    if not _is_job_too(tool):
        return lines
    return [line for line in lines if line.kind is not LineKind.TITLE]


def _is_job_too(tool: str) -> bool:
    """Return whether the name of a tool is an everyday word for a job as well."""
    return is_everyday(tool) and has_word(tool, "job")


def _by_core(name: str, book: Book) -> Verdict:
    inner = core(name)
    if not inner or inner.casefold() in word_set("generic"):
        return ABSENT  # "build systems" are no mere systems
    if grade_of(name):
        return ABSENT  # nor is "advanced life support" any life support
    found = _by_name(inner, book)
    if not found.lines:
        found = _by_class(inner, book)
    if found.lines or " " in inner or members(name) or members(inner):
        return found  # a class is shown by what belongs to it, not by a word of another sense
    return _by_words(inner, book)


def _by_words(name: str, book: Book) -> Verdict:
    """Find lines that say all words of a longer name, or the same under other names.

    More than half of them are near. A figure in the name, such as 50 calls a day, must be reached.
    """
    words = forms(name)
    if plain_works().issuperset(words):
        words = telling_forms(name)  # "software development" is not said by what says "develop"
    if len(words) < 2:
        # "auditing" is said by "audited"; "physics" is not by "physical".
        is_work = name.endswith(_WORK_ENDS) or name.casefold() in word_set("works")
        is_work = bool(words) and name[1:].islower() and is_work and not is_everyday(name)
        is_work = is_work and name.casefold() not in word_set("fields")
        found = [
            line
            for line in (book.saying(words) if is_work else ())
            if _is_done(name, line) and not has_other_sense(book.words(line), name)
        ]
        return verdict(Status.STATED, book, [line for line in found if reaches(name, line.text)])
    ungraded = [line for line in book.saying(words) if says_roles(name, line)]
    ungraded = [
        line
        for line in ungraded
        if says_as_one(name, line, book) and not is_denied(name, line.text)
    ]
    found = [line for line in ungraded if says_grade(name, line)]
    if ungraded and not found:
        return verdict(Status.RELATED, book, ungraded)
    status = Status.STATED
    if not found and len(words) > 2 and name_words(name)[0].text.casefold() in word_set("using"):
        found = book.saying(words[1:])  # "handled TUPE transfers"
    if not found:
        found, status = _saying_in_full(name, book) or saying_units(name, book), Status.ALIAS
        found = [line for line in found if not is_denied(name, line.text)]
    if found and largest(name):
        reached = [line for line in found if reaches(name, line.text)]
        return verdict(status if reached else Status.RELATED, book, reached or found)
    if found:
        is_tool = name.casefold().rsplit(maxsplit=1)[-1] in word_set("tools")
        return verdict(Status.RELATED if is_tool else status, book, found)
    near = book.saying(words, 0.5 + 1 / (2 * len(words)))
    near = [
        line for line in near if not is_misread(name, line.text) and says_as_one(name, line, book)
    ]
    return verdict(Status.RELATED, book, near)


def _is_done(name: str, line: CvLine) -> bool:
    """Return whether a line tells of work and no mere thing of its name.

    "Interview candidates" is interviewing; "an exit interview process" is not. "Distributed
    leaflets" is distribution, and "systems with distributed memory" are not.
    """
    bare = name.casefold().removesuffix("ing")
    things = {bare, f"{bare}s", f"{bare}e", f"{bare}es"}
    before = ""
    for word in name_words(line.text):
        low = word.text.casefold()
        if form(word.text) in forms(name) and (word.first or low not in things):
            is_quality = low.endswith("ed") and not (
                word.first or before in word_set("before_work") or before.endswith(("ly", "ed"))
            )
            if not is_quality or low == name.casefold():
                return True
        before = low
    return False


def _saying_in_full(name: str, book: Book) -> list[CvLine]:
    """Return the lines that say the words of a name, and in full what is short in it.

    "OTC advice" is said by "advice on over-the-counter remedies".
    """
    words = [word.text for word in name_words(name)]
    shorts = {singular(word).upper() for word in words if is_run(word)}
    rest = forms(" ".join([word for word in words if not is_run(word)]))
    if not shorts or not rest:
        return []
    return [line for line in book.saying(rest) if shorts <= whole_runs_in(line.text)]


def saying_units(name: str, book: Book) -> list[CvLine]:
    """Return the lines that say each part of a name in its own words or under another name."""
    parts = units_of(name)
    if len(parts) < 2 or all(number < 0 for _, number in parts):
        return []
    rows = []
    for own, number in parts:
        lines = set(book.saying(own))
        if number >= 0:
            lines |= set(book.with_thing(number))
        if not lines:
            return []
        rows.append(lines)
    return sorted(rows[0].intersection(*rows[1:]), key=lambda line: line.number)


@lru_cache(maxsize=TEXTS_KEPT)
def units_of(name: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Return the parts of a name: the forms of each, and the thing that it names, or -1.

    Nothing where no part has other names.
    """
    things = things_named(name)
    if not things:
        return ()
    words = name_words(name)
    found, place = [], 0
    while place < len(words):
        length, number = things.get(place, (1, -1))
        own = forms(" ".join([word.text for word in words[place : place + length]]))
        if own and (number < 0 or len(own) == length):
            found.append((own, number))
        elif number >= 0:  # "managing a team" is not said by what says "managing"
            found.append((("",), number))
        place += length
    return tuple(found)


def _by_sibling(name: str, book: Book) -> Verdict:
    found = [line for other in siblings(name) for line in _having(other, book)]
    found += [line for other in near_to(name) for line in _showing(other, book)]
    return verdict(Status.RELATED, book, found)
