"""Title, company and place of a posting, from whatever states them.

A label says it ("Employer: …"), or the lines at the top do by where they stand: the bar line of a
hiring thread, the company below or above the title, "Title at Company (Place)". Else running text
does: "X is looking for …", "based in …". What is not stated stays "".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tailor.nlp.cue import words_of
from tailor.reading.cv.names import has_word, is_employment_type, is_place, is_region
from tailor.reading.cv.pieces import best_kind, is_town, score
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.name_tags import (
    COMPANY,
    PLACE,
    TITLE,
    Named,
    find_names,
    is_whole,
    places_of,
)
from tailor.reading.posting.title import AT, clean_title, find_title, is_aside, names_job
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

# What ties a company to the title before it.
_TIES = " \t|,–—-"
_LABEL = r"^(?:{0})\s*[:–-]\s+(?P<value>\S.*)$"
_COMPANY_LABEL = re.compile(
    _LABEL.format(
        "company|company name|employer|hiring organi[sz]ation|organi[sz]ation|firm|agency"
    ),
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    _LABEL.format(
        "job location|work location|location details|location|locations|place|place of work|"
        "based in|city|office location|duty station|where"
    ),
    re.IGNORECASE,
)
_BARE_PLACE_LABEL = re.compile(
    r"^(?:(?:job |work )?locations?|.*\bin the following locations?)\s*:?$", re.IGNORECASE
)
_BARE_COMPANY_LABEL = re.compile(r"^(?:company|employer|organi[sz]ation)\s*:?$", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\s)\s+[—–·•-]\s+|(?:(?<!\s)\s+)?\|\s*")
_WORD = r"[A-Z0-9][\w.&'’!+-]{0,30}"
_NAME = rf"(?P<value>{_WORD}(?:\s+(?:of|and|the|for|&|{_WORD}){{1}}){{0,5}})"
_FORM = r"(?:,? (?:Inc|LLC|Ltd|Limited|Corp|GmbH|PLC)\b\.?)?(?:\s*\([^()]{1,40}\))?"
_IS = (
    r"(?:is|was|has|provides|builds|helps|offers|believes|strives|makes|powers|empowers|delivers|"
    r"brings|enables|seeks|needs|connects|creates|develops|operates|exists|wants|recruits|invites|"
    r"combines|employs|partners|celebrates|embraces|values|does|serves|began|started|transforms)"
)
_OWNED = r"(?:mission|vision|team|values|products?|platform|customers|culture|goal)"
# Each with its weight, and with strings of which every match contains one: looking for those
# first is far quicker.
_COMPANY_PATTERNS: tuple[tuple[int, tuple[str, ...], re.Pattern[str]], ...] = (
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
    (2, ("",), re.compile(rf"^{_NAME},\s(?:the|an?|one of|part of|formerly|now)\b")),
    (1, ("'s ", "’s "), re.compile(rf"(?<![\w&.'’!+-]){_NAME}(?=['’]s\s+{_OWNED})")),
)
_SURELY = re.compile(
    r"\bis (?:currently |now |actively )?(?:seeking|looking|hiring|searching|recruiting)\b"
    r"|\bAt [A-Z]\w+,? we\b"
)
_TOWN = r"(?:St\. )?[A-Z][\w'’-]*(?: (?:(?:upon|on|of|am|de|la|an|der) )?[A-Z][\w'’-]*)*"
_PLACE_IN_PROSE = re.compile(
    r"\b(?:based|located|situated|base|office|job|role|position|team|work)\s+(?:is\s+|are\s+)?"
    rf"(?:in|at|out of)\s+(?:our\s+|central\s+|downtown\s+)?"
    rf"(?P<value>{_TOWN}(?:,\s*{_TOWN}){{0,2}})"
    rf"|\b[Ii]n\s+our\s+(?P<office>{_TOWN})\s+office"
)
# Job boards put a globe or a pin before the place, and other pictures before the next fact.
_PLACE_SIGN = re.compile(r"[🌎🌍🌏📍]\ufe0f?\s*(?P<value>[^|`🌎🌍🌏📍💰⏰💼]{2,120})")
_NOT_A_FACT = re.compile(
    r"\b(?:ago|applicants?|posted|promoted|apply|save|share|hirer|jobs?|alert)\b|https?:|@|www\.",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"/$|\b(?:team|department|division|engineering|product|marketing|sales|design|operations|"
    r"finance|legal|people|data|research|insights?|analytics|support|description|details|opportunity|"
    r"opening|vacancy|level|hybrid|remote)\b",
    re.IGNORECASE,
)
_NEVER_IN_NAME = frozenset(
    "role job position mission hours location you overview description".split()
)
_OF_PAY = re.compile(r"[$€£]\s?\d|\b(?:pay|salary|compensation)\b", re.IGNORECASE)
_CITY_AND_REGION = re.compile(r"(?:[A-Z][\w.'’-]*(?: |, )){1,3}[A-Z][\w.'’-]+")
_CITY_AND_CODE = re.compile(r"[A-Z][\w.'’ -]{1,30}, [A-Z]{2,3}")
_FURNITURE = re.compile(
    r"(?:register|log ?in|sign (?:in|up)|search|share|save|date|menu|home|hi|hello|visa|inc|mobile|"
    r"(?:date |in this |about ).*|.*\b(?:seeks|is|are|has)|(?:deine?|ihre?|unsere?) .*)\b",
    re.IGNORECASE,
)
_TOP_LINES = 15
_HEAD_LINES = 8
_LONGEST_FACT = 14  # words of a line at the top
_LONGEST_NAME = 6
_LONGEST_PLACE = 12
_SHORTEST_TOWN = 3  # letters; shorter ones are codes of something else
_SMALL = frozenset("of the de la del am upon on an der and".split())
_MOST_COUNTED = 40  # names; counting each in a long text takes time
_BESIDE_A_PLACE, _AT, _ALONE, _AFTER_TITLE = 30, 40, 12, 6
_SURE = 30
_COMMA_FORM = re.compile(r", (?:Inc|LLC|Ltd|Limited|Corp|GmbH|PLC)\b\.?$", re.IGNORECASE)
_POST_CODE = re.compile(r" (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2})\b")
_FACTS = re.compile(r"(?<!\s)\s+[—–·•|-]\s+|, |(?<!\s)\s*\|\s*")
_SUBJECT = re.compile(
    rf"(?:The )?{_NAME},?{_FORM}(?: (?:in|of) {_TOWN})?\s+(?:are|[a-z]{{2,12}}s)\b"
)
_ARRANGEMENT = re.compile(
    r"hybrid|remote|on-?site|\bdays?\b|vacanc|position|home|flexible|office|travel|\d",
    re.IGNORECASE,
)
_LIKELY = -1.0  # the logarithm of how likely it is
_VACANCIES = re.compile(r"^\d+ (?:vacanc(?:y|ies)|positions?|posts?) in ")
_GOES_ON = re.compile(r" (?:in|of|for|with|to|and|&|/|[–(-])\s?|, ")
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line at the top, and of how many; `line` counts from 0."""

    text: str
    line: int
    nth: int
    of: int


