"""Which kind of thing some words ask for, and what they name without the words that introduce it.

"Strong knowledge of C" is a skill and names C; "a valid driving licence" is a licence. What tells
one kind from another stands in `data/asks.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.matching.ask import AskKind
from tailor.matching.meant import is_of_everyday_words
from tailor.matching.name import thing
from tailor.matching.words import TEXTS_KEPT, word_set
from tailor.nlp.cue import CueFinder, Cues
from tailor.values.resources import data_toml

NUMBER_WORDS = dict(
    zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)
)
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
YEARS = re.compile(
    rf"\b({NUMBER})\s?(?:\(\d+\)\s?)?(?:\+|plus\b)?\s?(?:(?:-|–|to|or)\s?({NUMBER}|more)\s?)?\+?[\s-]"
    r"(?:or more\s|full\s)?(?:years?|yrs?)\b"
    rf"|\b(?=\w)({NUMBER}) of (?:them|these|those|which)(?= (?:as|in|with|at|leading|spent)\b)",
    re.IGNORECASE,
)
MONTHS = re.compile(rf"\b({NUMBER})\s?\+?\s?months?\b", re.IGNORECASE)
_NO_YEARS = re.compile(
    r"\bwithin (?:the )?(?:first )?(?:\w+ )?(?:\(\d+\) )?(?:months?|years?) (?:of|after|from)\b"
    r"|years? old|year[- ]?(?:round|long)\b|degree course"
    r"|[- ]year (?:\w+ ){0,2}(?:plan|strategy|roadmap|history|anniversary|contract|lease)\b"
    r"|[- ]years?[- ](?:(?:college|university|undergraduate|bachelor'?s?|technical) ){0,2}degree",
    re.IGNORECASE,
)
_NO_LANGUAGE = re.compile(
    r"\b(?:literature|history|law\b|teach|gcse|a-level|draft|cook|cuisine|food|dish|recipe|tax|gaap\b|art\b|massage|medical)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:is|are|would be|will be|preferred|required|desirable|essential|strongly|highly|a plus"
    r"|an advantage|a bonus|an asset|welcome|needed|considered an asset|advantageous)(?= |$)",
    re.IGNORECASE,
)
# "Programming skills in Go" ask for Go.
_KIND_OF_SKILL = re.compile(
    r"^(?:\w+ ){0,2}?(?:programming|coding|scripting|development|technical|work|software|hands-on"
    r"|writing|design|analytical|language) (?:skills?|experience|knowledge|expertise|proficiency)"
    r" (?:in|with|of|using) ",
    re.IGNORECASE,
)
SIGNS = " \t\n,;:!?*•·–—-\"“”'"
_TOKEN = re.compile(r"[^\s,;()]+")
_UP_TO_DATE = re.compile(r"^(?:an? )?up[- ]to[- ]date (?=\w)", re.IGNORECASE)
_GERUND = re.compile(r"[A-Za-z]{2,30}ing\b")
# Letters of a degree, and not the maker's in "MS Office".
_LETTERS_OF_DEGREES = re.compile(
    r"\b(?:B\.(?:S|A|E|Sc|Eng|Tech|Com|Ed)|M\.(?:S|A|E|Sc|Eng|Tech|B\.A|Ed)|LL\.[BM])(?![\w+])|"
    r"\b(?:BA|BS|BSc|MA|MS|MSc|MBA|PhD)\b(?=\s*(?:in\b|or\b|and\b|of\b|with\b|is\b|degree|preferred|required"
    r"would\b|[/,().]|$))"
    # A master of laws, and not a large language model.
    r"|\bLLM\b(?= (?:in (?:\w+ ){0,2}(?:law|tax|taxation|rights)|degree)\b)"
    # Letters that name a field too, where nothing but a frame stands around them.
    r"|^\W*(?:an? )?(?:BSW|MSW|MLIS|MPH|MPA|BSN|MSN|DNP|MArch|BArch|MEd|EdD|MDiv|DPT)"
    r"(?= degree\b|[\s.]*$| (?:from|or|required|preferred)\b)"
    r"|(?<=LLB or )LLM\b|(?<=JD or )LLM\b|(?<=LLB/)LLM\b"
)
_NAMES_DEGREE = re.compile(
    r"\b(?:degree|bachelor|master|ph\.?d|doctor|diploma|qualification|school)|^\W*(?:hold|pass|hav|complet)ing",
    re.IGNORECASE,
)
# Whose degrees they are: "supervise PhD students" asks for none.
_OF_STUDENTS = re.compile(
    r"\b(?:(?:phd|doctoral|master'?s|bachelor'?s|graduate|undergraduate|college|university|school|diploma)"
    r"(?:,|/| and| or)? ?){1,3}(?:students?|candidates?|pupils|interns?|theses|thesis)\b",
    re.IGNORECASE,
)
SOME_YEARS = re.compile(
    r"\b(?:several|many|multiple|a few|a couple of|some) (?:\w+ )?years\b", re.IGNORECASE
)
# What introduces something to know or to have done, whatever words of it tell of traits.
_OF_SKILL = re.compile(
    r"\W{0,3}(?:(?:an?|the) )?(?:[a-z][a-z-]{0,30} ){0,2}"
    r"(?:experience|knowledge|understanding) (?:of|in|with) "
    r"(?![^.;]{0,60}\b(?:shifts?|nights?|weekends?|travel\w*|rotas?|on[- ]call|24/7)\b)"
    r"|\W{0,3}(?:[a-z][a-z-]{0,30} )?(?:confiden(?:ce|t)|competen(?:ce|t)) (?:in|with) "
    r"(?:using|the use of) ",
    re.IGNORECASE,
)
# "Knowledge of HACCP" asks for no certificate.
_KNOWN = re.compile(
    r"\b(?:knowledge|understanding|awareness|familiarity|familiar|status quo)\b", re.IGNORECASE
)
# Cards, tickets and permits that are things of the work.
_NO_PAPER = re.compile(
    r"\bcards? (?:payments?|transactions?|machines?|games?|sales|terminals?)\b"
    r"|\bstatus (?:reports?|updates?)\b|\b(?:support|helpdesk|help desk|jira|trouble) tickets?\b"
    r"|\b(?:incident|service|change|problem) tickets?\b"
    r"|\btickets? (?:sales|systems?|office)\b"
    r"|\bcertificate authorit\w+|\b(?:sim|gift|graphics|network|sound|video) cards?\b"
    r"|\baccredited (?:\w+ ){0,2}(?:school|university|college|institution|program(?:me)?|degree)\b"
    r"|\blicensed premises\b|\bsoftware licen[cs]\w+\b|\bpermits? to work\b",
    re.IGNORECASE,
)
_TO_DRIVE = re.compile(r"(?:[Cc]at|[Cc]ategory) (?:[A-D]1?\+?E|[CD]1?)")
# A paper by the name of who gives it.
_OF_BODY = re.compile(
    r"(?:the )?(?:\w+ ){0,3}(?:Institute|Institution|Association|Society|Federation|Royal College)"
    r" of [^,;()]{3,80} (?:[Dd]iploma|[Cc]ertificate|[Aa]ward|[Mm]embership)$"
)
# "First aid qualification"; a "relevant qualification" names none.
_QUALIFICATION = re.compile(
    r"(?:an? )?(?!(?:relevant|required|minimum|formal|professional|academic|educational|similar"
    r"|preferred|recogni[sz]ed|appropriate|suitable|other|basic|any) qualif)"
    r"(?:[\w&/'-]+ ){1,4}qualification(?: or equivalent)?",
    re.IGNORECASE,
)
# Who teaches for an examination need not hold it.
_TAUGHT = re.compile(r"\b(?:teach\w*|taught|tutor\w*|lessons?|classes)\b", re.IGNORECASE)
_NOUNS_IN_LY = frozenset("supply family assembly anomaly reply fly ally poly italy july".split())
# How conditions begin that stand among duties.
_TERMS_OF_WORK = frozenset(
    {"able", "willing", "willingness", "must", "travel", "ability", "available", "live", "pass"}
)
_FEW_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Tables:
    nouns: frozenset[str]
    adjectives: frozenset[str]
    links: frozenset[str]
    degrees: frozenset[str]
    tails: frozenset[str]
    label_ends: tuple[str, ...]
    licence_names: frozenset[str]
    languages: frozenset[str]
    language_levels: tuple[frozenset[str], ...]
    cues: CueFinder
    grades: frozenset[str]
    function: frozenset[str]
    half_names: frozenset[str]
    verbs: frozenset[str]
    broad: frozenset[str]


@cache
def tables() -> _Tables:
    """Return the tables of `data/asks.toml`, and what asks need of others."""
    asks, words = data_toml("asks.toml"), data_toml("line_words.toml")
    degrees = data_toml("degrees.toml")
    levels, frames = asks["language_levels"], asks["frames"]
    sets = {
        name: frozenset(words[name]["words"].split())
        for name in ("grades", "function", "verbs", "broad")
    }
    return _Tables(
        nouns=frozenset(frames["nouns"]),
        adjectives=frozenset(frames["adjectives"]),
        links=frozenset(frames["links"]),
        degrees=frozenset(frames["degrees"]),
        tails=frozenset(frames["tails"]),
        label_ends=tuple(asks["labels"]["ends"]),
        licence_names=frozenset(asks["licences"]["names"]),
        languages=frozenset(name.casefold() for name in data_toml("languages.toml")["names"]),
        language_levels=tuple(frozenset(levels[level]) for level in ("a", "b1", "b2", "c1", "c2")),
        cues=CueFinder(
            {
                "preferred": asks["importance"]["preferred"],
                "nothing": asks["importance"]["nothing"],
                AskKind.TRAIT: asks["traits"]["words"],
                AskKind.ARRANGEMENT: asks["arrangements"]["words"],
                AskKind.LICENCE: asks["licences"]["words"],
                AskKind.DEGREE: [*degrees["asks"], *_named_degrees(degrees["levels"])],
            }
        ),
        half_names=frozenset(asks["words"]["half_names"].split()),
        **sets,
    )


def _named_degrees(levels: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (name for level in levels for name in level if len(name) > 2)
    yield from ("jd", "j.d", "juris doctor", "llb", "md", "diploma in", "hnd", "hnc")


def pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of `data/asks.toml`."""
    return _patterns()[name]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    named = data_toml("asks.toml")["patterns"].items()
    return {name: re.compile("|".join(parts), re.IGNORECASE) for name, parts in named}


