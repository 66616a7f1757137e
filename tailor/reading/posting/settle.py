"""Rules over what the field made of a posting: what a person sees in a whole list or sentence.

The field (`part.py`) judges by words, looks and neighbours. These look at one thing at a time: a
list that names pay offers, "The taster grades …" is a duty of a taster, a usual heading holds for
what stands below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tailor.reading.posting.cue import (
    UNIT,
    begins_with_work,
    find_cues,
    heading_kind,
    is_plus,
    is_usual_heading,
    learnt_kinds,
)
from tailor.reading.posting.sentence import ASKING, HEADING, Part, Unit, asks_plainly
from tailor.reading.posting.title import names_job
from tailor.values.resources import data_toml

_WISHES = frozenset({Part.REQUIRED, Part.PREFERRED})
_NEVER_ASKED = frozenset({Part.BENEFIT, Part.LEGAL, Part.APPLY})
_TALK = frozenset({Part.COMPANY, Part.OTHER, Part.FACT})
_SPEAKS_OF_CANDIDATES = re.compile(
    r"(?:(?:the )?(?:successful|ideal) )?(?:applicants?|candidates?) (?:must|should|will) "
    r"(?:have|hold|display|possess|show|bring|be able)\b",
    re.IGNORECASE,
)
_LISTED = {
    "role": Part.DUTY,
    "duties": Part.DUTY,
    "required": Part.REQUIRED,
    "preferred": Part.PREFERRED,
}
_CRITERIA = frozenset({"required", "preferred"})
_SPEAKS_TO_YOU = re.compile(
    r"(?:you(?:['’](?:ll|d|re|ve)| will| would| must| should| have| are)?\b|in this role\b|"
    r"as (?:an?|our|the)\b[^.]{3,60}, you\b)",
    re.IGNORECASE,
)
# What an item at the end of a list is taken for where something else begins below.
_UNSURE = frozenset({Part.APPLY, Part.OTHER, Part.FACT, Part.LEGAL})
_A_LIST = 3  # items
_MOST = 0.66  # of a list
_LONGEST_HEADING = 14  # words: "Any of the following skills would be highly desirable:"
_SHORT = 6  # words of a line that may be a place, or a heading
_CALLED_A_PLUS = re.compile(
    r"^[^.!?]* (?:is|are|would be|will be) (?:an? (?:\w+ )?(?:plus|bonus|advantage|asset)|"
    r"nice to have|welcome|desirable|preferred|helpful|useful|advantageous|lovely|great)"
    r"(?: too| as well)?[.!]?$"
)
# What one does or needs, behind the name of the job.
_DOES = re.compile(
    r" (?:(?P<needs>must|should|needs to|has to) |(?:will|shall) (?:also )?|"
    r"(?:also )?(?:[a-z]+ly )?(?=[a-z]+s\b))"
    r"(?!is\b|was\b|has\b|be\b|reports?\b|joins?\b|works?\b|starts?\b)[a-z]+"
)


def settle(units: Sequence[Unit], labels: Sequence[str], title: str = "") -> list[str]:
    """Return the labels of units as the rules leave them; `title` is the job's, if known."""
    settled = list(labels)
    _settle_orders(units, settled)
    _settle_top(units, settled)
    _settle_sentences(units, settled, title)
    _settle_below_headings(units, settled)
    _settle_below_criteria(units, settled)
    _settle_lists(units, settled)
    _settle_items(units, settled)
    _settle_talk(units, settled)
    return settled


def doubts_of(texts: Sequence[str], *, of_all: bool = False) -> list[int]:
    """Return how much more the words of a line speak for pay, law and the like than for a wish.

    In `UNIT`; below 0 where they ask for something. It is for lines that stand among others of
    another kind, a benefit in a list of duties. With `of_all` whatever asks for nothing counts.
    """
    if not texts:
        return []
    kinds = learnt_kinds()
    asking = [index for index, kind in enumerate(kinds.kinds) if kind in ASKING]
    never = [index for index, kind in enumerate(kinds.kinds) if kind in _NEVER_ASKED]
    others = [i for i in range(len(kinds.kinds)) if i not in asking] if of_all else never
    evidence = kinds.evidence(texts)
    doubts: list[int] = (evidence[:, others].max(1) - evidence[:, asking].max(1)).tolist()
    return doubts


