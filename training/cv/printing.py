"""Prints the rows of a written CV as a Word file or a PDF, with looks drawn at random."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence

from docx import Document
from docx.shared import Pt

CELLS = " || "
_STYLED = re.compile(r"(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)")
_GLYPH = re.compile(r"^\s*(?:[-*•▪o·>–]|\d{1,2}[.)])\s+")
_WIDE = re.compile(r" {3,}")
_FONTS = ("Libertinus Serif", "New Computer Modern")  # Typst ships them
_TYPST_SIGN = re.compile(r"([\\#$*_`<>@~\[\]/'\"=+-])")


def plain_of(row: str) -> str:
    """Return a row without Markdown's marks."""
    bare = re.sub(r"^#{1,6}\s+", "", row)
    return _STYLED.sub(lambda match: match[1].strip("*"), bare)


def as_word(source: Sequence[str], form: str) -> bytes:
    """Return a Word file of some rows; headings of Markdown by style, or by size and weight."""
    r = random.Random("\n".join(source))  # noqa: S311
    document = Document()
    by_style, by_size = r.random() < 0.6, r.choice((0, 1, 3, 6))
    gap = False
    table: list[list[str]] = []
    for row in [*source, ""]:
        cells = row.split(CELLS)
        if len(cells) > 1:
            table.append(cells)
            continue
        if table:
            _add_table(document, table)
            table = []
        if not row.strip():
            gap = True
            continue
        paragraph = _add(document, row, by_style=by_style, larger=by_size, plain=form == "txt")
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.space_before = Pt(r.choice((6, 9, 12)) if gap else 0)
        gap = False
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    width = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=width)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            _runs(table.cell(row, column).paragraphs[0], cell.strip())


def _add(document, row: str, *, by_style: bool, larger: int, plain: bool):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    heading = re.match(r"(#{1,6})\s+(.*)", row)
    if heading and not plain:
        level = min(len(heading[1]), 4)
        if by_style:
            paragraph = document.add_paragraph(style=f"Heading {level}")
            _runs(paragraph, heading[2])
            return paragraph
        paragraph = document.add_paragraph()
        run = paragraph.add_run(heading[2])
        run.bold = True
        run.font.size = Pt(11 + larger * max(1, 3 - level) / 2)
        return paragraph
    glyph = _GLYPH.match(row)
    if glyph and row.lstrip()[0] in "-*•▪·" and not row.lstrip().startswith("**"):
        paragraph = document.add_paragraph(style="List Bullet")
        _runs(paragraph, row[glyph.end() :], plain=plain)
        return paragraph
    paragraph = document.add_paragraph()
    indent = len(row) - len(row.lstrip(" "))
    if indent > 1:
        paragraph.paragraph_format.left_indent = Pt(min(indent, 12) * 5)
    _runs(paragraph, _WIDE.sub("\t", row.strip()), plain=plain)
    return paragraph


def _runs(paragraph, text: str, *, plain: bool = False) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for piece in [text] if plain else _STYLED.split(text):
        bare = piece if plain else piece.strip("*") if _STYLED.fullmatch(piece) else piece
        run = paragraph.add_run(bare)
        run.bold = not plain and piece.startswith("**") and _STYLED.fullmatch(piece) is not None
        run.italic = not plain and not run.bold and _STYLED.fullmatch(piece) is not None


def as_pdf(source: Sequence[str], form: str) -> bytes:
    """Return a PDF of some rows, set by Typst, in letters and distances drawn at random."""
    import typst  # noqa: PLC0415

    r = random.Random("\n".join(source))  # noqa: S311
    size = r.choice((9, 10, 10.5, 11))
    larger = r.choice((0, 1, 2, 4))
    out = [
        f"#set page(margin: {r.choice((1.5, 2, 2.5))}cm)",
        f'#set text(font: "{r.choice(_FONTS)}", size: {size}pt)',
        f"#set par(leading: {r.choice((0.5, 0.6, 0.7))}em, spacing: {r.choice((0.6, 0.7))}em)",
    ]
    gap = False
    for row in source:
        if not row.strip():
            gap = True
            continue
        if gap:
            out.append(f"#v({r.choice((4, 6, 9))}pt, weak: false)")
        gap = False
        out.append(_pdf_row(row, size, larger, plain=form == "txt"))
    text = "\n\n".join(out)
    made = typst.compile(text.encode())
    return made if isinstance(made, bytes) else b"".join(made)


def _pdf_row(row: str, size: float, larger: int, *, plain: bool) -> str:
    cells = row.split(CELLS)
    if len(cells) > 1:
        inner = ", ".join(f"[{_pdf_text(cell.strip(), plain=plain)}]" for cell in cells)
        return f"#grid(columns: ({'1fr, ' * len(cells)}), gutter: 8pt, {inner})"
    heading = re.match(r"(#{1,6})\s+(.*)", row)
    if heading and not plain:
        points = size + larger * max(1, 4 - len(heading[1])) / 2
        return f'#text(size: {points}pt, weight: "bold")[{_pdf_text(heading[2], plain=False)}]'
    glyph = _GLYPH.match(row)
    if glyph and row.lstrip()[0] in "-*•▪·" and not row.lstrip().startswith("**"):
        return f"#box(width: 10pt)[•];{_pdf_text(row[glyph.end() :], plain=plain)}"
    indent = len(row) - len(row.lstrip(" "))
    pad = f"#h({min(indent, 12) * 5}pt);" if indent > 1 else ""
    sides = [_pdf_text(part, plain=plain) for part in re.split(r" {3,}|\t+", row.strip())]
    return pad + ("#h(1fr);" if len(sides) == 2 else "#h(24pt);").join(sides)


def _pdf_text(text: str, *, plain: bool) -> str:
    found = []
    for piece in [text] if plain else _STYLED.split(text):
        styled = not plain and _STYLED.fullmatch(piece) is not None
        bare = _TYPST_SIGN.sub(r"\\\1", piece.strip("*") if styled else piece)
        strong = styled and piece.startswith("**")
        found.append(f"#strong[{bare}];" if strong else f"#emph[{bare}];" if styled else bare)
    return "".join(found)
