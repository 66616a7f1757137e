"""A saved web page to lines: of a CV all that is seen, of a posting its main part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from tailor.reading.files import Content
from tailor.reading.lines import Line
from tailor.reading.web.blocks import page_lines
from tailor.reading.web.main import find_main
from tailor.reading.web.names import find_names
from tailor.reading.web.tree import Element, parse_page
from tailor.reading.web.visible import is_unseen

_NO_SCRIPTS = re.compile(
    r"(?:enable|activate|turn(?:ed)? on|requires?|needs?) (?:\w+ ){0,2}java ?script|"
    r"java ?script (?:is|must be|seems to be) (?:\w+ )?(?:disabled|required|enabled)|"
    r"java ?script (?:\w+ )?(?:aktivieren|deaktiviert)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 20  # of a page that scripts would fill
_FEW_WORDS = 80


def read_html(content: Content) -> tuple[Line, ...]:
    """Return the lines of a page.

    Of a CV nothing is left out but menus (`nav`), scripts and what is hidden; of a
    posting's page the lines of its main part are given, as `read_html_posting` has them
    where the page gives no data.

    Raises CvError or PostingError if the page has no text without scripts or frames,
    or is too large or too deep to be read.
    """
    root = parse_page(content)
    check_text(root, content)
    if content.what == "CV":
        return tuple(page_lines([root], content, _is_left_out))
    return tuple(main_lines(root, find_names(root).heading, content))


def main_lines(root: Element, title: Element | None, content: Content) -> list[Line]:
    """Return the lines of a posting's page, the title first; the tree is used up."""
    main = find_main(root, title)
    elements = [main.element] if main.title is None else [main.title, main.element]
    lines = page_lines(elements, content)
    if sum(len(line.plain.split()) for line in lines) < _FEWEST_WORDS:  # better too much
        return page_lines([parse_page(content)], content, _is_left_out)
    return lines


def check_text(root: Element, content: Content) -> None:
    """Raise CvError or PostingError if the page is an empty shell that scripts or frames fill."""
    words = list(islice(_words(root), _FEW_WORDS))
    if len(words) >= _FEW_WORDS:
        return
    paste = f"copy the text of the {content.what} from the browser into a text file and give that"
    if len(words) < _FEWEST_WORDS and any(_sources(root, ("frame", "iframe"))):
        raise content.error(f"the page shows its text in a frame, which was not saved; {paste}")
    needs_scripts = _NO_SCRIPTS.search(" ".join(words)) is not None
    few = len(words) < _FEWEST_WORDS
    if needs_scripts or (few and next(root.iter("script", "noscript"), None) is not None):
        raise content.error(f"the page holds no text without JavaScript; {paste}")
    if not words:
        raise content.error(f"the page holds no text; {paste}")


def _words(root: Element) -> Iterator[str]:
    """Yield the words that are seen."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start" and _is_left_out(element):
            walker.skip_subtree()
        elif event == "start":
            yield from (element.text or "").split()
        elif event == "end" and element is not root:
            yield from (element.tail or "").split()


def _sources(root: Element, tags: Sequence[str]) -> list[str]:
    return [src for frame in root.iter(*tags) if (src := frame.get("src"))]


def _is_left_out(element: Element) -> bool:
    return is_unseen(element) or element.tag == "nav" or element.get("role") == "navigation"
