"""What a CV says of a licence, registration or certificate: a line of such papers, not a topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tailor.matching.ask import Ask, AskKind, Status
from tailor.matching.book import ABSENT, Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.caveat import PAPERS, UNFINISHED, is_open, is_over
from tailor.matching.figure import NUMBERED_LEVEL, reaches_level
from tailor.matching.kind import cues_in, tables
from tailor.matching.name import siblings
from tailor.matching.short_name import (
    initials,
    is_run,
    is_short,
    runs_in,
    shorts_in,
)
from tailor.matching.sign import says, signs_of
from tailor.matching.skill_proof import units_of
from tailor.matching.words import TEXTS_KEPT, form, forms, name_words, singular, word_set
from tailor.values.resources import data_toml

_OBTAINED = re.compile(
    r"\b(?:hold|holds|holding|held|obtained|earned|passed|gained|qualified as|certified as"
    r"|licensed (?:as|to|in)|registered (?:as|with)|admitted to|completed|renewed|my)\b",
    re.IGNORECASE,
)
# That a licence is held: "CPA licensed"; and what is done with those of others.
_HELD = re.compile(
    r"\b(?:licen[cs]ed?|licensure|certified|certifications?|certificates?|registered|registration|qualified|holder"
    r"|chartered|accredited|member|fellow)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^\W*(?:\w+ly\s+)?(?:train|teach|taught|prepar|help|support|assist|audit|check|verif|manag|process|renew|track|ensur"
    r"|review|monitor|issu|coordinat|maintain|updat|develop|organi[sz]|design|support|ran|led|lead|sell|sold)",
    re.IGNORECASE,
)
_REGISTERED_WITH = re.compile(r"\bregist(?:ered|ration) (?:with|by)\b", re.IGNORECASE)
_ON_REGISTER = re.compile(r"\b(?:registered|registration|licensed|licensure)\b", re.IGNORECASE)
_TO_DRIVE = re.compile(
    r"\b(?:driv\w+|[hl]gv|pcv|cdl|lorry|vehicles?|cat(?:egory)?|licen[cs]e)\b", re.IGNORECASE
)
_CLASS = re.compile(
    r"\b(?:class|category|cat|code|group|type)\.?\s?([A-Z0-9]\d?(?:\+E|E)?)\b(?!\.)", re.IGNORECASE
)
_CLASSES_LISTED = re.compile(
    r"\b(?:licen[cs]e|categor(?:y|ies)|class(?:es)?):? \(?"
    r"((?:[A-D]1?\+?E?(?:, ?| ?/ ?| & | and | )){1,5}[A-D]1?\+?E?)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?:ists?|ians?|nurses?|midwi(?:fe|ves)|workers?|medics?|dietitians?|ers)$", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:no|(?:not|n't) (?:hold|have)(?: an?| any)?|never (?:held|had)(?: an?)?|without an?)"
    r" (?:\w+ ){0,3}?(?:licen[cs]e|permit|certificat\w+|registration)\b"
    r"|\b(?:do(?:es)? not|don't|cannot|can't) drive\b",
    re.IGNORECASE,
)
_FEWEST_OF_NAME = 2  # words of a paper's name with who gives it, and one more
_LEAST = 3  # letters of a name that is not said to be that of a paper
_NEAR = 0.6  # of its words in a line that is no paper: smelling gas is not near Gas Safe
_ENOUGH = 0.5  # of the words of a paper, where its number is the same
_RANKS = {"member": "M", "membership": "M", "fellow": "F", "associate": "A"}
_OF_MEMBER = re.compile(r"M[A-Z][A-Za-z]{2,6}")  # whoever is FRICS is more than MRICS
_COUNTRIES = frozenset({"UK", "GB", "US", "USA", "EU", "UAE", "NZ"})
_LISTS = frozenset({LineKind.CERTIFICATE, LineKind.DEGREE, LineKind.SKILLS, LineKind.SUMMARY})


def prove_licence(ask: Ask, book: Book) -> Verdict:
    """Judge by lines of certificates, degrees and skills, and bullets that say it was obtained."""
    return prove_paper(ask.text, book, _LISTS, bullets=True)


def prove_paper(
    asked: str, book: Book, lists: Collection[LineKind] = PAPERS, *, bullets: bool = False
) -> Verdict:
    """Return what the lines of kinds `lists` say of a paper; with `bullets`, what those say too."""
    wanted = _wanted(asked)
    if not wanted or (not bullets and wanted[0] == "".join(wanted) and len(wanted[0]) < _LEAST):
        return ABSENT
    if (
        not bullets
        and len(wanted) == 1
        and not any(wanted[0].casefold() in _low_words(line.text) for line in book.papers)
        and not _ladders_of(asked)
    ):
        return ABSENT  # Dentally is no dental nursing
    found: dict[Status, list[tuple[float, CvLine]]] = {}
    for line in book.lines if bullets else book.papers:
        if line.kind not in lists and not (
            line.stands_alone
            or (
                line.kind is LineKind.BULLET
                and (_says_obtained(line.text) or _says_held(line.text, asked))
            )
        ):
            continue
        if line.is_paper or _is_denied(line.text):
            continue  # "Journal of the Institute" makes nobody a member
        status, share = _says(wanted, asked, line, book)
        is_less = is_open(line.text, wanted[0]) and not UNFINISHED.search(asked)
        is_less = is_less or is_over(line.text, book.today)
        if status.is_had and (is_less or _is_only_degree(asked, line)):
            status = Status.RELATED
        found.setdefault(status, []).append((share, line))
    is_had = any(status.is_had for status in found)
    if not is_had and (shown := _by_sign(asked, lists, book)):
        return verdict(Status.ALIAS, book, shown)
    for status in (Status.STATED, Status.ALIAS, Status.RELATED):
        if rows := found.get(status):
            # A card of one scheme is not that of another trade: who says most of it comes first.
            most = max(share for share, _ in rows)
            lines = [line for share, line in rows if share == most]
            return verdict(status, book, lines)
    words = forms(" ".join(wanted))
    papers = [line for line in book.saying(words, _ENOUGH) if line.kind in PAPERS]
    near = papers or (book.saying(words, _NEAR) if len(words) > 1 else [])
    return verdict(Status.RELATED, book, near)


def _is_other_number(wanted: Sequence[str], said: Sequence[bool], line: CvLine) -> bool:
    """Return whether a paper is asked for by a number, and a line has another: 3.2U for 3.4U."""
    numbers = {
        word for word, is_said in zip(wanted, said, strict=True) if not is_said and "." in word
    }
    return any(map(_is_number, numbers)) and any(
        "." in word.text and _is_number(word.text) for word in name_words(line.text)
    )


def _names_other_job(rest: Sequence[str], text: str) -> bool:
    """Return whether the job is not said for which a body registers, and another word is."""
    jobs = [word for word in rest if _JOB.search(word)]
    telling = [
        word.text
        for word in name_words(text.split(",", maxsplit=1)[0])
        if word.text.isalpha()
        and word.text.casefold() not in word_set("licence")
        and not is_short(word.text)
    ]
    return bool(jobs) and any(_JOB.search(word) for word in telling)


def _is_registered(asked: str, text: str) -> bool:
    """Return whether a register is asked for, and a line tells that one stands on it."""
    return bool(_ON_REGISTER.search(asked) and (_ON_REGISTER.search(text) or " PIN" in text))


def _is_only_degree(asked: str, line: CvLine) -> bool:
    """Return whether a register is asked for, and a line tells of a degree alone."""
    return (
        line.kind is LineKind.DEGREE
        and bool(_ON_REGISTER.search(asked))
        and not _HELD.search(line.text)
    )


def _by_sign(asked: str, lists: Collection[LineKind], book: Book) -> list[CvLine]:
    """Return the lines of papers that say what shows one: "NMC PIN" the registration with the NMC.

    What shares no word with it is another paper, a PGCE is no QTS, but for a longer name with who
    gives it: "Chartered Accountant, ICAEW" is the ACA.
    """
    own = set(forms(asked))
    return [
        line
        for sign in signs_of(asked)
        if (is_whole := _says_body(sign)) or own.intersection(forms(sign))
        for line in (_papers_with(sign, book) if is_whole else book.holding(sign))
        if (line.kind in lists or line.stands_alone)
        and (is_whole or says(line.text, sign))
        and not is_open(line.text, sign)
        and _is_of_sort(asked, line.text)
        and reaches_level(asked, line.text)
    ]


def _says_body(sign: str) -> bool:
    """Return whether a sign of a paper says who gives it, beside its name."""
    words = sign.split()
    return len(words) > _FEWEST_OF_NAME and any(map(is_short, words))


def _papers_with(sign: str, book: Book) -> list[CvLine]:
    """Return the papers that say all words of a sign, in whatever order."""
    return [line for line in book.saying(forms(sign)) if line in book.papers]


def may_be_paper(asked: str, book: Book) -> bool:
    """Return False where no paper of the CV can be what is asked for: of most skills, and quick."""
    return book.kept((asked, LineKind.CERTIFICATE), lambda: _may_be_paper(asked, book))


def _may_be_paper(asked: str, book: Book) -> bool:
    texts, shorts, own_forms = _said_by_papers(book.papers)
    for word in _wanted(asked):
        if word.casefold() in texts or form(word) in own_forms:
            return True
    if any(not texts.isdisjoint(ladder) for ladder in _ladders_of(asked)):
        return True
    other = _otherwise(asked)
    if other.shorts & shorts or any(name.casefold() in book.explained for name in other.names):
        return True
    return any(
        all(own_forms.issuperset(own) or _of_thing(thing, book) for own, thing in parts)
        for parts in other.parts
    )


def _of_thing(thing: int, book: Book) -> bool:
    """Return whether a line of papers names a thing."""
    return thing >= 0 and any(line.kind in PAPERS for line in book.with_thing(thing))


@lru_cache(maxsize=8)
def _said_by_papers(
    papers: tuple[CvLine, ...],
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words, the short names and the forms of all lines of papers."""
    texts = [line.text for line in papers]
    return (
        frozenset[str]().union(*map(_low_words, texts)),
        frozenset[str]().union(*map(shorts_in, texts)),
        frozenset[str]().union(*map(forms, texts)),
    )


