"""What a text names: places, nations, languages by tables, and its kind by what it looks like.

The kind (a job's title, an employer, a place, a sentence) is told by a multinomial logistic
regression over hashed words, parts of words and shapes, trained by `training/cv` and applied here
as arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tailor.reading.cv.cells import COMMA, pieces
from tailor.values.resources import MODELS, data_table, data_toml

_WORD = re.compile(r"[^\s,;:/()|»→]+")
_NATIONALITY_END = re.compile(
    r"(?<!\s)\s+(?:citizen(?:ship)?|national(?:ity)?|passport|dual|and dual)\b", re.IGNORECASE
)
_BETWEEN_NATIONS = re.compile(r"(?:(?<!\s)\s+)?[-–/,&+]\s*|(?<!\s)\s+(?:and|und|et|y|e)\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_COUNTY = re.compile(r"(?:Co\.|County) [A-Z][^\W\d_]{2,20}")
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
        return parts[0].casefold() in _names("name", "aliases", "cities")
    last = _ZIP.sub("", parts[-1].removeprefix("& ").removeprefix("and "))
    return last.casefold() in _known_places() or last in _region_codes()


def is_known_place(text: str) -> bool:
    """Tell a place whose first part is known too; "Rye Ltd, Leeds, UK" is a place's address."""
    first = pieces(text, COMMA)[:1]
    if not is_place(text):
        return False
    word = first[0].strip(" (").partition(" (")[0].casefold()
    whole = first == [text] and " (" not in text.strip(" (")
    return whole or word in _known_places() or word in _TEMPLATE


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
    demonyms = _names("demonyms")
    if bare.casefold() in demonyms:
        return True
    nations = [n for n in _BETWEEN_NATIONS.split(bare.removeprefix("Dual ").casefold()) if n]
    return bool(nations) and all(nation in demonyms for nation in nations)


def find_languages(text: str) -> list[str]:
    """Return the languages that `text` names outside brackets."""
    return _language().findall(_BRACKETS.sub(" ", text))


def language_introduction(text: str) -> str:
    """Return the words at the start of `text` that introduce a list of languages, or ""."""
    folded = text.casefold()
    for words in _introductions():
        rest = folded[len(words) :]
        introduced = folded.startswith(words) and rest[:1] in {" ", ":"}
        if introduced and find_languages(text[len(words) :]):
            return text[: len(words)]
    return ""


def has_word(text: str, kind: TitleWord) -> bool:
    """Tell whether `text` has a word of job titles, of degrees or of employers' names."""
    return not words_of(kind).isdisjoint(_words_of(text))


def _words_of(text: str) -> set[str]:
    """Return the words of a text, those with a full stop or a hyphen by what they end in too."""
    words = _WORD.findall(text.casefold())
    return {form for word in words for form in (word, word.rstrip("."), word.split("-")[-1])}


# What parts several places.
_PLACES = re.compile(r"\s{0,9}[;/&]\s{0,9}|\s{1,9}(?:and|und|et|y)\s{1,9}")


def names_places(text: str) -> bool:
    """Return whether a text is nothing but a place or several: "Fort Drum, NY; Bagram"."""
    return all(map(_is_town_with_region, _PLACES.split(text)))


def _is_town_with_region(text: str) -> bool:
    town, comma, region = text.partition(",")
    named = has_word(town, "job") or has_word(town, "organisation") or len(town.split()) > 3
    return is_known_place(text) or (bool(comma) and is_region(region.strip(" .")) and not named)


def is_employment_type(text: str) -> bool:
    """Tell "full-time", "freelance" and the like, which some heads of entries have."""
    return text.strip(" ()").casefold() in data_toml("titles.toml")["employment"]


def ends_as_organisation(text: str) -> bool:
    """Return whether a name ends in what an employer is, "Hill Road School", or begins so.

    "University of Leeds", "Lycée Hauterive"; a title may begin with one, "School Administrator".
    """
    words = [word.strip(".,()") for word in text.casefold().partition(" (")[0].split()]
    known = words_of("organisation") | words_of("employer")
    begins = len(words) > 2 and words[0] in known and words[1] in words_of("within_name")
    begins |= len(words) > 1 and words[0] in words_of("employer_first")
    ends = bool(words) and words[-1] in known
    return (begins or ends or ends_as_firm(text)) and not text.islower()


def is_company_suffix(text: str) -> bool:
    """Tell a part such as "Inc.", which belongs to the name before it."""
    return text.strip().casefold() in words_of("suffix")


def ends_as_firm(text: str) -> bool:
    """Return whether a name ends in a legal form, as "Hôtel du Lac SA" does."""
    words = text.split()
    end = words[-1] if len(words) > 1 else ""
    known = end.casefold() in words_of("suffix") or end.casefold() in words_of("legal_form")
    return known and not end.islower()


@cache
def _names(*columns: str, table: str = "countries.tsv") -> frozenset[str]:
    """Return all names in some columns of a table, in small letters."""
    return frozenset(
        name.casefold()
        for row in data_table(table)
        for column in columns
        for name in row[column].split(";")
        if name
    )


def _countries() -> frozenset[str]:
    return _names("name", "aliases")


@cache
def _known_places() -> frozenset[str]:
    return _names("name", "aliases", "cities") | _regions()


