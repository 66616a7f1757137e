"""Title, company and place of a posting, from whatever states them.

What the page itself says comes first, then the names that are found in the text (`name_tags.py`),
weighed against what its shape says (`company.py`, `place.py`). What is not stated stays "".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tailor.nlp.cue import words_of
from tailor.reading.cv.names import best_kind, has_word, is_employment_type
from tailor.reading.posting.company import (
    HEAD_LINES,
    LONGEST_FACT,
    LONGEST_NAME,
    SMALL_WORDS,
    company_by_shape,
    is_company,
    is_town_name,
    recurs,
    subject,
    top_pieces,
    without_company,
    without_half_bracket,
)
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.name_tags import COMPANY, PLACE, TITLE, Named, find_names, has_whole
from tailor.reading.posting.place import (
    bare_place,
    labelled_place,
    place_at_top,
    place_in_prose,
    plausible_place,
    unknown_place_in_prose,
)
from tailor.reading.posting.title import clean_title, find_title, is_aside, names_job, title_words
from tailor.values.posting import PostingLine

_COMMA_FORM = re.compile(r", (?:Inc|LLC|Ltd|Limited|Corp|GmbH|PLC)\b\.?$", re.IGNORECASE)
_FACTS = re.compile(r"(?<!\s)\s+[—–·•|-]\s+|, |(?<!\s)\s*\|\s*")
_BARS = re.compile(r"(?<!\s)\s+[—–·•|]\s+|(?<!\s)\s*\|\s*")
_FEWEST_PIECES = 3
_GOES_ON = re.compile(r" (?:in|of|for|with|to|and|&|/|[–(-])\s?|, ")
_YEARS = re.compile(r"\d\+? ?(?:years?|yrs?)\b|\bexperience\b", re.IGNORECASE)
# "Kelpworks (YC S23)", "Orrin (https://orrin.example)"
_NO_PART_OF_NAME = re.compile(
    r"\s{0,9}\((?:YC\b|https?:|www\.|formerly\b|[\w-]{1,60}\.\w{2,20})[^()]{0,99}\)$"
)
_BARE_BOSS = re.compile(
    r"(?:reports? to|reporting to|line manager|manager|supervisor)\s*:?$", re.IGNORECASE
)
_MIDDLING = 0.6
_OF_PERSON = re.compile(r",? (?:Ph\.?D|M\.?D|Dr)\b")
_FIRST_NAMES = 4
_FAIR, _EVEN, _CERTAIN = 0.4, 0.66, 0.7  # how sure a name that was found has to be


@dataclass(frozen=True, slots=True)
class Header:
    """What a posting is about: "" for what it does not say."""

    title: str = ""
    company: str = ""
    place: str = ""


NOTHING = Header()


def find_header(lines: Sequence[PostingLine], known: Header, likely: Header) -> Header:
    """Return title, company and place of a posting; what is `known` from elsewhere stays.

    `likely` is what front matter and the page around the posting say of it.
    """
    names = find_names(lines)
    high = [name for name in names if name.line < HEAD_LINES]
    titles = (
        _title_of([name for name in high if _heads_line(name, lines)], lines, _FAIR),
        _title_of(names, lines, _FAIR),
    )
    title = (
        known.title
        or find_title(lines, likely.title, *titles)
        or _between_both(names, lines)
        or _first(lines, names)
    )
    if not known.title and find_cues(title).has("never", "furniture") and not names_job(title):
        title = ""  # "Relocation assistance is not available"
    top = list(top_pieces(lines))
    towns = {name.text.partition(",")[0] for name in high if name.kind == PLACE}
    shaped = company_by_shape(lines, top, title, towns)
    if likely.company in towns:  # "Electrician, Oban" as the title of the page
        likely = replace(likely, company="")
    company = (
        _as_stated(known.company, lines)
        or _stated(likely.company, lines)
        or _more_often(_company_of(high, title, lines, _EVEN), shaped, lines)
        or (shaped if recurs(shaped, lines) else "")
        or likely.company
        or _beside_both(names, lines, title)
        or shaped
        or _company_of(names, title, lines, _MIDDLING)
        or _company_of(high[:_FIRST_NAMES], title, lines, 0)
        or subject(lines, title)
    )
    at_top = place_at_top(top, company)
    place = (
        known.place
        or bare_place(labelled_place(lines))
        or bare_place(
            plausible_place(_longer(_place_of(names, company, lines, _FAIR), at_top), lines)
        )
        or bare_place(plausible_place(at_top, lines))
        or place_in_prose(lines, company)
        or unknown_place_in_prose(lines, company)
        or _place_of(names, company, lines, 0)
        or plausible_place(_beside_company(names, company, lines), lines)
    )
    place = place.removeprefix(f"{company}, ").removeprefix("in ")
    company = _NO_PART_OF_NAME.sub("", company)
    glued = company.removesuffix(f" {place.partition(',')[0]}") if place else company
    company = glued if recurs(glued, lines) and not recurs(company, lines) else company
    company, place = company.removesuffix(f", {place}") if place else company, bare_place(place)
    title, company = without_half_bracket(title), without_half_bracket(company)
    bare = title.removesuffix(f", {place}") if company else title
    return Header(without_company(bare, company), company, place)


def _stated(name: str, lines: Sequence[PostingLine]) -> str:
    """Return a name if the posting's own text has it, too."""
    return name if name and any(name in line.text for line in lines) else ""


