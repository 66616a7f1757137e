"""What a posting asks for, one thing at a time: `Requirement`s -> `Ask`s.

"Experience with Java, Scala or Python, 4+ years, and a degree in CS" is one line and five asks, of
which three are alternatives. A line is cut at its commas, conjunctions and slashes; each piece is
judged by its own words and by what introduces it (`data/asks.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import count
from types import MappingProxyType

from tailor.matching.name import TEXTS_KEPT
from tailor.matching.requirements import Kind, Requirement
from tailor.nlp.cue import CueFinder, Cues
from tailor.values.resources import data_table, data_toml
from tailor.values.statements import split_statements


class AskKind(StrEnum):
    """What sort of thing is asked for, and so what can prove it."""

    SKILL = "skill"
    EXPERIENCE_YEARS = "experience_years"
    DEGREE = "degree"
    LICENCE = "licence"
    LANGUAGE = "language"
    DUTY = "duty"
    TRAIT = "trait"
    ARRANGEMENT = "arrangement"


class Importance(StrEnum):
    """How much the posting insists on it."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"


class Status(StrEnum):
    """What the CV says of an ask.

    STATED and ALIAS mean that the person has it: the CV says so, or says the same under another
    name. RELATED is near and not it.
    """

    STATED = "stated"
    ALIAS = "alias"
    RELATED = "related"
    ABSENT = "absent"
    NOT_CHECKABLE = "not_checkable"

    @property
    def is_had(self) -> bool:
        """Whether the CV has what is asked for."""
        return self in {Status.STATED, Status.ALIAS}


@dataclass(frozen=True, slots=True)
class Ask:
    """One single thing that a posting asks for, and what the CV has of it.

    `text` are the posting's own words, `requirement` the id of the line they stand in. Asks of
    one `group` are alternatives: one of them answers all. `lines` are the CV's own lines that show
    it, best first, and `line_ids` their ids.
    """

    text: str
    kind: AskKind
    importance: Importance
    requirement: str
    group: str | None = None
    status: Status = Status.ABSENT
    lines: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()


_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})
NUMBER_WORDS = dict(
    zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)
)
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
YEARS = re.compile(
    rf"\b({_NUMBER})\s?(?:\(\d+\)\s?)?\+?\s?(?:(?:-|–|to|or)\s?({_NUMBER}|more)\s?)?\+?[\s-]"
    r"(?:or more\s|full\s)?(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(rf"\b({_NUMBER})\s?\+?\s?months?\b", re.IGNORECASE)
# A separator between two things of a list, and the commas and signs around it. White space has
# become one blank each before.
_SEPARATOR = re.compile(
    r"(?P<either>,? (?:and ?/ ?or|or) (?!above\b|below\b|higher\b|better\b|more\b|greater\b)"
    r"|(?P<slash> ?/ ?(?=[A-Za-z.])| ?\| ?))"
    r"|(?P<both>, (?:and|plus|as well as|along with) | (?:and|as well as|plus) | & | ?[,;•·] )",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"(?: \(|, ?|[ (])(?:such as|e\.? ?g\.?,?|for example,?|for instance,?|like|i\.?e\.?,?|ideally"
    r"|including|incl\.?) ",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:is|are|would be|will be|preferred|required|desirable|essential|strongly|highly|a plus"
    r"|an advantage|a bonus|welcome|needed|considered an asset|advantageous)(?= |$)",
    re.IGNORECASE,
)
# Where one clause ends and another says something of its own.
_CLAUSES = re.compile(
    r"; | [–—] (?=[A-Z])|,? (?:but|although|though|however,?) (?!not limited)", re.IGNORECASE
)
_PREFERABLY = re.compile(r"\b(?:preferably|ideally)\b", re.IGNORECASE)
# "Programming skills in Go" ask for Go.
_KIND_OF_SKILL = re.compile(
    r"^(?:\w+ ){0,2}?(?:programming|coding|scripting|development|technical|work|software|hands-on"
    r"|writing|design|analytical|language) (?:skills?|experience|knowledge|expertise|proficiency)"
    r" (?:in|with|of|using) ",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]{2,200})\)")
