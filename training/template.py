"""Make the shipped templates: `python -m training.template --out data`.

A template is an empty DOCX with the styles of a look, made from the figures of
`data/looks.toml`; the same figures always give the same bytes. It starts from the fewest
parts that Word and the validators accept (the default template of python-docx has 164 latent
styles, a thumbnail and the name of its program); python-docx adds the styles. Body size and
language stand in one place each, the document's defaults, where the writer changes them.
"""

from __future__ import annotations

import argparse
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor, Twips

from tailor.document.document import parts_of
from tailor.document.package import CORE, pack
from tailor.layout.typography import (
    A4,
    LETTER,
    LOOKS,
    WITH_THE_BODY,
    Look,
    PageSetup,
    ParagraphStyle,
    Style,
    template_name,
)

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DC = "http://purl.org/dc/elements/1.1/"
_W = nsdecls("w")
_BULLET = "\u2022"
_LIST_NUMBER = 1
_HEADER_DISTANCE = 425  # twips; the headers are empty, but the format wants a figure
# A free font of the same widths, so that lines break alike where the font itself is absent, and
# the figures by which Word finds a font that looks alike.
_FONTS = {
    "Calibri": ("Carlito", "020F0502020204030204"),
    "Arial": ("Liberation Sans", "020B0604020202020204"),
    "Times New Roman": ("Liberation Serif", "02020603050405020304"),
}
_ROMAN = frozenset({"Times New Roman"})
_BUILT_IN = {Style.SECTION, Style.ENTRY, Style.BULLET, Style.BODY}
# The style that follows when somebody presses Enter.
_NEXT = {
    Style.NAME: Style.HEADLINE,
    Style.HEADLINE: Style.CONTACT,
    Style.SECTION: Style.BODY,
    Style.ENTRY: Style.ORGANISATION,
    Style.ORGANISATION: Style.BULLET,
}


def build_template(setup: PageSetup, look: Look, language: str) -> bytes:
    """Return the template of a look for a paper; `language` is a tag such as ``en-GB``."""
    document: Any = docx.Document(BytesIO(pack(_bare_parts(look, language))))
    section = document.sections[0]
    section.page_width, section.page_height = Twips(setup.width), Twips(setup.height)
    section.left_margin = section.right_margin = Twips(setup.side)
    section.top_margin, section.bottom_margin = Twips(setup.top), Twips(setup.bottom)
    section.header_distance = section.footer_distance = Twips(_HEADER_DISTANCE)
    section.gutter = 0
    added = {
        style: document.styles.add_style(
            figures.name, WD_STYLE_TYPE.PARAGRAPH, builtin=style in _BUILT_IN
        )
        for style, figures in look.figures
    }
    for style, figures in look.figures:
        made = added[style]
        made.base_style = document.styles["Normal"]
        made.next_paragraph_style = added.get(_NEXT.get(style, style))
        made.quick_style = True
        _set_paragraph(made, figures, setup)
        is_body_size = style in WITH_THE_BODY and figures.size == look.body_size
        _set_letters(made, figures, None if is_body_size else figures.size)
    return pack(parts_of(document))


def _set_paragraph(style: Any, figures: ParagraphStyle, setup: PageSetup) -> None:  # noqa: ANN401
    look = style.paragraph_format
    look.keep_with_next = figures.keep_next or None
    look.keep_together = figures.keep_lines or None
    if figures.centered:
        look.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if figures.before or figures.after:
        look.space_before, look.space_after = Pt(figures.before), Pt(figures.after)
    if figures.left or figures.hanging:
        look.left_indent, look.first_line_indent = Twips(figures.left), Twips(-figures.hanging)
    if figures.right_tab:
        edge = Twips(setup.width - 2 * setup.side)
        look.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    properties = style.element.get_or_add_pPr()
    if figures.is_list:
        properties.get_or_add_numPr().get_or_add_numId().val = _LIST_NUMBER
    # python-docx knows no rules and no outline levels. The format wants its order of elements.
    if figures.rule_below:
        rule = parse_xml(
            f'<w:pBdr {_W}><w:bottom w:val="single" w:sz="{round(8 * figures.rule_below)}"'
            f' w:space="1" w:color="{figures.color}"/></w:pBdr>'
        )
        properties.insert_element_before(rule, "w:tabs", "w:spacing", "w:ind")
    if figures.outline_level is not None:
        properties.append(parse_xml(f'<w:outlineLvl {_W} w:val="{figures.outline_level}"/>'))


