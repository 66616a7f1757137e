"""When a name stands in a text: exactly this name, another name of the same thing, or a near one.

"k8s" is Kubernetes, and neither is Docker. "Go" is a language, "go-live" and "Going" are not. A
generous rule here would show a person skills that they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.nlp.word_form import is_stop_word, plain_form, word_form
from tailor.values.resources import data_table, data_toml

_CHUNK = re.compile(r"[^\s,;()\[\]“”\"!?|•·…]+")
_INNER = re.compile(r"[/–—-]|(?<=[a-z])&(?=[a-z])")
_ENDS = ".:'’*"
_SHORT = 3  # letters; the plural of a name this short could be another name
_ARTICLES = re.compile(
    r"^(?:(?:an?|the|one|other|another|similar|modern|common|any)\s+){1,2}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word as it is written.

    `tied` says that a hyphen ties it to a neighbour, `first` that it begins a sentence.
    """

    text: str
    tied: bool
    first: bool


@lru_cache(maxsize=20_000)
def name_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text; the parts of "C/C++" and "go-live" are words of their own."""
    found = []
    first = True
    for chunk in _CHUNK.findall(text.replace("’", "'")):
        whole = chunk.strip(":'’*").rstrip(".")
        if whole.startswith(".") and not whole[1:2].isalpha():
            whole = whole.lstrip(".")
        for part in _INNER.split(whole):
            if part.strip(_ENDS):
                tied = "-" in whole or "–" in whole
                found.append(NameWord(part.removesuffix("'s"), tied, first))
                first = False
        first = first or chunk.endswith((".", "!", "?"))
    return tuple(found)


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
    found = words[place : place + len(wanted)]
    if len(found) < len(wanted):
        return False
    if not all(_is_same(one.text, other.text) for one, other in zip(found, wanted, strict=True)):
        return False
    return len(wanted) > 1 or _is_meant(words, place, wanted[0].text, listed=listed)


@lru_cache(maxsize=20_000)
def keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a word is found; the last is the one to look it up by."""
    low = word.casefold()
    found = {low}
    if word[-1:].isdigit() and word[:1].isupper():
        found.add(low.rstrip("0123456789."))
    own = low if len(word) <= _SHORT or not word.isalpha() else plain_form(low)
    return (*sorted(found - {own}), own)


@lru_cache(maxsize=50_000)
def _is_same(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    if one[-1:].isdigit() and other.isupper() and len(other) > 1:  # "NEC4" is NEC
        return one.rstrip("0123456789.") == other
    if min(len(one), len(other)) <= _SHORT or not (one.isalpha() and other.isalpha()):
        # Plurals of acronyms: "LLMs" and "LLM".
        return (one.isupper() and other == f"{one}s") or (other.isupper() and one == f"{other}s")
    return plain_form(one) == plain_form(other)


def _is_meant(words: Sequence[NameWord], place: int, name: str, *, listed: bool) -> bool:
    """Return whether a single word that is an everyday one as well is written as the name."""
    word = words[place]
    if len(name) == 1 and (word.tied or word.text != name):
        return False
    if name.casefold() not in _everyday_words():
        return True
    if word.text[:1].islower() or word.tied:
        return False
    return listed or not word.first or len(words) == 1


@cache
def _everyday_words() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["names_that_are_words"]["words"])


@cache
def _aliases() -> dict[str, frozenset[str]]:
    """Return all names of each thing, by each of them, in lower case."""
    groups: dict[str, set[str]] = {}
    for row in data_table("skill_aliases.tsv"):
        groups.setdefault(row["term"], {row["term"]}).add(row["alias"])
    found: dict[str, set[str]] = {}
    for group in groups.values():
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(group) for name, group in found.items()}


@lru_cache(maxsize=5_000)
def other_names(name: str) -> frozenset[str]:
    """Return the other names of what `name` names, in lower case."""
    low = name.casefold()
    for key in (low, low.removesuffix("s"), low + "s", low.replace("-", " ")):
        if key in _aliases():
            return _aliases()[key] - {low}
    return frozenset()


@cache
def _classes() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Return the names of each class, and its members."""
    return tuple(
        (frozenset(names.split("|")), tuple(members))
        for names, members in data_toml("skill_classes.toml").items()
    )


@lru_cache(maxsize=5_000)
def members(name: str) -> tuple[str, ...]:
    """Return what belongs to the class that `name` names; nothing if it names none."""
    low = _ARTICLES.sub("", name.casefold())
    for names, found in _classes():
        if low in names or low.removesuffix("s") in names:
            return found
    return ()


@lru_cache(maxsize=5_000)
def siblings(name: str) -> tuple[str, ...]:
    """Return what is of one class with `name`: near to it, and not it."""
    known = {name.casefold(), *other_names(name)}
    found: dict[str, None] = {}
    for names, own in _classes():
        if known & {member.casefold() for member in own}:
            found.update(dict.fromkeys(one for one in own if one.casefold() not in known))
            found.update(dict.fromkeys(sorted(names)))
    return tuple(found)


def core(name: str) -> str:
    """Return the name in "OSPF routing" or "Python programming"; "" where no word is one."""
    words = [word.text for word in name_words(name)]
    if len(words) < 2 or not set(words[1:]) <= word_set("uses"):
        return ""
    is_name = (words[0].isupper() and len(words[0]) > 1) or bool(siblings(words[0]))
    return words[0] if is_name else ""


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the sets of words in the table ``words`` of `data/asks.toml`."""
    return frozenset(data_toml("asks.toml")["words"][name].split())


@cache
def _irregular() -> dict[str, str]:
    pairs = (pair.split() for pair in data_toml("asks.toml")["irregular"]["forms"].split(";"))
    return dict(pair for pair in pairs if len(pair) == 2)


@lru_cache(maxsize=20_000)
def form(word: str) -> str:
    """Return the form that all inflections of a word share, irregular ones too."""
    low = word.casefold()
    return word_form(plain_form(_irregular().get(low, low)))


@lru_cache(maxsize=20_000)
def forms(text: str) -> tuple[str, ...]:
    """Return the forms of the words of a text that say something, each once, in order."""
    generic = word_set("generic")
    return tuple(
        dict.fromkeys(
            form(word.text)
            for word in name_words(text)
            if not is_stop_word(word.text)
            and word.text.casefold() not in generic
            and (len(word.text) > 1 or word.text.isupper())
            and not word.text[0].isdigit()
        )
    )
