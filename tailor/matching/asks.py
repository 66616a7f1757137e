"""What a posting asks for, one thing at a time: `Requirement`s -> `Ask`s.

"Experience with Java, Scala or Python, 4+ years, and a degree in CS" is one line and five asks, of
which three are alternatives. A line is cut (`cut.py`); each piece is judged by its own words and by
what introduces it (`kind.py`), and by the names in it (`named.py`). What names nothing is work, or
a way of working, and stays a clause in the posting's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.asking_line import NAMES, WORD, AskingLine, NamedPlace, groups_in, words_beside
from tailor.matching.cut import (
    Piece,
    names_class,
    pieces,
    sentences,
    without_label,
)
from tailor.matching.kind import (
    SIGNS,
    YEARS,
    begins_with_work,
    cues_in,
    has_frame,
    kind_of,
    named_by,
    pattern,
    soft_cues,
    tables,
    without_frame,
    without_front,
    without_front_and_tail,
)
from tailor.matching.listed import chance
from tailor.matching.name import members, thing
from tailor.matching.named import find_names
from tailor.matching.requirements import Kind, Requirement
from tailor.matching.sign import KINDS, listed_as
from tailor.matching.words import word_set
from tailor.nlp.pipeline import read_kept_texts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_USUAL = {Kind.PREFERRED: Importance.PREFERRED, Kind.REQUIRED: Importance.REQUIRED}
_PREFERABLY = re.compile(r"\b(?:preferably|ideally)\b", re.IGNORECASE)
_NO_NAMES = frozenset({AskKind.TRAIT, AskKind.ARRANGEMENT, AskKind.EXPERIENCE_YEARS})
# What a duty is about: "Stock Control: count the shelves ..."
_TOPIC = re.compile(r"\W*([A-Z][\w/&’'-]*(?: [\w/&’'-]+){0,4})(?::\s| [–—-] )(?=\S+ \S+ \S)")
_IN_USE = re.compile(r"\bin (?:production|practice|anger)$")  # "Kafka in production" names Kafka
# "Prospecting for new clients" is more than prospecting.
_OF_SOMETHING = re.compile(r"[A-Za-z]{3,20}ing (?:for|of|with|to) \w")
_LEVEL = re.compile(r"[ABC][12]")  # of a language
_LEVEL_BEHIND = re.compile(rf" ?\([^()]{{0,20}}\b{_LEVEL.pattern}\b[^()]{{0,30}}\)")
_NUMERAL = re.compile(r"[IVX]+|[£$€]?[\d.,]+[KkMm]?[+%]?")
_LONGEST_NAME = 5  # words of a piece that may name something nobody knows
_WITHIN = frozenset({"of", "and"})  # function words that names have
_MOST_BESIDE = 2  # words beside the names of a piece that are no more than names
_FEW_WORDS = 3
# What is left of "German, oral and written".
_MODES = frozenset("oral written verbal spoken reading writing speaking listening".split())
_LISTED = 0.45  # how likely people list something, to tell of it as missing
_FEWEST_WORDS = 2  # of a clause that says something


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
    for start, end in sentences(line.text):
        sentence = line.text[start:end]
        cues = cues_in(sentence)
        if cues.has("nothing"):
            continue
        importance = usual
        # "A cloud, preferably AWS": only what stands behind the word is a wish.
        if cues.has("preferred"):
            aside = _PREFERABLY.search(sentence)
            importance = usual if aside and aside.start() else Importance.PREFERRED
        ask = Ask("", AskKind.SKILL, importance, line.requirement.id)
        if _is_work(sentence, line.requirement.kind):
            yield from _of_work(line, start, end, ask)
        else:
            first = without_label(line.text, start, end)
            for listed in pieces(line.text, first, end, line.whole):
                yield from _of_list(line, listed, ask)


def _is_work(sentence: str, kind: Kind) -> bool:
    """Return whether a sentence describes work to be done, not something to know or to have."""
    if kind in {Kind.DUTY, Kind.ROLE}:
        return not YEARS.search(sentence)
    words = cues_in(sentence).words
    return words[:1] == ("ability",) or words[:2] in (("able", "to"), ("willing", "to"))


def _of_work(line: AskingLine, start: int, end: int, ask: Ask) -> Iterator[Ask]:
    """Yield a duty as a whole, and what is named in it, or by the label before it."""
    names = line.named(start, end)
    if label := _TOPIC.match(line.text, start, end):
        name, start = label[1], label.end()
        within = [one for one in names if one.is_sure and one.end <= start]
        if not within and kind_of(name) is AskKind.SKILL and not _says_work(name):
            yield _ask(ask, name, AskKind.SKILL, ask.group, is_sure=_is_listed(name))
    text = line.words(start, end).strip(SIGNS)
    kind = kind_of(text, AskKind.DUTY)
    if not (len(names) == 1 and names[0].is_sure and words_beside(line, start, end, names) == 0):
        yield _ask(ask, text, kind, ask.group)
    names = names if kind is not AskKind.TRAIT else _listed(line, names)
    yield from _of_names(line, names, replace(ask, kind=AskKind.DUTY))


def _says_work(label: str) -> bool:
    """Return whether a label is no name of a field of work: "You will", "Own the roadmap"."""
    words = label.casefold().split()
    return not tables().function.isdisjoint((words[0], words[-1])) or begins_with_work(label)


def _is_listed(name: str) -> bool:
    """Return whether people are known to list something in a CV."""
    return listed_as(name) == KINDS[0]


def _listed(line: AskingLine, names: Sequence[NamedPlace]) -> list[NamedPlace]:
    """Return the names that people list in a CV: "a desire to write Python" asks for Python."""
    return [name for name in names if name.is_sure and _is_listed(line.words(name.start, name.end))]


def _of_names(line: AskingLine, names: Sequence[NamedPlace], ask: Ask) -> Iterator[Ask]:
    """Yield what the names of a clause ask for; those with "or" between them are alternatives."""
    groups = groups_in([(name.start, name.end) for name in names], line)
    for name, group in zip(names, groups, strict=True):
        if _IN_USE.search(line.text, max(0, name.start - 3), name.end):
            continue
        text = _bare(line.words(name.start, name.end).strip(SIGNS))
        kind = kind_of(text)
        is_paper = kind is AskKind.LICENCE and cues_in(text).has(kind)
        if kind is AskKind.LICENCE and ask.kind is AskKind.DUTY and not is_paper:
            kind = AskKind.SKILL  # "give CPR" asks for no paper
        if kind not in _NO_NAMES and _may_name(text, is_sure=name.is_sure):
            yield _ask(ask, text, kind, group or ask.group, is_sure=name.is_sure)


def _bare(name: str) -> str:
    """Return a name without what grades it, and without "skills" and the like behind it."""
    known = tables()
    words = name.split()
    while (
        len(words) > 1
        and words[0].islower()
        and (words[0] in known.grades or words[0] in known.function)
    ):
        del words[0]
    while words and words[-1] in word_set("tails"):
        words.pop()
    return " ".join(words)


def _may_name(text: str, *, is_sure: bool) -> bool:
    """Return whether words that stand in a line can be a name at all."""
    known = tables()
    first, *rest = text.casefold().split() or [""]
    # The "s" of "Master's", and "the following: …".
    if not first or first in {"s", "following"} or _NUMERAL.fullmatch(text):
        return False
    words = (known.broad, known.grades, known.verbs, known.function)
    alone = not rest and text[1:].islower() and any(first in one for one in words)
    begins = any(
        first in one for one in (known.nouns, known.adjectives, known.function, known.verbs)
    )
    return is_sure or not (alone or (begins and text[1:2].islower()))


def _ask(like: Ask, text: str, kind: AskKind, group: str | None, *, is_sure: bool = True) -> Ask:
    """Return an ask of the same line and importance as another one."""
    return Ask(text, kind, like.importance, like.requirement, group, is_sure=is_sure)


# Lists of what one should know or have


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece with what it is: its kind, what it names, and the names in it.

    `is_clause` says that it is work, or more than a name.
    """

    piece: Piece
    text: str
    kind: AskKind
    name: str
    names: list[NamedPlace]
    is_clause: bool
    is_framed: bool


