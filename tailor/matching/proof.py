"""What a CV has of each thing that is asked for, and the lines that show it.

Each kind of ask has a proof of its own kind, in a module of its own. Words that are merely near are
shown as related; they never make a "have". What no rule finds, the judge is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from tailor.matching.ask import Ask, AskKind, Status
from tailor.matching.belief import belief, signs
from tailor.matching.book import ABSENT, LISTS, Book, CvLine, LineKind, Verdict, surer
from tailor.matching.caveat import (
    at_level,
    is_denied,
    is_of_others,
    is_only_about,
    is_unfinished,
    says_as_one,
    says_grade,
    says_roles,
)
from tailor.matching.degree_proof import prove_degree
from tailor.matching.duty_proof import prove_duty, prove_leading, prove_literally
from tailor.matching.figure import reaches
from tailor.matching.judge import features, likely
from tailor.matching.kind import YEARS, pattern
from tailor.matching.language_proof import names_language, prove_language
from tailor.matching.licence_proof import may_be_paper, prove_licence, prove_paper
from tailor.matching.name import holds, is_misread, is_opposite, siblings, thing
from tailor.matching.order import BY_FIT, in_order
from tailor.matching.skill_proof import prove_skill
from tailor.matching.words import content, forms, name_words, word_set
from tailor.matching.years_proof import prove_years
from tailor.values.cv import Cv

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tailor.matching.judge import Floats

# What stands between a kind of thing and examples of it, and behind these.
_EXAMPLES = re.compile(
    r"(?: \w+)?,? \(?(?:such as|like|e\.?g\.?,?|for example,?|for instance,?) "
    r"| \((?=[A-Z])"
)
# "Clio, LEAP or another practice management system": who has one of those named has one.
_ANOTHER = re.compile(
    r"(?:another|(?:any )?other|(?:a )?(?:similar|comparable)) [^\W\d]", re.IGNORECASE
)
_SIMILAR = re.compile(r",? or (?:an? |any )?(?:similar|comparable|equivalent|like) ", re.IGNORECASE)
_DIPLOMA = re.compile(r"\b(?:diploma|certificate|award)\b", re.IGNORECASE)
_REST = re.compile(r"[.;)](?: |$)| to | for | in ")
# How likely a line must be to show an ask in other words.
_SHOWS_DUTY, _SHOWS_SKILL, _KEPT_SKILL = 0.3, 0.5, 0.42
# How likely it must be to be near it: little is enough, for to tell people that something is not in
# their CV when it is there in other words is the worse fault. Of a name it must be more, and of
# what may be none more still.
_NEAR_WORK, _NEAR, _NEAR_UNSURE = 0.2, 0.32, 0.5
# How much of that is enough where a line says the same in words of one meaning.
_SHOWN_INVENTED, _SAME_MEANING, _ENOUGH_THEN = 0.6, 0.9, 0.6
_NEVER = 1.1
_OWN_WORDS = 0.5  # the share of its words with which a line says an ask in the same words
_OF_BEST = 0.5  # how likely a line must be beside the likeliest to be shown too
_TELLS_WORK = frozenset({LineKind.BULLET, LineKind.SUMMARY})
JUDGED_LINES = _TELLS_WORK | {LineKind.SKILLS, LineKind.CERTIFICATE}


def _beyond_language(text: str) -> list[str]:
    """Return the words that make more than a language of a name: "literature" of "French ..."."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not names_language(word)]
    return [word for word in words if word.casefold() not in word_set("of_languages")]


def _prove_skill(ask: Ask, book: Book) -> Verdict:
    """Judge a skill; by its words it may be years, a language or a paper ("18th Edition")."""
    if YEARS.search(ask.text):
        return prove_years(ask, book)
    found = prove_skill(ask, book)
    if found.status.is_had:
        return found
    if names_language(ask.text) and not _beyond_language(ask.text):
        return prove_language(ask, book)
    if not may_be_paper(ask.text, book):
        return found
    return _paper_or(found, ask, book)


def _paper_or(found: Verdict, ask: Ask, book: Book) -> Verdict:
    """Return what papers prove of an ask where they do, else what was found before."""
    paper = prove_paper(ask.text, book)
    return paper if paper.status.is_had else found


def _prove_degree(ask: Ask, book: Book) -> Verdict:
    """Judge a degree; a diploma may be a paper that goes by its first letters."""
    found = prove_degree(ask, book)
    if found.status.is_had or not _DIPLOMA.search(ask.text):
        return found
    return _paper_or(found, ask, book)


