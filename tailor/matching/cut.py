"""A line of a posting -> its sentences, and the pieces of the lists in them, as places in the line.

A list is cut at its commas, conjunctions and slashes, but not inside of a name; examples in
brackets or behind "such as" are alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tailor.matching.ask import AskKind
from tailor.matching.kind import NUMBER, SIGNS, YEARS, kind_of, pattern, tables
from tailor.matching.name import thing
from tailor.values.statements import split_statements

# A separator between two things of a list, and the commas and signs around it.
_SEPARATOR = re.compile(
    r"(?P<either>,? (?:and ?/ ?or|or) "
    r"(?!above\b|below\b|higher\b|better\b|more\b|greater\b|equivalent$)"
    r"|(?P<slash> ?/ ?(?=[A-Za-z.])| ?\| ?))"
    r"|(?P<both>, (?:and|plus|as well as|along with) | (?:and|as well as|plus) | & "
    r"| \+ (?=[A-Z])| ?(?:,(?!\d{3}(?!\d))|[;•·]) ?"
    r"| with (?=(?:(?:at least|a minimum of|minimum|min\.?|over|more than|around) )?"
    rf"{NUMBER}\+? ?(?:\w+ )?(?:years|yrs)\b))",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"(?:,? ?\(?|[ (])\b(?:such as|e\.? ?g\.?,?|for example,?|for instance,?|like|i\.?e\.?,?"
    r"|ideally|including|incl\.?):? ",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:,? ?(?:etc\.?|and more|or similar|among others)){1,3}[\s.)]{0,9}$", re.IGNORECASE
)
# Where one clause ends and another says something of its own.
_CLAUSES = re.compile(
    r"; | [–—] (?=[A-Z])|,? (?:but|although|though|however,?) (?!not limited)"
    r"|,? (?:even (?:if|when|though)|regardless of|no matter) [^.;]*",
    re.IGNORECASE,
)
# "Class 1 (C+E)"
_OF_LICENCE = re.compile(r"(?:(?:[Cc]at(?:egory)?\.?|[Cc]lass) )?[A-E]\d?(?:\+?E)?")
_WITH_TRAILER = re.compile(r"\b[BCD]1?\+E\b")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,200})[)\]]")
_LISTED = re.compile(r"[,/]|\b(?:or|and)\b(?! (?:above|below|higher|better|more|greater|up)\b)")
_LABEL = re.compile(r"\s*([A-Za-z][\w &/'-]{2,40}):\s+(?=\S)")
_LETTERS = re.compile(r"[A-Za-z]")
# Behind the letters of a degree: "(MLIS) from an accredited program".
_FROM_SCHOOL = re.compile(
    r" (?:from|at|by) (?:an?|the) (?:[\w-]+ ){0,3}"
    r"(?:program(?:me)?|school|university|college|institution|body)\b"
)
_OR = re.compile(r"(?:or|and ?/ ?or) ", re.IGNORECASE)
_PREFERABLY = re.compile(r"\b(?:preferably|ideally|preferred)\b", re.IGNORECASE)
# "IaC - Terraform or Pulumi": what stands before the dash is the class of what stands behind it.
_CLASS = re.compile(r"[^,;:()/]{2,40}?(?P<sign> [-–—] |: )(?=[^.]*(?: or |, |/))")
# "Engineering background - physics, mathematics": nobody has studied all of them.
_FIELDS = re.compile(r"\b(?:background|degree|discipline|field of study)\b", re.IGNORECASE)
# "AS/RS": short capitals that are one name, unless both are known.
_CAPITALS = re.compile(r"\b([A-Z]{1,2})/([A-Z]{1,2})\b")
# Both sides of a slash that are one name.
_SLASHED = re.compile(
    r"\b(?:tcp/ip|ci/cd|i/o|a/b|pl/sql|ui/ux|ux/ui|ac/dc|24/7|r&d|p&l|client/server|input/output|"
    r"hvac/r|l/c|m/f|n/a|w/|c/c\+\+|os/2|s/4hana|his/her|he/she|him/her|and/or|gd&t|pub/sub|"
    r"unix/linux|linux/unix|a/p|a/r|b/s|m/s|lc/ms|gc/ms)(?![\w])",
    re.IGNORECASE,
)


# "2+ of the following tools: Airflow, Glue, Dagster", "1+ Cloud technologies: BigQuery, Redshift":
# what is listed are alternatives, and what stands before them is no thing of its own.
_SOME_OF = re.compile(
    r"[^:;()]{0,60}?\b(?:(?:\d+\s?\+?|one|two|three|four|several|any|some)(?: or more)?|more) of"
    r"(?: the| these)?(?: following)?(?: [a-z]+){0,3}: {1,9}(?=[^:]{0,200},)"
    r"|\d\s?\+ [^:;(),]{2,40}: {1,9}(?=[^:]{0,200},)",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A piece of a list: its place in the line, and how it is tied to the piece before.

    `either` is True behind an "or" or a slash, `slashed` behind a slash. Pieces that are examples
    of the one before them have `example` True.
    """

    start: int
    end: int
    either: bool = False
    slashed: bool = False
    example: bool = False


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of sentences and clauses of `text` that may ask for something."""
    for begin, end in split_statements(text):
        start = begin
        for found in [*_CLAUSES.finditer(text, begin, end), None]:
            stop = found.start() if found else end
            if _LETTERS.search(text, start, stop) and not pattern("asks_nothing").search(
                text, start, stop
            ):
                yield start, stop
            start = found.end() if found else end


def without_label(text: str, start: int, end: int) -> int:
    """Return where a sentence begins behind a label such as "Tickets needed:"."""
    label = _LABEL.match(text, start, end)
    if label and label[1].casefold().endswith(tables().label_ends):
        return label.end()
    return start


def asides(
    text: str, names: Sequence[tuple[int, int]], known: Collection[str]
) -> list[tuple[int, int]]:
    """Return the places of brackets that say something on the side, such as "(RN)".

    A bracket with a list, with examples or with years is none. `known` are the short names that
    the text explains.
    """
    found = []
    for bracket in _BRACKETS.finditer(text):
        inside = bracket[1]
        if (
            not _LISTED.search(inside)
            and not _EXAMPLES.match(f" {inside}")
            and not YEARS.search(inside)
            and not (_PREFERABLY.search(inside) and inside.count(" "))
            and (
                _OF_LICENCE.fullmatch(inside)
                or inside.casefold() in known
                or not any(
                    start == bracket.start(1) and _adds(text, start, end) for start, end in names
                )
            )
        ):
            found.append(bracket.span())
    return found


def _adds(text: str, start: int, end: int) -> bool:
    """Return whether a name in brackets is no short form of the words before it."""
    name = text[start:end]
    words = text[max(0, start - 80) : start - 1].split()[-len(name) :]
    is_short = sum(sign.isupper() for sign in name) > len(name) / 3
    return not is_short or name[0].casefold() not in {word[0].casefold() for word in words}


def pieces(
    text: str, start: int, end: int, whole: Sequence[tuple[int, int]]
) -> Iterator[list[Piece]]:
    """Yield the lists of a sentence, each as its pieces; those in `whole` are not cut.

    What stands behind a bracket or "such as" is a list of its own, of examples.
    """
    if some := _SOME_OF.match(text, start, end):
        found = _cut(text, some.end(), end, whole)
        yield [one._replace(either=number > 0 or one.either) for number, one in enumerate(found)]
        return
    bracket = _BRACKETS.search(text, start, end)
    while bracket and (any(s <= bracket.start() < e for s, e in whole) or YEARS.search(bracket[1])):
        bracket = _BRACKETS.search(text, bracket.end(), end)
    if bracket and (
        (said := _OR.match(bracket[1])) or kind_of(text[start : bracket.start()]) is AskKind.LICENCE
    ):
        # "Kafka (or Kinesis)", "a trainer's certificate (AEVO / IHK)": all of one group
        first = bracket.start(1) + (said.end() if said else 0)
        inner = [one._replace(either=True) for one in _cut(text, first, bracket.end(1), whole)]
        yield [*_cut(text, start, bracket.start(), whole), *inner]
        if _LETTERS.search(text, bracket.end(), end):
            yield from pieces(text, bracket.end(), end, whole)
        return
    if bracket:
        if (granted := _FROM_SCHOOL.match(text, bracket.end(), end)) and granted.end() >= end - 1:
            end = bracket.end()
        yield from pieces(text, start, bracket.start(), whole)
        inside = bracket.span(1)
        opened = _EXAMPLES.match(f" {bracket[1]}")
        first = inside[0] + max(0, opened.end() - 1) if opened else inside[0]
        yield from _examples(text, first, inside[1], whole, either=True)
        if _LETTERS.search(text, bracket.end(), end):
            yield from pieces(text, bracket.end(), end, whole)
        return
    opened = _EXAMPLES.search(text, start, end)
    if opened and opened.start() > start + 3:
        yield list(_cut(text, start, opened.start(), whole))
        either = "incl" not in opened[0].casefold()
        yield from _examples(text, opened.end(), end, whole, either=either)
        return
    label = _CLASS.match(text, start, end)
    if label and not any(s < label.end() <= e for s, e in whole):
        yield list(_cut(text, start, label.start("sign"), whole))
        either = bool(_FIELDS.search(label[0]))
        yield [
            one._replace(example=True, either=(either and number > 0) or one.either)
            for number, one in enumerate(_cut(text, label.end(), end, whole))
        ]
        return
    yield list(_cut(text, start, end, whole))


def names_class(text: str) -> bool:
    """Return whether a text is the class of a licence to drive: "Category C"."""
    return bool(_OF_LICENCE.fullmatch(text))


def slashed_names(text: str) -> list[tuple[int, int]]:
    """Return the places of words with a sign between that are one name: "TCP/IP", "C+E"."""
    found = [one.span() for one in _SLASHED.finditer(text)] if "/" in text else []
    found += [one.span() for one in _WITH_TRAILER.finditer(text)] if "+E" in text else []
    found += [
        one.span()
        for one in (_CAPITALS.finditer(text) if found or "/" in text else ())
        if thing(one[1]) < 0 or thing(one[2]) < 0
    ]
    return sorted(set(found))


def _examples(
    text: str, start: int, end: int, whole: Sequence[tuple[int, int]], *, either: bool
) -> Iterator[list[Piece]]:
    """Yield the examples from a place on; all of them are alternatives if `either`."""
    ends = _ENDS.search(text, start, end)
    found = list(_cut(text, start, ends.start() if ends else end, whole))
    yield [
        piece._replace(example=True, either=(either and number > 0) or piece.either)
        for number, piece in enumerate(found)
    ]


def _cut(text: str, start: int, end: int, whole: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    either = slashed = False
    for found in _SEPARATOR.finditer(text, start, end):
        place = found.start()
        if any(s <= place and found.end() <= e for s, e in whole):
            continue
        if _LETTERS.search(text, start, place):
            yield _trimmed(text, Piece(start, place, either, slashed))
        start, either, slashed = found.end(), bool(found["either"]), bool(found["slash"])
    if _LETTERS.search(text, start, end):
        yield _trimmed(text, Piece(start, end, either, slashed))


def _trimmed(text: str, piece: Piece) -> Piece:
    """Return a piece without the signs around it."""
    part = text[piece.start : piece.end]
    start = piece.start + len(part) - len(part.lstrip(SIGNS))
    return piece._replace(start=start, end=piece.end - len(part) + len(part.rstrip(SIGNS)))
