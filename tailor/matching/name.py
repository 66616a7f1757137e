"""When a name stands in a text: exactly this name, another name of the same thing, or a near one.

"k8s" is Kubernetes, and neither is Docker. "Go" is a language, "go-live" and "Going" are not. A
generous rule here would show a person skills that they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tailor.matching.meant import (
    capital_words,
    is_everyday,
    is_meant,
    is_of_everyday_words,
    is_plainly_written,
)
from tailor.matching.sense import chance, is_learnt
from tailor.matching.words import (
    JOINED,
    SHORT,
    TEXTS_KEPT,
    WORDS_KEPT,
    NameWord,
    name_words,
    plain_word,
    singular,
    word_set,
)
from tailor.nlp.word_form import plain_form
from tailor.reading.cv.names import has_word
from tailor.values.resources import data_table, data_text, data_toml

# How likely a name must be meant to be taken for it, and where a list of the CV has it.
MEANT_LEAST, LISTED_LIKELY, LISTED_LEAST = 0.2, 0.15, 0.05
_WITH = frozenset({"in", "with", "using"})
SHORT_NAMES = "short_names.txt"
_ACRONYM = 5  # letters at most of one that is an everyday word in small letters
_VERSION = 4  # characters of a version
_ARTICLES = re.compile(
    r"^(?:(?:an?|the|one|other|another|similar|modern|common|any)\s+){1,2}", re.IGNORECASE
)


def holds(words: Sequence[NameWord], name: str, *, listed: bool) -> bool:
    """Return whether `name` stands in `words`, whatever its case, plural or version.

    In a `listed` line, such as one of skills, the first word may be a name too.
    """
    wanted = name_words(name)
    return bool(wanted) and any(
        holds_at(words, place, wanted, listed=listed)
        for place in range(len(words) - len(wanted) + 1)
    )


def holds_at(
    words: Sequence[NameWord], place: int, wanted: Sequence[NameWord], *, listed: bool
) -> bool:
    """Return whether the name of the words `wanted` stands in `words` from `place` on."""
    return likely_at(words, place, wanted, listed=listed) >= MEANT_LEAST


def likely_at(
    words: Sequence[NameWord], place: int, wanted: Sequence[NameWord], *, listed: bool
) -> float:
    """Return how likely the name of the words `wanted` is meant in `words` from `place` on.

    0 where it does not stand there; between 0 and 1 only for a name that other things have too.
    """
    if place + len(wanted) > len(words):
        return 0.0
    several = len(wanted) > 1
    if several and not listed and is_plainly_written(words[place : place + len(wanted)]):
        return 0.0
    for number, other in enumerate(wanted, start=place):  # no generator: most end at once
        if not _is_same(words[number].text, other.text) and not (
            several and _is_inflected(words[number].text, other.text)
        ):
            return 0.0
    if several:
        return 1.0
    name = wanted[0].text
    if not listed and _is_person(words, place, name):
        return 0.0
    if not is_meant(words, place, name, listed=listed):
        return 0.0
    if listed or not is_learnt(name):
        return 1.0
    said = words[place].text
    if said.islower() and said.startswith(name.casefold()) and said != name.casefold():
        return 0.0  # the red carpets of premieres show no Premiere
    return _likely(tuple(words), place, name)


@lru_cache(maxsize=TEXTS_KEPT)
def _likely(words: tuple[NameWord, ...], place: int, name: str) -> float:
    """Return how likely a name that other things have too is meant in a sentence."""
    return chance(words, place, name, things_in(words, listed=True))


def _is_person(words: Sequence[NameWord], place: int, name: str) -> bool:
    """Return whether a first name that a program bears too is a person's: Julia Brandt.

    Or "Julia and Tom". What is known as a name of something else is none: "Julia, Python".
    """
    if name.casefold() not in word_set("first_names") or place + 1 == len(words):
        return False
    is_one_of_two = words[place + 1].text == "and" and place + 2 < len(words)
    behind = words[place + 1 + is_one_of_two].text
    is_known = thing(behind) >= 0 or behind.casefold() in _classes_of()
    return words[place].text.istitle() and behind.istitle() and not is_known


@lru_cache(maxsize=WORDS_KEPT)
def keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a word is found; the last is the one to look it up by."""
    low = word.casefold()
    found = {low}
    if word[-1:].isdigit() and word[:1].isupper():
        found.add(low.rstrip("0123456789."))
    own = low if len(word) <= SHORT or not word.isalpha() else plain_form(low)
    return (*sorted(found - {own}), own)


