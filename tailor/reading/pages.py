"""Tell a web page from a text that has tags in it."""

from __future__ import annotations

import re

_BEFORE_PAGE = re.compile(rb"\s+|\xef\xbb\xbf|<\?xml[^>]{0,1000}>")
_PAGE = re.compile(rb"<(?:!doctype\s+html|(?:html|head|body|title|meta)\b)", re.IGNORECASE)
_BLOCK = "div|p|section|article|main|header|footer|h[1-6]|ul|ol|li|dl|table|tbody|tr|td|center"
_BLOCK_START = re.compile(rf"\s*<(?:{_BLOCK})\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"<(/?)(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_MOST_OUTSIDE = 0.2  # of the characters


def begins_as_page(start: bytes) -> bool:
    """Tell whether a file that starts so is a page: with its doctype, or with <html> or the like.

    A mark of Unicode, an XML declaration and comments may come before.
    """
    position = 0
    while True:
        skipped = _BEFORE_PAGE.match(start, position)
        if skipped:
            position = skipped.end()
        elif start.startswith(b"<!--", position):
            end = start.find(b"-->", position + 4)
            if end < 0:
                return False
            position = end + 3
        else:
            return bool(_PAGE.match(start, position))


def is_page_fragment(text: str) -> bool:
    """Tell whether a text is a piece of a page: it begins with a block, and most is in blocks.

    Markdown may begin with a block, too, but goes on outside of it.
    """
    if not _BLOCK_START.match(text) or _MARKDOWN_HEADING.search(text):
        return False
    depth = position = outside = 0
    for tag in _BLOCK_TAG.finditer(text):
        if depth == 0:
            outside += _seen(text[position : tag.start()])
        position = tag.end()
        depth = max(depth + (-1 if tag[1] else 1), 0)
    if depth == 0:
        outside += _seen(text[position:])
    return outside <= _MOST_OUTSIDE * _seen(text)


def _seen(text: str) -> int:
    """Count the characters that a page would show, white space aside."""
    return len("".join(_TAG.sub("", text).split()))
