"""A page -> the elements that hold its posting."""

from __future__ import annotations

from dataclasses import dataclass

from tailor.reading.web.blocks import HEADINGS
from tailor.reading.web.noise import Weight, drop_noise, drop_unseen, weigh
from tailor.reading.web.tree import Element, text_of

_LEAST_OF_MAIN = 0.5  # of the page's text that is no link
_LONG = 80  # characters of a part that says something
_PARTS = ("p", "ul", "ol", "table", "dl", *HEADINGS)


@dataclass(frozen=True, slots=True)
class Main:
    """The element that holds the posting, and its title if that stands elsewhere."""

    element: Element
    title: Element | None = None


def find_main(root: Element, title: Element | None) -> Main:
    """Return the part of the page that holds the posting; what is around it is taken out.

    `title` is the heading that names the job, if one was found.
    """
    body = root.find("body")
    body = body if body is not None else root
    drop_unseen(body)
    drop_noise(body, title)
    weights = weigh(body)
    main = _down(_marked_main(body, weights), weights)
    inside = title is None or any(title is element for element in main.iter(title.tag))
    return Main(main, None if inside else title)


def _marked_main(body: Element, weights: dict[Element, Weight]) -> Element:
    """Return what the page itself marks as its main part, if that holds most of the text."""
    marked = [
        element
        for element in body.iter("*")
        if element.tag in {"main", "article"} or element.get("role") in {"main", "article"}
    ]
    heavy = [e for e in marked if weights[e].plain > _LEAST_OF_MAIN * weights[body].plain]
    return min(heavy, key=lambda element: weights[element].text, default=body)


def _down(element: Element, weights: dict[Element, Weight]) -> Element:
    """Go down to the smallest element beside which nothing of the posting stands."""
    while True:
        children = [child for child in element if weights[child].text]
        heaviest = max(children, key=lambda child: weights[child].plain, default=None)
        if heaviest is None or heaviest.tag in _PARTS:
            return element
        loose = (element.text or "") + "".join(child.tail or "" for child in element)
        if loose.strip() or any(_says_something(c, weights) for c in children if c is not heaviest):
            return element
        element = heaviest


def _says_something(element: Element, weights: dict[Element, Weight]) -> bool:
    weight = weights[element]
    if weight.density > _LEAST_OF_MAIN:
        return False
    if weight.plain >= _LONG or element.tag in HEADINGS:
        return True
    return any(text_of(part) for tag in _PARTS for part in element.iter(tag))