@lru_cache(maxsize=TEXTS_KEPT)
def _wanted(text: str) -> tuple[str, ...]:
    """Return the words that tell a paper from others: "clean", "UK" and "licence" do not."""
    # "Car owner with driving licence": the licence is what stands behind.
    front, _, behind = text.rpartition(" with ")
    text = behind if front and _names_paper(behind) and not _names_paper(front) else text
    text = NUMBERED_LEVEL.sub(" ", _REGISTERED_WITH.sub(" ", text))
    words = [word.text for word in name_words(text)]
    inner = [word for word in words if word.casefold() not in word_set("licence")]
    inner = [word for word in inner if word not in _COUNTRIES] or inner
    # Who is registered with a body holds its registration; "registered nurse" is one name.
    body = [word for word in inner if word.casefold() != "registered"]
    is_body = len(body) > 1 or any(is_short(word) for word in body)
    return tuple(body if is_body else inner)


def _says(wanted: Sequence[str], asked: str, line: CvLine, book: Book) -> tuple[Status, float]:
    """Return what a line says of a paper, and the share of its words that it says."""
    own = book.forms(line)
    texts = _low_words(line.text)
    taken_in = _below(wanted, asked, line)
    joined = [pair for pair in pairwise(wanted) if "".join(pair).casefold() in texts]
    together = {word for pair in joined for word in pair}  # "ScrumMaster"
    said = [
        word.casefold() in texts
        or (form(word) in own and not _is_mark(word))
        or word.casefold() in taken_in
        or word in together
        for word in wanted
    ]
    share = sum(said) / len(said)
    status = Status.ABSENT
    if all(said):
        is_literal = taken_in.isdisjoint(word.casefold() for word in wanted)
        status = Status.STATED if is_literal else Status.ALIAS
    elif (
        (_same_otherwise(asked, line, book) and not _is_other_number(wanted, said, line))
        or _spelt_out(wanted, said, line)
        or (any(said) and _shortened(asked, texts) in shorts_in(line.text))
        or _is_of_same_class(wanted, said, asked, line)
    ):
        status, share = Status.ALIAS, 1.0
    elif line.kind is not LineKind.SUMMARY and share:
        rest = [word for word, is_said in zip(wanted, said, strict=True) if not is_said]
        bodies = [
            word for word, is_said in zip(wanted, said, strict=True) if is_said and is_short(word)
        ]
        numbers = [word for word in wanted if _is_number(word)]
        if any(_is_body(word, line) for word in bodies) and all(word.islower() for word in rest):
            # "HCPC registration as a paramedic" is not that of a physiotherapist.
            status = Status.RELATED if _names_other_job(rest, line.text) else Status.STATED
        elif any(_is_body(word, line) for word in bodies) and _is_registered(asked, line.text):
            status = Status.ALIAS  # in a division of its register
        elif numbers and share >= _ENOUGH and not any(_is_number(word) for word in rest):
            status = Status.ALIAS  # "18th Edition Wiring Regulations"
        elif share > _ENOUGH or (bodies and line.kind is LineKind.CERTIFICATE):
            status = Status.RELATED
    elif any(not texts.isdisjoint(ladder) for ladder in _ladders_of(asked)):
        status = Status.RELATED  # a CCNA is on the way to the CCNP
    is_less = not (_is_of_sort(asked, line.text) and reaches_level(asked, line.text))
    if is_less and (status.is_had or _is_of_other_class(asked, line)):
        status = Status.RELATED
    return status, share


