"""What one version of an application has that the one before had not, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines that came and lines that went, each in its page's order.

    Lines that only moved are neither: `moved` is how many. `before` names the
    file they are compared with, "" where there was none.
    """

    before: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: int = 0


def find_changes(before: str, old: Sequence[str], new: Sequence[str]) -> Changes:
    """Compare the lines of two pages; `before` names the old one's file."""
    added, removed = list(_beyond(new, old)), list(_beyond(old, new))
    gone, come = set(removed), set(added)
    kept_old = [line for line in old if line not in gone]
    kept_new = [line for line in new if line not in come]
    same = SequenceMatcher(None, kept_old, kept_new, autojunk=False).get_matching_blocks()
    moved = len(kept_new) - sum(block.size for block in same)
    return Changes(before, tuple(added), tuple(removed), moved)


def _beyond(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    known = set(others)
    return [line for line in lines if line not in known]
