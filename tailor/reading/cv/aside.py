"""What stands in a head beside its title, employer, place and dates, and is none of them.

What an engagement is ("B2B, 4 days/week"), how long it lasted, how well a degree was passed, how
far it came. Such a text stands in a cell of its own, between commas or alone in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.reading.cv.cells import Span, in_brackets
from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.names import best_kind, ends_as_firm, has_word, is_employment_type
from tailor.values.resources import data_toml

_CELL_END = re.compile(r"\s*[\t|·•∙⋅¦]\s*|\s{3,}")
# A comma within a figure parts nothing: "grade 2,1".
_PIECE_END = re.compile(r"\s*;\s+|\s*,(?!\d)\s*|\s+[-–—]\s+|\s{2,}|\s*\t\s*")
_BEHIND = re.compile(r"\s?\([^()]{1,80}\)$")
_AROUND = " \t\u00a0.,;:–—-"
_PARTS = re.compile(r",(?!\d)|;|\s[-–—]\s|\band\b")
_MOST_PARTS = 3
_SURE = 0.9
_LONGEST = 300  # characters; no line of a head is longer
_FIGURE = r"\d{1,3}(?:[.,]\d{1,2})?"
_OF = rf"{_FIGURE}(?:\s(?:marks|points))?\s?(?:/|of|out of|von|sur|de|su|van)\s?{_FIGURE}"


@dataclass(frozen=True, slots=True)
class Aside:
    """Where an aside stands in a line.

    `repeats` is true of one that only repeats the dates, `stays` of one right behind a degree,
    which is printed with it: "BSc Food Science; GPA 3.7". Its separator is a part of it.
    """

    start: int
    end: int
    repeats: bool = False
    stays: bool = False


def asides_of(plain: str, begin: int, *, education: bool) -> list[Aside]:
    """Return what of a head's line, from a place on, is none of its title, employer and place."""
    if len(plain) > _LONGEST:
        return []
    is_aside = _of_degree if education else _of_job
    found: list[Aside] = []
    if education and (exams := _EXAMS.search(plain, begin)):
        return [Aside(*exams.span(), stays=True)]
    for start, end in _spans(plain, begin, len(plain), _CELL_END):
        pieces = [plain[slice(*span)] for span in _spans(plain, start, end, _PIECE_END)]
        if not education and _is_all_of_engagement(pieces):
            only = is_employment_type(plain[start:end])
            found.append(Aside(start, end, repeats=only))
        else:
            found += _in_cell(plain, (start, end), is_aside)
    return found


def _is_all_of_engagement(pieces: Sequence[str]) -> bool:
    """Return whether a cell says what an engagement is, and names nobody behind it.

    "Freelance" alone stands where others have an employer.
    """
    if not pieces or not is_engagement(pieces[0]) or _bare(pieces[0]) in _words("own"):
        return len(pieces) > 1 and all(map(is_engagement, pieces[:2]))
    return not any(piece.lstrip(_AROUND + "(")[:1].isupper() for piece in pieces[1:])


def _in_cell(plain: str, cell: Span, is_aside: Callable[[str], bool]) -> Iterator[Aside]:
    """Yield the asides of a cell, those beside each other as one."""
    run: Span | None = None
    before = cell[0], cell[0]
    for start, end in [*_spans(plain, *cell, _PIECE_END), (cell[1], cell[1])]:
        text = plain[start:end].strip(_AROUND)
        if text and is_aside(text):
            run = (run[0] if run else start, end)
        elif text or start == cell[1]:
            if run and is_aside is _of_degree and _is_degree(plain[slice(*before)]):
                yield Aside(before[1], run[1], stays=True)
            elif run:
                yield Aside(*run, repeats=is_length(plain[slice(*run)]))
            run, before = None, (start, end)


def _is_degree(text: str) -> bool:
    return has_word(text, "degree") and not has_word(text, "organisation")


def _spans(plain: str, begin: int, end: int, separator: re.Pattern[str]) -> Iterator[Span]:
    inside = in_brackets(plain)
    for match in separator.finditer(plain, begin, end):
        if not inside[match.start()]:
            if match.start() > begin:
                yield begin, match.start()
            begin = match.end()
    if begin < end:
        yield begin, end