def _below(wanted: Sequence[str], asked: str, line: CvLine) -> frozenset[str]:
    """Return what is taken in by what a line says: who passed the advanced level, the foundation.

    A rank alone names no paper; a CCNP was a CCNA.
    """
    ranks, texts = _ranks(line.text), _low_words(line.text)
    found = set(_taken_in(ranks) - ranks) if len(wanted) > 1 else set()
    for ladder in _ladders_of(asked):
        own = max([place for place, step in enumerate(ladder) if step in texts], default=0)
        found.update(ladder[:own])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _OtherNames:
    """What else a paper may be called: short names, in capitals, and the parts of its names."""

    shorts: frozenset[str]
    names: tuple[str, ...]
    parts: tuple[tuple[tuple[tuple[str, ...], int], ...], ...]


@lru_cache(maxsize=TEXTS_KEPT)
def _otherwise(asked: str) -> _OtherNames:
    """Return the other names of a paper. "MITI" is a member of the ITI, "FCIPD" a fellow."""
    bracketed = re.findall(r"\(([^()]+)\)", asked)
    wanted = _wanted(asked)
    outside = _wanted(re.sub(r"\([^()]+\)", " ", asked))
    plain = _plain_words(asked)
    while plain and plain[-1].casefold() in word_set("licence"):
        plain = plain[:-1]
    # "Active Certified Public Accountant licence": any of the first words may be no part of it.
    is_free = [word.casefold() in word_set("licence") for word in plain]
    tails = [" ".join(plain[n:]) for n in (1, 2) if n < len(plain) and all(is_free[:n])]
    names = dict.fromkeys(
        [" ".join(wanted), asked, *bracketed, " ".join(outside), " ".join(plain), *tails]
    )
    shorts = {one.upper() for one in bracketed if is_short(one)}
    shorts.update(*(initials(one) for one in names))
    low = f" {asked.casefold()} "
    for rank, letter in _RANKS.items():
        if f" {rank} " in low:
            shorts |= {f"{letter}{word.upper()}" for word in wanted}
    shorts |= {f"F{word[1:].upper()}" for word in wanted if _OF_MEMBER.fullmatch(word)}
    parts = [units_of(one) for one in names]
    known = [own for own in parts if any(thing >= 0 for _, thing in own)]
    return _OtherNames(frozenset(shorts), tuple(names), tuple(dict.fromkeys(known)))