_LABEL = re.compile(r"^([A-Za-z][\w &/'-]{2,40}):\s+(?=\S)")
_TOKEN = re.compile(r"[^\s,;()]+")
_SIGNS = " \t,;:!?*•·–—-\"“”'"
_LETTERS = re.compile(r"[A-Za-z]")
_GERUND = re.compile(r"[A-Za-z]{2,30}ing\b")
# Both sides of a slash that are one name.
_SLASHED = re.compile(
    r"\b(?:tcp/ip|ci/cd|i/o|a/b|pl/sql|ui/ux|ux/ui|ac/dc|24/7|r&d|p&l|client/server|input/output|"
    r"hvac/r|l/c|m/f|n/a|w/|c/c\+\+|os/2|s/4hana|his/her|he/she|him/her|and/or|gd&t|pub/sub|"
    r"unix/linux|linux/unix|a/p|a/r|ap/ar|b/s|m/s|lc/ms|gc/ms)(?![\w])",
    re.IGNORECASE,
)
# How conditions begin that stand among duties.
_TERMS_OF_WORK = frozenset(
    {"able", "willing", "willingness", "must", "travel", "ability", "available"}
)
_JOINT = re.compile(r" and | or |&|/")
_GUARD = str.maketrans({"/": "\ue000", "&": "\ue001"})
_UNGUARD = str.maketrans({"\ue000": "/", "\ue001": "&"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a list: its words, and whether an "or" ties it to the piece before."""

    text: str
    either: bool
    slashed: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    nouns: frozenset[str]
    adjectives: frozenset[str]
    links: tuple[str, ...]
    degrees: frozenset[str]
    tails: frozenset[str]
    label_ends: tuple[str, ...]
    licence_names: frozenset[str]
    languages: frozenset[str]
    language_levels: tuple[frozenset[str], ...]
    cues: CueFinder
    joined: tuple[str, ...]
    grades: frozenset[str]
    function: frozenset[str]
    half_names: frozenset[str]
    verbs: frozenset[str]


@cache
def tables() -> _Tables:
    """Return the tables of `data/asks.toml`, and what asks need of others."""
    asks = data_toml("asks.toml")
    degrees = data_toml("degrees.toml")
    levels = asks["language_levels"]
    terms = {row["term"] for row in data_table("skill_aliases.tsv")}
    terms |= {row["alias"] for row in data_table("skill_aliases.tsv")}
    return _Tables(
        frozenset(asks["frames"]["nouns"]),
        frozenset(asks["frames"]["adjectives"]),
        tuple(sorted(asks["frames"]["links"], key=len, reverse=True)),
        frozenset(asks["frames"]["degrees"]),
        frozenset(asks["frames"]["tails"]),
        tuple(asks["labels"]["ends"]),
        frozenset(asks["licences"]["names"]),
        frozenset(name.casefold() for name in data_toml("languages.toml")["names"]),
        tuple(frozenset(levels[level]) for level in ("a", "b1", "b2", "c1", "c2")),
        CueFinder(
            {
                "preferred": asks["importance"]["preferred"],
                "nothing": asks["importance"]["nothing"],
                AskKind.TRAIT: asks["traits"]["words"],
                AskKind.ARRANGEMENT: asks["arrangements"]["words"],
                AskKind.LICENCE: asks["licences"]["words"],
                AskKind.DEGREE: [*degrees["asks"], *_named_degrees(degrees["levels"])],
            }
        ),
        tuple(sorted((t for t in terms if _JOINT.search(t)), key=lambda t: (-len(t), t))),
        frozenset(data_toml("line_words.toml")["grades"]["words"].split()),
        frozenset(data_toml("line_words.toml")["function"]["words"].split()),
        frozenset(asks["words"]["half_names"].split()),
        frozenset(data_toml("line_words.toml")["verbs"]["words"].split()),
    )


def pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of `data/asks.toml`."""
    return _patterns()[name]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    named = data_toml("asks.toml")["patterns"].items()
    return {name: re.compile("|".join(parts), re.IGNORECASE) for name, parts in named}


def _named_degrees(levels: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (name for level in levels for name in level if len(name) > 2)
    yield from ("jd", "j.d", "juris doctor", "llb", "llm", "md", "diploma in", "hnd", "hnc")


@lru_cache(maxsize=TEXTS_KEPT)
def _cues(text: str) -> Cues:
    return tables().cues.find(text)


def find_asks(
    requirements: Iterable[Requirement], mentioned: Mapping[str, Sequence[str]] = _NONE
) -> tuple[Ask, ...]:
    """Return the single things that `requirements` ask for, in their order, none twice.

    `mentioned` are further names of skills that stand in a requirement, by its id. The title of
    the job is no ask. Statuses are ABSENT: what a CV has, `proof.py` finds.
    """
    letters = count(1)
    found: dict[tuple[str, str], Ask] = {}
    for requirement in requirements:
        if requirement.kind is Kind.TITLE:
            continue
        asks = list(_asks_of(requirement, letters))
        asks += _mentions(mentioned.get(requirement.id, ()), asks)
        for ask in asks:
            key = (ask.text.casefold(), ask.kind)
            known = found.get(key)
            if known is None or (known.importance is Importance.MENTIONED != ask.importance):
                found[key] = ask
    return tuple(found.values())


def _mentions(names: Iterable[str], asks: Sequence[Ask]) -> Iterator[Ask]:
    """Yield an ask for each name that none of the asks of its line is about already.

    An ask of one word more is about the same; a name within a longer one is asked for too, but
    not the common words of a licence or degree.
    """
    if not asks:
        return
    whole = {AskKind.DUTY, AskKind.TRAIT}
    taken = [f" {ask.text.casefold()} " for ask in asks if ask.kind not in whole]
    papers = [f" {ask.text.casefold()} " for ask in asks if ask.kind in _PAPERS]
    for name in names:
        if asks[0].kind is AskKind.TRAIT and name.islower() and " " not in name:
            continue
        low = f" {name.casefold()} "
        most = low.count(" ") + 1
        if any(one in low or (low in one and one.count(" ") <= most) for one in taken):
            continue
        kind = _kind_by_words(name)
        if (name.islower() or kind is AskKind.DEGREE) and any(low in one for one in papers):
            continue
        if kind not in {AskKind.TRAIT, AskKind.ARRANGEMENT, AskKind.EXPERIENCE_YEARS}:
            taken.append(low)
            yield replace(asks[0], text=name, kind=kind, group=None)


_PAPERS = frozenset({AskKind.LICENCE, AskKind.DEGREE, AskKind.LANGUAGE, AskKind.EXPERIENCE_YEARS})


def _asks_of(requirement: Requirement, letters: Iterator[int]) -> Iterator[Ask]:
    text = " ".join(requirement.text.replace("’", "'").split())
    usual = {
        Kind.PREFERRED: Importance.PREFERRED,
        Kind.REQUIRED: Importance.REQUIRED,
    }.get(requirement.kind, Importance.MENTIONED)
    for sentence in _sentences(text):
        cues = _cues(sentence)
        if cues.has("nothing"):
            continue
        importance = usual
        # "A cloud, preferably AWS": only what stands behind the word is a wish.
        aside = _PREFERABLY.search(sentence)
        if cues.has("preferred") and not (aside and aside.start()):
            importance = Importance.PREFERRED
        ask = Ask("", AskKind.SKILL, importance, requirement.id)
        if _is_work(sentence, requirement.kind):
            duty = sentence.strip(_SIGNS)
            kind = _kind_by_words(duty, usual=AskKind.DUTY)
            yield replace(ask, text=duty, kind=kind)
            continue
        yield from _of_list(sentence, ask, letters)


def _sentences(text: str) -> Iterator[str]:
    for start, end in split_statements(text):
        for part in _CLAUSES.split(text[start:end]):
            if _LETTERS.search(part) and not pattern("asks_nothing").search(part):
                yield part


def _is_work(sentence: str, kind: Kind) -> bool:
    """Return whether a sentence describes work to be done, not something to know or to have."""
    if kind in {Kind.DUTY, Kind.ROLE}:
        return not YEARS.search(sentence)
    words = _cues(sentence).words
    return words[:1] == ("ability",) or words[:2] in (("able", "to"), ("willing", "to"))


def _of_list(sentence: str, ask: Ask, letters: Iterator[int]) -> Iterator[Ask]:
    """Yield the asks of a sentence that lists what one should know or have."""
    label = _LABEL.match(sentence)
    if label and any(label[1].casefold().endswith(end) for end in tables().label_ends):
        sentence = sentence[label.end() :]
    for head, examples, either in _parts(sentence):
        pieces = list(_pieces(head))
        yield from _of_pieces(pieces, ask, letters)
        if examples:
            members = list(_pieces(examples))
            group = _letter(letters) if either and len(members) > 1 else None
            for member in members:
                yield from _of_piece(member.text, replace(ask, group=group), AskKind.SKILL)


def _parts(sentence: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the pieces of a sentence outside of examples, each with the examples behind it.

    The third value is whether any one of the examples will do.
    """
    bracket = _BRACKETS.search(sentence)
    if bracket and YEARS.search(bracket[1]):
        sentence, bracket = sentence.replace(bracket[0], bracket[1], 1), None
    if bracket:
        inside = bracket[1].strip()
        before, after = sentence[: bracket.start()], sentence[bracket.end() :]
        opened = _EXAMPLES.match(f" {inside}")
        listed = bool(re.search(r"[,/]|\b(?:or|and)\b", inside))
        if opened or listed:
            body = f" {inside}"[opened.end() :] if opened else inside
            body = re.sub(r",? ?(?:etc\.?|and more|or similar)$", "", body)
            yield before, body, True
        else:  # "(RN)" is another name, "(preferred)" a word on the side
            yield from _parts(f"{before.rstrip()} {after.lstrip()}".strip())
            return
        if _LETTERS.search(after):
            yield from _parts(after)
        return
    opened = _EXAMPLES.search(sentence)
    if opened and opened.start() > 3:
        either = "includ" not in opened[0].casefold() and "incl" not in opened[0].casefold()
        yield sentence[: opened.start()], sentence[opened.end() :], either
        return
    yield sentence, "", False


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut a list at its commas, conjunctions and slashes, but not inside a name."""
    guarded = _SLASHED.sub(lambda found: found[0].translate(_GUARD), text)
    low = guarded.casefold()
    for term in tables().joined if _JOINT.search(low) else ():
        if term in low:
            place = low.index(term)
            guarded = (
                guarded[:place]
                + guarded[place : place + len(term)].replace(" and ", " \ue002 ").translate(_GUARD)
                + guarded[place + len(term) :]
            )
            low = guarded.casefold()
    start, either, slashed = 0, False, False
    for found in _SEPARATOR.finditer(guarded):
        yield _Piece(_plain(guarded[start : found.start()]), either, slashed)
        start, either, slashed = found.end(), bool(found["either"]), bool(found["slash"])
    yield _Piece(_plain(guarded[start:]), either, slashed)


def _plain(text: str) -> str:
    return text.translate(_UNGUARD).replace("\ue002", "and").strip()


def _letter(letters: Iterator[int]) -> str:
    return f"g{next(letters)}"


def _of_pieces(pieces: Sequence[_Piece], ask: Ask, letters: Iterator[int]) -> Iterator[Ask]:
    """Yield the asks of a list; what an "or" ties together, and all before it, is a group."""
    pieces = list(_whole(piece for piece in pieces if _LETTERS.search(piece.text)))
    pieces = [
        replace(piece, text=_completed(piece.text, after.text)) if after.either else piece
        for piece, after in zip(pieces, [*pieces[1:], _Piece("", False)], strict=False)
    ]
    if not pieces:
        return
    kinds = [_kind_by_words(piece.text) for piece in pieces]
    if _are_one(pieces):
        whole = " and ".join(piece.text for piece in pieces)
        yield from _of_piece(whole, ask, None)
        return
    groups: list[str | None] = [None for _ in pieces]
    for place, piece in enumerate(pieces):
        if not piece.either or not place:
            continue
        # "A, B or C": the commas before the "or" say "or" too, as far as the kind is the same.
        first = place - 1
        while (
            first > 0
            and not piece.slashed
            and not groups[first]
            and not pieces[first].either
            and kinds[first - 1] == kinds[place]
            and not _has_frame(pieces[first].text)
        ):
            first -= 1
        group = groups[place - 1] or _letter(letters)
        for member in range(first, place + 1):
            groups[member] = groups[member] or group
    for piece, shared in zip(pieces, groups, strict=True):
        yield from _of_piece(piece.text, replace(ask, group=shared) if shared else ask, None)


def _whole(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield pieces, joined where one ends in a word that grades: "complex, high-quality code"."""
    before: _Piece | None = None
    for piece in pieces:
        if before and not piece.either and _grades_what_follows(before.text):
            before = replace(before, text=f"{before.text}, {piece.text}")
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


def _completed(text: str, following: str) -> str:
    """Return `text` with the noun that it shares with what follows the "or".

    "A chartered or incorporated engineer" asks for a chartered engineer.
    """
    last = text.rsplit(maxsplit=1)[-1].casefold()
    rest = following.split()[1:]
    return " ".join([text, *rest]) if rest and last in tables().half_names else text


def _grades_what_follows(text: str) -> bool:
    *first, last = text.casefold().split()
    return bool(first) and last in tables().grades


def _are_one(pieces: Sequence[_Piece]) -> bool:
    """Return whether "writing and editing news" was cut, which is one thing to be able to do."""
    if len(pieces) != 2 or pieces[1].either:
        return False
    first = _without_frame(pieces[0].text)
    return bool(_GERUND.fullmatch(first)) and bool(_GERUND.match(pieces[1].text))


def _of_piece(text: str, ask: Ask, kind: AskKind | None) -> Iterator[Ask]:
    """Yield what one piece asks for."""
    text = text.strip(_SIGNS).rstrip(".")
    kind = kind or _kind_by_words(text)
    if kind is AskKind.EXPERIENCE_YEARS:
        yield replace(ask, text=text, kind=kind)
        subject = _without_frame(YEARS.split(text)[-1])
        if subject and len(subject.split()) <= 3 and subject[:1].isupper():
            yield replace(ask, text=subject, kind=AskKind.SKILL, group=None)
        return
    if kind is not AskKind.SKILL:
        yield replace(ask, text=_without_tail(_without_front(text)) or text, kind=kind)
        return
    if _PREFERABLY.match(text):
        ask = replace(ask, importance=Importance.PREFERRED)
    name = _trimmed(_without_frame(_KIND_OF_SKILL.sub("", text, count=1)))
    if name and _LETTERS.search(name) and not _names_nothing(name):
        yield replace(ask, text=name, kind=kind)


def _names_nothing(name: str) -> bool:
    """Return whether a piece is one verb or function word, cut off from what it is about."""
    is_one = name.islower() and " " not in name
    return is_one and (name in tables().function or name in tables().verbs or name.endswith("ed"))


@lru_cache(maxsize=TEXTS_KEPT)
def _kind_by_words(text: str, usual: AskKind = AskKind.SKILL) -> AskKind:
    """Return the kind that the words of a piece tell."""
    known = tables()
    cues = _cues(text)
    words = cues.words
    if (YEARS.search(text) or _MONTHS.search(text)) and not re.search(
        r"years? old|year degree|degree course", text, re.IGNORECASE
    ):
        return AskKind.EXPERIENCE_YEARS
    if {"equivalent", "experience"} <= set(words):
        return AskKind.EXPERIENCE_YEARS
    names = set(_TOKEN.findall(text))
    if usual is AskKind.SKILL and (
        cues.has(AskKind.LICENCE) or names & known.licence_names or text in known.licence_names
    ):
        return AskKind.LICENCE
    if cues.has(AskKind.DEGREE) or names & {"BA", "BS", "BSc", "MA", "MS", "MSc", "MBA", "PhD"}:
        return AskKind.DEGREE
    if any(word in known.languages for word in words) and not re.search(
        r"\b(?:literature|history|law|teach)", text, re.IGNORECASE
    ):
        return AskKind.LANGUAGE
    if cues.has(AskKind.ARRANGEMENT) and (usual is AskKind.SKILL or words[0] in _TERMS_OF_WORK):
        return AskKind.ARRANGEMENT
    if cues.has(AskKind.TRAIT) and (usual is AskKind.SKILL or len(words) <= 8):
        return AskKind.TRAIT
    return usual


def _has_frame(text: str) -> bool:
    return _without_frame(text) != text.strip(_SIGNS)


def _without_front(text: str) -> str:
    """Return `text` without "the post holder needs a" and the like before it."""
    return pattern("front").sub("", text, count=1)


def _without_tail(text: str) -> str:
    """Return `text` without "a plus", "is required" and the like behind it."""
    found = _TAIL.search(text)
    return (text[: found.start()] if found else text).strip(_SIGNS)


@lru_cache(maxsize=TEXTS_KEPT)
def _without_frame(text: str) -> str:
    """Return what a piece names, without what introduces it: "strong knowledge of C" names C."""
    known = tables()
    words = text.strip(_SIGNS).split()
    place, after_frame = 0, False
    while place < len(words):
        word = words[place].casefold().strip(",.:;()")
        if after_frame and word in known.links:
            place += 1
        elif word in known.nouns or word in known.adjectives:
            if place + 1 == len(words):  # "Python skills": the tail is cut below
                break
            following = words[place + 1].casefold()
            introduces = following in known.links or _GERUND.fullmatch(following)
            if not introduces and not after_frame and place == 0:
                break  # "Training plans" is a name
            place, after_frame = place + 1, True
        elif (
            (
                word in known.degrees
                or word in known.function
                or word in known.grades
                or word.endswith("ly")
            )
            and place + 1 < len(words)
            and not _is_name(words[place])
        ):
            place, after_frame = place + 1, after_frame or word == "using"
        else:
            break
    end = len(words)
    while end > place + 1 and words[end - 1].casefold().strip(",.:;()") in known.tails:
        end -= 1
    return " ".join(words[place:end]).strip(_SIGNS).rstrip(".") or text.strip(_SIGNS)


def _trimmed(name: str) -> str:
    """Return a name without the clause behind it: "lessons across a range of subjects"."""
    found = pattern("clause").search(name)
    return name[: found.start()].strip(_SIGNS) if found else name


def _is_name(word: str) -> bool:
    """Return whether a word is written as a name, such as "Go" or "MUST"."""
    return word.isupper() and len(word) > 1