def is_engagement(text: str) -> bool:
    """Return whether a text says what an engagement is: "B2B", "4 days a week", "0.8 FTE"."""
    bare = _bare(text)
    known = bare in _words("engagement") or is_employment_type(bare)
    return known or bool(_hours().fullmatch(bare))


def is_qualifier(bracket: str) -> bool:
    """Return whether a bracket begins with a small letter: "Picker (seasonal, then permanent)".

    That is no name of its own.
    """
    words = bracket.strip(" ()")
    return words[:1].islower() and not any(map(str.isdigit, words))


def is_length(text: str) -> bool:
    """Return whether a text says how long a thing lasted and nothing else: "5 years 2 months"."""
    return bool(_length().fullmatch(_bare(text)))


_STOP = re.compile(r"(?:(?<=[^\W_][\w)])|(?<=\d))\.\s{1,9}(?=[^\W_])")
# "Highers: English (B), Maths (C)": subjects with the grade of each are one list.
_GRADE = r"[^\W\d_][^(),;:\t|–—]{1,40}\((?:[A-F][1-9*+-]{0,2}|[1-9])\)"
_EXAMS = re.compile(
    rf"(?:[A-Z][^\W_]{{0,14}}(?: [^\W_]{{1,14}}){{0,2}}: )?{_GRADE}(?:, {_GRADE}){{1,12}}"
)
_DETAIL = re.compile(r"[^\W\d_]{3,20}:\s")


@lru_cache(maxsize=4096)
def is_grade(text: str) -> bool:
    """Return whether a text says how well a degree was passed: "2:1", "8.7/10", "with merit".

    It may say how far it came too: "part time – grade 2,1".
    """
    parts = [part for part in _PARTS.split(_bare(text)) if part.strip()]
    told = [part for part in parts if part.strip(_AROUND) not in _words("state")]
    grades = all(_grade().fullmatch(part.strip(_AROUND)) for part in told)
    return 0 < len(told) <= len(parts) <= _MOST_PARTS and grades


def lists_exams(text: str) -> bool:
    """Return whether a text is a list of subjects with the grade of each."""
    return bool(_EXAMS.fullmatch(text))


def detail_of(plain: str, *, education: bool) -> Span | None:
    """Return where a head ends before ". Thesis: ...", and where that begins.

    So ends a degree's before its grade: "University of York. 18/20. With a prize".
    """
    for stop in _STOP.finditer(plain):
        rest = plain[stop.end() :]
        if _DETAIL.match(rest) or (education and is_grade(_STOP.split(rest)[0])):
            return stop.span()
    return None


def _of_degree(text: str) -> bool:
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else ""
    if inner:  # "(part time, with distinction)"
        return all(map(_of_degree, re.split(r",(?!\d)\s*|;\s*", inner)))
    bare = _bare(text)
    return is_grade(text) or is_length(text) or bare in _words("state")


def _of_job(text: str) -> bool:
    told = is_engagement(text) or is_length(text)
    return told and not is_employment_type(text) and _bare(text) not in _words("own")


def is_one_title(plain: str) -> bool:
    """Return whether a line names no employer: odd jobs ("Various temping, bar work"), reviews.

    What begins with a capital behind a comma may be an employer nevertheless.
    """
    text = plain.strip(_AROUND)
    if _names_journals(text):
        return True
    parts = re.split(r"[\t|,;·•]|\s[-–—]\s", text)[1:]
    return _names_no_employer(text) and not any(part.strip()[:1].isupper() for part in parts)


def is_joined(plain: str, start: int, end: int) -> bool:
    """Return whether what stands at both sides of a comma is one: "baker, then pastry cook".

    So is a part of a university and its name, and two titles with a slash between them, where what
    follows them may be the employer: "Cook / Kitchen Assistant, Menai School".
    """
    if plain[start:end].strip() == "/":
        return plain.count(" / ") == 1 and _are_titles(plain[:start], plain[end:])
    rest = re.split(r"[\t|,;(]", plain[end:])[0]
    before = re.split(r"[\t|,;(]", plain[:start])[-1]
    return _goes_on(rest) or (has_word(rest, "organisation") and _names_part_of_school(before))


