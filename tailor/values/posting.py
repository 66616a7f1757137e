"""The posting as a value: what it says, line by line. No input or output here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line of a posting.

    `number` is the line of the source, from 1. `heading` is the text of the
    heading it stands under ("" before the first).
    """

    text: str
    number: int
    heading: str = ""
    is_heading: bool = False
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """A job posting. `title`, `company` and `place` are "" where it does not say."""

    lines: tuple[PostingLine, ...]
    title: str = ""
    company: str = ""
    place: str = ""
    source: str = "posting"

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


# As if so many requirements more were asked for and not answered, so that a posting which asks
# for one thing alone does not stand above those that ask for twelve and get eleven.
_PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Answered:
    """How many requirements a CV meets, of how many: required, preferred, and other duties.

    `partly` are required ones of which it has some. What no line of a CV can prove is not counted.
    """

    required: int
    partly: int
    required_of: int
    preferred: int
    preferred_of: int
    duties: int
    duties_of: int

    @property
    def fit(self) -> float:
        """What applications are ordered by, 0 to 1: required ones first, then all others."""
        others = (self.preferred + self.duties) / (self.preferred_of + self.duties_of + _PRIOR)
        required = (self.required + self.partly / 2) / (self.required_of + _PRIOR)
        return round(0.9 * required + 0.1 * others, 6)
