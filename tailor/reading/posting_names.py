"""Find the title, the company and the place in the lines of a posting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from tailor.posting import PostingLine
from tailor.resources import data_toml

_LABEL = r"^(?:{0})\s*[:–-]\s+(?P<value>\S.*)$"
_TITLE_LABEL = re.compile(
    _LABEL.format("job title|position title|title|position|role|job|vacancy"), re.IGNORECASE
)
_COMPANY_LABEL = re.compile(
    _LABEL.format("company|company name|employer|organi[sz]ation|firm"), re.IGNORECASE
)
_PLACE_LABEL = re.compile(
    _LABEL.format("job location|location|locations|place|place of work|based in|city"),
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[—–|·•]\s+|\s+-\s+")
_LOOKING_FOR = re.compile(
    r"\b(?:(?:looking for|seeking|hiring|join .{1,40}? as|role of|position of|your role as|work as)"
    r"\s+(?:an?|our(?: next)?|the|for an?)|^as an?(?=[^.,;:!?]{3,70},\s+you\b))\s+"
    r"(?P<value>[^.,;:!?]{3,70})",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"\s+(?:to|who|that|with|for our|for the|in our|in the|on our|on the|at|you|will|we|is|"
    r"and you|based|within|where)\b.*$",
    re.IGNORECASE,
)
_PLACE_TAIL = re.compile(r"\s+(?:in|for)\s+[A-Z].*$")
_GENDERS = re.compile(r"\s*\(\s*[a-zA-Z*]{1,3}(?:\s*[/|]\s*[a-zA-Z*]{1,3}){1,3}\s*\)")
# What postings call the person they hope for; no part of the title.
_PRAISE = re.compile(
    r"^(?:(?:highly|very|seasoned|motivated|talented|experienced|skilled|passionate|collaborative|"
    r"dynamic|driven|self-driven|self-motivated|dedicated|enthusiastic|strong|creative|ambitious|"
    r"exceptional|remote|full-time|part-time|new|great|hands-on|proactive|and),?\s+)+",
    re.IGNORECASE,
)
_NAME = r"(?P<value>(?:[A-Z0-9][\w&.'’-]*)(?:\s+(?:of|and|the|&|[A-Z0-9][\w&.'’-]*)){0,4})"
_COMPANY_PATTERNS = (
    (3, re.compile(rf"^(?:About|Working at|Life at|Why(?: join)?|Join)\s+{_NAME}\s*[?:]?$")),
    (2, re.compile(rf"\b(?:At|Join|About)\s+{_NAME}(?=[,.]|\s+(?:we|you|as|is|and|to)\b)")),
    (
        1,
        re.compile(
            rf"^{_NAME}\s+(?:is|was|has|provides|builds|helps|offers|believes|strives|makes)\b"
        ),
    ),
)
_NO_COMPANY = frozenset(
    "the this us you your our we role team job position company it what who why how opportunity "
    "there here that these those a an as in at and for if all responsibilities requirements "
    "department description summary overview".split()
)
_PLACE = re.compile(
    r"^[A-Z][\w.'’-]*(?: (?:upon|on|of|the|am|an|de|la|[A-Z][\w.'’-]*)){0,4},"
    r"\s*[A-Z][\w.'’ -]{1,30}(?:\s*[|;/]\s*.+)?$"
)


def find_title(lines: Sequence[PostingLine]) -> str:
    """Return the job's title, or "": from a label, the first lines, or "looking for a …"."""
    for line in lines[:12]:
        match = _TITLE_LABEL.match(line.text)
        if match and len(match["value"].split()) <= 14:
            return _GENDERS.sub("", match["value"]).strip()
    for line in lines[:3]:
        first = _SEPARATOR.split(line.text)[0] if _names_job(line.text) else line.text
        if (
            _names_job(first)
            and _is_name(first)
            and len(line.text.split()) <= 14
            and line.text[-1] not in ".!?:"
        ):
            return _GENDERS.sub("", first).strip(" ,:")
    for line in lines:
        for match in _LOOKING_FOR.finditer(line.text):
            value = _PLACE_TAIL.sub("", _TITLE_TAIL.sub("", match["value"]))
            value = _PRAISE.sub("", value.strip(" '\"“”"))
            value = _GENDERS.sub("", value).strip()
            if _names_job(value) and 2 <= len(value.split()) <= 9:
                return value
    return ""


def find_company(lines: Sequence[PostingLine]) -> str:
    """Return the company, or "": from a label, the line below the title, or what recurs."""
    for line in lines[:15]:
        match = _COMPANY_LABEL.match(line.text)
        if match:
            return match["value"].strip()
    votes: Counter[str] = Counter()
    for line in lines:
        for weight, pattern in _COMPANY_PATTERNS:
            for match in pattern.finditer(line.text):
                value = match["value"].strip(" .,'’").removesuffix("'s").removesuffix("’s")
                if value.split()[0].lower() not in _NO_COMPANY and not _names_job(value):
                    votes[value] += weight
    for line in lines[1:3]:
        head = _SEPARATOR.split(line.text)[0].strip()
        if head != line.text and 0 < len(head.split()) <= 5 and not _names_job(head):
            votes[head] += 3
    text = "\n".join(line.text for line in lines)
    votes = Counter({name: number for name, number in votes.items() if _is_name(name)})
    best = max(votes, key=lambda name: (votes[name], len(name)), default="")
    return best if best and (votes[best] > 1 or text.count(best) > 1) else ""


def find_place(lines: Sequence[PostingLine], company: str) -> str:
    """Return the place of work, or "": from a label or a "City, Country" near the top."""
    for line in lines:
        match = _PLACE_LABEL.match(line.text)
        if match and len(match["value"].split()) <= 12:
            return match["value"].strip()
    for line in lines[1:4]:
        for part in _SEPARATOR.split(line.text):
            if part != company and _PLACE.match(part) and not _names_job(part):
                return part.strip()
    return ""


def _is_name(text: str) -> bool:
    """Tell what may be a company's name from amounts, addresses, sentences and places of work."""
    return not (
        re.search(r"[$€£]|https?:|www\.|[.!?] [A-Z]", text)
        or text.casefold() in {"remote", "usa", "us", "uk", "hybrid", "full-time", "part-time"}
    )


def _names_job(text: str) -> bool:
    words = {word.strip("().,:;/").lower() for word in re.split(r"[\s/]+", text)}
    return bool(words & _job_words())


@cache
def _job_words() -> frozenset[str]:
    return frozenset(data_toml("titles.toml")["job"].split())
