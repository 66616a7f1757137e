"""What a line of a CV says when a person has what is asked, and what is merely near to it.

"Argo CD" shows GitOps, and "month-end close" shows accounting: what a recruiter knows of a trade.
The table, `data/asked_names.txt`, says it one way only: who has GitOps need not know Argo CD. It
says as well which names people list in a CV.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tailor.matching.asked_row import LISTED, NAMES, NEAR, SHOWN_BY, parts_of, row_of
from tailor.matching.name import holds, other_names
from tailor.matching.words import TEXTS_KEPT, name_words, word_set

_BREAK = re.compile(r"[,;:.!?]\s|[()|]|\s[–—-]\s")


@lru_cache(maxsize=TEXTS_KEPT)
def signs_of(name: str) -> tuple[str, ...]:
    """Return what shows `name` where it stands in a line: its other names, and more."""
    names = [one for one in _column(name, NAMES) if one.casefold() != name.casefold()]
    return tuple(dict.fromkeys([*names, *_column(name, SHOWN_BY)]))


@lru_cache(maxsize=TEXTS_KEPT)
def near_to(name: str) -> tuple[str, ...]:
    """Return what is near to `name` and not it."""
    return _column(name, NEAR)


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
    return next(iter(parts_of(row_of(name), LISTED)), "")


def _column(name: str, number: int) -> tuple[str, ...]:
    """Return one column of the row of a name, or of those of its other names."""
    own = row_of(name)
    rows = [own] if own else [row for other in sorted(other_names(name)) if (row := row_of(other))]
    return tuple(dict.fromkeys(one for row in rows for one in parts_of(row, number)))
