"""A saved page to a `Posting`: from its JobPosting data, or else from its main content.

trafilatura finds which of a page's text is its main content. It leaves out some headings and
list items of it, though, and rearranges rows of tables. So the lines are those that the whole
page has, from the first to the last one that trafilatura finds.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import ModuleType

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind
from tailor.reading.posting.header import Header
from tailor.reading.posting.text import posting_of_lines
from tailor.reading.posting.title import clean_title
from tailor.reading.web.job_posting import Part, data_of_page, names_of_page
from tailor.reading.web.lines import HEADINGS, page_lines
from tailor.reading.web.page import (
    Element,
    check_text,
    is_longer,
    is_unseen,
    is_unseen_or_menu,
    parse_page,
    parse_text,
    text_of,
)
from tailor.values.cv import RichText
from tailor.values.posting import Posting

_TEASER = 200  # characters; a shorter description is none
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_FEW_LINES = 3
_LONG_LINE = 400
_MOST = 0.8  # of a text's words
_WORD = re.compile(r"\w+")
_PART_LEVEL = 3

_ROLES = frozenset(
    "contentinfo search dialog alertdialog menu menubar tablist toolbar banner alert".split()
)
_LONG_FORM = 1_400  # characters; some sites put a whole page into a form
# Headings of parts that are about other jobs, or nothing.
_OTHERS = re.compile(
    r"(?:(?:view|see|browse|explore|show) )?(?:all |more )?(?:similar|related|recommended|other|"
    r"more|latest|further|recent|current) (?:jobs?|positions?|openings?|opportunities|roles|"
    r"vacancies|searches|posts)\b|people (?:also|you)|jobs you|"
    r"(?:weitere|ähnliche) (?:jobs|stellen)|share (?:this|on|via)\b|leave a (?:reply|comment)|"
    r"(?:sign|log) ?in\b|(?:get )?job alerts?\b",
    re.IGNORECASE,
)
_LITTLE = 0.1  # of the main content may stand before its title, and is left out
_LONGEST_FACT = 8  # words of a line between title and text: company, place, pay


def read_html_posting(content: Content) -> Posting:
    """Return the posting of a saved page.

    Its text is the description in the page's JobPosting data (JSON-LD), or the main content
    of the page where there is none or that has more of it.

    Raises PostingError if the page has no text without scripts or frames, or is too
    large or too deep to be read.
    """
    root = parse_page(content)
    names = names_of_page(root)
    data = data_of_page(root)
    described = _data_lines(data.parts, content)
    lines = described
    if not described or _may_be_cut(described):
        posting = data.element if data.element is not None else root
        page = _main_lines(posting, names.element, content)
        lines = page if _says_more(page, described) else described
    known = Header(
        clean_title(data.title) or names.title,
        data.company or names.company,
        data.place or names.place,
    )
    # Whose page it is: likely the employer's, if nothing else is named.
    return posting_of_lines(lines, content.source, known, Header(company=names.site))


def _main_lines(root: Element, title: Element | None, content: Content) -> list[Line]:
    """Return the lines of the posting among those of the page, from its title on."""
    around = set(title.iterancestors()) if title is not None else set()
    page = page_lines(root, content, lambda part: part not in around and _is_furniture(part))
    check_text(page, root, content)
    words = _pairs(_main_text(root))
    main = {id(line) for line in page if _is_within(line, words)}
    lines = _without_menus(page, main)
    start, end = _densest([len(line.plain) * (1 if id(line) in main else -1) for line in lines])
    if 2 * _length(lines[start:end]) < _length(lines):  # trafilatura missed most of the page
        return lines or page
    heading = text_of(title)
    at = next((n for n, line in enumerate(lines) if _text(line) == heading), start)
    if at < start:
        between = lines[at + 1 : start]
        facts = [line for line in between if len(_text(line).split()) <= _LONGEST_FACT]
        return [lines[at], *facts, *lines[start:end]]
    is_little = _length(lines[start:at]) < _LITTLE * _length(lines[start:end])
    return lines[at if is_little else start : end]


def _main_text(root: Element) -> str:
    """Return the text that trafilatura takes for the page's main content, "" if it finds none.

    It gets the tree, so it fetches nothing; nor does it look for dates, comments or languages.
    """
    bare_extraction = _trafilatura().bare_extraction
    found = bare_extraction(root, favor_recall=True, include_comments=False)
    return str(getattr(found, "text", None) or "")


@cache
def _trafilatura() -> ModuleType:
    """Return trafilatura, imported for web pages only, since it takes a tenth of a second.

    It loads urllib3 for downloads, which nothing here asks for. urllib3 binds a socket as it
    is imported, to see if the machine has IPv6; it does not where Python itself has none.
    """
    has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        import trafilatura  # noqa: PLC0415 - see above
        import urllib3.util.connection  # noqa: PLC0415 - see above
    finally:
        socket.has_ipv6 = has_ipv6
    urllib3.util.connection.HAS_IPV6 = has_ipv6  # for whoever else uses it in this process
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of pages without text
    return trafilatura


def _densest(weights: Sequence[int]) -> tuple[int, int]:
    """Return start and end of the stretch of `weights` that has the largest sum.

    This is Kadane's algorithm (Bentley, Programming Pearls, 1984).
    """
    best = total = start = 0
    stretch = (0, 0)
    for at, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, at
        total += weight
        if total > best:
            best, stretch = total, (start, at + 1)
    return stretch


def _without_menus(page: Sequence[Line], main: AbstractSet[int]) -> list[Line]:
    """Return the lines of `page` but for those that lead to other pages.

    These are links in a row, single links outside of the main content, unless they make a
    list under a heading, as tools may, and what stands below "Similar jobs" and the like.
    """
    lines: list[Line] = []
    is_other = is_listed = False
    for line in page:
        if line.kind is LineKind.HEADING:
            is_other = _OTHERS.match(line.plain) is not None
        if is_other:
            continue
        begins = bool(lines) and lines[-1].kind is LineKind.HEADING
        is_listed = line.kind is LineKind.ITEM and (begins or (is_listed and not line.gap))
        links = _links(line)
        if links == 0 or (links == 1 and (id(line) in main or is_listed)):
            lines.append(line)
    return lines


def _links(line: Line) -> int:
    """Return the number of links that make up the whole line, 0 if it holds other words."""
    if any(not run.link and _WORD.search(run.text) for run in line.text.runs):
        return 0
    return len({run.link for run in line.text.runs if run.link})


def _text(line: Line) -> str:
    return " ".join(line.plain.split())


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.plain) for line in lines)


def _is_furniture(element: Element) -> bool:
    """Return whether `element` is by its tag and role no part of a posting."""
    tag, role, parent = element.tag, element.get("role"), element.getparent()
    if is_unseen_or_menu(element) or tag in {"footer", "search"} or role in _ROLES:
        return True
    if tag == "header":
        return parent is not None and parent.tag == "body"
    if tag == "form" or element.find("form") is not None:
        return not is_longer(element, _LONG_FORM)
    if tag == "button" or role == "button":  # which may open a part of the page, or be its heading
        opens = element.get("aria-expanded") or element.get("aria-controls")
        return not opens and (parent is None or parent.tag not in HEADINGS)
    return False


def _pairs(text: str) -> set[tuple[str, ...]]:
    """Return the pairs of neighbouring words of `text`, and each word alone."""
    words = _WORD.findall(text.lower())
    return {*pairwise(words), *((word,) for word in words)}


def _is_within(line: Line, pairs: AbstractSet[tuple[str, ...]]) -> bool:
    """Return whether nearly all of the line's pairs of words are in `pairs`."""
    words = _WORD.findall(line.plain.lower())
    own: list[tuple[str, ...]] = [*pairwise(words)] or [(word,) for word in words]
    return bool(own) and sum(pair in pairs for pair in own) >= _MOST * len(own)


