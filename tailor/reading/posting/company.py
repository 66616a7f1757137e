"""The company of a posting by what shape and words say, and what may be a place at its top."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tailor.reading.cv.names import (
    has_word,
    is_employment_type,
    is_place,
    is_region,
    is_town,
    score,
)
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.name_tags import has_whole
from tailor.reading.posting.title import Prose, is_aside, names_job, title_words, told_in
from tailor.values.posting import PostingLine

# A label before what it names; `{0}` is the words of the label.
LABEL = r"^(?:{0})\s*[:–-]\s+(?P<value>\S.*)$"
# What parts the pieces of a line.
BETWEEN = re.compile(r"(?<!\s)\s+[—–·•-]\s+|(?:(?<!\s)\s+)?\|\s*")
TOWN = r"(?:St\. )?[A-Z][\w'’-]*(?: (?:(?:upon|on|of|am|de|la|an|der) )?[A-Z][\w'’-]*)*"
_NOT_A_FACT = re.compile(
    r"\b(?:ago|applicants?|posted|promoted|apply|save|share|hirer|jobs?|alert)\b|https?:|@|www\.",
    re.IGNORECASE,
)
DEPARTMENT = re.compile(
    r"/$|\b(?:team|department|division|engineering|product|marketing|sales|design|operations|"
    r"finance|legal|people|data|research|insights?|analytics|support|description|details|opportunity|"
    r"opening|vacancy|level|hybrid|remote)\b",
    re.IGNORECASE,
)
# Job boards put a globe or a pin before the place, and other pictures before the next fact.
PLACE_SIGN = re.compile(r"[🌎🌍🌏📍]\ufe0f?\s*(?P<value>[^|`🌎🌍🌏📍💰⏰💼]{2,120})")
_CITY_AND_CODE = re.compile(r"[A-Z][\w.'’ -]{1,30}, [A-Z]{2,3}")
TOP_LINES = 15
HEAD_LINES = 8
LONGEST_FACT = 14  # words of a line at the top
LONGEST_NAME = 6
_SHORTEST_TOWN = 3  # letters; shorter ones are codes of something else
SMALL_WORDS = frozenset("of the de la del am upon on an der and".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line at the top, and of how many; `line` counts from 0."""

    text: str
    line: int
    nth: int
    of: int


def top_pieces(lines: Sequence[PostingLine]) -> Iterator[Piece]:
    """Yield the pieces of the lines at the top, until running text or a heading begins."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        is_known = heading_kind(line.text) and is_usual_heading(find_cues(line.text))
        if is_known or line.is_item:
            break
        is_long = len(line.text.split()) > LONGEST_FACT
        pieces = [piece.strip(" ,") for piece in BETWEEN.split(line.text)]
        if is_long and (len(pieces) < 3 or len(line.text) > 300):
            break
        kept = [piece for piece in pieces if piece and not _NOT_A_FACT.search(piece)]
        for nth, piece in enumerate(kept):
            yield Piece(piece, index, nth, len(kept))


def parted(text: str) -> tuple[str, str]:
    """Part "Company, City" and "Company (City)" from a place's own "City, Country"."""
    front, bracketed = before_bracket(text)
    if front and bracketed and is_where(bracketed) and not is_where(front):
        return front, bracketed
    name, comma, rest = text.partition(", ")
    if not comma or is_place(name) or not is_place(rest):
        return text, ""
    if is_region(rest) and not has_word(name, "organisation"):
        return text, ""  # "Riverton, VA"
    return name, rest


