"""When a name stands in a text: exactly this name, another name of the same thing, or a near one.

"k8s" is Kubernetes, and neither is Docker. "Go" is a language, "go-live" and "Going" are not. A
generous rule here would show a person skills that they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tailor.nlp.word_form import is_stop_word, plain_form, word_form
from tailor.reading.cv.names import has_word
from tailor.values.resources import data_table, data_text, data_toml

_CHUNK = re.compile(r"[^\s,;()\[\]“”\"!?|•·…]+")
_INNER = re.compile(r"[/–—-]|(?<=[a-z])&(?=[a-z])|(?<=\d):(?=\d{4})")  # "ISO 9001:2015"
# Texts whose words are kept: the lines of a CV come back with each posting; 2 KB each.
TEXTS_KEPT = 6_000
WORDS_KEPT = 20_000
# Beginnings that one writes with a hyphen and another without: "co-ordinate", "e-mail".
_JOINED = re.compile(r"\b(co|re|e|pre|on)-(?=[a-z]{3})", re.IGNORECASE)
_BEFORE_PEOPLE = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir"})
_ENDS = ".:'’*"
_SHORT = 3  # letters; the plural of a name this short could be another name
_VERSION = 4  # characters of a version
_ARTICLES = re.compile(
    r"^(?:(?:an?|the|one|other|another|similar|modern|common|any)\s+){1,2}", re.IGNORECASE
)


class NameWord(NamedTuple):
    """A word as it is written.

    `tied` says that a hyphen ties it to a neighbour, `first` that it begins a sentence.
    """

    text: str
    tied: bool
    first: bool


@lru_cache(maxsize=TEXTS_KEPT)
def name_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text; the parts of "C/C++" and "go-live" are words of their own."""
    found: list[NameWord] = []
    first = True
    if "-" in text:
        text = _JOINED.sub(r"\1", text)
    text = text.replace(" & ", " and ")
    for chunk in _CHUNK.findall(text.replace("’", "'")):
        words = _words_of_chunk(chunk, first)
        found += words
        first = (first and not words) or chunk.endswith((".", "!", "?"))
    return tuple(found)


@lru_cache(maxsize=WORDS_KEPT)
def _words_of_chunk(chunk: str, first: bool) -> tuple[NameWord, ...]:
    """Return the words between two blanks; `first` says whether a sentence begins here."""
    whole = chunk.strip(":'’*").rstrip(".")
    if whole.startswith(".") and not whole[1:2].isalpha():
        whole = whole.lstrip(".")
    tied = "-" in whole or "–" in whole
    parts = [part.removesuffix("'s") for part in _INNER.split(whole) if part.strip(_ENDS)]
    return tuple(NameWord(part, tied, first and not place) for place, part in enumerate(parts))


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
    if place + len(wanted) > len(words):
        return False
    several = len(wanted) > 1
    if several and not listed and _is_plainly_written(words[place : place + len(wanted)]):
        return False
    for number, other in enumerate(wanted, start=place):  # no generator: most end at once
        if not _is_same(words[number].text, other.text) and not (
            several and _is_inflected(words[number].text, other.text)
        ):
            return False
    return several or _is_meant(words, place, wanted[0].text, listed=listed)


def _is_plainly_written(words: Sequence[NameWord]) -> bool:
    """Return whether everyday words are no program's name: "kept the core data correct"."""
    if words[-1].text[:1].isupper():
        return False
    return is_of_everyday_words(" ".join([word.text for word in words]))