@lru_cache(maxsize=TEXTS_KEPT)
def _low_words(text: str) -> frozenset[str]:
    return frozenset(word.text.casefold() for word in name_words(text))


def _same_otherwise(asked: str, line: CvLine, book: Book) -> bool:
    """Return whether a line names a paper by another name, a short name, or a member's letters."""
    other = _otherwise(asked)
    if other.shorts & shorts_in(line.text):
        return True
    said = book.forms(line)
    for name in other.names if book.explained else ():
        explained = book.explained.get(name.casefold())
        if explained and set(forms(explained)) <= said:
            return True
    return any(
        all(
            said.issuperset(own) or (thing >= 0 and line in book.with_thing(thing))
            for own, thing in parts
        )
        for parts in other.parts
    )


def _spelt_out(wanted: Sequence[str], said: Sequence[bool], line: CvLine) -> bool:
    """Return whether a paper says in full what a short name stands for, and all else."""
    rest = [word for word, is_said in zip(wanted, said, strict=True) if not is_said]
    if not rest or not all(is_run(word) for word in rest):
        return False
    runs = runs_in(line.text) if line.kind in PAPERS or line.stands_alone else frozenset()
    return all(singular(word).upper() in runs for word in rest)


def _shortened(asked: str, said: Collection[str]) -> str:
    """Return the first letters of what is not said: BST of "GWO Basic Safety Training"."""
    rest = [word.text for word in name_words(asked) if word.text.casefold() not in said]
    return next(iter(sorted(initials(" ".join(rest)))), "")


def _plain_words(text: str) -> tuple[str, ...]:
    return tuple([word.text for word in name_words(NUMBERED_LEVEL.sub(" ", text))])


