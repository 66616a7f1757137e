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


@dataclass(frozen=True, slots=True)
class Answered:
    """How many requirements have evidence in the CV, of how many.

    `required` counts all but the preferred ones: duties and the title too. `fit`, 0 to 1, is
    the share of the weight that is answered, each answer by its strength, times how much the best
    lines say to the posting: what applications are ordered by.
    """

    required: int
    required_of: int
    preferred: int
    preferred_of: int
    fit: float
