"""What a posting of a few lines asks, and what a CV has of it: for the tests of asks and proofs."""

from __future__ import annotations

from datetime import date

import tailor
from tailor.matching.ask import Ask
from tailor.reading.posting.text import parse_posting
from tailor.values.cv import Cv

TODAY = date(2026, 11, 27)
DUTIES = "What you will do"


def asks_in(cv: Cv, *lines: str, heading: str = "Requirements") -> tuple[Ask, ...]:
    """The asks of a posting with these lines, in order."""
    listed = "\n".join(f"- {line}" for line in lines)
    posting = parse_posting(f"Team member\nHarbour Example Ltd, Leeds\n\n{heading}\n{listed}\n")
    return tailor.match(cv, posting, TODAY).asks


def asks_of(cv: Cv, *lines: str, heading: str = "Requirements") -> dict[str, Ask]:
    """The asks of a posting with these lines, by their text."""
    return {ask.text: ask for ask in asks_in(cv, *lines, heading=heading)}
