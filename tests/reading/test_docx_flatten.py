"""What python-docx's objects show of a Word file once its tree is flattened."""

from __future__ import annotations

import pytest
from docx.oxml.parser import OxmlElement
from docx_files import new_document, run, table, text_box

from tailor.reading.word.flatten import flatten


def texts(*xml: str) -> list[str]:
    """Return the texts of the paragraphs of a flattened body with this XML."""
    document = new_document(*xml)
    flatten(document.element, {"PlaceholderText"})
    return [paragraph.text for paragraph in document.paragraphs]


def control(content: str, properties: str = "") -> str:
    """Return the XML of a content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_wrappers_give_way_to_what_is_in_them() -> None:
    """Around blocks, around words, and in one another."""
    words = f"<w:smartTag>{control(run('b'))}</w:smartTag><w:customXml>{run('c')}</w:customXml>"
    assert texts(
        control(f"<w:p><w:ins>{run('a')}{words}</w:ins></w:p>"),
        f"<w:p><w:bdo><w:dir>{run('d')}</w:dir></w:bdo></w:p>",
    ) == ["abc", "d"]


def test_controls_that_nobody_filled_in_go() -> None:
    """Their text is grey and asks for a click; one with another look was filled in."""
    empty = run("Click here", '<w:rStyle w:val="PlaceholderText"/>')
    filled = control(run("Jane"), "<w:showingPlcHdr/>")
    assert texts(f"<w:p>{control(empty, '<w:showingPlcHdr/>')}{filled}</w:p>") == ["Jane"]


def test_what_was_deleted_or_moved_away_goes() -> None:
    """Words, rows and cells."""
    document = new_document(
        f"<w:p><w:del>{run('old')}</w:del><w:moveFrom>{run('here')}</w:moveFrom>{run('new')}</w:p>"
    )
    table(document, [["a", "b"], ["c", "d"]])
    first = next(document.element.iter("{*}tr"))
    first.get_or_add_trPr().append(OxmlElement("w:del"))
    flatten(document.element)
    assert document.paragraphs[0].text == "new"
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == ["c", "d"]


@pytest.mark.parametrize("twice", [True, False])
def test_text_boxes_come_to_stand_beside_their_paragraph(*, twice: bool) -> None:
    """Before or after it, by where they are anchored; without `boxes` they stay."""
    box = text_box(f"<w:p>{run('boxed')}</w:p>", twice=twice)
    assert texts(f"<w:p>{box}{run('text')}</w:p>") == ["boxed", "text"]
    assert texts(f"<w:p>{run('text')}{box}</w:p>") == ["text", "boxed"]
    assert texts(f"<w:p>{box}</w:p>") == ["boxed"]
    document = new_document(f"<w:p>{box}{run('text')}</w:p>")
    flatten(document.element, boxes=False)
    assert [paragraph.text for paragraph in document.paragraphs] == ["text"]
    assert len([*document.element.iter("{*}txbxContent")]) == 1


def test_symbols_and_formulas_are_text() -> None:
    """And breaks of any kind are line breaks."""
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:br w:type="page"/></w:r>'
    formula = f"<m:oMath {math}><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert texts(f"<w:p>{symbol}{formula}</w:p>") == ["•\nx=1"]