def find_header(
    lines: Sequence[PostingLine], known: Header = Header(), likely: Header = Header()
) -> Header:
    """Return title, company and place of a posting; what is `known` from elsewhere stays.

    `likely` is what front matter and the page around the posting say of it.
    """
    names = find_names(lines)
    high = [name for name in names if name.line < _HEAD_LINES]
    titles = (
        _title_of([name for name in high if _heads_line(name, lines)], lines, _FAIR),
        _title_of(names, lines, _FAIR),
    )
    title = known.title or find_title(lines, likely.title, *titles) or _first(lines, names)
    top = list(_top(lines))
    shaped = _company(lines, top, title)
    said = _headline(lines)
    company = (
        _as_stated(known.company, lines)
        or _stated(likely.company, lines)
        or _more_often(_company_of(high, title, lines, _EVEN), shaped, lines)
        or likely.company
        or _beside_both(names, lines, title)
        or said[0]
        or shaped
        or _company_of(names, title, lines, _MIDDLING)
        or _company_of(high[:_FIRST_NAMES], title, lines, 0)
        or _behind_title(title)
        or _subject(lines, title)
    )
    at_top = _place_at_top(top, company)
    place = (
        known.place
        or _labelled_place(lines)
        or _plausible(_longer(_place_of(names, company, lines, _FAIR), at_top), lines)
        or said[1]
        or _plausible(at_top, lines)
        or _place_in_prose(lines, company)
        or _place_of(names, company, lines, 0)
        or _plausible(_beside_company(names, company, lines), lines)
    )
    place = place.removeprefix(f"{company}, ").removeprefix("in ")
    company, place = company.removesuffix(f", {place}") if place else company, _bare_place(place)
    bare = title.removesuffix(f", {place}") if company else title
    return Header(_without_company(bare, company), company, place)


