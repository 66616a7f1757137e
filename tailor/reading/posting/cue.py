"""What the words of a heading or a line of a posting say of it, apart from where it stands.

The phrases of `data/posting_cues.toml` say some of it. The rest is learnt: a logistic regression by
scikit-learn over words and pairs of words, from the headings that postings set above their lines
(`training/posting.py`). Its coefficients are whole numbers, found by a checksum of the feature, so
that all lines are judged by one sum each, and alike on every processor.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tailor.nlp.cue import CueFinder, Cues
from tailor.values.resources import data_toml, model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_GROUPS = ("sure_headings", "headings")
# A table's phrases stand under one of these names; their label is the table's own name.
_LISTS = ("phrases", "words", "names")
_IN_BRACKETS = re.compile(r"(?<=\w )\([^()]*\)")
_TEAM_NAMED_BY = 5  # words
TEXTS_KEPT = 2_000  # those of a few postings


@lru_cache(maxsize=TEXTS_KEPT)
def find_cues(text: str) -> Cues:
    """Return the cues of a heading, a line or a sentence.

    Their labels are the names of the tables: "drop", "asks", "headings.duties", "nice.unless".
    """
    return _finder().find(text)


@cache
def _finder() -> CueFinder:
    tables = data_toml("posting_cues.toml")
    phrases = {name: part[key] for name, part in tables.items() for key in _LISTS if key in part}
    for name in (*_GROUPS, "talk", "seeks"):
        phrases |= {f"{name}.{key}": listed for key, listed in tables[name].items()}
    phrases["nice.unless"] = tables["nice"]["unless"]
    return CueFinder(phrases)


def heading_kind(heading: str) -> str:
    """Return what a heading announces: a kind of data/posting_cues.toml, "" if unknown."""
    cues = find_cues(heading)
    if cues.labels:
        for label, kind in _kinds_of_headings():
            if label in cues.labels:
                return kind
    return "company" if speaks_of_itself(cues) else ""


@cache
def _kinds_of_headings() -> tuple[tuple[str, str], ...]:
    tables = data_toml("posting_cues.toml")
    return tuple((f"{group}.{kind}", kind) for group in _GROUPS for kind in tables[group])


def is_usual_heading(cues: Cues) -> bool:
    """Return whether a line as a whole is what postings use to set as a heading."""
    return any(label.startswith("headings.") for label in cues.whole)


def speaks_of_itself(cues: Cues) -> bool:
    """Return whether a company speaks of itself: "We", "Our", "The … team", and wants nothing."""
    is_team = cues.words[:1] == ("the",) and "team" in cues.words[1:_TEAM_NAMED_BY]
    return (is_team or cues.has("talk.begins")) and not cues.has("talk.wants")


def is_plus(text: str) -> bool:
    """Return whether the words of a line call what it asks for a plus, and no must.

    What brackets say ("Zephyr ideally") is of one thing in it only.
    """
    cues = find_cues(_IN_BRACKETS.sub("", text) or text)
    return cues.has("nice") and not cues.has("nice.unless")


def asks_for_someone(text: str) -> bool:
    """Return whether a line has words by which postings ask: "you will", "experience"."""
    return find_cues(text).has("asks")


def begins_with_work(cues: Cues) -> bool:
    """Return whether a line begins with a verb of work, perhaps after an adverb.

    "Manage …", "Managing …", "Proactively manages …".
    """
    place = 1 if cues.words and cues.words[0].endswith("ly") else 0
    return not forms_of_work().isdisjoint(cues.words[place : place + 1])


@cache
def forms_of_work() -> frozenset[str]:
    """Return the forms of the verbs of work with which lines begin."""
    verbs = data_toml("posting_cues.toml")["work"]["verbs"].split()
    return frozenset(form for verb in verbs for form in _forms(verb))


def _forms(verb: str) -> tuple[str, str, str]:
    """Return the forms with which lines begin: "manage", "manages", "managing"."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    ending = "es" if verb.endswith(("s", "x", "ch", "sh")) else "s"
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + ending
    return verb, third, f"{stem}ing"


# What the words of a line of a posting say of it, apart from where it stands.

MODEL_FILE = "posting/words.npz"
UNIT = 100  # of evidence: the natural logarithm of the odds, times this
_MOST_WORDS = 60
_MONEY = re.compile(r"[$€£]\s?\d")
_YEARS = re.compile(r"\d\s?\+?\s?(?:years?|yrs?)\b", re.IGNORECASE)
_SIGNS = {"%": "<percent>", "!": "<exclamation>", "?": "<question>", "http": "<address>"}
_NAMED_BY_FIGURES = frozenset({"401", "403"})  # pension plans, and not how many of something


@dataclass(frozen=True)
class LineKinds:
    """A fitted classifier: for each feature's checksum, in order, its weight for each kind.

    `weights` has a row for each of `keys` and a column for each of `kinds`, in `UNIT`.
    """

    kinds: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.int16]
    intercepts: NDArray[np.int32]
    _judged: dict[str, NDArray[np.int64]] = field(default_factory=dict, repr=False, compare=False)

    def evidence(self, lines: Sequence[str]) -> NDArray[np.int64]:
        """Return a row for each line and a column for each kind: how much speaks for it.

        Each line of a posting is asked about several times, and judged once.
        """
        import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

        if len(self._judged) > TEXTS_KEPT:
            self._judged.clear()
        new = [line for line in dict.fromkeys(lines) if line not in self._judged]
        if new:
            self._judged.update(zip(new, self._sums(new), strict=True))
        return np.array([self._judged[line] for line in lines])

    def _sums(self, lines: Sequence[str]) -> NDArray[np.int64]:
        import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

        found = [[zlib.crc32(name.encode()) for name in features_of(line)] for line in lines]
        flat = np.array(list(chain.from_iterable(found)), dtype=np.uint32)
        at = np.minimum(np.searchsorted(self.keys, flat), len(self.keys) - 1)
        weights = self.weights[at].astype(np.int64) * (self.keys[at] == flat)[:, None]
        # No line is without a feature: each has a length.
        begins = np.cumsum([0, *(len(row) for row in found[:-1])])
        sums: NDArray[np.int64] = np.add.reduceat(weights, begins, axis=0).astype(np.int64)
        return sums + self.intercepts.astype(np.int64)


def features_of(line: str) -> set[str]:
    """Return what a line is judged by: its words, pairs of neighbours, ends, signs and length.

    Figures are one word, ``#``; ``^`` and ``$`` stand for the line's beginning and end.
    """
    words = find_cues(line).words
    shown = ["#" if w.isdigit() and w not in _NAMED_BY_FIGURES else w for w in words[:_MOST_WORDS]]
    features = set(shown)
    features.update(map(" ".join, pairwise(["^", *shown, "$"])))
    features.update(name for sign, name in _SIGNS.items() if sign in line)
    if _MONEY.search(line):
        features.add("<money>")
    if _YEARS.search(line):
        features.add("<years>")
    features.add(f"<length {min(len(words).bit_length(), 6)}>")
    return features


@cache
def learnt_kinds() -> LineKinds:
    """Return the classifier that ships in `models/`."""
    return read_kinds(model_bytes(MODEL_FILE))


def read_kinds(content: bytes) -> LineKinds:
    """Return the classifier in the bytes of a file that `training/posting.py` wrote."""
    import numpy as np  # noqa: PLC0415 - wanted only when a posting is read

    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return LineKinds(
            tuple(arrays["kinds"].tolist()), arrays["keys"], arrays["weights"], arrays["intercepts"]
        )
