"""What one version of an application has that the one before had not."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tailor.selection.tailored_cv import find_changes

lines = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@given(lines, lines)
def test_the_old_page_and_the_changes_give_the_new_one(old: list[str], new: list[str]) -> None:
    """Every line that came or went is told, and no other."""
    changes = find_changes("a.docx", old, new)
    assert set(new) == (set(old) - set(changes.removed)) | set(changes.added)
    assert not set(changes.added) & set(old)
    assert not set(changes.removed) & set(new)
    if Counter(old) == Counter(new):
        assert (not changes.moved) == (old == new)


def test_lines_that_moved_are_counted() -> None:
    """A line that stands elsewhere is neither new nor gone."""
    changes = find_changes("a.docx", ["a", "b", "c"], ["b", "c", "a", "d"])
    assert (changes.added, changes.removed, changes.moved) == (("d",), (), 1)
