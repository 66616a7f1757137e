"""What asks of one line of a posting say of each other.

"Container technologies such as Docker" are answered by whoever has Docker, and so are the "similar
tools" behind a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tailor.matching.ask import Ask, AskKind, Status
from tailor.matching.book import LISTS, CvLine, Verdict
from tailor.matching.name import holds, siblings
from tailor.matching.words import name_words, word_set

# What stands between a kind of thing and examples of it, and behind these.
_EXAMPLES = re.compile(
    r"(?: \w+)?,? \(?(?:such as|like|e\.?g\.?,?|for example,?|for instance,?) "
    r"| \((?=[A-Z])"
)
_REST = re.compile(r"[.;)](?: |$)| to | for | in ")
# "Clio, LEAP or another practice management system": who has one of those named has one.
_ANOTHER = re.compile(
    r"(?:another|(?:any )?other|(?:a )?(?:similar|comparable)) [^\W\d]", re.IGNORECASE
)
_SIMILAR = re.compile(r",? or (?:an? |any )?(?:similar|comparable|equivalent|like) ", re.IGNORECASE)


def together(
    asks: Sequence[Ask], verdicts: Sequence[Verdict], texts: Mapping[str, str]
) -> list[Verdict]:
    """Return the verdicts on asks, each with what those on the others of its line say of it.

    `texts` are the lines of the posting, by their ids.
    """
    found = _by_example(asks, _as_one(asks, verdicts), texts)
    return _by_similar(asks, _by_named(asks, found), texts)


def _as_one(asks: Sequence[Ask], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return verdicts, that of the name for what is asked for as work in the very same words.

    Where they may name nothing and the CV says nothing of them, what is near to the work stays.
    """
    named = {
        (ask.requirement, ask.text): found
        for ask, found in zip(asks, verdicts, strict=True)
        if ask.kind is AskKind.SKILL
    }
    return [
        _of_both(found, named.get((ask.requirement, ask.text)))
        if ask.kind is AskKind.DUTY
        else found
        for ask, found in zip(asks, verdicts, strict=True)
    ]


def _of_both(work: Verdict, name: Verdict | None) -> Verdict:
    """Return what is said of words that are asked for as work, and perhaps by name."""
    if name is None or (not name.lines and not work.status.is_had):
        return work
    return name


def _by_example(
    asks: Sequence[Ask], verdicts: Sequence[Verdict], texts: Mapping[str, str]
) -> list[Verdict]:
    """Return verdicts, where a posting names examples of a kind of thing: one of them is of it.

    "Container technologies such as Docker" are answered by whoever has Docker.
    """
    found = list(verdicts)
    for number, ask in enumerate(asks):
        if found[number].status.is_had or ask.kind is not AskKind.SKILL:
            continue
        _, name, behind = texts.get(ask.requirement, "").partition(ask.text)
        if not name:
            continue
        last = name.rsplit(maxsplit=1)[-1].casefold()
        if not (last.endswith("s") or last in word_set("general_heads")):
            continue  # "an actuary (R, Excel)" is no kind of Excel
        if opened := _EXAMPLES.match(behind):
            named = _REST.split(behind[opened.end() :], maxsplit=1)[0]
            lines = [
                line
                for other, one in zip(asks, verdicts, strict=True)
                if other.requirement == ask.requirement
                and other.kind is AskKind.SKILL
                and one.status.is_had
                and other.text in named
                for line in one.lines
            ]
            if lines:
                found[number] = Verdict(Status.ALIAS, tuple(dict.fromkeys(lines)))
    return found


def _by_named(asks: Sequence[Ask], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return verdicts, where alternatives end with "or another ...": one named before is of it.

    So is another of their kind: who has Octave has one of "MATLAB or similar tools".
    """
    found = list(verdicts)
    for number, ask in enumerate(asks):
        if not ask.group or found[number].status.is_had or not _ANOTHER.match(ask.text):
            continue
        named = [
            one
            for other, one in zip(asks, verdicts, strict=True)
            if other.group == ask.group
            and (one.status.is_had or (one.lines and _is_sibling(other.text, one.lines[0])))
        ]
        if named:
            lines = dict.fromkeys(line for one in named for line in one.lines)
            found[number] = Verdict(Status.ALIAS, tuple(lines))
    return found


def _is_sibling(name: str, line: CvLine) -> bool:
    """Return whether a line names something of one class with `name`."""
    words = name_words(line.text)
    return any(holds(words, other, listed=line.kind in LISTS) for other in siblings(name))


def _by_similar(
    asks: Sequence[Ask], verdicts: Sequence[Verdict], texts: Mapping[str, str]
) -> list[Verdict]:
    """Return verdicts, where a name stands before "or a similar ...": who has that is near it."""
    found = list(verdicts)
    for number, ask in enumerate(asks):
        if not ask.group or found[number].lines or ask.kind is not AskKind.SKILL:
            continue
        _, _, behind = texts.get(ask.requirement, "").partition(ask.text)
        if not _SIMILAR.match(behind):
            continue
        near = [
            one
            for other, one in zip(asks, verdicts, strict=True)
            if other.group == ask.group and other.text in behind and one.status.is_had
        ]
        if near:
            lines = dict.fromkeys(line for one in near for line in one.lines)
            found[number] = Verdict(Status.RELATED, tuple(lines))
    return found
