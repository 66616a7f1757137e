"""The place of a posting: what may be one, and where labels, the top and running text say it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tailor.reading.cv.names import has_word, is_employment_type, is_place, is_region
from tailor.reading.posting.company import (
    LABEL,
    PLACE_SIGN,
    TOP_LINES,
    TOWN,
    Piece,
    before_bracket,
    is_company,
    is_town_name,
    is_where,
    parted,
    without_half_bracket,
)
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.name_tags import has_whole
from tailor.reading.posting.title import names_job, title_words
from tailor.values.posting import PostingLine

_PLACE_LABEL = re.compile(
    LABEL.format(
        "job location|work location|location details|location|locations|place|place of work|"
        "based in|city|office location|duty station|station|town|site|where"
    ),
    re.IGNORECASE,
)
_BARE_PLACE_LABEL = re.compile(
    r"^(?:(?:job |work )?locations?|.*\bin the following locations?)\s*:?$", re.IGNORECASE
)
_PLACE_IN_PROSE = re.compile(
    r"\b(?:based|located|situated|base|office|job|role|position|team|work)\s+(?:is\s+|are\s+)?"
    rf"(?:in|at|out of)\s+(?:our\s+|central\s+|downtown\s+)?"
    rf"(?P<value>{TOWN}(?:,\s*{TOWN}){{0,2}})"
    rf"|\b[Ii]n\s+our\s+(?P<office>{TOWN})\s+office"
)
# Where a town that nobody knows is plainly said to be the job's.
_PLAINLY_IN = re.compile(
    r"(?:^|[Yy]ou(?: will be|['’]ll be|['’]d be| would be| are) |"
    r"(?:[Rr]ole|[Jj]ob|[Pp]ost|[Pp]osition|[Tt]eam) is |[Ww]e are |[Ww]e['’]re )"
    rf"(?:[Bb]ased|located|situated) (?:in|at|near) (?P<value>{TOWN}(?:, {TOWN})?)"
    rf"|\b[Oo]ur (?P<office>{TOWN}) (?:office|site|branch|depot|workshop|clinic|studio|plant)\b"
)
_BEFORE_TOWNS = ("ased ", "located ", "situated ", "our ", "Our ")
_NO_TOWN = frozenset(
    "head main corporate home new central regional local global front back post state "
    "modern busy".split()
)
_BEHIND_NAME = re.compile(
    rf"(?:, | in | of | at )(?P<value>{TOWN}(?:, {TOWN})?),? "
    r"(?:is|are|needs?|seeks?|requires?|invites?|wants?|looks?|has|have|wishes)\b"
)
_OF_PAY = re.compile(r"[$€£]\s?\d|\b(?:pay|salary|compensation)\b", re.IGNORECASE)
_CITY_AND_REGION = re.compile(r"(?:[A-Z][\w.'’-]*(?: |, )){1,3}[A-Z][\w.'’-]+")
_LONGEST_PLACE = 12
_FURNITURE = re.compile(
    r"(?:register|log ?in|sign (?:in|up)|search|share|save|date|menu|home|hi|hello|visa|inc|mobile|"
    r".*\b(?:vacancy|vacancies|announcement)\b|"
    r"(?:date |in this |about ).*|.*\b(?:seeks|is|are|has)|(?:deine?|ihre?|unsere?) .*)\b",
    re.IGNORECASE,
)
_ARRANGEMENT = re.compile(
    r"hybrid|remote|on-?site|\bdays?\b|vacanc|position|home|flexible|office|travel|\d",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r" (?:[A-Z]{1,2}\d[A-Z\d]?(?: \d[A-Z]{2})?|\d{5})$")  # "Bristol BS2"
_NO_PLACE = re.compile(r"(?:hybrid|remote)\b", re.IGNORECASE)  # only where no town is said
_NOWHERE = 3
_SAYS = re.compile(r"\b(?:[Ww]e|[Yy]ou|[Tt]his|[Mm]ust|will|is|are|our|your|has|have|can|at)\b")
_SMALL = re.compile(r"\b(?!(?:and|or|of|in|from|within|the|remote|hybrid)\b)[a-z][a-z-]{2,30}")
_FEW_SMALL = 4  # words that no name has
_OF_WORK = re.compile(
    r"\b(?:remote(?:ly)?|based?|located?|reside|live|living|work|on-?site|hybrid)\b", re.IGNORECASE
)
_CAPITAL = r"(?:(?:[A-Z]\.){2,4}|[A-Z][\w'’/-]{0,30})"
_WHERE = re.compile(
    r"\b(?:in|within|of|from|at)\s(?:(?:the|our|any|state of)\s){0,2}"
    rf"(?P<place>{_CAPITAL}(?:,?\s(?:(?:and|or|of|the)\s){{0,3}}{_CAPITAL}){{0,9}})"
)
_ABBREVIATED = re.compile(r"\b[A-Z]\.$|\b(?:St|Mt|Wash)\.$")
_VACANCIES = re.compile(r"^\d+ (?:vacanc(?:y|ies)|positions?|posts?) in ")


def labelled_place(lines: Sequence[PostingLine]) -> str:
    """Return the place that a pin or a label says."""
    for line in lines[:TOP_LINES]:
        match = PLACE_SIGN.search(line.text)
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


def place_at_top(top: Sequence[Piece], company: str) -> str:
    """Return the surest place among the pieces at the top: beside the company, then alone."""
    found: list[tuple[int, str]] = []
    for piece in top:
        name, place = parted(piece.text)
        is_other = piece.text == company or names_job(piece.text)
        if place and is_company(name, ""):
            found.append((0, place))
        elif is_other or is_employment_type(piece.text) or (piece.line == 0 and piece.of == 1):
            continue
        elif is_where(town := _POSTCODE.sub("", piece.text)) and (
            is_place(town) or town[0].isupper()
        ):
            beside = any(other.line == piece.line and other.text == company for other in top)
            rank = _NOWHERE if _NO_PLACE.match(town) else 0 if beside else 1
            found.append((rank, piece.text))
        elif piece.of == 1 and _CITY_AND_REGION.fullmatch(piece.text):
            found.append((2, piece.text))
    return min(found, key=lambda one: one[0], default=(0, ""))[1]


def place_in_prose(lines: Sequence[PostingLine], company: str) -> str:
    """Return the place that running text names: "based in Leeds"."""
    for line in lines:
        if _OF_PAY.search(line.text):  # laws of pay name states
            continue
        for match in _PLACE_IN_PROSE.finditer(line.text):
            value = next(filter(None, match.groups())).strip(" .,")
            parts = [part.strip() for part in value.split(",")]
            while parts and not (is_place(", ".join(parts)) or is_town_name(parts[0])):
                parts.pop()
            if (
                parts
                and parts[0] != company
                and parts[0].casefold() not in title_words("no_company")
            ):
                return ", ".join(parts)
    return ""


def unknown_place_in_prose(lines: Sequence[PostingLine], company: str) -> str:
    """Return a town nobody knows where it is plainly the job's: "You will be based in Arnside".

    So is one behind the employer's name: "Hartley Saddlers, Stow, are looking for a …".
    """
    for line in lines:
        begins = company and line.text.removeprefix("The ").startswith(company)
        found = (
            _BEHIND_NAME.match(line.text, line.text.index(company) + len(company))
            if begins
            else None
        )
        if not found and any(word in line.text for word in _BEFORE_TOWNS):
            found = _PLAINLY_IN.search(line.text)
        value = next(filter(None, found.groups()), "") if found else ""
        first = value.split(",")[0]
        words = set(first.lower().split())
        if not value or words & (_NO_TOWN | title_words("no_company")) or first == company:
            continue
        if not names_job(first) and not has_word(first, "organisation"):
            return value
    return ""


def plausible_place(place: str, lines: Sequence[PostingLine]) -> str:
    """Return a place if it may be one: no heading, no name of a page, no word of the text.

    "Mission" above "our mission", "Register" of "Sign in | Register", "About Us".
    """
    if not place or "," in place or is_region(place) or _ARRANGEMENT.search(place):
        return place
    cues = find_cues(place)
    if is_usual_heading(cues) or cues.has("furniture") or _FURNITURE.match(place):
        return ""
    if heading_kind(place) and not is_town_name(place):
        return ""
    words = place.split()
    small = place.lower()
    is_word = len(words) == 1 and any(has_whole(line.text, small, "-") for line in lines)
    return "" if is_word and small != place else place


def bare_place(place: str) -> str:
    """Return a place without how many are wanted there, how often, and its full stop.

    Of a sentence it is what that says to be the place: "This role is based in Peru".
    """
    place = _VACANCIES.sub("", place)
    if _SAYS.search(place) or len(_SMALL.findall(place)) > _FEW_SMALL:
        of_work = _OF_WORK.search(place)
        where = _WHERE.search(place) if of_work else None
        is_remote = of_work and of_work[0].lower() == "remote"
        place = where["place"] if where else "Remote" if is_remote else ""
    place = place.strip(" ,;:/|&–-")
    if not _ABBREVIATED.search(place):
        place = place.rstrip(".")
    place = without_half_bracket(place)
    front, inside = before_bracket(place)
    return front if front and _ARRANGEMENT.search(inside) else place