def _regions() -> frozenset[str]:
    return _names("name", table="regions.tsv")


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
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind, such as "job" or "after_name", in small letters."""
    return frozenset(data_toml("titles.toml")[kind].split())


def is_region(text: str) -> bool:
    """Return whether `text` is the code or the name of a state, a province or a country."""
    low = text.casefold()
    known = text in _region_codes() or low in _regions() or low in _countries()
    return known or bool(_COUNTY.fullmatch(text))


# What a piece of a line looks like: a job's title, an employer, a place, a sentence.

KINDS = tuple("title employer place degree school skill sentence name heading other mixed".split())
BUCKETS = 1 << 15
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&+#][^\W_]+)*[+#.]*|[^\w\s]")
_TEXTS_KEPT, _WORDS_KEPT = 4_096, 8_192  # most words come back with the next text
_LONGEST = 120  # characters of a text that are looked at


def features(text: str) -> Iterator[int]:
    """Yield the buckets of the features of a text, from 0 to `BUCKETS` - 1, some perhaps twice."""
    text = text[:_LONGEST]
    tokens = _TOKEN.findall(text)
    for feature in _features(text, tokens):
        yield _bucket(feature)
    folded = [token.casefold() for token in tokens]
    for word in folded:
        yield from _of_word(word)
    for word, following in pairwise(folded):
        yield _bucket(f"b={word} {following}")


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) & (BUCKETS - 1)


def _features(text: str, tokens: Sequence[str]) -> Iterator[str]:
    yield f"n{min(len(tokens), 14) // 2}"
    if text.isupper():
        yield "caps"
    if any(c.isdigit() for c in text):
        yield "digit"
    words = _words_of(text)
    for kind in ("job", "degree", "organisation", "subject"):
        if not words.isdisjoint(words_of(kind)):
            yield f"k={kind}"
    if is_place(text):
        yield "place"
    if is_known_place(text):
        yield "known place"
    if is_employment_type(text):
        yield "employment"
    if tokens:
        yield from _of_ends(text, tokens)
        yield from _of_towns(text, tokens)


def _of_ends(text: str, tokens: Sequence[str]) -> Iterator[str]:
    first, end = tokens[0][0], text.rstrip()[-1]
    yield f"first={tokens[0].casefold()}"
    yield f"last={tokens[-1].casefold()}"
    yield f"end={end if not end.isalnum() else 'w'}"
    yield f"up{4 * sum(token[0].isupper() for token in tokens) // len(tokens)}"
    yield f"start={'A' if first.isupper() else '0' if first.isdigit() else 'a'}"


def _of_towns(text: str, tokens: Sequence[str]) -> Iterator[str]:
    parts = [is_town(part.strip(" ().")) for part in text.split(",")[:3]]
    if any(parts):
        yield f"towns={sum(parts)}"
        yield f"town at {0 if parts[0] else 1}"
    elif is_town(tokens[-1]):
        yield "town last"


@lru_cache(maxsize=_WORDS_KEPT)
def _of_word(word: str) -> tuple[int, ...]:
    """Return the buckets of a word in small letters and of the letters that follow each other."""
    found = {_bucket(f"w={word}")}
    if word[0].isalpha():
        padded = f"<{word[:16]}>"
        for size in (3, 4, 5):
            found.update(_bucket(padded[at : at + size]) for at in range(len(padded) - size + 1))
    return tuple(found)


def score(text: str, kind: str) -> float:
    """Return the logarithm of the probability that `text` is of this kind."""
    return float(_one(text)[KINDS.index(kind)])


def among(text: str, kinds: Sequence[str]) -> float:
    """Return the logarithm of the probability that a text is of one of some kinds."""
    row = _one(text)
    return float(np.log(sum(np.exp(row[KINDS.index(kind)]) for kind in kinds) + 1e-9))


def best_kind(text: str) -> tuple[str, float]:
    """Return the likeliest kind of a text and its probability."""
    row = _one(text)
    best = int(row.argmax())
    return KINDS[best], float(np.exp(row[best]))


def probabilities(text: str) -> NDArray[np.float32]:
    """Return how likely it is that `text` is of each of `KINDS`."""
    row: NDArray[np.float32] = np.exp(_one(text))
    return row


def _one(text: str) -> NDArray[np.float32]:
    known = _judged()
    if text not in known:
        judge([text])
    return known[text]


def judge(texts: Iterable[str]) -> None:
    """Judge texts that will be asked about, all at once, which takes less time."""
    known = _judged()
    if len(known) > _TEXTS_KEPT:
        known.clear()
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if not new:
        return
    weights, bias = _model()
    found = [sorted(set(features(text))) for text in new]
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64)
    starts = np.cumsum([0, *map(len, found[:-1])])
    rows = np.add.reduceat(weights[flat], starts, axis=0, dtype=np.float32) + bias
    rows -= rows.max(axis=1, keepdims=True)
    rows -= np.log(np.exp(rows).sum(axis=1, keepdims=True))
    known.update(zip(new, rows, strict=True))


@cache
def _judged() -> dict[str, NDArray[np.float32]]:
    """Return for the texts judged so far the logarithm of how likely each is of each kind."""
    return {}


def is_town(text: str) -> bool:
    """Return whether `text` is the name of one of the larger towns of the world."""
    return crc32(text.casefold().encode()) in _towns()


@cache
def _towns() -> frozenset[int]:
    with np.load(MODELS / "cv" / "towns.npz", allow_pickle=False) as data:
        return frozenset(data["hashes"].tolist())


@cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    with np.load(MODELS / "cv" / "pieces.npz", allow_pickle=False) as data:
        return data["weights"].astype(np.float32), data["bias"]