def _plausible(place: str, lines: Sequence[PostingLine]) -> str:
    """Return a place if it may be one: no heading, no name of a page, no word of the text.

    "Mission" above "our mission", "Register" of "Sign in | Register", "About Us".
    """
    if not place or "," in place or is_region(place) or _ARRANGEMENT.search(place):
        return place
    cues = find_cues(place)
    if is_usual_heading(cues) or cues.has("furniture") or _FURNITURE.match(place):
        return ""
    if heading_kind(place) and not _is_town(place):
        return ""
    words = place.split()
    small = place.lower()
    is_word = len(words) == 1 and any(_has_whole(line.text, small, "-") for line in lines)
    return "" if is_word and small != place else place


def _bare_place(place: str) -> str:
    """Return a place without how many are wanted there, and how often one must be there."""
    place = _VACANCIES.sub("", place)
    front, inside = _before_bracket(place)
    return front if front and _ARRANGEMENT.search(inside) else place


def _stated(name: str, lines: Sequence[PostingLine]) -> str:
    """Return a name if the posting's own text has it, too."""
    return name if name and any(name in line.text for line in lines) else ""


def _title_of(names: Sequence[Named], lines: Sequence[PostingLine], least: float) -> str:
    """Return the title that the names found give the job most surely: at the top, and often."""
    titles = (name for name in names if name.kind == TITLE)
    return _likeliest(((clean_title(_whole(name, names, lines)), name) for name in titles), least)


def _whole(title: Named, names: Sequence[Named], lines: Sequence[PostingLine]) -> str:
    """Return a title with what follows it on its line: "in Nursing (Child)", "– Housing".

    Only a short line that begins with it and names nothing else is its own all through.
    """
    text = lines[title.line].text
    rest = text[title.start + len(title.text) :]
    others = any(name.line == title.line and name is not title for name in names)
    is_line = not title.start and len(text.split()) <= _LONGEST_FACT and text[-1] not in ".!?:;"
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
        and not _OF_PERSON.match(lines[name.line].text[name.start + len(name.text) :])
    ]
    best = _likeliest(((_bare_company(name.text), name) for name in likely), least)
    longer = [_bare_company(name.text) for name in likely if name.sure > _FAIR]
    longer = [text for text in longer if text != best and _longer(best, text) == text]
    longer = [text for text in longer if ", " not in text]
    return next(iter(longer), best) if best else ""


def _longer(name: str, shaped: str) -> str:
    """Return the longer of two names where one is a part of the other, else the first."""
    return shaped if name and _has_whole(shaped, name) else name


def _has_whole(text: str, part: str, more: str = "") -> bool:
    """Return whether `part` stands in `text` with no letter, figure or one of `more` beside it."""
    return any(is_whole(text, at, at + len(part), f"_{more}") for at in places_of(part, text))


def _more_often(name: str, shaped: str, lines: Sequence[PostingLine]) -> str:
    """Return a name, or another that the text has far more often, or that it is a part of."""
    text = "\n".join(line.text for line in lines)
    often = name and shaped and text.count(shaped) > max(2, 2 * text.count(name))
    return shaped if often else _longer(name, shaped)


def _heads_line(name: Named, lines: Sequence[PostingLine]) -> bool:
    """Return whether a name stands in a short line, or at the beginning of a long one."""
    is_short = len(lines[name.line].text.split()) <= _LONGEST_FACT
    return not name.start or (is_short and not name.text[0].islower())


