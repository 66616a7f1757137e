"""The job's title and the company, as a page's own data and headings give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tailor.reading.cv.names import is_place
from tailor.reading.posting.titles import clean_title, names_job
from tailor.reading.web.tree import Element, text_of, words_of_names
from tailor.reading.web.visible import is_unseen

_SEPARATOR = re.compile(r"(?<!\s)\s+[|·•–—»›:-]\s+|(?:(?<!\s)\s+)?\|\s*")
# "Job Application for X at Y", "Y hiring X in Z", "X at Y" (with a separator or the end behind).
_PHRASES = (
    re.compile(
        r"^job application for (?P<title>.{1,150}?) at (?P<company>[^|]{1,150}?)(?:\s[|–-]\s.*)?$",
        re.IGNORECASE,
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
    r"successfactors|ziprecruiter|reed\.co\.uk|totaljobs|wellfound|dice|jobs?|careers?|karriere|vacanc(?:y|ies)|"
    r"stellen\w*|home|apply|recruiting|wordpress|openings?|hiring)\b",
    re.IGNORECASE,
)
_COMPANY_NAMES = re.compile(
    r"(?:^|-)(?:company-name|companyname|employer-name|org(?:anization|anisation)?-name(?:-link)?|"
    r"hiring-company|inline-header-company-name)(?:-|$)"
)
_CAREERS = re.compile(r"\b(?:careers?|jobs?|karriere)\b", re.IGNORECASE)
_LONGEST_TITLE = 14
_LONGEST_COMPANY = 60
_HEADINGS = 12


@dataclass(frozen=True, slots=True)
class PageNames:
    """What a page calls the job and the company; "" where it does not say.

    `heading` is the element in which the title stands.
    """

    title: str = ""
    company: str = ""
    place: str = ""
    heading: Element | None = None


def find_names(root: Element) -> PageNames:
    """Return the names that the page gives outside its running text."""
    page = _text_at(root, ".//head/title") or _text_at(root, ".//title")
    shared = _meta(root, "og:title") or _meta(root, "twitter:title")
    heading = _title_heading(root, f"{page}\n{shared}")
    said = next((m for t in (page, shared) if t for p in _PHRASES if (m := p.match(t))), None)
    spoken = said.groupdict() if said and names_job(said["title"]) else {}
    shown = text_of(heading) if heading is not None else ""
    title = shown or spoken.get("title") or _page_title(shared) or _page_title(page)
    company = _marked_company(root) or spoken.get("company", "") or _site(root)
    company = company or _beside(page, shown) or _beside(shared, shown)
    place = spoken.get("place", "")
    return PageNames(clean_title(title), company.strip(), place if is_place(place) else "", heading)


def _title_heading(root: Element, page: str) -> Element | None:
    """Return the heading that the page's title repeats, else one that names a job."""
    headings = [
        element
        for tag in ("h1", "h2", "h3")
        for element in root.iter(tag)
        if not is_unseen(element) and 0 < len(text_of(element).split()) <= 2 * _LONGEST_TITLE
    ][: 4 * _HEADINGS]
    folded = page.casefold()
    for heading in headings:
        text = text_of(heading).casefold()
        if len(text) > 3 and text in folded and not _is_site(text):
            return heading
    first = [heading for heading in headings if heading.tag == "h1"]
    named = [heading for heading in first if _names_a_job(text_of(heading))]
    if named:
        return named[0]
    return first[0] if len(first) == 1 and not _is_site(text_of(first[0])) else None


def _names_a_job(text: str) -> bool:
    return names_job(text) and len(text.split()) <= _LONGEST_TITLE and text[-1] not in ".!?:"


def _page_title(text: str) -> str:
    """Return the part of a page's title that names the job."""
    parts = [part for part in _SEPARATOR.split(text) if part]
    named = [part for part in parts if names_job(part) and not _is_site(part)]
    return named[0] if named else (parts[0] if parts and not _is_site(parts[0]) else "")


def _beside(page: str, title: str) -> str:
    """Return what stands beside the job in the page's title and is neither place nor site."""
    rest = page.replace(title, "", 1) if title and title in page else ""
    for part in reversed(_SEPARATOR.split(rest)):
        name = part.strip(" ,|–-")
        if name and not (is_place(name) or _is_site(name) or names_job(name)):
            is_short = len(name.split()) <= 5 and not re.search(r"\d{3}", name)
            return name if is_short else ""
    return ""


def _marked_company(root: Element) -> str:
    for element in root.iter("a", "span", "div", "p", "h2", "h3", "h4", "strong", "dd"):
        if not (element.get("class") or element.get("id") or element.get("data-testid")):
            continue
        if _COMPANY_NAMES.search("-".join(words_of_names(element))):
            name = text_of(element).removeprefix("at ")
            if 0 < len(name) <= _LONGEST_COMPANY:
                return name
    return ""


def _site(root: Element) -> str:
    name = _meta(root, "og:site_name")
    found = _CAREERS.search(name)
    if found:
        before = name[: found.start()].rstrip()
        name = before[:-1].rstrip() if before.endswith(("|", "–", "-")) else before
    return "" if not name or _is_site(name) or len(name) > _LONGEST_COMPANY else name


def _is_site(name: str) -> bool:
    return bool(_SITES.search(name)) and not names_job(name)


def _meta(root: Element, name: str) -> str:
    for element in root.iter("meta"):
        if name in {element.get("property"), element.get("name")}:
            return " ".join((element.get("content") or "").split())
    return ""


def _text_at(root: Element, path: str) -> str:
    found = root.find(path)
    return text_of(found) if found is not None else ""
