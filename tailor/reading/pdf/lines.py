"""PDF -> lines, column after column, without what the pages repeat at their edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, Look
from tailor.reading.pdf.columns import in_reading_order
from tailor.reading.pdf.flow import lines_of
from tailor.reading.pdf.rows import Page, Row, read_pages, rows_of
from tailor.reading.pdf.table import blocks_of
from tailor.values.cv import RichText

_MARGIN = 0.12  # of the page's height: where headers and footers stand
_MOST_ROWS = 3  # of a header or footer
_SAME_PLACE = 3.0  # points
_NUMBER = re.compile(r"\d+")
_UPDATED = re.compile(r"(?:last )?(?:updated?|modified|revised)\b.*\d", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite)\s+)?\d{1,2}(?:\s*(?:/|of|von|de)\s*\d{1,2})?[-–—|\s]*",
    re.IGNORECASE,
)


def read_pdf(content: Content) -> tuple[Line, ...]:
    """Return the lines of a PDF in reading order, column after column.

    Bullets and paragraphs are whole again where the page cut them; what stands beside an
    entry's head (dates, a place) follows it after a tab. Headers and footers of all pages
    are of kind META, and left out where they say no more than the text and a page's number.
    Raises CvError or PostingError as `words.read_pages` does.
    """
    return lines_of_pages(read_pages(content))


def lines_of_pages(pages: Sequence[Page]) -> tuple[Line, ...]:
    """Return the lines of a PDF as `read_pdf` does, from the words of its pages."""
    rows = [rows_of(page, number) for number, page in enumerate(pages)]
    running = _running(rows, pages)
    aside = {id(row) for row in running}
    body = [[row for row in page if id(row) not in aside] for page in rows]
    blocks = [list(blocks_of(page, whole)) for page, whole in zip(body, pages, strict=True)]
    lines = lines_of(in_reading_order(blocks, [page.width for page in pages]))
    return (*lines, *_meta(running, lines))


def _meta(rows: Sequence[Row], lines: Sequence[Line]) -> Iterator[Line]:
    """Yield what the edges of pages say that the text does not: no name, no page's number."""
    said = {word for line in lines for word in line.plain.split()}
    number = len(lines)
    for row in rows:
        new = [word for word in row.text.split() if word not in said]
        is_number = _PAGE_NUMBER.fullmatch(row.text)
        if not is_number and any(letter.isalpha() for word in new for letter in word):
            said.update(new)
            number += 1
            look = Look(page=row.page + 1, left=round(row.left, 1), top=round(row.top, 1))
            yield Line(LineKind.META, 0, RichText.of(row.text), number, look=look)


def _running(pages: Sequence[Sequence[Row]], sizes: Sequence[Page]) -> list[Row]:
    """Return the rows at the edges of pages that come on several, and page numbers.

    From the edge inwards: what stands inside of a row of text is text.
    """
    found = []
    for number, (rows, page) in enumerate(zip(pages, sizes, strict=True)):
        others = [*pages[:number], *pages[number + 1 :]]
        for ordered in (rows, rows[::-1]):
            for row in ordered[:_MOST_ROWS]:
                from_edge = min(row.baseline, page.height - row.baseline)
                if from_edge >= _MARGIN * page.height or not _is_running(row, others):
                    break
                found.append(row)
    return found


def _is_running(row: Row, others: Sequence[Sequence[Row]]) -> bool:
    if _PAGE_NUMBER.fullmatch(row.text) or _UPDATED.match(row.text):
        return True
    same = [any(_is_same(row, other) for other in rows) for rows in others]
    return any(same) and sum(same) >= len(others) - 1


def _is_same(row: Row, other: Row) -> bool:
    """Return whether two rows stand at one place of their pages and differ in numbers only."""
    near = abs(row.baseline - other.baseline) <= _SAME_PLACE and abs(row.size - other.size) < 0.5
    return near and _NUMBER.sub("0", row.text) == _NUMBER.sub("0", other.text)
