"""What names are: of places, nations, languages, job titles, degrees and employers."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from tailor.reading.cv.cells import COMMA, pieces
from tailor.values.resources import data_table, data_toml

_WORD = re.compile(r"[^\s,;:/()|»→]+")
_NATIONALITY_END = re.compile(
    r"(?<!\s)\s+(?:citizen(?:ship)?|national(?:ity)?|passport|dual|and dual)\b", re.IGNORECASE
)
_BETWEEN_NATIONS = re.compile(r"(?:(?<!\s)\s+)?[-–/,&+]\s*|(?<!\s)\s+(?:and|und|et|y|e)\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_ZIP = re.compile(r"(?<!\s)\s+[\d-]{3,10}$")

# What templates, and CVs made anonymous, have for a place.
_TEMPLATE = frozenset({"city", "state", "country", "town"})

TitleWord = Literal["job", "degree", "organisation", "subject", "qualification"]


@lru_cache(maxsize=4096)
def is_place(text: str) -> bool:
    """Tell a place: "City, Country", "City, ST", a known city, a country, or "Remote"."""
    bare = text.strip(" .").removesuffix(")").replace(" (", ", ")
    if bare.casefold().split(",")[0].strip() in {"remote", "hybrid", "remote work", "home office"}:
        return True
    if len(bare) > 120:
        return False
    parts = pieces(bare, COMMA)
    if not parts or len(parts) > 6:
        return False
    if parts[0].casefold() in _TEMPLATE and len(parts) > 1:
        return all(part.casefold() in _TEMPLATE | _countries() for part in parts)
    if len(parts) == 1:
        return parts[0].casefold() in _places()
    last = _ZIP.sub("", parts[-1].removeprefix("& ").removeprefix("and "))
    if last.casefold() in _known_places():
        return True
    return bool(re.fullmatch(r"[A-Z]{2,3}", last)) and last in _region_codes()


def is_known_place(text: str) -> bool:
    """Tell a place whose first part is known too; "Rye Ltd, Leeds, UK" is a place's address."""
    first = pieces(text, COMMA)[:1]
    if not is_place(text):
        return False
    word = first[0].strip(" (").partition(" (")[0].casefold()
    return (
        (first == [text] and " (" not in text.strip(" ("))
        or word in _known_places()
        or word in _TEMPLATE
    )


@cache
def template_place() -> re.Pattern[str]:
    """Return the pattern of "City, State" and the like, with a country's name or without."""
    names = sorted(_countries(), key=len, reverse=True)
    country = "(?i:" + "|".join(map(re.escape, ["country", *names])) + r")(?!\w)"
    return re.compile(
        rf"\bCity(?:\s{{0,3}},\s{{0,3}}|\s{{1,3}})(?:State\b|{country})"
        rf"(?:\s{{0,3}},\s{{0,3}}{country})?"
    )


def is_nationality(text: str) -> bool:
    """Tell a nationality, such as "Swiss", "Portuguese-Swiss" or "German and French citizen"."""
    bare = _NATIONALITY_END.sub("", text.strip(" ."))
    if bare.casefold() in _demonyms():
        return True
    nations = [n for n in _BETWEEN_NATIONS.split(bare.removeprefix("Dual ").casefold()) if n]
    return bool(nations) and all(nation in _demonyms() for nation in nations)


def find_languages(text: str) -> list[str]:
    """Return the languages that `text` names outside brackets."""
    return _language().findall(_BRACKETS.sub(" ", text))


def language_introduction(text: str) -> str:
    """Return the words at the start of `text` that introduce a list of languages, or ""."""
    folded = text.casefold()
    for words in _introductions():
        rest = folded[len(words) :]
        if (
            folded.startswith(words)
            and rest[:1] in {" ", ":"}
            and find_languages(text[len(words) :])
        ):
            return text[: len(words)]
    return ""


def has_word(text: str, kind: TitleWord) -> bool:
    """Tell whether `text` has a word of job titles, of degrees or of employers' names."""
    return not _title_words()[kind].isdisjoint(_words_of(text))


def word_kinds(text: str) -> tuple[TitleWord, ...]:
    """Return the kinds of words that `text` has."""
    words = _words_of(text)
    kinds: tuple[TitleWord, ...] = ("job", "degree", "organisation", "subject")
    return tuple(kind for kind in kinds if not _title_words()[kind].isdisjoint(words))


def _words_of(text: str) -> set[str]:
    """Return the words of a text, those with a full stop or a hyphen by what they end in too."""
    words = _WORD.findall(text.casefold())
    return {form for word in words for form in (word, word.rstrip("."), word.split("-")[-1])}


def is_employment_type(text: str) -> bool:
    """Tell "full-time", "freelance" and the like, which some heads of entries have."""
    return text.strip(" ()").casefold() in _employment_types()


def is_company_suffix(text: str) -> bool:
    """Tell a part such as "Inc.", which belongs to the name before it."""
    return text.strip().casefold() in _title_words()["suffix"]


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        name.casefold()
        for row in data_table("countries.tsv")
        for name in (row["name"], *row["aliases"].split(";"))
        if name
    )


@cache
def _places() -> frozenset[str]:
    return _countries() | _cities()


@cache
def _known_places() -> frozenset[str]:
    return _places() | _regions()


@cache
def _cities() -> frozenset[str]:
    rows = data_table("countries.tsv")
    return frozenset(c.casefold() for row in rows for c in row["cities"].split(";") if c)


@cache
def _demonyms() -> frozenset[str]:
    rows = data_table("countries.tsv")
    return frozenset(d.casefold() for row in rows for d in row["demonyms"].split(";") if d)


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in data_table("regions.tsv"))


@cache
def _region_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in data_table("regions.tsv"))


@cache
def _language() -> re.Pattern[str]:
    names = sorted(data_toml("languages.toml")["names"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)


@cache
def _introductions() -> tuple[str, ...]:
    return tuple(sorted(data_toml("languages.toml")["introductions"], key=len, reverse=True))


@cache
def _employment_types() -> frozenset[str]:
    return frozenset(data_toml("titles.toml")["employment"])


@cache
def _title_words() -> dict[str, frozenset[str]]:
    table = data_toml("titles.toml")
    return {kind: frozenset(words.split()) for kind, words in table.items() if kind != "employment"}


def is_region(text: str) -> bool:
    """Return whether `text` is the code or the name of a state, a province or a country."""
    low = text.casefold()
    is_code = text.upper() == text and text in _region_codes()
    return is_code or low in _regions() or low in _countries()
