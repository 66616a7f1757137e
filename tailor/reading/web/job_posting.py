"""What a page says of its job outside the running text: schema.org's JobPosting, titles, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from tailor.reading.cv.names import is_place
from tailor.reading.posting.title import clean_title, names_job
from tailor.reading.web.page import Element, is_unseen, line_of, text_of

# Fields with text, and the heading that the text gets.
_FIELDS = {
    "description": "",
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "educationRequirements": "Education requirements",
    "experienceRequirements": "Experience requirements",
    "skills": "Skills",
}
_TYPE = re.compile(r"(?:^|[/:#])JobPosting$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;/?[a-z][a-z0-9]*\b[^<>&]{0,40}&(?:amp;)?gt;", re.IGNORECASE
)
_MOST_POSTINGS = 200
_MOST_PLACES = 3
_MOST_PROPERTIES = 200

_SEPARATOR = re.compile(r"(?<!\s)\s+[|·•–—»›:-]\s+|(?:(?<!\s)\s+)?\|\s*")
# Titles of pages: "Job Application for X at Y", "Y hiring X in Z", "X at Y".
_PHRASES = (
    re.compile(
        r"^(?i:job application for) (?P<title>.{1,150}?) at (?P<company>[^|]{1,150}?)"
        r"(?:\s[|–-]\s.*)?$"
    ),
    re.compile(
        r"^(?P<company>.{1,150}?) hiring (?P<title>.{1,150}?) in "
        r"(?P<place>[^|]*[^|\s])\s*(?:\|.*)?$"
    ),
    re.compile(
        r"^(?P<title>[^|]{1,150}?) (?:at|@|bei) (?P<company>[A-Z][^|]{0,150}?)(?:\s[|–-]\s.*)?$"
    ),
)
# Sites that show the postings of others, and words for pages: no company's name.
_SITES = re.compile(
    r"\b(?:linkedin|indeed|glassdoor|stepstone|monster|xing|greenhouse|lever|workday|myworkdayjobs|"
    r"smartrecruiters|ashby|teamtailor|workable|personio|recruitee|bamboohr|icims|taleo|jobvite|"
    r"successfactors|ziprecruiter|reed\.co\.uk|totaljobs|wellfound|dice|seek|\w*jobs?|\w*careers?|"
    r"karriere|vacanc(?:y|ies)|stellen\w*|home|apply|recruiting|wordpress|openings?|hiring)\b",
    re.IGNORECASE,
)
_ITS_CAREERS = re.compile(r"(?<=\w) (?:careers?|karriere|jobs)$", re.IGNORECASE)
_CAREERS = re.compile(r"\b(?:careers?|jobs?|karriere)\b", re.IGNORECASE)
# What pages call the element in which the company stands, dashes and capitals aside.
_COMPANY_NAMES = re.compile(
    r"companyname|employername|advertiser|org(?:ani[sz]ation)?name|hiringcompany|\bemployer\b|\bcompany\b"
)
_NAMING = ("class", "id", "data-testid", "data-automation-id", "data-automation")
_LONGEST_TITLE = 14  # words
_LONGEST_COMPANY = 60  # characters
_LONGEST = 300  # characters of a page's title
_HEADINGS = 48  # that are looked at


@dataclass(frozen=True, slots=True)
class Part:
    """A text, HTML or plain, under the usual heading of its field, and its line."""

    heading: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class JobData:
    """What a page says of its job; "" where it does not say.

    `parts` are the description and the like; `element` is what the page marks as the
    posting, or the heading with its title. `site` is whose page it is: the employer's as a rule,
    and a board's at times.
    """

    title: str = ""
    company: str = ""
    place: str = ""
    parts: tuple[Part, ...] = ()
    element: Element | None = None
    site: str = ""


def data_of_page(root: Element) -> JobData:
    """Return the JobPosting that the page's data hold: JSON-LD before microdata and RDFa.

    Of several, it is the one whose title stands in the title of the page.
    """
    page = text_of(root.find(".//title"))
    found = list(islice(_in_json(root), _MOST_POSTINGS)) or list(islice(_marked(root), 1))
    named = [data for data in found if data.title and data.title.casefold() in page.casefold()]
    return next(iter(named or found), JobData())


def names_of_page(root: Element) -> JobData:
    """Return title, company and place as the page's titles and headings give them."""
    page, shared = text_of(root.find(".//title"))[:_LONGEST], _meta(root, "og:title")
    said = [m.groupdict() for text in (page, shared) for p in _PHRASES if (m := p.match(text))]
    spoken = said[0] if said and names_job(said[0]["title"]) else {}
    heading = _title_heading(root, f"{page} {shared}")
    shown = text_of(heading)
    site = _CAREERS.split(_meta(root, "og:site_name"))[0].rstrip(" |–-")
    company = _named_company(root) or spoken.get("company") or ""
    site = (
        ("" if _is_site(site) or len(site) > _LONGEST_COMPANY else site)
        or _beside_job(page, shown)
        or _beside_job(shared, shown)
    )
    title = shown or spoken.get("title") or _job_in(shared) or _job_in(page)
    place = spoken.get("place", "")
    place = place if is_place(place) else ""
    return JobData(clean_title(title), company, place, (), heading, site)