def _set_letters(style: Any, figures: ParagraphStyle, size: float | None) -> None:  # noqa: ANN401
    """Set the look of letters; without a size they have that of the body."""
    font = style.font
    font.bold = font.cs_bold = figures.bold or None
    font.italic = font.cs_italic = figures.italic or None
    if figures.color != "000000":
        font.color.rgb = RGBColor.from_string(figures.color)
    if size is not None:
        font.size = Pt(size)
        # The size of scripts that Word calls complex, which python-docx does not know.
        font.element.rPr.append(parse_xml(f'<w:szCs {_W} w:val="{round(2 * size)}"/>'))


def _bare_parts(look: Look, language: str) -> dict[str, bytes]:
    """Return the parts of an empty document without styles of its own."""
    parts = {
        "word/document.xml": (
            RT.OFFICE_DOCUMENT,
            CT.WML_DOCUMENT_MAIN,
            # Some readers stop at a root without xmlns:r, even where nothing uses it.
            f"<w:document {nsdecls('w', 'r')}><w:body><w:sectPr/></w:body></w:document>",
        ),
        CORE: (
            RT.CORE_PROPERTIES,
            CT.OPC_CORE_PROPERTIES,
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="{_DC}"/>',
        ),
        "word/styles.xml": (RT.STYLES, CT.WML_STYLES, _styles(look, language)),
        "word/numbering.xml": (RT.NUMBERING, CT.WML_NUMBERING, _numbering(look)),
        "word/settings.xml": (RT.SETTINGS, CT.WML_SETTINGS, _settings()),
        "word/fontTable.xml": (RT.FONT_TABLE, CT.WML_FONT_TABLE, _font_table(look)),
        "word/theme.xml": (RT.THEME, CT.OFC_THEME, _theme(look)),
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, (_, kind, _) in parts.items()
    )
    links = [(kind, name) for name, (kind, _, _) in parts.items()]
    content = {name: xml for name, (_, _, xml) in parts.items()} | {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="{CT.OPC_RELATIONSHIPS}"/>{types}</Types>',
        "_rels/.rels": _relationships(links[:2]),
        "word/_rels/document.xml.rels": _relationships(links[2:]),
    }
    return {name: xml.encode() for name, xml in content.items()}


def _relationships(links: list[tuple[str, str]]) -> str:
    elements = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="/{name}"/>'
        for number, (kind, name) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{elements}</Relationships>'


def _styles(look: Look, language: str) -> str:
    fonts = f'w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"'
    size = round(2 * look.body_size)
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="{language}"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:line="240"'
        ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{look.accent}"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
    )


def _numbering(look: Look) -> str:
    figures = dict(look.figures)[Style.BULLET]
    # The bullet is a real character of the body font: from a symbol font,
    # readers get a private-use character.
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{Style.BULLET}"/><w:lvlText w:val="{_BULLET}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{figures.left}" w:hanging="{figures.hanging}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"/>'
        f'</w:rPr></w:lvl></w:abstractNum><w:num w:numId="{_LIST_NUMBER}">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:autoHyphenation w:val="false"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat></w:settings>'
    )


def _font_table(look: Look) -> str:
    alternative, panose = _FONTS[look.font]
    family = "roman" if look.font in _ROMAN else "swiss"
    return (
        f'<w:fonts {_W}><w:font w:name="{look.font}"><w:altName w:val="{alternative}"/>'
        f'<w:panose1 w:val="{panose}"/><w:charset w:val="00"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme(look: Look) -> str:
    """The least theme there can be: no style uses it, but some validators miss it."""
    colors = {"dk1": "000000", "lt1": "FFFFFF", "dk2": look.accent, "lt2": "FFFFFF"}
    colors |= {f"accent{number}": look.accent for number in range(1, 7)}
    colors |= {"hlink": look.accent, "folHlink": look.accent}
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in colors.items()
    )
    font = f'<a:latin typeface="{look.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fills = 3 * '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effects = 3 * "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="CV">'
        f'<a:themeElements><a:clrScheme name="CV">{scheme}</a:clrScheme><a:fontScheme name="CV">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="CV"><a:fillStyleLst>{fills}</a:fillStyleLst>'
        f"<a:lnStyleLst>{3 * '<a:ln/>'}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def main() -> None:
    """Write the templates of all looks into the folder that ``--out`` names."""
    parser = argparse.ArgumentParser(description="Make the DOCX templates.")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write to")
    folder: Path = parser.parse_args().out
    for setup, language in ((A4, "en-GB"), (LETTER, "en-US")):
        for look in LOOKS.values():
            content = build_template(setup, look, language)
            (folder / template_name(look, setup)).write_bytes(content)


if __name__ == "__main__":
    main()