def _part(line: AskingLine, piece: Piece) -> _Part:
    text = line.words(piece.start, piece.end).strip(SIGNS).rstrip(".")
    kind = kind_of(text)
    names = line.named(piece.start, piece.end)
    name = named_by(text)
    sure = [one for one in names if one.is_sure]
    begins = at_start = bool(sure) and sure[0].start == piece.start
    is_clause = False
    if sure and (whole := line.words(*sure[0][:2])).startswith(f"{name} "):
        name = whole  # "pay per click" is no clause of "pay"
    if kind is AskKind.SKILL:
        begins = begins or (bool(sure) and name.startswith(line.words(*sure[0][:2])))
        begins = begins and not _goes_with(line, sure[0], piece)
        rest = words_beside(line, piece.start, piece.end, sure)
        may_work = not piece.start or name[:1].islower()  # in a list, "Access" is a name
        may_work = may_work and thing(name) < 0 and not members(name)  # "pivot tables" are no work
        is_clause = (rest > 0 and may_work and begins_with_work(name) and not begins) or (
            rest > (_MOST_BESIDE if sure else _LONGEST_NAME - 1) or (not sure and _is_broken(name))
        )
    return _Part(piece, text, kind, name, names, is_clause, not at_start and has_frame(text))


def _goes_with(line: AskingLine, name: NamedPlace, piece: Piece) -> bool:
    """Return whether a name is work that goes on: "prospecting for new clients"."""
    is_field = line.words(name.start, name.end).casefold() in word_set("fields")
    return not is_field and bool(_OF_SOMETHING.match(line.text, name.start, piece.end))