def _in_json(root: Element) -> Iterator[JobData]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for data in _job_postings(_loaded(script.text or "")):
                texts = ((heading, _html(data.get(key))) for key, heading in _FIELDS.items())
                line = line_of(script)
                yield _job_data(data, parts=tuple(Part(h, text, line) for h, text in texts if text))


def _marked(root: Element) -> Iterator[JobData]:
    """Yield the postings that the page's own elements are marked as, by microdata or RDFa."""
    for posting in root.iter("*"):
        for attribute, types in (("itemprop", "itemtype"), ("property", "typeof")):
            if any(_TYPE.search(name) for name in (posting.get(types) or "").split()):
                data = _properties(posting, attribute)
                location = {"address": data, "name": data.get("jobLocation")}
                yield _job_data({**data, "jobLocation": location}, element=posting)


def _properties(posting: Element, attribute: str) -> dict[str, str]:
    """Return the text of each property of a posting, the company's name for the company."""
    found: dict[str, str] = {}
    company: Element | None = None
    marked = (element for element in posting.iterdescendants("*") if element.get(attribute))
    for element in islice(marked, _MOST_PROPERTIES):
        text = element.get("content") or text_of(element)
        for name in (name.rpartition(":")[2] for name in element.get(attribute, "").split()):
            if name == "name" and company is not None and company in element.iterancestors():
                found["hiringOrganization"] = text
                continue
            company = element if name == "hiringOrganization" else company
            found.setdefault(name, text)
    return found


def _job_data(data: Mapping[str, Any], **others: Any) -> JobData:  # noqa: ANN401
    title = _plain(data.get("title")) or _plain(data.get("name"))
    return JobData(title, _plain(data.get("hiringOrganization")), _place(data), **others)


def _loaded(text: str) -> list[Any]:
    """Return the objects of JSON in a script, whose text has the usual faults of pages."""
    decoder = json.JSONDecoder(strict=False)
    for candidate in (text, _TRAILING_COMMA.sub("", text), unescape(text)):
        objects = []
        start = candidate.find("{")
        while start >= 0:
            try:
                value, end = decoder.raw_decode(candidate, start)
            except (ValueError, RecursionError):
                break
            objects.append(value)
            start = candidate.find("{", end)
        if objects:
            return objects
    return []