@lru_cache(maxsize=TEXTS_KEPT)
def cues_in(text: str) -> Cues:
    """Return what the phrases of `data/asks.toml` say of a text."""
    return tables().cues.find(text)


@lru_cache(maxsize=TEXTS_KEPT)
def kind_of(text: str, usual: AskKind = AskKind.SKILL) -> AskKind:
    """Return the kind that the words of a piece tell, `usual` where they tell none."""
    known = tables()
    cues = cues_in(text)
    words = cues.words
    held = cues.has(AskKind.LICENCE) and "held" in words
    if _has_time(text) and not (held or _NO_YEARS.search(text)):
        return AskKind.EXPERIENCE_YEARS
    if "experience" in words and ("equivalent" in words or "combination" in words):
        return AskKind.EXPERIENCE_YEARS
    if (
        usual is AskKind.SKILL
        and (
            cues.has(AskKind.LICENCE)
            or (
                "qualification" in words
                and not cues.has(AskKind.DEGREE)
                and _QUALIFICATION.fullmatch(text)
            )
            or text in known.licence_names
            or _TO_DRIVE.fullmatch(text)
            or _OF_BODY.match(text)
            or not known.licence_names.isdisjoint(_TOKEN.findall(text))
        )
        and not _KNOWN.search(text)
        and not _NO_PAPER.search(text)
    ):
        return AskKind.LICENCE
    if _asks_degree(text, cues):
        return AskKind.DEGREE
    languages = known.languages.intersection(words)
    if languages and not _NO_LANGUAGE.search(text) and _is_language(languages, text):
        return AskKind.LANGUAGE
    if usual is AskKind.SKILL and _OF_SKILL.match(text):
        return usual  # "experience of tuning on site" is no condition
    soft = soft_cues(text)
    if soft.has(AskKind.ARRANGEMENT) and (usual is AskKind.SKILL or words[0] in _TERMS_OF_WORK):
        return AskKind.ARRANGEMENT
    if soft.has(AskKind.TRAIT) and (usual is AskKind.SKILL or len(words) <= _FEW_WORDS):
        return AskKind.TRAIT
    return usual


