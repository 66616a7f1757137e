"""What a CV has of each thing that is asked for, and the lines that show it.

Each kind of ask has a proof of its own kind. A skill is shown by its name or an exact other name,
years by the dates of positions, a degree by a degree of its level and field, a licence by a line
of certificates. Words that are merely near are shown as related; they never make a "have".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tailor.matching.ask import NUMBER_WORDS, YEARS, Ask, AskKind, Status, pattern, tables
from tailor.matching.book import Book, CvLine, LineKind
from tailor.matching.degrees import Degree, asked_degree, held_degree
from tailor.matching.judge import chances
from tailor.matching.name import (
    TEXTS_KEPT,
    NameWord,
    content,
    core,
    form,
    forms,
    holds,
    members,
    name_words,
    other_names,
    siblings,
    word_set,
)
from tailor.values.cv import Cv, Date, Period
from tailor.values.resources import data_toml

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tailor.matching.judge import Floats

# The share of what a duty says that a line must say to show it, and to be near it. Chosen on the
# half of the invented cases that was looked at.
_SHOWN, _NEAR = 0.67, 0.45
_LEAST_FLUENT = 4
# How likely a line must be to show an ask in other words, and to be near it.
_SHOWS_DUTY, _SHOWS_SKILL, _NEAR_ENOUGH = 0.4, 0.6, 0.6
_FIT, _WORTH, _OLDER, _OLDEST = 1.0, 0.5, 0.1, 6
_BY_FIT = frozenset({AskKind.SKILL, AskKind.DUTY})
_NO_LANGUAGES = frozenset(LineKind) - {LineKind.LANGUAGE}
_PAPERS = frozenset({LineKind.DEGREE, LineKind.CERTIFICATE})
_FEWEST_OF_SUITE = 2
_REACH = 35  # characters before a name in which a word still speaks of it
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_WORK_ENDS = ("ing", "ment", "tion", "sion")
_NAMED_DEGREE = re.compile(r"\b(?:MBA|JD|J\.D|Juris Doctor|LLB|LLM|MD|PGCE|HND|HNC|GCSEs?)\b")
_LOOSE = re.compile(r"\b(?:related|relevant|similar|equivalent|any)\b", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"\b(?:working towards?|in progress|studying (?:for|towards?)|candidate|expected|pursuing"
    r"|preparing for|eligible|due in|pending|lapsed|expired|student|trainee)\b",
    re.IGNORECASE,
)
_OBTAINED = re.compile(
    r"\b(?:hold|holds|holding|held|obtained|earned|passed|gained|qualified as|certified as"
    r"|licensed (?:as|to|in)|registered (?:as|with)|admitted to|completed|renewed|my)\b",
    re.IGNORECASE,
)
# A degree that a line says one has: "with a Master's degree in accounting".
_DEGREE_TOLD = re.compile(
    r"(?:^|\b(?:with|holds?|holding|have|has|having|earned|obtained|completed|received|gained|my|an?|and)\s+|[.;:,(]\s*)"
    r"(?:an?\s+)?(?:(?:bachelor|master|doctor)(?:'?s)?\b(?!\s+(?:data|plan|schedule|students?|file|agreement))|ph\.?d\b"
    r"|[bm]\.?(?:sc|a|s|eng|com|tech|ed|ba)\b\.?(?=\s+(?:in|of|degree|\())|degree\s+in)[^.;,]{0,60}",
    re.IGNORECASE,
)
# That a licence is held: "CPA licensed"; and what is done with those of others.
_HELD = re.compile(
    r"\b(?:licen[cs]ed?|licensure|certified|certifications?|certificates?|registered|registration|qualified|holder"
    r"|chartered|accredited|member|fellow)\b",
    re.IGNORECASE,
)
_REGISTERED_WITH = re.compile(r"\bregist(?:ered|ration) (?:with|by)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"^\W*(?:\w+ly\s+)?(?:train|teach|taught|prepar|help|support|assist|audit|check|verif|manag|process|renew|track|ensur"
    r"|review|monitor|issu|coordinat|maintain|updat|develop|organi[sz]|design|support|ran|led|lead|sell|sold)",
    re.IGNORECASE,
)
_MUCH = re.compile(r"\b(?:at least|minimum(?: of)?|over|more than|or more)\b", re.IGNORECASE)
_BEFORE_SUBJECT = re.compile(
    r"^\W*(?:(?:of|experience|work(?:ing)?|in|with|as|an?)\b\W*)+", re.IGNORECASE
)
_SKILL_YEARS = re.compile(r"(\d{1,2})\+?\s*(?:years?|yrs?)", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.])(\d[\d,]{0,12})(?![\d,]*[:/])")


@dataclass(frozen=True, slots=True)
class _Verdict:
    status: Status
    lines: tuple[CvLine, ...] = ()


_ABSENT = _Verdict(Status.ABSENT)


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
    book = Book(cv, worth, today or date.today())  # noqa: DTZ011 - the person's own day
    verdicts = [_PROOFS[ask.kind](ask, book) for ask in asks]
    unsure = [
        number
        for number, (ask, verdict) in enumerate(zip(asks, verdicts, strict=True))
        if not verdict.status.is_had and _may_be_said_otherwise(ask)
    ]
    whole = list(dict.fromkeys(ask.requirement for ask in asks if ask.requirement in texts))
    if book.lines and (unsure or whole):
        asked = [*(asks[number].text for number in unsure), *(texts[one] for one in whole)]
        shows, near = chances(asked, book.said)
        for row, number in enumerate(unsure):
            judged = _judged(asks[number], book, shows[row], near[row])
            verdicts[number] = _surer(verdicts[number], judged)
        fits = dict(zip(whole, near[len(unsure) :], strict=True))
        verdicts = [
            _best_first(ask, verdict, fits.get(ask.requirement), book)
            for ask, verdict in zip(asks, verdicts, strict=True)
        ]
    verdicts = [
        _at_level(ask, verdict, texts.get(ask.requirement, ""))
        for ask, verdict in zip(asks, verdicts, strict=True)
    ]
    return tuple(
        Ask(
            ask.text,
            ask.kind,
            ask.importance,
            ask.requirement,
            ask.group,
            verdict.status,
            tuple([line.text for line in verdict.lines]),
            tuple([line.id for line in verdict.lines]),
        )
        for ask, verdict in zip(asks, verdicts, strict=True)
    )


def _at_level(ask: Ask, verdict: _Verdict, text: str) -> _Verdict:
    """Return RELATED where a high level is asked and all that the CV says is a lower one."""
    if (
        ask.kind is not AskKind.SKILL
        or not verdict.status.is_had
        or not pattern("high").search(text)
    ):
        return verdict
    place = text.find(ask.text)
    asked_high = place > 0 and pattern("high").search(text[max(0, place - 40) : place])
    if asked_high and all(_marked(line.text, ask.text, pattern("low")) for line in verdict.lines):
        return _Verdict(Status.RELATED, verdict.lines)
    return verdict


def _marked(text: str, name: str, marks: re.Pattern[str]) -> bool:
    """Return whether one of `marks` stands right before `name` in a text, or in brackets behind it.

    Each time that the name stands there; False where it does not.
    """
    if not _has(text, marks):
        return False
    low, places, place = text.lower(), [], -1
    while name and (place := low.find(name.lower(), place + 1)) >= 0:
        places.append(place)
    return bool(places) and all(
        marks.search(re.split(r"[,;.:]\s", text[max(0, place - _REACH) : place])[-1])
        or marks.search((_IN_BRACKETS.match(text, place + len(name)) or [""])[0])
        for place in places
    )


@lru_cache(maxsize=4 * TEXTS_KEPT)
def _has(text: str, marks: re.Pattern[str]) -> bool:
    """Return whether a pattern is found in a line of a CV: each comes back with each posting."""
    return bool(marks.search(text))


def _may_be_said_otherwise(ask: Ask) -> bool:
    """Return whether an ask is work, which can be said in other words, and no mere name."""
    return ask.kind is AskKind.DUTY or (ask.kind is AskKind.SKILL and len(content(ask.text)) > 1)


def _judged(ask: Ask, book: Book, shows: Floats, near: Floats) -> _Verdict:
    """Return what the judge says of an ask, given how likely each line is to show it."""
    least = _SHOWS_DUTY if ask.kind is AskKind.DUTY else _SHOWS_SKILL
    found = _likeliest(shows >= least, shows, book)
    wanted = _figure(ask.text)
    reached = tuple(line for line in found if not wanted or _figure(line.text) >= wanted)
    if reached:
        return _Verdict(Status.ALIAS, reached)
    close = found or _likeliest(near >= _NEAR_ENOUGH, shows, book)[:3]
    return _Verdict(Status.RELATED, close) if close else _ABSENT


def _likeliest(chosen: NDArray[np.bool_], shows: Floats, book: Book) -> tuple[CvLine, ...]:
    """Return the `chosen` lines that are not of languages, the likeliest to show an ask first."""
    usable = [
        book.lines[number]
        for number in chosen.nonzero()[0].tolist()
        if book.lines[number].kind is not LineKind.LANGUAGE
    ]
    return tuple(sorted(usable, key=lambda line: -float(shows[line.number])))


def _best_first(ask: Ask, verdict: _Verdict, fits: Floats | None, book: Book) -> _Verdict:
    """Return a verdict with its lines in order of how they fit the whole line of the posting.

    A bullet still stands before a list, and what is as good and newer before what is older.
    """
    if fits is None or len(verdict.lines) < 2 or ask.kind not in _BY_FIT:
        return verdict

    def order(line: CvLine) -> tuple[int, float, int]:
        worth = _FIT * float(fits[line.number]) + _WORTH * min(book.worth[line.number], 1.0)
        return line.kind, _OLDER * min(line.entry, _OLDEST) - worth, line.number

    return _Verdict(verdict.status, tuple(sorted(verdict.lines, key=order)))


def _surer(one: _Verdict, other: _Verdict) -> _Verdict:
    """Return the verdict that says more; the first where they say the same."""
    if other.status.is_had and not one.status.is_had:
        return other
    return one if one.lines else (other if other.lines else one)


def _verdict(status: Status, book: Book, lines: Iterable[CvLine]) -> _Verdict:
    """Return `status` with the lines that show it, or ABSENT if there are none."""
    found = list(lines)
    return _Verdict(status, book.ranked(found)) if found else _ABSENT


# Skills


def _skill(ask: Ask, book: Book) -> _Verdict:
    return _named(ask.text, book, _NO_LANGUAGES)


def _named(name: str, book: Book, kinds: Collection[LineKind]) -> _Verdict:
    """Return what the lines of these `kinds` say of a skill.

    Surest first: its name, or another name of the same; a member where it names a class; the name
    in it ("OSPF routing"); all of its words. What is of one class with it is near.
    """
    for step in (_by_name, _by_class, _by_core, _by_words, _by_sibling):
        verdict = step(name, book)
        lines = tuple(line for line in verdict.lines if line.kind in kinds)
        if lines:
            return _Verdict(verdict.status, lines)
    return _ABSENT


def _by_name(name: str, book: Book) -> _Verdict:
    literal, other = book.holding(name), book.holding_other(name)
    if literal and all(_marked(line.text, name, pattern("not_had")) for line in (*literal, *other)):
        return _verdict(Status.RELATED, book, literal)
    literal = [line for line in literal if not _marked(line.text, name, pattern("not_had"))]
    return _verdict(Status.STATED if literal else Status.ALIAS, book, [*literal, *other])


def _by_class(name: str, book: Book) -> _Verdict:
    """Find members of the class that `name` names; of a suite one program is near, two are it."""
    held = [lines for member in members(name) if (lines := book.holding(member))]
    is_part = len(held) < _FEWEST_OF_SUITE and name.casefold() in word_set("suites")
    found = [line for lines in held for line in lines]
    return _verdict(Status.RELATED if is_part else Status.ALIAS, book, found)


def _by_core(name: str, book: Book) -> _Verdict:
    inner = core(name)
    if not inner:
        return _ABSENT
    verdict = _by_name(inner, book)
    return verdict if verdict.lines else _by_class(inner, book)


def _by_words(name: str, book: Book) -> _Verdict:
    """Find lines that say all words of a longer name; more than half of them are near.

    A figure in the name, such as 50 calls a day, must be reached.
    """
    words = forms(name)
    if len(words) < 2:
        # "auditing" is said by "audited"; "physics" is not by "physical".
        is_work = bool(words) and name.islower() and name.endswith(_WORK_ENDS)
        is_work = is_work and name not in word_set("fields")
        return _verdict(Status.STATED, book, book.saying(words) if is_work else ())
    found = book.saying(words)
    if wanted := _figure(name):
        reached = [line for line in found if _figure(line.text) >= wanted]
        if found and not reached:
            return _verdict(Status.RELATED, book, found)
        found = reached
    if found:
        return _verdict(Status.STATED, book, found)
    return _verdict(Status.RELATED, book, book.saying(words, 0.5 + 1 / (2 * len(words))))


def _by_sibling(name: str, book: Book) -> _Verdict:
    found = [line for other in siblings(name) for line in book.holding(other)]
    return _verdict(Status.RELATED, book, found)


def _figure(text: str) -> int:
    """Return the largest number in a text, 0 where there is none."""
    return max((int(number.replace(",", "")) for number in _FIGURE.findall(text)), default=0)


# Years


def _years(ask: Ask, book: Book) -> _Verdict:
    """Judge by the months of the positions in which the subject is evidenced, overlaps once."""
    titles = {line.id: line for line in book.of(LineKind.TITLE)}
    found = YEARS.search(ask.text)
    if not found:
        return _verdict(Status.RELATED, book, list(titles.values())[:2])
    need = 12 * _number(found[1])
    subject = _subject(ask.text[: found.start()] + " " + ask.text[found.end() :])
    wanted = frozenset(forms(subject))
    had, shown = Status.STATED, _ABSENT
    chosen = list(book.positions)
    if wanted:
        shown = _named(subject, book, frozenset(LineKind))
        had = shown.status if shown.status.is_had else Status.STATED
        places = {line.entry for line in shown.lines if shown.status.is_had}
        places |= {line.entry for line in titles.values() if wanted <= book.forms(line)}
        if (
            not places and len(wanted) > 1 and " in " in ask.text
        ):  # "general insurance" at a motor insurer's
            head = forms(subject)[-1]
            places = {line.entry for line in titles.values() if head in book.forms(line)}
            had = Status.ALIAS
        for skills in book.of(LineKind.SKILLS):
            if skills in shown.lines and 12 * _years_beside(skills.text, subject) >= need:
                return _Verdict(had, book.ranked([skills, *shown.lines]))
        chosen = [e for e in book.positions if e.id in titles and titles[e.id].entry in places]
    heads = [titles[entry.id] for entry in chosen if entry.id in titles]
    best = [line for line in heads if not wanted or wanted & book.forms(line)]
    best = best or [line for line in shown.lines if line.kind is LineKind.BULLET]
    lines = tuple(dict.fromkeys([*best, *heads]))
    if chosen and _months((entry.period for entry in chosen), book.today) >= need:
        return _Verdict(had, lines)
    return _Verdict(Status.RELATED, lines) if lines else _ABSENT


def _subject(text: str) -> str:
    """Return what the years are asked of: "retail experience" of "2 years' retail experience"."""
    return _BEFORE_SUBJECT.sub("", _MUCH.sub(" ", text).strip(" '")).strip(" .,'")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text.casefold()]


def _years_beside(skills: str, subject: str) -> int:
    """Return the years that a list of skills states behind the subject, 0 for none."""
    named = [subject, *other_names(subject), *members(subject)]
    for part in re.split(r"[,;|]", skills):
        told = _SKILL_YEARS.search(part)
        if told and any(holds(name_words(part), name, listed=True) for name in named):
            return int(told[1])
    return 0


def _months(periods: Iterable[Period], today: date) -> int:
    """Return how many months the periods cover together."""
    covered: set[int] = set()
    for period in periods:
        if period.start:
            lasts = period.present or period.end is None
            end = 12 * today.year + today.month if lasts else _month(period.end, 12)
            covered.update(range(_month(period.start, 1), end + 1))
    return len(covered)


def _month(day: Date | None, usual: int) -> int:
    return 12 * day.year + (day.month or usual) if day else 0


# Degrees, licences, languages


def _degree(ask: Ask, book: Book) -> _Verdict:
    """Judge by level and field; a degree with a name of its own, such as MBA, by that name."""
    lines = book.of(LineKind.DEGREE, LineKind.CERTIFICATE)
    if named := _NAMED_DEGREE.search(ask.text):
        verdict = _named(named[0], book, _PAPERS)
        if verdict.lines or named[0] == "PGCE":
            return verdict
        others = [line for line in lines if held_degree(line.text.split(", ")[0])]
        return _verdict(Status.RELATED, book, others)
    asked = asked_degree(ask.text) or asked_degree(f"degree: {ask.text}")
    if asked is None:
        return _named(ask.text, book, _PAPERS)
    by_id = {line.id: line for line in lines}
    exact: list[CvLine] = []
    higher: list[CvLine] = []
    near: list[CvLine] = []
    for entry in book.degrees:
        held = next((one for title in entry.titles if (one := held_degree(title))), None)
        if held is None:
            continue
        shares = not asked.field or bool(asked.field & held.field)
        is_full = held.level >= asked.level and not _is_ahead(entry.period, book.today)
        if is_full and shares:
            (higher if held.level > asked.level else exact).append(by_id[entry.id])
        elif shares or (is_full and _LOOSE.search(ask.text)):
            near.append(by_id[entry.id])
    if not (exact or higher):
        exact, higher = _degrees_told(asked, book)
    if exact or higher:
        return _verdict(Status.STATED if exact else Status.ALIAS, book, [*exact, *higher])
    return _verdict(Status.RELATED, book, near)


def _degrees_told(asked: Degree, book: Book) -> tuple[list[CvLine], list[CvLine]]:
    """Return the lines outside of education that tell of the degree, and of a higher one."""
    exact: list[CvLine] = []
    higher: list[CvLine] = []
    for line in book.of(LineKind.BULLET, LineKind.SUMMARY, LineKind.SKILLS):
        held = _degree_told(line.text)
        if held and held.level >= asked.level and (not asked.field or asked.field & held.field):
            (higher if held.level > asked.level else exact).append(line)
    return exact, higher


@lru_cache(maxsize=TEXTS_KEPT)
def _degree_told(text: str) -> Degree | None:
    told = _DEGREE_TOLD.search(text)
    return held_degree(told[0]) if told and not _UNFINISHED.search(text) else None


def _is_ahead(period: Period, today: date) -> bool:
    """Return whether what lasts for `period` is not finished yet."""
    return period.present or _month(period.end, 1) > 12 * today.year + today.month


def _licence(ask: Ask, book: Book) -> _Verdict:
    """Judge by lines of certificates, degrees and skills, and bullets that say it was obtained."""
    stated = [
        line
        for line in book.lines
        if line.kind in {LineKind.CERTIFICATE, LineKind.DEGREE, LineKind.SKILLS, LineKind.SUMMARY}
        or (
            line.kind is LineKind.BULLET
            and (_says_obtained(line.text) or _says_held(line.text, ask.text))
        )
    ]
    usable = [line for line in stated if not _has(line.text, _UNFINISHED)]
    # "Car owner with driving licence": the licence is what stands behind.
    front, _, behind = ask.text.rpartition(" with ")
    text = behind if front and _names_paper(behind) else ask.text
    words = [word.text for word in name_words(_REGISTERED_WITH.sub("", text))]
    inner = [word for word in words if word.casefold() not in word_set("licence")]
    # Who is registered with a body holds its registration; "registered nurse" is one name.
    body = [word for word in inner if word.casefold() != "registered"]
    if len(body) > 1 or any(word.isupper() and len(word) > 1 for word in body):
        inner = body
    if not inner:
        return _ABSENT
    names = (ask.text, " ".join(inner), *(w for w in inner if w.isupper() and len(w) > 1))
    wanted = forms(" ".join(inner))

    def naming(wanted_names: Iterable[str]) -> list[CvLine]:
        found = [
            line
            for name in wanted_names
            for line in usable
            if holds(book.words(line), name, listed=True)
        ]
        # A card of one scheme is not that of another trade: who says most of it comes first.
        shares = {line.number: len(book.forms(line) & set(wanted)) for line in found}
        most = max(shares.values(), default=0)
        return [line for line in found if shares[line.number] == most]

    for status, named in (
        (Status.STATED, naming(names)),
        (Status.ALIAS, naming(other for name in names for other in other_names(name))),
    ):
        if named:
            held = [line for line in named if _is_of_rank(ask.text, line.text)]
            return _verdict(status if held else Status.RELATED, book, held or named)
    proper = {line for line in usable if line.kind is not LineKind.SUMMARY}
    said = [line for line in book.saying(wanted) if line in proper]
    if found := [line for line in said if _is_of_rank(ask.text, line.text)]:
        return _verdict(Status.STATED, book, found)
    return _verdict(Status.RELATED, book, said or book.saying(wanted, 0.5))


def _names_paper(text: str) -> bool:
    papers = data_toml("asks.toml")["licences"]["words"]
    return any(word.text.casefold() in papers for word in name_words(text))


def _is_of_rank(asked: str, held: str) -> bool:
    """Return whether a line names the rank that is asked for, or none; no associate is a fellow."""
    ranks = word_set("ranks")
    wanted, found = (
        {word.text.casefold() for word in name_words(text)} & ranks for text in (asked, held)
    )
    return not wanted or not found or bool(wanted & found)


def _says_held(text: str, asked: str) -> bool:
    """Return whether a line says that something is held, in words beside those of the ask."""
    of_ask = {word.text.casefold() for word in name_words(asked)}
    return any(word not in of_ask for word in _words_of_holding(text))


@lru_cache(maxsize=TEXTS_KEPT)
def _words_of_holding(text: str) -> tuple[str, ...]:
    if _OF_OTHERS.search(text):
        return ()
    return tuple([found[0].casefold() for found in _HELD.finditer(text)])


@lru_cache(maxsize=TEXTS_KEPT)
def _says_obtained(text: str) -> bool:
    return bool(_OBTAINED.search(text)) and tables().cues.find(text).has(AskKind.LICENCE)


def _language(ask: Ask, book: Book) -> _Verdict:
    """Judge by a line that states the language, with its level compared."""
    spoken = [w.text for w in name_words(ask.text) if w.text.casefold() in tables().languages]
    names = [other for name in spoken for other in (name, *other_names(name))]
    asked = _level(ask.text)
    best: list[tuple[int, CvLine]] = []
    near: list[CvLine] = []
    for line in book.lines:
        for part, words in _listed(line.text) if line.kind is not LineKind.TITLE else ():
            if not any(holds(words, name, listed=True) for name in names):
                continue
            level = _level(part)
            lists = line.kind in {LineKind.LANGUAGE, LineKind.SKILLS, LineKind.SUMMARY}
            if not (lists or level) or 0 < level < asked or (not level and asked >= _LEAST_FLUENT):
                near.append(line)
            else:
                best.append((level, line))
    if best:
        ordered = sorted(best, key=lambda pair: (-pair[0], pair[1].kind))
        return _Verdict(Status.STATED, tuple(dict.fromkeys(line for _, line in ordered)))
    return _verdict(Status.RELATED, book, near)


@lru_cache(maxsize=TEXTS_KEPT)
def _listed(text: str) -> tuple[tuple[str, tuple[NameWord, ...]], ...]:
    """Return the parts of a line that lists, each with its words."""
    return tuple([(part, name_words(part)) for part in re.split(r"[,;|]", text)])


def _level(text: str) -> int:
    """Return the level of a language that a text states, 1 to 5, 0 for none."""
    low = f" {' '.join(word.text.casefold() for word in name_words(text))} "
    told = [
        number
        for number, words in enumerate(tables().language_levels, start=1)
        if any(f" {word.replace('-', ' ')} " in low for word in words)
    ]
    return max(told, default=0)


# Duties, traits, arrangements


def _duty(ask: Ask, book: Book) -> _Verdict:
    """Judge by how much of what the duty says one line says too."""
    words = frozenset(forms(ask.text))
    words = words - _plain_verbs() or words
    if not words:
        return _Verdict(Status.NOT_CHECKABLE)
    usable = {LineKind.BULLET, LineKind.TITLE, LineKind.SKILLS, LineKind.SUMMARY}
    ranked = book.ranked(line for line in book.saying(words, _NEAR) if line.kind in usable)
    shares = {line: len(words & book.forms(line)) / len(words) for line in ranked}
    ordered = tuple(sorted(ranked, key=lambda line: -shares[line]))
    shown = tuple(line for line in ordered if shares[line] >= _SHOWN)
    if shown and len(words) > 1:
        return _Verdict(Status.STATED, shown)
    return _Verdict(Status.RELATED, ordered[:3]) if ordered else _ABSENT


@cache
def _plain_verbs() -> frozenset[str]:
    return frozenset(form(verb) for verb in word_set("plain_verbs"))


def _literal(ask: Ask, book: Book) -> _Verdict:
    """Judge a trait or an arrangement: by a line that says it in these words, or not at all."""
    words = forms(ask.text)
    found = book.saying(words) if len(words) > 1 else book.holding(ask.text)
    verdict = _verdict(Status.STATED, book, found)
    return verdict if verdict.lines else _Verdict(Status.NOT_CHECKABLE)


_PROOFS: Mapping[AskKind, Callable[[Ask, Book], _Verdict]] = {
    AskKind.SKILL: _skill,
    AskKind.EXPERIENCE_YEARS: _years,
    AskKind.DEGREE: _degree,
    AskKind.LICENCE: _licence,
    AskKind.LANGUAGE: _language,
    AskKind.DUTY: _duty,
    AskKind.TRAIT: _literal,
    AskKind.ARRANGEMENT: _literal,
}