def _is_mark(word: str) -> bool:
    return is_short(word) or _is_number(word)


def _is_number(word: str) -> bool:
    """Return whether a word is a number that tells one paper from others: 2391, 18th."""
    return len(word) > 1 and any(letter.isdigit() for letter in word)


def _is_body(word: str, line: CvLine) -> bool:
    """Return whether a short name is that of who gives the paper, not of a tool or a country."""
    if word in _COUNTRIES:
        return False
    if word in tables().licence_names:
        return True
    return line.kind in {LineKind.CERTIFICATE, LineKind.DEGREE} and not siblings(word)


def _names_paper(text: str) -> bool:
    return not _papers().isdisjoint(_low_words(text))


@cache
def _papers() -> frozenset[str]:
    return frozenset(data_toml("asks.toml")["licences"]["words"])


@lru_cache(maxsize=TEXTS_KEPT)
def _ranks(text: str) -> frozenset[str]:
    return _low_words(text) & word_set("ranks")


def _is_of_sort(asked: str, held: str) -> bool:
    """Return whether a line names no other rank or class than those asked for.

    No associate is a fellow, and class 2 is not class 1.
    """
    return all(
        not wanted or not found or bool(wanted & found)
        for wanted, found in (
            (_ranks(asked), _taken_in(_ranks(held))),
            (_classes_in(asked), _classes_in(held)),
        )
    )


def _taken_in(ranks: frozenset[str]) -> frozenset[str]:
    """Return ranks, and those that each of them takes in: a practitioner passed the foundation."""
    found = set(ranks)
    for ladder in word_set("ladders"):
        steps = ladder.split()
        for place, rank in enumerate(steps):
            if rank in ranks:
                found.update(steps[:place])
    return frozenset(found)


@lru_cache(maxsize=TEXTS_KEPT)
def _ladders_of(asked: str) -> tuple[tuple[str, ...], ...]:
    """Return the ladders of papers on which what is asked for is a step."""
    wanted = _low_words(asked)
    ladders = [tuple(ladder.split()) for ladder in word_set("paper_ladders")]
    return tuple(sorted(ladder for ladder in ladders if not wanted.isdisjoint(ladder)))


@lru_cache(maxsize=TEXTS_KEPT)
def _classes_in(text: str) -> frozenset[str]:
    same = data_toml("asks.toml")["licences"]["classes"]
    found = {name.casefold() for name in _CLASS.findall(text)}
    if listed := _CLASSES_LISTED.search(text):  # "driving licence B, C1, BE"
        found.update(re.split(r"[,/ &]+| and ", listed[1].casefold()))
    return frozenset(other for name in found for other in same.get(name, [name]))


def _is_of_same_class(
    wanted: Sequence[str], said: Sequence[bool], asked: str, line: CvLine
) -> bool:
    """Return whether a paper is of the class asked for under its other name: 1 is C+E."""
    same = _classes_to_drive(asked) & _classes_to_drive(line.text)
    rest = [word.casefold() for word, is_said in zip(wanted, said, strict=True) if not is_said]
    return (
        bool(same) and line.kind in PAPERS and {"class", "category", "cat", *same}.issuperset(rest)
    )


def _is_of_other_class(asked: str, line: CvLine) -> bool:
    """Return whether a paper is a licence of a class, as what is asked for is of another."""
    classes = _classes_to_drive(asked) and _classes_to_drive(line.text)
    return line.kind in PAPERS and bool(classes)


def _classes_to_drive(text: str) -> frozenset[str]:
    """Return the classes of vehicles that a text names: a Class 1 medical certificate has none."""
    return _classes_in(text) if _TO_DRIVE.search(text) else frozenset()


def _says_held(text: str, asked: str) -> bool:
    """Return whether a line says that something is held, in words beside those of the ask."""
    return not _low_words(asked).issuperset(_words_of_holding(text))


@lru_cache(maxsize=TEXTS_KEPT)
def _words_of_holding(text: str) -> tuple[str, ...]:
    if _OF_OTHERS.search(text):
        return ()
    return tuple([found[0].casefold() for found in _HELD.finditer(text)])


@lru_cache(maxsize=TEXTS_KEPT)
def _is_denied(text: str) -> bool:
    """Return whether a line says that one has no licence: "I hold no driving licence"."""
    return bool(_DENIED.search(text))


@lru_cache(maxsize=TEXTS_KEPT)
def _says_obtained(text: str) -> bool:
    return bool(_OBTAINED.search(text)) and cues_in(text).has(AskKind.LICENCE)