def _asks_degree(text: str, cues: Cues) -> bool:
    """Return whether a text asks for a degree, and not for work with those who read for one."""
    letters = bool(_LETTERS_OF_DEGREES.search(text))
    of_students = bool(_OF_STUDENTS.search(text))
    if letters and not of_students:
        return True
    if not cues.has(AskKind.DEGREE) or _TAUGHT.search(text):
        return False
    if of_students and begins_with_work(text):
        return False
    # "A track record of raising attainment at GCSE"
    is_work = _GERUND.match(without_frame(text)) and not _NAMES_DEGREE.search(text)
    return letters or not is_work


def _has_time(text: str) -> bool:
    """Return whether a text names years or months; to look for the words first is quicker."""
    low = text.lower()
    if "year" in low or "yr" in low or " of th" in low or " of which" in low:
        return bool(YEARS.search(text) or MONTHS.search(text) or SOME_YEARS.search(text))
    return "month" in low and bool(MONTHS.search(text))


def _is_language(languages: frozenset[str], text: str) -> bool:
    """Return whether a text names a language: whoever scales and polishes speaks no Polish."""
    if languages == {"polish"} and "Polish" not in text:
        return False
    words = [word.strip(SIGNS + "().") for word in text.split()]
    low = [word.casefold() for word in words]
    return any(
        one in languages and _leaves_language(low[place + 1] if place + 1 < len(low) else "")
        for place, one in enumerate(low)
    ) or languages.isdisjoint(low)


