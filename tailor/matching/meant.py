"""Whether a word of a text is meant as a name, and not as an everyday word or as another name.

"Go" in a list is the language; the "Java and Lombok pages" tell of islands, "La Scala" is no Scala,
and who "worked as a docker" on a quay ran no containers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tailor.matching.words import SHORT, NameWord, form, word_set
from tailor.nlp.word_form import is_stop_word
from tailor.values.resources import data_text, data_toml

_BEFORE_PEOPLE = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir"})


def is_plainly_written(words: Sequence[NameWord]) -> bool:
    """Return whether everyday words are no program's name: "kept the core data correct"."""
    if words[-1].text[:1].isupper():
        return False
    return is_of_everyday_words(" ".join([word.text for word in words]))


def is_meant(words: Sequence[NameWord], place: int, name: str, *, listed: bool) -> bool:
    """Return whether a single word is written as the name, and means nothing else where it stands.

    In a `listed` line, such as one of skills, the first word may be a name too.
    """
    word = words[place]
    before = words[place - 1].text if place else ""
    behind = words[place + 1].text if place + 1 < len(words) else ""
    near = words[max(0, place - 1) : place + 2] if listed else words
    if _is_another(word, name, before, behind) or has_other_sense(near, name):
        return False
    if name.casefold() not in _words_that_are_names("words") and not _has_capital(name):
        return True
    if _is_acronym(word.text, name):
        return False
    if word.text[:1].islower() or word.tied:
        if listed and not word.tied and name.casefold() in capital_words():
            return True
        return not word.tied and behind.casefold() in word_set("behind_a_tool")
    return listed or not word.first or len(words) == 1


def _is_another(word: NameWord, name: str, before: str, behind: str) -> bool:
    """Return whether a word between two others is another one, or part of a longer name.

    "Grade C", "nine pythons", Ms Chef, La Scala, "worked as a docker".
    """
    text = word.text
    if len(name) == 1 and (
        word.tied or text != name or before.casefold() in word_set("before_a_letter")
    ):
        return True
    if text.islower() and text[-1] == "s" and text[:-1] in _words_that_are_names("never_several"):
        return True
    if before in _BEFORE_PEOPLE:
        return True
    if text[:1].isupper() and (
        before in word_set("before_in_names")
        or (is_everyday(name) and behind in word_set("behind_in_names"))  # "Jenkins Farm"
    ):
        return True
    is_thing = before.casefold() in {"a", "an"} and text.islower() and _ends_here(behind)
    return is_thing and (is_everyday(name) or not name.islower())


def has_other_sense(words: Sequence[NameWord], name: str) -> bool:
    """Return whether a name means something else beside some of these words."""
    low, known = name.casefold(), _other_senses()
    senses = known.get(low) or known.get(low.removesuffix("s"))
    return senses is not None and not senses.isdisjoint(
        one
        for word in words
        if word.text.casefold() != low
        for one in (word.text.casefold(), form(word.text))
    )


@cache
def _other_senses() -> dict[str, frozenset[str]]:
    """Return of names the words and forms beside which they mean something else."""
    rows = data_text("other_senses.txt").splitlines()
    pairs = (row.split(":", 1) for row in rows if row and row[0] != "#")
    return {name: frozenset([*words.split(), *map(form, words.split())]) for name, words in pairs}


def _ends_here(behind: str) -> bool:
    """Return whether nothing that a name could be of stands behind it."""
    return not behind or is_stop_word(behind)


def _is_acronym(word: str, name: str) -> bool:
    """Return whether a word in capitals is another one: "SWIFT codes" for Swift."""
    return word.isupper() and len(word) > SHORT and not name.isupper() and not name.islower()


@cache
def _words_that_are_names(which: str) -> frozenset[str]:
    """Return one of the lists of names that are everyday words as well."""
    return frozenset(data_toml("asks.toml")["names_that_are_words"][which])


def is_of_everyday_words(name: str) -> bool:
    """Return whether a name is one of several words that are everyday ones as well."""
    return name.casefold() in _words_that_are_names("of_several")


def capital_words() -> frozenset[str]:
    """Return everyday words that are names where they have a capital, and hardly ever else."""
    return _words_that_are_names("written_with_capital")


def is_everyday(name: str) -> bool:
    """Return whether a name of one word is an everyday word as well."""
    return name.casefold() in _words_that_are_names("words") or name.casefold() in capital_words()


def _has_capital(name: str) -> bool:
    """Return whether a word is written as a name that is an everyday word without a capital."""
    return not name[:1].islower() and name.casefold() in capital_words()
