"""The pieces of the lines at the top of a posting, and what may be a place among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tailor.reading.cv.names import has_word, is_place, is_region
from tailor.reading.cv.pieces import is_town
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

# A label before what it names; `{0}` is the words of the label.
LABEL = r"^(?:{0})\s*[:–-]\s+(?P<value>\S.*)$"
# What parts the pieces of a line.
BETWEEN = re.compile(r"(?<!\s)\s+[—–·•-]\s+|(?:(?<!\s)\s+)?\|\s*")
TOWN = r"(?:St\. )?[A-Z][\w'’-]*(?: (?:(?:upon|on|of|am|de|la|an|der) )?[A-Z][\w'’-]*)*"
_NOT_A_FACT = re.compile(
    r"\b(?:ago|applicants?|posted|promoted|apply|save|share|hirer|jobs?|alert)\b|https?:|@|www\.",
    re.IGNORECASE,
)
DEPARTMENT = re.compile(
    r"/$|\b(?:team|department|division|engineering|product|marketing|sales|design|operations|"
    r"finance|legal|people|data|research|insights?|analytics|support|description|details|opportunity|"
    r"opening|vacancy|level|hybrid|remote)\b",
    re.IGNORECASE,
)
_CITY_AND_CODE = re.compile(r"[A-Z][\w.'’ -]{1,30}, [A-Z]{2,3}")
TOP_LINES = 15
HEAD_LINES = 8
LONGEST_FACT = 14  # words of a line at the top
LONGEST_NAME = 6
_SHORTEST_TOWN = 3  # letters; shorter ones are codes of something else
SMALL_WORDS = frozenset("of the de la del am upon on an der and".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line at the top, and of how many; `line` counts from 0."""

    text: str
    line: int
    nth: int
    of: int


def top_pieces(lines: Sequence[PostingLine]) -> Iterator[Piece]:
    """Yield the pieces of the lines at the top, until running text or a heading begins."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        is_known = heading_kind(line.text) and is_usual_heading(find_cues(line.text))
        if is_known or (line.is_item and not line.is_heading):
            break
        is_long = len(line.text.split()) > LONGEST_FACT
        pieces = [piece.strip(" ,") for piece in BETWEEN.split(line.text)]
        if is_long and (len(pieces) < 3 or len(line.text) > 300):
            break
        kept = [piece for piece in pieces if piece and not _NOT_A_FACT.search(piece)]
        for nth, piece in enumerate(kept):
            yield Piece(piece, index, nth, len(kept))


def parted(text: str) -> tuple[str, str]:
    """Part "Company, City" and "Company (City)" from a place's own "City, Country"."""
    front, bracketed = before_bracket(text)
    if front and bracketed and is_where(bracketed) and not is_where(front):
        return front, bracketed
    name, comma, rest = text.partition(", ")
    if not comma or is_place(name) or not is_place(rest):
        return text, ""
    if is_region(rest) and not has_word(name, "organisation"):
        return text, ""  # "Riverton, VA"
    return name, rest


def before_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the one bracket at the end of a text, and what stands in it."""
    front, _, inside = text.strip().removesuffix(")").partition("(")
    is_one = text.rstrip().endswith(")") and not any(sign in front + inside for sign in "()")
    return (front.strip(), inside.strip()) if is_one else (text.strip(), "")


def without_half_bracket(text: str) -> str:
    """Return a text without the one bracket that it only begins or only ends, and what is in it."""
    found = [sign for sign in text if sign in "()[]"]
    if len(found) != 1:
        return text
    front, _, behind = text.partition(found[0])
    return (front.strip() or behind.strip()).rstrip(" :,–-")


def is_where(text: str) -> bool:
    """Return whether a piece is a place, perhaps with how often one must be there, or several."""
    several = [one.strip() for one in re.split(r"[;/]", text)]
    if len(several) > 1:
        return all(is_where(one) for one in several if one)
    bare = before_bracket(text)[0]
    words = bare.split()
    if len(words) > LONGEST_NAME or any(w[0].islower() and w not in SMALL_WORDS for w in words):
        return False
    name, place = parted(bare) if ", " in bare else (bare, "")
    if (place and name != bare) or not bare:
        return False
    return is_place(bare) or bool(_CITY_AND_CODE.fullmatch(bare)) or is_town_name(bare)


def is_town_name(name: str) -> bool:
    """Return whether a name is that of a town, and no short code."""
    return len(name) > _SHORTEST_TOWN and is_town(name)


@cache
def title_words(table: str) -> frozenset[str]:
    """Return one of the sets of words in the table ``titles`` of `data/posting_cues.toml`."""
    return frozenset(data_toml("posting_cues.toml")["titles"][table].split())
