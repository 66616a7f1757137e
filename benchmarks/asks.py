"""Measure what lines of postings are taken to ask for, on invented lines in many fields.

    python benchmarks/asks.py [benchmarks/asks_a.txt …] [--verbose]

The files have each line with what it asks for, written before anything was measured. *found* is
the share of what is asked for that was extracted with its kind; *right* the share of what would be
told as missing of a CV that has none of it, that is asked for; *grouped* the share of alternatives
that are taken as such; *taken* counts traits and terms of work told as gaps.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tailor.matching.ask import Ask, AskKind
from tailor.matching.asks import find_asks
from tailor.matching.requirements import Kind, Requirement

HERE = Path(__file__).parent
_KINDS = {
    "s": AskKind.SKILL,
    "y": AskKind.EXPERIENCE_YEARS,
    "d": AskKind.DEGREE,
    "l": AskKind.LICENCE,
    "g": AskKind.LANGUAGE,
    "w": AskKind.DUTY,
    "t": AskKind.TRAIT,
    "a": AskKind.ARRANGEMENT,
}
_SECTIONS = {"r": Kind.REQUIRED, "p": Kind.PREFERRED, "d": Kind.DUTY}
# What is told as missing by its name.
_GAPS = frozenset(_KINDS.values()) - {AskKind.DUTY, AskKind.TRAIT, AskKind.ARRANGEMENT}
# A skill may be a licence ("telehandler"), and a licence a skill; work may be named as a skill.
_ALIKE = {
    AskKind.SKILL: {AskKind.LICENCE, AskKind.DUTY},
    AskKind.LICENCE: {AskKind.SKILL, AskKind.DEGREE},
    AskKind.DUTY: {AskKind.SKILL, AskKind.TRAIT},
    AskKind.EXPERIENCE_YEARS: {AskKind.SKILL},
    AskKind.TRAIT: {AskKind.ARRANGEMENT},
    AskKind.ARRANGEMENT: {AskKind.TRAIT, AskKind.LICENCE},
}
_MOST_BESIDE = 3  # times as many words as asked for, and it is another thing


@dataclass(frozen=True)
class Wanted:
    """What a line asks for: alternatives, and whether one need not find it."""

    kind: AskKind
    texts: tuple[str, ...]
    is_optional: bool


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    for path in options.files or sorted(HERE.glob("asks_*.txt")):
        print(path.name, _figures(path, verbose=options.verbose))


def _figures(path: Path, *, verbose: bool) -> str:
    count: Counter[str] = Counter()
    for kind, text, wanted in _lines(path):
        asks = find_asks([Requirement("r1", text, kind, 1.0, 1)])
        missed, wrong = _compare(asks, wanted, count)
        if verbose and (missed or wrong):
            print(f"{text}\n    missed {missed}\n    wrong  {wrong}")
    return (
        f"found {count['found']}/{count['asked']} = {count['found'] / count['asked']:.3f}  "
        f"right {count['right']}/{count['told']} = {count['right'] / count['told']:.3f}  "
        f"grouped {count['grouped']}/{count['groups']}  taken {count['taken']}"
    )


def _lines(path: Path) -> Iterator[tuple[Kind, str, list[Wanted]]]:
    kind, text = Kind.REQUIRED, ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("= "):
            yield kind, text, [_wanted(one) for one in line[2:].split("; ")]
        elif line and not line.startswith("#"):
            kind, text = _SECTIONS[line[0]], line[3:]


def _wanted(text: str) -> Wanted:
    head, _, names = text.strip().partition(": ")
    texts = tuple(name.strip() for name in names.split(" | "))
    return Wanted(_KINDS[head[-1]], texts, head.startswith("?"))


def _compare(
    asks: tuple[Ask, ...], wanted: list[Wanted], count: Counter[str]
) -> tuple[list[str], list[str]]:
    missed, used = [], set()
    for one in wanted:
        groups = []
        for text in one.texts:
            hits = [
                number
                for number, ask in enumerate(asks)
                if (ask.kind is one.kind or ask.kind in _ALIKE.get(one.kind, ()))
                and _is_same(ask.text, text)
            ]
            used.update(hits)
            groups += [asks[hits[0]].group] if hits else []
            count["asked"] += not one.is_optional
            count["found"] += bool(hits) and not one.is_optional
            if not hits and not one.is_optional:
                missed.append(text)
        if len(one.texts) > 1 and len(groups) == len(one.texts):
            count["groups"] += 1
            count["grouped"] += len(set(groups)) == 1 and groups[0] is not None
    told = [number for number, ask in enumerate(asks) if ask.kind in _GAPS and ask.is_sure]
    wrong = [asks[number].text for number in told if number not in used]
    count["told"] += len(told)
    count["right"] += len(told) - len(wrong)
    soft = [
        w for one in wanted if one.kind in {AskKind.TRAIT, AskKind.ARRANGEMENT} for w in one.texts
    ]
    count["taken"] += sum(any(_is_same(asks[n].text, text) for text in soft) for n in told)
    return missed, wrong


def _is_same(said: str, wanted: str) -> bool:
    ours, theirs = _words(said), _words(wanted)
    if not ours or not theirs:
        return False
    shared = len(ours & theirs)
    if theirs <= ours:
        return len(ours) <= _MOST_BESIDE * len(theirs)
    return shared * 2 > len(theirs) and shared * 2 > len(ours)


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[\w+#.]*[\w+#]", text.casefold())}


if __name__ == "__main__":
    main()
