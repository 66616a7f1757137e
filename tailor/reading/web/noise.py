"""What on a page of a posting is not the posting: menus, banners, forms, lists of other jobs.

Elements are told by their tag and role, by what the page calls them, and by their links.
An element that holds the title or much of the page's text is never taken for such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from tailor.reading.web.noise_words import ACTION, NOISE_NAMES, OTHER_PARTS
from tailor.reading.web.tree import Element, text_of, words_of_names
from tailor.reading.web.visible import is_unseen

_NOISE_TAGS = frozenset({"nav", "footer", "search"})
_NOISE_ROLES = frozenset(
    """
    navigation contentinfo search dialog alertdialog menu menubar tablist toolbar banner alert
    """.split()
)
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_MUCH = 0.4  # of the page's text that is no link
_DENSE = 0.5  # of an element's characters are links
_FEW = 700  # characters


@dataclass(frozen=True, slots=True)
class Weight:
    """The characters seen in an element, and those of them in links."""

    text: int
    linked: int

    @property
    def plain(self) -> int:
        """The characters that are no link."""
        return self.text - self.linked

    @property
    def density(self) -> float:
        """The share of characters that are links."""
        return self.linked / self.text if self.text else 0.0


def drop_unseen(root: Element) -> None:
    """Take out of the tree what nobody sees."""
    _drop(element for element in root.iter() if element is not root and is_unseen(element))


def drop_noise(root: Element, title: Element | None) -> None:
    """Take out of the tree what is no part of the posting whose title stands in `title`."""
    weights = weigh(root)
    kept = set(title.iterancestors()) | {title} if title is not None else set()
    judged = _Page(weights, kept, weights[root].plain)
    _drop(element for element in root.iter("*") if element is not root and judged.is_noise(element))
    _drop_parts_of_others(root, kept, judged)
    weights = weigh(root)
    judged = _Page(weights, kept, weights[root].plain)
    _drop(element for element in root.iter("*") if judged.is_menu(element))


def weigh(root: Element) -> dict[Element, Weight]:
    """Return the weight of each element under `root`."""
    weights: dict[Element, Weight] = {}
    stack: list[list[int]] = [[0, 0]]
    in_link = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            in_link += element.tag == "a"
            size = _size(element.text)
            stack.append([size, size if in_link else 0])
        else:
            in_link -= element.tag == "a"
            text, linked = stack.pop()
            weights[element] = Weight(text, linked)
            tail = _size(element.tail) if element is not root else 0
            stack[-1][0] += text + tail
            stack[-1][1] += linked + (tail if in_link else 0)
    return weights


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the page when an element is judged."""

    weights: Mapping[Element, Weight]
    kept: set[Element]
    plain: int

    def is_noise(self, element: Element) -> bool:
        """Tell what by its tag, role or name is no part of a posting."""
        weight = self.weights.get(element)
        if weight is None or element in self.kept or weight.plain > _MUCH * self.plain:
            return False
        tag = element.tag
        if tag in _NOISE_TAGS or element.get("role") in _NOISE_ROLES:
            return True
        is_dense = weight.density > 0.25
        if tag in {"aside", "header"}:
            parent = element.getparent()
            return is_dense or (tag == "header" and parent is not None and parent.tag == "body")
        if tag == "form":
            return weight.text < 2 * _FEW
        names = "-".join(words_of_names(element))
        if names and NOISE_NAMES.search(names):
            return is_dense or weight.text < _FEW
        return False

    def is_menu(self, element: Element) -> bool:
        """Tell a list of links, or a line that only does something with the page."""
        weight = self.weights.get(element)
        if weight is None or element in self.kept or element.tag in {"html", "body", "main"}:
            return False
        if element.tag in {"a", "span", "li", "p", "div"} and 0 < weight.text < 40:
            return bool(ACTION.match(text_of(element)))
        if weight.density <= 0.8 or weight.plain > 100:
            return False
        if self._is_headed(element):
            return False
        links = sum(1 for _ in element.iter("a"))
        return links >= 3 and weight.linked < 80 * links

    def _is_headed(self, element: Element) -> bool:
        """Tell a list with a heading of its own beside the title: tools, for instance."""
        before = element.getprevious()
        if before is None or element.getparent() not in self.kept:
            return False
        return before.tag in _TITLES or text_of(before).endswith(":")


def _drop_parts_of_others(root: Element, kept: set[Element], page: _Page) -> None:
    """Drop headings such as "Similar jobs", and what stands below them."""
    found: list[Element] = []
    for heading in root.iter(*_TITLES, "p", "span", "div", "strong", "summary"):
        weight = page.weights.get(heading)
        if weight is None or heading in kept or not 0 < weight.text < 60:
            continue
        if not OTHER_PARTS.match(text_of(heading)):
            continue
        if heading.tag in _TITLES:
            found += _part_below(heading, kept, page)
        elif weight.density > _DENSE or heading.tag in {"p", "div"}:
            found.append(heading)
    _drop(found)


def _part_below(heading: Element, kept: set[Element], page: _Page) -> list[Element]:
    """Return the heading's whole section, or the heading and its siblings up to the next one."""
    part = heading
    parent = part.getparent()
    while (
        parent is not None and parent not in kept and parent.tag not in {"body", "main", "article"}
    ):
        weight = page.weights[parent]
        others = [h for h in parent.iter(*_TITLES) if h is not heading and h.tag <= heading.tag]
        first = next(parent.iter(*_TITLES), None)
        if others or first is not heading or weight.plain > _MUCH * page.plain:
            break
        part, parent = parent, parent.getparent()
    if part is not heading:
        return [part]
    found = [heading]
    for sibling in heading.itersiblings():
        if sibling in kept or sibling.tag in _TITLES or sibling.find(".//h2") is not None:
            break
        if page.weights[sibling].plain > _MUCH * page.plain:
            break
        found.append(sibling)
    return found


def _drop(elements: Iterable[Element]) -> None:
    """Take elements out of their trees; the text behind them stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _size(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0
