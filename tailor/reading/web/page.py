"""A saved page's bytes to its tree of elements, and which of them a reader sees."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import cast

from lxml import etree, html

from tailor.reading.files import Content
from tailor.reading.lines import Line

# lxml's stubs call the class of elements so.
Element = etree._Element  # noqa: SLF001

_MOST_TAGS = 200_000
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*(?:[\"']\s*)?([\w.:-]{2,40})", re.IGNORECASE
)
# Browsers read these as Windows-1252, too.
_WESTERN = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1"})
# Text in these consists of ASCII bytes, so it would pass for UTF-8.
_SEVEN_BIT = frozenset({"iso-2022-jp", "iso2022_jp", "hz", "hz-gb-2312"})
# libxml2 drops what follows these; browsers, and pages that were put together, do not.
_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# libxml2 compares each attribute of a tag with each other one, so a tag with very many of them
# loses them all. A quote counts only after an equals sign, as it does for libxml2.
_MOST_ATTRIBUTES = 300
_TAG = re.compile(
    r"<([A-Za-z][^\s>/]{0,40})(?:[^>\"'=]|=\s*(?:\"[^\"]*\"|'[^']*')?|[\"'])*+", re.DOTALL
)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\t\n\r\f"}
_DECLARATION = re.compile(r"(?:^|;)\s*([\w-]{1,40})\s*:\s*([^;]{1,100})")

# Elements that hold no text of the page, whatever stands between their tags.
_UNSEEN = frozenset(
    """
    head title meta link base script style noscript template svg math canvas iframe frame noframes
    object embed applet audio video picture source track map area select option datalist textarea
    input progress meter dialog
    """.split()
)
# Classes of texts for screen readers, and of icons that are spelt as words ("home").
_NOT_SHOWN = re.compile(
    r"visually-?hidden|sr-only|screen-?reader|skip-?(?:link|to)|material-(?:icons|symbols)",
    re.IGNORECASE,
)
_PANEL = 80  # characters; what is hidden and shorter is no part that "show more" would show
_PANEL_BLOCKS = frozenset("p li div h1 h2 h3 h4 tr br".split())

_NO_SCRIPTS = re.compile(
    r"(?:enable|activate|turn(?:ed)? on|requires?|needs?) (?:\w+ ){0,2}java ?script|"
    r"java ?script (?:is|must be|seems to be) (?:\w+ )?(?:disabled|required|enabled)|"
    r"java ?script (?:\w+ )?(?:aktivieren|deaktiviert)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 20  # of a page that scripts would fill
_FEW_WORDS = 80


def parse_page(content: Content) -> Element:
    """Return the root element of the page in `content`, without comments.

    Nothing is fetched. Raises CvError or PostingError if the page has more tags than
    `Limits.tags`, nests them too deeply, or if its bytes are not text.
    """
    return parse_text(_decode(content), content)


def parse_text(text: str, content: Content) -> Element:
    """Return the root element of `text`, HTML of the page `content`; errors as above."""
    copy = "copy the text from the browser into a text file and give that"
    if text.count("<") > _MOST_TAGS:
        raise content.error(f"has more than {_MOST_TAGS:,} tags; {copy}")
    text = _TAG.sub(_with_few_attributes, _END.sub(" ", text.translate(_CONTROLS)))
    # The page's size is bounded already. "huge" allows 2,048 levels instead of 256, which pages
    # that never close a tag do reach.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.ParserError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise content.error(f"its tags are nested too deep to be read; {copy}")
    return root if root is not None else html.Element("html")


def line_of(element: Element) -> int:
    """Return the line of the source in which `element` begins, from 1."""
    return cast("int | None", element.sourceline) or 1


def text_of(element: Element | None) -> str:
    """Return the text inside `element` with single spaces, "" for None."""
    if element is None:
        return ""
    return " ".join(" ".join(str(text) for text in element.itertext()).split())


def css_of(element: Element) -> dict[str, str]:
    """Return the properties in the `style` of `element`, in lower case."""
    style = element.get("style")
    return dict(_DECLARATION.findall(style.lower())) if style else {}


def is_longer(element: Element, characters: int) -> bool:
    """Return whether `element` holds that many characters of text, or more."""
    lengths = accumulate(len(str(text).strip()) for text in element.itertext())
    return any(length >= characters for length in lengths)


def is_unseen(element: Element) -> bool:
    """Return whether a reader sees nothing of `element`: its tag, style or class hides it.

    What is hidden but holds a whole part of the page (a closed tab, the rest behind
    "show more") counts as seen.
    """
    if element.tag in _UNSEEN:
        return True
    css = css_of(element)
    hidden = (
        element.get("hidden") is not None
        or css.get("display", "").startswith("none")
        or css.get("visibility", "").startswith("hidden")
        or _NOT_SHOWN.search(element.get("class") or "")
    )
    return bool(hidden) and not _is_panel(element)


def is_unseen_or_menu(element: Element) -> bool:
    """Return whether `element` is unseen, or navigates between pages."""
    return is_unseen(element) or element.tag == "nav" or element.get("role") == "navigation"


def check_text(lines: Sequence[Line], root: Element, content: Content) -> None:
    """Raise CvError or PostingError if the page `root` is a shell that scripts or frames fill.

    `lines` are all lines that a reader sees.
    """
    words = [word for line in lines[:_FEW_WORDS] for word in line.plain.split()]
    if len(words) >= _FEW_WORDS:
        return
    paste = f"copy the text of the {content.what} from the browser into a text file and give that"
    few = len(words) < _FEWEST_WORDS
    if few and any(frame.get("src") for frame in root.iter("frame", "iframe")):
        raise content.error(f"the page shows its text in a frame, which was not saved; {paste}")
    scripts = few and next(root.iter("script", "noscript"), None) is not None
    if scripts or _NO_SCRIPTS.search(" ".join(words)):
        raise content.error(f"the page holds no text without JavaScript; {paste}")
    if not words:
        raise content.error(f"the page holds no text; {paste}")


def _is_panel(element: Element) -> bool:
    if element.get("role") in {"dialog", "alertdialog"} or element.find(".//form") is not None:
        return False
    has_blocks = any(inside.tag in _PANEL_BLOCKS for inside in element.iterdescendants())
    return has_blocks and is_longer(element, _PANEL)


def _with_few_attributes(tag: re.Match[str]) -> str:
    short = len(tag[0]) < 2 * _MOST_ATTRIBUTES
    if short or len(_VALUE.sub(" ", tag[0]).split()) <= _MOST_ATTRIBUTES:
        return tag[0]
    return f"<{tag[1]}"


def _decode(content: Content) -> str:
    """Return the page's text: as UTF-8, else as it declares, else by its mark or a guess.

    Declarations are often wrong; text in another encoding is hardly ever valid UTF-8.
    """
    data = content.data
    match = _CHARSET.search(data[:5_000])
    declared = match[1].decode("ascii", errors="replace").lower() if match else "utf-8"
    declared = "cp1252" if declared in _WESTERN else declared
    encodings = (declared,) if declared in _SEVEN_BIT else ("utf-8-sig", declared)
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for encoding in encodings:
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return content.text()