@lru_cache(maxsize=WORDS_KEPT)
def keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a word is found; the last is the one to look it up by."""
    low = word.casefold()
    found = {low}
    if word[-1:].isdigit() and word[:1].isupper():
        found.add(low.rstrip("0123456789."))
    own = low if len(word) <= _SHORT or not word.isalpha() else plain_form(low)
    return (*sorted(found - {own}), own)


@lru_cache(maxsize=WORDS_KEPT)
def _is_same(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    if one[-1:].isdigit() and other.isupper() and len(other) > 1:  # "NEC4" is NEC
        return one.rstrip("0123456789.") == other
    if min(len(one), len(other)) <= _SHORT or not (one.isalpha() and other.isalpha()):
        # Plurals of acronyms: "LLMs" and "LLM".
        return (one.isupper() and other == f"{one}s") or (other.isupper() and one == f"{other}s")
    return plain_form(one) == plain_form(other)


@lru_cache(maxsize=WORDS_KEPT)
def _is_inflected(one: str, other: str) -> bool:
    """Return whether two words of a longer name are of one verb: "split-tested" and "testing"."""
    is_long = min(len(one), len(other)) > _SHORT
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
    written = {word.text for word in name_words(text)}
    return any(one not in written and one.casefold() in written for one in names)


@lru_cache(maxsize=TEXTS_KEPT)
def says_done(verb: str, text: str) -> bool:
    """Return whether a text has a verb as work that was done, and not only as a thing.

    "Chaired", "chairing", or "chair" where a clause begins; not "thirty chairs".
    """
    low = verb.casefold()
    things = {low, f"{low}s", f"{low}es"}
    wanted = form(low)
    before = ""
    for word in name_words(text):
        said = word.text.casefold()
        if form(said) == wanted and (
            word.first or said not in things or before in word_set("before_work")
        ):
            return True
        before = said
    return False


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


def _is_meant(words: Sequence[NameWord], place: int, name: str, *, listed: bool) -> bool:
    """Return whether a single word that is an everyday one as well is written as the name."""
    word = words[place]
    if len(name) == 1 and (
        word.tied
        or word.text != name
        or (place and words[place - 1].text.casefold() in word_set("before_a_letter"))
    ):
        return False
    if word.text.islower() and word.text[:-1] in _single_things() and word.text[-1] == "s":
        return False
    before = words[place - 1].text if place else ""
    behind = words[place + 1].text if place + 1 < len(words) else ""
    if before in _BEFORE_PEOPLE or (word.text[:1].isupper() and _is_in_name(before, behind)):
        return False
    if before.casefold() in {"a", "an"} and word.text.islower() and _ends_here(behind):
        return False  # "worked as a docker on the quay"
    if name.casefold() not in _everyday_words() and not _has_capital(name):
        return True
    if _is_acronym(word.text, name):
        return False
    if word.text[:1].islower() or word.tied:
        if listed and not word.tied and name.casefold() in _capital_words():
            return True
        return not word.tied and behind.casefold() in word_set("behind_a_tool")
    return listed or not word.first or len(words) == 1


def _is_in_name(before: str, behind: str) -> bool:
    """Return whether a word between two others is part of a longer name: "La Scala"."""
    return before in word_set("before_in_names") or behind in word_set("behind_in_names")


def _ends_here(behind: str) -> bool:
    """Return whether nothing that a name could be of stands behind it."""
    return not behind or is_stop_word(behind)


def _is_acronym(word: str, name: str) -> bool:
    """Return whether a word in capitals is another one: "SWIFT codes" for Swift."""
    return word.isupper() and len(word) > _SHORT and not name.isupper() and not name.islower()


@cache
def _everyday_words() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["names_that_are_words"]["words"])


def is_of_everyday_words(name: str) -> bool:
    """Return whether a name is one of several words that are everyday ones as well."""
    return name.casefold() in _names_of_words()


@cache
def _names_of_words() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["names_that_are_words"]["of_several"])


@cache
def _single_things() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["names_that_are_words"]["never_several"])


@cache
def _capital_words() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["names_that_are_words"]["written_with_capital"])


def is_everyday(name: str) -> bool:
    """Return whether a name of one word is an everyday word as well."""
    return name.casefold() in _everyday_words() or name.casefold() in _capital_words()


def _has_capital(name: str) -> bool:
    """Return whether a word is written as a name that is an everyday word without a capital."""
    return not name[:1].islower() and name.casefold() in _capital_words()


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
        for line in data_text("other_names.txt").splitlines()
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
    for key in (low, low.removesuffix("s"), low + "s", low.replace("-", " ")):
        if key in of:
            return of[key]
    return -1


def other_names(name: str) -> frozenset[str]:
    """Return the other names of what `name` names, in lower case."""
    number = thing(name)
    return _named()[1][number] - {name.casefold()} if number >= 0 else frozenset()


@cache
def _names_by_first_word() -> dict[str, dict[str, list[tuple[tuple[NameWord, ...], int]]]]:
    """Return the names of all things by the key of their first word, the longest first.

    Those of one word stand under "", and under each letter with which a second word may begin, all
    names that may then be meant.
    """
    found: dict[str, dict[str, list[tuple[tuple[NameWord, ...], int]]]] = {}
    named = [(_words_of_name(name), number) for name, number in _named()[0].items()]
    named.sort(key=lambda entry: -len(entry[0]))
    for words, number in named:
        by_second = found.setdefault(plain_form(words[0].text) if words else "", {"": []})
        initial = words[1].text[:1].casefold() if len(words) > 1 else ""
        if initial:
            by_second.setdefault(initial, []).append((words, number))
        else:
            by_second[""].append((words, number))
    for by_second in found.values():
        for initial in by_second:
            by_second[initial] += by_second[""] if initial else []
    return found


def _words_of_name(name: str) -> tuple[NameWord, ...]:
    name = _JOINED.sub(r"\1", name.replace("/", " ")).replace("-", " ")
    words = name.split()
    if len(words) == 1 and words[0] in _capital_words():
        words = [words[0].capitalize()]  # as it is written
    return tuple(NameWord(word, False, False) for word in words)


def things_in(words: Sequence[NameWord], *, listed: bool) -> dict[int, tuple[int, int]]:
    """Return where things with other names stand: by place the number of words and the thing.

    The longest name counts, and none within another.
    """
    found: dict[int, tuple[int, int]] = {}
    by_first = _names_by_first_word()
    free = 0
    for place, word in enumerate(words):
        if place < free:
            continue
        names = by_first.get(plain_form(word.text))
        if not names:
            continue
        following = words[place + 1].text[:1].casefold() if place + 1 < len(words) else ""
        for wanted, number in names.get(following) or names[""]:
            if holds_at(words, place, wanted, listed=listed):
                found[place] = (len(wanted), number)
                free = place + len(wanted)
                break
    return found


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


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the sets of words in the table ``words`` of `data/asks.toml`."""
    words = data_toml("asks.toml")["words"][name]
    return frozenset(words.split() if isinstance(words, str) else words)


