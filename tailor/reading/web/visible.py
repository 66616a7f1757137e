"""What of a page is seen: which elements are not, and the styles that tags and attributes give."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tailor.reading.web.tree import Element, words_of_names

# What has no text of the page in it, whatever stands between its tags.
UNSEEN = frozenset(
    """
    head title meta link base script style noscript template svg math canvas iframe frame noframes
    object embed applet audio video picture source track map area select option datalist textarea
    input progress meter dialog
    """.split()
)
PANEL = 80  # characters; what is hidden and shorter is no part that "show more" would show
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-4]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_PRESERVED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_BOLD_NAMES = frozenset({"bold", "semibold", "strong"})
_FOR_READERS = ("visually-hidden", "sr-only", "screen-reader", "skip-link", "skip-to")
_ICON_NAMES = ("material-icons", "material-symbols")
_PANEL_PARTS = ("p", "li", "div", "h1", "h2", "h3", "h4", "tr", "br")


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks, and whether its line ends are kept."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    preserved: bool = False


def is_unseen(element: Element) -> bool:
    """Tell an element of which nothing is seen: by its tag, hidden, or for screen readers.

    What is hidden but holds a whole part of the page (a closed tab, the rest behind
    "show more") counts as seen.
    """
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return True
    style = element.get("style") or ""
    hidden = element.get("hidden") is not None or bool(style and _HIDING.search(style))
    if hidden and not _is_panel(element):
        return True
    if not element.get("class"):
        return False
    names = "-".join(words_of_names(element))
    return any(name in names for name in (*_FOR_READERS, *_ICON_NAMES)) and not _is_panel(element)


def style_of(element: Element, around: Style, *, underline_counts: bool) -> Style:
    """Return the style inside `element`, given the one `around` it."""
    style = around
    tag = element.tag
    if tag in {"b", "strong"} or (tag == "u" and underline_counts):
        style = replace(style, bold=True)
    elif tag in {"i", "em"}:
        style = replace(style, italic=True)
    elif tag == "a" and element.get("href"):
        style = replace(style, link=(element.get("href") or "").strip())
    elif tag == "pre":
        style = replace(style, preserved=True)
    return _by_attributes(element, style)


def _by_attributes(element: Element, style: Style) -> Style:
    css = element.get("style") or ""
    weight = _WEIGHT.search(css)
    slant = _SLANT.search(css)
    if weight:
        style = replace(style, bold=weight[1].lower() == "bold" or weight[1] >= "6")
    elif element.tag in {"span", "p", "div"} and element.get("class"):
        names = re.split(r"[\s_-]+", (element.get("class") or "").lower())
        if ("font" in names or "fw" in names or len(names) == 1) and _BOLD_NAMES & set(names):
            style = replace(style, bold=True)
    if slant:
        style = replace(style, italic=slant[1].lower() != "normal")
    if _PRESERVED.search(css):
        style = replace(style, preserved=True)
    return style


def _is_panel(element: Element) -> bool:
    if element.get("role") in {"dialog", "alertdialog"} or element.find(".//form") is not None:
        return False
    if not any(element.find(f".//{tag}") is not None for tag in _PANEL_PARTS):
        return False
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length >= PANEL:
            return True
    return False
