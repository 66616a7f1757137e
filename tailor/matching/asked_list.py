"""A list of what one should know or have -> `Ask`s, one for each thing of it.

"Experience with Java, Scala or Python, 4+ years, and a degree in CS": each piece is a name, a
clause, years, a degree, a paper or a trait; an "or" makes alternatives of pieces; and some pieces
only say something together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from tailor.matching.ask import Ask, AskKind, Importance
from tailor.matching.asked_name import is_listed, listed_names, new_ask, of_names
from tailor.matching.asking_line import WORD, AskingLine, NamedPlace, words_beside
from tailor.matching.cut import (
    Piece,
    names_class,
)
from tailor.matching.kind import (
    SIGNS,
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
from tailor.matching.name import members, siblings, thing
from tailor.matching.words import word_set

PREFERABLY = re.compile(r"\b(?:preferably|ideally)\b", re.IGNORECASE)
# "Prospecting for new clients" is more than prospecting.
_OF_SOMETHING = re.compile(r"[A-Za-z]{3,20}ing (?:for|of|with|to) \w")
_LEVEL = re.compile(r"[ABC][12]")  # of a language
_LEVEL_BEHIND = re.compile(rf" ?\([^()]{{0,20}}\b{_LEVEL.pattern}\b[^()]{{0,30}}\)")
_LONGEST_NAME = 5  # words of a piece that may name something nobody knows
_WITHIN = frozenset({"of", "and"})  # function words that names have
_MOST_BESIDE = 2  # words beside the names of a piece that are no more than names
_FEW_WORDS = 3
# What is left of "German, oral and written".
_MODES = frozenset("oral written verbal spoken reading writing speaking listening".split())
_PAPERS = frozenset({AskKind.LICENCE, AskKind.DEGREE, AskKind.LANGUAGE})
_OF_A_FIELD = frozenset({"certificate", "diploma"})  # "certificate or diploma in fundraising"
_SOFT = frozenset({AskKind.SKILL, AskKind.TRAIT})
_ADJECTIVE = re.compile(
    r"large|small|diverse|complex|fast|safe|secure|simple|modern|robust|concurrent|"
    r"[a-z]{3,}(?:able|ible|ous|ful|ive|ional|ient)"
)
_FEWEST_WORDS = 2  # of a clause that says something


_WITH_TOOL = re.compile(r"[^,;:]{3,40} (?:with|using) ([A-Z][\w.+#]{1,20})")


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
    if kind is AskKind.SKILL and kind_of(name) is AskKind.LICENCE:
        kind, text = AskKind.LICENCE, name  # "category C1 is an advantage"
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
        is_clause = not _is_known(name) and (
            (rest > 0 and may_work and begins_with_work(name) and not begins)
            or rest > (_MOST_BESIDE if sure else _LONGEST_NAME - 1)
            or (not sure and _is_broken(name))
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


def of_list(line: AskingLine, listed: Sequence[Piece], ask: Ask) -> Iterator[Ask]:
    """Yield the asks of a list; what an "or" ties together, and all before it, is a group."""
    own = [_part(line, piece) for piece in listed]
    own = [
        part
        for part in own
        if not pattern("towards").match(part.text) and not part.text.startswith("not just ")
    ]
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
    last = part.text.rsplit(maxsplit=1)[-1].casefold()
    is_half = last in tables().half_names
    if rest and (rest[0] in {"in", "of"} if last in _OF_A_FIELD else is_half):
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
        if before and part.kind in _PAPERS and before.text.casefold() in tables().grades:
            before = part  # "full, clean driving licence"
            continue
        if before and _goes_on(line, before, part):
            before = _joined(line, before, part)
            continue
        if before:
            yield before
        before = part
    if before:
        yield before


def _goes_on(line: AskingLine, before: _Part, part: _Part) -> bool:
    if _lacks_noun(before) and part.kind in _SOFT and not part.is_framed:
        return True
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
        two = not part.piece.either and _are_two_works(before.name, part.name)
        return not framed and not two
    return before.kind is AskKind.SKILL and part.is_clause and not framed and not before.names


def _lacks_noun(part: _Part) -> bool:
    """Return whether work breaks off behind an adjective: "built highly concurrent"."""
    words = part.text.split()
    is_work = len(words) > _FEWEST_WORDS or (words[1:] and begins_with_work(part.name))
    return (
        bool(is_work)
        and not part.is_framed
        and part.kind in _SOFT
        and words[-1].islower()
        and bool(_ADJECTIVE.fullmatch(words[-1]))
        and thing(words[-1]) < 0
    )


def _are_two_works(before: str, name: str) -> bool:
    """Return whether both are work with objects of their own: "valuing homes", "training staff"."""
    works = [one.split() for one in (before, name)]
    return all(len(words) > 1 and words[0].endswith("ing") for words in works)


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
    if PREFERABLY.match(part.text) or cues_in(part.text).has("preferred"):
        ask = replace(ask, importance=Importance.PREFERRED)
    text, names = part.text, part.names
    if part.kind is AskKind.SKILL:
        is_word = " " not in part.name and not part.names  # "drilling and blasting" are two names
        is_clause = part.is_clause and not is_word
        yield from _of_clause(line, part, ask) if is_clause else _of_name(line, part, ask)
        return
    if part.kind is AskKind.EXPERIENCE_YEARS:
        yield new_ask(ask, text, part.kind, ask.group)
        yield from of_names(line, names, replace(ask, group=None))
        return
    text = without_front(text) if part.kind is AskKind.TRAIT else without_front_and_tail(text)
    text = text or part.text
    if part.kind is AskKind.LANGUAGE and (level := _LEVEL_BEHIND.match(line.text, part.piece.end)):
        text = f"{text}{level[0]}"  # "Dutch (B2 or higher)"
    yield new_ask(ask, text, part.kind, ask.group)
    if part.kind is AskKind.TRAIT:
        yield from of_names(line, listed_names(line, names), replace(ask, group=None))
    if part.kind is AskKind.DEGREE:  # its fields are no gaps of their own
        fields = [name._replace(is_sure=False) for name in names]
        named = of_names(line, fields, replace(ask, group=None))
        yield from (one for one in named if one.kind is AskKind.SKILL)


def _of_clause(line: AskingLine, part: _Part, ask: Ask) -> Iterator[Ask]:
    """Yield work, or what is more than a name, as a whole, and the names in it."""
    text = part.name.strip(SIGNS)
    kind = kind_of(text, AskKind.DUTY)
    if kind is AskKind.DUTY and soft_cues(text).has(AskKind.TRAIT) and not part.names:
        kind = AskKind.TRAIT
    if len(text.split()) >= _FEWEST_WORDS:
        yield new_ask(ask, text, kind, ask.group)
    names = part.names if kind is not AskKind.TRAIT else listed_names(line, part.names)
    yield from of_names(line, names, ask)


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
            yield new_ask(ask, part.name, AskKind.SKILL, ask.group)
        names = [name._replace(is_sure=name.is_sure and not is_one) for name in part.names]
        yield from of_names(line, names, ask)
        return
    name = part.name
    if name and WORD.search(name) and not _names_nothing(name):
        yield new_ask(ask, name, AskKind.SKILL, ask.group, is_sure=_may_be_gap(name))
        if tool := _WITH_TOOL.fullmatch(name):  # "API checks with Postman" names Postman
            yield new_ask(ask, tool[1], AskKind.SKILL, None, is_sure=thing(tool[1]) >= 0)


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


def _is_known(name: str) -> bool:
    """Return whether a piece is a name that a table has, written as one: "Spring"."""
    return thing(name) >= 0 or (name[:1].isupper() and (is_listed(name) or bool(siblings(name))))


def _may_be_gap(name: str) -> bool:
    """Return whether words are a known name, or may be one: short, and not only broad words."""
    if _is_known(name):
        return True
    words = name.casefold().split()
    known = tables()
    said = [word for word in words if word not in known.grades and word not in known.broad]
    plain = [word for word in words if word in known.function and word not in _WITHIN]
    single = len(words) == 1 and name[1:].islower()
    return len(words) <= _LONGEST_NAME and bool(said) and not plain and not single
