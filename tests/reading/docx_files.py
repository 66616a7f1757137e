"""Word files for tests: made by python-docx, with raw XML where that has no words for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import docx
from docx.oxml import parse_xml
from docx.shared import Pt

from tailor.reading.files import Content
from tailor.reading.word.lines import read_docx

if TYPE_CHECKING:
    from tailor.reading.lines import Line

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def new_document(*xml: str) -> Any:  # noqa: ANN401  (python-docx has no types)
    """Return a document whose body is this XML, paragraphs as ``<w:p>``."""
    document = docx.Document()
    for each in xml:
        add_xml(document, each)
    return document


def add_xml(document: Any, xml: str) -> None:  # noqa: ANN401
    """Add block elements to the end of the document's body."""
    for element in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)


def paragraph(
    document: Any,  # noqa: ANN401
    text: str,
    *,
    bold: bool = False,
    size: float = 11,
    style: str | None = None,
    before: float = 0,
) -> None:
    """Add a paragraph in one look, with no space but that `before` it (in points)."""
    added = document.add_paragraph(style=style)
    added.paragraph_format.space_before = Pt(before)
    added.paragraph_format.space_after = Pt(0)
    run = added.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size)


def table(document: Any, rows: Sequence[Sequence[str | Sequence[str]]]) -> None:  # noqa: ANN401
    """Add a table; a cell is its paragraphs, or one of them."""
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, content in zip(made.add_row().cells, row, strict=True):
            texts = [content] if isinstance(content, str) else content
            cell.paragraphs[0].text = texts[0]
            for text in texts[1:]:
                cell.add_paragraph(text)


def run(text: str, properties: str = "") -> str:
    """Return the XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """Return the XML of a field with its code and its result."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + run(result) + mark("end")


def text_box(paragraphs: str, *, twice: bool = True) -> str:
    """Return the XML of a run with a text box, `twice` as Word writes it."""
    box = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    if not twice:
        return f"<w:r>{old}</w:r>"
    new = (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def saved(document: Any) -> bytes:  # noqa: ANN401
    """Return the bytes of the document's file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(
    document: Any,  # noqa: ANN401
    what: Literal["CV", "posting"] = "CV",
) -> tuple[Line, ...]:
    """Return the lines of a document, or of the bytes of a file."""
    data = document if isinstance(document, bytes) else saved(document)
    return read_docx(Content("cv.docx", data, what))


def shown(lines: Iterable[Line]) -> list[str]:
    """Return lines as short texts: `heading 1: Experience`."""
    return [f"{line.kind}{f' {line.level}' if line.level else ''}: {line.plain}" for line in lines]


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return the file with these parts written anew, or left out where they are None."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
        for name, content in {**parts, **changes}.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()
