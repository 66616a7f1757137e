"""Paragraphs to the bytes of a PDF by Typst, with fonts that ship: no other program is needed.

The same paragraphs and figures as for the DOCX go to `data/page.typ`, which sets them with the
same breaks of lines and pages. The PDF is tagged (PDF/UA-1): headings, lists and links are what
they are to a screen reader, and the order of its text is that of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tailor.document.document import directed, link_target, runs_right_to_left
from tailor.layout.font_metrics import FREE_TWINS, foreign_characters, line_height
from tailor.layout.typography import TWIPS_PER_POINT, Design, Paragraph, ParagraphStyle, Style
from tailor.values.cleaning import clean, clean_text
from tailor.values.cv import RichText
from tailor.values.errors import OutputError
from tailor.values.resources import data_bytes, data_path

BELOW = 0.22
"""The share of a line's height that is below the baseline."""
_PAGE = "page.typ"
_FONTS = "fonts"
_SECOND_FONT = "Liberation Sans"  # has hyphens that Carlito lacks
_MOST_NAMED = 5  # characters that no font has


def render_pdf(
    paragraphs: Sequence[Paragraph], *, design: Design, title: str, author: str, language: str
) -> bytes:
    """Return the PDF that shows `paragraphs`; arguments as for `render_docx`.

    The same arguments give the same bytes, unless a character is not in the fonts that ship: then
    the fonts of the machine are used too. Raises OutputError if none has it.
    """
    import typst  # noqa: PLC0415 - only a PDF needs it

    texts = [clean(paragraph.text) for paragraph in paragraphs]
    foreign = foreign_characters("".join(text.plain for text in texts), design.font)
    given = _page(design) | {
        "title": clean_text(title),
        "author": clean_text(author),
        "language": language.partition("-")[0].lower(),
        "region": language.partition("-")[2].lower() or None,
        "groups": list(_groups(paragraphs, texts, foreign)),
    }
    inputs = {"page": json.dumps(given, ensure_ascii=False)}
    fonts = typst.Fonts(
        include_system_fonts=bool(foreign),
        include_embedded_fonts=False,
        font_paths=[data_path(_FONTS)],
    )
    compiler = typst.Compiler(data_bytes(_PAGE), font_paths=fonts, sys_inputs=inputs)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    except BaseException as error:
        # A fault inside Typst comes as a panic, which is no Exception and has no name to import.
        if not isinstance(error, typst.TypstError) and type(error).__name__ != "PanicException":
            raise
        raise OutputError(_failure(foreign)) from None
    assert isinstance(pdf, bytes)  # noqa: S101 - pages come one by one in other formats only
    return pdf


def _page(design: Design) -> dict[str, Any]:
    setup = design.setup
    lengths = {
        name: getattr(setup, name) / TWIPS_PER_POINT
        for name in ("width", "height", "side", "top", "bottom")
    }
    return lengths | {
        "line": setup.text_width,
        "fonts": [FREE_TWINS[design.font], _SECOND_FONT],
        "accent": f"#{design.look.accent}",
        "styles": {style: _figures(figures, design) for style, figures in design.styles.items()},
    }


def _figures(figures: ParagraphStyle, design: Design) -> dict[str, Any]:
    height = line_height(figures.size, figures.font or design.font) * figures.spacing
    names = "size bold italic before after keep_next keep_lines centered is_list".split()
    return {name: getattr(figures, name) for name in names} | {
        "color": f"#{figures.color}",
        "left": figures.left / TWIPS_PER_POINT,
        "hanging": figures.hanging / TWIPS_PER_POINT,
        "rule": figures.rule_below,
        "level": 0 if figures.outline_level is None else figures.outline_level + 1,
        "ascent": height * (1 - BELOW),
        "descent": height * BELOW,
    }


def _groups(
    paragraphs: Sequence[Paragraph], texts: Sequence[RichText], foreign: set[str]
) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs in order, those of one style and script together: a list is one."""

    def kind(pair: tuple[Paragraph, RichText]) -> tuple[Style, bool, bool]:
        plain = pair[1].plain
        return pair[0].style, runs_right_to_left(plain), not foreign.isdisjoint(plain)

    pairs = zip(paragraphs, texts, strict=True)
    for (style, turned, is_foreign), found in groupby(pairs, key=kind):
        shown = [_paragraph(paragraph, text, turned=turned) for paragraph, text in found]
        yield {"style": style, "turned": turned, "foreign": is_foreign, "paragraphs": shown}


def _paragraph(paragraph: Paragraph, text: RichText, *, turned: bool) -> dict[str, Any]:
    parts: list[list[dict[str, Any]]] = [[]]
    for run in text.runs:
        look = {"bold": run.bold, "italic": run.italic, "link": link_target(run.link or "") or ""}
        for number, words in enumerate(run.text.split("\t")):
            if number:
                parts.append([])
            for piece, along in directed(words) if turned else [(words, True)]:
                has_marks = not (piece[:1].isalnum() and piece[-1:].isalnum())
                if piece:
                    parts[-1].append(look | {"text": piece, "apart": has_marks and not along})
    return {
        "narrower": paragraph.narrower,
        "ends": paragraph.ends,
        "runs": parts[0],
        "tabbed": parts[1:],
    }


def _failure(foreign: set[str]) -> str:
    named = [f"{letter} (U+{ord(letter):04X})" for letter in sorted(foreign)[:_MOST_NAMED]]
    reason = f"no font here has all of {', '.join(named)}; install one" if named else "Typst failed"
    return f"the PDF could not be set: {reason}, or leave --pdf out"
