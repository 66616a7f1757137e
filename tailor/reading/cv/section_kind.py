"""What a section of a CV holds: told by its heading's words and by what stands below it.

A heading that nobody knows ("Things I can use", "Whoami") says little, and one that is known may
mislead: "Papers" are articles, or licences. So what the lines look like counts too: jobs, papers,
a list of tools, prose about oneself, prizes. All signs go into a multinomial logistic regression,
learnt by `training/cv/sections.py` from invented sections and applied here as an array.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tailor.reading.cv.cells import locate_period, pieces, split_label
from tailor.reading.cv.contacts import has_contact
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.headings import is_personal, parts_of_heading, section_of_label
from tailor.reading.cv.names import KINDS as PIECES
from tailor.reading.cv.names import find_languages, judge, probabilities
from tailor.reading.lines import Line, LineKind
from tailor.values.resources import MODELS

# The kinds of `SectionKind` that a heading may head, and "contact": what is the CV's head.
KINDS = (
    "summary skills achievements experience education projects publications awards certificates "
    "languages volunteering interests references other contact"
).split()
BUCKETS = 1 << 13
_MOST_LINES = 40  # that are looked at
_LONGEST = 300  # characters of a line that are looked at
_SHORT, _LONG = 4, 12  # words
_LETTERS = 5  # that tell a part of a heading's word: "bildung" in "Schulbildung"
_PIECE = re.compile(r"\s{0,9}[,;|•·]\s{0,9}|\.\s{1,9}|\s{1,9}[–—-]\s{1,9}|\t")
_WORD = re.compile(r"[^\W\d_]{2,30}")
_SELF = re.compile(r"\b(?:I|I'm|I've|[Mm]e|[Mm]y|[Ii]ch|[Jj]e|[Mm]eine?|[Mm]es|[Mm]i)\b")
_DID = re.compile(
    r"(?!\w{0,3}eed\b)[A-Z][a-z]{1,20}ed\b|(?:Led|Ran|Built|Wrote|Set|Cut|Won|Grew)\b"
)
_REFERENCE = re.compile(
    r"\b[A-Z][\w'-]{1,20},? [A-Z]{1,3}\b\.?,|\(\d{4}\)|\d[–-]\d|\bet al\b|\bdoi\b"
)
_QUOTED = re.compile(r"[\"“„«].{3,200}[\"”“»]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: how many before and after it, and what the known others hold."""

    before: int
    after: int
    others: frozenset[str] = frozenset()


def chances_of(heading: str, lines: Sequence[Line], place: Place) -> dict[str, float]:
    """Return how likely it is that a section holds each of `KINDS`."""
    return dict(zip(KINDS, chances(signs(heading, lines, place)), strict=True))


def chances(found: dict[str, float]) -> list[float]:
    """Return how likely a section with these signs is of each of `KINDS`."""
    weights, bias = _model()
    columns = [bucket(sign) for sign in found]
    row = np.array(list(found.values()), dtype=np.float32) @ weights[columns] + bias
    row = np.exp(row - row.max())
    return [float(chance) for chance in row / row.sum()]


def bucket(sign: str) -> int:
    """Return the row of the weights of a sign."""
    return crc32(sign.encode()) & (BUCKETS - 1)


@cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    with np.load(MODELS / "cv" / "sections.npz", allow_pickle=False) as data:
        return data["weights"].astype(np.float32), data["bias"]


def signs(heading: str, lines: Sequence[Line], place: Place) -> dict[str, float]:
    """Return the signs of a section, each with its strength from 0 to 1."""
    found = dict.fromkeys(_of_heading(heading), 1.0)
    found[f"place={4 * place.before // (place.before + place.after + 1)}"] = 1.0
    found[f"before={min(place.before, 2)}"] = found[f"after={min(place.after, 2)}"] = 1.0
    found.update((f"other={name}", 1.0) for name in sorted(place.others))
    rows = lines[:_MOST_LINES]
    found[f"lines={min(len(rows), 8)}"] = 1.0
    texts = [line.plain.strip()[:_LONGEST] for line in rows]
    parts = [[piece for piece in pieces(text, _PIECE) if piece[0].isalnum()] for text in texts]
    judge(piece for row in parts for piece in row)
    for line, text, row in zip(rows, texts, parts, strict=True):
        for sign in _of_line(line, text):
            found[sign] = found.get(sign, 0.0) + 1 / len(rows)
        for piece in row:
            for kind, chance in zip(PIECES, probabilities(piece), strict=True):
                share = float(chance) / len(row) / len(rows)
                found[f"piece={kind}"] = found.get(f"piece={kind}", 0.0) + share
    words = {word.casefold() for text in texts for word in _WORD.findall(text)}
    for word in words:
        found[f"w={word}"] = found[f"w5={word[:5]}"] = 1 / math.sqrt(len(words))
    return found


def _of_heading(heading: str) -> Iterator[str]:
    """Yield what a heading's words say."""
    known, *parts = parts_of_heading(heading)
    yield f"known={known}"
    for part in parts:
        yield f"part={part}"
    words = [word.casefold() for word in _WORD.findall(heading)]
    for word in words:
        yield f"h={word}"
        padded = f"<{word[:16]}>"
        for start in range(max(len(padded) - _LETTERS, 0) + 1):
            yield f"h5={padded[start : start + _LETTERS]}"
        yield f"word={section_of_label(word)}"
    if words:
        yield f"last={section_of_label(words[-1])}"


def _of_line(line: Line, text: str) -> Iterator[str]:
    """Yield what a line looks like."""
    words = len(text.split())
    dates = find_dates(text)
    found = locate_period(text) if dates else None
    yield f"kind={line.kind.value}"
    yield "short" if words <= _SHORT else "long" if words >= _LONG else "middle"
    yield f"commas={min(4 * len(re.findall('[,;]', text)) // max(words, 1), 4)}"
    tests = {
        "stop": text.endswith((".", "!")),
        "self": _SELF.search(text),
        "did": _DID.match(text) or (_DID.search(text) and words >= _LONG),
        "digits": any(map(str.isdigit, text)),
        "dated": dates,
        "range": any(one.is_range for one in dates),
        "date first": text[:1].isdigit() and dates and dates[0].start == 0,
        "date last": found and found.end < len(text.rstrip(" .)")),
        "head": line.kind is not LineKind.ITEM and found and found.is_range and words < _LONG,
        "label": split_label(text)[0],
        "language": find_languages(text),
        "contact": has_contact(text),
        "personal": is_personal(text),
        "reference": _REFERENCE.search(text),
        "quoted": _QUOTED.search(text),
        "bold": any(run.bold for run in line.text.runs),
        "sentence": words >= _LONG and text.endswith(".") and "," in text,
    }
    yield from (name for name, told in tests.items() if told)