def _may_be_employer(name: Named, title: str) -> bool:
    """Return whether a name that was found may be the employer's; a doubtful one has to look so."""
    text = _bare_company(name.text)
    if name.sure < _CERTAIN:
        return _is_company(text, title, sure=True) and (name.sure > _FAIR or " " in text)
    is_notice = text.casefold() in data_toml("posting_cues.toml")["titles"]["pages"]
    first = text.split()[0].lower()
    is_other = first in _words("no_company") and not has_word(text, "organisation")
    return not is_notice and not is_other and text.casefold() != title.casefold()


def _bare_company(name: str) -> str:
    """Return a name without the legal form that follows a comma."""
    return _COMMA_FORM.sub("", name)


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
    is_capital = all(word[0].isupper() or word in _SMALL for word in words)
    is_short = 0 < len(words) <= _LONGEST_NAME and first[-1].isalpha()
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
        if {name.kind for name in own} != {TITLE, PLACE} or len(text.split()) > _LONGEST_FACT:
            continue
        pieces = [piece.strip() for piece in _FACTS.split(text)]
        named = [name.text for name in own]
        rest = [p for p in pieces if p and not any(p in name or name in p for name in named)]
        if len(rest) == 1 and rest[0][0].isupper() and _is_company(rest[0], title):
            return rest[0]
    return ""


def _subject(lines: Sequence[PostingLine], title: str) -> str:
    """Return the subject of the first sentence where it is an organisation by its words.

    "Castellan Construction builds schools."
    """
    for line in lines[:_HEAD_LINES]:
        match = None if line.is_item or line.is_heading else _SUBJECT.match(line.text)
        name = match["value"] if match else ""
        if name and len(name.split()) > 1 and _is_company(name, title):
            return name if score(name, "employer") > _LIKELY else ""
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
    """Return the place that is named most surely, with the code of its post."""
    likely = [
        n
        for n in names
        if n.kind == PLACE
        and _may_be_place(n.text)
        and n.text != company
        and (n.sure > _FAIR or _is_town(n.text))
        and _plausible(n.text, lines)
    ]
    place = _likeliest(((name.text, name) for name in likely), least)
    for name in likely:
        code = _POST_CODE.match(lines[name.line].text[name.start + len(name.text) :])
        if code and name.text == place:
            return place + code[0]
    return place


def _beside_company(names: Sequence[Named], company: str, lines: Sequence[PostingLine]) -> str:
    """Return what stands on the employer's line and looks like one, too: a town nobody knows."""
    own = {name.line for name in names if name.text == company}
    own = {line for line in own if len(lines[line].text.split()) <= _LONGEST_FACT}
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
        votes[key] += name.sure * (2 if name.line < _HEAD_LINES else 1)
        known = spelt.get(key, "")
        if not known or (known.isupper(), -len(known)) > (text.isupper(), -len(text)):
            spelt[key] = text
    return spelt[max(votes, key=lambda key: votes[key])] if votes else ""


def _headline(lines: Sequence[PostingLine]) -> tuple[str, str]:
    """Return company and place of a first line "Title - Company, Town" whose company is plain.

    It is plain where it has a word for an organisation or "The", where a sentence begins with
    it, or where it has two words before a known place; else it may be a department.
    """
    title, *rest = _BETWEEN.split(lines[0].text) if lines else [""]
    name, comma, town = rest[0].rpartition(", ") if len(rest) == 1 else ("", "", "")
    town = town.rstrip(" .")
    if not comma or not names_job(title) or names_job(name) or not town.istitle():
        return "", ""
    begins = any(f". {name} " in f". {line.text}" for line in lines[1:])
    is_pair = " " in name and _is_where(town) and not _DEPARTMENT.search(name)
    if not (begins or is_pair or name.startswith("The ") or has_word(name, "organisation")):
        return "", ""
    is_short = max(len(name.split()), len(town.split())) <= _LONGEST_NAME
    return (name, town) if is_short and name[0].isupper() else ("", "")


