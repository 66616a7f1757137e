"""`Ask`: one single thing that a posting asks for, and what the CV has of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AskKind(StrEnum):
    """What sort of thing is asked for, and so what can prove it."""

    SKILL = "skill"
    EXPERIENCE_YEARS = "experience_years"
    DEGREE = "degree"
    LICENCE = "licence"
    LANGUAGE = "language"
    DUTY = "duty"
    TRAIT = "trait"
    ARRANGEMENT = "arrangement"


class Importance(StrEnum):
    """How much the posting insists on it."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"


class Status(StrEnum):
    """What the CV says of an ask.

    STATED and ALIAS mean that the person has it: the CV says so, or says the same under another
    name. RELATED is near and not it.
    """

    STATED = "stated"
    ALIAS = "alias"
    RELATED = "related"
    ABSENT = "absent"
    NOT_CHECKABLE = "not_checkable"

    @property
    def is_had(self) -> bool:
        """Whether the CV has what is asked for."""
        return self is Status.STATED or self is Status.ALIAS


@dataclass(frozen=True, slots=True)
class Ask:
    """One single thing that a posting asks for, and what the CV has of it.

    `text` are the posting's own words, `requirement` the id of the line they stand in. Asks of
    one `group` are alternatives: one of them answers all. `lines` are the CV's own lines that show
    it, best first, and `line_ids` their ids. `is_sure` is False for words of a line that may name
    nothing: the CV may show them, and that it does not is no gap.
    """

    text: str
    kind: AskKind
    importance: Importance
    requirement: str
    group: str | None = None
    status: Status = Status.ABSENT
    lines: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()
    is_sure: bool = True
