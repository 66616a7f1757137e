"""Documents that are known to be read badly, made from a good one by one change each.

A way of scoring that does not tell them from the good ones is worth nothing.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element

from readback.truth import Truth

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NAMED = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{4}})\b")
_CREATIVE = {
    "Experience": "Where I left my mark",
    "Work Experience": "Where I left my mark",
    "Education": "How I grew",
    "Skills": "My toolbox",
    "Publications": "Words in print",
    "Projects": "Things I built",
    "Languages": "How I speak",
}
_ENTRY = "Heading2"
_HEADING = "Heading1"
_CONTACT_STYLES = frozenset({"PersonName", "Headline", "Contact"})


def table(source: Path, out: Path, truth: Truth) -> Truth:
    """Put each section into a row of a table: its heading and all dates left, all else right."""
    document = Document(str(source))
    body = document.element.body
    rows: list[list[_Element]] = []
    for paragraph in list(body.iterchildren(qn("w:p"))):
        if _style(paragraph) == _HEADING:
            rows.append([paragraph])
        elif rows:
            rows[-1].append(paragraph)
    grid = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid>"
        "<w:gridCol w:w='2400'/><w:gridCol w:w='7600'/></w:tblGrid></w:tbl>"
    )
    rows[0][0].addprevious(grid)
    grid.addnext(OxmlElement("w:p"))
    for row in rows:
        grid.append(_row(row))
    document.save(str(out))
    return truth


def contact_in_header(source: Path, out: Path, truth: Truth) -> Truth:
    """Move name, headline and contact line to the page's header."""
    document = Document(str(source))
    header = document.sections[0].header
    header.is_linked_to_previous = False
    first = header.paragraphs[0]._p  # noqa: SLF001 - python-docx has no public way to move a paragraph
    for paragraph in _head(document):
        _unlink(paragraph)
        first.addprevious(paragraph)
    _remove(first)
    document.save(str(out))
    return truth


def text_box(source: Path, out: Path, truth: Truth) -> Truth:
    """Move name, headline and contact line to a text box."""
    document = Document(str(source))
    head = _head(document)
    anchor = OxmlElement("w:p")
    head[0].addprevious(anchor)
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape id="box" style="width:450pt;height:70pt"><v:textbox><w:txbxContent/>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    anchor.append(box)
    content = next(box.iter(qn("w:txbxContent")))
    for paragraph in head:
        _unlink(paragraph)
        content.append(paragraph)
    document.save(str(out))
    return truth


def creative_headings(source: Path, out: Path, truth: Truth) -> Truth:
    """Give the sections names of fancy. The truth stays: a reader looks for the usual names."""
    document = Document(str(source))
    for paragraph in document.paragraphs:
        if paragraph.text in _CREATIVE and _style(paragraph._p) == _HEADING:  # noqa: SLF001
            paragraph.runs[0].text = _CREATIVE[paragraph.text]
    document.save(str(out))
    return truth


def numeric_dates(source: Path, out: Path, truth: Truth) -> Truth:
    """Write all dates as figures, ``07/2025``; so does the truth."""
    document = Document(str(source))
    for paragraph in document.paragraphs:
        if _style(paragraph._p) == _ENTRY:  # noqa: SLF001
            for run in paragraph.runs:
                if _NAMED.search(run.text):
                    run.text = _figures(run.text)
    document.save(str(out))
    return truth.with_dates({job.dates: _figures(job.dates) for job in truth.entries})


CONTROLS: dict[str, Callable[[Path, Path, Truth], Truth]] = {
    "table": table,
    "contact in the header": contact_in_header,
    "text box": text_box,
    "creative headings": creative_headings,
    "dates in figures": numeric_dates,
}


def _figures(dates: str) -> str:
    return _NAMED.sub(lambda m: f"{_MONTHS.index(m[1]) + 1:02}/{m[2]}", dates)


def _style(paragraph: _Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _head(document: DocumentType) -> list[_Element]:
    paragraphs = document.element.body.iterchildren(qn("w:p"))
    return [p for p in paragraphs if _style(p) in _CONTACT_STYLES]


def _unlink(paragraph: _Element) -> None:
    """Put the runs of hyperlinks in their place; a link's address belongs to its part."""
    for link in list(paragraph.iter(qn("w:hyperlink"))):
        for run in list(link):
            link.addprevious(run)
        _remove(link)


def _row(paragraphs: list[_Element]) -> _Element:
    row = parse_xml(
        f"<w:tr {nsdecls('w')}>"
        "<w:tc><w:tcPr><w:tcW w:w='2400' w:type='dxa'/></w:tcPr></w:tc>"
        "<w:tc><w:tcPr><w:tcW w:w='7600' w:type='dxa'/></w:tcPr></w:tc></w:tr>"
    )
    left, right = row.iter(qn("w:tc"))
    left.append(paragraphs[0])
    for paragraph in paragraphs[1:]:
        if _style(paragraph) == _ENTRY:
            dates = copy.deepcopy(paragraph)
            _keep_side(dates, after_tab=True)
            _keep_side(paragraph, after_tab=False)
            left.append(dates)
        right.append(paragraph)
    return row


def _keep_side(paragraph: _Element, *, after_tab: bool) -> None:
    """Keep the runs' text on one side of the paragraph's tab."""
    seen = False
    for run in paragraph.iter(qn("w:r")):
        for piece in list(run.iterchildren(qn("w:t"), qn("w:tab"))):
            if piece.tag == qn("w:tab"):
                seen = True
                run.remove(piece)
            elif seen != after_tab:
                run.remove(piece)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