def _behind_title(title: str) -> str:
    """Return the company of "Data Engineer – Orrin Labs" where nothing else names one."""
    name = re.split(r"\s[–—]\s", title)[-1]
    is_name = name != title and len(name.split()) > 1 and not _DEPARTMENT.search(name)
    return name if is_name and name.istitle() and _is_company(name, title) else ""


def _without_company(title: str, company: str) -> str:
    """Return the title without the company, and what ties it to the title, at its end."""
    if company and title.casefold().endswith(company.casefold()) and len(title) > len(company):
        rest = title[: -len(company)].rstrip(_TIES)
        front, _, last = rest.rpartition(" ")
        rest = front.rstrip(_TIES) if last in ("at", "@", "for", "bei") else rest
        return rest if names_job(rest) else title
    return title


def _top(lines: Sequence[PostingLine]) -> Iterator[_Piece]:
    """Yield the pieces of the lines at the top, until running text or a heading begins."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        is_known = heading_kind(line.text) and is_usual_heading(find_cues(line.text))
        if is_known or (line.is_item and not line.is_heading):
            break
        is_long = len(line.text.split()) > _LONGEST_FACT
        pieces = [piece.strip(" ,") for piece in _BETWEEN.split(line.text)]
        if is_long and (len(pieces) < 3 or len(line.text) > 300):
            break
        kept = [piece for piece in pieces if piece and not _NOT_A_FACT.search(piece)]
        for nth, piece in enumerate(kept):
            yield _Piece(piece, index, nth, len(kept))


def _company(lines: Sequence[PostingLine], top: Sequence[_Piece], title: str) -> str:
    """Return the company: from a label, the lines beside the title, or what recurs."""
    if labelled := _labelled_company(lines, title):
        return labelled
    text = "\n".join(line.text for line in lines)
    votes: Counter[str] = Counter()
    for name, weight in _beside_title(lines, top, title):
        again = text.count(name) - 1
        if weight > _AFTER_TITLE:
            votes[name] += weight + 4 * min(again, 3) if again or weight >= _SURE else weight // 3
        else:
            votes[name] += 1
    if votes and (best := max(votes, key=lambda name: votes[name])) and votes[best] >= _SURE:
        return best
    for name, weight in _in_prose(lines, title):
        votes[name] += weight
    likely = [name for name, _ in votes.most_common(_MOST_COUNTED)]
    best = max(likely, key=lambda name: (votes[name] + text.count(name), len(name)), default="")
    return best if best and (votes[best] > 2 or text.count(best) > 1) else ""


def _labelled_company(lines: Sequence[PostingLine], title: str) -> str:
    for index, line in enumerate(lines):
        match = _COMPANY_LABEL.match(line.text)
        value = match["value"].strip() if match else ""
        if index and _BARE_COMPANY_LABEL.match(lines[index - 1].text):
            value = line.text.strip()
        if value and len(value.split()) <= _LONGEST_NAME + 2 and _is_company(value, title):
            return value
    return ""


def _in_prose(lines: Sequence[PostingLine], title: str) -> Iterator[tuple[str, int]]:
    """Yield what running text names as one names a company, with how much that says."""
    for index, line in enumerate(lines):
        if line.is_item and not line.is_heading:
            continue
        for weight, parts, pattern in _COMPANY_PATTERNS:
            if not any(part in line.text for part in parts):
                continue
            for match in pattern.finditer(line.text):
                value = _bare(match["value"])
                if _is_company(value, title, sure=bool(_SURELY.search(line.text))):
                    yield value, weight + (index < _TOP_LINES)


def _beside_title(
    lines: Sequence[PostingLine], top: Sequence[_Piece], title: str
) -> Iterator[tuple[str, int]]:
    """Yield the names that stand where companies do, each with how sure that place makes it."""
    at = next((n for n, line in enumerate(lines[:_HEAD_LINES]) if _names(line.text, title)), -1)
    is_named = False  # by the line below the title
    for piece in top:
        found = AT.match(piece.text)
        if found and names_job(found["title"]) and _is_company(found["company"].strip(), title):
            yield found["company"].strip(), _AT
        name, place = _parted(piece.text)
        bare = name.removeprefix("The ") if _recurs(name, lines) else name
        if not _is_company(bare, title) or len(name.split()) > _LONGEST_NAME or at < 0:
            continue
        if _heads_or_parts(name):
            continue
        same = [other for other in top if other.line == piece.line and other != piece]
        by_place = place or any(_is_where(other.text) for other in same)
        if piece.line == at:  # a bar line, or what stands behind the title
            is_bar = piece.of >= 3 and piece.nth == 0
            yield name, (_AT if is_bar and by_place else _AFTER_TITLE)
        elif piece.nth == 0 and abs(piece.line - at) <= 2:
            is_whole = piece.of == 1 and name == piece.text
            is_town = piece.line > at and is_whole and _is_town(name)
            is_second = is_named and piece.line == at + 2 and not _recurs(name, lines)
            if is_town or is_second or (not by_place and _heads_text(lines, piece.line)):
                continue  # "Leith, Edinburgh" below the company
            is_named = is_named or (piece.line == at + 1 and is_whole)
            alone = _ALONE if abs(piece.line - at) == 1 else _AFTER_TITLE
            yield name, (_BESIDE_A_PLACE if by_place else alone)


def _recurs(name: str, lines: Sequence[PostingLine]) -> bool:
    return sum(line.text.count(name) for line in lines) > 1


def _heads_or_parts(name: str) -> bool:
    """Return whether a name is that of a department, a heading, several things or a page."""
    return (
        (bool(_DEPARTMENT.search(name)) and not has_word(name, "organisation"))
        or is_usual_heading(find_cues(name))
        or name.count(",") > 1
        or "/" in name
        or name.casefold() in data_toml("posting_cues.toml")["titles"]["pages"]
    )


def _heads_text(lines: Sequence[PostingLine], at: int) -> bool:
    """Return whether a line is a heading with text below it, and not one of several at the top."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    return at > 0 and lines[at].is_heading and below is not None and not below.is_heading


