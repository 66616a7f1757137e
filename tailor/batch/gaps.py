"""What the postings of a batch ask for and the CV lacks, by how many of them ask for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tailor.batch.values import Row, Status
from tailor.matching.ask import Importance
from tailor.matching.name import other_names

COLUMNS = ("gap", "asked_by", "required_by", "of", "your_cv", "cv")


@dataclass(frozen=True, slots=True)
class Shortage:
    """One thing that postings ask for and a CV lacks.

    `asked_by` of the `of` postings ask for it, `required_by` of these insist on it. `said` is what
    the CV says: that it is not there, or what is near it.
    """

    name: str
    asked_by: int
    required_by: int
    of: int
    said: str
    cv: str

    @property
    def cells(self) -> tuple[str | int, ...]:
        """The values of `COLUMNS`."""
        return self.name, self.asked_by, self.required_by, self.of, self.said, self.cv


def find_shortages(rows: Iterable[Row]) -> list[Shortage]:
    """Return what is lacking, what most postings ask for first; other names of one thing are one.

    Rows without figures, and what repeats another posting, do not count.
    """
    of: Counter[str] = Counter()
    spelt: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    asked: Counter[tuple[str, str]] = Counter()
    required: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.answered is None or row.status is Status.DUPLICATE:
            continue
        of[row.cv] += 1
        seen = {(row.cv, same_thing(gap.text)): gap for gap in reversed(row.gaps)}
        for key, gap in seen.items():
            asked[key] += 1
            required[key] += gap.importance == Importance.REQUIRED
            spelt[key][gap.text] += 1
            said.setdefault(key, gap.said)
    found = [
        Shortage(
            max(spelt[key], key=lambda name, own=spelt[key]: (own[name], name)),  # type: ignore[misc]
            count,
            required[key],
            of[key[0]],
            said[key],
            key[0],
        )
        for key, count in asked.items()
    ]
    return sorted(found, key=lambda gap: (-gap.asked_by, -gap.required_by, gap.name, gap.cv))


@lru_cache(maxsize=20_000)
def same_thing(name: str) -> str:
    """Return what all names of one thing share."""
    low = name.casefold()
    return min({low, *other_names(low)})