def _leaves_language(following: str) -> bool:
    """Return whether a language is one before a word: not so in "German safety regulations"."""
    known = tables()
    return (
        not following.isalpha()
        or following in known.languages
        or following in known.function
        or following in known.links
        or following in known.tails
        or following in word_set("of_languages")
        or following in word_set("of_wishes")
    )


def soft_cues(text: str) -> Cues:
    """Return what tells of traits and arrangements in a text: "patient care" is neither."""
    cues = cues_in(text)
    if not cues.has(AskKind.ARRANGEMENT, AskKind.TRAIT):
        return cues
    return cues_in(pattern("things_with_soft_words").sub(" ", text))


def has_frame(text: str) -> bool:
    """Return whether something introduces what a piece names."""
    return without_frame(text) != text.strip(SIGNS)


def without_front(text: str) -> str:
    """Return `text` without "the post holder needs a" before it."""
    return pattern("front").sub("", text, count=1).strip(SIGNS)


def without_front_and_tail(text: str) -> str:
    """Return what `without_front` does, without "is required" behind it."""
    text = without_front(text)
    found = _TAIL.search(text)
    return (text[: found.start()] if found else text).strip(SIGNS)


def named_by(text: str) -> str:
    """Return what a piece names, without frame, and without the clause behind it."""
    name = without_frame(_KIND_OF_SKILL.sub("", text, count=1))
    found = None if thing(name) >= 0 else pattern("clause").search(name)
    return name[: found.start()].strip(SIGNS) if found else name


@lru_cache(maxsize=TEXTS_KEPT)
def without_frame(text: str) -> str:
    """Return what a piece names, without what introduces it: "strong knowledge of C" names C."""
    known = tables()
    words = _UP_TO_DATE.sub("", text.strip(SIGNS)).split()
    place, after_frame = 0, False
    while place < len(words):
        if place < len(words) - 1 and _begins_name(words[place:]):
            break
        word = words[place].casefold().strip(",.:;()")
        if " ".join(words[place : place + 2]).casefold() in known.nouns:
            place += 1
            continue  # "track record of": its last word is a noun of a frame too
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
            _says_how_much(word)
            and place + 1 < len(words)
            and not is_written_name(words[place])
            and not is_graded_itself(word, words[place + 1])
        ):
            place, after_frame = place + 1, after_frame or word == "using" or says_how(word)
        else:
            break
    end = len(words)
    while end > place + 1 and words[end - 1].casefold().strip(",.:;()") in known.tails:
        end -= 1
    return " ".join(words[place:end]).strip(SIGNS).rstrip(".") or text.strip(SIGNS)


def _begins_name(words: Sequence[str]) -> bool:
    """Return whether words are a known name or begin with one: "first aid", "full stack work"."""
    two = " ".join(words[:2])
    return thing(two) >= 0 or thing(" ".join(words)) >= 0 or is_of_everyday_words(two)


def _says_how_much(word: str) -> bool:
    known = tables()
    return word in known.degrees or word in known.function or word in known.grades or says_how(word)


def says_how(word: str) -> bool:
    """Return whether a word is an adverb, such as "particularly"; "supply" is none."""
    return word.endswith("ly") and word not in _NOUNS_IN_LY


def is_graded_itself(word: str, following: str) -> bool:
    """Return whether a word is part of a name where it grades others: "high performance"."""
    return word in word_set("of_measures") and following.casefold().strip(SIGNS) in word_set(
        "measures"
    )


def only_grades(text: str) -> bool:
    """Return whether a sentence says how much a thing is wanted, and names none: "A plus!"."""
    words = cues_in(text).words
    return bool(words) and word_set("of_wishes").issuperset(words)


def says_held(text: str) -> bool:
    """Return whether a line says that a paper is held or sought: "hold a valid registration"."""
    return bool(pattern("held").search(text))


def is_written_name(word: str) -> bool:
    """Return whether a word is written as a name, such as "Go" or "MUST"."""
    return word.isupper() and len(word) > 1


def begins_with_work(text: str) -> bool:
    """Return whether the first word of a piece says what is done: "drafting leases"."""
    word, _, rest = text.strip(SIGNS).partition(" ")
    word = word.strip(SIGNS)
    low = word.casefold()
    if rest.isdigit():
        return False  # "Empower 3" is a program
    return (
        low in tables().verbs
        or bool(_GERUND.fullmatch(word))
        or (low.endswith("ed") and word.islower())
    )
