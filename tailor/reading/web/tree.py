"""A saved page's bytes -> its tree of elements: which characters, within which bounds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from tailor.reading.files import Content
from tailor.values import limits

# lxml's stubs call the class of elements so.
Element = etree._Element  # noqa: SLF001

_COPY = "copy the text from the browser into a text file and give that"
_MOST_ATTRIBUTES = 300  # libxml2 compares each with each
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*(?:[\"']\s*)?([\w.:-]{2,40})", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these as Windows-1252, too.
_WESTERN = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1"})
# ASCII bytes that are no ASCII.
_SHIFTED = frozenset({"iso-2022-jp", "iso2022_jp", "hz", "hz-gb-2312"})
# libxml2 drops what follows these; browsers, and pages that were put together, do not.
_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# A tag as libxml2 reads it: a quote counts only after an equals sign.
_TAG = re.compile(
    r"<([A-Za-z][^\s>/]{0,40})(?:[^>\"'=]|=\s*(?:\"[^\"]*\"|'[^']*')?|[\"'])*+", re.DOTALL
)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
# "–" and the like as the numbers they have in Windows-1252 (`&#150;`).
_WINDOWS = {
    code: bytes([code]).decode("cp1252", errors="replace").replace("\ufffd", "")
    for code in range(0x80, 0xA0)
}
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\t\n\r\f"}


def parse_page(content: Content) -> Element:
    """Return the root element of the page; comments are left out.

    Nothing is fetched. Raises CvError or PostingError if the page has too many
    tags or nests them too deep, or if its bytes are no text.
    """
    return _parse(_decoded(content), content)


def parse_piece(html: str, content: Content) -> Element:
    """Return the tree of a piece of HTML, as it stands in data; errors as in `parse_page`."""
    return _parse(f"<html><body>{html}</body></html>", content)


def shown(text: str) -> str:
    """Return `text` with Windows-1252's quotes and dashes where their numbers were used."""
    return text.translate(_WINDOWS) if not text.isascii() else text


def line_of(element: Element) -> int:
    """Return the line of the source that an element begins in, from 1."""
    return cast("int | None", element.sourceline) or 1


def text_of(element: Element) -> str:
    """Return the text in `element`, with single spaces."""
    texts = (text for text in element.itertext() if isinstance(text, str))
    return " ".join(" ".join(texts).split())


def words_of_names(element: Element) -> Iterator[str]:
    """Yield the small words of what the page calls an element: its classes, its id and such."""
    for attribute in ("class", "id", "data-testid", "data-test", "data-automation-id"):
        name = element.get(attribute)
        if name and len(name) < 300:
            yield from (word.lower() for word in _NAME_WORD.findall(name))


def _parse(text: str, content: Content) -> Element:
    if text.count("<") > limits.in_force().tags:
        raise content.beyond("tags", f"has more than {limits.spelt('tags')} tags", _COPY)
    whole = _END.sub(" ", text.translate(_CONTROLS))
    bounded = _TAG.sub(_without_many_attributes, whole)
    # Its size is bounded already; "huge" lets it have 2,048 levels instead of 256, which
    # pages that never close a tag do reach.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(bounded.encode("utf-8", errors="replace"), parser)
    except etree.ParserError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise content.error(f"its tags are nested too deep to be read; {_COPY}")
    return root if root is not None else etree.Element("html")


def _without_many_attributes(tag: re.Match[str]) -> str:
    whole = tag[0]
    if len(whole) < 2 * _MOST_ATTRIBUTES:
        return whole
    names = _VALUE.sub(" ", whole)
    return whole if len(names.split()) <= _MOST_ATTRIBUTES else f"<{tag[1]}"


def _decoded(content: Content) -> str:
    """Decode by mark, as UTF-8, as declared, or by guess: declarations often lie, UTF-8 hardly."""
    data = content.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    declared = _declared(data)
    candidates = (declared, "utf-8") if declared in _SHIFTED else ("utf-8", declared)
    for encoding in candidates:
        text = _decode(data, encoding)
        if text is not None:
            return text
    return content.text()


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:5_000])
    name = match[1].decode("ascii", errors="replace").lower() if match else ""
    return "cp1252" if name in _WESTERN else name


def _decode(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
