"""schema.org's JobPosting, as pages give it to search engines: JSON-LD, microdata, RDFa."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

from tailor.reading.web.tree import Element, line_of, text_of

# Fields beside the description, and the heading each one gets.
_MORE = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("educationRequirements", "Education requirements"),
    ("experienceRequirements", "Experience requirements"),
    ("skills", "Skills"),
)
_TYPE = re.compile(r"(?:^|[/:#])JobPosting$")
_WRAPPERS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
                       r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*(?:;\s*)?$")  # fmt: skip
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;/?[a-z][a-z0-9]*\b[^<>&]{0,40}&(?:amp;)?gt;", re.IGNORECASE
)
_MOST_POSTINGS = 200
_MOST_PLACES = 3
_MOST_OF_PROPERTY = 50


@dataclass(frozen=True, slots=True)
class Part:
    """A text, HTML or plain, of a field whose usual heading is `heading`, and its line."""

    heading: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class JobData:
    """A posting as a page's data give it; texts are HTML or plain, "" where there is none.

    `parts` are further fields; `line` is the line of the source.
    """

    title: str = ""
    company: str = ""
    place: str = ""
    description: str = ""
    parts: tuple[Part, ...] = ()
    line: int = 1


def find_job_data(root: Element) -> tuple[JobData, ...]:
    """Return the postings that the page's data hold, JSON-LD before the other forms."""
    found = [*_of_json(root)]
    return tuple(found or _of_markup(root))


def _of_json(root: Element) -> Iterator[JobData]:
    number = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for data in _postings(_load(script.text or "")):
            number += 1
            if number > _MOST_POSTINGS:
                return
            yield JobData(
                _plain(data.get("title")) or _plain(data.get("name")),
                _named(data.get("hiringOrganization")),
                _place(data),
                _html(data.get("description")),
                tuple(
                    Part(heading, text, line_of(script))
                    for key, heading in _MORE
                    if (text := _html(data.get(key)))
                ),
                line_of(script),
            )


def _load(text: str) -> Any:  # noqa: ANN401
    """Read JSON with the usual faults of pages; None if it is none."""
    bare = _WRAPPERS.sub("", _WRAPPERS.sub("", text.strip())).strip().removesuffix(";")
    if bare.startswith(("{&quot;", "[{&quot;")):
        bare = unescape(bare)
    for candidate in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _postings(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the JobPostings anywhere in `data`, in its order."""
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            types = value.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and _TYPE.search(name) for name in names):
                yield value
            else:
                stack.extend(reversed(list(value.values())))


def _html(value: Any) -> str:  # noqa: ANN401
    """Return a text, which may be HTML; lists become one line for each text in them."""
    if isinstance(value, str):
        return _unescaped(value).strip()
    if isinstance(value, list):
        texts = [text for each in value if (text := _html(each))]
        return "".join(f"<div>{text}</div>" for text in texts)
    if isinstance(value, dict):
        keys = ("description", "credentialCategory", "name", "@value")
        return next((text for key in keys if (text := _html(value.get(key)))), "")
    return ""


def _unescaped(text: str) -> str:
    """Undo the escapes of tags: once is usual, twice happens."""
    for _ in range(2):
        if "</" not in text and _ESCAPED_TAG.search(text):
            text = unescape(text)
    return text


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _named(value: Any) -> str:  # noqa: ANN401
    """Return the name of an organisation, given as an object, a list or a text."""
    name = _plain(value)
    return "" if name.startswith(("http:", "https:")) else name


def _place(data: dict[str, Any]) -> str:
    """Return "City, Region or Country" of each place, or "Remote" with the country."""
    places = [name for each in _listed(data.get("jobLocation")) if (name := _place_name(each))]
    if data.get("jobLocationType") == "TELECOMMUTE" and not places:
        wanted = data.get("applicantLocationRequirements")
        return ", ".join(["Remote", *(_plain(each) for each in _listed(wanted)[:1])]).rstrip(", ")
    return "; ".join(dict.fromkeys(places[:_MOST_PLACES]))


def _place_name(place: Any) -> str:  # noqa: ANN401
    if not isinstance(place, dict):
        return _plain(place)
    address = place.get("address", place)
    if isinstance(address, list):
        address = address[0] if address else ""
    if not isinstance(address, dict):
        return _plain(address)
    fields = [address.get(f"address{name}") for name in ("Locality", "Region", "Country")]
    return _joined_place([_plain(field) for field in fields]) or _plain(place.get("name"))


def _joined_place(parts: Sequence[str]) -> str:
    city, region, country = parts
    around = region if region and region != city else country
    return ", ".join(part for part in (city, around) if part)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _of_markup(root: Element) -> Iterator[JobData]:
    """Yield the postings marked in the page's own elements."""
    walker = etree.iterwalk(root, events=("start",))
    for number, (attribute, element) in enumerate(_marked_postings(walker)):
        if number >= _MOST_POSTINGS:
            return
        walker.skip_subtree()
        yield _marked(element, attribute)


def _marked_postings(walker: Iterable[tuple[str, Element]]) -> Iterator[tuple[str, Element]]:
    """Yield each element that is a posting, and the attribute that names its properties."""
    for _, element in walker:
        if _TYPE.search((element.get("itemtype") or "").strip()):
            yield "itemprop", element
        elif any(_TYPE.search(name) for name in (element.get("typeof") or "").split()):
            yield "property", element


def _marked(posting: Element, attribute: str) -> JobData:
    properties: dict[str, list[Element]] = {}
    for element in posting.iterdescendants("*"):
        for name in (element.get(attribute) or "").split():
            of_name = properties.setdefault(name.rpartition(":")[2], [])
            if len(of_name) < _MOST_OF_PROPERTY:
                of_name.append(element)

    def first(name: str) -> str:
        return _value(properties[name][0]) if properties.get(name) else ""

    firms = properties.get("hiringOrganization", [])
    names = [e for e in properties.get("name", []) if firms and firms[0] in e.iterancestors()]
    company = _value(names[0]) if names else first("hiringOrganization")
    address = [first(f"address{name}") for name in ("Locality", "Region", "Country")]
    descriptions = _outermost(properties.get("description", []))
    parts = [
        Part(heading, _source(element), line_of(element))
        for key, heading in _MORE
        for element in _outermost(properties.get(key, []))
    ]
    return JobData(
        first("title") or ("" if names else first("name")),
        company,
        _joined_place(address) or first("jobLocation"),
        "".join(_source(element) for element in descriptions),
        tuple(part for part in parts if part.text),
        line_of(descriptions[0] if descriptions else posting),
    )


def _value(element: Element) -> str:
    return " ".join((element.get("content") or text_of(element)).split())


def _outermost(elements: Sequence[Element]) -> list[Element]:
    return [e for e in elements if not any(other in e.iterancestors() for other in elements)]


def _source(element: Element) -> str:
    content = element.get("content")
    if content is not None:
        return content
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