def _is_broken(name: str) -> bool:
    """Return whether a piece begins or ends with a word that needs another: "understand how"."""
    words = [word.casefold() for word in name.split()]
    known = tables()
    return (
        thing(name) < 0
        and bool(words)
        and (
            words[-1] in known.function
            or words[0] in known.function
            or (len(words) == 1 and name[:1].islower() and words[0] in known.broad | known.grades)
        )
    )


def _of_list(line: AskingLine, listed: Sequence[Piece], ask: Ask) -> Iterator[Ask]:
    """Yield the asks of a list; what an "or" ties together, and all before it, is a group."""
    own = [_part(line, piece) for piece in listed]
    own = [part for part in own if not pattern("towards").match(part.text)]
    if any(part.kind is AskKind.LANGUAGE for part in own):
        own = [part for part in own if part.name.casefold() not in _MODES]
    parts = _softened([_completed(*pair) for pair in zip_longest(own, own[1:])])
    parts = list(_together(line, parts))
    groups = _alternatives(line, parts)
    for part, group in zip(parts, groups, strict=True):
        yield from _of_part(line, part, replace(ask, group=group) if group else ask)


def _completed(part: _Part, following: _Part | None) -> _Part:
    """Return a part with the noun that it shares with what follows the "or".

    "A chartered or incorporated engineer" asks for a chartered engineer.
    """
    rest = following.text.split()[1:] if following and following.piece.either else []
    if rest and following and following.kind is AskKind.LICENCE and names_class(part.text):
        text = f"{part.text} {rest[-1]}"  # "Category C or C+E licence"
        return replace(part, text=text, kind=kind_of(text), name=named_by(text))
    if rest and part.text.rsplit(maxsplit=1)[-1].casefold() in tables().half_names:
        text = " ".join([part.text, *rest])
        return replace(part, text=text, kind=kind_of(text), name=named_by(text))
    return part


def _softened(parts: Sequence[_Part]) -> list[_Part]:
    """Return parts, of which those that name nothing are traits where another one is."""
    soft = {part.kind for part in parts} & {AskKind.TRAIT, AskKind.ARRANGEMENT}
    if not soft:
        return list(parts)
    kind = min(soft)
    return [
        replace(part, kind=kind)
        if part.kind is AskKind.SKILL
        and not part.is_framed
        and not any(name.is_sure for name in part.names)
        else part
        for part in parts
    ]


