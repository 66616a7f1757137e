"""What a line says that keeps it from showing a name, though the name stands in it.

That it was never used, is basic or not finished, belongs to somebody else, or names another thing:
who "paid a search firm" knows no paid search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from tailor.matching.ask import Ask
from tailor.matching.book import Book, CvLine, LineKind, Verdict
from tailor.matching.kind import pattern
from tailor.matching.meant import is_everyday
from tailor.matching.name import core
from tailor.matching.short_name import is_short
from tailor.matching.sign import listed_as
from tailor.matching.words import TEXTS_KEPT, form, forms, name_words, word_set
from tailor.nlp.word_form import is_stop_word
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.names import has_word

PAPERS = frozenset({LineKind.DEGREE, LineKind.CERTIFICATE})
UNFINISHED = re.compile(
    r"\b(?:working towards?|in progress|studying (?:for|towards?)|candidate|expected|pursuing"
    r"|preparing for|eligible|due in|pending|lapsed|expired|student|trainee"
    r"|(?:part|non|un)-?qualified|level (?:i{1,2}|1|2) passed|finalist"
    r"|(?:papers?|exams?|modules?)(?: \w+){0,3} (?:passed|left|remaining|completed?|booked)"
    r"|frozen atpl|(?:affiliate|graduate) member|provisional (?:driving )?licen[cs]e"
    r"|learner'?s? (?:licen[cs]e|permit)|theory test"
    r"|booked for|(?:started|commenced|enrolled|begun)(?: in)? (?:\w+ )?20\d\d)\b",
    re.IGNORECASE,
)
# "Valid until 09/2026", "(exp. March 2025)"
_VALID_TO = re.compile(
    r"\b(?:valid (?:until|to|till|through)|expir(?:es|ed|y|ing)(?: (?:on|in|date))?|exp\b\.?)"
    r":? {0,2}",
    re.IGNORECASE,
)
_SAYS_ROLE = frozenset({LineKind.TITLE, LineKind.SUMMARY, LineKind.DEGREE, LineKind.CERTIFICATE})
_REACH = 35  # characters before a name in which a word still speaks of it
_PARTS = re.compile(r"[·•;|]")
_IN_BRACKETS = re.compile(r"\s{0,9}\([^)]{0,200}\)")
# "Passed AutoCAD files on (I have never used it)".
DENIES_IT = re.compile(
    r"\b(?:never|not|n't) (?:\w+ )?(?:used?|touch(?:ed)?|work(?:ed)? with|learnt|learned|tried"
    r"|code|write|written|know|program|speak) (?:it|them|either)\b",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"\W{0,3}(?:sat in on|watched|listened to|shadowed|read about"
    r"|attended (?:an?|the|two|three|several) (?:[\w-]{1,20} ){0,4}"
    r"(?:webinar|seminar|talk|conference|demo|workshop|meetup|fair|user day)s?)\b"
    r"(?!.{0,200}\band \w{2,20}(?:ed|t)\b)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:do|did|does|can|could|have|had)(?: not|n['’]t|not) (?:\w+ly )?(\w{3,20})", re.IGNORECASE
)
_THEIRS = frozenset({"his", "her", "their", "whose"})
_OWNER = re.compile(r"(\w{3,30})(?:['’]s|s['’]) \w")
_ARTICLES = frozenset({"a", "an", "the", "our", "my", "his", "her", "their", "its"})
_JOINS = frozenset({"and", "or"})
_JOINED_AT_MOST = 3  # words between two that are joined by one of these
_OFTEN = 4  # lines
_OF = frozenset({"of", "for", "to", "in", "with", "on"})
_LEADS_AWAY = frozenset(
    "in on at by to for from with past as while because when after below above under over near"
    " beside behind across around between".split()
)


def is_unfinished(line: CvLine, name: str = "") -> bool:
    """Return whether a line names a paper that one works towards, or has no more."""
    return line.kind in PAPERS and not UNFINISHED.search(name) and is_open(line.text, name)


def is_over(text: str, today: date) -> bool:
    """Return whether a text says that a paper was valid until a day before `today`."""
    for told in _VALID_TO.finditer(text):
        for span in find_dates(text[told.end() :])[:1]:
            end = span.period.end
            if end and not span.start:
                return 12 * end.year + (end.month or 12) < 12 * today.year + today.month
    return False


@lru_cache(maxsize=TEXTS_KEPT)
def is_open(text: str, name: str) -> bool:
    """Return whether a text says that a paper is not held yet, or no more.

    Of a list, the part in which `name` stands: "PA1 · BASIS in progress" says so of BASIS.
    """
    parts = _PARTS.split(text)
    own = [part for part in parts if name and name.casefold() in part.casefold()] or [text]
    return all(UNFINISHED.search(part) for part in own)


@lru_cache(maxsize=TEXTS_KEPT)
def grade_of(name: str) -> str:
    """Return what grades a name that is listed with it, and is another thing without, else ""."""
    inner = core(name)
    is_graded = inner and listed_as(name) and name.casefold().endswith(f" {inner.casefold()}")
    return name.split(maxsplit=1)[0].casefold() if is_graded else ""


def says_grade(name: str, line: CvLine) -> bool:
    """Return whether a line says the grade of a name that is listed with one, as "advanced"."""
    return grade_of(name) in line.text.casefold()


def is_of_others(name: str, line: CvLine) -> bool:
    """Return whether a line tells of others who are what a name of several words is.

    Who trained five commis chefs was not a head chef by that; who administered Windows servers was
    a Windows server administrator.
    """
    role = name.rsplit(maxsplit=1)[-1]
    if " " not in name or line.kind in _SAYS_ROLE or not has_word(role, "job"):
        return False
    said = {word.text.casefold() for word in name_words(line.text)}
    return not said.isdisjoint({role.casefold(), f"{role.casefold()}s"})


def is_of_another(name: str, line: CvLine) -> bool:
    """Return whether a line names a role as somebody else's: "stood in for the head chef".

    Not so where it says of oneself: "as head chef", "promoted to head chef".
    """
    if is_short(name) and line.kind is LineKind.BULLET:
        said = [word.text for word in name_words(line.text)]
        # "Briefed by the COSS", "coached her through her MLIS"
        return any(
            said[place] == name
            and (
                said[place - 1] in _THEIRS
                or (said[place - 1] in _ARTICLES and said[place - 2] == "by")
            )
            for place in range(2, len(said))
        )
    wanted = [word.text.casefold() for word in name_words(name)]
    is_role = bool(wanted) and has_word(wanted[-1], "job") and not is_everyday(name)
    if not is_role or line.kind is not LineKind.BULLET:
        return False
    said = [word.text.casefold() for word in name_words(line.text)]
    for place in range(1, len(said) - len(wanted) + 1):
        before = said[max(0, place - 2) : place]
        if said[place : place + len(wanted)] == wanted:
            is_own = not word_set("before_own_role").isdisjoint(before)
            return before[-1] in word_set("before_others_role") and not is_own
    return False


@lru_cache(maxsize=TEXTS_KEPT)
def is_only_about(name: str, text: str) -> bool:
    """Return whether a text has things about what a name says: "put up vaccination posters".

    Or of whom it names: "inherited a developer's code".
    """
    wanted = forms(name)
    owners = [form(word) for word in _OWNER.findall(text)]
    if wanted and wanted[-1] in owners and forms(text).count(wanted[-1]) <= len(owners):
        return True
    words = name_words(text)
    behind = [
        words[place + 1].text.casefold() if place + 1 < len(words) else ""
        for place, word in enumerate(words)
        if wanted and form(word.text) == wanted[-1]
    ]
    return bool(behind) and word_set("about_things").issuperset(behind)


def only_heard_of(line: CvLine) -> bool:
    """Return whether a line tells that one was there, and did nothing: "sat in on a webinar"."""
    return line.kind is LineKind.BULLET and bool(_HEARD.match(line.text))


def says_as_one(name: str, line: CvLine, book: Book) -> bool:
    """Return whether a line says the last two words of a name as one thing.

    Who "managed temps in the accounts office" knows no management accounts. One thing is said by
    both words side by side ("VAT and payroll returns"), the other way round with "of" ("returns of
    VAT"), or as work done to it ("installed 35 bathrooms" is bathroom installation). Of what a CV
    speaks often it hardly ever means another thing.
    """
    *_, first, last = ("", "", *[word.text for word in name_words(name)])
    if is_stop_word(first) or first.casefold().endswith("ing") or form(first) == form(last):
        return True
    if line.kind not in {LineKind.BULLET, LineKind.SUMMARY}:
        return True
    if len({*book.saying([form(first)]), *book.saying([form(last)])}) >= _OFTEN:
        return True
    said = [word.text for word in name_words(line.text)]
    kept = [form(word) for word in said]
    fronts = [place for place, one in enumerate(kept) if one == form(first)]
    heads = [place for place, one in enumerate(kept) if one == form(last)]
    if not (fronts and heads):
        return True
    return any(
        _is_one(said[front + 1 : head], said[front], first, is_work=name[:1].isupper())
        if front < head
        else _is_done_to(said[head:front], last)
        for front in fronts
        for head in heads
    )


def _is_one(between: Sequence[str], said: str, first: str, *, is_work: bool) -> bool:
    """Return whether a word said before another one goes with it, given those between them.

    "Designed patterns" are no design patterns, but may be what "Design patterns" asks to do.
    """
    if _is_past(said) and not _is_past(first):
        return is_work
    if len(between) < 2:
        return not any(map(is_stop_word, between)) or between[0].casefold() in _JOINS
    is_joined = not _JOINS.isdisjoint({between[0].casefold(), between[-1].casefold()})
    return is_joined and len(between) <= _JOINED_AT_MOST


def _is_done_to(words: Sequence[str], last: str) -> bool:
    """Return whether `words`, from one that says `last` on, say that it is or was done to a thing.

    No word but "of" leads away from the work to something else.
    """
    head, *rest = words
    away = [word for word in rest[:-1] if word.casefold() in _LEADS_AWAY]  # not "on location"
    if rest and rest[0].casefold() in _OF and not _is_past(head):
        return len(rest) <= _JOINED_AT_MOST + 1
    return not rest or (head.casefold() != last.casefold() and not away)  # "milking robots"


def _is_past(word: str) -> bool:
    return word.casefold().endswith("ed") or word.casefold() in word_set("past_forms")


def says_roles(name: str, line: CvLine) -> bool:
    """Return whether a line says the people that a name is about.

    Who "developed a media strategy" tells of no "developer relations". The last word says who one
    is: who led a team was a team leader.
    """
    roles = [word for word in name.casefold().split()[:-1] if has_word(word, "job")]
    if not roles:
        return True
    said = {word.text.casefold() for word in name_words(line.text)}
    return all(not said.isdisjoint({role, f"{role}s", role.removesuffix("s")}) for role in roles)


def at_level(ask: Ask, found: Verdict, text: str) -> Verdict:
    """Return RELATED where a high level is asked and all that the CV says is a lower one."""
    if not found.status.is_had or not pattern("high").search(text):
        return found
    place = text.find(ask.text)
    name = ask.text
    asked_high = place > 0 and pattern("high").search(text[max(0, place - 40) : place])
    if not asked_high and (inner := core(name)) and name.endswith(inner):
        asked_high = pattern("high").search(name[: -len(inner)])  # "advanced Excel"
        name = inner
    if asked_high and all(marked(line.text, name, pattern("low")) for line in found.lines):
        return found.as_near()
    return found


def marked(text: str, name: str, marks: re.Pattern[str]) -> bool:
    """Return whether one of `marks` stands right before `name` in a text, or in brackets behind it.

    Each time that the name stands there, or once in brackets: "read SAP printouts (I have no
    hands-on SAP)"; False where it does not.
    """
    if not _has(text, marks):
        return False
    low, places, place = text.lower(), [], -1
    while name and (place := low.find(name.lower(), place + 1)) >= 0:
        places.append(place)
    told = [
        bool(
            marks.search(re.split(r"[,;.:]\s", text[max(0, place - _REACH) : place])[-1])
            or marks.search((_IN_BRACKETS.match(text, place + len(name)) or [""])[0])
        )
        for place in places
    ]
    aside = [
        is_told for place, is_told in zip(places, told, strict=True) if _in_brackets(text, place)
    ]
    return bool(places) and (all(told) or any(aside))


def _in_brackets(text: str, place: int) -> bool:
    """Return whether a place of a text stands in brackets."""
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


@lru_cache(maxsize=TEXTS_KEPT)
def is_denied(asked: str, text: str) -> bool:
    """Return whether a text says that one does not have what is asked for by a name.

    "I have not used AutoCAD" denies "drawing in AutoCAD", "I do not climb" tree climbing.
    """
    names = [word.text for word in name_words(asked)[1:] if word.text[:1].isupper()]
    if any(marked(text, name, pattern("not_had")) for name in names):
        return True
    return any(form(verb) in forms(asked) for verb in _NOT_DONE.findall(text))


@lru_cache(maxsize=4 * TEXTS_KEPT)
def _has(text: str, marks: re.Pattern[str]) -> bool:
    """Return whether a pattern is found in a line of a CV: each comes back with each posting."""
    return bool(marks.search(text))
