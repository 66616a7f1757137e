"""A saved web page -> `Posting`: from its JobPosting data, or else from its main part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind
from tailor.reading.posting.text import posting_of_lines
from tailor.reading.posting.titles import clean_title
from tailor.reading.web.blocks import page_lines, with_lines_from
from tailor.reading.web.job_posting_data import JobData, find_job_data
from tailor.reading.web.lines import check_text, main_lines
from tailor.reading.web.names import PageNames, find_names
from tailor.reading.web.tree import Element, parse_page, parse_piece
from tailor.values.cv import RichText
from tailor.values.posting import Posting

_TEASER = 200  # characters; a shorter description is none
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_FEW_LINES = 3
_LONG_LINE = 400
_MOST = 0.8  # of a text's words
_WORD = re.compile(r"\w+")
_PART_LEVEL = 3


def read_html_posting(content: Content) -> Posting:
    """Return the posting of a saved page.

    Its text is the description in the page's JobPosting data (JSON-LD, microdata or
    RDFa), or the main part of the page where there is none or that has more of it.

    Raises PostingError if the page has no text without scripts or frames, or is too
    large or too deep to be read.
    """
    root = parse_page(content)
    names = find_names(root)
    data = _choose(find_job_data(root), names, root)
    described = _data_lines(data, content)
    if not described:
        check_text(root, content)
    lines = described
    if not described or _may_be_cut(described):
        page = main_lines(root, names.heading, content)
        lines = page if _says_more(page, described) else described
    return posting_of_lines(
        lines,
        content.source,
        clean_title(data.title) or names.title,
        data.company or names.company,
        data.place or names.place,
    )


def _choose(found: Sequence[JobData], names: PageNames, root: Element) -> JobData:
    """Return the data of the posting that the page shows: its title stands in the page's."""
    page = " ".join(root.findtext(".//title", "").split()).casefold()
    for data in found:
        title = data.title.casefold()
        if title and (title in page or clean_title(data.title) == names.title):
            return data
    return found[0] if found else JobData()


def _data_lines(data: JobData, content: Content) -> list[Line]:
    lines = _text_lines(data.description, data.line, content)
    said = _bare(" ".join(line.plain for line in lines))
    for part in data.parts:
        found = _text_lines(part.text, part.line, content)
        more = [line for line in found if _bare(line.plain) not in said]
        if more and more[0].kind is not LineKind.HEADING:
            text = RichText.of(part.heading)
            lines.append(Line(LineKind.HEADING, _PART_LEVEL, text, part.line, gap=True))
        lines += more
    return lines


def _text_lines(text: str, first: int, content: Content) -> list[Line]:
    """Return the lines of HTML, or of plain text, that begins in line `first` of the source."""
    if not text:
        return []
    html = text if _TAG.search(text) else f"<pre>{text}</pre>"
    piece = parse_piece(html, content)
    return with_lines_from(page_lines([piece], content), first)


def _may_be_cut(lines: Sequence[Line]) -> bool:
    """Tell a teaser, a text that was cut off, or one that lost its lines."""
    plain = " ".join(line.plain for line in lines)
    cut = plain.endswith(("…", "...", "[…]", "[...]"))
    lost_lines = len(lines) <= _FEW_LINES and len(plain) > _LONG_LINE
    return len(plain) < _TEASER or cut or lost_lines


def _says_more(page: Sequence[Line], described: Sequence[Line]) -> bool:
    """Tell whether the page itself has what the data say, and more of it or better lines."""
    words = _words(described)
    on_page = _words(page)
    if len(" ".join(line.plain for line in described)) < _TEASER:
        return len(on_page) > len(words)
    return len(page) > len(described) and len(words & on_page) >= _MOST * len(words)


def _words(lines: Sequence[Line]) -> set[str]:
    return {word.lower() for line in lines for word in _WORD.findall(line.plain)}


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