def _together(line: AskingLine, parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield parts, with those that only say something together as one.

    A clause goes on over the "and" behind it; years and a degree take in what they are of.
    """
    before: _Part | None = None
    for part in parts:
        if before and _goes_on(line, before, part):
            before = _joined(line, before, part)
            continue
        if before:
            yield before
        before = part
    if before:
        yield before


def _goes_on(line: AskingLine, before: _Part, part: _Part) -> bool:
    if part.kind is not AskKind.SKILL or before.piece.example != part.piece.example:
        return False
    if _grades_what_follows(before.text) or _counts_on(before.text, part.text):
        return True
    if before.kind is AskKind.DEGREE:
        return not part.is_framed or part.piece.either
    framed = part.is_framed
    if before.kind is AskKind.EXPERIENCE_YEARS:
        comma = "," in line.text[before.piece.end : part.piece.start]
        return not framed and not comma and not any(name.is_sure for name in part.names)
    if before.kind is AskKind.SKILL and before.is_clause:
        return not framed
    return before.kind is AskKind.SKILL and part.is_clause and not framed and not before.names


def _grades_what_follows(text: str) -> bool:
    *first, last = text.casefold().split()
    return bool(first) and last in tables().grades


def _counts_on(before: str, text: str) -> bool:
    """Return whether a number stands on both sides: of "Key Stage 3 and 4 science" one thing."""
    return before.rsplit(maxsplit=1)[-1].isdigit() and text.split(maxsplit=1)[0].isdigit()


def _joined(line: AskingLine, before: _Part, part: _Part) -> _Part:
    piece = before.piece._replace(end=part.piece.end)
    text = line.words(piece.start, piece.end).strip(SIGNS).rstrip(".")
    kind = before.kind
    is_clause = kind is AskKind.SKILL
    names = [*before.names, *part.names]
    return _Part(piece, text, kind, without_frame(text), names, is_clause, before.is_framed)


def _alternatives(line: AskingLine, parts: Sequence[_Part]) -> list[str | None]:
    """Return the group of each part: "A, B or C" are one as far as their kind is the same."""
    groups: list[str | None] = [None for _ in parts]
    for place, part in enumerate(parts):
        if not part.piece.either or not place:
            continue
        first = place - 1
        while (
            first > 0
            and not part.piece.slashed
            and not groups[first]
            and not parts[first].piece.either
            and parts[first - 1].kind == part.kind
            and not parts[first].is_framed
        ):
            first -= 1
        group = groups[place - 1] or line.group()
        groups[first : place + 1] = [one or group for one in groups[first : place + 1]]
    return groups


def _of_part(line: AskingLine, part: _Part, ask: Ask) -> Iterator[Ask]:
    """Yield what one part of a list asks for."""
    if _PREFERABLY.match(part.text):
        ask = replace(ask, importance=Importance.PREFERRED)
    text, names = part.text, part.names
    if part.kind is AskKind.SKILL:
        yield from _of_clause(line, part, ask) if part.is_clause else _of_name(line, part, ask)
        return
    if part.kind is AskKind.EXPERIENCE_YEARS:
        yield _ask(ask, text, part.kind, ask.group)
        yield from _of_names(line, names, replace(ask, group=None))
        return
    text = without_front(text) if part.kind is AskKind.TRAIT else without_front_and_tail(text)
    text = text or part.text
    if part.kind is AskKind.LANGUAGE and (level := _LEVEL_BEHIND.match(line.text, part.piece.end)):
        text = f"{text}{level[0]}"  # "Dutch (B2 or higher)"
    yield _ask(ask, text, part.kind, ask.group)
    if part.kind is AskKind.TRAIT:
        yield from _of_names(line, _listed(line, names), replace(ask, group=None))
    if part.kind is AskKind.DEGREE:  # its fields are no gaps of their own
        fields = [name._replace(is_sure=False) for name in names]
        named = _of_names(line, fields, replace(ask, group=None))
        yield from (one for one in named if one.kind is AskKind.SKILL)


def _of_clause(line: AskingLine, part: _Part, ask: Ask) -> Iterator[Ask]:
    """Yield work, or what is more than a name, as a whole, and the names in it."""
    text = part.name.strip(SIGNS)
    kind = kind_of(text, AskKind.DUTY)
    if kind is AskKind.DUTY and soft_cues(text).has(AskKind.TRAIT) and not part.names:
        kind = AskKind.TRAIT
    if len(text.split()) >= _FEWEST_WORDS:
        yield _ask(ask, text, kind, ask.group)
    names = part.names if kind is not AskKind.TRAIT else _listed(line, part.names)
    yield from _of_names(line, names, ask)


def _of_name(line: AskingLine, part: _Part, ask: Ask) -> Iterator[Ask]:
    """Yield the names of a part; where there is none, what it says is taken for one."""
    sure = [name for name in part.names if name.is_sure]
    if sure:
        # "BIM coordination" is more than BIM, and one thing.
        rest = words_beside(line, part.piece.start, part.piece.end, sure)
        is_one = len(sure) == 1 and rest == 1 and len(part.name.split()) <= _FEW_WORDS
        # "Basic life support" is one name, whatever "basic" says elsewhere.
        is_one = is_one or (thing(part.name) >= 0 and part.name != line.words(*sure[0][:2]))
        if is_one:
            yield _ask(ask, part.name, AskKind.SKILL, ask.group)
        names = [name._replace(is_sure=name.is_sure and not is_one) for name in part.names]
        yield from _of_names(line, names, ask)
        return
    name = part.name
    if name and WORD.search(name) and not _names_nothing(name):
        yield _ask(
            ask, name, AskKind.SKILL, ask.group, is_sure=_may_be_gap(name) or thing(name) >= 0
        )


def _names_nothing(name: str) -> bool:
    """Return whether a piece is one word that names nothing without what it is about.

    A verb, a function word, or the level of a language.
    """
    is_one = name.islower() and " " not in name
    known = tables()
    is_frame = name.casefold() in word_set("frames_alone")
    return (
        is_frame
        or bool(_LEVEL.fullmatch(name))
        or (is_one and (name in known.function or name in known.verbs or name.endswith("ed")))
    )


def _may_be_gap(name: str) -> bool:
    """Return whether words that nobody knows as a name are short, and not only broad words."""
    words = name.casefold().split()
    known = tables()
    said = [word for word in words if word not in known.grades and word not in known.broad]
    plain = [word for word in words if word in known.function and word not in _WITHIN]
    single = len(words) == 1 and name[1:].islower()
    return len(words) <= _LONGEST_NAME and bool(said) and not plain and not single