def _data_lines(parts: Sequence[Part], content: Content) -> list[Line]:
    """Return the lines of the description, then those of other fields that it does not hold."""
    lines: list[Line] = []
    said = ""
    for part in parts:
        found = _text_lines(part, content)
        more = [line for line in found if _bare(line.plain) not in said]
        if more and part.heading and more[0].kind is not LineKind.HEADING:
            heading = RichText.of(part.heading)
            lines.append(Line(LineKind.HEADING, _PART_LEVEL, heading, part.line, gap=True))
        lines += more
        if not part.heading:
            said = _bare(" ".join(line.plain for line in lines))
    return lines


def _text_lines(part: Part, content: Content) -> list[Line]:
    """Return the lines of HTML, or of plain text, with the line of the source it begins in."""
    text = part.text if _TAG.search(part.text) else f"<pre>{part.text}</pre>"
    lines = page_lines(parse_text(text, content), content, is_unseen)
    return [replace(line, number=line.number + part.line - 1) for line in lines]


def _may_be_cut(lines: Sequence[Line]) -> bool:
    """Return whether this is a teaser, a text that was cut off, or one that lost its lines."""
    plain = " ".join(line.plain for line in lines)
    cut = plain.endswith(("…", "...", "[…]", "[...]"))
    lost_lines = len(lines) <= _FEW_LINES and len(plain) > _LONG_LINE
    return len(plain) < _TEASER or cut or lost_lines


def _says_more(page: Sequence[Line], described: Sequence[Line]) -> bool:
    """Return whether the page itself has what the data say, and more of it or better lines."""
    words = _words(described)
    on_page = _words(page)
    if len(" ".join(line.plain for line in described)) < _TEASER:
        return len(on_page) > len(words)
    return len(page) > len(described) and len(words & on_page) >= _MOST * len(words)


def _words(lines: Sequence[Line]) -> set[str]:
    return {word for line in lines for word in _WORD.findall(line.plain.lower())}


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