def _title_of(names: Sequence[Named], lines: Sequence[PostingLine], least: float) -> str:
    """Return the title that the names found give the job most surely: at the top, and often."""
    titles = (name for name in names if name.kind == TITLE and _may_be_title(name, lines))
    return _likeliest(((clean_title(_whole(name, names, lines)), name) for name in titles), least)


def _may_be_title(name: Named, lines: Sequence[PostingLine]) -> bool:
    """Return whether a name may be the job's: no "3+ years of …", no work ("Building models").

    Nor is it whom one reports to, in a line of its own.
    """
    if name.line and _BARE_BOSS.match(lines[name.line - 1].text):
        return False
    text = name.text
    first = text.split(maxsplit=1)[0]
    is_work = first.endswith("ing") and " " in text and not names_job(text)
    return not is_work and not _YEARS.search(text)


def _whole(title: Named, names: Sequence[Named], lines: Sequence[PostingLine]) -> str:
    """Return a title with what follows it on its line: "in Nursing (Child)", "– Housing".

    Only a short line that begins with it and names nothing else is its own all through.
    """
    text = lines[title.line].text
    rest = text[title.start + len(title.text) :]
    others = any(name.line == title.line and name is not title for name in names)
    is_line = not title.start and len(text.split()) <= LONGEST_FACT and text[-1] not in ".!?:;"
    return text if is_line and not others and _GOES_ON.match(rest) else title.text


def _company_of(
    names: Sequence[Named], title: str, lines: Sequence[PostingLine], least: float
) -> str:
    """Return the employer that is named most surely, in the longest form that stands there."""
    likely = [
        name
        for name in names
        if name.kind == COMPANY
        and _may_be_employer(name, title)
        and not _heads_text(name, lines)
        and not _OF_PERSON.match(lines[name.line].text[name.start + len(name.text) :])
    ]
    best = _likeliest(((_bare_company(name.text), name) for name in likely), least)
    longer = [_bare_company(name.text) for name in likely if name.sure > _EVEN]
    longer = [text for text in longer if text != best and _longer(best, text) == text]
    longer = [text for text in longer if ", " not in text]
    return next(iter(longer), best) if best else ""


def _longer(name: str, shaped: str) -> str:
    """Return the longer of two names where one is a part of the other, else the first."""
    return shaped if name and has_whole(shaped, name) else name


def _more_often(name: str, shaped: str, lines: Sequence[PostingLine]) -> str:
    """Return a name, or another that the text has far more often, or that it is a part of."""
    text = "\n".join(line.text for line in lines)
    is_other = name and shaped and not has_whole(name, shaped)
    often = is_other and text.count(shaped) > max(2, 2 * text.count(name))
    return shaped if often else _longer(name, shaped)


def _heads_line(name: Named, lines: Sequence[PostingLine]) -> bool:
    """Return whether a name stands in a short line, or at the beginning of a long one."""
    is_short = len(lines[name.line].text.split()) <= LONGEST_FACT
    return not name.start or (is_short and not name.text[0].islower())


def _may_be_employer(name: Named, title: str) -> bool:
    """Return whether a name that was found may be the employer's; a doubtful one has to look so."""
    text = _bare_company(name.text)
    if name.sure < _CERTAIN:
        return is_company(text, title, sure=True) and (name.sure > _FAIR or " " in text)
    is_notice = text.casefold() in title_words("pages")
    first = text.split()[0].lower()
    is_other = first in title_words("no_company") and not has_word(text, "organisation")
    return not is_notice and not is_other and text.casefold() != title.casefold()


def _heads_text(name: Named, lines: Sequence[PostingLine]) -> bool:
    """Return whether a doubtful name is a heading below the first line, with text below it."""
    line, below = lines[name.line], lines[name.line + 1 : name.line + 2]
    is_whole = line.is_heading and name.line > 0 and name.text == line.text
    is_text = bool(below) and len(below[0].text.split()) > LONGEST_FACT
    is_sure = has_word(name.text, "organisation") or recurs(name.text, lines)
    return is_whole and is_text and not is_sure


def _bare_company(name: str) -> str:
    """Return a name without the legal form that follows a comma, and without "'s"."""
    return _COMMA_FORM.sub("", name).removesuffix("’s").removesuffix("'s")


