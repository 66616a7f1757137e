"""The margin at which an editor or a mail program wrapped the lines of a plain text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 45, 100  # characters
_LEAST_WRAPS = 2
_LEAST_SHARE = 0.8  # of the lines that go on in small letters end at the margin
_MOST_BEYOND = 0.1  # of all lines are longer: an address, a row of a table
_ENDS = frozenset(".!?:;")
_HEADING_WORDS = 4
# Nobody ends a line with one of these; only a margin does.
OPEN_ENDS = frozenset(
    "a an the of to in for with and or by on at from as is are that which their our your its "
    "this these than into will must can".split()
)


def margin_of(rows: Sequence[str]) -> int:
    """Return the width in characters at which `rows` were wrapped, 0 if they were not.

    A line that ends with "of the", or goes on in small letters, was surely cut, and it was cut
    where its next word would not have fitted. The margin is the width that explains the most of
    these cuts.
    """
    rows = [row.rstrip() for row in rows]
    cuts = [
        (len(row), _length_with(row, after))
        for row, after in pairwise(rows)
        if len(row) >= _NARROWEST // 2 and after.strip() and _is_open(row, after)
    ]
    if len(cuts) < _LEAST_WRAPS:
        return 0
    explained = {
        width: sum(length <= width < longer for length, longer in cuts)
        for width in range(_NARROWEST, _WIDEST + 1)
    }
    widest = max(explained, key=lambda width: (explained[width], width))
    margin = max((len(row) for row in rows if len(row) <= widest), default=0)
    beyond = sum(len(row) > margin for row in rows)
    filled = sum(bool(row) for row in rows)
    is_wrapped = (
        explained[widest] >= max(_LEAST_WRAPS, _LEAST_SHARE * len(cuts))
        and beyond <= _MOST_BEYOND * filled
    )
    return margin if is_wrapped else 0


def is_cut(row: str, after: str, margin: int) -> bool:
    """Return whether `row` ends at the margin in the middle of a sentence that `after` goes on.

    The next word would not have fitted, whether it has a capital or not. A short label with a
    colon begins something new.
    """
    row = row.rstrip()
    if not margin or not row or row[-1] in _ENDS or not after.strip():
        return False
    is_label = after.rstrip().endswith(":") and len(after.split()) <= _HEADING_WORDS
    return len(row) <= margin < _length_with(row, after) and not is_label


def _is_open(row: str, after: str) -> bool:
    if row.rsplit(maxsplit=1)[-1].lower() in OPEN_ENDS:
        return True
    return after.lstrip()[:1].islower() and row[-1] not in _ENDS


def _length_with(row: str, after: str) -> int:
    """Return how long `row` would be with the first word of `after`."""
    return len(row) + 1 + len(after.split(maxsplit=1)[0])
