"""Find the title, the company and the place in the lines of a posting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tailor.posting import PostingLine

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
# Words by which a line names a job.
_JOB_WORDS = frozenset(
    "accountant administrator advisor advocate agent analyst architect artist assistant associate "
    "attorney auditor buyer chef chief clerk coach consultant controller coordinator copywriter "
    "counsel designer developer devops director doctor driver editor electrician engineer estimator "
    "executive expert fellow generalist head instructor intern inspector journalist lawyer lead "
    "leader lecturer librarian manager marketer mechanic mentor nurse officer operator owner paralegal "
    "partner pharmacist physician planner postdoc president principal producer professor programmer "
    "recruiter representative researcher scientist secretary specialist sre strategist supervisor "
    "support surgeon teacher technician technologist therapist trainer translator tutor underwriter "
    "worker writer editor cto ceo cfo vp postdoctoral internship apprentice".split()
)
_LOOKING_FOR = re.compile(
    r"\b(?:looking for|seeking|hiring|to join us as|join .{1,40}? as|role of|position of|"
    r"^as|in your role as|work as)\s+(?:an?|our(?: next)?|the|for an?)\s+(?P<value>[^.,;:!?]{3,70})",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"\s+(?:to|who|that|with|for our|for the|in our|in the|on our|on the|at|you|will|we|is|and you|based|"
    r"within|where)\b.*$",
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
    r"^[A-Z][\w.'’-]*(?:[ -][A-Z][\w.'’-]*){0,3},\s*[A-Z][\w.'’ -]{1,30}(?:\s*[|;/]\s*.+)?$"
)


def find_title(lines: Sequence[PostingLine]) -> str:
    """Return the job's title, or "": from a label, the first lines, or "looking for a …"."""
    for line in lines[:12]:
        match = _TITLE_LABEL.match(line.text)
        if match and len(match["value"].split()) <= 14:
            return match["value"].strip()
    for line in lines[:3]:
        first = _SEPARATOR.split(line.text)[0] if _names_job(line.text) else line.text
        if _names_job(first) and len(line.text.split()) <= 14 and line.text[-1] not in ".!?:":
            return first.strip(" ,:")
    for line in lines:
        for match in _LOOKING_FOR.finditer(line.text):
            value = _TITLE_TAIL.sub("", match["value"]).strip(" '\"“”")
            if _names_job(value) and len(value.split()) <= 9:
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


def _names_job(text: str) -> bool:
    words = {word.strip("().,:;/").lower() for word in re.split(r"[\s/]+", text)}
    return bool(words & _JOB_WORDS)
