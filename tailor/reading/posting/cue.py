"""What the phrases of data/posting_cues.toml say of a heading or a line of a posting."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tailor.nlp.cue import CueFinder, Cues
from tailor.values.resources import data_toml

_GROUPS = ("sure_headings", "headings")
# A table's phrases stand under one of these names; their label is the table's own name.
_LISTS = ("phrases", "words", "names")
_IN_BRACKETS = re.compile(r"(?<=\w )\([^()]*\)")
_TEAM_NAMED_BY = 5  # words
TEXTS_KEPT = 2_000  # those of a few postings


@lru_cache(maxsize=TEXTS_KEPT)
def find_cues(text: str) -> Cues:
    """Return the cues of a heading, a line or a sentence.

    Their labels are the names of the tables: "drop", "asks", "headings.duties", "nice.unless".
    """
    return _finder().find(text)


@cache
def _finder() -> CueFinder:
    tables = data_toml("posting_cues.toml")
    phrases = {name: part[key] for name, part in tables.items() for key in _LISTS if key in part}
    for name in (*_GROUPS, "talk", "seeks"):
        phrases |= {f"{name}.{key}": listed for key, listed in tables[name].items()}
    phrases["nice.unless"] = tables["nice"]["unless"]
    return CueFinder(phrases)


def heading_kind(heading: str) -> str:
    """Return what a heading announces: a kind of data/posting_cues.toml, "" if unknown."""
    cues = find_cues(heading)
    if cues.labels:
        for label, kind in _kinds_of_headings():
            if label in cues.labels:
                return kind
    return "company" if speaks_of_itself(cues) else ""


@cache
def _kinds_of_headings() -> tuple[tuple[str, str], ...]:
    tables = data_toml("posting_cues.toml")
    return tuple((f"{group}.{kind}", kind) for group in _GROUPS for kind in tables[group])


def is_usual_heading(cues: Cues) -> bool:
    """Return whether a line as a whole is what postings use to set as a heading."""
    return any(label.startswith("headings.") for label in cues.whole)


def speaks_of_itself(cues: Cues) -> bool:
    """Return whether a company speaks of itself: "We", "Our", "The … team", and wants nothing."""
    is_team = cues.words[:1] == ("the",) and "team" in cues.words[1:_TEAM_NAMED_BY]
    return (is_team or cues.has("talk.begins")) and not cues.has("talk.wants")


def is_plus(text: str) -> bool:
    """Return whether the words of a line call what it asks for a plus, and no must.

    What brackets say ("Zephyr ideally") is of one thing in it only.
    """
    cues = find_cues(_IN_BRACKETS.sub("", text) or text)
    return cues.has("nice") and not cues.has("nice.unless")


def asks_for_someone(text: str) -> bool:
    """Return whether a line has words by which postings ask: "you will", "experience"."""
    return find_cues(text).has("asks")


def begins_with_work(cues: Cues) -> bool:
    """Return whether a line begins with a verb of work, perhaps after an adverb.

    "Manage …", "Managing …", "Proactively manages …".
    """
    place = 1 if cues.words and cues.words[0].endswith("ly") else 0
    return not forms_of_work().isdisjoint(cues.words[place : place + 1])


@cache
def forms_of_work() -> frozenset[str]:
    """Return the forms of the verbs of work with which lines begin."""
    verbs = data_toml("posting_cues.toml")["work"]["verbs"].split()
    return frozenset(form for verb in verbs for form in _forms(verb))


def _forms(verb: str) -> tuple[str, str, str]:
    """Return the forms with which lines begin: "manage", "manages", "managing"."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    ending = "es" if verb.endswith(("s", "x", "ch", "sh")) else "s"
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + ending
    return verb, third, f"{stem}ing"