def _are_titles(before: str, behind: str) -> bool:
    """Return whether the texts around a slash are titles, the second maybe an unusual one."""
    one = re.split(r"[\t|,;]|\s{2}|\s[-–—]\s", before)[-1].strip()
    other, *after = (cell.strip() for cell in re.split(r"[\t|,;]|\s{2}|\s[-–—]\s", behind))
    titles = [best_kind(text)[0] == "title" for text in (one, other)]
    if all(titles) or not (one and other and after):
        return all(titles)
    kind, likely = best_kind(other)
    named = (kind == "employer" and likely > _SURE) or ends_as_firm(other)
    follows = best_kind(after[0])[0] != "place" and not find_dates(after[0])
    return (any(titles) or other[:1].islower()) and follows and not named


def _names_no_employer(text: str) -> bool:
    """Return whether a head begins as odd jobs or time off do, which name no employer."""
    folded = f"{_bare(text)} "
    return any(folded.startswith(f"{word} ") for word in _words("no_employer"))


def _names_journals(text: str) -> bool:
    """Return whether a text says for which journals somebody reviews."""
    return bool(_reviews().match(_bare(text)))


def _goes_on(text: str) -> bool:
    """Return whether what stands behind a comma goes on with a title: "then pastry cook"."""
    return text.split(maxsplit=1)[0].casefold() in _words("then") if text.split() else False


def _names_part_of_school(text: str) -> bool:
    """Return whether a text begins as the name of a part of a university does."""
    return bool(_part_of_school().match(text.strip(_AROUND).casefold()))


def is_kind_of_place(text: str) -> bool:
    """Return whether a text has no words but such as names of places and firms begin with."""
    return bool(text.split()) and _words("kind_of_place").issuperset(text.casefold().split())


def _bare(text: str) -> str:
    """Return a text in small letters without brackets around it, or behind it, and marks."""
    text = text.strip(_AROUND)
    alone = text.startswith("(") and text.endswith(")")
    text = text[1:-1] if alone else _BEHIND.sub("", text)
    return " ".join(text.casefold().strip(_AROUND).split())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(data_toml("asides.toml")[kind])


def _any(kind: str) -> str:
    names = sorted(_words(kind), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, names))})"


@cache
def _hours() -> re.Pattern[str]:
    many = rf"(?:{_FIGURE}(?:\s?[-–]\s?{_FIGURE})?|{_any('number')})"
    hours = rf"(?:about |approx\.? |ca\.? |up to )?{many}\s?{_any('unit')}\.?"
    return re.compile(
        rf"{hours}\s?(?:/\s?|{_any('per')} )?{_any('span')}|0[.,]\d{{1,2}}(?: ?(?:fte|wte|etp))?"
        rf"|{_FIGURE}\s?(?:fte|wte|etp)|\d{{2,3}}\s?%(?: (?:fte|position|pensum|stelle))?"
    )


@cache
def _length() -> re.Pattern[str]:
    many = rf"(?:\d{{1,3}}(?:[.,]\d{{3}})?\+?|{_any('number')})"
    return re.compile(rf"(?!.{{0,60}}\ba )(?:{many}\s?{_any('length')}\.?[\s,]{{0,2}}){{1,2}}")


@cache
def _grade() -> re.Pattern[str]:
    words = rf"(?:{_any('grade_before')} )?{_any('grade')}(?: {_any('grade_behind')})?"
    figures = rf"(?:{_OF}|{_FIGURE}\s?%|[a-f][+*-]?|{_FIGURE})"
    rank = r"(?:ranked )?(?:\d{1,3}(?:st|nd|rd|th|\.|º|ª|ème|e)|top|best|first|second|third)"
    of = r"(?:of|out of|in|von|sur) (?:a class of |class of |year of |the )?(?:\d{1,4}|class|year)"
    return re.compile(
        rf"{words}|{_any('figure')}\s?:?\s?(?:of |is |= ?)?(?:{figures}|{words})"
        rf"|{_OF}(?: e lode)?|{_FIGURE}\s?%|[12][.:]\d|[12],\d|[123]st class"
        rf"|(?:with (?:a |the )?)?{_any('medal')}|{rank} {of}|top \d{{1,2}}\s?%"
        rf"|\d{{1,2}} (?:credits|distinctions|merits)"
    )


@cache
def _part_of_school() -> re.Pattern[str]:
    return re.compile(rf"{_any('part_of_school')}(?!\w)")


@cache
def _reviews() -> re.Pattern[str]:
    return re.compile(rf"{_any('reviews')} (?:for|of|at|für|pour|para|per|de)\b")
