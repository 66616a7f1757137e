"""What a CV says of a spoken language: by a line that states it, with its level compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tailor.matching.ask import Ask, Status
from tailor.matching.book import Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.caveat import marked
from tailor.matching.figure import NUMBERED_LEVEL
from tailor.matching.kind import pattern, tables
from tailor.matching.name import holds, other_names
from tailor.matching.words import TEXTS_KEPT, NameWord, name_words, word_set

_LEAST_FLUENT = 4
_OF_LEVEL = 2  # blanks in a part that says no more than a level: " C1 certificate"
_LISTING = re.compile(r"[,;|](?![^()]{0,40}\))")  # and no comma of "Portuguese (Brazil, native)"
_LISTS = frozenset({LineKind.LANGUAGE, LineKind.SKILLS, LineKind.SUMMARY, LineKind.CERTIFICATE})
_TO_WRITE = re.compile(r"\b(?:writ\w+|read\w*)\b", re.IGNORECASE)
_SPOKEN_ONLY = re.compile(r"\b(?:spoken|speaking|oral|conversation) only\b", re.IGNORECASE)


def prove_language(ask: Ask, book: Book) -> Verdict:
    """Judge a language by the lines that state it and by the level that they name."""
    names = _names_of(ask.text)
    asked, numbered = _level(ask.text), NUMBERED_LEVEL.search(ask.text)
    best: list[tuple[int, CvLine]] = []
    near: list[CvLine] = []
    for line in book.lines:
        for part, words in _listed(line.text) if line.kind is not LineKind.TITLE else ():
            if not any(_is_written(words, name) for name in names):
                continue
            if line.kind is LineKind.BULLET and not _is_used(part, words, names):
                continue
            if any(marked(part, name, pattern("not_had")) for name in names):
                continue
            if numbered:  # ICAO level 4, BSL level 2
                own = NUMBERED_LEVEL.search(part)
                reached = int(own[1]) >= int(numbered[1]) if own else _level(part) >= _LEAST_FLUENT
                if reached:
                    best.append((0, line))
                else:
                    near.append(line)
                continue
            near_name = _beside(words, names) if line.kind is LineKind.BULLET else part
            level = _level(near_name)  # Italian wines in business class are no Italian
            is_less = 0 < level < asked or (not level and asked >= _LEAST_FLUENT)
            is_less = is_less or bool(_TO_WRITE.search(ask.text) and _SPOKEN_ONLY.search(part))
            if is_less or not (level or line.kind in _LISTS):
                near.append(line)
            else:
                best.append((level, line))
    if best:
        ordered = sorted(best, key=lambda pair: (-pair[0], pair[1].kind))
        return Verdict(Status.STATED, tuple(dict.fromkeys(line for _, line in ordered)))
    listed = [line for line in near if line.kind in _LISTS]
    return verdict(Status.RELATED, book, listed or near)


def _beside(words: Sequence[NameWord], names: Sequence[str]) -> str:
    """Return the words around a language in a sentence: "fluent Italian"."""
    low = [word.text.casefold() for word in words]
    wanted = {name.casefold() for name in names}
    places = [place for place, word in enumerate(low) if word in wanted]
    return " ".join(low[max(0, places[0] - 2) : places[0] + 3]) if places else ""


def _is_used(part: str, words: Sequence[NameWord], names: Sequence[str]) -> bool:
    """Return whether a sentence has a language as one that is used, or names its level.

    "Advised clients in French"; gum arabic is no Arabic, and anybody hands out Urdu leaflets.
    """
    if not any(name.title() in part for name in names):
        return False
    low = [word.text.casefold() for word in words]
    wanted = {name.casefold() for name in names}
    return bool(_level(_beside(words, names))) or any(
        low[place - 1] in word_set("before_language")
        for place in range(1, len(low))
        if low[place] in wanted
    )


def _is_written(words: Sequence[NameWord], name: str) -> bool:
    """Return whether a language stands in a text: who "polished floors" speaks no Polish."""
    if not holds(words, name, listed=True):
        return False
    low = name.casefold()
    said = [word.text for word in words if word.text.casefold() == low]
    return " " in name or any(word != "polish" for word in said)


def names_language(text: str) -> bool:
    """Return whether a text names a spoken language or one of signs."""
    return bool(_names_of(text))


def beyond_language(text: str) -> list[str]:
    """Return the words that make more than a language of a name: "literature" of "French ..."."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not names_language(word)]
    return [word for word in words if word.casefold() not in word_set("of_languages")]


@lru_cache(maxsize=TEXTS_KEPT)
def _names_of(text: str) -> tuple[str, ...]:
    """Return the languages that a text names, under each of their names."""
    words = [word.text for word in name_words(text)]
    whole = {text, *words, *re.findall(r"\b\w+ sign language", text, re.IGNORECASE)}
    found: dict[str, None] = {}
    for one in sorted(whole):
        others = other_names(one)
        signed = any(name.endswith("sign language") for name in (one.casefold(), *others))
        if signed or one.casefold() in tables().languages:
            found |= dict.fromkeys([one, *sorted(others)])
    return tuple(found)


@lru_cache(maxsize=TEXTS_KEPT)
def _listed(text: str) -> tuple[tuple[str, tuple[NameWord, ...]], ...]:
    """Return the parts of a line that lists, each with its words.

    A level alone goes with the part before it: "Chinese (Mandarin), native".
    """
    parts: list[str] = []
    for part in _LISTING.split(text):
        if parts and not names_language(part) and _level(part) and part.count(" ") <= _OF_LEVEL:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return tuple([(part, name_words(part)) for part in parts])


@lru_cache(maxsize=TEXTS_KEPT)
def _level(text: str) -> int:
    """Return the level of a language that a text states, 1 to 5, 0 for none."""
    low = f" {' '.join(word.text.casefold() for word in name_words(text))} "
    told = [
        number
        for number, words in enumerate(tables().language_levels, start=1)
        if any(f" {word.replace('-', ' ')} " in low for word in words)
    ]
    return max(told, default=0)
