"""The company and the place of work in the lines of a posting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from tailor.reading.cv.names import is_place
from tailor.reading.posting.title import names_job
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

_LABEL = r"^(?:{0})\s*[:–-]\s+(?P<value>\S.*)$"
_COMPANY_LABEL = re.compile(
    _LABEL.format("company|company name|employer|organi[sz]ation|firm|agency"), re.IGNORECASE
)
_PLACE_LABEL = re.compile(
    _LABEL.format(
        "job location|work location|location details|location|locations|place|place of work|"
        "based in|city|office location|duty station"
    ),
    re.IGNORECASE,
)
_BARE_PLACE_LABEL = re.compile(r"^(?:job |work )?locations?\s*:?$", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?<!\s)\s+[—–|·•-]\s+|(?:(?<!\s)\s+)?\|\s*")
_WORD = r"[A-Z0-9][\w&.'’!+-]{0,30}"
_NAME = rf"(?P<value>{_WORD}(?:\s+(?:of|and|the|&|{_WORD}){{1}}){{0,4}})"
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
            rf"\b(?:At|Join|About|join|at|Here at)\s+{_NAME}"
            r"(?=[,.!]|$|\s+(?:we|you|as|is|and|to|where|in|the|our|it)\b)"
        ),
    ),
    (
        3,
        (" is ",),
        re.compile(
            rf"(?:^|(?<=[.!?]\s)|(?<=\d\d,\s))(?:The )?{_NAME}{_FORM}"
            r"\s+is (?:currently |now |actively )?(?:seeking|looking|hiring|searching|recruiting|"
            r"an?|the|one|on|committed|proud|building)\b"
        ),
    ),
    (1, ("",), re.compile(rf"^{_NAME},?{_FORM}\s+{_IS}\b")),
    (2, ("",), re.compile(rf"^{_NAME},\s(?:the|an?|one of|part of)\b")),
    (1, ("'s ", "’s "), re.compile(rf"(?<![\w&.'’!+-]){_NAME}(?=['’]s\s+{_OWNED})")),
)
_PLACE = re.compile(
    r"^[A-Z][\w.'’-]*(?: (?:upon|on|of|the|am|an|de|la|[A-Z][\w.'’-]*)){0,4},"
    r"\s*[A-Z][\w.'’ -]{1,30}(?:\s*[|;/]\s*.+)?$"
)
# Job boards put a globe or a pin before the place, and other pictures before the next fact.
_PLACE_SIGN = re.compile(r"[🌎🌍🌏📍]\ufe0f?\s*(?P<value>[^|`🌎🌍🌏📍💰⏰💼]{2,120})")
_NEVER_IN_NAME = frozenset(
    "role job position mission hours location you overview description".split()
)
_TOP_LINES = 15
_LONGEST_PLACE = 12
_MOST_COUNTED = 40  # names; counting each in a long text takes time


def find_company(lines: Sequence[PostingLine], title: str = "") -> str:
    """Return the company, or "": from a label, the lines beside the title, or what recurs."""
    for line in lines[:_TOP_LINES]:
        match = _COMPANY_LABEL.match(line.text)
        if match and _is_company(match["value"].strip(), title):
            return match["value"].strip()
    votes: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if line.is_item and not line.is_heading:
            continue
        for weight, parts, pattern in _COMPANY_PATTERNS:
            if not any(part in line.text for part in parts):
                continue
            for match in pattern.finditer(line.text):
                value = _bare(match["value"])
                if _is_company(value, title):
                    votes[value] += weight + (index < _TOP_LINES)
    for value in _beside_title(lines, title):
        votes[value] += 4
    text = "\n".join(line.text for line in lines)
    likely = [name for name, _ in votes.most_common(_MOST_COUNTED)]
    best = max(likely, key=lambda name: (votes[name] + text.count(name), len(name)), default="")
    return best if best and (votes[best] > 2 or text.count(best) > 1) else ""


def find_place(lines: Sequence[PostingLine], company: str) -> str:
    """Return the place of work, or "": from a label, a pin, or a "City, Country" near the top."""
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
    for index, line in enumerate(lines[:4]):
        parts = _SEPARATOR.split(line.text)
        for part in reversed(parts) if index == 0 else parts:
            if part == company or names_job(part) or (index == 0 and len(parts) == 1):
                continue
            if _PLACE.match(part) and (index > 0 or is_place(part) or part[-1].isdigit()):
                return part.strip()
    return ""


def _beside_title(lines: Sequence[PostingLine], title: str) -> Iterator[str]:
    """Yield what stands where companies do: above or below the title, or before a dash."""
    at = next((n for n, line in enumerate(lines[:4]) if title and title in line.text), None)
    for index, line in enumerate(lines[:4]):
        if line.is_item and not line.is_heading:
            continue
        head = _SEPARATOR.split(line.text)[0].strip()
        is_set_off = head != line.text and index > 0
        between = lines[index - 1 : index + 2] if at is not None and index == at + 1 else ()
        is_below = len(between) == 3 and all(near.is_heading for near in between)
        if (is_set_off or is_below) and len(head.split()) <= 5 and _is_company(head, title):
            yield head


def _bare(value: str) -> str:
    value = value.strip(" .,'’!")
    for ending in ("'s", "’s", " and", " the", " of", " &"):
        value = value.removesuffix(ending)
    return value.strip(" .,")


def _is_company(name: str, title: str) -> bool:
    """Return whether `name` may be a company's: no amount, address, sentence, place or job."""
    words = re.findall(r"[\w'’-]+", name.lower())
    return (
        bool(words)
        and len(words) <= 6
        and words[0].replace("’", "'") not in _no_company()
        and (len(words) > 1 or len(name) > 1)
        and not set(words) & _NEVER_IN_NAME
        and not re.search(r"[$€£:]|https?|www\.|[.!?] [A-Z]|^\d[\d.,:-]*$", name)
        and not names_job(name)
        and name.casefold() != title.casefold()
        and not (is_place(name) and len(words) <= 2)
    )


@cache
def _no_company() -> frozenset[str]:
    return frozenset(data_toml("posting_cues.toml")["titles"]["no_company"].split())