def _names(text: str, title: str) -> bool:
    return bool(title) and (title in text or clean_title(text) == title)


def _parted(text: str) -> tuple[str, str]:
    """Part "Company, City" and "Company (City)" from a place's own "City, Country"."""
    front, bracketed = _before_bracket(text)
    if front and bracketed and _is_where(bracketed) and not _is_where(front):
        return front, bracketed
    name, comma, rest = text.partition(", ")
    if not comma or is_place(name) or not is_place(rest):
        return text, ""
    if is_region(rest) and not has_word(name, "organisation"):
        return text, ""  # "Riverton, VA"
    return name, rest


def _before_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the one bracket at the end of a text, and what stands in it."""
    front, _, inside = text.strip().removesuffix(")").partition("(")
    is_one = text.rstrip().endswith(")") and not any(sign in front + inside for sign in "()")
    return (front.strip(), inside.strip()) if is_one else (text.strip(), "")


def _is_where(text: str) -> bool:
    """Return whether a piece is a place, perhaps with how often one must be there, or several."""
    several = [one.strip() for one in re.split(r"[;/]", text)]
    if len(several) > 1:
        return all(_is_where(one) for one in several if one)
    bare = _before_bracket(text)[0]
    words = bare.split()
    if len(words) > _LONGEST_NAME or any(w[0].islower() and w not in _SMALL for w in words):
        return False
    name, place = _parted(bare) if ", " in bare else (bare, "")
    if (place and name != bare) or not bare:
        return False
    return is_place(bare) or bool(_CITY_AND_CODE.fullmatch(bare)) or _is_town(bare)


def _is_town(name: str) -> bool:
    return len(name) > _SHORTEST_TOWN and is_town(name)


def _labelled_place(lines: Sequence[PostingLine]) -> str:
    """Return the place that a pin or a label says."""
    for line in lines[:_TOP_LINES]:
        match = _PLACE_SIGN.search(line.text)
        if match:
            return match["value"].strip(" ,")
    for index, line in enumerate(lines):
        match = _PLACE_LABEL.match(line.text)
        value = match["value"] if match else ""
        if index and _BARE_PLACE_LABEL.match(lines[index - 1].text):
            value = line.text
        if value and ":" not in value and len(value.split()) <= _LONGEST_PLACE:
            return value.strip()
    return ""


def _place_at_top(top: Sequence[_Piece], company: str) -> str:
    """Return the surest place among the pieces at the top."""
    first: list[tuple[int, str]] = []
    for piece in top:
        found = AT.match(piece.text)
        if found and found["place"] and names_job(found["title"]):
            return found["place"].strip()
        bracket = re.search(r"\((?P<place>[^()]+)\)$", piece.text)
        name, place = _parted(piece.text)
        if _is_below_company(piece, top, company):
            first.append((0 if _is_where(piece.text) or place else 3, piece.text))
        elif place and _is_company(name, ""):
            first.append((0, place))
        elif _is_place_piece(piece, company):
            with_company = any(o.line == piece.line and o.text == company for o in top)
            first.append((0 if with_company else 1, piece.text))
        elif piece.of == 1 and piece.line and _CITY_AND_REGION.fullmatch(piece.text):
            if piece.text != company and not names_job(piece.text):
                first.append((3, piece.text))
        elif bracket and _is_where(bracket["place"]) and names_job(piece.text):
            first.append((2, bracket["place"]))
    return min(first, key=lambda found: found[0], default=(0, ""))[1]


def _is_below_company(piece: _Piece, top: Sequence[_Piece], company: str) -> bool:
    """Return whether a line may be the town that stands alone below the company's line."""
    above = next((other for other in top if other.line == piece.line - 1), None)
    if piece.of > 1 or above is None or above.text != company or above.line == 0:
        return False
    words = piece.text.replace(",", " ").replace("-", " ").split()
    return (
        len(words) <= 3
        and all(word.isalpha() and (word[0].isupper() or word in _SMALL) for word in words)
        and not names_job(piece.text)
        and not is_employment_type(piece.text)
        and not _DEPARTMENT.search(piece.text)
        and not is_usual_heading(find_cues(piece.text))
        and not heading_kind(piece.text)
    )