@cache
def _plainly_you() -> re.Pattern[str]:
    """Return a pattern for what is said to "you" and is work or a wish, not what one gets.

    "You have run …", "Day to day you write …".
    """
    gets = "|".join(map(re.escape, data_toml("posting_cues.toml")["you"]["gets"]))
    return re.compile(
        r"(?:(?:Day|Every|Each|On|In|As|Over|During|Here|Then|Also|From|With)\b[^.,;:]{0,30},? )?"
        r"[Yy]ou(?:['’](?:ll|d|ve)| will| would| have| bring| know| need| must)?+ "
        rf"(?!(?:{gets})\b)(?:[a-z]+ly )?[a-z]+\b(?!['’?]).*\.$"
    )


def _runs(
    units: Sequence[Unit], goes_on: Callable[[Unit, Unit], bool]
) -> Iterator[tuple[int, int]]:
    """Yield where stretches of units begin and end, in which each goes on from the one above."""
    start = 0
    for index in range(1, len(units) + 1):
        if index == len(units) or not goes_on(units[index - 1], units[index]):
            yield start, index
            start = index


def _settle_orders(units: Sequence[Unit], labels: list[str]) -> None:
    """Short lines below one heading that nearly all say what to do are duties.

    "Clean eleven rooms a shift", "Change filters and log them" below "The rounds".
    """
    for start, end in _runs(units, _goes_on):
        is_known = heading_kind(units[start].line.heading) not in {"", "duties", "role"}
        is_talk = all(label in _TALK for label in labels[start:end])
        if end - start < _A_LIST or is_known or not is_talk:
            continue
        told = [u for u in units[start:end] if begins_with_work(find_cues(u.text)) or _orders(u)]
        if len(told) >= _MOST * (end - start):
            labels[start:end] = [Part.DUTY] * (end - start)


def _goes_on(above: Unit, unit: Unit) -> bool:
    """Return whether a line stands right below another of its form."""
    is_alike = above.line.is_item == unit.line.is_item and not unit.line.is_heading
    is_near = 0 <= unit.line.number - above.line.number <= 1
    return is_alike and is_near and not unit.nth


def _orders(unit: Unit) -> bool:
    """Return whether a line begins with a verb that is a noun elsewhere: "Change filters"."""
    first = unit.text.partition(" ")[0].lower()
    return first in data_toml("posting_cues.toml")["work"]["nouns_too"].split()


def _settle_top(units: Sequence[Unit], labels: list[str]) -> None:
    """A few words above the first heading of what is asked are facts.

    "Bonuses" below the title, where "Requirements" follows.
    """
    heads = (
        index
        for index, unit in enumerate(units)
        if labels[index].startswith(HEADING) and heading_kind(unit.text) in _LISTED
    )
    for index, unit in enumerate(units[: next(heads, 0)]):
        is_short = not unit.nth and len(unit.text.split()) <= _SHORT + 2
        asks = find_cues(unit.text).has("asks", "nice")
        if labels[index] in _WISHES and is_short and not asks:
            labels[index] = Part.FACT


def _settle_sentences(units: Sequence[Unit], labels: list[str], title: str) -> None:
    """What is said of the job by its name, or called a plus, asks.

    "The buyer visits three mills a week." tells a duty, "Matlab is a bonus." a wish.
    """
    for index, unit in enumerate(units):
        text, label = unit.text, labels[index]
        below = units[index + 1].line if index + 1 < len(units) else None
        if unit.line.is_heading and label in ASKING and below and below.is_item:
            labels[index] = f"{HEADING}{label}"  # "Must hold" above a list
        if unit.line.is_heading or unit.line.is_item or label not in _TALK:
            continue
        if _names_and_tells(text):
            labels[index] = Part.DUTY
        elif told := _of_job(text, title):
            labels[index] = Part.REQUIRED if told["needs"] else Part.DUTY
        elif _CALLED_A_PLUS.search(text) and is_plus(text):
            labels[index] = Part.PREFERRED


