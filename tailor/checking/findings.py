"""What a check finds, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tailor.values.cv import Cv
from tailor.values.resources import data_toml

if TYPE_CHECKING:
    from tailor.matching.match import Match

_WORDS_SHOWN = 6


class Severity(StrEnum):
    """How much a finding matters.

    A fault loses a field in readers that were measured, or is a lie; a warning is read badly by
    some; a note is worth knowing.
    """

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    `number` is the paragraph's or the line's, from 1, or 0 for the file as a whole; `words` are
    how it begins; `page` counts from 1, or is 0 where the file does not say.
    """

    number: int = 0
    words: str = ""
    page: int = 0

    @classmethod
    def of(cls, number: int, text: str, page: int = 0) -> Place:
        """Return the place of a text, with its first words."""
        return cls(number, beginning(text), page)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken: what is wrong, where (the first places of `times`), what to do."""

    rule: int
    severity: Severity
    what: str
    remedy: str
    places: tuple[Place, ...] = ()
    times: int = 1

    @property
    def name(self) -> str:
        """What the rule asks for, in a few words."""
        name: str = data_toml("findings.toml")["rules"][self.rule - 1]
        return name


def beginning(text: str) -> str:
    """Return the first words of a text."""
    words = text.split()
    return " ".join(words[:_WORDS_SHOWN]) + ("…" if len(words) > _WORDS_SHOWN else "")


def found(name: str, places: Iterable[Place] = (Place(),), /, **words: object) -> Iterator[Finding]:
    """Yield the finding `name` of `data/findings.toml` for all places, or nothing without one.

    `words` are put in for the names in braces.
    """
    known = tuple(places)
    if known:
        told = data_toml("findings.toml")[name]
        severity = Severity(told["severity"])
        what = told["what"].format_map(words)
        yield Finding(told["rule"], severity, what, told["remedy"], known, len(known))


class Verdict(StrEnum):
    """What a line of a résumé is to the master CV."""

    VERBATIM = "verbatim"
    STATEMENTS = "statements"
    CHANGED = "changed"
    MERGED = "merged"
    MISPLACED = "misplaced"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a difference; `sign` is "+" for one that came, "-" for one that went, or ""."""

    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the résumé against the master CV.

    `master` is the line there that is nearest, the lines of a merged one, "" for a new one;
    `sources` are their numbers in the file of the master CV, as far as they have any.
    `difference` marks the words of a changed or merged line. `why` says where a line belongs that
    stands elsewhere.
    """

    place: Place
    text: str
    verdict: Verdict
    master: str = ""
    sources: tuple[int, ...] = ()
    difference: tuple[Word, ...] = ()
    why: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the line says what the master CV says, and where it says it."""
        return self.verdict in {Verdict.VERBATIM, Verdict.STATEMENTS}


@dataclass(frozen=True, slots=True)
class Missing:
    """What the master CV has and the résumé has not: an employer, a title or dates."""

    text: str
    source: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where each line of the résumé is from. `master` names the file of the master CV."""

    master: str
    lines: tuple[Judged, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def strange(self) -> tuple[Judged, ...]:
        """The lines that the master CV does not have, or has elsewhere."""
        return tuple(line for line in self.lines if not line.is_own)


@dataclass(frozen=True, slots=True)
class Checked:
    """All that a check found. `cv` is what a program reads out of the résumé, if anything.

    `match` and `provenance` are None where no posting or master CV was named.
    """

    source: str
    form: str
    cv: Cv | None
    findings: tuple[Finding, ...]
    match: Match | None = None
    provenance: Provenance | None = None

    @property
    def passed(self) -> bool:
        """Whether there is no fault, and every line is the master CV's."""
        faults = any(finding.severity is Severity.FAULT for finding in self.findings)
        told = self.provenance
        return not faults and not (told and (told.strange or told.missing))
