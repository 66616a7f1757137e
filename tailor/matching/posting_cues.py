"""What the phrases of data/posting_cues.toml say of a heading or a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tailor.nlp.phrases import PhraseSet, words_of
from tailor.values.resources import data_toml

_TEAM_NAMED_BY = 5  # words
_MOST_WORDS_OF_ARRANGEMENT = 25


@dataclass(frozen=True, slots=True)
class Cues:
    """The phrases by what they tell, as the table explains them."""

    sure_headings: dict[str, PhraseSet]
    headings: dict[str, PhraseSet]
    never_lost: PhraseSet
    heading_ends: PhraseSet
    drop: PhraseSet
    drop_unlisted: PhraseSet
    gives: PhraseSet
    where: PhraseSet
    labels: PhraseSet
    pay: PhraseSet
    drop_prose: PhraseSet
    asks: PhraseSet
    asks_person: PhraseSet
    talk_begins: PhraseSet
    wants: PhraseSet
    of_the_job: PhraseSet
    wishes: PhraseSet
    nice: PhraseSet
    nice_unless: PhraseSet
    work: frozenset[str]


@cache
def cues() -> Cues:
    """Return the table, read once."""
    table = data_toml("posting_cues.toml")
    return Cues(
        {kind: PhraseSet(phrases) for kind, phrases in table["sure_headings"].items()},
        {kind: PhraseSet(phrases) for kind, phrases in table["headings"].items()},
        never_lost=PhraseSet(table["never_lost"]["words"]),
        heading_ends=PhraseSet(table["heading_ends"]["words"]),
        drop=PhraseSet(table["drop"]["phrases"]),
        drop_unlisted=PhraseSet(table["drop_unlisted"]["phrases"]),
        gives=PhraseSet(table["gives"]["phrases"]),
        where=PhraseSet(table["where"]["phrases"]),
        labels=PhraseSet(table["labels"]["names"]),
        pay=PhraseSet(table["pay"]["phrases"]),
        drop_prose=PhraseSet(table["drop_prose"]["phrases"]),
        asks=PhraseSet(table["asks"]["phrases"]),
        asks_person=PhraseSet(table["asks_person"]["phrases"]),
        talk_begins=PhraseSet(table["talk"]["begins"]),
        wants=PhraseSet(table["talk"]["wants"]),
        of_the_job=PhraseSet(table["of_the_job"]["phrases"]),
        wishes=PhraseSet(table["wishes"]["phrases"]),
        nice=PhraseSet(table["nice"]["phrases"]),
        nice_unless=PhraseSet(table["nice"]["unless"]),
        work=frozenset(form for verb in table["work"]["verbs"].split() for form in _forms(verb)),
    )


def _forms(verb: str) -> tuple[str, str, str]:
    """The forms with which lines begin: "manage", "manages", "managing"."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    ending = "es" if verb.endswith(("s", "x", "ch", "sh")) else "s"
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + ending
    return verb, third, f"{stem}ing"


def heading_kind(heading: str) -> str:
    """Return what a heading announces: a kind of data/posting_cues.toml, "" if unknown."""
    words = words_of(heading)
    for table in (cues().sure_headings, cues().headings):
        found = next((kind for kind, phrases in table.items() if phrases.find(words)), "")
        if found:
            return found
    return "company" if speaks_of_itself(words) else ""


def speaks_of_itself(words: list[str]) -> bool:
    """Tell what begins with "We", "Our", "The … team" and wants nothing ("We are friends")."""
    is_team = words[:1] == ["the"] and "team" in words[1:_TEAM_NAMED_BY]
    is_own = is_team or bool(cues().talk_begins.find(words[:1]))
    return is_own and not cues().wants.find(words)


def is_arrangement(words: list[str]) -> bool:
    """Tell what says from where one works; a longer line says something of the work as well."""
    return len(words) <= _MOST_WORDS_OF_ARRANGEMENT and bool(cues().where.find(words))


def begins_with_work(words: list[str]) -> bool:
    """Tell what begins with a word for work, perhaps after an adverb: "Proactively drive …"."""
    first = words[1:2] if words and words[0].endswith("ly") else words[:1]
    return bool(first) and first[0] in cues().work
