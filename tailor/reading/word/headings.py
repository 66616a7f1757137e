"""Headings by look, where a Word file has no styles for them: what stands out from the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.headings import read_heading
from tailor.reading.lines import clean
from tailor.reading.word.drafts import Draft, DraftLook, is_known_section

_LONGEST_HEADING = 60  # characters
_WORDS = 8 / 60  # to a character of them
_NAME_WORDS = range(1, 7)
_NOT_A_NAME = re.compile(r"[\d@:;|\t]|www\.")
_LARGER = 1.0  # points above the body text that can be seen
_FAR_LARGER = 1.4  # times the body text: the size of a name
_SECTION_LEVEL = 2

_Group = tuple[DraftLook, bool]  # lines that look alike; whether they stand apart


def mark_headings(drafts: Sequence[Draft], *, is_posting: bool) -> list[Draft]:
    """Return the drafts with `heading` set where the look says so.

    Styles have the first word. Where there are none, a section's heading is a
    short line that stands out; in a CV its look has to be that of headings
    which CVs are known to have, since titles of positions stand out as well.
    """
    found = [*drafts]
    body = _body_look(found)
    if not _has_styles(found, is_posting=is_posting):
        groups = _groups(found, body, is_posting=is_posting)
        if is_posting:
            marked = {index for group in groups.values() for index in group}
        else:
            marked = _sections(found, groups, body)
        level = _section_level(found)
        largest = max((found[index].look.size for index in marked), default=0)
        alone = sum(found[index].look.size == largest for index in marked) == 1
        for index in marked:
            is_title = is_posting and alone and found[index].look.size == largest
            found[index] = replace(found[index], heading=1 if is_title else level, depth=0)
    return found if is_posting else _with_name(found, body)


def _has_styles(drafts: Sequence[Draft], *, is_posting: bool) -> bool:
    """Return whether styles mark the sections, and not only a title or the entries."""
    styled = [draft for draft in drafts if draft.heading and not draft.title and draft.text]
    if is_posting:
        return len(styled) > 1
    return any(is_known_section(draft) for draft in styled) or len({d.heading for d in styled}) > 2


def _section_level(drafts: Sequence[Draft]) -> int:
    """Return a level above that of the entries, if these have a style."""
    styled = [draft.heading for draft in drafts if draft.heading and not draft.title]
    return max(1, min(_SECTION_LEVEL, min(styled) - 1)) if styled else _SECTION_LEVEL


def _body_look(drafts: Sequence[Draft]) -> DraftLook:
    """Return the look of the text; what has long lines is text."""
    looks: Counter[DraftLook] = Counter()
    for draft in drafts:
        look = draft.look
        looks[DraftLook(look.size, look.bold, color=look.color)] += len(draft.plain) ** 2
    return looks.most_common(1)[0][0] if looks else DraftLook()


def _groups(
    drafts: Sequence[Draft], body: DraftLook, *, is_posting: bool
) -> Mapping[_Group, list[int]]:
    """Return the indices of short lines that stand out, by their look."""
    groups: dict[_Group, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        strength = _strength(draft.look, body)
        # A heading may have a note on its line; that it is one has to be plain to see.
        longest = 2 * _LONGEST_HEADING if strength > 1 and not is_posting else _LONGEST_HEADING
        if strength and _could_be_heading(draft, longest) and not draft.heading:
            groups[_group(draft)].append(index)
    return groups


def _group(draft: Draft) -> _Group:
    return draft.look, bool(draft.before)


def _strength(look: DraftLook, body: DraftLook) -> int:
    """Count in how many ways a look stands out; 2 or more are plain to see."""
    return (
        2 * (look.size >= body.size + _LARGER)
        + (look.bold and not body.bold)
        + (look.caps or look.small_caps)
        + look.ruled
        + look.underline
        + (look.color not in {body.color, "", "auto"})
    )


def _could_be_heading(draft: Draft, longest: int) -> bool:
    if len(draft.plain) > 2 * longest:
        return False
    text = clean(draft.text).plain
    return (
        0 < len(text) <= longest
        and len(text.split()) <= longest * _WORDS
        and any(character.isalpha() for character in text)
        and text[-1] not in ".,;!"
        and "@" not in text
        and not all(run.link for run in draft.text.runs)
        and (not draft.depth or is_known_section(draft))
        and locate_period(draft.plain) is None
    )


def _sections(
    drafts: Sequence[Draft], groups: Mapping[_Group, list[int]], body: DraftLook
) -> set[int]:
    """Return which lines of a CV are headings of sections."""
    found: set[int] = set()
    for (look, _), indices in groups.items():
        known = [index for index in indices if is_known_section(drafts[index])]
        found.update(known)
        needed = 0.5 if _strength(look, body) > 1 else 0.8
        if len(known) > 1 and len(known) >= needed * len(indices):
            # What stands above the first section is the head of the CV.
            found.update(index for index in indices if index > known[0])
    return found or _largest(groups, body)


def _largest(groups: Mapping[_Group, list[int]], body: DraftLook) -> set[int]:
    """Return the lines of the look that stands out most, and more than once."""
    repeated = [
        (look.size, _strength(look, body), indices)
        for (look, _), indices in groups.items()
        if len(indices) > 1 and _strength(look, body) > 1
    ]
    return set(max(repeated)[2]) if repeated else set()


def _with_name(drafts: list[Draft], body: DraftLook) -> list[Draft]:
    """Mark the person's name: the largest line above the sections, or of all lines.

    A name that stands below sections, as it may beside a narrow column, is moved
    to the top with the lines that follow it.
    """
    first = next(
        (i for i, d in enumerate(drafts) if d.heading and is_known_section(d)), len(drafts)
    )
    name = _largest_name(drafts[:first], body.size)
    styled = [draft.look.size for draft in drafts[:first] if draft.heading]
    if styled and (name is None or drafts[name].look.size <= max(styled)):
        return drafts
    if name is None:
        largest = max((draft.look.size for draft in drafts if draft.heading), default=body.size)
        name = _largest_name(drafts, max(largest, _FAR_LARGER * body.size))
        titles = [index for index, draft in enumerate(drafts) if draft.title]
        name = titles[0] if titles else name
    if name is None:
        return drafts
    marked = [*drafts]
    marked[name] = replace(marked[name], heading=1, depth=0)
    return _moved_up(marked, name) if name > first else marked


def _largest_name(drafts: Sequence[Draft], above: float) -> int | None:
    """Return the index of the largest line that may be a name and is larger than `above`."""
    sizes = {
        index: draft.look.size
        for index, draft in enumerate(drafts)
        if draft.look.size > above and _could_be_name(draft)
    }
    return max(sizes, key=lambda index: (sizes[index], -index)) if sizes else None


def _could_be_name(draft: Draft) -> bool:
    if len(draft.plain) > _LONGEST_HEADING:
        return False
    text = clean(draft.text).plain
    known = read_heading(draft.text).name
    return len(text.split()) in _NAME_WORDS and not known and not _NOT_A_NAME.search(text)


def _moved_up(drafts: list[Draft], name: int) -> list[Draft]:
    end = name + 1
    while end < len(drafts) and not drafts[end].heading and not drafts[end].apart:
        end += 1
    rest = drafts[:name] + drafts[end:]
    return [*drafts[name:end], *([replace(rest[0], apart=True), *rest[1:]] if rest else [])]
