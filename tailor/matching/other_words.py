"""What a CV says in other words of what is asked for: where no rule finds it, the judge is asked.

The judge is learnt (`judge.py`, `belief.py`); the rules here say what it may not take for proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tailor.matching.ask import Ask, AskKind, Status
from tailor.matching.belief import belief, signs
from tailor.matching.book import ABSENT, Book, CvLine, LineKind, Verdict, surer
from tailor.matching.caveat import (
    is_denied,
    is_of_others,
    is_only_about,
    is_unfinished,
    says_as_one,
    says_grade,
    says_roles,
)
from tailor.matching.duty_proof import prove_leading
from tailor.matching.figure import reaches
from tailor.matching.judge import features, likely
from tailor.matching.kind import pattern
from tailor.matching.language_proof import beyond_language, names_language
from tailor.matching.meant import is_of_everyday_words
from tailor.matching.name import is_misread, is_opposite, siblings, thing
from tailor.matching.words import content, forms, word_set

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tailor.matching.judge import Floats

# How likely a line must be to show an ask in other words.
_SHOWS_DUTY, _SHOWS_SKILL, _KEPT_SKILL = 0.25, 0.45, 0.38
# How likely it must be to be near it: little is enough, for to tell people that something is not in
# their CV when it is there in other words is the worse fault. Of a name it must be more, and of
# what may be none more still.
_NEAR_WORK, _NEAR, _NEAR_UNSURE = 0.2, 0.32, 0.4
# How much of that is enough where a line says the same in words of one meaning.
_SHOWN_INVENTED, _SAME_MEANING, _ENOUGH_THEN = 0.6, 0.9, 0.6
_NEVER = 1.1
_HALF = 0.5  # of the words of a name
_OF_BEST = 0.5  # how likely a line must be beside the likeliest to be shown too
_TELLS_WORK = frozenset({LineKind.BULLET, LineKind.SUMMARY})
JUDGED_LINES = _TELLS_WORK | {LineKind.SKILLS, LineKind.CERTIFICATE}


def in_other_words(asks: Sequence[Ask], verdicts: Sequence[Verdict], book: Book) -> list[Verdict]:
    """Return the verdicts on asks, with the judge's on those that no rule is sure of."""
    found = list(verdicts)
    unsure = [
        number
        for number, (ask, one) in enumerate(zip(asks, found, strict=True))
        if (one.is_loose or not one.status.is_had) and _may_be_said_otherwise(ask)
    ]
    if not (book.lines and unsure):
        return found
    works = [asks[number].kind is AskKind.DUTY for number in unsure]
    figures = features([said_of(asks[number]) for number in unsure], book.said, works)
    for number, judged in zip(unsure, _judge(asks, verdicts, unsure, figures, book), strict=True):
        led = prove_leading(asks[number], book)
        found[number] = surer(found[number], led) if led.lines else judged
    return found


def said_of(ask: Ask) -> str:
    """Return what of an ask a line of a CV can say: no duty "as required"."""
    return pattern("aside").sub("", ask.text) if ask.kind is AskKind.DUTY else ask.text


def _may_be_said_otherwise(ask: Ask) -> bool:
    """Return whether an ask is work, which can be said in other words, and no mere name."""
    if ask.kind is AskKind.SKILL:
        is_name = is_of_everyday_words(ask.text)  # spring tides are not near Spring Boot
        is_name = is_name or ask.text.casefold() in word_set("suites")
        maker, _, rest = ask.text.partition(" ")
        # "Microsoft Word" is one, and "Microsoft operating systems" are none.
        is_name = is_name or (maker in word_set("makers") and rest.istitle())
        return len(content(ask.text)) > 1 and not is_name
    return ask.kind is AskKind.DUTY and not pattern("of_papers").match(ask.text)


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
            yield found if is_believed else found.as_near()
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
            and (not is_skill or (_may_show_skill(ask, line, book) and line not in rivals))
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
            and says_as_one(ask.text, line, book)
        ][:3]
    )
    return Verdict(Status.RELATED, close) if close else ABSENT


def _may_show_skill(ask: Ask, line: CvLine, book: Book) -> bool:
    """Return whether a line is more than merely about a skill: by its words, grade and people."""
    says_people = says_roles(ask.text, line) and not is_of_others(ask.text, line)
    is_whole = says_grade(ask.text, line) and says_as_one(ask.text, line, book)
    return _says_half(ask, line) and is_whole and says_people


def _says_half(ask: Ask, line: CvLine) -> bool:
    """Return whether a line says half of a skill's name in its own words.

    Words that name nothing do not count: "back-end systems" is half said by "back-end services".
    Of two words a language is not half of the name: who speaks French may know no literature.
    Nor is what a sort of it is of: first aid is no paediatric first aid, and who listed expenses
    told of no operating expenses.
    """
    wanted = forms(ask.text) or tuple([word for word, _ in content(ask.text)])
    said = {word for word, _ in content(line.text)}
    sort, _, rest = ask.text.partition(" ")
    of_sort = {word for word, _ in content(sort)[:1]}
    is_sort = thing(rest) >= 0 or (sort.endswith("ing") and not ask.is_sure)
    if is_sort and of_sort and not of_sort & said:
        return False
    if _says_its_language(ask, line):
        return False
    return len(said.intersection(wanted)) >= _HALF * len(wanted)


def _says_its_language(ask: Ask, line: CvLine) -> bool:
    """Return whether a line says the language in an ask at most: of "French literature", French."""
    other = " ".join(beyond_language(ask.text)) if names_language(ask.text) else ""
    said = {word for word, _ in content(line.text)}
    return bool(other) and not said.intersection(word for word, _ in content(other))


def _likeliest(chosen: NDArray[np.bool_], shows: Floats, book: Book) -> tuple[CvLine, ...]:
    """Return the `chosen` lines that are not of languages, the likeliest to show an ask first."""
    places = chosen.nonzero()[0]
    places = places[(-shows[places]).argsort(kind="stable")]
    lines = [book.lines[place] for place in places.tolist()]
    return tuple([line for line in lines if line.kind is not LineKind.LANGUAGE])
