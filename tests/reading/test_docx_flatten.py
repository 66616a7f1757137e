"""What python-docx's objects show of a Word file once its tree is flattened.

What the reader makes of wrappers, tracked changes and fields is in `test_docx_lines`.
"""

from __future__ import annotations

from docx.oxml.parser import OxmlElement
from docx_files import new_document, run, table, text_box

from tailor.reading.word.flatten import flatten


def texts(*xml: str, boxes: bool = True) -> list[str]:
    """Return the texts of the paragraphs of a flattened body with this XML."""
    document = new_document(*xml)
    flatten(document.element, boxes=boxes)
    return [paragraph.text for paragraph in document.paragraphs]


def test_deleted_rows_and_cells_go() -> None:
    """As deleted words do."""
    document = new_document()
    table(document, [["a", "b"], ["c", "d"]])
    first = next(document.element.iter("{*}tr"))
    first.get_or_add_trPr().append(OxmlElement("w:del"))
    flatten(document.element)
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == ["c", "d"]


def test_text_boxes_may_stay_where_they_are() -> None:
    """For those who look for them; else their paragraphs stand beside that of the anchor."""
    box = text_box(f"<w:p>{run('boxed')}</w:p>")
    xml = f"<w:p>{run('text')}{box}</w:p>"
    assert texts(xml) == ["text", "boxed"]
    assert texts(xml, boxes=False) == ["text"]


def test_symbols_and_formulas_are_text() -> None:
    """And breaks of any kind are line breaks."""
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:br w:type="page"/></w:r>'
    formula = f"<m:oMath {math}><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert texts(f"<w:p>{symbol}{formula}</w:p>") == ["•\nx=1"]
