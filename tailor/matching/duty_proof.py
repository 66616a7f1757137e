"""What a CV says of work to be done, of traits and of arrangements."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from tailor.matching.ask import Ask, Status
from tailor.matching.book import ABSENT, Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.caveat import is_denied, is_only_about
from tailor.matching.figure import reaches
from tailor.matching.judge import weight
from tailor.matching.kind import SIGNS, pattern
from tailor.matching.name import is_misread
from tailor.matching.skill_proof import named
from tailor.matching.words import (
    TEXTS_KEPT,
    form,
    forms,
    name_words,
    says_done,
    word_set,
)
from tailor.values.resources import data_toml

# The share of what a duty says that a line must say to show it, and to be near it. Chosen on the
# half of the invented cases that was looked at.
_SHOWN, _NEAR = 0.66, 0.45
_TELLING_VERB = 1.9  # what a verb of few trades weighs at least: "weld", "catalogue"
_OF_ONESELF = frozenset({LineKind.SUMMARY, LineKind.SKILLS})
_USABLE = frozenset({LineKind.BULLET, LineKind.TITLE, LineKind.SKILLS, LineKind.SUMMARY})
_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|several)"
_PEOPLE = (
    r"(?:people|staff|teams?|crews?|colleagues|employees|reports|brigade|squad|nurses|trainees"
    r"|apprentices|interns|graduates|analysts|agents|clerks|cooks|chefs|guards|carers|midwives"
    r"|\w+(?:ers|ors|ists|ants|ians|men|women|atives|ciates))"
)
_LEADS = (
    r"\b(?:led|lead|leading|manag\w+|supervis\w+|ran|run|head(?:ed|ing)|oversaw|oversee\w*"
    r"|direct(?:ed|ing)|charge of|grew|built up)\b"
)
_LED = re.compile(
    rf"{_LEADS}[^.;]{{0,60}}?\b(?:(?:teams?|brigade|crews?|staff|squad|gang|group|shift)"
    rf" of {_COUNT}|{_COUNT}\s(?:\w{{1,30}}\s){{0,2}}{_PEOPLE})\b"
    rf"|{_LEADS}\s(?:(?:an?|the|our|my|all)\s)?(?:\w{{1,30}}\s){{0,2}}"
    r"(?:teams?|staff|crews?|employees|people)\b",
    re.IGNORECASE,
)
_ASKS_TO_LEAD = re.compile(
    r"^\W*(?:(?:ability |able )?to\s+)?(?:lead|leading|manage|managing|supervise|supervising|run"
    r"|running|head)\b[^.;,]{0,45}"
    r"\b(?:teams?|staff|people|crews?|employees|colleagues|brigade)\b[^.;,]{0,20}$"
    r"|^\W*(?:line|staff|people|team) (?:management|leadership|supervision)\b[^.;,]{0,20}$",
    re.IGNORECASE,
)


# How words end that are no verbs.
_NOUN_ENDS = tuple("tion sion ment ness ity ance ence ship s er or ist al".split())
# What stands behind the object of a duty.
_BEHIND = re.compile(
    r" (?:of|on|for|with|in|to|at|by|from|across|and|or|using|through|as|when|where|that|which"
    r"|during|before|after|until|under|over|between|within|into|onto|against|about|around|per|via) "
    r"|[,;:(]"
)
_TO = re.compile(
    r"\W*(?:(?:the|an?|proven) )?(?:willing(?:ness)?|able|ability|ready|prepared|happy) to ",
    re.IGNORECASE,
)
# "Flexibility to work evenings", "Happy to travel", "use of a car"
_IS_WILLING = re.compile(
    r"\W{0,3}(?:flexib(?:le|ility)|willing(?:ness)?|available|availability|able|ability|happy|prepared|open|ready)"
    r" (?:to|for) (?:work(?:ing)? (?=\w))?|(?:use of|access to) (?:an? |your |their )?(?=\w)",
    re.IGNORECASE,
)
# What says no more than that one takes part in what is named behind.
_TAKES_PART = re.compile(
    r"(?:join|take (?:part|a turn)|participate|be (?:a )?part|share|contribute|help out)\b"
    r"(?: (?:in|on|of|to|with))? (?:(?:the|an?|our|your|their) )?",
    re.IGNORECASE,
)


def prove_duty(ask: Ask, book: Book) -> Verdict:
    """Judge a duty by how much of what it says one line says too."""
    duty = _without_front(ask.text)
    words = frozenset(forms(pattern("aside").sub("", duty)))
    words = words - _plain_verbs() or words
    if not words:
        return Verdict(Status.NOT_CHECKABLE)
    ranked = book.ranked(line for line in book.saying(words, _NEAR) if line.kind in _USABLE)
    verb, head = _verb_of(duty), _head_of(duty)
    shares = {line: _share(words, verb, line, book) for line in ranked}
    ordered = tuple(sorted(ranked, key=lambda line: -shares[line]))
    shown = tuple(
        line
        for line in ordered
        if shares[line] >= _SHOWN
        and (form(verb) not in words or says_done(verb, line.text))
        and (not head or head in book.forms(line))
    )
    reached = tuple(
        line
        for line in shown
        if reaches(ask.text, line.text)
        and not is_misread(ask.text, line.text)
        and not is_denied(ask.text, line.text)
        and not is_only_about(_object_of(duty), line.text)
    )
    if len(words) == 1:  # its verb too, as plain as it may be: "call cues"
        is_told = bool(verb) and form(verb) not in words
        reached = tuple([one for one in reached if is_told and says_done(verb, one.text)])
    if reached:
        return Verdict(Status.STATED, reached)
    if taken := _TAKES_PART.match(ask.text):
        found = named(ask.text[taken.end() :], book, _USABLE)
        if found.status.is_had:
            return Verdict(Status.ALIAS, found.lines)
    # Who investigated a contract has not come near to investigating accidents; who catalogued
    # books has come near to cataloguing anything.
    is_telling = bool(verb) and weight(form(verb)) >= _TELLING_VERB
    things = words - {form(verb)} if verb and not is_telling else words
    near = tuple([line for line in ordered if things & book.forms(line)][:3])
    return Verdict(Status.RELATED, near) if near else ABSENT


def _without_front(text: str) -> str:
    """Return a duty without "the ability to" before it."""
    front = _TO.match(text)
    return text[front.end() :] if front else text


@lru_cache(maxsize=TEXTS_KEPT)
def _verb_of(duty: str) -> str:
    """Return the first word of a duty where it is a verb in its plain form, else ""."""
    first, *rest = [word.strip(SIGNS) for word in duty.split()] or [""]
    is_plain = first.isalpha() and not first.endswith(("ing", "ed"))
    is_noun = first.casefold().endswith(_NOUN_ENDS) and first.casefold() not in _verbs()
    return first if is_plain and rest and not is_noun else ""


@cache
def _verbs() -> frozenset[str]:
    """Return verbs of work in their plain form, such as "monitor" and "deliver"."""
    return frozenset(data_toml("posting_cues.toml")["work"]["verbs"].split())


@lru_cache(maxsize=TEXTS_KEPT)
def _head_of(duty: str) -> str:
    """Return the form of what a duty is done to: of "plan seasonal ranges of toys" the ranges.

    "" where words behind it say more, or nothing stands before them.
    """
    found = forms(_object_of(duty))
    return found[-1] if len(found) > 1 else ""


def _object_of(duty: str) -> str:
    """Return what a duty is done to: "flu vaccinations" of "give flu vaccinations at schools"."""
    return " ".join(_BEHIND.split(duty, maxsplit=1)[0].split()[1:])


def _share(words: frozenset[str], verb: str, line: CvLine, book: Book) -> float:
    """Return how much of a duty a line says; its verb only where the line says that it was done.

    "Bought 30 chairs" does not say that somebody chairs a meeting.
    """
    said = words & book.forms(line)
    if verb and form(verb) in said and not says_done(verb, line.text):
        said = said - {form(verb)}
    return len(said) / len(words)


def prove_leading(ask: Ask, book: Book) -> Verdict:
    """Judge whether one has led people, where that is all that is asked for."""
    if not _ASKS_TO_LEAD.search(ask.text):
        return ABSENT
    found = [line for line in book.lines if _led(line) and reaches(ask.text, line.text)]
    return verdict(Status.ALIAS, book, found)


def _led(line: CvLine) -> bool:
    return line.kind in {LineKind.BULLET, LineKind.SUMMARY} and _says_led(line.text)


@lru_cache(maxsize=TEXTS_KEPT)
def _says_led(text: str) -> bool:
    return bool(_LED.search(text))


@cache
def _plain_verbs() -> frozenset[str]:
    return frozenset(form(verb) for verb in word_set("plain_verbs"))


def prove_literally(ask: Ask, book: Book) -> Verdict:
    """Judge a trait or an arrangement: by a line that says it in these words, or not at all."""
    text = _IS_WILLING.sub("", ask.text) or ask.text
    words = forms(text)
    if len(words) > 1:
        found = [line for line in book.saying(words) if not _is_title(words, line.text)]
    else:  # "a curious old map" is nobody's curiosity
        found = [
            line
            for line in book.holding(text)
            if line.kind in _OF_ONESELF or _IS_WILLING.match(line.text)
        ]
    shown = verdict(Status.STATED, book, found)
    return shown if shown.lines else Verdict(Status.NOT_CHECKABLE)


def _is_title(words: Collection[str], text: str) -> bool:
    """Return whether a text has some words as the name of something: the "Curious Minds talks"."""
    said = [word for word in name_words(text) if form(word.text) in words]
    return all(word.text[:1].isupper() and not word.first for word in said)