@cache
def _irregular() -> dict[str, str]:
    pairs = (pair.split() for pair in data_toml("asks.toml")["irregular"]["forms"].split(";"))
    return dict(pair for pair in pairs if len(pair) == 2)


@lru_cache(maxsize=WORDS_KEPT)
def form(word: str) -> str:
    """Return the form that all words of a family share: that of "survey" for "surveyor"."""
    plain = plain_word(word)
    return _families().get(plain, plain)


def plain_word(word: str) -> str:
    """Return the form that all inflections of a word share, irregular ones too."""
    low = word.casefold()
    low = low.removesuffix("s") if low.endswith("ences") else low
    return word_form(_irregular().get(low, low)) or low


@cache
def _families() -> dict[str, str]:
    rows = (line.split() for line in data_text("word_families.txt").splitlines())
    return {one: family for family, *own in rows if family != "#" for one in own}


@lru_cache(maxsize=TEXTS_KEPT)
def forms(text: str) -> tuple[str, ...]:
    """Return the forms of the words of a text that say something, each once, in order."""
    said = [_special_form(word.text) for word in name_words(text)]
    return tuple(dict.fromkeys(one for one in said if one is not None))


@lru_cache(maxsize=TEXTS_KEPT)
def telling_forms(text: str) -> tuple[str, ...]:
    """Return what `forms` does, and where that is one at most, what else tells a thing from others.

    "Software development" is not said by what says "develop".
    """
    found = forms(text)
    if len(found) > 1:
        return found
    words = [word.text for word in name_words(text)]
    half = word_set("half_generic")
    more = [form(word) for word in words if word.casefold() in half]
    return tuple(dict.fromkeys([*more, *found]))


@cache
def plain_works() -> frozenset[str]:
    """Return the forms of the verbs that any work has, such as "develop" and "manage"."""
    return frozenset(form(word) for word in data_toml("work_words.toml")["plain"].split())


@lru_cache(maxsize=TEXTS_KEPT)
def content(text: str) -> tuple[tuple[str, int], ...]:
    """Return the form of each word of a text that is no function word, and its place."""
    said = [_form_said(word.text) for word in name_words(text)]
    return tuple((one, place) for place, one in enumerate(said) if one is not None)


@lru_cache(maxsize=WORDS_KEPT)
def _form_said(word: str) -> str | None:
    """Return the form of a word, None for a function word and a number."""
    is_none = is_stop_word(word) or word.lstrip("$€£")[:1].isdigit()
    return None if is_none else form(word)


@lru_cache(maxsize=WORDS_KEPT)
def _special_form(word: str) -> str | None:
    """Return what `_form_said` does, None for words that say little of any one thing, too."""
    is_letter = len(word) == 1 and not word.isupper()
    return None if is_letter or word.casefold() in word_set("generic") else _form_said(word)