def _first(lines: Sequence[PostingLine], names: Sequence[Named]) -> str:
    """Return what the first line begins with, where it names neither employer nor place.

    "Cathedral Stonemason" above "Wells Cathedral"; "Toolmaker, Hartmann GmbH, Solingen."
    """
    if not lines or not any(name.kind == COMPANY and name.sure > _FAIR for name in names):
        return ""
    text = lines[0].text.partition(". ")[0].rstrip(".")
    first = _FACTS.split(text)[0]
    words = first.split()
    sure = [name for name in names if name.sure > _CERTAIN]
    is_said = any(name.line == 0 and name.start < len(first) for name in sure)
    is_capital = all(word[0].isupper() or word in SMALL_WORDS for word in words)
    is_short = 0 < len(words) <= LONGEST_NAME and first[-1].isalpha()
    if is_said or not (is_capital and is_short) or is_usual_heading(find_cues(first)):
        return ""
    return "" if is_aside(first) or heading_kind(first) else clean_title(first)


def _beside_both(names: Sequence[Named], lines: Sequence[PostingLine], title: str) -> str:
    """Return what stands beside title and place on their line, and is neither: the employer.

    "Swimming Teacher, Aquarius Leisure, Ipswich."
    """
    for line in {name.line for name in names if name.kind == TITLE}:
        own = [name for name in names if name.line == line and name.sure > _FAIR]
        text = lines[line].text.partition(". ")[0].rstrip(".")
        if {name.kind for name in own} != {TITLE, PLACE} or len(text.split()) > LONGEST_FACT:
            continue
        pieces = [piece.strip() for piece in _FACTS.split(text)]
        named = [name.text for name in own]
        rest = [p for p in pieces if p and not any(p in name or name in p for name in named)]
        if len(rest) == 1 and rest[0][0].isupper() and is_company(rest[0], title):
            return rest[0]
    return ""


def _between_both(names: Sequence[Named], lines: Sequence[PostingLine]) -> str:
    """Return what stands in a bar line beside employer and place, and is no fact: the job.

    "Huia Speech — Computational Linguist — Rotorua, NZ — 0.8 FTE"
    """
    for line in {name.line for name in names if name.kind == COMPANY and name.sure > _FAIR}:
        own = [name for name in names if name.line == line and name.sure > _FAIR]
        pieces = [piece.strip() for piece in _BARS.split(lines[line].text)]
        if len(pieces) < _FEWEST_PIECES or {name.kind for name in own} != {COMPANY, PLACE}:
            continue
        rest = [p for p in pieces if p and not any(name.text in p for name in own)]
        likely = [p for p in rest if p[0].isupper() and not is_aside(p) and len(p.split()) < 9]
        if likely and not is_employment_type(likely[0]):
            return clean_title(likely[0])
    return ""


def _may_be_place(text: str) -> bool:
    return best_kind(text)[0] != "name" and not text.endswith(("'s", "’s"))


def _as_stated(company: str, lines: Sequence[PostingLine]) -> str:
    """Return the employer that the page names; without the town, where the text has it alone."""
    front, comma, _ = company.partition(", ")
    alone = comma and not _stated(company, lines) and _stated(front, lines)
    return front if alone else company


def _place_of(
    names: Sequence[Named], company: str, lines: Sequence[PostingLine], least: float
) -> str:
    """Return the place that is named most surely."""
    likely = [
        n
        for n in names
        if n.kind == PLACE
        and _may_be_place(n.text)
        and n.text != company
        and (n.sure > _FAIR or is_town_name(n.text))
        and plausible_place(n.text, lines)
    ]
    return _likeliest(((name.text, name) for name in likely), least)


def _beside_company(names: Sequence[Named], company: str, lines: Sequence[PostingLine]) -> str:
    """Return what stands on the employer's line and looks like one, too: a town nobody knows."""
    own = {name.line for name in names if name.text == company}
    own = {line for line in own if len(lines[line].text.split()) <= LONGEST_FACT}
    beside = (n.text for n in names if n.kind == COMPANY and n.line in own and n.text != company)
    return next(beside, "")


def _likeliest(said: Iterable[tuple[str, Named]], least: float) -> str:
    """Return the text that is said most surely; what stands at the top counts double."""
    votes: defaultdict[str, float] = defaultdict(float)
    spelt: dict[str, str] = {}
    for text, name in said:
        key = " ".join(words_of(text))
        if not key or name.sure < least:
            continue
        votes[key] += name.sure * (2 if name.line < HEAD_LINES else 1)
        known = spelt.get(key, "")
        if not known or (known.isupper(), -len(known)) > (text.isupper(), -len(text)):
            spelt[key] = text
    return spelt[max(votes, key=lambda key: votes[key])] if votes else ""