def _prove_arrangement(ask: Ask, book: Book) -> Verdict:
    """Judge a condition: by a line that says it, or by a paper, as an "enhanced DBS check"."""
    found = prove_literally(ask, book)
    return found if found.status.is_had else _paper_or(found, ask, book)


_PROOFS: Mapping[AskKind, Callable[[Ask, Book], Verdict]] = {
    AskKind.SKILL: _prove_skill,
    AskKind.EXPERIENCE_YEARS: prove_years,
    AskKind.DEGREE: _prove_degree,
    AskKind.LICENCE: prove_licence,
    AskKind.LANGUAGE: prove_language,
    AskKind.DUTY: prove_duty,
    AskKind.TRAIT: prove_literally,
    AskKind.ARRANGEMENT: _prove_arrangement,
}


def prove(
    asks: Sequence[Ask],
    cv: Cv,
    worth: Mapping[str, float],
    today: date | None = None,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Ask, ...]:
    """Return `asks` with the status of each and the lines of `cv` that show it, best first.

    `worth` is what each statement is worth to the posting, by its id; it orders lines that prove
    the same. Positions that last until the present end on `today`, by default the machine's date.
    `texts` are the lines of the posting that the asks stand in, by their ids.
    """
    day = today or date.today()  # noqa: DTZ011 - the person's own day
    book = Book(cv, worth, day, texts.values())
    verdicts = [_PROOFS[ask.kind](ask, book) for ask in asks]
    unsure = [
        number
        for number, (ask, found) in enumerate(zip(asks, verdicts, strict=True))
        if (found.is_loose or not found.status.is_had) and _may_be_said_otherwise(ask)
    ]
    if book.lines and unsure:
        works = [asks[number].kind is AskKind.DUTY for number in unsure]
        figures = features([said_of(asks[number]) for number in unsure], book.said, works)
        for number, judged in zip(
            unsure, _judge(asks, verdicts, unsure, figures, book), strict=True
        ):
            led = prove_leading(asks[number], book)
            verdicts[number] = surer(verdicts[number], led) if led.lines else judged
    verdicts = _by_example(asks, _as_one(asks, verdicts), texts)
    verdicts = _by_similar(asks, _by_named(asks, verdicts), texts)
    proved = []
    told = _told(asks)
    for ask, one in in_order(asks, verdicts, texts, book):
        text = texts.get(ask.requirement, "")
        found = at_level(ask, one, text) if ask.kind is AskKind.SKILL else one
        if found.status is Status.ALIAS and ask.kind in BY_FIT and _in_its_words(ask, found):
            found = Verdict(Status.STATED, found.lines)
        # Of words that may name nothing, none is missing; what the CV has names something.
        missing = found.status is Status.ABSENT and not ask.is_sure
        status = Status.NOT_CHECKABLE if missing else found.status
        is_within = any(ask.text in whole for whole in told.get(ask.requirement, ()))
        is_sure = ask.is_sure or (found.status.is_had and not is_within)
        lines = tuple([line.text for line in found.lines])
        ids = tuple([line.id for line in found.lines])
        proved.append(
            Ask(
                ask.text, ask.kind, ask.importance, ask.requirement, ask.group,
                status, lines, ids, is_sure,
            )
        )  # fmt: skip
    return tuple(proved)


def _told(asks: Sequence[Ask]) -> dict[str, list[str]]:
    """Return the texts of what each line of the posting surely asks for, by its id."""
    found: dict[str, list[str]] = {}
    for ask in asks:
        if ask.is_sure:
            found.setdefault(ask.requirement, []).append(ask.text)
    return found


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


def said_of(ask: Ask) -> str:
    """Return what of an ask a line of a CV can say: no duty "as required"."""
    return pattern("aside").sub("", ask.text) if ask.kind is AskKind.DUTY else ask.text


def _may_be_said_otherwise(ask: Ask) -> bool:
    """Return whether an ask is work, which can be said in other words, and no mere name."""
    if ask.kind is AskKind.SKILL:
        return len(content(ask.text)) > 1 and ask.text.casefold() not in word_set("suites")
    return ask.kind is AskKind.DUTY


def _in_its_words(ask: Ask, found: Verdict) -> bool:
    """Return whether the best line says most of an ask in the ask's own words."""
    wanted = {word for word, _ in content(ask.text)}
    said = {word for word, _ in content(found.lines[0].text)}
    return len(wanted) > 1 and len(wanted & said) >= _OWN_WORDS * len(wanted)