@lru_cache(maxsize=WORDS_KEPT)
def _is_same(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    if one[-1:].isdigit() and other.isupper() and len(other) > 1:  # "NEC4" is NEC
        return one.rstrip("0123456789.") == other
    if min(len(one), len(other)) <= SHORT or not (one.isalpha() and other.isalpha()):
        # Plurals of acronyms: "LLMs" and "LLM".
        return (one.isupper() and other == f"{one}s") or (other.isupper() and one == f"{other}s")
    if one.endswith("ed") and other.endswith("s"):
        return False  # who schooled apprentices worked in no schools
    return plain_form(one) == plain_form(other)


@lru_cache(maxsize=WORDS_KEPT)
def _is_inflected(one: str, other: str) -> bool:
    """Return whether two words of a longer name are of one verb: "split-tested" and "testing"."""
    is_long = min(len(one), len(other)) > SHORT
    return is_long and one.isalpha() and plain_word(one) == plain_word(other)


def is_misread(name: str, text: str) -> bool:
    """Return whether a text has a name as an everyday word: "an epic effort" for "in Epic"."""
    if is_of_everyday_words(name):
        return not holds(name_words(text), name, listed=False)
    first, *others = [word.text for word in name_words(name)] or [""]
    names = [word for word in others if word[:1].isupper() and not name.istitle()]
    names += [first] if others and first[:1].isupper() and is_everyday(first) else []
    if not names:
        return False
    words = name_words(text)
    written = {word.text for word in words}
    if any(one not in written and one.casefold() in written for one in names):
        return True
    # "Past Jenkins Farm" says no "Jenkins pipelines".
    return any(
        one in written and not holds(words, one, listed=False)
        for one in names
        if one.casefold() in capital_words()
    )


def is_opposite(name: str, text: str) -> bool:
    """Return whether a text says the opposite of a word of a name, and not the word itself."""
    said = text.casefold()
    return any(_has(said, other) and not _has(said, word) for word, other in _opposites_of(name))


@lru_cache(maxsize=TEXTS_KEPT)
def _opposites_of(name: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a name that have an opposite, which it does not say, and that."""
    low = name.casefold()
    pairs = [tuple(pair.split()) for pair in word_set("opposites")]
    return tuple(
        (word, other)
        for one, two in pairs
        for word, other in ((one, two), (two, one))
        if _has(low, word) and not _has(low, other)
    )


def _has(text: str, word: str) -> bool:
    return word in text or ("-" in word and word.replace("-", " ") in text)


@cache
def _named() -> tuple[dict[str, int], list[frozenset[str]]]:
    """Return of which thing each name is, in lower case, and all names of each thing."""
    of: dict[str, int] = {}
    things: list[set[str]] = []
    groups: dict[str, list[str]] = {}
    for row in data_table("skill_aliases.tsv"):
        groups.setdefault(row["term"], [row["term"]]).append(row["alias"])
    written = [
        [name.strip() for name in line.split(";")]
        for table in ("other_names.txt", SHORT_NAMES)
        for line in data_text(table).splitlines()
        if line and not line.startswith("#")
    ]
    for group in (*groups.values(), *written):
        known = sorted({of[name] for name in group if name in of})
        number = known[0] if known else len(things)
        if not known:
            things.append(set())
        for other in known[1:]:
            of.update(dict.fromkeys(things[other], number))
            things[number] |= things[other]
        things[number].update(group)
        of.update(dict.fromkeys(group, number))
    return of, [frozenset(names) for names in things]


@lru_cache(maxsize=5_000)
def thing(name: str) -> int:
    """Return the number of what `name` names, -1 for what has no other name."""
    of, _ = _named()
    low = name.casefold().replace(" & ", " and ")
    each = " ".join([word.removesuffix("s") if len(word) > SHORT else word for word in low.split()])
    for key in (low, low.removesuffix("s"), low + "s", low.replace("-", " "), each):
        if key in of:
            return of[key]
    return -1


def other_names(name: str) -> frozenset[str]:
    """Return the other names of what `name` names, in lower case."""
    number = thing(name)
    return _named()[1][number] - {name.casefold()} if number >= 0 else frozenset()


@cache
def _names_by_first_word() -> dict[str, list[str]]:
    """Return the names of all things by the form of their first word."""
    found: dict[str, list[str]] = {}
    for name in _named()[0]:
        first, *_ = _parted(name)
        found.setdefault(plain_form(first), []).append(name)
    return found


@cache
def _names_beginning(first: str) -> dict[str, list[tuple[tuple[NameWord, ...], int]]]:
    """Return the names of things whose first word has a form, the longest first.

    Those of one word stand under "", and under each letter with which a second word may begin, all
    names that may then be meant. Only for the words that a text has: there are thousands of names.
    """
    found: dict[str, list[tuple[tuple[NameWord, ...], int]]] = {"": []}
    named = [
        (_words_of_name(name), _named()[0][name]) for name in _names_by_first_word().get(first, ())
    ]
    for words, number in sorted(named, key=lambda entry: -len(entry[0])):
        initial = words[1].text[:1].casefold() if len(words) > 1 else ""
        found.setdefault(initial, []).append((words, number))
    for initial in found:
        found[initial] += found[""] if initial else []
    return found


def _parted(name: str) -> list[str]:
    return JOINED.sub(r"\1", name.replace("/", " ")).replace("-", " ").split()


def _words_of_name(name: str) -> tuple[NameWord, ...]:
    words = _parted(name)
    if len(words) == 1 and words[0] in capital_words():
        words = [words[0].capitalize()]  # as it is written
    elif len(words) == 1 and len(words[0]) <= _ACRONYM and words[0] in _short_names():
        words = [words[0].upper()]
    return tuple(NameWord(word, False, False) for word in words)


def things_in(words: Sequence[NameWord], *, listed: bool) -> dict[int, tuple[int, int]]:
    """Return where things with other names stand: by place the number of words and the thing.

    The longest name counts, and none within another.
    """
    found: dict[int, tuple[int, int]] = {}
    free = 0
    for place, word in enumerate(words):
        if place < free:
            continue
        first = plain_form(singular(word.text))
        if first not in _names_by_first_word():
            continue
        names = _names_beginning(first)
        following = words[place + 1].text[:1].casefold() if place + 1 < len(words) else ""
        for wanted, number in names.get(following) or names[""]:
            said = words[place : place + len(wanted)]
            if holds_at(words, place, wanted, listed=listed) and not (
                _is_inflected_program(said, wanted, number)
                or (len(wanted) == 1 and _is_small_acronym(word.text, wanted[0].text))
            ):
                found[place] = (len(wanted), number)
                free = place + len(wanted)
                break
    return found


def _is_small_acronym(said: str, name: str) -> bool:
    """Return whether a short name is not written as one: rams are no RAMS."""
    return said.islower() and name.isupper()


@cache
def _short_names() -> frozenset[str]:
    rows = data_text(SHORT_NAMES).splitlines()
    return frozenset(row.partition(";")[0].strip() for row in rows if row[:1] != "#")


def _is_inflected_program(
    said: Sequence[NameWord], wanted: Sequence[NameWord], number: int
) -> bool:
    """Return whether a name that is written as one word too is inflected: "sketched up"."""
    if len(wanted) == 1 or all(
        one.text.casefold() == other.text.casefold()
        for one, other in zip(said, wanted, strict=True)
    ):
        return False
    return "".join([word.text.casefold() for word in wanted]) in _named()[1][number]


@lru_cache(maxsize=TEXTS_KEPT)
def things_named(text: str) -> dict[int, tuple[int, int]]:
    """Return where things with other names stand in a text that lists, as `things_in` does."""
    return things_in(name_words(text), listed=True)


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Return the members of each class by each of its names."""
    found: dict[str, dict[str, None]] = {}
    for names, own in data_toml("skill_classes.toml").items():
        for name in names.split("|"):
            found.setdefault(name, {}).update(dict.fromkeys(own))
    return {name: tuple(own) for name, own in found.items()}


@cache
def _classes_of() -> dict[str, list[str]]:
    """Return the written classes that each member belongs to."""
    found: dict[str, list[str]] = {}
    for names, own in data_toml("skill_classes.toml").items():
        for member in own:
            found.setdefault(member.casefold(), []).append(names)
    return found


@lru_cache(maxsize=5_000)
def members(name: str) -> tuple[str, ...]:
    """Return what belongs to the class that `name` names; nothing if it names none."""
    low = _ARTICLES.sub("", name.casefold())
    first, _, last = low.rpartition(" ")
    inner = first if last in word_set("general_heads") else low
    for key in (low, low.removesuffix("s"), low.replace("-", " "), inner):
        if key in _classes():
            return _classes()[key]
    return ()


@lru_cache(maxsize=5_000)
def siblings(name: str) -> tuple[str, ...]:
    """Return what is of one class with `name`: near to it, and not it."""
    known = {name.casefold(), *other_names(name)}
    found: dict[str, None] = {}
    for one in sorted(known):
        for names in _classes_of().get(one, ()):
            own = data_toml("skill_classes.toml")[names]
            found.update(dict.fromkeys(member for member in own if member.casefold() not in known))
    return tuple(found)


def core(name: str) -> str:
    """Return the name in "OSPF routing", "modern React" or "Python skills"; "" where there is none.

    What goes is what grades, from the front, and from the end what may stand behind any name.
    """
    words = [word.text for word in name_words(name)]
    if len(words) > 2 and words[-2] in _WITH and words[-1][:1].isupper():
        plain = [word.casefold() in word_set("uses") for word in words[:-2]]
        return words[-1] if all(plain) else ""  # "analysis in R"
    first, last, is_plain = 0, len(words), False
    while first < last - 1 and (
        words[first].casefold() in _grades() or words[first].casefold() in word_set("using")
    ):
        if words[first].casefold() in word_set("before_a_thing") and words[first + 1].islower():
            is_plain = first + 2 == last  # "operating expenses" are no mere expenses
        first += 1
    if last > first + 1 and _is_version(words[last - 2], words[last - 1]):
        last -= 1
    while last > first + 1 and words[last - 1].casefold() in word_set("uses"):
        last -= 1
    is_written = last - first == len(words) and _is_named_first(words)
    last -= is_written
    if last - first == len(words) or not words:
        return ""
    inner = " ".join(words[first:last])
    if words[last:] and words[last].casefold() in {"system", "systems"} and inner.islower():
        return ""  # who answers the telephone maintains no telephone system
    is_name = is_written or any(word.isupper() and len(word) > 1 for word in words[first:last])
    is_name = is_name or (last == len(words) and not is_plain)
    is_name = is_name or (last == first + 1 and inner.islower() and inner.endswith("ing"))
    return inner if is_name or thing(inner) >= 0 or siblings(inner) or members(inner) else ""


def _is_named_first(words: Sequence[str]) -> bool:
    """Return whether a written name of several words stands before a word for what it is of.

    "Read Write Inc phonics" is Read Write Inc; a "Basic Life Support instructor" is a job.
    """
    *named, last = words
    is_written = len(named) > 1 and all(word[:1].isupper() for word in named)
    return is_written and last.islower() and not has_word(last, "job")


def _is_version(name: str, number: str) -> bool:
    """Return whether a number behind a name says which edition: "Python 3", and not "Level 3"."""
    is_edition = number.replace(".", "").isdigit() and len(number) <= _VERSION
    return is_edition and name.casefold() not in word_set("before_a_letter")


@cache
def _grades() -> frozenset[str]:
    return frozenset(data_toml("line_words.toml")["grades"]["words"].split())