def _job_postings(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the JobPostings anywhere in `data`, in its order."""
    rest = [data]
    while rest:
        value = rest.pop()
        if isinstance(value, list):
            rest.extend(reversed(value))
        elif isinstance(value, dict):
            if any(isinstance(n, str) and _TYPE.search(n) for n in _listed(value.get("@type"))):
                yield value
            else:
                rest.extend(reversed(value.values()))


def _html(value: Any) -> str:  # noqa: ANN401
    """Return a text, which may be HTML; lists become one line for each text in them."""
    if isinstance(value, str):
        for _ in range(2):  # tags are escaped once as a rule, and twice at times
            if "</" not in value and _ESCAPED_TAG.search(value):
                value = unescape(value)
        return str(value).strip()
    if isinstance(value, list):
        return "".join(f"<div>{text}</div>" for each in value if (text := _html(each)))
    if isinstance(value, dict):
        keys = ("description", "credentialCategory", "name", "@value")
        return next((text for key in keys if (text := _html(value.get(key)))), "")
    return ""


def _plain(value: Any) -> str:  # noqa: ANN401
    """Return a name, given as a text, an object or a list of them; "" for an address."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    text = " ".join(unescape(value).split()) if isinstance(value, str) else ""
    return "" if text.startswith(("http:", "https:")) else text


def _place(data: Mapping[str, Any]) -> str:
    """Return "City, Region or Country" of each place, or "Remote" with the country."""
    places = [name for each in _listed(data.get("jobLocation")) if (name := _place_name(each))]
    if data.get("jobLocationType") == "TELECOMMUTE" and not places:
        wanted = _listed(data.get("applicantLocationRequirements"))
        return ", ".join(filter(None, ["Remote", *map(_plain, wanted[:1])]))
    return "; ".join(dict.fromkeys(places[:_MOST_PLACES]))


def _place_name(place: Any) -> str:  # noqa: ANN401
    address = place.get("address", place) if isinstance(place, dict) else place
    address = address[0] if isinstance(address, list) and address else address
    if not isinstance(address, dict):
        return _plain(address)
    city, region, country = (
        _plain(address.get(f"address{part}")) for part in ("Locality", "Region", "Country")
    )
    around = region if region and region != city else country
    return ", ".join(filter(None, (city, around))) or _plain(place.get("name"))


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _title_heading(root: Element, page: str) -> Element | None:
    """Return the heading that the page's title repeats, else one that names a job."""
    headings = [
        heading
        for tag in ("h1", "h2", "h3")
        for heading in root.iter(tag)
        if not is_unseen(heading) and 0 < len(text_of(heading).split()) <= 2 * _LONGEST_TITLE
    ][:_HEADINGS]
    own = [heading for heading in headings if not _is_site(text_of(heading))]
    repeated = [h for h in own if len(text_of(h)) > 3 and text_of(h).casefold() in page.casefold()]
    first = [heading for heading in headings if heading.tag == "h1"]
    naming = [heading for heading in own if _names_a_job(text_of(heading))]
    named = [heading for heading in naming if heading.tag == "h1"]
    if not (repeated or named) and len(first) == 1 and first[0] in own:
        return first[0]
    # A page called "Job postings" has its jobs in the headings below.
    return next(iter(repeated or named or naming), None)


def _names_a_job(text: str) -> bool:
    return names_job(text) and len(text.split()) <= _LONGEST_TITLE and text[-1] not in ".!?:"


def _job_in(page: str) -> str:
    """Return the part of a page's title that names a job, else the first that may be one."""
    parts = [part for part in _SEPARATOR.split(page) if part and not _is_site(part)]
    return next((part for part in parts if names_job(part)), next(iter(parts), ""))


def _beside_job(page: str, job: str) -> str:
    """Return the last part of a page's title that is neither the job nor a place or site."""
    for part in reversed(_SEPARATOR.split(page.replace(job, "", 1))):
        name = part.strip(" ,|–-")
        name = _ITS_CAREERS.sub("", name) or name  # "Orrin Labs Careers"
        if name and name != page and not (is_place(name) or _is_site(name) or names_job(name)):
            return name if len(name.split()) <= 5 and not re.search(r"\d{3}", name) else ""
    return ""


def _named_company(root: Element) -> str:
    """Return the text of the element that the page calls the company's name, else ""."""
    for element in root.iter("a", "span", "div", "p", "h2", "h3", "h4", "strong", "dd"):
        names = " ".join(filter(None, map(element.get, _NAMING)))[:_LONGEST]
        if _COMPANY_NAMES.search(re.sub(r"[-_]", "", names).lower()):
            name = text_of(element).removeprefix("at ")
            if 0 < len(name) <= _LONGEST_COMPANY:
                return name
    return ""


def _is_site(name: str) -> bool:
    return bool(_SITES.search(name)) and not names_job(name)


def _meta(root: Element, name: str) -> str:
    for element in root.iter("meta"):
        if name in {element.get("property"), element.get("name")}:
            return " ".join((element.get("content") or "").split())[:_LONGEST]
    return ""