def _names_and_tells(text: str) -> bool:
    """Return whether a sentence names a job and its work: "Field Technician: install kits …"."""
    name, colon, work = text.partition(": ")
    is_job = bool(colon) and len(name.split()) <= _SHORT and names_job(name)
    return is_job and begins_with_work(find_cues(work))


def _of_job(text: str, title: str) -> re.Match[str] | None:
    """Return how a sentence goes on that says what the holder of a job does or needs."""
    words = title.split()
    if not text.startswith("The ") or not words or not words[-1].isalpha():
        return None
    low = text.casefold()
    for name in (title, words[-1]):
        if low.startswith(f"the {name.casefold()} "):
            return _DOES.match(text, len("The ") + len(name))
    return None


def _settle_items(units: Sequence[Unit], labels: list[str]) -> None:
    """An item between two that ask, or below one, asks if its words may.

    Between two it does unless its words plainly speak of something else; at the end of a list it
    must be one that its words call a thing asked for.
    """
    doubtful = [
        index
        for index in range(1, len(units))
        if labels[index] not in ASKING
        and not labels[index].startswith(HEADING)
        and _is_listed_below(units[index - 1], units[index])
    ]
    doubts = doubts_of([units[index].text for index in doubtful])
    for index, doubt in zip(doubtful, doubts, strict=True):
        above = labels[index - 1]
        below = index + 1 < len(units) and _is_listed_below(units[index], units[index + 1])
        is_between = below and labels[index + 1] in ASKING
        most = UNIT if is_between else 0 if labels[index] in _UNSURE else -4 * UNIT
        if above in ASKING and doubt < most:
            labels[index] = above


def _settle_talk(units: Sequence[Unit], labels: list[str]) -> None:
    """A sentence to "you" that plainly speaks of the work asks, in the midst of company talk.

    So does what is listed below a heading of the job.
    """
    spoken = [index for index, unit in enumerate(units) if _may_tell_the_job(unit, labels[index])]
    doubts = doubts_of([units[index].text for index in spoken], of_all=True)
    for index, doubt in zip(spoken, doubts, strict=True):
        listed = _LISTED.get(heading_kind(units[index].line.heading))
        if plainly := asks_plainly(units[index].text):
            labels[index] = Part(plainly)
            continue
        if not units[index].line.is_item:
            bare = _SPEAKS_TO_YOU.sub("", units[index].text, count=1).removeprefix("To ")
            is_work = begins_with_work(find_cues(bare))
            is_plain = bool(_plainly_you().match(units[index].text))
            is_gift = labels[index] == Part.BENEFIT
            most = 2 * UNIT if (is_work or is_plain) and not is_gift else -UNIT
            part = Part.ROLE
        elif listed:
            most, part = 2 * UNIT, listed
        else:  # job boards lose headings, so that wishes stand below "About us"
            most, part = -2 * UNIT, Part.REQUIRED
        if doubt < most:
            labels[index] = part


def _settle_lists(units: Sequence[Unit], labels: list[str]) -> None:
    """An item asks where most of its list does, and does not where few do.

    Its own words may speak against that plainly: a benefit in a list of duties.
    """
    for start, end in _runs(units, _is_listed_below):
        asking = Counter(label for label in labels[start:end] if label in ASKING)
        others = Counter(label for label in labels[start:end] if label not in ASKING)
        share = asking.total() / (end - start)
        if end - start < _A_LIST or not asking or not others:
            continue
        doubts = doubts_of([unit.text for unit in units[start:end]], of_all=True)
        for index, doubt in zip(range(start, end), doubts, strict=True):
            if share >= _MOST and labels[index] not in ASKING and doubt < UNIT:
                labels[index] = asking.most_common(1)[0][0]
            elif share <= 1 - _MOST and labels[index] in ASKING and doubt > -2 * UNIT:
                labels[index] = others.most_common(1)[0][0]