def _judge(
    asks: Sequence[Ask],
    verdicts: Sequence[Verdict],
    unsure: Sequence[int],
    figures: Floats,
    book: Book,
) -> Iterator[Verdict]:
    """Yield what is said of the asks whose numbers are `unsure`, given the judge's features."""
    shows, near = likely(figures, "shows"), likely(figures, "near")
    places = [line.number for line in book.lines if line.kind in JUDGED_LINES]
    told = [book.lines[place].text for place in places]
    for row, number in enumerate(unsure):
        ask, found = asks[number], verdicts[number]
        if ask.kind is AskKind.DUTY:
            yield surer(found, _judged(ask, book, shows[row], near[row], _SHOWS_DUTY))
            continue
        is_had = found.status.is_had
        is_believed = False
        if told:
            own = signs(
                ask.text, told, figures[:, row, places], all_words=is_had, named=ask.is_sure
            )
            least = _KEPT_SKILL if is_had else _SHOWS_SKILL
            least *= _ENOUGH_THEN if own[0] >= _SHOWN_INVENTED and own[1] >= _SAME_MEANING else 1.0
            is_believed = belief(own) >= least
        if is_had:
            yield found if is_believed else Verdict(Status.RELATED, found.lines)
        else:
            least = 0.0 if is_believed else _NEVER
            yield surer(found, _judged(ask, book, shows[row], near[row], least))


def _judged(ask: Ask, book: Book, shows: Floats, near: Floats, least: float) -> Verdict:
    """Return what the judge says of an ask, given how likely each line is to show it."""
    is_skill = ask.kind is AskKind.SKILL
    best = float(shows.max())
    found = _likeliest(shows >= max(least, _OF_BEST * best), shows, book) if best >= least else ()
    kinds = JUDGED_LINES if is_skill else _TELLS_WORK
    # MIG welding is no TIG welding, however like it.
    rivals = {line for other in siblings(ask.text) for line in book.holding(other)}
    reached = tuple(
        [
            line
            for line in found
            if line.kind in kinds
            and reaches(ask.text, line.text)
            and not line.is_paper
            and not is_misread(ask.text, line.text)
            and not is_opposite(ask.text, line.text)
            and not is_denied(ask.text, line.text)
            and not is_only_about(ask.text, line.text)
            and not is_unfinished(line)
            and (not is_skill or (_may_show_skill(ask, line) and line not in rivals))
        ]
    )
    if reached:
        return Verdict(Status.ALIAS, reached)
    least_near = _NEAR_WORK
    if is_skill:
        least_near = _NEAR if ask.is_sure else _NEAR_UNSURE
    close = found or tuple(
        [
            line
            for line in _likeliest(near >= least_near, shows, book)
            if not (is_skill and _says_its_language(ask, line))
        ][:3]
    )
    return Verdict(Status.RELATED, close) if close else ABSENT


def _may_show_skill(ask: Ask, line: CvLine) -> bool:
    """Return whether a line is more than merely about a skill: by its words, grade and people."""
    says_people = says_roles(ask.text, line) and not is_of_others(ask.text, line)
    is_whole = says_grade(ask.text, line) and says_as_one(ask.text, line)
    return _says_half(ask, line) and is_whole and says_people


def _says_half(ask: Ask, line: CvLine) -> bool:
    """Return whether a line says half of a skill's name in its own words.

    Words that name nothing do not count: "back-end systems" is half said by "back-end services".
    Of two words a language is not half of the name: who speaks French may know no literature.
    Nor is what a sort of it is of: first aid is no paediatric first aid.
    """
    wanted = forms(ask.text) or tuple([word for word, _ in content(ask.text)])
    said = {word for word, _ in content(line.text)}
    sort, _, rest = ask.text.partition(" ")
    of_sort = {word for word, _ in content(sort)[:1]}
    if thing(rest) >= 0 and of_sort and not of_sort & said:
        return False
    if _says_its_language(ask, line):
        return False
    return len(said.intersection(wanted)) >= _OWN_WORDS * len(wanted)


def _says_its_language(ask: Ask, line: CvLine) -> bool:
    """Return whether a line says the language in an ask at most: of "French literature", French."""
    other = " ".join(_beyond_language(ask.text)) if names_language(ask.text) else ""
    said = {word for word, _ in content(line.text)}
    return bool(other) and not said.intersection(word for word, _ in content(other))


def _likeliest(chosen: NDArray[np.bool_], shows: Floats, book: Book) -> tuple[CvLine, ...]:
    """Return the `chosen` lines that are not of languages, the likeliest to show an ask first."""
    places = chosen.nonzero()[0]
    places = places[(-shows[places]).argsort(kind="stable")]
    lines = [book.lines[place] for place in places.tolist()]
    return tuple([line for line in lines if line.kind is not LineKind.LANGUAGE])