def before_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the one bracket at the end of a text, and what stands in it."""
    front, _, inside = text.strip().removesuffix(")").partition("(")
    is_one = text.rstrip().endswith(")") and not any(sign in front + inside for sign in "()")
    return (front.strip(), inside.strip()) if is_one else (text.strip(), "")


def without_half_bracket(text: str) -> str:
    """Return a text without the one bracket that it only begins or only ends, and what is in it."""
    found = [sign for sign in text if sign in "()[]"]
    if len(found) != 1:
        return text
    front, _, behind = text.partition(found[0])
    return (front.strip() or behind.strip()).rstrip(" :,–-")


def is_where(text: str) -> bool:
    """Return whether a piece is a place, perhaps with how often one must be there, or several."""
    several = [one.strip() for one in re.split(r"[;/]", text)]
    if len(several) > 1:
        return all(is_where(one) for one in several if one)
    bare = before_bracket(text)[0]
    words = bare.split()
    if len(words) > LONGEST_NAME or any(w[0].islower() and w not in SMALL_WORDS for w in words):
        return False
    name, place = parted(bare) if ", " in bare else (bare, "")
    if (place and name != bare) or not bare:
        return False
    return is_place(bare) or bool(_CITY_AND_CODE.fullmatch(bare)) or is_town_name(bare)


def is_town_name(name: str) -> bool:
    """Return whether a name is that of a town, and no short code."""
    return len(name) > _SHORTEST_TOWN and is_town(name)


# What ties a company to the title before it.
_TIES = " \t|,–—-"
_COMPANY_LABEL = re.compile(
    LABEL.format(
        "company|company name|employer|hiring organi[sz]ation|organi[sz]ation|firm|agency"
    ),
    re.IGNORECASE,
)
_BARE_COMPANY_LABEL = re.compile(r"^(?:company|employer|organi[sz]ation)\s*:?$", re.IGNORECASE)
_WORD = r"[A-Z0-9][\w.&'’!+-]{0,30}"
_NAME = rf"(?P<value>{_WORD}(?:\s+(?:of|and|the|for|&|{_WORD}){{1}}){{0,5}})"
_FORM = r"(?:,? (?:Inc|LLC|Ltd|Limited|Corp|GmbH|PLC)\b\.?)?(?:\s*\([^()]{1,40}\))?"
_IS = (
    r"(?:is|was|has|provides|builds|helps|offers|believes|strives|makes|powers|empowers|delivers|"
    r"brings|enables|seeks|needs|connects|creates|develops|operates|exists|wants|recruits|invites|"
    r"combines|employs|partners|celebrates|embraces|values|does|serves|began|started|transforms)"
)
_OWNED = r"(?:mission|vision|team|values|products?|platform|customers|culture|goal)"
_COMPANY_PATTERNS: Prose = (
    (
        4,
        ("",),
        re.compile(
            r"^(?:About|More about|Working (?:at|with|for)|Life at|Who is|What is|Meet|Join|"
            r"Careers? at|Why(?: join| work (?:at|for))?|Welcome to|Who we are at|Benefits at|"
            r"Come work at)\s+"
            rf"{_NAME}\s*[?:!]?$"
        ),
    ),
    (
        2,
        ("At ", "Join ", "About ", "join ", "at "),
        re.compile(
            rf"\b(?:At|Join|About|join|at|Here at)\s+(?:the )?{_NAME}{_FORM}"
            r"(?=[,.!]|$|\s+(?:we|you|as|is|and|to|where|in|the|our|it)\b)"
        ),
    ),
    (
        3,
        (" is ", " seeks ", " invites ", " announces "),
        re.compile(
            rf"(?:^|(?<=[.!?]\s)|(?<=\d\d,\s))(?:The )?{_NAME}{_FORM}"
            r"\s+(?:is (?:currently |now |actively )?(?:seeking|looking|hiring|searching|"
            r"recruiting|an?|the|one|on|committed|proud|building|located)|seeks|invites|announces)\b"
        ),
    ),
    (1, ("",), re.compile(rf"^{_NAME},?{_FORM}\s+{_IS}\b")),
    (
        3,
        (" was ", ", "),
        re.compile(
            rf"^{_NAME},?{_FORM}(?: was|,) (?:established|founded|set up|formed|started) in\b"
        ),
    ),
    (2, ("",), re.compile(rf"^{_NAME},\s(?:the|an?|one of|part of|formerly|now)\b")),
    (1, ("'s ", "’s "), re.compile(rf"(?<![\w&.'’!+-]){_NAME}(?=['’]s\s+{_OWNED})")),
)
_SURELY = re.compile(
    r"\bis (?:currently |now |actively )?(?:seeking|looking|hiring|searching|recruiting)\b"
    r"|\bAt [A-Z]\w+,? we\b"
)
_NEVER_IN_NAME = frozenset(
    "role job position mission hours location you overview description".split()
)
_NO_LAST_WORD = frozenset({"and", "or", "of", "the", "for", "with", "in"})
_MOST_COUNTED = 40  # names; counting each in a long text takes time
_SUBJECT = re.compile(
    rf"(?:The )?{_NAME},?{_FORM}(?: (?:in|of) {TOWN})?\s+(?:are|[a-z]{{2,12}}s)\b"
)
_LIKELY = -1.0  # the logarithm of how likely it is


def subject(lines: Sequence[PostingLine], title: str) -> str:
    """Return the subject of the first sentence where it is an organisation by its words.

    "Castellan Construction builds schools."
    """
    for line in lines[:HEAD_LINES]:
        match = None if line.is_item or line.is_heading else _SUBJECT.match(line.text)
        name = match["value"] if match else ""
        if name and len(name.split()) > 1 and is_company(name, title):
            return name if score(name, "employer") > _LIKELY else ""
    return ""


def without_company(title: str, company: str) -> str:
    """Return the title without the company, and what ties it to the title, at its end."""
    if company and title.casefold().endswith(company.casefold()) and len(title) > len(company):
        rest = title[: -len(company)].rstrip(_TIES)
        front, _, last = rest.rpartition(" ")
        rest = front.rstrip(_TIES) if last in ("at", "@", "for", "bei") else rest
        return rest if names_job(rest) else title
    return title


def company_by_shape(
    lines: Sequence[PostingLine], top: Sequence[Piece], title: str, towns: Collection[str]
) -> str:
    """Return the company: by a label, before the place, or as running text names it most.

    `towns` are names that are taken for towns, besides those that are known.
    """
    if plain := _labelled_company(lines, title) or _before_place(top, title, towns):
        return plain
    votes: defaultdict[str, float] = defaultdict(float)
    for name, weight in _in_prose(lines, title):
        votes[name] += weight
    text = "\n".join(line.text for line in lines)
    likely = sorted(votes, key=lambda name: -votes[name])[:_MOST_COUNTED]
    best = max(likely, key=lambda name: (votes[name] + text.count(name), len(name)), default="")
    return best if best and (votes[best] > 2 or text.count(best) > 1) else ""


def _labelled_company(lines: Sequence[PostingLine], title: str) -> str:
    for index, line in enumerate(lines):
        match = _COMPANY_LABEL.match(line.text)
        value = match["value"].strip() if match else ""
        if index and _BARE_COMPANY_LABEL.match(lines[index - 1].text):
            value = line.text.strip()
        if value and len(value.split()) <= LONGEST_NAME + 2 and is_company(value, title):
            return value
    return ""


def _before_place(top: Sequence[Piece], title: str, towns: Collection[str]) -> str:
    """Return what stands behind the title, or begins the line below, with a place behind it."""
    begun = TOP_LINES
    for above, piece, following in zip(top, top[1:], [*top[2:], None], strict=False):
        if title and title.casefold() in above.text.casefold():
            begun = min(begun, above.line)
        if piece.line not in {begun, begun + 1} or (piece.nth and above.text != title):
            continue
        name, _, place = piece.text.partition(", ")
        is_placed = is_town_name(place.partition(",")[0])
        if not is_placed and following and following.line <= piece.line + 1:
            name, place = piece.text, following.text
            is_placed = is_where(place) or place.partition(",")[0] in towns
            is_placed = is_placed or bool(PLACE_SIGN.search(place))
        may_be = is_company(name.removeprefix("The "), title) and not is_town_name(name)
        if is_placed and may_be and not DEPARTMENT.search(name):
            return name
    return ""


def _in_prose(lines: Sequence[PostingLine], title: str) -> Iterator[tuple[str, float]]:
    """Yield what running text names as one names a company, with how much that says."""
    for index, line in enumerate(lines):
        if line.is_item:
            continue
        for weight, match in told_in(line.text, _COMPANY_PATTERNS):
            value = _bare(match["value"])
            if is_company(value, title, sure=bool(_SURELY.search(line.text))):
                yield value, weight + (index < TOP_LINES)


def recurs(name: str, lines: Sequence[PostingLine]) -> bool:
    """Return whether a name stands in several lines."""
    return bool(name) and sum(has_whole(line.text, name) for line in lines) > 1


def _bare(value: str) -> str:
    value = value.strip(" .,'’!")
    for ending in ("'s", "’s", " and", " the", " of", " &", " for"):
        value = value.removesuffix(ending)
    return value.strip(" .,")


def is_company(name: str, title: str, *, sure: bool = False) -> bool:
    """Return whether `name` may be a company's: no amount, address, sentence, place or job.

    Where it is `sure` that a company is named, it may have the name of a tool.
    """
    words = re.findall(r"[\w'’&+-]+", name.lower())
    begins = words[0].replace("’", "'") if words else ""
    is_named = len(words) > 1 and has_word(name, "organisation")
    return (
        bool(words)
        and name[0].isalnum()
        and len(words) <= LONGEST_NAME
        and (is_named or begins not in title_words("no_company"))
        and (is_named or not set(words) <= title_words("rarely_company") or sure)
        and (len(words) > 1 or len(name) > 1)
        and not set(words) & _NEVER_IN_NAME
        and words[-1] not in _NO_LAST_WORD
        and not re.search(
            r"[$€£:]|\d{5}|https?|www\.|(?<!\b[A-Z])(?<!\bSt)(?<!\bMt)[.!?] [A-Z]|^\d[\d.,:-]*$",
            name,
        )
        and not is_usual_heading(find_cues(name))
        and not names_job(name)
        and name.casefold() != title.casefold()
        and not (is_place(name) and len(words) <= 2)
        and not (is_aside(name) and not any(c.isdigit() for c in name))
        and not is_employment_type(name)
    )
