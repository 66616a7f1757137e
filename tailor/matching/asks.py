"""What a posting asks for, one thing at a time: `Requirement`s -> `Ask`s.

"Experience with Java, Scala or Python, 4+ years, and a degree in CS" is one line and five asks, of
which three are alternatives. A line is cut (`cut.py`); each piece is judged by its own words and by
what introduces it (`kind.py`), and by the names in it (`named.py`). Lists of what one should have
are read in `asked_list.py`, names in `asked_name.py`; what names nothing is work, or a way of
working, and stays a clause in the posting's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.asked_list import PREFERABLY, of_list
from tailor.matching.asked_name import is_listed, listed_names, new_ask, of_names
from tailor.matching.asking_line import NAMES, AskingLine, words_beside
from tailor.matching.cut import (
    pieces,
    sentences,
    without_label,
)
from tailor.matching.kind import (
    SIGNS,
    YEARS,
    begins_with_work,
    cues_in,
    kind_of,
    only_grades,
    pattern,
    says_held,
    tables,
    without_front,
)
from tailor.matching.listed import chance
from tailor.matching.named import find_names
from tailor.matching.requirements import Kind, Requirement
from tailor.matching.sign import listed_as
from tailor.nlp.pipeline import read_kept_texts

if TYPE_CHECKING:
    from spacy.tokens import Doc


_USUAL = {Kind.PREFERRED: Importance.PREFERRED, Kind.REQUIRED: Importance.REQUIRED}
# What a duty is about: "Stock Control: count the shelves ..."
_TOPIC = re.compile(r"\W*([A-Z][\w/&’'-]*(?: [\w/&’'-]+){0,4})(?::\s| [–—-] )(?=\S+ \S+ \S)")
# Two works with objects of their own: "valuing homes and negotiating offers".
_TWO_WORKS = re.compile(r"\W*(\w+ing \w[^,;:()]+) and (\w+ing \w[^,;:()]+)")
# "(Optional but preferred) Experience with ..."
_IN_BRACKETS = re.compile(r"\W*[(\[]([^()\[\]]{3,50})[)\]]\W*")
_BRACKETS = re.compile(r"[(\[][^()\[\]]{2,120}[)\]]")
# "Fluent English, Polish is a plus": of one thing in a list.
_LAST_IS_A_PLUS = re.compile(
    r"[,;] (?:and |but )?[^,;]{2,60} (?:is|would be) (?:an? )?(?:[a-z]+ )?"
    r"(?:plus|bonus|asset|advantage|advantageous|desirable|preferred|welcome|beneficial)\W*$"
)
_LISTED = 0.45  # how likely people list something, to tell of it as missing


def find_asks(
    requirements: Sequence[Requirement],
    docs: Sequence[Doc] | None = None,
    apart: Sequence[str] = (),
) -> tuple[Ask, ...]:
    """Return the single things that `requirements` ask for, in their order, none twice.

    `docs` are the texts of the requirements as the pipeline reads them, where that was done
    before. The title of the job is no ask, and neither are the names in `apart`.
    Statuses are ABSENT: what a CV has, `proof.py` finds.
    """
    if docs is None:
        docs = read_kept_texts([one.text for one in requirements])
    asking = [
        (one, doc)
        for one, doc in zip(requirements, docs, strict=True)
        if one.kind is not Kind.TITLE
    ]
    new = [doc for _, doc in asking if NAMES not in doc.user_data]
    for doc, names in zip(new, find_names(new), strict=True):
        doc.user_data[NAMES] = names
    left_out = {name.casefold() for name in apart}
    groups = 0
    found: dict[tuple[str, AskKind], Ask] = {}
    for requirement, doc in asking:
        asks, count_of_groups = _asks_in(requirement, doc)
        for ask in _placed(asks, requirement.id, groups):
            if ask.kind is AskKind.SKILL:
                if ask.text.casefold() in left_out:
                    continue
                if ask.is_sure and chance(ask) < _LISTED:
                    ask = replace(ask, is_sure=False)  # noqa: PLW2901
            key = (ask.text.casefold(), ask.kind)
            known = found.get(key)
            if known is None or _says_more(ask, known):
                found[key] = ask
        groups += count_of_groups
    return tuple(found.values())


def _asks_in(requirement: Requirement, doc: Doc) -> tuple[tuple[Ask, ...], int]:
    """Return the asks of a line, and how many groups of alternatives they have.

    They are kept with its `Doc`, as those of this requirement and with the groups "1", "2", ...
    """
    key = requirement.kind
    if key not in doc.user_data:
        line = AskingLine(requirement, doc)
        doc.user_data[key] = tuple(ask for ask in _asks_of(line) if ask.text), line.groups
    kept: tuple[tuple[Ask, ...], int] = doc.user_data[key]
    return kept


def _placed(asks: Iterable[Ask], requirement: str, groups: int) -> Iterator[Ask]:
    """Yield the asks of a line as those of a requirement, behind so many groups."""
    for ask in asks:
        group = f"g{groups + int(ask.group)}" if ask.group else None
        yield Ask(ask.text, ask.kind, ask.importance, requirement, group, is_sure=ask.is_sure)


def _says_more(ask: Ask, known: Ask) -> bool:
    return (ask.is_sure, ask.importance is not Importance.MENTIONED) > (
        known.is_sure,
        known.importance is not Importance.MENTIONED,
    )


def _asks_of(line: AskingLine) -> Iterator[Ask]:
    usual = _USUAL.get(line.requirement.kind, Importance.MENTIONED)
    told = list(sentences(line.text))
    for (start, end), after in zip_longest(told, told[1:], fillvalue=(0, 0)):
        if only_grades(line.text[start:end]):
            continue  # "This is optional but beneficial." tells of what stands before it
        front = _IN_BRACKETS.match(line.text, start, end)
        is_wish = _says_wish(line.text[slice(*after)])
        if front and _says_wish(front[1]):
            start, is_wish = front.end(), True  # noqa: PLW2901
        sentence = line.text[start:end]
        if cues_in(sentence).has("nothing"):
            continue
        importance = _importance(sentence, usual, is_wish=is_wish)
        ask = Ask("", AskKind.SKILL, importance, line.requirement.id)
        sought = pattern("seeks").match(line.text, start, end)
        if not sought and _is_work(sentence, line.requirement.kind):
            yield from _of_work(line, start, end, ask)
        else:
            first = sought.end() if sought else without_label(line.text, start, end)
            if sought and kind_of(sought["who"]) is AskKind.LICENCE:
                yield new_ask(ask, without_front(sought["who"]), AskKind.LICENCE, None)
            for listed in pieces(line.text, first, end, line.whole):
                yield from of_list(line, listed, ask)


def _says_wish(text: str) -> bool:
    """Return whether a text says that something is wished for, and names nothing."""
    return only_grades(text) and cues_in(text).has("preferred")


def _importance(sentence: str, usual: Importance, *, is_wish: bool) -> Importance:
    """Return how much a sentence wants what it asks for.

    "A cloud, preferably AWS": only what stands behind the word is a wish.
    """
    if not cues_in(sentence).has("preferred"):
        return Importance.PREFERRED if is_wish else usual
    aside = PREFERABLY.search(sentence)
    is_aside = bool(
        (aside and aside.start())
        or _LAST_IS_A_PLUS.search(sentence)
        or not cues_in(_BRACKETS.sub(" ", sentence)).has("preferred")
    )
    return usual if is_aside else Importance.PREFERRED


def _is_work(sentence: str, kind: Kind) -> bool:
    """Return whether a sentence describes work to be done, not something to know or to have."""
    if kind in {Kind.DUTY, Kind.ROLE}:
        return not YEARS.search(sentence)
    words = cues_in(sentence).words
    return words[:1] == ("ability",) or words[:2] in (("able", "to"), ("willing", "to"))


def _of_work(line: AskingLine, start: int, end: int, ask: Ask) -> Iterator[Ask]:
    """Yield a duty as a whole, and what is named in it, or by the label before it."""
    if two := _TWO_WORKS.fullmatch(line.text, start, end):
        for place in (1, 2):
            yield from _of_work(line, *two.span(place), ask)
        return
    names = line.named(start, end)
    label = _TOPIC.match(line.text, start, end)
    if label and not _is_the_work(label[1], line.text[label.end() : end]):
        name, start = label[1], label.end()
        within = [one for one in names if one.is_sure and one.end <= start]
        if not within and kind_of(name) is AskKind.SKILL and not _says_work(name):
            yield new_ask(ask, name, AskKind.SKILL, ask.group, is_sure=is_listed(name))
    text = line.words(start, end).strip(SIGNS)
    kind = kind_of(text, AskKind.DUTY)
    if kind is AskKind.DEGREE and not says_held(text):
        kind = AskKind.DUTY  # "engage college students"
    if not (len(names) == 1 and names[0].is_sure and words_beside(line, start, end, names) == 0):
        yield new_ask(ask, text, kind, ask.group)
    is_soft = kind in {AskKind.TRAIT, AskKind.ARRANGEMENT}
    names = listed_names(line, names) if is_soft else names
    yield from of_names(line, names, replace(ask, kind=AskKind.DUTY))


def _is_the_work(label: str, rest: str) -> bool:
    """Return whether a label says what is done and the rest does not: "Tasting: 500 cups a day"."""
    is_gerund = " " not in label and label.endswith("ing")
    return is_gerund and not begins_with_work(rest) and not listed_as(label)


def _says_work(label: str) -> bool:
    """Return whether a label is no name of a field of work: "You will", "Own the roadmap"."""
    words = label.casefold().split()
    return not tables().function.isdisjoint((words[0], words[-1])) or begins_with_work(label)