def _settle_below_headings(units: Sequence[Unit], labels: list[str]) -> None:
    """Short lines right below "Requirements" are a list without marks."""
    heads: Part | None = None
    number = 0
    listed: list[tuple[int, Part]] = []
    for index, unit in enumerate(units):
        if unit.line.number > number + 1:
            heads = None
        number = unit.line.number
        if labels[index].startswith(HEADING) or is_usual_heading(find_cues(unit.text)):
            heads = _LISTED.get(heading_kind(unit.text))
        elif len(unit.text.split()) > _SHORT or unit.text[-1] in ".:":
            heads = None
        elif heads:
            is_first = is_usual_heading(find_cues(units[index - 1].text))
            if labels[index] in _TALK or (is_first and labels[index] in _UNSURE):
                listed.append((index, heads))
    doubts = doubts_of([units[index].text for index, _ in listed])
    for (index, part), doubt in zip(listed, doubts, strict=True):
        if doubt < UNIT:
            labels[index] = part


def _settle_below_criteria(units: Sequence[Unit], labels: list[str]) -> None:
    """Below "Desirable criteria" wishes are preferred up to the next heading.

    Short lines right below "Why you'll love it here" are benefits.
    """
    kind = ""
    for index, unit in enumerate(units):
        cues = find_cues(unit.text)
        is_short = len(cues.words) <= _SHORT + 2 and unit.text[-1] not in ".!,;"
        if is_short and not unit.line.is_item and cues.has("sure_headings.benefits"):
            kind, labels[index] = "benefits", HEADING + Part.BENEFIT
            continue
        announces = _announces(unit) and heading_kind(unit.text) == "preferred"
        if announces:  # "It is a plus if you …" above a list
            kind, labels[index] = "preferred", HEADING + Part.PREFERRED
        elif unit.line.is_heading or (not unit.line.is_item and is_usual_heading(cues)):
            kind = heading_kind(unit.text) if is_usual_heading(cues) else ""
            if kind in _CRITERIA:
                labels[index] = HEADING + _LISTED[kind]
        elif kind == "preferred" and labels[index] == Part.REQUIRED:
            labels[index] = Part.PREFERRED
        elif kind == "required" and labels[index] == Part.PREFERRED and unit.line.is_item:
            labels[index] = Part.PREFERRED if is_plus(unit.text) else Part.REQUIRED
        elif kind == "benefits" and labels[index] in ASKING:
            is_listed = is_short and unit.line.number == units[index - 1].line.number + 1
            kind, labels[index] = (kind, Part.BENEFIT) if is_listed else ("", labels[index])


def _announces(unit: Unit) -> bool:
    """Return whether a short line ends with a colon or dots, so that something follows it."""
    is_open = unit.text.endswith((":", "...", "…"))
    return is_open and not unit.line.is_item and len(unit.text.split()) <= _LONGEST_HEADING


def _may_tell_the_job(unit: Unit, label: str) -> bool:
    """Return whether what seems to be talk is an item of a list, or a sentence to "you"."""
    listed = unit.line.is_item and heading_kind(unit.line.heading) in _LISTED
    if listed and label not in ASKING and not label.startswith(HEADING):
        return True
    if label in _NEVER_ASKED and not unit.line.is_item and asks_plainly(unit.text):
        return True
    if label == Part.BENEFIT and not unit.line.is_item:
        return bool(_plainly_you().match(unit.text))
    if label == Part.APPLY:
        return not unit.line.is_item and bool(_SPEAKS_OF_CANDIDATES.match(unit.text))
    text = unit.text
    speaks = bool(
        _SPEAKS_TO_YOU.match(text)
        or asks_plainly(text)
        or _plainly_you().match(text)
        or (text.startswith("To ") and begins_with_work(find_cues(text[3:])))
    )
    return label in _TALK and (unit.line.is_item or speaks)


def _is_listed_below(above: Unit, unit: Unit) -> bool:
    """Return whether a unit is an item, right below an item of the same list."""
    return above.line.is_item and unit.line.is_item and unit.line.number - above.line.number <= 1
