"""The rules of which a PDF lets one tell whether they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailor.checking.findings import Finding, Place, beginning, found
from tailor.reading.pdf.columns import in_reading_order
from tailor.reading.pdf.rows import Row, rows_of
from tailor.reading.pdf.table import Block
from tailor.reading.pdf.words import Page

_SMALLEST = 4.0  # points that can be read
_ICON = re.compile("[\ue000-\uf8ff]|�")
_LONG = 2  # pages


def pdf_findings(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield the rules that the pages of a PDF break."""
    rows = [rows_of(page, number) for number, page in enumerate(pages)]
    blocks = [[Block(tuple(page))] for page in rows]
    beside = _beside(in_reading_order(blocks, [page.width for page in pages]))
    columns = (Place(words=beginning(row.text), page=row.page + 1) for row in beside[:1])
    yield from found("columns", columns)
    words = [(word, number) for number, page in enumerate(pages, 1) for word in page.words]
    icons = (
        Place(words=beginning(_ICON.sub("", word.text)), page=number)
        for word, number in words
        if _ICON.search(word.text)
    )
    yield from found("icons-in-pdf", icons)
    tiny = (
        Place(words=beginning(word.text), page=number)
        for word, number in words
        if 0 < word.size < _SMALLEST and any(letter.isalnum() for letter in word.text)
    )
    yield from found("tiny", tiny)
    if len(pages) > _LONG:
        yield from found("long", pages=len(pages))


def _beside(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of columns that stand beside others on one page."""
    columns: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        columns.setdefault((row.page, row.column), []).append(row)
    found_beside = []
    for (page, column), own in columns.items():
        low, high = min(r.baseline for r in own), max(r.baseline for r in own)
        left = min(r.left for r in own)
        for (other_page, other), others in columns.items():
            if page != other_page or column <= other:
                continue
            apart = any(low <= row.baseline <= high for row in others)
            if apart and (
                left > max(r.right for r in others)
                or max(r.right for r in own) < min(r.left for r in others)
            ):
                found_beside.append(own[0])
    return found_beside
