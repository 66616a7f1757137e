"""What a line of a CV says when a person has what is asked, and what is merely near to it.

"Argo CD" shows GitOps, and "month-end close" shows accounting: what a recruiter knows of a trade.
The table, `data/asked_names.txt`, says it one way only: who has GitOps need not know Argo CD. It
says as well which names people list in a CV.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tailor.matching.name import holds, other_names
from tailor.matching.words import TEXTS_KEPT, name_words, word_set
from tailor.values.resources import data_text

KINDS = "kwn"  # listed in CVs, too general to be missed, no name by itself
_BREAK = re.compile(r"[,;:.!?]\s|[()|]|\s[–—-]\s")
_NAMES, _LISTED, _SHOWN_BY, _NEAR = range(4)


@lru_cache(maxsize=TEXTS_KEPT)
def signs_of(name: str) -> tuple[str, ...]:
    """Return what shows `name` where it stands in a line: its other names, and more."""
    names = [one for one in _column(name, _NAMES) if one.casefold() != name.casefold()]
    return tuple(dict.fromkeys([*names, *_column(name, _SHOWN_BY)]))


@lru_cache(maxsize=TEXTS_KEPT)
def near_to(name: str) -> tuple[str, ...]:
    """Return what is near to `name` and not it."""
    return _column(name, _NEAR)


def says(text: str, sign: str) -> bool:
    """Return whether a text has the words of a sign one behind the other, inflected or not.

    A sign of one word stands there as it is, or in the plural: "stats" is in no "states".
    """
    first, *others = name_words(sign)
    if others:
        return any(
            holds(words, sign, listed=True)
            or holds([word for word in words if not _counts(word.text)], sign, listed=True)
            for words in map(name_words, _BREAK.split(text))
        )
    low = first.text.casefold()
    written = {word.text.casefold() for word in name_words(text)}
    return not written.isdisjoint({low, f"{low}s", f"{low}es", low.removesuffix("s")})


def _counts(word: str) -> bool:
    """Return whether a word says how many, and no more: "filled 50 prescriptions"."""
    return word[:1].isdigit() or word.casefold() in word_set("how_many")


@lru_cache(maxsize=TEXTS_KEPT)
def listed_as(name: str) -> str:
    """Return which of `KINDS` a name is of, "" where it is not known."""
    row = _row(name)
    return row.split("|")[_LISTED].strip() if row else ""


def _column(name: str, number: int) -> tuple[str, ...]:
    """Return one column of the row of a name, or of those of its other names."""
    own = _row(name)
    rows = [own] if own else [row for other in sorted(other_names(name)) if (row := _row(other))]
    return tuple(dict.fromkeys(one for row in rows for one in _parts(row.split("|")[number])))


def _parts(column: str) -> list[str]:
    """Return what stands between the ";" of a column."""
    return [one for part in column.split(";") if (one := part.strip())]


def _row(name: str) -> str:
    low = name.casefold()
    rows = _rows()
    keys = (low, low.removesuffix("s"), f"{low}s", low.replace("-", " "))
    return next((rows[key] for key in keys if key in rows), "")


@cache
def _rows() -> dict[str, str]:
    """Return the rows of the table by each of their names, in lower case.

    A name that is the first of a row finds that row, whatever other rows have it too.
    """
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    for line in data_text("asked_names.txt").splitlines():
        names, bar, _ = line.partition("|")
        if not bar or line[0] == "#":
            continue
        name, *same = names.casefold().split(";")  # one pass: each start of the program waits
        found[name.strip()] = line
        for one in same:
            others.setdefault(one.strip(), line)
    return others | found