def _is_place_piece(piece: _Piece, company: str) -> bool:
    if piece.text == company or names_job(piece.text) or is_employment_type(piece.text):
        return False
    if piece.line == 0 and piece.of == 1:
        return False
    return _is_where(piece.text) and (is_place(piece.text) or piece.text[0].isupper())


def _place_in_prose(lines: Sequence[PostingLine], company: str) -> str:
    for line in lines:
        if _OF_PAY.search(line.text):  # laws of pay name states
            continue
        for match in _PLACE_IN_PROSE.finditer(line.text):
            value = next(filter(None, match.groups())).strip(" .,")
            parts = [part.strip() for part in value.split(",")]
            while parts and not (is_place(", ".join(parts)) or _is_town(parts[0])):
                parts.pop()
            if parts and parts[0] != company and parts[0].casefold() not in _words("no_company"):
                return ", ".join(parts)
    return ""


def _bare(value: str) -> str:
    value = value.strip(" .,'’!")
    for ending in ("'s", "’s", " and", " the", " of", " &", " for"):
        value = value.removesuffix(ending)
    return value.strip(" .,")


def _is_company(name: str, title: str, *, sure: bool = False) -> bool:
    """Return whether `name` may be a company's: no amount, address, sentence, place or job.

    Where it is `sure` that a company is named, it may have the name of a tool.
    """
    words = re.findall(r"[\w'’&+-]+", name.lower())
    begins = words[0].replace("’", "'") if words else ""
    is_named = len(words) > 1 and has_word(name, "organisation")
    return (
        bool(words)
        and name[0].isalnum()
        and len(words) <= _LONGEST_NAME
        and (is_named or begins not in _words("no_company"))
        and (is_named or not set(words) <= _words("rarely_company") or sure)
        and (len(words) > 1 or len(name) > 1)
        and not set(words) & _NEVER_IN_NAME
        and not re.search(r"[$€£:]|\d{5}|https?|www\.|[.!?] [A-Z]|^\d[\d.,:-]*$", name)
        and not names_job(name)
        and name.casefold() != title.casefold()
        and not (is_place(name) and len(words) <= 2)
        and not (is_aside(name) and not any(c.isdigit() for c in name))
        and not is_employment_type(name)
    )


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(data_toml("posting_cues.toml")["titles"][table].split())
